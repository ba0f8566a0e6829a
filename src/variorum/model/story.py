"""A story: the reports of one event, and their lineage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from variorum.model.reading import Reading
from variorum.model.span import Span

DerivationDegree = Literal["wholly", "partly"]
ChangeKind = Literal["added", "removed", "figure", "reworded"]
"""``figure`` where a number in an otherwise kept sentence is another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """The same text in two reports, word for word or lightly edited."""

    a: Span
    b: Span
    similarity: float
    """Share of words in common, 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivation:
    """Two reports of which one descends from the other, or both from a common text, and why that is held."""

    a: str
    """Id of the report that is likely the earlier (or simply the first by content where that is not established)."""
    b: str
    degree: DerivationDegree
    earlier: str | None
    """Id of the likely earlier report; null where it is not established."""
    ground: str
    """The reason in plain words: what is shared, and what the order rests on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Reports that descend from one text."""

    reports: tuple[str, ...]
    credit: str | None = None
    """The agency that is credited with the text, where one is."""
    passages: tuple[Passage, ...] = ()
    """What links the reports; empty for an origin of one report."""
    derivations: tuple[Derivation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Lineage:
    """Who copied whom. *Independent* means of different origin."""

    origins: tuple[Origin, ...] = ()
    independent: int = 0
    """How many origins there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that a later version of a report says otherwise."""

    kind: ChangeKind
    before: Span | None
    """The sentences in the earlier version; null where they are new."""
    after: Span | None
    """The sentences in the later version; null where they were taken out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A changed text at the same address: a later version of the same report, not a second report."""

    earlier: str
    """Id of the version before."""
    later: str
    """Id of the version after."""
    date: str | None
    """When the later version appeared, where that is stated."""
    changes: tuple[Change, ...]
    """In the order of the later version."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining:
    """Why a report was placed in a story."""

    report: str
    score: float
    reason: str
    """Shared names, quotations, figures, time and terms, in plain words."""
    nearest: str | None = None
    """The report of the story that it shares them with; null for one that opens a story or was placed by hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The reports of one event, in the order of their dates and then of their content."""

    id: str
    readings: tuple[Reading, ...]
    lineage: Lineage
    joinings: tuple[Joining, ...] = ()
    revisions: tuple[Revision, ...] = ()
    """Which of the readings are later versions of others, and what they changed; a chain of versions has one origin."""
