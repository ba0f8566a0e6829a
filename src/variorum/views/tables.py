"""Records as tables, one a kind, every row with its evidence: for data frames, CSV and Parquet.

Columns are described once, below; the descriptions travel in the Parquet schema and make ``describe``.
Lists (``content``, ``participants``) are lists in Parquet and JSON in CSV.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from variorum.model import Extent, Record, Span
from variorum.views.edition import Edition
from variorum.views.inert import encodable

Row = dict[str, Any]

_TEXT, _INT, _REAL, _BOOL = pa.string(), pa.int64(), pa.float64(), pa.bool_()
_TEXTS = pa.list_(_TEXT)
_SPANS = pa.list_(pa.struct([("start", _INT), ("end", _INT)]))

_STORY = ("story", _INT, "number of the record among those given, from 0")
_REPORT = ("report", _TEXT, "id of the report that the words stand in")
_START = ("start", _INT, "first code point of the words in the report's text")
_END = ("end", _INT, "one past their last code point")
_WORDS = ("words", _TEXT, "the words themselves, exactly as they stand")
_PLACE = (_REPORT, _START, _END, _WORDS)
_STANDING = ("standing", _TEXT, "corroborated (two origins or more), single, or differs")

TABLES: dict[str, tuple[tuple[str, pa.DataType, str], ...]] = {
    "reports": (
        _STORY,
        ("report", _TEXT, "id of the report"),
        ("letter", _TEXT, "its letter in the views"),
        ("outlet", _TEXT, "who published it, if known"),
        ("headline", _TEXT, "from the text, or what came with it"),
        ("published", _TEXT, "ISO date or date and time"),
        ("published_basis", _TEXT, "what the date rests on; estimate where it was worked out"),
        ("language", _TEXT, "ISO 639-1 code"),
        ("url", _TEXT, "canonical address"),
        ("credits", _TEXTS, "agencies that it names as standing behind it"),
        ("origin", _INT, "number of the origin that it descends from, from 0 in its story"),
        ("characters", _INT, "length of its text in code points"),
        ("text", _TEXT, "the text itself, so that every row of every table can be re-checked"),
    ),
    "actors": (
        _STORY,
        ("actor", _TEXT, "id of the actor"),
        ("name", _TEXT, "the name shown"),
        ("kind", _TEXT, "person, organisation, government, group or place"),
        ("country", _TEXT, "ISO 3166-1 alpha-2"),
        ("role", _TEXT, "office or description"),
        ("named", _BOOL, "false for a source that no report names"),
        ("form", _TEXT, "a name that stands for the actor"),
        ("report", _TEXT, "id of a report that uses it"),
        ("count", _INT, "how often"),
    ),
    "statements": (
        _STORY,
        ("statement", _TEXT, "id of the utterance; its variants share it"),
        ("speaker", _TEXT, "id of the actor who said it"),
        ("speaker_name", _TEXT, "the actor's name"),
        ("co_speakers", _TEXTS, "ids of the actors who said it together with the speaker"),
        ("addressee", _TEXT, "id of the actor to whom"),
        _STANDING,
        ("variant", _INT, "0 for the fullest, which the others are aligned with"),
        ("kind", _TEXT, "direct, mixed or indirect"),
        ("date", _TEXT, "when it was said, ISO date"),
        ("place", _TEXT, "where it was said"),
        _REPORT,
        ("content", _SPANS, "where the words said stand, in pieces"),
        ("source_start", _INT, "first code point of the words for who said it"),
        ("source_end", _INT, "one past their last"),
        ("cue_start", _INT, "first code point of the words that make it a statement"),
        ("cue_end", _INT, "one past their last"),
        ("words", _TEXT, "the pieces of the content, joined by ' … '"),
        ("source_words", _TEXT, "the words for who said it"),
    ),
    "figures": (
        _STORY,
        ("figure", _TEXT, "id of the quantity; its accounts share it"),
        ("what", _TEXT, "what is counted"),
        ("part_of", _TEXT, "id of the figure that it is a part of"),
        ("where", _TEXT, "place of the quantity"),
        ("since", _TEXT, "ISO date that the count starts from"),
        _STANDING,
        ("value", _REAL, "the number, or the middle of a range"),
        ("low", _REAL, "lower end, if stated"),
        ("high", _REAL, "upper end, if stated"),
        ("bound", _TEXT, "exactly, more than, at least, almost, about, up to, fewer than"),
        ("unit", _TEXT, "unit of measure or noun counted"),
        ("vouched_by", _TEXT, "id of the actor who vouches for it"),
        ("label", _TEXT, "what this report calls that actor"),
        ("as_of", _TEXT, "ISO date of the count"),
        ("superseded", _BOOL, "whether a later count is known"),
        *_PLACE,
    ),
    "events": (
        _STORY,
        ("event", _TEXT, "id of the event; its mentions share it"),
        ("type", _TEXT, "PLOVER event type"),
        ("mode", _TEXT, "meeting, call, visit, vote …"),
        ("actors", _TEXTS, "ids of those who act"),
        ("recipients", _TEXTS, "ids of those acted on or with"),
        ("where", _TEXT, "place"),
        ("date", _TEXT, "ISO date, as precise as the reports"),
        ("status", _TEXT, "held, under way, planned, denied, called off"),
        _STANDING,
        *_PLACE,
    ),
    "journeys": (
        _STORY,
        ("journey", _TEXT, "id of the journey"),
        ("traveller", _TEXT, "id of the actor"),
        ("leg", _INT, "number of the leg in the record's order, from 0"),
        ("ordered", _BOOL, "whether a report establishes its place in the order"),
        ("place", _TEXT, "the place"),
        ("country", _TEXT, "ISO 3166-1 alpha-2"),
        ("status", _TEXT, "done or planned"),
        ("date", _TEXT, "ISO date"),
        *_PLACE,
    ),
    "positions": (
        _STORY,
        ("position", _TEXT, "id of the position"),
        ("actor", _TEXT, "id of the actor"),
        ("actor_name", _TEXT, "the actor's name"),
        ("issue", _TEXT, "the issue in the words of a report"),
        ("stance", _TEXT, "for, against, abstained, undecided, condemns, supports"),
        ("basis", _TEXT, "vote or words"),
        _STANDING,
        *_PLACE,
    ),
    "differences": (
        _STORY,
        ("difference", _TEXT, "id of the difference; its accounts share it"),
        (
            "kind",
            _TEXT,
            "wording, number, name, date, place, participants, itinerary, attribution, speaker, label, only-in",
        ),
        ("entry", _TEXT, "id of the entry that it concerns"),
        ("about", _TEXT, "the entry in words"),
        ("weight", _REAL, "how much it matters, 0 to 1"),
        ("revision", _BOOL, "whether the accounts follow one another in time"),
        ("why", _TEXT, "the reason it counts"),
        ("value", _TEXT, "this report's side; null where it lacks the fact"),
        *_PLACE,
    ),
    "passages": (
        _STORY,
        ("origin", _INT, "number of the origin, from 0 in its story"),
        ("similarity", _REAL, "share of words in common, 0 to 1"),
        ("report_a", _TEXT, "id of one report"),
        ("start_a", _INT, "first code point there"),
        ("end_a", _INT, "one past the last"),
        ("report_b", _TEXT, "id of the other report"),
        ("start_b", _INT, "first code point there"),
        ("end_b", _INT, "one past the last"),
        ("words", _TEXT, "the words in report a"),
    ),
}
"""Every table with its columns: name, type, meaning."""


def tables(records: Iterable[Record]) -> dict[str, pa.Table]:
    """Records as Arrow tables, one a kind, in the order of ``TABLES``; a kind without rows gives an empty table."""
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    for story, record in enumerate(records):
        edition = Edition(record)
        for name, made in _ROWS.items():
            rows[name] += [{"story": story, **_writable(row)} for row in made(edition)]
    return {name: pa.Table.from_pylist(rows[name], schema=schema_of(name)) for name in TABLES}


def schema_of(table: str) -> pa.Schema:
    """The Arrow schema of a table, each column with its meaning as metadata."""
    return pa.schema([pa.field(name, kind, metadata={"meaning": meaning}) for name, kind, meaning in TABLES[table]])


def describe() -> str:
    """All tables and columns as Markdown, for documentation."""
    lines = []
    for table, columns in TABLES.items():
        lines += [f"### {table}", "", "| column | type | meaning |", "| --- | --- | --- |"]
        lines += [f"| `{name}` | {kind} | {meaning} |" for name, kind, meaning in columns]
        lines.append("")
    return "\n".join(lines)


def write_parquet(records: Iterable[Record], folder: Path) -> list[Path]:
    """Write every table to ``folder/<table>.parquet`` (zstd); the folder is made if need be.

    Returns:
        The files, in the order of ``TABLES``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, table in tables(records).items():
        path = folder / f"{name}.parquet"
        pq.write_table(table, path, compression="zstd")
        written.append(path)
    return written


