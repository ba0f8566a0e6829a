"""The line that tells how far a long run is."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from variorum.views.terminal import running
from variorum.views.terminal.running import RunningLine, described


def test_it_tells_the_pace_and_what_is_left() -> None:
    assert described("reading", 1200, 20_000, 1180, 7.5) == (
        "reading 1,200 of 20,000 · 7.5 reports a second · 0:41:47 left"
    )
    assert described("collating", 3, 9, 1180, 0.5) == "collating 3 of 9 · 1,180 reports · 0:00:12 left"
    assert described("looking through inputs", 1, None, 0, None) == "looking through inputs 1"


def test_a_log_gets_a_line_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr(running.time, "monotonic", lambda: now)
    out = io.StringIO()
    with RunningLine(Console(file=out, width=100)) as line:
        for second in range(60):
            now = float(second)
            line.tell("reading", second * 10, 1000, second * 10)
    lines = out.getvalue().splitlines()
    assert 3 <= len(lines) <= 5
    assert "10.0 reports a second" in lines[-1]


def test_quiet_is_quiet() -> None:
    out = io.StringIO()
    with RunningLine(Console(file=out, width=100), quiet=True) as line:
        line.tell("reading", 1, 2, 1)
    assert out.getvalue() == ""
