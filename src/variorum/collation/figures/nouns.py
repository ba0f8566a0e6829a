"""Unequal numbers of things that are called alike: "seven agreements" here, "five memorandums" there.

Where two reports each count one kind of thing once, or say like things beside their counts, the counts are of one thing,
whichever of its names each report uses ("troops", "soldiers") and in whatever unit it measures ("cubic metres of mud",
"tonnes of mud").
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from variorum.collation.contexts import bounds_apart, currency_of, is_conversion
from variorum.collation.figures.accounts import Account, kin_beside, of_another_year
from variorum.collation.figures.sameness import expected
from variorum.collation.quantities import compatible, interval
from variorum.collation.states import is_state_word
from variorum.collation.words import concept, fold, folded, is_light
from variorum.text.tables import load_toml

FEW = 6
"""Up to this many reports their counts of like things are compared."""
APART = 4.0
"""How many times one number may be another of the same thing where nothing but the noun says so."""
WIDELY = 12.0
"""The same where much the same is said beside both."""
BESIDE = 1.2
"""Weight of the words that two counts must share beside them where their noun is one that a report counts often."""
WELL = 2.4
"""The same for counts that are far apart."""


def pairs(accounts: list[Account], reports: int) -> list[tuple[Account, Account]]:
    """Pairs of accounts of two reports that count one thing and give different numbers for it, the surest first."""
    if reports > FEW:
        return []
    counted: dict[str, list[Account]] = defaultdict(list)
    for one in accounts:
        noun = noun_of(one)
        if noun is not None and one.quantity.concept in (None, "jobs") and not of_another_year(one):
            counted[noun].append(one)
    found: list[tuple[float, int, Account, Account]] = []
    for noun in sorted(counted):
        own: dict[int, list[Account]] = defaultdict(list)
        for one in counted[noun]:
            own[one.witness.number].append(one)
        for first in sorted(own):
            for second in (n for n in sorted(own) if n > first):
                found += _between(noun, own[first], own[second], len(found))
    return [(a, b) for _, _, a, b in sorted(found, key=lambda f: f[:2])]


def restated(pair: tuple[Account, Account], accounts: list[Account]) -> list[Account]:
    """What the reports of a pair give again, the same number under a like noun ("five pacts" over "five memorandums")."""
    return [
        other
        for one in pair
        for other in accounts
        if other is not one
        and other.witness is one.witness
        and other.figure.value == one.figure.value
        and noun_of(other) == noun_of(one)
    ]


def noun_of(account: Account) -> str | None:
    """What is counted, as the name of its group of like nouns, or None where the words name nothing that can be
    compared."""
    figure = account.figure
    if figure.value is None or is_conversion(account.witness, figure):
        return None
    if figure.kind == "count":
        words = folded(figure.unit or "") or folded(figure.what or "")
        noun = words[-1] if words else None
    elif figure.kind == "measure":
        words = tuple(
            word
            for word in folded(figure.what or "")
            if not is_light(word) and not is_state_word(word) and word not in _units(figure.unit)
        )
        noun = words[0] if words else None
    else:
        return None
    if noun is None or is_light(noun) or any(c.isdigit() for c in noun):
        return None
    name = _alike().get(concept(noun), concept(noun))
    return f"{figure.kind} {name}"


def _units(unit: str | None) -> tuple[str, ...]:
    own = folded(unit or "")
    return (*own, *(f"{word}s" for word in own), *(word.replace("re", "er") for word in own))


@cache
def _alike() -> dict[str, str]:
    return {
        concept(fold(noun)): group[0]
        for group in load_toml("en/figure_concepts.toml")["counted"]["alike"]
        for noun in group
    }


@cache
def _often() -> frozenset[str]:
    alike = _alike()
    own = (concept(fold(noun)) for noun in load_toml("en/figure_concepts.toml")["counted"]["often"])
    return frozenset(f"count {alike.get(noun, noun)}" for noun in own)


def _between(
    noun: str, first: list[Account], second: list[Account], n: int
) -> list[tuple[float, int, Account, Account]]:
    """The pair of two reports' counts of a thing that is surest, if any is sure enough and none of them agree."""
    if any(
        a.figure.value == b.figure.value or (compatible(a.figure, b.figure) and not bounds_apart(a.figure, b.figure))
        for a in first
        for b in second
    ):
        return []
    sole = all(len({a.figure.value for a in own}) == 1 for own in (first, second))
    options = []
    for k, (a, b) in enumerate((a, b) for a in first for b in second):
        kin, weight = kin_beside(a, b)
        low, high = sorted(max(interval(x.figure)[0], 1.0) for x in (a, b))
        if expected(a) != expected(b):
            continue
        one_unit = a.figure.kind == "count" or currency_of(a.figure) == currency_of(b.figure)
        apart = high / low if one_unit else 1.0
        needed = (0.0 if sole and noun not in _often() else BESIDE) if apart <= APART else WELL
        if apart <= WIDELY and weight >= needed and (kin.exact or not needed) and (high > 3 or weight >= BESIDE):
            options.append((-weight, n + k, a, b))
    return sorted(options, key=lambda option: option[:2])[:1]
