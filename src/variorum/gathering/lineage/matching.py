"""What two reports have in common in their wording: runs word for word, sentences retold, quotations in their frames.

A quotation that both reports have was said in public and is no sign of copying. Names and figures are the event's, not
the reporter's. What counts is the rest: the words that one reporter chose and another has too, in the same order.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from rapidfuzz.distance import LCSseq

from variorum.gathering.lineage.prose import Flags, Prose, first_person

RUN = 3
"""Words of a run that is looked at."""
_RUN_WORDS = 3
_RUN_WEIGHT = 2.0
"""Own words of a run, and their weight together, from which it counts: "at the end of the" does not."""
_SHOWN_RUN = 6
"""Words of a run from which it is worth showing as a passage by itself."""
_RETOLD = 0.5
"""Share of a sentence's own words, by weight, that a sentence of the other report has in the same order."""
_RETOLD_WORDS = 4
_OWN_WORDS = 5
_ROUNDING = 0.01
_SENTENCES = 8
"""Sentences of the other report that a sentence is aligned with."""
_QUOTED_WORDS = 5
_FRAME_WORDS = 8
_FRAME_SHARE = 0.6
"""Words, and share of the words, outside a shared quotation that the two sentences share: "he said" does not count."""


@dataclass(frozen=True, slots=True)
class Link:
    """A stretch of words in each of two reports that tell the same in the same words; ends included."""

    a: tuple[int, int]
    b: tuple[int, int]
    similarity: float


@dataclass(slots=True)
class Match:
    """Everything that two reports share."""

    a: Prose
    b: Prose
    covered_a: Flags
    covered_b: Flags
    links: list[Link] = field(default_factory=list)
    frames: int = 0
    """Words of the longest frame that both reports put around the same quotation."""
    quotes_a: int = 0
    """Words that are b's own prose and stand in quotation marks in a."""
    quotes_b: int = 0


def match(a: Prose, b: Prose) -> Match:
    """What two reports have in common."""
    found = Match(a, b, np.zeros(len(a.keys), dtype=bool), np.zeros(len(b.keys), dtype=bool))
    _runs(found)
    _retellings(found)
    return found


def _runs(found: Match) -> None:
    a, b = found.a, found.b
    ka, kb = a.key_list, b.key_list
    places = b.run_places
    i = 0
    for at, key in enumerate(a.runs):
        if at < i or key not in places:
            continue  # within the run before, or no run of b
        length, start = 0, 0
        for j in places[key]:
            n = 0
            while at + n < len(ka) and j + n < len(kb) and ka[at + n] == kb[j + n]:
                n += 1
            if n > length:
                length, start = n, j
        if length >= RUN:
            _count_run(found, at, start, length)
        i = at + max(length, 1)


def _count_run(found: Match, i: int, j: int, length: int) -> None:
    a, b = found.a, found.b
    counts, weights = a.plain_sums
    if counts[i + length] - counts[i] < _RUN_WORDS or weights[i + length] - weights[i] < _RUN_WEIGHT - _ROUNDING:
        return  # what counts is a part of what is plain
    in_a, in_b = slice(i, i + length), slice(j, j + length)
    quoted_a, quoted_b = a.quoted[in_a], b.quoted[in_b]
    counted = a.plain[in_a] & ~(quoted_a & quoted_b)
    one_sided = quoted_a != quoted_b
    if one_sided.any() and not first_person().isdisjoint(a.keys[in_a].tolist()):
        counted &= ~one_sided
    if counted.sum() < _RUN_WORDS or a.weight[in_a][counted].sum() <= _RUN_WEIGHT:
        return
    found.covered_a[in_a] |= counted
    found.covered_b[in_b] |= counted
    found.quotes_a += int((counted & quoted_a).sum())
    found.quotes_b += int((counted & quoted_b).sum())
    if length >= _SHOWN_RUN:
        found.links.append(Link((i, i + length - 1), (j, j + length - 1), 1.0))


def _retellings(found: Match) -> None:
    for turned in (False, True):
        one, other = (found.b, found.a) if turned else (found.a, found.b)
        for number, (_, total, own, quoted) in enumerate(one.measures):
            speaks = quoted >= _QUOTED_WORDS and len(one.sentences[number]) - quoted >= _FRAME_WORDS
            least = total if own >= _OWN_WORDS else 0.0
            if speaks or least > 0:
                _retold(found, turned, one, other, number, least, speaks)


