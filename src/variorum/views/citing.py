"""Words with their citation: the exact characters of a report, what stands around them, and where they were read."""

from __future__ import annotations

from dataclasses import dataclass

from variorum.errors import NotInLibrary
from variorum.model import (
    Actor,
    Difference,
    Reading,
    RecordEvent,
    RecordFigure,
    RecordJourney,
    RecordPosition,
    RecordStatement,
)
from variorum.views import labels
from variorum.views.edition import Edition, EntryKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """Words of a report, character by character as the report has them."""

    report: str
    start: int
    """First code point of the report's text."""
    end: int
    text: str
    before: str
    """The report's words before them."""
    after: str
    outlet: str | None
    headline: str | None
    date: str | None
    """ISO date on which the report appeared, where that is known."""
    url: str | None
    citation: str
    """Outlet, headline, date, address and place in the text, in one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedEntry:
    """One entry of a record with all the words that it rests on."""

    id: str
    address: str
    """What it is called in a page of its story: ``statement-3``."""
    kind: EntryKind
    label: str
    standing: str | None
    """``corroborated``: two origins or more; ``single``; ``differs``."""
    origins: int
    """Reports count once for each text that they descend from."""
    reports: tuple[str, ...]
    why: str
    """Why it is in the record and how firm it is."""
    evidence: tuple[Quotation, ...]
    more: int
    """Pieces of evidence beyond those given here."""
    entry: RecordStatement | RecordFigure | RecordEvent | RecordJourney | RecordPosition | Difference | Actor


def quote(reading: Reading, start: int, end: int, *, around: int = 120) -> Quotation:
    """Words of a report.

    Args:
        reading: the report.
        start: first code point.
        end: one past the last.
        around: code points of context on either side.

    Raises:
        NotInLibrary: the text does not reach there.
    """
    if not 0 <= start < end <= len(reading.text):
        raise NotInLibrary(f"report {reading.id} has {len(reading.text)} characters, none at {start} to {end}")
    return Quotation(
        report=reading.id,
        start=start,
        end=end,
        text=reading.text[start:end],
        before=reading.text[max(0, start - around) : start],
        after=reading.text[end : end + around],
        outlet=reading.outlet,
        headline=labels.headline(reading),
        date=reading.published.date if reading.published else None,
        url=reading.url,
        citation=citation(reading, start, end),
    )


def citation(reading: Reading, start: int, end: int) -> str:
    """Where words stand, in one line: outlet, headline, date, address, place in the text."""
    parts = [labels.source(reading)]
    heading = labels.headline(reading)
    if heading:
        parts.append(labels.titled(heading, 120))
    if reading.published:
        parts.append(labels.day(reading.published.date))
    if reading.url:
        parts.append(labels.shortened(reading.url, 300))
    parts.append(f"characters {start}–{end} of report {reading.id}")
    return ", ".join(part for part in parts if part)


def cite(edition: Edition, id: str, *, around: int = 120, most: int = 50) -> CitedEntry:
    """An entry of a record with its evidence quoted.

    Args:
        edition: the record made ready.
        id: the entry's id, or its address in a page.
        around: code points of context on either side of each piece.
        most: pieces of evidence at most.

    Raises:
        NotInLibrary: the record has no such entry.
    """
    if id not in edition.entries:
        id = next((known for known, entry in edition.entries.items() if entry.address == id), id)
    entry = edition.entries.get(id)
    if entry is None:
        raise NotInLibrary(f"the record has no entry {id}")
    return CitedEntry(
        id=id,
        address=entry.address,
        kind=entry.kind,
        label=entry.label,
        standing=entry.standing,
        origins=entry.origins,
        reports=entry.reports,
        why=entry.why,
        evidence=tuple(
            quote(edition.reading(span.report), span.start, span.end, around=around) for span in entry.spans[:most]
        ),
        more=max(0, len(entry.spans) - most),
        entry=_thing(edition, id),
    )


def _thing(
    edition: Edition, id: str
) -> RecordStatement | RecordFigure | RecordEvent | RecordJourney | RecordPosition | Difference | Actor:
    record = edition.record
    lists = (
        record.differences,
        record.statements,
        record.figures,
        record.positions,
        record.events,
        record.journeys,
        record.actors,
    )
    return next(thing for things in lists for thing in things if thing.id == id)
