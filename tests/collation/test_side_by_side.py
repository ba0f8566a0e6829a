"""Every report's own account side by side: numbers, names of what is counted, scores, vouchers, days, tours, silences."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.collation.builder import Builder, story
from variorum.collation import collate, verify
from variorum.model import Difference, Published, Record


def record(*builders: Builder) -> Record:
    made = collate(story(*builders))
    assert verify(made) == ()
    return made


def kinds(made: Record) -> list[str]:
    return [d.kind for d in made.differences]


def one(made: Record, kind: str) -> Difference:
    (difference,) = [d for d in made.differences if d.kind == kind]
    return difference


def toll(id: str, text: str, words: str, value: float, bound: str = "exactly", **more: object) -> Builder:
    return Builder(id, text).figure(words, value, unit="people", what="people killed", bound=bound, **more)


def test_every_report_stands_beside_a_toll_that_differs() -> None:
    made = record(
        toll("a", "The slide at Qarabel killed at least 46 people.", "46 people", 46, "at least"),
        toll("b", "The slide killed nearly 50 people.", "nearly 50 people", 50, "almost"),
        toll("c", "The slide above the Ubra river killed 61 people.", "61 people", 61),
    )
    assert sorted(a.report for a in one(made, "number").accounts) == ["a", "b", "c"]


def test_places_that_no_table_knows_do_not_part_a_toll() -> None:
    made = record(
        toll("a", "The slide killed 46 people in Qarabel.", "46 people", 46, place="Qarabel"),
        toll("b", "The slide killed 61 people in the Ubra valley.", "61 people", 61, place="Ubra valley"),
        toll("c", "The slide killed 70 people.", "70 people", 70),
    )
    assert len(one(made, "number").accounts) == 3


def test_the_worst_since_a_year_is_told_of_another_event() -> None:
    a = toll("a", "The slide killed 46 people. It was the worst since 2012, when 90 people died.", "46 people", 46)
    a.figure("90 people", 90, unit="people", what="people died")
    b = toll("b", "The slide killed 47 people.", "47 people", 47)
    for builder in (a, b):
        builder.reading = replace(builder.reading, published=Published(date="2025-05-04", basis="metadata"))
    numbers = [d for d in record(a, b).differences if d.kind == "number"]
    assert [[x.value for x in d.accounts] for d in numbers] == [["46 people", "47 people"]]


def counted(id: str, number: str, value: float, noun: str, text: str = "The two sides signed {} in Oslo.") -> Builder:
    return Builder(id, text.format(f"{number} {noun}")).figure(f"{number} {noun}", value, unit=noun, what=noun)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("seven", 7, "agreements"), ("five", 5, "memorandums")),
        (("1,500", 1500, "soldiers"), ("5,000", 5000, "troops")),
        (("40", 40, "planes"), ("52", 52, "aircraft")),
        (("300", 300, "houses"), ("450", 450, "homes")),
        (("twelve", 12, "rockets"), ("nineteen", 19, "missiles")),
    ],
)
def test_like_nouns_that_each_report_counts_once(first: tuple[str, float, str], second: tuple[str, float, str]) -> None:
    assert kinds(record(counted("a", *first), counted("b", *second))) == ["number"]


def test_what_is_expected_is_not_what_came_about() -> None:
    made = record(
        counted("a", "190,000", 190_000, "jobs", "The economy added {} in May."),
        counted("b", "400,000", 400_000, "jobs", "Analysts had expected {} in May."),
    )
    assert "number" not in kinds(made)


def test_two_measures_of_one_thing() -> None:
    a = Builder("a", "About 2 million cubic metres of mud escaped.")
    a.figure("2 million cubic metres", 2_000_000, kind="measure", unit="cubic metre", what="mud")
    b = Builder("b", "The firm says 3 million tonnes of mud escaped.")
    b.figure("3 million tonnes", 3_000_000, kind="measure", unit="tonne", what="mud")
    assert kinds(record(a, b)) == ["number"]


def test_a_number_belongs_to_what_is_said_before_the_next_one() -> None:
    text = "Boats have pulled 148 people from the water and 33 people are still missing."
    a = Builder("a", text).figure("148 people", 148, unit="people", what="people")
    a.figure("33 people", 33, unit="people", what="people")
    assert sorted(f.what for f in record(a).figures) == ["missing", "rescued"]


@pytest.mark.parametrize(
    ("first", "second", "differ"),
    [
        ("by 63 votes to 29", "Sixty-four deputies supported it and 29 opposed it", True),
        ("by 63 votes to 29", "63 deputies supported it and 29 opposed it", False),
        ("in a 4-1 vote", "three of its five members supported it", True),
        ("by 63 votes to 29", "with 63 votes", False),
        ("by 63 votes to 29", "by 402 votes to 31", False),
    ],
)
def test_scores_in_figures_and_in_words(first: str, second: str, differ: bool) -> None:
    a, b = (
        Builder(
            id, f"The Senate of Altland passed the levy. {words[0].upper()}{words[1:]}, the Senate of Altland ended."
        )
        for id, words in (("a", first), ("b", second))
    )
    for builder in (a, b):
        builder.actor("Senate of Altland", "organisation")
    assert ("number" in kinds(record(a, b))) is differ


def sum_of(id: str, voucher: str, kind: str = "organisation") -> Builder:
    made = Builder(id, f"The base will cost 340 million euros, according to {voucher}.").actor(voucher, kind)
    return made.figure(
        "340 million euros", 340_000_000, kind="amount", unit="euro", vouched_by=voucher, voucher=voucher
    )


def test_one_sum_on_the_word_of_two() -> None:
    made = record(sum_of("a", "the Harbour Board"), sum_of("b", "the Fishermen's Union"))
    assert {a.value for a in one(made, "attribution").accounts} == {"the Harbour Board", "the Fishermen's Union"}


def said(id: str, speaker: str, words: str) -> Builder:
    made = Builder(id, f"“{words},” {speaker} said.").actor(speaker)
    return made.says(speaker, f"“{words},”", source=speaker)


def test_one_sentence_in_two_translations() -> None:
    made = record(
        said("a", "Ilir Prenga", "History will judge those who judged me"),
        said("b", "Ilir Prenga", "History will condemn those who condemned me"),
    )
    assert kinds(made) == ["wording"]


def test_the_same_words_under_two_spellings_are_a_difference_of_name() -> None:
    made = record(
        said("a", "Aleksandrs Kalvoks", "We are afraid of one honest question from the harbour"),
        said("b", "Alexander Kalvok", "We are afraid of one honest question from the harbour"),
    )
    assert kinds(made) == ["name"]


def test_two_persons_are_no_spelling_of_one() -> None:
    made = record(
        said("a", "Aleksandrs Kalvoks", "We are afraid of one honest question from the harbour"),
        said("b", "Maria Ostrovska", "We are afraid of one honest question from the harbour"),
    )
    assert kinds(made) == ["speaker"]


def test_one_fact_from_two_mouths() -> None:
    fact = "residents complained to the company in August about water seeping from the dam"
    a = Builder("a", f"The mayor, Teo Ruz, said {fact}.").actor("Teo Ruz")
    a.says("Teo Ruz", fact, kind="indirect", source="Teo Ruz")
    other = "they complained to the company in August about seepage from the dam"
    b = Builder("b", f"Survivors said {other}.").actor("Survivors", "group", named=False)
    b.says("Survivors", other, kind="indirect", source="Survivors")
    assert kinds(record(a, b)) == ["speaker"]


def test_a_toll_put_on_two_days() -> None:
    a, b = (
        Builder(id, f"The pit collapsed on {day}, killing 12 people.", "2025-07-09").figure(
            "12 people", 12, unit="people", what="people killed"
        )
        for id, day in (("a", "Sunday"), ("b", "Saturday"))
    )
    assert "date" in kinds(record(a, b))


def test_the_day_of_a_count_is_not_the_day_of_the_death() -> None:
    a = Builder("a", "The pit collapsed on Sunday, killing 12 people.", "2025-07-09")
    a.figure("12 people", 12, unit="people", what="people killed")
    b = Builder("b", "The office raised the death toll to 14 people on Monday.", "2025-07-09")
    b.figure("14 people", 14, unit="people", what="people killed")
    assert "date" not in kinds(record(a, b))


def tour(id: str, *legs: tuple[str, str, str]) -> Builder:
    stops = ", ".join(place for place, _, _ in legs)
    return Builder(id, f"Okello Banda is on a tour: {stops}.").actor("Okello Banda").journey("Okello Banda", *legs)


def test_who_lists_most_of_a_tour_leaves_a_stop_out() -> None:
    made = record(
        tour(
            "a",
            ("Vienna", "AT", "done"),
            ("Budapest", "HU", "done"),
            ("Warsaw", "PL", "done"),
            ("Riga", "LV", "planned"),
            ("Oslo", "NO", "planned"),
        ),
        tour(
            "b",
            ("Vienna", "AT", "done"),
            ("Warsaw", "PL", "done"),
            ("Riga", "LV", "planned"),
            ("Oslo", "NO", "planned"),
        ),
    )
    assert [a.value for a in one(made, "itinerary").accounts] == ["Budapest"]


def test_a_party_named_from_its_side() -> None:
    a = Builder("a", "The opposition Lantern party voted no.").actor("Lantern party", "organisation")
    b = Builder("b", "The pro-Kremlin Lantern party voted no.").actor("Lantern party", "organisation")
    accounts = {x.report: x.value for x in one(record(a, b), "label").accounts}
    assert accounts == {"a": "opposition Lantern party", "b": "pro-Kremlin Lantern party"}


def test_the_answer_of_a_party_that_others_only_speak_of() -> None:
    a = Builder("a", "Tarn Mining ignored the cracks, villagers say.").actor("Tarn Mining", "organisation")
    text = "Tarn Mining chief Ana Reis was in Lima. “We received no warning from anybody at any time,” Ana Reis said."
    b = Builder("b", text).actor("Tarn Mining", "organisation").actor("Ana Reis")
    b.says("Ana Reis", "“We received no warning from anybody at any time,”", source="Ana Reis")
    difference = one(record(a, b), "only-in")
    assert difference.about.label == "answer of Ana Reis"
    assert difference.lacking == ("a",)
