"""The commands. Each one parses its words, calls ``variorum.api`` and hands the result to a view."""

from __future__ import annotations

import enum
import io
import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from variorum import __version__
from variorum.errors import IntakeError, NothingToDo, VariorumError

if TYPE_CHECKING:
    from variorum.model import Record, Report

app = typer.Typer(
    name="variorum",
    help="Reads many news reports of one event and keeps one record of it, with every variant its witnesses give.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
errors = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)

DONE, NOTHING_DONE = 0, 1
WIDEST = 100
"""Columns of the terminal views, however wide the terminal is."""


class ReadFormat(enum.StrEnum):
    """How ``read`` and ``gather`` write."""

    text = "text"
    jsonl = "jsonl"


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


class EngineName(enum.StrEnum):
    """What runs the steps of ``run``."""

    serial = "serial"
    pool = "pool"
    ray = "ray"


class SchemaOf(enum.StrEnum):
    """Which schema ``schema`` prints."""

    both = "both"
    reading = "reading"
    record = "record"


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


@app.callback(invoke_without_command=True)
def variorum(
    version: Annotated[bool, typer.Option("--version", help="Print the version and leave.")] = False,
) -> None:
    """Options that come before the command."""
    if version:
        typer.echo(f"variorum {__version__}")
        raise typer.Exit


@app.command()
def read(
    paths: Inputs,
    format: Annotated[ReadFormat, typer.Option(help="text for people, jsonl for programs.")] = ReadFormat.text,
    output: Output = None,
    evidence: Evidence = False,
    workers: Workers = 1,
    rejects: Rejects = None,
    ignore_robots: IgnoreRobots = False,
    quiet: Quiet = False,
) -> None:
    """What each report says, found where: names, statements, figures, events, journeys, positions."""
    from variorum import api
    from variorum.model import codec
    from variorum.views import terminal

    with _intake(paths, rejects=rejects, robots=not ignore_robots, quiet=quiet) as reports, _writing(output) as out:
        for reading in api.read_many(reports, workers=workers):
            if not quiet:
                _tell_notes(reading)
            if format is ReadFormat.jsonl:
                _line(out, codec.to_json(reading))
            else:
                terminal.render_reading(reading, console=_console(out), evidence=evidence)


@app.command()
def gather(
    paths: Inputs,
    format: Annotated[ReadFormat, typer.Option(help="text for people, jsonl for programs.")] = ReadFormat.text,
    output: Output = None,
    rejects: Rejects = None,
    ignore_robots: IgnoreRobots = False,
    quiet: Quiet = False,
) -> None:
    """Which reports tell the same story, and which of them descend from the same text."""
    from variorum import api
    from variorum.views import terminal

    with _intake(paths, rejects=rejects, robots=not ignore_robots, quiet=quiet) as reports, _writing(output) as out:
        if format is ReadFormat.jsonl:
            for placing in api.place(reports):
                _line(out, json.dumps(placing, ensure_ascii=False))
        else:
            terminal.render_stories(api.gather(reports), console=_console(out))


@app.command()
def collate(
    paths: Inputs,
    format: Annotated[
        RecordFormat,
        typer.Option(
            help="text, html and markdown for people; json (the record itself), jsonld and geojson (the journeys) for"
            " programs; csv and parquet for tables, one a kind, into the folder that --output names."
        ),
    ] = RecordFormat.text,
    output: Output = None,
    evidence: Evidence = False,
    together: Annotated[
        bool, typer.Option("--together", help="Take all reports for one story, whatever the program thinks.")
    ] = False,
    workers: Workers = 1,
    rejects: Rejects = None,
    ignore_robots: IgnoreRobots = False,
    quiet: Quiet = False,
) -> None:
    """One record of many reports of one event.

    Reports that do not belong together become one record a story; with --output FILE the second goes to FILE-2.
    """
    from variorum import api

    with _intake(paths, rejects=rejects, robots=not ignore_robots, quiet=quiet) as reports:
        records = api.collate(reports, together=together, workers=workers)
    if not quiet:
        for reading in (report for record in records for report in record.reports):
            _tell_notes(reading)
    if len(records) > 1:
        count = sum(len(record.reports) for record in records)
        errors.print(
            f"variorum: these {count} reports do not tell one story but {len(records)}; one record each"
            " (--together takes them for one)"
        )
    if format in (RecordFormat.csv, RecordFormat.parquet):
        _write_tables(records, format, output, quiet=quiet)
        return
    if output is None:
        with _writing(None) as out:
            for record in records:
                _write_record(record, format, out, evidence=evidence)
        return
    for number, record in enumerate(records, 1):
        target = output if number == 1 else output.with_stem(f"{output.stem}-{number}")
        with _writing(target) as out:
            _write_record(record, format, out, evidence=evidence)
        if not quiet:
            errors.print(f"variorum: {target}: {record.title} ({_count(len(record.reports), 'report')})")


