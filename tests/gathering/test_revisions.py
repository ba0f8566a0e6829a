"""A changed text at the same address is a new version, not a new report."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import variorum
from tests.gathering.conftest import report
from variorum.collation import verify
from variorum.gathering import partition, revisions
from variorum.gathering.versions import address

FIRST = """A landslide buried part of a village near Pokhara on Friday, killing nine people, police said.
Rescue teams dug through the mud with their hands until heavy machinery arrived from the valley.
Roads into the district remain closed."""
SECOND = """A landslide buried part of a village near Pokhara on Friday, killing fourteen people, police said.
Rescue teams dug through the mud with their hands until heavy machinery arrived from the valley.
The prime minister flew over the area on Saturday and promised new houses before the monsoon."""
URL = "https://www.example.org/world/landslide"


def test_what_changed_is_told() -> None:
    old = report("v1", FIRST, "2031-07-04T09:00:00", url=URL)
    new = report("v2", SECOND, "2031-07-05T08:00:00", url=URL + "?utm_source=mail#top")
    (revision,) = revisions([new, old])
    assert (revision.earlier, revision.later, revision.date) == ("v1", "v2", "2031-07-05T08:00:00")
    told = {
        change.kind: (
            change.before and FIRST[change.before.start : change.before.end],
            change.after and SECOND[change.after.start : change.after.end],
        )
        for change in revision.changes
    }
    assert set(told) == {"figure", "added", "removed"}
    before, after = told["figure"]
    assert before and after and "nine" in before and "fourteen" in after
    assert told["added"][0] is None and "houses" in str(told["added"][1])
    assert "closed" in str(told["removed"][0]) and told["removed"][1] is None


def test_versions_are_one_origin_of_one_story() -> None:
    old = report("v1", FIRST, "2031-07-04", url=URL)
    new = report("v2", SECOND, "2031-07-05", url=URL)
    (story,) = partition([old, new])
    assert story.lineage.independent == 1
    assert [r.later for r in story.revisions] == ["v2"]


def test_another_address_is_another_report() -> None:
    assert revisions([report("a", FIRST, url=URL), report("b", SECOND, url=URL + "-2")]) == ()
    assert revisions([report("a", FIRST), report("b", SECOND)]) == ()


def test_the_same_text_again_is_no_revision() -> None:
    assert revisions([report("a", FIRST, url=URL), report("b", FIRST, url=URL)]) == ()


def test_a_front_page_with_other_news_is_no_version() -> None:
    other = "Voters in Bergen elected a mayor of twenty-two, the youngest ever, after a recount that took all night."
    assert revisions([report("a", FIRST, url=URL), report("b", other, url=URL)]) == ()


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://www.Example.org/a/", "example.org/a"),
        ("https://example.org/a?id=3&utm_medium=x", "example.org/a?id=3"),
        ("https://example.org/a?fbclid=1#c", "example.org/a"),
        ("not an address", None),
        ("http://[broken", None),
        (None, None),
    ],
)
def test_addresses(url: str | None, expected: str | None) -> None:
    assert address(report("a", "", url=url)) == expected


def test_long_versions_are_compared_in_bounded_time() -> None:
    old = report("v1", "\n".join(["No news."] * 4000), url=URL)
    new = report("v2", "\n".join(["No news."] * 2000 + ["No news.", "Eleven hurt."] * 1000), url=URL)
    (revision,) = revisions([old, new])
    assert revision.changes


def test_versions_that_kept_little_of_their_wording_are_still_of_one_origin() -> None:
    opening = "The mayor of Lisbon opened the bridge on Monday. Thousands came to the river to see it. "
    texts = (
        "It cost nine million euros, the council said. The work began in 2019 after a long dispute over money and trees.",
        "Police closed two roads on Tuesday after a crack was seen in a pillar, and engineers were sent in boats to look.",
    )
    reports = [
        {"id": name, "text": opening + text, "url": "https://paper.example/bridge", "published": day}
        for name, text, day in zip("ab", texts, ("2024-05-01", "2024-05-02"), strict=True)
    ]
    (record,) = variorum.collate(reports, together=True)
    assert [(r.earlier, r.later) for r in record.revisions] == [("a", "b")]
    assert record.lineage.independent == 1
    assert verify(record) == ()
