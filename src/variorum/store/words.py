"""Text cut into folded words, for the index, for queries and for the marks in a hit: the same in every store.

A word is a run of letters, digits and marks, without case or accents ("Durrës" is "durres"). Scripts that write no spaces
between words are cut into single characters, so that a word of theirs is found as a phrase.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

LONGEST = 40
"""Characters of a word that count; what is longer is no word, and PostgreSQL bounds what one row can index."""

_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u3040-\u30ff\u31f0-\u31ff"  # Japanese syllables
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Chinese characters
)
_RUN = re.compile(r"[\w\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0900-\u0dff]+")
_ACCENT = re.compile(r"[\u0300-\u036f\u0610-\u061a\u064b-\u065f]")
_DIVIDED = re.compile(rf"[_{_UNSPACED}]")
_PIECE = re.compile(rf"[{_UNSPACED}]|[^_{_UNSPACED}]+")


class Token(NamedTuple):
    """A word in its place: ``start`` and ``end`` count code points of the text that was cut."""

    word: str
    start: int
    end: int


@lru_cache(maxsize=65_536)
def _folded(word: str) -> str:
    if word.isascii():
        return word.lower()[:LONGEST]
    plain = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return "".join(c for c in plain.casefold() if c.isalnum() or unicodedata.category(c)[0] in "LMN")[:LONGEST]


def folded(text: str) -> str:
    """A text without case and accents, words and what stands between them in their order."""
    if text.isascii():
        return text.lower()
    return _ACCENT.sub("", unicodedata.normalize("NFKD", text.lower()))


def tokens(text: str) -> Iterator[Token]:
    """The words of a text, folded, in order."""
    for run in _RUN.finditer(text):
        if (run[0].isascii() and "_" not in run[0]) or not _DIVIDED.search(run[0]):
            if word := _folded(run[0]):
                yield Token(word, run.start(), run.end())
        else:
            for piece in _PIECE.finditer(run[0]):
                if word := _folded(piece[0]):
                    yield Token(word, run.start() + piece.start(), run.start() + piece.end())


def words(text: str) -> list[str]:
    """The words of a text, folded, in order, without their places."""
    if (text.isascii() and "_" not in text) or not _DIVIDED.search(text):
        return [word for run in _RUN.findall(text) if (word := _folded(run))]
    return [token.word for token in tokens(text)]
