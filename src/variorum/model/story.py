"""A story: the reports of one event, and their lineage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from variorum.model.reading import Reading
from variorum.model.span import Span

DerivationDegree = Literal["wholly", "partly"]


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
class Joining:
    """Why a report was placed in a story."""

    report: str
    score: float
    reason: str
    """Shared names, quotations, figures, time and terms, in plain words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The reports of one event, in the order of their dates and then of their content."""

    id: str
    readings: tuple[Reading, ...]
    lineage: Lineage
    joinings: tuple[Joining, ...] = ()
