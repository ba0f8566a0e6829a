"""Adding to a library: what is new, known or changed; stories and records that follow; what is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.library.conftest import as_they_are, ferry_readings, generated, reading, shape, toll
from variorum import collation
from variorum.errors import IntakeError, NotInLibrary, StoreError
from variorum.library import Library
from variorum.model import SearchQuery, StoryQuery, codec


def test_the_record_is_what_collation_makes_of_all_reports(library: Library) -> None:
    for one in ferry_readings():
        list(library.add([one]))
    (line,) = library.stories().stories
    record = library.record(line.id)
    assert {r.id for r in record.reports} == {"a", "b", "c"}
    assert collation.verify(record) == ()
    assert (line.reports, line.origins, line.differences) == (3, record.lineage.independent, len(record.differences))
    assert library.counts().statements == len(record.statements)


def test_adding_again_changes_nothing(library: Library) -> None:
    first = list(library.add(ferry_readings()))
    before, changes = shape(library), library.changes(limit=1000)
    again = list(library.add(ferry_readings()))
    assert [a.outcome for a in first] == ["added"] * 3
    assert [a.outcome for a in again] == ["known"] * 3
    assert [(a.report, a.story) for a in again] == [(a.report, a.story) for a in first]
    assert (shape(library), library.changes(limit=1000)) == (before, changes)


def test_a_report_twice_in_one_batch_is_there_once(library: Library) -> None:
    one = ferry_readings()[0]
    assert [a.outcome for a in library.add([one, one])] == ["added", "known"]
    assert library.counts().reports == 1


def test_what_is_known_is_not_read_again(address: str) -> None:
    read: list[str] = []

    def counting(reports, workers):  # type: ignore[no-untyped-def]
        for report in as_they_are(reports, workers):
            read.append(report.id)
            yield report

    with Library.open(address, reader=counting) as library:
        texts = [f"The mill at Orsk burned down, {n} families said." for n in range(3)]
        list(library.add(texts))
        assert [a.outcome for a in library.add([*texts, "Another mill stands."])] == ["known"] * 3 + ["added"]
    assert len(read) == 4


def test_different_reports_may_share_an_id(library: Library) -> None:
    one = reading("1", "The ferry from Velden sank off the mole before dawn.", outlet="Post")
    other = reading("1", "Budget talks in Marrow broke down over the price of salt.", outlet="Herald")
    found = list(library.add([one, other]))
    assert [a.outcome for a in found] == ["added", "added"]
    assert len({a.report for a in found}) == 2
    assert library.report(found[1].report).text == other.text


def test_a_changed_page_is_a_new_version(library: Library) -> None:
    first = toll("early", "2031-05-05", 11, url="https://herald.example/ferry")
    later = toll("late", "2031-05-05", 34, url="https://www.herald.example/ferry?utm_source=x")
    (added,) = library.add([first])
    (revised,) = library.add([later])
    assert (revised.outcome, revised.story) == ("revised", added.story)
    assert library.versions(revised.report) == (added.report, revised.report)
    record = library.record(added.story)
    assert [r.id for r in record.reports] == [revised.report], "a version is no second report"
    assert library.report(added.report).text == first.text, "the old version stays readable"
    told = [change.text for change in revised.changes]
    assert any("toll revised: 11 → 34 (dead in Split)" in text for text in told), told
    assert any("has changed its report" in text for text in told), told
    assert library.story(added.story).reports == 1


def test_another_article_at_an_address_is_no_version(library: Library) -> None:
    front = "https://herald.example/"
    one = reading("m", "The ferry from Velden sank off the mole before dawn, rescuers said.", url=front)
    other = reading("n", "Budget talks in Marrow broke down over the price of salt and grain.", url=front)
    assert [a.outcome for a in library.add([one, other])] == ["added", "added"]
    assert [a.outcome for a in library.add([other])] == ["known"]


def test_an_id_of_an_outlet_names_a_place_as_well(library: Library) -> None:
    first, later = toll("item-7", "2031-05-05", 11), toll("item-7", "2031-05-06", 12)
    assert [a.outcome for a in library.add([first, later])] == ["added", "revised"]


def test_another_reading_of_a_known_report_takes_the_place_of_the_first(library: Library) -> None:
    full = ferry_readings()[0]
    bare = replace(full, statements=(), figures=(), events=(), journeys=(), positions=(), actors=(), names=())
    (added,) = library.add([bare])
    assert library.record(added.story).statements == ()
    (again,) = library.add([full])
    assert again.outcome == "known"
    assert library.report("a") == full
    assert library.record(added.story).statements
    assert library.search(SearchQuery(kinds=("statement",))).total > 0


def test_one_process_or_one_for_each_report_is_the_same(address: str, tmp_path: Path) -> None:
    reports = generated(36)
    with Library.open(tmp_path / "long.sqlite", reader=as_they_are) as library:
        for one in reports:
            list(library.add([one]))
        long_lived = shape(library)
    for one in reports:
        with Library.open(address, reader=as_they_are) as library:
            list(library.add([one]))
    with Library.open(address, reader=as_they_are) as library:
        assert shape(library) == long_lived
        assert len(long_lived) > 3
        for line in library.all_stories():
            assert collation.verify(library.record(line.id)) == ()


def test_two_who_add_by_turns_see_each_other(address: str, tmp_path: Path) -> None:
    reports = generated(24)
    with Library.open(tmp_path / "alone.sqlite", reader=as_they_are) as library:
        for one in reports:
            list(library.add([one]))
        alone = shape(library)
    with Library.open(address, reader=as_they_are) as one, Library.open(address, reader=as_they_are) as other:
        for n, report in enumerate(reports):
            list((one, other)[n % 3 % 2].add([report]))
        assert shape(one) == shape(other) == alone


def test_every_line_of_the_list_is_that_of_its_record(library: Library) -> None:
    list(library.add(generated(40)))
    seen = 0
    for line in library.all_stories():
        record = library.record(line.id)
        assert (line.title, line.reports, line.origins) == (
            record.title,
            len(record.reports),
            record.lineage.independent,
        )
        seen += line.reports
    assert seen <= library.counts().reports == 40


def test_what_cannot_become_a_report_is_told_and_the_rest_goes_on(library: Library) -> None:
    refused: list[IntakeError] = []
    given = [{"nothing": 1}, "The mill at Orsk burned down before dawn, families said.", {"text": 5}]
    assert len(list(library.add(given, on_reject=refused.append))) == 1
    assert len(refused) == 2
    with pytest.raises(IntakeError):
        list(library.add([{"nothing": 1}]))


def test_a_fault_of_collation_costs_no_report(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("a hundred")

    monkeypatch.setattr(collation, "collate", broken)
    (added,) = library.add([ferry_readings()[0]])
    record = library.record(added.story)
    assert any("a fault of the program (ZeroDivisionError" in note for note in record.reports[0].notes)
    monkeypatch.undo()
    list(library.add(ferry_readings()))
    assert len(library.record(added.story).reports) == 3
    assert library.record(added.story).statements


def test_what_is_not_there_is_said(library: Library) -> None:
    for ask in (library.story, library.record, library.report, library.versions, library.story_of):
        with pytest.raises(NotInLibrary):
            ask("nothing")


def test_a_story_is_found_by_what_people_call_it(library: Library) -> None:
    (added, *_) = library.add(ferry_readings())
    for words in (added.story, added.story[:4], "ferry fire", "dozens dead"):
        assert library.find_story(words).id == added.story
    with pytest.raises(NotInLibrary):
        library.find_story("nobody's story")


def test_the_list_can_be_narrowed(library: Library) -> None:
    list(library.add([*ferry_readings(), reading("x", "Salt prices in Marrow rose again on Friday.", "2031-08-01")]))
    assert library.stories(StoryQuery(disputed=True)).total == 1
    assert library.stories(StoryQuery(since="2031-06-01")).total == 1
    assert library.stories(StoryQuery(least_origins=2)).total == 1
    assert library.stories().total == 2


def test_a_failed_writing_leaves_everything_as_it_was(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    list(library.add(generated(20)))
    before = shape(library)
    more = generated(30)[20:]

    def full(*_: object, **__: object) -> None:
        raise StoreError("library: the disk is full")

    from variorum.store import Transaction

    monkeypatch.setattr(Transaction, "add_changes", full)
    with pytest.raises(StoreError, match="disk is full"):
        list(library.add(more))
    monkeypatch.undo()
    assert shape(library) == before
    assert [a.outcome for a in library.add(more)].count("known") == 0
    assert library.counts().reports == 30


def test_the_order_of_what_is_told_counts_up(library: Library) -> None:
    additions = list(library.add(generated(30)))
    told = [change for addition in additions for change in addition.changes]
    every = library.changes(limit=1000)
    assert [change.number for change in every] == list(range(1, len(every) + 1))
    assert sorted(told, key=lambda c: c.number) == list(every)
    assert library.changes(after=every[3].number, limit=2) == every[4:6]
    assert codec.to_json(every[0])
