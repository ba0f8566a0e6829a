"""Figures: numbers that do not match, vouchers called otherwise, figures that one report alone has."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, pairwise

from variorum.collation.differences.draft import Collated, Draft, account, lacking
from variorum.collation.figures import Account, Ledger, later_than, of_another_year, updating
from variorum.collation.naming import is_generic, qualifiers
from variorum.collation.quantities import compatible, interval
from variorum.collation.states import is_state_word
from variorum.collation.words import concept, concepts, fold, folded
from variorum.model import Actor, DifferenceAccount, Extent, RecordFigure
from variorum.text.world import lookup


def find(found: Collated) -> Iterator[Draft]:
    """Differences of numbers and of vouchers, and figures of one report only."""
    alone: set[tuple[int, str | None, str]] = set()
    for entry, ledger in found.figures:
        yield from _numbers(entry, ledger)
        yield from _vouchers(entry, ledger, found)
        quantity = ledger.lead.quantity
        if len({a.witness.number for a in ledger.accounts}) > 1:
            continue
        lone = (ledger.lead.witness.number, quantity.concept, quantity.population)
        if quantity.concept is None or lone not in alone:
            # Of several such figures of one report the first speaks for all.
            alone.add(lone)
            yield from _alone(entry, ledger, found)


WORTH_AN_OMISSION = 0.6
"""How much a quantity must matter for its absence in other reports to be told whoever vouches for it."""

RECALLED = 0.45
"""What a number of another year's event weighs beside one of this event."""

FEW = 4
"""Up to this many reports an omission says something by itself."""

PLAIN = 0.5
"""How much a quantity matters that the table does not know."""


def _matters(ledger: Ledger) -> float:
    return ledger.matters or PLAIN


def _numbers(entry: RecordFigure, ledger: Ledger) -> Iterator[Draft]:
    """Accounts that cannot mean one number. Of later and larger counts the difference says that they are revisions."""
    told: list[Account] = []
    for one in ledger.accounts:
        if all(one.witness is not other.witness and not compatible(one.figure, other.figure) for other in told):
            told.append(one)
    if len(told) < 2:
        yield from _rounded(entry, ledger)
        return
    for one in ledger.accounts:
        # Each report's own number stands beside those that clash, so that nobody has to look it up.
        if all(one.witness is not other.witness for other in told) and len(told) < MOST_ACCOUNTS:
            told.append(one)
    told.sort(key=lambda a: (updating(a) is not None and a.day is None, a.order))
    if ledger.lead.quantity.grows and any(updating(a) for a in told):
        told.sort(key=lambda a: a.figure.value or 0)
    revision = all(_follows(b, a) for a, b in pairwise(told)) and (not ledger.lead.quantity.grows or _rises(told))
    why = (
        "later counts of the same: the number was revised, the accounts do not contradict each other"
        if revision
        else f"different numbers of {entry.what}, and no day that would make one a revision of the other"
        if not ledger.beside
        else f"different numbers with the same or like words beside them: {', '.join(ledger.beside[:4])}"
    )
    yield Draft(
        kind="number",
        entry=entry.id,
        label=entry.what,
        accounts=tuple(_told(a, ledger) for a in told),
        weight=(0.5 if revision else 0.9) * (0.5 + _matters(ledger) / 2),
        why=why,
        revision=revision,
    )


def _rounded(entry: RecordFigure, ledger: Ledger) -> Iterator[Draft]:
    """Two bodies' numbers of one quantity that are near enough to be one number, but are not given as one."""
    if ledger.lead.quantity.concept is None:
        return
    vouched = [a for a in ledger.accounts if a.figure.voucher and a.figure.value]
    for a, b in combinations(vouched, 2):
        if a.witness is not b.witness and a.figure.value != b.figure.value and a.figure.voucher != b.figure.voucher:
            yield Draft(
                kind="number",
                entry=entry.id,
                label=entry.what,
                accounts=(_told(a, ledger), _told(b, ledger)),
                weight=0.35 * (0.5 + _matters(ledger) / 2),
                why="numbers of different vouchers that are near each other but not equal",
            )
            return


