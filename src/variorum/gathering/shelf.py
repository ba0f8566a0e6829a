"""The keys of every report gathered, in a few flat arrays, and the reports that may tell the story of a new one."""

from __future__ import annotations

from array import array
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from variorum.gathering.background import TermCounts, Weights
from variorum.gathering.index import KeyArray, Numbers, PostingIndex
from variorum.gathering.keys import KEPT, NO_DAY, SIGNATURE, TERMS, Keys, bands_of

_INDEXED = 32
"""Terms of a report under which it can be found."""
NEWEST = 48
"""Reports looked at for one term and one week."""
COMPARED = 96
"""Reports that a new one is compared with in full."""
_AT_ONCE = 1 << 18
"""Pairs whose wording is compared at once."""
_WEEK = 7
_SAME_WORDING = 1e3
"""What a shared band of wording counts beside the weights of terms: more than all of them."""
_UNDATED, _ANY_TIME, _WORDING = 0, 1, 2
"""Marks that stand in the place of the week in a key."""
_FIRST_WEEK = 16

_TIMES = np.concatenate(([0.0], 1 + np.log(np.arange(1, 256)))).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Links:
    """Pairs of reports that resemble each other, in flat arrays."""

    a: Numbers
    b: Numbers
    alike: Weights
    copies: Numbers
    """Pairs with the same wording, one a row."""


