"""A server is killed while it adds: what it has acknowledged is all there when the next one has had its time."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.library.conftest import generated
from variorum.library import Library

PROJECT = Path(__file__).parents[2]


@contextmanager
def server(where: str) -> Iterator[tuple[httpx.Client, subprocess.Popen[str]]]:
    """A server on a library, killed in the end; and a client of it."""
    command = [sys.executable, "-m", "tests.rest.killable", where]
    with subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            port = int(process.stdout.readline())
            with httpx.Client(base_url=f"http://127.0.0.1:{port}/api", timeout=30, trust_env=False) as client:
                yield client, process
        finally:
            process.kill()


def until(met: Callable[[], Any]) -> None:
    """Wait until something is so."""
    end = time.monotonic() + 60
    while not met():
        assert time.monotonic() < end
        time.sleep(0.1)


def test_a_killed_server_loses_nothing_that_it_has_acknowledged(address: str) -> None:
    made = generated(50, seed=5)
    given = [{"id": r.id, "text": r.text, "outlet": r.outlet} for r in made]
    lines = "\n".join(json.dumps(one) for one in [*given[30:45], {"id": "bare"}]).encode()
    with server(address) as (client, process):
        first = client.post("/reports", json={"reports": [*given[:30], {"text": " "}]}).json()
        second = client.post("/files", files=[("files", ("more.jsonl", lines)), ("files", ("void.txt", b""))]).json()
        third = client.post("/reports", json={"reports": given[45:]}).json()
        until(lambda: 0 < client.get(f"/jobs/{first['id']}").json()["added"] < 30)
        process.kill()
    with server(address) as (client, _):
        jobs = [client.get(f"/jobs/{job['id']}", params={"wait": 60}).json() for job in (first, second, third)]
        assert [job["state"] for job in jobs] == ["done"] * 3
        # What was committed at the very moment of the kill may be told as known; each report is told of once.
        assert [job["added"] + job["known"] + job["revised"] for job in jobs] == [30, 15, 5]
        assert jobs[0]["refusals"] == [{"where": "report 31", "reason": "field text is empty"}]
        assert [refusal["where"] for refusal in jobs[1]["refusals"]] == ["more.jsonl: line 16", "void.txt"]
        assert jobs[1]["refused"] == 2
        assert client.get("/counts").json()["reports"] == 50
    with Library.open(address) as library:
        assert library.store.check() == ()
        texts = {library.report(id).text for line in library.all_stories() for id in library.store.reports_of(line.id)}
        assert texts == {report.text for report in made}
