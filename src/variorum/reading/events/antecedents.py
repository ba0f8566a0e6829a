"""Whose deed "the offer", "the demand" or "the criticism" is, where the deed itself was told before."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from spacy.tokens import Token

from variorum.model import Extent
from variorum.reading.events import grammar as g
from variorum.text.tables import load_toml


@cache
def _verbs_of() -> dict[str, tuple[str, ...]]:
    """The verbs that a noun for something said or offered goes back to."""
    return {noun: tuple(verbs) for noun, verbs in load_toml("en/plover.toml")["deed_nouns"].items()}


class Deeds:
    """Who offered, demanded, accused … last, in the order of one report. One object a report."""

    def __init__(self) -> None:
        self._last: dict[str, tuple[Extent, ...]] = {}

    def note(self, tellers: Iterable[Token], actors: tuple[Extent, ...]) -> None:
        """Remembers who did what some verbs tell."""
        for verb in tellers:
            if actors and g.is_verb(verb):
                self._last[verb.lemma_.lower()] = actors

    def doers(self, nouns: Iterable[Token]) -> tuple[Extent, ...]:
        """Those who did what a definite noun without an owner points back to: of "rejected *the offer*" who made it."""
        for noun in nouns:
            definite = any(c.dep_ == "det" and c.lower_ in ("the", "that", "this") for c in noun.children)
            if definite and not g.owners(noun):
                for verb in _verbs_of().get(noun.lemma_.lower(), ()):
                    if verb in self._last:
                        return self._last[verb]
        return ()
