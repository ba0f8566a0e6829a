"""Unequal numbers that stand opposite in passages: "listed only 241" here, "listed only 214" there.

The sentences around two numbers tell the same thing, so that less is asked of the words right beside them than where
nothing but these speaks for them, and small counts may be compared too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from variorum.collation.alignment import kinship
from variorum.collation.contexts import (
    against_each_other,
    bounds_apart,
    currency_of,
    is_conversion,
    near_words,
    rounds,
    shared_words,
)
from variorum.collation.figures.accounts import (
    Account,
    counts_others,
    kin_beside,
    of_another_year,
    recalls,
    with_own,
    with_rate,
)
from variorum.collation.figures.sameness import expected, is_attribute
from variorum.collation.passages import Passage, Sentence
from variorum.collation.quantities import COUNTS, compatible, interval, names_people, quantity_of, same_place
from variorum.collation.states import is_state_word, states_in
from variorum.collation.tellings import is_legislature
from variorum.collation.witness import Witness
from variorum.collation.words import concept, concepts, fold, folded, near_groups, root_of
from variorum.model import Extent
from variorum.text.tables import load_toml

KINDS = ("count", "number", "amount", "share", "measure", "duration")
"""Kinds of figures that are compared; ages have a comparison of their own."""
APART = 4.0
"""How many times one number may be another one of the same thing."""
WIDELY = 12.0
"""The same where the thing is named alike."""
BESIDE = 1.0
"""Weight of the words that must stand beside both numbers where their nouns are alike."""
BESIDE_OTHERS = 1.8
"""The same where the nouns are only both for people ("aid workers", "Britons")."""
WELL = 2.4
"""The same where they are not."""
SURE = 6.0
"""Likeness of two sentences from which the only number of its sort in each is of the same thing."""


@dataclass(frozen=True, slots=True)
class Opposite:
    """Two numbers of one thing."""

    a: Account
    b: Account
    beside: tuple[str, ...]
    """Words that stand beside both, as the first report writes them."""


def opposites(passages: Sequence[Passage]) -> Iterator[Opposite]:
    """Numbers that stand opposite in passages and do not agree, those of the surest passages first. A number is taken
    for one thing in each other report."""
    taken: set[tuple[int, int, int]] = set()
    for passage in passages:
        options = []
        first, second = _numbers(passage.a), _numbers(passage.b)
        for n, a in enumerate(first):
            for k, b in enumerate(second):
                score = _likeness(passage, a, b, first, second)
                if score:
                    options.append((-score, n, k))
        own: set[int] = set()
        theirs: set[int] = set()
        for _, n, k in sorted(options):
            if n in own or k in theirs:
                continue
            own.add(n)
            theirs.add(k)
            a, b = first[n], second[k]
            keys = {
                (a.witness.number, a.figure.start, b.witness.number),
                (b.witness.number, b.figure.start, a.witness.number),
            }
            if taken & keys or _agree(a, b):
                continue
            share = kinship(a.near, b.near).share
            if a.figure.value != b.figure.value and (_given_elsewhere(a, b, share) or _given_elsewhere(b, a, share)):
                continue
            taken |= keys
            one, other = (list(near_words(x.witness, x.figure.extent)) for x in (a, b))
            yield Opposite(a, b, shared_words(one, [sense for sense, _ in other]))


MOST_NUMBERS = 12
"""Numbers of one sentence that are compared each with each; more are a table."""


def _numbers(sentence: Sentence) -> list[Account]:
    """What a sentence counts or measures now; what it counts beside others or recalls of another year is left out."""
    witness = sentence.witness
    given_here = [
        f
        for f in witness.reading.figures
        if sentence.extent.covers(f.extent) and f.kind in KINDS and (f.value is not None or f.low is not None)
    ]
    return [
        made
        for given in given_here[:MOST_NUMBERS]
        for figure in (with_own(witness, with_rate(witness, given)),)
        for made in (Account(witness, figure, quantity_of(witness, figure)),)
        if not (is_conversion(witness, figure) or counts_others(made) or of_another_year(made))
    ]


def _likeness(passage: Passage, a: Account, b: Account, first: list[Account], second: list[Account]) -> float:
    """How sure it is that two numbers of a passage are of one thing; 0 where it is not. Equal ones are too, so that
    none of them is taken for another."""
    if not _one_sort(a, b) or expected(a) != expected(b) or of_two_things(a, b):
        return 0.0
    low, high = sorted(max(abs(interval(x.figure)[0]), 1e-9) for x in (a, b))
    nouns = _nouns_alike(a, b)
    here = passage.in_place_of(a.figure.extent, b.figure.extent)
    kin, weight = kin_beside(a, b)
    if high > (WIDELY if nouns else APART) * low:
        return 0.0
    if here and passage.share >= 0.5:
        return 10 + passage.likeness + weight
    if _of_two_doers(passage, a, b):
        return 0.0
    sole = all(
        sum(_one_sort(x, y) and _nouns_alike(x, y) > 0 for y in own) == 1 for x, own in ((a, first), (b, second))
    )
    least = BESIDE if nouns == SAME else BESIDE_OTHERS
    if nouns and (weight >= least or (sole and passage.likeness >= SURE)):
        same = (noun := _noun_of(a)) is not None and concept(noun) == concept(_noun_of(b) or "")
        return weight + 2.0 * sole + 1.5 * same + 0.5 * (a.figure.value == b.figure.value)
    if weight >= WELL and kin.share >= 0.5 and kin.exact:
        return weight
    return 0.0


BESIDE_SIDE = 45
"""Characters around a number, within its clause, where a verb says for or against what those counted are."""
_JOINT = re.compile(r"[,;:.]|\b(?:and|but|while)\b")


def _of_two_doers(passage: Passage, a: Account, b: Account) -> bool:
    """Whether bodies or states are named before both numbers, of which the other sentence names none: each has its own."""
    first, second = _doers(a), _doers(b)
    everyone = [_named_in(s.witness, s.extent) for s in (passage.a, passage.b)]
    return bool(first and second) and not first & everyone[1] and not second & everyone[0]


def _doers(account: Account) -> frozenset[str]:
    sentence = account.witness.sentence(account.figure.start)
    return _named_in(account.witness, Extent(sentence.start, max(sentence.start + 1, account.figure.start)))


def _named_in(witness: Witness, extent: Extent) -> frozenset[str]:
    """The bodies, by the words of their names, and the states, by their codes, that a stretch names."""
    named = [
        a.name for m, a in witness.index.within(extent) if m.form == "name" and a.kind in ("organisation", "group")
    ]
    return concepts(" ".join(named)) | states_in(witness.words(extent))


def of_two_things(a: Account, b: Account) -> bool:
    """Whether two numbers cannot be of one thing by what their sentences say: one is recalled of another time, those counted
    are for something here and against it there, or it is another chamber's vote."""
    if recalls(a) != recalls(b):
        return True
    sides = [_side(x) for x in (a, b)]
    if None not in sides and sides[0] != sides[1]:
        return True
    bodies = [_body(x) for x in (a, b)]
    return None not in bodies and bodies[0] != bodies[1]


