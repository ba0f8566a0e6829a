"""The step that publishes: new rows into the files of the tables, in the place of those that no longer hold."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from variorum.dataset.layout import Layout, put_table
from variorum.dataset.schemas import schema_of

PARTITIONS = pa.schema([("table", pa.string()), ("date", pa.string()), ("language", pa.string()), ("part", pa.int64())])
"""A file of a table, whose folder names its date and language."""
PUBLISHED = PARTITIONS.append(pa.field("rows", pa.int64())).append(pa.field("hash", pa.string()))
"""The file as it now is; no rows where there is none."""
ROWS_AT_ONCE = 1024
_BITS = 128


def publish(table: pa.Table, *, root: str) -> pa.Table:
    """A step: writes files of tables anew. Doing it twice does no more than doing it once."""
    layout = Layout(Path(root))
    changes = json.loads((layout.work / "changes.json").read_text("utf-8"))
    shards, dropped = set(changes["shards"]), pa.array(changes["dropped"], pa.string())
    done = [_publish(layout, row, shards, dropped) for row in table.to_pylist()]
    return pa.Table.from_pylist(done, schema=PUBLISHED)


def _publish(layout: Layout, row: dict[str, object], shards: set[str], dropped: pa.Array) -> dict[str, object]:
    name = str(row["table"])
    where = (row["date"], row["language"], row["part"])
    target = layout.partition(name, *where)  # type: ignore[arg-type]
    schema = schema_of(name)
    parts = [schema.empty_table()]
    new = [file for file in sorted(layout.collated(name, *where).glob("*.parquet")) if file.stem in shards]  # type: ignore[arg-type]
    parts += [pq.ParquetFile(file).read() for file in new]
    if target.exists():
        old = pq.ParquetFile(target).read()
        # A run that was killed may have published some of the new rows before.
        gone = pa.concat_arrays([dropped, *(part["story"].combine_chunks() for part in parts)])
        parts.append(old.filter(pc.invert(pc.is_in(old["story"], gone.unique()))))
    rows = pa.concat_tables([part.cast(schema) for part in parts])
    rows = rows.take(_order(rows))
    if len(rows):
        put_table(target, rows)
    else:
        target.unlink(missing_ok=True)
    return {**row, "rows": len(rows), "hash": content_hash(rows)}


def _order(rows: pa.Table) -> pa.Array:
    """The rows by story and chapter, as they were collated otherwise."""
    keyed = rows.select(["story", "chapter"]).append_column("place", pa.array(range(len(rows)), pa.int64()))
    return pc.sort_indices(keyed, [(name, "ascending") for name in ("story", "chapter", "place")])


def content_hash(rows: pa.Table) -> str:
    """A hash of the rows as a set: whatever their order, and how they are spread over files (see ``sum_of_hashes``)."""
    total = 0
    for batch in rows.to_batches(ROWS_AT_ONCE):
        for row in batch.to_pylist():
            digest = hashlib.blake2b(json.dumps(row, ensure_ascii=False).encode(), digest_size=_BITS // 8).digest()
            total += int.from_bytes(digest, "big")
    return f"{total % 2**_BITS:032x}"


def sum_of_hashes(hashes: list[str]) -> str:
    """The hash of all rows of several files out of the files' own."""
    return f"{sum(int(one, 16) for one in hashes) % 2**_BITS:032x}"
