"""The record of an invented story: what a careful reader would put into it."""

from __future__ import annotations

import random
from dataclasses import replace

from variorum.collation import collate, verify
from variorum.model import Actor, Difference, Record, Story, codec


def actor(record: Record, name: str) -> Actor:
    """The one actor of a name."""
    found = [a for a in record.actors if any(n.text == name for n in a.names)]
    assert len(found) == 1, (name, [a.names for a in found])
    return found[0]


def differences(record: Record, kind: str) -> list[Difference]:
    return [d for d in record.differences if d.kind == kind]


def test_the_record_holds(record: Record) -> None:
    assert verify(record) == ()


def test_order_of_reports_does_not_matter(told: Story, record: Record) -> None:
    wanted = codec.to_json(record)
    readings = list(told.readings)
    for seed in range(5):
        random.Random(seed).shuffle(readings)
        assert codec.to_json(collate(replace(told, readings=tuple(readings)))) == wanted


def test_a_misspelt_minister_is_one_actor_and_his_namesake_another(record: Record) -> None:
    minister = actor(record, "Branko Velimirovac")
    assert {(n.text, n.report) for n in minister.names} == {
        ("Branko Velimirovac", "a"),
        ("Velimirovac", "a"),
        ("Branko Velimirovats", "b"),
        ("Velimirovac", "c"),
    }
    assert minister.name == "Branko Velimirovac"
    assert any("sound alike" in why for why in minister.why)
    assert actor(record, "Sara Velimirovac").id != minister.id


def test_two_wordings_of_one_quotation_are_one_statement(record: Record) -> None:
    statement = next(s for s in record.statements if len(s.variants) == 2)
    assert {v.report for v in statement.variants} == {"a", "b"}
    assert statement.speaker == actor(record, "Branko Velimirovac").id
    assert statement.addressee == actor(record, "Carmela Zahradnik").id
    assert statement.standing == "differs"
    texts = {r.id: r.text for r in record.reports}
    first, second = statement.variants
    changed = [
        (texts[first.report][slice(*step.base)], texts[second.report][slice(*step.own)])
        for step in second.alignment
        if not step.same and step.base and step.own
    ]
    assert sorted(map(sorted, changed)) == [["complete", "full"], ["pause", "rest"]]


def test_wording_and_spelling_are_differences(record: Record) -> None:
    (wording,) = differences(record, "wording")
    assert {a.report for a in wording.accounts} == {"a", "b"}
    assert "full" in wording.why and "complete" in wording.why
    (name,) = differences(record, "name")
    assert {a.value for a in name.accounts} >= {"Branko Velimirovac", "Branko Velimirovats"}
    assert len({a.report for a in name.accounts}) == len(name.accounts)


def test_an_earlier_smaller_toll_is_superseded_and_no_contradiction(record: Record) -> None:
    toll = next(f for f in record.figures if any(a.value == 11 for a in f.accounts))
    assert [a.value for a in toll.accounts] == [11, 34, 34]
    assert toll.accounts[0].superseded_by is not None
    assert toll.accounts[1].superseded_by is None
    number = differences(record, "number")
    assert [d.revision for d in number] == [True]


def test_a_part_belongs_to_its_whole(record: Record) -> None:
    part = next(f for f in record.figures if any(a.value == 9 for a in f.accounts))
    whole = next(f for f in record.figures if any(a.value == 34 for a in f.accounts))
    assert part.part_of == whole.id and part.id != whole.id


def test_vouchers_under_other_labels_differ(record: Record) -> None:
    (attribution,) = differences(record, "attribution")
    assert {a.value for a in attribution.accounts} >= {"the coast guard", "the union-run port authority"}


def test_one_meeting_of_two_reports(record: Record) -> None:
    (meeting,) = [e for e in record.events if e.mode == "meeting"]
    assert {m.report for m in meeting.mentions} == {"a", "c"}
    assert meeting.standing == "corroborated"
    assert meeting.place == "Zagreb on" and meeting.date == "2031-05-06"


def test_legs_of_a_tour_and_the_stop_that_one_list_lacks(record: Record) -> None:
    (journey,) = record.journeys
    assert journey.traveller == actor(record, "Carmela Zahradnik").id
    assert [leg.country for leg in journey.legs] == ["IT", "AT", "SI", "MT", "HR", "GR"]
    rome = journey.legs[0]
    assert rome.reports == ("a", "b")
    itinerary = differences(record, "itinerary")
    assert [a.value for d in itinerary for a in d.accounts if a.value] == ["Ljubljana", "Athens"]


def test_positions_on_one_issue_share_its_label(record: Record) -> None:
    issues = {p.issue for p in record.positions}
    assert issues == {"new ferry inspections"}
    assert {(p.stance, p.basis) for p in record.positions} == {
        ("against", "vote"),
        ("for", "vote"),
        ("against", "words"),
    }


def test_votes_and_critics_of_one_report_are_told(record: Record) -> None:
    labels = [d.about.label for d in differences(record, "only-in")]
    assert any(label.startswith("vote on") for label in labels)
    assert any(label.startswith("Petros Kallidis on") for label in labels)


def test_standing_counts_origins_not_outlets(told: Story, record: Record) -> None:
    toll = next(f for f in record.figures if any(a.value == 34 for a in f.accounts))
    assert toll.standing == "corroborated"
    copies = replace(
        told,
        lineage=replace(
            told.lineage, origins=(replace(told.lineage.origins[0], reports=("a", "b", "c")),), independent=1
        ),
    )
    meeting = next(e for e in collate(copies).events if e.mode == "meeting")
    assert meeting.standing == "single"


def test_the_brief_is_short_and_evident(record: Record) -> None:
    assert 0 < len(record.brief) <= 10
    assert all(line.evidence for line in record.brief)
    assert any(line.text.startswith("Croatian Transport Minister Branko Velimirovac met") for line in record.brief)


def test_title_is_the_headline_that_most_reports_share_in_words(record: Record) -> None:
    assert record.title in ("Ministers meet in Zagreb after ferry fire", "Dozens dead on ferry")
