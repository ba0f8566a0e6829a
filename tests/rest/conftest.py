"""Fixtures of the tests of the calls."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.rest.served import local, serve
from variorum.store import open_store
from variorum.store.accounts import Accounts


@pytest.fixture
def app() -> Iterator[FastAPI]:
    """The calls over the bundled story."""
    app = serve()
    yield app
    if getattr(app.state, "jobs", None) is not None:
        app.state.jobs.close()


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    """A client on the machine itself."""
    return local(app)


@pytest.fixture
def accounts(tmp_path: Path) -> Iterator[Accounts]:
    """Accounts in an empty library."""
    with open_store(tmp_path / "library.sqlite") as store:
        yield Accounts(store)
