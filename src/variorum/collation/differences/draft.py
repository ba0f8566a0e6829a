"""What a finder of differences sees, and what it gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from variorum.collation.actors import Cast
from variorum.collation.events import Happening
from variorum.collation.figures import Ledger
from variorum.collation.journeys import Travel
from variorum.collation.passages import Passage
from variorum.collation.positions import Issue
from variorum.collation.witness import Witness
from variorum.model import (
    DifferenceAccount,
    Extent,
    RecordEvent,
    RecordFigure,
    RecordJourney,
    RecordPosition,
    RecordStatement,
)
from variorum.model.record import DifferenceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Collated:
    """All entries of a record with what they were made of."""

    witnesses: tuple[Witness, ...]
    cast: Cast
    statements: tuple[RecordStatement, ...]
    figures: tuple[tuple[RecordFigure, Ledger], ...]
    events: tuple[tuple[RecordEvent, Happening], ...]
    journeys: tuple[tuple[RecordJourney, Travel], ...]
    positions: tuple[RecordPosition, ...]
    issues: tuple[Issue, ...]
    by_id: Mapping[str, Witness]
    """The reports by their ids."""
    passages: tuple[Passage, ...] = ()
    """The sentences of two reports each that tell the same thing, the surest first."""

    def witness(self, report: str) -> Witness:
        """A report by its id."""
        return self.by_id[report]

    def entry_at(self, witness: Witness, at: int) -> str | None:
        """The entry that a sentence of a report is about: an event told in it, else the first actor that it names.

        Args:
            witness: the report.
            at: a place in the sentence, in its text.
        """
        sentence = witness.sentence(at)
        for event, happening in self.events:
            if any(t.witness is witness and sentence.covers(t.event.trigger) for t in happening.tellings):
                return event.id
        return next(iter(self.cast.all_at(witness, sentence)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A difference before it is ranked and numbered."""

    kind: DifferenceKind
    entry: str
    label: str
    accounts: tuple[DifferenceAccount, ...]
    weight: float
    why: str
    lacking: tuple[str, ...] = ()
    """Ids of reports that do not have the fact."""
    revision: bool = False
    """Whether the accounts follow one another in time and do not contradict each other."""
    core: tuple[str, ...] = ()
    """Of an omission: phrases of which a sentence must have a word each to tell it."""
    told_by: Extent | None = None
    """Of an omission: the words whose sense another report may tell in other words, so that it lacks nothing."""


def account(witness: Witness, extent: Extent, value: str | None = None) -> DifferenceAccount:
    """One report's side, by default in its own words."""
    return DifferenceAccount(
        report=witness.id,
        value=value if value is not None else " ".join(witness.words(extent).split()),
        start=extent.start,
        end=extent.end,
    )


def lacking(witnesses: Iterable[Witness]) -> tuple[str, ...]:
    """The reports that do not have the fact, at most ten."""
    return tuple(witness.id for witness in witnesses)[:10]


def clipped(words: str, longest: int = 70) -> str:
    """A label of bearable length: cut at a word, with an ellipsis where it was cut."""
    line = " ".join(words.split())
    if len(line) <= longest:
        return line
    return line[:longest].rsplit(" ", 1)[0].rstrip(",;:") + " …"
