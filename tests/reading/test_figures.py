"""Figures: value, bound, unit, what is counted, total, time and voucher."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import variorum
from variorum.model import Figure, Reading


def figures(text: str) -> tuple[Reading, list[Figure]]:
    reading = variorum.read({"id": "r", "text": text, "published": "2031-05-20"})
    return reading, list(reading.figures)


def only(text: str) -> Figure:
    _, [figure] = figures(text)
    return figure


@pytest.mark.parametrize(
    ("text", "value", "bound", "unit"),
    [
        ("More than 300 villagers were evacuated.", 300, "more than", "villagers"),
        ("The ferry carried at least 45 passengers.", 45, "at least", "passengers"),
        ("Nearly 2,000 homes lost power.", 2000, "almost", "homes"),
        ("As many as 80 fishermen are missing.", 80, "up to", "fishermen"),
        ("Fewer than 20 soldiers returned.", 20, "fewer than", "soldiers"),
        ("Some 7,500 refugees crossed the river.", 7500, "about", "refugees"),
        ("The toll topped 900 people.", 900, "more than", "people"),
        ("The mine employs 60 or more workers.", 60, "at least", "workers"),
        ("The storm cost $1.2 billion.", 1200000000, "exactly", "dollar"),
        ("Turnout reached about 61 per cent.", 61, "about", "percentage"),
        ("Crude fell to US$58.24 per barrel.", 58.24, "exactly", "dollar per barrel"),
        ("The magnitude 6.1 quake struck at night.", 6.1, "exactly", "magnitude"),
    ],
)
def test_value_bound_and_unit(text: str, value: float, bound: str, unit: str) -> None:
    figure = only(text)
    assert (figure.value, figure.bound, figure.unit) == (value, bound, unit)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Between 3 and 5 million voters stayed at home.", 3000000, 5000000),
        ("The road needs 10 to 15 workers.", 10, 15),
        ("It will cost $89 to $93 billion.", 89000000000, 93000000000),
        ("It takes three or four hours.", 3, 4),
        ("He drove at 15-22 miles per hour.", 15, 22),
    ],
)
def test_ranges(text: str, low: float, high: float) -> None:
    figure = only(text)
    assert (figure.low, figure.high) == (low, high)
    assert figure.value == (low + high) / 2


@pytest.mark.parametrize(
    "text",
    [
        "The G7 met in Lima in 2019.",
        "A Boeing 737 landed on Oct. 7.",
        "Posted 8:45 p.m. on 12 May 2024.",
        "Maria Lopez, 66, was there.",
        "The side won 3-1 on Sunday.",
        "She lives at 49 Elm Road.",
        "He spoke at 9 am and again at 10:30.",
        "The visit ends a four-day tour.",
        "No one came, and this one left.",
        "The band played beneath a six-pointed lantern.",
        "The firms ended a three-way contest over the quay.",
        "The ferry line was founded in 1950 and was sold in 2004.",
    ],
)
def test_not_figures(text: str) -> None:
    _, found = figures(text)
    assert found == []


def test_a_change_is_two_figures_not_a_range() -> None:
    _, found = figures("Unemployment fell from 9 percent to 7 percent.")
    assert [(f.value, f.low, f.unit) for f in found] == [(9, None, "percentage"), (7, None, "percentage")]


def test_a_revised_toll_is_two_figures_of_one_sum() -> None:
    _, [earlier, later] = figures("The death toll in Cusco rose from 45 to 60.")
    assert (earlier.value, later.value) == (45, 60)
    assert earlier.what == later.what == "death toll in Cusco"
    assert later.place == "Cusco"


def test_what_part_and_extent() -> None:
    text = "The flood killed more than 400 people, including at least 90 children."
    reading, [total, part] = figures(text)
    assert total.extent.of(reading.text) == "more than 400 people"
    assert part.extent.of(reading.text) == "at least 90 children"
    assert part.part_of == total.extent
    assert total.part_of is None


def test_what_happened_to_those_counted_is_told() -> None:
    figure = only("At least 30 miners have died in the shaft.")
    assert figure.what == "miners died"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The landslide buried 40 houses, according to the interior ministry.", "the interior ministry"),
        ("According to the Red Cross, 40 houses were buried.", "the Red Cross"),
        ("The health ministry said 40 people had been treated.", "The health ministry"),
        ("The Institute of River Safety put the number of missing at 40.", "The Institute of River Safety"),
    ],
)
def test_who_vouches(text: str, words: str) -> None:
    reading, [figure] = figures(text)
    assert figure.vouched_by is not None
    assert figure.vouched_by.of(reading.text).lower() == words.lower()


def test_the_nearest_vouches() -> None:
    text = "Some 900 marchers filled the square, organisers said, while police put the number at 600."
    reading, [marchers, number] = figures(text)
    assert marchers.vouched_by is not None
    assert marchers.vouched_by.of(reading.text) == "organisers"
    assert number.vouched_by is not None
    assert number.vouched_by.of(reading.text) == "police"


def test_nobody_vouches_for_the_reports_own_words() -> None:
    figure = only("Some 40 houses were buried.")
    assert figure.vouched_by is None
    assert figure.voucher is None


def test_since() -> None:
    figure = only("More than 70 aid workers have died since April 3, 2031.")
    assert figure.since == "2031-04-03"


def test_states_of_people_without_a_noun() -> None:
    _, [dead, hurt] = figures("The blast left 12 dead and 30 wounded.")
    assert (dead.value, dead.unit, hurt.value, hurt.unit) == (12, "people", 30, "people")
    assert only("The flood killed at least 12.").what == "killed"
    assert only("At least 12 were arrested.").what == "arrested"


@pytest.mark.parametrize(
    ("text", "value", "bound", "what"),
    [
        (
            "The fighting has driven more than 4 million from their homes.",
            4000000,
            "more than",
            "driven from their homes",
        ),
        ("The storm forced at least 9,000 to flee their farms.", 9000, "at least", "forced to flee their farms"),
        ("Over 70,000 have been displaced.", 70000, "more than", "displaced"),
        ("The boat had at least 35 on board.", 35, "at least", "people on board"),
        ("The bus carried 52.", 52, "exactly", "people on board"),
        ("Some 90 are still missing.", 90, "about", "missing"),
        ("The army put its losses at six.", 6, "exactly", "losses"),
        ("The number of wounded has risen to 34.", 34, "exactly", "wounded"),
        ("Nearly 2 million face acute hunger.", 2000000, "almost", "face acute"),
        ("Japan pledged $40 million in aid.", 40000000, "exactly", "aid"),
        (
            "Norway promised $3 million to the families of the victims.",
            3000000,
            "exactly",
            "promised to families of the victims",
        ),
        ("The quake damaged 260 homes.", 260, "exactly", "homes damaged"),
        ("Two unions said so.", 2, "exactly", "unions"),
        ("More than 1950 have lost their homes in the valley.", 1950, "more than", "lost homes"),
    ],
)
def test_what_is_counted_without_a_noun(text: str, value: float, bound: str, what: str) -> None:
    figure = only(text)
    assert (figure.value, figure.bound, figure.what) == (value, bound, what)


def test_who_does_a_thing_is_not_what_is_counted() -> None:
    for text in ("Portugal spent $5 million.", "The troops withdrew after 36 hours."):
        assert only(text).what in (None, "spent")


def test_a_number_of_the_things_counted_before() -> None:
    _, [marchers, rival] = figures("Some 3,000 people protested, police said. Organisers put the number at 10,000.")
    assert (rival.unit, rival.what) == (marchers.unit, marchers.what)
    _, [wounded, grave] = figures("Doctors treated 52 miners, 17 of whom were in critical condition.")
    assert (grave.unit, grave.what) == ("miners", "miners in critical condition")
    assert grave.part_of == wounded.extent


def test_a_place_is_where_the_counted_are() -> None:
    assert only("The health ministry in Tirana said 40 people had died.").place is None
    assert only("Some 40 people died in the Chilean port of Arica.").place == "Arica"
    assert only("Some 40 people died in the Chilean capital.").place is None


def test_who_wants_something_vouches_for_no_number() -> None:
    assert only("Kenya called for a recount in 12 districts.").vouched_by is None


def test_a_part_named_by_its_whole_counts_the_same_noun() -> None:
    _, [part, whole] = figures("Some 3,000 of the 8,000 soldiers have left.")
    assert (part.value, part.unit) == (3000, "soldiers")
    assert (whole.value, whole.unit) == (8000, "soldiers")


VOCABULARY = (
    "about 12 1,400 $3bn of people killed including more than two dozens to 15 - – % said according to the ministry , "
    ". between and 2019 million Paris in one half \n ( ) “ ” 3-1 10:30 €5 per barrel"
)
WORDS = st.sampled_from(VOCABULARY.split(" "))


@settings(max_examples=40, deadline=None)
@given(st.lists(WORDS, max_size=40).map(lambda words: " ".join(["Peru", *words])))
def test_every_extent_slices_back(text: str) -> None:
    _, found = figures(text)
    for figure in found:
        for extent in (figure.extent, figure.vouched_by, figure.part_of):
            if extent is not None:
                assert 0 <= extent.start < extent.end <= len(text)
                assert extent.of(text).strip()
    assert list(variorum.read({"id": "r", "text": text, "published": "2031-05-20"}).figures) == found


def test_a_text_of_nothing_but_numbers_is_read_in_time() -> None:
    from variorum.reading.figures.quantities import find_quantities

    find_quantities("1 to 2, 3-4, $5bn, one in two, " * 3000)


@pytest.mark.parametrize(
    ("text", "value", "what"),
    [
        ("The ministry lowered the death toll from the fire to 68, it emerged.", 68, "death toll"),
        ("The province revised the number of injured to 90.", 90, "injured"),
        ("New finds brought the number of dead to 55.", 55, "dead"),
    ],
)
def test_a_revised_sum_is_told_by_what_is_revised(text: str, value: int, what: str) -> None:
    _, found = figures(text)
    assert [(f.value, f.what) for f in found] == [(value, what)]


@pytest.mark.parametrize(
    "text",
    [
        "The bus was carrying at least 90 people, although its manifest listed only 41.",
        "The boat carried 90 people, but the register showed just 41.",
    ],
)
def test_a_bare_number_in_a_paper_counts_what_the_figure_before_counts(text: str) -> None:
    _, [first, second] = figures(text)
    assert (second.value, second.unit) == (41, first.unit)


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("The lower house passed the bill 210-88 against the wishes of the king.", [210, 88]),
        ("Senators approved it by a vote of 40-32-3.", [40, 32, 3]),
        ("The council voted 29–63 on the plan.", [29, 63]),
    ],
)
def test_a_tally_is_of_votes(text: str, sides: list[int]) -> None:
    _, found = figures(text)
    assert [f.value for f in found] == sides
    assert [f.what for f in found] == ["votes for", "votes against", "abstentions"][: len(sides)]
    assert {f.unit for f in found} == {"votes"}


@pytest.mark.parametrize("text", ["Rostock won 3-0 on Sunday.", "He took the final set 6-4."])
def test_a_score_is_no_figure(text: str) -> None:
    assert figures(text)[1] == []


def test_who_revises_a_toll_vouches_for_it_and_a_blast_does_not() -> None:
    _, [told] = figures("Kenya's Ministry of Health lowered the death toll from the flood to 68.")
    _, [blast] = figures("The second blast raised the death toll to 68.")
    assert told.voucher is not None
    assert (blast.voucher, blast.vouched_by) == (None, None)
