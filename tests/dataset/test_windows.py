"""Stories by windows of time: joins that are cut into shares, bridges from week to week."""

from __future__ import annotations

import random
from datetime import date, timedelta

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.dataset.corpus import MONDAY, german, german_rows
from variorum import api
from variorum.gathering import Settings
from variorum.gathering.keys import keys_of
from variorum.gathering.windows import (
    bridges,
    entries,
    links_of,
    nearest,
    pairs,
    shelf_of,
    stories_of_window,
    window_of,
)

ENTRIES = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 15)), max_size=120, unique=True)


def arrays(rows: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    keys = np.array([key for key, _ in rows], dtype=np.uint64)
    numbers = np.array([number for _, number in rows], dtype=np.uint32)
    return keys, numbers, (1 + keys % 3).astype(np.float32)


@given(rows=ENTRIES)
def test_pairs_are_those_that_share_a_key(rows: list[tuple[int, int]]) -> None:
    a, b, shared = pairs(*arrays(rows))
    by_hand: dict[tuple[int, int], float] = {}
    for key, number in rows:
        for other_key, other in rows:
            if key == other_key and other < number:
                by_hand[other, number] = by_hand.get((other, number), 0.0) + 1 + key % 3
    assert dict(zip(zip(a.tolist(), b.tolist(), strict=True), shared.tolist(), strict=True)) == by_hand
    assert b.tolist() == sorted(b.tolist())


@given(rows=ENTRIES, boundary=st.integers(0, 16))
def test_across_a_boundary_only_what_lies_on_both_sides(rows: list[tuple[int, int]], boundary: int) -> None:
    every = set(zip(*(part.tolist() for part in pairs(*arrays(rows))[:2]), strict=True))
    across = set(zip(*(part.tolist() for part in pairs(*arrays(rows), boundary=boundary)[:2]), strict=True))
    assert across == {(a, b) for a, b in every if a < boundary <= b}


@given(rows=ENTRIES, shares=st.integers(1, 5))
def test_a_join_in_shares_is_the_join(rows: list[tuple[int, int]], shares: int) -> None:
    parts = [nearest(*pairs(*arrays([row for row in rows if row[0] % shares == n]))) for n in range(shares)]
    together = nearest(*(np.concatenate([part[n] for part in parts]) for n in range(3)))
    for one, other in zip(together, nearest(*pairs(*arrays(rows))), strict=True):
        assert one.tolist() == other.tolist()


def test_a_key_that_all_have_costs_no_square() -> None:
    count = 3000
    a, b, _ = pairs(np.zeros(count, np.uint64), np.arange(count, dtype=np.uint32), np.ones(count, np.float32))
    assert len(a) < 50 * count
    assert set(range(1, count)) <= set(b.tolist())


def test_weeks_begin_on_monday() -> None:
    days = [window_of((MONDAY + timedelta(n)).toordinal()) for n in range(-1, 8)]
    assert days[0] != days[1] == days[7] != days[8]
    assert window_of(None) is None
    assert date.fromordinal(MONDAY.toordinal()).weekday() == 0


def test_what_goes_on_in_the_next_week_is_one_and_what_does_not_is_not() -> None:
    source = random.Random(3)
    # Events 0 to 3 lie on both sides of the end of the week, 4 and 5 before it, 6 and 7 after it.
    first = [5, 6, 6, 5, 2, 3, 8, 9]
    given = [
        german(e, t, MONDAY + timedelta(first[e] + t % 2 * (1 + (e in (0, 3)))), source)
        for e in range(8)
        for t in range(4)
    ]
    given.sort(key=lambda row: (row["published"], row["id"]))
    monday = (MONDAY + timedelta(7)).isoformat()
    boundary = sum(row["published"] < monday for row in given)
    shelf = shelf_of(keys_of(api.as_report(row)) for row in given)
    a, b, _ = nearest(*pairs(*entries(shelf, range(len(given))), boundary=boundary))
    by_event: dict[tuple[str, bool], list[int]] = {}
    for number, row in enumerate(given):
        by_event.setdefault((row["id"].partition("-")[0], row["published"] >= monday), []).append(number)
    events, stories = list(by_event), list(by_event.values())
    found = bridges(shelf, links_of(shelf, a, b, Settings()), stories, Settings())
    assert {(events[one], events[other]) for one, other in found} == {
        ((f"g{event}", False), (f"g{event}", True)) for event in range(4)
    }


def test_a_story_of_a_week_does_not_depend_on_how_its_pairs_were_found() -> None:
    given = [row for row in german_rows(40, days=5, seed=5) if row.get("published", "9") < "2031-03-10"]
    reports = sorted(map(api.as_report, given), key=lambda report: report.id)
    shelf = shelf_of(map(keys_of, reports))
    every = range(len(reports))
    found = []
    for step in (len(reports), 7):
        parts = [entries(shelf, every[start : start + step]) for start in range(0, len(reports), step)]
        a, b, _ = nearest(*pairs(*(np.concatenate([part[n] for part in parts]) for n in range(3))))
        links = links_of(shelf, a, b, Settings())
        found.append(stories_of_window(shelf, links, Settings(), addresses=[None] * len(reports)))
    assert found[0] == found[1]
    assert 1 < len(found[0]) < len(reports)
