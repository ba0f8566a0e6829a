"""Things that happen between actors, in PLOVER's types."""

from __future__ import annotations

from variorum.model import Event, ReportedActor, Statement
from variorum.reading.parsed import Parsed


def find_events(
    parsed: Parsed, actors: tuple[ReportedActor, ...], statements: tuple[Statement, ...]
) -> tuple[Event, ...]:
    """All events of a report, in the order of the text."""
    return ()
