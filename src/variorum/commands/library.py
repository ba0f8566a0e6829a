"""Commands that work in a library: add, stories, show, search, changes, settle, export."""

from __future__ import annotations

import enum
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from variorum.commands.shared import (
    Evidence,
    IgnoreRobots,
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
    progress,
    tell_notes,
    write_record,
    write_tables,
    writing,
)
from variorum.errors import NothingToDo

if TYPE_CHECKING:
    from variorum.library import Library
    from variorum.model import Addition, LibraryChange, Settled


class ListFormat(enum.StrEnum):
    """How lists are written."""

    text = "text"
    json = "json"


class LineFormat(enum.StrEnum):
    """How things that come one by one are written."""

    text = "text"
    jsonl = "jsonl"


class Order(enum.StrEnum):
    """How stories are ordered."""

    changed = "changed"
    newest = "newest"
    reports = "reports"
    differences = "differences"


class Kind(enum.StrEnum):
    """What a search finds."""

    report = "report"
    statement = "statement"
    figure = "figure"
    position = "position"
    event = "event"


class Exported(enum.StrEnum):
    """What ``export`` writes."""

    records = "records"
    readings = "readings"
    rulings = "rulings"
    changes = "changes"
    csv = "csv"
    parquet = "parquet"


Where = Annotated[
    str | None,
    typer.Option(
        "--library",
        metavar="FILE|URL",
        envvar="VARIORUM_LIBRARY",
        help="The library: a file, or postgresql://…; by default a file in your data folder.",
        show_default=False,
    ),
]
StoryArgument = Annotated[
    str, typer.Argument(metavar="STORY", help="A story's id, the beginning of one, or words of its title.")
]
Outlet = Annotated[str | None, typer.Option(metavar="NAME", help="Only what this outlet published.")]
Since = Annotated[str | None, typer.Option(metavar="DATE", help="From this day on (2026-05-12, 2026-05).")]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="Up to this day, included.")]


@contextmanager
def opened(where: str | None, *, reads: bool = False) -> Iterator[Library]:
    """The library that a command works in, closed afterwards; ``reads``: the command reads new reports."""
    from variorum.store import index_lines

    if reads:
        from variorum import api

        library = api.library(where, on_index=index_lines(_say))
    else:
        from variorum.library import Library

        library = Library.open(where, on_index=index_lines(_say))
    try:
        yield library
    finally:
        library.close()


def _say(line: str) -> None:
    errors.print(f"variorum: {line}")


def add(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="PATH…",
            help="Files, folders, patterns or addresses; .jsonl: one report a line; -: standard input.",
            show_default=False,
        ),
    ] = None,
    library: Where = None,
    dataset: Annotated[
        list[Path] | None,
        typer.Option(metavar="DIR", help='What "variorum run" made: taken up without reading anything again.'),
    ] = None,
    example: Annotated[bool, typer.Option("--example", help="Add the bundled story of four reports.")] = False,
    format: Annotated[LineFormat, typer.Option(help="text for people, jsonl for programs.")] = LineFormat.text,
    workers: Workers = 1,
    rejects: Rejects = None,
    ignore_robots: IgnoreRobots = False,
    quiet: Quiet = False,
) -> None:
    """Add reports to the library, and say what they change in its records.

    What is there already is not read again, so that the same command can be given twice, or once more after a crash. A
    page whose text has changed becomes a new version of its report.

    Examples:

    variorum add reports/ https://example.org/news/one.html

    variorum add feed.jsonl --format jsonl --library desk.sqlite

    variorum add --dataset news
    """
    if not paths and not dataset and not example:
        raise NothingToDo("no reports were given")
    with opened(library, reads=True) as shelf, writing(None) as out:
        told = _Told(shelf, out, as_lines=format is LineFormat.jsonl, quiet=quiet)
        if example:
            from variorum import api

            told.all(shelf.add(api.example_reports(), workers=workers))
        for folder in dataset or ():
            from variorum.dataset import readings

            told.all(shelf.add(readings(folder)))
        if paths:
            with intake(paths, rejects=rejects, robots=not ignore_robots, quiet=quiet) as reports:
                told.all(shelf.add(reports, workers=workers))
        told.settled(shelf.settle_if_due())
        told.summary()


