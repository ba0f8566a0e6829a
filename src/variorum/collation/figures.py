"""Figures over all reports: one entry a quantity, with every report's account of it in the order of time.

Two accounts are of one quantity where the same is counted (dead, wounded, votes …), of the same class of people, in
places and times that go together. A larger count of a later day is a revision: the earlier account stands and is
marked as superseded.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import pairwise

from variorum.collation.actors import Cast
from variorum.collation.contexts import beside, one_sum, rivals
from variorum.collation.quantities import (
    RATIO,
    Quantity,
    compatible,
    counts_something,
    interval,
    is_people,
    noun_overlap,
    number_stands,
    quantity_of,
    same_place,
    same_sort,
)
from variorum.collation.witness import Witness
from variorum.collation.words import concepts, fold, folded, words_of
from variorum.model import Extent, Figure, FigureAccount, RecordFigure
from variorum.text.tables import load_toml
from variorum.text.world import lookup_state


@dataclass(slots=True)
class Account:
    """One report's number for a quantity, as the comparison sees it."""

    witness: Witness
    figure: Figure
    quantity: Quantity
    estimate: bool = False
    """Whether its report gives it beside another voucher's number of the same, as a rival to that."""
    recalled: bool | None = None
    """Whether it is of another year's event; looked up when it is first asked."""

    @property
    def day(self) -> str | None:
        """As of when: what the report says, or its own day."""
        return self.figure.as_of or self.witness.day

    @property
    def order(self) -> tuple[str, int, int]:
        """Place in the ledger: by day, report, text."""
        return self.day or "9999", self.witness.number, self.figure.start


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


def collate_figures(witnesses: tuple[Witness, ...], cast: Cast) -> tuple[tuple[RecordFigure, ...], tuple[Ledger, ...]]:
    """One entry a quantity, and beside each the accounts that it was made of; ``standing`` is left at ``single``."""
    ledgers = _with_unlike(_grouped(_accounts(witnesses)), witnesses)
    ledgers.sort(key=lambda ledger: _rank(ledger))
    ids = {_place(account): f"figure-{n}" for n, ledger in enumerate(ledgers, start=1) for account in ledger.accounts}
    entries = tuple(_entry(ledger, f"figure-{n}", ids, cast) for n, ledger in enumerate(ledgers, start=1))
    return entries, tuple(ledgers)


def _rank(ledger: Ledger) -> tuple[object, ...]:
    known = ledger.lead.quantity.concept is not None
    reports = len({account.witness.number for account in ledger.accounts})
    first = min(ledger.accounts, key=lambda a: (a.witness.number, a.figure.start))
    return -reports, not known, first.witness.number, first.figure.start


def _accounts(witnesses: tuple[Witness, ...]) -> list[Account]:
    found: list[Account] = []
    for witness in witnesses:
        seen: set[Extent] = set()
        for given in sorted(witness.reading.figures, key=lambda f: (f.start, f.end)):
            figure = _vouched(witness, given)
            if figure.extent in seen or figure.end <= figure.start or not witness.in_article(figure.extent):
                continue
            before = found[-1] if found and found[-1].witness is witness else None
            rival = before.quantity if before is not None and _other_estimate(before, figure) else None
            counted = rival is not None or counts_something(witness, figure)
            if counted and number_stands(figure.value, figure.low, figure.high, witness.words(figure.extent)):
                seen.add(figure.extent)
                own = quantity_of(witness, figure)
                taken = rival if rival is not None and own.concept is None else own
                found.append(Account(witness, figure, taken, estimate=_rival_toll(before, figure, own)))
    return _with_sole_places(found)


