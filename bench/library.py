"""A library of many reports: how fast a story page's data and a search come, with many readers beside one writer.

    python bench/library.py build WHERE [--reports 100000]                 # makes the library (no language model: see below)
    python bench/library.py copy FILE WHERE                                # the same library on PostgreSQL
    python bench/library.py read WHERE [--readers 20] [--seconds 60] [--think 2.0] [--no-writer] [--settling 15]
    python bench/library.py pages WHERE [--readers 20] [--seconds 60] [--think 2.0]

``WHERE`` is a file, ``postgresql://…``, or ``server:FOLDER`` for a PostgreSQL server of the benchmark's own with its data there.
``copy`` copies a library row by row into an empty one on PostgreSQL, which is quicker than building it. ``build`` puts generated
reports (bench/generate_reports.py) through the store's own transactions. What was read in each is made cheaply, in the
amounts that reading finds in real reports: a statement every fourth sentence, an event as often, every number a figure, now
and then a position; stories of many reports share statements and figures.

``read`` starts readers, threads of four processes, that ask, think for about ``--think`` seconds, and ask again: half
of the time for a story page's data (line, record, decoded), half for a search. Searches are a mixture: one common word, two words,
a rare phrase, a word by a speaker, a word of one kind, a word of one outlet in one month, a word but not another. One writer
adds a report and puts its story anew ten times a second. Prints one JSON object with the requests a second that were made and the
milliseconds (median, percentiles, most) by kind of question, and the milliseconds that the asking thread was busy (``cpu``: all of
the work with SQLite, and what to look at where other programs share the machine). ``--think 0`` asks without pause.

``pages`` does the same over HTTP against the application (``variorum.web``), run in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import re
import statistics
import subprocess
import sys
import threading
import time
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from generate_reports import generate
from sqlalchemy import Table, func, select

from variorum.library.recording import entries_of, line_of
from variorum.model import (
    Actor,
    ActorName,
    Block,
    Difference,
    DifferenceAbout,
    DifferenceAccount,
    Event,
    Extent,
    Figure,
    FigureAccount,
    Lineage,
    Mention,
    Name,
    Origin,
    Position,
    Published,
    Reading,
    Record,
    RecordEvent,
    RecordFigure,
    RecordPosition,
    RecordStatement,
    ReportedActor,
    Span,
    Statement,
    StatementVariant,
    codec,
)
from variorum.model.shelf import LibraryChange, SearchQuery
from variorum.store import Store, open_store, schema
from variorum.store.dialects import INDEX_POSTGRES
from variorum.store.entering import Entries
from variorum.store.index import vector

_NAME = re.compile(r"\b[A-Z][a-z]+ [A-Z][a-z]+\b")
_NUMBER = re.compile(r"\b[0-9]+\b")
_SENTENCE = re.compile(r"[^.]+\.?")
BATCH = 500
PROCESSES = 4
PORT = 8077
Answered = tuple[str, float, float]
"""Kind of question, milliseconds until its answer, and milliseconds that its thread was busy."""
SETTLING = 15.0
"""Seconds at the beginning in which all ask and nothing is counted, if no others are given: processes and connections start."""


# what reading would have found


def reading_of(row: dict[str, str]) -> Reading:
    """A reading with as many findings as a real one, made without a language model."""
    text = row["text"]
    sentences = [Extent(*m.span()) for m in _SENTENCE.finditer(text) if len(m[0]) > 10]
    names = [Name(name=m[0], kind="person", start=m.start(), end=m.end()) for m in _NAME.finditer(text)]
    mentions: dict[str, list[Mention]] = defaultdict(list)
    for name in names:
        mentions[name.name].append(Mention(start=name.start, end=name.end, form="name"))
    numbers = [Extent(*m.span()) for m in _NUMBER.finditer(text)]
    blocks, place = [], 0
    for line in text.split("\n"):
        blocks.append(Block(kind="body", start=place, end=place + len(line)))
        place += len(line) + 1
    return Reading(
        id=row["id"],
        text=text,
        blocks=tuple(block for block in blocks if block.end > block.start),
        title=row["title"],
        outlet=row["outlet"],
        published=Published(date=row["published"], basis="metadata"),
        names=tuple(names),
        actors=tuple(ReportedActor(name=n, kind="person", mentions=tuple(m)) for n, m in mentions.items()),
        statements=tuple(_statement(where, names) for where in sentences[::4]),
        figures=tuple(
            Figure(
                value=int(where.of(text)), what=text[where.end : where.end + 20], start=where.start, end=where.end + 1
            )
            for where in numbers
            if where.end < len(text)
        ),
        events=tuple(Event(type="CONSULT", mode="meeting", trigger=Extent(s.start, s.end)) for s in sentences[1::4]),
        positions=tuple(
            Position(actor=Extent(n.start, n.end), stance="supports", start=n.start, end=min(len(text), n.end + 60))
            for n in names[::20]
        ),
    )


def _statement(where: Extent, names: Sequence[Name]) -> Statement:
    inside = next((name for name in names if where.start <= name.start < where.end), None)
    source = Extent(inside.start, inside.end) if inside else None
    return Statement(kind="indirect", content=(where,), source=source, cue=source, speaker=inside and inside.name)


def record_of(readings: Sequence[Reading]) -> Record:
    """A record with an entry for the n-th statement, figure, event and position of every report."""
    people: dict[str, list[tuple[str, Mention]]] = defaultdict(list)
    for reading in readings:
        for actor in reading.actors:
            people[actor.name] += [(reading.id, mention) for mention in actor.mentions]
    ids = {name: f"a{n}" for n, name in enumerate(people, 1)}
    actors = [_actor(ids[name], name, found) for name, found in people.items()]
    spread = max(1, len(readings) // 3)
    """Every third of a long story's reports says something of its own."""
    said: dict[int, list[StatementVariant]] = defaultdict(list)
    counted: dict[int, list[FigureAccount]] = defaultdict(list)
    happened: dict[int, list[Span]] = defaultdict(list)
    held: dict[int, list[tuple[str, Span]]] = defaultdict(list)
    for place, reading in enumerate(readings):
        shift = 1000 * (place % spread)
        for n, s in enumerate(reading.statements, shift):
            speaker = ids[s.speaker] if s.speaker else None
            said[n].append(
                StatementVariant(report=reading.id, kind=s.kind, content=s.content, source=s.source, speaker=speaker)
            )
        for n, f in enumerate(reading.figures, shift):
            counted[n].append(FigureAccount(report=reading.id, value=f.value, start=f.start, end=f.end))
        for n, e in enumerate(reading.events, shift):
            happened[n].append(Span(report=reading.id, start=e.trigger.start, end=e.trigger.end))
        for n, p in enumerate(reading.positions, shift):
            held[n].append((ids[p.actor.of(reading.text)], Span(report=reading.id, start=p.start, end=p.end)))
    return Record(
        title=readings[0].title or "",
        reports=tuple(readings),
        actors=tuple(actors),
        statements=tuple(
            RecordStatement(id=f"t{n}", speaker=v[0].speaker, standing="single", variants=tuple(v)) for n, v in said.items()
        ),
        figures=tuple(
            RecordFigure(id=f"f{n}", what="people", standing="differs", accounts=tuple(v)) for n, v in counted.items()
        ),
        events=tuple(
            RecordEvent(
                id=f"e{n}", type="CONSULT", mode="meeting", participants=(), actors=(), recipients=(), place=None,
                date=None, status="held", standing="single", mentions=tuple(v),
            )
            for n, v in happened.items()
        ),
        positions=tuple(
            RecordPosition(
                id=f"p{n}", actor=v[0][0], issue="it", stance="supports", basis="words", standing="single",
                evidence=tuple(span for _, span in v),
            )
            for n, v in held.items()
        ),
        differences=tuple(_difference(n, v) for n, v in list(counted.items())[:12] if len(v) > 1),
        lineage=Lineage(
            origins=tuple(Origin(reports=(reading.id,)) for reading in readings), independent=len(readings)
        ),
    )  # fmt: skip


