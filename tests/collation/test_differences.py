"""Differences of each kind, and what is none, on reports of a sentence or two."""

from __future__ import annotations

import pytest

from tests.collation.builder import Builder, story
from variorum.collation import collate, verify
from variorum.model import Difference, Record


def record(*builders: Builder, origins: tuple[tuple[str, ...], ...] | None = None) -> Record:
    made = collate(story(*builders, origins=origins))
    assert verify(made) == ()
    return made


def kinds(made: Record) -> list[str]:
    return [d.kind for d in made.differences]


def one(made: Record, kind: str) -> Difference:
    found = [d for d in made.differences if d.kind == kind]
    assert len(found) == 1, [(d.kind, d.why) for d in made.differences]
    return found[0]


def toll(id: str, text: str, words: str, value: float, day: str | None = None, **more: object) -> Builder:
    return Builder(id, text, day).figure(words, value, unit="people", what="people killed", **more)  # type: ignore[arg-type]


def test_two_sentences_that_another_report_runs_together_are_one_statement() -> None:
    words = "The bridge held for sixty years. It will hold for sixty more once the bolts are changed."
    a = (
        Builder("a", f"“{words}” Petra Vondrak said.")
        .actor("Petra Vondrak")
        .says("Petra Vondrak", f"“{words}”", source="Petra Vondrak")
    )
    b = Builder("b", "“The bridge held for sixty years,” Petra Vondrak said. “It will hold for sixty more,” she said.")
    b.actor("Petra Vondrak").says("Petra Vondrak", "“The bridge held for sixty years,”", source="Petra Vondrak")
    b.says("Petra Vondrak", "“It will hold for sixty more,”", source="she")
    made = record(a, b)
    (statement,) = made.statements
    assert [(v.report, len(v.content)) for v in statement.variants] == [("a", 1), ("b", 2)]
    assert statement.standing == "corroborated"
    assert kinds(made) == []


def test_two_statements_of_one_report_stay_two() -> None:
    a = Builder(
        "a", "“We will appeal the ruling,” Bo Anders said. “We will not appeal the fine,” Bo Anders said."
    ).actor("Bo Anders")
    a.says("Bo Anders", "“We will appeal the ruling,”", source="Bo Anders")
    a.says("Bo Anders", "“We will not appeal the fine,”", source="Bo Anders")
    assert len(record(a).statements) == 2


def test_a_shorter_quotation_is_no_difference() -> None:
    a = Builder("a", "“The harbour will open again on Monday at noon,” Rasa Petkute said.").actor("Rasa Petkute")
    a.says("Rasa Petkute", "“The harbour will open again on Monday at noon,”", source="Rasa Petkute")
    b = Builder("b", "“The harbour will open again on Monday,” Rasa Petkute said.").actor("Rasa Petkute")
    b.says("Rasa Petkute", "“The harbour will open again on Monday,”", source="Rasa Petkute")
    made = record(a, b)
    assert len(made.statements) == 1 and kinds(made) == []


def test_the_same_words_in_two_mouths() -> None:
    said = "“The ferry left the quay with two of its doors still open,”"
    a = Builder("a", f"{said} Minna Raud said.").actor("Minna Raud").says("Minna Raud", said, source="Minna Raud")
    b = Builder("b", f"{said} Otto Kiik said.").actor("Otto Kiik").says("Otto Kiik", said, source="Otto Kiik")
    difference = one(record(a, b), "speaker")
    assert sorted(x.value or "" for x in difference.accounts) == ["Minna Raud", "Otto Kiik"]


@pytest.mark.parametrize(
    ("words", "value", "bound"), [("40 people", 40, "exactly"), ("more than 30 people", 30, "more than")]
)
def test_numbers_that_can_be_one_are_no_difference(words: str, value: float, bound: str) -> None:
    a = toll("a", "The flood killed 40 people in Brno.", "40 people", 40, place="Brno")
    b = toll("b", f"The flood killed {words} in Brno.", words, value, bound=bound, place="Brno")
    made = record(a, b)
    (figure,) = made.figures
    assert figure.standing == "corroborated" and "number" not in kinds(made)


def test_numbers_of_one_day_that_cannot_be_one() -> None:
    a = toll("a", "The flood killed 40 people in Brno.", "40 people", 40, "2030-03-01", place="Brno")
    b = toll("b", "The flood killed 58 people in Brno.", "58 people", 58, "2030-03-01", place="Brno")
    difference = one(record(a, b), "number")
    assert not difference.revision and difference.weight > 0.8


def test_dead_of_two_places_are_two_quantities() -> None:
    a = toll("a", "The flood killed 40 people in Brno.", "40 people", 40, place="Brno")
    b = toll("b", "The flood killed 58 people in Olomouc.", "58 people", 58, place="Olomouc")
    made = record(a, b)
    assert len(made.figures) == 2 and "number" not in kinds(made)


