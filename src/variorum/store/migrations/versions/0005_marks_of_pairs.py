"""On PostgreSQL, marks for pairs of neighbouring words of a report in the full-text index."""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forget under which rules the index was made, so that the library makes it anew when it is opened. No table changes."""
    if op.get_context().dialect.name == "postgresql":
        op.execute("DELETE FROM settings WHERE key = 'folding'")


def downgrade() -> None:
    """The same for the program of before."""
    upgrade()