def _actor(id: str, name: str, found: Sequence[tuple[str, Mention]]) -> Actor:
    reports = dict.fromkeys(report for report, _ in found)
    return Actor(
        id=id,
        name=name,
        kind="person",
        names=tuple(ActorName(text=name, report=report, count=1) for report in reports),
        mentions=tuple(Span(report=report, start=m.start, end=m.end) for report, m in found),
    )


def _difference(n: int, accounts: Sequence[FigureAccount]) -> Difference:
    told = tuple(DifferenceAccount(report=a.report, value=str(a.value), start=a.start, end=a.end) for a in accounts)
    about = DifferenceAbout(entry=f"f{n}", label=f"people ({n})")
    return Difference(id=f"d{n}", kind="number", about=about, accounts=told, weight=0.5, why="unequal numbers")


# building


def put(store: Store, stories: Sequence[tuple[str, Sequence[Reading]]], number: int = 0) -> int:
    """Put down whole stories in one transaction."""
    entered = 0
    with store.write() as tx:
        for story, readings in stories:
            rng = random.Random(story)
            for reading in readings:
                day = date.fromisoformat(reading.published.date).toordinal() if reading.published else None
                key = rng.randbytes(600)
                bands = [rng.randrange(1 << 32) for _ in range(8)]
                tx.put_report(reading, key=key, day=day, bands=bands, story=story, address=None, digest=reading.id)
            record = record_of(readings)
            entries = list(entries_of(record))
            entered += len(entries)
            line = line_of(
                story, record, changed=f"{record.reports[-1].published.date}T00:00:00Z", latest="report added"
            )
            tx.put_story(line, codec.to_json(record).encode(), entries)
            told = LibraryChange(number=0, when=line.changed, story=story, topic="story-opened", text="a story")
            tx.add_changes([told])
    return entered


