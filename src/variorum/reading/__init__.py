"""Reading: ``Report`` → ``Reading``.

    report ──parse──▶ paragraphs ──names──▶ actors ──▶ statements ──▶ figures ──▶ events ──▶ journeys ──▶ positions

Each arrow is one module with one public function; each sees what the ones before it found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields

from variorum.model import Reading, Report
from variorum.reading.actors import resolve_actors
from variorum.reading.events import find_events
from variorum.reading.figures import find_figures
from variorum.reading.journeys import find_journeys
from variorum.reading.names import find_names
from variorum.reading.parsed import Parsed, parse_all
from variorum.reading.positions import find_positions
from variorum.reading.statements import find_statements

__all__ = ["read", "read_all", "read_parsed"]


def read_parsed(parsed: Parsed) -> Reading:
    """All that one parsed report says."""
    names = find_names(parsed)
    actors = resolve_actors(parsed, names)
    statements = find_statements(parsed, actors)
    figures = find_figures(parsed, actors, statements)
    events = find_events(parsed, actors, statements)
    journeys = find_journeys(parsed, actors, events)
    positions = find_positions(parsed, actors, statements)
    report = {field.name: getattr(parsed.report, field.name) for field in fields(Report)}
    return Reading(
        **report,
        names=names,
        actors=actors,
        statements=statements,
        figures=figures,
        events=events,
        journeys=journeys,
        positions=positions,
    )


def read_all(reports: Iterable[Report]) -> Iterator[Reading]:
    """Readings of many reports, streaming and in order."""
    return map(read_parsed, parse_all(reports))


def read(report: Report) -> Reading:
    """All that one report says."""
    return next(read_all([report]))
