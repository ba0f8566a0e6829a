"""Gathering: speed, growth, memory, steadiness under another order of arrival, and peers in the same run.

    python bench/gathering.py [--reports 100000] [--per-day 1000] [--peers 5000] [--orders 1000] [--skip-peers]

One core. Reports are generated (bench/generate_reports.py). Prints one JSON object:

* ``at_once``: all reports put together in one pass, at a tenth of the number and at the number, with seconds, bytes of
  memory a report (resident, beside the reports themselves) and B-cubed F1 against the events that the reports were made
  for; ``growth`` is the cost per report at the number over that at a tenth (wanted: at most 1.3).
* ``one_more``: milliseconds to add one report to all of them (wanted: median at most 50).
* ``orders``: adjusted Rand index between the stories that come of adding reports one by one in 20 orders, each day's
  reports shuffled and then settled (wanted: at least 0.98); the same before the last day is settled; and whether putting
  them together at once gives the same in each order.
* ``peers``: TF-IDF with average linkage (scikit-learn) and near-duplicate search (datasketch, 128 permutations), with
  the same reports and measure.

Times are of the processor, not of the clock on the wall, so that other work on the machine does not count.
"""

from __future__ import annotations

import argparse
import ctypes
import gc
import json
import os
import random
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from generate_reports import generate

from variorum.gathering import Gatherer, partition
from variorum.model import Block, Published, Report


def report_of(row: Mapping[str, str]) -> Report:
    """A report as intake would make it, without intake's cost."""
    blocks, place = [], 0
    for line in row["text"].split("\n"):
        if line.strip():
            blocks.append(Block(kind="body", start=place, end=place + len(line)))
        place += len(line) + 1
    return Report(
        id=row["id"],
        text=row["text"],
        blocks=tuple(blocks),
        title=row["title"],
        outlet=row["outlet"],
        published=Published(date=row["published"], basis="metadata"),
    )


def resident() -> int:
    """Bytes of memory that the process holds."""
    gc.collect()
    ctypes.CDLL("libc.so.6").malloc_trim(0)
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def bcubed(gold: Mapping[str, str], found: Mapping[str, str]) -> float:
    """B-cubed F1 of stories against events."""
    both = Counter((gold[id], found[id]) for id in gold)
    events, stories = Counter(gold.values()), Counter(found[id] for id in gold)
    precision = sum(n * n / stories[story] for (_, story), n in both.items()) / len(gold)
    recall = sum(n * n / events[event] for (event, _), n in both.items()) / len(gold)
    return round(2 * precision * recall / (precision + recall), 4)


def rand_index(one: Mapping[str, str], other: Mapping[str, str]) -> float:
    """Adjusted Rand index (Hubert & Arabie 1985)."""

    def pairs(counts: Counter[Any]) -> float:
        return sum(n * (n - 1) / 2 for n in counts.values())

    every = len(one) * (len(one) - 1) / 2
    both = pairs(Counter((one[id], other[id]) for id in one))
    a, b = pairs(Counter(one.values())), pairs(Counter(other.values()))
    chance = a * b / every
    return (both - chance) / ((a + b) / 2 - chance)


def story_map(gatherer: Gatherer) -> dict[str, str]:
    """Story by report."""
    return {id: story for story, members in gatherer.stories().items() for id in members}


class Timed:
    """Reports made one at a time; the time that making them took is kept, to be taken off.

    The events are kept in a list, so that little of the memory measured is the benchmark's own.
    """

    def __init__(self, rows: Iterator[dict[str, str]]) -> None:
        self.rows, self.seconds = rows, 0.0
        self.ids: list[str] = []
        self.events: list[str] = []

    def __iter__(self) -> Iterator[Report]:
        while True:
            start = time.process_time()
            row = next(self.rows, None)
            made = None if row is None else report_of(row)
            self.seconds += time.process_time() - start
            if row is None or made is None:
                return
            self.ids.append(row["id"])
            self.events.append(row["story"])
            yield made


def at_once(count: int, per_day: int) -> tuple[dict[str, Any], Gatherer]:
    """Put so many reports together in one pass."""
    made = Timed(generate(count, per_day=per_day))
    before = resident()
    gatherer = Gatherer()
    start = time.process_time()
    gatherer.add_all(made)
    seconds = time.process_time() - start - made.seconds
    held = resident() - before
    gold = dict(zip(made.ids, made.events, strict=True))
    result = {
        "reports": count,
        "seconds": round(seconds, 1),
        "ms_a_report": round(1000 * seconds / count, 3),
        "bytes_a_report": round(held / count),
        "stories": len(gatherer.stories()),
        "bcubed_f1": bcubed(gold, story_map(gatherer)),
    }
    return result, gatherer


def one_more(gatherer: Gatherer, count: int, per_day: int, more: int) -> dict[str, float]:
    """Add reports to a full gatherer, one by one."""
    rows = islice(generate(count + more, per_day=per_day), count, None)
    took = []
    for row in rows:
        report = report_of(row)
        start = time.process_time()
        gatherer.add(report)
        took.append(1000 * (time.process_time() - start))
    took.sort()
    return {
        "median_ms": round(statistics.median(took), 2),
        "p95_ms": round(took[int(0.95 * len(took))], 2),
        "max_ms": round(took[-1], 2),
    }


