"""One behaviour suite over every engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

import pytest

from tests.engine.steps import dies, fails_at_seven, squares
from variorum.engine import map_in_processes, map_serially
from variorum.errors import WorkerLost

Engine = Callable[..., Iterator[int]]
ENGINES: dict[str, Engine] = {
    "serial": map_serially,
    "pool": partial(map_in_processes, workers=2),
}


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    return ENGINES[request.param]


def test_results_come_in_the_order_of_the_items(engine: Engine) -> None:
    assert list(engine(squares, range(100), batch=7)) == [n * n for n in range(100)]


def test_nothing_in_nothing_out(engine: Engine) -> None:
    assert list(engine(squares, [])) == []


def test_items_are_drawn_as_needed(engine: Engine) -> None:
    drawn = 0

    def items() -> Iterable[int]:
        nonlocal drawn
        for n in range(10_000):
            drawn += 1
            yield n

    results = engine(squares, items(), batch=5)
    assert next(results) == 0
    assert drawn <= 5 * 2 * 2
    results.close()  # type: ignore[attr-defined]


def test_a_fault_of_the_step_is_the_callers_to_see(engine: Engine) -> None:
    with pytest.raises(ValueError, match="seven"):
        list(engine(fails_at_seven, range(20), batch=3))


def test_a_worker_that_dies_is_said_to_have_died() -> None:
    with pytest.raises(WorkerLost):
        list(map_in_processes(dies, range(4), workers=2, batch=1))
