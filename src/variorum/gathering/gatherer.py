"""Reports into stories: one by one as they arrive, or many at once."""

from __future__ import annotations

import hashlib
import sys
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count

import numpy as np
from numpy.typing import NDArray

from variorum.gathering.background import TermCounts
from variorum.gathering.index import Numbers
from variorum.gathering.keys import KEPT, NO_DAY, Keys, chain_of, keys_of, order_of
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
MOST_LOOKED_AT = 600
"""The same where a person has ruled: he is to see the whole of a story come apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """What has been decided about two reports, by a person or because they are versions of one. No evidence undoes it."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Reports as a library keeps them for gathering, in the order in which they arrived."""

    ids: Sequence[str]
    stories: Sequence[str]
    """The story that each is in."""
    days: Sequence[int | None]
    """Days of publication as proleptic ordinals."""
    keys: bytes
    """What ``Gatherer.kept`` gave for each, one after the other."""


@dataclass(slots=True)
class _Ties:
    together: list[tuple[int, int]] = field(default_factory=list)
    apart: list[tuple[int, int]] = field(default_factory=list)

    def add(self, pair: tuple[int, int], together: bool) -> None:
        """Hold to a decision; a later one on the same two reports replaces it."""
        one, other = sorted(pair)
        for pairs in (self.together, self.apart):
            if (one, other) in pairs:
                pairs.remove((one, other))
        (self.together if together else self.apart).append((one, other))

    def drop(self, pair: tuple[int, int], together: bool) -> None:
        """Hold to a decision no longer."""
        one, other = sorted(pair)
        pairs = self.together if together else self.apart
        if (one, other) in pairs:
            pairs.remove((one, other))

    def divides(self, numbers: set[int]) -> bool:
        """Whether two of some reports are held apart."""
        return any(numbers.issuperset(pair) for pair in self.apart)

    def among(self, stands_for: dict[int, int]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """The ties of some reports, each report by the one that stands for it."""
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
        self._ties = _Ties()
        self._settled = 0
        self._chains = array("Q")
        self._elsewhere = 0
        self._is_taken: Callable[[str], bool] | None = None
        self._freed: set[str] = set()

    def __len__(self) -> int:
        return len(self._ids)

    def knows(self, report: str) -> bool:
        """Whether a report was added."""
        return report in self._numbers

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

    @classmethod
    def restored(
        cls,
        kept: Kept,
        *,
        counts: TermCounts,
        total: int,
        ties: Iterable[Tie] = (),
        taken: Callable[[str], bool] | None = None,
        settings: Settings | None = None,
    ) -> Gatherer:
        """A gatherer as it was, out of what a library kept of its reports.

        It goes on as the one that placed them would have, as far as its reports reach: all those within the window of
        the reports to be added, those that share a band of wording with one of them, and every report of a story that
        has one of these. For a report without a date these are all reports.

        Args:
            kept: those reports.
            counts: in how many reports of the library each term stands.
            total: how many reports the library has.
            ties: what was decided about them, but for versions of one report, which their keys tell.
            taken: whether a story that is not among these has a name.
            settings: what decides a joining.
        """
        made = cls(settings)
        rows = np.frombuffer(kept.keys, dtype=KEPT)
        days = np.array([NO_DAY if day is None else day for day in kept.days], dtype=np.int32)
        made._shelf.restore(rows, days, counts)
        made._ids = list(kept.ids)
        made._numbers = {id: n for n, id in enumerate(made._ids)}
        made._elsewhere = total - len(made._ids)
        made._is_taken = taken
        numbers: dict[str, int] = {}
        for n, name in enumerate(kept.stories):
            story = numbers.setdefault(name, len(numbers))
            made._story.append(story)
            made._members.setdefault(story, array("I")).append(n)
        made._names = {story: name for name, story in numbers.items()}
        made._taken = set(numbers)
        made._stories_opened = len(numbers)
        last: dict[int, int] = {}
        for n, chain in enumerate(rows["chain"].tolist()):
            if chain in last:
                made._ties.together.append((last[chain], n))
            last[chain] = n
        made._chains.frombytes(rows["chain"].tobytes())
        for tie in ties:
            if tie.a in made._numbers and tie.b in made._numbers:
                made._ties.add((made._numbers[tie.a], made._numbers[tie.b]), tie.together)
        made._settled = len(made._ids)
        return made

    def kept(self, report: str) -> tuple[int | None, bytes, list[int]]:
        """What a library keeps of a report right after it was added: its day, its keys, and its bands of wording.

        Raises:
            KeyError: no report of that id was added.
        """
        number = self._numbers[report]
        bands: list[int] = self._shelf.keys(number).bands.tolist()
        return self._shelf.day(number), self._shelf.kept(number, self._chains[number]), bands

    def rule(self, tie: Tie) -> tuple[tuple[str, str], ...]:
        """Hold to a decision from now on; a later one on the same two reports replaces it.

        Returns:
            Reports that were placed anew: (report id, new story id).
        """
        return self.decide((tie,))

    def decide(self, hold: Iterable[Tie], let_go: Iterable[Tie] = ()) -> tuple[tuple[str, str], ...]:
        """Hold to some decisions from now on, and to others no longer; then put the stories of their reports together anew.

        Returns:
            Reports that were placed anew: (report id, new story id).
        """
        touched: set[int] = set()
        for ties, holds in ((let_go, False), (hold, True)):
            for tie in ties:
                pair = (self._numbers[tie.a], self._numbers[tie.b])
                (self._ties.add if holds else self._ties.drop)(pair, tie.together)
                touched.update(self._story[n] for n in pair)
        return self._place_anew(touched, whole=True) if touched else ()

    def add(self, report: Report, *, version_of: str | None = None) -> Placing:
        """Place one report; a report of a known id keeps the place that it has.

        Args:
            report: the report.
            version_of: id of an added report that this is a later version of; the two stay in one story.

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
        if version_of is not None:
            earlier = self._numbers[version_of]
            self._chains[number] = self._chains[earlier]
            self._ties.add((earlier, number), True)
            touched.append(self._story[earlier])
        moved = self._place_anew({self._story[number], *touched})
        story = self._names[self._story[number]]
        moved = tuple(move for move in moved if move[0] != report.id)
        return Placing(story=story, joining=self._joining(report, number), moved=moved)

    def _enter(self, id: str, keys: Keys) -> int:
        number = self._shelf.add(keys)
        self._ids.append(id)
        self._numbers[id] = number
        self._chains.append(chain_of(id))
        self._story.append(self._opened([number]))
        return number

    def _opened(self, members: Sequence[int]) -> int:
        """The number of a new story of some reports, named for the first of them that no story is named for yet."""
        number = self._stories_opened
        self._stories_opened += 1
        self._members[number] = array("I", members)
        names = (story_id(self._ids[n], again) for again in count() for n in members)
        self._names[number] = next(name for name in names if self._is_free(name))
        self._taken.add(self._names[number])
        return number

    def _is_free(self, name: str) -> bool:
        if name in self._taken:
            return False
        return self._is_taken is None or name in self._freed or not self._is_taken(name)

    def _touched(self, number: int, numbers: list[int], alike: list[float], wording: list[float]) -> list[int]:
        """The stories that a new report may belong to, the most alike first."""
        day = self._shelf.day(number)
        best: dict[int, float] = {}
        least = self._settings_now().alike
        for other, resemblance, same in zip(numbers, alike, wording, strict=True):
            other_day = self._shelf.day(other)
            gap = None if day is None or other_day is None else abs(day - other_day)
            score = 1.0 if same >= COPY else resemblance * self.settings.nearness(gap)
            if score >= least:
                story = self._story[other]
                best[story] = max(best.get(story, 0.0), score)
        return sorted(best, key=lambda story: (-best[story], self._members[story][0]))[:NEIGHBOURS]

    def settle(self, came: Iterable[str] | None = None) -> tuple[tuple[str, str], ...]:
        """Put the stories of the last days together anew, all at once; to be called when a day's reports are in.

        A report added is compared with few others, by the terms counted up to then, so until the day is settled the
        stories depend somewhat on the order in which its reports came. Settling looks again at every report that came
        since the last settling and at those of the days within the window of one of them, in the order of day and id,
        and at the newest earlier ones of their stories; the rest stay with them. Ties hold. What comes of it depends on
        the days settled before and on which reports came since, not on their order; the ids of the stories may differ.
        Its cost grows with the reports looked at, about 1.5 ms each.

        Args:
            came: ids of the reports that came since; by default those added since this gatherer was last settled.

        Returns:
            Reports that were placed anew: (report id, new story id).
        """
        late = self._late(came)
        self._settled = len(late)
        looked_at: list[int] = []
        rest: dict[int, list[int]] = {}
        for story in sorted({self._story[n] for n in np.flatnonzero(late).tolist()}):
            members = self._by_day(story)
            earlier = [n for n in members if not late[n]]
            left = [] if self._ties.divides(set(members)) else earlier[:-LOOKED_AT]
            kept = [*earlier[len(left) :], *(n for n in members if late[n])]
            if left:
                rest[kept[0]] = left
            looked_at.extend(kept)
        looked_at.sort(key=lambda n: (self._shelf.days[n], self._ids[n]))
        links = self._shelf.links(np.array(looked_at, dtype=np.uint32), self.settings.floor, COPY)
        return self._rebuilt(looked_at, rest, [], links)

    def unsettled(self, came: Iterable[str]) -> int:
        """About how many reports ``settle`` would look at."""
        return int(self._late(came).sum())

    def _late(self, came: Iterable[str] | None) -> NDArray[np.bool_]:
        """Which reports settling looks at for their own sake."""
        days = np.array(self._shelf.days, dtype=np.int64)
        late = np.zeros(len(days), dtype=bool)
        given = range(self._settled, len(days)) if came is None else [self._numbers[id] for id in came]
        late[np.array(given, dtype=np.intp)] = True
        dated = days != NO_DAY
        around = np.unique(days[late & dated])
        if len(around):
            window = self.settings.window
            within = np.searchsorted(around, days + window, "right") > np.searchsorted(around, days - window, "left")
            late |= dated & within
        return late

    def _settings_now(self) -> Settings:
        return self.settings.among(len(self._ids) + self._elsewhere)

    def _by_day(self, story: int) -> list[int]:
        return sorted(self._members[story], key=lambda n: (self._shelf.days[n], self._ids[n]))

    def _place_anew(self, stories: set[int], *, whole: bool = False) -> tuple[tuple[str, str], ...]:
        """Put some stories together anew from their newest reports, or from all of them."""
        looked_at: list[int] = []
        glued: list[tuple[int, int]] = []
        rest: dict[int, list[int]] = {}
        for story in sorted(stories):
            members = self._by_day(story)
            every = (whole and len(members) <= MOST_LOOKED_AT) or self._ties.divides(set(members))
            newest = members if every else members[-LOOKED_AT:]
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
        together, apart = self._ties.among(stands_for)
        place = {n: i for i, n in enumerate(looked_at)}
        rising = np.argsort(looked_at)
        sorted_numbers = np.array(looked_at, dtype=np.uint32)[rising]

        def placed(numbers: Numbers) -> Numbers:
            return rising[np.searchsorted(sorted_numbers, numbers)].astype(np.uint32)

        groups = cluster(
            np.arange(len(looked_at), dtype=np.uint32),
            Links(placed(links.a), placed(links.b), links.alike, placed(links.copies)),
            [self._shelf.days[n] for n in looked_at],
            self._settings_now(),
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
            name = self._names.pop(story)
            self._taken.discard(name)
            self._freed.add(name)
        return tuple(sorted(moved))

    def _named_for(self, group: list[int], before: dict[int, int], free: set[int]) -> int | None:
        """The story that most of a group comes from, unless a larger group goes on as that one."""
        votes = Counter(story for n in group if (story := before.get(n, self._story[n])) in free)
        if not votes:
            return None
        # Of equals the story of the first report: a counter keeps the order in which it met them.
        story = max(votes, key=lambda s: votes[s])
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
        score = round(float(alike.max()), 4)
        return Joining(report=report.id, score=score, reason=why, nearest=self._ids[nearest])

    def add_all(self, reports: Iterable[Report], ties: Iterable[Tie] = ()) -> None:
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
        for tie in ties:
            self._ties.add((self._numbers[tie.a], self._numbers[tie.b]), tie.together)
        groups = cluster(
            every,
            links,
            self._shelf.days,
            self.settings.among(len(self._ids)),
            together=self._ties.together,
            apart=self._ties.apart,
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
        self._chains.extend(map(chain_of, self._ids))
        self._settled = len(self._ids)

    def joinings(self, reports: Iterable[Report]) -> dict[str, Joining]:
        """Why each of some gathered reports is where it is."""
        return {report.id: self._joining(report, self._numbers[report.id]) for report in reports}


def story_id(report: str, again: int = 0) -> str:
    """Id of the story that a report opens, and of further stories that it opens after having left the first."""
    name = f"{report}\n{again}" if again else report
    return "s" + hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()
