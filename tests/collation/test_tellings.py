"""What a record takes for an event: strikes that are called, talks and who brought them about, signings, arrests, demands."""

from __future__ import annotations

import pytest

from variorum import collate
from variorum.model import Record, RecordEvent


def record_of(*texts: str) -> Record:
    opened = [f"TUNIS, March 12, 2025 (Reuters) - {text}\n" for text in texts]
    (record,) = collate([{"id": f"r{n}", "text": text, "published": "2025-03-12"} for n, text in enumerate(opened)])
    return record


def parties(record: Record, event: RecordEvent) -> set[str]:
    names = {actor.id: actor.name for actor in record.actors}
    return {names[party] for party in event.participants}


def only(record: Record, mode: str) -> RecordEvent:
    (event,) = [e for e in record.events if e.mode == mode]
    return event


@pytest.mark.parametrize(
    "text",
    [
        "The miners' federation called a 24-hour strike.",
        "Nigeria's main unions have called a general strike for next Monday.",
        "The rail union Aslef has called a strike for Friday.",
    ],
)
def test_a_strike_of_workers_is_a_protest_to_come(text: str) -> None:
    event = only(record_of(text), "labour strike")
    assert (event.type, event.status) == ("PROTEST", "planned")


def test_a_strike_called_for_a_weekday_is_on_the_next_one() -> None:
    assert only(record_of("The drivers' union has called a strike for Thursday."), "labour strike").date == "2025-03-13"


def test_who_brought_the_talks_about_takes_part_in_them() -> None:
    record = record_of(
        "Chad and the Front for Unity agreed on Monday to stop fighting, after four days of indirect talks in Muscat "
        "under the auspices of Oman and Kenya."
    )
    talks = only(record, "meeting")
    assert {"Chad", "Oman", "Kenya"} <= parties(record, talks)
    assert talks.place == "Muscat"


@pytest.mark.parametrize(
    "text",
    [
        "Kenya and Uganda have signed a package of agreements on power lines.",
        "Uganda will sell power to Kenya under a contract that was signed in Arusha on Monday.",
        "Under agreements signed in Arusha on Friday, Kenya will buy power from Uganda.",
        "A deal was struck between Kenya and Uganda in Arusha on Sunday.",
    ],
)
def test_a_signing_is_an_agreement_of_the_parties_next_to_it(text: str) -> None:
    record = record_of(text)
    event = only(record, "agreement")
    assert event.type == "AGREE"
    assert parties(record, event) == {"Kenya", "Uganda"}


@pytest.mark.parametrize(
    "text",
    [
        "Miroslav Petrov was arrested in Vienna in November last year on a Serbian request.",
        "Miroslav Petrov denies fraud. Since his arrest in Vienna in November 2024, Petrov has lived in a flat.",
        "The arrest of Miroslav Petrov in Vienna in November 2024 led to an outcry.",
    ],
)
def test_who_was_arrested_when_and_where(text: str) -> None:
    record = record_of(text)
    event = only(record, "arrest")
    assert (event.place, event.date) == ("Vienna", "2024-11")
    assert parties(record, event) == {"Miroslav Petrov"}


@pytest.mark.parametrize(
    "text",
    [
        "Canada had in December 2023 placed the trader Miroslav Petrov under sanctions for selling arms.",
        "Miroslav Petrov, who was put under sanctions by Canada in December 2023, denies all charges.",
        "Canada added Miroslav Petrov to its sanctions list in December 2023.",
    ],
)
def test_sanctions_that_somebody_is_put_under(text: str) -> None:
    record = record_of(text)
    event = only(record, "sanction")
    assert parties(record, event) == {"Canada", "Miroslav Petrov"}
    assert event.date == "2023-12"


@pytest.mark.parametrize("text", ["demanded that President Amos Moyo resign", "called for Amos Moyo to step aside"])
def test_a_demand_is_made_of_whoever_is_to_do_it(text: str) -> None:
    record = record_of(f"Grace Banda {text}.")
    assert parties(record, only(record, "demand")) == {"Grace Banda", "Amos Moyo"}


def test_what_is_of_a_state_is_not_the_state() -> None:
    record = record_of("Japan imposed sanctions on four Russian banks on Monday.")
    assert parties(record, only(record, "sanction")) == {"Japan"}


def test_an_interview_and_a_like_mind_are_no_events() -> None:
    record = record_of("Grace Banda spoke with the Lagos Herald on Monday. She agreed with Amos Moyo.")
    assert [event.mode for event in record.events] == []


def test_two_pairs_that_met_are_two_meetings() -> None:
    record = record_of(
        "Grace Banda met Amos Moyo in Lusaka on Monday.",
        "Grace Banda, Amos Moyo and Paulo Reis met before the ceremony. Grace Banda met Paulo Reis in Maputo on Sunday.",
    )
    places = [event.place for event in record.events if event.mode == "meeting"]
    assert {"Lusaka", "Maputo"} <= set(places)


def test_a_government_is_its_state() -> None:
    record = record_of(
        "Chad and the Front for Unity agreed on Monday to a truce of ten days.",
        "Chad's government and the rebels agreed on Monday to a truce.",
    )
    agreements = [event for event in record.events if event.type == "AGREE"]
    assert len(agreements) == 1


def test_a_caption_tells_what_was_done_with_its_day() -> None:
    record = record_of(
        "A court in Vienna ruled on Wednesday that Miroslav Petrov can be sent to Serbia.\n\n"
        "Miroslav Petrov was arrested in Vienna in November last year. (File photo/Reuters)\n\n"
        "The judge said that he was well enough to travel."
    )
    assert only(record, "arrest").date == "2024-11"


def test_whose_leaders_act_for_it_and_whose_family_does_not() -> None:
    record = record_of(
        "Chad, whose leaders signed a treaty with Kenya in Arusha on Monday, has no port.\n\n"
        "Among the dead was the engineer Paulo Reis, whose family flew to Nairobi on Tuesday."
    )
    assert parties(record, only(record, "agreement")) == {"Chad", "Kenya"}
    assert all("Paulo Reis" not in parties(record, event) for event in record.events)
