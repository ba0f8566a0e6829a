"""From what the search found to statements: kind, source, speaker, addressee, time and place of saying."""

from __future__ import annotations

from variorum.model import Extent, ReportedActor, Statement
from variorum.model.reading import StatementKind
from variorum.reading.parsed import Parsed
from variorum.reading.statements.direct import beside
from variorum.reading.statements.parts import addressee_extent, cue_extent, source_extent, source_head
from variorum.reading.statements.search import Found
from variorum.text.actor_index import ActorIndex


def settle(parsed: Parsed, found: list[Found], actors: tuple[ReportedActor, ...]) -> tuple[Statement, ...]:
    """Statements with their sources resolved, in the order of the text."""
    index = ActorIndex(actors)
    return tuple(_settled(parsed, one, index) for one in found)


def _settled(parsed: Parsed, found: Found, index: ActorIndex) -> Statement:
    tree, cue = found.tree, found.cue
    source = None
    speaker = None
    if cue is not None:
        head = _source_head(found)
        if head is not None:
            source = source_extent(tree, head, cue)
            actor = index.at(source, tree.extent(head, head))
            speaker = actor.name if actor else source.of(parsed.report.text)
    return Statement(
        kind=_kind(found, parsed.report.text),
        content=tuple(found.content),
        source=source,
        cue=cue_extent(tree, cue) if cue is not None else None,
        addressee=addressee_extent(tree, cue, frozenset()) if cue is not None else None,
        speaker=speaker,
        negated=tree.negated(cue) if cue is not None else False,
    )


def _source_head(found: Found) -> int | None:
    """The source's head word: by the parse, but for a quotation never a word of the quotation itself."""
    tree, cue = found.tree, found.cue
    if cue is None or (found.frame.startswith("raised") and tree.lemma[cue] in {"seem", "appear"}):
        return None
    head = source_head(tree, cue) if tree.words[cue][0].isalpha() else None
    if found.region is None:
        return head
    if head is None or head not in found.region:
        found_beside = beside(tree, cue, found.region)
        head = head if found_beside is None else found_beside
    return head


def _kind(found: Found, text: str) -> StatementKind:
    if not found.quotes:
        return "indirect"
    quoted = sum(q.end - q.start for q in found.quotes)
    return "direct" if quoted >= sum(p.end - p.start for p in found.content) - 2 else "mixed"