def orders(count: int, rounds: int) -> dict[str, Any]:
    """Add the same reports one by one in several orders."""
    rows = list(generate(count, per_day=max(1, count // 8), seed=5))
    gold = {row["id"]: row["story"] for row in rows}
    days: defaultdict[str, list[Report]] = defaultdict(list)
    for row in rows:
        days[row["published"]].append(report_of(row))
    found, settled, batches = [], [], set()
    for number in range(rounds):
        rng = random.Random(number)
        ordered = []
        gatherer = Gatherer()
        for day in sorted(days):
            came = rng.sample(days[day], len(days[day]))
            ordered.extend(came)
            for report in came:
                gatherer.add(report)
            if day == max(days):
                found.append(story_map(gatherer))
            gatherer.settle()
        settled.append(story_map(gatherer))
        if number < 3:
            stories = partition(ordered)
            batches.add(tuple((s.id, tuple(r.id for r in s.reports)) for s in stories))
    indices = [rand_index(settled[0], other) for other in settled[1:]]
    before = [rand_index(found[0], other) for other in found[1:]]
    return {
        "reports": count,
        "orders": rounds,
        "rand_index_mean": round(statistics.mean(indices), 4),
        "rand_index_least": round(min(indices), 4),
        "bcubed_f1_mean": round(statistics.mean(bcubed(gold, f) for f in settled), 4),
        "rand_index_mean_last_day_not_settled": round(statistics.mean(before), 4),
        "rand_index_least_last_day_not_settled": round(min(before), 4),
        "bcubed_f1_mean_last_day_not_settled": round(statistics.mean(bcubed(gold, f) for f in found), 4),
        "same_at_once": len(batches) == 1,
    }


def peer_tfidf(rows: list[dict[str, str]]) -> dict[str, str]:
    """scikit-learn: TF-IDF, cosine, average linkage at the threshold that its users start from."""
    from sklearn.cluster import AgglomerativeClustering
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectors = TfidfVectorizer(stop_words="english", sublinear_tf=True).fit_transform(
        f"{row['title']} {row['text']}" for row in rows
    )
    clusters = AgglomerativeClustering(None, metric="cosine", linkage="average", distance_threshold=0.75)
    labels = clusters.fit_predict(vectors.toarray())
    return {row["id"]: str(label) for row, label in zip(rows, labels, strict=True)}


def peer_datasketch(rows: list[dict[str, str]]) -> dict[str, str]:
    """datasketch: MinHash of runs of three words, LSH at 0.3, groups by connection."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=0.3, num_perm=128)
    home: dict[str, str] = {}
    for row in rows:
        words = row["text"].lower().split()
        made = MinHash(num_perm=128)
        made.update_batch([" ".join(words[i : i + 3]).encode() for i in range(len(words) - 2)])
        near = index.query(made)
        index.insert(row["id"], made)
        home[row["id"]] = row["id"]
        joined = {home[id] for id in near}
        if joined:
            home = {id: row["id"] if h in joined else h for id, h in home.items()}
    return home


def peers(count: int, per_day: int) -> dict[str, Any]:
    """The peers and Variorum on the same reports."""
    rows = list(generate(count, per_day=per_day, seed=3))
    gold = {row["id"]: row["story"] for row in rows}

    def ours(given: list[dict[str, str]]) -> dict[str, str]:
        gatherer = Gatherer()
        gatherer.add_all(map(report_of, given))
        return story_map(gatherer)

    ways: dict[str, Callable[[list[dict[str, str]]], dict[str, str]]] = {
        "variorum": ours,
        "scikit-learn TF-IDF, average linkage": peer_tfidf,
        "datasketch LSH": peer_datasketch,
    }
    results: dict[str, Any] = {"reports": count}
    for name, way in ways.items():
        start = time.process_time()
        found = way(rows)
        seconds = time.process_time() - start
        results[name] = {"ms_a_report": round(1000 * seconds / count, 2), "bcubed_f1": bcubed(gold, found)}
    return results


def main() -> None:
    """Measure, and print what was measured."""
    for cores in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS"):
        if os.environ.get(cores) != "1":
            os.environ[cores] = "1"
            os.execv(sys.executable, [sys.executable, *sys.argv])
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--per-day", type=int, default=1000)
    parser.add_argument("--more", type=int, default=300)
    parser.add_argument("--peers", type=int, default=5000)
    parser.add_argument("--orders", type=int, default=1000)
    parser.add_argument("--skip-peers", action="store_true")
    given = parser.parse_args()
    small, _ = at_once(given.reports // 10, given.per_day)
    large, gatherer = at_once(given.reports, given.per_day)
    result: dict[str, Any] = {
        "at_once": [small, large],
        "growth": round(large["ms_a_report"] / small["ms_a_report"], 3),
        "one_more": one_more(gatherer, given.reports, given.per_day, given.more),
        "orders": orders(given.orders, 20),
    }
    if not given.skip_peers:
        result["peers"] = peers(given.peers, given.per_day)
    print(json.dumps(result))


if __name__ == "__main__":
    main()
