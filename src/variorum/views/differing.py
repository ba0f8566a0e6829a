"""Where reports part, in few words: accounts of a wording set into one text, and a difference as one line."""

from __future__ import annotations

from dataclasses import replace

from variorum.model import BriefLine, Difference, DifferenceAccount, Extent, RecordStatement, Span, StatementVariant
from variorum.views import labels
from variorum.views.edition import Edition
from variorum.views.inert import inert
from variorum.views.woven import Stretch, Woven, weave

MOST_ACCOUNTS = 4
"""Accounts that one line gives; of more, the others are counted."""
LONGEST_ACCOUNT = 72
"""Characters of one account in such a line."""
_MARKS = str.maketrans("", "", '“”„«»"')
MOST_PLACES = 2
"""Places of a wording that one line gives."""


def woven_sides(edition: Edition, difference: Difference) -> Woven | None:
    """The accounts of a difference in wording set into one text; None where they cannot be."""
    sides = difference.accounts
    if difference.kind != "wording" or len(sides) < 2 or len({side.report for side in sides}) < len(sides):
        return None
    about = next((s for s in edition.record.statements if s.id == difference.about.entry), None)
    variants = tuple(
        StatementVariant(report=side.report, kind="direct", content=_said_within(side, about)) for side in sides
    )
    statement = RecordStatement(id=difference.id, speaker=None, standing="differs", variants=variants)
    woven = weave(statement, edition.texts)
    return None if woven.apart else woven


def _said_within(side: DifferenceAccount, statement: RecordStatement | None) -> tuple[Extent, ...]:
    """What was said between the ends of an account, without the reporter's "she said" between two halves of it."""
    said = tuple(
        extent
        for variant in (statement.variants if statement else ())
        if variant.report == side.report
        for extent in variant.content
        if side.start <= extent.start and extent.end <= side.end
    )
    whole = said and (said[0].start, said[-1].end) == (side.start, side.end)
    return said if whole else (Extent(side.start, side.end),)


def without_parts(woven: Woven) -> Woven:
    """A woven text without the variants that quote only a part of it: what they have stands apart, whole."""
    kept: list[Stretch] = []
    for stretch in woven.stretches:
        own = tuple(
            replace(reading, reports=reports)
            for reading in stretch.own
            if (reports := tuple(report for report in reading.reports if report not in woven.partial))
        )
        if len(own) > 1:
            kept.append(Stretch(own=own))
        elif words := stretch.common or (own[0].text if own else ""):
            kept.append(Stretch(common=words))
    return replace(woven, stretches=tuple(kept))


def brief_words(edition: Edition, line: BriefLine) -> str:
    """A line of the brief as it is shown: a difference with its accounts, so that one need not look for them further down,
    indirect speech with its verb."""
    difference = difference_of(edition, line)
    if difference:
        return _difference_words(edition, difference)
    statement = next((s for s in edition.record.statements if s.id == line.entry), None)
    return _statement_words(edition, statement, line) if statement else inert(line.text)


def _statement_words(edition: Edition, statement: RecordStatement, line: BriefLine) -> str:
    """A line that gives what somebody said, with what leads to the words: "did not say" is more than a matter of style."""
    told, first = inert(line.text), statement.variants[0]
    name = edition.actor(statement.speaker)
    lead = labels.lead(edition.texts.get(first.report, ""), first)
    said = told.removeprefix(f"{name}: ")
    return f"{name}: {lead} {said}" if lead and name and said != told else told


def difference_of(edition: Edition, line: BriefLine) -> Difference | None:
    """The difference that a line of the brief tells, where it tells one."""
    for difference in edition.differences_about.get(line.entry, ()):
        spans = {Span(report=a.report, start=a.start, end=a.end) for a in difference.accounts}
        if spans == set(line.evidence) and line.text.endswith(difference.about.label):
            return difference
    return None


def _difference_words(edition: Edition, difference: Difference) -> str:
    woven = woven_sides(edition, difference)
    told = _places(edition, woven) if woven else ""
    if not told:
        accounts = [
            f"{labels.shortened(value, LONGEST_ACCOUNT)} ({edition.sigla(a.report for a in held)})"
            for value, held in edition.sides(difference)
        ]
        further = len(accounts) - MOST_ACCOUNTS
        told = " · ".join(accounts[:MOST_ACCOUNTS]) + (f" · and {further} more" if further > 0 else "")
    if difference.lacking:
        told += f" · not told ({edition.sigla(difference.lacking)})"
    return f"Differs: {inert(difference.about.label)}: {told}"


def _places(edition: Edition, woven: Woven) -> str:
    """The first places at which wordings part, with each report's own words: ``“important” (A), “pivotal” (C)``."""
    places = [stretch.own for stretch in woven.stretches if len(stretch.own) > 1]
    short = [own for own in places if all(len(reading.text) <= LONGEST_ACCOUNT for reading in own)]
    # The longest words first, where every report has some: an article that is left out says little.
    shown = sorted(short, key=lambda own: -min(len(reading.text) for reading in own))[:MOST_PLACES]
    told = [
        ", ".join(
            f"{_only_words(reading.text) if reading.text else 'left out'} ({edition.sigla(reading.reports)})"
            for reading in own
        )
        for own in places
        if own in shown
    ]
    further = len(places) - len(told)
    return " · ".join(told) + (f" · and {labels.plural(further, 'more place')}" if told and further else "")


def _only_words(text: str) -> str:
    """Words in quotation marks, without those that begin or end a quotation among them."""
    return f"“{text.translate(_MARKS).strip()}”"
