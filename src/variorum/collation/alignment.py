"""Two wordings of one thing, word by word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from rapidfuzz.distance import LCSseq

from variorum.collation.words import Word, concept, is_light
from variorum.model import AlignedWords, Extent

CLOSE_WORK = 250_000
"""Product of two lengths in words up to which blocks of equal words are sought; beyond it the longest common
subsequence is."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two wordings are. Shares are of the shorter one, 0 to 1."""

    in_order: float
    """Weighty words, or words like them, that both have in the same order."""
    common: float
    """Weighty words, or words like them, that both have in any order."""
    literal: float
    """All words that both have in the same order and form."""
    count: int
    """How many weighty words both have in the same order."""


def weighty(words: Sequence[Word]) -> list[str]:
    """The concepts of the words that carry what is said, in order."""
    return [concept(word.text) for word in words if not is_light(word.text)]


def likeness(a: Sequence[str], b: Sequence[str], plain_a: Sequence[str], plain_b: Sequence[str]) -> Likeness:
    """How alike two wordings are.

    Args:
        a, b: their weighty words as concepts, in order.
        plain_a, plain_b: all their words, folded, in order.
    """
    shorter = min(len(a), len(b))
    ordered = LCSseq.similarity(a, b) if shorter else 0
    literal = LCSseq.similarity(plain_a, plain_b) if plain_a and plain_b else 0
    common = len(set(a) & set(b)) / min(len(set(a)), len(set(b))) if shorter else 0.0
    return Likeness(
        in_order=ordered / shorter if shorter else 0.0,
        common=common,
        literal=literal / min(len(plain_a), len(plain_b)) if literal else 0.0,
        count=int(ordered),
    )


def align(base: Sequence[Word], own: Sequence[Word]) -> tuple[AlignedWords, ...]:
    """The words of a variant beside those of the base variant, as stretches that are the same or differ.

    Args:
        base: words of the base variant, in order.
        own: words of the variant.
    """
    first, second = [word.text for word in base], [word.text for word in own]
    if len(first) * len(second) <= CLOSE_WORK:
        steps = [(s[0] == "equal", *s[1:]) for s in SequenceMatcher(None, first, second, autojunk=False).get_opcodes()]
    else:
        steps = [
            (s.tag == "equal", s.src_start, s.src_end, s.dest_start, s.dest_end) for s in LCSseq.opcodes(first, second)
        ]
    aligned: list[AlignedWords] = []
    for equal, low, high, start, end in steps:
        if equal:
            aligned += _equal(base[low:high], own[start:end])
        else:
            aligned.append(AlignedWords(base=_over(base[low:high]), own=_over(own[start:end]), same=False))
    return tuple(aligned)


def _equal(base: Sequence[Word], own: Sequence[Word]) -> list[AlignedWords]:
    """One stretch, or several where a cue interrupts either side."""
    parted = [
        n
        for n in range(1, len(base))
        if base[n].extent.start - base[n - 1].extent.end > GAP or own[n].extent.start - own[n - 1].extent.end > GAP
    ]
    cuts = [0, *parted, len(base)]
    return [
        AlignedWords(base=_over(base[low:high]), own=_over(own[low:high]), same=True)
        for low, high in pairwise(cuts)
        if high > low
    ]


GAP = 6
"""Characters between neighbouring words of one stretch; more than this is a cue or a paragraph between them."""


def _over(words: Sequence[Word]) -> Extent | None:
    if not words:
        return None
    return Extent(min(w.extent.start for w in words), max(w.extent.end for w in words))
