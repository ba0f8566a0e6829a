"""Numbers and units in prose."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.text.numbers import find_numbers
from variorum.text.units import currency_before, rate_after, unit_after


def values(text: str) -> list[float | int | None]:
    return [n.value for n in find_numbers(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,234 tents", [1234]),
        ("12,50,000 voters", [1250000]),
        ("20, 000 marchers", [20000]),
        ("1.4 million", [1400000]),
        ("$2bn", [2000000000]),
        ("13.6M", [13600000]),
        ("4 hundred million", [400000000]),
        ("5 lakh", [500000]),
        ("two hundred and fifty", [250]),
        ("twenty-five", [25]),
        ("three hundred thousand", [300000]),
        ("a million", [1000000]),
        ("two dozen", [24]),
        ("half a million", [500000]),
        ("two and a half million", [2500000]),
        ("two-thirds", [2 / 3]),
        ("a third of them", [1 / 3]),
        ("one in five", [0.2]),
        ("nine out of 10", [0.9]),
        ("3½ years", [3.5]),
        ("1/16 of a pint", [0.0625]),
        ("minus-130 degrees", [-130]),
        ("one, two", [1, 2]),
        ("four five", [4, 5]),
        ("one hundred and", [100]),
        ("a third straight night", []),
        ("access to a third dose", []),
        ("talks about a third term", []),
        ("about a third said no", [1 / 3]),
        ("down to a third in May", [1 / 3]),
        ("a fifth-floor flat", []),
        ("", []),
    ],
)
def test_values(text: str, expected: list[float]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("dozens of homes", (12, 120)),
        ("thousands marched", (1000, 10000)),
        ("tens of thousands of birds", (10000, 100000)),
        ("hundreds of millions", (100000000, 1000000000)),
    ],
)
def test_vague_numbers_have_ends_and_no_value(text: str, ends: tuple[int, int]) -> None:
    [number] = find_numbers(text)
    assert (number.low, number.high) == ends
    assert number.value is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("40 km/h", "kilometre per hour"),
        ("40 miles", "mile"),
        ("12 °C", "celsius"),
        ("12 degrees Celsius", "celsius"),
        ("7 per cent", "percentage"),
        ("7%", "percentage"),
        ("60 basis points", "basis point"),
        ("900 sq ft", "square foot"),
        ("5.5kWh", "kilowatt hour"),
        ("10 Australian dollars", "australian dollar"),
        ("110 JPY", "japanese yen"),
        ("1,200€", "euro"),
        ("19 cents", "cent"),
        ("2 million pounds", "pound sterling"),
        ("193 pounds", "pound-mass"),
    ],
)
def test_units_behind(text: str, name: str) -> None:
    [number] = find_numbers(text)
    unit = unit_after(text, number.end, value=number.value, scale=number.scale)
    assert unit is not None
    assert unit.name == name


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("US$58", "dollar", "USD"),
        ("$A82", "australian dollar", "AUD"),
        ("£3", "pound sterling", "GBP"),
        ("RM23.50", "malaysian ringgit", "MYR"),
        ("USD10", "dollar", "USD"),
        ("₹900", "indian rupee", "INR"),
    ],
)
def test_currency_signs_before(text: str, name: str, code: str) -> None:
    [number] = find_numbers(text)
    unit = currency_before(text, number.start)
    assert unit is not None
    assert (unit.name, unit.code) == (name, code)


def test_words_that_are_no_units() -> None:
    assert unit_after("5G network", 1) is None
    assert unit_after("3 won seats", 1, value=3) is None
    assert currency_before("COP27", 3) is None


def test_rates() -> None:
    assert rate_after("$40 per barrel", 3) == ("barrel", 14)
    assert rate_after("$40 a month", 3) == ("month", 11)
    assert rate_after("$40 a year earlier", 3) is None
    assert rate_after("$40 a bargain", 3) is None


VOCABULARY = "12 1,400 $ € % - – to million dozens of one half a third and in km 2019 ½ / . , people US$ x 10 é ٣ bn"
PIECES = st.sampled_from([*VOCABULARY.split(" "), " ", "\n"])


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=60))
def test_numbers_stand_in_the_text_in_order(text: str) -> None:
    at = 0
    for number in find_numbers(text):
        assert at <= number.start < number.end <= len(text)
        at = number.end
        assert number.value is not None or (number.low is not None and number.high is not None)


@settings(deadline=None)
@given(st.integers(min_value=0, max_value=10**15))
def test_digits_with_separators_keep_their_value(value: int) -> None:
    assert values(f"about {value:,} of them") == [value]
