"""Accounts of team mode, their sessions and tokens."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from variorum.store.columns import ExactText

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the three tables."""
    op.create_table(
        "accounts",
        sa.Column("name", ExactText(), nullable=False),
        sa.Column("password", ExactText(), nullable=False),
        sa.Column("role", ExactText(), nullable=False),
        sa.Column("made", ExactText(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_accounts"),
        comment="Who may sign in in team mode; passwords as argon2id hashes",
    )
    op.create_table(
        "account_sessions",
        sa.Column("hash", ExactText(), nullable=False),
        sa.Column("account", ExactText(), nullable=False),
        sa.Column("made", ExactText(), nullable=False),
        sa.Column("expires", ExactText(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["accounts.name"], name="fk_account_sessions_account", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("hash", name="pk_account_sessions"),
        comment="Who is signed in; SHA-256 of the cookie's secret",
    )
    op.create_index("ix_account_sessions_account", "account_sessions", ["account"], unique=False)
    op.create_index("ix_account_sessions_expires", "account_sessions", ["expires"], unique=False)
    op.create_table(
        "account_tokens",
        sa.Column("id", ExactText(), nullable=False),
        sa.Column("hash", ExactText(), nullable=False),
        sa.Column("account", ExactText(), nullable=False),
        sa.Column("label", ExactText(), nullable=False),
        sa.Column("reading_only", sa.Boolean(), nullable=False),
        sa.Column("made", ExactText(), nullable=False),
        sa.Column("expires", ExactText(), nullable=True),
        sa.ForeignKeyConstraint(["account"], ["accounts.name"], name="fk_account_tokens_account", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_account_tokens"),
        sa.UniqueConstraint("hash", name="uq_account_tokens_hash"),
        comment="Tokens that programs send in place of a password; SHA-256 of their secret",
    )
    op.create_index("ix_account_tokens_account", "account_tokens", ["account"], unique=False)


def downgrade() -> None:
    """Remove them, with all that they hold."""
    for table in ("account_tokens", "account_sessions", "accounts"):
        op.drop_table(table)
