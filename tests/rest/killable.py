"""A server as a process of its own, whose reading is slow: ``python -m tests.rest.killable LIBRARY``; its port on standard output."""

from __future__ import annotations

import socket
import sys
import time
from collections.abc import Iterable, Iterator

import uvicorn

from tests.library.conftest import as_they_are
from tests.rest.served import serve
from variorum.library import Library
from variorum.model import Reading, Report
from variorum.rest.jobs import Jobs

SECONDS = 0.05
"""For a report."""


def _slowly(reports: Iterable[Report], workers: int) -> Iterator[Reading]:
    for reading in as_they_are(reports, workers):
        time.sleep(SECONDS)
        yield reading


def _main(where: str) -> None:
    with Library.open(where, reader=_slowly) as library, socket.create_server(("127.0.0.1", 0)) as listening:
        app = serve(library)
        app.state.jobs = Jobs(library)
        print(listening.getsockname()[1], flush=True)
        uvicorn.Server(uvicorn.Config(app, log_level="error")).run(sockets=[listening])


if __name__ == "__main__":
    _main(sys.argv[1])
