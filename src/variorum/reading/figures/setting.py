"""Time and place of a figure, and the total that it is a part of."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from variorum.model import Extent, Figure
from variorum.reading.figures.quantities import Quantity
from variorum.reading.parsed import Paragraph
from variorum.reading.sentences import sentence_of
from variorum.text.actor_index import ActorIndex
from variorum.text.dates import find_dates
from variorum.text.tables import load_toml

SINCE = re.compile(r"\b(?:since|from|between)\s(?:[\w'’]+\s){0,7}$", re.IGNORECASE)
AS_OF = re.compile(r"\b(?:as of|as at)\s(?:late\s|early\s|the end of\s)?$", re.IGNORECASE)
PLACE_BEFORE = re.compile(
    r"\b(?:in|across|at|near|around|through|throughout|inside|outside|on|off|struck|hit|rocked|shook|battered|devastated)\s"
    r"(?:the\s|northern\s|southern\s|eastern\s|western\s|central\s)*"
    rf"(?:(?:[\w'’-]+\s){{0,3}}(?:{'|'.join(load_toml('en/figures.toml')['kinds_of_place'])})\sof\s)?$",
    re.IGNORECASE,
)
OPENING = 20
"""Characters at the head of a sentence in which a place is the scene of all that it tells ("In Lima, police said")."""
PART = re.compile(
    r"\b(?:including|among them|among whom|of whom|of them|of which|of those|among those)\W+(?:[\w'’-]+\s){0,3}$",
    re.IGNORECASE,
)
PART_BEHIND = re.compile(r"[^,;.]{1,40}?\sof\s(?:them|whom|which|those|these)\b", re.IGNORECASE)


class Setting:
    """Dates and places of one paragraph, asked by the figures in it; worked out once a sentence."""

    def __init__(self, paragraph: Paragraph, index: ActorIndex, anchor: date | None) -> None:
        self._paragraph = paragraph
        self._index = index
        self._anchor = anchor
        self._sentences: dict[int, _Sentence] = {}

    def of(self, head: Token) -> _Sentence:
        """What the sentence around a token says of time and place."""
        span = sentence_of(head)
        if span.start not in self._sentences:
            self._sentences[span.start] = self._read(span)
        return self._sentences[span.start]

    def _read(self, span: DocSpan) -> _Sentence:
        text, opening = span.text, span.start_char
        since = as_of = None
        for found in find_dates(text, self._anchor):
            before = text[max(0, found.extent.start - 60) : found.extent.start]
            since = since or (found.when.date if SINCE.search(before) else None)
            as_of = as_of or (found.when.date if AS_OF.search(before) else None)
        places = []
        for mention, actor in self._index.within(self._paragraph.extent(span)):
            at = mention.start - self._paragraph.offset - opening
            if actor.kind in ("place", "government") and at >= 0 and PLACE_BEFORE.search(text[max(0, at - 60) : at]):
                if _only_describes(self._paragraph, mention.extent):
                    continue
                places.append((at + opening, text[at : mention.end - self._paragraph.offset - opening]))
        return _Sentence(since, as_of, tuple(places), self._paragraph.offset, opening)


@dataclass(frozen=True, slots=True)
class _Sentence:
    since: str | None
    """ISO date behind "since", from which a count runs."""
    as_of: str | None
    """ISO date behind "as of"."""
    places: tuple[tuple[int, str], ...]
    """Places behind "in", "across" …: where in the paragraph, and the report's words."""

    offset: int
    """Where the paragraph begins in the report."""

    opening: int
    """Where the sentence begins in its paragraph."""

    def place(self, quantity: Quantity, *, voucher: Extent | None, told_in: tuple[Extent, ...]) -> str | None:
        """The place nearest to a quantity.

        Args:
            quantity: a number of the sentence.
            voucher: who vouches for it; his seat ("the ministry in Lima") is not where the counted things are.
            told_in: the words in which he does; where he said them ("told reporters in Lima") is not either, unless
                the sentence opens with the place.
        """
        there = self.places
        if told_in:
            there = tuple(
                p
                for p in there
                if p[0] - self.opening < OPENING or any(e.start <= self.offset + p[0] < e.end for e in told_in)
            )
        if voucher is not None:
            start, end = voucher.start - self.offset, voucher.end - self.offset
            there = tuple(p for p in there if not start <= p[0] < end)
        at = bisect_right(there, (quantity.start, ""))
        near = there[max(0, at - 1) : at + 1]
        return min(near, key=lambda p: (abs(p[0] - quantity.start), p[0]))[1] if near else None


def _only_describes(paragraph: Paragraph, extent: Extent) -> bool:
    """ "in the Albanian port": an adjective, or a name that another noun follows, is not the place itself."""
    span = paragraph.span(extent)
    last = span[-1] if span is not None else None
    if last is None:
        return False
    return last.pos_ == "ADJ" or (last.dep_ in ("amod", "compound", "nmod", "poss") and last.head.i > last.i)


def part_of(paragraph: Paragraph, extent: Extent, before: list[Figure]) -> Extent | None:
    """The total that a figure is a part of: "…, including almost 4,000 children" behind it in the same sentence."""
    text = paragraph.doc.text
    start = extent.start - paragraph.offset
    span = paragraph.span(extent)
    if span is None:
        return None
    opening = sentence_of(span[0]).start_char
    match = PART.search(text[max(opening, start - 60) : start])
    if match is None and PART_BEHIND.match(text[start : extent.end - paragraph.offset + 12]) is None:
        return None
    totals = [
        f
        for f in before
        if f.kind == "count" and f.part_of is None and paragraph.offset + opening <= f.start < extent.start
    ]
    return totals[-1].extent if totals else None
