"""The parts of a statement around its content: who said it, the words of saying, to whom, and whether it was not
said."""

from __future__ import annotations

from collections.abc import Sequence

from variorum.model import Extent
from variorum.reading.statements.lexicon import CueTable, cue_table
from variorum.reading.statements.tree import Tree

_NOBODY = frozenset({"it", "that", "this", "there", "which"})
_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_CLIMB = frozenset({"xcomp", "conj", "advcl", "pcomp", "prep", "ccomp", "dep", "parataxis"})


def source_head(tree: Tree, cue: int) -> int | None:
    """The head word of whoever a cue word's content is attributed to, or None where the text names nobody."""
    if tree.lower[cue] == "according":
        return _pobj(tree, cue, "to")
    if tree.pos[cue] == "ADP":
        return by_word_of(tree, cue)
    if tree.pos[cue] in {"NOUN", "PROPN"}:
        return _of_noun(tree, cue)
    if tree.pos[cue] == "ADJ":
        return _of_adjective(tree, cue)
    return _of_verb(tree, cue)


def by_word_of(tree: Tree, cue: int) -> int | None:
    """Whose word a preposition gives for its clause: "as per the ministry", "per Mr. Bell", "in the words of Bell".

    "Per day" and "per head" give a rate: only a name, and a noun with an article or in the plural, give a source.
    """
    whose = tree.child(cue, "pobj")
    if whose is None:
        return None
    if tree.lower[cue] == "in":
        return _pobj(tree, whose, "of") if tree.lower[whose] == "words" else None
    if tree.lower[cue] != "per":
        return None
    before = cue - 1 if cue and tree.lower[cue - 1] == "as" else cue
    apart = before == 0 or tree.sentence[before - 1] != tree.sentence[cue] or tree.words[before - 1] == ","
    definite = tree.tag[whose] == "NNS" or any(tree.dep[i] in {"det", "poss"} for i in tree.kids[whose])
    if (apart or before < cue) and (tree.pos[whose] == "PROPN" or definite):
        return whose
    return None


def _outer_speaker(tree: Tree, cue: int) -> int | None:
    """The subject of the verb of saying that a cue without a subject of its own stands under."""
    table = cue_table()
    i = cue
    for _ in range(12):
        if tree.head[i] == i:
            return None
        i = tree.head[i]
        subject = tree.child(i, "nsubj")
        if subject is not None and table.classes.get(tree.lemma[i]) == "say" and tree.lower[subject] not in _NOBODY:
            return subject
    return None


def _resumes(tree: Tree, cue: int) -> bool:
    return tree.lemma[cue] in cue_table().resuming


def _of_verb(tree: Tree, verb: int) -> int | None:
    cue = verb
    seen = 0
    while seen < 12:
        seen += 1
        if verb == cue and tree.passive(verb):
            agent = tree.child(verb, "agent")
            if agent is not None:
                return tree.child(agent, "pobj", "pcomp")
            if tree.dep[verb] not in {"conj"} or tree.child(verb, "nsubjpass") is not None:
                return None
        verb = _verb_of_same_tense(tree, verb)
        subject = tree.subject(verb, *_SUBJECTS)
        if subject is not None:
            if tree.dep[subject] == "expl" or (
                verb != cue and tree.lower[subject] == "it" and tree.lemma[verb] == "be"
            ):
                return None
            if (
                tree.relative(subject)
                and tree.dep[verb] == "relcl"
                and tree.lemma[tree.head[verb]] in cue_table().messages
            ):
                owner = _of_noun(tree, tree.head[verb])
                return subject if owner is None else owner
            outer = _outer_speaker(tree, cue) if cue != verb else None
            return (
                subject if outer is None or (tree.lower[subject] not in _NOBODY and not _resumes(tree, cue)) else outer
            )
        head, dep = tree.head[verb], tree.dep[verb]
        quoted = _quoted_as(tree, verb)
        if quoted is not None:
            return quoted
        if dep in {"acl", "relcl"}:
            head = _message_of(tree, head)
            owner = _of_noun(tree, head) if tree.lemma[head] in cue_table().messages else None
            return head if owner is None else owner
        if head == verb or (dep not in _CLIMB and tree.tag[cue] != "VBG"):
            return None
        if dep == "xcomp":
            asked = tree.child(head, "dobj")
            if asked is not None and tree.tag[verb] == "VB" and asked < verb:
                return asked
        if tree.pos[head] in {"NOUN", "PROPN"}:
            return _of_noun(tree, head)
        verb = head
    return None


def _quoted_as(tree: Tree, verb: int) -> int | None:
    """Whom an agency quotes: "the agency quoted Bell as saying …" gives Bell's words, not the agency's."""
    by = tree.head[verb]
    if tree.dep[verb] != "pcomp" or tree.lower[by] != "as" or tree.lemma[tree.head[by]] not in {"quote", "cite"}:
        return None
    return tree.child(tree.head[by], "dobj")


def _message_of(tree: Tree, noun: int) -> int:
    """The message that a noun only names the readers of: "a letter to members saying …" is the letter's."""
    prep = tree.head[noun]
    if tree.dep[noun] == "pobj" and tree.lower[prep] in {"to", "for", "from", "on"}:
        above = tree.head[prep]
        if tree.lemma[above] in cue_table().messages and tree.pos[above] == "NOUN":
            return above
        letter = tree.child(above, "dobj") if tree.pos[above] == "VERB" else None
        if letter is not None and letter < noun and tree.lemma[letter] in cue_table().messages:
            return letter
    return noun


