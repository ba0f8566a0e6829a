"""Data sets: what is in them, that they do not depend on how they were made, and that a run goes on where it was."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as pads
import pytest

from tests.dataset.corpus import english_rows, german_rows, write_lines
from variorum import api, dataset
from variorum.dataset import layout as layouts
from variorum.dataset.schemas import ORDER, schema_of
from variorum.engine import Serial
from variorum.errors import BadDataset, NothingToDo
from variorum.gathering import partition


def rows(out: Path, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = pads.dataset(out / table, partitioning="hive").to_table().to_pylist()
    return found


def manifest(out: Path) -> dict[str, Any]:
    made: dict[str, Any] = json.loads((out / "manifest.json").read_text("utf-8"))
    return made


def content(out: Path) -> dict[str, Any]:
    """What must be the same however a data set was made."""
    made = manifest(out)
    return {name: table["hash"] for name, table in made["tables"].items()} | {"files": made["files"]}


def stories(out: Path) -> set[frozenset[str]]:
    by_story: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows(out, "reports"):
        by_story[row["story"]].add(row["report"])
    return set(map(frozenset, by_story.values()))


class TestTables:
    def test_every_table_has_its_columns_and_rows(self, made: Path) -> None:
        told = manifest(made)["tables"]
        assert list(told) == list(ORDER)
        for name in ORDER:
            if not told[name]["rows"]:
                continue
            table = pads.dataset(made / name, partitioning="hive").to_table()
            assert table.num_rows == told[name]["rows"]
            assert table.schema.names == told[name]["columns"]
            for field in schema_of(name):
                assert table.schema.field(field.name).type == field.type
        assert {name for name in ORDER if told[name]["rows"]} >= {
            "reports",
            "statements",
            "figures",
            "actors",
            "stories",
        }

    def test_every_report_is_there_once(self, made: Path) -> None:
        given = [row["id"] for row in (*english_rows(), *german_rows())]
        assert sorted(row["report"] for row in rows(made, "reports")) == sorted(given)

    def test_every_row_stands_on_words(self, made: Path) -> None:
        texts = {row["report"]: row["text"] for row in rows(made, "reports")}
        checked = 0
        for name in ORDER:
            for row in rows(made, name) if manifest(made)["tables"][name]["rows"] else ():
                assert row["report"] in texts
                if row.get("start") is not None:
                    assert texts[row["report"]][row["start"] : row["end"]] == row["words"] != ""
                    checked += 1
                for piece in row.get("content") or ():
                    assert texts[row["report"]][piece["start"] : piece["end"]] in row["words"]
                    checked += 1
        assert checked > 50

    def test_rows_lie_where_their_report_does(self, made: Path) -> None:
        home = {row["report"]: (row["date"], row["language"]) for row in rows(made, "reports")}
        assert {language for _, language in home.values()} == {"en", "de"}
        for name in ("statements", "figures", "stories", "actors"):
            assert all((row["date"], row["language"]) == home[row["report"]] for row in rows(made, name))

    def test_readings_come_back_as_they_were_read(self, made: Path) -> None:
        given = {row["id"]: row for row in english_rows()}
        found = {one.id: one for one in dataset.readings(made)}
        assert len(found) == manifest(made)["tables"]["reports"]["rows"]
        read = api.read_many({**row, "location": found[id].location} for id, row in given.items())
        for one in read:
            assert found[one.id] == one

    def test_a_report_that_is_not_read_says_so(self, made: Path) -> None:
        german = next(one for one in dataset.readings(made) if one.language == "de")
        assert not german.statements
        assert "not read: its language (de)" in german.notes[-1]

    def test_readings_by_date(self, made: Path) -> None:
        some = list(dataset.readings(made, since="2031-03-08", until="2031-03-09"))
        assert some
        assert {one.published.date for one in some if one.published} <= {"2031-03-08", "2031-03-09"}

    def test_one_event_is_one_story_also_over_the_end_of_a_week(self, made: Path) -> None:
        by_event: defaultdict[str, set[str]] = defaultdict(set)
        for row in english_rows():
            by_event[row["id"].split("-")[0]].add(row["id"])
        assert {frozenset(event) for event in by_event.values()} <= stories(made)
        assert any(
            len({row["date"] for row in rows(made, "reports") if row["report"] in event}) > 1
            for event in by_event.values()
        )


class TestTheSame:
    def test_in_two_runs_as_in_one(self, made: Path, tmp_path: Path) -> None:
        every = [*english_rows(), *german_rows()]
        random.Random(4).shuffle(every)
        half = len(every) // 2
        first, second = write_lines(tmp_path / "a.jsonl", every[:half]), write_lines(tmp_path / "b.jsonl", every[half:])
        out = tmp_path / "out"
        dataset.run([str(first)], out, engine=Serial())
        before = stories(out)
        done = dataset.run([str(first), str(second)], out, engine=Serial())
        assert (done.known, done.inputs) == (1, 1)
        assert stories(out) == stories(made) != before
        locations = {name: table["hash"] for name, table in manifest(out)["tables"].items() if name != "reports"}
        assert locations.items() <= {name: t["hash"] for name, t in manifest(made)["tables"].items()}.items()

    def test_whatever_the_order_of_the_inputs(self, inputs: tuple[str, ...], made: Path, tmp_path: Path) -> None:
        dataset.run(reversed(inputs), tmp_path / "out", engine=Serial())
        assert (tmp_path / "out" / "manifest.json").read_bytes() == (made / "manifest.json").read_bytes()

    def test_again_and_nothing_is_done(self, inputs: tuple[str, ...], made: Path) -> None:
        before = (made / "manifest.json").read_bytes()
        done = dataset.run(inputs, made, engine=Serial())
        assert (done.inputs, done.known, done.reports, done.stories) == (0, 2, 0, 0)
        assert (made / "manifest.json").read_bytes() == before

    def test_reports_of_one_week_are_gathered_as_gather_does(self, tmp_path: Path) -> None:
        given = [row for row in german_rows(50, days=5, seed=9) if row.get("published", "") < "2031-03-10"]
        given = [row for row in given if "published" in row]
        dataset.run([str(write_lines(tmp_path / "week.jsonl", given))], tmp_path / "out", engine=Serial())
        expected = {frozenset(r.id for r in story.reports) for story in partition(map(api.as_report, given))}
        assert stories(tmp_path / "out") == expected
        assert {row["story"] for row in rows(tmp_path / "out", "stories")} == {
            story.id for story in partition(map(api.as_report, given))
        }


class Stopped(BaseException):
    """What stands in for the end of the process."""


class TestRestart:
    def test_a_run_that_was_ended_goes_on(
        self, few: tuple[str, ...], made_of_few: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Ended again and again, each time a few files further on: it comes out the same, byte for byte."""
        out = tmp_path / "out"
        left = 0
        replace = Path.replace

        def counted(self: Path, target: Path) -> Path:
            nonlocal left
            left -= 1
            if left < 0:
                raise Stopped
            return replace(self, target)

        monkeypatch.setattr(Path, "replace", counted)
        ended = 0
        for files in (1, 3, 6, 9, 12, 15, 20, 40, 60, 80, 100, 10_000):
            left = files
            try:
                dataset.run(few, out, engine=Serial())
            except Stopped:
                ended += 1
                continue
            break
        assert ended > 5
        assert content(out) == content(made_of_few)
        assert not (out / "_work").exists()
        for table in ORDER:
            files_made = sorted(f.relative_to(out) for f in (out / table).rglob("*") if f.is_file())
            assert files_made == sorted(
                f.relative_to(made_of_few) for f in (made_of_few / table).rglob("*") if f.is_file()
            )
            assert all((out / f).read_bytes() == (made_of_few / f).read_bytes() for f in files_made)

    def test_what_was_read_is_not_read_again(
        self, few: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from variorum.dataset import reading, running

        def ended(*_: object) -> None:
            raise Stopped

        monkeypatch.setattr(running, "register", ended)
        with pytest.raises(Stopped):
            dataset.run(few, tmp_path / "out", engine=Serial())
        monkeypatch.undo()
        monkeypatch.setattr(reading, "reports_of", ended)
        monkeypatch.setattr(reading, "survey", ended)
        assert dataset.run(few, tmp_path / "out", engine=Serial()).reports > 10


class TestChanges:
    def test_the_same_report_twice_counts_once(self, tmp_path: Path) -> None:
        given = german_rows(6)
        one, other = write_lines(tmp_path / "a.jsonl", given), write_lines(tmp_path / "b.jsonl", given[::-1])
        assert dataset.run([str(one), str(other)], tmp_path / "out", engine=Serial()).reports == len(given)
        third = write_lines(tmp_path / "c.jsonl", given[:3])
        assert dataset.run([str(third)], tmp_path / "out", engine=Serial()).reports == 0

    def test_two_reports_with_one_id_are_both_kept(self, tmp_path: Path) -> None:
        given = german_rows(4)
        for row in given:
            row["id"] = "1"
        assert dataset.run(
            [str(write_lines(tmp_path / "a.jsonl", given))], tmp_path / "out", engine=Serial()
        ).reports == len(given)
        found = rows(tmp_path / "out", "reports")
        assert {row["given"] for row in found} == {"1"}
        assert len({row["report"] for row in found}) == len(given)
        assert {one.id for one in dataset.readings(tmp_path / "out")} == {row["report"] for row in found}

    def test_a_long_story_is_collated_in_chapters(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        from variorum.dataset import collating

        monkeypatch.setattr(collating, "MOST_COLLATED", 4)
        given = [{**english_rows(1, 1)[0], "id": f"c{n}", "outlet": f"Outlet {n}"} for n in range(10)]
        dataset.run([str(write_lines(tmp_path / "a.jsonl", given))], tmp_path / "out", engine=Serial())
        found = rows(tmp_path / "out", "stories")
        assert [(row["chapter"], row["reports"]) for row in sorted(found, key=lambda r: r["chapter"])] == [
            (0, 4),
            (1, 4),
            (2, 2),
        ]
        assert len({row["story"] for row in found}) == 1

    def test_a_fault_in_one_story_is_told_and_costs_no_report(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from variorum import collation

        collate = collation.collate

        def faulty(story: Any) -> Any:
            if any(one.id.startswith("e0") for one in story.readings):
                raise ValueError("invented")
            return collate(story)

        monkeypatch.setattr(collation, "collate", faulty)
        given = english_rows(2)
        told: list[str] = []
        dataset.run(
            [str(write_lines(tmp_path / "a.jsonl", given))],
            tmp_path / "out",
            engine=Serial(),
            on_reject=lambda error: told.append(str(error)),
        )
        assert len(rows(tmp_path / "out", "reports")) == len(given)
        assert [row["fault"] for row in rows(tmp_path / "out", "stories") if row["fault"]] == [
            "a fault of the program (ValueError: invented)"
        ]
        assert len(told) == 1

    def test_several_files_a_day_have_the_same_rows(
        self, few: tuple[str, ...], made_of_few: Path, tmp_path: Path
    ) -> None:
        dataset.run(few, tmp_path / "out", engine=Serial(), parts=3)
        one, other = manifest(tmp_path / "out"), manifest(made_of_few)
        assert one["tables"] == other["tables"]
        assert len(one["files"]) > len(other["files"])
        with pytest.raises(BadDataset, match="3 files"):
            dataset.run(few, tmp_path / "out", engine=Serial(), parts=2)


class TestRefused:
    def test_what_was_missing_and_came_later_is_no_longer_refused(self, tmp_path: Path) -> None:
        first, late = write_lines(tmp_path / "a.jsonl", german_rows(2)), tmp_path / "b.jsonl"
        out = tmp_path / "out"
        dataset.run([str(first), str(late)], out, engine=Serial())
        assert [row["where"] for row in manifest(out)["rejected"]] == [str(late)]
        write_lines(late, german_rows(3, seed=2))
        dataset.run([str(first), str(late)], out, engine=Serial())
        assert manifest(out)["rejected"] == []
        assert len(manifest(out)["inputs"]) == 2

    def test_a_folder_of_something_else_is_left_alone(self, inputs: tuple[str, ...], tmp_path: Path) -> None:
        (tmp_path / "thesis.txt").write_text("years of work", "utf-8")
        with pytest.raises(BadDataset, match=r"thesis\.txt"):
            dataset.run(inputs, tmp_path, engine=Serial())
        assert [p.name for p in tmp_path.iterdir()] == ["thesis.txt"]

    def test_nothing_to_read(self, tmp_path: Path) -> None:
        with pytest.raises(NothingToDo):
            dataset.run([str(tmp_path / "nowhere.warc")], tmp_path / "out", engine=Serial())

    def test_a_data_set_of_other_settings(self, inputs: tuple[str, ...], made: Path, tmp_path: Path) -> None:
        text = (made / "manifest.json").read_text("utf-8")
        (tmp_path / "manifest.json").write_text(text.replace('"window_days": 7', '"window_days": 9'), "utf-8")
        with pytest.raises(BadDataset, match="other settings"):
            dataset.run(inputs, tmp_path, engine=Serial())
        (tmp_path / "manifest.json").write_text("{}", "utf-8")
        with pytest.raises(BadDataset, match="manifest"):
            next(dataset.readings(tmp_path))


def test_a_file_is_put_in_place_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "x" / "table.parquet"
    layouts.put_table(target, pa.table({"n": [1]}))
    before = target.read_bytes()

    def broken(partial: Path) -> None:
        partial.write_text("half", "utf-8")
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        layouts.put(target, broken)
    assert target.read_bytes() == before
    assert [p.name for p in target.parent.iterdir()] == ["table.parquet"]


def test_the_model_keeps_no_word_of_what_was_read(tmp_path: Path) -> None:
    """A worker that reads for days would hold all words of all reports."""
    from variorum.reading.parsed import language_model

    row = {**english_rows(1, 1)[0], "id": "w", "text": "Mayor Zorvanelthine said the Quistrombal bridge was closed."}
    dataset.run([str(write_lines(tmp_path / "a.jsonl", [row]))], tmp_path / "out", engine=Serial())
    (one,) = dataset.readings(tmp_path / "out")
    assert any("Zorvanelthine" in name.name for name in one.names)
    assert "Zorvanelthine" not in language_model().vocab.strings


def test_progress_starts_at_nothing_and_ends_at_all(few: tuple[str, ...], tmp_path: Path) -> None:
    """The pace of a stage can be told from its first result on."""
    told: list[dataset.Progress] = []
    dataset.run(few, tmp_path / "out", engine=Serial(), on_progress=told.append)
    for stage in ("reading", "collating"):
        own = [at for at in told if at.stage == stage]
        assert own[0].done == 0 < own[-1].done == own[-1].total