def _with_sole_places(accounts: list[Account]) -> list[Account]:
    """Marks the accounts whose report counts the same in one place only."""
    places: dict[tuple[int, str | None], set[frozenset[str]]] = defaultdict(set)
    for account in accounts:
        if account.quantity.place and not of_another_year(account):
            places[account.witness.number, account.quantity.concept].add(account.quantity.place)
    return [
        replace(account, quantity=replace(account.quantity, sole=True))
        if account.quantity.concept and len(places[account.witness.number, account.quantity.concept]) == 1
        else account
        for account in accounts
    ]


def _vouched(witness: Witness, figure: Figure) -> Figure:
    """A figure with the speaker of the statement that it stands in, where nobody or a doer in that statement's own words
    ("the firm will invest 5 million, she said") is taken to vouch for it."""
    given = figure.vouched_by
    around = [
        s
        for s in witness.reading.statements
        if s.act in ("said", "vouched") and s.source is not None and any(e.covers(figure.extent) for e in s.content)
    ]
    if not around or (given is not None and any(s.source == given for s in witness.reading.statements)):
        return figure
    statement = min(around, key=lambda s: (sum(e.end - e.start for e in s.content), s.content[0].start))
    if given is not None and not any(piece.covers(given) for piece in statement.content):
        return figure
    return replace(figure, vouched_by=statement.source, voucher=statement.speaker)


ESTIMATE_REACH = 120
"""Characters after a number within which another voucher's bare number is one of the same ("… police said. Organisers
put it at 10,000")."""


def _other_estimate(before: Account, figure: Figure) -> bool:
    """Whether a bare number is another voucher's number of what was counted just before."""
    witness, given = before.witness, figure.vouched_by
    if figure.kind != "number" or figure.unit or given is None or before.quantity.concept is None:
        return False
    near = 0 <= figure.start - before.figure.end <= ESTIMATE_REACH
    own = set(folded(figure.what or "")) <= set(folded(witness.words(given)))
    other = before.figure.vouched_by is None or before.figure.vouched_by != given
    return near and own and other and witness.block_at(figure.start) is witness.block_at(before.figure.start)


def _rival_toll(before: Account | None, figure: Figure, own: Quantity) -> bool:
    """Whether a bare number is what another voucher says that the toll told just before is ("the ministry puts it at
    40")."""
    if (
        before is None
        or figure.kind != "number"
        or figure.place
        or not (figure.vouched_by and before.figure.vouched_by)
    ):
        return False
    near = 0 <= figure.start - before.figure.end <= RIVAL_REACH
    other = before.witness.words(before.figure.vouched_by) != before.witness.words(figure.vouched_by)
    return (
        near
        and other
        and own.concept is not None
        and own.moves
        and _THE_COUNT.search(before.witness.text, max(before.figure.end, figure.start - 40), figure.start) is not None
    )


RIVAL_REACH = 200
"""Characters after a toll within which another voucher's number of the same is looked for."""
_THE_COUNT = re.compile(
    r"\b(?:puts?|putting|gave|gives?|giving|set|sets|estimates?|estimated)\s+"
    r"(?:(?:the|that|its|their)\s+(?:\w+\s+){0,2}?(?:tolls?|number|count|figure|dead|deaths)|it)\s+(?:at|as|of)\s+"
    r"(?:\w+\s+){0,2}$"
)


def _grouped(accounts: list[Account]) -> list[Ledger]:
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


def _first_tolls(accounts: list[Account]) -> set[int]:
    """For each report, the first count of each concept, class and place: the toll of what it reports, not of a part
    of it."""
    first: dict[tuple[object, ...], Account] = {}
    for account in accounts:
        quantity = account.quantity
        if quantity.concept is not None and not _counts_others(account) and not of_another_year(account):
            where = tuple(sorted(quantity.states)) or tuple(sorted(quantity.place))
            first.setdefault((account.witness.number, quantity.concept, quantity.population, where), account)
    return {id(account) for account in first.values()} | {id(account) for account in accounts if account.estimate}


_YEAR = re.compile(r"\b[Ii]n\s+(?:[A-Z][a-z]+\s+)?((?:19|20)\d\d)\b")


