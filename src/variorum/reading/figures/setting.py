"""Time and place of a figure, and the total that it is a part of."""

from __future__ import annotations

import re
from datetime import date

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from variorum.model import Extent, Figure
from variorum.reading.figures.quantities import Quantity
from variorum.reading.lookup import ActorIndex
from variorum.reading.parsed import Paragraph
from variorum.text.dates import Found, find_dates

SINCE = re.compile(r"\b(?:since|from|between)\s(?:[\w'’]+\s){0,7}$", re.IGNORECASE)
AS_OF = re.compile(r"\b(?:as of|by|until|at the end of|as at)\s(?:late\s|early\s|the end of\s)?$", re.IGNORECASE)
PLACE_BEFORE = re.compile(
    r"\b(?:in|across|at|near|around|throughout|inside|outside|on)\s(?:the\s|northern\s|southern\s|eastern\s|western\s|central\s)*$",
    re.IGNORECASE,
)
PART = re.compile(
    r"\b(?:including|among them|among whom|of whom|of them|of which|of those|among those)\W+(?:[\w'’-]+\s){0,3}$",
    re.IGNORECASE,
)


class Setting:
    """Dates and places of one paragraph, asked by the figures in it."""

    def __init__(self, paragraph: Paragraph, index: ActorIndex, anchor: date | None) -> None:
        self._paragraph = paragraph
        self._index = index
        self._anchor = anchor
        self._dates: list[Found] | None = None

    def _found(self) -> list[Found]:
        if self._dates is None:
            self._dates = find_dates(self._paragraph.doc.text, self._anchor)
        return self._dates

    def _in_sentence(self, sentence: DocSpan) -> list[Found]:
        return [f for f in self._found() if sentence.start_char <= f.extent.start < sentence.end_char]

    def since(self, head: Token) -> str | None:
        """ISO date from which the count runs: a date behind "since …" in the same sentence."""
        text = self._paragraph.doc.text
        for found in self._in_sentence(head.sent):
            if SINCE.search(text[max(head.sent.start_char, found.extent.start - 60) : found.extent.start]):
                return found.when.date
        return None

    def as_of(self, head: Token, quantity: Quantity) -> str | None:
        """ISO date of the count: a date behind "as of", "by" in the same sentence."""
        text = self._paragraph.doc.text
        for found in self._in_sentence(head.sent):
            if AS_OF.search(text[max(head.sent.start_char, found.extent.start - 30) : found.extent.start]):
                return found.when.date
        return None

    def place(self, head: Token, quantity: Quantity) -> str | None:
        """The place nearest to the figure in its sentence that stands behind "in", "across" …, in the report's words."""
        paragraph, sentence = self._paragraph, head.sent
        whole = paragraph.extent(sentence)
        at = paragraph.offset + quantity.start
        best: tuple[int, str] | None = None
        for mention, actor in self._index.within(whole):
            if actor.kind not in ("place", "government"):
                continue
            words = mention.extent
            before = paragraph.doc.text[
                max(sentence.start_char, words.start - paragraph.offset - 30) : words.start - paragraph.offset
            ]
            if PLACE_BEFORE.search(before):
                distance = abs(words.start - at)
                if best is None or distance < best[0]:
                    best = (distance, paragraph.doc.text[words.start - paragraph.offset : words.end - paragraph.offset])
        return best[1] if best else None


def part_of(paragraph: Paragraph, extent: Extent, before: list[Figure]) -> Extent | None:
    """The total that a figure is a part of: "…, including almost 4,000 children" behind it in the same sentence."""
    text = paragraph.doc.text
    start = extent.start - paragraph.offset
    span = paragraph.span(extent)
    if span is None:
        return None
    opening = span.sent.start_char
    match = PART.search(text[max(opening, start - 60) : start])
    if match is None:
        return None
    totals = [
        f
        for f in before
        if f.kind == "count" and f.part_of is None and paragraph.offset + opening <= f.start < extent.start
    ]
    return totals[-1].extent if totals else None
