"""Whether two accounts are of one quantity: where their numbers agree, and where they do not."""

from __future__ import annotations

import re

from variorum.collation.contexts import one_sum
from variorum.collation.figures.accounts import Account
from variorum.collation.quantities import RATIO, compatible, interval, noun_overlap, same_place, same_sort
from variorum.collation.words import concepts
from variorum.model import Extent, Figure

RATIO_IN_TIME = 10.0
"""How far apart two counts may be that are held to be of one quantity where the counts are of different days."""


def same_quantity(a: Account, b: Account) -> float:
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
        if is_attribute(a) != is_attribute(b):
            return 0.0
        if a.figure.kind != b.figure.kind or (a.figure.unit != b.figure.unit and a.figure.kind != "count"):
            return 0.0
        overlap = noun_overlap(first, second)
        if _telling(a.figure, b.figure):
            return 0.6 + overlap / 4
        return (0.5 + overlap / 2) if overlap >= 0.5 and _alike_counts(a.figure, b.figure) else 0.0
    place = 0.3 if (first.states & second.states or first.place & second.place) else 0.0
    return 0.5 + place + (0.2 if a.figure.value == b.figure.value else 0.0)


_JOINED = re.compile(r"[^\W_]-[^\W\d_]+$")


def is_attribute(account: Account) -> bool:
    """Whether a count is an attribute of what follows it and counts nothing itself ("an eight-nation *trip*")."""
    return account.figure.kind == "count" and _JOINED.search(account.witness.words(account.figure.extent)) is not None


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


def one_voucher(a: Account, b: Account) -> bool:
    """Whether two reports give unequal numbers of one quantity on the word of the same voucher."""
    if a.witness is b.witness or a.figure.vouched_by is None or b.figure.vouched_by is None:
        return False
    first, second = (concepts(x.witness.words(x.figure.vouched_by or Extent(0, 0))) for x in (a, b))
    return bool(first) and first == second and may_rival(a, b, True) and a.quantity.concept is not None


def same_nouns(a: Account, b: Account) -> bool:
    """Whether unequal numbers of what the table does not know are said of the same thing in the same words."""
    if a.figure.kind != b.figure.kind or a.figure.unit != b.figure.unit or a.figure.kind not in ("amount", "count"):
        return False
    low, high = sorted(max(interval(x.figure)[0], 1.0) for x in (a, b))
    same = len(a.quantity.nouns & b.quantity.nouns) >= 2 and noun_overlap(a.quantity, b.quantity) >= 0.65
    return same and a.witness is not b.witness and low >= 10 and high <= RATIO * low


def close_counts(a: Account, b: Account) -> bool:
    """Whether two reports' counts of one thing are so large and so near each other that chance will not have made
    them."""
    if a.witness is b.witness or a.quantity.concept is None:
        return False
    if (a.quantity.concept, a.quantity.population) != (b.quantity.concept, b.quantity.population):
        return False
    low, high = sorted(max(interval(x.figure)[0], 1.0) for x in (a, b))
    same_kind = a.figure.kind == b.figure.kind == "count"
    return same_kind and low >= 20 and high <= 1.15 * low and same_place(a.quantity, b.quantity)


def may_rival(a: Account, b: Account, one_place: bool) -> bool:
    """Whether two unequal counts may be of one quantity.

    Args:
        a, b: the accounts.
        one_place: whether all reports that say where name one place, so that a count without a place is of it too.
    """
    first, second = a.quantity, b.quantity
    if first.concept != second.concept or first.population != second.population:
        return False
    if first.concept is None:
        return same_nouns(a, b)
    if expected(a) != expected(b):
        return False
    placed = bool(first.place or first.states), bool(second.place or second.states)
    if not same_place(first, second) or (placed[0] != placed[1] and not one_place):
        return False
    if a.figure.since and b.figure.since and a.figure.since[:7] != b.figure.since[:7]:
        return False
    if not same_sort(a.figure, b.figure) or (a.figure.kind == "amount" and a.figure.unit != b.figure.unit):
        return False
    low, high = sorted(max(interval(x.figure)[0], 1.0) for x in (a, b))
    free = in_time(a, b) or _may_be_later(a, b) or a.estimate or b.estimate or _by_others(a, b)
    return high <= (RATIO_IN_TIME if free else first.apart) * low


_EXPECTED = re.compile(
    r"\b(?:expect|forecast|predict|project|anticipat|pencil|hope|target|aim)(?:s|ed|ing|ion|ions|ations?)?\b",
    re.IGNORECASE,
)
EXPECTED_REACH = 70
"""Characters around a number within which a word says that it was only expected."""


def expected(account: Account) -> bool:
    """Whether a number is what somebody expects or expected, and not what came about."""
    sentence = account.witness.sentence(account.figure.start)
    low = max(sentence.start, account.figure.start - EXPECTED_REACH)
    high = min(sentence.end, account.figure.end + EXPECTED_REACH)
    return _EXPECTED.search(account.witness.text, low, high) is not None


def _by_others(a: Account, b: Account) -> bool:
    """Whether two bodies vouch for two tolls: what the one side counts may be far from what the other does."""
    if not a.quantity.moves or a.figure.vouched_by is None or b.figure.vouched_by is None:
        return False
    return not concepts(a.witness.words(a.figure.vouched_by)) & concepts(b.witness.words(b.figure.vouched_by))


def _may_be_later(a: Account, b: Account) -> bool:
    """Whether no day forbids that one is a later count than the other."""
    return a.quantity.moves and (a.day is None or b.day is None)


def in_time(a: Account, b: Account) -> bool:
    """Whether two counts are of different days, so that one may be a revision of the other."""
    return a.day is not None and b.day is not None and a.day != b.day
