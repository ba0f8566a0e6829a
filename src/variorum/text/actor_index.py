"""Which actor of a report do these words stand for?"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from variorum.model import Extent, Mention, ReportedActor


class ActorIndex:
    """The actors of one report by the extents of their mentions."""

    def __init__(self, actors: Iterable[ReportedActor]) -> None:
        self.actors = tuple(actors)
        pairs = [(mention, actor) for actor in self.actors for mention in actor.mentions]
        self._pairs = sorted(pairs, key=lambda pair: (pair[0].start, pair[0].end))
        self._starts = [mention.start for mention, _ in self._pairs]
        self._longest = max((m.end - m.start for m, _ in pairs), default=0)

    def within(self, extent: Extent) -> list[tuple[Mention, ReportedActor]]:
        """The mentions that overlap an extent, in the order of the text."""
        first = bisect_right(self._starts, extent.start - self._longest - 1)
        found = []
        for mention, actor in self._pairs[first:]:
            if mention.start >= extent.end:
                break
            if mention.end > extent.start:
                found.append((mention, actor))
        return found

    def at(self, extent: Extent, head: Extent | None = None) -> ReportedActor | None:
        """The one actor that an extent stands for.

        Args:
            extent: the words ("German counterpart Jana Roth").
            head: the extent's head word, if it is known: only mentions that cover it count. A mention with the same
                extent wins, then a person's name, then the longest mention.
        """
        found = self.within(extent)
        if head is not None:
            # "The Roe campaign" is not Roe: a name beside the head is another actor's.
            found = [pair for pair in found if pair[0].extent.overlaps(head)]
        if not found:
            return None

        def rank(pair: tuple[Mention, ReportedActor]) -> tuple[bool, bool, int, int]:
            mention, actor = pair
            return (
                mention.extent == extent,
                mention.form == "name" and actor.kind == "person",
                mention.end - mention.start,
                -mention.start,
            )

        return max(found, key=rank)[1]
