"""The steps that read: reports to readings, and units of an input to files of readings with their keys."""

from __future__ import annotations

import gc
import json
import resource
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from variorum.dataset.attempts import MOST_DEATHS, begun, bounded, deaths
from variorum.dataset.inputs import Input
from variorum.dataset.keyrows import KEYS, key_row
from variorum.dataset.layout import Layout, put
from variorum.dataset.stored import STORED, stored
from variorum.dataset.survey import Surveyed, Unit, survey
from variorum.dataset.units import place_of, reports_of
from variorum.errors import IntakeError
from variorum.intake.formats import Taken
from variorum.model import Reading, Report, codec

READ = ("en", "und")
"""Languages that are read: those of the language model, and texts too short to tell. Other reports are gathered, not read."""
ROWS_AT_ONCE = 64
MOST_SECONDS = 600.0
"""How long so many reports may take where a worker can be ended: a hundred times what they do take."""
PIECES = 16
"""Pieces that a stretch of an input is cut into that ended its worker: two cuts come from 256 reports down to one."""

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


def survey_inputs(table: pa.Table, *, root: str) -> pa.Table:
    """A step: inputs as JSON to what a first look at each shows, as JSON."""
    looked_at = [_survey(Layout(Path(root)), **row) for row in table.to_pylist()]
    return pa.table({"surveyed": [codec.to_json(one) for one in looked_at]}, schema=SURVEYED)


def _survey(layout: Layout, input: str, name: str) -> Surveyed:
    given = codec.from_json(Input, input, where="input")
    mark = layout.begun(name)
    # One more than of a report: to look through a large crawl takes long enough that somebody may well end the run meanwhile.
    if deaths(mark) > MOST_DEATHS:
        return Surveyed(given=given, problem=f"the process that looked through it ended, {deaths(mark)} times")
    with begun(mark):
        return survey(given)


INPUTS = pa.schema([("input", pa.string()), ("name", pa.string())])
"""An input as JSON, and a name for the marks that it leaves."""
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


def read_units(table: pa.Table, *, root: str, apart: bool = False) -> pa.Table:
    """A step: units of inputs to files of readings; a unit whose file is there is not read again.

    What ends the process that reads it is refused: a unit that was begun and never came back is read in pieces, and those that
    do not come back in smaller ones, down to the one report. What hangs is ended, and so comes to the same.

    Args:
        table: the units.
        root: the folder of the data set.
        apart: whether this process is a worker, which may be ended.
    """
    from variorum.reading.parsed import language_model

    layout, limit = Layout(Path(root)), MOST_SECONDS if apart else None
    units = table.to_pylist()
    if not all(layout.read(row["unit"]).exists() for row in units):
        language_model()  # before anything is begun: where the model itself finds no room, no input is to blame
    return pa.Table.from_pylist([_read_unit(row, layout, limit) for row in units], schema=READ_UNITS)


def _read_unit(row: dict[str, Any], layout: Layout, limit: float | None) -> dict[str, object]:
    start = time.process_time()
    given = Input(address=row["address"], url=row["url"], kind=row["kind"])
    unit = Unit(**{f.name: row[f.name] for f in fields(Unit)})
    file = pq.ParquetFile(_read(_Stretch(given, unit, row["unit"], range(unit.count)), layout, limit))
    return {
        "unit": row["unit"],
        "reports": file.metadata.num_rows,
        "rejected": file.metadata.metadata[b"rejected"].decode(),
        "cpu": time.process_time() - start,
        "peak_mb": _peak_mb(),
    }


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A unit, or a piece of one."""

    given: Input
    unit: Unit
    name: str
    items: range
    """Which responses, lines or rows of the unit."""

    def pieces(self) -> Iterator[_Stretch]:
        """The same in smaller pieces."""
        size = -(-len(self.items) // PIECES)
        for start in range(self.items.start, self.items.stop, size):
            items = range(start, min(start + size, self.items.stop))
            yield replace(self, name=f"{self.unit_name}.{items.start}-{items.stop}", items=items)

    @property
    def unit_name(self) -> str:
        """What the whole unit is called."""
        return self.name.partition(".")[0]


def _read(stretch: _Stretch, layout: Layout, limit: float | None) -> Path:
    """The file of a stretch's readings, made if need be, without the reports that end the process."""
    target, mark = layout.read(stretch.name), layout.begun(stretch.name)
    if target.exists():
        return target
    died = deaths(mark)
    if died and len(stretch.items) > 1:
        files = [_read(piece, layout, limit) for piece in stretch.pieces()]
        put(target, partial(_join, files))
    elif died >= MOST_DEATHS:
        where = place_of(stretch.given, stretch.unit, stretch.items.start)
        reason = f"not read: the process that read it ended, {died} times"
        put(target, lambda path: _write([IntakeError(where, reason)], path, limit))
    else:
        with begun(mark):
            taken = reports_of(stretch.given, stretch.unit, stretch.items)
            put(target, lambda path: _write(taken, path, limit))
        gc.collect()  # a parse and its tokens hold each other, and are small to Python's count of objects and large in memory
    return target


def _write(taken: Iterable[Taken], target: Path, limit: float | None) -> None:
    rejected: list[tuple[str, str]] = []

    def reports() -> Iterator[Report]:
        for one in taken:
            if isinstance(one, IntakeError):
                rejected.append((one.where, one.reason))
            else:
                yield one

    rows = map(_row, _readings(reports()))
    with pq.ParquetWriter(target, _FILE, compression="zstd") as writer:
        while some := _next(rows, limit):
            writer.write_table(pa.Table.from_pylist(some, schema=_FILE))
        writer.add_key_value_metadata({"rejected": json.dumps(rejected, ensure_ascii=False)})


def _next(rows: Iterator[dict[str, object]], limit: float | None) -> list[dict[str, object]]:
    with bounded(limit):
        return list(islice(rows, ROWS_AT_ONCE))


def _join(files: list[Path], target: Path) -> None:
    """The readings of pieces as those of the whole."""
    rejected: list[tuple[str, str]] = []
    with pq.ParquetWriter(target, _FILE, compression="zstd") as writer:
        for file in map(pq.ParquetFile, files):
            rejected += json.loads(file.metadata.metadata[b"rejected"])
            for batch in file.iter_batches(ROWS_AT_ONCE):
                writer.write_batch(batch)
        writer.add_key_value_metadata({"rejected": json.dumps(rejected, ensure_ascii=False)})


def _readings(reports: Iterator[Report]) -> Iterator[Reading]:
    """Readings of a stream of reports, in order; those in a language that is not read are passed through with a note."""
    while some := list(islice(reports, ROWS_AT_ONCE)):
        read = iter(_read_some([report for report in some if report.language in READ]))
        for report in some:
            yield next(read) if report.language in READ else _unread(report)


def _read_some(reports: list[Report]) -> list[Reading]:
    """Readings, of whose words the language model keeps none: else a worker would hold every word that it has ever met."""
    from variorum import reading
    from variorum.reading.parsed import language_model

    with language_model().memory_zone():
        return list(reading.read_all(reports))


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
