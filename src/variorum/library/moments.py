"""When something was written: the moment that it is told under, and the turn by which processes notice each other."""

from __future__ import annotations

from datetime import UTC, datetime

TURN = "turn"
"""The setting that rises with every writing, by which one process sees that another has written."""


def moment() -> str:
    """This moment, as the library writes it: ISO date and time, UTC, fine enough that two changes of a story differ."""
    return datetime.now(UTC).isoformat(timespec="microseconds")
