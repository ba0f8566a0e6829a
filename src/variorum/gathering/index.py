"""An inverted index that only grows: sorted runs of (key, report), merged as they double."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

KeyArray = NDArray[np.uint64]
Numbers = NDArray[np.uint32]

_PENDING = 256
"""Reports that wait in a small unsorted run; looking through it costs less than sorting at every report."""


class PostingIndex:
    """Which reports have a key, the newest first where there are too many.

    Twelve bytes a posting. Adding costs a logarithmic number of merges, each sequential; looking up costs a binary
    search in each run.
    """

    def __init__(self) -> None:
        self._runs: list[tuple[KeyArray, Numbers]] = []
        self._pending: dict[int, list[int]] = {}
        self._waiting = 0

    def add(self, number: int, keys: KeyArray) -> None:
        """Enter a report under its keys. Numbers must rise."""
        for key in keys.tolist():
            self._pending.setdefault(key, []).append(number)
        self._waiting += 1
        if self._waiting >= _PENDING:
            self._flush()

    def _flush(self) -> None:
        pairs = [(key, number) for key, numbers in self._pending.items() for number in numbers]
        keys = np.fromiter((k for k, _ in pairs), dtype=np.uint64, count=len(pairs))
        numbers = np.fromiter((n for _, n in pairs), dtype=np.uint32, count=len(pairs))
        order = np.lexsort((numbers, keys))
        self._runs.append((keys[order], numbers[order]))
        self._pending, self._waiting = {}, 0
        while len(self._runs) > 1 and len(self._runs[-2][0]) < 2 * len(self._runs[-1][0]):
            later, earlier = self._runs.pop(), self._runs.pop()
            self._runs.append(_merged(earlier, later))

    def before(self, keys: KeyArray, numbers: Numbers) -> None:
        """Enter many reports at once whose numbers are lower than all that were added.

        Args:
            keys: a key for each posting.
            numbers: the report of each; of one key they must rise.
        """
        order = np.argsort(keys, kind="stable")
        self._runs.insert(0, (keys[order], numbers[order]))

    def find(self, keys: KeyArray, newest: int) -> tuple[Numbers, NDArray[np.intp]]:
        """Reports under each of some keys.

        What is found depends on what was entered and in which order, and not on how it is cut into runs: an index that
        was filled at once and one that grew to the same answer alike.

        Args:
            keys: what to look for.
            newest: at most this many reports a key, the last added.

        Returns:
            Report numbers, and for each the place in ``keys`` of the key that found it.
        """
        numbers: list[Numbers] = []
        places: list[NDArray[np.intp]] = []
        wanted = np.full(len(keys), newest, dtype=np.intp)
        for place_, key in enumerate(keys.tolist()):
            waiting = self._pending.get(key)
            if waiting:
                recent = waiting[-newest:]
                numbers.append(np.array(recent, dtype=np.uint32))
                places.append(np.full(len(recent), place_, dtype=np.intp))
                wanted[place_] -= len(recent)
        for run, reports in reversed(self._runs):
            last = np.searchsorted(run, keys, side="right")
            first = np.maximum(np.searchsorted(run, keys, side="left"), last - wanted)
            length = last - first
            total = int(length.sum())
            if not total:
                continue
            place = np.repeat(np.arange(len(keys)), length)
            offset = np.arange(total) - np.repeat(np.cumsum(length) - length, length)
            numbers.append(reports[np.repeat(first, length) + offset])
            places.append(place)
            wanted -= length
        if not numbers:
            return np.empty(0, dtype=np.uint32), np.empty(0, dtype=np.intp)
        return np.concatenate(numbers), np.concatenate(places)


def _merged(earlier: tuple[KeyArray, Numbers], later: tuple[KeyArray, Numbers]) -> tuple[KeyArray, Numbers]:
    where = np.searchsorted(earlier[0], later[0], side="right")
    return np.insert(earlier[0], where, later[0]), np.insert(earlier[1], where, later[1])
