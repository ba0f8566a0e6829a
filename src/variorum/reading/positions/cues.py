"""A word of stance with what it is about."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from variorum.model.reading import Stance
from variorum.reading.parsed import Paragraph
from variorum.reading.positions.issues import phrase, unwrap
from variorum.reading.positions.knowledge import OPPOSITE, noun_stances


@dataclass(frozen=True, slots=True)
class Cue:
    """A word of stance with what it is about."""

    stance: Stance
    issue: DocSpan
    head: Token
    holder: Token | None
    """The subject where the cue itself settles it (a passive's agent)."""
    passive: bool = False
    request: bool = False
    """Somebody is asked for it, or it is voiced: not to ask, not to voice, is no position."""
    strict: bool = False
    """Only a public matter is an issue behind this cue."""
    last: int | None = None
    """The last token of the words that state it, where they reach beyond verb and issue ("called it a mistake")."""
    settled: bool = False
    """Whether its stance holds as it stands, its own "no" or "not" counted."""
    unnamed: bool = False
    """Whether the issue is an "it" that nothing before it in its paragraph explains."""
    meant: DocSpan | None = None
    """What such an "it" stands for, in a paragraph before."""
    home: Paragraph | None = None
    """That paragraph."""


def cue_on(stance: Stance, head: Token, holder: Token | None, *, passive: bool = False) -> Cue:
    """The cue whose issue is a noun: what stands inside "calls for X", "an end to X", "objections to X" is meant."""
    if stance in ("for", "supports", "against"):
        for prep in head.children:  # "stands by its opposition to X", "rejected objections to X"
            held = noun_stances().get((head.lemma_.lower(), prep.lower_)) if prep.dep_ == "prep" else None
            of = next((c for c in prep.children if c.dep_ == "pobj"), None)
            if held == "against" and of is not None:
                return cue_on("for" if stance == "against" else "against", of, holder, passive=passive)
    inner = unwrap(head)
    return Cue(stance, phrase(inner), inner, holder, passive)


def turned_if(stance: Stance, turned: bool) -> Stance:
    """A stance, or its opposite where something turned it."""
    return OPPOSITE.get(stance, stance) if turned else stance