class _Told:
    """Tells what became of reports, one by one as they are committed."""

    def __init__(self, library: Library, out: TextIO, *, as_lines: bool, quiet: bool) -> None:
        self._library, self._out, self._as_lines, self._quiet = library, out, as_lines, quiet
        self._count = {"added": 0, "revised": 0, "known": 0}

    def all(self, additions: Iterable[Addition]) -> None:
        """Tell all of them, as they come."""
        from variorum.model import codec
        from variorum.views import labels
        from variorum.views.terminal import library as view

        for addition in additions:
            self._count[addition.outcome] += 1
            if self._as_lines:
                line(self._out, codec.to_json(addition))
                self._out.flush()
            elif not self._quiet and addition.outcome != "known":
                reading = self._library.report(addition.report)
                tell_notes(reading)
                view.render_addition(addition, labels.heading(reading), console=console(self._out))

    def settled(self, settled: Settled) -> None:
        """What was placed better once all was there."""
        if self._quiet or self._as_lines or not settled.moved:
            return
        tell_settled(self._library, settled, self._out)

    def summary(self) -> None:
        """How many there were, and what the library holds now."""
        if self._quiet:
            return
        held = self._library.counts()
        stories = counted(held.stories, "story").replace("storys", "stories")
        made = ", ".join(f"{n} {what}" for what, n in self._count.items() if n) or "nothing new"
        errors.print(f"variorum: {made}; {counted(held.reports, 'report')} in {stories} in {self._library.name}")


def tell_settled(library: Library, settled: Settled, out: TextIO) -> None:
    """What a settling changed, story by story."""
    from variorum.views.terminal import library as view

    errors.print(f"variorum: {counted(settled.moved, 'report')} found better placed in another story")
    for story in dict.fromkeys(change.story for change in settled.changes):
        own = [change for change in settled.changes if change.story == story]
        console(out).print(f"{library.story(story).title}  {story}", highlight=False)
        view.render_changes(own, console=console(out), stories=False)


def settle(
    library: Where = None,
    every: Annotated[
        bool, typer.Option("--all", help="Look at all reports again, not only at those near what came since.")
    ] = False,
    format: Annotated[LineFormat, typer.Option(help="text for people, jsonl for programs.")] = LineFormat.text,
    quiet: Quiet = False,
) -> None:
    """Put stories together as if all their reports had come at once, and say what moves.

    Adding, watching and serving do so by themselves, at once where it costs little and else once a day. Rulings hold,
    and the id of a story that became part of another leads on to it.

    Examples:

    variorum settle

    variorum settle --all --library desk.sqlite
    """
    from variorum.model import codec

    with opened(library) as shelf, writing(None) as out, progress("moving", quiet=quiet) as tell:
        settled = shelf.settle(every=every, on_progress=tell)
        if format is LineFormat.jsonl:
            for change in settled.changes:
                line(out, codec.to_json(change))
        elif settled.moved:
            tell_settled(shelf, settled, out)
        if not quiet:
            errors.print(f"variorum: {counted(settled.reports, 'report')} looked at, {settled.moved} moved")


def stories(
    words: Annotated[str | None, typer.Argument(metavar="WORDS", help="In the title or in a headline.")] = None,
    library: Where = None,
    outlet: Outlet = None,
    since: Since = None,
    until: Until = None,
    disputed: Annotated[bool, typer.Option("--disputed", help="Only stories whose reports differ.")] = False,
    origins: Annotated[int, typer.Option(min=0, help="Only stories of at least so many independent origins.")] = 0,
    order: Annotated[Order, typer.Option(help="What comes first.")] = Order.changed,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many at most.")] = 20,
    offset: Annotated[int, typer.Option(min=0, help="How many to pass over.")] = 0,
    format: Annotated[ListFormat, typer.Option(help="text for people, json for programs.")] = ListFormat.text,
) -> None:
    """The stories of the library, with what is new and what is disputed in each.

    Examples:

    variorum stories --disputed --origins 2

    variorum stories ferry --since 2031-05 --order reports --format json
    """
    from variorum.model import StoryQuery, codec
    from variorum.views.terminal import library as view

    query = StoryQuery(
        words=words,
        outlet=outlet,
        since=_day(since, "since"),
        until=_day(until, "until"),
        disputed=disputed,
        least_origins=origins,
        order=order.value,
        limit=limit,
        offset=offset,
    )
    with opened(library) as shelf, writing(None) as out:
        page = shelf.stories(query)
        if format is ListFormat.json:
            line(out, codec.to_json(page))
        else:
            view.render_story_list(page, console=console(out))


def show(
    story: StoryArgument,
    library: Where = None,
    format: Annotated[
        RecordFormat,
        typer.Option(help="As for collate; csv and parquet go into the folder that --output names."),
    ] = RecordFormat.text,
    output: Output = None,
    evidence: Evidence = False,
    quiet: Quiet = False,
) -> None:
    """A story's record as it is now, with the rulings on it.

    Examples:

    variorum show s7c33f --evidence

    variorum show "ferry fire" --format markdown -o ferry.md
    """
    with opened(library) as shelf:
        record = shelf.record(shelf.find_story(story).id)
    if format in (RecordFormat.csv, RecordFormat.parquet):
        write_tables((record,), format, output, quiet=quiet)
        return
    with writing(output) as out:
        write_record(record, format, out, evidence=evidence)


