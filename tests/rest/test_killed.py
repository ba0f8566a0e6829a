"""A server is killed while it adds: what it has acknowledged is all there when the next one has had its time."""

from __future__ import annotations

import json
import multiprocessing
import socket
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from multiprocessing.process import BaseProcess

import httpx
import uvicorn

from tests.library.conftest import as_they_are, generated
from tests.patience import PATIENCE, until
from tests.rest.served import ended, serve
from variorum.library import Library
from variorum.model import Reading, Report
from variorum.rest.jobs import Jobs

SECONDS = 0.05
"""That a report takes to be read."""


def slowly(reports: Iterable[Report], workers: int) -> Iterator[Reading]:
    """A reader that can be killed in between."""
    for reading in as_they_are(reports, workers):
        time.sleep(SECONDS)
        yield reading


def serve_alone(where: str, listening: socket.socket) -> None:
    """A server on a library, until it is killed."""
    with Library.open(where, reader=slowly) as library:
        app = serve(library)
        app.state.jobs = Jobs(library)
        uvicorn.Server(uvicorn.Config(app, log_level="error")).run(sockets=[listening])


@contextmanager
def server(where: str) -> Iterator[tuple[httpx.Client, BaseProcess]]:
    """A server as a process of its own, killed in the end; and a client of it."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        process = multiprocessing.get_context("fork").Process(target=serve_alone, args=(where, listening), daemon=True)
        process.start()
        port = listening.getsockname()[1]
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}/api", timeout=PATIENCE, trust_env=False) as client:
            yield client, process
    finally:
        process.kill()
        process.join()


def test_a_killed_server_loses_nothing_that_it_has_acknowledged(address: str) -> None:
    made = generated(36, seed=5, events=2)
    given = [{"id": r.id, "text": r.text, "outlet": r.outlet} for r in made]
    lines = "\n".join(json.dumps(one) for one in [*given[26:32], {"id": "bare"}]).encode()
    with server(address) as (client, process):
        first = client.post("/reports", json={"reports": [*given[:26], {"text": " "}]}).json()
        second = client.post("/files", files=[("files", ("more.jsonl", lines)), ("files", ("void.txt", b""))]).json()
        third = client.post("/reports", json={"reports": given[32:]}).json()
        until(lambda: 0 < client.get(f"/jobs/{first['id']}").json()["added"] < 26)
        process.kill()
        process.join()
    with server(address) as (client, _):
        jobs = [ended(client, client.get(f"/jobs/{job['id']}")) for job in (first, second, third)]
        assert [job["state"] for job in jobs] == ["done"] * 3
        # What was committed at the very moment of the kill may be told as known; each report is told of once.
        assert [job["added"] + job["known"] + job["revised"] for job in jobs] == [26, 6, 4]
        assert jobs[0]["refusals"] == [{"where": "report 27", "reason": "field text is empty"}]
        assert [refusal["where"] for refusal in jobs[1]["refusals"]] == ["more.jsonl: line 7", "void.txt"]
        assert jobs[1]["refused"] == 2
        assert client.get("/counts").json()["reports"] == 36
    with Library.open(address) as library:
        assert library.store.check() == ()
        texts = {library.report(id).text for line in library.all_stories() for id in library.store.reports_of(line.id)}
        assert texts == {report.text for report in made}
