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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from variorum.gathering.index import Numbers
from variorum.gathering.keys import NO_DAY
from variorum.gathering.shelf import Links

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
    numbers: Numbers,
    links: Links,
    days: Sequence[int] | Mapping[int, int],
    settings: Settings,
    *,
    together: Iterable[tuple[int, int]] = (),
    apart: Iterable[tuple[int, int]] = (),
) -> Iterator[list[int]]:
    """Groups of reports that tell one story.

    Args:
        numbers: the reports, in rising order.
        links: how much they resemble each other, each pair once, and which are copies. Copies are of one story unless
            they are held apart.
        days: day of publication by report number, ``NO_DAY`` where not known.
        settings: what decides a joining.
        together: pairs that are of one story whatever they look like.
        apart: pairs that are of two stories whatever they look like, unless ``together`` joins them.

    Yields:
        Groups of report numbers, each sorted.
    """
    joined, held = np.array([*together], dtype=np.uint32).reshape(-1, 2), list(apart)
    a, b = np.searchsorted(numbers, links.a), np.searchsorted(numbers, links.b)
    part = _parts(numbers, a, b, links, days, settings, joined)
    inside = np.flatnonzero(part[a] == part[b])
    inside = inside[np.argsort(part[a[inside]], kind="stable")]
    ends = np.searchsorted(part[a[inside]], np.arange(part.max(initial=-1) + 2))
    by_part = {
        name: _by_part(part[np.searchsorted(numbers, pairs[:, 0])], pairs)
        for name, pairs in (("together", joined), ("copies", links.copies))
    }
    held_by_part = _by_part(
        part[np.searchsorted(numbers, [x for x, _ in held])], np.array(held, dtype=np.uint32).reshape(-1, 2)
    )
    members = np.argsort(part, kind="stable")
    member_ends = np.searchsorted(part[members], np.arange(part.max(initial=-1) + 2))
    for place in range(len(ends) - 1):
        own = numbers[members[member_ends[place] : member_ends[place + 1]]].tolist()
        if len(own) == 1:
            yield own
            continue
        here = inside[ends[place] : ends[place + 1]]
        edges = zip(links.a[here].tolist(), links.b[here].tolist(), links.alike[here].tolist(), strict=True)
        within = set(own)
        yield from _clustered(
            edges,
            {n: None if days[n] == NO_DAY else days[n] for n in own},
            settings,
            together=by_part["together"].get(place, []),
            apart=[(x, y) for x, y in held_by_part.get(place, []) if y in within],
            copies=by_part["copies"].get(place, []),
        )


def _by_part(part: NDArray[np.int32], pairs: NDArray[np.uint32]) -> dict[int, list[tuple[int, int]]]:
    found: dict[int, list[tuple[int, int]]] = {}
    for place, (x, y) in zip(part.tolist(), pairs.tolist(), strict=True):
        found.setdefault(place, []).append((x, y))
    return found


def _parts(
    numbers: Numbers,
    a: NDArray[np.intp],
    b: NDArray[np.intp],
    links: Links,
    days: Sequence[int] | Mapping[int, int],
    settings: Settings,
    together: NDArray[np.uint32],
) -> NDArray[np.int32]:
    """Parts that nothing can join, so that each is put together by itself: for each report the number of its part.

    The mean resemblance of two groups is at most that of their most alike pair, unless a pair beyond the window of
    comparison adds to it, and nearness in time raises it by no more than what a common day adds.
    """
    day = np.array([days[n] for n in numbers.tolist()], dtype=np.int64)
    least = settings.alike / max(1.0, settings.same_day) - 1e-5
    strong = (links.alike >= least) | (np.abs(day[a] - day[b]) > settings.window)
    pairs = np.concatenate((together, links.copies))
    rows = np.concatenate((a[strong], np.searchsorted(numbers, pairs[:, 0])))
    columns = np.concatenate((b[strong], np.searchsorted(numbers, pairs[:, 1])))
    graph = csr_matrix((np.ones(len(rows), dtype=np.int8), (rows, columns)), shape=(len(numbers), len(numbers)))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int32)


def _clustered(
    edges: Iterable[Edge],
    days: dict[int, int | None],
    settings: Settings,
    *,
    together: Iterable[tuple[int, int]],
    apart: Iterable[tuple[int, int]],
    copies: Iterable[tuple[int, int]],
) -> list[list[int]]:
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
