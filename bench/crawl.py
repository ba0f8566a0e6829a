"""A large crawl through intake: memory must stay bounded while it streams.

    python bench/crawl.py [--gb 2] [--keep FILE.warc]

Makes a WARC of generated news pages (about 180 KB each, as pages are: mostly script and furniture), streams it through
``variorum.api.reports`` in a process of its own, and prints one JSON object: pages, pages and megabytes per second, and that
process's peak of memory in MB.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from variorum import api

SYLLABLES = [
    "ba",
    "den",
    "fi",
    "go",
    "hul",
    "ka",
    "lem",
    "mi",
    "nor",
    "pa",
    "ques",
    "rin",
    "so",
    "tal",
    "un",
    "ver",
    "wes",
]
SCRIPT_BYTES = 140_000


def words(source: random.Random, count: int) -> str:
    """Words of an invented language, most of them short, capitalised now and then."""
    made = ("".join(source.choices(SYLLABLES, k=source.choice((1, 2, 2, 3)))) for _ in range(count))
    return " ".join(w.capitalize() if source.random() < 0.08 else w for w in made)


def page(number: int) -> str:
    """One page: article, furniture, and as much script as pages carry."""
    source = random.Random(number)
    body = "".join(f"<p>{words(source, 45).capitalize()}.</p>" for _ in range(18))
    return furnished(source, title=words(source, 9), body=body)


def furnished(source: random.Random, *, title: str, body: str, head: str = "") -> str:
    """An article among what pages have around it."""
    links = "".join(f'<li><a href="/{n}">{words(source, 9).capitalize()}</a></li>' for n in range(60))
    script = f"var data = '{words(source, 200)}';" * (SCRIPT_BYTES // 1400)
    return (
        f"<!doctype html><html lang=en><head><title>{title}</title>{head}<script>{script}</script></head><body>"
        f"<nav><ul>{links}</ul></nav><article><h1>{title}</h1>{body}</article>"
        f"<aside><h3>Most read</h3><ul>{links}</ul></aside><footer>All rights reserved</footer></body></html>"
    )


def write(target: Path, size: int) -> int:
    """Write a WARC of about ``size`` bytes; the number of its pages."""
    pages = [page(n).encode() for n in range(200)]
    written = number = 0
    with target.open("wb") as file:
        while written < size:
            http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
            http += pages[number % len(pages)].replace(b"All rights", b"Page %d. All rights" % number)
            head = (
                f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number:032x}>\r\n"
                f"WARC-Target-URI: https://outlet.example/{number}\r\nWARC-Date: 2026-05-12T10:00:00Z\r\n"
                f"Content-Type: application/http;msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
            ).encode()
            file.write(head + http + b"\r\n\r\n")
            written += len(head) + len(http) + 4
            number += 1
    return number


def stream(path: Path) -> None:
    """Stream a crawl through intake and print what it took."""
    refused = 0

    def refuse(_: Exception) -> None:
        nonlocal refused
        refused += 1

    start = time.perf_counter()
    taken = sum(1 for _ in api.reports([str(path)], on_reject=refuse))
    seconds = time.perf_counter() - start
    result = {
        "gb": round(path.stat().st_size / 2**30, 2),
        "pages": taken,
        "refused": refused,
        "pages_per_s": round(taken / seconds, 1),
        "mb_per_s": round(path.stat().st_size / 2**20 / seconds, 1),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    print(json.dumps(result))


def main() -> None:
    """Make the crawl, stream it in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gb", type=float, default=2.0)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--stream", type=Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.stream:
        stream(args.stream)
        return
    with tempfile.TemporaryDirectory() as folder:
        target = args.keep or Path(folder) / "crawl.warc"
        write(target, int(args.gb * 2**30))
        subprocess.run([sys.executable, __file__, "--stream", str(target)], check=True)


if __name__ == "__main__":
    main()
