"""Events of the record that name few: crowds, pledges, votes, and what one report expects and another has seen."""

from __future__ import annotations

from variorum import collate
from variorum.model import Record, RecordEvent


def record_of(*texts: str) -> Record:
    (record,) = collate([{"id": f"r{n}", "text": text, "published": "2024-05-16"} for n, text in enumerate(texts)])
    return record


def events(record: Record, mode: str) -> list[RecordEvent]:
    return [event for event in record.events if event.mode == mode]


def test_a_nameless_crowd_protests_once() -> None:
    record = record_of(
        "Ministers met in Quito. Some 800 farmers protested outside the ministry in Quito on Thursday.",
        "The summit went on. Hundreds of demonstrators marched through Quito.",
    )
    (protest,) = events(record, "protest")
    assert {span.report for span in protest.mentions} == {report.id for report in record.reports}
    assert protest.place == "Quito"


def test_a_pledge_needs_no_named_recipient() -> None:
    record = record_of("Canada offered to send a ferry, and Norway pledged $2 million for the families.")
    assert sorted(record_name(record, e.actors[0]) for e in events(record, "pledge")) == ["Canada", "Norway"]


def test_what_is_planned_in_one_report_and_held_in_another_was_held() -> None:
    record = record_of(
        "Foreign Minister Ana Laine will meet Prime Minister Juan Ortega in Lima on Thursday.",
        "Foreign Minister Ana Laine met Prime Minister Juan Ortega in Lima on Thursday.",
    )
    assert [event.status for event in events(record, "meeting")] == ["held"]


def test_a_purpose_and_a_right_are_no_events() -> None:
    record = record_of(
        "Foreign Minister Ana Laine arrived in Lima on Thursday to seek help from Peru. "
        "She spoke of the right of Chad to retaliate and of the importance of releasing the hostages."
    )
    assert [event.mode for event in record.events if event.type not in ("CONSULT",)] == []


def record_name(record: Record, id: str) -> str:
    return next(actor.name for actor in record.actors if actor.id == id)


def test_votes_of_one_parliament_are_one_whatever_it_is_called() -> None:
    record = record_of(
        "The Seimas ratified the defence treaty with Peru by 63 votes to 29 on Thursday.",
        "Lithuania's parliament on Thursday ratified a defence treaty with Peru.",
        "Lawmakers voted for the defence treaty with Peru.",
    )
    (vote,) = events(record, "vote")
    assert len({span.report for span in vote.mentions}) == 3


def test_words_that_only_a_quotation_tells_are_no_events() -> None:
    record = record_of('Ana Laine spoke in Lima on Thursday. "Chad attacked Mali in March," she said.')
    assert not [event for event in record.events if event.type == "ASSAULT"]


def test_what_acts_must_be_somebody() -> None:
    record = record_of(
        "Pneumonia killed Juan Ortega. The address praised Ana Laine. Party rules threatened Tom Berger."
    )
    assert [event.mode for event in record.events if event.mode in ("praise", "threat")] == []


def test_people_of_a_state_do_not_act_for_it() -> None:
    record = record_of("Two Peruvian nurses accused Chad of cruelty on Monday. Peru thanked Mali.")
    accused = events(record, "condemnation") + events(record, "accusation")
    assert "Peru" not in {record_name(record, actor) for event in accused for actor in event.actors}


def test_lawmakers_are_the_parliament_that_their_report_told_of() -> None:
    record = record_of(
        "Latvia's parliament ratified a treaty with Poland on Thursday. Lawmakers voted 63-29 for the treaty.",
        "Poland's parliament ratified the treaty with Latvia in April.",
    )
    votes = events(record, "vote")
    assert sorted(len(vote.mentions) for vote in votes) == [1, 2]


def test_a_place_of_a_dateline_is_shown_without_its_capitals() -> None:
    record = record_of("LUSAKA, May 14 (Xinhua) -- Foreign Minister Jan Novak met President Ana Banda here on Tuesday.")
    assert [event.place for event in events(record, "meeting")] == ["Lusaka"]
