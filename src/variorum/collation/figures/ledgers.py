"""Ledgers: the accounts of one quantity over all reports.

Accounts whose numbers agree come together first; then ledgers that give different numbers of one quantity; last, numbers that
only the words beside them tell to be of one thing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

from variorum.collation.contexts import Number, rivals
from variorum.collation.figures.accounts import Account, counts_others, of_another_year
from variorum.collation.figures.conversions import in_other_units
from variorum.collation.figures.nouns import pairs, restated
from variorum.collation.figures.opposite import of_two_things, opposites
from variorum.collation.figures.sameness import close_counts, in_time, may_rival, one_voucher, same_nouns, same_quantity
from variorum.collation.passages import Passage
from variorum.collation.quantities import RATIO, Quantity, compatible, quantity_of, same_place
from variorum.collation.witness import Witness
from variorum.model import Extent


@dataclass(slots=True)
class Ledger:
    """The accounts of one quantity."""

    accounts: list[Account] = field(default_factory=list)
    beside: tuple[str, ...] = ()
    """Where only the words beside them tell that the numbers are of one thing: those words."""

    @property
    def lead(self) -> Account:
        """The account that names the quantity: of a known concept, with the most said about place."""
        return self.accounts[0]

    @property
    def matters(self) -> float:
        """How much what is counted matters, 0 to 1; 0 where the table does not know it."""
        return self.lead.quantity.matters


def grouped(accounts: list[Account]) -> list[Ledger]:
    """Ledgers: first accounts whose numbers agree, those that say most about place first; then tolls that disagree."""
    kinds: dict[tuple[str, ...], list[Ledger]] = defaultdict(list)
    ledgers: list[Ledger] = []
    order = sorted(
        accounts,
        key=lambda a: (
            not (a.quantity.states or a.quantity.place),
            a.figure.since is None,
            a.witness.number,
            a.figure.start,
        ),
    )
    for account in order:
        fitting = [
            (likeness, -n, ledger)
            for n, ledger in enumerate(_candidates(account, kinds))
            if (likeness := _fits(account, ledger)) > 0
        ]
        if fitting:
            ledger = max(fitting, key=lambda f: (f[0], f[1]))[2]
        else:
            ledger = Ledger()
            ledgers.append(ledger)
        for key in _keys(account):
            if not any(ledger is other for other in kinds[key]):
                kinds[key].append(ledger)
        ledger.accounts.append(account)
    ledgers = _with_rivals(ledgers, _first_tolls(accounts))
    for ledger in ledgers:
        ledger.accounts.sort(key=lambda a: a.order)
    return ledgers


def _keys(account: Account) -> list[tuple[str, ...]]:
    quantity = account.quantity
    keys: list[tuple[str, ...]] = []
    if quantity.concept:
        keys.append((quantity.concept, quantity.population))
    if account.figure.value is not None and (account.figure.kind == "amount" or not quantity.concept):
        keys.append(("value", f"{account.figure.value:.10g}"))
    return keys if quantity.concept else [*keys, *(("noun", noun) for noun in sorted(quantity.nouns))]


def _candidates(account: Account, kinds: dict[tuple[str, ...], list[Ledger]]) -> list[Ledger]:
    found: list[Ledger] = []
    for key in _keys(account):
        found += [ledger for ledger in kinds.get(key, ()) if not any(ledger is other for other in found)]
    return found


def _fits(account: Account, ledger: Ledger) -> float:
    """How well an account fits a ledger: 0 where it cannot be of the same quantity."""
    restated = [o for o in ledger.accounts if o.witness is account.witness and same_quantity(account, o) > 0]
    if restated and account.quantity.concept is not None and not account.quantity.place:
        # A headline and the body of one report give one number twice.
        return 0.8
    score = 0.0
    for other in _sample(ledger.accounts):
        alike = same_quantity(account, other)
        if alike <= 0:
            return 0.0
        score = max(score, alike)
    return score


def _sample(accounts: list[Account]) -> list[Account]:
    """Accounts that stand for a ledger in a comparison: the first few and the last, one a number."""
    seen: dict[tuple[object, ...], Account] = {}
    for account in accounts:
        seen.setdefault((account.figure.value, account.figure.bound, account.figure.place), account)
    return list(seen.values())[:12]


def _first_tolls(accounts: list[Account]) -> set[int]:
    """For each report, the first count of each concept, class and place: the toll of what it reports, not of a part
    of it."""
    first: dict[tuple[object, ...], Account] = {}
    for account in accounts:
        quantity = account.quantity
        if quantity.concept is not None and not counts_others(account) and not of_another_year(account):
            where = tuple(sorted(quantity.states)) or tuple(sorted(quantity.place))
            first.setdefault((account.witness.number, quantity.concept, quantity.population, where), account)
    return {id(account) for account in first.values()} | {id(account) for account in accounts if account.estimate}


def _with_rivals(ledgers: list[Ledger], first: set[int]) -> list[Ledger]:
    """Joins ledgers that give different numbers of one quantity: each holds the first tolls of its reports."""
    named: dict[tuple[str | None, str], list[Quantity]] = defaultdict(list)
    for ledger in ledgers:
        for account in ledger.accounts:
            quantity = account.quantity
            if id(account) in first and (quantity.states or quantity.place):
                named[quantity.concept, quantity.population].append(quantity)
    one_place = {counted: _of_one_place(quantities) for counted, quantities in named.items()}
    # Of which people some of the dead were says nothing about where the others died.
    one_scene = {
        counted: _of_one_place([q for q in quantities if not _by_people(q)]) for counted, quantities in named.items()
    }
    kept: list[Ledger] = []
    for ledger in sorted(ledgers, key=lambda x: (-len({a.witness.number for a in x.accounts}), x.lead.order)):
        quantity = ledger.lead.quantity
        counted = quantity.concept, quantity.population
        of_one, of_scene = one_place.get(counted, True), one_scene.get(counted, True)
        part = _has_part(ledger)
        rival = next(
            (
                other
                for other in kept
                if _rivals(ledger, other, first, of_one if part or _has_part(other) else of_scene)
            ),
            None,
        )
        if rival is None:
            kept.append(ledger)
        else:
            rival.accounts += ledger.accounts
    return kept


def _of_one_place(quantities: list[Quantity]) -> bool:
    return all(same_place(a, b) for a, b in combinations(quantities[:MOST_PLACES], 2))


def _by_people(quantity: Quantity) -> bool:
    """Whether only the people counted, and no place, give a quantity its state ("three Danes")."""
    return bool(quantity.nationals) and not quantity.place


def _has_part(ledger: Ledger) -> bool:
    return any(_by_people(account.quantity) for account in ledger.accounts)


MOST_PLACES = 40
"""Counts of one thing whose places are compared each with each."""


def _rivals(a: Ledger, b: Ledger, first: set[int], one_place: bool) -> bool:
    if all(close_counts(x, y) or one_voucher(x, y) for x in a.accounts for y in _sample(b.accounts)):
        return True
    one = [account for account in a.accounts if id(account) in first]
    two = [account for account in b.accounts if id(account) in first]
    if a.lead.quantity.concept is None:
        return all(same_nouns(x, y) for x in a.accounts for y in _sample(b.accounts))
    if not one or not two or any(not may_rival(x, y, one_place) for x in a.accounts for y in _sample(b.accounts)):
        return False
    return all(
        in_time(x, y) or x.estimate or y.estimate for x in a.accounts for y in b.accounts if x.witness is y.witness
    )


def with_unlike(
    ledgers: list[Ledger], witnesses: tuple[Witness, ...], passages: Sequence[Passage] = ()
) -> list[Ledger]:
    """Joins ledgers whose numbers do not agree but are of one thing by the words beside them or by the sentences that they
    stand in, and adds such numbers as are otherwise no entry (ages, durations) where two reports disagree about them."""
    at = {(a.witness.number, a.figure.extent): ledger for ledger in ledgers for a in ledger.accounts}
    kept = list(ledgers)
    told = [((p.a, p.b), p.beside, True) for p in opposites(passages)]
    told += [((_account_of(p.a), _account_of(p.b)), p.shared, False) for p in rivals(witnesses)]
    for pair, beside, in_passage in told:
        one, two = (at.get((x.witness.number, x.figure.extent)) for x in pair)
        if (one is two and one is not None) or of_two_things(*pair):
            continue
        for account, ledger in zip(pair, (one, two), strict=True):
            if ledger is None:
                made = Ledger([account], beside=beside)
                at[account.witness.number, account.figure.extent] = made
                kept.append(made)
        one, two = (at[x.witness.number, x.figure.extent] for x in pair)
        if not _may_join(one, two, of_table=in_passage):
            continue
        one.accounts += two.accounts
        one.beside = one.beside or beside
        kept = [ledger for ledger in kept if ledger is not two]
        for account in two.accounts:
            at[account.witness.number, account.figure.extent] = one
    kept = _with_like_nouns(kept, at, len(witnesses))
    kept = _with_other_units(kept, at)
    lone = [x for x in kept if x.beside and len({a.witness.number for a in x.accounts}) < 2]
    for ledger in kept:
        ledger.accounts.sort(key=lambda a: a.order)
    return [ledger for ledger in kept if not any(ledger is other for other in lone)]


def _account_of(number: Number) -> Account:
    return Account(number.witness, number.figure, quantity_of(number.witness, number.figure))


def _with_like_nouns(ledgers: list[Ledger], at: dict[tuple[int, Extent], Ledger], reports: int) -> list[Ledger]:
    """Joins ledgers that count one thing under like nouns; what a report gives twice under two of them goes along."""
    accounts = [account for ledger in ledgers for account in ledger.accounts]
    gone: set[int] = set()
    for a, b in pairs(accounts, reports):
        one, two = at[a.witness.number, a.figure.extent], at[b.witness.number, b.figure.extent]
        if one is two or not _may_join(one, two) or of_two_things(a, b):
            continue
        again = [at[x.witness.number, x.figure.extent] for x in restated((a, b), accounts)]
        for other in (two, *again):
            if other is not one and id(other) not in gone:
                one.accounts += other.accounts
                gone.add(id(other))
                for account in other.accounts:
                    at[account.witness.number, account.figure.extent] = one
    return [ledger for ledger in ledgers if id(ledger) not in gone]


def _with_other_units(ledgers: list[Ledger], at: dict[tuple[int, Extent], Ledger]) -> list[Ledger]:
    """Joins ledgers of one thing that is measured in several units or priced in several currencies."""
    gone: set[int] = set()
    for a, b, beside in in_other_units([account for ledger in ledgers for account in ledger.accounts]):
        one, two = at[a.witness.number, a.figure.extent], at[b.witness.number, b.figure.extent]
        shared = {x.witness.number for x in one.accounts} & {x.witness.number for x in two.accounts}
        if one is two or shared:
            continue
        one.accounts += two.accounts
        one.beside = one.beside or beside
        gone.add(id(two))
        for account in two.accounts:
            at[account.witness.number, account.figure.extent] = one
    return [ledger for ledger in ledgers if id(ledger) not in gone]


def _may_join(one: Ledger, two: Ledger, *, of_table: bool = False) -> bool:
    """Whether two ledgers may be of one thing: not both of concepts of the table, which has rules of its own, unless it is
    one concept and the sentences tell the same thing (``of_table``), and no report gives two numbers for it that cannot both
    be meant ("14 civilians were killed", "the mission has reports of at least 10 deaths")."""
    first, second = one.lead.quantity, two.lead.quantity
    one_concept = (first.concept, first.population) == (second.concept, second.population)
    if None not in (first.concept, second.concept) and not (of_table and one_concept):
        return False
    if any(of_another_year(a) for ledger in (one, two) for a in ledger.accounts):
        return False
    return all(
        of_table and (compatible(a.figure, b.figure) or _reached(a, b) or _reached(b, a))
        for a in one.accounts
        for b in two.accounts
        if a.witness is b.witness
    )


def _reached(least: Account, other: Account) -> bool:
    """Whether a number is what another one gives a lower end of, and not so much more that it counts more."""
    low, value = least.figure.value or 0.0, other.figure.value or 0.0
    return least.figure.bound in ("at least", "more than") and low <= value <= RATIO * low
