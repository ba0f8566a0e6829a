"""What a library answers: lines of its lists, hits of its search, and the changes that it tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

HitKind = Literal["report", "statement", "figure", "position", "event"]
HIT_KINDS: tuple[HitKind, ...] = get_args(HitKind)

ChangeTopic = Literal[
    "story-opened",
    "report-added",
    "report-revised",
    "report-moved",
    "story-merged",
    "story-split",
    "new-origin",
    "new-difference",
    "difference-gone",
    "figure-revised",
    "new-statement",
    "new-event",
    "new-position",
    "ruling",
]
CHANGE_TOPICS: tuple[ChangeTopic, ...] = get_args(ChangeTopic)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryLine:
    """A story as a list shows it."""

    id: str
    title: str
    first: str | None
    """ISO date of the earliest report, where one is dated."""
    last: str | None
    reports: int
    outlets: tuple[str, ...]
    origins: int
    differences: int
    """Differences that stand (not ruled immaterial)."""
    disputed: tuple[str, ...]
    """Labels of the weightiest differences, at most three."""
    changed: str
    """ISO date and time, UTC, of the last change."""
    latest: str | None = None
    """The last change in plain words."""
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryQuery:
    """Which stories, in which order. Every field given narrows the list."""

    words: str | None = None
    """In the title or in a report's headline."""
    outlet: str | None = None
    since: str | None = None
    """ISO date: stories with a report on it or later."""
    until: str | None = None
    disputed: bool = False
    """Only stories with differences."""
    least_origins: int = 0
    order: Literal["changed", "newest", "reports", "differences"] = "changed"
    limit: int = 50
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPage:
    """One page of a list of stories."""

    stories: tuple[StoryLine, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuery:
    """A search over what the library holds."""

    words: str = ""
    """Words that must all occur; "a phrase" in quotation marks; -word must not; empty finds all that the facets let through."""
    kinds: tuple[HitKind, ...] = ()
    """Empty for all."""
    speaker: str | None = None
    """Who said it, whose position it is, or who vouches for the figure; matches any part of a name."""
    outlet: str | None = None
    story: str | None = None
    since: str | None = None
    until: str | None = None
    language: str | None = None
    limit: int = 20
    offset: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One thing found, in its place."""

    kind: HitKind
    report: str
    story: str
    entry: str | None
    """Id of the record's entry; null for a report."""
    start: int
    end: int
    before: str
    """The report's words before it, to show it in context."""
    text: str
    """The report's words at ``start`` to ``end``."""
    after: str
    marks: tuple[tuple[int, int], ...] = ()
    """Where the searched words stand inside ``text``."""
    speaker: str | None = None
    outlet: str | None = None
    date: str | None = None
    title: str | None = None
    """The report's headline."""
    value: str | None = None
    """A figure's value as printed, a position's stance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """How many hits share a value."""

    value: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """One page of hits, best first, with facets over all of them."""

    hits: tuple[Hit, ...]
    total: int
    """Exact up to 2,000."""
    capped: bool = False
    """Whether counting stopped at ``total``: then total and facets are those of the 2,000 hits that came in last."""
    ranked: bool = True
    """Whether the best hits come first; of more than 250 the newest do."""
    kinds: tuple[Facet, ...] = ()
    speakers: tuple[Facet, ...] = ()
    outlets: tuple[Facet, ...] = ()
    months: tuple[Facet, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryChange:
    """One thing that adding a report, or a ruling, changed in a story."""

    number: int
    """Counts up through the library: ask for changes after the last number you saw."""
    when: str
    """ISO date and time, UTC."""
    story: str
    topic: ChangeTopic
    text: str
    """In plain words: ``toll revised: 11 → 34 (killed)``."""
    entry: str | None = None
    report: str | None = None
    details: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """What became of one report given to a library."""

    report: str
    """Id under which the library keeps it."""
    story: str
    outcome: Literal["added", "known", "revised"]
    """``known``: the same text from the same place is there already; ``revised``: a new version of a report that is there."""
    reason: str
    """Why it is in its story, in plain words."""
    changes: tuple[LibraryChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What a settling of stories did."""

    reports: int = 0
    """That were looked at, because they came since the last settling or lie near one that did."""
    moved: int = 0
    """Reports that are in another story now."""
    changes: tuple[LibraryChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed that the library follows."""

    address: str
    title: str | None = None
    checked: str | None = None
    """ISO date and time, UTC, of the last visit."""
    due: str | None = None
    """When the next visit is due."""
    failures: int = 0
    """Visits in a row that failed."""
    reason: str | None = None
    """Why the last one failed."""
    added: int = 0
    """Reports that came from it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much a library holds."""

    reports: int
    stories: int
    outlets: int
    statements: int
    differences: int
    rulings: int


JobState = Literal["queued", "running", "done", "failed", "stopped"]
FINISHED: frozenset[JobState] = frozenset({"done", "failed", "stopped"})


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedInput:
    """One input that could not become a report."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """How an adding stands. A finished job does not change any more, unless a failed one is tried again."""

    id: str
    state: JobState
    who: str
    asked: str
    """ISO date and time, UTC."""
    ended: str | None = None
    inputs: int
    """Reports, addresses and files that were given; a feed or an archive among them holds several reports."""
    added: int = 0
    known: int = 0
    revised: int = 0
    refused: int = 0
    reason: str | None = None
    """Why it failed, or why it waits; what was added until then stays."""
    refusals: tuple[RefusedInput, ...] = ()
    additions: tuple[Addition, ...] = ()

    @property
    def finished(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in FINISHED
