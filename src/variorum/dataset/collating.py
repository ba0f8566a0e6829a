"""The steps that collate: reports of changed stories to their readings, and readings of a shard of stories to rows of tables."""

from __future__ import annotations

import hashlib
import json
import logging
import zlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from variorum import collation, gathering
from variorum.dataset.attempts import MOST_DEATHS, begun, deaths
from variorum.dataset.keyrows import day_text
from variorum.dataset.layout import Layout, put_table, put_text
from variorum.dataset.schemas import ORDER, RENAMED, schema_of
from variorum.dataset.stored import restored, stored
from variorum.gathering.keys import order_of
from variorum.model import Derivation, Lineage, Origin, Passage, Reading, Record, Story
from variorum.views import tables

MOST_COLLATED = 300
"""Reports of one record. A longer story is collated in chapters, since collation grows faster than the story."""
REPORTS_A_SHARD = 256
"""Reports that are collated in one go, unless one story alone has more."""

WANTED = pa.schema(
    [
        ("shard", pa.string()),
        ("story", pa.string()),
        ("report", pa.string()),
        ("source", pa.string()),
        ("row", pa.int64()),
    ]
)
"""Reports whose readings are wanted, and where they lie: a row of a unit's file, or, where that is null, a file of the table
of reports."""
LOADED = pa.schema(
    [
        ("shard", pa.string()),
        ("story", pa.string()),
        ("report", pa.string()),
        ("given", pa.string()),
        ("text", pa.large_string()),
        ("reading", pa.large_string()),
    ]
)
COLLATED = pa.schema([("shard", pa.string()), ("partitions", pa.string()), ("faults", pa.string())])
"""A shard that is done: JSON of the files (date, language, part) that it has rows for, and of what went wrong."""

_log = logging.getLogger(__name__)


