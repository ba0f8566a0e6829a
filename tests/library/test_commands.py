"""The commands that work in a library, from adding to correcting and exporting."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tests.library.conftest import as_they_are, ferry_readings
from tests.library.test_settling import muddled, shuffled
from variorum import cli
from variorum.errors import BadRuling, NothingToDo, NotInLibrary, VariorumError
from variorum.library import Library
from variorum.model import codec

HARBOUR = Path(__file__).parents[2] / "examples" / "harbour"


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library with the ferry fire in it, named by the environment."""
    where = tmp_path / "library.sqlite"
    with Library.open(where, reader=as_they_are) as library:
        list(library.add(ferry_readings()))
    monkeypatch.setenv("VARIORUM_LIBRARY", str(where))
    monkeypatch.setenv("VARIORUM_NAME", "Ana")
    return where


def run(*words: str) -> Result:
    return CliRunner().invoke(cli.app, list(words))


def data(*words: str) -> Any:
    result = run(*words)
    assert result.exit_code == 0, (result.output, result.exception)
    return json.loads(result.stdout)


def lines(*words: str) -> list[Any]:
    result = run(*words)
    assert result.exit_code == 0, (result.output, result.exception)
    return [json.loads(line) for line in result.stdout.splitlines()]


def refused(*words: str) -> VariorumError:
    result = run(*words)
    assert isinstance(result.exception, VariorumError), (result.output, result.exception)
    assert "\n" not in str(result.exception)
    return result.exception


def test_adding_says_what_changed_and_can_be_given_twice(tmp_path: Path) -> None:
    where = str(tmp_path / "library.sqlite")
    one, other = sorted(map(str, HARBOUR.glob("*.txt")))[:2]
    first = run("add", one, "--library", where)
    assert "story opened" in first.stdout
    second = run("add", other, "--library", where)
    assert "second independent origin" in second.stdout
    assert "shares names" in " ".join(second.stdout.split()), "why it joined"
    assert "new difference" in second.stdout
    again = lines("add", one, other, "--library", where, "--format", "jsonl", "-q")
    assert [addition["outcome"] for addition in again] == ["known", "known"]
    (story,) = data("stories", "--library", where, "--format", "json")["stories"]
    assert story["reports"] == 2


def test_stories_are_listed_and_narrowed(shelf: Path) -> None:
    assert "3 reports" in run("stories").stdout
    assert data("stories", "--format", "json")["total"] == 1
    assert data("stories", "--since", "2040", "--format", "json")["total"] == 0
    assert data("stories", "ferry", "--disputed", "--order", "reports", "--format", "json")["total"] == 1
    assert run("stories", "--since", "tomorrow").exit_code == 2


def test_a_story_is_shown_as_collate_would(shelf: Path, tmp_path: Path) -> None:
    assert "Ministers meet in Zagreb" in run("show", "ferry fire").stdout
    record = data("show", "ferry fire", "--format", "json")
    assert len(record["reports"]) == 3
    target = tmp_path / "record.md"
    assert run("show", "ferry fire", "--format", "markdown", "-o", str(target)).exit_code == 0
    assert target.read_text("utf-8").startswith("# ")
    assert isinstance(refused("show", "nobody's story"), NotInLibrary)


def test_search_shows_hits_in_their_place(shelf: Path) -> None:
    found = data("search", "families account", "--kind", "statement", "--speaker", "velimirov", "--format", "json")
    assert found["total"] == 2
    shown = run("search", "families account", "--kind", "statement").stdout
    assert "full account of this fire" in " ".join(shown.split())
    assert "2 results" in shown
    assert data("search", "fire", "--until", "2030", "--format", "json")["total"] == 0


def test_a_ruling_by_the_commands(shelf: Path, tmp_path: Path) -> None:
    story = data("stories", "--format", "json")["stories"][0]["id"]
    made = run(
        "rule", "speaker", "--report", "a", "--words", "We owe the families a full account", "--speaker", "Bo Lind"
    )
    id = made.stdout.split(":")[0]
    shown = run("show", story).stdout
    assert "Bo Lind said" in shown
    assert "the program found said by Branko Velimirovac" in shown
    (listed,) = data("rulings", story, "--format", "json")
    assert (listed["who"], listed["id"]) == ("Ana", id)
    kept = tmp_path / "rulings.jsonl"
    assert run("export", "rulings", "-o", str(kept)).exit_code == 0
    assert run("unrule", id, "--why", "misheard").exit_code == 0
    assert data("rulings", "--holding", "--format", "json") == []
    assert "undone by Ana" in run("rulings").stdout
    assert run("rulings", "--import", str(kept)).exit_code == 0
    assert isinstance(refused("unrule", "nothing"), NotInLibrary)
    assert isinstance(refused("rule", "one-actor", "--name", "Bo"), BadRuling)
    assert isinstance(refused("rule", "speaker", "--words", "We owe", "--speaker", "Bo"), BadRuling)
    assert isinstance(refused("rule", "speaker", "--statement", "statement-1", "--speaker", "Bo"), BadRuling)
    assert isinstance(refused("rulings", "--import", str(tmp_path / "none")), NothingToDo)


