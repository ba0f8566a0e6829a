"""Text cut into folded words, for the index, for queries and for the marks in a hit: the same in every store.

A word is a run of letters, digits and marks, without case or accents ("Durrës" is "durres"). Scripts that write no spaces
between words are cut into single characters, so that a word of theirs is found as a phrase.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

LONGEST = 40
"""Characters of a word that count; what is longer is no word, and PostgreSQL bounds what one row can index."""

_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    "\u3040-\u30ff\u31f0-\u31ff"  # Japanese syllables
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Chinese characters
)
_RUN = re.compile(r"[\w\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0900-\u0dff]+")
_DIVIDED = re.compile(rf"[_{_UNSPACED}]")
_PIECE = re.compile(rf"[{_UNSPACED}]|[^_{_UNSPACED}]+")


Place = tuple[int, int]
"""Where a word begins and ends, in code points of the text that was cut."""


@lru_cache(maxsize=65_536)
def _folded(word: str) -> str:
    if word.isascii():
        return word.lower()[:LONGEST]
    plain = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return "".join(c for c in plain.casefold() if c.isalnum() or unicodedata.category(c)[0] in "LMN")[:LONGEST]


class _Folds(dict[int, str]):
    """Each character as it stands in ``evened``: folded; a space for what is no part of a word; U+0000 for what has to be cut."""

    def __missing__(self, code: int) -> str:
        made, character = " ", chr(code)
        if character != "_" and _DIVIDED.match(character):
            made = _UNEVEN
        elif character != "_" and _RUN.match(character):
            made = _folded(character)
            if not made or not _RUN.fullmatch(made) or _DIVIDED.search(made):
                made = _UNEVEN
        self[code] = made
        return made


_UNEVEN = "\0"
_FOLDS = _Folds()
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_MOSTLY_ASCII = 1.2
"""Bytes a letter up to which few letters are beyond ASCII."""


def evened(text: str) -> str | None:
    """A text's words, folded, with spaces between them, as long as the text but for letters that fold into several.

    Null for a text that has to be cut into words one by one.
    """
    if len(text) < len(text.encode("utf-8", "surrogatepass")) < _MOSTLY_ASCII * len(text):
        # Looking every letter up is slow, but not where all are ASCII: the few others are looked up by themselves.
        text = _BEYOND_ASCII.sub(lambda run: run[0].translate(_FOLDS), text)
        if _UNEVEN in text:
            return None
    made = text.translate(_FOLDS)
    return None if _UNEVEN in made else made


def words(text: str) -> list[str]:
    """The words of a text, folded, in order."""
    if _divided(text):
        return [word for word, _ in _pieces(text)]
    return [word for run in _RUN.findall(text) if (word := _folded(run))]


def placed(text: str) -> tuple[list[str], list[Place]]:
    """The words of a text, folded, in order, and the place of each."""
    if _divided(text):
        pairs = list(_pieces(text))
    else:
        found, places = list(map(_folded, _RUN.findall(text))), [run.span() for run in _RUN.finditer(text)]
        if "" not in found:
            return found, places
        pairs = [pair for pair in zip(found, places, strict=True) if pair[0]]
    return [word for word, _ in pairs], [place for _, place in pairs]


def _divided(text: str) -> bool:
    """Whether a run of letters in it may be more than one word."""
    return "_" in text if text.isascii() else bool(_DIVIDED.search(text))


def _pieces(text: str) -> Iterator[tuple[str, Place]]:
    for run in _RUN.finditer(text):
        for piece in _PIECE.finditer(run[0]):
            if word := _folded(piece[0]):
                yield word, (run.start() + piece.start(), run.start() + piece.end())
