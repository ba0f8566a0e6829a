"""Rows by group on one machine: spilled to disk by a hash of the group, so that one share at a time is in memory."""

from __future__ import annotations

import tempfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

SHARES = 16
"""Files that the rows are spread over; about a sixteenth of them is in memory at once."""


def groups(tables: Iterable[pa.Table], by: str) -> Iterator[pa.Table]:
    """The rows of tables by the value of a column: one table a value."""
    with tempfile.TemporaryDirectory(prefix="variorum-") as folder:
        files = [Path(folder) / str(n) for n in range(SHARES)]
        for file in _spread(tables, by, files):
            with pa.OSFile(str(file)) as source:
                table = pa.ipc.open_stream(source).read_all()
            table = table.take(pc.sort_indices(table, [(by, "ascending")]))
            ends = pc.run_end_encode(table[by].combine_chunks()).run_ends.to_pylist()
            for start, end in zip([0, *ends], ends, strict=False):
                yield table.slice(start, end - start)


def _spread(tables: Iterable[pa.Table], by: str, files: list[Path]) -> list[Path]:
    """Write each row to the file of its group's share; the files that got any."""
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    writers: dict[int, pa.RecordBatchStreamWriter] = {}
    with ExitStack() as stack:
        for table in tables:
            share = np.array([zlib.crc32(str(value).encode()) % SHARES for value in table[by].to_pylist()])
            for n in np.unique(share).tolist():
                if n not in writers:
                    sink = stack.enter_context(pa.OSFile(str(files[n]), "wb"))
                    writers[n] = stack.enter_context(pa.ipc.new_stream(sink, table.schema, options=options))
                writers[n].write_table(table.filter(pa.array(share == n)))
    return [files[n] for n in sorted(writers)]
