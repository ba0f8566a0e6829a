"""What a search costs by itself: one question after the other, each three times, for machines that others share.

    python bench/search_alone.py WHERE [--questions 200] [--seed 5]

``WHERE`` as for bench/library.py, whose questions are asked. Prints the milliseconds by the clock, and of processor time
here and in PostgreSQL's process, the least of three, by kind of question.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import defaultdict
from pathlib import Path

from sqlalchemy import text

from library import place, questions, summary
from variorum.model.shelf import SearchQuery
from variorum.store import Store, open_store


def busy(process: int | None) -> float:
    """Milliseconds of processor time that a process has had."""
    return int(Path(f"/proc/{process}/schedstat").read_text().split()[0]) / 1e6 if process else 0.0


def asked(store: Store, query: SearchQuery, server: int | None) -> tuple[float, float, float]:
    """Milliseconds by the clock, and of processor time here and there."""
    clock, here, there = time.perf_counter(), time.thread_time(), busy(server)
    store.search(query)
    return 1000 * (time.perf_counter() - clock), 1000 * (time.thread_time() - here), busy(server) - there


def main() -> None:
    """Ask, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("where")
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--seed", type=int, default=5)
    given = parser.parse_args()
    took: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    with place(given.where) as where, open_store(where) as store:
        ask, server = questions(store, given.seed), None
        if store.kind == "postgresql":
            with store.snapshot() as now:  # one thread asks, so one connection is used
                server = now.connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
        while len(took["all"]) < given.questions:
            kind, query = ask()
            if isinstance(query, SearchQuery):
                least = tuple(map(min, zip(*(asked(store, query, server) for _ in range(3)), strict=True)))
                for name in ("all", kind):
                    took[name].append(least)
    for kind, times in sorted(took.items()):
        figures = zip(("clock", "here", "there"), zip(*times, strict=True), strict=True)
        print(kind, json.dumps({name: summary(values) for name, values in figures}))


if __name__ == "__main__":
    main()
