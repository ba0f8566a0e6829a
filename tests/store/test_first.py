"""Tests: a library is made, written, read and searched."""

from __future__ import annotations

from pathlib import Path

from variorum.model import Published, Reading
from variorum.model.shelf import SearchQuery, StoryLine
from variorum.store import EntryRow, open_store


def test_what_is_put_is_there_when_the_library_is_opened_again(tmp_path: Path) -> None:
    text = "The ferry to Durrës was late, the harbour master said."
    reading = Reading(id="r1", text=text, outlet="The Gull", published=Published(date="2031-02-03", basis="metadata"))
    line = StoryLine(
        id="s1", title="Late ferry", first="2031-02-03", last="2031-02-03", reports=1, outlets=("The Gull",), origins=1,
        differences=0, disputed=(), changed="2031-02-04T00:00:00Z",
    )  # fmt: skip
    entry = EntryRow(kind="statement", report="r1", entry="t1", start=0, end=28, speaker="the harbour master")
    with open_store(tmp_path / "library.sqlite") as store, store.write() as tx:
        tx.put_report(reading, key=b"key", day=1, bands=[5, 6], story="s1", address=None, digest="d1")
        tx.put_story(line, b"{}", [entry])
    with open_store(tmp_path / "library.sqlite") as store:
        assert store.reading("r1") == reading
        assert store.story_line("s1") == line
        assert store.record_json("s1") == b"{}"
        (hit,) = store.search(SearchQuery(words="durres", kinds=("statement",))).hits
        assert hit.text[slice(*hit.marks[0])] == "Durrës"