class Shelf:
    """Keys by report number, with an index by term and week, by term alone, and by wording.

    About 1.5 kilobytes a report. The cost of a look-up depends on how many reports the weeks around it hold, up to a
    bound, and not on how many there are in all.
    """

    def __init__(self, window: int) -> None:
        self.counts = TermCounts()
        self.days = array("i")
        self._window = window
        self._index = PostingIndex()
        self._deferred: tuple[KeyArray, Numbers] | None = None
        """Entries of restored reports that have not been needed yet."""
        self._terms = np.zeros((256, TERMS), dtype=np.uint32)
        self._times = np.zeros((256, TERMS), dtype=np.uint8)
        self._signatures = np.zeros((256, SIGNATURE), dtype=np.uint16)

    def __len__(self) -> int:
        return len(self.days)

    def day(self, number: int) -> int | None:
        """Day of publication of a report, as an ordinal."""
        day = self.days[number]
        return None if day == NO_DAY else day

    def add(self, keys: Keys) -> int:
        """Put a report's keys on the shelf where they can be found from now on; its number."""
        number = self.put(keys)
        self._index.add(number, self._entries(keys))
        return number

    def put(self, keys: Keys) -> int:
        """Put a report's keys on the shelf without entering them in the index; its number."""
        number = len(self.days)
        if number == len(self._terms):
            self._grow()
        width = len(keys.terms)
        self._terms[number, :width] = keys.terms
        self._times[number, :width] = keys.counts
        self._signatures[number] = keys.signature
        self.days.append(NO_DAY if keys.day is None else keys.day)
        return number

    def kept(self, number: int, chain: int) -> bytes:
        """A report's keys as a library keeps them, with the terms under which it can be found as they are weighed now."""
        row = np.zeros(1, dtype=KEPT)
        row["terms"], row["counts"] = self._terms[number], self._times[number]
        row["signature"] = self._signatures[number]
        keys = self.keys(number)
        bits = np.zeros(TERMS, dtype=np.uint8)
        bits[: len(keys.terms)] = np.isin(keys.terms, self.telling(keys)[0])
        row["telling"], row["chain"] = np.packbits(bits), chain
        return row.tobytes()

    def restore(self, rows: NDArray[np.void], days: NDArray[np.int32], counts: TermCounts) -> None:
        """Fill an empty shelf with what a library kept.

        Args:
            rows: keys as ``kept`` gives them (``KEPT``), in the order in which the reports arrived.
            days: day of publication of each, ``NO_DAY`` where not known.
            counts: in how many reports the terms stand by now.
        """
        self.counts = counts
        self.days = array("i", days.astype(np.int32).tobytes())
        room = max(256, len(rows) * 5 // 4)
        for name, field in (("_terms", "terms"), ("_times", "counts"), ("_signatures", "signature")):
            old = getattr(self, name)
            new = np.zeros((room, old.shape[1]), dtype=old.dtype)
            new[: len(rows)] = rows[field]
            setattr(self, name, new)
        number, column = np.nonzero(np.unpackbits(rows["telling"], axis=1))
        terms = rows["terms"][number, column]
        weeks = np.where(days == NO_DAY, _UNDATED, _FIRST_WEEK + days.astype(np.int64) // _WEEK).astype(np.uint64)
        bands = bands_of(rows["signature"])
        each = np.arange(len(rows), dtype=np.uint32)
        places = number.astype(np.uint32)
        self._index.before(terms.astype(np.uint64) | weeks[number] << np.uint64(32), places)
        self._index.before(_key(bands.ravel(), _WORDING), np.repeat(each, bands.shape[1]))
        # Only a report without a date is looked for at any time.
        self._deferred = (_key(terms, _ANY_TIME), places)

    def arrange(self, order: NDArray[np.intp]) -> None:
        """Number what was put anew: first what stands first in ``order``; what is not in it is dropped."""
        for name in ("_terms", "_times", "_signatures"):
            setattr(self, name, getattr(self, name)[order])
        self.days = array("i", np.array(self.days, dtype=np.int32)[order].tobytes())

    def count(self, numbers: Numbers) -> None:
        """Count the terms of reports that were put on the shelf."""
        for number in numbers.tolist():
            self.counts.add(self.keys(number).terms)

    def keys(self, number: int) -> Keys:
        """The keys of a report on the shelf."""
        width = int(np.count_nonzero(self._times[number]))
        return Keys(
            day=self.day(number),
            terms=self._terms[number, :width],
            counts=self._times[number, :width],
            signature=self._signatures[number],
        )

    def _entries(self, keys: Keys) -> KeyArray:
        """What a report is found by."""
        terms = self.telling(keys)[0].astype(np.uint64)
        week = _UNDATED if keys.day is None else _FIRST_WEEK + keys.day // _WEEK
        return np.concatenate((_key(terms, week), _key(terms, _ANY_TIME), _key(keys.bands, _WORDING)))

    def entries_in_window(self, number: int) -> tuple[KeyArray, Weights]:
        """What a report is found by among the reports of one window, and how much each says: its wording the most."""
        keys = self.keys(number)
        terms, weights = self.telling(keys)
        worth = np.concatenate((weights, np.full(len(keys.bands), _SAME_WORDING, dtype=np.float32)))
        return np.concatenate((_key(terms, _ANY_TIME), _key(keys.bands, _WORDING))), worth

    def links(self, numbers: Numbers, floor: float, copy: float, *, enter: bool = False) -> Links:
        """Which of some reports resemble each other, by the terms of all that was counted up to now.

        Args:
            numbers: the reports; each is compared with those before it.
            floor: least resemblance of a pair.
            copy: least share of wording of a pair that is a copy.
            enter: enter them in the shelf's own index; ``numbers`` must then rise and none be entered already.
        """
        index = self._index if enter else PostingIndex()
        places = None if enter else numbers
        first, second, resemblance = array("I"), array("I"), array("f")
        copies = array("I")
        for place, number in enumerate(numbers.tolist()):
            keys = self.keys(number)
            others, alike, wording = self._near(keys, index, places)
            index.add(number if enter else place, self._entries(keys))
            keep = alike >= floor
            first.frombytes(others[keep].astype(np.uint32).tobytes())
            second.extend([number] * int(keep.sum()))
            resemblance.frombytes(alike[keep].astype(np.float32).tobytes())
            for other in others[wording >= copy].tolist():
                copies.extend((other, number))
        return Links(
            np.frombuffer(first, dtype=np.uint32),
            np.frombuffer(second, dtype=np.uint32),
            np.frombuffer(resemblance, dtype=np.float32),
            np.frombuffer(copies, dtype=np.uint32).reshape(-1, 2),
        )

    def _grow(self) -> None:
        rows = len(self._terms) * 3 // 2
        for name in ("_terms", "_times", "_signatures"):
            old = getattr(self, name)
            new = np.zeros((rows, old.shape[1]), dtype=old.dtype)
            new[: len(old)] = old
            setattr(self, name, new)

    def telling(self, keys: Keys) -> tuple[NDArray[np.uint32], Weights]:
        """The terms under which a report is found, with their weights."""
        weight = self.counts.weight(keys.terms) * _TIMES[keys.counts]
        best = np.lexsort((keys.terms, -weight))[:_INDEXED]
        best = best[weight[best] > 0]
        return keys.terms[best], weight[best]

    def compare(self, a: Numbers, b: Numbers, floor: float, copy: float) -> Links:
        """How much the two reports of each of some pairs resemble each other.

        Args:
            a: the reports on one side, each before its partner in ``b``.
            b: the reports on the other side, in rising order.
            floor: least resemblance of a pair that is kept.
            copy: least share of wording of a pair that is a copy.
        """
        alike = np.empty(len(a), dtype=np.float32)
        numbers, starts, counts = np.unique(b, return_index=True, return_counts=True)
        for number, start, count in zip(numbers.tolist(), starts.tolist(), counts.tolist(), strict=True):
            end = start + count
            alike[start:end] = self._resemblance(self.keys(number), a[start:end])
        wording = np.empty(len(a), dtype=np.float32)
        for start in range(0, len(a), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            wording[part] = (self._signatures[a[part]] == self._signatures[b[part]]).mean(axis=1, dtype=np.float32)
        keep, copies = alike >= floor, wording >= copy
        return Links(a[keep], b[keep], alike[keep], np.stack((a[copies], b[copies]), axis=1))

    def near(self, keys: Keys) -> tuple[Numbers, Weights, NDArray[np.float32]]:
        """Reports that share telling terms with this one within the window, or its wording at any time.

        Returns:
            Report numbers in rising order, how much each resembles this one (cosine of weighted terms, 0 to 1), and the
            estimated share of wording in common.
        """
        return self._near(keys, self._index, None)

    def _near(
        self, keys: Keys, index: PostingIndex, places: Numbers | None
    ) -> tuple[Numbers, Weights, NDArray[np.float32]]:
        """The same by an index of report numbers, or of places in a list of report numbers."""
        terms, weights = self.telling(keys)
        wide = terms.astype(np.uint64)
        if keys.day is None:
            weeks = [_ANY_TIME]
            if self._deferred is not None and index is self._index:
                index.before(*self._deferred)
                self._deferred = None
        else:
            first, last = (_FIRST_WEEK + (keys.day + shift) // _WEEK for shift in (-self._window, self._window))
            weeks = [_UNDATED, *range(first, last + 1)]
        wanted = np.concatenate([*(_key(wide, week) for week in weeks), _key(keys.bands, _WORDING)])
        worth = np.concatenate([*(weights for _ in weeks), np.full(len(keys.bands), _SAME_WORDING, dtype=np.float32)])
        found, by = index.find(wanted, NEWEST)
        if not len(found):
            return found, np.empty(0, dtype=np.float32), np.empty(0, dtype=np.float32)
        numbers, inverse = np.unique(found, return_inverse=True)
        shared = np.bincount(inverse, weights=worth[by])
        if len(numbers) > COMPARED:
            numbers = np.sort(numbers[np.lexsort((-numbers.astype(np.int64), -shared))[:COMPARED]])
        if places is not None:
            numbers = places[numbers]
        return (
            numbers,
            self._resemblance(keys, numbers),
            (self._signatures[numbers] == keys.signature).mean(axis=1, dtype=np.float32),
        )

    def _resemblance(self, keys: Keys, numbers: Numbers) -> Weights:
        if not len(keys.terms):
            return np.zeros(len(numbers), dtype=np.float32)
        own = self.counts.weight(keys.terms) * _TIMES[keys.counts]
        terms, weight = self._weighed(numbers)
        place = np.minimum(np.searchsorted(keys.terms, terms), len(keys.terms) - 1)
        dot = np.where(keys.terms[place] == terms, own[place] * weight, 0).sum(axis=1)
        norm = np.sqrt((weight * weight).sum(axis=1) * (own * own).sum())
        return np.asarray(dot / np.maximum(norm, 1e-9), dtype=np.float32)

    def _weighed(self, numbers: Numbers) -> tuple[NDArray[np.uint32], Weights]:
        terms = self._terms[numbers]
        return terms, self.counts.weight(terms) * _TIMES[self._times[numbers]]

    def resemblances(self, numbers: Numbers) -> NDArray[np.float32]:
        """How much each of some reports resembles each other one, as a square."""
        terms, weight = self._weighed(numbers)
        weight = weight / np.maximum(np.sqrt((weight * weight).sum(axis=1, keepdims=True)), 1e-9)
        columns, place = np.unique(terms, return_inverse=True)
        rows = np.repeat(np.arange(len(numbers)), terms.shape[1])
        matrix = csr_matrix((weight.ravel(), (rows, place.ravel())), shape=(len(numbers), len(columns)))
        return np.asarray((matrix @ matrix.T).toarray(), dtype=np.float32)

    def same_wording(self, numbers: Numbers) -> NDArray[np.float32]:
        """Estimated share of wording in common of each of some reports with each other one, as a square."""
        signatures = self._signatures[numbers]
        return np.asarray((signatures[:, None] == signatures[None]).mean(axis=2), dtype=np.float32)

    def shared_terms(self, a: int, b: int) -> tuple[list[int], list[float]]:
        """Terms that two reports share, the most telling first, with their weights."""
        terms, weight = self._weighed(np.array([a, b], dtype=np.uint32))
        common, one, other = np.intersect1d(terms[0][weight[0] > 0], terms[1][weight[1] > 0], return_indices=True)
        worth = weight[0][weight[0] > 0][one] * weight[1][weight[1] > 0][other]
        best = np.lexsort((common, -worth))
        return common[best].tolist(), worth[best].tolist()


def _key(terms: NDArray[np.uint64] | NDArray[np.uint32], place: int) -> NDArray[np.uint64]:
    return terms.astype(np.uint64) | np.uint64(place << 32)