_ASIDE = re.compile(r",\s(?:which|who|whose|where)\b[^,]*,")
"""What a sentence tells of somebody beside what it is about ("the firm, which was founded in 1998, has …")."""


def of_another_year(account: Account) -> bool:
    """Whether a figure's sentence puts it in another year than the report's ("In 2011 a like fire killed 40")."""
    if account.recalled is None:
        whole = account.witness.sentence(account.figure.start)
        at = account.figure.start - whole.start
        asides = [m for m in _ASIDE.finditer(account.witness.words(whole)) if not m.start() <= at < m.end()]
        sentence = account.witness.words(whole)
        for aside in reversed(asides):
            sentence = sentence[: aside.start()] + sentence[aside.end() :]
        years = _YEAR.findall(sentence)
        # What has been counted since a year goes on ("since the war began in April 2021").
        ongoing = bool(years) and "since" in folded(sentence)
        account.recalled = not ongoing and any(year != (account.witness.day or "")[:4] for year in years)
    return account.recalled


def _counts_others(account: Account) -> bool:
    """Whether a figure counts some beside those counted before ("three other people")."""
    words = folded(f"{account.figure.what or ''} {account.witness.words(account.figure.extent)}")
    return bool({"other", "others", "another", "additional"} & set(words))


def _with_rivals(ledgers: list[Ledger], first: set[int]) -> list[Ledger]:
    """Joins ledgers that give different numbers of one quantity: each holds the first tolls of its reports."""
    wheres: dict[tuple[str | None, str], set[frozenset[str]]] = defaultdict(set)
    for ledger in ledgers:
        for account in ledger.accounts:
            quantity = account.quantity
            if id(account) in first and (quantity.states or quantity.place):
                wheres[quantity.concept, quantity.population].add(quantity.states or quantity.place)
    kept: list[Ledger] = []
    for ledger in sorted(ledgers, key=lambda x: (-len({a.witness.number for a in x.accounts}), x.lead.order)):
        quantity = ledger.lead.quantity
        one_place = len(wheres[quantity.concept, quantity.population]) <= 1
        rival = next((other for other in kept if _rivals(ledger, other, first, one_place)), None)
        if rival is None:
            kept.append(ledger)
        else:
            rival.accounts += ledger.accounts
    return kept


def _with_unlike(ledgers: list[Ledger], witnesses: tuple[Witness, ...]) -> list[Ledger]:
    """Joins ledgers whose numbers do not agree but are of one thing by the words beside them, and adds such numbers as
    are otherwise no entry (ages, durations) where two reports disagree about them."""
    at = {(a.witness.number, a.figure.extent): ledger for ledger in ledgers for a in ledger.accounts}
    kept = list(ledgers)
    for pair in rivals(witnesses):
        one, two = (at.get((x.witness.number, x.figure.extent)) for x in (pair.a, pair.b))
        if one is two and one is not None:
            continue
        for number, ledger in ((pair.a, one), (pair.b, two)):
            if ledger is None:
                new = Account(number.witness, number.figure, quantity_of(number.witness, number.figure))
                made = Ledger([new], beside=pair.shared)
                at[number.witness.number, number.figure.extent] = made
                kept.append(made)
        one, two = (at[x.witness.number, x.figure.extent] for x in (pair.a, pair.b))
        if not _may_join(one, two):
            continue
        one.accounts += two.accounts
        one.beside = one.beside or pair.shared
        kept = [ledger for ledger in kept if ledger is not two]
        for account in two.accounts:
            at[account.witness.number, account.figure.extent] = one
    lone = [x for x in kept if x.beside and len({a.witness.number for a in x.accounts}) < 2]
    for ledger in kept:
        ledger.accounts.sort(key=lambda a: a.order)
    return [ledger for ledger in kept if not any(ledger is other for other in lone)]


