"""Fixtures of the tests of the calls."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.rest.served import CHEAP, local, serve
from tests.servers import postgres
from tests.store.conftest import address, store
from variorum.store import Store, open_store
from variorum.store.accounts import Accounts

__all__ = ["address", "postgres", "store"]


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


@pytest.fixture(scope="session")
def asking() -> TestClient:
    """The same, for tests that only ask, or whose requests are refused: one app for all of them."""
    return local(serve())


@pytest.fixture
def accounts(store: Store) -> Accounts:
    """Accounts in an empty library, in each kind of store."""
    return Accounts(store, hasher=CHEAP)


@pytest.fixture
def few_accounts(tmp_path: Path) -> Iterator[Accounts]:
    """Accounts in an empty library of the machine's own."""
    with open_store(tmp_path / "few.sqlite") as store:
        yield Accounts(store, hasher=CHEAP)
