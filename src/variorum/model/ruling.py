"""Rulings: what a person decided about a reading, a story or a record, and what it overrules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

RulingKind = Literal[
    "one-actor",
    "two-actors",
    "not-a-statement",
    "speaker",
    "same-story",
    "other-story",
    "one-origin",
    "immaterial",
]
"""
``one-actor``: ``names`` stand for one person or body; ``two-actors``: each of ``names`` stands for its own.
``not-a-statement``: ``words`` quote nobody. ``speaker``: the one who said ``words`` is ``speaker``.
``same-story``: ``reports`` tell one event; ``other-story``: the first of ``reports`` is not of the story of the others.
``one-origin``: ``reports`` descend from one text. ``immaterial``: the difference ``difference`` does not matter.
"""
RULING_KINDS: tuple[RulingKind, ...] = get_args(RulingKind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A place in a report together with its characters, so that it is found again after a re-reading or a new version."""

    report: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuledDifference:
    """A difference as a ruling names it: by what it is about, since ids of entries may change with new reports."""

    kind: str
    label: str
    """``about.label`` of the difference when it was ruled on."""
    values: tuple[str, ...]
    """The accounts' values, sorted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """One decision of a person. It is applied when a record is read; nothing kept is rewritten, so it can be undone."""

    id: str
    kind: RulingKind
    who: str
    when: str
    """ISO date and time, UTC."""
    why: str = ""
    story: str | None = None
    """The story that it was made in; a ruling on names or differences holds in that story only, or, where null, in all."""
    names: tuple[str, ...] = ()
    words: Words | None = None
    also: tuple[Words, ...] = ()
    """Further places that a ruling on words holds in: the other variants of the statement, where it was made on all of them."""
    speaker: str | None = None
    """The right speaker's name."""
    reports: tuple[str, ...] = ()
    difference: RuledDifference | None = None
    undone_by: str | None = None
    undone_when: str | None = None
    undone_why: str | None = None
    found: str = ""
    """What the program had found when it was decided, in plain words, where that cannot be worked out again (stories)."""

    @property
    def places(self) -> tuple[Words, ...]:
        """All the words that it is about."""
        return (self.words, *self.also) if self.words is not None else ()

    @property
    def holds(self) -> bool:
        """Whether it has not been undone."""
        return self.undone_when is None


@dataclass(frozen=True, slots=True, kw_only=True)
class AppliedRuling:
    """A ruling as it shows in a record: what the person decided, and what the program had found."""

    ruling: Ruling
    found: str
    """What the program found, in plain words: ``two persons: Kamikawa, Kamikava``."""
    entries: tuple[str, ...] = ()
    """Ids of the record's entries that it changed."""
    took: bool = True
    """Whether it changed anything; false where the words are gone or the program now agrees."""
    overruled_by: str | None = None
    """Id of the later ruling that decides otherwise and holds in its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identities:
    """What people decided about names, as collation takes it: it joins and keeps apart by these before its own judgement."""

    one: tuple[tuple[str, ...], ...] = ()
    """Names that stand for one person or body, a tuple for each decision."""
    two: tuple[tuple[str, ...], ...] = ()
    """Names each of which stands for its own."""
