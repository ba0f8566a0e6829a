"""Where new reports belong: a gatherer over as much of the library as they can touch, kept from one addition to the next."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from variorum.gathering import Gatherer, Kept, Settings, Tie
from variorum.gathering.background import BUCKETS, TermCounts
from variorum.gathering.keys import keys_of
from variorum.library.moments import TURN
from variorum.model import Report
from variorum.store import KeyRow, Snapshot

_WEEK = 7
_MARGIN = 7
"""Days loaded beyond what the reports at hand need, so that the next ones need no loading."""
_MOST = 400_000
"""Rows above which what was loaded for earlier reports is let go."""
_TODAY_AND_ON = 3
"""A window that ends this many days before today reaches to the newest report."""


class Placer:
    """A gatherer that follows a library.

    It holds the reports of the days that were asked for, those that share wording with a report that was asked for, and
    all reports of their stories. What another process adds is seen by the library's turn, a number that rises with
    every writing; then the gatherer is made anew.
    """

    def __init__(self) -> None:
        self.settings = Settings()
        self._gatherer: Gatherer | None = None
        self._turn: str | None = None
        self._days: tuple[int | None, int | None] | None = None
        self._asked: set[str] = set()
        self._loaded: set[str] = set()
        self._now: Snapshot | None = None

    def forget(self) -> None:
        """Let go of everything: what was placed since was not written."""
        self._gatherer = None

    def written(self, turn: str) -> None:
        """What was placed since is in the library now, under a new turn."""
        self._turn = turn

    def at(
        self,
        now: Snapshot,
        reports: Sequence[Report],
        ties: Iterable[Tie],
        *,
        others: Iterable[str] = (),
        days: Iterable[int] = (),
        every: bool = False,
    ) -> Gatherer:
        """The gatherer, ready to take some reports.

        Args:
            now: the library as it is.
            reports: what is to be added.
            ties: what was decided about where reports belong.
            others: reports of the library that must be among those loaded, with their stories.
            days: further days whose neighbourhood must be loaded.
            every: load all reports.
        """
        self._now = now
        turn = now.setting(TURN)
        if turn != self._turn:
            self._gatherer = None
        keys = [keys_of(report) for report in reports]
        every = every or any(key.day is None for key in keys)
        wanted = self._wanted([*days, *(key.day for key in keys if key.day is not None)], every)
        alike = now.keys_with_bands(sorted({int(band) for key in keys for band in key.bands.tolist()})) if keys else ()
        asked = {row.report for row in alike} | set(others)
        if self._gatherer is not None and _within(wanted, self._days) and asked <= self._loaded:
            return self._gatherer
        if self._gatherer is not None and len(self._loaded) < _MOST:
            wanted = _joined(wanted, self._days)
            asked |= self._asked
        self._load(now, wanted, asked, ties)
        self._turn = turn
        assert self._gatherer is not None
        return self._gatherer

    def _counts_of(self, buckets: NDArray[np.uint32]) -> NDArray[np.int64]:
        assert self._now is not None, "terms are weighed while reports are placed"
        found = self._now.term_counts(buckets.tolist())
        return np.array([found.get(bucket, 0) for bucket in buckets.tolist()], dtype=np.int64)

    def _is_taken(self, story: str) -> bool:
        assert self._now is not None, "stories are named while reports are placed"
        return bool(self._now.reports_of(story))

    def added(self, report: str) -> None:
        """A report was placed."""
        self._loaded.add(report)

    def _wanted(self, days: Sequence[int], every: bool) -> tuple[int | None, int | None] | None:
        """The first and the last day that matter; null for no end, and for none at all where there is none."""
        if every:
            return None, None
        if not days:
            return None
        reach = self.settings.window + _WEEK
        first, last = min(days) - reach, max(days) + reach
        today = datetime.datetime.now(datetime.UTC).date().toordinal()
        return first, None if last >= today - _TODAY_AND_ON else last

    def _load(
        self, now: Snapshot, wanted: tuple[int | None, int | None] | None, asked: set[str], ties: Iterable[Tie]
    ) -> None:
        if wanted is not None and wanted != (None, None):
            first, last = wanted
            wanted = (first - _MARGIN if first is not None else None, last + _MARGIN if last is not None else None)
        rows: dict[str, KeyRow] = {}
        if wanted is not None:
            rows = {row.report: row for row in now.keys_between(*wanted, undated=True)}
        rows |= {row.report: row for row in now.keys_of(sorted(asked - rows.keys()))}
        if wanted != (None, None):
            stories = sorted({row.story for row in rows.values()})
            rows |= {row.report: row for row in now.keys_of_stories(stories, but_between=wanted)}
        every = sorted(rows.values(), key=lambda row: row.n)
        kept = Kept(
            ids=[row.report for row in every],
            stories=[row.story for row in every],
            days=[row.day for row in every],
            keys=b"".join(row.key for row in every),
        )
        count = now.report_count()
        self._gatherer = Gatherer.restored(
            kept,
            counts=TermCounts.restored(count, self._counts_of),
            total=count,
            ties=ties,
            taken=self._is_taken,
            settings=self.settings,
        )
        self._days, self._asked, self._loaded = wanted, asked, set(rows)


def _within(wanted: tuple[int | None, int | None] | None, have: tuple[int | None, int | None] | None) -> bool:
    if wanted is None:
        return True
    if have is None:
        return False
    first = have[0] is None or (wanted[0] is not None and wanted[0] >= have[0])
    return first and (have[1] is None or (wanted[1] is not None and wanted[1] <= have[1]))


def _joined(
    one: tuple[int | None, int | None] | None, other: tuple[int | None, int | None] | None
) -> tuple[int | None, int | None] | None:
    if one is None or other is None:
        return one or other
    first = None if one[0] is None or other[0] is None else min(one[0], other[0])
    last = None if one[1] is None or other[1] is None else max(one[1], other[1])
    return first, last


def terms_of(reports: Iterable[Report]) -> Counter[int]:
    """In how many of some reports each term stands, as the library counts them."""
    counted: Counter[int] = Counter()
    for report in reports:
        counted.update(np.unique(keys_of(report).terms % BUCKETS).tolist())
    return counted
