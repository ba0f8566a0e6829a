"""The line that tells how far a long run is: what it does, how much is done, reports a second, time left."""

from __future__ import annotations

import time
from collections import deque
from types import TracebackType

from rich.console import Console
from rich.status import Status

_LATELY = 60.0
"""Seconds over which the pace is measured."""
_EVERY = 15.0
"""Seconds between lines where nobody sees a line change: in a log."""


class RunningLine:
    """One line on a terminal, kept up to date; elsewhere a new line now and then."""

    def __init__(self, console: Console, *, quiet: bool = False) -> None:
        self._console, self._quiet = console, quiet
        self._status: Status | None = None
        self._seen: deque[tuple[float, int]] = deque()
        self._stage, self._told = "", float("-inf")

    def __enter__(self) -> RunningLine:
        if self._console.is_terminal and not self._quiet:
            self._status = self._console.status("starting")
            self._status.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._status is not None:
            self._status.stop()

    def tell(self, stage: str, done: int, total: int | None, reports: int) -> None:
        """Say how far it is.

        Args:
            stage: what is being done.
            done: how much of it.
            total: of how much.
            reports: reports taken in so far.
        """
        now = time.monotonic()
        if stage != self._stage:
            self._stage = stage
            self._seen.clear()
        self._seen.append((now, done))
        while now - self._seen[0][0] > _LATELY and len(self._seen) > 2:
            self._seen.popleft()
        if self._quiet:
            return
        line = described(stage, done, total, reports, self._pace())
        if self._status is not None:
            self._status.update(line)
        elif now - self._told >= _EVERY:
            self._told = now
            self._console.print(f"variorum: {line}")

    def _pace(self) -> float | None:
        """How many a second, lately; null before that can be told."""
        (start, first), (end, last) = self._seen[0], self._seen[-1]
        return (last - first) / (end - start) if end - start >= 1 and last > first else None


def described(stage: str, done: int, total: int | None, reports: int, pace: float | None) -> str:
    """The line in words."""
    parts = [f"{stage} {done:,}" + (f" of {total:,}" if total is not None else "")]
    if stage != "reading" and reports:
        parts.append(f"{reports:,} reports")
    if pace is not None:
        if stage == "reading":
            parts.append(f"{pace:,.1f} reports a second")
        if total is not None and total >= done:
            parts.append(f"{_clock((total - done) / pace)} left")
    return " · ".join(parts)


def _clock(seconds: float) -> str:
    minutes, second = divmod(round(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02d}:{second:02d}"
