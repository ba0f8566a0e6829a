"""A report's text cut where entries begin and end, so that the very words of each can be lit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from variorum.model import ARTICLE_KINDS, Block, Extent, Reading

LONGEST_SHOWN = 400_000
"""Characters of one report that a page shows whole. No browser lays out a text of megabytes in good time; behind them only
what an entry rests on is shown, and how much was left out in between."""
AROUND = 1_000
"""Characters that are kept of a long stretch that no entry rests on, once a report is longer than that."""
ARTICLE_AND_CAPTION = ARTICLE_KINDS | {"caption", "dateline"}


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text that the same entries rest on throughout."""

    text: str
    start: int
    entries: tuple[int, ...]
    """Numbers of the entries; empty for text that none rests on."""
    anchor: bool
    """Whether a piece of evidence starts here, so that a link may point to it."""
    omitted: int = 0
    """Characters behind ``text`` that are not shown."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One block of a report, or text between blocks."""

    kind: str
    furniture: bool
    segments: tuple[Segment, ...]


def paragraphs(reading: Reading, spans: Iterable[tuple[Extent, int]]) -> list[Paragraph]:
    """A report's text in order, cut into paragraphs and segments: whole, unless it is longer than ``LONGEST_SHOWN``.

    Args:
        reading: the report.
        spans: where the entries rest, each with the entry's number. What lies outside the text is left out.
    """
    inside = [(e, n) for e, n in spans if 0 <= e.start < e.end <= len(reading.text)]
    marks = _Marks(inside)
    made: list[Paragraph] = []
    shown = omitted = 0
    for kind, start, end in _stretches(reading.text, reading.blocks):
        segments = tuple(marks.cut(reading.text, start, end))
        lit = any(s.entries for s in segments)
        if shown >= LONGEST_SHOWN and not lit:
            omitted += end - start
            continue
        if omitted:
            made.append(Paragraph("other", True, (Segment("", start - omitted, (), False, omitted),)))
            omitted = 0
        if shown + end - start > LONGEST_SHOWN:
            segments = tuple(_shortened(s) for s in segments)
        made.append(Paragraph(kind, kind not in ARTICLE_AND_CAPTION, segments))
        shown += sum(len(s.text) for s in segments)
    if omitted:
        made.append(Paragraph("other", True, (Segment("", len(reading.text) - omitted, (), False, omitted),)))
    return made


def _shortened(segment: Segment) -> Segment:
    """A long segment that no entry rests on, cut to its beginning."""
    if segment.entries or len(segment.text) <= AROUND:
        return segment
    return replace(segment, text=segment.text[:AROUND], omitted=len(segment.text) - AROUND)


def _stretches(text: str, blocks: Sequence[Block]) -> Iterator[tuple[str, int, int]]:
    """Blocks, and between them whatever else the text holds."""
    at = 0
    for block in sorted(blocks, key=lambda b: (b.start, b.end)):
        if block.start > at and text[at : block.start].strip():
            yield "other", at, block.start
        start = max(at, block.start)
        if block.end > start:
            yield block.kind, start, block.end
            at = block.end
    if text[at:].strip():
        yield ("other" if blocks else "body"), at, len(text)


class _Marks:
    """The places at which the set of entries changes, swept once from left to right."""

    def __init__(self, spans: Sequence[tuple[Extent, int]]) -> None:
        changes: dict[int, tuple[list[int], list[int]]] = {}
        for extent, number in spans:
            changes.setdefault(extent.start, ([], []))[0].append(number)
            changes.setdefault(extent.end, ([], []))[1].append(number)
        self._changes = [(at, *changes[at]) for at in sorted(changes)]
        self._next = 0
        self._held: dict[int, int] = {}

    def cut(self, text: str, start: int, end: int) -> Iterator[Segment]:
        """Segments of one stretch. Stretches have to be asked for in the order of the text."""
        anchor = self._take(start)
        at = start
        while at < end:
            stop = self._changes[self._next][0] if self._next < len(self._changes) else end
            stop = min(stop, end)
            yield Segment(text[at:stop], at, tuple(sorted(self._held)), anchor)
            at = stop
            anchor = self._take(at) if at < end else False

    def _take(self, upto: int) -> bool:
        """Take in all changes up to a place; whether evidence starts exactly there."""
        starts = False
        while self._next < len(self._changes) and self._changes[self._next][0] <= upto:
            at, begun, ended = self._changes[self._next]
            for number in ended:
                self._held[number] -= 1
                if not self._held[number]:
                    del self._held[number]
            for number in begun:
                self._held[number] = self._held.get(number, 0) + 1
            starts = bool(begun) and at == upto
            self._next += 1
        return starts