def test_a_ruling_on_a_whole_statement(shelf: Path) -> None:
    story = data("stories", "--format", "json")["stories"][0]["id"]
    before = data("show", story, "--format", "json")
    chosen = max(before["statements"], key=lambda statement: len(statement["variants"]))
    assert len(chosen["variants"]) > 1
    run("rule", "speaker", "--story", story, "--statement", chosen["id"], "--speaker", "Bo Lind")
    after = data("show", story, "--format", "json")
    lind = next(actor["id"] for actor in after["actors"] if actor["name"] == "Bo Lind")
    said_by = {v["report"]: v["speaker"] for s in after["statements"] for v in s["variants"] if v["speaker"] == lind}
    assert set(said_by) == {variant["report"] for variant in chosen["variants"]}
    assert "other report" in run("rulings").stdout
    assert isinstance(
        refused("rule", "speaker", "--story", story, "--statement", "statement-99", "--speaker", "Bo"), BadRuling
    )


def test_exports_can_be_checked(shelf: Path, tmp_path: Path) -> None:
    target = tmp_path / "records.jsonl"
    assert run("export", "records", "-o", str(target)).exit_code == 0
    assert "all hold" in run("verify", str(target)).stdout
    assert [r["id"] for r in lines("export", "readings")] == ["a", "b", "c"]
    assert lines("export", "changes")[0]["topic"] == "story-opened"
    assert run("export", "csv", "--story", "ferry", "-o", str(tmp_path / "tables")).exit_code == 0
    assert list((tmp_path / "tables").glob("*.csv"))
    assert run("export", "parquet").exit_code == 2


def test_changes_are_listed(shelf: Path) -> None:
    every = lines("changes", "--format", "jsonl")
    assert lines("changes", "--format", "jsonl", "--limit", "1") == every[-1:]
    assert lines("changes", "--after", "1", "--format", "jsonl") == every[1:]
    assert "story opened" in run("changes", "ferry").stdout


def test_a_data_set_is_taken_up_without_reading(shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from variorum import dataset

    folder = tmp_path / "set"
    monkeypatch.setattr(dataset, "readings", lambda path: iter(ferry_readings()), raising=False)
    where = str(tmp_path / "new.sqlite")
    found = lines("add", "--dataset", str(folder), "--library", where, "--format", "jsonl", "-q")
    assert [addition["outcome"] for addition in found] == ["added"] * 3
    assert codec.to_data(ferry_readings()[0]) == next(
        r for r in lines("export", "readings", "--library", where) if r["id"] == "a"
    )


def test_what_cannot_be_opened_is_one_line(tmp_path: Path) -> None:
    bad = tmp_path / "no.sqlite"
    bad.write_text("this is no library, whatever its name says\n" * 50, "utf-8")
    assert str(bad) in str(refused("stories", "--library", str(bad)))
    refused("stories", "--library", "mysql://host/db")


def test_adding_nothing_is_said(shelf: Path) -> None:
    assert isinstance(refused("add"), NothingToDo)


def test_watching_nothing_is_said(shelf: Path) -> None:
    assert isinstance(refused("watch", "--once"), NothingToDo)
    assert run("watch", "--list").exit_code == 0


def test_the_bundled_story_comes_with_the_program(tmp_path: Path) -> None:
    shown = run("demo", "--evidence", "--out", str(tmp_path / "shown"))
    assert shown.exit_code == 0, (shown.output, shown.exception)
    assert "4 reports · 3 origins" in shown.stdout and "“This is a decisive hour" in shown.stdout
    assert (tmp_path / "shown" / "harbour.html").read_text("utf-8").startswith("<!doctype html>")
    assert "all hold" in run("verify", str(tmp_path / "shown" / "harbour.json")).stdout
    names = sorted(path.name for path in HARBOUR.glob("*.txt"))
    assert sorted(path.name for path in (tmp_path / "shown" / "harbour").iterdir()) == names
    where = str(tmp_path / "library.sqlite")
    assert "4 added" in run("add", "--example", "--library", where).stderr
    assert "4 known" in run("add", "--example", "--library", where).stderr
    (told,) = lines("changes", "--library", where, "--format", "jsonl", "--limit", "1")
    assert told["topic"]


def test_settling_tells_what_moved(tmp_path: Path) -> None:
    where = tmp_path / "library.sqlite"
    with Library.open(where, reader=as_they_are) as library:
        list(library.add(shuffled(muddled(1), 1)))
    changed = lines("settle", "--library", str(where), "--format", "jsonl")
    assert {"story-merged"} <= {change["topic"] for change in changed}
    again = run("settle", "--all", "--library", str(where))
    assert (again.stdout, again.exit_code) == ("", 0)
    assert "60 reports looked at, 0 moved" in again.stderr