def shards(reports: pa.Table) -> list[tuple[str, int, int]]:
    """Reports, sorted by story, cut into shards of whole stories: the shard's name, and its first and last row.

    The name tells what is in it, so that a run that goes on knows what was done.
    """
    stories = reports["story"].to_pylist()
    ids = reports["report"].to_pylist()
    found: list[tuple[str, int, int]] = []
    start = 0
    for place in range(1, len(stories) + 1):
        if place == len(stories) or (stories[place] != stories[place - 1] and place - start >= REPORTS_A_SHARD):
            content = "\n".join(f"{s}\t{r}" for s, r in zip(stories[start:place], ids[start:place], strict=True))
            digest = hashlib.blake2b(content.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
            found.append((f"{len(found):06d}-{digest}", start, place))
            start = place
    return found


def part_of(report: str, parts: int) -> int:
    """Which file of its partition a report's rows are in."""
    return zlib.crc32(report.encode("utf-8", "surrogatepass")) % parts


def load(table: pa.Table, *, root: str) -> pa.Table:
    """A step over wanted reports of one file: their readings."""
    found = [LOADED.empty_table()]
    for source in sorted(set(table["source"].to_pylist())):
        wanted = table.filter(pc.equal(table["source"], source))
        path = Path(root) / source
        columns = ["report", "given", "text", "reading"]
        if wanted["row"].null_count:
            ids = wanted["report"].combine_chunks()
            rows = pq.read_table(path, columns=columns, filters=pc.is_in(pc.field("report"), ids), partitioning=None)
            rows = rows.take(pc.index_in(ids, rows["report"].combine_chunks()))
        else:
            wanted = wanted.sort_by("row")
            rows = _rows(path, columns, wanted["row"].to_pylist()).set_column(0, "report", wanted["report"])
        found.append(pa.table([wanted["shard"], wanted["story"], *rows.columns], schema=LOADED))
    return pa.concat_tables(found)


def _rows(path: Path, columns: list[str], wanted: list[int]) -> pa.Table:
    """Some rows of a file, which rise, a row group in memory at a time."""
    file = pq.ParquetFile(path)
    found, first = [], 0
    rows = pa.array(wanted)
    for group in range(file.num_row_groups):
        end = first + file.metadata.row_group(group).num_rows
        here = pc.subtract(rows.filter(pc.and_(pc.greater_equal(rows, first), pc.less(rows, end))), first)
        if len(here):
            found.append(file.read_row_group(group, columns=columns).take(here))
        first = end
    return pa.concat_tables(found)


@dataclass(frozen=True, slots=True)
class _Chapter:
    """One record of a data set: a story, or a part of a long one."""

    story: str
    number: int
    record: Record
    fault: str | None


def collate(table: pa.Table, *, root: str, parts: int) -> pa.Table:
    """A step over the readings of one shard: the rows of every table, a file for each partition that they go to."""
    layout = Layout(Path(root))
    shard = table["shard"][0].as_py()
    readings: defaultdict[str, list[Reading]] = defaultdict(list)
    given: dict[str, str] = {}
    for row in table.to_pylist():
        one = renamed(restored(row["text"], row["reading"]), row["report"])
        readings[row["story"]].append(one)
        given[one.id] = row["given"]
    chapters = [
        _chapter(story, number, own, layout.begun(f"{shard}.{place}"))
        for place, (story, number, own) in enumerate(_parts(readings))
    ]
    home = {r.id: (day_text(r), r.language, part_of(r.id, parts)) for c in chapters for r in c.record.reports}
    partitions: set[tuple[str | None, str, int]] = set()
    for name, rows in _tables(chapters, given).items():
        homes = [home[report] for report in rows["report"].to_pylist()]
        for where in sorted(set(homes), key=str):
            own = rows.filter(pa.array([one == where for one in homes]))
            put_table(layout.collated(name, *where) / f"{shard}.parquet", own)
        if name == "reports":
            partitions = set(homes)
    faults = [(chapter.story, chapter.fault) for chapter in chapters if chapter.fault]
    done = {"shard": shard, "partitions": json.dumps(sorted(partitions, key=str)), "faults": json.dumps(faults)}
    put_text(layout.shard(shard), json.dumps(done))
    return pa.Table.from_pylist([done], schema=COLLATED)


def renamed(reading: Reading, report: str) -> Reading:
    """A reading under the id that its report has in the data set."""
    return reading if reading.id == report else replace(reading, id=report)


def _parts(readings: dict[str, list[Reading]]) -> Iterator[tuple[str, int, tuple[Reading, ...]]]:
    """The chapters of stories: the story's id, the chapter's number, its reports."""
    for story, own in sorted(readings.items()):
        ordered = sorted(own, key=order_of)
        for number, start in enumerate(range(0, len(ordered), MOST_COLLATED)):
            yield story, number, tuple(ordered[start : start + MOST_COLLATED])


def _chapter(story: str, number: int, own: tuple[Reading, ...], mark: Path) -> _Chapter:
    """A chapter collated, or why it could not be: one story among a million must not end the run."""
    if deaths(mark) >= MOST_DEATHS:
        reason = f"the process that collated it ended, {deaths(mark)} times"
    else:
        try:
            with begun(mark):
                record = collation.collate(Story(id=story, readings=own, lineage=gathering.lineage(own)))
            return _Chapter(story, number, record, None)
        except Exception as fault:  # noqa: BLE001
            _log.debug("story %s", story, exc_info=True)
            reason = f"a fault of the program ({type(fault).__name__}: {fault})"
    return _Chapter(story, number, Record(title="", reports=own, lineage=Lineage()), reason)


def _tables(chapters: list[_Chapter], given: dict[str, str]) -> dict[str, pa.Table]:
    """The rows of every table, those without a report of their own under the chapter's first."""
    made = tables.tables(chapter.record for chapter in chapters)
    made["stories"] = _numbered(chapters, _story_row)
    made["lineage"] = _numbered(chapters, _lineage_rows)
    made["reports"] = _with_readings(made["reports"], chapters, given)
    found = {}
    for name in ORDER:
        table = made[name]
        place = table["story"].combine_chunks()
        ids = pa.array([c.story for c in chapters], pa.string()).take(place)
        numbers = pa.array([c.number for c in chapters], pa.int64()).take(place)
        first = pa.array([c.record.reports[0].id for c in chapters], pa.string()).take(place)
        table = table.drop_columns("story").append_column("story", ids).append_column("chapter", numbers)
        column = table.schema.get_field_index("report")
        table = table.set_column(column, "report", pc.coalesce(table["report"], first))
        table = table.rename_columns([RENAMED.get(column, column) for column in table.column_names])
        found[name] = table.select(schema_of(name).names).cast(schema_of(name))
    return found


def _numbered(chapters: list[_Chapter], rows: Any) -> pa.Table:
    found = [{"story": number, **row} for number, chapter in enumerate(chapters) for row in rows(chapter)]
    name = "stories" if rows is _story_row else "lineage"
    fields = [pa.field("story", pa.int64()), *(f for f in schema_of(name) if f.name not in ("story", "chapter"))]
    return pa.Table.from_pylist(found, schema=pa.schema(fields))


def _with_readings(table: pa.Table, chapters: list[_Chapter], given: dict[str, str]) -> pa.Table:
    kept = {reading.id: stored(reading) for chapter in chapters for reading in chapter.record.reports}
    ids = table["report"].to_pylist()
    table = table.drop_columns(["text"]).append_column("given", pa.array([given[id] for id in ids], pa.string()))
    for name in ("text", "reading"):
        table = table.append_column(name, pa.array([kept[id][name] for id in ids], pa.large_string()))
    return table


def _story_row(chapter: _Chapter) -> list[dict[str, Any]]:
    record = chapter.record
    first = record.reports[0]
    place = first.headline or (first.blocks[0].extent if first.blocks else None)
    dates = sorted(date for report in record.reports if (date := day_text(report)))
    return [
        {
            "title": record.title,
            "first": dates[0] if dates else None,
            "last": dates[-1] if dates else None,
            "reports": len(record.reports),
            "outlets": len({report.outlet for report in record.reports if report.outlet}),
            "origins": record.lineage.independent,
            "statements": len(record.statements),
            "differences": len(record.differences),
            "fault": chapter.fault,
            "report": first.id,
            "start": place.start if place else None,
            "end": place.end if place else None,
            "words": place.of(first.text) if place else None,
        }
    ]


def _lineage_rows(chapter: _Chapter) -> list[dict[str, Any]]:
    texts = {report.id: report.text for report in chapter.record.reports}
    return [
        row
        for number, origin in enumerate(chapter.record.lineage.origins)
        for row in _origin_rows(number, origin, texts)
    ]


def _origin_rows(number: int, origin: Origin, texts: dict[str, str]) -> Iterator[dict[str, Any]]:
    passages: defaultdict[frozenset[str], list[Passage]] = defaultdict(list)
    for passage in origin.passages:
        passages[frozenset((passage.a.report, passage.b.report))].append(passage)
    derived: dict[frozenset[str], Derivation] = {frozenset((d.a, d.b)): d for d in origin.derivations}
    for pair in sorted({*passages, *derived}, key=sorted):
        derivation = derived.get(pair)
        known: dict[str, Any] = {"origin": number, "credit": origin.credit}
        if derivation:
            known |= {"degree": derivation.degree, "earlier": derivation.earlier, "ground": derivation.ground}
        for passage in passages[pair]:
            a, b = passage.a, passage.b
            yield {
                **known,
                "report": a.report,
                "other": b.report,
                "similarity": passage.similarity,
                "start": a.start,
                "end": a.end,
                "words": a.extent.of(texts[a.report]),
                "start_other": b.start,
                "end_other": b.end,
            }
        if derivation and not passages[pair]:
            yield {**known, "report": derivation.a, "other": derivation.b}
