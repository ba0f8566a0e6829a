"""Reports into stories: one by one as they arrive, or many at once."""

from __future__ import annotations

import hashlib
import sys
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count

import numpy as np

from variorum.gathering.index import Numbers
from variorum.gathering.keys import Keys, keys_of, order_of
from variorum.gathering.linkage import Settings, cluster
from variorum.gathering.reasons import reason
from variorum.gathering.shelf import Links, Shelf
from variorum.model import Joining, Report

_COPY = 0.75
"""Estimated share of common wording from which a report is a copy, and so of the same story whatever its date."""
_NEIGHBOURS = 8
"""Stories looked at anew when a report arrives."""
_LOOKED_AT = 40
"""Reports of one story looked at anew; of a longer story the newest, the rest stay with them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What a person has decided about two reports. No later evidence undoes it."""

    a: str
    b: str
    together: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """What became of an added report."""

    story: str
    """Id of the story that it is in now."""
    joining: Joining
    moved: tuple[tuple[str, str], ...] = ()
    """Earlier reports that were placed anew because of it: (report id, new story id)."""


@dataclass(slots=True)
class _Rulings:
    together: list[tuple[int, int]] = field(default_factory=list)
    apart: list[tuple[int, int]] = field(default_factory=list)

    def add(self, pair: tuple[int, int], together: bool) -> None:
        """Hold to a ruling; a later one on the same two reports replaces it."""
        one, other = sorted(pair)
        for pairs in (self.together, self.apart):
            if (one, other) in pairs:
                pairs.remove((one, other))
        (self.together if together else self.apart).append((one, other))

    def divides(self, numbers: set[int]) -> bool:
        """Whether two of some reports were ruled apart."""
        return any(numbers.issuperset(pair) for pair in self.apart)

    def among(self, stands_for: dict[int, int]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """The rulings on some reports, each report by the one that stands for it."""
        together, apart = (
            [(stands_for[a], stands_for[b]) for a, b in pairs if a in stands_for and b in stands_for]
            for pairs in (self.together, self.apart)
        )
        return together, apart


class Gatherer:
    """Keeps the stories of a stream.

    Each added report is compared with the reports near it in time and terms, and the few stories that it touches are
    put together anew with it among them, so that a report may move when later ones show better. The cost of adding does
    not grow with the number of reports kept.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self._shelf = Shelf(self.settings.window)
        self._ids: list[str] = []
        self._numbers: dict[str, int] = {}
        self._story = array("i")
        self._members: dict[int, array[int]] = {}
        self._names: dict[int, str] = {}
        self._taken: set[str] = set()
        self._stories_opened = 0
        self._rulings = _Rulings()

    def __len__(self) -> int:
        return len(self._ids)

    def story_of(self, report: str) -> str:
        """Id of the story that a report is in.

        Raises:
            KeyError: no report of that id was added.
        """
        return self._names[self._story[self._numbers[report]]]

    def stories(self) -> dict[str, tuple[str, ...]]:
        """Ids of the reports of every story, in the order in which they were added."""
        return {
            self._names[s]: tuple(self._ids[n] for n in sorted(members)) for s, members in sorted(self._members.items())
        }

    def rule(self, ruling: Ruling) -> tuple[tuple[str, str], ...]:
        """Hold to a person's ruling from now on.

        Returns:
            Reports that were placed anew: (report id, new story id).
        """
        pair = (self._numbers[ruling.a], self._numbers[ruling.b])
        self._rulings.add(pair, ruling.together)
        return self._place_anew({self._story[n] for n in pair})

    def add(self, report: Report) -> Placing:
        """Place one report; a report of a known id keeps the place that it has.

        Returns:
            Its story, why, and which earlier reports moved because of it.
        """
        if report.id in self._numbers:
            return Placing(
                story=self.story_of(report.id), joining=Joining(report=report.id, score=1.0, reason="known already")
            )
        keys = keys_of(report)
        self._shelf.counts.add(keys.terms)
        numbers, alike, wording = self._shelf.near(keys)
        number = self._enter(report.id, keys)
        touched = self._touched(number, numbers.tolist(), alike.tolist(), wording.tolist())
        moved = self._place_anew({self._story[number], *touched})
        story = self._names[self._story[number]]
        moved = tuple(move for move in moved if move[0] != report.id)
        return Placing(story=story, joining=self._joining(report, number), moved=moved)

    def _enter(self, id: str, keys: Keys) -> int:
        number = self._shelf.add(keys)
        self._ids.append(id)
        self._numbers[id] = number
        self._story.append(self._opened([number]))
        return number

    def _opened(self, members: Sequence[int]) -> int:
        """The number of a new story of some reports, named for the first of them that no story is named for yet."""
        number = self._stories_opened
        self._stories_opened += 1
        self._members[number] = array("I", members)
        names = (story_id(self._ids[n], again) for again in count() for n in members)
        self._names[number] = next(name for name in names if name not in self._taken)
        self._taken.add(self._names[number])
        return number

    def _touched(self, number: int, numbers: list[int], alike: list[float], wording: list[float]) -> list[int]:
        """The stories that a new report may belong to, the most alike first."""
        day = self._shelf.day(number)
        best: dict[int, float] = {}
        least = self.settings.among(len(self._ids)).alike
        for other, resemblance, same in zip(numbers, alike, wording, strict=True):
            other_day = self._shelf.day(other)
            gap = None if day is None or other_day is None else abs(day - other_day)
            score = 1.0 if same >= _COPY else resemblance * self.settings.nearness(gap)
            if score >= least:
                story = self._story[other]
                best[story] = max(best.get(story, 0.0), score)
        return sorted(best, key=lambda story: (-best[story], story))[:_NEIGHBOURS]

    def _place_anew(self, stories: set[int]) -> tuple[tuple[str, str], ...]:
        """Put some stories together anew from their reports."""
        looked_at: list[int] = []
        glued: list[tuple[int, int]] = []
        rest: dict[int, list[int]] = {}
        stands_for: dict[int, int] = {}
        for story in sorted(stories):
            members = sorted(self._members[story], key=lambda n: (self._shelf.days[n], n))
            divided = self._rulings.divides(set(members))
            newest = members if divided else members[-_LOOKED_AT:]
            if len(newest) < len(members):
                rest[newest[0]] = members[:-_LOOKED_AT]
                stands_for.update(dict.fromkeys(members[:-_LOOKED_AT], newest[0]))
                glued.extend((newest[0], n) for n in newest[1:])
            looked_at.extend(newest)
        stands_for.update((n, n) for n in looked_at)
        groups = self._clustered(sorted(looked_at), glued, stands_for)
        moved: list[tuple[str, str]] = []
        before = {n: self._story[n] for n in looked_at}
        for story in stories:
            del self._members[story]
        free = set(stories)
        for group in sorted(groups, key=lambda g: (-len(g), g)):
            whole = sorted([*group, *(n for first in group for n in rest.get(first, ()))])
            going_on = self._named_for(whole, before, free)
            if going_on is None:
                going_on = self._opened(whole)
            story = going_on
            self._members[story] = array("I", whole)
            for n in whole:
                if self._story[n] != story:
                    self._story[n] = story
                    moved.append((self._ids[n], self._names[story]))
        for story in free:
            self._taken.discard(self._names.pop(story))
        return tuple(sorted(moved))

    def _named_for(self, group: list[int], before: dict[int, int], free: set[int]) -> int | None:
        """The story that most of a group comes from, unless a larger group goes on as that one."""
        votes = Counter(story for n in group if (story := before.get(n, self._story[n])) in free)
        if not votes:
            return None
        story = min(votes, key=lambda s: (-votes[s], s))
        free.discard(story)
        return story

    def _clustered(
        self, numbers: list[int], glued: Sequence[tuple[int, int]], stands_for: dict[int, int]
    ) -> list[list[int]]:
        """Stories of some reports, each compared with each."""
        rows = np.array(numbers, dtype=np.uint32)
        alike = self._shelf.resemblances(rows)
        i, j = np.nonzero(np.triu(alike >= self.settings.floor, 1))
        copies = np.argwhere(np.triu(self._shelf.same_wording(rows) >= _COPY, 1))
        return self._grouped(rows, Links(rows[i], rows[j], alike[i, j], rows[copies]), glued, stands_for)

    def _grouped(
        self, numbers: Numbers, links: Links, glued: Sequence[tuple[int, int]], stands_for: dict[int, int]
    ) -> list[list[int]]:
        together, apart = self._rulings.among(stands_for)
        groups = cluster(
            numbers,
            links,
            self._shelf.days,
            self.settings.among(len(self._ids)),
            together=[*glued, *together],
            apart=apart,
        )
        return sorted(groups)

    def _joining(self, report: Report, number: int) -> Joining:
        others = [n for n in self._members[self._story[number]] if n != number][-_LOOKED_AT:]
        if not others:
            return Joining(report=report.id, score=0.0, reason="resembles no earlier report enough; opens a story")
        rows = np.array([*others, number], dtype=np.uint32)
        alike = self._shelf.resemblances(rows)[-1, :-1]
        nearest = others[int(np.argmax(alike))]
        wording = float(self._shelf.same_wording(np.array([nearest, number], dtype=np.uint32))[0, 1])
        days = (self._shelf.day(number), self._shelf.day(nearest))
        gap = abs(days[0] - days[1]) if days[0] is not None and days[1] is not None else None
        why = reason(report, self._shelf.shared_terms(number, nearest)[0], gap, wording)
        return Joining(report=report.id, score=round(float(alike.max()), 4), reason=f"{why} with {self._ids[nearest]}")

    def add_all(self, reports: Iterable[Report], rulings: Iterable[Ruling] = ()) -> None:
        """Fill an empty gatherer with many reports at once, whatever their order.

        All are weighed by the terms of all and put together in one pass, so the stories do not depend on the order.

        Raises:
            ValueError: the gatherer is not empty.
        """
        if self._ids:
            raise ValueError("add_all fills an empty gatherer; use add for later reports")
        arrived: list[tuple[str, bytes, str]] = []
        for report in reports:
            self._shelf.put(keys_of(report))
            date, digest, id = order_of(report)
            arrived.append((sys.intern(date), digest, id))
        order = sorted(range(len(arrived)), key=arrived.__getitem__)
        kept = array("q")
        for place in order:
            id = arrived[place][2]
            if id not in self._numbers:
                self._numbers[id] = len(kept)
                self._ids.append(id)
                kept.append(place)
        del arrived, order
        self._shelf.arrange(np.frombuffer(kept, dtype=np.intp))
        every = np.arange(len(kept), dtype=np.uint32)
        self._shelf.count(every)
        self._story.frombytes(bytes(self._story.itemsize * len(kept)))
        links = self._shelf.links(every, self.settings.floor, _COPY, enter=True)
        for ruling in rulings:
            self._rulings.add((self._numbers[ruling.a], self._numbers[ruling.b]), ruling.together)
        groups = cluster(
            every,
            links,
            self._shelf.days,
            self.settings.among(len(self._ids)),
            together=self._rulings.together,
            apart=self._rulings.apart,
        )
        packed, ends = array("I"), array("Q", [0])
        for group in groups:
            packed.extend(group)
            ends.append(len(packed))
        for place in sorted(range(len(ends) - 1), key=lambda place: packed[ends[place]]):
            members = packed[ends[place] : ends[place + 1]]
            story = self._opened(members)
            for n in members:
                self._story[n] = story

    def joinings(self, reports: Iterable[Report]) -> dict[str, Joining]:
        """Why each of some gathered reports is where it is."""
        return {report.id: self._joining(report, self._numbers[report.id]) for report in reports}


def story_id(report: str, again: int = 0) -> str:
    """Id of the story that a report opens, and of further stories that it opens after having left the first."""
    name = f"{report}\n{again}" if again else report
    return "s" + hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()