def _verb_of_same_tense(tree: Tree, verb: int) -> int:
    """For a verb joined to another: the verb further up that it goes with by its tense.

    In "the ministry denied that the firm had sold arms and said …" the parser joins "said" to "sold".
    """
    if tree.dep[verb] != "conj" or tree.tag[verb] != "VBD" or tree.child(verb, *_SUBJECTS) is not None:
        return verb
    joined = tree.head[verb]
    if tree.tag[joined] == "VBD" or not any(tree.dep[i] in {"aux", "auxpass"} for i in tree.kids[joined]):
        return verb
    above = tree.head[joined]
    return above if tree.dep[joined] == "ccomp" and tree.tag[above] == "VBD" else verb


def owner_of(tree: Tree, noun: int) -> int | None:
    """Whose a noun is by its own phrase: "Bell's answer", "an answer by Bell", "a message from Bell"."""
    owner = tree.child(noun, "poss")
    if owner is not None:
        return owner
    for prep in ("by", "from", "among"):
        found = _pobj(tree, noun, prep)
        if found is not None:
            return found
    return None


def _of_noun(tree: Tree, noun: int) -> int | None:
    owner = owner_of(tree, noun)
    if owner is not None:
        return owner
    verb = tree.head[noun]
    if tree.dep[noun] == "nsubjpass":
        # "The claim that … was made by the mayor"
        return _of_verb(tree, verb) if tree.child(verb, "agent") is not None else None
    if tree.dep[noun] == "pobj" and tree.pos[tree.head[verb]] in {"VERB", "AUX"}:
        verb = tree.head[verb]
    if tree.dep[noun] in {"dobj", "attr", "pobj"} and tree.pos[verb] in {"VERB", "AUX"}:
        return _of_verb(tree, verb)
    return None


def _of_adjective(tree: Tree, adjective: int) -> int | None:
    if tree.dep[adjective] in {"acomp", "ccomp", "xcomp", "conj", "advcl", "ROOT"}:
        subject = tree.child(adjective, *_SUBJECTS)
        return subject if subject is not None else _of_verb(tree, tree.head[adjective])
    if tree.dep[adjective] == "amod":
        return tree.head[adjective]
    return None


def _pobj(tree: Tree, top: int, preposition: str) -> int | None:
    preps = (i for i in tree.children(top, "prep", "agent") if tree.lower[i] == preposition)
    prep = next(preps, None)
    return None if prep is None else tree.child(prep, "pobj", "pcomp")


def source_extent(tree: Tree, head: int, cue: int, content: Sequence[Extent] = ()) -> Extent:
    """The words for the source: its noun phrase, without a clause that the cue stands in and without trailing marks."""
    tokens = tree.subtree(head)
    if content and not _within(tree, head, content):
        tokens = [i for i in tokens if not _within(tree, i, content)]
    if cue in tokens and tree.words[cue][0].isalpha():
        # The cue stands in a clause of the source's own phrase: "officials saying …", "marchers holding signs and
        # shouting …".
        clause = next((i for i in tree.kids[head] if i > head and tree.left[i] <= cue <= tree.right[i]), cue)
        tokens = [i for i in tokens if i < min(cue, tree.left[clause]) and not _under(tree, i, cue)]
    runs = tree.runs(tokens or [head])
    first, last = next((run for run in runs if run[0] <= head <= run[1]), (head, head))
    while last > head and tree.pos[last] in {"PUNCT", "SPACE"} and tree.words[last] not in ")]":
        last -= 1
    while first < head and tree.pos[first] in {"PUNCT", "SPACE"}:
        first += 1
    if tree.tag[last] == "POS" and last > head:
        last -= 1
    return tree.extent(first, last)


def _under(tree: Tree, i: int, top: int) -> bool:
    while tree.head[i] != i:
        if i == top:
            return True
        i = tree.head[i]
    return i == top


def cue_extent(tree: Tree, cue: int) -> Extent:
    """The cue's words: the verb with its auxiliaries, negation and particle, and the adverbs between them."""
    first = last = cue
    for i in tree.kids[cue]:
        if tree.dep[i] in {"aux", "auxpass", "neg"} and i < cue and cue - i < 5:
            first = min(first, i)
        elif tree.dep[i] == "prt" and i == cue + 1:
            last = i
    if tree.lower[cue] == "according" and cue + 1 < tree.size and tree.lower[cue + 1] == "to":
        last = cue + 1
    elif tree.lower[cue] == "per" and cue and tree.lower[cue - 1] == "as":
        first = cue - 1
    elif tree.lower[cue] == "in" and tree.lower[cue + 1 : cue + 4] == ["the", "words", "of"]:
        last = cue + 3
    return tree.extent(first, last)


def addressee_extent(tree: Tree, cue: int, content: Sequence[Extent], table: CueTable) -> Extent | None:
    """Whom it was said to: the object of "tell" and its like, or ``to`` somebody."""
    if tree.pos[cue] not in {"VERB", "AUX"} or tree.lower[cue] == "according":
        return None
    top = tree.child(cue, "dative")
    if top is not None and tree.pos[top] == "ADP":
        top = tree.child(top, "pobj")
    if top is None and tree.lemma[cue] in table.addressing:
        top = tree.child(cue, "dobj")
    if top is None:
        top = _pobj(tree, cue, "to")
    if top is None or tree.pos[top] not in {"PROPN", "NOUN", "PRON"} or tree.lemma[top] in table.occasions:
        return None
    tokens = [i for i in tree.subtree(top) if not _within(tree, i, content)]
    runs = tree.runs(tokens)
    first, last = next((run for run in runs if run[0] <= top <= run[1]), (-1, -1))
    if first < 0:
        return None
    while last > top and tree.pos[last] in {"PUNCT", "SPACE"}:
        last -= 1
    return tree.extent(first, last)


def _within(tree: Tree, i: int, content: Sequence[Extent]) -> bool:
    return any(e.start <= tree.start[i] < e.end for e in content)
