"""Numbers of one thing in several units and currencies, lengths of time, terms, ages, whereabouts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.collation.builder import Builder, story
from variorum.collation import collate, verify
from variorum.collation.dimensions import agree, dimension_of
from variorum.model import Difference, Figure, Record


def record(*builders: Builder) -> Record:
    made = collate(story(*builders))
    assert verify(made) == ()
    return made


def one(made: Record, kind: str) -> Difference:
    (difference,) = [d for d in made.differences if d.kind == kind]
    return difference


def measure(value: float, unit: str, bound: str = "exactly", kind: str = "measure") -> Figure:
    return Figure(value=value, bound=bound, unit=unit, kind=kind, what=None, start=0, end=1)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ((10, "kilometre"), (6.2, "mile")),
        ((20, "nautical mile"), (37, "kilometre")),
        ((4000, "hectare"), (9900, "acre")),
        ((5.5, "ton"), (5, "tonne")),
        ((2, "gigawatt"), (2000, "megawatt")),
        ((10_000_000, "cubic metre per day"), (353_000_000, "cubic foot per day")),
        ((10_000_000, "cubic metre per day"), (3_650_000_000, "cubic metre per year")),
    ],
)
def test_measures_that_agree_when_they_are_converted(a: tuple[float, str], b: tuple[float, str]) -> None:
    assert agree(measure(*a), measure(*b))
    assert agree(measure(*b), measure(*a))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ((10, "kilometre"), (8, "mile")),
        ((4000, "hectare"), (15_000, "acre")),
        ((10, "kilometre"), (10, "kilogram")),
        ((10, "cubic metre per day"), (10, "cubic metre")),
    ],
)
def test_measures_that_do_not(a: tuple[float, str], b: tuple[float, str]) -> None:
    assert not agree(measure(*a), measure(*b))


def test_no_rate_of_exchange_is_made_up() -> None:
    euros, dollars = measure(40, "euro", kind="amount"), measure(40, "dollar", kind="amount")
    assert dimension_of(euros) == dimension_of(dollars) == "money"
    assert not agree(euros, dollars)


@given(st.floats(min_value=0.001, max_value=1e9), st.sampled_from(["mile", "acre", "ton", "gallon", "week", "knot"]))
def test_a_measure_agrees_with_itself(value: float, unit: str) -> None:
    assert agree(measure(value, unit), measure(value, unit))


def fine(id: str, text: str, words: str, value: float, unit: str) -> Builder:
    return Builder(id, text).figure(words, value, kind="amount", unit=unit, what="fined")


def test_one_sum_in_two_currencies_stands_side_by_side() -> None:
    made = record(
        fine(
            "a", "Carmaker Velmora was fined 340 million euros over emission tests.", "340 million euros", 3.4e8, "euro"
        ),
        fine("b", "A fine of $370 million for Velmora over its emission tests.", "$370 million", 3.7e8, "dollar"),
    )
    assert {a.value for a in one(made, "number").accounts} == {"340 million euros", "$370 million"}


def test_two_sums_in_two_currencies_of_two_things_do_not() -> None:
    made = record(
        fine(
            "a", "Carmaker Velmora was fined 340 million euros over emission tests.", "340 million euros", 3.4e8, "euro"
        ),
        fine("b", "The mayor bought a yacht in Genoa worth $3 million.", "$3 million", 3e6, "dollar"),
    )
    assert all(d.kind != "number" for d in made.differences)


def burned(id: str, text: str, words: str, value: float, unit: str) -> Builder:
    return Builder(id, text).figure(words, value, kind="measure", unit=unit, what="forest")


@pytest.mark.parametrize(("acres", "told"), [(15_000, True), (9_900, False)])
def test_areas_in_two_units_differ_only_where_they_do_not_agree(acres: int, told: bool) -> None:
    made = record(
        burned("a", "The fire on Euboea burned 4,000 hectares of forest.", "4,000 hectares", 4000, "hectare"),
        burned("b", f"The fire on Euboea has burned {acres:,} acres of forest.", f"{acres:,} acres", acres, "acre"),
    )
    assert len(made.figures) == 1
    assert any(d.kind == "number" for d in made.differences) is told


def plain(id: str, text: str, *names: str, day: str = "2025-03-04") -> Builder:
    builder = Builder(id, text, day=day)
    for name in names:
        builder.actor(name)
    return builder


@pytest.mark.parametrize(
    ("a", "b", "words"),
    [
        (
            "Dockers under Ana Reis called a 24-hour strike.",
            "Dockers under Ana Reis called a 48-hour strike.",
            "strike",
        ),
        ("Ana Reis agreed to a 10-day truce.", "Ana Reis agreed to a truce of two weeks.", "truce"),
        ("Ana Reis agreed to a 10-day truce.", "Ana Reis agreed to a pause of three weeks.", "truce"),
        ("A court gave Ana Reis 12 years in prison.", "Ana Reis was given a 10-year prison term by a court.", "prison"),
    ],
)
def test_one_thing_of_two_lengths(a: str, b: str, words: str) -> None:
    difference = one(record(plain("a", a, "Ana Reis"), plain("b", b, "Ana Reis")), "number")
    assert difference.about.label == f"length of time: {words}"


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Ana Reis agreed to a 14-day truce.", "Ana Reis agreed to a truce of two weeks."),
        ("Ana Reis, a 40-year-old, agreed.", "Ana Reis spoke of a 10-year high."),
        ("Dockers under Ana Reis called a 24-hour strike.", "Ana Reis spoke at a three-day fair."),
    ],
)
def test_lengths_that_agree_or_are_of_two_things(a: str, b: str) -> None:
    made = record(plain("a", a, "Ana Reis"), plain("b", b, "Ana Reis"))
    assert all(d.kind != "number" for d in made.differences)


@pytest.mark.parametrize(
    ("later", "told"),
    [("in March 2031", True), ("in the first quarter of 2031", True), ("in late 2030", False), ("by 2031", False)],
)
def test_what_is_to_come_at_two_times(later: str, told: bool) -> None:
    made = record(
        plain("a", "Kraftverk will start the reactor in the second half of 2030.", "Kraftverk"),
        plain("b", f"Kraftverk will start the reactor {later}.", "Kraftverk"),
    )
    assert any(d.kind == "date" for d in made.differences) is told


def test_an_age_under_a_picture_counts() -> None:
    a = plain("a", "Ana Reis, 57, wept in court.", "Ana Reis")
    b = plain("b", "The singer Ana Reis (58) wept in court.", "Ana Reis")
    assert [x.value for x in one(record(a, b), "number").accounts] == ["57", "58"]


@pytest.mark.parametrize(("town", "told"), [("Ayorou", True), ("Tillabery", False)])
def test_one_thing_near_two_towns(town: str, told: bool) -> None:
    made = record(
        plain("a", "The army bombed the cattle market near Tillaberi, said Ana Reis.", "Ana Reis"),
        plain("b", f"Ana Reis said the army had bombed the cattle market, near the town of {town}.", "Ana Reis"),
    )
    assert any(d.kind == "place" for d in made.differences) is told


def test_a_day_of_what_the_sentence_before_tells() -> None:
    made = record(
        plain("a", "A court in Nairobi on Wednesday cleared the extradition of trader Ana Reis.", "Ana Reis"),
        plain(
            "b",
            "A Nairobi court has ruled that the trader Ana Reis can be extradited.\n"
            "The ruling, handed down on Monday, was long awaited.",
            "Ana Reis",
            day="2025-03-05",
        ),
    )
    assert len(one(made, "date").accounts) == 2


def test_civilians_may_be_all_of_the_dead() -> None:
    def dead(id: str, text: str, words: str, value: float, unit: str, who: str) -> Builder:
        return Builder(id, text).figure(words, value, unit=unit, what=f"{unit} killed", vouched_by=who)

    made = record(
        dead("a", "Gunmen killed 34 people, villagers said.", "34 people", 34, "people", "villagers"),
        dead("b", "Gunmen killed 14 civilians, the governor said.", "14 civilians", 14, "civilians", "the governor"),
    )
    assert len(one(made, "number").accounts) == 2


def test_a_report_that_varies_its_labels_stands_with_the_one_it_uses_most() -> None:
    made = record(
        plain("a", "Rebels under Ana Reis took a town.\nThe insurgents fled. Rebels hold the airstrip.", "Ana Reis"),
        plain("b", "Terrorists of Ana Reis were driven back.\nThe terrorists fled.", "Ana Reis"),
    )
    assert [x.value for x in one(made, "label").accounts] == ["Rebels", "Terrorists"]
