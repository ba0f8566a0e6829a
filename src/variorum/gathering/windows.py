"""Stories of a stream that is too long for one gatherer, cut into windows of time.

    keys ──entries──▶ pairs (join on keys) ──links──▶ stories of a window ──▶ bridges (window to window) ──▶ stories

Each stage is a function of the reports of one window, or of two that follow each other, and of nothing else: whatever came
earlier or will come later, and in whichever order, the stories of a window are the same. So a stream gathered as it comes
and the same stream gathered at once have the same stories, and only windows that got new reports need be gathered anew.
Within a window the pairs compared, their weights and the linkage are those of ``Gatherer.add_all``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

from variorum.gathering.background import Weights
from variorum.gathering.gatherer import COPY, LOOKED_AT, NEIGHBOURS, story_id
from variorum.gathering.index import KeyArray, Numbers
from variorum.gathering.keys import Keys
from variorum.gathering.linkage import Settings, cluster
from variorum.gathering.shelf import COMPARED, NEWEST, Links, Shelf

DAYS = 7
"""Days of a window: a week, from Monday on."""


def window_of(day: int | None) -> int | None:
    """The window that a day (a proleptic ordinal) lies in; reports without a day have a window of their own."""
    return None if day is None else (day - 1) // DAYS


def shelf_of(keys: Iterable[Keys]) -> Shelf:
    """The keys of some reports on a shelf that weighs terms by these reports."""
    shelf = Shelf(DAYS)
    for one in keys:
        shelf.counts.add(one.terms)
        shelf.put(one)
    return shelf


def entries(shelf: Shelf, numbers: range) -> tuple[KeyArray, Numbers, Weights]:
    """What some reports of a shelf are found by: key, report and how much the key says of it, a row each."""
    found = [(number, *shelf.entries_in_window(number)) for number in numbers]
    return (
        np.concatenate([np.empty(0, dtype=np.uint64), *(keys for _, keys, _ in found)]),
        np.repeat(np.array(numbers, dtype=np.uint32), [len(keys) for _, keys, _ in found]),
        np.concatenate([np.empty(0, dtype=np.float32), *(worth for _, _, worth in found)]),
    )


def pairs(
    keys: KeyArray, numbers: Numbers, worth: Weights, *, boundary: int | None = None
) -> tuple[Numbers, Numbers, Weights]:
    """Reports that share keys: a join of entries with themselves.

    A key that many reports have pairs each with the newest ``NEWEST`` before it only; those are paired with older ones in
    their turn.

    Args:
        keys: keys of entries.
        numbers: their reports.
        worth: how much each key says of its report.
        boundary: first report of a later window; where given, only pairs across it are made.

    Returns:
        The earlier report, the later one, and how much their shared keys say of the later; in the order of the later.
    """
    order = np.lexsort((numbers, keys))
    keys, numbers, worth = keys[order], numbers[order], worth[order]
    place = np.arange(len(keys), dtype=np.int32)
    first = np.searchsorted(keys, keys, side="left")
    if boundary is None:
        last = place
    else:
        late = numbers >= boundary
        before = np.concatenate(([0], np.cumsum(~late)))
        last = np.where(late, first + before[np.searchsorted(keys, keys, side="right")] - before[first], first)
    first = np.maximum(first, last - NEWEST)
    length = last - first
    later = np.repeat(place, length)
    earlier = np.arange(int(length.sum())) - np.repeat(np.cumsum(length) - length, length) + np.repeat(first, length)
    code, inverse = np.unique(
        numbers[later].astype(np.uint64) << np.uint64(32) | numbers[earlier].astype(np.uint64), return_inverse=True
    )
    shared = np.bincount(inverse, weights=worth[later], minlength=len(code)).astype(np.float32)
    del inverse, later, earlier
    return code.astype(np.uint32), (code >> np.uint64(32)).astype(np.uint32), shared


def nearest(a: Numbers, b: Numbers, shared: Weights) -> tuple[Numbers, Numbers, Weights]:
    """Of pairs that were found in one join or in several, those that are worth comparing.

    Returns:
        For each later report the ``COMPARED`` earlier ones that share most with it, the newest first among equals; in the
        order of the later, and what is shared in all joins together.
    """
    code, inverse = np.unique(b.astype(np.uint64) << np.uint64(32) | a.astype(np.uint64), return_inverse=True)
    # Sums of the same weights in another order differ in their last bits; a thousandth is far below any weight.
    total = np.round(np.bincount(inverse, weights=shared, minlength=len(code)), 3).astype(np.float32)
    earlier, later = code.astype(np.uint32), (code >> np.uint64(32)).astype(np.uint32)
    order = np.lexsort((-earlier.astype(np.int64), -total, later))
    sorted_later = later[order]
    rank = np.arange(len(order)) - np.searchsorted(sorted_later, sorted_later, side="left")
    kept = np.sort(order[rank < COMPARED])
    return earlier[kept], later[kept], total[kept]


def links_of(shelf: Shelf, a: Numbers, b: Numbers, settings: Settings) -> Links:
    """How much the two reports of pairs resemble each other, for all that resemble each other at all.

    Args:
        shelf: the keys of the reports.
        a: the earlier reports of the pairs.
        b: the later ones, in rising order. Each one's links depend on its own pairs only.
        settings: what decides a joining.
    """
    return shelf.compare(a, b, settings.floor, COPY)


def stories_of_window(
    shelf: Shelf, links: Links, settings: Settings, *, addresses: Sequence[str | None]
) -> list[list[int]]:
    """The stories of one window.

    Args:
        shelf: the keys of its reports, in the order of time and content.
        links: how much they resemble each other.
        settings: what decides a joining.
        addresses: the report's address, by which versions of one report are known.

    Returns:
        Groups of report numbers, each sorted, in the order of their first.
    """
    every = np.arange(len(shelf), dtype=np.uint32)
    groups = cluster(every, links, shelf.days, settings.among(len(shelf)), together=_versions(shelf, addresses))
    return sorted(groups)


def _versions(shelf: Shelf, addresses: Sequence[str | None]) -> list[tuple[int, int]]:
    """Reports that follow each other at one address and have wording in common."""
    by_address: defaultdict[str, list[int]] = defaultdict(list)
    for number, address in enumerate(addresses):
        if address is not None:
            by_address[address].append(number)
    return [
        (one, other)
        for _, group in sorted(by_address.items())
        for one, other in pairwise(group)
        if shelf.same_wording(np.array([one, other], dtype=np.uint32))[0, 1] > 0
    ]


def bridges(shelf: Shelf, links: Links, stories: Sequence[Sequence[int]], settings: Settings) -> list[tuple[int, int]]:
    """Stories of a window that go on in the next one.

    Two stories are one where the mean resemblance between them, the later reports of the one and the earlier reports of
    the other, would join two groups of a window, and where each is the other's best.

    Args:
        shelf: the keys of the reports of both windows.
        links: how much reports of the one resemble reports of the other.
        stories: of both windows, each as report numbers in rising order.
        settings: what decides a joining.

    Returns:
        Places in ``stories``: (of the earlier window, of the later window).
    """
    settings = settings.among(len(shelf))
    home = {number: place for place, story in enumerate(stories) for number in story}
    best: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for earlier, later, alike in zip(links.a.tolist(), links.b.tolist(), links.alike.tolist(), strict=True):
        gap = shelf.days[later] - shelf.days[earlier]
        score, one, other = alike * settings.nearness(gap), home[earlier], home[later]
        if score >= settings.alike:
            best[other][one] = max(score, best[other].get(one, 0.0))
    scores: dict[tuple[int, int], float] = {}
    for other, ones in sorted(best.items()):
        for one in sorted(ones, key=lambda one: (-ones[one], one))[:NEIGHBOURS]:
            score = _bridge(shelf, stories[one][-LOOKED_AT:], stories[other][:LOOKED_AT], settings)
            if score >= settings.alike:
                scores[one, other] = score
    ranked = sorted(scores, key=lambda pair: (-scores[pair], pair))
    first_of_one: dict[int, int] = {}
    first_of_other: dict[int, int] = {}
    for one, other in ranked:
        first_of_one.setdefault(one, other)
        first_of_other.setdefault(other, one)
    return sorted((one, other) for one, other in ranked if first_of_one[one] == other and first_of_other[other] == one)


def _bridge(shelf: Shelf, one: Sequence[int], other: Sequence[int], settings: Settings) -> float:
    """How much two stories resemble each other, or 0 where much less than each resembles itself (see linkage)."""
    alike = shelf.resemblances(np.array([*one, *other], dtype=np.uint32)).astype(np.float64)
    alike[alike < settings.floor] = 0
    size = len(one)
    between = float(alike[:size, size:].mean())
    within = []
    for part in (alike[:size, :size], alike[size:, size:]):
        count = len(part) * (len(part) - 1)
        if count:
            # As in linkage: the resemblance between the two stands in for one more pair of each.
            within.append((float(np.triu(part, 1).sum()) + between) / (count / 2 + 1))
    if len(within) == 2 and between < settings.coherence * sum(within) / 2:
        return 0.0
    gap = max(0, min(shelf.days[n] for n in other) - max(shelf.days[n] for n in one))
    return between * settings.nearness(gap)


def name_of(reports: Sequence[str]) -> str:
    """Id of a story, from the ids of its reports in the order of time and content."""
    return story_id(reports[0])
