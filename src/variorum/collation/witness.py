"""A report of the story as collation sees it: its reading, its origin, and look-ups in both."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from variorum.model import ARTICLE_KINDS, READ_KINDS, Block, Extent, Mention, Reading, ReportedActor, Span, Story
from variorum.text.actor_index import ActorIndex
from variorum.text.quotes import find_quotations

_SENTENCE_END = re.compile(r"[.!?…][”’\"')\]]*\s+(?=[“‘\"'(\[]?[A-Z0-9])|\n")
_ABBREVIATIONS = re.compile(
    r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|St|Jr|Sr|No|vs|Nov|Dec|Oct|Sept|Aug|Jan|Feb))\.$"
)


LONGEST = 100_000
"""Characters of one block that are looked at: what is longer is no paragraph."""


class Witness:
    """One report of a story."""

    def __init__(self, number: int, reading: Reading, origin: int, article: str | None = None) -> None:
        self.number = number
        """Its place in the record's order of reports."""
        self.reading = reading
        self.origin = origin
        """Number of the origin that it descends from."""
        self.article = article or reading.id
        """Id of the first version of the report: the same for all versions of one article."""
        self.superseded = False
        """Whether a later version of the article is among the reports."""
        self.index = ActorIndex(reading.actors)
        self._blocks = sorted(reading.blocks, key=lambda block: block.start)
        self._starts = [block.start for block in self._blocks]
        self._quotations: dict[int, tuple[Extent, ...]] = {}

    @property
    def id(self) -> str:
        """The report's id."""
        return self.reading.id

    @property
    def text(self) -> str:
        """The report's text."""
        return self.reading.text

    @cached_property
    def day(self) -> str | None:
        """The day of the report as an ISO date, stated or estimated."""
        published = self.reading.published
        return published.date[:10] if published else None

    def block_at(self, position: int) -> Block | None:
        """The block that holds a code point."""
        number = bisect_right(self._starts, position) - 1
        if number < 0 or self._blocks[number].end <= position:
            return None
        return self._blocks[number]

    def quotations(self, block: Block) -> tuple[Extent, ...]:
        """The outermost stretches in quotation marks of a block, in the order of the text.

        A block longer than a reading takes is looked at as far as it was read.
        """
        if block.start not in self._quotations:
            text = self.text[block.start : min(block.end, block.start + LONGEST)]
            self._quotations[block.start] = tuple(
                Extent(block.start + mark.start, block.start + mark.end)
                for mark in find_quotations(text)
                if mark.depth == 0
            )
        return self._quotations[block.start]

    def in_article(self, extent: Extent) -> bool:
        """Whether words stand in the part of the report that tells the story."""
        block = self.block_at(extent.start)
        return block is not None and block.kind in ARTICLE_KINDS

    def is_read(self, extent: Extent) -> bool:
        """Whether words stand in the story or in its captions and notices."""
        block = self.block_at(extent.start)
        return block is not None and block.kind in READ_KINDS

    def span(self, extent: Extent) -> Span:
        """An extent of this report as evidence."""
        return Span(report=self.id, start=extent.start, end=extent.end)

    def words(self, extent: Extent) -> str:
        """The characters of an extent."""
        return self.text[extent.start : extent.end]

    def sentence(self, position: int) -> Extent:
        """The sentence around a code point, by punctuation, never across the ends of its block."""
        block = self.block_at(position)
        low, high = (block.start, block.end) if block else (max(0, position - 300), min(len(self.text), position + 300))
        low, high = max(low, position - 1000), min(high, position + 1000)
        start, end = low, high
        for match in _SENTENCE_END.finditer(self.text, low, high):
            if _ABBREVIATIONS.search(self.text, max(low, match.start() - 6), match.start() + 1):
                continue
            if match.end() <= position:
                start = match.end()
            else:
                end = match.start() + len(match.group().rstrip())
                break
        return Extent(start, end)

    def mentions(self) -> list[tuple[Mention, ReportedActor]]:
        """All mentions of actors, in the order of the text."""
        return self.index.within(Extent(0, len(self.text)))


def witnesses_of(story: Story) -> tuple[Witness, ...]:
    """The reports of a story in the order of the record: by date and then by content, whatever order they came in."""
    origins = {report: n for n, origin in enumerate(story.lineage.origins) for report in origin.reports}
    ordered = sorted(
        story.readings, key=lambda r: (r.published.date[:10] if r.published else "9999", r.text, r.outlet or "", r.id)
    )
    # A report that the lineage does not know is its own origin.
    extra = len(story.lineage.origins)
    first: dict[str, str] = {}
    for revision in story.revisions:
        first[revision.later] = first.get(revision.earlier, revision.earlier)
    witnesses = tuple(Witness(n, r, origins.get(r.id, extra + n), first.get(r.id)) for n, r in enumerate(ordered))
    earlier = {revision.earlier for revision in story.revisions}
    for witness in witnesses:
        witness.superseded = witness.id in earlier
    return witnesses
