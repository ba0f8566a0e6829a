"""What the commands share: their options, the reports of their inputs, and where results are written."""

from __future__ import annotations

import enum
import io
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from variorum.errors import IntakeError, NothingToDo

if TYPE_CHECKING:
    from variorum.model import Record, Report

errors = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)

DONE, NOTHING_DONE, INTERRUPTED = 0, 1, 130
WIDEST = 100
"""Columns of the terminal views, however wide the terminal is."""


class RecordFormat(enum.StrEnum):
    """How ``collate`` writes."""

    text = "text"
    json = "json"
    html = "html"
    markdown = "markdown"
    jsonld = "jsonld"
    geojson = "geojson"
    csv = "csv"
    parquet = "parquet"


Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH…",
        help="Files, folders, patterns or addresses; .jsonl: one report a line; -: standard input, text or JSON Lines.",
        show_default=False,
    ),
]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to FILE instead of standard output.")
]
Evidence = Annotated[bool, typer.Option("--evidence", help="Show the words behind every line.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary; refusals are still told.")]
Rejects = Annotated[
    Path | None,
    typer.Option("--rejects", metavar="FILE", help="Write what was refused to FILE: one JSON object a line."),
]
Workers = Annotated[
    int, typer.Option("--workers", "-w", min=0, help="Processes that share the reading; 0: one a processor.")
]

IgnoreRobots = Annotated[
    bool, typer.Option("--ignore-robots", help="Fetch an address even where the outlet's robots.txt asks not to.")
]


@contextmanager
def progress(what: str, *, quiet: bool) -> Iterator[Callable[[int, int | None], None]]:
    """A bar in the terminal; what it gives is told how much is done, and of how much where that is known."""
    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=errors,
        transient=True,
        disable=quiet or not errors.is_terminal,
    ) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@contextmanager
def intake(paths: list[str], *, rejects: Path | None, robots: bool, quiet: bool) -> Iterator[Iterable[Report]]:
    """The reports of the inputs, as they are drawn; on leaving, the summary.

    Raises:
        NothingToDo: not one report came out of the inputs.
    """
    from variorum import api

    refused: list[IntakeError] = []
    taken = 0

    def refuse(error: IntakeError) -> None:
        refused.append(error)
        errors.print(f"variorum: {error}")

    with progress("reading", quiet=quiet) as tell:

        def drawn() -> Iterator[Report]:
            nonlocal taken
            for report in api.reports(paths, on_reject=refuse, robots=robots):
                taken += 1
                tell(taken, None)
                yield report

        yield drawn()
    if rejects is not None:
        lines = (json.dumps({"where": e.where, "reason": e.reason}, ensure_ascii=False) + "\n" for e in refused)
        rejects.write_text("".join(lines), "utf-8")
    if not taken:
        raise NothingToDo("no report could be read" if refused else "no reports were given")
    if refused and not quiet:
        errors.print(f"variorum: {counted(taken, 'report')} taken in, {counted(len(refused), 'input')} refused")


def counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


@contextmanager
def writing(target: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file that is only put in place once it is whole."""
    if target is None:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
        yield sys.stdout
        sys.stdout.flush()
        return
    partial = target.with_name(f"{target.name}.part")
    try:
        with partial.open("w", encoding="utf-8", newline="\n") as file:
            yield file
        partial.replace(target)
    except OSError as error:
        raise NothingToDo(f"{target}: {error.strerror}") from error
    finally:
        partial.unlink(missing_ok=True)


def console(out: TextIO) -> Console:
    console = Console(file=out, highlight=False, markup=False, emoji=False)
    console.width = min(console.width, WIDEST) if console.is_terminal else WIDEST
    return console


def write_record(record: Record, format: RecordFormat, out: TextIO, *, evidence: bool) -> None:
    match format:
        case RecordFormat.json:
            from variorum.model import codec

            line(out, codec.to_json(record))
        case RecordFormat.html:
            from variorum.views import page

            line(out, page.render_page(record))
        case RecordFormat.markdown:
            from variorum.views import markdown

            line(out, markdown.render_markdown(record))
        case RecordFormat.jsonld:
            from variorum.views import linked

            line(out, linked.render_jsonld(record))
        case RecordFormat.geojson:
            from variorum.views import geo

            line(out, geo.render_geojson(record))
        case RecordFormat.csv | RecordFormat.parquet:
            raise AssertionError("tables go into a folder")
        case RecordFormat.text:
            from variorum.views import terminal

            terminal.render_record(record, console=console(out), evidence=evidence)


def write_tables(records: tuple[Record, ...], format: RecordFormat, folder: Path | None, *, quiet: bool) -> None:
    """All records as tables, one a kind, in one folder.

    Raises:
        BadParameter: no folder was named.
        NothingToDo: the folder cannot be written.
    """
    from variorum.views import tables

    if folder is None:
        raise typer.BadParameter(f"{format.value} goes into a folder: name it with --output")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write = tables.write_csv if format is RecordFormat.csv else tables.write_parquet
        written = write(records, folder)
    except OSError as error:
        raise NothingToDo(f"{folder}: {error.strerror}") from error
    if not quiet:
        errors.print(f"variorum: {folder}: {counted(len(written), 'table')}")


def tell_notes(reading: Report) -> None:
    """What a reader should know about how a report was taken in and read, on the error stream."""
    for note in reading.notes:
        errors.print(f"variorum: {reading.location or reading.id}: {note}")


def line(out: TextIO, text: str) -> None:
    out.write(text if text.endswith("\n") else text + "\n")
