"""Are two places one? A city stands for its state where the other account names only the state."""

from __future__ import annotations

from functools import lru_cache

from variorum.collation.states import capital_of, state_named, states_in
from variorum.collation.words import concepts
from variorum.text.world import lookup

LONGEST_ABBREVIATION = 3
"""Letters of a place's abbreviation; what is longer and in capitals opens a dateline."""


@lru_cache(maxsize=16384)
def place_words(place: str | None) -> frozenset[str]:
    """The concepts of the words of a place."""
    return concepts(place or "")


def place_name(words: str) -> str:
    """A place as it is shown: that of a dateline without its capitals ("LUSAKA"); "UAE" stays."""
    return words.title() if words.isupper() and len(words) > LONGEST_ABBREVIATION else words


def is_wide(place: str) -> bool:
    """Whether a place is a stretch of the world over several states ("Asia", "the Middle East")."""
    return any(entry.kind == "region" and entry.country is None for entry in lookup(place))


def same_place(a: str | None, b: str | None, *, country_a: str | None = None, country_b: str | None = None) -> bool:
    """Whether two places may be one: the same words, or a state and a place in it; an unknown place is any place."""
    if not a or not b or is_wide(a) or is_wide(b):
        return True
    if place_words(a) & place_words(b):
        return True
    country_a = country_a or state_named(a) or capital_of(a)
    country_b = country_b or state_named(b) or capital_of(b)
    if country_a is None or country_a != country_b:
        return False
    return state_named(a) is not None or state_named(b) is not None


def differ(a: str, b: str) -> bool:
    """Whether two places are known to be two: different states, or different words neither of which is a state's."""
    if same_place(a, b):
        return False
    states = states_in(a) | ({capital_of(a)} - {None}), states_in(b) | ({capital_of(b)} - {None})
    return bool(states[0]) and bool(states[1]) and not states[0] & states[1]
