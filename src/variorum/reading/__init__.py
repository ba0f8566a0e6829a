"""Reading: ``Report`` → ``Reading``.

    report ──parse──▶ paragraphs ──names──▶ actors ──▶ statements ──▶ figures ──▶ events ──▶ journeys ──▶ positions

Each arrow is one module with one public function; each sees what the ones before it found.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from typing import Any, TypeVar

from variorum.model import Reading, Report
from variorum.reading.actors import resolve_actors
from variorum.reading.events import find_events
from variorum.reading.figures import find_figures
from variorum.reading.journeys import find_journeys
from variorum.reading.names import find_names
from variorum.reading.parsed import Parsed, parse_all
from variorum.reading.positions import find_positions, with_holders
from variorum.reading.statements import find_statements, with_speakers

__all__ = ["read", "read_all", "read_parsed"]

T = TypeVar("T")
_log = logging.getLogger(__name__)


def read_parsed(parsed: Parsed) -> Reading:
    """All that one parsed report says.

    A fault of the program in one kind of finding costs that kind in this report and nothing else: the reading's notes say
    so, where anyone who reads the record sees it, and the log has the details.
    """
    faults: list[str] = []

    def found(what: str, finder: Callable[..., tuple[T, ...]], *given: Any) -> tuple[T, ...]:
        try:
            return finder(parsed, *given)
        except Exception as fault:  # noqa: BLE001 (one text among a million must not end the run)
            _log.debug("%s of report %s", what, parsed.report.id, exc_info=True)
            faults.append(f"its {what} could not be read, by a fault of the program ({type(fault).__name__}: {fault})")
            return ()

    names = found("names", find_names)
    actors = found("actors", resolve_actors, names)
    statements = found("statements", find_statements, actors)
    actors = found("unnamed speakers", with_speakers, actors, statements) or actors
    figures = found("figures", find_figures, actors, statements)
    events = found("events", find_events, actors, statements)
    journeys = found("journeys", find_journeys, actors, events)
    positions = found("positions", find_positions, actors, statements)
    actors = found("holders of positions", with_holders, actors, positions) or actors
    report = {field.name: getattr(parsed.report, field.name) for field in fields(Report)}
    report["notes"] = (*parsed.report.notes, *faults)
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
