"""States, groups and bodies as far as collation needs them: is a name a known one, which states do words name."""

from __future__ import annotations

import re
from functools import lru_cache

from variorum.text.places import lookup_place
from variorum.text.world import lookup, lookup_state, state_name

__all__ = ["capital_of", "is_known", "is_state_word", "known_body", "state_name", "state_named", "states_in"]

_WORDS = re.compile(r"[^\W_]+(?:[’'.\-][^\W_]+)*\.?")


@lru_cache(maxsize=4096)
def state_named(name: str) -> str | None:
    """Code of the state that a name is a name of as a whole ("U.S.", "the United States"), or None."""
    hit = lookup_state(name.strip())
    return hit.code if hit and hit.sense == "name" else None


@lru_cache(maxsize=4096)
def capital_of(name: str) -> str | None:
    """Code of the state whose capital a name is, or None."""
    hit = lookup_state(name.strip())
    return hit.code if hit and hit.sense == "capital" else None


@lru_cache(maxsize=4096)
def known_body(name: str) -> str | None:
    """The name by which a group, region, body or seat of the tables is known ("Group of Seven" for G7), or None."""
    for entry in lookup(name.strip()):
        if entry.kind != "state" or entry.sense == "seat":
            return entry.sort if entry.sense == "seat" else entry.name
    return None


@lru_cache(maxsize=4096)
def is_known(name: str) -> bool:
    """Whether a name stands in the tables of states, regions, bodies or cities."""
    return bool(lookup(name.strip())) or lookup_place(name) is not None


@lru_cache(maxsize=16384)
def is_state_word(word: str) -> bool:
    """Whether a folded word is a state as a whole, its adjective, people or capital; a part of a state is not."""
    hit = lookup_state(word.title()) or lookup_state(word.upper())
    return hit is not None and not hit.sense.startswith("region")


@lru_cache(maxsize=16384)
def states_in(words: str) -> frozenset[str]:
    """Codes of all states that a short text names by name, people, adjective, capital or region, in any case of
    letters."""
    parts = _WORDS.findall(words)
    found = set()
    for size in (1, 2, 3):
        for n in range(len(parts) - size + 1):
            phrase = " ".join(parts[n : n + size])
            hit = lookup_state(phrase) or lookup_state(phrase.title())
            if hit:
                found.add(hit.code)
    return frozenset(found)