def test_houses_beside_the_word_killed_are_no_dead() -> None:
    a = Builder("a", "The flood killed cattle and swept away 12 houses.").figure(
        "12 houses", 12, unit="houses", what="houses swept away"
    )
    (figure,) = record(a, Builder("b", "Rain fell.")).figures
    assert figure.what == "houses swept away"


@pytest.mark.parametrize("kind", ["duration", "age", "one"])
def test_what_is_no_figure_of_the_event(kind: str) -> None:
    a = Builder("a", "The 34 year old bridge.").figure("34 year", 34, unit="year", what="bridge", kind=kind)
    assert record(a).figures == ()


def test_one_person_of_two_ages() -> None:
    a = Builder("a", "Ivo Maric, 34, was the driver.").actor("Ivo Maric").figure("34", 34, kind="age")
    b = Builder("b", "The driver was 36-year-old Ivo Maric.").actor("Ivo Maric").figure("36-year-old", 36, kind="age")
    assert {x.value for x in one(record(a, b), "number").accounts} == {"34", "36-year-old"}


def test_a_visit_that_is_over_in_one_report_and_to_come_in_a_later_one() -> None:
    a = Builder("a", "Lena Sorvang arrived in Accra on Tuesday.", "2030-05-07").actor("Lena Sorvang")
    a.event("CONSULT", "arrived", ("Lena Sorvang",), (), "Accra", mode="arrival", date="2030-05-07")
    b = Builder("b", "Lena Sorvang announced an upcoming visit to Accra.", "2030-05-09").actor("Lena Sorvang")
    b.event("CONSULT", "visit", ("Lena Sorvang",), (), "Accra", mode="visit", status="planned")
    difference = one(record(a, b), "date")
    assert [x.value for x in difference.accounts] == [
        "arrived in Accra on Tuesday",
        "announced an upcoming visit to Accra",
    ]


def test_a_visit_that_was_to_come_before_it_was_over_is_no_difference() -> None:
    a = Builder("a", "Lena Sorvang arrived in Accra on Tuesday.", "2030-05-07").actor("Lena Sorvang")
    a.event("CONSULT", "arrived", ("Lena Sorvang",), (), "Accra", mode="arrival", date="2030-05-07")
    b = Builder("b", "Lena Sorvang announced an upcoming visit to Accra.", "2030-05-02").actor("Lena Sorvang")
    b.event("CONSULT", "visit", ("Lena Sorvang",), (), "Accra", mode="visit", status="planned")
    assert "date" not in kinds(record(a, b))


def test_labels_that_take_sides() -> None:
    a = Builder("a", "The militants of the Kestrel Front left Varnholt.").actor("Kestrel Front", "organisation")
    b = Builder("b", "The terrorists of the Kestrel Front left Varnholt.").actor("Kestrel Front", "organisation")
    difference = one(record(a, b), "label")
    assert [x.value for x in difference.accounts] == ["militants", "terrorists"]
    assert difference.about.entry == "actor-1"


def test_a_label_in_quotation_marks_is_not_the_outlets_own() -> None:
    a = Builder("a", "The militants of the Kestrel Front left Varnholt.").actor("Kestrel Front", "organisation")
    b = Builder("b", "“The terrorists of the Kestrel Front left,” he said.").actor("Kestrel Front", "organisation")
    assert kinds(record(a, b)) == []


def test_a_shorter_form_of_a_name_is_no_difference() -> None:
    a = Builder("a", "Ingrid Vesterholm spoke.").actor("Ingrid Vesterholm")
    b = Builder("b", "Minister Vesterholm spoke.").actor("Vesterholm", "person", "Minister Vesterholm")
    made = record(a, b)
    assert len(made.actors) == 1 and kinds(made) == []


def test_one_voucher_under_a_label_that_takes_sides() -> None:
    a = Builder("a", "The storm killed 40 people in Vastria, the Vastria Health Ministry said.")
    a.actor("Vastria Health Ministry", "government", country="AM")
    a.figure("40 people", 40, unit="people", what="people killed", vouched_by="the Vastria Health Ministry")
    b = Builder("b", "The storm killed 40 people, the rebel-run health ministry said.")
    b.actor("rebel-run health ministry", "government", country="AM")
    b.figure("40 people", 40, unit="people", what="people killed", vouched_by="the rebel-run health ministry")
    made = record(a, b)
    assert one(made, "attribution").why == "the same voucher under different labels"
    assert made.figures[0].standing == "corroborated"


def test_issues_with_one_head_noun_are_one_issue() -> None:
    a = Builder("a", "Norway backs an inquiry under a neutral chair.").actor("Norway", "government", country="NO")
    a.position("Norway", "for", "Norway backs an inquiry under a neutral chair", "an inquiry under a neutral chair")
    b = Builder("b", "Ghana opposes an international inquiry.").actor("Ghana", "government", country="GH")
    b.position("Ghana", "against", "Ghana opposes an international inquiry", "an international inquiry")
    assert len({p.issue for p in record(a, b).positions}) == 1


