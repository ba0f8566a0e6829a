"""The data set does not depend on the engine, nor on what is killed while it is made."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.dataset.corpus import english_rows, german_rows, write_lines
from variorum import dataset
from variorum.engine import Engine, Pool, Ray, Serial
from variorum.engine.cluster import LOOPBACK

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 600
"""Seconds to wait for what takes a few on a machine at rest."""


def needs_ray() -> Engine:
    pytest.importorskip("ray", reason="Ray is an extra")
    return Ray(2)


@pytest.mark.parametrize("engine", [lambda: Pool(2), needs_ray], ids=["pool", "ray"])
def test_every_engine_makes_the_same_data_set(
    few: tuple[str, ...], made_of_few: Path, tmp_path: Path, engine: Callable[[], Engine]
) -> None:
    made = engine()
    try:
        dataset.run(few, tmp_path / "out", engine=made)
    finally:
        made.close()
    assert files_of(tmp_path / "out") == files_of(made_of_few)


def files_of(out: Path) -> dict[str, bytes]:
    """Every file of a data set but for the log of runs, which tells the time."""
    return {str(f.relative_to(out)): f.read_bytes() for f in out.rglob("*") if f.is_file() and f.name != "runs.jsonl"}


def children(pid: int) -> list[int]:
    """The processes that a process has started, and those that they have started."""
    own = [int(kid) for task in Path(f"/proc/{pid}/task").glob("*/children") for kid in task.read_text().split()]
    return own + [grandchild for kid in own for grandchild in children(kid)]


def wait_for(happens: Callable[[], bool]) -> None:
    """Wait until something is so; to wait for ever would hide that it is not."""
    deadline = time.monotonic() + LONGEST
    while not happens():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def ended_or_made(process: subprocess.Popen[bytes], out: Path, files: int) -> bool:
    """Whether a run has ended, or there are so many files, whole or in part."""
    return process.poll() is not None or sum(len(names) for _, _, names in os.walk(out)) >= files


def gone(processes: list[int]) -> bool:
    """Whether all of some processes have ended."""
    return not any(map(alive, processes))


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for processes in /proc")
def test_killed_at_any_moment_it_goes_on(few: tuple[str, ...], made_of_few: Path, tmp_path: Path) -> None:
    """SIGKILL at one moment after the other, until a run comes to its end; no worker outlives the run."""
    out = tmp_path / "out"
    command = [sys.executable, "-m", "variorum", "run", *few, "--out", str(out), "--workers", "2", "--quiet"]
    killed = 0
    for files in (1, 3, 6, 15, 40, 80, 10_000):
        process = subprocess.Popen(command)
        wait_for(partial(ended_or_made, process, out, files))
        if process.poll() is not None:
            assert process.returncode == 0
            break
        workers = children(process.pid)
        process.send_signal(signal.SIGKILL)
        process.wait()
        killed += 1
        wait_for(partial(gone, workers))
    assert killed
    assert files_of(out) == files_of(made_of_few)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for processes in /proc")
def test_a_worker_and_a_node_are_killed_and_nothing_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two nodes of Ray on the loopback; while it reads, a worker is killed, and then the second node."""
    pytest.importorskip("ray", reason="Ray is an extra")
    from ray.cluster_utils import Cluster

    rows = [*english_rows(1, 2), *german_rows(3)]
    given = [str(write_lines(tmp_path / f"{n:02d}.jsonl", rows[n::6])) for n in range(6)]
    dataset.run(given, tmp_path / "expected", engine=Serial())
    monkeypatch.delenv("RAY_ADDRESS", raising=False)
    monkeypatch.setenv("RAY_worker_niceness", "0")
    node = {"num_cpus": 1, "object_store_memory": 100 * 2**20, "node_ip_address": LOOPBACK}
    cluster = Cluster(initialize_head=True, head_node_args={**node, "include_dashboard": False})
    try:
        second = cluster.add_node(**node)
        engine = Ray(2, cluster.address)
        done: list[str] = []

        def kill(at: dataset.Progress) -> None:
            if at.stage != "reading":
                return
            if at.done < at.total and not done:
                (raylet,) = second.all_processes["raylet"]
                workers = [pid for pid in children(raylet.process.pid) if b"ray::" in command_of(pid)]
                for pid in workers[:1]:
                    os.kill(pid, signal.SIGKILL)
                    done.append("worker")
            elif done == ["worker"]:
                cluster.remove_node(second, allow_graceful=False)
                done.append("node")

        try:
            dataset.run(given, tmp_path / "out", engine=engine, on_progress=kill)
        finally:
            engine.close()
    finally:
        cluster.shutdown()
    assert done == ["worker", "node"]
    assert files_of(tmp_path / "out") == files_of(tmp_path / "expected")


def command_of(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""
