"""Stances told without their verb: "Moscow accepted the plan; Kyiv did not", "so did Peru", "Malta is against, Cyprus for it"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from variorum.reading.positions.cues import Cue
from variorum.reading.positions.knowledge import OPPOSITE, words

FARTHEST = 30
"""Tokens between a stance and the words that take it up."""
SUBJECTS = ("nsubj", "nsubjpass")
_EMPTY = frozenset(
    {"neg", "cc", "punct", "advmod", "mark", "conj", "ccomp", "parataxis", "nsubj", "expl", "preconj", "intj", "dep"}
)
"""What may hang on a verb that stands for another; an object or a verb of its own may not."""


def taken_up(token: Token, before: tuple[Token, Cue] | None) -> Iterator[tuple[Token, Cue]]:
    """The stance that a clause takes up from the one before it, with the last of its words.

    Args:
        token: any token; only an auxiliary without a verb, or a "for" or "against" behind a bare name, takes up a stance.
        before: the stance told last, with its verb.
    """
    if before is None:
        return
    verb, cue = before
    if not 0 < token.i - verb.i <= FARTHEST or cue.stance not in ("for", "supports", "against", "condemns"):
        return
    if token.lemma_.lower() in words("standing_in") and token.pos_ in ("AUX", "VERB"):
        yield from _by_auxiliary(token, verb, cue)
    elif token.lower_ in ("for", "against"):
        yield from _by_preposition(token, cue)


def _by_auxiliary(token: Token, verb: Token, cue: Cue) -> Iterator[tuple[Token, Cue]]:
    if token.dep_ in ("aux", "auxpass"):
        return
    if any(c.dep_ not in _EMPTY or (c.i > token.i and c.dep_ in ("ccomp", "conj")) for c in token.children):
        return
    subject = next((c for c in token.children if c.dep_ in SUBJECTS), None)
    if subject is None or subject.pos_ not in ("PROPN", "NOUN") or subject.i < verb.i:
        return
    denied = any(c.dep_ == "neg" for c in token.children)
    so = any(c.lower_ in ("so", "too", "also", "likewise", "neither", "nor", "either") for c in token.children)
    after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    if not denied and not so and after is not None and after.pos_ not in ("PUNCT", "CCONJ", "SPACE"):
        return
    told_of_verb = OPPOSITE.get(cue.stance) if any(c.dep_ == "neg" for c in verb.children) else cue.stance
    stance = told_of_verb if so else OPPOSITE.get(cue.stance) if denied else cue.stance
    if stance is not None:
        yield (
            subject,
            replace(
                cue, stance=stance, holder=subject, last=max(token.i, subject.right_edge.i) + denied, passive=False
            ),
        )


def _by_preposition(token: Token, cue: Cue) -> Iterator[tuple[Token, Cue]]:
    doc = token.doc
    if token.i < 2 or token.i + 1 >= len(doc):
        return
    name, link = doc[token.i - 1], doc[doc[token.i - 1].left_edge.i - 1] if doc[token.i - 1].left_edge.i else None
    if name.pos_ != "PROPN" or link is None or not (link.text in (",", ";") or link.lower_ in ("and", "while", "but")):
        return
    after = doc[token.i + 1]
    if after.lower_ in ("it", "them") or after.is_punct:
        last = token.i + (not after.is_punct)
        yield (
            name,
            replace(cue, stance="for" if token.lower_ == "for" else "against", holder=name, last=last, passive=False),
        )
