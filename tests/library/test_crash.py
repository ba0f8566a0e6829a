"""A process that adds is killed at any moment: what it acknowledged is there, the rest is taken up, nothing is half done."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.library.conftest import EVENTS, as_they_are, generated
from tests.library.whole import faults
from variorum.errors import StoreError
from variorum.library import Library

ROOT = Path(__file__).parents[2]


def killed_adder(where: str, count: int, after: float, events: int = EVENTS) -> tuple[list[str], bool]:
    """Start a process that adds, and kill it some seconds after it has opened the library.

    Returns:
        Ids of the reports that it acknowledged, and whether it had finished before.
    """
    command = [sys.executable, "-m", "tests.library.adder", where, str(count), str(events)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert process.stdout is not None
    first = process.stdout.readline()
    assert first == "open\n", first
    time.sleep(after)
    os.kill(process.pid, signal.SIGKILL)
    lines = process.stdout.read().splitlines()
    process.wait()
    return [line.split()[0] for line in lines if " " in line], "done" in lines


def test_killed_and_started_again_nothing_is_lost(address: str) -> None:
    chance = random.Random(7)
    count, acknowledged = 90, set()
    for _ in range(2):
        told, done = killed_adder(address, count, chance.uniform(0.05, 1.2))
        acknowledged |= set(told)
        with Library.open(address, reader=as_they_are) as library:
            assert faults(library) == []
            for id in told:
                assert library.report(id).text
        if done:
            break
    with Library.open(address, reader=as_they_are) as library:
        outcomes = [addition.outcome for addition in library.add(generated(count))]
        assert len(outcomes) == count
        assert faults(library) == []
        assert library.counts().reports == count
        assert outcomes.count("known") >= len(acknowledged)


def test_a_file_that_may_not_be_written_is_said_clearly(tmp_path: Path) -> None:
    where = tmp_path / "library.sqlite"
    with Library.open(where, reader=as_they_are) as library:
        list(library.add(generated(5)))
    with Library.open(where, reader=as_they_are) as library:
        if os.geteuid() == 0:
            pytest.skip("root may write to any file")
        where.chmod(0o400)
        with pytest.raises(StoreError, match=r"library\.sqlite: "):
            list(library.add(generated(9)))


def test_a_locked_library_is_said_clearly_and_loses_nothing(tmp_path: Path) -> None:
    import sqlite3

    from variorum.store import open_store

    where = tmp_path / "library.sqlite"
    library = Library(open_store(where, patience=0.2), as_they_are)
    list(library.add(generated(5)))
    other = sqlite3.connect(where, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match="another program is writing to it"):
        list(library.add(generated(9)))
    other.rollback()
    other.close()
    assert [a.outcome for a in library.add(generated(9))] == ["known"] * 5 + ["added"] * 4
    assert faults(library) == []
    library.close()


def test_a_full_disk_is_said_clearly_and_loses_nothing(tmp_path: Path) -> None:
    where = tmp_path / "library.sqlite"
    with Library.open(where, reader=as_they_are) as library:
        list(library.add(generated(5)))
        with library.store.snapshot() as now:
            pages = now.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        with library.store.write() as tx:
            limit = tx.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 3}").scalar_one()
        assert limit >= pages
        with pytest.raises(StoreError, match="the disk is full"):
            list(library.add(generated(70)))
        with library.store.write() as tx:
            tx.connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
        assert faults(library) == []
        assert len(list(library.add(generated(70)))) == 70
        assert library.counts().reports == 70
        assert faults(library) == []
