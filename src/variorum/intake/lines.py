"""A text's paragraphs: the stretches that blocks are made of, hard-wrapped lines joined."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from variorum.model import Extent

_LINE = re.compile("[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_EDGE = "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\u202a\u202b\u202c\u00ad\0"
"""Characters that show nothing: a line of these alone is empty."""
_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_ENDS_SENTENCE = re.compile(r"[.!?:;…][”’\"'»)\]]*$")
_BULLET = re.compile(r"(?:[-–—*•·●▪◦‣■»>]|\(?\d{1,2}[.)]|\(?[a-z]\))\s")
_NARROW, _WIDE = 45, 110
"""Code points between which the width of hard-wrapped lines lies."""


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    breaks: int
    """Line breaks between it and the line before."""
    indent: int
    first_word: int
    """Length of the first word."""

    @property
    def length(self) -> int:
        return self.end - self.start


def paragraphs(text: str) -> list[Extent]:
    """The paragraphs of a text in order, without white space at their edges; each holds at least one visible character.

    A line is a paragraph, except where a text is broken at a fixed width: there its lines are joined up to the next
    empty line, indented line, or line that stops short at a sentence's end.
    """
    lines = list(_lines(text))
    width = _wrap_width(text, lines)
    if width is None:
        return [Extent(line.start, line.end) for line in lines]
    return list(_joined(text, lines, width))


def _lines(text: str) -> Iterator[_Line]:
    at = 0
    for match in _LINE.finditer(text):
        start, end = match.span()
        raw = match.group()
        kept = raw.rstrip().rstrip(_EDGE).rstrip()
        body = kept.lstrip().lstrip(_EDGE).lstrip()
        while body and (body[0] in _EDGE or body[-1] in _EDGE):  # marks and blanks in turn
            body = body.strip(_EDGE).strip()
        if not body:
            continue
        lead = raw.index(body[0]) if body[0] not in _EDGE else 0
        first = start + lead
        breaks = 0
        for _ in _BREAK.finditer(text, at, start):
            breaks += 1
            if breaks > 1:
                break
        space = body.find(" ")
        yield _Line(first, first + len(body), breaks, lead, len(body) if space < 0 else space)
        at = end


def _wrap_width(text: str, lines: list[_Line]) -> int | None:
    """The width at which the text is broken, or None where its lines are paragraphs.

    Lines that follow one another without an empty line are full if the next line's first word would not have fitted:
    so a wrapped text can be told from one of short lines.
    """
    pairs = [(a, b) for a, b in pairwise(lines) if b.breaks == 1 and b.indent <= a.indent + 1]
    if not pairs:
        return None
    lengths = sorted(a.length for a, _ in pairs)
    width = lengths[min(len(lengths) - 1, (len(lengths) * 19) // 20)]
    if not _NARROW <= width <= _WIDE or lengths[-1] > width * 1.5:
        return None
    full = [a for a, b in pairs if a.length + 1 + b.first_word > width]
    ends = sum(_ends(text, line) for line in full)
    return width if len(full) >= 0.6 * len(pairs) and ends <= 0.5 * len(full) else None


def _ends(text: str, line: _Line) -> bool:
    """Whether a line closes as a sentence does; at a fixed width most lines break off in the middle of one."""
    return bool(_ENDS_SENTENCE.search(text[max(line.start, line.end - 8) : line.end]))


def _joined(text: str, lines: list[_Line], width: int) -> Iterator[Extent]:
    start = end = -1
    last: _Line | None = None
    for line in lines:
        if last is not None and _goes_on(text, last, line, width):
            end = line.end
        else:
            if last is not None:
                yield Extent(start, end)
            start, end = line.start, line.end
        last = line
    if last is not None:
        yield Extent(start, end)


def _goes_on(text: str, last: _Line, line: _Line, width: int) -> bool:
    """Whether a line carries on the paragraph of the line before."""
    if line.breaks > 1 or line.indent > last.indent + 1 or _BULLET.match(text, line.start, line.end):
        return False
    full = last.length + 1 + line.first_word > width
    ends = _ends(text, last)
    if text[line.start].islower():
        return full or not ends
    return full and (not ends or last.length > width * 0.75)


def one_line(words: str) -> str:
    """Words on one line: white space of every kind as single blanks, apostrophes as ’."""
    return " ".join(words.split()).replace("'", "’")


def words_of(lines: Iterable[str]) -> list[str]:
    """All words of some lines, lower-cased."""
    return [word.lower() for line in lines for word in re.findall(r"\w+", line)]
