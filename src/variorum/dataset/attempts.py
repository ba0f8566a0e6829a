"""What was begun and never came back: by that, what ends the process that works on it is told apart, on any engine.

A worker that is killed (by a fault in a C library, for want of memory, for taking for ever) cannot say what it was doing. So it
leaves a mark before it begins and takes it away when it is done, well or not; a mark that is found tells of a death. Engines do
the work of a lost worker again, and find it. Where the run itself does the work, it finds the mark when it is started again.
"""

from __future__ import annotations

import faulthandler
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TRIES = 50
"""How often an engine begins work that finds its own way around what ends it: five deaths a report, so ten such reports a unit."""
MOST_DEATHS = 2
"""Deaths of a process over one thing alone before the thing is refused. One may be chance: somebody may have ended the run."""


def deaths(mark: Path) -> int:
    """How often what a mark stands for was begun and never came back."""
    try:
        return mark.stat().st_size
    except FileNotFoundError:
        return 0


@contextmanager
def begun(mark: Path) -> Iterator[None]:
    """Work that leaves a mark if the process ends over it; an exception is no such end."""
    mark.parent.mkdir(parents=True, exist_ok=True)
    with mark.open("ab") as file:
        file.write(b".")
    try:
        yield
    finally:
        mark.unlink(missing_ok=True)


@contextmanager
def bounded(seconds: float | None) -> Iterator[None]:
    """Work that ends the process if it takes longer, also where it hangs in a C library; without a bound if null."""
    if seconds is None:
        yield
        return
    with Path(os.devnull).open("w") as nowhere:
        faulthandler.dump_traceback_later(seconds, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()
