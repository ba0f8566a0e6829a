"""Units of one dimension: whether two numbers that are told in different units can be one.

Lengths, masses, volumes, spans of time … are converted; sums in two currencies are not, since what one is worth in the
other is not known.
"""

from __future__ import annotations

import math
from functools import cache

from variorum.model import Figure
from variorum.text.tables import load_toml

MONEY = "money"
"""The dimension of sums in any currency."""
ROUNDED = 0.05
"""Share of a number by which it may have been rounded at most when it was converted."""


@cache
def _units() -> dict[str, tuple[str, tuple[float, ...]]]:
    table = load_toml("en/dimensions.toml")
    return {unit: (name, tuple(factors)) for name, units in table.items() for unit, factors in units.items()}


def _split(figure: Figure) -> tuple[str, str]:
    """A figure's unit, and what it is counted per or nothing; a rate that is a unit of its own stays whole."""
    unit = figure.unit or ""
    if unit in _units():
        return unit, ""
    name, _, per = unit.partition(" per ")
    return name, per


def dimension_of(figure: Figure) -> str | None:
    """What a figure's unit measures ("length", "mass", "money" …); None where it has no unit of a known one."""
    if figure.kind == "amount":
        return MONEY
    if figure.kind not in ("measure", "duration"):
        return None
    known = _units().get(_split(figure)[0])
    return known[0] if known else None


def units_differ(a: Figure, b: Figure) -> bool:
    """Whether two figures of one dimension are told in different units or currencies."""
    return _split(a)[0] != _split(b)[0]


def rates_differ(a: Figure, b: Figure) -> bool:
    """Whether one measure is told per another span of time than the other ("a day", "a year")."""
    return a.kind != "amount" and _split(a)[1] != _split(b)[1]


def is_rate(figure: Figure) -> bool:
    """Whether a measure is told per a span of time."""
    per = _units().get(_split(figure)[1])
    return figure.kind == "measure" and per is not None and per[0] == "time"


def agree(a: Figure, b: Figure) -> bool:
    """Whether two figures of one dimension in different units can be one number: converted and rounded, they meet. Sums
    in two currencies never do, since no rate is known."""
    if dimension_of(a) == MONEY or dimension_of(a) != dimension_of(b) or is_rate(a) != is_rate(b):
        return False
    return any(low <= most and least <= high for low, high in _spans(a) for least, most in _spans(b))


def _spans(figure: Figure) -> list[tuple[float, float]]:
    """What a figure can mean in the first unit of its dimension, by each meaning of its unit; of a rate, per second."""
    low = figure.low if figure.low is not None else figure.value
    high = figure.high if figure.high is not None else figure.value
    unit, per = _split(figure)
    if low is None or high is None or unit not in _units():
        return []
    spans = _units().get(per, ("", (1.0,)))
    over = spans[1][0] if spans[0] == "time" else 1.0
    slack = min(_half_place(float(low)), ROUNDED * abs(float(low)))
    if figure.bound == "about":
        slack = 2 * ROUNDED * abs(float(low))
    return [((low - slack) * factor / over, (high + slack) * factor / over) for factor in _units()[unit][1]]


def _half_place(value: float) -> float:
    """Half of the place of a number's last digit that is no nought: 5 for 20, 0.05 for 6.2."""
    digits = f"{abs(value):.6g}"
    if "e" in digits or not value:
        return math.inf
    whole, _, decimals = digits.partition(".")
    if decimals:
        return 0.5 * 10.0 ** -len(decimals)
    return 0.5 * 10.0 ** (len(whole) - len(whole.rstrip("0")))
