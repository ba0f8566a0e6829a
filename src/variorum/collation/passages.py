"""Passages: the sentences of two reports that tell the same thing, and what stands opposite in them.

What reports say of one thing stands in sentences that share its names, its rare words and words like them, whatever
else each of them adds. A word counts the less the more sentences of the story have it: in the story of a ferry "ferry"
says little and "manifest" much. Two sentences of two reports are one passage where one is the other's best and enough of
the shorter one's weight stands in the other.

In a passage two expressions of one sort (numbers, days, places) are opposite where the words beside the one stand beside
the other, or the words on both sides of them are the same.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from variorum.collation.actors import Cast
from variorum.collation.alignment import Sense, align, kinship, senses
from variorum.collation.witness import Witness
from variorum.collation.words import Word, rarity, words_of
from variorum.model import AlignedWords, Extent
from variorum.text.world import lookup_state

FEW = 6
"""Up to this many reports their sentences are compared each with each."""
MOST_SENTENCES = 200
"""Sentences of one report that are looked at."""
LEAST = 4.0
"""Weight that two sentences must share to be one passage."""
SHARE = 0.3
"""Share of the weight of the shorter one that they must share."""
FEWEST_SENTENCES = 30
"""Sentences that a story is taken to have at least, when words are weighed by how few of them have them."""
LOOKED_AT = 8
"""Sentences of another report that one sentence is compared with, those first that share most."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a report's story, as the comparison sees it."""

    witness: Witness
    extent: Extent
    words: tuple[Word, ...]
    told: tuple[Sense, ...]
    weight: float
    """What its weighty words weigh, each once."""


@dataclass(frozen=True)
class Passage:
    """A sentence of one report and the sentence of another that tells the same."""

    a: Sentence
    b: Sentence
    share: float
    """Share of the shorter one's weight that the other has, 0 to 1."""
    weight: float
    """The weight that both share."""

    @property
    def likeness(self) -> float:
        """How sure it is that both tell the same."""
        return self.share * self.weight

    @cached_property
    def steps(self) -> tuple[AlignedWords, ...]:
        """Their words beside one another, as stretches that are the same or differ."""
        return align(self.a.words, self.b.words)

    def in_place_of(self, a: Extent, b: Extent) -> bool:
        """Whether two expressions stand in one place of the two sentences: the word before or after both is the same,
        and nothing between it and them."""
        for before, step, after in zip((None, *self.steps), self.steps, (*self.steps[1:], None), strict=False):
            if step.same or step.base is None or step.own is None:
                continue
            if not (step.base.overlaps(a) and step.own.overlaps(b)):
                continue
            opens = before is not None and before.same and step.base.start >= a.start and step.own.start >= b.start
            ends = after is not None and after.same and step.base.end <= a.end and step.own.end <= b.end
            if opens or ends:
                return True
        return False


def sentences_of(witness: Witness) -> list[Extent]:
    """The sentences of a report's story, in order."""
    found: list[Extent] = []
    for block in witness.reading.blocks:
        at = block.start if witness.in_article(block.extent) else block.end
        while at < block.end and len(found) < MOST_SENTENCES:
            sentence = witness.sentence(at)
            if sentence.end <= at:
                break
            found.append(sentence)
            at = sentence.end + 1
    return found


def passages_of(witnesses: tuple[Witness, ...], cast: Cast) -> tuple[Passage, ...]:
    """The passages of a story's reports, the surest first; none of many reports, each of which has its own way."""
    if not 1 < len(witnesses) <= FEW:
        return ()
    sentences = _weighed(witnesses, cast)
    found = [
        passage
        for one, two in combinations(witnesses, 2)
        for passage in _between(sentences[one.number], sentences[two.number])
    ]
    return tuple(sorted(found, key=_order))


def _order(p: Passage) -> tuple[object, ...]:
    return -round(p.likeness, 6), p.a.witness.number, p.b.witness.number, p.a.extent, p.b.extent


def _weighed(witnesses: tuple[Witness, ...], cast: Cast) -> dict[int, list[Sentence]]:
    """The sentences of each report, their words weighed by how few sentences of the story have them."""
    plain = {w.number: [(e, words) for e in sentences_of(w) if (words := words_of(w.text, (e,)))] for w in witnesses}
    told = {w.number: [_senses(w, extent, words, cast) for extent, words in plain[w.number]] for w in witnesses}
    count = Counter(word for own in told.values() for sense in own for word in {one.concept for one in sense})
    total = max(FEWEST_SENTENCES, sum(map(len, told.values())))
    made: dict[int, list[Sentence]] = {}
    for witness in witnesses:
        made[witness.number] = []
        for (extent, words), sense in zip(plain[witness.number], told[witness.number], strict=True):
            own = {
                one.concept: Sense(one.concept, one.groups, min(one.weight, math.log((1 + total) / count[one.concept])))
                for one in sense
                if not one.concept.isdigit()
            }
            weight = sum(one.weight for one in own.values())
            made[witness.number].append(Sentence(witness, extent, tuple(words), tuple(own.values()), weight))
    return made


NAMED = 4.0
"""What the name of an actor weighs that few sentences have."""


def _senses(witness: Witness, extent: Extent, words: list[Word], cast: Cast) -> list[Sense]:
    """What a sentence tells: its weighty words, with names as the actors that they stand for, however they are spelt, and
    the words for a state and its people as that state."""
    told: dict[str, Sense] = {}
    named: list[Extent] = []
    for mention, actor in witness.index.within(extent):
        entry = cast.id_of(witness, actor.name)
        if entry is None or mention.form == "pronoun":
            continue
        told.setdefault(entry, Sense(entry, frozenset({entry}), NAMED))
        # The words of a body's name are kept beside it: two reports' names of one body are not always known to be one.
        if mention.form == "name" and actor.kind == "person":
            named.append(mention.extent)
    for word in words:
        raw = witness.words(word.extent)
        state = lookup_state(raw) if raw[:1].isupper() else None
        if state is not None:
            told.setdefault(state.code, Sense(state.code, frozenset({state.code}), rarity(word.text)))
        elif not any(name.covers(word.extent) for name in named):
            for one in senses([word]):
                told.setdefault(one.concept, one)
    return list(told.values())


def _between(first: list[Sentence], second: list[Sentence]) -> Iterator[Passage]:
    """Pairs of sentences of which one is the other's best."""
    postings: dict[str, list[int]] = defaultdict(list)
    for k, sentence in enumerate(second):
        for one in sentence.told:
            postings[one.concept].append(k)
    options: dict[tuple[int, int], Passage] = {}
    for n, a in enumerate(first):
        shared: dict[int, float] = defaultdict(float)
        for one in a.told:
            for k in postings.get(one.concept, ()):
                shared[k] += one.weight
        for k in sorted(shared, key=lambda k: (-shared[k], k))[:LOOKED_AT]:
            passage = _passage(a, second[k])
            if passage is not None:
                options[n, k] = passage
    best: dict[tuple[str, int], float] = defaultdict(float)
    for (n, k), passage in options.items():
        for side in (("a", n), ("b", k)):
            best[side] = max(best[side], passage.likeness)
    for (n, k), passage in options.items():
        if passage.likeness >= min(best["a", n], best["b", k]):
            yield passage


def _passage(a: Sentence, b: Sentence) -> Passage | None:
    kin = kinship(a.told, b.told)
    weight = kin.share * min(a.weight, b.weight)
    if weight < LEAST or kin.share < SHARE or kin.exact < 2:
        return None
    return Passage(a, b, kin.share, weight)
