"""What a report does with a statement: gives what was uttered, vouches with it, only names it, or ascribes a state of
mind."""

from __future__ import annotations

from variorum.model.reading import StatementAct
from variorum.reading.statements.cues import cue_word
from variorum.reading.statements.found import Found
from variorum.reading.statements.headlines import subject_before_comma
from variorum.reading.statements.lexicon import CueTable
from variorum.reading.statements.parts import source_head
from variorum.reading.statements.tree import Tree

_RENDERED = frozenset({"that", "clause", "wh", "aside", "according", "quotation"})
_PREDICATED = frozenset({"object oprd", "object as", "object ccomp"})
"""Frames in which a verb of naming has both the thing and the name that somebody gives it ("called it a trap")."""
_CLAUSES = frozenset({"relcl", "advcl", "acl", "ccomp", "csubj"})


def act_of(found: Found, table: CueTable) -> StatementAct:
    """Whether the text gives what was said, vouches with it, only names it, or ascribes a state of mind."""
    if found.frame in {"quotation", "label", "counted"}:
        return "said"
    tree, frame = found.tree, found.frame.split(" + ")[0]
    word = cue_word(tree, found.cue, table)
    kind = table.kind(word) or ""
    act = table.acts.get(kind)
    if word in table.measuring and frame in {"that", "clause", "aside"}:
        act = "said"  # "officials estimate it will take a week" is an utterance, and no state of mind
    if word in table.naming and frame in _PREDICATED and source_head(tree, found.cue) is not None:
        return "said"
    if act == "held" and source_head(tree, found.cue) is None:
        return "held"
    if found.quotes and (act or word in table.naming or frame in _RENDERED or frame.startswith(("object", "phrase"))):
        return "said"
    if frame == "according" and (_in_passing(found) or _measured(found, table)):
        return "vouched"
    if _performed(found, word, table) or _denied(found, word, table) or _forecast(found, word, table):
        return "said"
    if act == "held" or (word in table.reasons and tree.tag[found.cue] == "VBG"):
        return "held"
    told_by = source_head(tree, found.cue) is not None or subject_before_comma(tree, found.cue) is not None
    if not told_by and not found.quotes and frame != "aside":
        # "It was announced that …": told of nobody, it is the reporter's.
        return "named"
    if frame in _RENDERED or frame.startswith("noun that"):
        return act or "said"
    return "held" if frame.startswith(("adjective", "raised")) else "named"


def _performed(found: Found, word: str, table: CueTable) -> bool:
    """Whether an act of speech is told with what was said in it ("urged both sides to talk").

    Only as something that was done: "has called for", "is calling for" and "wants to ask" tell where somebody stands.
    """
    tree, cue = found.tree, found.cue
    if tree.tag[cue] == "VBG":
        done = tree.dep[cue] == "advcl" and not any(tree.dep[i] in {"aux", "mark"} for i in tree.kids[cue])
    else:
        done = tree.tag[cue] in {"VBD", "VBZ", "VBP"} or (tree.tag[cue] == "VBN" and tree.passive(cue))
    if not done or any(tree.dep[i] == "aux" and tree.lemma[i] != "do" for i in tree.kids[cue]):
        return False
    if tree.tag[cue] in {"VBZ", "VBP"} and tree.dep[cue] == "relcl":
        return False
    ways = {*found.frame.split(" ")} & {"of", "for", "against", "about"}
    if _infinitive(tree, found):
        ways.add("infinitive")
    if found.frame == "ing" or (found.frame == "open" and found.top is not None and _perfect(tree, found.top)):
        ways.add("ing")
    return any((word, way) in table.performing for way in ways)


