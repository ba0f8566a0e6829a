"""Numbers of something in the world: bound, unit, what is counted, and who vouches for it.

text ──quantities──▶ number + unit ──counted──▶ noun ──bounds──▶ bound ──vouching──▶ voucher ──setting──▶ since, place
"""

from __future__ import annotations

from datetime import date

from variorum.model import Extent, Figure, Report, ReportedActor, Statement
from variorum.model.reading import FigureKind
from variorum.reading.figures.bounds import find_bound
from variorum.reading.figures.counted import Counted, count
from variorum.reading.figures.quantities import Quantity, find_quantities
from variorum.reading.figures.setting import Setting, part_of
from variorum.reading.figures.vouching import Vouchers
from variorum.reading.parsed import Paragraph, Parsed
from variorum.text.actor_index import ActorIndex

__all__ = ["find_figures"]

MOST_IN_BLOCK = 1_000
"""Quantities of one block that are read; a block with more of them is a table, not prose."""


def find_figures(
    parsed: Parsed, actors: tuple[ReportedActor, ...], statements: tuple[Statement, ...]
) -> tuple[Figure, ...]:
    """All figures of a report, in the order of the text."""
    index = ActorIndex(actors)
    vouchers = Vouchers(index, statements)
    anchor = _anchor(parsed.report)
    found: list[Figure] = []
    for paragraph in parsed.article:
        quantities = find_quantities(paragraph.doc.text)
        if quantities:
            setting = Setting(paragraph, index, anchor)
            found.extend(_figures(paragraph, quantities, vouchers, setting))
    return tuple(found)


def _anchor(report: Report) -> date | None:
    if report.published is None:
        return None
    try:
        return date.fromisoformat(report.published.date[:10])
    except ValueError:
        return None


def _figures(paragraph: Paragraph, quantities: list[Quantity], vouchers: Vouchers, setting: Setting) -> list[Figure]:
    found: list[Figure] = []
    taken_to = -1
    for quantity in quantities[:MOST_IN_BLOCK]:
        counted = count(paragraph.doc, quantity)
        if counted is None or quantity.start < taken_to:
            continue
        figure = _figure(paragraph, quantity, counted, found, vouchers, setting)
        found.append(figure)
        taken_to = max(quantity.end, counted.holds)
    return found


def _figure(
    paragraph: Paragraph,
    quantity: Quantity,
    counted: Counted,
    before: list[Figure],
    vouchers: Vouchers,
    setting: Setting,
) -> Figure:
    text = paragraph.doc.text
    bound, start, end = find_bound(text, quantity, counted.start, counted.end)
    at = paragraph.offset
    extent = Extent(at + start, at + end)
    number = Extent(at + quantity.start, at + quantity.end)
    around = setting.of(counted.head)
    source, voucher = vouchers.of(paragraph, number)
    kind, unit, what = counted.kind, counted.unit, counted.what
    if counted.points_back:
        kind, unit, what = _pointed_to(counted, before)
    return Figure(
        value=quantity.value,
        low=quantity.low,
        high=quantity.high,
        bound=bound,
        unit=unit,
        kind=kind,
        what=what,
        start=extent.start,
        end=extent.end,
        vouched_by=source,
        voucher=voucher,
        since=around.since,
        place=around.place(quantity, voucher=source, told_in=vouchers.told_in(number)),
        as_of=around.as_of,
        part_of=part_of(paragraph, extent, before) if counted.kind in ("count", "number") else None,
    )


def _pointed_to(counted: Counted, before: list[Figure]) -> tuple[FigureKind, str | None, str | None]:
    """Kind, unit and what of a number that counts the things of the figure before it in its paragraph."""
    counts = [f for f in before if f.kind in ("count", "number") and f.what is not None]
    if not counts:
        return counted.kind, counted.unit, counted.what
    things, what = counts[-1], counted.what
    if what is None:
        return things.kind, things.unit, things.what
    return things.kind, things.unit, f"{things.unit} {what}" if things.unit is not None else what
