"""One behaviour suite over every engine."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import accumulate, pairwise
from pathlib import Path

import pyarrow as pa
import pytest

from tests.engine import steps
from variorum.engine import ENGINES, Engine, Pool, Serial, engine_named
from variorum.errors import MissingEngine, WorkerLost

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module", autouse=True)
def steps_can_be_found() -> Iterator[None]:
    """Ray's workers do not have the path of this process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]))
        yield


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    if request.param == "ray":
        pytest.importorskip("ray", reason="Ray is an extra")
    made = engine_named(request.param, workers=2)
    yield made
    made.close()


def numbers(*sizes: int) -> list[pa.Table]:
    """Tables of so many rows, counting up."""
    ends = [0, *accumulate(sizes)]
    return [pa.table({"n": list(range(a, b))}) for a, b in pairwise(ends)]


def column(tables: Iterable[pa.Table], name: str = "n") -> list[int]:
    return [value for table in tables for value in table[name].to_pylist()]


def test_results_come_in_the_order_of_the_tables(engine: Engine) -> None:
    assert column(engine.map_batches(steps.squares, numbers(7, 1, 30, 2))) == [n * n for n in range(40)]


def test_nothing_in_nothing_out(engine: Engine) -> None:
    assert column(engine.map_batches(steps.squares, [])) == []
    assert column(engine.map_groups(steps.total, [], "rest"), "sum") == []


def test_a_step_may_have_no_result(engine: Engine) -> None:
    assert column(engine.map_batches(steps.nothing, numbers(3, 4))) == []


def test_each_group_comes_once_and_whole(engine: Engine) -> None:
    found = engine.map_groups(steps.total, numbers(5, 5, 10), "rest", before=steps.spread)
    rows = sorted((row for table in found for row in table.to_pylist()), key=lambda row: row["rest"])
    every = [n for n in range(20) for _ in range(n)]
    assert rows == [
        {"rest": f"r{k}", "rows": sum(n % 3 == k for n in every), "sum": sum(n for n in every if n % 3 == k)}
        for k in range(3)
    ]


def test_a_fault_of_the_step_is_the_callers_to_see(engine: Engine) -> None:
    with pytest.raises(ValueError, match="seven"):
        list(engine.map_batches(steps.fails_at_seven, numbers(3, 3, 3)))


def test_processes_are_kept_from_step_to_step(engine: Engine) -> None:
    seen = {
        process for _ in range(3) for process in column(engine.map_batches(steps.process, numbers(1, 1)), "process")
    }
    assert len(seen) <= 2


@pytest.mark.parametrize("made", [Serial(), Pool(2)], ids=["serial", "pool"])
def test_tables_are_drawn_as_needed(made: Engine) -> None:
    drawn = 0

    def tables() -> Iterator[pa.Table]:
        nonlocal drawn
        for table in numbers(*[1] * 1000):
            drawn += 1
            yield table

    results = made.map_batches(steps.squares, tables())
    assert column([next(iter(results))]) == [0]
    assert drawn <= 2 * 2
    made.close()


def test_what_a_lost_worker_did_is_done_again(engine: Engine, tmp_path: Path) -> None:
    if not engine.apart:
        pytest.skip("does all work itself")
    step = partial(steps.dies_once, mark=str(tmp_path / "mark"))
    assert column(engine.map_batches(step, numbers(2, 2, 2, 2))) == [n * n for n in range(8)]
    assert (tmp_path / "mark").exists()


def test_a_worker_that_dies_each_time_is_given_up() -> None:
    pool = Pool(2)
    with pytest.raises(WorkerLost, match="3 times"):
        list(pool.map_batches(steps.dies, numbers(1, 1)))
    assert column(pool.map_batches(steps.squares, numbers(3))) == [0, 1, 4], "it can be used again"
    pool.close()


def test_a_worker_that_dies_takes_no_other_with_it(tmp_path: Path) -> None:
    """The table beside it is begun once."""
    pool = Pool(2)
    begun = tmp_path / "begun"
    step = partial(steps.dies_or_waits, mark=str(tmp_path / "mark"), begun=str(begun))
    assert column(pool.map_batches(step, numbers(1, 1))) == [0, 1]
    assert begun.read_text() == "."
    pool.close()


def test_without_ray_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(MissingEngine, match=r"variorum\[ray\]"):
        engine_named("ray")