def build(where: str, count: int) -> dict[str, Any]:
    """Make a library of generated reports."""
    rows: dict[str, list[dict[str, str]]] = defaultdict(list)
    start = time.perf_counter()
    for row in generate(count):
        rows[row["story"]].append(row)
    made = time.perf_counter() - start
    start, entered, sizes = time.perf_counter(), 0, []
    with open_store(where) as store:
        batch: list[tuple[str, list[Reading]]] = []
        for story in list(rows):
            batch.append((story, [reading_of(row) for row in rows.pop(story)]))
            sizes.append(len(batch[-1][1]))
            if sum(len(readings) for _, readings in batch) >= BATCH:
                entered += put(store, batch)
                print(f"\r{sum(sizes):,} reports", end="", file=sys.stderr)
                batch = []
        if batch:
            entered += put(store, batch)
        store.tidy()
        return {
            "reports": sum(sizes),
            "stories": len(sizes),
            "stories_of_30_or_more": sum(size >= 30 for size in sizes),
            "largest": max(sizes),
            "entries": entered,
            "seconds_generating": round(made),
            "seconds": round(time.perf_counter() - start),
            "bytes": store.size(),
        }


# asking


def questions(store: Store, seed: int) -> Callable[[], tuple[str, SearchQuery | str]]:
    """A source of questions: names of story pages, and searches."""
    rng = random.Random(seed)
    with store.snapshot() as now:
        sample = [line.id for line in now.stories(_query(rng.randrange(5000))).stories]
        long = [line.id for line in now.stories(_query(0, "reports")).stories]
        readings = now.readings([now.reports_of(story)[0] for story in rng.sample(sample, 40)])
    common = ["the", "of", "said", "people", "year", "government", "when", "police", "water", "money"]
    words = [w for r in readings for w in re.findall(r"[a-z]{5,}", r.text)]
    phrases = [" ".join(r.text.split()[n : n + 3]).replace(".", "") for r in readings for n in (20, 40)]
    names = [name.name for r in readings for name in r.names]
    outlets = [r.outlet for r in readings if r.outlet]

    def search() -> tuple[str, SearchQuery]:
        kind = rng.randrange(7)
        if kind == 0:
            return "common word", SearchQuery(words=rng.choice(common))
        if kind == 1:
            return "two words", SearchQuery(words=f"{rng.choice(words)} {rng.choice(words)}")
        if kind == 2:
            return "phrase", SearchQuery(words=f'"{rng.choice(phrases)}"')
        if kind == 3:
            return "speaker", SearchQuery(words=rng.choice(common), speaker=rng.choice(names).split()[-1])
        if kind == 4:
            return "kind", SearchQuery(words=rng.choice(words), kinds=("figure", "position"))
        if kind == 5:
            month = rng.choice(readings).published.date[:7]
            return "outlet and month", SearchQuery(
                words=rng.choice(common), outlet=rng.choice(outlets), since=f"{month}-01", until=f"{month}-28"
            )
        return "word but not another", SearchQuery(words=f"{rng.choice(words)} -{rng.choice(common)}")

    def ask() -> tuple[str, SearchQuery | str]:
        if rng.random() < 0.5:
            return search()
        return ("story of 30 or more", rng.choice(long)) if rng.random() < 0.1 else ("story", rng.choice(sample))

    return ask