def test_two_bills_are_two_issues() -> None:
    a = Builder("a", "Norway backs a bill on fishing quotas.").actor("Norway", "government", country="NO")
    a.position("Norway", "for", "Norway backs a bill on fishing quotas", "a bill on fishing quotas")
    b = Builder("b", "Ghana opposes a bill on school meals.").actor("Ghana", "government", country="GH")
    b.position("Ghana", "against", "Ghana opposes a bill on school meals", "a bill on school meals")
    assert len({p.issue for p in record(a, b).positions}) == 2


def test_an_actor_on_both_sides_of_an_issue() -> None:
    a = Builder("a", "Norway backs an international inquiry.").actor("Norway", "government", country="NO")
    a.position("Norway", "for", "Norway backs an international inquiry", "an international inquiry")
    b = Builder("b", "Norway opposes an international inquiry.").actor("Norway", "government", country="NO")
    b.position("Norway", "against", "Norway opposes an international inquiry", "an international inquiry")
    assert {x.report for x in one(record(a, b), "label").accounts} == {"a", "b"}


def test_a_given_name_before_a_family_name_joins_another_spelling() -> None:
    a = Builder("a", "Marit Solqvist opened the dam. Solqvist left at noon.").actor(
        "Marit Solqvist", "person", "Solqvist"
    )
    b = Builder("b", "Marit Solquist opened the dam. Solquist left at noon.").actor("Solquist")
    made = record(a, b)
    (actor,) = made.actors
    assert {name.text for name in actor.names} >= {"Marit Solqvist", "Marit Solquist"}
    assert {x.report for x in one(made, "name").accounts} == {"a", "b"}


def test_an_office_named_in_another_report_is_that_person() -> None:
    a = Builder("a", "Deputy foreign minister Waldo Prieto spoke.").actor(
        "Waldo Prieto", country="PE", role="deputy foreign minister"
    )
    text = "The Peruvian deputy foreign minister said: “The road is open again to all.”"
    b = Builder("b", text).actor(
        "Peruvian deputy foreign minister", country="PE", role="deputy foreign minister", named=False
    )
    b.says("Peruvian deputy foreign minister", "“The road is open again to all.”")
    made = record(a, b)
    assert [actor.name for actor in made.actors if actor.kind == "person"] == ["Waldo Prieto"]


def test_a_toll_that_has_risen_is_a_revision_though_one_report_has_no_day() -> None:
    a = toll("a", "The mudslide has killed 11 people in the valley.", "11 people", 11)
    b = toll("b", "The number of people killed has risen to 34 people, rescuers said.", "34 people", 34, "2031-05-08")
    number = one(record(a, b), "number")
    assert number.revision
    assert [x.value for x in number.accounts] == ["11 people", "risen to 34 people"]


def test_two_estimates_of_organisers_stand_beside_each_other_and_not_beside_the_police() -> None:
    def march(id: str, text: str, words: str, value: float) -> Builder:
        made = Builder(id, text).actor("organisers", "group", named=False)
        made.figure("3,000 people", 3000, unit="people", what="people protested", vouched_by="police")
        return made.figure(words, value, kind="number", what="", vouched_by="organisers")

    a = march("a", "Some 3,000 people protested, police said; organisers spoke of 10,000.", "10,000", 10000)
    b = march("b", "About 3,000 people protested, police said; organisers put it at 12,000.", "12,000", 12000)
    number = one(record(a, b), "number")
    assert sorted(x.value or "" for x in number.accounts) == ["10,000", "12,000"]


def test_a_clause_quoted_in_other_words_is_a_difference_of_wording() -> None:
    long = "“The pumps have run for a year without rest, and the sluices must be closed tonight.”"
    a = Builder("a", f"{long} Petra Vondrak said.").actor("Petra Vondrak")
    a.says("Petra Vondrak", long, source="Petra Vondrak")
    b = Builder("b", "Petra Vondrak said “the sluices must close tonight”.").actor("Petra Vondrak")
    b.says("Petra Vondrak", "“the sluices must close tonight”", source="Petra Vondrak")
    assert {x.report for x in one(record(a, b), "wording").accounts} == {"a", "b"}


@pytest.mark.parametrize(
    ("told", "differs"),
    [("Petra Vondrak dropped a stop in Oslo.", True), ("Petra Vondrak cancelled a talk and flew on to Oslo.", False)],
)
def test_a_stop_called_off(told: str, differs: bool) -> None:
    a = Builder("a", "Petra Vondrak will fly to Oslo.").actor("Petra Vondrak")
    a.journey("Petra Vondrak", ("Oslo", "NO", "planned"))
    b = Builder("b", told).actor("Petra Vondrak")
    assert [d.kind for d in record(a, b).differences] == (["itinerary"] if differs else [])
