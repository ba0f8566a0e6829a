"""Who does what to whom where names are listed, stand in clauses of their own, or are only lent to a thing."""

from __future__ import annotations

import pytest

from tests.reading.test_events import one, told


@pytest.mark.parametrize(
    ("text", "type_", "actors", "recipients"),
    [
        (
            "The minister agreed with Chad to repair the dam near Mali.",
            "AGREE",
            ("The minister",),
            ("Chad",),
        ),
        (
            "British, French and American warplanes bombed a depot in Homs on Monday.",
            "ASSAULT",
            ("British", "French", "American warplanes"),
            ("a depot in Homs",),
        ),
        (
            "Nine states, including Peru, Chile and Bolivia, condemned Mali on Sunday.",
            "ACCUSE",
            ("Nine states", "Peru", "Chile", "Bolivia"),
            ("Mali",),
        ),
        ("Kenya demanded the withdrawal of Ugandan troops from the lake.", "REQUEST", ("Kenya",), ("Ugandan troops",)),
        ("Norway lifted the ban that it had imposed on Mali.", "CONCEDE", ("Norway",), ("the ban", "Mali")),
        ("Peru's refusal to talk to Chile was a mistake.", "REJECT", ("Peru",), ("Chile",)),
        ("The talks between Peru and Chile failed to end the dispute.", "REJECT", ("Peru", "Chile"), ()),
        ("The council put two towns on lockdown on Monday.", "COERCE", ("The council",), ("two towns",)),
    ],
)
def test_parties(text: str, type_: str, actors: tuple[str, ...], recipients: tuple[str, ...]) -> None:
    found = one(text, type_)
    assert found.actors == actors
    assert found.recipients[: len(recipients)] == recipients


def test_to_whom_a_thing_goes_comes_before_whose_it_is() -> None:
    found = one("The council adopted a resolution extending the UN mission in Chad.", "SUPPORT")
    assert found.recipients == ("a resolution", "Chad")


def test_a_name_under_an_occasion_is_no_party() -> None:
    found = one("Police jailed a student after marches in Serbia.", "COERCE")
    assert found.recipients == ("a student",)


@pytest.mark.parametrize(
    ("text", "type_", "status"),
    [
        ("The truce between Chad and Mali took effect on Monday.", "RETREAT", "held"),
        ("A ceasefire between Chad and Mali came into force on Tuesday.", "RETREAT", "held"),
        ("A ceasefire between Chad and Mali will start on Friday, an official said.", "RETREAT", "planned"),
    ],
)
def test_what_takes_effect(text: str, type_: str, status: str) -> None:
    found = one(text, type_)
    assert found.actors == ("Chad", "Mali")
    assert found.event.status == status


def test_what_may_have_been_done_is_read_and_not_asserted() -> None:
    found = one("Hackers from Chad may have launched attacks on Mali.", "ASSAULT")
    assert not found.event.asserted
    assert told("Chad could have launched attacks on Mali.") == []


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("LUSAKA: Foreign Minister Jan Novak called on President Ana Banda here on Tuesday.", "visit"),
        ("President Ana Banda called Jan Novak on Monday to express her thanks.", "call"),
    ],
)
def test_to_call_on_somebody_is_to_see_him(text: str, mode: str) -> None:
    assert [t.event.mode for t in told(text) if t.event.type == "CONSULT"] == [mode]


def test_to_call_on_somebody_to_act_is_a_demand() -> None:
    found = one("President Ana Banda called on Jan Novak to withdraw his troops.", "REQUEST")
    assert found.recipients == ("Jan Novak",)


def test_here_is_where_the_dateline_says() -> None:
    text = "LUSAKA, May 14 (Xinhua) -- Foreign Minister Jan Novak met President Ana Banda here on Tuesday."
    place = one(text, "CONSULT").event.place
    assert place is not None
    assert place.of(text) == "LUSAKA"


def test_here_between_quotation_marks_is_the_speakers() -> None:
    text = 'LUSAKA, May 14 (Xinhua) -- "We met here on Tuesday," Foreign Minister Jan Novak told President Ana Banda.'
    assert all(t.event.place is None for t in told(text))


def test_a_guest_who_is_expected_will_visit_and_the_weather_will_not() -> None:
    (visit,) = told("President Ana Banda is expected in Peru on Friday.")
    assert (visit.event.mode, visit.event.status) == ("visit", "planned")
    assert told("Heavy rain is expected in Peru on Friday.") == []


def test_the_present_with_a_weekday_is_still_to_come() -> None:
    found = told("Foreign Minister Jan Novak meets President Ana Banda on Friday.")
    assert [(t.event.status, t.event.date) for t in found] == [("planned", "2024-05-17")]


@pytest.mark.parametrize(
    "text",
    [
        "Foreign Minister Jan Novak flew to Lima from Quito on Tuesday, where he met President Ana Ortega.",
        "Foreign Minister Jan Novak arrived in Lima on Tuesday, where he held talks with President Ana Ortega.",
    ],
)
def test_where_after_a_day_is_where_the_journey_led(text: str) -> None:
    (meeting,) = [t.event for t in told(text) if t.event.mode == "meeting"]
    assert meeting.place is not None
    assert (meeting.place.of(text), meeting.date) == ("Lima", "2024-05-14")
