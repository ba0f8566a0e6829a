"""Articles in rows: JSON Lines and Parquet. Columns are those of the JSONL contract; the common other names are understood."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from variorum.errors import IntakeError
from variorum.intake.formats import Taken
from variorum.intake.objects import report_from_object

OTHER_NAMES = {
    "text": ("body", "content", "article", "maintext", "plain_text"),
    "html": ("raw_html", "page"),
    "title": ("headline",),
    "outlet": ("publisher", "publication", "source", "domain", "source_domain", "sitename"),
    "published": ("date", "published_at", "publish_date", "date_publish", "pubdate"),
    "url": ("link", "source_url"),
    "id": ("uri", "doc_id", "article_id"),
}
"""What data sets of news call the contract's columns."""
TEXT_COLUMNS = frozenset(name for key in ("text", "html") for name in (key, *OTHER_NAMES[key]))
"""Columns of which a row needs one."""
ROWS_AT_ONCE = 256


def reports_from_lines(lines: Iterable[bytes | str], *, where: str, before: int = 0) -> Iterator[Taken]:
    """One report a line of JSON, the first after ``before`` others; blank lines are passed over."""
    for number, line in enumerate(lines, before + 1):
        if not line.strip():
            continue
        at = f"{where}: line {number}"
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            yield IntakeError(at, "not JSON")
            continue
        yield _row(row, where=at)


def reports_from_parquet(
    source: Path | BinaryIO, *, where: str, start: int = 0, stop: int | None = None
) -> Iterator[Taken]:
    """One report a row, a few rows in memory at a time.

    Args:
        source: a file, or an open one.
        where: the file as a message should name it.
        start: the first row that is wanted, from 0.
        stop: one past the last.
    """
    try:
        file = pq.ParquetFile(source)
        ends = np.cumsum([0, *(file.metadata.row_group(n).num_rows for n in range(file.metadata.num_row_groups))])
        last = int(ends[-1]) if stop is None else stop
        wanted = [n for n, (first, end) in enumerate(pairwise(ends.tolist())) if end > start and first < last]
        number = int(ends[wanted[0]]) if wanted else 0
        for batch in file.iter_batches(batch_size=ROWS_AT_ONCE, row_groups=wanted):
            skipped = min(max(start - number, 0), len(batch))
            rows = batch.slice(skipped, max(0, last - number - skipped)).to_pylist()
            for at, row in enumerate(rows, number + skipped + 1):
                yield _row(row, where=f"{where}: row {at}")
            number += len(batch)
    except (pa.ArrowException, OSError) as error:
        rows_at = where if stop is None else f"{where}: rows {start + 1} to {stop}"
        yield IntakeError(rows_at, f"not readable as Parquet ({str(error).splitlines()[0]})")


def _row(row: Any, *, where: str) -> Taken:
    if not isinstance(row, Mapping):
        return IntakeError(where, "not an object with a text")
    known = {key: row.get(key) for key in ("location", *OTHER_NAMES)}
    for key, others in OTHER_NAMES.items():
        if known[key] is None and not (key == "html" and known["text"] is not None):
            known[key] = next((row[other] for other in others if row.get(other) is not None), None)
    # A number or a date may stand for a name or a day; it is no text.
    known = {key: value if key in ("text", "html") else _plain(value) for key, value in known.items()}
    known["location"] = known["location"] or where
    try:
        return report_from_object(known, where=where)
    except IntakeError as error:
        return error


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value