def _denied(found: Found, word: str, table: CueTable) -> bool:
    """Whether a denial tells what is denied ("denies bribery", "has denied backing the rebels", "denied any raid").

    Who denies a request, or somebody access, withholds a thing and says nothing; nor is there anything told in "denied
    it".
    """
    tree, cue = found.tree, found.cue
    if word not in table.denying or tree.passive(cue) or tree.child(cue, "dative") is not None:
        return False
    if tree.tag[cue] == "VBG":
        finite = tree.dep[cue] == "advcl" or any(tree.dep[i] == "aux" for i in tree.kids[cue])
    else:
        finite = tree.tag[cue] in {"VBD", "VBZ", "VBP", "VBN"}
    if not finite or any(tree.dep[i] == "aux" and tree.lemma[i] not in _TENSES for i in tree.kids[cue]):
        return False
    frame, top = found.frame.split(" ")[0], found.top
    if frame == "ing" or (frame == "open" and top is not None and _perfect(tree, top)):
        return True
    if frame != "object" or top is None or len(tree.children(cue, "dobj")) > 1:
        return False
    return tree.pos[top] == "NOUN" and tree.lemma[top] not in table.withheld


def _perfect(tree: Tree, verb: int) -> bool:
    """Whether a verb stands as "having paid"."""
    return any(tree.dep[i] == "aux" and tree.tag[i] == "VBG" for i in tree.kids[verb])


_TENSES = frozenset({"do", "have", "be"})


def _forecast(found: Found, word: str, table: CueTable) -> bool:
    """Whether somebody is told to expect a number: a forecast is an utterance, and no state of mind ("expects the mine
    to yield 40 tonnes")."""
    tree, cue = found.tree, found.cue
    if word not in table.forecasting or tree.tag[cue] not in {"VBZ", "VBP", "VBD"} or tree.dep[cue] == "relcl":
        return False
    if found.frame.split(" + ")[0] not in {"small to", "that", "clause", "object xcomp"}:
        return False
    source = source_head(tree, cue)
    if source is None or tree.pos[source] not in {"PROPN", "NOUN", "PRON"}:
        return False
    return any(
        tree.pos[i] == "NUM" and any(e.start <= tree.start[i] < e.end for e in found.content) for i in range(tree.size)
    )


def _infinitive(tree: Tree, found: Found) -> bool:
    """Whether a content ends in an infinitive that hangs on the cue."""
    for i in tree.kids[found.cue]:
        if tree.dep[i] in {"xcomp", "ccomp", "advcl"} and tree.tag[i] == "VB" and i > found.cue:
            inside = any(e.start <= tree.start[i] < e.end for e in found.content)
            if inside and any(tree.dep[j] == "aux" and tree.lower[j] == "to" for j in tree.kids[i]):
                return True
    return False


def _in_passing(found: Found) -> bool:
    """Whether a source vouches for a number that a subordinate clause tells: the sentence itself is the reporter's."""
    tree, top = found.tree, found.top
    numbers = [
        i
        for i in range(tree.size)
        if tree.pos[i] == "NUM"
        and tree.pos[tree.head[i]] in {"NOUN", "SYM", "NUM"}
        and any(e.start <= tree.start[i] < e.end for e in found.content)
    ]
    return bool(numbers) and not any(_of_main_clause(tree, i, top) for i in numbers)


def _measured(found: Found, table: CueTable) -> bool:
    """Whether the sentence tells what a measure stands at ("the death toll has passed 40, according to …").

    It is a figure with its voucher and nothing more; the figures have it.
    """
    tree = found.tree
    inside = [i for i in range(tree.size) if any(e.start <= tree.start[i] < e.end for e in found.content)]
    verb = next((i for i in inside if tree.head[i] == i or tree.head[i] not in inside), None)
    if verb is None or not any(tree.pos[i] == "NUM" for i in inside):
        return False
    subject = tree.subject(verb, "nsubj", "nsubjpass")
    clauses = any(tree.dep[i] == "conj" and tree.pos[i] == "VERB" for i in tree.kids[verb])
    return subject is not None and tree.lemma[subject] in table.measures and not clauses


def _of_main_clause(tree: Tree, i: int, top: int | None) -> bool:
    while i != top and tree.head[i] != i:
        if tree.dep[i] in _CLAUSES:
            return False
        i = tree.head[i]
    return True
