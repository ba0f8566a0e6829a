"""The Python facade, and the only place where the steps are put together.

bytes ──intake──▶ Report ──reading──▶ Reading ──gathering──▶ Story ──collation──▶ Record
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa

from variorum import collation, dataset, gathering, intake, reading
from variorum import engine as engines
from variorum.dataset import reading as dataset_reading
from variorum.errors import BadRecord, IntakeError, NothingToDo
from variorum.intake.inputs import reports_from_bytes
from variorum.library import Library
from variorum.model import Reading, Record, Report, Story, codec
from variorum.views import recheck as rechecking

ReportLike = str | Mapping[str, Any] | Report
"""A text, an object of the JSONL contract (``{"id", "text" | "html", …}``), or a report that intake made."""

AT_ONCE = 16
"""Reports that a process takes at once."""


def reports(
    inputs: Iterable[str], *, on_reject: Callable[[IntakeError], None], robots: bool = True
) -> Iterator[Report]:
    """Reports out of inputs as a user names them, streaming and in order.

    Args:
        inputs: files, folders, patterns, or ``-`` for standard input.
        on_reject: told of each input that could not become a report; the rest goes on.
        robots: whether the robots.txt of outlets is respected when an address is fetched.
    """
    for given in inputs:
        yield from intake.reports_from(given, on_reject=on_reject, robots=robots)


def example() -> tuple[tuple[str, bytes], ...]:
    """The files of the bundled story, with their names: four invented reports of an explosion in a harbour."""
    folder = files("variorum").joinpath("data", "examples", "harbour")
    return tuple((file.name, file.read_bytes()) for file in sorted(folder.iterdir(), key=lambda file: file.name))


def example_reports() -> tuple[Report, ...]:
    """The reports of the bundled story."""
    taken = [report for name, content in example() for report in reports_from_bytes(content, where=name)]
    return tuple(report for report in taken if isinstance(report, Report))


def as_report(given: ReportLike) -> Report:
    """A report out of whatever the caller has; a text without an id gets one from its content.

    Raises:
        IntakeError: it holds neither text nor a page, or one that cannot be read.
    """
    if isinstance(given, Report):
        return given
    return intake.report_from_object({"text": given} if isinstance(given, str) else given)


def read_many(reports: Iterable[ReportLike], *, workers: int = 1) -> Iterator[Reading]:
    """Readings of many reports, streaming and in order.

    Args:
        reports: drawn as needed.
        workers: processes that share the work; 0 stands for one a processor. The result does not depend on it.
    """
    made = (as_report(report) for report in reports)
    return reading.read_all(made) if workers == 1 else _read_in_processes(made, workers)


def _read_in_processes(reports: Iterator[Report], workers: int) -> Iterator[Reading]:
    pool = engines.Pool(workers)

    def tables() -> Iterator[pa.Table]:
        while some := [codec.to_json(report) for report in islice(reports, AT_ONCE)]:
            yield pa.table({"report": some}, schema=dataset_reading.REPORTS)

    try:
        for table in pool.map_batches(dataset_reading.read_reports, tables()):
            for text in table["reading"].to_pylist():
                yield codec.from_json(Reading, text, where="reading")
    finally:
        pool.close()


def read(report: ReportLike) -> Reading:
    """All that one report says: names, statements, figures, events, journeys, positions, each with its place."""
    return report if isinstance(report, Reading) else reading.read(as_report(report))


def gather(reports: Iterable[ReportLike]) -> tuple[Story, ...]:
    """Stories out of reports, each with the lineage of its reports.

    The same report given twice counts once; two reports with one id but different texts are both kept.
    """
    return gathering.gather(_readings(reports))


def place(reports: Iterable[ReportLike]) -> Iterator[dict[str, str]]:
    """For each report the ids of its story and of its origin, in the order given: ``{"id", "story", "origin"}``."""
    given = [as_report(report) for report in reports]
    yield from gathering.place(given)


def collate(reports: Iterable[ReportLike], *, together: bool = False, workers: int = 1) -> tuple[Record, ...]:
    """One record a story: exactly one where all reports belong together.

    Args:
        reports: in any order; the record does not depend on it.
        together: take all reports for one story without asking whether they are.
        workers: processes that share the reading; 0 stands for one a processor.

    Raises:
        NothingToDo: no reports were given.
    """
    readings = _readings(reports, workers=workers)
    if not readings:
        raise NothingToDo("no reports were given")
    stories = (gathering.one_story(readings),) if together else gathering.gather(readings)
    return tuple(collation.collate(story) for story in stories)


def make_dataset(
    inputs: Iterable[str],
    out: Path,
    *,
    engine: engines.EngineName = "pool",
    workers: int = 0,
    cluster: str | None = None,
    **options: Any,
) -> dataset.Summary:
    """Read inputs of any size into a data set of Parquet tables (see ``variorum.dataset.run``, also for ``options``).

    Args:
        inputs: files in storage, folders, patterns, lists of addresses.
        out: the folder of the data set.
        engine: ``serial``, ``pool`` or ``ray``; the data set does not depend on it.
        workers: processes; 0 stands for one a processor.
        cluster: address of a running Ray cluster.

    Raises:
        MissingEngine: ``ray`` where Ray is not installed.
        NothingToDo: no input could be read.
    """
    chosen = engines.engine_named(engine, workers=workers, address=cluster)
    try:
        return dataset.run(inputs, out, engine=chosen, **options)
    finally:
        chosen.close()


def verify(record: Record) -> tuple[str, ...]:
    """What does not hold in a record, one line each; empty where every entry rests on words of its reports."""
    return collation.verify(record)


def recheck(path: Path) -> Iterator[tuple[str, int, tuple[str, ...]]]:
    """Re-check what ``collate`` wrote: a record, an export of one, or a folder of tables.

    Returns:
        For each record in it: what to call it, how many places in texts it points at, and what does not hold.

    Raises:
        BadRecord: it is nothing that ``collate`` writes.
        NothingToDo: it cannot be read.
    """
    if path.is_dir():
        count, problems = rechecking.recheck_tables(path)
        yield str(path), count, tuple(problems)
        return
    try:
        content = path.read_bytes()
    except OSError as error:
        raise NothingToDo(f"{path}: {error.strerror}") from error
    if path.suffix in (".jsonld", ".geojson"):
        try:
            count, problems = rechecking.recheck_graph(json.loads(content))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadRecord(f"{path}: not what collate writes ({error})") from error
        yield str(path), count, tuple(problems)
        return
    for line, record in records_from_json(content, where=str(path)):
        yield f"{path}:{line}" if line else str(path), _places(codec.to_data(record)), verify(record)


def library(where: str | Path | None = None, *, on_index: Callable[[int, int], None] | None = None) -> Library:
    """Open a library of stories, made where there is none; close it after use, or open it in a ``with`` statement.

    Args:
        where: a file, or the address of a PostgreSQL database; null for ``library.sqlite`` in the user's data folder.
        on_index: told how many entries of how many are done, where the search index of an older library is made anew.

    Raises:
        StoreError: it cannot be opened.
    """
    return Library.open(where, reader=_read_for_library, on_index=on_index)


def _read_for_library(reports: Iterable[Report], workers: int) -> Iterator[Reading]:
    return read_many(reports, workers=workers)


def _places(data: Any) -> int:
    """How many spans a record points at."""
    if isinstance(data, dict):
        here = int({"report", "start", "end"} <= data.keys() or bool(data.get("content")))
        return here + sum(map(_places, data.values()))
    return sum(map(_places, data)) if isinstance(data, list) else 0


def records_from_json(content: bytes, *, where: str) -> Iterator[tuple[int, Record]]:
    """Records out of a file: one JSON object, or one a line.

    Returns:
        Each record with its line, or 0 where the file is one object.

    Raises:
        BadRecord: the file or a line is not a record.
    """
    try:
        json.loads(content)
    except (json.JSONDecodeError, UnicodeDecodeError):
        lines = [(n, line) for n, line in enumerate(content.splitlines(), 1) if line.strip()]
        if len(lines) < 2:
            raise BadRecord(f"{where}: not JSON") from None
        for number, line in lines:
            yield number, codec.from_json(Record, line, where=f"{where}:{number}")
    else:
        yield 0, codec.from_json(Record, content, where=where)


def _readings(reports: Iterable[ReportLike], *, workers: int = 1) -> list[Reading]:
    """Readings of reports, each read once, under ids that are unique."""
    return list(read_many(_distinct(as_report(report) for report in reports), workers=workers))


def _distinct(reports: Iterable[Report]) -> list[Report]:
    """The reports without exact repeats; where different ones share an id, their ids are told apart by content."""
    kept: dict[tuple[str, str, str | None], Report] = {}
    for report in reports:
        kept.setdefault((report.id, report.text, report.outlet), report)
    uses = Counter(report.id for report in kept.values())
    return [
        report if uses[report.id] == 1 else replace(report, id=f"{report.id}-{_fingerprint(report)}")
        for report in kept.values()
    ]


def _fingerprint(report: Report) -> str:
    return intake.content_id(f"{report.text}\0{report.outlet or ''}")[1:7]
