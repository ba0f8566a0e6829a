"""Fixtures of the store's tests: each library in both kinds of store."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.servers import postgres, shared_server
from variorum.store import Store, open_store

__all__ = ["postgres"]


@cache
def _made(kind: str, folder: Path) -> str:
    """A library without anything in it, of which each test gets a copy: faster than making each anew."""
    server = shared_server()
    where = str(folder / "library.sqlite") if kind == "sqlite" or isinstance(server, str) else server.database()
    open_store(where).close()
    return where


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
    server = shared_server() if request.param == "postgresql" else ""
    if request.param == "postgresql" and isinstance(server, str):
        pytest.skip(server)
    made = _made(request.param, tmp_path_factory.getbasetemp())
    if isinstance(server, str):
        return str(shutil.copy(made, tmp_path / "library.sqlite"))
    return server.database(like=made)


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    """An empty library, opened."""
    with open_store(address, patience=5) as made:
        yield made
