"""How long signing in waits while reports are being added, on either store.

    python bench/signing_in.py [--reports 3000] [--library FILE|URL]

One process adds generated reports as fast as it can (short, invented, taken as read, so that it writes nearly all of the
time); another one opens a session of an account ten times a second. Prints the milliseconds that this took, without the
hashing of the password, which is the same everywhere.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.library.conftest import as_they_are, generated

from library import summary
from variorum.library import Library
from variorum.store.accounts import Accounts


def add(where: str, count: int) -> None:
    """Add reports until there are no more."""
    with Library.open(where, reader=as_they_are) as library:
        for _ in library.add(generated(count, events=count // 8)):
            pass


def measured(where: str, count: int) -> dict[str, object]:
    """Sign in beside a process that adds."""
    with Library.open(where, reader=as_they_are) as library:
        accounts = Accounts(library.store)
        accounts.add("ana", "a long enough password 7", "admin")
        adding = multiprocessing.get_context("spawn").Process(target=add, args=(where, count))
        adding.start()
        while not library.counts().reports:
            time.sleep(0.05)
        took = []
        while adding.is_alive():
            start = time.perf_counter()
            accounts.open_session("ana")
            took.append(1000 * (time.perf_counter() - start))
            time.sleep(0.1)
        adding.join()
        return {"reports": library.counts().reports, "milliseconds": summary(took)}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=3000)
    parser.add_argument("--library", default=None)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(measured(given.library or str(Path(folder) / "library.sqlite"), given.reports)))


if __name__ == "__main__":
    main()
