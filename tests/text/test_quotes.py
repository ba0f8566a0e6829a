"""Quotation marks: what is one, what it pairs with, and that a bad one costs no more than its paragraph."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.text.quotes import Quotation, find_quotations


def shown(text: str) -> list[str]:
    return [text[q.start : q.end] for q in find_quotations(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("“We will go,” she said. “Now.”", ["“We will go,”", "“Now.”"]),
        ('"We will go," she said. "Now."', ['"We will go,"', '"Now."']),
        ("‘We will go,’ she said.", ["‘We will go,’"]),
        ("Er sagte: „Wir gehen.“ Und ging.", ["„Wir gehen.“"]),
        ("Il a dit « Nous partons » hier.", ["« Nous partons »"]),
        ("Han sagde »vi går« i dag.", ["»vi går«"]),
        ("``We will go,'' she said.", ["``We will go,''"]),
        ("''We will go,'' she said.", ["''We will go,''"]),
        ('“We will go," she said.', ['“We will go,"']),
        ("They called it ‘a farce’ in May.", ["‘a farce’"]),
    ],
)
def test_marks_of_many_kinds(text: str, wanted: list[str]) -> None:
    assert shown(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "The workers’ union won’t meet in the ’90s.",
        "The workers' union won't meet in the '90s.",
        "Rock 'n' roll is the judges' choice.",
        "He is 6'2 and she is 5'1.",
    ],
)
def test_apostrophes_are_no_quotation_marks(text: str) -> None:
    assert shown(text) == []


def test_an_apostrophe_does_not_close_a_quotation() -> None:
    text = "‘the nurses’ pay is too low,’ he said"
    assert shown(text) == ["‘the nurses’ pay is too low,’"]


def test_nested_quotations_have_depth() -> None:
    text = "“She said ‘no’ twice,” he said."
    assert [(text[q.start : q.end], q.depth) for q in find_quotations(text)] == [
        ("“She said ‘no’ twice,”", 0),
        ("‘no’", 1),
    ]


def test_the_same_marks_may_be_nested() -> None:
    assert shown("“They called it “very” good,” he said.") == ["“They called it “very” good,”", "“very”"]


def test_a_quotation_that_goes_on_is_open_to_the_end() -> None:
    text = "“We will go. "
    assert find_quotations(text) == (Quotation(0, 12, closed=False, closing=0),)


def test_a_missing_closing_mark_costs_only_its_own_quotation() -> None:
    assert shown("“We will go, she said. “Now.”") == ["“Now.”"]


def test_a_closing_mark_without_an_opening_one_is_none() -> None:
    assert shown("the wars and the storms.” He thanked them.") == []


def test_inner_is_without_the_marks() -> None:
    text = "``Go,'' she said."
    start, end = find_quotations(text)[0].inner
    assert text[start:end] == "Go,"


@pytest.mark.parametrize("unit", ['"', "“", "”", "'a ", '" a', "“a”", "‘“", "''", "»«"])
def test_a_million_marks_are_paired(unit: str) -> None:
    """Pairing that looked back over the text for each mark would not come to its end here."""
    text = unit * (1_000_000 // len(unit))
    for quotation in find_quotations(text):
        assert 0 <= quotation.start < quotation.end <= len(text)


@given(st.text(alphabet="ab .,sS1\n“”\"'‘’„«»`-", max_size=60))
def test_quotations_lie_in_the_text_and_nest(text: str) -> None:
    found = find_quotations(text)
    assert found == find_quotations(text)
    assert list(found) == sorted(found)
    for quotation in found:
        start, end = quotation.inner
        assert 0 <= quotation.start < start <= end <= quotation.end <= len(text)
    for one in found:
        for other in found:
            apart = one.end <= other.start or other.end <= one.start
            inside = (
                one.start <= other.start <= other.end <= one.end or other.start <= one.start <= one.end <= other.end
            )
            assert apart or inside
