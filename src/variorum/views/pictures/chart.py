"""A figure over time: every account a mark at its day and value, bounds and ranges drawn as such."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from markupsafe import Markup

from variorum.model import FigureAccount, RecordFigure
from variorum.views import labels
from variorum.views.edition import Edition
from variorum.views.pictures.svg import picture, tag

WIDTH, HEIGHT = 560, 150
LEFT, RIGHT, TOP, BOTTOM = 62, 124, 20, 30
BETWEEN = 72
"""Least distance of the names of two days on the axis."""
CLOSE = 12
"""Distance within which marks of one amount share their words."""

Points = dict[tuple[date, str], tuple[FigureAccount, list[str]]]


def chart_of(figure: RecordFigure, edition: Edition) -> Markup | None:
    """The chart of a figure; None where fewer than two days are known, or all accounts give one value.

    The day of an account is the day it counts to, else the day its report appeared.
    """
    dated = [
        (when, account) for account in figure.accounts if (when := _day(account, edition)) and account.value is not None
    ]
    points: Points = {}
    for when, account in dated:
        points.setdefault((when, labels.amount(account)), (account, []))[1].append(account.report)
    days = sorted({when for when, _ in points})
    values = [float(account.value or 0) for account, _ in points.values()]
    if len(days) < 2 or min(values) == max(values):
        return None
    ends = [float(end) for account, _ in points.values() for end in (account.low, account.high) if end is not None]
    top = _ceiling(max(values + ends))
    first, last = days[0].toordinal(), days[-1].toordinal()

    def x(when: date) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (when.toordinal() - first) / (last - first)

    def y(value: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * max(0.0, value) / top

    parts: list[Markup] = []
    for step in range(3):
        value = top * step / 2
        parts.append(tag("line", class_="grid", x1=LEFT, x2=WIDTH - RIGHT, y1=y(value), y2=y(value)))
        parts.append(tag("text", _tick(value), class_="tick", x=LEFT - 8, y=y(value) + 4, text_anchor="end"))
    for when in _ticks(days, x):
        day = labels.day(when.isoformat(), short=True, year=days[0].year != days[-1].year)
        parts.append(tag("text", day, class_="tick", x=x(when), y=HEIGHT - 8, text_anchor="middle"))
    if any(edition.is_revised(figure, account) for account in figure.accounts):
        parts += _curve(points, x, y)
    taken: list[tuple[float, float]] = []
    for (when, _), (account, _reports) in sorted(points.items(), key=_down):
        parts += _mark(account, x(when), y(float(account.value or 0)), y)
    for when, account, reports in _together(points, x):
        at, level = x(when), y(float(account.value or 0))
        row = level - 5
        while any(abs(row - other) < 17 and abs(at - beside) < 90 for beside, other in taken):
            row += 17
        taken.append((at, row))
        parts.append(
            tag("text", f"{labels.amount(account)}  {edition.sigla(reports)}", class_="label", x=at + 9, y=row)
        )
    return picture(WIDTH, HEIGHT, f"{edition.figure_label(figure)} over time", parts, kind="chart")


def _ticks(days: list[date], x: Callable[[date], float]) -> list[date]:
    """The first day and the last, and of the others those whose names do not run into one another."""
    shown = days[:1]
    for when in days[1:-1]:
        if x(when) - x(shown[-1]) >= BETWEEN and x(days[-1]) - x(when) >= BETWEEN:
            shown.append(when)
    return [*shown, days[-1]] if x(days[-1]) - x(shown[0]) > 0 else shown


def _together(points: Points, x: Callable[[date], float]) -> list[tuple[date, FigureAccount, list[str]]]:
    """What is written beside the marks: accounts of one amount on days that lie side by side share their words."""
    found: list[tuple[date, str, FigureAccount, list[str]]] = []
    for (when, amount), (account, reports) in sorted(points.items(), key=_down):
        beside = next((f for f in found if f[1] == amount and x(when) - x(f[0]) < CLOSE), None)
        if beside:
            beside[3].extend(reports)
        else:
            found.append((when, amount, account, list(reports)))
    return [(when, account, reports) for when, _, account, reports in found]


def _day(account: FigureAccount, edition: Edition) -> date | None:
    reading = edition.readings.get(account.report)
    known = account.as_of or (reading.published.date if reading and reading.published else None)
    try:
        return date.fromisoformat(known[:10]) if known else None
    except ValueError:
        return None  # a month or a year: no place on an axis of days


def _down(point: tuple[tuple[date, str], tuple[FigureAccount, list[str]]]) -> tuple[date, float, str]:
    """By day, the greatest first: names are set from the top down."""
    (when, amount), (account, _) = point
    return when, -float(account.value or 0), amount


def _ceiling(value: float) -> float:
    """The next round number up, so that the axis ends on one."""
    if value <= 0:
        return 1.0
    power = 1.0
    while power * 10 <= value:
        power *= 10
    while power > value:
        power /= 10
    return next(step * power for step in (1, 2, 4, 5, 8, 10, 20) if step * power >= value)


def _tick(value: float) -> str:
    return labels.number(round(value, 6))


def _curve(points: dict[tuple[date, str], tuple[FigureAccount, list[str]]], x, y) -> list[Markup]:  # type: ignore[no-untyped-def]
    """A step line through the counts that supersede one another."""
    latest: dict[date, float] = {}
    for (when, _), (account, _reports) in points.items():
        latest[when] = max(latest.get(when, 0.0), float(account.value or 0))
    path, level = "", 0.0
    for when in sorted(latest):
        path += f"M{x(when):.1f},{y(latest[when]):.1f}" if not path else f"H{x(when):.1f}V{y(latest[when]):.1f}"
        level = latest[when]
    return [tag("path", class_="curve", d=path, fill="none")] if level else []


def _mark(account: FigureAccount, at: float, level: float, y) -> list[Markup]:  # type: ignore[no-untyped-def]
    """A dot for a plain number; an open one with a stem for a bound; a bar for a range."""
    if account.low is not None and account.high is not None and account.low != account.high:
        ends = tag("line", class_="stem", x1=at, x2=at, y1=y(float(account.low)), y2=y(float(account.high)))
        return [ends, tag("circle", class_="dot", cx=at, cy=level, r=3.5)]
    reach = {"more than": -14, "at least": -14, "fewer than": 14, "up to": 14, "almost": 8}.get(account.bound, 0)
    if reach:
        stem = tag("line", class_="stem", x1=at, x2=at, y1=level, y2=level + reach)
        return [stem, tag("circle", class_="dot open", cx=at, cy=level, r=3.5)]
    return [tag("circle", class_="dot open" if account.bound == "about" else "dot", cx=at, cy=level, r=3.5)]
