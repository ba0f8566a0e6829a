"""Stories as clusters: average linkage that minds time, coherence and rulings.

Two groups of reports are joined, the most alike first, where

* their reports resemble each other *on average* (single bridges do not join; Sokal & Michener's average linkage, 1958),
* they lie near each other in time, counted from the nearest reports of the two, so that a long story stays one,
* and, once both are groups, the resemblance between them is not much less than that within them: two events with the
  same actors are each of one piece, and that is what keeps them apart.
"""

from __future__ import annotations

import heapq
import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

Edge = tuple[int, int, float]


_FEW, _MANY = 4, 64
"""Reports that are a handful, and many; between the two what is asked of a joining rises with their logarithm."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What decides a joining. One setting for every kind of news."""

    alike: float = 0.13
    """Mean resemblance that joins two groups, where many reports are gathered."""
    alike_few: float = 0.09
    """The same where only a handful is: who hands in four reports most likely holds them for one story, and the chance
    that two of them merely sound alike is small."""
    coherence: float = 0.7
    """Least share of the resemblance within two groups that must hold between them."""
    floor: float = 0.05
    """Resemblance below this is taken as none."""
    window: int = 14
    """Days over which two reports are compared at all."""
    fade: float = 5.0
    """Days in which the weight of a resemblance falls to 1/e, from the second day on."""
    same_day: float = 1.1
    """What publication within a day adds: known nearness tells more than no date."""

    def among(self, reports: int) -> Settings:
        """The settings for a number of reports gathered together."""
        share = (math.log(max(reports, 1)) - math.log(_FEW)) / (math.log(_MANY) - math.log(_FEW))
        least = self.alike_few + min(1.0, max(0.0, share)) * (self.alike - self.alike_few)
        return replace(self, alike=least)

    def nearness(self, gap: int | None) -> float:
        """How much a resemblance counts across a gap of days; a gap that is not known neither helps nor harms."""
        return 1.0 if gap is None else self.same_day * math.exp(-max(gap - 1, 0) / self.fade)


@dataclass(slots=True)
class _Group:
    members: list[int]
    days: list[int]
    """Sorted; fewer than members where some have no date."""
    within: float = 0.0
    pairs: int = 0
    version: int = 0
    links: dict[int, float] = field(default_factory=dict)
    """Sum of resemblances to each other group."""


class _Linkage:
    def __init__(self, edges: Iterable[Edge], days: dict[int, int | None], settings: Settings) -> None:
        self.settings = settings
        self.groups = {n: _Group([n], [day] if (day := days[n]) is not None else []) for n in sorted(days)}
        for a, b, resemblance in edges:
            self.groups[a].links[b] = resemblance
            self.groups[b].links[a] = resemblance
        self.apart: dict[int, set[int]] = {}

    def comparable(self, a: _Group, b: _Group) -> int:
        """Pairs across two groups that lie within the window of each other, or have no date."""
        every = len(a.members) * len(b.members)
        if not a.days or not b.days:
            return every
        window = self.settings.window
        if max(a.days[-1], b.days[-1]) - min(a.days[0], b.days[0]) <= window:
            return every
        few, many = (a.days, b.days) if len(a.days) < len(b.days) else (b.days, a.days)
        near = sum(bisect_right(many, day + window) - bisect_left(many, day - window) for day in few)
        return every - len(few) * len(many) + near

    def score(self, a: _Group, b: _Group, total: float) -> float:
        pairs = self.comparable(a, b)
        if not pairs:
            return 0.0
        gap = max(0, max(a.days[0], b.days[0]) - min(a.days[-1], b.days[-1])) if a.days and b.days else None
        return total / pairs * self.settings.nearness(gap)

    def coherent(self, a: _Group, b: _Group, total: float) -> bool:
        """Whether two groups resemble each other nearly as much as their own reports do.

        What a group is like within is known by its pairs only; the resemblance between the two stands in for one more,
        since the first pairs joined are the most alike and tell too much.
        """
        if not a.pairs or not b.pairs:
            return True
        between = total / max(1, self.comparable(a, b))
        within = sum((group.within + between) / (group.pairs + 1) for group in (a, b)) / 2
        return between >= self.settings.coherence * within

    def join(self, a: int, b: int) -> None:
        """Group ``b`` goes into group ``a``."""
        one, other = self.groups[a], self.groups.pop(b)
        one.pairs += other.pairs + self.comparable(one, other)
        one.within += other.within + other.links.pop(a, 0.0)
        one.links.pop(b, None)
        one.members.extend(other.members)
        one.days = list(heapq.merge(one.days, other.days))
        one.version += 1
        for c, total in other.links.items():
            third = self.groups[c]
            third.links.pop(b)
            one.links[c] = third.links[a] = one.links.get(c, 0.0) + total
        kept_apart = self.apart.pop(b, set())
        for c in kept_apart:
            self.apart[c].discard(b)
            self.apart[c].add(a)
        if kept_apart:
            self.apart.setdefault(a, set()).update(kept_apart)

    def run(self) -> None:
        heap: list[tuple[float, int, int, int, int]] = []

        def push(a: int, b: int) -> None:
            a, b = min(a, b), max(a, b)
            one, other = self.groups[a], self.groups[b]
            score = self.score(one, other, one.links[b])
            if score >= self.settings.alike:
                heapq.heappush(heap, (-score, a, b, one.version, other.version))

        for a in sorted(self.groups):
            for b in sorted(self.groups[a].links):
                if a < b:
                    push(a, b)
        while heap:
            _, a, b, version_a, version_b = heapq.heappop(heap)
            one, other = self.groups.get(a), self.groups.get(b)
            if one is None or other is None or (one.version, other.version) != (version_a, version_b):
                continue
            if b in self.apart.get(a, ()) or not self.coherent(one, other, one.links[b]):
                continue
            self.join(a, b)
            for c in sorted(one.links):
                push(a, c)


def cluster(
    edges: Sequence[Edge],
    days: dict[int, int | None],
    settings: Settings,
    *,
    together: Iterable[tuple[int, int]] = (),
    apart: Iterable[tuple[int, int]] = (),
    copies: Iterable[tuple[int, int]] = (),
) -> list[list[int]]:
    """Groups of reports that tell one story.

    Args:
        edges: resemblances (a, b, 0 to 1), each pair once.
        days: day of publication of every report by number, null where not known.
        settings: what decides a joining.
        together: pairs that are of one story whatever they look like.
        apart: pairs that are of two stories whatever they look like, unless ``together`` joins them.
        copies: pairs with the same wording: of one story unless they are held apart.

    Returns:
        Groups of report numbers, each sorted, in the order of their first number.
    """
    linkage = _Linkage(edges, days, settings)
    home: dict[int, int] = {n: n for n in days}

    def find(n: int) -> int:
        while home[n] != n:
            home[n] = home[home[n]]
            n = home[n]
        return n

    for a, b in sorted(together):
        a, b = sorted((find(a), find(b)))
        if a != b:
            linkage.join(a, b)
            home[b] = a
    for a, b in sorted(apart):
        a, b = find(a), find(b)
        if a != b:
            linkage.apart.setdefault(a, set()).add(b)
            linkage.apart.setdefault(b, set()).add(a)
    for a, b in sorted(copies):
        a, b = sorted((find(a), find(b)))
        if a != b and b not in linkage.apart.get(a, ()):
            linkage.join(a, b)
            home[b] = a
    linkage.run()
    return sorted(sorted(group.members) for group in linkage.groups.values())
