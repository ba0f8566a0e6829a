"""Lengths of time: how long one thing is, by reports that do not agree ("a ten-day truce", "a pause of one week").

A figure of the event need not be behind them, so they are looked for in the reports' own words. What a span is the length
of is the noun beside it; two reports mean one thing by it where that noun is the same or near in sense and each of them
gives it one length only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from variorum.collation.alignment import Sense, kinship, weight_in_common
from variorum.collation.contexts import near_words
from variorum.collation.differences.draft import Collated, Draft, account
from variorum.collation.witness import LONGEST, Witness
from variorum.collation.words import concept, fold, is_light, near_groups
from variorum.model import Extent
from variorum.text.dates import find_durations
from variorum.text.tables import load_toml

FEW = 6
"""Up to this many reports their spans are compared each with each."""
LEAST, LEAST_NEAR = 0.8, 1.4
"""Weight of what must stand beside both spans, where their nouns are the same and where they are only near in sense."""
APART = 12.0
"""How many times one span may be another one of the same thing."""
ROUNDED = 0.08
"""Share of a span by which another may differ and be the same, told in another unit ("a month", "30 days")."""


@dataclass(frozen=True, slots=True)
class _Span:
    witness: Witness
    extent: Extent
    days: float
    nouns: tuple[str, ...]
    """The words that say what it is the length of."""
    near: tuple[Sense, ...]


_AFTER = re.compile(r"(?:\sof\s|\sin\s|-(?:long\s)?|\s(?:long\s)?)(?P<words>[^\W\d_]+(?:[-\s][^\W\d_]+){0,2})")
_BEFORE = re.compile(
    r"(?P<words>[^\W\d_]+)\s(?:(?:that|which|will|would|is|was|to|set|due)\s)*"
    r"(?:of|for|lasting|lasts?|lasted|running)\s(?:(?:at|least|about|around|some|up|to|only|just|an?|initial|further)\s)*$"
)
REACH = 60
"""Characters beside a span within which its noun stands."""


def find(found: Collated) -> Iterator[Draft]:
    """One difference for a thing that two reports give different lengths."""
    if not 1 < len(found.witnesses) <= FEW:
        return
    spans = {witness.number: list(_spans(witness)) for witness in found.witnesses}
    told: set[tuple[int, Extent]] = set()
    for one, two in combinations(found.witnesses, 2):
        for a, b in _pairs(spans[one.number], spans[two.number]):
            entry = found.entry_at(a.witness, a.extent.start) or found.entry_at(b.witness, b.extent.start)
            if entry is None or {(one.number, a.extent), (two.number, b.extent)} & told:
                continue
            others = [
                same[0]
                for n in sorted(spans)
                if n not in (one.number, two.number) and (same := [s for s in spans[n] if _one(s, a) or _one(s, b)])
            ]
            shown = sorted((_in_body(s, spans) for s in (a, b, *others)), key=lambda s: s.witness.number)
            told |= {(s.witness.number, s.extent) for s in (a, b, *shown)}
            yield Draft(
                kind="number",
                entry=entry,
                label=f"length of time: {a.nouns[0]}",
                accounts=tuple(account(s.witness, s.extent) for s in shown),
                weight=0.62,
                why="the same thing is given different lengths of time",
            )


def _spans(witness: Witness) -> Iterator[_Span]:
    """The spans of time of a report's story of which it says what they are the length of."""
    for block in witness.reading.blocks:
        if not witness.in_article(block.extent):
            continue
        for duration in find_durations(witness.text[block.start : min(block.end, block.start + LONGEST)]):
            at = Extent(block.start + duration.extent.start, block.start + duration.extent.end)
            nouns = _nouns(witness, at)
            near = tuple(sense for sense, _ in near_words(witness, at))
            if nouns and near:
                yield _Span(witness, at, duration.days, nouns, near)


def _nouns(witness: Witness, at: Extent) -> tuple[str, ...]:
    """The words right beside a span that say what lasts so long."""
    hyphenated = witness.text[at.end : at.end + 1] == "-" or "-" in witness.words(at)
    sentence = witness.sentence(at.start)
    after = _AFTER.match(witness.text, at.end, min(len(witness.text), at.end + REACH))
    before = _BEFORE.search(witness.text, max(sentence.start, at.start - REACH), at.start)
    if after is not None and (hyphenated or (before is None and after.group()[:4] in (" of ", " in "))):
        run = []
        for word in re.split(r"[-\s]", after["words"]):
            if is_light(fold(word)) or word[:1].isupper():
                break
            run.append(fold(word))
        return () if set(run) & _of_age() else tuple(run)
    if before is not None and not is_light(fold(before["words"])):
        return (fold(before["words"]),)
    return ()


@cache
def _of_age() -> frozenset[str]:
    return frozenset(load_toml("en/collation_words.toml")["no_length"])


def _pairs(first: list[_Span], second: list[_Span]) -> Iterator[tuple[_Span, _Span]]:
    """Spans of one thing in two reports that are not the same, the surest first."""
    options = []
    for n, a in enumerate(first):
        for k, b in enumerate(second):
            same, like = _alike(a, b)
            low, high = sorted((a.days, b.days))
            if not (same or like) or high <= (1 + ROUNDED) * low or high > APART * low:
                continue
            if not (_one_length(a, first, b) and _one_length(b, second, a)):
                continue
            kin = kinship(a.near, b.near)
            weight = weight_in_common(kin, a.near, b.near)
            if weight >= (LEAST if same else LEAST_NEAR):
                options.append((not same, -weight, n, k))
    for _, _, n, k in sorted(options):
        yield first[n], second[k]


def _alike(a: _Span, b: _Span) -> tuple[bool, bool]:
    """Whether two spans are lengths of the same thing, and of like things."""
    first, second = {concept(w) for w in a.nouns}, {concept(w) for w in b.nouns}
    groups = [frozenset[str]().union(*(near_groups(w) for w in words)) for words in (first, second)]
    return bool(first & second), bool(groups[0] & groups[1])


def _one_length(own: _Span, spans: list[_Span], other: _Span) -> bool:
    """Whether a report gives the thing one length only, and nowhere the other report's."""
    return all(abs(s.days - own.days) <= ROUNDED * own.days for s in spans if any(_alike(s, own))) and not any(
        abs(s.days - other.days) <= ROUNDED * other.days for s in spans if any(_alike(s, other))
    )


def _one(a: _Span, b: _Span) -> bool:
    return any(_alike(a, b)) and abs(a.days - b.days) <= ROUNDED * b.days


def _in_body(span: _Span, spans: dict[int, list[_Span]]) -> _Span:
    """The same length as the report's body gives it, rather than its headline."""
    for other in (span, *spans[span.witness.number]):
        block = other.witness.block_at(other.extent.start)
        if block is not None and block.kind == "body" and abs(other.days - span.days) <= ROUNDED * span.days:
            return other
    return span
