"""The library's first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from variorum.store.columns import ExactJson, ExactText, Packed
from variorum.store.dialects import drop_index, make_index

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make every table and the full-text index."""
    op.create_table(
        "changes",
        sa.Column("number", Number, autoincrement=False, nullable=False),
        sa.Column("when", ExactText(), nullable=False),
        sa.Column("story", ExactText(), nullable=False),
        sa.Column("topic", ExactText(), nullable=False),
        sa.Column("text", ExactText(), nullable=False),
        sa.Column("entry", ExactText(), nullable=True),
        sa.Column("report", ExactText(), nullable=True),
        sa.Column("details", ExactJson(), nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_changes"),
        comment="What changed in the stories, numbered without gaps in the order of commits",
    )
    op.create_index("ix_changes_story", "changes", ["story", "number"], unique=False)
    op.create_table(
        "feeds",
        sa.Column("n", Number, autoincrement=False, nullable=False),
        sa.Column("address", ExactText(), nullable=False),
        sa.Column("title", ExactText(), nullable=True),
        sa.Column("checked", ExactText(), nullable=True),
        sa.Column("due", ExactText(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("reason", ExactText(), nullable=True),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("state", ExactJson(), nullable=True),
        sa.PrimaryKeyConstraint("n", name="pk_feeds"),
        sa.UniqueConstraint("address", name="uq_feeds_address"),
        comment="Feeds that the library follows, with what the next visit needs to know",
    )
    op.create_table(
        "gone",
        sa.Column("id", ExactText(), nullable=False),
        sa.Column("into", ExactText(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_gone"),
        comment="Stories that were merged or emptied, and the story that took their reports",
    )
    op.create_table(
        "labels",
        sa.Column("n", Number, autoincrement=False, nullable=False),
        sa.Column("text", ExactText(), nullable=False),
        sa.PrimaryKeyConstraint("n", name="pk_labels"),
        sa.UniqueConstraint("text", name="uq_labels_text"),
        comment="Names of outlets and speakers, once each",
    )
    op.create_table(
        "rulings",
        sa.Column("n", Number, autoincrement=False, nullable=False),
        sa.Column("id", ExactText(), nullable=False),
        sa.Column("story", ExactText(), nullable=True),
        sa.Column("undone", ExactText(), nullable=True),
        sa.Column("ruling", ExactJson(), nullable=False),
        sa.PrimaryKeyConstraint("n", name="pk_rulings"),
        sa.UniqueConstraint("id", name="uq_rulings_id"),
        comment="What people decided, in the order in which they did",
    )
    op.create_index("ix_rulings_story", "rulings", ["story"], unique=False)
    op.create_table(
        "settings",
        sa.Column("key", ExactText(), nullable=False),
        sa.Column("value", ExactText(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_settings"),
        comment="Small facts about the library, by name",
    )
    op.create_table(
        "stories",
        sa.Column("n", Number, autoincrement=False, nullable=False),
        sa.Column("id", ExactText(), nullable=False),
        sa.Column("title", ExactText(), nullable=False),
        sa.Column("first", ExactText(), nullable=True),
        sa.Column("last", ExactText(), nullable=True),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("outlets", ExactJson(), nullable=False),
        sa.Column("origins", sa.Integer(), nullable=False),
        sa.Column("differences", sa.Integer(), nullable=False),
        sa.Column("disputed", ExactJson(), nullable=False),
        sa.Column("changed", ExactText(), nullable=False),
        sa.Column("latest", ExactText(), nullable=True),
        sa.Column("languages", ExactJson(), nullable=False),
        sa.Column("statements", sa.Integer(), nullable=False),
        sa.Column("words", ExactText(), nullable=False),
        sa.PrimaryKeyConstraint("n", name="pk_stories"),
        sa.UniqueConstraint("id", name="uq_stories_id"),
        comment="A line for each story, as lists show it",
    )
    op.create_index("ix_stories_changed", "stories", ["changed", "id"], unique=False)
    op.create_index("ix_stories_disputed", "stories", ["differences", "id"], unique=False)
    op.create_index("ix_stories_last", "stories", ["last", "id"], unique=False)
    op.create_index("ix_stories_size", "stories", ["reports", "id"], unique=False)
    op.create_table(
        "terms",
        sa.Column("term", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("reports", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("term", name="pk_terms"),
        comment="In how many reports a term of gathering stands",
    )
    op.create_table(
        "records",
        sa.Column("story", Number, autoincrement=False, nullable=False),
        sa.Column("json", Packed(), nullable=False),
        sa.ForeignKeyConstraint(["story"], ["stories.n"], name="fk_records_story"),
        sa.PrimaryKeyConstraint("story", name="pk_records"),
        comment="Each story's record as the program made it, without rulings: zlib-compressed JSON",
    )
    op.create_table(
        "reports",
        sa.Column("n", Number, autoincrement=False, nullable=False),
        sa.Column("id", ExactText(), nullable=False),
        sa.Column("story", Number, nullable=True),
        sa.Column("address", ExactText(), nullable=True),
        sa.Column("digest", ExactText(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=True),
        sa.Column("outlet", ExactText(), nullable=True),
        sa.Column("language", ExactText(), nullable=False),
        sa.Column("date", ExactText(), nullable=True),
        sa.Column("headline", ExactText(), nullable=True),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["story"], ["stories.n"], name="fk_reports_story"),
        sa.PrimaryKeyConstraint("n", name="pk_reports"),
        sa.UniqueConstraint("id", name="uq_reports_id"),
        comment="Every report ever added; none is changed or deleted. Reports of one address are versions, oldest first",
    )
    op.create_index("ix_reports_address", "reports", ["address"], unique=False)
    op.create_index("ix_reports_day", "reports", ["day"], unique=False)
    op.create_index("ix_reports_digest", "reports", ["digest"], unique=False)
    op.create_index("ix_reports_outlet", "reports", ["outlet", "story"], unique=False)
    op.create_index("ix_reports_story", "reports", ["story"], unique=False)
    op.create_table(
        "bands",
        sa.Column("band", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("report", Number, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["report"], ["reports.n"], name="fk_bands_report"),
        sa.PrimaryKeyConstraint("band", "report", name="pk_bands"),
        comment="Reports by the keys that near-copies share",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "entries",
        sa.Column("n", Number, autoincrement=False, nullable=False),
        sa.Column("story", Number, nullable=True),
        sa.Column("report", Number, nullable=False),
        sa.Column("kind", sa.SmallInteger(), nullable=False),
        sa.Column("entry", ExactText(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("speaker", Number, nullable=True),
        sa.Column("outlet", Number, nullable=True),
        sa.Column("date", ExactText(), nullable=True),
        sa.Column("language", ExactText(), nullable=True),
        sa.Column("value", ExactText(), nullable=True),
        sa.ForeignKeyConstraint(["outlet"], ["labels.n"], name="fk_entries_outlet"),
        sa.ForeignKeyConstraint(["report"], ["reports.n"], name="fk_entries_report"),
        sa.ForeignKeyConstraint(["speaker"], ["labels.n"], name="fk_entries_speaker"),
        sa.ForeignKeyConstraint(["story"], ["stories.n"], name="fk_entries_story"),
        sa.PrimaryKeyConstraint("n", name="pk_entries"),
        comment="What search finds: reports, and each report's words for each entry of a record. Narrow, for facets",
    )
    op.create_index("ix_entries_report", "entries", ["report"], unique=False)
    op.create_index("ix_entries_story", "entries", ["story"], unique=False)
    op.create_table(
        "keys",
        sa.Column("report", Number, autoincrement=False, nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["reports.n"], name="fk_keys_report"),
        sa.PrimaryKeyConstraint("report", name="pk_keys"),
        comment="What gathering keeps of a report",
    )
    op.create_table(
        "readings",
        sa.Column("report", Number, autoincrement=False, nullable=False),
        sa.Column("json", Packed(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["reports.n"], name="fk_readings_report"),
        sa.PrimaryKeyConstraint("report", name="pk_readings"),
        comment="What was found in a report: zlib-compressed JSON of the reading, its text left empty",
    )
    op.create_table(
        "texts",
        sa.Column("report", Number, autoincrement=False, nullable=False),
        sa.Column("text", Packed(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["reports.n"], name="fk_texts_report"),
        sa.PrimaryKeyConstraint("report", name="pk_texts"),
        comment="A report's text exactly as received: zlib-compressed UTF-8, lone surrogates passed through",
    )
    op.create_table(
        "entry_texts",
        sa.Column("entry", Number, autoincrement=False, nullable=False),
        sa.Column("text", ExactText(), nullable=False),
        sa.Column("also", ExactText(), nullable=False),
        sa.ForeignKeyConstraint(["entry"], ["entries.n"], name="fk_entry_texts_entry"),
        sa.PrimaryKeyConstraint("entry", name="pk_entry_texts"),
        comment="The words of an entry, and further words that it is found by",
    )
    op.create_table(
        "years",
        sa.Column("year", ExactText(), nullable=False),
        sa.PrimaryKeyConstraint("year", name="pk_years"),
        comment="The years that entries bear, so that a search with an open end knows where time ends",
    )
    make_index(op.get_bind())


def downgrade() -> None:
    """Take all of it away."""
    drop_index(op.get_bind())
    op.drop_table("years")
    op.drop_table("entry_texts")
    op.drop_table("texts")
    op.drop_table("readings")
    op.drop_table("keys")
    op.drop_table("entries")
    op.drop_table("bands")
    op.drop_table("reports")
    op.drop_table("records")
    op.drop_table("terms")
    op.drop_table("stories")
    op.drop_table("settings")
    op.drop_table("rulings")
    op.drop_table("labels")
    op.drop_table("gone")
    op.drop_table("feeds")
    op.drop_table("changes")
