"""Where things lie in the folder of a data set, and how a file is put in its place.

    manifest.json                                    what the data set is made of; written last
    runs.jsonl                                       one line a run: when, with which engine, how long, how much memory
    <table>/date=2026-05-03/language=en/part-0.parquet
    _state/windows/<window>.parquet                  keys and story of every report, by window of time
    _state/bridges.parquet                           stories that go on from one window to the next
    _work/                                           what a run that has not ended has done so far

Names that begin with ``_`` are passed over by readers of partitioned Parquet.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

UNDATED = "undated"
"""What the window of reports without a day is called."""
NULL_PARTITION = "__HIVE_DEFAULT_PARTITION__"
"""What a partition is called whose value is null: the convention of Hive, which Arrow, Spark and DuckDB read."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Layout:
    """The files of one data set."""

    root: Path

    @property
    def manifest(self) -> Path:
        """What the data set is made of."""
        return self.root / "manifest.json"

    @property
    def runs(self) -> Path:
        """The log of runs."""
        return self.root / "runs.jsonl"

    @property
    def work(self) -> Path:
        """What the run under way has done."""
        return self.root / "_work"

    @property
    def bridges(self) -> Path:
        """Which stories go on in the next window."""
        return self.root / "_state" / "bridges.parquet"

    def survey(self, name: str) -> Path:
        """The survey of an input."""
        return self.work / "survey" / f"{name}.json"

    def read(self, unit: str) -> Path:
        """The readings of a unit."""
        return self.work / "read" / f"{unit}.parquet"

    @property
    def marks(self) -> Path:
        """The marks of what was begun (see ``attempts``)."""
        return self.work / "begun"

    def begun(self, what: str) -> Path:
        """The mark that something was begun."""
        return self.marks / what

    def window(self, window: str) -> Path:
        """The reports of a window as the last run left them."""
        return self.root / "_state" / "windows" / f"{window}.parquet"

    def new_window(self, window: str) -> Path:
        """The reports of a window as this run will leave them."""
        return self.work / "windows" / f"{window}.parquet"

    def partition(self, table: str, date: str | None, language: str, part: int) -> Path:
        """One file of a table."""
        return self.root / table / f"date={date or NULL_PARTITION}" / f"language={language}" / f"part-{part}.parquet"

    def collated(self, table: str, date: str | None, language: str, part: int) -> Path:
        """The folder of new rows for one file of a table."""
        return self.work / "collated" / table / f"{date or NULL_PARTITION}.{language}.{part}"

    def shard(self, name: str) -> Path:
        """The mark that a shard of stories is collated."""
        return self.work / "shards" / f"{name}.json"


def put(path: Path, write: Callable[[Path], T]) -> T:
    """Write a file under another name and put it in its place once it is whole, so that no other state is ever seen.

    Args:
        path: where it goes; folders are made.
        write: writes it to the path that it is given.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # Two workers may do the same work at once (one of them taken for lost): each has a name of its own.
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        result = write(partial)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    return result


def put_table(path: Path, table: pa.Table) -> None:
    """Put a table in its place as Parquet (zstd)."""
    put(path, lambda partial: pq.write_table(table, partial, compression="zstd"))


def put_text(path: Path, text: str) -> None:
    """Put a text in its place as UTF-8."""
    put(path, lambda partial: partial.write_text(text, "utf-8"))


def sweep(folder: Path) -> None:
    """Take away what processes that were killed had begun to write there."""
    for partial in folder.glob(".*.part"):
        partial.unlink(missing_ok=True)


def clear(folder: Path) -> None:
    """Take a folder away, if it is there."""
    if folder.exists():
        shutil.rmtree(folder)
