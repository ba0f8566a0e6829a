"""Quotation marks: which stretches of one paragraph stand between marks.

Marks are paired in one pass with a stack. What a mark may do is read off its shape (``“`` opens, ``”`` closes, ``"``,
``''`` and ``'`` do either) and its neighbours; apostrophes, feet and inches, and the ``’90s`` are no quotation marks.
A paragraph is looked at alone, so that a missing mark never costs more than its own paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_OPENERS = {
    "“": "double",
    "„": "double",
    "‟": "double",
    "«": "angle",
    "‹": "single angle",
    "‘": "single",
    "‚": "single",
    "‛": "single",
}
_CLOSERS = {"”": "double", "»": "angle", "›": "single angle", "’": "single"}
_MARK = re.compile(r"``|''|‘‘|’’|[“”„‟«»‹›‘’‚‛\"']")
_DOUBLED = {"``": "“", "‘‘": "“", "’’": "”"}
_BEFORE_OPENING = frozenset("([{<—–-/:;,…=>¡¿|*")
_ENDING = frozenset(".,!?…;:)—–-]")


@dataclass(frozen=True, slots=True, order=True)
class Quotation:
    """A stretch between quotation marks. Offsets are code points of the text given, half-open."""

    start: int
    """Its opening mark."""
    end: int
    """One past its closing mark, or past the last character of the text where it is not closed."""
    closed: bool = True
    depth: int = 0
    """0 for an outermost quotation, 1 for one inside it, and so on."""
    single: bool = False
    """Whether the marks are single ones."""
    opening: int = 1
    """Length of the opening mark."""
    closing: int = 1
    """Length of the closing mark, 0 where there is none."""

    @property
    def inner(self) -> tuple[int, int]:
        """What stands between the marks."""
        return self.start + self.opening, self.end - self.closing


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    family: str
    opens: bool
    closes: bool
    weak: bool = False
    """A closing single mark that may as well be the apostrophe of a plural ("the workers’ union")."""


def find_quotations(text: str) -> tuple[Quotation, ...]:
    """All quotations of one paragraph, nested ones too, in the order of their opening marks.

    A mark that opens and is never closed yields a quotation up to the end of the text (``closed`` is False) if
    nothing is opened with the same kind of mark after it: the form of a quotation that goes on in the next paragraph.
    A mark that closes nothing yields nothing. Linear in the length of the text.
    """
    marks = _marks(text)
    left = _closers_left(marks)
    found: list[Quotation] = []
    stack: list[_Mark] = []
    open_families: dict[str, int] = {}

    def pop_to(index: int) -> None:
        while len(stack) > index:
            open_families[stack.pop().family] -= 1

    for i, mark in enumerate(marks):
        is_open = open_families.get(mark.family, 0) > 0
        if mark.closes and is_open and not (mark.weak and left[i] > 0) and not _opens_again(mark, stack):
            index = len(stack) - 1
            while stack[index].family != mark.family:
                index -= 1
            opening = stack[index]
            pop_to(index)
            if mark.start > opening.end:
                found.append(
                    Quotation(
                        opening.start,
                        mark.end,
                        depth=len(stack),
                        single="single" in mark.family,
                        opening=opening.end - opening.start,
                        closing=mark.end - mark.start,
                    )
                )
        elif mark.opens:
            if is_open and (mark.closes or left[i] < open_families[mark.family] + 1):
                # The one that is open was never closed: it goes, with all that was opened inside it.
                pop_to(next(n for n, m in enumerate(stack) if m.family == mark.family))
            stack.append(mark)
            open_families[mark.family] = open_families.get(mark.family, 0) + 1
    end = len(text.rstrip())
    for depth, mark in enumerate(stack):
        if mark.family != "single" and end > mark.end:
            found.append(_unclosed(text, mark, depth, end, found))
            break
    return tuple(sorted(found))


_SLIP = re.compile(r"[.?!…,][’'](?!\w)")


def _unclosed(text: str, mark: _Mark, depth: int, end: int, found: list[Quotation]) -> Quotation:
    """A quotation without its closing mark: up to a single mark set by a slip behind a full stop, else to the end."""
    slip = _SLIP.search(text, mark.end) if mark.family == "double" else None
    size = mark.end - mark.start
    if slip is None or slip.end() >= end or any(q.start > mark.start and q.end > slip.start() for q in found):
        return Quotation(mark.start, end, False, depth, "single" in mark.family, size, 0)
    return Quotation(mark.start, slip.end(), True, depth, False, size, 1)


def _opens_again(mark: _Mark, stack: list[_Mark]) -> bool:
    """Whether a mark that could do both rather opens: nothing stands between it and the last opening mark."""
    return mark.opens and stack[-1].family == mark.family and stack[-1].end == mark.start


def _closers_left(marks: list[_Mark]) -> list[int]:
    """For each mark, how many marks after it can close its family before the family is certainly opened anew."""
    left = [0] * len(marks)
    count: dict[str, int] = {}
    for i in range(len(marks) - 1, -1, -1):
        mark = marks[i]
        left[i] = count.get(mark.family, 0)
        if mark.closes and not mark.opens and not mark.weak:
            count[mark.family] = left[i] + 1
        elif mark.opens and not mark.closes:
            count[mark.family] = max(0, left[i] - 1)
    return left


def _marks(text: str) -> list[_Mark]:
    german = "„" in text
    inverted = _inverted_angles(text)
    marks: list[_Mark] = []
    for found in _MARK.finditer(text):
        start, end, shape = found.start(), found.end(), found.group()
        before, after = text[start - 1 : start], text[end : end + 1]
        shape = _DOUBLED.get(shape, shape)
        if shape in {'"', "''"}:
            mark = _straight(start, end, before, after)
        elif shape in {"'", "’", "‘"}:
            mark = _single(shape, start, end, text)
        elif shape == "“" and (german or (before and not before.isspace() and not after.isalnum())):
            # The closing mark of German print, and of a typist who has only one of the two.
            opens = _may_open(before, after)
            mark = _Mark(start, end, "double", opens=opens, closes=not opens)
        elif shape in "«»‹›" and inverted:
            opens = shape in "»›"
            mark = _Mark(start, end, "angle" if shape in "«»" else "single angle", opens=opens, closes=not opens)
        elif shape in _OPENERS:
            mark = _Mark(start, end, _OPENERS[shape], opens=True, closes=False)
        else:
            # A closing mark at the start of a word is a typist's slip for an opening one.
            slip = shape == "”" and (not before or before.isspace()) and after.isalnum()
            mark = _Mark(start, end, _CLOSERS[shape], opens=slip, closes=True)
        if mark is not None:
            marks.append(mark)
    return marks


def _inverted_angles(text: str) -> bool:
    """Whether angle marks point inwards (»…«), as in German and Danish print."""
    first = re.search(r"[«»]", text)
    return first is not None and first.group() == "»"


def _may_open(before: str, after: str) -> bool:
    return (not before or before.isspace() or before in _BEFORE_OPENING) and bool(after) and not after.isspace()


def _straight(start: int, end: int, before: str, after: str) -> _Mark | None:
    if before.isdigit() and after and (after in " ,x×" or after.isdigit()):
        # Inches, unless a quotation that is open can be closed here.
        return _Mark(start, end, "double", opens=False, closes=True)
    opens = _may_open(before, after) or before in {"“", "‘", "'"}
    closes = bool(before) and not before.isspace() and before not in "([{"
    if not opens and not closes:
        # A mark with a blank on both sides: parity decides.
        return _Mark(start, end, "double", opens=bool(after), closes=True)
    if opens and before in _ENDING and after.isalnum():
        return _Mark(start, end, "double", opens=True, closes=True)
    return _Mark(start, end, "double", opens=opens and not (closes and not after.isalnum()), closes=closes or not opens)


_YEAR = re.compile(r"\d\d\b")
_BEFORE_YEAR = re.compile(r"\b(?:in|of|since|until|till|from|by|before|after|spring|summer|autumn|fall|winter)\s$")
_DROPPED = re.compile(r"\d0s|(?:em|til|tis|twas|cause|round|n|bout)\b", re.IGNORECASE)


def _single(shape: str, start: int, end: int, text: str) -> _Mark | None:
    """A single mark as a quotation mark, or None where it is an apostrophe."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if before.isalnum() and after.isalnum():
        return None
    if _DROPPED.match(text, end) and not before.isalnum():
        return None
    if _YEAR.match(text, end) and _BEFORE_YEAR.search(text, max(0, start - 10), start):
        return None  # "in ’08"
    if shape == "‘":
        return _Mark(start, end, "single", opens=True, closes=False) if after and not after.isspace() else None
    if shape == "'" and _may_open(before, after) and not before.isalnum():
        return _Mark(start, end, "single", opens=True, closes=False)
    if not before or before.isspace():
        return None
    weak = before in "sSzxn" and (after.isspace() and text[end + 1 : end + 2].isalnum())
    return _Mark(start, end, "single", opens=False, closes=True, weak=weak)
