"""Small look-ups in the parse that every reader of positions needs."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from variorum.model import Extent
from variorum.model.reading import Stance
from variorum.reading.parsed import Paragraph
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
    announced: bool = False
    """A vote that is yet to be cast."""
    home: Paragraph | None = None
    """The paragraph that the issue stands in, where it is one before."""


def negated(verb: Token) -> bool:
    """Whether a verb is denied."""
    return any(c.dep_ in ("neg", "preconj", "advmod", "det") and c.lower_ in words("negators") for c in verb.children)


def own_subject(verb: Token) -> Token | None:
    """The subject that stands at the verb itself."""
    return next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)


def has_auxiliary(verb: Token, kind: str) -> bool:
    """Whether one of a verb's auxiliaries is in a list of ``en/positions.toml``."""
    return any(c.dep_ == "aux" and c.lower_ in words(kind) for c in verb.children)


def joined_too_low(verb: Token) -> bool:
    """A verb in the past joined to a bare one that another governs: "urged it to go and called on …" is two demands."""
    host = verb.head
    return (
        verb.tag_ in ("VBD", "VBZ")
        and host.tag_ == "VB"
        and host.dep_ in ("ccomp", "xcomp", "advcl")
        and host.head.tag_ == verb.tag_
        and not any(c.dep_ == "aux" for c in verb.children)
    )


def shared_subject(verb: Token) -> Token | None:
    """The subject at the verb, or at the verb that it is joined to."""
    for _ in range(3):
        own = own_subject(verb)
        if own is not None or verb.dep_ != "conj" or joined_too_low(verb):
            return own
        verb = verb.head
    return None


def refuses(verb: Token) -> bool:
    """ "would not accept", "cannot support": what one will not do is a stance, whatever the verb."""
    return any(c.dep_ == "neg" for c in verb.children) and has_auxiliary(verb, "refusing_modals")
