"""Run by Alembic: takes the steps on the connection that it is given, inside that connection's transaction."""

from __future__ import annotations

from alembic import context

from variorum.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    render_as_batch=True,
)
context.run_migrations()
