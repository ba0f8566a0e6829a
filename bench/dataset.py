"""A large crawl through ``variorum run``: memory must stay bounded from the first byte to the tables.

    python bench/dataset.py [--gb 2] [--pages 3000] [--engine serial] [--keep FILE.warc]

Makes a WARC of so many bytes: ``--pages`` pages, each a generated report (bench/generate_reports.py: as long as news is, in
English, so that they are read) among what pages have around it (bench/crawl.py: some 180 KB of script, links and teasers),
and between them pictures, as a crawl of whole sites has them, which fill the rest. Runs it into a data set in a process of
its own and prints one JSON object: responses, reports and how many of them were read, seconds on the clock and of the
processor, by stage, and the peak of memory of one process in MB.
"""

from __future__ import annotations

import argparse
import html
import json
import random
import tempfile
from collections.abc import Iterator
from pathlib import Path

from crawl import furnished
from generate_reports import generate
from scale import measured

from variorum.dataset import readings

PICTURE = 400_000
"""Bytes of a picture."""


def pages(count: int) -> Iterator[str]:
    """Reports as pages of the web, over a fortnight."""
    for number, row in enumerate(generate(count, per_day=max(1, count // 14))):
        body = "".join(f"<p>{html.escape(part)}</p>" for part in row["text"].split("\n"))
        head = (
            f'<meta property="article:published_time" content="{row["published"]}">'
            f'<meta property="og:site_name" content="{html.escape(row["outlet"])}">'
        )
        yield furnished(random.Random(number), title=html.escape(row["title"]), body=body, head=head)


def record(number: int, kind: str, content: bytes) -> bytes:
    """One response."""
    http = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode() + content
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number:032x}>\r\n"
        f"WARC-Target-URI: https://outlet.example/{number}\r\nWARC-Date: 2026-05-12T10:00:00Z\r\n"
        f"Content-Type: application/http;msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def write(target: Path, size: int, count: int) -> int:
    """Write the crawl; the number of its responses."""
    picture = random.Random(0).randbytes(PICTURE)
    made = pages(count)
    number = written = taken = 0
    with target.open("wb") as file:
        while written < size or taken < count:
            # The pages lie evenly among the bytes.
            if taken < count and written >= size * taken // count:
                data = record(number, "text/html; charset=utf-8", next(made).encode())
                taken += 1
            else:
                data = record(number, "image/jpeg", picture)
            file.write(data)
            written += len(data)
            number += 1
    return number


def main() -> None:
    """Make the crawl, run it, print what it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gb", type=float, default=2.0)
    parser.add_argument("--pages", type=int, default=3000)
    parser.add_argument("--engine", default="serial")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        target = given.keep or Path(folder) / "crawl.warc"
        responses = write(target, int(given.gb * 2**30), given.pages)
        out = Path(folder) / "out"
        result = measured("run", given.engine, given.workers, target, out)
        tables = json.loads((out / "manifest.json").read_text("utf-8"))["tables"]
        size = sum(file.stat().st_size for file in out.rglob("*") if file.is_file())
        print(
            json.dumps(
                {
                    "gb": round(target.stat().st_size / 2**30, 2),
                    "responses": responses,
                    "reports": tables["reports"]["rows"],
                    "read": sum(1 for one in readings(out) if one.names or one.statements),
                    "mb_written": round(size / 2**20, 1),
                    **result,
                }
            )
        )


if __name__ == "__main__":
    main()
