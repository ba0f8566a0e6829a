"""Fixtures of the store's tests: each library in both kinds of store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers import postgres, shared_server
from variorum.store import Store, open_store

__all__ = ["postgres"]


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new library may be made."""
    if request.param == "sqlite":
        return str(tmp_path / "library.sqlite")
    server = shared_server()
    if isinstance(server, str):
        pytest.skip(server)
    return server.database()


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    """An empty library."""
    with open_store(address, patience=5) as made:
        yield made
