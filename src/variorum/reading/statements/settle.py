"""From what the search found to statements: kind, source, speaker, addressee, time and place of saying."""

from __future__ import annotations

from variorum.model import Extent, ReportedActor, Statement
from variorum.model.reading import StatementAct, StatementKind
from variorum.reading.parsed import Parsed
from variorum.reading.statements.direct import beside, cue_word
from variorum.reading.statements.found import Found
from variorum.reading.statements.lexicon import CueTable, cue_table
from variorum.reading.statements.parts import addressee_extent, cue_extent, source_extent, source_head
from variorum.reading.statements.setting import setting
from variorum.reading.statements.tree import Tree
from variorum.text.actor_index import ActorIndex


def settle(parsed: Parsed, found: list[Found], actors: tuple[ReportedActor, ...]) -> tuple[Statement, ...]:
    """Statements with their sources resolved, in the order of the text."""
    index = ActorIndex(actors)
    table = cue_table()
    settled = (_settled(parsed, one, index, table) for one in found)
    return tuple(sorted(settled, key=lambda s: (s.content[0].start, s.content[-1].end, s.cue or (-1, -1))))


def _settled(parsed: Parsed, found: Found, index: ActorIndex, table: CueTable) -> Statement:
    tree, cue, text = found.tree, found.cue, parsed.report.text
    source = speaker = None
    head = _source_head(found)
    if head is not None:
        source = source_extent(tree, head, cue, found.content)
        speaker = _speaker(tree, head, source, index, text)
    when = setting(tree, cue, found.content, parsed.report, index, table)
    return Statement(
        kind=_kind(found),
        content=tuple(found.content),
        source=source,
        cue=cue_extent(tree, cue),
        addressee=addressee_extent(tree, cue, found.content, table),
        speaker=speaker,
        date=when.date,
        place=when.place,
        occasion=when.occasion,
        negated=tree.negated(cue),
        act=_act(found, table),
    )


def _speaker(tree: Tree, head: int, source: Extent, index: ActorIndex, text: str) -> str:
    """The actor that a source stands for; a source that no actor is known for keeps its own words."""
    actor = index.at(source, tree.extent(head, head))
    verb = tree.head[head]
    if actor is None and tree.relative(head) and tree.dep[verb] == "relcl":
        head = tree.head[verb]
        source = source_extent(tree, head, verb)
        actor = index.at(source, tree.extent(head, head))
    if actor is not None:
        return actor.name
    end = next(
        (tree.start[tree.left[i]] for i in tree.kids[head] if i > head and tree.dep[i] in {"relcl", "acl"}), source.end
    )
    words = text[source.start : max(min(end, source.end), tree.end[head])]
    return " ".join(words.split()).rstrip(",;:—– ") or source.of(text)


_RENDERED = frozenset({"that", "clause", "wh", "aside", "according", "quotation"})


def _act(found: Found, table: CueTable) -> StatementAct:
    """Whether the text gives what was said, vouches with it, only names it, or ascribes a state of mind."""
    if found.frame == "quotation":
        return "said"
    tree, frame = found.tree, found.frame.split(" + ")[0]
    word = cue_word(tree, found.cue, table)
    act = table.acts.get(table.kind(word) or "")
    if found.quotes and (act or frame in _RENDERED or frame.startswith(("object", "phrase"))):
        return "said"
    if frame == "according" and _counts(found):
        return "vouched"
    if act == "held" or (word in table.reasons and tree.tag[found.cue] == "VBG"):
        return "held"
    if frame in _RENDERED or frame.startswith("noun that"):
        return act or "said"
    return "held" if frame.startswith(("adjective", "raised")) else "named"


def _counts(found: Found) -> bool:
    """Whether a content gives a number of something."""
    tree = found.tree
    return any(
        tree.pos[i] == "NUM" and tree.pos[tree.head[i]] in {"NOUN", "SYM", "NUM"}
        for i in range(tree.size)
        if any(e.start <= tree.start[i] < e.end for e in found.content)
    )


def _source_head(found: Found) -> int | None:
    """The source's head word: by the parse, but for a quotation never a word of the quotation itself."""
    tree, cue = found.tree, found.cue
    if found.frame.startswith("raised") and tree.lemma[cue] in {"seem", "appear"}:
        return None
    head = source_head(tree, cue) if tree.words[cue][0].isalpha() else None
    if found.region is None:
        return head
    if head is None or head not in found.region:
        found_beside = beside(tree, cue, found.region)
        head = head if found_beside is None else found_beside
    return head


def _kind(found: Found) -> StatementKind:
    if not found.quotes:
        return "indirect"
    quoted = sum(q.end - q.start for q in found.quotes)
    return "direct" if quoted >= sum(p.end - p.start for p in found.content) - 2 else "mixed"
