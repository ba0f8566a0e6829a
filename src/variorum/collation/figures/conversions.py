"""One thing that reports measure in different units, or price in different currencies.

What ties such numbers together is what is said beside them, not their values: "a contract worth $12 billion", "will pay
about 11 billion euros under the contract". All that a report says beside one number, in its headline and its text, counts
as said of it. Two numbers are of one thing where each is the other's best and neither report has the other's number.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from variorum.collation.alignment import Sense, kinship, senses, weight_in_common
from variorum.collation.contexts import is_conversion, near_words
from variorum.collation.dimensions import MONEY, agree, dimension_of, is_rate, rates_differ, units_differ
from variorum.collation.figures.accounts import Account, of_another_year
from variorum.collation.states import states_in
from variorum.collation.words import folded, words_of
from variorum.model import Extent, Figure

FEWEST_REPORTS, MOST_REPORTS = 2, 8
"""Reports of a story whose numbers are compared so."""
LEAST = (2.6, 0.3), (4.0, 0.2)
"""Weight of what must stand beside both numbers, and its share of what stands beside the one: a rare word right beside
both and others further off, or much of the two sentences."""
LEAST_AGREEING = 0.5
"""The same weight where the two agree when they are converted. Rates that agree need nothing beside them."""
MOST_NUMBERS = 60
"""Numbers of a report that are looked at."""


@dataclass(frozen=True, slots=True)
class _Told:
    """One number of a report, with all that is said beside it wherever the report gives it."""

    accounts: tuple[Account, ...]
    near: tuple[Sense, ...]
    words: tuple[str, ...]

    @property
    def lead(self) -> Account:
        return self.accounts[0]


def in_other_units(accounts: list[Account]) -> Iterator[tuple[Account, Account, tuple[str, ...]]]:
    """Pairs of accounts of two reports that are of one thing in two units or currencies, the surest first, with the
    words that stand beside both."""
    by_report: dict[int, list[Account]] = defaultdict(list)
    for account in accounts:
        if dimension_of(account.figure) and account.figure.value and not of_another_year(account):
            by_report[account.witness.number].append(account)
    if not FEWEST_REPORTS <= len(by_report) <= MOST_REPORTS:
        return
    told = {number: _weighed(list(_merged(own[:MOST_NUMBERS]))) for number, own in sorted(by_report.items())}
    options = []
    for one, two in combinations(sorted(told), 2):
        scores = {
            (n, k): score
            for n, a in enumerate(told[one])
            for k, b in enumerate(told[two])
            if (score := _of_one_thing(a, b, told[one], told[two]))
        }
        for (n, k), score in scores.items():
            best = all(score >= other for (m, j), other in scores.items() if m == n or j == k)
            if best:
                options.append((-score, one, n, two, k))
    for _, one, n, two, k in sorted(options):
        a, b = told[one][n], told[two][k]
        beside = {sense.concept for sense in b.near}
        yield a.lead, b.lead, tuple(w for s, w in zip(a.near, a.words, strict=True) if s.concept in beside)[:4]


def _merged(accounts: list[Account]) -> Iterator[_Told]:
    """The numbers of one report; equal ones are one, with what is said beside each of them."""
    groups: dict[tuple[object, ...], list[Account]] = defaultdict(list)
    for account in accounts:
        if not is_conversion(account.witness, account.figure):
            groups[account.figure.value, account.figure.unit].append(account)
    for group in groups.values():
        best: dict[str, tuple[Sense, str]] = {}
        for account in group:
            figure = account.figure
            # "Five tonnes of gold", "a 40-million bank fraud": the noun beside a sum or measure tells most.
            near = [
                *near_words(account.witness, figure.extent, left_out=folded(figure.unit or ""), itself=True),
                *_around(account),
            ]
            for sense, word in near:
                if sense.concept not in best or best[sense.concept][0].weight < sense.weight:
                    best[sense.concept] = sense, word
        if best:
            yield _Told(tuple(group), tuple(s for s, _ in best.values()), tuple(w for _, w in best.values()))


SENTENCE = 0.5
"""What a word elsewhere in a number's sentence is worth beside one in its clause."""


def _around(account: Account) -> Iterator[tuple[Sense, str]]:
    """The rest of a number's sentence, as far as it stands beside the whole of it."""
    sentence = account.witness.sentence(account.figure.start)
    for low, high in ((sentence.start, account.figure.start), (account.figure.end, sentence.end)):
        for word in words_of(account.witness.text, (Extent(low, max(low, high)),)):
            for sense in senses([word]):
                away = min(abs(word.extent.start - account.figure.end), abs(account.figure.start - word.extent.end))
                weight = sense.weight * SENTENCE * 30 / (30 + away)
                if not any(c.isdigit() for c in word.text):
                    yield Sense(sense.concept, sense.groups, weight), account.witness.words(word.extent)


def _weighed(told: list[_Told]) -> list[_Told]:
    """The numbers of a report, their words weighing less the more of its numbers have them near."""
    counts = Counter(sense.concept for one in told for sense in one.near)
    return [
        _Told(
            one.accounts, tuple(Sense(s.concept, s.groups, s.weight / counts[s.concept]) for s in one.near), one.words
        )
        for one in told
    ]


def _of_one_thing(a: _Told, b: _Told, first: list[_Told], second: list[_Told]) -> float:
    """How sure it is that two numbers in different units are of one thing; 0 where it is not."""
    one, two = a.lead.figure, b.lead.figure
    if dimension_of(one) != dimension_of(two) or not (units_differ(one, two) or rates_differ(one, two)):
        return 0.0
    if any(_is(other, two) for other in first) or any(_is(other, one) for other in second):
        return 0.0  # a report that has the other's number too means another thing by its own
    if dimension_of(one) == MONEY and _of_two_states(a, b):
        return 0.0
    kin = kinship(a.near, b.near)
    weight = weight_in_common(kin, a.near, b.near)
    if agree(one, two):
        return 1.0 + weight if is_rate(one) or (kin.exact and weight >= LEAST_AGREEING) else 0.0
    return weight if kin.exact and any(weight >= least and kin.share >= share for least, share in LEAST) else 0.0


def _of_two_states(a: _Told, b: _Told) -> bool:
    """Whether the sentences that give two sums name states, and none in common: each tells of another one's money."""
    one, two = (
        frozenset().union(*(states_in(x.witness.words(x.witness.sentence(x.figure.start))) for x in told.accounts))
        for told in (a, b)
    )
    return bool(one and two) and not one & two


def _is(told: _Told, figure: Figure) -> bool:
    own = told.lead.figure
    return own.value == figure.value and own.unit == figure.unit
