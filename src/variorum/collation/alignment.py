"""Two wordings of one thing, word by word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from rapidfuzz.distance import LCSseq

from variorum.collation.words import Word, concept, is_light, near_groups, rarity, root_of
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


@dataclass(frozen=True, slots=True)
class Sense:
    """A weighty word as a loose comparison sees it."""

    concept: str
    groups: frozenset[str]
    """Groups of words that may render one another."""
    weight: float
    """How telling it is."""


@dataclass(frozen=True, slots=True)
class Kinship:
    """How much of what two wordings say may be the same, said otherwise."""

    share: float
    """Weight of the words that both have, or have words near to, of that of the shorter one, 0 to 1."""
    of_longer: float
    """The same, of the weight of the longer one."""
    exact: int
    """Words that both have."""
    near: int
    """Words for which the other has one near to it."""


def senses(words: Sequence[Word]) -> list[Sense]:
    """The weighty words with what a loose comparison needs of them, in order."""
    return [
        Sense(root_of(sense := concept(word.text)), near_groups(sense), rarity(word.text))
        for word in words
        if not is_light(word.text)
    ]


NEAR = 0.7
"""What a near word is worth beside the same one."""


def kinship(a: Sequence[Sense], b: Sequence[Sense]) -> Kinship:
    """How much of the shorter of two wordings stands in the other in the same or near words, in any order."""
    if not a or not b:
        return Kinship(0.0, 0.0, 0, 0)
    first, second = {one.concept: one for one in a}, {one.concept: one for one in b}
    same = [word for word in first if word in second]
    found = sum(min(first[word].weight, second[word].weight) for word in same)
    free, near = {word: one for word, one in second.items() if word not in first}, 0
    for word, one in first.items():
        like = None if word in second else next((w for w, other in free.items() if one.groups & other.groups), None)
        if like is not None:
            near += 1
            found += NEAR * min(one.weight, free.pop(like).weight)
    low, high = sorted(sum(one.weight for one in words.values()) for words in (first, second))
    return Kinship(found / low if low else 0.0, found / high if high else 0.0, len(same), near)


def weight_in_common(kin: Kinship, a: Sequence[Sense], b: Sequence[Sense]) -> float:
    """The weight of what two wordings share: that of the lighter one, each word as often as it stands, times its share.

    Args:
        kin: ``kinship`` of the two.
        a, b: the wordings.
    """
    return kin.share * min(sum(one.weight for one in words) for words in (a, b))


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