def write_csv(records: Iterable[Record], folder: Path) -> list[Path]:
    """Write every table to ``folder/<table>.csv`` (see ``csv_file``); the folder is made if need be.

    Returns:
        The files, in the order of ``TABLES``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, table in tables(records).items():
        path = folder / f"{name}.csv"
        path.write_bytes(csv_file(table))
        written.append(path)
    return written


def csv_file(table: pa.Table) -> bytes:
    """One table as a CSV file: RFC 4180, UTF-8 with a byte-order mark, without which a spreadsheet misreads accents."""
    return csv_of(table).encode("utf-8-sig")


def csv_of(table: pa.Table) -> str:
    """One table as CSV. Lists are JSON; a text that a spreadsheet would run as a formula is led by an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.column_names)
    for row in table.to_pylist():
        writer.writerow([_cell(value) for value in row.values()])
    return out.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, list):
        plain = [[v["start"], v["end"]] if isinstance(v, dict) else v for v in value]
        return json.dumps(plain, ensure_ascii=False)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r", "\n"):
        return "'" + value
    return value


def _writable(row: Row) -> Row:
    """No table can hold a lone surrogate."""
    return {key: encodable(value) if isinstance(value, str) else value for key, value in row.items()}


# ---- rows, one function a table --------------------------------------------------------------------


