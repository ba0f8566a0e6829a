"""A run: from inputs to a data set, on any engine, going on where one that was killed left off.

What a run has done lies in ``_work``: surveys by input, readings by unit, rows by shard of stories. Each is a file that is put
in its place when whole, and what is there is not done again. Stories are found anew each time, which costs about a hundredth
of the reading. The data set changes only when rows are published, and publishing twice does no more than publishing once.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from variorum.dataset import manifest as manifests
from variorum.dataset.attempts import TRIES
from variorum.dataset.collating import WANTED, collate, load, part_of, shards
from variorum.dataset.inputs import Input, inputs_of
from variorum.dataset.layout import Layout, clear, put_table, put_text, sweep
from variorum.dataset.manifest import FileDone, InputDone, Manifest, Rejected
from variorum.dataset.publish import PARTITIONS, publish
from variorum.dataset.reading import INPUTS, read_units, survey_inputs, unit_name, units_of
from variorum.dataset.register import register
from variorum.dataset.relabel import Relabelled, merged_bridges, relabel
from variorum.dataset.schemas import ORDER
from variorum.dataset.stamp import stamp_of
from variorum.dataset.survey import Surveyed
from variorum.dataset.windows import PLACED, SPANS, WINDOWS, assemble, bridge, compare, enter, join, place, spans
from variorum.engine import Engine
from variorum.errors import BadDataset, IntakeError, NothingToDo
from variorum.model import codec


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a run is."""

    stage: str
    """What it is doing, in plain words."""
    done: int
    total: int | None
    """Of what the stage counts: inputs, reports, windows, stories, files; null while it is not known."""
    reports: int = 0
    """Reports taken in so far."""


@dataclass(slots=True, kw_only=True)
class Summary:
    """What a run did."""

    inputs: int = 0
    """Inputs that were read."""
    known: int = 0
    """Inputs that an earlier run had read."""
    reports: int = 0
    """Reports that were new."""
    rejected: int = 0
    stories: int = 0
    """Stories that were new or changed."""
    seconds: dict[str, float] = field(default_factory=dict)
    """By stage, on the clock."""
    reading_cpu: float = 0.0
    """Seconds of processor that the workers spent on reading."""
    peak_mb: float = 0.0
    """The most memory that a worker held while reading."""


def run(
    given: Iterable[str],
    out: Path,
    *,
    engine: Engine,
    base: str | None = None,
    parts: int | None = None,
    on_progress: Callable[[Progress], None] = lambda _: None,
    on_reject: Callable[[IntakeError], None] = lambda _: None,
) -> Summary:
    """Read inputs into a data set; what is there already is kept, and what is known already is not read again.

    Args:
        given: files in storage, folders, patterns, lists of addresses (see ``inputs_of``).
        out: the folder of the data set; made if need be.
        engine: what runs the steps. The data set does not depend on it.
        base: what the addresses of a list are relative to.
        parts: files that each day's partition of a table is spread over, 1 if not said; fixed once the data set is there.
        on_progress: told how far the run is, often.
        on_reject: told of each input, or thing in one, that could not become a report.

    Raises:
        NothingToDo: not one input could be read, and there is no data set yet; or the folder cannot be written.
        BadDataset: the folder holds something else, or a data set of another kind.
    """
    layout = Layout(out)
    try:
        return _Run(layout, _manifest(layout, parts), engine, on_progress, on_reject).all(given, base)
    except OSError as error:
        raise NothingToDo(f"{error.filename or out}: {error.strerror or error}") from error


def _manifest(layout: Layout, parts: int | None) -> Manifest:
    if layout.manifest.exists():
        found = manifests.load(layout.manifest)
        if parts is not None and parts != found.parts:
            raise BadDataset(f"{layout.manifest}: made with {found.parts} files a partition; that cannot be changed")
        return found
    others = [p.name for p in sorted(layout.root.iterdir())] if layout.root.is_dir() else []
    if others and layout.work.name not in others:
        raise BadDataset(f"{layout.root}: holds something else than a data set ({others[0]})")
    return Manifest(parts=parts or 1)


