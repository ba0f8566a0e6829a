"""The pool engine: processes of this machine (concurrent.futures), with bounded memory."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field

import pyarrow as pa

from variorum.engine.groups import groups
from variorum.engine.port import Step
from variorum.errors import WorkerLost

AHEAD = 2
"""Tables in flight for each worker: enough to keep it busy, few enough to bound memory."""


@dataclass
class Pool:
    """Runs steps in processes, never more than ``workers * AHEAD`` tables ahead of what was drawn.

    The processes are started with the first step and kept until the engine is closed, so that what they load they load once.
    """

    workers: int = 0
    """Processes; 0 stands for one a processor."""
    _pool: ProcessPoolExecutor | None = field(default=None, init=False, repr=False)

    def map_batches(self, step: Step, tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
        """See ``Engine``."""
        workers = self.workers or os.cpu_count() or 1
        if self._pool is None:
            # A fork would copy the threads' locks of whatever the caller runs; a spawned worker starts clean.
            self._pool = ProcessPoolExecutor(
                workers,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_end_with,
                initargs=(os.getpid(),),
            )
        pending: deque[Future[pa.Table]] = deque()
        try:
            for table in tables:
                pending.append(self._pool.submit(step, table))
                if len(pending) >= workers * AHEAD:
                    yield pending.popleft().result()
            while pending:
                yield pending.popleft().result()
        except BrokenProcessPool as error:
            self.close()
            raise WorkerLost("a worker process died; try fewer workers, or more memory") from error
        finally:
            for future in pending:
                future.cancel()

    def map_groups(
        self, step: Step, tables: Iterable[pa.Table], by: str, *, before: Step | None = None
    ) -> Iterator[pa.Table]:
        """See ``Engine``."""
        return self.map_batches(step, groups(tables if before is None else self.map_batches(before, tables), by))

    def close(self) -> None:
        """See ``Engine``."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


def _end_with(parent: int) -> None:
    """End this worker soon after the process that started it, also where that one is killed and cannot say so."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
