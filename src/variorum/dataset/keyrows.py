"""The keys of reports as rows of a table, and back."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from variorum.dataset.layout import UNDATED
from variorum.gathering.keys import SIGNATURE, Keys, day_of, keys_of, order_of
from variorum.gathering.versions import address
from variorum.gathering.windows import window_of
from variorum.model import Report

ROWS_AT_ONCE = 4096

KEYS = pa.schema(
    [
        ("report", pa.string()),
        ("given", pa.string()),
        ("ordered", pa.string()),
        ("digest", pa.binary(12)),
        ("content", pa.binary(12)),
        ("window", pa.string()),
        ("day", pa.int32()),
        ("date", pa.string()),
        ("language", pa.string()),
        ("address", pa.string()),
        ("terms", pa.list_(pa.uint32())),
        ("counts", pa.list_(pa.uint8())),
        ("signature", pa.binary(2 * SIGNATURE)),
    ]
)
"""What gathering needs of a report, and where the report is filed. ``ordered`` and ``digest`` sort the reports of a window,
``content`` tells two reports with one id apart."""


def key_row(report: Report) -> dict[str, object]:
    """The keys of a report as a row of ``KEYS``."""
    keys = keys_of(report)
    ordered, digest, _ = order_of(report)
    day = day_of(report)
    window = window_of(day)
    return {
        "report": report.id,
        "given": report.id,
        "ordered": ordered,
        "digest": digest,
        "content": content_of(report),
        "window": UNDATED if window is None else f"{window:06d}",
        "day": day,
        "date": day_text(report),
        "language": report.language,
        "address": address(report),
        "terms": keys.terms.tolist(),
        "counts": keys.counts.tolist(),
        "signature": keys.signature.tobytes(),
    }


def day_text(report: Report) -> str | None:
    """The ISO date on which a report appeared; null where no whole date is known."""
    day = day_of(report)
    return None if day is None else datetime.date.fromordinal(day).isoformat()


def content_of(report: Report) -> bytes:
    """What two reports with one id must share to be one report: text and outlet."""
    content = f"{report.text}\0{report.outlet or ''}"
    return hashlib.blake2b(content.encode("utf-8", "surrogatepass"), digest_size=12).digest()


def keys_of_file(file: Path) -> Iterator[Keys]:
    """The keys of every row of a file with the columns of ``KEYS``, few of them in memory at once."""
    for batch in pq.ParquetFile(file).iter_batches(ROWS_AT_ONCE, columns=["day", "terms", "counts", "signature"]):
        terms, counts = batch["terms"], batch["counts"]
        flat = terms.flatten().to_numpy(), counts.flatten().to_numpy()
        ends = np.cumsum([0, *pc.list_value_length(terms).to_pylist()]).tolist()
        for n, (day, signature) in enumerate(
            zip(batch["day"].to_pylist(), batch["signature"].to_pylist(), strict=True)
        ):
            part = slice(ends[n], ends[n + 1])
            yield Keys(
                day=day,
                terms=flat[0][part],
                counts=flat[1][part],
                signature=np.frombuffer(signature, dtype=np.uint16),
            )
