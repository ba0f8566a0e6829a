"""What goes into the store and comes out of it, where the model has no type for it."""

from __future__ import annotations

from dataclasses import dataclass

from variorum.model.shelf import HitKind


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    """One report's words for one entry of a record, as search finds them. Reports themselves are entered by the store."""

    kind: HitKind
    report: str
    """Id of the report that the words stand in."""
    entry: str
    """Id of the record's entry."""
    start: int
    end: int
    """The words' place in the report's text; the store cuts them out of it."""
    also: str = ""
    """Further words by which it is found, and which are not shown as its text: what is counted, an event's place."""
    speaker: str | None = None
    """Name of who said it, whose position it is, or who vouches for the figure."""
    value: str | None = None
    """A figure's value as printed, a position's stance."""
    date: str | None = None
    """ISO date of the entry, where it is another than its report's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRow:
    """What gathering kept of a report, and where the report is now."""

    report: str
    story: str
    day: int | None
    key: bytes
    address: str | None
    n: int = 0
    """Rises in the order in which reports were added."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A report that the store holds, without what was read in it."""

    report: str
    story: str
    day: int | None
    address: str | None
    digest: str
