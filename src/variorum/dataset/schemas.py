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


PAGE = """# Data sets

Made by `python tools/reference.py` from the code.

    variorum run INPUT… --out DIR [--engine serial|pool|ray]

reads crawls and tables of any size and writes the folder of a data set:

    manifest.json                                      what it is made of
    runs.jsonl                                         one line a run: when, on which engine, seconds a stage, memory
    <table>/date=2026-05-03/language=en/part-0.parquet the tables, by the date and language of the row's report
    _state/                                            keys and stories by week, from which the next run goes on

**Inputs** are WARC crawls (plain, gzip or zstd), JSON Lines (plain, gzip or zstd) and Parquet with the columns of the JSONL
contract or the usual other names for them, single pages and texts, folders and patterns of such, and text files that list
addresses of such, one a line; each on this machine or in any storage that [fsspec](https://filesystem-spec.readthedocs.io)
has a driver for. Addresses of the web are not storage; `read`, `gather` and `collate` fetch them politely.

**What is refused** is told on the error stream, once, and kept in the manifest with its place and the reason; it never stops a
run. A crawl that was cut off is read up to there. Where one is damaged, the next record that can be entered is searched, and
reading goes on from it; the place of the damage and of that record is told. A gzip file that was compressed as one piece has no
such place. Of a table, up to 256 rows that cannot be read is refused as a whole. Reports in a language that is not read are kept
and gathered, and their notes say so.

**What kills the process that reads it** is refused, too: a report over which a library crashes, which needs more memory than there
is, or over which (with 63 others) ten minutes pass. What it was read with is read again in smaller pieces, down to that one
report, which is refused when its process has ended twice over it alone; likewise a story whose collation ends its process, whose
reports are kept, with the `fault`. The pool and Ray go on meanwhile. With `--engine serial` the run itself ends, and gets past the
report after it was started again four or five times; there nothing is ended for taking long.

**A run that was ended goes on** where it was when it is started again: what was read, 256 reports at a time (2,048 of compressed
lines), is not read again. **A later run** with more inputs adds what is new; inputs that are in the manifest with the same size and
time, or with the same bytes, are not read again. Two runs give the same stories and rows as one over all inputs. An input
whose content has changed is read as new; what it held before stays. Ctrl-C ends a run at once, workers and all, with one line and
exit status 130.

**Identity.** A report keeps the id that came with it. Where another report came with the same id and another text or outlet,
its id is told apart by its content (`given` has the id as it came). The same report twice counts once.

**Stories** are found week by week (from Monday), as `gather` would over the reports of the week, and a story that goes on in
the next week is one. Reports without a date are gathered among themselves. A story of more than 300 reports is collated in
chapters of 300; ids of entries are unique in a chapter.

**The manifest** has the format's name, the version and settings that made it, every input with its size and hash, what was
rejected and why, and every table and file with its rows and hash. The hash of a table is the sum of the BLAKE2b-128 hashes
of its rows (as JSON), modulo 2^128: it depends neither on the order of the rows nor on the files that they lie in.

**Readings** come back whole from Python: `variorum.dataset.readings(folder)`.

Places in texts are half-open and count code points. Every row has the report that it rests on; `start`, `end` and `words`
(or `content`) are its evidence and can be checked against `text` in `reports`. They are null only where the row tells that a
report *lacks* something, and for actors, whose `form` stands in the report `count` times.

## Tables

"""
"""The page of documentation up to its tables."""