def _may_join(one: Ledger, two: Ledger) -> bool:
    """Whether two ledgers may be of one thing: not both of concepts of the table, which has rules of its own, and no
    report gives two numbers for it."""
    if one.lead.quantity.concept is not None and two.lead.quantity.concept is not None:
        return False
    if any(of_another_year(a) for ledger in (one, two) for a in ledger.accounts):
        return False
    return not {a.witness.number for a in one.accounts} & {a.witness.number for a in two.accounts}


def _rivals(a: Ledger, b: Ledger, first: set[int], one_place: bool) -> bool:
    if all(_close(x, y) or _one_voucher(x, y) for x in a.accounts for y in _sample(b.accounts)):
        return True
    one = [account for account in a.accounts if id(account) in first]
    two = [account for account in b.accounts if id(account) in first]
    if a.lead.quantity.concept is None:
        return all(_same_nouns(x, y) for x in a.accounts for y in _sample(b.accounts))
    if not one or not two or any(not _may_rival(x, y, one_place) for x in a.accounts for y in _sample(b.accounts)):
        return False
    return all(
        _in_time(x, y) or x.estimate or y.estimate for x in a.accounts for y in b.accounts if x.witness is y.witness
    )


def _one_voucher(a: Account, b: Account) -> bool:
    """Whether two reports give unequal numbers of one quantity on the word of the same voucher."""
    if a.witness is b.witness or a.figure.vouched_by is None or b.figure.vouched_by is None:
        return False
    first, second = (concepts(x.witness.words(x.figure.vouched_by or Extent(0, 0))) for x in (a, b))
    return bool(first) and first == second and _may_rival(a, b, True) and a.quantity.concept is not None


def _same_nouns(a: Account, b: Account) -> bool:
    """Whether unequal numbers of what the table does not know are said of the same thing in the same words."""
    if a.figure.kind != b.figure.kind or a.figure.unit != b.figure.unit or a.figure.kind not in ("amount", "count"):
        return False
    low, high = sorted(max(interval(x.figure)[0], 1.0) for x in (a, b))
    same = len(a.quantity.nouns & b.quantity.nouns) >= 2 and noun_overlap(a.quantity, b.quantity) >= 0.65
    return same and a.witness is not b.witness and low >= 10 and high <= RATIO * low


def _close(a: Account, b: Account) -> bool:
    """Whether two reports' counts of one thing are so large and so near each other that chance will not have made
    them."""
    if a.witness is b.witness or a.quantity.concept is None:
        return False
    if (a.quantity.concept, a.quantity.population) != (b.quantity.concept, b.quantity.population):
        return False
    low, high = sorted(max(interval(x.figure)[0], 1.0) for x in (a, b))
    same_kind = a.figure.kind == b.figure.kind == "count"
    return same_kind and low >= 20 and high <= 1.15 * low and same_place(a.quantity, b.quantity)


def _may_rival(a: Account, b: Account, one_place: bool) -> bool:
    """Whether two unequal counts may be of one quantity.

    Args:
        a, b: the accounts.
        one_place: whether all reports that say where name one place, so that a count without a place is of it too.
    """
    first, second = a.quantity, b.quantity
    if first.concept != second.concept or first.population != second.population:
        return False
    if first.concept is None:
        return _same_nouns(a, b)
    placed = bool(first.place or first.states), bool(second.place or second.states)
    if not same_place(first, second) or (placed[0] != placed[1] and not one_place):
        return False
    if a.figure.since and b.figure.since and a.figure.since[:7] != b.figure.since[:7]:
        return False
    if not same_sort(a.figure, b.figure) or (a.figure.kind == "amount" and a.figure.unit != b.figure.unit):
        return False
    low, high = sorted(max(interval(x.figure)[0], 1.0) for x in (a, b))
    return high <= (RATIO_IN_TIME if _in_time(a, b) or _may_be_later(a, b) else first.apart) * low


