"""Fixtures of the store's tests: each library in both kinds of store."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.patience import PATIENCE
from tests.servers import postgres, shared_server
from variorum.store import Store, open_store
from variorum.store.upgrading import head

__all__ = ["postgres"]


@cache
def _made(where: str) -> str:
    """A library without anything in it: faster to be had again than each test's being made anew."""
    open_store(where).close()
    return where


@cache
def _database() -> str:
    """The database that one test after the other uses."""
    server = shared_server()
    assert not isinstance(server, str)
    return _made(server.database())


def _empty(where: str) -> None:
    """Take all out of a library that is not the schema's own."""
    import psycopg

    with psycopg.connect(where, autocommit=True) as connection:
        # What a test before left open, or a process that it killed, would be waited for.
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        tables = [name for (name,) in names if name not in ("settings", "alembic_version")]
        connection.execute(f"TRUNCATE {', '.join(tables)}".encode())
        connection.execute(b"DELETE FROM settings WHERE key <> 'folding'")
        connection.execute("UPDATE alembic_version SET version_num = %s", (head(),))


@pytest.fixture(params=["sqlite", "postgresql"])
def new_address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a library may be made."""
    if request.param == "sqlite":
        return str(tmp_path / "library.sqlite")
    server = shared_server()
    if isinstance(server, str):
        pytest.skip(server)
    return server.database()


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """An empty library."""
    if request.param == "sqlite":
        made = _made(str(tmp_path_factory.getbasetemp() / "library.sqlite"))
        return str(shutil.copy(made, tmp_path / "library.sqlite"))
    server = shared_server()
    if isinstance(server, str):
        pytest.skip(server)
    _empty(_database())
    return _database()


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    """An empty library, opened."""
    with open_store(address, patience=PATIENCE) as made:
        yield made
