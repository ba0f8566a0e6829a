"""The steps that read: reports to readings, and units of an input to files of readings with their keys."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import fields, replace
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from variorum.dataset.inputs import Input
from variorum.dataset.keyrows import KEYS, key_row
from variorum.dataset.layout import Layout, put
from variorum.dataset.stored import STORED, stored
from variorum.dataset.survey import Surveyed, Unit, survey
from variorum.dataset.units import reports_of
from variorum.errors import IntakeError
from variorum.model import Reading, Report, codec

READ = ("en", "und")
"""Languages that are read: those of the language model, and texts too short to tell. Other reports are gathered, not read."""
ROWS_AT_ONCE = 64

REPORTS = pa.schema([("report", pa.string())])
READINGS = pa.schema([("reading", pa.string())])
UNITS = pa.schema(
    [
        ("address", pa.string()),
        ("url", pa.string()),
        ("kind", pa.string()),
        ("unit", pa.string()),
        ("number", pa.int64()),
        ("start", pa.int64()),
        ("stop", pa.int64()),
        ("before", pa.int64()),
        ("count", pa.int64()),
    ]
)
"""What is to be read: one unit of an input a row."""
READ_UNITS = pa.schema(
    [
        ("unit", pa.string()),
        ("reports", pa.int64()),
        ("rejected", pa.string()),
        ("cpu", pa.float64()),
        ("peak_mb", pa.float64()),
    ]
)
"""What became of it: how many reports, JSON of what was rejected, seconds of processor, and the worker's peak of memory."""
_FILE = pa.unify_schemas([KEYS, STORED])


def read_reports(table: pa.Table) -> pa.Table:
    """A step: reports as JSON to readings as JSON."""
    from variorum import reading  # here, so that surveys do not wait for the language model's library

    reports = (codec.from_json(Report, text, where="report") for text in table["report"].to_pylist())
    made = [{"reading": codec.to_json(one)} for one in reading.read_all(reports)]
    return pa.Table.from_pylist(made, schema=READINGS)


def survey_inputs(table: pa.Table) -> pa.Table:
    """A step: inputs as JSON to what a first look at each shows, as JSON."""
    looked_at = (survey(codec.from_json(Input, text, where="input")) for text in table["input"].to_pylist())
    return pa.table({"surveyed": [codec.to_json(one) for one in looked_at]}, schema=SURVEYED)


INPUTS = pa.schema([("input", pa.string())])
SURVEYED = pa.schema([("surveyed", pa.string())])


def units_of(surveyed: Surveyed) -> list[pa.Table]:
    """The units of an input as tables of one row, each to be read by ``read_units``."""
    given = surveyed.given
    known = {"address": given.address, "url": given.url, "kind": given.kind}
    return [
        pa.Table.from_pylist(
            [{**known, "unit": unit_name(surveyed, unit), **{f.name: getattr(unit, f.name) for f in fields(Unit)}}],
            schema=UNITS,
        )
        for unit in surveyed.units
    ]


def unit_name(surveyed: Surveyed, unit: Unit) -> str:
    """What the files of a unit are called: by the bytes of its input, so that a changed input has other units."""
    return f"{surveyed.hash[:16]}-{unit.number:06d}"


def read_units(table: pa.Table, *, root: str) -> pa.Table:
    """A step: units of inputs to files of readings; a unit whose file is there is not read again."""
    return pa.Table.from_pylist([_read_unit(row, Layout(Path(root))) for row in table.to_pylist()], schema=READ_UNITS)


def _read_unit(row: dict[str, Any], layout: Layout) -> dict[str, object]:
    target = layout.read(row["unit"])
    start = time.process_time()
    if not target.exists():
        given = Input(address=row["address"], url=row["url"], kind=row["kind"])
        unit = Unit(**{f.name: row[f.name] for f in fields(Unit)})
        put(target, lambda partial: _write(given, unit, partial))
    file = pq.ParquetFile(target)
    return {
        "unit": row["unit"],
        "reports": file.metadata.num_rows,
        "rejected": file.metadata.metadata[b"rejected"].decode(),
        "cpu": time.process_time() - start,
        "peak_mb": _peak_mb(),
    }


def _write(given: Input, unit: Unit, target: Path) -> None:
    rejected: list[tuple[str, str]] = []

    def taken() -> Iterator[Report]:
        for one in reports_of(given, unit):
            if isinstance(one, IntakeError):
                rejected.append((one.where, one.reason))
            else:
                yield one

    rows = map(_row, _readings(taken()))
    with pq.ParquetWriter(target, _FILE, compression="zstd") as writer:
        while some := list(islice(rows, ROWS_AT_ONCE)):
            writer.write_table(pa.Table.from_pylist(some, schema=_FILE))
        writer.add_key_value_metadata({"rejected": json.dumps(rejected, ensure_ascii=False)})


def _readings(reports: Iterator[Report]) -> Iterator[Reading]:
    """Readings of a stream of reports, in order; those in a language that is not read are passed through with a note."""
    from variorum import reading

    while some := list(islice(reports, ROWS_AT_ONCE)):
        read = reading.read_all(report for report in some if report.language in READ)
        for report in some:
            yield next(read) if report.language in READ else _unread(report)


def _unread(report: Report) -> Reading:
    note = f"not read: its language ({report.language}) is not {READ[0]}"
    kept = {field.name: getattr(report, field.name) for field in fields(Report)}
    return replace(Reading(**kept), notes=(*report.notes, note))


def _row(one: Reading) -> dict[str, object]:
    return {**key_row(one), **stored(one)}


def _peak_mb() -> float:
    """The most memory that this process has held, in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)
