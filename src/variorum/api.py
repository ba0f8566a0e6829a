"""The Python facade, and the only place where the steps are put together.

bytes ──intake──▶ Report ──reading──▶ Reading ──gathering──▶ Story ──collation──▶ Record
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping

from variorum import collation, gathering, reading
from variorum.errors import NothingToDo
from variorum.intake import report_from_text
from variorum.model import Reading, Record, Report, Story

ReportLike = str | Mapping[str, str] | Report
"""A text, an object of the JSONL contract (``{"id", "text", …}``), or a report that intake made."""


def as_report(given: ReportLike) -> Report:
    """A report out of whatever the caller has; a text without an id gets one from its content."""
    if isinstance(given, Report):
        return given
    given = {"text": given} if isinstance(given, str) else given
    text = given["text"]
    return report_from_text(
        text,
        id=given.get("id") or content_id(text),
        title=given.get("title"),
        outlet=given.get("outlet"),
        published=given.get("published"),
        url=given.get("url"),
    )


def content_id(text: str) -> str:
    """An id that depends on the text alone."""
    return "r" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:10]


def read_many(reports: Iterable[ReportLike]) -> Iterator[Reading]:
    """Readings of many reports, streaming and in order."""
    new = (r for r in reports)
    return reading.read_all(as_report(r) for r in new)


def read(report: ReportLike) -> Reading:
    """All that one report says: names, statements, figures, events, journeys, positions, each with its place in the text."""
    return report if isinstance(report, Reading) else reading.read(as_report(report))


def gather(reports: Iterable[ReportLike]) -> tuple[Story, ...]:
    """Stories out of reports, each with the lineage of its reports."""
    return gathering.gather([read(r) for r in reports])


def collate(reports: Iterable[ReportLike]) -> tuple[Record, ...]:
    """One record a story; one story where all reports belong together.

    Raises:
        NothingToDo: no reports were given.
    """
    stories = gather(reports)
    if not stories:
        raise NothingToDo("no reports were given")
    return tuple(collation.collate(story) for story in stories)