def _may_be_later(a: Account, b: Account) -> bool:
    """Whether no day forbids that one is a later count than the other."""
    return a.quantity.moves and (a.day is None or b.day is None)


def _in_time(a: Account, b: Account) -> bool:
    """Whether two counts are of different days, so that one may be a revision of the other."""
    return a.day is not None and b.day is not None and a.day != b.day


RATIO_IN_TIME = 10.0
"""How far apart two counts may be that are held to be of one quantity where the counts are of different days."""


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
    restated = [o for o in ledger.accounts if o.witness is account.witness and _same_quantity(account, o) > 0]
    if restated and account.quantity.concept is not None and not account.quantity.place:
        # A headline and the body of one report give one number twice.
        return 0.8
    score = 0.0
    for other in _sample(ledger.accounts):
        alike = _same_quantity(account, other)
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


def _same_quantity(a: Account, b: Account) -> float:
    """Whether two accounts whose numbers agree are of one quantity, 0 to 1."""
    first, second = a.quantity, b.quantity
    if a.figure.kind == b.figure.kind == "amount" and a.figure.unit == b.figure.unit and _telling(a.figure, b.figure):
        # A sum as particular as "$1.5 trillion" is one sum, whatever each report says of it.
        return 0.6 + noun_overlap(first, second) / 4
    if a.figure.value and a.witness is not b.witness and one_sum(a.witness, a.figure, b.witness, b.figure):
        return 0.6
    if first.population != second.population or first.concept != second.concept or not same_place(first, second):
        return 0.0
    if a.figure.since and b.figure.since and a.figure.since[:7] != b.figure.since[:7]:
        return 0.0
    if not compatible(a.figure, b.figure) or not same_sort(a.figure, b.figure):
        return 0.0
    if a.figure.kind == "amount" and a.figure.unit != b.figure.unit:
        return 0.0
    if first.concept is None:
        if a.figure.kind != b.figure.kind or (a.figure.unit != b.figure.unit and a.figure.kind != "count"):
            return 0.0
        overlap = noun_overlap(first, second)
        if _telling(a.figure, b.figure):
            return 0.6 + overlap / 4
        return (0.5 + overlap / 2) if overlap >= 0.5 and _alike_counts(a.figure, b.figure) else 0.0
    place = 0.3 if (first.states & second.states or first.place & second.place) else 0.0
    return 0.5 + place + (0.2 if a.figure.value == b.figure.value else 0.0)


def _telling(a: Figure, b: Figure) -> bool:
    """Whether two equal numbers are so particular that they must be one: three digits that are no noughts, or money."""
    if a.value is None or a.value != b.value:
        return False
    digits = f"{abs(a.value):.10g}".replace(".", "").strip("0")
    if a.kind == "share":
        return "." in f"{a.value:.10g}"
    return len(digits) >= 3 or (a.kind == "amount" and abs(a.value) >= 1000 and len(digits) >= 2)


def _alike_counts(a: Figure, b: Figure) -> bool:
    """Small counts of the same noun are one quantity only where they are equal: "two cases" are not "three cases"."""
    return a.value == b.value or max(abs(a.value or 0), abs(b.value or 0)) >= 10


def _entry(ledger: Ledger, id: str, ids: dict[tuple[int, Extent], str], cast: Cast) -> RecordFigure:
    accounts = [_account(account, cast) for account in ledger.accounts]
    lead = max(
        ledger.accounts, key=lambda a: (bool(a.quantity.place), bool(a.figure.what), -a.witness.number, -a.figure.start)
    )
    for n, account in enumerate(ledger.accounts):
        later = next((other for other in ledger.accounts[n + 1 :] if revises(account, other)), None)
        if later:
            accounts[n] = replace(accounts[n], superseded_by=later.witness.span(later.figure.extent))
    return RecordFigure(
        id=id,
        what=label_of(ledger),
        standing="single",
        accounts=tuple(accounts),
        part_of=_whole(ledger, ids),
        place=place_of(lead),
        since=next((a.figure.since for a in ledger.accounts if a.figure.since), None),
    )


