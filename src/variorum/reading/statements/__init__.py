"""Who said what: source, cue and content of everything that a report attributes to somebody."""

from __future__ import annotations

from variorum.model import ReportedActor, Statement
from variorum.reading.parsed import Parsed


def find_statements(parsed: Parsed, actors: tuple[ReportedActor, ...]) -> tuple[Statement, ...]:
    """All statements of a report, in the order of the text."""
    return ()