@dataclass(slots=True)
class _Run:
    layout: Layout
    manifest: Manifest
    engine: Engine
    on_progress: Callable[[Progress], None]
    on_reject: Callable[[IntakeError], None]
    summary: Summary = field(default_factory=Summary)

    def all(self, given: Iterable[str], base: str | None) -> Summary:
        started = datetime.now(UTC).isoformat(timespec="seconds")
        self.layout.work.mkdir(parents=True, exist_ok=True)
        if self.engine.apart:
            clear(self.layout.marks)  # whoever ended the last run ended its workers: no input did
        surveyed = self._timed("survey", lambda: self._survey(given, base))
        if not surveyed and not self.manifest.inputs:
            clear(self.layout.work)
            raise NothingToDo("no input could be read")
        self._timed("read", lambda: self._read(surveyed))
        windows = self._timed("register", lambda: self._register(surveyed))
        changes, bridges = self._timed("stories", lambda: self._stories(windows))
        names = self._timed("collate", lambda: self._collate(changes))
        folders = self._timed("publish", lambda: self._publish(changes, names))
        self._commit(windows, bridges, folders)
        with self.layout.runs.open("a", encoding="utf-8") as log:
            log.write(
                json.dumps({"started": started, "engine": type(self.engine).__name__, **_plain(self.summary)}) + "\n"
            )
        return self.summary

    def _timed(self, stage: str, work: Callable[[], Any]) -> Any:
        start = time.perf_counter()
        result = work()
        self.summary.seconds[stage] = round(time.perf_counter() - start, 3)
        return result

    def _reject(self, where: str, reason: str) -> None:
        self.manifest.rejected.append(Rejected(where=where, reason=reason))
        self.summary.rejected += 1
        self.on_reject(IntakeError(where, reason))

    # ---- inputs ----------------------------------------------------------------------------------

    def _survey(self, given: Iterable[str], base: str | None) -> list[tuple[Surveyed, str]]:
        """The inputs that are not in the data set yet, each with its stamp."""
        stamps: dict[str, str] = {}
        new: list[Input] = []
        known = {(one.url, one.stamp) for one in self.manifest.inputs if one.stamp}
        for one in inputs_of(given, base=base):
            if isinstance(one, IntakeError):
                self._reject(one.where, one.reason)
                continue
            stamps[one.url] = stamp_of(one.url)
            if (one.url, stamps[one.url]) in known:
                self.summary.known += 1
            else:
                new.append(one)
        hashes = {one.hash for one in self.manifest.inputs}
        found = []
        for number, surveyed in enumerate(self._looked_at(new, stamps), 1):
            self.on_progress(Progress(stage="looking through inputs", done=number, total=len(new)))
            if surveyed.hash and surveyed.hash in hashes:
                self.summary.known += 1
                continue
            hashes.add(surveyed.hash)
            if surveyed.problem is not None:
                self._reject(surveyed.given.address, surveyed.problem)
            if surveyed.units:
                found.append((surveyed, stamps[surveyed.given.url]))
        self.summary.inputs = len(found)
        return found

    def _looked_at(self, inputs: list[Input], stamps: dict[str, str]) -> Iterator[Surveyed]:
        """Surveys of inputs, in order; one that a killed run made of the same bytes is not made again."""
        files = {one.url: self.layout.survey(_name(one, stamps[one.url])) for one in inputs}
        todo = [one for one in inputs if not stamps[one.url] or not files[one.url].exists()]
        rows = [{"input": codec.to_json(one), "name": files[one.url].stem} for one in todo]
        tables = [pa.Table.from_pylist([row], schema=INPUTS) for row in rows]
        step = partial(survey_inputs, root=str(self.layout.root.absolute()))
        made = _rows(self.engine.map_batches(step, tables, tries=TRIES))
        waiting = {one.url for one in todo}
        for one in inputs:
            if one.url in waiting:
                text = next(made)["surveyed"]
                put_text(files[one.url], text)
            else:
                text = files[one.url].read_text("utf-8")
            yield replace(codec.from_json(Surveyed, text, where=str(files[one.url])), given=one)

    def _read(self, surveyed: list[tuple[Surveyed, str]]) -> None:
        # What an earlier run could not open, or found cut off, is whole now.
        mended = {one.given.address for one, _ in surveyed if one.problem is None}
        self.manifest.rejected = [known for known in self.manifest.rejected if known.where not in mended]
        units = [table for one, _ in surveyed for table in units_of(one)]
        total = sum(table["count"][0].as_py() for table in units)
        step = partial(read_units, root=str(self.layout.root.absolute()), apart=self.engine.apart)
        outcomes: dict[str, dict[str, Any]] = {}
        seen = taken = 0
        counts = {table["unit"][0].as_py(): table["count"][0].as_py() for table in units}
        if units:
            self.on_progress(Progress(stage="reading", done=0, total=total))
        for row in _rows(self.engine.map_batches(step, units, tries=TRIES)):
            outcomes[row["unit"]] = row
            seen += counts[row["unit"]]
            taken += row["reports"]
            self.summary.reading_cpu += row["cpu"]
            self.summary.peak_mb = max(self.summary.peak_mb, row["peak_mb"])
            for where, reason in json.loads(row["rejected"]):
                self._reject(where, reason)
            self.on_progress(Progress(stage="reading", done=seen, total=total, reports=taken))
        for one, stamp in surveyed:
            own = [outcomes[unit_name(one, unit)] for unit in one.units]
            done = InputDone(
                address=one.given.address,
                url=one.given.url,
                size=one.size,
                stamp=stamp,
                hash=one.hash,
                reports=sum(row["reports"] for row in own),
                rejected=sum(len(json.loads(row["rejected"])) for row in own) + (one.problem is not None),
            )
            # An address whose file was replaced is listed with what it holds now; the earlier reports stay.
            self.manifest.inputs = [known for known in self.manifest.inputs if known.url != done.url] + [done]

    # ---- stories ---------------------------------------------------------------------------------

    def _register(self, surveyed: list[tuple[Surveyed, str]]) -> set[str]:
        """Gives the new reports their ids; the windows that they lie in."""
        names = sorted(unit_name(one, unit) for one, _ in surveyed for unit in one.units)
        table = register(self.layout, names)
        put_table(self.layout.work / "register.parquet", table)
        self.summary.reports = len(table)
        return set(table["window"].to_pylist())

    def _stories(self, windows: set[str]) -> tuple[Relabelled, pa.Table]:
        for folder in ("keys", "pairs", "links", "windows"):
            clear(self.layout.work / folder)  # of a run that was killed, perhaps over other inputs
        root = str(self.layout.root.absolute())
        rows = [pa.table([[window]], schema=WINDOWS) for window in sorted(windows)]
        self._count("gathering", self.engine.map_batches(partial(assemble, root=root), rows), len(rows))
        wanted = list(spans(self.layout, windows))
        _drain(self.engine.map_groups(partial(join, root=root), wanted, "group", before=partial(enter, root=root)))
        self._count("comparing", self.engine.map_batches(partial(compare, root=root), wanted), len(wanted))
        self._count("stories", self.engine.map_batches(partial(place, root=root), rows), len(rows))
        both = sorted({(row["window"], row["later"]) for table in wanted for row in table.to_pylist() if row["later"]})
        ends = [{"window": window, "later": later} for window, later in both]
        tables = [pa.Table.from_pylist([end], schema=SPANS) for end in ends]
        found = list(self.engine.map_batches(partial(bridge, root=root), tables))
        bridges = merged_bridges(self.layout, windows, found)
        return relabel(self.layout, windows, bridges), bridges

    def _collate(self, changes: Relabelled) -> list[str]:
        """Collates the changed stories; the names of their shards."""
        cut = shards(changes.reports)
        self.summary.stories = pc.count_distinct(changes.reports["story"]).as_py()
        root = str(self.layout.root.absolute())
        todo = [one for one in cut if not self.layout.shard(one[0]).exists()]
        step = partial(collate, root=root, parts=self.manifest.parts)
        tables = self._wanted(changes.reports, todo)
        before = partial(load, root=root)
        self._count("collating", self.engine.map_groups(step, tables, "shard", before=before, tries=TRIES), len(todo))
        return [name for name, _, _ in cut]

    def _wanted(self, reports: pa.Table, todo: list[tuple[str, int, int]]) -> list[pa.Table]:
        """The reports of shards, by the file that their readings lie in."""
        new = pq.read_table(self.layout.work / "register.parquet")
        where = dict(
            zip(
                new["report"].to_pylist(),
                zip(new["unit"].to_pylist(), new["row"].to_pylist(), strict=True),
                strict=True,
            )
        )
        by_source: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        for name, start, stop in todo:
            for row in reports.slice(start, stop - start).to_pylist():
                id = row["report"]
                if id in where:
                    unit, place = where[id]
                    path = self.layout.read(unit)
                else:
                    place = None
                    part = part_of(id, self.manifest.parts)
                    path = self.layout.partition("reports", row["date"], row["language"], part)
                source = str(path.relative_to(self.layout.root))
                wanted = {"shard": name, "story": row["story"], "report": id, "source": source, "row": place}
                by_source[source].append(wanted)
        return [pa.Table.from_pylist(rows, schema=WANTED) for _, rows in sorted(by_source.items())]

    # ---- tables ----------------------------------------------------------------------------------

    def _publish(self, changes: Relabelled, names: list[str]) -> set[Path]:
        """Writes the rows of changed stories into the tables; the folders that it wrote to."""
        done = [json.loads(self.layout.shard(name).read_text("utf-8")) for name in names]
        for story, reason in (fault for one in done for fault in json.loads(one["faults"])):
            self._reject(f"story {story}", reason)
        put_text(self.layout.work / "changes.json", json.dumps({"shards": names, "dropped": sorted(changes.dropped)}))
        partitions = sorted({tuple(where) for one in done for where in json.loads(one["partitions"])}, key=str)
        rows = [
            {"table": table, "date": date, "language": language, "part": part}
            for table in ORDER
            for date, language, part in partitions
        ]
        tables = [pa.Table.from_pylist([row], schema=PARTITIONS) for row in rows]
        step = partial(publish, root=str(self.layout.root.absolute()))
        files = {(one.table, one.date, one.language, one.part): one for one in self.manifest.files}
        for number, row in enumerate(_rows(self.engine.map_batches(step, tables)), 1):
            file = FileDone(**row)
            files[file.table, file.date, file.language, file.part] = file
            self.on_progress(
                Progress(stage="writing tables", done=number, total=len(rows), reports=self.summary.reports)
            )
        self.manifest.files = [file for file in files.values() if file.rows]
        return {self.layout.partition(**row).parent for row in rows}

    def _commit(self, windows: set[str], bridges: pa.Table, folders: set[Path]) -> None:
        """Makes the new state the last one. What is published stands already, so to be killed here costs nothing."""
        for window in sorted(windows):
            put_table(self.layout.window(window), pq.read_table(self.layout.new_window(window), columns=PLACED.names))
        put_table(self.layout.bridges, bridges)
        put_text(self.layout.manifest, self.manifest.to_text())
        for folder in {*folders, self.layout.root, self.layout.bridges.parent, self.layout.bridges.parent / "windows"}:
            sweep(folder)
        clear(self.layout.work)

    def _count(self, stage: str, results: Iterable[pa.Table], total: int) -> None:
        done = 0
        if total:
            self.on_progress(Progress(stage=stage, done=done, total=total, reports=self.summary.reports))
        for table in results:
            done += table.num_rows
            self.on_progress(Progress(stage=stage, done=done, total=total, reports=self.summary.reports))


def _rows(tables: Iterable[pa.Table]) -> Iterator[dict[str, Any]]:
    for table in tables:
        yield from table.to_pylist()


def _drain(tables: Iterable[pa.Table]) -> None:
    for _ in tables:
        pass


def _name(given: Input, stamp: str) -> str:
    return hashlib.blake2b(f"{given.url}\n{stamp}".encode(), digest_size=12).hexdigest()


def _plain(summary: Summary) -> dict[str, Any]:
    return {name: getattr(summary, name) for name in Summary.__slots__}
