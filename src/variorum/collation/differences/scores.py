"""Scores: votes and rulings whose tallies do not match ("five to two" in one report, "4-3" in the other; "63 votes" and
"sixty-four deputies supported it and 29 opposed it")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from variorum.collation.differences.draft import Collated, Draft, account
from variorum.collation.witness import LONGEST, Witness
from variorum.model import ARTICLE_KINDS, Block, Extent
from variorum.text.numbers import find_numbers
from variorum.text.tables import load_toml

NEAR = 45
"""Characters around a pair of numbers within which a word says that it is a score."""
MOST_ON_BENCH = 10
"""Voters of whom all who did not vote for something voted against it; of more, some may have abstained."""
MOST = 12
"""Scores of one report that are compared."""
CLOSE = 0.1
"""Share by which each side of one score may differ from the other's, where neither their sums nor a side are equal."""


class Score(NamedTuple):
    """The two sides of a vote, the larger first; the second is None where only one is told."""

    more: int
    fewer: int | None


class _Patterns(NamedTuple):
    pair: re.Pattern[str]
    sides: re.Pattern[str]
    lone: re.Pattern[str]
    part: re.Pattern[str]
    voted: re.Pattern[str]
    scored: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    table = load_toml("en/collation_words.toml")
    small = "|".join(table["small_numbers"])
    tens = "|".join(table["tens"])
    number = rf"(\d{{1,3}}|(?:{tens})(?:[ -](?:{small}))?|{small})"
    between = r"(?:\s?[-–—]\s?|[ -]to[ -]| votes? (?:to|against) | against )"
    measured = r"percent|per cent|years?|days?|hours?|minutes?|million|billion|people|km|miles"
    follows = rf"(?![\w:/%–]|[.,]\d|-\d|-[Yy]ear| (?:{measured})\b)"
    opens = r"(?<![\w.,:/$€£–-])"
    words = r"(?:\s+[\w’'-]+){0,4}?\s+"
    yes, no = ("|".join(map(re.escape, table[side])) for side in ("voted_for", "voted_against"))
    # "Twelve places for visitors", "forty said ayes" are no votes.
    cast = "|".join(re.escape(words) for words in table["voted_for"] if words.startswith(("voted", "support", "back")))
    return _Patterns(
        re.compile(rf"{opens}{number}{between}{number}{follows}", re.IGNORECASE),
        re.compile(rf"{opens}{number}{words}(?:{yes})\b[^.;\d]{{0,40}}?\b{number}{words}(?:{no})\b", re.IGNORECASE),
        re.compile(rf"\b(?:by|with|got|received|won)\s+{number}\s+votes\b(?! (?:to|against))", re.IGNORECASE),
        re.compile(rf"{opens}{number} of (?:its|the|their) {number}{words}(?:{yes})\b", re.IGNORECASE),
        re.compile(
            rf"{opens}{number}\s(?:of\s(?:its|the|their)\s{number}\s)?(?:[\w’'-]+\s){{1,3}}?(?:{cast})\b", re.IGNORECASE
        ),
        re.compile(rf"\b(?:{'|'.join(table['scored'])})\b", re.IGNORECASE),
    )


def find(found: Collated) -> Iterator[Draft]:
    """Votes of which reports give scores that do not match: the two that are each other's nearest, and beside them what
    the other reports give of the same vote."""
    told = [(witness, _scores(witness)) for witness in found.witnesses]
    seen: set[Score] = set()
    for n, (one, first) in enumerate(told):
        for other, second in told[n + 1 :]:
            for a, b in _rivals(first, second):
                if a in seen and b in seen:
                    continue
                seen |= {a, b}
                accounts = list(_accounts(told, one, other, a, b))
                entry = next((e for witness, extent in accounts if (e := found.entry_at(witness, extent.start))), None)
                if entry is not None:
                    yield Draft(
                        kind="number",
                        entry=entry,
                        label="score of the vote",
                        accounts=tuple(account(witness, extent) for witness, extent in accounts),
                        weight=0.75,
                        why="the reports do not give the same score",
                    )


