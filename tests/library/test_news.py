"""What is told of a change: in plain words, and nothing that did not change."""

from __future__ import annotations

from dataclasses import replace

from tests.library.conftest import ferry_readings, reading, toll
from variorum.library import Library, news
from variorum.model import LibraryChange


def topics(changes: tuple[LibraryChange, ...]) -> list[str]:
    return [change.topic for change in changes]


def test_a_story_is_told_by_steps(library: Library) -> None:
    a, b, c = ferry_readings()
    (first,) = library.add([a])
    assert topics(first.changes)[0] == "story-opened"
    (second,) = library.add([b])
    assert "report-added" in topics(second.changes)
    assert any(change.text.startswith("second independent origin: ") for change in second.changes)
    assert "new-difference" in topics(second.changes)
    (third,) = library.add([c])
    assert any(change.text.startswith("third independent origin: ") for change in third.changes)
    assert library.story(first.story).latest


def test_a_record_compared_with_itself_has_no_news(library: Library) -> None:
    (added, *_) = library.add(ferry_readings())
    record = library.record(added.story)
    assert list(news.compared(record, record)) == []


def test_a_copy_is_no_new_origin(library: Library) -> None:
    first = toll("x", "2031-05-05", 11)
    list(library.add([first]))
    (copy,) = library.add([replace(first, id="y", outlet="Island Post")])
    assert topics(copy.changes) == ["report-added"]


def test_a_later_count_in_another_report_is_a_revision(library: Library) -> None:
    list(library.add([toll("x", "2031-05-05", 11)]))
    later = replace(toll("y", "2031-05-06", 34), outlet="Island Post")
    (added,) = library.add([later])
    told = [change.text for change in added.changes if change.topic == "figure-revised"]
    assert told == ["toll revised: 11 → 34 (dead in Split), Island Post"]
    assert "new-difference" not in topics(added.changes), "a later figure does not contradict an earlier one"


def test_a_report_that_moves_is_told_where_it_went(library: Library) -> None:
    text = (
        "The quarry at Lunz flooded, engineers said, and forty pumps were sent from the coast.\nWorkers left in time."
    )
    other = "Salt prices in Marrow rose again on Friday as traders feared a strike in the pans.\nBuyers held back."
    one, two = library.add([reading("q", text, "2031-03-01"), reading("s", other, "2031-03-01")])
    assert one.story != two.story
    story = library.merge([one.story, two.story], who="Ana")
    told = [c.text for c in library.changes(limit=100) if c.topic == "story-merged"]
    assert len(told) == 1
    assert "became part of this story: " in told[0]
    assert {r.id for r in library.record(story).reports} == {"q", "s"}


def test_what_is_gone_is_told(library: Library) -> None:
    (added, *_) = library.add(ferry_readings())
    old = library.record(added.story)
    gone = replace(old, differences=old.differences[1:])
    told = list(news.compared(old, gone))
    assert all(item.topic == "difference-gone" for item in told)
    aside = replace(gone, set_aside=old.differences[:1])
    assert list(news.compared(old, aside)) == [], "what a person set aside is told by the ruling"
