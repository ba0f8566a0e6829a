"""Where searched words stand in a text: what is marked in a hit, which stretch of a report is shown, how often a word stands."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache

from variorum.store.words import LONGEST, Place, evened, placed

Phrase = tuple[str, ...]
"""Folded words that stand next to each other; a single word is a phrase of one."""

PASSAGE = 240
"""Characters of a report that are shown."""
_WORD = re.compile("[^ ]+")
_CLOSE = 50
"""Places that are looked at to find the stretch with most of what was searched."""


class Laid:
    """A text laid out for finding: ``plain`` is its words, folded, with nothing but spaces between them.

    Cutting a report into words takes a millisecond, and a page of hits has twenty. Most texts keep their length when they are
    folded, so that what is found in ``plain`` stands at the same place in the text; only others are cut.

    Args:
        phrases: that will be looked for.
    """

    def __init__(self, text: str, phrases: Sequence[Phrase]) -> None:
        truncated = any(len(word) >= LONGEST for phrase in phrases for word in phrase)
        plain = None if truncated else evened(text)
        self.plain = _spread(text) if plain is None else plain
        self._even = plain is not None and len(plain) == len(text)
        self._text = text

    def times(self, phrase: Phrase) -> int:
        """How often a phrase stands there."""
        return sum(1 for _ in self._found(phrase))

    def places(self, phrases: Sequence[Phrase]) -> list[tuple[int, int, int]]:
        """Where phrases stand in ``plain``, in order: begin, end and the number of the phrase."""
        return sorted((*span, number) for number, phrase in enumerate(phrases) for span in self._found(phrase))

    def _found(self, phrase: Phrase) -> Iterator[tuple[int, int]]:
        whole, first = _pattern(phrase), phrase[0]
        at = self.plain.find(first)
        while at >= 0:  # a pattern that begins by looking back is slow to search with
            if found := whole.match(self.plain, at):
                yield found.span()
            at = self.plain.find(first, at + len(first))

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The place in the text of a stretch of ``plain`` that begins and ends with a word."""
        if self._even:
            return start, end
        starts, places = self._words
        return places[bisect_right(starts, start) - 1][0], places[bisect_left(starts, end) - 1][1]

    @cached_property
    def _words(self) -> tuple[list[int], list[Place]]:
        """Where each word begins in ``plain``, and its place in the text."""
        return [word.start() for word in _WORD.finditer(self.plain)], placed(self._text)[1]


def _spread(text: str) -> str:
    """The words of a text, folded, each as near to its place as those before it leave room for."""
    made: list[str] = []
    length = 0
    for word, (start, _) in zip(*placed(text), strict=True):
        space = max(1 if made else 0, start - length)
        made.append(" " * space + word)
        length += space + len(word)
    return "".join(made)


@lru_cache(maxsize=1024)
def _pattern(phrase: Phrase) -> re.Pattern[str]:
    return re.compile("(?<![^ ])" + " +".join(map(re.escape, phrase)) + "(?![^ ])")


def marked(text: str, phrases: Sequence[Phrase]) -> tuple[tuple[int, int], ...]:
    """Where the phrases stand, in order, overlapping ones joined."""
    laid = Laid(text, phrases)
    made: list[tuple[int, int]] = []
    for begins, ends, _ in laid.places(phrases):
        start, end = laid.original(begins, ends)
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return tuple(made)


def passage(text: str, start: int, end: int, phrases: Sequence[Phrase]) -> tuple[int, int]:
    """The stretch of a report, between two places of it, that shows most of what was searched: words begin and end it."""
    laid = Laid(text[start:end], phrases)
    plain = laid.plain
    if not plain.strip():
        return start, min(end, start + PASSAGE)
    places = laid.places(phrases)
    first = last = len(plain) - len(plain.lstrip())
    best: tuple[int, int] | None = None
    for number, (found, _, _) in enumerate(places):
        inside = [place for place in places[number : number + _CLOSE] if place[1] <= found + PASSAGE]
        value = (len({place[2] for place in inside}), len(inside))
        if best is None or value > best:
            best, first, last = value, found, max((place[1] for place in inside), default=places[number][1])
    spare = max(0, PASSAGE - (last - first)) // 2 if best else 0
    begins = min(_word_from(plain, first - spare), first)
    begins, ends = laid.original(begins, max(_word_until(plain, max(begins + PASSAGE, last)), last))
    return start + begins, start + ends


def _word_from(plain: str, place: int) -> int:
    """Where the first word begins that begins there or later."""
    if place <= 0:
        place = 0
    elif plain[place - 1] != " ":
        place = plain.find(" ", place)
    return len(plain) - len(plain[place:].lstrip()) if place >= 0 else len(plain)


def _word_until(plain: str, place: int) -> int:
    """Where the last word ends that ends there or earlier."""
    if place < len(plain) and plain[place] != " ":
        place = plain.rfind(" ", 0, place)
    return len(plain[: max(0, place)].rstrip())
