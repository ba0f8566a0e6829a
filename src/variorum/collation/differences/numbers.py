"""Figures: numbers that do not match, vouchers called otherwise, figures that one report alone has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, pairwise

from variorum.collation.contexts import against_each_other, is_conversion, roughly_or_bounded
from variorum.collation.differences import vouchers
from variorum.collation.differences.draft import Collated, Draft, account, lacking
from variorum.collation.differences.vouchers import FEW, WORTH_AN_OMISSION, matters_of
from variorum.collation.dimensions import dimension_of, rates_differ, units_differ
from variorum.collation.figures import Account, Ledger, later_than, of_another_year, updating, words_of_figure
from variorum.collation.quantities import COUNTS, compatible, interval, is_weighty, same_place
from variorum.model import DifferenceAccount, Extent, RecordFigure


def find(found: Collated) -> Iterator[Draft]:
    """Differences of numbers and of vouchers, and figures of one report only."""
    alone: set[tuple[int, str | None, str, bool]] = set()
    for entry, ledger in found.figures:
        yield from _numbers(entry, ledger)
        yield from _estimates(entry, ledger)
        yield from vouchers.find(entry, ledger, found)
        quantity = ledger.lead.quantity
        if len({a.witness.number for a in ledger.accounts}) > 1:
            continue
        lone = (ledger.lead.witness.number, quantity.concept, quantity.population, of_another_year(ledger.lead))
        if quantity.concept is None or lone not in alone:
            # Of several such figures of one report the first speaks for all.
            alone.add(lone)
            yield from _alone(entry, ledger, found)


RECALLED = 0.45
"""What a number of another year's event weighs beside one of this event."""


def _estimates(entry: RecordFigure, ledger: Ledger) -> Iterator[Draft]:
    """Another voucher's number that a report sets beside the first, against the other reports' numbers."""
    for rival in (a for a in ledger.accounts if a.estimate):
        told = [rival]
        for one in ledger.accounts:
            clash = not one.estimate and not compatible(one.figure, rival.figure)
            if clash and all(one.witness is not other.witness for other in told) and len(told) < MOST_ACCOUNTS:
                told.append(one)
        if len(told) > 1:
            yield Draft(
                kind="number",
                entry=entry.id,
                label=entry.what,
                accounts=tuple(_told(a, ledger) for a in sorted(told, key=lambda a: a.order)),
                weight=0.8 * (0.5 + matters_of(ledger) / 2),
                why=f"rival counts of {entry.what}, by different vouchers",
            )


def _numbers(entry: RecordFigure, ledger: Ledger) -> Iterator[Draft]:
    """Each report's own number where not all of them can mean one. Of later and larger counts the difference says that
    they are revisions."""
    told = _own_numbers(ledger)
    renewed = any(updating(a) for a in told) and len({a.figure.value for a in told}) > 1
    if not renewed and all(compatible(a.figure, b.figure) for a, b in combinations(told, 2)):
        yield from _bounds(entry, ledger, told)
        yield from _minima(entry, ledger)
        yield from _rounded(entry, ledger)
        yield from _per_another_time(entry, ledger, told)
        return
    told = told[:MOST_ACCOUNTS]
    told.sort(key=lambda a: (updating(a) is not None and a.day is None, a.order))
    if ledger.lead.quantity.grows and any(updating(a) for a in told):
        told.sort(key=lambda a: a.figure.value or 0)
    quantity = ledger.lead.quantity
    changes = quantity.moves or quantity.grows or any(updating(a) for a in told)
    revision = changes and all(_follows(b, a) for a, b in pairwise(told)) and (not quantity.grows or _rises(told))
    why = (
        "later counts of the same: the number was revised, the accounts do not contradict each other"
        if revision
        else "told in several units or currencies; what stands beside the sums is the same or like"
        if any(dimension_of(a.figure) and units_differ(a.figure, b.figure) for a, b in combinations(told, 2))
        else f"different numbers of {entry.what}, and no day that would make one a revision of the other"
        if not ledger.beside
        else f"different numbers with the same or like words beside them: {', '.join(ledger.beside[:4])}"
    )
    yield Draft(
        kind="number",
        entry=entry.id,
        label=entry.what,
        accounts=tuple(_told(a, ledger) for a in told),
        weight=(0.5 if revision else 0.9)
        * (0.5 + matters_of(ledger) / 2)
        * (RECALLED if any(of_another_year(a) for a in told) else 1),
        why=why,
        revision=revision,
    )


def _per_another_time(entry: RecordFigure, ledger: Ledger, told: list[Account]) -> Iterator[Draft]:
    """One quantity that a report tells per day and another per year: equal when it is reckoned, but no reader sees it."""
    if any(rates_differ(a.figure, b.figure) for a, b in combinations(told, 2)):
        yield Draft(
            kind="number",
            entry=entry.id,
            label=entry.what,
            accounts=tuple(_told(a, ledger) for a in told[:MOST_ACCOUNTS]),
            weight=0.4 * (0.5 + matters_of(ledger) / 2),
            why="told per different spans of time; reckoned alike, the numbers agree",
        )


