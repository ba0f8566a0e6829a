"""Which reports tell one story."""

from __future__ import annotations

import random
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))

from tests.gathering.conftest import lineage_pairs, report
from variorum.gathering import Gatherer, Tie, gather, partition, place
from variorum.model import Reading, Report

BY_EVENT = {
    event: list({r.id: r for p in lineage_pairs() if p.event == event for r in (p.a, p.b)}.values())
    for event in dict.fromkeys(p.event for p in lineage_pairs())
}
EVERY = [r for reports in BY_EVENT.values() for r in reports]


def sets(reports: list[Report]) -> set[frozenset[str]]:
    return {frozenset(r.id for r in story.reports) for story in partition(reports)}


@pytest.mark.parametrize("event", BY_EVENT)
def test_one_event_told_by_three_outlets_is_one_story(event: str) -> None:
    ways = ("agency", "retold", "quotation")
    assert len(partition([r for r in BY_EVENT[event] if r.id.endswith(ways)])) == 1


def test_two_events_are_two_stories() -> None:
    events = list(BY_EVENT)
    for one, other in zip(events, [*events[1:], events[0]], strict=True):
        ids = {id for r in BY_EVENT[one] for id in [r.id]}
        for story in partition([*BY_EVENT[one], *BY_EVENT[other]]):
            own = {r.id for r in story.reports}
            assert own <= ids or not own & ids


def test_order_does_not_matter() -> None:
    expected = partition(EVERY)
    for seed in range(5):
        shuffled = list(EVERY)
        random.Random(seed).shuffle(shuffled)
        assert partition(shuffled) == expected


def test_each_report_is_placed_once_in_the_order_given() -> None:
    placed = list(place(EVERY))
    assert [p["id"] for p in placed] == [r.id for r in EVERY]
    assert all(p["origin"].startswith(p["story"]) for p in placed)


def test_readings_are_handed_through() -> None:
    readings = [Reading(id=r.id, text=r.text, blocks=r.blocks) for r in EVERY[:7]]
    told = [reading for story in gather(readings) for reading in story.readings]
    assert sorted(map(id, told)) == sorted(map(id, readings))


NAIROBI = (
    "Norway's special envoy Halvard Brekke opened talks in Nairobi on Monday about how much cod and tuna foreign "
    "trawlers may haul out of Kenyan waters. Fishermen from Malindi picketed the hotel, saying that licences sold to "
    "Norwegian companies have emptied their nets. Brekke promised satellite trackers on every vessel.",
    "Kenyan skippers want fishing licences kept at home, and they told Halvard Brekke so. The Norwegian envoy met the "
    "fisheries ministry in Nairobi to renew a quota for tuna and cod that lapses in June. Trawlers have been fought "
    "over off Malindi for a decade.",
)
TBILISI = (
    "Forty soldiers held since the summer may walk free after Halvard Brekke, the Norwegian envoy, brought both sides "
    "to one table in Tbilisi on Thursday. A list of prisoners was exchanged, mediators said, and Georgian mothers "
    "waited outside the monastery where the exchange was being discussed.",
    "A prisoner exchange between Georgia and the breakaway region is close, according to Norway's envoy, Halvard "
    "Brekke, who spent Thursday in Tbilisi. Lists naming forty soldiers have been swapped. Their mothers lined the "
    "road from the monastery.",
)


def test_two_events_with_the_same_actor_in_one_week_stay_two() -> None:
    reports = [
        *(report(f"n{n}", text, "2031-03-03") for n, text in enumerate(NAIROBI)),
        *(report(f"t{n}", text, "2031-03-06") for n, text in enumerate(TBILISI)),
    ]
    assert sets(reports) == {frozenset({"n0", "n1"}), frozenset({"t0", "t1"})}


def test_a_story_that_goes_on_for_weeks_stays_one() -> None:
    first = date(2031, 6, 1)
    turns = ["divers", "relatives", "lawyers", "insurers", "ministers", "engineers", "judges", "salvagers"]
    reports = [
        report(
            f"d{n}",
            f"The search for the sunken trawler Gudrun off the Lofoten islands went on, {turn} said. "
            f"The Gudrun went down with eleven fishermen near Svolvaer in a storm. {turn.title()} spoke in Svolvaer.",
            (first + timedelta(4 * n)).isoformat(),
        )
        for n, turn in enumerate(turns)
    ]
    assert len(partition(reports)) == 1


def test_the_same_words_a_year_later_are_another_event() -> None:
    text = "A magnitude {} quake shook the hills north of {} at dawn, and people ran into the streets. {}"
    reports = [
        report("a", text.format("5.1", "Quetta", "No one was hurt."), "2031-01-05"),
        report("b", text.format("6.0", "Quetta", "Eleven houses fell."), "2032-02-09"),
    ]
    assert len(partition(reports)) == 2


def test_a_reason_names_what_is_shared() -> None:
    pair = BY_EVENT["trade pact"]
    (story,) = partition([report(r.id, r.text, "2031-05-02") for r in pair if r.id.endswith(("agency", "quotation"))])
    for joining in story.joinings:
        assert "Salvatierra" in joining.reason or "Chile" in joining.reason
        assert "the day" in joining.reason
        assert 0 < joining.score <= 1


