"""Exports re-check from their own files, and a forged one does not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.views import fixture
from variorum import api
from variorum.errors import BadRecord
from variorum.views import geo, linked, tables


def checked(path: Path) -> tuple[int, tuple[str, ...]]:
    ((_, count, problems),) = api.recheck(path)
    return count, problems


@pytest.mark.parametrize("ending", ["jsonld", "geojson"])
def test_graphs_hold_and_forged_ones_do_not(tmp_path: Path, ending: str) -> None:
    record = fixture.record()
    made = linked.render_jsonld(record) if ending == "jsonld" else geo.render_geojson(record)
    target = tmp_path / f"record.{ending}"
    target.write_text(made, "utf-8")
    count, problems = checked(target)
    assert count > 0
    assert problems == ()
    key = '"variorum:start": ' if ending == "jsonld" else '"start": '
    at = made.index(key) + len(key)
    target.write_text(made[:at] + "1" + made[at:], "utf-8")
    assert len(checked(target)[1]) >= 1


@pytest.mark.parametrize("write", [tables.write_csv, tables.write_parquet])
def test_tables_hold(tmp_path: Path, write: object) -> None:
    write([fixture.record()], tmp_path)  # type: ignore[operator]
    count, problems = checked(tmp_path)
    assert count > 0
    assert problems == ()


def test_a_forged_table_does_not(tmp_path: Path) -> None:
    tables.write_csv([fixture.record()], tmp_path)
    target = tmp_path / "figures.csv"
    lines = target.read_text("utf-8").splitlines(keepends=True)
    target.write_text("".join([lines[0], lines[1].rstrip("\r\n") + " forged\r\n", *lines[2:]]), "utf-8", newline="")
    assert any("figures row 0" in problem for problem in checked(tmp_path)[1])


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"@graph": 3}', '{"type": "FeatureCollection", "features": [1]}'])
def test_what_is_no_export_is_refused(tmp_path: Path, content: str) -> None:
    target = tmp_path / "x.jsonld"
    target.write_text(content, "utf-8")
    with pytest.raises(BadRecord):
        checked(target)


def test_a_folder_without_reports_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadRecord, match="no table of reports"):
        checked(tmp_path)


def test_json_stays_a_record(tmp_path: Path) -> None:
    target = tmp_path / "r.json"
    target.write_text(json.dumps({"format": "variorum.record/2"}), "utf-8")
    with pytest.raises(BadRecord, match="format"):
        checked(target)