def _words(edition: Edition, report: str, extent: Extent) -> str:
    """The exact words."""
    return extent.of(edition.texts.get(report, ""))


def _placed(edition: Edition, span: Span) -> Row:
    words = _words(edition, span.report, span.extent)
    return {"report": span.report, "start": span.start, "end": span.end, "words": words}


def _reports(edition: Edition) -> Iterator[Row]:
    origin = {report: n for n, o in enumerate(edition.record.lineage.origins) for report in o.reports}
    for reading in edition.record.reports:
        published = reading.published
        headline = _words(edition, reading.id, reading.headline) if reading.headline else reading.title
        yield {
            "report": reading.id,
            "letter": edition.letter(reading.id),
            "outlet": reading.outlet,
            "headline": headline,
            "published": published.date if published else None,
            "published_basis": published.basis if published else None,
            "language": reading.language,
            "url": reading.url,
            "credits": list(dict.fromkeys(credit.agency for credit in reading.credits)),
            "origin": origin.get(reading.id),
            "characters": len(reading.text),
            "text": reading.text,
        }


def _actors(edition: Edition) -> Iterator[Row]:
    for actor in edition.record.actors:
        known: Row = {"actor": actor.id, "name": actor.name, "kind": actor.kind, "country": actor.country}
        known |= {"role": actor.role, "named": actor.named}
        for name in actor.names:
            yield {**known, "form": name.text, "report": name.report, "count": name.count}
        if not actor.names:
            yield {**known, "form": None, "report": None, "count": None}