def _query(offset: int, order: str = "changed") -> Any:
    from variorum.model.shelf import StoryQuery

    return StoryQuery(order=order, limit=200 if order == "changed" else 50, offset=offset)


def answer(store: Store, question: SearchQuery | str) -> None:
    """Do what the application does for a page, without its HTML."""
    if isinstance(question, SearchQuery):
        store.search(question)
        return
    with store.snapshot() as now:
        line = now.story_line(question)
        record = codec.from_json(Record, now.record_json(question))
        now.rulings(question)
        assert len(record.reports) == line.reports


def readers(
    where: str, threads: int, seconds: float, think: float, seed: int, told: Any, site: str, settling: float
) -> None:
    """Some readers in one process."""
    found: list[Answered] = []
    errors: list[str] = []
    with open_store(where) as store:
        made = [questions(store, seed * 1000 + n) for n in range(threads)]
        begin = time.perf_counter() + settling
        end = begin + seconds

        def reader(number: int) -> None:
            ask, rng = made[number], random.Random(number)
            time.sleep(rng.random() * think)
            while time.perf_counter() < end:
                kind, question = ask()
                start, busy = time.perf_counter(), time.thread_time()
                try:
                    if site:
                        fetch(site, question)
                    else:
                        answer(store, question)
                except Exception as error:  # noqa: BLE001 (counted and told)
                    errors.append(f"{kind}: {error}")
                took = 1000 * (time.perf_counter() - start)
                if start >= begin:
                    found.append((kind, took, 1000 * (time.thread_time() - busy)))
                if think:
                    time.sleep(rng.expovariate(1 / think))

        running = [threading.Thread(target=reader, args=(n,)) for n in range(threads)]
        for thread in running:
            thread.start()
        for thread in running:
            thread.join()
    told.put((found, errors))