def _own_numbers(ledger: Ledger) -> list[Account]:
    """The number that each report gives as its own: of several the first that is a number ("90" before "scores"), in the
    body before a headline."""
    own: dict[int, Account] = {}
    for one in ledger.accounts:
        before = own.get(one.witness.number)
        if not one.estimate and (before is None or _sureness(one) > _sureness(before)):
            own[one.witness.number] = one
    return sorted(own.values(), key=lambda a: a.order)


def _sureness(account: Account) -> tuple[bool, bool]:
    block = account.witness.block_at(account.figure.start)
    return account.figure.value is not None, block is not None and block.kind == "body"


def _bounds(entry: RecordFigure, ledger: Ledger, told: list[Account]) -> Iterator[Draft]:
    """One number that a report gives as not reached and another as passed, or as a bound where another gives it roughly."""
    for differ, weight, why in (
        (against_each_other, 0.55, "less than the number here, more than the same number there"),
        (roughly_or_bounded, 0.36, "about the number here, a bound there"),
    ):
        pair = next(((a, b) for a, b in combinations(told, 2) if differ(a.figure, b.figure)), None)
        if pair is not None:
            yield Draft(
                kind="number",
                entry=entry.id,
                label=entry.what,
                accounts=tuple(_told(a, ledger) for a in pair),
                weight=weight * (0.5 + matters_of(ledger) / 2),
                why=why,
            )
            return


def _minima(entry: RecordFigure, ledger: Ledger) -> Iterator[Draft]:
    """Two bounds of one kind that are not the same ("at least eight", "at least nine"): one number may be meant by
    both, but each report has counted otherwise."""
    measured = ledger.lead.figure.kind == "measure"
    if matters_of(ledger) < WORTH_AN_OMISSION and not measured:
        return
    bounded = [
        a
        for a in ledger.accounts
        if (a.figure.bound in OPEN or (measured and a.figure.bound == "almost")) and a.figure.value is not None
    ]
    for a, b in combinations(bounded, 2):
        one_bound = a.figure.bound == b.figure.bound or measured
        if a.witness is b.witness or not one_bound or a.figure.value == b.figure.value:
            continue
        if any(
            x.witness is y.witness and x.figure.value == y.figure.value for x in (a, b) for y in bounded if y is not x
        ):
            continue
        later = _follows(b, a) and a.day != b.day
        yield Draft(
            kind="number",
            entry=entry.id,
            label=entry.what,
            accounts=(_told(a, ledger), _told(b, ledger)),
            weight=0.45 * (0.5 + matters_of(ledger) / 2),
            why="later counts of the same" if later else "each gives a bound, and not the same one",
            revision=later,
        )
        return


NEAR_BY = 0.03
"""Share of a number by which another one may differ and be the same one rounded, where no table knows what is counted."""


def _near_by(a: Account, b: Account) -> bool:
    """Whether two numbers are one: equal, or of what no table knows as near as rounding brings them."""
    first, second = a.figure.value or 0, b.figure.value or 0
    if a.quantity.concept is None:
        return abs(first - second) <= NEAR_BY * max(abs(first), abs(second))
    return first == second


OPEN = ("at least", "more than", "up to", "fewer than")
"""Bounds that leave one end open."""


def _rounded(entry: RecordFigure, ledger: Ledger) -> Iterator[Draft]:
    """Two bodies' numbers of one quantity that are near enough to be one number, but are not given as one."""
    vouched = [a for a in ledger.accounts if a.figure.voucher and a.figure.value]
    for a, b in combinations(vouched, 2):
        if a.witness is not b.witness and not _near_by(a, b) and a.figure.voucher != b.figure.voucher:
            yield Draft(
                kind="number",
                entry=entry.id,
                label=entry.what,
                accounts=tuple(_told(x, ledger) for x in _with_others(a, b, ledger)),
                weight=0.35 * (0.5 + matters_of(ledger) / 2),
                why="numbers of different vouchers that are near each other but not equal",
            )
            return


def _with_others(a: Account, b: Account, ledger: Ledger) -> list[Account]:
    """Two accounts and beside them the other reports' own numbers."""
    others = [one for one in _own_numbers(ledger) if one.witness is not a.witness and one.witness is not b.witness]
    return sorted([a, b, *others], key=lambda one: one.order)[:MOST_ACCOUNTS]


def _told(one: Account, ledger: Ledger) -> DifferenceAccount:
    """A report's number as its body gives it rather than its headline, with the words that say it was revised."""
    same = [a for a in ledger.accounts if a.witness is one.witness and a.figure.value == one.figure.value]
    body = [a for a in same if (block := a.witness.block_at(a.figure.start)) and block.kind == "body"]
    shown = one if one in body else next((a for a in body if updating(a)), (body or [one])[0])
    verb = updating(shown)
    extent = words_of_figure(shown)
    return account(shown.witness, Extent(min(verb.start, extent.start), extent.end) if verb else extent)


MOST_ACCOUNTS = 8
"""Reports whose numbers are shown side by side."""


