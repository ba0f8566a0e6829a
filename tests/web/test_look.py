"""The small parts of pages: how long ago, pages of lists, marks in hits."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.model import BLOCK_KINDS
from variorum.model.shelf import LibraryChange
from variorum.views.inert import inert
from variorum.web.finding import _month, marked
from variorum.web.look import Pager, ago, asset, beyond_topic, some, static, with_changed

NOW = datetime(2031, 5, 4, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("2031-05-04T11:59:40+00:00", "just now"),
        ("2031-05-04T11:55:00+00:00", "5 minutes ago"),
        ("2031-05-04T10:30:00+00:00", "1 hour ago"),
        ("2031-05-04T10:30:00", "1 hour ago"),
        ("2031-05-01T10:30:00+00:00", "1 May 2031"),
        ("2031-05-04T12:20:00+00:00", "in 20 minutes"),
        ("2031-05-04T15:00:00+00:00", "in 3 hours"),
        ("soon", "soon"),
        (None, ""),
    ],
)
def test_how_long_ago(when: str | None, words: str) -> None:
    assert ago(when, NOW) == words


def test_pages() -> None:
    pager = Pager(2, 25, 60, "/stories", [("words", "a b"), ("disputed", "1")])
    assert (pager.first, pager.upto, pager.last) == (26, 50, 3)
    assert pager.address(3) == "/stories?words=a+b&disputed=1&page=3"
    assert pager.address(1) == "/stories?words=a+b&disputed=1"
    assert Pager(1, 25, 0, "/stories").last == 1


def test_narrowing() -> None:
    given = [("q", "a&b"), ("page", "3"), ("speaker", "X")]
    assert with_changed("/search", given, speaker=None) == "/search?q=a%26b"
    assert with_changed("/search", given, outlet="Y") == "/search?q=a%26b&speaker=X&outlet=Y"


@pytest.mark.parametrize(
    ("month", "last"), [("2031-04", "30"), ("2031-02", "28"), ("2032-02", "29"), ("2100-02", "28"), ("2031-12", "31")]
)
def test_a_month_has_its_days(month: str, last: str) -> None:
    assert _month(month) == {"since": f"{month}-01", "until": f"{month}-{last}"}


def test_lists_and_topics() -> None:
    assert some(["a", "b", "c"], 2) == "a, b and 1 more"
    change = LibraryChange(number=1, when="", story="s", topic="new-statement", text="new statement of Ana Pires: “x”")
    assert beyond_topic(change) == "of Ana Pires: “x”"
    assert static("app.css").startswith("/static/app.css?v=") and ":root" in asset("page.css")


@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=700),
    st.lists(st.tuples(st.integers(0, 700), st.integers(0, 60)), max_size=8),
)
def test_marks_lose_no_words_and_let_nothing_through(text: str, places: list[tuple[int, int]]) -> None:
    marks = tuple(sorted((a, min(len(text), a + length)) for a, length in places if a < len(text)))
    made = str(marked(text, marks))
    assert not re.findall(r"<(?!/?mark>)", made)
    plain = unescape(made.replace("<mark>", "").replace("</mark>", ""))
    squeezed = re.sub(r"\s", "", inert(plain.removeprefix("… ").removesuffix(" …")))
    assert squeezed in re.sub(r"\s", "", inert(text))


def test_a_block_of_a_report_is_not_styled_as_a_part_of_the_application() -> None:
    """A block's kind is its class: a style of the application for a class of that name alone would take hold of it."""
    bare = set(re.findall(r"(?:^|[,}])\s*\.([a-z][\w-]*)(?=[\s,{:])", asset("app.css"), re.M))
    assert not bare & set(BLOCK_KINDS)
