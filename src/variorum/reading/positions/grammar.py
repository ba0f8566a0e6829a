"""Small look-ups in the parse that every reader of positions needs."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from variorum.model import Extent
from variorum.model.reading import Stance
from variorum.reading.positions.knowledge import words


@dataclass(frozen=True, slots=True)
class Taken:
    """A position as found in one paragraph."""

    actor: Extent
    stance: Stance
    issue: DocSpan | None
    start: int
    end: int
    """Tokens of the words that state it."""


def negated(verb: Token) -> bool:
    """Whether a verb is denied."""
    return any(c.dep_ in ("neg", "preconj", "advmod", "det") and c.lower_ in words("negators") for c in verb.children)


def own_subject(verb: Token) -> Token | None:
    """The subject that stands at the verb itself."""
    return next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)


def has_auxiliary(verb: Token, kind: str) -> bool:
    """Whether one of a verb's auxiliaries is in a list of ``en/positions.toml``."""
    return any(c.dep_ == "aux" and c.lower_ in words(kind) for c in verb.children)