def _told(one: Account, ledger: Ledger) -> DifferenceAccount:
    """A report's number as its body gives it rather than its headline, with the words that say it was revised."""
    same = [a for a in ledger.accounts if a.witness is one.witness and a.figure.value == one.figure.value]
    body = [a for a in same if (block := a.witness.block_at(a.figure.start)) and block.kind == "body"]
    shown = one if one in body else next((a for a in body if updating(a)), (body or [one])[0])
    verb = updating(shown)
    extent = shown.figure.extent
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


def _vouchers(entry: RecordFigure, ledger: Ledger, found: Collated) -> Iterator[Draft]:
    """One quantity for which reports name different bodies, or the same body under a label that takes sides."""
    told: list[tuple[Account, Extent, str | None, frozenset[str]]] = []
    for one in ledger.accounts:
        words = one.figure.vouched_by
        if words is None:
            continue
        actor = found.cast.id_of(one.witness, one.figure.voucher) or found.cast.at(one.witness, words)
        label = concepts(one.witness.words(words))
        named = actor is not None and _can_vouch(found.cast[actor])
        if label and named and all(_other_voucher((one, actor, label), (o, a, s), found) for o, _, a, s in told):
            told.append((one, words, actor, label))
    plain = ledger.lead.quantity.concept is None or len(found.witnesses) > FEW
    same_body = len({actor for _, _, actor, _ in told}) == 1
    if len(told) >= 2 and (_takes_sides(told) or not (plain or same_body)):
        same = len({actor or words for _, words, actor, _ in told}) == 1
        yield Draft(
            kind="attribution",
            entry=entry.id,
            label=entry.what,
            accounts=tuple(account(a.witness, words) for a, words, _, _ in told[:6]),
            weight=(0.75 if same or _takes_sides(told) else 0.5) * (0.5 + _matters(ledger) / 2),
            why="the same voucher under different labels" if same else "different vouchers for the same quantity",
        )
        return
    vouched = [a for a in ledger.accounts if a.figure.vouched_by]
    bare = [a for a in ledger.accounts if not a.figure.vouched_by and all(a.witness is not v.witness for v in vouched)]
    bare = [a for a in bare if compatible(a.figure, vouched[0].figure)] if vouched else []
    if vouched and bare and len(found.witnesses) <= FEW and ledger.lead.quantity.concept:
        voucher = vouched[0].figure.vouched_by
        if voucher is not None and vouched[0].witness.origin != bare[0].witness.origin:
            yield Draft(
                kind="attribution",
                entry=entry.id,
                label=entry.what,
                accounts=(account(vouched[0].witness, voucher), account(bare[0].witness, bare[0].figure.extent)),
                weight=0.35 * (0.5 + _matters(ledger) / 2),
                why="one report says who vouches for the number, another states it as a fact",
            )


def _other_voucher(
    a: tuple[Account, str | None, frozenset[str]], b: tuple[Account, str | None, frozenset[str]], found: Collated
) -> bool:
    """Whether two reports name different vouchers. A person in other words, or for the body that sent him, is no
    other."""
    (one, first, label), (two, second, other) = a, b
    if one.witness is two.witness or label <= other or other <= label:
        return False
    actors = [found.cast[entry] for entry in (first, second) if entry]
    if not compatible(one.figure, two.figure) and first != second and not (_loaded(one) or _loaded(two)):
        # Other numbers of other vouchers are a difference of numbers, and told as one.
        return False
    if _vague(label) or _vague(other):
        return False
    if first == second and first is not None:
        return actors[0].kind != "person" and _loaded(one) != _loaded(two)
    return not any(actor.kind == "person" for actor in actors)


