"""Numbers of something in the world: bound, unit, what is counted, and who vouches for it."""

from __future__ import annotations

from variorum.model import Figure, ReportedActor, Statement
from variorum.reading.parsed import Parsed


def find_figures(
    parsed: Parsed, actors: tuple[ReportedActor, ...], statements: tuple[Statement, ...]
) -> tuple[Figure, ...]:
    """All figures of a report, in the order of the text."""
    return ()
