"""Kill -9 in the middle of adding many reports, again and again; then finish, and see whether the library is whole.

    python bench/crash.py [--reports 10000] [--kills 20] [--seed 1] [--library FILE|URL]

The reports are those of the library's tests (short, invented, with copies, new versions and undated ones); they are
taken as read, so that the time goes into gathering, collation and writing. After every kill each report that the killed
process had acknowledged is looked up; at the end every story, record, line, search row, key and count of a term is
checked against the others. Without --library a file in a temporary folder is used.
"""

from __future__ import annotations

import argparse
import os
import random
import select
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.library.conftest import as_they_are, generated
from tests.library.whole import faults

from variorum.library import Library
from variorum.model import Reading


def main() -> None:
    """Run the attack and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--longest", type=float, default=20.0, help="seconds after opening within which a kill comes")
    parser.add_argument("--library", default=None)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        attack(given.library or str(Path(folder) / "library.sqlite"), given)


def killed_child(where: str, reports: Sequence[Reading], after: float) -> tuple[list[str], bool]:
    """Kill a child process that adds, some seconds after it began. It is forked, so that the time goes into adding.

    Returns:
        Ids of the reports that it acknowledged, and whether it had finished before.
    """
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(out)
        with Library.open(where, reader=as_they_are) as library:
            for addition in library.add(reports):
                os.write(into, f"{addition.report}\n".encode())
        os.write(into, b"done\n")
        os._exit(0)
    os.close(into)
    begun = time.monotonic()
    content = b""
    with os.fdopen(out, "rb", buffering=0) as told:
        while (left := begun + after - time.monotonic()) > 0:
            if select.select([told], [], [], left)[0]:
                piece = told.read(1 << 16)
                content += piece
                if not piece:
                    break
        os.kill(child, signal.SIGKILL)
        content += told.read()
    os.waitpid(child, 0)
    lines = content.decode().splitlines()
    return [line for line in lines if line != "done"], "done" in lines


def attack(where: str, given: argparse.Namespace) -> None:
    """Kill, look, and finish."""
    chance = random.Random(given.seed)
    acknowledged: set[str] = set()
    lost, reports = 0, generated(given.reports, events=given.reports // 8)
    with (
        tempfile.TemporaryDirectory() as folder,
        Library.open(Path(folder) / "warm.sqlite", reader=as_they_are) as warm,
    ):
        list(warm.add(reports[:50]))
    started = time.monotonic()
    for n in range(given.kills):
        told, done = killed_child(where, reports, chance.uniform(0.1, given.longest))
        acknowledged |= set(told)
        with Library.open(where, reader=as_they_are) as library:
            there = library.counts().reports
            gone = [id for id in sorted(acknowledged) if library.store.held(id) is None]
            lost += len(gone)
        print(f"kill {n + 1}: {len(acknowledged)} acknowledged, {there} there, {len(gone)} lost", flush=True)
        if done:
            break
    begun = time.monotonic()
    with Library.open(where, reader=as_they_are) as library:
        outcomes = [addition.outcome for addition in library.add(reports)]
        took = time.monotonic() - begun
        found = faults(library)
        held = library.counts()
    print(f"then all {len(outcomes)} given again in {took:.0f} s: {outcomes.count('known')} known already")
    print(f"{held.reports} reports in {held.stories} stories; {lost} lost; {len(found)} faults")
    for fault in found[:10]:
        print(f"  {fault}")
    print(f"{time.monotonic() - started:.0f} s in all")
    sys.exit(bool(found or lost or held.reports != given.reports))


if __name__ == "__main__":
    main()
