"""Who travelled where: one traveller's legs, done or planned."""

from __future__ import annotations

from variorum.model import Event, Journey, ReportedActor
from variorum.reading.parsed import Parsed


def find_journeys(parsed: Parsed, actors: tuple[ReportedActor, ...], events: tuple[Event, ...]) -> tuple[Journey, ...]:
    """One journey a traveller, in the order of the travellers' first legs in the text."""
    return ()
