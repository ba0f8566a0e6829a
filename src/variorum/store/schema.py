"""The tables of a library. The full-text index, which each kind of store words in its own way, is made in ``dialects``.

Rows are numbered (``n``) beside their public ids, so that the many rows that point at a report or a story stay narrow.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    UniqueConstraint,
)

from variorum.store.columns import ExactJson, ExactText, Packed

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Number = BigInteger().with_variant(Integer, "sqlite")
"""In SQLite a row is found fastest by a key declared INTEGER. The one writer numbers rows itself, alike in every store."""

settings = Table(
    "settings",
    metadata,
    Column("key", ExactText, primary_key=True),
    Column("value", ExactText, nullable=False),
    comment="Small facts about the library, by name",
)

stories = Table(
    "stories",
    metadata,
    Column("n", Number, primary_key=True, autoincrement=False),
    Column("id", ExactText, nullable=False, unique=True),
    Column("title", ExactText, nullable=False),
    Column("first", ExactText),
    Column("last", ExactText),
    Column("reports", Integer, nullable=False),
    Column("outlets", ExactJson, nullable=False),
    Column("origins", Integer, nullable=False),
    Column("differences", Integer, nullable=False),
    Column("disputed", ExactJson, nullable=False),
    Column("changed", ExactText, nullable=False),
    Column("latest", ExactText),
    Column("languages", ExactJson, nullable=False),
    Column("statements", Integer, nullable=False),
    Column("words", ExactText, nullable=False),
    Index(None, "changed", "id"),
    Index(None, "last", "id"),
    Index("ix_stories_size", "reports", "id"),
    Index("ix_stories_disputed", "differences", "id"),
    comment="A line for each story, as lists show it",
)

records = Table(
    "records",
    metadata,
    Column("story", ForeignKey("stories.n"), primary_key=True, autoincrement=False),
    Column("json", Packed, nullable=False),
    comment="Each story's record as the program made it, without rulings: zlib-compressed JSON",
)

gone = Table(
    "gone",
    metadata,
    Column("id", ExactText, primary_key=True),
    Column("into", ExactText),
    comment="Stories that were merged or emptied, and the story that took their reports",
)

reports = Table(
    "reports",
    metadata,
    Column("n", Number, primary_key=True, autoincrement=False),
    Column("id", ExactText, nullable=False, unique=True),
    Column("story", ForeignKey("stories.n"), index=True),
    Column("address", ExactText, index=True),
    Column("digest", ExactText, nullable=False, index=True),
    Column("day", Integer, index=True),
    Column("outlet", ExactText),
    Column("language", ExactText, nullable=False),
    Column("date", ExactText),
    Column("headline", ExactText),
    Column("fingerprint", LargeBinary, nullable=False),
    Index(None, "outlet", "story"),
    comment="Every report ever added; none is changed or deleted. Reports of one address are versions, oldest first",
)

texts = Table(
    "texts",
    metadata,
    Column("report", ForeignKey("reports.n"), primary_key=True, autoincrement=False),
    Column("text", Packed, nullable=False),
    comment="A report's text exactly as received: zlib-compressed UTF-8, lone surrogates passed through",
)

readings = Table(
    "readings",
    metadata,
    Column("report", ForeignKey("reports.n"), primary_key=True, autoincrement=False),
    Column("json", Packed, nullable=False),
    comment="What was found in a report: zlib-compressed JSON of the reading, its text left empty",
)

keys = Table(
    "keys",
    metadata,
    Column("report", ForeignKey("reports.n"), primary_key=True, autoincrement=False),
    Column("key", LargeBinary, nullable=False),
    comment="What gathering keeps of a report",
)

bands = Table(
    "bands",
    metadata,
    Column("band", BigInteger, primary_key=True, autoincrement=False),
    Column("report", ForeignKey("reports.n"), primary_key=True, autoincrement=False),
    comment="Reports by the keys that near-copies share",
    sqlite_with_rowid=False,
)

terms = Table(
    "terms",
    metadata,
    Column("term", BigInteger, primary_key=True, autoincrement=False),
    Column("reports", BigInteger, nullable=False),
    comment="In how many reports a term of gathering stands",
)

labels = Table(
    "labels",
    metadata,
    Column("n", Number, primary_key=True, autoincrement=False),
    Column("text", ExactText, nullable=False, unique=True),
    comment="Names of outlets and speakers, once each",
)

entries = Table(
    "entries",
    metadata,
    Column("n", Number, primary_key=True, autoincrement=False),
    Column("story", ForeignKey("stories.n"), index=True),
    Column("report", ForeignKey("reports.n"), nullable=False, index=True),
    Column("kind", SmallInteger, nullable=False),
    Column("entry", ExactText),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("speaker", ForeignKey("labels.n")),
    Column("outlet", ForeignKey("labels.n")),
    Column("date", ExactText),
    Column("language", ExactText),
    Column("value", ExactText),
    comment="What search finds: reports, and each report's words for each entry of a record. Narrow, for facets",
)

entry_texts = Table(
    "entry_texts",
    metadata,
    Column("entry", ForeignKey("entries.n"), primary_key=True, autoincrement=False),
    Column("text", ExactText, nullable=False),
    Column("also", ExactText, nullable=False),
    comment="The words of an entry, and further words that it is found by",
)

years = Table(
    "years",
    metadata,
    Column("year", ExactText, primary_key=True),
    comment="The years that entries bear, so that a search with an open end knows where time ends",
)

rulings = Table(
    "rulings",
    metadata,
    Column("n", Number, primary_key=True, autoincrement=False),
    Column("id", ExactText, nullable=False, unique=True),
    Column("story", ExactText, index=True),
    Column("undone", ExactText),
    Column("ruling", ExactJson, nullable=False),
    comment="What people decided, in the order in which they did",
)

changes = Table(
    "changes",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=False),
    Column("when", ExactText, nullable=False),
    Column("story", ExactText, nullable=False),
    Column("topic", ExactText, nullable=False),
    Column("text", ExactText, nullable=False),
    Column("entry", ExactText),
    Column("report", ExactText),
    Column("details", ExactJson),
    Index(None, "story", "number"),
    comment="What changed in the stories, numbered without gaps in the order of commits",
)

feeds = Table(
    "feeds",
    metadata,
    Column("n", Number, primary_key=True, autoincrement=False),
    Column("address", ExactText, nullable=False),
    Column("title", ExactText),
    Column("checked", ExactText),
    Column("due", ExactText),
    Column("failures", Integer, nullable=False),
    Column("reason", ExactText),
    Column("added", Integer, nullable=False),
    Column("state", ExactJson),
    UniqueConstraint("address"),
    comment="Feeds that the library follows, with what the next visit needs to know",
)
