"""The calls served by themselves, over a library in memory: what the tests of this folder share."""

from __future__ import annotations

from functools import cache
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.testclient import TestClient
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from tests.library.fake import FakeLibrary
from variorum.rest import make_router
from variorum.rest.security import Security, protect

TOKEN = "a-token-of-some-length"
OUTSIDE = "203.0.113.7"


CHEAP = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=64, parallelism=1),))
"""Argon2 in no time: what it costs to guess is not what most tests are about."""


@cache
def router() -> APIRouter:
    """The calls, made once: it takes longer than most tests."""
    return make_router()


def serve(library: Any = None, security: Security | None = None) -> FastAPI:
    """An app that answers the calls and nothing else."""
    app = FastAPI(openapi_url="/api/openapi.json", docs_url=None, redoc_url=None)
    app.state.library = FakeLibrary.of_harbour() if library is None else library
    app.router.routes.extend(router().routes)  # including them makes each anew, which takes longer than most tests
    protect(app, security or Security())
    return app


def local(app: FastAPI, **more: Any) -> TestClient:
    """A client on the machine itself."""
    return TestClient(
        app, base_url="http://127.0.0.1:8765", client=("127.0.0.1", 50000), raise_server_exceptions=False, **more
    )


def ended(client: Any, answer: Any) -> dict[str, Any]:
    """An adding that was asked for, once it has ended."""
    job: dict[str, Any] = answer.json()
    # The calls stand at /api, or below the client's own address where that is it.
    path = "/jobs" if client.base_url.path.startswith("/api") else "/api/jobs"
    while job["state"] in ("queued", "running"):
        job = client.get(f"{path}/{job['id']}", params={"wait": 60}).json()
    return job


def outside(app: FastAPI, host: str = "desk.example", address: str = OUTSIDE, **more: Any) -> TestClient:
    """A client elsewhere, that calls the server by one of its names."""
    return TestClient(
        app,
        base_url=f"https://{host}",
        client=(address, 50000),
        raise_server_exceptions=False,
        follow_redirects=False,
        **more,
    )
