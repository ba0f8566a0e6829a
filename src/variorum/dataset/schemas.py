"""The tables of a data set: every column with its type and meaning, in one place.

They are the tables of a record (``variorum.views.tables``), with what a data set needs to tell one story from another, and two
more: ``stories`` and ``lineage``.
"""

from __future__ import annotations

import pyarrow as pa

from variorum.views import tables

_TEXT, _INT, _REAL = pa.string(), pa.int64(), pa.float64()
Column = tuple[str, pa.DataType, str]

STORY: tuple[Column, ...] = (
    ("story", _TEXT, "id of the story"),
    (
        "chapter",
        _INT,
        "number of the part of a long story that was collated as one record, from 0; ids of entries are of it",
    ),
)
PARTITION: tuple[Column, ...] = (
    ("date", _TEXT, "partition: ISO date on which the row's report appeared; null where no whole date is known"),
    ("language", _TEXT, "partition: ISO 639-1 code of the row's report; und where not established"),
)

RENAMED = {"date": "when"}
"""Columns of a record's tables that are called otherwise here, since the partition has their name."""
_OF_A_RECORD = ("actors", "statements", "figures", "events", "journeys", "positions", "differences")


def _of_a_record(table: str) -> list[Column]:
    """The columns of a record's table but for the record's number."""
    return [(RENAMED.get(name, name), kind, why) for name, kind, why in tables.TABLES[table] if name != "story"]


TABLES: dict[str, tuple[Column, ...]] = {
    "reports": (
        *STORY,
        *(c for c in tables.TABLES["reports"] if c[0] not in ("story", "letter", "language", "text")),
        ("given", _TEXT, "the id that came with the report; another than `report` only where two reports had the same"),
        ("text", pa.large_string(), "the text itself, so that every row of every table can be re-checked"),
        ("reading", pa.large_string(), "all that was found in it, as JSON of the reading without its text"),
    ),
    "stories": (
        *STORY,
        ("title", _TEXT, "the record's title"),
        ("first", _TEXT, "ISO date of the earliest report of the chapter that has a date"),
        ("last", _TEXT, "ISO date of the latest"),
        ("reports", _INT, "how many reports the chapter has"),
        ("outlets", _INT, "how many outlets published them, as far as outlets are known"),
        ("origins", _INT, "how many independent origins stand behind them"),
        ("statements", _INT, "how many utterances were told"),
        ("differences", _INT, "how many differences there are between the reports"),
        ("fault", _TEXT, "why the chapter has no record, where the program failed on it; else null"),
        ("report", _TEXT, "id of its first report, the evidence for the date"),
        ("start", _INT, "first code point of that report's headline, or of its first block"),
        ("end", _INT, "one past the last"),
        ("words", _TEXT, "the words there"),
    ),
    "lineage": (
        *STORY,
        ("origin", _INT, "number of the origin that both reports descend from, from 0 in its chapter"),
        ("credit", _TEXT, "the agency that is credited with the text, where one is"),
        ("degree", _TEXT, "wholly or partly: how much of the more dependent report descends"),
        ("earlier", _TEXT, "id of the likely earlier report; null where it is not established"),
        ("ground", _TEXT, "why the one is held to descend from the other, or both from one text"),
        ("report", _TEXT, "id of one report"),
        ("other", _TEXT, "id of the other"),
        ("similarity", _REAL, "share of words in common in the passage, 0 to 1"),
        ("start", _INT, "first code point of a passage that both share, in `report`"),
        ("end", _INT, "one past the last"),
        ("words", _TEXT, "the words there"),
        ("start_other", _INT, "first code point of the same passage in `other`"),
        ("end_other", _INT, "one past the last"),
    ),
    **{name: (*STORY, *_of_a_record(name)) for name in _OF_A_RECORD},
}
"""Every table with its columns but for the partition's: name, type, meaning."""

ORDER = (
    "reports",
    "statements",
    "figures",
    "events",
    "journeys",
    "positions",
    "actors",
    "stories",
    "lineage",
    "differences",
)
"""The tables in the order in which they are documented and listed."""


def schema_of(table: str) -> pa.Schema:
    """The Arrow schema of a table's files, each column with its meaning as metadata."""
    return pa.schema([pa.field(name, kind, metadata={"meaning": meaning}) for name, kind, meaning in TABLES[table]])


def describe() -> str:
    """All tables and columns as Markdown, for documentation."""
    lines = []
    for table in ORDER:
        lines += [f"### {table}", "", "| column | type | meaning |", "| --- | --- | --- |"]
        lines += [f"| `{name}` | {kind} | {meaning} |" for name, kind, meaning in (*TABLES[table], *PARTITION)]
        lines.append("")
    return "\n".join(lines)
