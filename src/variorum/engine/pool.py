"""The pool engine: batches over processes of this machine (concurrent.futures), in order, with bounded memory."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from variorum.engine.serial import batches
from variorum.errors import WorkerLost

T = TypeVar("T")
U = TypeVar("U")

AHEAD = 2
"""Batches in flight for each worker: enough to keep it busy, few enough to bound memory."""


def map_in_processes(
    step: Callable[[list[T]], list[U]], items: Iterable[T], *, workers: int, batch: int = 16
) -> Iterator[U]:
    """The results of a step over batches of items, in order.

    Args:
        step: a function of a module (it is named, not sent, to the workers); what it loads, each worker loads once.
        items: drawn as needed, never more than ``workers * AHEAD`` batches ahead.
        workers: processes; 0 stands for one a processor.
        batch: items that a worker takes at once.

    Raises:
        WorkerLost: a worker died (out of memory, killed from outside).
    """
    workers = workers or os.cpu_count() or 1
    # A fork would copy the threads' locks of whatever the caller runs; a spawned worker starts clean.
    context = multiprocessing.get_context("spawn")
    pending: deque[Future[list[U]]] = deque()
    pool = ProcessPoolExecutor(workers, mp_context=context)
    try:
        for some in batches(items, batch):
            pending.append(pool.submit(step, some))
            if len(pending) >= workers * AHEAD:
                yield from pending.popleft().result()
        while pending:
            yield from pending.popleft().result()
    except BrokenProcessPool as error:
        raise WorkerLost("a worker process died; try fewer workers, or more memory") from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
