"""A reading: all that was found in one report. Every finding stands where its extents say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from variorum.model.report import Report
from variorum.model.span import Extent

NameKind = Literal["person", "organisation", "government", "group", "place"]
MentionForm = Literal["name", "role", "pronoun", "metonym"]
StatementKind = Literal["direct", "mixed", "indirect"]
StatementAct = Literal["said", "vouched", "named", "held"]
"""``said``: the text gives what was uttered. ``vouched``: in passing, it gives a number on somebody's authority. ``named``: it
only names what was spoken of ("discussed the truce", "praised the deal"). ``held``: a belief, wish, plan, ground or
perception that it ascribes to somebody."""
FigureKind = Literal["count", "amount", "share", "measure", "duration", "age", "number", "one"]
"""What sort of figure it is: things counted, money, a part of a whole, a measure, a length of time, an age, a bare number, or one
thing singled out ("one of the largest ports"), which a record can mostly do without."""
Bound = Literal["exactly", "more than", "at least", "almost", "about", "up to", "fewer than"]
EventStatus = Literal["held", "under way", "planned", "denied", "called off"]
EventType = Literal[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
]
"""PLOVER's event types (https://github.com/openeventdata/PLOVER)."""
LegStatus = Literal["done", "planned"]
Stance = Literal["for", "against", "abstained", "undecided", "condemns", "supports"]
PositionBasis = Literal["vote", "words"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name as it stands in the text."""

    name: str
    kind: NameKind
    country: str | None = None
    """ISO 3166-1 alpha-2 code of the state that it is, is in, or belongs to, where that is known."""
    start: int
    end: int

    @property
    def extent(self) -> Extent:
        """Where the name stands."""
        return Extent(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Words that stand for an actor: its name, an office or description, a pronoun, a capital for a government."""

    start: int
    end: int
    form: MentionForm

    @property
    def extent(self) -> Extent:
        """Where the words stand."""
        return Extent(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedActor:
    """A person, organisation, government, group or place as one report knows it: the words that stand for it."""

    name: str
    """The fullest name in the report, or for a nameless one its description ("a senior official"). Unique in a reading."""
    kind: NameKind
    country: str | None = None
    role: str | None = None
    """Office or description as the text gives it ("Japanese Foreign Minister")."""
    named: bool = True
    """False for a source that the report does not name."""
    mentions: tuple[Mention, ...] = ()
    """In the order of the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Source + cue + content (PolNeAR: Newell, Margolin & Ruths 2018)."""

    kind: StatementKind
    content: tuple[Extent, ...]
    """What is attributed, in pieces where the cue interrupts it; quotation marks included."""
    source: Extent | None = None
    """The words for who said it."""
    cue: Extent | None = None
    """The words that make it a statement ("said", "according to")."""
    addressee: Extent | None = None
    speaker: str | None = None
    """Name of the ``ReportedActor`` that the source was resolved to; null where there is no source."""
    date: str | None = None
    """When it was said: an ISO date, as precise as the text."""
    place: str | None = None
    occasion: Extent | None = None
    """Words for the occasion of saying ("in a televised address")."""
    negated: bool = False
    """True where the text says that this was *not* said."""
    act: StatementAct = "said"
    """What the attribution reports: words, a topic, or a state of mind."""
    co_speakers: tuple[str, ...] = ()
    """Names of the further ``ReportedActor``s of a source that lists several ("Berg and Prado said"), in its order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number of something in the world."""

    value: float | int | None
    """The number given, or the middle of a range."""
    low: float | int | None = None
    high: float | int | None = None
    """Ends of what the words allow, where they state them."""
    bound: Bound = "exactly"
    unit: str | None = None
    """Unit of measure or, for a count, the noun counted ("people", "dollar", "percentage")."""
    kind: FigureKind = "count"
    what: str | None = None
    """What is counted, in the report's words ("Palestinians died")."""
    start: int
    end: int
    """The whole expression: number, bound, unit and what is counted."""
    vouched_by: Extent | None = None
    """The words for who vouches for it."""
    voucher: str | None = None
    """Name of the ``ReportedActor`` behind ``vouched_by``."""
    as_of: str | None = None
    """ISO date of the count."""
    since: str | None = None
    """ISO date that the count starts from, or the day of what it counts."""
    place: str | None = None
    """Where, in the report's words."""
    part_of: Extent | None = None
    """The figure that this one is a part of, by its extent."""

    @property
    def extent(self) -> Extent:
        """Where the expression stands."""
        return Extent(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A thing that happens between actors, typed in PLOVER's terms."""

    type: EventType
    mode: str | None = None
    """What kind of it: meeting, call, visit, arrival, vote, pledge, attack …"""
    trigger: Extent
    """The words that tell it."""
    actors: tuple[Extent, ...] = ()
    recipients: tuple[Extent, ...] = ()
    place: Extent | None = None
    date: str | None = None
    """ISO date, as precise as the text (``2023-10`` for "last month")."""
    status: EventStatus = "held"
    about: Extent | None = None
    """What it is about, where the text says so."""
    asserted: bool = True
    """The report tells it as a thing that happens or is to happen: not as a purpose, a wish, a habit or a general truth."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One place of a journey."""

    place: Extent
    country: str | None = None
    """ISO 3166-1 alpha-2 code."""
    status: LegStatus = "done"
    order: int | None = None
    """Place in the order of travel, from 0, where the text establishes one."""
    date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """One traveller's legs."""

    traveller: Extent
    """The words for who travels, at their fullest."""
    legs: tuple[Leg, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """An actor's stance on an issue."""

    actor: Extent
    stance: Stance
    issue: Extent | None = None
    """The words for the issue, at their fullest in the report."""
    basis: PositionBasis = "words"
    start: int
    end: int
    """The words that state the position, actor included."""

    @property
    def extent(self) -> Extent:
        """Where the position is stated."""
        return Extent(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Report):
    """A report with all that was found in it."""

    names: tuple[Name, ...] = ()
    actors: tuple[ReportedActor, ...] = ()
    """Who the names, offices and pronouns of this report stand for."""
    statements: tuple[Statement, ...] = ()
    figures: tuple[Figure, ...] = ()
    events: tuple[Event, ...] = ()
    journeys: tuple[Journey, ...] = ()
    positions: tuple[Position, ...] = ()
