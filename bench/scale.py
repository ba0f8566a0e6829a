"""Data sets on every engine: speed beside the bare language model, cost of the engine, growth, memory.

    python bench/scale.py [--reports 20000] [--small 2000] [--words 0] [--engines serial pool ray] [--workers 2]

Reports are generated (bench/generate_reports.py), a seventh of them for each day of a week and so on; ``--words`` cuts each to
so many words, 0 leaves them as long as news is. For each engine two things are run in a process of their own: the bare language
model over the texts, under the same engine, and ``variorum run``, which reads the inputs and writes the tables. Of each, the
seconds on the clock, the seconds of processor of the process and of all that it started (for Ray: of its daemons, too), and the
most memory that one process held. Prints one JSON object a line, and at the end:

* ``ratio``: reports a second of the run over those of the bare model under the same engine, by processor time, so that other
  work on the machine does not count (wanted: at least 0.5);
* ``overhead``: processor time of an engine's run over the serial one's (wanted for Ray: at most 1.2);
* ``growth``: processor time a report at the number over that at the small number (wanted: at most 1.1);
* ``peak_mb``: the most memory that one process held, at each number (wanted: no more at the large number than at the small one, but
  for what caches hold);
* ``same``: whether the tables are the same on all engines, hash for hash.

Needs /proc (Linux).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
from generate_reports import generate

from variorum import dataset
from variorum.engine import engine_named

TICK = os.sysconf("SC_CLK_TCK")
EVERY = 0.2
"""Seconds between looks at the processes."""
AT_ONCE = 256


def write(path: Path, count: int, words: int) -> None:
    """Generated reports as JSON Lines."""
    with path.open("w", encoding="utf-8") as file:
        for row in generate(count, per_day=max(1, count // 14)):
            if words:
                row["text"] = " ".join(row["text"].split()[:words]) + "."
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def bare(table: pa.Table) -> pa.Table:
    """A step: the language model over texts, and nothing else."""
    from variorum.reading.parsed import language_model

    for _ in language_model().pipe(table["text"].to_pylist(), batch_size=64):
        pass
    return table.slice(0, 0)


def texts(path: Path) -> Iterator[pa.Table]:
    """The texts of a file, so many a table as a unit of a run has."""
    some: list[str] = []
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            some.append(json.loads(line)["text"])
            if len(some) == AT_ONCE:
                yield pa.table({"text": some})
                some = []
    if some:
        yield pa.table({"text": some})


def work(what: str, engine: str, workers: int, path: Path, out: Path) -> None:
    """What the measured process does."""
    made = engine_named(engine, workers=workers)  # type: ignore[arg-type]
    if what == "bare":
        for _ in made.map_batches(bare, texts(path)):
            pass
    else:
        print(json.dumps({"stages": dataset.run([str(path)], out, engine=made).seconds}))
    made.close()


class Watched:
    """Processor time and memory of a process and of all that descend from it."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.cpu: dict[int, float] = {}
        self.peak: dict[int, int] = {}

    def look(self) -> None:
        """Take down where each process is."""
        waiting = [self.pid]
        while waiting:
            pid = waiting.pop()
            try:
                waiting += [
                    int(kid)
                    for task in Path(f"/proc/{pid}/task").iterdir()
                    for kid in (task / "children").read_text().split()
                ]
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                status = Path(f"/proc/{pid}/status").read_text()
            except OSError:
                continue  # it has ended since
            self.cpu[pid] = (int(fields[11]) + int(fields[12])) / TICK
            held = [int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")]
            self.peak[pid] = max([self.peak.get(pid, 0), *held])


def measured(what: str, engine: str, workers: int, path: Path, out: Path) -> dict[str, Any]:
    """Run one thing in a process of its own."""
    command = [sys.executable, __file__, "--work", what, engine, str(workers), str(path), str(out)]
    start = time.perf_counter()
    # Ray's workers have to find this file's module.
    path_there = os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": path_there}
    ) as process:
        watched = Watched(process.pid)
        while process.poll() is None:
            watched.look()
            time.sleep(EVERY)
        told = process.stdout.read() if process.stdout else ""
    if process.returncode:
        raise SystemExit(f"{what} on {engine} ended with {process.returncode}")
    result = {
        "what": what,
        "engine": engine,
        "seconds": round(time.perf_counter() - start, 1),
        "cpu_s": round(sum(watched.cpu.values()), 1),
        "peak_mb_a_process": round(max(watched.peak.values()) / 1024),
        "processes": len(watched.cpu),
        "load": round(os.getloadavg()[0], 1),
    }
    if told.strip():
        result |= json.loads(told.splitlines()[-1])
    return result


def hashes(out: Path) -> dict[str, str]:
    """The hash of every table."""
    made = json.loads((out / "manifest.json").read_text("utf-8"))
    return {name: table["hash"] for name, table in made["tables"].items()}


def main() -> None:
    """Measure, and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=20_000)
    parser.add_argument("--small", type=int, default=2_000)
    parser.add_argument("--words", type=int, default=0)
    parser.add_argument("--engines", nargs="+", default=["serial", "pool", "ray"])
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--work", nargs=5, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.work:
        what, engine, workers, path, out = given.work
        work(what, engine, int(workers), Path(path), Path(out))
        return
    sizes = sorted({given.small, given.reports} - {0})
    cpu: dict[tuple[str, str, int], float] = {}
    peak: dict[str, dict[int, int]] = {engine: {} for engine in given.engines}
    same = True
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            path = Path(folder) / f"{size}.jsonl"
            write(path, size, given.words)
            found = []
            for engine in given.engines:
                for what in ("bare", "run"):
                    out = Path(folder) / f"{engine}-{size}"
                    result = measured(what, engine, given.workers, path, out)
                    cpu[what, engine, size] = result["cpu_s"]
                    peak[engine][size] = result["peak_mb_a_process"]
                    print(json.dumps({"reports": size, **result}), flush=True)
                found.append(hashes(out))
            same = same and all(one == found[0] for one in found)
    small, large = sizes[0], sizes[-1]
    first = given.engines[0]
    print(
        json.dumps(
            {
                "ratio": {e: round(cpu["bare", e, large] / cpu["run", e, large], 3) for e in given.engines},
                f"overhead_over_{first}": {
                    e: round(cpu["run", e, large] / cpu["run", first, large], 3) for e in given.engines
                },
                "growth": {
                    e: round(cpu["run", e, large] / large / (cpu["run", e, small] / small), 3) for e in given.engines
                },
                "peak_mb": peak,
                "same": same,
            }
        )
    )


if __name__ == "__main__":
    main()
