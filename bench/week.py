"""One week of news put into stories: what it costs, stage by stage, as one week grows.

    python bench/week.py [--reports 100000] [--keys FILE]

Makes the keys of so many generated reports of one week (bench/generate_reports.py; the first 400 words of each, which is what
takes longest here; ``--keys`` keeps them for the next time) and runs the steps of ``variorum.dataset.windows`` over them, one
after the other in this process. Prints one JSON object: for each step seconds of processor, milliseconds a report, and the most
memory that the process had held by its end; how many pairs, links and bytes of them there were; and how many stories.
"""

from __future__ import annotations

import argparse
import json
import resource
import tempfile
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from generate_reports import generate

from gathering import report_of
from variorum.dataset import windows
from variorum.dataset.keyrows import KEYS, key_row
from variorum.dataset.layout import Layout
from variorum.engine import Serial

WINDOW = "000001"
WORDS = 400


def write_keys(path: Path, count: int) -> None:
    """The keys of reports of one week, in the order in which a window has them."""
    with pq.ParquetWriter(path, KEYS) as writer:
        rows = []
        for row in generate(count, per_day=max(1, count // 7)):
            row["text"] = " ".join(row["text"].split()[:WORDS])
            rows.append(key_row(report_of(row)))
            if len(rows) == 4096:
                writer.write_table(pa.Table.from_pylist(rows, schema=KEYS))
                rows = []
        writer.write_table(pa.Table.from_pylist(rows, schema=KEYS))


def main() -> None:
    """Measure, and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--keys", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        keys = given.keys or Path(folder) / "keys.parquet"
        if not keys.exists():
            write_keys(keys, given.reports)
        print(json.dumps(measured(Path(folder), keys)))


def measured(root: Path, keys: Path) -> dict[str, Any]:
    """The steps over one file of keys."""
    layout, engine = Layout(root), Serial()
    target = layout.work / "keys" / f"{WINDOW}.parquet"
    target.parent.mkdir(parents=True)
    table = pq.read_table(keys)
    order = [(name, "ascending") for name in ("ordered", "digest", "report")]
    pq.write_table(table.take(pc.sort_indices(table, order)), target)
    count = len(table)
    del table
    found: dict[str, Any] = {"reports": count}

    def step(name: str, work: Callable[[], Iterable[pa.Table]]) -> None:
        start = time.process_time()
        for _ in work():
            pass
        seconds = time.process_time() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        found[name] = {"cpu_s": round(seconds, 1), "ms": round(1000 * seconds / count, 3), "peak_mb": round(peak)}

    spans = list(windows.spans(layout, [WINDOW]))
    own = {"root": str(root)}
    enter = partial(windows.enter, **own)
    step("join", lambda: engine.map_groups(partial(windows.join, **own), spans, "group", before=enter))
    step("compare", lambda: engine.map_batches(partial(windows.compare, **own), spans))
    rows = [pa.table([[WINDOW]], schema=windows.WINDOWS)]
    step("place", lambda: engine.map_batches(partial(windows.place, **own), rows))
    for what, files in (("pairs", "pairs/*"), ("links", "links/*.links")):
        made = list(layout.work.glob(files))
        found[what] = {
            "a_report": round(sum(pq.read_metadata(file).num_rows for file in made) / count, 1),
            "mb": round(sum(file.stat().st_size for file in made) / 2**20, 1),
        }
    stories = pq.read_table(layout.new_window(WINDOW), columns=["story"])["story"]
    found["stories"] = pc.count_distinct(stories).as_py()
    return found


if __name__ == "__main__":
    main()