def _follows(later: Account, earlier: Account) -> bool:
    """Whether an account comes after another, or gives the same number: by its day, or because it says itself that the
    number has changed, and no day speaks against it."""
    if compatible(earlier.figure, later.figure) or later_than(later, earlier):
        return True
    return updating(later) is not None and not later_than(earlier, later)


def _rises(accounts: list[Account]) -> bool:
    values = [a.figure.value or 0 for a in accounts]
    return all(a <= b for a, b in pairwise(values))


LARGE_SUM = 1_000_000
"""A sum of money from which its absence in other reports may be told."""
LARGE_COUNT = 100
"""A count from which its absence in other reports may be told where somebody vouches for it."""


def _plain(account: Account) -> float:
    """How much a figure matters that few others would miss: large sums, and numbers for which somebody vouches."""
    figure = account.figure
    if figure.kind == "amount":
        return 0.2 if interval(figure)[1] >= LARGE_SUM else 0.1
    if is_weighty(figure) and interval(figure)[1] >= 2:
        return 0.22
    if figure.kind in ("count", "share") and figure.vouched_by is not None and account.quantity.nouns:
        # "A third of them" is a way of speaking; a percentage was measured.
        measured = figure.kind == "share" and (figure.unit or "").startswith("percent")
        return 0.16 if measured or interval(figure)[1] >= LARGE_COUNT else 0.1
    return 0.1


NEAR_SHARE = 1.5
"""Points by which two shares may differ that are one told more roughly."""


def _stands_elsewhere(one: Account, found: Collated) -> bool:
    """Whether another report has the same number of the same sort, if in other words, or of what happened to those
    counted, whatever it calls them: then it is no omission. Neither is what only says over a toll that others have."""
    value, concept = one.figure.value, one.quantity.concept
    for _, ledger in found.figures if concept else ():
        others = [a for a in ledger.accounts if a.witness is not one.witness]
        if ledger.lead.quantity.concept != concept or not others:
            continue
        told = any(a.witness is one.witness and compatible(a.figure, one.figure) for a in ledger.accounts)
        if told or any(a.figure.value == value for a in others):
            return True
        counted = [a for a in ledger.accounts if a.witness is one.witness]
        if counted and all(
            a.quantity.population == one.quantity.population and same_place(a.quantity, one.quantity) for a in counted
        ):
            return True  # another count of what the reports' numbers are compared for
    return value is not None and any(
        _equal(value, other.value, one.figure.kind)
        and (other.kind == one.figure.kind or (other.kind in COUNTS and one.figure.kind in COUNTS))
        and (abs(value) >= 10 or other.unit == one.figure.unit)
        for witness in found.witnesses
        if witness is not one.witness
        for other in witness.reading.figures
    )


def _equal(value: float, other: float | None, kind: str) -> bool:
    return other == value or (kind == "share" and other is not None and abs(other - value) <= NEAR_SHARE)


_STEP = re.compile(r"(?:\s+[\w-]+)?\s+(?:more|less|fewer|higher|lower)\s+than\b")


_FURTHER = re.compile(r"[\w-]+ (?:more|further|additional) (?!than)\w", re.IGNORECASE)


def _is_step(one: Account) -> bool:
    """Whether a number is only a step from one number to the next ("10 more than", "six more bodies")."""
    return (
        _FURTHER.match(one.witness.words(one.figure.extent)) is not None
        or _STEP.match(one.witness.text, one.figure.end) is not None
    )


_CLASS = re.compile(r"\s+of\s+(?:them|whom|those)(?:\s+(?:were|are))?\s+[^\W\d_]+")


def _with_class(one: Account) -> Extent:
    """A figure's words with those that say which part it is ("15 of them children")."""
    after = _CLASS.match(one.witness.text, one.figure.end) if not one.figure.unit else None
    return Extent(one.figure.start, after.end()) if after else words_of_figure(one)


def _alone(entry: RecordFigure, ledger: Ledger, found: Collated) -> Iterator[Draft]:
    """A figure of one report only, where there are others to have it."""
    reports = {a.witness.number for a in ledger.accounts}
    one = ledger.accounts[0]
    if len(reports) > 1 or len(found.witnesses) < 2 or _stands_elsewhere(one, found) or _is_step(one):
        return
    if ledger.lead.quantity.concept is None and not one.figure.what and one.figure.kind != "amount":
        # Nothing says what it is a number of.
        return
    if is_conversion(one.witness, one.figure):
        return
    weight = 0.55 * matters_of(ledger) if ledger.matters >= WORTH_AN_OMISSION else _plain(one)
    if len(found.witnesses) > FEW:
        # Of many reports each has figures of its own.
        weight *= 0.5 if matters_of(ledger) >= 0.9 else 0.3
    if one.figure.vouched_by is not None:
        weight += 0.05
    if of_another_year(one):
        # What an earlier event cost is told for comparison; only a toll of weight is missed.
        weight *= RECALLED
    others = [w for w in found.witnesses if w is not one.witness]
    yield Draft(
        kind="only-in",
        entry=entry.id,
        label=entry.what,
        accounts=(account(one.witness, _with_class(one)),),
        lacking=lacking(others),
        weight=weight,
        why=f"a figure that only one of {len(found.witnesses)} reports has",
    )