def search(
    words: Annotated[
        str,
        typer.Argument(
            metavar="WORDS", help='Words that must all occur; "a phrase" in quotation marks; -word must not.'
        ),
    ] = "",
    library: Where = None,
    kind: Annotated[list[Kind] | None, typer.Option(help="Only these; may be given several times.")] = None,
    speaker: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who said it, holds it or vouches for it; any part of a name.")
    ] = None,
    outlet: Outlet = None,
    story: Annotated[str | None, typer.Option(metavar="STORY", help="Only in this story.")] = None,
    since: Since = None,
    until: Until = None,
    language: Annotated[
        str | None, typer.Option(metavar="CODE", help="Only reports in this language (en, fr).")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="How many at most.")] = 20,
    offset: Annotated[int, typer.Option(min=0, help="How many to pass over.")] = 0,
    format: Annotated[ListFormat, typer.Option(help="text for people, json for programs.")] = ListFormat.text,
) -> None:
    """Search reports, statements, figures, positions and events; every hit is shown in its place.

    Examples:

    variorum search "harbour inquiry" --kind statement --speaker valadares

    variorum search '"neutral chair" -resolution' --since 2026-05 --format json
    """
    from variorum.model import SearchQuery, codec
    from variorum.views.terminal import library as view

    with opened(library) as shelf, writing(None) as out:
        query = SearchQuery(
            words=words,
            kinds=tuple(one.value for one in kind or ()),
            speaker=speaker,
            outlet=outlet,
            story=shelf.find_story(story).id if story else None,
            since=_day(since, "since"),
            until=_day(until, "until"),
            language=language,
            limit=limit,
            offset=offset,
        )
        page = shelf.search(query)
        if format is ListFormat.json:
            line(out, codec.to_json(page))
        else:
            view.render_hits(page, console=console(out))


def changes(
    story: Annotated[str | None, typer.Argument(metavar="STORY", help="Only of this story.")] = None,
    library: Where = None,
    after: Annotated[int, typer.Option(min=0, help="Only those with a higher number.")] = 0,
    limit: Annotated[int, typer.Option(min=1, max=10000, help="How many at most, the last ones.")] = 50,
    format: Annotated[LineFormat, typer.Option(help="text for people, jsonl for programs.")] = LineFormat.text,
) -> None:
    """What changed in the records, a line each: a toll revised, a new difference, a third independent origin.

    Examples:

    variorum changes

    variorum changes --after 1200 --format jsonl
    """
    from variorum.model import codec
    from variorum.views.terminal import library as view

    with opened(library) as shelf, writing(None) as out:
        chosen = shelf.find_story(story).id if story else None
        if after:
            found = shelf.changes(after, chosen, limit)
        else:
            found = tuple(deque(_all_changes(shelf, chosen), maxlen=limit))
        if format is LineFormat.text:
            view.render_changes(found, console=console(out))
            return
        for change in found:
            line(out, codec.to_json(change))


def _all_changes(library: Library, story: str | None) -> Iterator[LibraryChange]:
    after = 0
    while some := library.changes(after, story, 1000):
        yield from some
        after = some[-1].number


def export(
    what: Annotated[
        Exported,
        typer.Argument(metavar="WHAT", help="records, readings, rulings, changes as JSON Lines; csv, parquet: tables."),
    ],
    library: Where = None,
    story: Annotated[str | None, typer.Option(metavar="STORY", help="Only this story.")] = None,
    output: Output = None,
    quiet: Quiet = False,
) -> None:
    """The library, or one story of it, for other programs.

    Records carry their reports' texts, so that "variorum verify" can re-check them; csv and parquet go into the folder
    that --output names.

    Examples:

    variorum export records -o records.jsonl

    variorum export parquet --story "ferry fire" -o tables/
    """
    from variorum.model import codec

    with opened(library) as shelf:
        chosen = shelf.find_story(story).id if story else None
        if what in (Exported.csv, Exported.parquet):
            records = tuple(shelf.record(id) for id in _story_ids(shelf, chosen))
            write_tables(records, RecordFormat(what.value), output, quiet=quiet)
            return
        with writing(output) as out:
            if what is Exported.rulings:
                for ruling in shelf.rulings(chosen):
                    line(out, codec.to_json(ruling))
            elif what is Exported.changes:
                for change in _all_changes(shelf, chosen):
                    line(out, codec.to_json(change))
            else:
                for id in _story_ids(shelf, chosen):
                    record = shelf.record(id)
                    for thing in (record,) if what is Exported.records else record.reports:
                        line(out, codec.to_json(thing))


def _story_ids(library: Library, story: str | None) -> list[str]:
    """The story asked for, or all, in an order that does not depend on what was changed last."""
    return [story] if story is not None else sorted(one.id for one in library.all_stories())


_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


def _day(given: str | None, option: str) -> str | None:
    if given is not None and not _DAY.fullmatch(given):
        raise typer.BadParameter(f"{given!r} is no date such as 2026-05-12 or 2026-05", param_hint=f"--{option}")
    return given


COMMANDS: tuple[Callable[..., None], ...] = (add, stories, show, search, changes, settle, export)
