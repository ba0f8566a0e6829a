"""Steps for the engines' tests, in a module of their own so that workers load little."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pyarrow as pa


def squares(table: pa.Table) -> pa.Table:
    return pa.table({"n": [n * n for n in table["n"].to_pylist()]})


def nothing(table: pa.Table) -> pa.Table:
    return table.slice(0, 0)


def spread(table: pa.Table) -> pa.Table:
    """Each number as many times as it says."""
    every = [n for n in table["n"].to_pylist() for _ in range(n)]
    return pa.table({"n": every, "rest": [f"r{n % 3}" for n in every]})


def total(table: pa.Table) -> pa.Table:
    """One row a group: its key, how many rows, their sum."""
    (key,) = set(table["rest"].to_pylist())
    numbers = table["n"].to_pylist()
    return pa.table({"rest": [key], "rows": [len(numbers)], "sum": [sum(numbers)]})


def fails_at_seven(table: pa.Table) -> pa.Table:
    if 7 in table["n"].to_pylist():
        raise ValueError("seven")
    return table


def dies(table: pa.Table) -> pa.Table:
    os.kill(os.getpid(), signal.SIGKILL)
    return table


def dies_once(table: pa.Table, *, mark: str) -> pa.Table:
    """The first worker that comes by is killed."""
    try:
        Path(mark).touch(exist_ok=False)
    except FileExistsError:
        return squares(table)
    return dies(table)


def dies_or_waits(table: pa.Table, *, mark: str, begun: str) -> pa.Table:
    """The table of 0 ends its worker while that of 1 is under way, whose beginnings are counted."""
    if table["n"].to_pylist() == [1]:
        with Path(begun).open("a") as file:
            file.write(".")
        deadline = time.monotonic() + 20
        while not Path(mark).exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        time.sleep(0.5)
        return table
    if not Path(mark).exists():
        while not Path(begun).exists():
            time.sleep(0.02)
        Path(mark).touch()
        return dies(table)
    return table


def process(table: pa.Table) -> pa.Table:
    return pa.table({"process": [os.getpid()] * len(table)})
