"""Vouchers: one number for which reports name different bodies, or the same body under a label that takes sides."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from variorum.collation.differences.draft import Collated, Draft, account
from variorum.collation.dimensions import dimension_of
from variorum.collation.figures import Account, Ledger
from variorum.collation.naming import is_generic, qualifiers
from variorum.collation.quantities import compatible
from variorum.collation.states import is_state_word, states_in
from variorum.collation.tellings import is_people
from variorum.collation.words import concept, concepts, fold, folded, is_light
from variorum.model import Actor, Extent, RecordFigure
from variorum.text.world import lookup

WORTH_AN_OMISSION = 0.6
"""How much a quantity must matter for its absence in other reports to be told whoever vouches for it."""

FEW = 4
"""Up to this many reports an omission says something by itself."""

PLAIN = 0.5
"""How much a quantity matters that the table does not know."""


def matters_of(ledger: Ledger) -> float:
    """How much the quantity of a ledger matters, 0 to 1."""
    return ledger.matters or PLAIN


def find(entry: RecordFigure, ledger: Ledger, found: Collated) -> Iterator[Draft]:
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
            weight=(0.75 if same or _takes_sides(told) else 0.5) * (0.5 + matters_of(ledger) / 2),
            why="the same voucher under different labels" if same else "different vouchers for the same quantity",
        )
        return
    yield from _rival_vouchers(entry, ledger, found)
    yield from _unnamed_voucher(entry, ledger, told, found)
    vouched = [a for a in ledger.accounts if a.figure.vouched_by and not _is_press(a)]
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
                weight=0.26 * (0.5 + matters_of(ledger) / 2),
                why="one report says who vouches for the number, another states it as a fact",
            )


def _rival_vouchers(entry: RecordFigure, ledger: Ledger, found: Collated) -> Iterator[Draft]:
    """Numbers of one quantity on the word of different bodies or persons: why they differ, or why one of them may be
    doubted (the minister's count and the opposition's)."""
    counted = ledger.lead.quantity.concept is None and ledger.lead.figure.kind != "amount"
    first = ledger.accounts[0].figure
    all_one = all(
        a.figure.value == first.value or (dimension_of(first) and compatible(first, a.figure)) for a in ledger.accounts
    )
    if len(found.witnesses) > FEW_SIDES or (counted and all_one):
        return
    told: list[tuple[Account, Extent, frozenset[str]]] = []
    for one in sorted(ledger.accounts, key=lambda a: (a.estimate, a.order)):
        words = one.figure.vouched_by
        label = concepts(one.witness.words(words)) if words else frozenset()
        if words and label and all(_are_two(one, label, other, theirs, found) for other, _, theirs in told):
            told.append((one, words, label))
    if len(told) < 2:
        return
    for one in ledger.accounts:
        # The other reports' vouchers stand beside the two that differ.
        words = one.figure.vouched_by
        if words and all(one.witness is not other.witness for other, _, _ in told):
            told.append((one, words, frozenset()))
    yield Draft(
        kind="attribution",
        entry=entry.id,
        label=entry.what,
        accounts=tuple(account(a.witness, words) for a, words, _ in told[:6]),
        weight=0.6 * (0.5 + matters_of(ledger) / 2),
        why="each report has its number from another: " + ", ".join(f"“{a.witness.words(w)}”" for a, w, _ in told[:4]),
    )


FEW_SIDES = 6
"""Up to this many reports it says something who vouches for which number."""


def _are_two(a: Account, label: frozenset[str], b: Account, other: frozenset[str], found: Collated) -> bool:
    """Whether two reports name two vouchers, neither of whom speaks for the other or is too vague to be another."""
    if a.witness is b.witness or label <= other or other <= label or _same_of_state(a, b):
        return False
    if _is_press(a) or _is_press(b):
        return False
    entries = [
        found.cast.id_of(x.witness, x.figure.voucher) or found.cast.at(x.witness, x.figure.vouched_by) for x in (a, b)
    ]
    words = [x.witness.words(x.figure.vouched_by or Extent(0, 0)) for x in (a, b)]
    # "Police", "the disaster council" need be no entry to be another voucher than the organisers.
    known = all(entry or is_people(told) for entry, told in zip(entries, words, strict=True))
    if not known or entries[0] == entries[1]:
        return False
    if (_vague(label) and _vague(other)) or ((_vague(label) or _vague(other)) and compatible(a.figure, b.figure)):
        return False
    actors = [found.cast[entry] for entry in entries if entry]
    if any(any(entry.sort == "press" for entry in lookup(actor.name)) for actor in actors):
        return False
    roles = [
        _own_words(f"{told} {found.cast[entry].name} {found.cast[entry].role or ''}" if entry else told)
        for entry, told in zip(entries, words, strict=True)
    ]
    if roles[0] & roles[1] - _offices() or any(_speaks_for_others(actor) for actor in actors):
        return False
    return len(actors) < 2 or not _one_state_speaks(*actors)


def _own_words(words: str) -> frozenset[str]:
    """The concepts of a label but for words for a state, which many of its bodies share."""
    return frozenset(concept(w) for w in folded(words) if not is_light(w) and not is_state_word(w))


def _unnamed_voucher(
    entry: RecordFigure, ledger: Ledger, told: list[tuple[Account, Extent, str | None, frozenset[str]]], found: Collated
) -> Iterator[Draft]:
    """A number for which one report names who vouches, and another has only "officials" or "authorities"."""
    if len(found.witnesses) > FEW or matters_of(ledger) < WORTH_AN_OMISSION or not told:
        return
    named, words, _, label = told[0]
    for one in ledger.accounts:
        given = one.figure.vouched_by
        if given is None or one.witness.origin == named.witness.origin or not compatible(one.figure, named.figure):
            continue
        other = concepts(one.witness.words(given))
        if other and _vague(other) and not _vague(label):
            yield Draft(
                kind="attribution",
                entry=entry.id,
                label=entry.what,
                accounts=(account(named.witness, words), account(one.witness, given)),
                weight=0.4 * (0.5 + matters_of(ledger) / 2),
                why="one report names who vouches for the number, the other only nameless officials",
            )
            return


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
    if _vague(label) or _vague(other) or _same_of_state(one, two):
        return False
    if first == second and first is not None:
        return actors[0].kind != "person" and _loaded(one) != _loaded(two)
    if any(actor.kind == "person" for actor in actors):
        return len(actors) == 2 and _of_two_offices(actors[0], label, actors[1], other)
    return True


def _same_of_state(a: Account, b: Account) -> bool:
    """Whether two labels name the same body of one state ("the Peruvian interior ministry", "the interior ministry in
    Lima")."""
    words = [x.witness.words(x.figure.vouched_by or Extent(0, 0)) for x in (a, b)]
    kinds = [{concept(w) for w in folded(x) if not is_light(w) and not is_state_word(w)} for x in words]
    states = [states_in(x) for x in words]
    return kinds[0] == kinds[1] and (not states[0] or not states[1] or bool(states[0] & states[1]))


def _of_two_offices(a: Actor, label: frozenset[str], b: Actor, other: frozenset[str]) -> bool:
    """Whether a person vouches for another body, or from another office, than the other voucher: who holds an office
    speaks for its body, and a spokesman for whoever sent him."""
    told = []
    for actor, words in ((a, label), (b, other)):
        if actor.kind == "person" and (not actor.role or _speaks_for_others(actor)):
            return False
        told.append({w for w in words | concepts(actor.role or "") if not is_state_word(w)} - _offices())
    return not told[0] & told[1] and not _one_state_speaks(a, b)


def _one_state_speaks(a: Actor, b: Actor) -> bool:
    """Whether one is the head of the other's state or government, who speaks for all of its bodies."""
    return any(
        one.kind == "person" and two.kind != "person" and concepts(one.role or "") & _heads_of_state()
        for one, two in ((a, b), (b, a))
    )


@cache
def _heads_of_state() -> frozenset[str]:
    return frozenset(concept(fold(word)) for word in ("president", "premier", "chancellor", "king", "queen"))


@cache
def _offices() -> frozenset[str]:
    """Concepts of words for an office or a body of any kind, which two may share."""
    words = (
        "minister",
        "ministry",
        "department",
        "agency",
        "secretary",
        "cabinet",
        "deputy",
        "chief",
        "director",
        "general",
        "office",
        "service",
        "committee",
        "commission",
        "council",
    )
    return frozenset(concept(fold(word)) for word in words)


def _speaks_for_others(actor: Actor) -> bool:
    return any(word.startswith("spokes") for word in folded(actor.role or ""))


def _vague(label: frozenset[str]) -> bool:
    """Whether a voucher's label names no body in particular ("Peruvian authorities", "officials")."""
    vague = {concept(word) for word in ("authorities", "officials", "sources", "government", "local", "state")}
    return all(word in vague or is_state_word(word) for word in label)


def _can_vouch(actor: Actor) -> bool:
    """Whether it matters who it is: a named person or a body, not the press and not nameless people."""
    press = any(entry.sort == "press" for entry in lookup(actor.name))
    body = actor.kind in ("organisation", "government") or is_generic(folded(actor.name))
    return not press and (actor.named or body)


def _is_press(account: Account) -> bool:
    """Whether the voucher's words name an outlet or an agency, which passes a number on."""
    words = account.witness.words(account.figure.vouched_by) if account.figure.vouched_by else ""
    return any(entry.sort == "press" for entry in lookup(words.removeprefix("the ")))


def _takes_sides(told: list[tuple[Account, Extent, str | None, frozenset[str]]]) -> bool:
    """Whether a voucher's label says how an outlet sees it ("Hamas-run")."""
    return any(_loaded(one) for one, _, _, _ in told)


def _loaded(account: Account) -> bool:
    words = account.witness.words(account.figure.vouched_by).split() if account.figure.vouched_by else []
    return any("-" in word and (fold(word) in qualifiers() or word.endswith(SIDES)) for word in words)


SIDES = ("-run", "-backed", "-controlled", "-led", "-aligned", "-held", "-linked", "-affiliated")
"""Endings of a label that says whose a body is."""
