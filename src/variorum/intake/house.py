"""Paragraphs in which an outlet speaks of itself to its readers: appeals for money, sign-ups, cookies, rules of its comments."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from variorum.text.tables import load_toml

_QUOTE = re.compile(r"[“”\"«»]")
_TOLD = re.compile(r"\b(?:said|says|told|tells|added|according to|announced|asked|wrote|reported)\b", re.IGNORECASE)
_HOUSE = re.compile(r"\b(?:we|our|ours|us|we’re|we’ve|we’ll|we’d)\b", re.IGNORECASE)
_READER = re.compile(r"\b(?:you|your|yours|yourself|you’re|you’ve|you’ll|you’d|readers? like you)\b", re.IGNORECASE)
_NAMED = re.compile(r"\bUS\b|\bU\.S\.")
"""The state is no pronoun."""


class _Words(NamedTuple):
    own: re.Pattern[str]
    site: re.Pattern[str]
    press: re.Pattern[str]


@cache
def _words() -> _Words:
    data = load_toml("en/furniture.toml")["house"]
    return _Words(*(re.compile(r"\b(?:" + "|".join(data[key]) + r")\b", re.IGNORECASE) for key in _Words._fields))


def is_house_voice(words: str) -> bool:
    """Whether a paragraph is the outlet's word to its readers.

    It is where it names what is the outlet's own ("our journalism") or the site's machinery ("privacy policy") and speaks
    to the reader, or where the outlet ("we") speaks to the reader of things of its trade. What is quoted or reported is
    not: there others speak.
    """
    house, reader = _HOUSE.search(_NAMED.sub("", words)), _READER.search(words)
    if not (house or reader) or _QUOTE.search(words) or _TOLD.search(words):
        return False
    known = _words()
    own = known.own.search(words)
    if reader:
        return bool(own or known.site.search(words) or (house and known.press.search(words)))
    return own is not None and bool(known.press.search(words) or known.site.search(words))
