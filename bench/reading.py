"""Reading against the bare language model on the same texts in the same run, on one core; and over cores.

    python bench/reading.py [--reports 60] [--workers 2]

The texts are the bundled story over and over or, with --texts FILE.jsonl[.gz], given. Prints one JSON object: words per second
of both, their ratio (wanted: at least 0.5), and what --workers gains.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from pathlib import Path

from variorum import api
from variorum.model import READ_KINDS, Report
from variorum.reading.parsed import language_model

ROOT = Path(__file__).resolve().parents[1]


def texts(path: Path | None, limit: int) -> list[str]:
    """The texts to read: those of a JSON Lines file, or the bundled story over and over."""
    if path is None:
        bundled = [p.read_text("utf-8") for p in sorted((ROOT / "examples" / "harbour").glob("*.txt"))]
        return [f"{bundled[n % len(bundled)]}\n\nSeen {n} times." for n in range(limit)]
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for _, line in zip(range(limit), lines, strict=False)]


def seconds_bare(reports: list[Report]) -> float:
    """Seconds that the language model alone takes over the same blocks."""
    model = language_model()
    blocks = [r.text[b.start : b.end] for r in reports for b in r.blocks if b.kind in READ_KINDS]
    start = time.perf_counter()
    for _ in model.pipe(blocks, batch_size=64):
        pass
    return time.perf_counter() - start


def seconds_reading(reports: list[Report], workers: int) -> float:
    """Seconds that the whole of reading takes."""
    start = time.perf_counter()
    for _ in api.read_many(reports, workers=workers):
        pass
    return time.perf_counter() - start


def main() -> None:
    """Measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--reports", type=int, default=60)
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args()
    reports = [api.as_report(text) for text in texts(args.texts, args.reports)]
    words = sum(len(r.text[b.start : b.end].split()) for r in reports for b in r.blocks if b.kind in READ_KINDS)
    seconds_reading(reports[:4], 1)  # tables and model are loaded before the clock runs
    bare, whole = seconds_bare(reports), seconds_reading(reports, 1)
    result = {
        "words": words,
        "bare_words_per_s": round(words / bare),
        "reading_words_per_s": round(words / whole),
        "ratio": round(bare / whole, 3),
    }
    if args.workers > 1:
        spread = seconds_reading(reports, args.workers)
        result |= {"workers": args.workers, "workers_words_per_s": round(words / spread)}
    print(json.dumps(result))


if __name__ == "__main__":
    main()
