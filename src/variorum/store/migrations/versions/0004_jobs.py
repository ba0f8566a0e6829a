"""Jobs of adding with what was handed in; which reports were there before stories were settled."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from variorum.store.columns import ExactJson, ExactText, Packed

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the three tables; take the reports that are there for settled."""
    op.create_table(
        "jobs",
        sa.Column("n", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("id", ExactText(), nullable=False),
        sa.Column("state", ExactText(), nullable=False),
        sa.Column("who", ExactText(), nullable=False),
        sa.Column("asked", ExactText(), nullable=False),
        sa.Column("ended", ExactText(), nullable=True),
        sa.Column("inputs", sa.Integer(), nullable=False),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("revised", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("reason", ExactText(), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("stopping", sa.Boolean(), nullable=False),
        sa.Column("runner", ExactText(), nullable=True),
        sa.Column("beat", ExactText(), nullable=True),
        sa.PrimaryKeyConstraint("n", name="pk_jobs"),
        sa.UniqueConstraint("id", name="uq_jobs_id"),
        comment="Addings asked for in the application or by a call, in the order in which they were",
    )
    op.create_index("ix_jobs_ended", "jobs", ["ended"], unique=False)
    op.create_table(
        "job_inputs",
        sa.Column("job", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("kind", ExactText(), nullable=False),
        sa.Column("name", ExactText(), nullable=False),
        sa.Column("content", Packed(), nullable=False),
        sa.ForeignKeyConstraint(["job"], ["jobs.n"], name="fk_job_inputs_job", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("job", "place", name="pk_job_inputs"),
        comment="What was handed in, until it has been added",
    )
    op.create_table(
        "job_results",
        sa.Column("job", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("input", sa.Integer(), nullable=False),
        sa.Column("report", ExactText(), nullable=True),
        sa.Column("result", ExactJson(), nullable=False),
        sa.ForeignKeyConstraint(["job"], ["jobs.n"], name="fk_job_results_job", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("job", "place", name="pk_job_results"),
        comment="What became of each input: an addition, or (without a report) a refusal",
    )
    op.execute(
        "INSERT INTO settings (key, value) "
        "SELECT 'settled', CAST(MAX(n) AS TEXT) FROM reports HAVING MAX(n) IS NOT NULL"
    )


def downgrade() -> None:
    """Remove them, with all that waits to be added."""
    for table in ("job_results", "job_inputs", "jobs"):
        op.drop_table(table)
    op.execute("DELETE FROM settings WHERE key = 'settled'")
