"""Journeys as desks put them: ways round, presences, headlines, tours that end, the reporter's own "here"."""

from __future__ import annotations

import pytest

from tests.reading.test_journeys import Legs, journeys, order
from variorum import read

NOVAK = "Czech Foreign Minister Jan Novak"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            f"{NOVAK} had earlier visited Ghana and will travel on to Niger on Thursday.",
            {"GH": "done", "NE": "planned"},
        ),
        (f"{NOVAK} stopped over in Doha en route to Jakarta.", {"QA": "done", "ID": "planned"}),
        (f"{NOVAK} transited through Istanbul on his way to Baku.", {"TR": "done", "AZ": "planned"}),
        (f"{NOVAK} called off a trip to Warsaw and will instead go to Vilnius.", {"LT": "planned"}),
        (f"{NOVAK} spent two days in Havana before leaving for Mexico City.", {"CU": "done", "MX": "done"}),
        (f"{NOVAK} continues his tour in Zambia on Friday.", {"ZM": "planned"}),
        (f"{NOVAK}'s tour, which began in Chad, will end in Mali next week.", {"TD": "done", "ML": "planned"}),
        (f"{NOVAK} left on a tour of Asia that will take in Tashkent and Astana.", {"UZ": "planned", "KZ": "planned"}),
        (f"{NOVAK} is touring Bolivia and Peru this week.", {"BO": "done", "PE": "done"}),
        (f"{NOVAK}, who is in Nairobi for a summit, has ordered an inquiry.", {"KE": "done"}),
        (f"{NOVAK}, in Geneva for talks, said that he was hopeful.", {"CH": "done"}),
        (f"{NOVAK} is in Accra.", {"GH": "done"}),
        (f"{NOVAK} was victorious in Ghana.", {}),
        (f"{NOVAK}'s plane touched down at Vienna airport.", {"AT": "done"}),
        (f"{NOVAK} attended the funeral in Rabat and then flew to Madrid.", {"MA": "done", "ES": "done"}),
        (f"{NOVAK} is on a jaunt that has taken in Qatar and Oman.", {"QA": "done", "OM": "done"}),
        ("The vice-president, Mrs Ngozi Obi, is expected in Lusaka on Thursday.", {"ZM": "planned"}),
    ],
)
def test_ways_of_telling(sentence: str, expected: Legs) -> None:
    (legs,) = journeys(sentence).values() or ({},)
    assert legs == expected


def test_a_way_round_lies_between_its_ends() -> None:
    assert order(f"{NOVAK} travelled from Lima via Panama City to Havana.") == ["PE", "PA", "CU"]


def test_stops_before_the_last() -> None:
    assert order(f"Mali will be the last stop on {NOVAK}'s tour after Chad.") == ["TD", "ML"]


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("Solberg lands in Accra on second leg of Africa tour", {"GH": "done"}),
        ("Solberg to visit Ghana, Togo next week", {"GH": "planned", "TG": "planned"}),
        ("Solberg in Accra for trade talks", {"GH": "done"}),
        ("Norway's Solberg heads to Baku, Yerevan", {"AZ": "done", "AM": "done"}),
        ("Solberg off to Jakarta for talks", {"ID": "planned"}),
        ("Solberg due in Colombo on Friday", {"LK": "planned"}),
        ("Norway's foreign minister to travel to Peru and Chile", {"PE": "planned", "CL": "planned"}),
        ("Solberg cancels Ankara trip", {}),
    ],
)
def test_headlines(headline: str, expected: Legs) -> None:
    text = f"{headline}\n\nOSLO, May 15 (Reuters) - Norwegian Foreign Minister Kari Solberg has been busy, her office said."
    reading = read({"id": "r", "text": text, "title": headline, "published": "2024-05-16"})
    found = {leg.country: leg.status for journey in reading.journeys for leg in journey.legs}
    assert found == expected


def test_here_is_the_place_of_the_dateline() -> None:
    text = "LUSAKA, May 14 (Xinhua) -- Czech Foreign Minister Jan Novak arrived here on Tuesday."
    assert list(journeys(text).values()) == [{"ZM": "done"}]


def test_a_place_named_elsewhere_is_shown_rather_than_the_dateline() -> None:
    text = (
        "LUSAKA, May 14 (Xinhua) -- Czech Foreign Minister Jan Novak held talks here on Tuesday.\n\n"
        "Novak arrived in Lusaka on Monday from Harare."
    )
    reading = read({"id": "r", "text": text, "published": "2024-05-14"})
    assert [leg.place.of(text) for journey in reading.journeys for leg in journey.legs] == ["Lusaka", "Harare"]
