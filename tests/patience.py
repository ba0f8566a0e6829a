"""How long tests wait for what is sure to come. A machine may be slow and busy: what is waited for says when it is there."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

PATIENCE = 300.0
"""Seconds after which what did not come never will."""


def until(met: Callable[[], Any], every: float = 0.02) -> None:
    """Wait until something is so, looking every so many seconds."""
    end = time.monotonic() + PATIENCE
    while not met():
        assert time.monotonic() < end, "waited for in vain"
        time.sleep(every)
