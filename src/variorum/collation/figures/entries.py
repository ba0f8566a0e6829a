"""The record's entries of figures: what is counted, where, each report's account, and what each revises or is a part of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from variorum.collation.actors import Cast
from variorum.collation.contexts import phrase_beside
from variorum.collation.figures.accounts import Account, accounts_of, revises
from variorum.collation.figures.ledgers import Ledger, grouped, with_unlike
from variorum.collation.passages import Passage
from variorum.collation.quantities import is_people
from variorum.collation.witness import Witness
from variorum.model import Extent, FigureAccount, RecordFigure
from variorum.text.world import lookup_state


def collate_figures(
    witnesses: tuple[Witness, ...], cast: Cast, passages: Sequence[Passage] = ()
) -> tuple[tuple[RecordFigure, ...], tuple[Ledger, ...]]:
    """One entry a quantity, and beside each the accounts that it was made of; ``standing`` is left at ``single``."""
    ledgers = with_unlike(grouped(accounts_of(witnesses)), witnesses, passages)
    ledgers.sort(key=lambda ledger: _rank(ledger))
    ids = {_place(account): f"figure-{n}" for n, ledger in enumerate(ledgers, start=1) for account in ledger.accounts}
    entries = tuple(_entry(ledger, f"figure-{n}", ids, cast) for n, ledger in enumerate(ledgers, start=1))
    return entries, tuple(ledgers)


def _rank(ledger: Ledger) -> tuple[object, ...]:
    known = ledger.lead.quantity.concept is not None
    reports = len({account.witness.number for account in ledger.accounts})
    first = min(ledger.accounts, key=lambda a: (a.witness.number, a.figure.start))
    return -reports, not known, first.witness.number, first.figure.start


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
    if quantity.concept is None:
        return _own_label(lead, one_unit=len({a.figure.unit for a in ledger.accounts}) == 1)
    who = "" if quantity.population in ("people", "things") else f"{lead.figure.unit or quantity.population} "
    place = place_of(lead)
    where = f" in {place}" if place else ""
    return f"{who}{quantity.label}{where}"


_NOUN = re.compile(r"[^\W\d_]")


_COMMON = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){0,2}")
"""Up to three words that name what a sum is for ("bank loans")."""

_TELLS_NO_NOUN = re.compile(r"\b(?:\w+(?:ed|ing)|given|paid|spent|to|of|by|dollars?|euros?|pounds?|rupees?)\b")
"""Words in it that make it a sum that something was done with, and not the name of one."""


def _own_label(account: Account, *, one_unit: bool) -> str:
    """What is counted in the report's own words: the noun of a count, and for other figures, or where the noun names
    only people in general, the words that stand together nearest to the number, with the unit
    where all reports use one."""
    figure = account.figure
    what = " ".join((figure.what or "").split())
    if _NOUN.match(what) and figure.kind == "count" and not is_people(what):
        return what
    if figure.kind == "amount" and _COMMON.fullmatch(what) and what.islower() and not _TELLS_NO_NOUN.search(what):
        return what
    near = phrase_beside(account.witness, figure)
    if is_people(what):
        return f"{what}, {near}" if near else what
    measured = figure.unit if one_unit and figure.kind in ("share", "measure", "duration", "number") else None
    told = near or what
    if not told:
        return figure.unit or "number"
    return f"{told} ({_in_plural(measured)})" if measured else told


def _in_plural(unit: str) -> str:
    """A unit as a label has it: of more than one."""
    if unit.startswith("percent"):
        return "per cent" if unit in ("percent", "percentage") else "points"
    return unit if unit.endswith("s") or " per " in unit else f"{unit}s"


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