def _side(account: Account) -> bool | None:
    witness, figure = account.witness, account.figure
    sentence = witness.sentence(figure.start)
    before = _JOINT.split(witness.text[max(sentence.start, figure.start - BESIDE_SIDE) : figure.start])[-1]
    after = _JOINT.split(witness.text[figure.end : min(sentence.end, figure.end + BESIDE_SIDE)])[0]
    told = [pattern.search(f"{before} {after}") is not None for pattern in _sides()]
    return told[0] if told[0] != told[1] else None


@cache
def _sides() -> tuple[re.Pattern[str], re.Pattern[str]]:
    table = load_toml("en/collation_words.toml")
    yes, no = ("|".join(re.escape(w) for w in table[side] if w != "for") for side in ("voted_for", "voted_against"))
    return re.compile(rf"\b(?:{yes})\b", re.IGNORECASE), re.compile(rf"\b(?:{no})\b", re.IGNORECASE)


def _body(account: Account) -> str | None:
    """The parliament or chamber whose number it is."""
    witness, figure = account.witness, account.figure
    sentence = witness.sentence(figure.start)
    named = [actor.name for _, actor in witness.index.within(Extent(sentence.start, figure.start))]
    return next((name for name in reversed(named) if is_legislature(name)), None)


def _one_sort(a: Account, b: Account) -> bool:
    """Whether two numbers can be of one thing by their kinds, their units and what is known of those counted."""
    first, second = a.figure, b.figure
    if first.kind != second.kind and not (first.kind in COUNTS and second.kind in COUNTS):
        return False
    if is_attribute(a) != is_attribute(b):
        return False
    if first.kind in COUNTS and (float(first.value or 0) % 1 == 0) != (float(second.value or 0) % 1 == 0):
        return False
    if first.kind in ("amount", "measure", "share", "duration") and currency_of(first) != currency_of(second):
        return False
    if a.quantity.concept != b.quantity.concept and a.quantity.concept and b.quantity.concept:
        return False
    noun = _noun_of(a) if first.kind in COUNTS else None
    one_noun = noun is not None and concept(noun) == concept(_noun_of(b) or "")
    if (
        not one_noun
        and a.quantity.population != b.quantity.population
        and "things" not in (a.quantity.population, b.quantity.population)
    ):
        return False
    return same_place(a.quantity, b.quantity)


