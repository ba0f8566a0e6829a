"""Settling: one by one the library ends where gathering all at once does, and what moves is told."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.library.conftest import REST, as_they_are, reading, shape
from variorum import gathering
from variorum.gathering import Gatherer
from variorum.library import Library
from variorum.library.settling import pieces
from variorum.model import Reading


def partition(library: Library) -> set[frozenset[str]]:
    """The reports of each story."""
    return set(shape(library).values())


def at_once(reports: Sequence[Reading]) -> set[frozenset[str]]:
    """The same of the stories that come out when all are gathered together."""
    return {frozenset(report.id for report in story.reports) for story in gathering.partition(reports)}


def muddled(seed: int, count: int = 60, events: int = 30) -> list[Reading]:
    """Reports of events that share most of their words, so that the first few do not yet tell them apart."""
    chance = random.Random(seed)

    def invented() -> str:
        return "".join(chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _ in range(3)).title()

    common = [invented() for _ in range(60)]
    told = [([invented() for _ in range(6)] + chance.sample(common, 14), n % 9) for n in range(events)]
    made = []
    for n in range(count):
        words, day = chance.choice(told)
        text = "\n".join(
            f"{' '.join(chance.sample(words, 8))} {' '.join(chance.sample(REST, 6))} {chance.randrange(90)}."
            for _ in range(3)
        )
        made.append(reading(f"m{n}", text, f"2031-03-{1 + day + chance.randrange(3):02}", outlet=f"Outlet {n % 7}"))
    return made


def shuffled(reports: Sequence[Reading], seed: int) -> list[Reading]:
    """The same in another order."""
    return random.Random(seed).sample(list(reports), len(reports))


@pytest.mark.parametrize(("seed", "order"), [(1, 1), (2, 1)])
def test_one_by_one_in_any_order_ends_where_all_at_once_does(library: Library, seed: int, order: int) -> None:
    reports = muddled(seed)
    wanted = at_once(reports)
    list(library.add(shuffled(reports, order)))
    before, last = shape(library), library.last_change()
    assert set(before.values()) != wanted, "else nothing is tested"
    settled = library.settle()
    assert partition(library) == wanted
    assert settled.moved and settled.reports == len(reports)
    assert library.changes(last, limit=10_000) == settled.changes
    for story, members in before.items():
        now = library.story_now(story)
        assert now is not None and members & shape(library)[now], "an old id leads on to where its reports are"
    told = {change.topic for change in settled.changes}
    gone = before.keys() - shape(library).keys()
    new = shape(library).keys() - before.keys()
    assert (("story-merged" in told) >= bool(gone) and {"story-split", "story-opened"} <= told) or not new
    for line in library.all_stories():
        assert {r.id for r in library.record(line.id).reports} == shape(library)[line.id]
    assert library.settle().reports == 0, "nothing came since"
    assert library.settle(every=True).moved == 0
    assert library.store.check() == ()


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_a_gatherer_settled_ends_where_gathering_at_once_does(seed: int, order: int) -> None:
    reports = muddled(seed)
    gatherer = Gatherer()
    for report in shuffled(reports, order):
        gatherer.add(report)
    gatherer.settle(report.id for report in reports)
    assert set(map(frozenset, gatherer.stories().values())) == at_once(reports)


def test_rulings_hold_when_stories_are_settled(library: Library) -> None:
    reports = muddled(1)
    list(library.add(shuffled(reports, 1)))
    first, second = (set(story) for story in sorted(map(sorted, at_once(reports)), key=len)[-2:])
    one, other = min(first), min(second)
    alone = max(first)
    library.rule("same-story", who="Ana", reports=[one, other])
    library.rule("other-story", who="Ana", reports=[alone, one])
    library.settle()
    assert library.story_of(one) == library.story_of(other) != library.story_of(alone)


def test_what_ends_in_between_is_settled_the_next_time(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    reports = muddled(3, 90, 60)
    with Library.open(address, reader=as_they_are) as library:
        list(library.add(shuffled(reports, 1)))
        monkeypatch.setattr("variorum.library.settling.TOGETHER", 1)
        seen: list[tuple[int, int]] = []

        def ends(moved: int, count: int) -> None:
            seen.append((moved, count))
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            library.settle(on_progress=ends)
        assert seen[0][0] < seen[0][1]
    with Library.open(address, reader=as_they_are) as library:
        library.settle_if_due()
        assert partition(library) == at_once(reports)


def test_it_is_due_where_it_is_cheap_and_else_once_a_day(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("variorum.library.settling.CHEAP", 5)
    monkeypatch.setattr("variorum.library.settling.FOR_ONE", 5)
    reports = muddled(1, count=12)
    list(library.add(reports[:10]))
    assert library.settle_if_due().reports == 10
    list(library.add(reports[10:11]))
    assert library.settle_if_due().reports == 0, "eleven are many for the sake of one"
    list(library.add(reports[11:]))
    monkeypatch.setattr("variorum.library.settling._today", lambda: "2099-01-01")
    assert library.settle_if_due().reports == 12, "but the day is over"


def test_pieces_share_no_story() -> None:
    homes = {"a": "s1", "b": "s2", "c": "s3", "d": "s4"}
    moves = [("a", "s2"), ("b", "s5"), ("c", "s6"), ("d", "s4x")]
    found = list(pieces(moves, homes, 2))
    assert sorted(move for piece in found for move in piece) == sorted(moves)
    stories = [{story for report, story in piece} | {homes[report] for report, _ in piece} for piece in found]
    assert len(found) == 3 and not any(a & b for a, b in pairwise(stories))
