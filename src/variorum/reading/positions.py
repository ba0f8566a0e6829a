"""Who is for and against: stances by vote and by words."""

from __future__ import annotations

from variorum.model import Position, ReportedActor, Statement
from variorum.reading.parsed import Parsed


def find_positions(
    parsed: Parsed, actors: tuple[ReportedActor, ...], statements: tuple[Statement, ...]
) -> tuple[Position, ...]:
    """All positions of a report, in the order of the text."""
    return ()
