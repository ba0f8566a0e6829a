"""Exports re-checked from their own files: every row or node that carries a place and words must slice back to them.

The record itself is checked by collation's ``verify``, which knows what its entries mean; here only evidence is compared.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

import pyarrow as pa
import pyarrow.parquet as pq

from variorum.errors import BadRecord
from variorum.model import Extent
from variorum.views import labels

ENDINGS = (".parquet", ".csv")


class Claimed(NamedTuple):
    """Words that an export says stand at a place."""

    where: str
    report: str
    pieces: tuple[Extent, ...]
    words: str


def recheck_graph(data: Mapping[str, Any]) -> tuple[int, list[str]]:
    """How many pieces of evidence a JSON-LD or GeoJSON export carries, and which of them do not hold.

    Raises:
        BadRecord: it is neither, or it carries no texts.
    """
    if "@graph" in data:
        articles = [node for node in data["@graph"] if node.get("@type") == "NewsArticle"]
        texts = {node["identifier"]: node["articleBody"] for node in articles if "articleBody" in node}
        claims: Iterable[Claimed] = _linked(data["@graph"])
    elif data.get("type") == "FeatureCollection":
        texts = data.get("reports") or {}
        claims = _geo(data.get("features") or ())
    else:
        raise BadRecord("neither a record nor an export of one")
    return _compared(claims, texts)


def recheck_tables(folder: Path) -> tuple[int, list[str]]:
    """How many pieces of evidence a folder of tables carries, and which of them do not hold.

    Raises:
        BadRecord: there is no table of reports with their texts, or a table cannot be read.
    """
    found = {path.stem: path for ending in ENDINGS for path in sorted(folder.glob(f"*{ending}"))}
    if "reports" not in found:
        raise BadRecord(f"{folder}: no table of reports")
    texts = {row["report"]: row.get("text") or "" for row in _rows(found["reports"])}
    claims = (claim for name in sorted(found) for claim in _tabular(name, _rows(found[name])))
    return _compared(claims, texts, exact=True)


def _compared(claims: Iterable[Claimed], texts: Mapping[str, str], *, exact: bool = False) -> tuple[int, list[str]]:
    problems, count = [], 0
    for claim in claims:
        count += 1
        text = texts.get(claim.report)
        if text is None:
            problems.append(f"{claim.where}: no text of report {claim.report}")
            continue
        if any(not 0 <= piece.start < piece.end <= len(text) for piece in claim.pieces):
            problems.append(f"{claim.where}: stands outside the text of report {claim.report}")
            continue
        stand = " … ".join(p.of(text) if exact else labels.words(text, p) for p in claim.pieces)
        # a cell of CSV that a spreadsheet would run as a formula is led by an apostrophe
        if claim.words not in (stand, "'" + stand):
            problems.append(f"{claim.where}: says “{claim.words[:60]}”, where the report has “{stand[:60]}”")
    return count, problems


def _linked(nodes: Any, where: str = "@graph") -> Iterator[Claimed]:
    if isinstance(nodes, list):
        for number, node in enumerate(nodes):
            yield from _linked(node, where if isinstance(node, str) else f"{where}.{number}")
    elif isinstance(nodes, Mapping):
        at = str(nodes.get("@id", where))
        if "variorum:start" in nodes and "text" in nodes:
            report = str(nodes["@id"]).partition(":char=")[0].removeprefix("#report-")
            part = nodes.get("isPartOf") or {}
            report = str(part.get("@id", report)).removeprefix("#report-")
            yield Claimed(at, unquote(report), (Extent(nodes["variorum:start"], nodes["variorum:end"]),), nodes["text"])
        for value in nodes.values():
            yield from _linked(value, at)


def _geo(features: Iterable[Mapping[str, Any]]) -> Iterator[Claimed]:
    for number, feature in enumerate(features):
        for item in feature.get("properties", {}).get("evidence", ()):
            extent = Extent(item["start"], item["end"])
            yield Claimed(f"features.{number}", item["report"], (extent,), item["words"])


def _tabular(table: str, rows: Iterable[Mapping[str, Any]]) -> Iterator[Claimed]:
    for number, row in enumerate(rows):
        where = f"{table} row {number}"
        if row.get("content"):
            given = json.loads(row["content"]) if isinstance(row["content"], str) else row["content"]
            pieces = tuple(Extent(p["start"], p["end"]) if isinstance(p, dict) else Extent(*p) for p in given)
            yield Claimed(where, row["report"], pieces, row["words"])
            if row.get("source_start") not in (None, ""):
                source = Extent(int(row["source_start"]), int(row["source_end"]))
                yield Claimed(f"{where} (source)", row["report"], (source,), row["source_words"])
        elif row.get("start_a") not in (None, ""):
            extent = Extent(int(row["start_a"]), int(row["end_a"]))
            yield Claimed(where, row["report_a"], (extent,), row["words"])
        elif row.get("start") not in (None, ""):
            yield Claimed(where, row["report"], (Extent(int(row["start"]), int(row["end"])),), row["words"])


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    try:
        if path.suffix == ".parquet":
            yield from pq.read_table(path).to_pylist()
            return
        csv.field_size_limit(sys.maxsize)
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from csv.DictReader(file)
    except (OSError, pa.ArrowException, csv.Error, UnicodeDecodeError) as error:
        raise BadRecord(f"{path}: not readable as a table ({error})") from error