def place_of(account: Account) -> str | None:
    """Where those counted are: the report's words, or the state's name where the words are its adjective."""
    place = account.figure.place
    if not place or not account.quantity.place:
        return None
    hit = lookup_state(place)
    return hit.name if hit and hit.sense in ("adjective", "people") else place


def label_of(ledger: Ledger) -> str:
    """A short name for what is counted: the concept with the class of people and the place, or the report's own
    words."""
    lead = max(
        ledger.accounts, key=lambda a: (bool(a.quantity.place), bool(a.figure.what), -a.witness.number, -a.figure.start)
    )
    quantity = lead.quantity
    if quantity.concept is None and ledger.beside and (not lead.figure.what or lead.figure.kind != "count"):
        return " ".join(ledger.beside[:3])
    if quantity.concept is None:
        return _own_label(lead)
    who = "" if quantity.population in ("people", "things") else f"{lead.figure.unit or quantity.population} "
    place = place_of(lead)
    where = f" in {place}" if place else ""
    return f"{who}{quantity.label}{where}"


_NOUN = re.compile(r"[^\W\d_]")


def _own_label(account: Account) -> str:
    """What is counted in the report's own words; where these name only people in general or the number itself, also
    what stands beside it."""
    what = " ".join((account.figure.what or "").split())
    if _NOUN.match(what) and not is_people(what):
        return what
    near = " ".join(beside(account.witness, account.figure))
    named = what if is_people(what) else ""
    return ", ".join(part for part in (named, near) if part) or account.figure.unit or "number"


def revises(earlier: Account, later: Account) -> bool:
    """Whether a later account is a revision of an earlier one: another number, of a later day or moment."""
    if compatible(earlier.figure, later.figure) and earlier.figure.value == later.figure.value:
        return False
    return later_than(later, earlier) and earlier.figure.value != later.figure.value


def updating(account: Account) -> Extent | None:
    """The words by which a report says that its number replaces an earlier one ("risen to" in "has risen to 34")."""
    start = max(account.witness.sentence(account.figure.start).start, account.figure.start - 40)
    words = words_of(account.witness.text, (Extent(start, max(start, account.figure.end)),))
    found = [(a, b) for a, b in pairwise(words) if (a.text, b.text) in _updates()]
    return Extent(found[-1][0].extent.start, found[-1][1].extent.end) if found else None


@cache
def _updates() -> frozenset[tuple[str, ...]]:
    verbs = load_toml("en/figure_concepts.toml")["update"]["verbs"]
    return frozenset((fold(verb), "to") for verb in verbs)


def later_than(a: Account, b: Account) -> bool:
    """Whether an account is known to be of a later day than another."""
    return a.day is not None and b.day is not None and a.day > b.day


def _account(account: Account, cast: Cast) -> FigureAccount:
    figure, witness = account.figure, account.witness
    voucher = cast.id_of(witness, figure.voucher) or cast.at(witness, figure.vouched_by)
    return FigureAccount(
        report=witness.id,
        value=figure.value,
        low=figure.low,
        high=figure.high,
        bound=figure.bound,
        unit=figure.unit,
        vouched_by=voucher,
        label=witness.words(figure.vouched_by) if figure.vouched_by else None,
        start=figure.start,
        end=figure.end,
        as_of=figure.as_of,
    )


def _place(account: Account) -> tuple[int, Extent]:
    return account.witness.number, account.figure.extent


def _whole(ledger: Ledger, ids: dict[tuple[int, Extent], str]) -> str | None:
    """The entry that this one is a part of, where a report says so."""
    for account in ledger.accounts:
        whole = ids.get((account.witness.number, account.figure.part_of)) if account.figure.part_of else None
        if whole and all(ids.get(_place(other)) != whole for other in ledger.accounts):
            return whole
    return None
