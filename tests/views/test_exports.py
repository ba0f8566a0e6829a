"""Tables, JSON-LD, GeoJSON, Markdown: the same record for programs and documents."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from rich.console import Console

from tests.views import fixture, hostile
from variorum.model import Lineage, Reading, Record
from variorum.views import tables
from variorum.views.geo import render_geojson
from variorum.views.linked import render_jsonld
from variorum.views.markdown import escaped, render_markdown
from variorum.views.page import render_page
from variorum.views.terminal import render_record

EMPTY = Record(title="", reports=(Reading(id="r1", text=""),), lineage=Lineage())


def test_every_row_slices_back_to_its_words(record: Record) -> None:
    texts = {reading.id: reading.text for reading in record.reports}
    made = tables.tables([record])
    assert list(made) == list(tables.TABLES)
    counted = 0
    for name in ("figures", "events", "journeys", "positions", "differences"):
        for row in made[name].to_pylist():
            if row["start"] is not None:
                assert texts[row["report"]][row["start"] : row["end"]] == row["words"]
                counted += 1
    assert counted > 40
    for row in made["statements"].to_pylist():
        pieces = [texts[row["report"]][piece["start"] : piece["end"]] for piece in row["content"]]
        assert " … ".join(pieces) == row["words"]


def test_rows_are_complete(record: Record) -> None:
    made = tables.tables([record, record])
    assert made["reports"].num_rows == 8 and set(made["reports"]["story"].to_pylist()) == {0, 1}
    assert made["statements"].num_rows == 2 * sum(len(s.variants) for s in record.statements)
    assert made["figures"].num_rows == 2 * sum(len(f.accounts) for f in record.figures)
    lacking = [row for row in made["differences"].to_pylist() if row["value"] is None]
    assert {row["report"] for row in lacking} == {"ledger"}


def test_parquet_keeps_types_and_meanings(record: Record, tmp_path: Path) -> None:
    files = tables.write_parquet([record], tmp_path / "out")
    assert [file.stem for file in files] == list(tables.TABLES)
    for file in files:
        read = pq.read_table(file)
        assert read.schema.equals(tables.schema_of(file.stem))
        assert all(field.metadata[b"meaning"] for field in read.schema)


def test_csv_reads_back(record: Record, tmp_path: Path) -> None:
    for file in tables.write_csv([record], tmp_path):
        assert file.read_bytes().startswith(codecs.BOM_UTF8), "a spreadsheet opened by a double click misreads accents"
        rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8-sig"), newline="")))
        assert len(rows) == tables.tables([record])[file.stem].num_rows
    with (tmp_path / "statements.csv").open(encoding="utf-8-sig", newline="") as opened:
        first = next(csv.DictReader(opened))
    ((start, end),) = json.loads(first["content"])
    assert fixture.reading("courier").text[start:end] == first["words"]


def test_a_spreadsheet_runs_nothing() -> None:
    from dataclasses import replace

    good = fixture.record()
    record = replace(good, actors=(replace(good.actors[0], name='=HYPERLINK("http://evil.example")', role="+1-1"),))
    (row, *_) = csv.DictReader(io.StringIO(tables.csv_of(tables.tables([record])["actors"]), newline=""))
    assert row["name"].startswith("'=") and row["role"].startswith("'+")


def test_every_column_is_described() -> None:
    text = tables.describe()
    for name, columns in tables.TABLES.items():
        assert f"### {name}" in text
        for column, _, meaning in columns:
            assert f"| `{column}` |" in text and meaning


def _nodes(text: str) -> list[dict[str, Any]]:
    graph: list[dict[str, Any]] = json.loads(text)["@graph"]
    return graph


def test_jsonld_has_the_types_and_every_reference_resolves(record: Record) -> None:
    text = render_jsonld(record)
    nodes = _nodes(text)
    types = {node["@type"] for node in nodes}
    assert {"NewsArticle", "Quotation", "Event", "Claim", "Person", "VoteAction"} <= types
    known = {node["@id"] for node in nodes}
    assert len(known) == len(nodes)
    references = set(re.findall(r'\{\s*"@id": "([^"]+)"\s*\}', text))
    assert references and references <= known


def test_jsonld_quotes_the_very_words(record: Record) -> None:
    texts = {reading.id: reading.text for reading in record.reports}
    evidence = [e for node in _nodes(render_jsonld(record)) for e in node.get("variorum:evidence", [])]
    assert len(evidence) > 20
    for piece in evidence:
        report = piece["isPartOf"]["@id"].removeprefix("#report-")
        assert texts[report][piece["variorum:start"] : piece["variorum:end"]] == piece["text"]


def test_geojson(record: Record) -> None:
    made = json.loads(render_geojson(record))
    assert made["type"] == "FeatureCollection"
    points = {f["properties"]["place"]: f for f in made["features"] if f["geometry"]["type"] == "Point"}
    east, north = points["Vienna"]["geometry"]["coordinates"]
    assert 16 < east < 17 and 48 < north < 49
    assert points["Belgrade"]["properties"]["status"] == "planned"
    (line,) = (f for f in made["features"] if f["geometry"]["type"] == "LineString")
    assert line["properties"]["stops"] == ["Budapest", "Vienna", "Belgrade"]
    for feature in points.values():
        for piece in feature["properties"]["evidence"]:
            text = fixture.reading(piece["report"]).text
            assert text[piece["start"] : piece["end"]] == piece["words"]


def test_markdown_notes_are_all_there(record: Record) -> None:
    text = render_markdown(record)
    marks = set(re.findall(r"\[\^(\d+)\](?!:)", text))
    notes = set(re.findall(r"^\[\^(\d+)\]:", text, re.M))
    assert marks == notes and len(notes) > 20
    assert "# Danube states close river to barges after solvent spill" in text
    assert "  - A: act · B: stand" in text


def test_markdown_is_inert() -> None:
    text = render_markdown(hostile.record())
    assert not [bad for bad in hostile.HARMFUL if bad in text]
    assert "\\<script\\>" in text
    assert not re.search(r"(?<!\\)<(script|img|http)|(?<!\\)\]\(", text)


@pytest.mark.parametrize(
    ("given", "safe"),
    [("a*b*", "a\\*b\\*"), ("1. one", "1\\. one"), ("- x", "\\- x"), ("http://x.example", "http\\://x.example")],
)
def test_escaping(given: str, safe: str) -> None:
    assert escaped(given) == safe


@pytest.mark.parametrize("record", [EMPTY, hostile.record(), hostile.dangling()], ids=["empty", "hostile", "dangling"])
def test_all_exports_take_any_record(record: Record, tmp_path: Path) -> None:
    json.loads(render_jsonld(record))
    json.loads(render_geojson(record))
    render_jsonld(record).encode("utf-8")
    render_markdown(record).encode("utf-8")
    assert (
        len(tables.write_parquet([record], tmp_path)) == len(tables.write_csv([record], tmp_path)) == len(tables.TABLES)
    )


def test_who_speaks_together_is_told_everywhere(record: Record) -> None:
    speaking = record.statements[0]
    others = tuple(actor.id for actor in record.actors if actor.id != speaking.speaker)[:2]
    names = [actor.name for actor in record.actors if actor.id in others]
    changed = replace(speaking, co_speakers=others)
    shared = replace(record, statements=(changed, *record.statements[1:]))
    together = f"with {names[0]} and {names[1]}"
    assert together not in render_markdown(record)
    assert together in render_markdown(shared)
    screen = io.StringIO()
    render_record(shared, console=Console(file=screen, width=400, no_color=True), evidence=False)
    assert together in screen.getvalue()
    assert together in render_page(shared)
    rows = [row for row in tables.tables([shared])["statements"].to_pylist() if row["statement"] == speaking.id]
    assert rows and all(row["co_speakers"] == list(others) for row in rows)