def writer(where: str, seconds: float, told: Any) -> None:
    """One writer: ten times a second a report is added and its story put anew."""
    rows = generate(100_000, seed=99)
    found = []
    with open_store(where) as store:
        names = [line.id for line in store.stories(_query(100)).stories]
        end, number = time.perf_counter() + seconds, 0
        while time.perf_counter() < end:
            story = names[number % len(names)]
            reading = replace(reading_of(next(rows)), id=f"w{time.time_ns()}")
            start = time.perf_counter()
            with store.write() as tx:
                tx.put_report(reading, key=b"k" * 600, day=1, bands=[1], story=story, address=None, digest=reading.id)
                record = record_of([*tx.readings(tx.reports_of(story))])
                line = line_of(story, record, changed="2040-01-01T00:00:00Z", latest="report added")
                tx.put_story(line, codec.to_json(record).encode(), list(entries_of(record)))
            found.append(1000 * (time.perf_counter() - start))
            number += 1
            time.sleep(max(0.0, 0.1 - found[-1] / 1000))
    told.put(found)


def summary(milliseconds: Sequence[float]) -> dict[str, float]:
    """Median, 95th percentile and most."""
    ordered = sorted(milliseconds)
    return {
        "n": len(ordered),
        "p50": round(statistics.median(ordered), 1),
        "p90": round(ordered[int(0.9 * (len(ordered) - 1))], 1),
        "p95": round(ordered[int(0.95 * (len(ordered) - 1))], 1),
        "most": round(ordered[-1], 1),
    }


