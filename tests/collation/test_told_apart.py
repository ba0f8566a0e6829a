"""What two reports say in other words: quotations, numbers, days, names, vouchers; and what only looks like it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.collation.builder import Builder, story
from variorum.collation import collate, verify
from variorum.collation.naming import sounds_alike
from variorum.model import Change, Record, Revision, Span
from variorum.model.story import Lineage, Origin, Story


def record(*builders: Builder) -> Record:
    made = collate(story(*builders))
    assert verify(made) == ()
    return made


def kinds(made: Record) -> list[str]:
    return [d.kind for d in made.differences]


def quoted(id: str, words: str, speaker: str = "Mirela Haxhi", role: str = "minister") -> Builder:
    made = Builder(id, f"“{words},” {speaker} said.").actor(speaker, role=role)
    return made.says(speaker, f"“{words},”", source=speaker)


def test_a_quotation_translated_apart_is_one_statement_and_a_difference_of_wording() -> None:
    made = record(
        quoted("a", "We shall not give up our valley to those who deal in lies"),
        quoted("b", "We will not surrender this valley to people who trade in falsehoods"),
    )
    (statement,) = made.statements
    assert len(statement.variants) == 2
    assert "like words" in (statement.variants[1].why or "")
    assert kinds(made) == ["wording"]


def test_other_words_of_the_same_speaker_are_another_statement() -> None:
    made = record(
        quoted("a", "We shall not give up our valley to those who deal in lies"),
        quoted("b", "The bridge at the mill must be paid for by the province"),
    )
    assert len(made.statements) == 2
    assert kinds(made) == []


def test_a_word_left_out_inside_a_short_quotation_is_told() -> None:
    made = record(quoted("a", "a long, bitter winter"), quoted("b", "a bitter winter"))
    assert kinds(made) == ["wording"]


def test_an_office_alone_is_the_holder_whom_another_report_names() -> None:
    words = "The dam will be rebuilt stone by stone before the autumn rains"
    a = quoted("a", words, "Petra Vondrak", "President")
    b = Builder("b", f"Bo Anders came too. “{words},” the President said.")
    b.actor("Bo Anders", "person", role="President")
    mention = b.reading.actors[0].mentions[0]
    office = replace(mention, start=b.at("the President").start, end=b.at("the President").end, form="role")
    b.reading = replace(b.reading, actors=(replace(b.reading.actors[0], mentions=(mention, office)),))
    b.says("Bo Anders", f"“{words},”", source="the President")
    made = record(a, b)
    assert len(made.statements) == 1
    assert "speaker" not in kinds(made)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ayxan", "aykhan"),
        ("dzhaparova", "japarova"),
        ("muhammad", "mohamed"),
        ("toqtarov", "tokhtarov"),
        ("petrenkiy", "petrenky"),
    ],
)
def test_spellings_of_two_alphabets_sound_alike(one: str, other: str) -> None:
    assert sounds_alike(one, other)


@pytest.mark.parametrize(("one", "other"), [("hassan", "hussein"), ("brandt", "brunner"), ("okafor", "okonkwo")])
def test_other_names_do_not(one: str, other: str) -> None:
    assert not sounds_alike(one, other)


def share(id: str, text: str, words: str, value: float) -> Builder:
    return Builder(id, text).figure(words, value, kind="share", unit="percentage")


def test_numbers_with_the_same_words_beside_them_are_rivals() -> None:
    made = record(
        share("a", "Turnout was 57 percent, the lowest in a decade.", "57 percent", 57),
        share("b", "The commission put turnout at 61 percent.", "61 percent", 61),
    )
    assert kinds(made) == ["number"]
    (figure,) = made.figures
    assert {a.value for a in figure.accounts} == {57, 61}
    assert "turnout" in figure.what.lower()


def test_numbers_with_other_words_beside_them_are_not() -> None:
    made = record(
        share("a", "Turnout was 57 percent.", "57 percent", 57),
        share("b", "Bread prices rose by 61 percent.", "61 percent", 61),
    )
    assert "number" not in kinds(made)


def test_a_measure_that_rounds_to_the_other_is_no_rival() -> None:
    a = Builder("a", "The quake struck at a depth of six miles.").figure("six miles", 6, kind="measure", unit="mile")
    b = Builder("b", "The quake had a depth of 6.2 miles.").figure("6.2 miles", 6.2, kind="measure", unit="mile")
    assert kinds(record(a, b)) == []


def test_durations_that_disagree_enter_the_record() -> None:
    a = Builder("a", "The tribunal must certify the result within 10 days.")
    b = Builder("b", "The tribunal has 15 days to certify the result.")
    made = record(
        a.figure("10 days", 10, kind="duration", unit="day"), b.figure("15 days", 15, kind="duration", unit="day")
    )
    assert kinds(made) == ["number"]


def crowd(id: str, value: float, voucher: str) -> Builder:
    text = f"Some {value:,.0f} people marched, according to {voucher}."
    made = Builder(id, text).actor(voucher, "organisation")
    return made.figure(
        f"{value:,.0f} people marched", value, unit="people", what="people marched", vouched_by=voucher, voucher=voucher
    )


def test_crowds_are_estimated_far_apart() -> None:
    made = record(crowd("a", 7_000, "the interior ministry"), crowd("b", 30_000, "the Dockers' League"))
    assert kinds(made) == ["number", "attribution"]


def day(id: str, text: str) -> Builder:
    return Builder(id, text, "2025-07-09").actor("Okello Banda")


def test_one_thing_on_two_days() -> None:
    made = record(
        day("a", "Okello Banda said the salt levy takes effect on August 1."),
        day("b", "The salt levy takes effect on September 1, said Okello Banda."),
    )
    assert kinds(made) == ["date"]


def test_two_things_on_two_days() -> None:
    made = record(
        day("a", "Okello Banda said the salt levy takes effect on August 1."),
        day("b", "The ferry to the islands sails again on September 1, said Okello Banda."),
    )
    assert kinds(made) == []


def test_a_judging_word_before_a_name() -> None:
    a = Builder("a", "The strongman president, Okello Banda, opened the dam.").actor("Okello Banda")
    b = Builder("b", "President Okello Banda opened the dam.").actor("Okello Banda")
    (difference,) = record(a, b).differences
    assert difference.kind == "label"
    assert difference.accounts[0].value == "strongman president, Okello Banda"


def test_a_judging_word_of_something_else() -> None:
    a = Builder("a", "A controversial dam that was opened by Okello Banda burst.").actor("Okello Banda")
    b = Builder("b", "President Okello Banda opened the dam.").actor("Okello Banda")
    assert kinds(record(a, b)) == []


def vouched(id: str, voucher: str) -> Builder:
    made = Builder(id, f"The flood killed 40 people, according to {voucher}.").actor(voucher, "organisation")
    return made.figure("40 people", 40, unit="people", what="people killed", vouched_by=voucher, voucher=voucher)


def test_a_named_voucher_beside_nameless_officials() -> None:
    a, b = vouched("a", "the River Authority"), vouched("b", "officials")
    named = b.reading.actors[0]
    b.reading = replace(b.reading, actors=(replace(named, named=False, kind="group"),))
    (difference,) = record(a, b).differences
    assert difference.kind == "attribution"
    assert "nameless" in difference.why


def test_a_body_placed_by_its_capital_is_the_same_voucher() -> None:
    assert (
        kinds(record(vouched("a", "the Peruvian interior ministry"), vouched("b", "the interior ministry in Lima")))
        == []
    )


def test_the_speaker_vouches_and_not_a_doer_in_his_own_words() -> None:
    a = Builder("a", "The Harbour Company will put 450 million dollars into the quay, Okello Banda said.")
    a.actor("Okello Banda").actor("The Harbour Company", "organisation")
    a.says(
        "Okello Banda",
        "The Harbour Company will put 450 million dollars into the quay",
        kind="indirect",
        source="Okello Banda",
    )
    a.figure(
        "450 million dollars",
        450_000_000,
        kind="amount",
        unit="dollar",
        vouched_by="The Harbour Company",
        voucher="The Harbour Company",
    )
    (figure,) = record(a).figures
    assert figure.accounts[0].label == "Okello Banda"


def test_an_omission_that_is_told_in_other_words_is_none() -> None:
    vote = "The senate voted to remove the speaker, Ana Lima, from her post"
    a = Builder("a", f"{vote}.").actor("The senate", "organisation").actor("Ana Lima")
    a.position("The senate", "against", vote, "remove the speaker", basis="vote")
    b = Builder("b", "Senators ousted Ana Lima as speaker; the senate removed her from the post in a vote.")
    b.actor("Ana Lima")
    assert "only-in" not in kinds(record(a, b))
    c = Builder("c", "Ana Lima was in a good mood on her birthday.").actor("Ana Lima")
    assert "only-in" in kinds(record(a, c))


@pytest.mark.parametrize(
    ("one", "other", "kinds_of"),
    [
        ("in a five-two majority decision", "in a 4-3 ruling", ["number"]),
        ("by 68 votes to 32", "68-32", []),
        ("in a 68-32 vote", "for children of 10-12 years", []),
    ],
)
def test_scores_of_votes(one: str, other: str, kinds_of: list[str]) -> None:
    a = Builder("a", f"The river court approved the levy {one}.").actor("The river court", "organisation")
    b = Builder("b", f"The river court approved the levy {other}.").actor("The river court", "organisation")
    assert kinds(record(a, b)) == kinds_of


def versions() -> Story:
    a = Builder("a", "The flood killed 12 people. The mill stands.", "2025-07-08")
    b = Builder("b", "The flood killed 34 people. The mill stands.", "2025-07-09")
    c = Builder("c", "It rained.", "2025-07-09")
    for builder, words, value in ((a, "12 people", 12), (b, "34 people", 34)):
        builder.figure(words, value, unit="people", what="people killed")
    changes = (
        Change(kind="figure", before=Span(report="a", start=0, end=26), after=Span(report="b", start=0, end=26)),
    )
    return replace(
        story(a, b, c),
        lineage=Lineage(origins=(Origin(reports=("a", "b")), Origin(reports=("c",))), independent=2),
        revisions=(Revision(earlier="a", later="b", date="2025-07-09", changes=changes),),
    )


def test_versions_of_one_report_are_revisions_and_no_differences() -> None:
    made = collate(versions())
    assert verify(made) == ()
    assert [r.later for r in made.revisions] == ["b"]
    assert all({a.report for a in d.accounts} != {"a", "b"} for d in made.differences)
    assert [(d.kind, d.accounts[0].report) for d in made.differences] == []


def test_a_change_that_points_elsewhere_does_not_hold() -> None:
    made = collate(versions())
    (revision,) = made.revisions
    change = replace(revision.changes[0], after=Span(report="c", start=0, end=5))
    wrong = replace(made, revisions=(replace(revision, changes=(change,)),))
    assert any("points at report c" in problem for problem in verify(wrong))
    missing = replace(revision.changes[0], before=None)
    wrong = replace(made, revisions=(replace(revision, changes=(missing,)),))
    assert any("has not the words for it" in problem for problem in verify(wrong))


def test_a_quotation_retold_in_its_frame_with_other_words_is_told() -> None:
    a = Builder("a", "The valley is “one landslide away from a total evacuation,” Mirela Haxhi said.")
    a.actor("Mirela Haxhi").says(
        "Mirela Haxhi",
        "The valley is “one landslide away from a total evacuation,”",
        kind="mixed",
        source="Mirela Haxhi",
    )
    b = Builder("b", "Mirela Haxhi said the valley was a single landslide away from a complete evacuation.")
    b.actor("Mirela Haxhi").says(
        "Mirela Haxhi",
        "the valley was a single landslide away from a complete evacuation",
        kind="indirect",
        source="Mirela Haxhi",
    )
    made = record(a, b)
    assert len(made.statements) == 1
    assert kinds(made) == ["wording"]


def test_a_quotation_retold_in_the_same_words_is_not() -> None:
    a = quoted("a", "the valley is one landslide away from a total evacuation")
    b = Builder("b", "Mirela Haxhi said the valley was one landslide away from a total evacuation.")
    b.actor("Mirela Haxhi").says(
        "Mirela Haxhi",
        "the valley was one landslide away from a total evacuation",
        kind="indirect",
        source="Mirela Haxhi",
    )
    assert kinds(record(a, b)) == []


def in_the_name_of(id: str, who: str, words: str, **more: object) -> Builder:
    made = Builder(id, f"{who} called it “{words}”.").actor(who, **more)  # type: ignore[arg-type]
    return made.says(who, f"it “{words}”", kind="mixed", source=who)


def test_words_of_an_envoy_here_and_of_his_state_there() -> None:
    made = record(
        in_the_name_of("a", "Petra Vondrak", "a cynical exercise", kind="person", country="CZ", role="envoy"),
        in_the_name_of("b", "Czechia", "a cynical exercise", kind="government", country="CZ"),
    )
    assert kinds(made) == ["speaker"]


def test_words_of_an_envoy_and_of_another_state_are_two_statements() -> None:
    made = record(
        in_the_name_of("a", "Petra Vondrak", "a cynical exercise", kind="person", country="CZ", role="envoy"),
        in_the_name_of("b", "Hungary", "a cynical exercise", kind="government", country="HU"),
    )
    assert len(made.statements) == 2
    assert kinds(made) == []


def cost(id: str, text: str, words: str, value: float) -> Builder:
    return Builder(id, text).figure(words, value, kind="amount", unit="euro")


def test_sums_for_the_same_thing_are_rivals_and_conversions_are_not() -> None:
    a = cost("a", "The quotas cost growers 40 billion euros ($43 billion) a year.", "40 billion euros", 4e10)
    a.figure("$43 billion", 4.3e10, kind="amount", unit="dollar")
    b = cost("b", "Quotas imposed by Lima cost growers 25 billion euros a year.", "25 billion euros", 2.5e10)
    made = record(a, b)
    assert kinds(made) == ["number"]
    assert {account.value for account in made.differences[0].accounts} == {"40 billion euros", "25 billion euros"}


def test_a_rival_toll_of_another_voucher_in_the_same_report() -> None:
    def first(id: str, text: str) -> Builder:
        made = Builder(id, text).actor("the harbour union", "organisation")
        return made.figure(
            "38 people", 38, unit="people", what="people dead", vouched_by="the harbour union", bound="at least"
        )

    a = first("a", "At least 38 people are dead, the harbour union said.")
    b = first("b", "At least 38 people are dead, the harbour union said. The ministry puts the toll at 19.")
    b.actor("The ministry", "organisation").figure("19", 19, kind="number", what="toll", vouched_by="The ministry")
    made = record(a, b)
    numbers = [d for d in made.differences if d.kind == "number"]
    assert [sorted(x.value for x in d.accounts) for d in numbers] == [["19", "38 people"]]
    assert "only-in" not in kinds(made)


def test_another_report_knows_somebody_by_the_alias_that_one_gives() -> None:
    one = Builder("a", "Esteban Quiroga, alias Centella, left the camp. “We keep our word,” Quiroga said.")
    one.actor("Esteban Quiroga", "person", "Quiroga", "Centella").says("Esteban Quiroga", "“We keep our word,”")
    other = Builder("b", "“We kept our word,” Commander Centella said.").actor("Centella")
    other.says("Centella", "“We kept our word,”")
    made = record(one, other)
    (actor,) = [a for a in made.actors if a.kind == "person"]
    assert {"Esteban Quiroga", "Centella"} <= {name.text for name in actor.names}
    assert actor.why == ("Esteban Quiroga = Centella: a report gives both names to one",)


def test_an_alias_that_two_bear_joins_nobody() -> None:
    bearers = []
    for id, name in (("a", "Esteban Quiroga"), ("b", "Raúl Paz")):
        made = Builder(id, f"{name}, alias Centella, left the camp. “We keep our word,” Centella said.")
        bearers.append(made.actor(name, "person", "Centella").says(name, "“We keep our word,”"))
    third = Builder("c", "“We kept our word,” Centella said.").actor("Centella")
    third.says("Centella", "“We kept our word,”")
    assert len([a for a in record(*bearers, third).actors if a.kind == "person"]) == 3


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("Íker Olano", "Iker Oláno", True),
        ("Zoë Brandão", "Zoe Brandão", True),
        ("Íker Olano", "Iker Olano", False),
        ("Íker Olano", "ÍKER OLANO", False),
    ],
)
def test_accents_are_spelling_where_both_reports_write_some(one: str, other: str, told: bool) -> None:
    words = "We shall not give up our valley to those who deal in lies"
    made = record(quoted("a", words, one), quoted("b", words, other))
    assert ("name" in kinds(made)) == told