@app.command()
def verify(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="RECORD…", help="What collate wrote: json, jsonld, geojson, or a folder of csv or parquet tables."
        ),
    ],
    quiet: Quiet = False,
) -> None:
    """Re-check every entry of a record, or of an export of one, against the texts that the file itself carries."""
    from variorum import api

    failed = False
    for path in paths:
        for where, count, problems in api.recheck(path):
            failed = failed or bool(problems)
            for problem in problems:
                errors.print(f"{where}: {problem}")
            if not problems and not quiet:
                typer.echo(f"{where}: {_count(count, 'place')} checked, all hold")
    if failed:
        raise typer.Exit(NOTHING_DONE)


@app.command()
def run(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT…",
            help="WARC (plain, gz, zst), JSON Lines, Parquet, or a text file listing addresses of such; files, folders,"
            " patterns, or addresses in any storage that fsspec knows (s3://…, gs://…).",
            show_default=False,
        ),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="The folder of the data set.")],
    engine: Annotated[
        EngineName, typer.Option(help="This process, the processes of this machine, or Ray on one or many.")
    ] = EngineName.pool,
    workers: Annotated[int, typer.Option("--workers", "-w", min=0, help="Processes; 0: one a processor.")] = 0,
    cluster: Annotated[
        str | None,
        typer.Option(metavar="HOST:PORT", help="The Ray cluster to use; by default $RAY_ADDRESS, or one of its own."),
    ] = None,
    base: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="What addresses of a list are relative to; by default the list's folder."),
    ] = None,
    files: Annotated[
        int | None,
        typer.Option(min=1, help="Files that each day of a table is spread over: 1, or more where a day is large."),
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Read crawls and tables of any size into a data set of Parquet tables, on one core, all cores or a cluster.

    A run that was ended goes on where it was; a later run adds what is new. What could not be read is in manifest.json.
    """
    from variorum import api
    from variorum.views.terminal.running import RunningLine

    with RunningLine(errors, quiet=quiet) as line:
        done = api.make_dataset(
            inputs,
            out,
            engine=engine.value,
            workers=workers,
            cluster=cluster,
            base=base,
            parts=files,
            on_progress=lambda at: line.tell(at.stage, at.done, at.total, at.reports),
            on_reject=lambda error: errors.print(f"variorum: {error}"),
        )
    if not quiet:
        known = f", {_count(done.known, 'input')} known already" if done.known else ""
        errors.print(
            f"variorum: {out}: {_count(done.reports, 'new report')} from {_count(done.inputs, 'input')}{known};"
            f" {done.rejected} refused; stories new or changed: {done.stories}"
        )


@app.command()
def serve(
    library: Annotated[
        str | None,
        typer.Option("--library", metavar="PLACE", help="A file, or postgresql://…; else the one in your data folder."),
    ] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes any that is free.")] = 8033,
    host: Annotated[
        str, typer.Option(help="The address to listen on; another than this machine's own lets others in.")
    ] = "127.0.0.1",
    token: Annotated[
        str | None,
        typer.Option(
            envvar="VARIORUM_TOKEN",
            show_envvar=True,
            help="What adding and ruling from outside take; made up where it is needed and not given.",
        ),
    ] = None,
    team: Annotated[
        bool, typer.Option("--team", help="Everybody signs in; `variorum account` keeps the accounts.")
    ] = False,
    allow_host: Annotated[
        list[str] | None,
        typer.Option("--allow-host", metavar="NAME", help="A further name of this server; repeatable."),
    ] = None,
    proxy: Annotated[
        list[str] | None,
        typer.Option("--proxy", metavar="ADDRESS", help="A proxy that says for whom it asks; repeatable."),
    ] = None,
    https: Annotated[bool, typer.Option("--https", help="Browsers reach the server through TLS.")] = False,
) -> None:
    """The application in the browser: stories, records beside their reports, adding, search, rulings."""
    from variorum.web.serving import Serving, serve

    serve(
        Serving(
            library=library,
            host=host,
            port=port,
            token=token,
            team=team,
            names=tuple(allow_host or ()),
            proxies=tuple(proxy or ()),
            https=https,
        ),
        tell=errors.print,
    )


@app.command()
def schema(
    which: Annotated[SchemaOf, typer.Argument(help="reading (a line of JSON Lines), record, or both.")] = SchemaOf.both,
) -> None:
    """The JSON Schema of reading and record, from the model."""
    from variorum.model import codec

    made = codec.schemas()
    typer.echo(json.dumps(made if which is SchemaOf.both else made[which.value], indent=2, ensure_ascii=False))


def main() -> None:
    """Entry point: one clear line for every fault that is the input's, and the exit status of a good command-line tool.

    0: done. 1: nothing could be done, or a record does not hold. 2: the command was not understood.
    """
    try:
        app(standalone_mode=True)
    except VariorumError as error:
        errors.print(f"variorum: {error}")
        sys.exit(NOTHING_DONE)
    except BrokenPipeError:
        # The reader of a pipe has left; the interpreter would complain once more when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(DONE)
    except KeyboardInterrupt:
        sys.exit(130)


# ---- what the commands share ---------------------------------------------------------------------


@contextmanager
def _intake(paths: list[str], *, rejects: Path | None, robots: bool, quiet: bool) -> Iterator[Iterable[Report]]:
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

    with Progress(
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=errors,
        transient=True,
        disable=quiet or not errors.is_terminal,
    ) as progress:
        task = progress.add_task("reading", total=None)

        def counted() -> Iterator[Report]:
            nonlocal taken
            for report in api.reports(paths, on_reject=refuse, robots=robots):
                taken += 1
                progress.update(task, completed=taken)
                yield report

        yield counted()
    if rejects is not None:
        lines = (json.dumps({"where": e.where, "reason": e.reason}, ensure_ascii=False) + "\n" for e in refused)
        rejects.write_text("".join(lines), "utf-8")
    if not taken:
        raise NothingToDo("no report could be read" if refused else "no reports were given")
    if refused and not quiet:
        errors.print(f"variorum: {_count(taken, 'report')} taken in, {_count(len(refused), 'input')} refused")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


@contextmanager
def _writing(target: Path | None) -> Iterator[TextIO]:
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


def _console(out: TextIO) -> Console:
    console = Console(file=out, highlight=False, markup=False, emoji=False)
    console.width = min(console.width, WIDEST) if console.is_terminal else WIDEST
    return console


def _write_record(record: Record, format: RecordFormat, out: TextIO, *, evidence: bool) -> None:
    match format:
        case RecordFormat.json:
            from variorum.model import codec

            _line(out, codec.to_json(record))
        case RecordFormat.html:
            from variorum.views import page

            _line(out, page.render_page(record))
        case RecordFormat.markdown:
            from variorum.views import markdown

            _line(out, markdown.render_markdown(record))
        case RecordFormat.jsonld:
            from variorum.views import linked

            _line(out, linked.render_jsonld(record))
        case RecordFormat.geojson:
            from variorum.views import geo

            _line(out, geo.render_geojson(record))
        case RecordFormat.csv | RecordFormat.parquet:
            raise AssertionError("tables go into a folder")
        case RecordFormat.text:
            from variorum.views import terminal

            terminal.render_record(record, console=_console(out), evidence=evidence)


def _write_tables(records: tuple[Record, ...], format: RecordFormat, folder: Path | None, *, quiet: bool) -> None:
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
        errors.print(f"variorum: {folder}: {_count(len(written), 'table')}")


def _tell_notes(reading: Report) -> None:
    """What a reader should know about how a report was taken in and read, on the error stream."""
    for note in reading.notes:
        errors.print(f"variorum: {reading.location or reading.id}: {note}")


def _line(out: TextIO, text: str) -> None:
    out.write(text if text.endswith("\n") else text + "\n")