def read(
    where: str, count: int, seconds: float, think: float, writing: bool, over_http: bool, settling: float
) -> dict[str, Any]:
    """Many readers beside one writer, of the store itself or of the application."""
    context = multiprocessing.get_context("spawn")
    told, written = context.Queue(), context.Queue()
    with application(where) if over_http else nullcontext("") as site:
        processes = [
            context.Process(target=readers, args=(where, count // PROCESSES, seconds, think, n, told, site, settling))
            for n in range(PROCESSES)
        ]
        if writing:
            processes.append(context.Process(target=writer, args=(where, settling + seconds, written)))
        for process in processes:
            process.start()
        results = [told.get() for _ in range(PROCESSES)]
        writes = written.get() if writing else []
        for process in processes:
            process.join()
    return told_of([one for found, _ in results for one in found], [e for _, es in results for e in es], seconds) | {
        "writes": summary(writes) if writes else None
    }


@contextmanager
def application(where: str) -> Iterator[str]:
    """The address of the application, served by a process of its own."""
    command = [sys.executable, "-m", "variorum", "serve", "--library", where, "--port", str(PORT)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    site = f"http://127.0.0.1:{PORT}"
    try:
        for _ in range(240):
            try:
                urllib.request.urlopen(site + "/stories?limit=1").close()
                break
            except OSError:
                time.sleep(0.5)
        yield site
    finally:
        process.terminate()
        process.wait(20)


def fetch(site: str, question: SearchQuery | str) -> None:
    """Ask the application for a page."""
    if isinstance(question, str):
        path = f"/stories/{quote(question)}"
    else:
        fields = {name: getattr(question, name) for name in ("words", "speaker", "outlet", "since", "until")}
        given = [("q" if name == "words" else name, value) for name, value in fields.items() if value] + [
            ("kind", kind) for kind in question.kinds
        ]
        path = "/search?" + urlencode(given)
    with urllib.request.urlopen(site + path) as page:
        page.read()


def told_of(found: Sequence[Answered], errors: Sequence[str], seconds: float) -> dict[str, Any]:
    """Figures by kind of question."""
    by: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for kind, took, busy in found:
        by[kind].append((took, busy))
        by["all stories" if kind.startswith("story") else "all searches"].append((took, busy))
    made: dict[str, Any] = {}
    for kind, times in sorted(by.items()):
        took, busy = summary([t for t, _ in times]), summary([b for _, b in times])
        made[kind] = {**took, "cpu_p50": busy["p50"], "cpu_p95": busy["p95"]}
    return {
        "requests_a_second": round(len(found) / seconds, 1),
        "load_of_the_machine": [round(load, 1) for load in os.getloadavg()],
        "errors": len(errors),
        "first": errors[:3],
        **made,
    }


# PostgreSQL


@contextmanager
def place(where: str) -> Iterator[str]:
    """The address of a library; a server is started where it is named by its folder."""
    if not where.startswith("server:"):
        yield where
        return
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from tests.servers import PostgresServer

    options = ("shared_buffers=1GB", "random_page_cost=1.1", "max_wal_size=4GB", "maintenance_work_mem=512MB")
    server = PostgresServer(Path(where.removeprefix("server:")), options)
    try:
        yield server.address("postgres")
    finally:
        server.stop()


def copy(source: str, target: str, *, more: bool) -> dict[str, Any]:
    """Copy what the one library has more of than the other, row by row; for libraries that only grew.

    Args:
        more: whether the copying goes on later, and the index need not be ready.
    """
    import psycopg

    start = time.perf_counter()
    copied = {}
    with open_store(source) as store, open_store(target) as made, psycopg.connect(target) as connection:
        with store.snapshot() as now:
            ends = {
                t.name: now.connection.execute(select(func.max(_key(t)))).scalar()
                for t in schema.metadata.sorted_tables
            }
        connection.execute("DROP INDEX IF EXISTS ix_entry_index_words")
        for table in schema.metadata.sorted_tables:
            if table.name in ("settings", "years"):
                connection.execute(f"DELETE FROM {table.name}".encode())
            copied[table.name] = _copy_table(store, connection, table, ends[table.name])
        copied["entry_index"] = _copy_index(store, connection, ends["entries"] or 0)
        connection.commit()
        if not more:
            connection.execute(INDEX_POSTGRES[1].encode())
            connection.commit()
            made.tidy()
        return {"seconds": round(time.perf_counter() - start), "bytes": made.size(), "rows": copied}


def _key(table: Table) -> Any:
    """The column by which a table's rows were appended."""
    return table.c.report if table.name == "bands" else next(iter(table.primary_key.columns))


def _copy_table(store: Store, connection: Any, table: Table, end: Any) -> int:
    key, count = _key(table).name, 0
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    asked = f'SELECT {names} FROM {table.name} WHERE "{key}" > ? AND "{key}" <= ? ORDER BY "{key}"'
    last = connection.execute(f'SELECT max("{key}") FROM {table.name}'.encode()).fetchone()[0]
    low = last if last is not None else (0 if isinstance(end, int) else "")
    if end is None:
        return 0
    with store.snapshot() as now, connection.cursor().copy(f"COPY {table.name} ({names}) FROM STDIN".encode()) as into:
        for row in now.connection.exec_driver_sql(asked, (low, end)):
            into.write_row(row)
            count += 1
    return count


def _copy_index(store: Store, connection: Any, end: int) -> int:
    last = connection.execute("SELECT coalesce(max(entry), 0) FROM entry_index").fetchone()[0]
    e = schema.entries.c
    with store.snapshot() as now, connection.cursor().copy("COPY entry_index (entry, words) FROM STDIN") as into:
        entries = Entries(now.connection, lambda: 0, lambda _: None)
        for low in range(last, end, 2000):
            for row in sorted(entries.found(e.n > low, e.n <= min(low + 2000, end)), key=lambda row: row.n):
                into.write_row((row.n, vector(row)))
    return end - last


def main() -> None:
    """Build a library or measure one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["build", "copy", "read", "pages"])
    parser.add_argument("where")
    parser.add_argument("to", nargs="?")
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--think", type=float, default=2.0)
    parser.add_argument("--no-writer", action="store_true")
    parser.add_argument("--settling", type=float, default=SETTLING)
    parser.add_argument("--more", action="store_true")
    given = parser.parse_args()
    with place(given.where) as where, place(given.to or "") as to:
        if given.what == "build":
            result = build(where, given.reports)
        elif given.what == "copy":
            result = copy(where, to, more=given.more)
        else:
            over_http = given.what == "pages"
            result = read(
                where, given.readers, given.seconds, given.think, not given.no_writer, over_http, given.settling
            )
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
