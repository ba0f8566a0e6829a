"""What holds for every input: spans slice back, nothing raises, the same input gives the same report."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.intake.intake_samples import PAGE, STORY
from variorum.intake import report_from_text
from variorum.intake.page import report_from_html
from variorum.model import Report

LINES = st.sampled_from(
    [
        *STORY.split("\n"), "", "  indented words of a paragraph", "\u202bعنوان الخبر", "1,200 people", "By A. N. Other", "(AFP)", "“", "‘’", "…", "\0", "\u2028",
        "OSLO (AP) —", "OSLO, May 5 (Reuters) - ", "© 2024", "Photo: X/Reuters", "READ MORE: a b c", "-", "* item", "Comments", "12:30", "\ufeff",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=400), st.lists(LINES, max_size=30).map("\n".join), st.lists(LINES, max_size=30).map("\r\n".join)
)


def check(report: Report) -> None:
    last = 0
    for block in report.blocks:
        assert last <= block.start < block.end <= len(report.text)
        words = report.text[block.start : block.end]
        assert words.strip() and not words[0].isspace() and not words[-1].isspace()
        last = block.end
    for extent in (report.headline, *report.bylines):
        assert extent is None or extent.of(report.text).strip()
    for credit in report.credits:
        assert report.text[credit.start : credit.end].strip()
    for dated in (report.dateline, report.published):
        if dated is not None and dated.start is not None and dated.end is not None:
            assert report.text[dated.start : dated.end].strip()


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_texts(text: str) -> None:
    report = report_from_text(text, id="a")
    assert report.text == text
    check(report)
    assert report == report_from_text(text, id="a")
    assert any(b.kind in ("body", "list", "dateline") for b in report.blocks) or not report.blocks


@settings(max_examples=40, deadline=None)
@given(st.integers(min_value=0, max_value=2**32))
def test_mutated_pages(seed: int) -> None:
    rng = random.Random(seed)
    # without scripts and styles: one that is left open hides all that follows, in browsers too
    page = PAGE[PAGE.index("<body>") : PAGE.rindex("<script>")]
    for _ in range(rng.randint(1, 12)):
        at, length = rng.randrange(len(page)), rng.randint(0, 200)
        insert = rng.choice(
            [
                "",
                "<",
                ">",
                "<div>",
                "</div>",
                "<p>",
                '"',
                "\0",
                "\ufffd",
                "<table>",
                "<br><br>",
                "&#x0;",
                "&amp",
                "<![CDATA[",
                "\u202e",
                "<svg>",
                "x" * 500,
            ]
        )
        page = page[:at] + insert + page[at + length :]
    report = report_from_html(page, id="a")
    check(report)
    assert report == report_from_html(page, id="a")


@pytest.mark.parametrize(
    "text",
    [
        "“" * 1_000_000,
        '"' * 1_000_000,
        "a" * 5_000_000,
        "word " * 300_000,
        "line\n" * 40_000,
        "The council met again. " * 60_000,
        ("The council met again, and no vote was taken by its members.\n") * 15_000,
        "(" * 200_000,
        STORY * 700,
        "A headline of another story\n\n" * 20_000 + "The council met again, its head said, and took no vote on it.",
        "Oslo, " * 100_000,
        "A " * 200_000,
        "Home\nWar in the north now\n" * 20_000 + STORY,
        STORY + "\nRelated\n" + "Why so late?\nIt was wet.\n" * 20_000,
    ],
)
def test_large_texts_come_to_an_end(text: str) -> None:
    check(report_from_text(text, id="a"))
