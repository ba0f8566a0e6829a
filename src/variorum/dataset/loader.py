"""Readings out of a data set."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq

from variorum.dataset import manifest
from variorum.dataset.layout import Layout
from variorum.dataset.stored import restored
from variorum.model import Reading

ROWS_AT_ONCE = 64


def readings(folder: Path, *, since: str | None = None, until: str | None = None) -> Iterator[Reading]:
    """The readings of a data set, a few in memory at a time, by date and then by story.

    Args:
        folder: what ``run`` wrote.
        since: ISO date: only reports that appeared on it or later.
        until: ISO date: only reports that appeared on it or earlier.

    Raises:
        BadDataset: the folder is no data set that this version can read.
    """
    layout = Layout(folder)
    for file in manifest.load(layout.manifest).files:
        if file.table != "reports" or not _between(file.date, since, until):
            continue
        source = pq.ParquetFile(layout.partition("reports", file.date, file.language, file.part))
        for batch in source.iter_batches(ROWS_AT_ONCE, columns=["text", "reading"]):
            for row in batch.to_pylist():
                yield restored(row["text"], row["reading"])


def _between(date: str | None, since: str | None, until: str | None) -> bool:
    if date is None:
        return since is None and until is None
    return (since is None or date >= since) and (until is None or date <= until)
