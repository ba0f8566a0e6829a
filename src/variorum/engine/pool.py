"""The pool engine: processes of this machine (concurrent.futures), with bounded memory."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
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
    are started as they are needed and kept until the engine is closed, so that what they load they load once. They hear nothing
    of a Ctrl-C, which a terminal sends to all its processes: whoever hears it closes the engine, and they end.
    """

    workers: int = 0
    """Processes; 0 stands for one a processor."""

    apart = True
    _threads: ThreadPoolExecutor | None = field(default=None, init=False, repr=False)
    _idle: LifoQueue[ProcessPoolExecutor] = field(default_factory=LifoQueue, init=False, repr=False)
    _leash: tuple[Connection, Connection] | None = field(default=None, init=False, repr=False)
    """A pipe through which nothing is ever sent: what the processes hold, and what this one does. They end when it is let go,
    by ``close`` or because this process ended."""

    def map_batches(self, step: Step, tables: Iterable[pa.Table], *, tries: int = TRIES) -> Iterator[pa.Table]:
        """See ``Engine``."""
        workers = self.workers or os.cpu_count() or 1
        if self._threads is None:
            self._threads = ThreadPoolExecutor(workers, initializer=_deaf)
            self._leash = multiprocessing.Pipe(duplex=False)
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
        if self._threads is None or self._leash is None:
            return
        theirs, ours = self._leash
        self._leash = None
        ours.close()
        self._threads.shutdown(wait=True, cancel_futures=True)
        self._threads = None
        while not self._idle.empty():
            self._idle.get().shutdown()
        theirs.close()

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
        leash = self._leash
        if leash is None:
            raise WorkerLost("the work was given up")
        try:
            return self._idle.get_nowait()
        except Empty:
            # A fork would copy the threads' locks of whatever the caller runs; a spawned worker starts clean.
            spawn = multiprocessing.get_context("spawn")
            return ProcessPoolExecutor(1, mp_context=spawn, initializer=_end_with, initargs=(leash[0],))


def _deaf() -> None:
    """Keep Ctrl-C from the processes that this thread will start: they inherit what it blocks, from their first moment on."""
    resource_tracker.ensure_running()  # else it is started later, and unblocks what was blocked
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def _end_with(leash: Connection) -> None:
    """End this worker, whatever it is doing, as soon as nobody holds the other end of its leash."""

    def watch() -> None:
        with suppress(EOFError, OSError):
            leash.recv_bytes()
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
