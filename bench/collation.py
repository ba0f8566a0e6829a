"""Collation beyond reading: time and memory for one story of 25 to 400 reports.

    python bench/collation.py [--most 400]

The reports are drawn from the paragraphs of the bundled story: each takes a part of one report's paragraphs and some of another's,
with figures moved a little, as outlets do. Prints one JSON object: seconds of processor
time of lineage and of collation at each size, the exponent of growth between each size and the next, and the peak of memory in MB.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import resource
import time
from itertools import pairwise
from pathlib import Path

from variorum import api, collation, gathering
from variorum.model import Reading

ROOT = Path(__file__).resolve().parents[1]


def texts(count: int) -> list[str]:
    """Reports of one story, each different."""
    bundled = [p.read_text("utf-8").split("\n\n") for p in sorted((ROOT / "examples" / "harbour").glob("*.txt"))]
    source = random.Random(7)
    made = []
    for number in range(count):
        base, other = bundled[number % len(bundled)], source.choice(bundled)
        kept = [p for p in base if source.random() < 0.75] + [p for p in other if source.random() < 0.15]
        moved = re.sub(r"\b(\d{2,3})\b", lambda m: str(int(m[1]) + source.choice((0, 0, 0, 1))), "\n\n".join(kept))
        made.append(f"{moved}\n\nEdition {number} of this report closed at midnight.")
    return made


def main() -> None:
    """Measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--most", type=int, default=400)
    args = parser.parse_args()
    readings: list[Reading] = list(api.read_many(texts(args.most)))
    sizes = [n for n in (25, 50, 100, 200, 400) if n <= args.most]
    rows = []
    for size in sizes:
        start = time.process_time()
        story = gathering.one_story(readings[:size])
        between = time.process_time()
        record = collation.collate(story)
        end = time.process_time()
        row = {"reports": size, "lineage_s": round(between - start, 2), "collation_s": round(end - between, 2)}
        rows.append({**row, "statements": len(record.statements), "differences": len(record.differences)})
    total = [float(str(row["lineage_s"])) + float(str(row["collation_s"])) for row in rows]
    growth = [round(math.log2(b / a), 2) if a else None for a, b in pairwise(total)]
    peak = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    print(json.dumps({"sizes": rows, "growth_exponents": growth, "peak_mb": peak}))


if __name__ == "__main__":
    main()
