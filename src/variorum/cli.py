"""The commands. Each one parses its words, calls ``variorum.api`` and hands the result to a view."""

from __future__ import annotations

import enum
import json
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from variorum import __version__
from variorum.commands import assistants, demo, library, people, rulings, serving, watch
from variorum.commands.shared import (
    DONE,
    INTERRUPTED,
    NOTHING_DONE,
    Evidence,
    IgnoreRobots,
    Inputs,
    Output,
    Quiet,
    RecordFormat,
    Rejects,
    Workers,
    console,
    counted,
    errors,
    intake,
    line,
    tell_notes,
    write_record,
    write_tables,
    writing,
)
from variorum.errors import VariorumError

app = typer.Typer(
    name="variorum",
    help="Reads many news reports of one event and keeps one record of it, with every variant its witnesses give.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


class ReadFormat(enum.StrEnum):
    """How ``read`` and ``gather`` write."""

    text = "text"
    jsonl = "jsonl"


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

    with intake(paths, rejects=rejects, robots=not ignore_robots, quiet=quiet) as reports, writing(output) as out:
        for reading in api.read_many(reports, workers=workers):
            if not quiet:
                tell_notes(reading)
            if format is ReadFormat.jsonl:
                line(out, codec.to_json(reading))
            else:
                terminal.render_reading(reading, console=console(out), evidence=evidence)


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

    with intake(paths, rejects=rejects, robots=not ignore_robots, quiet=quiet) as reports, writing(output) as out:
        if format is ReadFormat.jsonl:
            for placing in api.place(reports):
                line(out, json.dumps(placing, ensure_ascii=False))
        else:
            terminal.render_stories(api.gather(reports), console=console(out))


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

    with intake(paths, rejects=rejects, robots=not ignore_robots, quiet=quiet) as reports:
        records = api.collate(reports, together=together, workers=workers)
    if not quiet:
        for reading in (report for record in records for report in record.reports):
            tell_notes(reading)
    if len(records) > 1:
        count = sum(len(record.reports) for record in records)
        errors.print(
            f"variorum: these {count} reports do not tell one story but {len(records)}; one record each"
            " (--together takes them for one)"
        )
    if format in (RecordFormat.csv, RecordFormat.parquet):
        write_tables(records, format, output, quiet=quiet)
        return
    if output is None:
        with writing(None) as out:
            for record in records:
                write_record(record, format, out, evidence=evidence)
        return
    for number, record in enumerate(records, 1):
        target = output if number == 1 else output.with_stem(f"{output.stem}-{number}")
        with writing(target) as out:
            write_record(record, format, out, evidence=evidence)
        if not quiet:
            errors.print(f"variorum: {target}: {record.title} ({counted(len(record.reports), 'report')})")


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
                typer.echo(f"{where}: {counted(count, 'place')} checked, all hold")
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
    try:
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
    except KeyboardInterrupt:
        errors.print(f"variorum: {out}: interrupted; the same command goes on from here")
        raise typer.Exit(INTERRUPTED) from None
    if not quiet:
        known = f", {counted(done.known, 'input')} known already" if done.known else ""
        errors.print(
            f"variorum: {out}: {counted(done.reports, 'new report')} from {counted(done.inputs, 'input')}{known};"
            f" {done.rejected} refused; stories new or changed: {done.stories}"
        )


@app.command()
def schema(
    which: Annotated[SchemaOf, typer.Argument(help="reading (a line of JSON Lines), record, or both.")] = SchemaOf.both,
) -> None:
    """The JSON Schema of reading and record, from the model."""
    from variorum.model import codec

    made = codec.schemas()
    typer.echo(json.dumps(made if which is SchemaOf.both else made[which.value], indent=2, ensure_ascii=False))


for room in (demo, library, rulings, watch, serving, assistants):
    for command in room.COMMANDS:
        app.command()(command)
app.add_typer(people.app)


def main() -> None:
    """Entry point: one clear line for every fault that is the input's, and the exit status of a good command-line tool.

    0: done. 1: nothing could be done, or a record does not hold. 2: the command was not understood. 130: interrupted.
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
        sys.exit(INTERRUPTED)
