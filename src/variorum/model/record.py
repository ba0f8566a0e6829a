"""A record: a story reconciled. Every entry carries the spans that support it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from variorum.model.reading import (
    Bound,
    EventStatus,
    EventType,
    LegStatus,
    NameKind,
    PositionBasis,
    Reading,
    Stance,
    StatementKind,
)
from variorum.model.ruling import AppliedRuling
from variorum.model.span import Extent, Span
from variorum.model.story import Lineage, Revision

Standing = Literal["corroborated", "single", "differs"]
DifferenceKind = Literal[
    "wording",
    "number",
    "name",
    "date",
    "place",
    "participants",
    "itinerary",
    "attribution",
    "speaker",
    "label",
    "only-in",
]

RECORD_FORMAT: Literal["variorum.record/1"] = "variorum.record/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorName:
    """One spelling of an actor's name in one report."""

    text: str
    report: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person, organisation, government, group or place that several names stand for."""

    id: str
    name: str
    """The name shown: the fullest form of the spelling that most origins use."""
    kind: NameKind
    country: str | None = None
    role: str | None = None
    named: bool = True
    names: tuple[ActorName, ...] = ()
    mentions: tuple[Span, ...] = ()
    why: tuple[str, ...] = ()
    """Why differing names of different reports were held to be this one actor, a line for each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlignedWords:
    """A stretch of a variant beside the same stretch of the statement's base variant."""

    base: Extent | None
    """Words of the base variant's report; null where this variant adds words."""
    own: Extent | None
    """Words of this variant's report; null where this variant lacks words."""
    same: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementVariant:
    """How one report gives a statement."""

    report: str
    kind: StatementKind
    content: tuple[Extent, ...]
    source: Extent | None = None
    cue: Extent | None = None
    addressee: Extent | None = None
    speaker: str | None = None
    """Actor id of whom this report names as the speaker."""
    date: str | None = None
    place: str | None = None
    alignment: tuple[AlignedWords, ...] = ()
    """Word by word against the statement's first variant; empty for the first variant itself."""
    similarity: float | None = None
    """Share of the shorter one's weighty words that it has in common with the first variant; null for the first."""
    why: str | None = None
    """Why it was held to be the same utterance as the first variant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordStatement:
    """One utterance with the variants that the reports give of it; the fullest comes first."""

    id: str
    speaker: str | None
    """Actor id."""
    addressee: str | None = None
    """Actor id."""
    standing: Standing
    variants: tuple[StatementVariant, ...]
    co_speakers: tuple[str, ...] = ()
    """Ids of further actors who said it with the speaker, where a report lists them ("the two ministers said")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureAccount:
    """One report's number for a quantity."""

    report: str
    value: float | int | None
    low: float | int | None = None
    high: float | int | None = None
    bound: Bound = "exactly"
    unit: str | None = None
    vouched_by: str | None = None
    """Actor id."""
    label: str | None = None
    """What this report calls the voucher."""
    start: int
    end: int
    as_of: str | None = None
    superseded_by: Span | None = None
    """A later count of the same quantity."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFigure:
    """One quantity with every report's account of it."""

    id: str
    what: str
    standing: Standing
    accounts: tuple[FigureAccount, ...]
    part_of: str | None = None
    """Id of the figure that this one is a part of."""
    place: str | None = None
    since: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordEvent:
    """One event with every mention of it."""

    id: str
    type: EventType
    mode: str | None
    participants: tuple[str, ...]
    """Actor ids: actors and recipients together."""
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    place: str | None
    date: str | None
    status: EventStatus
    standing: Standing
    mentions: tuple[Span, ...]
    about: Span | None = None
    actor_words: tuple[Span, ...] = ()
    """Where no entry stands for those who act: the words for them ("some 3,000 people")."""
    recipient_words: tuple[Span, ...] = ()
    """Where no entry stands for those whom it reaches: the words for them ("each bereaved family")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordLeg:
    """One place of a journey, with the reports that tell it."""

    place: str
    country: str | None
    status: LegStatus
    reports: tuple[str, ...]
    mentions: tuple[Span, ...]
    date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordJourney:
    """One traveller's legs over all reports, in order of travel where one is established."""

    id: str
    traveller: str
    """Actor id."""
    legs: tuple[RecordLeg, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPosition:
    """One actor's stance on one issue."""

    id: str
    actor: str
    """Actor id."""
    issue: str
    """The issue in the words of a report; positions with the same text here are on the same issue."""
    stance: Stance
    basis: PositionBasis
    standing: Standing
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceAbout:
    """The entry that a difference concerns."""

    entry: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferenceAccount:
    """One report's side of a difference, with its words."""

    report: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Two accounts of one thing that do not match."""

    id: str
    kind: DifferenceKind
    about: DifferenceAbout
    accounts: tuple[DifferenceAccount, ...]
    lacking: tuple[str, ...] = ()
    """Ids of the reports that lack the fact, where their silence is what differs."""
    weight: float
    """How much it matters, 0 to 1; the list is ranked by it."""
    why: str
    """The reason it counts, in plain words."""
    revision: bool = False
    """Whether the accounts follow one another in time (a toll that was revised) and do not contradict each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefLine:
    """One line of the brief: an entry of the record, said in the reports' own words."""

    entry: str
    """Id of the entry that the line tells."""
    text: str
    evidence: tuple[Span, ...]
    reports: tuple[str, ...]
    origins: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A story reconciled: what a person reads, checks and passes on."""

    format: Literal["variorum.record/1"] = RECORD_FORMAT
    title: str
    reports: tuple[Reading, ...]
    actors: tuple[Actor, ...] = ()
    statements: tuple[RecordStatement, ...] = ()
    figures: tuple[RecordFigure, ...] = ()
    events: tuple[RecordEvent, ...] = ()
    journeys: tuple[RecordJourney, ...] = ()
    positions: tuple[RecordPosition, ...] = ()
    differences: tuple[Difference, ...] = ()
    lineage: Lineage
    brief: tuple[BriefLine, ...] = ()
    revisions: tuple[Revision, ...] = ()
    """Which of the reports are later versions of others at the same address, and what they changed."""
    rulings: tuple[AppliedRuling, ...] = ()
    """What people decided, beside what the program found."""
    set_aside: tuple[Difference, ...] = ()
    """Differences that a person ruled not to matter: kept here, and out of ``differences``."""
