"""The application over libraries of the tests: in memory for pages, served on a port for the browser."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.browsers import browser
from tests.library.fake import FakeLibrary
from tests.servers import postgres
from variorum.rest.jobs import Jobs
from variorum.rest.security import Security, server_options
from variorum.web.app import Settings, make_app
from variorum.web.desks import Desks
from variorum.web.visiting import Visitor

__all__ = ["browser", "client", "harbour", "postgres", "served"]


@cache
def _app() -> FastAPI:
    """Made once: to describe the calls beside the pages takes a while."""
    return make_app(FakeLibrary())  # type: ignore[arg-type]


@contextmanager
def local(library: Any) -> Iterator[TestClient]:
    """A client on the machine itself, of the application over a library."""
    app = _app()
    app.state.library, app.state.jobs, app.state.desks = library, Jobs(library), Desks(library)
    app.state.visitor = Visitor(library)
    with TestClient(app, base_url="http://127.0.0.1:8033", client=("127.0.0.1", 50000)) as client:
        yield client


@pytest.fixture
def harbour() -> FakeLibrary:
    """A library that holds the bundled story."""
    return FakeLibrary.of_harbour()


@pytest.fixture
def client(harbour: FakeLibrary) -> Iterator[TestClient]:
    """A client of the application over it."""
    with local(harbour) as client:
        yield client


@contextmanager
def serving(library: Any, security: Security | None = None) -> Iterator[str]:
    """The application on a free port, in a thread."""
    security = security or Security()
    app = make_app(library, settings=Settings(security=security))
    config = uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning", **server_options(security))  # type: ignore[arg-type]
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        threading.Event().wait(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)


@pytest.fixture
def served() -> Iterator[Callable[..., str]]:
    """Serves libraries; the servers end with the test."""
    with ExitStack() as stack:
        yield lambda library, security=None: stack.enter_context(serving(library, security))
