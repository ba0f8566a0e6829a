"""Renamed: one noun in place of another in sentences that are the same otherwise ("a river embankment gave way at Kiri", "a
dam gave way at Kiri"; "the attack took place", "the incident took place")."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from variorum.collation.differences.draft import Collated, Draft, account
from variorum.collation.passages import Passage, Sentence
from variorum.collation.words import Word, concept, is_light, near_groups
from variorum.model import Extent

SHARE = 0.75
"""Share of the weight of the shorter sentence that the other must have to be the same otherwise."""
LIKE = 7.0
"""Likeness that they must have."""
MOST = 2
"""Nouns of a story that are told so."""
LONGEST = 3
"""Words of a name for something."""
ARTICLES = ("a", "an", "the", "its", "his", "her", "their")


def find(found: Collated) -> Iterator[Draft]:
    """One difference for a thing that two reports call otherwise between the same words."""
    told: set[tuple[int, Extent]] = set()
    for passage in found.passages:
        if passage.share < SHARE or passage.likeness < LIKE:
            continue
        for a, b in _renamed(passage):
            keys = {(s.witness.number, extent) for s, extent in ((passage.a, a), (passage.b, b))}
            entry = found.entry_at(passage.a.witness, a.start)
            if entry is None or keys & told or len(told) >= 2 * MOST:
                continue
            told |= keys
            words = [s.witness.words(extent) for s, extent in ((passage.a, a), (passage.b, b))]
            yield Draft(
                kind="label",
                entry=entry,
                label=f"what is called “{words[0]}”",
                accounts=(account(passage.a.witness, a), account(passage.b.witness, b)),
                weight=0.27,
                why="in the same sentence otherwise: " + ", ".join(f"“{w}”" for w in words),
            )


def _renamed(passage: Passage) -> Iterator[tuple[Extent, Extent]]:
    """Names after an article in both sentences, before the same words, of which the last words mean different things."""
    for step, after in pairwise(passage.steps):
        if step.same or step.base is None or step.own is None or not after.same:
            continue
        first, second = _name(passage.a, step.base), _name(passage.b, step.own)
        if not first or not second:
            continue
        if _alike(first[-1], second[-1]) or _quoted(passage.a, first) or _quoted(passage.b, second):
            continue
        yield tuple(Extent(name[0].extent.start, name[-1].extent.end) for name in (first, second))  # type: ignore[misc]


def _name(sentence: Sentence, extent: Extent) -> list[Word]:
    """The words of a stretch behind an article, where they are common nouns or what stands before one; else nothing."""
    words = [word for word in sentence.words if extent.covers(word.extent)]
    at = sentence.words.index(words[0]) if words else 0
    before = sentence.words[at - 1].text if at else ""
    if words and words[0].text in ARTICLES:
        words = words[1:]
    elif before not in ARTICLES:
        return []
    plain = all(word.text.isalpha() and sentence.witness.words(word.extent).islower() for word in words)
    return words if plain and len(words) <= LONGEST and not any(is_light(word.text) for word in words) else []


def _alike(a: Word, b: Word) -> bool:
    """Whether two nouns are one or near each other in sense, or either is a verb's or an adjective's form."""
    endings = ("ed", "ing", "ern", "ous", "ful", "al", "ic", "ive")
    if any(word.text.endswith(endings) for word in (a, b)):
        return True
    one, two = concept(a.text), concept(b.text)
    return one == two or bool(near_groups(one) & near_groups(two))


def _quoted(sentence: Sentence, words: list[Word]) -> bool:
    """Whether a name stands in somebody's own words, which are told as a wording."""
    block = sentence.witness.block_at(words[0].extent.start)
    marks = sentence.witness.quotations(block) if block is not None else ()
    return any(mark.covers(words[0].extent) for mark in marks)