def _rivals(first: dict[Score, Extent], second: dict[Score, Extent]) -> Iterator[tuple[Score, Score]]:
    """Scores of two reports that are each other's nearest, neither of which the other report has."""
    mine = [score for score in first if not any(_agree(score, other) for other in second)]
    theirs = [score for score in second if not any(_agree(score, other) for other in first)]
    for a in mine:
        near = min((b for b in theirs if _alike(a, b)), key=lambda b: (_apart(a, b), b[0]), default=None)
        if near is not None and min((x for x in mine if _alike(x, near)), key=lambda x: (_apart(x, near), x[0])) == a:
            yield a, near


def _accounts(
    told: list[tuple[Witness, dict[Score, Extent]]], one: Witness, other: Witness, a: Score, b: Score
) -> Iterator[tuple[Witness, Extent]]:
    for witness, scores in told:
        if witness in (one, other):
            yield witness, scores[a if witness is one else b]
            continue
        same = next((score for score in scores if _agree(score, a) or _agree(score, b)), None)
        near = [score for score in scores if score.fewer is not None and (_alike(score, a) or _alike(score, b))]
        if same is None and near:
            same = min(near, key=lambda score: (min(_apart(score, a), _apart(score, b)), score))
        if same is not None:
            yield witness, scores[same]


def _agree(a: Score, b: Score) -> bool:
    return a.more == b.more and (a.fewer == b.fewer or a.fewer is None or b.fewer is None)


def _apart(a: Score, b: Score) -> int:
    return abs(a.more - b.more) + abs((a.fewer or 0) - (b.fewer or 0) if None not in (a.fewer, b.fewer) else 0)


def _alike(a: Score, b: Score) -> bool:
    """Whether two scores that are not equal may be of one vote: of one bench, or but little apart."""
    close = abs(a.more - b.more) <= CLOSE * max(a.more, b.more)
    if a.fewer is None or b.fewer is None:
        return close and min(a.more, b.more) >= 1 / CLOSE
    if a.more + a.fewer == b.more + b.fewer:
        return True
    near = close and abs(a.fewer - b.fewer) <= max(2, CLOSE * max(a.fewer, b.fewer))
    one_side = (a.more == b.more) != (a.fewer == b.fewer)
    return near or (one_side and max(a.more, b.more) <= 1.5 * min(a.more, b.more))


def _scores(witness: Witness) -> dict[Score, Extent]:
    """The scores that a report's story gives, larger side first, each where the story first gives it."""
    told = [block for block in witness.reading.blocks if block.kind in ARTICLE_KINDS]
    scores: dict[Score, Extent] = {}
    # The words of the story are shown rather than those of its headline.
    for block in sorted(told, key=lambda block: block.kind in ("headline", "subheading")):
        for score, extent in _in_block(witness, block):
            if len(scores) < MOST:
                scores.setdefault(score, extent)
    whole = [score for score in scores if score.fewer is not None]
    # One side alone says nothing beside the whole score.
    return {s: at for s, at in scores.items() if s.fewer is not None or not any(_agree(s, other) for other in whole)}


def _in_block(witness: Witness, block: Block) -> Iterator[tuple[Score, Extent]]:
    patterns, limit = _patterns(), min(block.end, block.start + LONGEST)
    for match in patterns.pair.finditer(witness.text, block.start, limit):
        low, high = max(block.start, match.start() - NEAR), min(block.end, match.end() + NEAR)
        after = patterns.scored.search(witness.text, match.end(), high)
        if after is None and patterns.scored.search(witness.text, low, match.end()) is None:
            continue
        close = after is not None and after.start() - match.end() <= NEAR // 2
        yield _score(match), Extent(match.start(), after.end() if after is not None and close else match.end())
    for match in patterns.sides.finditer(witness.text, block.start, limit):
        yield _score(match), Extent(*match.span())
    for match in patterns.part.finditer(witness.text, block.start, limit):
        some, all_of = (_number(side) for side in match.groups())
        if some <= all_of < MOST_ON_BENCH:
            yield Score(max(some, all_of - some), min(some, all_of - some)), Extent(*match.span())
    for match in patterns.voted.finditer(witness.text, block.start, limit):
        yield Score(_number(match.group(1)), None), Extent(*match.span())
    for match in patterns.lone.finditer(witness.text, block.start, limit):
        yield Score(_number(match.group(1)), None), Extent(match.start(1), match.end())


def _score(match: re.Match[str]) -> Score:
    fewer, more = sorted(_number(side) for side in match.groups())
    return Score(more, fewer)


def _number(words: str) -> int:
    return int(words) if words.isdigit() else int(find_numbers(words)[0].value or 0)
