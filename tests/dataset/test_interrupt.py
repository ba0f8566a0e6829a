"""Ctrl-C, as a terminal sends it: to all processes of the run. One line, exit status 130, no process left, nothing lost."""

from __future__ import annotations

import importlib.util
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.dataset.corpus import german_rows, write_lines
from tests.dataset.test_deaths import HANGS, with_bad
from tests.dataset.test_engines import LONGEST, children, files_of, gone, wait_for
from variorum import dataset
from variorum.engine import Serial

ROOT = Path(__file__).resolve().parents[2]
ENGINES = [
    "serial",
    "pool",
    pytest.param("ray", marks=pytest.mark.skipif(not importlib.util.find_spec("ray"), reason="Ray is an extra")),
]


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """Two files, one of them with a report that holds up whoever reads it."""
    folder, rows = tmp_path_factory.mktemp("given"), german_rows(6)
    held = with_bad(rows[10:], **{HANGS: 3})
    return str(write_lines(folder / "a.jsonl", rows[:10])), str(write_lines(folder / "b.jsonl", held))


@pytest.fixture(scope="module")
def made(given: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data set of both, by a run that nobody interrupted."""
    out = tmp_path_factory.mktemp("made") / "out"
    dataset.run(given, out, engine=Serial())
    return out


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks for processes in /proc")
@pytest.mark.parametrize("engine", ENGINES)
def test_an_interrupted_run_ends_at_once_and_goes_on_later(
    given: tuple[str, ...], made: Path, tmp_path: Path, engine: str
) -> None:
    out = tmp_path / "out"
    command = [sys.executable, "-m", "tests.dataset.interrupted", "run", *given, "--out", str(out)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    with subprocess.Popen(
        [*command, "--engine", engine, "--workers", "2", "--quiet"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            # Both inputs are looked through, one is read, and whoever reads the other is held up.
            wait_for(lambda: process.poll() is not None or ((read(out), begun(out)) == (1, 1)))
            started = children(process.pid)
            os.killpg(process.pid, signal.SIGINT)
            told, _ = process.communicate(timeout=LONGEST)
        finally:
            process.kill()
    assert told == f"variorum: {out}: interrupted; the same command goes on from here\n"
    assert process.returncode == 130
    assert (len(started) > 1) == (engine != "serial")
    wait_for(lambda: gone(started))
    assert dataset.run(given, out, engine=Serial()).rejected == 0
    assert files_of(out) == files_of(made)


def read(out: Path) -> int:
    """Units that are read."""
    return len(list((out / "_work" / "read").glob("*.parquet")))


def begun(out: Path) -> int:
    """Units that are being read."""
    return len(list((out / "_work" / "begun").glob("*-*")))