def _vague(label: frozenset[str]) -> bool:
    """Whether a voucher's label names no body in particular ("Peruvian authorities", "officials")."""
    vague = {concept(word) for word in ("authorities", "officials", "sources", "government", "local", "state")}
    return all(word in vague or is_state_word(word) for word in label)


def _can_vouch(actor: Actor) -> bool:
    """Whether it matters who it is: a named person or a body, not the press and not nameless people."""
    press = any(entry.sort == "press" for entry in lookup(actor.name))
    body = actor.kind in ("organisation", "government") or is_generic(folded(actor.name))
    return not press and (actor.named or body)


def _takes_sides(told: list[tuple[Account, Extent, str | None, frozenset[str]]]) -> bool:
    """Whether a voucher's label says how an outlet sees it ("Hamas-run")."""
    return any(_loaded(one) for one, _, _, _ in told)


def _loaded(account: Account) -> bool:
    words = account.witness.words(account.figure.vouched_by).split() if account.figure.vouched_by else []
    return any("-" in word and (fold(word) in qualifiers() or word.endswith(SIDES)) for word in words)


SIDES = ("-run", "-backed", "-controlled", "-led", "-aligned", "-held", "-linked", "-affiliated")
"""Endings of a label that says whose a body is."""


LARGE_SUM = 1_000_000
"""A sum of money from which its absence in other reports may be told."""
LARGE_COUNT = 100
"""A count from which its absence in other reports may be told where somebody vouches for it."""


def _plain(account: Account) -> float:
    """How much a figure matters that few others would miss: large sums, and numbers for which somebody vouches."""
    figure = account.figure
    if figure.kind == "amount":
        return 0.2 if interval(figure)[1] >= LARGE_SUM else 0.1
    if figure.kind in ("count", "share") and figure.vouched_by is not None and account.quantity.nouns:
        return 0.16 if figure.kind == "share" or interval(figure)[1] >= LARGE_COUNT else 0.1
    return 0.1


def _stands_elsewhere(one: Account, found: Collated) -> bool:
    """Whether another report has the same number of the same sort, if in other words: then it is no omission."""
    value = one.figure.value
    return value is not None and any(
        other.value == value and other.kind == one.figure.kind and (abs(value) >= 10 or other.unit == one.figure.unit)
        for witness in found.witnesses
        if witness is not one.witness
        for other in witness.reading.figures
    )


_STEP = re.compile(r"(?:\s+[\w-]+)?\s+(?:more|less|fewer|higher|lower)\s+than\b")


def _is_step(one: Account) -> bool:
    """Whether a number is only a step from one number to the next ("10 more than")."""
    return _STEP.match(one.witness.text, one.figure.end) is not None


_CLASS = re.compile(r"\s+of\s+(?:them|whom|those)(?:\s+(?:were|are))?\s+[^\W\d_]+")


def _with_class(one: Account) -> Extent:
    """A figure's words with those that say which part it is ("15 of them children")."""
    after = _CLASS.match(one.witness.text, one.figure.end) if not one.figure.unit else None
    return Extent(one.figure.start, after.end()) if after else one.figure.extent


def _alone(entry: RecordFigure, ledger: Ledger, found: Collated) -> Iterator[Draft]:
    """A figure of one report only, where there are others to have it."""
    reports = {a.witness.number for a in ledger.accounts}
    one = ledger.accounts[0]
    if len(reports) > 1 or len(found.witnesses) < 2 or _stands_elsewhere(one, found) or _is_step(one):
        return
    if ledger.lead.quantity.concept is None and not one.figure.what and one.figure.kind != "amount":
        # Nothing says what it is a number of.
        return
    weight = 0.55 * _matters(ledger) if ledger.matters >= WORTH_AN_OMISSION else _plain(one)
    if len(found.witnesses) > FEW:
        # Of many reports each has figures of its own.
        weight *= 0.5 if _matters(ledger) >= 0.9 else 0.3
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
