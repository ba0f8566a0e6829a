"""An engine whose workers are killed when they read, or collate, a report that holds a certain word."""

from __future__ import annotations

import faulthandler
import os
import signal
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa

from variorum.dataset.attempts import bounded
from variorum.engine import Engine, Step

KILLS, HANGS, KILLS_LATER = "Strelsovina", "Ondrakov", "Vilmarette"
"""A report with the word kills what reads it, holds it up for ever, or kills what collates it."""


class Deadly:
    """Another engine's workers, with steps under which such reports are deadly."""

    def __init__(self, engine: Engine, *, hurry: bool = True) -> None:
        self.engine = engine
        self.under = partial(under, hurry=hurry)

    @property
    def apart(self) -> bool:
        return self.engine.apart

    def map_batches(self, step: Step, tables: Iterable[pa.Table], *, tries: int = 3) -> Iterator[pa.Table]:
        return self.engine.map_batches(partial(self.under, step=step), tables, tries=tries)

    def map_groups(
        self, step: Step, tables: Iterable[pa.Table], by: str, *, before: Step | None = None, tries: int = 3
    ) -> Iterator[pa.Table]:
        return self.engine.map_groups(partial(self.under, step=step), tables, by, before=before, tries=tries)

    def close(self) -> None:
        self.engine.close()


def under(table: pa.Table, *, step: Step, hurry: bool) -> pa.Table:
    """The step, in a process in which such reports are deadly; what hangs has not ten minutes where it is to hurry."""
    from variorum import collation, reading
    from variorum.dataset import reading as reading_steps

    reading_steps.bounded = _bounded if hurry else bounded
    if not hasattr(reading, "harmless"):
        reading.harmless, reading.read_all = reading.read_all, _read  # type: ignore[attr-defined]
        collation.harmless, collation.collate = collation.collate, _collate  # type: ignore[attr-defined]
    return step(table)


hurried = False
"""Whether what is read now is bounded, and is to hurry."""


@contextmanager
def _bounded(seconds: float | None) -> Iterator[None]:
    global hurried
    with bounded(seconds):
        hurried = seconds is not None
        yield
    hurried = False


def _read(reports: Iterable[Any]) -> Iterator[Any]:
    from variorum import reading

    every = list(reports)
    for report in every:
        if KILLS in report.text:
            os.kill(os.getpid(), signal.SIGKILL)
        if HANGS in report.text:
            if hurried:
                # What does not hang has all the ten minutes, however slow the machine.
                with Path(os.devnull).open("w") as nowhere:
                    faulthandler.dump_traceback_later(0.2, exit=True, file=nowhere)
                    time.sleep(3600)
            time.sleep(3600)
    yield from reading.harmless(every)  # type: ignore[attr-defined]


def _collate(story: Any) -> Any:
    from variorum import collation

    if any(KILLS_LATER in one.text for one in story.readings):
        os.kill(os.getpid(), signal.SIGKILL)
    return collation.harmless(story)  # type: ignore[attr-defined]
