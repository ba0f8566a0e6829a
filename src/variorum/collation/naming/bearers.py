"""Names with what is known of who bears them, and the table by which two of them are judged."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from variorum.collation.naming.spelling import given_names
from variorum.collation.states import state_named
from variorum.collation.words import fold, folded
from variorum.text.tables import load_toml

SAME = 1.0
"""Sum of weights from which two names are held to be one actor's."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """A name with what is known of who bears it, as the comparators see it."""

    name: str
    words: tuple[str, ...]
    """Folded words of the name, without titles and honorifics."""
    country: str | None = None
    roles: frozenset[str] = frozenset()
    """Concepts of the words of its offices and descriptions."""
    alone: bool = True
    """Whether no other actor of the reports compared bears the same last word."""
    initials: str = field(default="")
    """First letters of the name's capitalised words."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """How alike two names are, and why."""

    score: float
    reasons: tuple[str, ...]
    respelt: bool = False
    """Whether the two are different spellings of one name."""

    @property
    def same(self) -> bool:
        """Whether they are held to be one actor's."""
        return self.score >= SAME


@dataclass(frozen=True, slots=True)
class Comparator:
    """One row of the table: what is compared, what it is worth, and how it reads as a reason."""

    compare: Callable[[Bearer, Bearer], float]
    weight: float
    reason: str
    respelt: bool = False


@cache
def _titles() -> frozenset[str]:
    data = load_toml("en/collation_titles.toml")
    return frozenset(fold(word) for word in (*data["titles"], *data["suffixes"]))


_ARTICLE = re.compile(r"\b(?:al|el|ul|ash?|ad|an|ar|az)[-‐‑](?=[^\W\d_])|(?<=\w )(?:al|el) (?=[^\W\d_])", re.IGNORECASE)
"""An article with its hyphen wherever it stands; without one only inside a name ("Al Roe" has a given name)."""


def name_words(name: str) -> tuple[str, ...]:
    """The folded words of a person's name without titles before it, suffixes after it and Arabic articles in it."""
    words = list(folded(_ARTICLE.sub("", name)))
    while len(words) > 1 and words[0] in _titles():
        words.pop(0)
    while len(words) > 1 and words[-1] in _titles():
        words.pop()
    return tuple(words)


def body_words(name: str) -> tuple[str, ...]:
    """The folded words of a body's name, a state that it opens with under one form ("United States", "U.S." are
    ``us``)."""
    parts = name.split()
    for size in (3, 2, 1):
        state = state_named(" ".join(parts[:size])) if len(parts) > size else None
        if state:
            return (state.lower(), *folded(" ".join(parts[size:])))
    return folded(name)


def family_name(bearer: Bearer) -> str:
    """The family name: the last word, or the first where the country's names put it there and there are several
    words."""
    if len(bearer.words) > 1 and bearer.country in given_names()[1]:
        return bearer.words[0]
    return bearer.words[-1] if bearer.words else ""


def given(bearer: Bearer) -> tuple[str, ...]:
    return bearer.words[1:] if family_name(bearer) == bearer.words[0] and len(bearer.words) > 1 else bearer.words[:-1]


def judge(a: Bearer, b: Bearer, table: tuple[Comparator, ...]) -> Judgement:
    """The sum of what the comparators say of two names, with their reasons; only agreement of names can reach
    ``SAME``."""
    score, reasons, respelt = 0.0, [], False
    for row in table:
        value = row.compare(a, b)
        if value:
            score += row.weight * value
            reasons.append(row.reason)
            respelt = respelt or row.respelt
    return Judgement(round(score, 3), tuple(reasons), respelt)
