"""Dates in prose: what they resolve to, on what basis, and what is left alone."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.text.dates import find_dates, find_durations, resolve

THURSDAY = date(2024, 3, 14)


def only(text: str, anchor: date | None = THURSDAY) -> tuple[str, str, str | None, str, str]:
    found = find_dates(text, anchor)
    assert len(found) == 1, found
    extent, when = found[0]
    return extent.of(text), when.date, when.end, when.precision, when.basis


@pytest.mark.parametrize(
    ("text", "words", "day"),
    [
        ("They met on Tuesday, March 12, 2024, in Oslo.", "Tuesday, March 12, 2024", "2024-03-12"),
        ("Lisbon, 9 February 2024 (ABC):", "9 February 2024", "2024-02-09"),
        ("It fell on the 3rd of January 2021.", "3rd of January 2021", "2021-01-03"),
        ("The file is dated 2019-06-30.", "2019-06-30", "2019-06-30"),
        ("Signed 23.05.2022 in Bern", "23.05.2022", "2022-05-23"),
        ("Signed 25/12/2022 in Bern", "25/12/2022", "2022-12-25"),
        ("THE TREATY OF SEPT. 4, 2001", "SEPT. 4, 2001", "2001-09-04"),
    ],
)
def test_a_date_that_the_text_gives_whole_needs_no_anchor(text: str, words: str, day: str) -> None:
    assert only(text, None) == (words, day, None, "day", "stated")


@pytest.mark.parametrize(
    "text", ["It was on Jan. 5.", "He spoke on Tuesday.", "It rose last month.", "yesterday", "in October"]
)
def test_without_an_anchor_nothing_is_made_up(text: str) -> None:
    assert find_dates(text, None) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The minister resigned on Tuesday.", "2024-03-12"),
        ("The minister resigned on Thursday.", "2024-03-14"),
        ("The minister resigned on Friday.", "2024-03-08"),
        ("The ministers will meet in Oslo on Friday.", "2024-03-15"),
        ("On Friday, the ministers will meet in Oslo.", "2024-03-15"),
        ("The strike is expected to last until Saturday.", "2024-03-16"),
        ("She said on Wednesday that the talks will go on.", "2024-03-13"),
        ("He won last Monday.", "2024-03-11"),
        ("He leaves next Monday.", "2024-03-18"),
        ("It began on Dec. 30.", "2023-12-30"),
        ("It began on Jan. 30.", "2024-01-30"),
        ("The poll, due on Nov. 3, is close.", "2024-11-03"),
        ("They arrived yesterday.", "2024-03-13"),
    ],
)
def test_days_are_the_nearest_before_the_report_unless_the_words_look_ahead(text: str, day: str) -> None:
    _, found, _, precision, basis = only(text)
    assert (found, precision) == (day, "day")
    assert basis in ("anchor", "relative")


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("It rose last month.", "2024-02", None, "month"),
        ("They return later this week.", "2024-03-14", "2024-03-17", "week"),
        ("It fell last week.", "2024-03-04", "2024-03-10", "week"),
        ("Over the past two weeks, dozens fled.", "2024-02-29", "2024-03-14", "week"),
        ("The war of 1998-2000 was long.", "1998", "2000", "year"),
        ("Between 2011 and 2014 it doubled.", "2011", "2014", "year"),
        ("It was built in the 1960s.", "1960", "1969", "year"),
        ("The summit runs from Nov. 7-9, 2022.", "2022-11-07", "2022-11-09", "day"),
        ("Talks of 30 October – 2 November 2022", None, None, "day"),
        ("It began in October.", "2023-10", None, "month"),
        ("It began three years ago.", "2021", None, "year"),
    ],
)
def test_stretches_keep_their_ends_and_precision(
    text: str, first: str | None, last: str | None, precision: str
) -> None:
    found = find_dates(text, THURSDAY)
    assert found
    when = found[0].when
    assert when.precision == precision
    if first:
        assert (when.date, when.end) == (first, last)
        assert when.first <= when.last


@pytest.mark.parametrize(
    "text",
    [
        "He may go.",
        "They march on the capital.",
        "Feb. 30 does not exist.",
        "It cost 2,019 dollars.",
        "Signed 03/04/2022 somewhere",
        "The Sat nav failed in the Sun.",
        "A 2.5 per cent rise",
    ],
)
def test_what_is_no_date_or_is_ambiguous_is_left_alone(text: str) -> None:
    assert find_dates(text, THURSDAY) == []


def test_one_expression_resolves_alone() -> None:
    october = resolve("Oct. 7", THURSDAY)
    assert october is not None and october.date == "2023-10-07"
    month = resolve("October", THURSDAY)
    assert month is not None and month.date == "2023-10"
    assert resolve("Tuesday") is None
    assert resolve("not a date at all", THURSDAY) is None


def test_durations() -> None:
    text = "a four-day tour, two weeks of talks, a 10-month war and a 24-hour pause"
    assert [(d.extent.of(text), d.iso) for d in find_durations(text)] == [
        ("four-day", "P4D"),
        ("two weeks", "P2W"),
        ("10-month", "P10M"),
        ("24-hour", "PT24H"),
    ]


def test_a_count_beyond_the_calendar_is_no_date() -> None:
    assert find_dates("It stood there 900 years ago.", date(800, 1, 1)) == []


words = st.lists(
    st.sampled_from(
        [
            "Monday",
            "on",
            "in",
            "March",
            "7",
            "2023",
            "next",
            "last",
            "week",
            "Nov.",
            ",",
            "–",
            "two",
            "days",
            "ago",
            "will",
            "x",
        ]
    ),
    max_size=25,
)


@given(words, st.dates(date(1990, 1, 1), date(2060, 1, 1)))
def test_every_date_slices_back_and_is_a_date(parts: list[str], anchor: date) -> None:
    text = " ".join(parts)
    found = find_dates(text, anchor)
    assert found == find_dates(text, anchor)
    for extent, when in found:
        assert extent.of(text).strip()
        assert when.first <= when.last
    for one, other in pairwise(found):
        assert one.extent.end <= other.extent.start


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    for extent, _ in find_dates(text, THURSDAY):
        assert extent.of(text)


def test_long_lines_take_linear_time() -> None:
    assert len(find_dates("March 7 " * 20_000, THURSDAY)) == 20_000
