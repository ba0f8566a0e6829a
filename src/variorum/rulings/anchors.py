"""Words that a ruling names, found again: after a re-reading, in a new version, in another report that has them too."""

from __future__ import annotations

import re
import unicodedata

from variorum.model import Extent, Reading, Statement, Words

_WORD = re.compile(r"\w+")
SAME_PLACE = 0.6
"""Share of characters that a statement and the ruled words must have in common to be the same statement."""


def fold(text: str) -> str:
    """Text as it is compared: without marks, in one case, with one space between words."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(_WORD.findall(plain))


def find_words(reading: Reading, words: Words) -> Extent | None:
    """Where ruled words stand in a reading.

    Their own place is taken where it still has them; otherwise the nearest place with the same characters, and failing
    that the nearest with the same words whatever the marks between them.

    Returns:
        The place, or None where the words are gone.
    """
    if reading.id == words.report and reading.text[words.start : words.end] == words.text:
        return Extent(words.start, words.end)
    if not words.text:
        return None
    exact = [m.start() for m in re.finditer(re.escape(words.text), reading.text)]
    if exact:
        start = min(exact, key=lambda place: (abs(place - words.start), place))
        return Extent(start, start + len(words.text))
    return _find_folded(reading.text, words)


def _find_folded(text: str, words: Words) -> Extent | None:
    wanted = fold(words.text)
    if not wanted:
        return None
    starts: list[int] = []
    ends: list[int] = []
    places: list[tuple[int, int]] = []
    pieces: list[str] = []
    length = 0
    for match in _WORD.finditer(text):
        piece = fold(match.group())
        if piece:
            starts.append(length)
            ends.append(length + len(piece))
            places.append(match.span())
            pieces.append(piece)
            length += len(piece) + 1
    joined = " ".join(pieces)
    first, last = {s: n for n, s in enumerate(starts)}, {e: n for n, e in enumerate(ends)}
    found: list[Extent] = []
    at = joined.find(wanted)
    while at >= 0:
        if at in first and at + len(wanted) in last:
            found.append(Extent(places[first[at]][0], places[last[at + len(wanted)]][1]))
        at = joined.find(wanted, at + 1)
    return min(found, key=lambda e: (abs(e.start - words.start), e.start), default=None)


def same_words(one: Words, other: Words) -> bool:
    """Whether two rulings name the same words of the same report."""
    if one.report != other.report:
        return False
    if fold(one.text) == fold(other.text):
        return True
    return _share(Extent(one.start, one.end), Extent(other.start, other.end)) >= SAME_PLACE


def statements_at(reading: Reading, extent: Extent) -> list[int]:
    """The statements of a reading that stand at some words, by their places in ``reading.statements``.

    Where none has most of its words in common with them, it is the shortest one that has them all.
    """
    hulls = [hull(statement) for statement in reading.statements]
    found = [n for n, own in enumerate(hulls) if _share(own, extent) >= SAME_PLACE]
    if found:
        return found
    around = [n for n, own in enumerate(hulls) if own.covers(extent)]
    return [min(around, key=lambda n: (hulls[n].end - hulls[n].start, n))] if around else []


def hull(statement: Statement) -> Extent:
    """From the first character of a statement's content to the last, its cue included where it stands between."""
    return Extent(min(e[0] for e in statement.content), max(e[1] for e in statement.content))


def _share(one: Extent, other: Extent) -> float:
    """Share of the characters of both that are common."""
    common = min(one.end, other.end) - max(one.start, other.start)
    return max(0, common) / max(1, max(one.end, other.end) - min(one.start, other.start))
