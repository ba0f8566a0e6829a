"""Rulings in a library: records follow at once, new reports and new readings keep to them, and all can be taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.library.conftest import as_they_are, ferry_readings, reading, shape
from tests.library.whole import faults
from variorum.errors import BadRecord, BadRuling, NotInLibrary
from variorum.library import Library
from variorum.model import Record, SearchQuery, Words

NAMES = ("Carmela Zahradnik", "Petros Kallidis")
SALT = (
    "Salt prices in Marrow rose again on Friday as traders feared a strike in the pans.\nBuyers held back their orders."
)


def bare(record: Record) -> Record:
    return replace(record, rulings=())


@pytest.fixture
def story(library: Library) -> str:
    """The story of the ferry fire."""
    return next(iter(library.add(ferry_readings()))).story


def words() -> Words:
    a = ferry_readings()[0]
    (content,) = a.statements[0].content
    return Words(report="a", start=content.start, end=content.end, text=content.of(a.text))


def test_a_ruling_shows_at_once_and_can_be_taken_back(library: Library, story: str) -> None:
    before = library.record(story)
    ruling = library.rule("one-actor", who="Ana", why="one family", story=story, names=NAMES)
    ruled = library.record(story)
    assert ruled.rulings[0].ruling == ruling
    assert bare(ruled) != before
    change = library.changes(limit=1000)[-1]
    undone = library.undo(ruling.id, who="Bo", why="they are two")
    assert (undone.undone_by, undone.undone_why) == ("Bo", "they are two")
    assert library.record(story) == before
    assert (change.topic, change.details) == ("ruling", {"ruling": ruling.id})
    assert library.rulings(holding=True) == ()
    assert library.rulings() == (undone,)
    with pytest.raises(BadRuling):
        library.undo(ruling.id, who="Bo")
    with pytest.raises(NotInLibrary):
        library.undo("nothing", who="Bo")


def test_a_ruling_outlives_new_reports_and_new_readings(library: Library) -> None:
    a, b, c = ferry_readings()
    (first, _) = library.add([a, b])
    library.rule("not-a-statement", who="Ana", words=words())
    library.rule("one-actor", who="Ana", story=first.story, names=(NAMES[0], "Branko Velimirovac"))
    list(library.add([c]))
    list(library.add([replace(a, figures=())]))
    record = library.record(first.story)
    assert len(record.reports) == 3
    assert [applied.took for applied in record.rulings] == [True, True]
    assert all(v.report != "a" or v.content[0].start != words().start for s in record.statements for v in s.variants)
    assert faults(library) == []


def test_a_ruling_on_words_holds_in_a_new_version(library: Library) -> None:
    a = replace(ferry_readings()[0], url="https://herald.example/ferry")
    (added,) = library.add([a])
    library.rule("not-a-statement", who="Ana", words=words())
    (revised,) = library.add([_shifted(a)])
    assert revised.outcome == "revised"
    assert library.record(added.story).statements == ()


def _shifted(a):  # type: ignore[no-untyped-def]
    """The same article with a line before it: everything stands elsewhere."""
    line = "Updated at noon.\n\n"
    move = len(line)
    return replace(
        reading("later", line + a.text, "2031-05-07", url=a.url),
        statements=tuple(
            replace(s, content=tuple(type(e)(e.start + move, e.end + move) for e in s.content), source=None, cue=None,
                    addressee=None, speaker=None)
            for s in a.statements
        ),
    )  # fmt: skip


def test_where_reports_belong_is_ruled_and_taken_back(library: Library, story: str) -> None:
    (salt,) = library.add([reading("salt", SALT, "2031-05-07")])
    before, record = shape(library), library.record(story)
    merged = library.merge([story, salt.story], who="Ana", why="one affair")
    assert shape(library) == {merged: frozenset({"a", "b", "c", "salt"})}
    (ruling,) = library.rulings()
    assert ruling.found.startswith("2 stories: ")
    assert library.record(merged).rulings[0].ruling == ruling
    library.undo(ruling.id, who="Ana")
    assert shape(library) == before
    assert library.record(story) == record
    assert faults(library) == []


def test_a_story_is_split_and_stays_so(library: Library, story: str) -> None:
    new = library.split(story, ["c"], who="Ana", why="another fire")
    assert shape(library) == {story: frozenset({"a", "b"}), new: frozenset({"c"})}
    (later,) = library.add([replace(ferry_readings()[2], id="c2", outlet="Other")])
    assert library.story_of("c") != library.story_of("a")
    assert later.story in (story, new)
    assert faults(library) == []
    with pytest.raises(BadRuling):
        library.split(library.story_of("a"), ["nothing"], who="Ana")
    with pytest.raises(BadRuling):
        library.split(library.story_of("a"), library.store.reports_of(library.story_of("a")), who="Ana")


def test_a_split_is_taken_back(library: Library, story: str) -> None:
    before = shape(library), library.record(story)
    library.split(story, ["c"], who="Ana")
    library.undo(library.rulings()[0].id, who="Bo")
    assert (shape(library), library.record(story)) == before
    assert faults(library) == []


def test_a_ruling_on_where_a_report_belongs_holds_for_a_process_that_starts_later(
    library: Library, address: str
) -> None:
    (one, *_) = library.add(ferry_readings())
    library.split(one.story, ["c"], who="Ana")
    with Library.open(address, reader=as_they_are) as other:
        list(other.add([replace(ferry_readings()[1], id="b2", outlet="Other")]))
        assert other.story_of("c") != other.story_of("a")
        assert faults(other) == []


def test_a_ruling_on_names_may_hold_in_all_stories(library: Library, story: str) -> None:
    library.rule("one-actor", who="Ana", names=NAMES)
    assert len(library.record(story).rulings) == 1
    assert library.search(SearchQuery(speaker="Kallidis", kinds=("statement",))).total == 0, (
        "he is called Zahradnik now"
    )


def test_rulings_go_from_one_library_to_another(library: Library, story: str, tmp_path) -> None:  # type: ignore[no-untyped-def]
    library.rule("one-actor", who="Ana", story=story, names=NAMES)
    library.rule("not-a-statement", who="Ana", words=words())
    gone = library.rule("one-origin", who="Bo", reports=["a", "b"])
    library.undo(gone.id, who="Bo")
    text = library.export_rulings()
    with Library.open(tmp_path / "other.sqlite", reader=as_they_are) as other:
        assert other.import_rulings(text) == 3, "before the reports are there"
        list(other.add(ferry_readings()))
        assert other.record(story) == library.record(story)
        assert other.export_rulings() == text
        assert other.import_rulings(text) == 0
        with pytest.raises(BadRecord):
            other.import_rulings('{"id": 5}\n')


@pytest.mark.parametrize(
    ("field", "asked"),
    [
        ("story", {"kind": "one-actor", "names": NAMES, "story": "nothing"}),
        ("names", {"kind": "one-actor", "names": ("Nobody", "No one"), "story": "STORY"}),
        ("words", {"kind": "not-a-statement", "words": Words(report="no", start=0, end=2, text="We")}),
        ("words", {"kind": "not-a-statement", "words": Words(report="a", start=0, end=9, text="never said")}),
        ("reports", {"kind": "same-story", "reports": ["a", "nothing"]}),
        ("difference", {"kind": "immaterial", "story": "STORY", "difference": "difference-99"}),
        ("story", {"kind": "immaterial", "difference": "difference-1"}),
    ],
)
def test_what_is_not_there_cannot_be_ruled_on(
    library: Library, story: str, field: str, asked: dict[str, object]
) -> None:
    given = {key: story if value == "STORY" else value for key, value in asked.items()}
    with pytest.raises(BadRuling) as caught:
        library.rule(who="Ana", **given)  # type: ignore[arg-type]
    assert caught.value.field == field
    assert library.rulings() == ()
