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
from variorum.gathering.keys import NO_DAY, Keys, keys_of, order_of
from variorum.gathering.linkage import Settings, cluster
from variorum.gathering.reasons import reason
from variorum.gathering.shelf import Links, Shelf
from variorum.model import Joining, Report

COPY = 0.75
"""Estimated share of common wording from which a report is a copy, and so of the same story whatever its date."""
NEIGHBOURS = 8
"""Stories looked at anew when a report arrives."""
LOOKED_AT = 40
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
    not grow with the number of reports kept. ``settle`` takes out what the order of arrival within a day did.
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
        self._settled = 0

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
            score = 1.0 if same >= COPY else resemblance * self.settings.nearness(gap)
            if score >= least:
                story = self._story[other]
                best[story] = max(best.get(story, 0.0), score)
        return sorted(best, key=lambda story: (-best[story], story))[:NEIGHBOURS]

    def settle(self) -> tuple[tuple[str, str], ...]:
        """Put the stories of the last days together anew, all at once; to be called when a day's reports are in.

        A report added is compared with few others, by the terms counted up to then, so until the day is settled the
        stories depend somewhat on the order in which its reports came. Settling looks again at every report since the
        last settling and of the days within the window of the newest, in the order of day and id, and at the newest
        earlier ones of their stories; the rest stay with them. Rulings hold. What comes of it depends on the days
        settled before and on which reports came since, not on their order; the ids of the stories may differ. Its cost
        grows with the reports looked at, about 1.5 ms each.

        Returns:
            Reports that were placed anew: (report id, new story id).
        """
        days = np.array(self._shelf.days, dtype=np.int64)
        late = days >= days.max(initial=NO_DAY + self.settings.window + 1) - self.settings.window
        late[self._settled :] = True
        self._settled = len(days)
        looked_at: list[int] = []
        rest: dict[int, list[int]] = {}
        for story in sorted({self._story[n] for n in np.flatnonzero(late).tolist()}):
            members = self._by_day(story)
            earlier = [n for n in members if not late[n]]
            left = [] if self._rulings.divides(set(members)) else earlier[:-LOOKED_AT]
            kept = [*earlier[len(left) :], *(n for n in members if late[n])]
            if left:
                rest[kept[0]] = left
            looked_at.extend(kept)
        looked_at.sort(key=lambda n: (self._shelf.days[n], self._ids[n]))
        links = self._shelf.links(np.array(looked_at, dtype=np.uint32), self.settings.floor, COPY)
        return self._rebuilt(looked_at, rest, [], links)

    def _by_day(self, story: int) -> list[int]:
        return sorted(self._members[story], key=lambda n: (self._shelf.days[n], self._ids[n]))

    def _place_anew(self, stories: set[int]) -> tuple[tuple[str, str], ...]:
        """Put some stories together anew from their reports."""
        looked_at: list[int] = []
        glued: list[tuple[int, int]] = []
        rest: dict[int, list[int]] = {}
        for story in sorted(stories):
            members = self._by_day(story)
            newest = members if self._rulings.divides(set(members)) else members[-LOOKED_AT:]
            if len(newest) < len(members):
                rest[newest[0]] = members[:-LOOKED_AT]
                glued.extend((newest[0], n) for n in newest[1:])
            looked_at.extend(newest)
        looked_at.sort()
        return self._rebuilt(looked_at, rest, glued, self._all_links(looked_at))

    def _all_links(self, numbers: list[int]) -> Links:
        """Each of some reports compared with each."""
        rows = np.array(numbers, dtype=np.uint32)
        alike = self._shelf.resemblances(rows)
        i, j = np.nonzero(np.triu(alike >= self.settings.floor, 1))
        copies = np.argwhere(np.triu(self._shelf.same_wording(rows) >= COPY, 1))
        return Links(rows[i], rows[j], alike[i, j], rows[copies])

    def _rebuilt(
        self, looked_at: list[int], rest: dict[int, list[int]], glued: list[tuple[int, int]], links: Links
    ) -> tuple[tuple[str, str], ...]:
        """Put the stories of some reports together anew.

        Args:
            looked_at: the reports, all those of their stories but the rest; of two that are as near, the first listed
                are joined first.
            rest: reports that are not looked at, by the one that they stay with.
            glued: pairs that stay together.
            links: how much the reports looked at resemble each other.
        """
        stands_for = {n: n for n in looked_at} | {n: first for first, others in rest.items() for n in others}
        together, apart = self._rulings.among(stands_for)
        place = {n: i for i, n in enumerate(looked_at)}
        rising = np.argsort(looked_at)
        sorted_numbers = np.array(looked_at, dtype=np.uint32)[rising]

        def placed(numbers: Numbers) -> Numbers:
            return rising[np.searchsorted(sorted_numbers, numbers)].astype(np.uint32)

        groups = cluster(
            np.arange(len(looked_at), dtype=np.uint32),
            Links(placed(links.a), placed(links.b), links.alike, placed(links.copies)),
            [self._shelf.days[n] for n in looked_at],
            self.settings.among(len(self._ids)),
            together=[(place[a], place[b]) for a, b in [*glued, *together]],
            apart=[(place[a], place[b]) for a, b in apart],
        )
        before = {n: self._story[n] for n in looked_at}
        free = set(before.values())
        for story in free:
            del self._members[story]
        moved: list[tuple[str, str]] = []
        named = [[looked_at[i] for i in group] for group in groups]
        for group in sorted(named, key=lambda g: (-len(g), min(g))):
            whole = sorted([*group, *(n for first in group for n in rest.get(first, ()))])
            going_on = self._named_for(whole, before, free)
            story = self._opened(whole) if going_on is None else going_on
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

    def _joining(self, report: Report, number: int) -> Joining:
        others = [n for n in self._members[self._story[number]] if n != number][-LOOKED_AT:]
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
        links = self._shelf.links(every, self.settings.floor, COPY, enter=True)
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
        self._settled = len(self._ids)

    def joinings(self, reports: Iterable[Report]) -> dict[str, Joining]:
        """Why each of some gathered reports is where it is."""
        return {report.id: self._joining(report, self._numbers[report.id]) for report in reports}


def story_id(report: str, again: int = 0) -> str:
    """Id of the story that a report opens, and of further stories that it opens after having left the first."""
    name = f"{report}\n{again}" if again else report
    return "s" + hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()
