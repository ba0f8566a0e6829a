"""Scores: votes and rulings whose tallies do not match ("five to two" in one report, "4-3" in the other)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from variorum.collation.differences.draft import Collated, Draft, account
from variorum.collation.witness import LONGEST, Witness
from variorum.model import ARTICLE_KINDS, Extent
from variorum.text.tables import load_toml

NEAR = 45
"""Characters around a pair of numbers within which a word says that it is a score."""

Score = tuple[int, int]


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, int]]:
    table = load_toml("en/collation_words.toml")
    small = {word: n for n, word in enumerate(table["small_numbers"], start=1)}
    number = rf"(\d{{1,3}}|{'|'.join(small)})"
    between = r"(?:\s?[-–—]\s?|[ -]to[ -]| votes? to | against )"
    measured = r"percent|per cent|years?|days?|hours?|minutes?|million|billion|people|km|miles"
    follows = rf"(?![\w:/%–]|[.,]\d|-\d|-[Yy]ear| (?:{measured})\b)"
    pair = rf"(?<![\w.,:/$€£–-]){number}{between}{number}{follows}"
    return (
        re.compile(pair, re.IGNORECASE),
        re.compile(rf"\b(?:{'|'.join(table['scored'])})\b", re.IGNORECASE),
        small,
    )


def find(found: Collated) -> Iterator[Draft]:
    """Scores that two reports give of what is one vote: each has one that the other has not, and no other is left."""
    told = [(witness, _scores(witness)) for witness in found.witnesses]
    seen: set[frozenset[Score]] = set()
    for n, (one, first) in enumerate(told):
        for other, second in told[n + 1 :]:
            mine, theirs = sorted(set(first) - set(second)), sorted(set(second) - set(first))
            if len(mine) != 1 or len(theirs) != 1 or frozenset((mine[0], theirs[0])) in seen:
                continue
            seen.add(frozenset((mine[0], theirs[0])))
            a, b = first[mine[0]], second[theirs[0]]
            entry = _entry(one, a, found) or _entry(other, b, found)
            if entry is not None:
                yield Draft(
                    kind="number",
                    entry=entry,
                    label="score of the vote",
                    accounts=(account(one, a), account(other, b)),
                    weight=0.7,
                    why="the reports do not give the same score",
                )


def _scores(witness: Witness) -> dict[Score, Extent]:
    """The scores that a report's story gives, larger side first, each where the story first gives it."""
    pair, beside, small = _patterns()
    scores: dict[Score, Extent] = {}
    told = [block for block in witness.reading.blocks if block.kind in ARTICLE_KINDS]
    # The words of the story are shown rather than those of its headline.
    for block in sorted(told, key=lambda block: block.kind in ("headline", "subheading")):
        for match in pair.finditer(witness.text, block.start, min(block.end, block.start + LONGEST)):
            low, high = max(block.start, match.start() - NEAR), min(block.end, match.end() + NEAR)
            after = beside.search(witness.text, match.end(), high)
            if after is None and beside.search(witness.text, low, match.start()) is None:
                continue
            sides = [small.get(side.lower()) or int(side) for side in match.groups()]
            close = after is not None and after.start() - match.end() <= NEAR // 2
            end = after.end() if after is not None and close else match.end()
            scores.setdefault((max(sides), min(sides)), Extent(match.start(), end))
    return scores


def _entry(witness: Witness, extent: Extent, found: Collated) -> str | None:
    """The event told in the sentence of a score, else the first actor that it names."""
    sentence = witness.sentence(extent.start)
    for event, happening in found.events:
        if any(t.witness is witness and sentence.covers(t.event.trigger) for t in happening.tellings):
            return event.id
    return next(iter(found.cast.all_at(witness, sentence)), None)