def _statements(edition: Edition) -> Iterator[Row]:
    for statement in edition.record.statements:
        speaker = edition.actors.get(statement.speaker) if statement.speaker else None
        for number, variant in enumerate(statement.variants):
            source, cue = variant.source, variant.cue
            yield {
                "statement": statement.id,
                "speaker": statement.speaker,
                "speaker_name": speaker.name if speaker else None,
                "co_speakers": list(statement.co_speakers),
                "addressee": statement.addressee,
                "standing": statement.standing,
                "variant": number,
                "kind": variant.kind,
                "date": variant.date,
                "place": variant.place,
                "report": variant.report,
                "content": [{"start": e.start, "end": e.end} for e in variant.content],
                "source_start": source.start if source else None,
                "source_end": source.end if source else None,
                "cue_start": cue.start if cue else None,
                "cue_end": cue.end if cue else None,
                "words": " … ".join(_words(edition, variant.report, extent) for extent in variant.content),
                "source_words": _words(edition, variant.report, source) if source else None,
            }


def _figures(edition: Edition) -> Iterator[Row]:
    for figure in edition.record.figures:
        for account in figure.accounts:
            yield {
                "figure": figure.id,
                "what": figure.what,
                "part_of": figure.part_of,
                "where": figure.place,
                "since": figure.since,
                "standing": figure.standing,
                "value": account.value,
                "low": account.low,
                "high": account.high,
                "bound": account.bound,
                "unit": account.unit,
                "vouched_by": account.vouched_by,
                "label": account.label,
                "as_of": account.as_of,
                "superseded": account.superseded_by is not None,
                **_placed(edition, Span(report=account.report, start=account.start, end=account.end)),
            }


def _events(edition: Edition) -> Iterator[Row]:
    for event in edition.record.events:
        for span in event.mentions:
            yield {
                "event": event.id,
                "type": event.type,
                "mode": event.mode,
                "actors": list(event.actors),
                "recipients": list(event.recipients),
                "where": event.place,
                "date": event.date,
                "status": event.status,
                "standing": event.standing,
                **_placed(edition, span),
            }


def _journeys(edition: Edition) -> Iterator[Row]:
    for journey in edition.record.journeys:
        for number, (leg, ordered) in enumerate(zip(journey.legs, edition.ordered_legs(journey), strict=True)):
            for span in leg.mentions:
                yield {
                    "journey": journey.id,
                    "traveller": journey.traveller,
                    "leg": number,
                    "ordered": ordered,
                    "place": leg.place,
                    "country": leg.country,
                    "status": leg.status,
                    "date": leg.date,
                    **_placed(edition, span),
                }


def _positions(edition: Edition) -> Iterator[Row]:
    for position in edition.record.positions:
        actor = edition.actors.get(position.actor)
        for span in position.evidence:
            yield {
                "position": position.id,
                "actor": position.actor,
                "actor_name": actor.name if actor else None,
                "issue": position.issue,
                "stance": position.stance,
                "basis": position.basis,
                "standing": position.standing,
                **_placed(edition, span),
            }


def _differences(edition: Edition) -> Iterator[Row]:
    for difference in edition.record.differences:
        known = {
            "difference": difference.id,
            "kind": difference.kind,
            "entry": difference.about.entry,
            "about": difference.about.label,
            "weight": difference.weight,
            "revision": difference.revision,
            "why": difference.why,
        }
        for account in difference.accounts:
            span = Span(report=account.report, start=account.start, end=account.end)
            yield {**known, "value": account.value, **_placed(edition, span)}
        for report in difference.lacking:
            yield {**known, "value": None, "report": report, "start": None, "end": None, "words": None}


def _passages(edition: Edition) -> Iterator[Row]:
    for number, origin in enumerate(edition.record.lineage.origins):
        for passage in origin.passages:
            a, b = passage.a, passage.b
            yield {
                "origin": number,
                "similarity": passage.similarity,
                "report_a": a.report,
                "start_a": a.start,
                "end_a": a.end,
                "report_b": b.report,
                "start_b": b.start,
                "end_b": b.end,
                "words": _words(edition, a.report, a.extent),
            }


_ROWS: dict[str, Callable[[Edition], Iterator[Row]]] = {
    "reports": _reports,
    "actors": _actors,
    "statements": _statements,
    "figures": _figures,
    "events": _events,
    "journeys": _journeys,
    "positions": _positions,
    "differences": _differences,
    "passages": _passages,
}