SAME, PEOPLE = 2, 1


def _nouns_alike(a: Account, b: Account) -> int:
    """Whether what is counted is named alike: ``SAME`` by one noun, near ones, or where the unit tells all; ``PEOPLE`` by
    two nouns for people; else 0."""
    if a.figure.kind not in COUNTS:
        return SAME
    first, second = (_noun_of(x) for x in (a, b))
    if first is None or second is None:
        return 0
    one, two = concept(first), concept(second)
    if one == two or root_of(one) == root_of(two) or near_groups(one) & near_groups(two):
        return SAME
    return PEOPLE if all(names_people(x) or is_state_word(x) for x in (first, second)) else 0


_OF_THEM = re.compile(r"\s+of\s+(?:the|its|their|his|her|these|those)\s+(?:[\w’'-]+\s+){0,2}?(?P<noun>[\w’'-]+s)\b")


def _noun_of(account: Account) -> str | None:
    """The noun that is counted, also where the number is a part of them ("13 of its accounts")."""
    figure = account.figure
    words = folded(figure.unit or "") or folded(figure.what or "")
    if words:
        return words[-1]
    part = _OF_THEM.match(account.witness.text, figure.end)
    return fold(part["noun"]) if part else None


def _agree(a: Account, b: Account) -> bool:
    first, second = a.figure, b.figure
    if first.value is not None and first.value == second.value:
        return not against_each_other(first, second)
    if first.kind == "count" and all(value is not None and value < 10 for value in (first.value, second.value)):
        return False
    return (compatible(first, second) and not bounds_apart(first, second)) or rounds(first, second)


def _given_elsewhere(a: Account, b: Account, share: float) -> bool:
    """Whether the report of the second has the number of the first too, of a thing that is named alike and with as much of
    what stands beside that one as its rival has (``share``)."""
    return any(
        own.value == a.figure.value
        and currency_of(own) == currency_of(a.figure)
        and (own.kind == a.figure.kind or (own.kind in COUNTS and a.figure.kind in COUNTS))
        and (abs(own.value or 0) >= 10 or _nouns_alike(Account(b.witness, own, b.quantity), a))
        and kinship(Account(b.witness, own, b.quantity).near, a.near).share >= share
        for own in b.witness.reading.figures
    )
