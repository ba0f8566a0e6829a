"""The pool engine: processes of this machine (concurrent.futures), with bounded memory."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from queue import Empty, LifoQueue

import pyarrow as pa

from variorum.engine.groups import groups
from variorum.engine.port import TRIES, Step
from variorum.errors import WorkerLost

AHEAD = 2
"""Tables in flight for each worker: enough to keep it busy, few enough to bound memory."""


@dataclass
class Pool:
    """Runs steps in processes, never more than ``workers * AHEAD`` tables ahead of what was drawn.

    Each process is a pool of one, driven by a thread of this one: in a pool of many, one that dies takes the others with it. They
    are started as they are needed and kept until the engine is closed, so that what they load they load once.
    """

    workers: int = 0
    """Processes; 0 stands for one a processor."""

    apart = True
    _threads: ThreadPoolExecutor | None = field(default=None, init=False, repr=False)
    _idle: LifoQueue[ProcessPoolExecutor] = field(default_factory=LifoQueue, init=False, repr=False)

    def map_batches(self, step: Step, tables: Iterable[pa.Table], *, tries: int = TRIES) -> Iterator[pa.Table]:
        """See ``Engine``."""
        workers = self.workers or os.cpu_count() or 1
        if self._threads is None:
            self._threads = ThreadPoolExecutor(workers)
        pending: deque[Future[pa.Table]] = deque()
        try:
            for table in tables:
                pending.append(self._threads.submit(self._done, step, table, tries))
                if len(pending) >= workers * AHEAD:
                    yield pending.popleft().result()
            while pending:
                yield pending.popleft().result()
        finally:
            for future in pending:
                future.cancel()

    def map_groups(
        self, step: Step, tables: Iterable[pa.Table], by: str, *, before: Step | None = None, tries: int = TRIES
    ) -> Iterator[pa.Table]:
        """See ``Engine``."""
        rows = tables if before is None else self.map_batches(before, tables, tries=tries)
        return self.map_batches(step, groups(rows, by), tries=tries)

    def close(self) -> None:
        """See ``Engine``."""
        if self._threads is not None:
            self._threads.shutdown(wait=True, cancel_futures=True)
            self._threads = None
        while not self._idle.empty():
            self._idle.get().shutdown()

    def _done(self, step: Step, table: pa.Table, tries: int) -> pa.Table:
        """A step's result out of a process that is idle, or out of others if that one dies."""
        for _ in range(tries):
            process = self._process()
            try:
                result = process.submit(step, table).result()
            except BrokenProcessPool:
                process.shutdown()
                continue
            except BaseException:
                self._idle.put(process)
                raise
            self._idle.put(process)
            return result
        raise WorkerLost(f"a worker process died {tries} times at the same work; try fewer workers, or more memory")

    def _process(self) -> ProcessPoolExecutor:
        """One that is idle, or else a new one; there are never more than threads."""
        try:
            return self._idle.get_nowait()
        except Empty:
            # A fork would copy the threads' locks of whatever the caller runs; a spawned worker starts clean.
            spawn = multiprocessing.get_context("spawn")
            return ProcessPoolExecutor(1, mp_context=spawn, initializer=_end_with, initargs=(os.getpid(),))


def _end_with(parent: int) -> None:
    """End this worker soon after the process that started it, also where that one is killed and cannot say so."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