class TestGatherer:
    def test_one_by_one_comes_out_as_at_once(self) -> None:
        gatherer = Gatherer()
        for r in EVERY:
            gatherer.add(r)
        together = sum(
            (gatherer.story_of(a.id) == gatherer.story_of(b.id)) == (a.id.split("/")[0] == b.id.split("/")[0])
            for a in EVERY
            for b in EVERY
        )
        assert together / len(EVERY) ** 2 > 0.9

    def test_moves_are_told(self) -> None:
        gatherer = Gatherer()
        known: dict[str, str] = {}
        for r in EVERY:
            placing = gatherer.add(r)
            known[r.id] = placing.story
            known.update(placing.moved)
            assert {id: gatherer.story_of(id) for id in known} == known

    def test_a_known_report_stays(self) -> None:
        gatherer = Gatherer()
        gatherer.add(EVERY[0])
        before = gatherer.stories()
        assert gatherer.add(EVERY[0]).joining.reason == "known already"
        assert gatherer.stories() == before

    def test_a_ruling_is_never_undone(self) -> None:
        copies = BY_EVENT["mill fire"]
        a, b = copies[0].id, copies[1].id
        gatherer = Gatherer()
        for r in copies[:2]:
            gatherer.add(r)
        assert gatherer.story_of(a) == gatherer.story_of(b)
        gatherer.rule(Tie(a=a, b=b, together=False))
        assert gatherer.story_of(a) != gatherer.story_of(b)
        for r in EVERY:
            gatherer.add(r)
            assert gatherer.story_of(a) != gatherer.story_of(b)

    def test_a_ruling_divides_a_story_however_long(self) -> None:
        text = BY_EVENT["mill fire"][0].text
        gatherer = Gatherer()
        for n in range(60):
            gatherer.add(report(f"c{n}", text + f"\nEdition {n}."))
        assert len(gatherer.stories()) == 1
        gatherer.rule(Tie(a="c3", b="c7", together=False))
        gatherer.add(report("c60", text))
        assert gatherer.story_of("c3") != gatherer.story_of("c7")

    def test_what_was_ruled_together_stays_together(self) -> None:
        one, other = BY_EVENT["mill fire"][0], BY_EVENT["recount"][0]
        gatherer = Gatherer()
        gatherer.add(one)
        gatherer.add(other)
        gatherer.rule(Tie(a=one.id, b=other.id, together=True))
        for r in EVERY:
            gatherer.add(r)
            assert gatherer.story_of(one.id) == gatherer.story_of(other.id)

    def test_rulings_hold_when_many_come_at_once(self) -> None:
        copies = BY_EVENT["mill fire"]
        apart = Tie(a=copies[0].id, b=copies[1].id, together=False)
        for story in partition(EVERY, ties=[apart]):
            assert not {apart.a, apart.b} <= {r.id for r in story.reports}

    @pytest.mark.parametrize("dated", [True, False])
    def test_a_settled_day_is_the_same_whatever_the_order(self, dated: bool) -> None:
        days: list[list[Report]] = [[], [], []]
        for n, r in enumerate(EVERY):
            days[n % 3].append(report(r.id, r.text, f"2031-03-0{n % 3 + 1}" if dated else None))
        found = set()
        for seed in range(4):
            gatherer = Gatherer()
            for day in days:
                for r in random.Random(seed).sample(day, len(day)):
                    gatherer.add(r)
                gatherer.settle()
            found.add(frozenset(map(frozenset, gatherer.stories().values())))
        assert len(found) == 1
        if dated:
            assert found == {frozenset(sets([r for day in days for r in day]))}

    def test_settling_tells_moves_and_keeps_to_rulings(self) -> None:
        one, other = BY_EVENT["mill fire"][0], BY_EVENT["recount"][0]
        copy = BY_EVENT["mill fire"][1]
        gatherer = Gatherer()
        for r in EVERY:
            gatherer.add(r)
        gatherer.rule(Tie(a=one.id, b=other.id, together=True))
        gatherer.rule(Tie(a=one.id, b=copy.id, together=False))
        known = {r.id: gatherer.story_of(r.id) for r in EVERY}
        known.update(gatherer.settle())
        assert known == {r.id: gatherer.story_of(r.id) for r in EVERY}
        assert gatherer.story_of(one.id) == gatherer.story_of(other.id) != gatherer.story_of(copy.id)

    def test_a_long_story_stays_one_when_settled(self) -> None:
        text = BY_EVENT["mill fire"][0].text
        gatherer = Gatherer()
        for n in range(80):
            day = date(2031, 1, 1) + timedelta(n)
            gatherer.add(report(f"c{n}", text + f"\nEdition {n}.", day.isoformat()))
            if n % 20 == 0:
                gatherer.settle()
        gatherer.settle()
        assert len(gatherer.stories()) == 1

    def test_settling_nothing_changes_nothing(self) -> None:
        gatherer = Gatherer()
        assert gatherer.settle() == ()

    def test_it_cannot_be_filled_twice(self) -> None:
        gatherer = Gatherer()
        gatherer.add_all(EVERY[:2])
        with pytest.raises(ValueError, match="empty"):
            gatherer.add_all(EVERY[2:4])


PIECES = [
    "Oslo",
    "pact",
    "fire",
    "40",
    "said",
    "the",
    "ministers",
    "”",
    "“",
    '"',
    "’",
    "\n",
    "؟",
    "東京の大臣は合意した",
]
words = st.lists(st.sampled_from(PIECES), max_size=60)


@settings(max_examples=40, deadline=None)
@given(st.lists(words, max_size=6), st.randoms(use_true_random=False))
def test_anything_is_partitioned(texts: list[list[str]], rng: random.Random) -> None:
    reports = [
        report(f"r{n}", " ".join(text), rng.choice([None, "2031-01-01", "2031-01", "not a date"]))
        for n, text in enumerate(texts)
    ]
    stories = partition(reports)
    assert sorted(r.id for s in stories for r in s.reports) == sorted(r.id for r in reports)
    shuffled = list(reports)
    rng.shuffle(shuffled)
    assert partition(shuffled) == stories
