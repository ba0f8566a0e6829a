"""A large crawl through ``variorum run``: memory must stay bounded from the first byte to the tables.

    python bench/dataset.py [--gb 2] [--pages 1500] [--engine serial] [--keep FILE.warc]

Makes a WARC of so many bytes: ``--pages`` generated pages (bench/crawl.py: about 180 KB each, of an invented language, so they are
parsed, gathered, collated and written, and not read), and between them pictures, as a crawl of whole sites has them, which fill
the rest. Runs it into a data set in a process of its own and prints one JSON object: responses, reports, seconds on the clock
and of the processor, by stage, and the peak of memory of one process in MB.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from pathlib import Path

from crawl import page
from scale import measured

PICTURE = 400_000
"""Bytes of a picture."""


def record(number: int, kind: str, content: bytes) -> bytes:
    """One response."""
    http = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n".encode() + content
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number:032x}>\r\n"
        f"WARC-Target-URI: https://outlet.example/{number}\r\nWARC-Date: 2026-05-12T10:00:00Z\r\n"
        f"Content-Type: application/http;msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def write(target: Path, size: int, pages: int) -> int:
    """Write the crawl; the number of its responses."""
    picture = random.Random(0).randbytes(PICTURE)
    number = written = made = 0
    with target.open("wb") as file:
        while written < size:
            # The pages lie evenly among the bytes.
            if made < pages and written >= size * made // pages:
                data = record(number, "text/html; charset=utf-8", page(made).encode())
                made += 1
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
    parser.add_argument("--pages", type=int, default=1500)
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
                    "mb_written": round(size / 2**20, 1),
                    **result,
                }
            )
        )


if __name__ == "__main__":
    main()
