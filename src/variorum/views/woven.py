"""Variants of one statement woven into one text: the common words once, each report's own words where they part.

The way of a critical edition: the first variant is the base; a *place* is a stretch of it at which at least one other
variant reads otherwise. A variant that quotes only a part of the base is silent about the rest; silence is no variant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from variorum.model import AlignedWords, Extent, RecordStatement, StatementVariant
from variorum.views.inert import inert

LEAST_COMMON = 0.35
"""Share of a variant's words that must stand in the base for the two to be set into one text."""
LONGEST = 600
"""Words of one variant that are compared; a longer statement is set apart instead."""

_WORD = re.compile(r"\S+")
_EDGE = "“”„«»‘’'\"‹›.,;:!?…()[]–—-"


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a variant with its place in the report."""

    text: str
    extent: Extent

    @property
    def key(self) -> str:
        """What counts when words are compared: no case, no marks around."""
        return self.text.strip(_EDGE).replace("’", "'").casefold()


@dataclass(frozen=True, slots=True)
class Own:
    """What one or several reports read at a place; no words where they leave the place out."""

    reports: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """Common words (``common`` set), or a place at which the variants part (``own`` has two readings or more)."""

    common: str = ""
    own: tuple[Own, ...] = ()


@dataclass(frozen=True, slots=True)
class Woven:
    """A statement's variants in one text, and the variants that could not be set into it."""

    stretches: tuple[Stretch, ...]
    reports: tuple[str, ...]
    """The reports whose variants are woven in, the base first."""
    partial: tuple[str, ...]
    """Those among them that quote only a part of the base."""
    apart: tuple[StatementVariant, ...]


def words_of(text: str, extents: Sequence[Extent]) -> list[Word]:
    """The words of a statement's content; words that are nothing but marks are left out."""
    found = []
    for extent in extents:
        for match in _WORD.finditer(text, extent.start, extent.end):
            word = Word(inert(match.group()), Extent(match.start(), match.end()))
            if word.key:
                found.append(word)
    return found


def align(base: Sequence[Word], own: Sequence[Word]) -> list[tuple[int, int, int, int, bool]]:
    """Word ranges ``(base from, to, own from, to, same)`` in order, by longest common runs (difflib)."""
    matcher = SequenceMatcher(None, [w.key for w in base], [w.key for w in own], autojunk=False)
    return [(i, j, k, m, tag == "equal") for tag, i, j, k, m in matcher.get_opcodes()]


def _ranges(
    alignment: Sequence[AlignedWords], base: Sequence[Word], own: Sequence[Word]
) -> list[tuple[int, int, int, int, bool]]:
    """A stored alignment in word ranges. Each side runs on from where the stretch before ended."""

    def reach(words: Sequence[Word], at: int, extent: Extent | None) -> int:
        while extent and at < len(words) and words[at].extent.start < extent.end:
            at += 1
        return at

    found, i, k = [], 0, 0
    for stretch in alignment:
        j, m = reach(base, i, stretch.base), reach(own, k, stretch.own)
        found.append((i, j, k, m, stretch.same))
        i, k = j, m
    if i < len(base) or k < len(own):
        found.append((i, len(base), k, len(own), False))
    return [(i, j, k, m, same) for i, j, k, m, same in found if i < j or k < m]


@dataclass(frozen=True, slots=True)
class _Thread:
    report: str
    words: list[Word]
    ranges: list[tuple[int, int, int, int, bool]]
    first: int
    """First base word that this variant speaks to."""
    last: int
    """One past the last."""

    def reading(self, start: int, end: int, base: Sequence[Word]) -> str:
        """What this variant reads for the base words from start to end (insertions at both edges included)."""
        read: list[str] = []
        for i, j, k, m, same in self.ranges:
            if j < start or i > end:
                continue
            if same:
                even = m - k == j - i
                read += [
                    self.words[k + n - i].text if even else base[n].text for n in range(max(i, start), min(j, end))
                ]
            else:
                read += [word.text for word in self.words[k:m]]
        return " ".join(read)


def _thread(report: str, words: list[Word], ranges: list[tuple[int, int, int, int, bool]]) -> _Thread | None:
    """A variant ready to be woven; None where too little of it stands in the base."""
    common = sum(m - k for _, _, k, m, same in ranges if same)
    if not words or common < max(1, LEAST_COMMON * len(words)):
        return None
    while ranges and ranges[0][2] == ranges[0][3]:
        ranges = ranges[1:]
    while ranges and ranges[-1][2] == ranges[-1][3]:
        ranges = ranges[:-1]
    return _Thread(report, words, ranges, ranges[0][0], ranges[-1][1])


def _places(threads: Sequence[_Thread]) -> list[tuple[int, int]]:
    """The base ranges at which at least one variant parts from it, merged where they touch."""
    parted = sorted((i, j) for thread in threads for i, j, _, _, same in thread.ranges if not same)
    merged: list[tuple[int, int]] = []
    for i, j in parted:
        if merged and i <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], j))
        else:
            merged.append((i, j))
    return merged


def weave(statement: RecordStatement, texts: dict[str, str]) -> Woven:
    """The variants of a statement in one text.

    Args:
        statement: with at least one variant; the first is the base.
        texts: text by report id.
    """
    base_variant, *others = statement.variants
    base = words_of(texts.get(base_variant.report, ""), base_variant.content)
    threads, apart = [], []
    for variant in others:
        own = words_of(texts.get(variant.report, ""), variant.content)
        thread = None
        if base and max(len(base), len(own)) <= LONGEST:
            ranges = _ranges(variant.alignment, base, own) if variant.alignment else align(base, own)
            thread = _thread(variant.report, own, ranges)
        if thread:
            threads.append(thread)
        else:
            apart.append(variant)
    stretches: list[Stretch] = []
    at = 0
    for start, end in _places(threads):
        if at < start:
            stretches.append(Stretch(common=" ".join(word.text for word in base[at:start])))
        readings: dict[str, list[str]] = {" ".join(word.text for word in base[start:end]): [base_variant.report]}
        for thread in threads:
            if thread.first <= start and end <= thread.last:
                readings.setdefault(thread.reading(start, end, base), []).append(thread.report)
        stretches.append(Stretch(own=tuple(Own(tuple(reports), text) for text, reports in readings.items())))
        at = end
    if at < len(base):
        stretches.append(Stretch(common=" ".join(word.text for word in base[at:])))
    partial = tuple(t.report for t in threads if t.first > 0 or t.last < len(base))
    return Woven(tuple(stretches), (base_variant.report, *(t.report for t in threads)), partial, tuple(apart))