def _retold(found: Match, turned: bool, one: Prose, other: Prose, at: int, total: float, speaks: bool) -> None:
    """One sentence beside those of the other report that share its telling words.

    ``total`` is the weight of its own words together, 0 where it has too few to be retold; ``speaks`` is whether it quotes
    enough to stand in a frame, and has words enough around the quotation to be one.
    """
    words, keys, worth = one.sentences[at], one.sentence_keys[at], one.measures[at][0]
    votes: defaultdict[int, int] = defaultdict(int)
    tellers = other.tellers
    for key in one.telling[at]:
        for number in tellers.get(key, ()):
            votes[number] += 1
    if not votes:
        return
    best, chosen, pairs = 0.0, -1, []
    for number, _ in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0]))[:_SENTENCES]:
        there, theirs = other.sentences[number], other.sentence_sets[number]
        # The words that the other sentence has at all bound what it can have in the same order: most need no alignment.
        most = _most(keys, worth, theirs) if total else 0.0
        may_retell = total > 0 and most + _ROUNDING >= total * max(_RETOLD, best)
        may_frame = speaks and _may_frame(other, number)
        if not may_retell and not may_frame:
            continue
        aligned = _aligned(keys, other.sentence_keys[number])
        if may_frame:
            _frame(found, turned, one, other, words, there, aligned)
        same = sum(worth[x] for x, y in aligned if worth[x] and not other.quoted[there.start + y])
        if total and same / total > best:
            best, chosen, pairs = same / total, number, aligned
    if best < _RETOLD:
        return
    there = other.sentences[chosen]
    own_one, own_other = one.own, other.own
    shared = [
        (words.start + x, there.start + y) for x, y in pairs if own_one[words.start + x] and own_other[there.start + y]
    ]
    if sum(one.weight[x] > 0 for x, _ in shared) < _RETOLD_WORDS:
        return
    _cover(found, turned, shared)
    _link(found, turned, words, there, len(pairs))


@lru_cache(maxsize=32_768)
def _most(keys: tuple[int, ...], worth: tuple[float, ...], theirs: frozenset[int]) -> float:
    """The weight of a sentence's own words that another sentence has at all; kept, as copies bring the same again."""
    return sum([weight for key, weight in zip(keys, worth, strict=True) if weight and key in theirs])


def _may_frame(other: Prose, number: int) -> bool:
    """Whether a sentence quotes enough, and has words enough around the quotation, to share a frame."""
    quoted = other.measures[number][3]
    return quoted >= _QUOTED_WORDS and len(other.sentences[number]) - quoted >= _FRAME_WORDS


@lru_cache(maxsize=8192)
def _aligned(one: tuple[int, ...], other: tuple[int, ...]) -> list[tuple[int, int]]:
    """Places of the words of a longest common subsequence; kept, as copies bring the same sentences again."""
    return [
        (block.src_start + step, block.dest_start + step)
        for block in LCSseq.opcodes(one, other)
        if block.tag == "equal"
        for step in range(block.src_end - block.src_start)
    ]


def _frame(
    found: Match,
    turned: bool,
    one: Prose,
    other: Prose,
    words: range,
    there: range,
    aligned: list[tuple[int, int]],
) -> None:
    """A shared quotation whose reporter's words around it are shared too: who was told what, when and where."""
    spoken = [(x, y) for x, y in aligned if one.quoted[words.start + x] and other.quoted[there.start + y]]
    frame = [
        (words.start + x, there.start + y)
        for x, y in aligned
        if not one.quoted[words.start + x] and not other.quoted[there.start + y]
    ]
    around_one = int((~one.quoted[words.start : words.stop]).sum())
    around_other = int((~other.quoted[there.start : there.stop]).sum())
    if (
        len(spoken) < _QUOTED_WORDS
        or len(frame) < _FRAME_WORDS
        or len(frame) < _FRAME_SHARE * max(around_one, around_other)
    ):
        return
    found.frames = max(found.frames, len(frame))
    _cover(found, turned, [(x, y) for x, y in frame if one.plain[x] and other.plain[y]])
    _link(found, turned, words, there, len(aligned))


def _cover(found: Match, turned: bool, pairs: list[tuple[int, int]]) -> None:
    for x, y in pairs:
        i, j = (y, x) if turned else (x, y)
        found.covered_a[i] = found.covered_b[j] = True


def _link(found: Match, turned: bool, words: range, there: range, common: int) -> None:
    similarity = 2 * common / (len(words) + len(there))
    one, other = (words.start, words.stop - 1), (there.start, there.stop - 1)
    found.links.append(Link(other, one, similarity) if turned else Link(one, other, similarity))
