"""A journey on a small map: stops where they lie, lines only where reports establish the order of travel.

The ground is drawn from the project's own table of cities: each a faint dot, so that coasts and empty land show
themselves without an outline of the world.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import cos, hypot, radians

from markupsafe import Markup

from variorum.model import RecordJourney
from variorum.text.places import Place, places_between
from variorum.views.edition import Edition
from variorum.views.geo import Stop, stops
from variorum.views.inert import inert
from variorum.views.pictures.svg import picture, tag

WIDTH = 560.0
LOWEST, HIGHEST = 180.0, 360.0
"""Least and greatest height of the map."""
GROUND = 900
"""Cities that make the ground at most."""
NAMED = 10
"""Cities named for orientation at most."""
STEPS = (0.5, 1, 2, 5, 10, 20, 30, 45)

At = Callable[[float, float], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class _Box:
    """A stretch of the globe; ``east`` may exceed 180 where it crosses the date line."""

    south: float
    north: float
    west: float
    east: float


def route_map(journey: RecordJourney, edition: Edition) -> Markup | None:
    """The map of a journey; None where fewer than two different places of it are known."""
    placed = stops(journey, edition)
    if len({(stop.place.latitude, stop.place.longitude) for stop in placed}) < 2:
        return None
    box = _box([stop.place for stop in placed])
    squeeze = cos(radians((box.south + box.north) / 2))
    scale = WIDTH / ((box.east - box.west) * squeeze)
    height = (box.north - box.south) * scale

    def at(latitude: float, longitude: float) -> tuple[float, float]:
        east = longitude if longitude >= box.west else longitude + 360
        return (east - box.west) * squeeze * scale, (box.north - latitude) * scale

    labels = _Labels(WIDTH, height)
    stop_marks = _stops(placed, at, labels, edition)
    parts = [*_graticule(box, at, height), *_ground(box, at, labels, placed), *_lines(placed, at), *stop_marks]
    return picture(WIDTH, height, f"{edition.label(journey)} on the map", parts, kind="route")


def _box(places: list[Place]) -> _Box:
    """A box around places with a margin, in proportions that suit a page."""
    turned = sorted(place.longitude % 360 for place in places)
    gaps = [(turned[(n + 1) % len(turned)] - turned[n]) % 360 for n in range(len(turned))]
    widest = max(range(len(gaps)), key=lambda n: gaps[n])
    west = turned[(widest + 1) % len(turned)]
    span = (360 - gaps[widest]) % 360
    west = west - 360 if west > 180 else west
    south, north = min(p.latitude for p in places), max(p.latitude for p in places)
    wide, high = max(span * 0.24, 1.0), max((north - south) * 0.24, 0.8)
    box = [south - high, north + high, west - wide, west + span + wide]
    squeeze = max(0.2, cos(radians((box[0] + box[1]) / 2)))
    across = (box[3] - box[2]) * squeeze
    up = box[1] - box[0]
    if up / across < LOWEST / WIDTH:
        more = (across * LOWEST / WIDTH - up) / 2
        box[0], box[1] = box[0] - more, box[1] + more
    elif up / across > HIGHEST / WIDTH:
        more = (up * WIDTH / HIGHEST - across) / squeeze / 2
        box[2], box[3] = box[2] - more, box[3] + more
    return _Box(max(-85.0, box[0]), min(85.0, box[1]), box[2], min(box[3], box[2] + 359))


def _graticule(box: _Box, at: At, height: float) -> list[Markup]:
    """Lines of latitude and longitude at round degrees, their degrees written at the edge."""
    step = next((s for s in STEPS if (box.east - box.west) / s <= 7), 45)
    parts = []
    n = int(box.west // step) + 1
    while n * step < box.east:
        x, _ = at(box.south, n * step)
        degrees = (n * step + 180) % 360 - 180
        parts.append(tag("line", class_="grid", x1=x, x2=x, y1=0, y2=height))
        name = f"{abs(degrees):g}°{'E' if degrees > 0 else 'W' if degrees < 0 else ''}"
        parts.append(tag("text", name, class_="degree", x=x + 3, y=height - 4))
        n += 1
    n = int(box.south // step) + 1
    while n * step < box.north:
        _, y = at(n * step, box.west)
        parts.append(tag("line", class_="grid", x1=0, x2=WIDTH, y1=y, y2=y))
        name = f"{abs(n * step):g}°{'N' if n > 0 else 'S' if n < 0 else ''}"
        parts.append(tag("text", name, class_="degree", x=3, y=y - 3))
        n += 1
    return parts


def _ground(box: _Box, at: At, labels: _Labels, placed: list[Stop]) -> list[Markup]:
    """Cities as faint dots, in one path; the greatest of them named where there is room."""
    cities = places_between(box.south, box.north, box.west, box.east, GROUND)
    dots = "".join("M{:.1f},{:.1f}h0".format(*at(city.latitude, city.longitude)) for city in cities)
    parts = [tag("path", class_="city", d=dots)]
    marked = [at(stop.place.latitude, stop.place.longitude) for stop in placed]
    named = {inert(stop.leg.place) for stop in placed} | {stop.place.name for stop in placed}
    left = NAMED
    for city in cities[:60]:
        x, y = at(city.latitude, city.longitude)
        apart = all(hypot(x - a, y - b) > 16 for a, b in marked)
        # A name with a number is a ward of the city beside it.
        if left and apart and city.name not in named and not any(c.isdigit() for c in city.name):
            where = labels.place(x, y, city.name, size=10)
            if where:
                left -= 1
                named.add(city.name)
                parts.append(tag("text", city.name, class_="ground", x=where[0], y=where[1]))
    return parts


def _lines(placed: list[Stop], at: At) -> list[Markup]:
    parts = []
    ordered = [stop for stop in placed if stop.ordered]
    for a, b in pairwise(ordered):
        (x1, y1), (x2, y2) = (at(s.place.latitude, s.place.longitude) for s in (a, b))
        bow = 0.12
        middle = ((x1 + x2) / 2 + (y2 - y1) * bow, (y1 + y2) / 2 - (x2 - x1) * bow)
        path = f"M{x1:.1f},{y1:.1f}Q{middle[0]:.1f},{middle[1]:.1f} {x2:.1f},{y2:.1f}"
        kind = "leg planned" if b.leg.status == "planned" else "leg"
        parts.append(tag("path", class_=kind, d=path, fill="none"))
    return parts


def _stops(placed: list[Stop], at: At, labels: _Labels, edition: Edition) -> list[Markup]:
    """A dot for each place with the name, its number in the order of travel, and the letters of the reports."""
    grouped: dict[tuple[float, float], list[Stop]] = {}
    for stop in placed:
        grouped.setdefault(at(stop.place.latitude, stop.place.longitude), []).append(stop)
    for x, y in grouped:
        labels.take(x - 5, y - 5, 10, 10)
    numbers = {id(stop): n for n, stop in enumerate((s for s in placed if s.ordered), 1)}
    parts = []
    for (x, y), held in grouped.items():
        planned = all(stop.leg.status == "planned" for stop in held)
        parts.append(tag("circle", class_="dot open" if planned else "dot", cx=x, cy=y, r=3.8))
        name = _name(held, numbers, edition)
        where = labels.place(x, y, name, size=12) or labels.further(x, y, name, size=12)
        if where is None:
            continue  # no room at all: the list beside the map has the stop
        left, base = where
        wide = labels.wide(name, 12)
        near_x, near_y = min(max(x, left), left + wide), base - 4
        if hypot(near_x - x, near_y - y) > 16:
            parts.append(tag("line", class_="lead", x1=x, y1=y, x2=near_x, y2=near_y))
        parts.append(tag("text", name, class_="label", x=left, y=base))
    return parts


def _name(held: list[Stop], numbers: dict[int, int], edition: Edition) -> str:
    """Numbers in the order of travel, names, letters of the reports: of all stops that lie on one spot."""
    order = ", ".join(str(numbers[id(stop)]) for stop in held if id(stop) in numbers)
    names = dict.fromkeys(f"{inert(stop.leg.place)}{'' if stop.exact else '*'}" for stop in held)
    reports = edition.sigla(report for stop in held for report in stop.leg.reports)
    return f"{order + ' ' if order else ''}{', '.join(names)}  {reports}"


class _Labels:
    """Where names may stand: inside the picture and on nothing that stands already."""

    def __init__(self, width: float, height: float) -> None:
        self._width, self._height = width, height
        self._taken: list[tuple[float, float, float, float]] = []

    def take(self, x: float, y: float, width: float, height: float) -> None:
        """Keep a rectangle free."""
        self._taken.append((x, y, x + width, y + height))

    @staticmethod
    def wide(words: str, size: float) -> float:
        """How wide words are, about."""
        return len(words) * size * 0.56

    def place(self, x: float, y: float, words: str, *, size: float) -> tuple[float, float] | None:
        """Where a name may begin beside a dot (right, left, above, below); None where there is no room."""
        wide = self.wide(words, size)
        beside = (
            (x + 8, y + size * 0.35),
            (x - 8 - wide, y + size * 0.35),
            (x - wide / 2, y - 9),
            (x - wide / 2, y + 9 + size * 0.7),
        )
        return self._first(beside, wide, size)

    def further(self, x: float, y: float, words: str, *, size: float) -> tuple[float, float] | None:
        """The same further off, for a name that is then tied to its dot by a line."""
        wide = self.wide(words, size)
        around = [
            (x + dx * distance - (wide if dx < 0 else 0 if dx > 0 else wide / 2), y + dy * distance + 4)
            for distance in (24, 38, 52, 68, 86, 110, 140)
            for dx, dy in ((0.8, -0.6), (0.8, 0.6), (-0.8, 0.6), (-0.8, -0.6), (0, -1), (0, 1), (1, 0), (-1, 0))
        ]
        return self._first(around, wide, size)

    def _first(self, starts: Iterable[tuple[float, float]], wide: float, size: float) -> tuple[float, float] | None:
        for left, base in starts:
            box = (left, base - size * 0.8, left + wide, base + size * 0.25)
            inside = box[0] >= 2 and box[1] >= 2 and box[2] <= self._width - 2 and box[3] <= self._height - 14
            if inside and not any(_overlap(box, other) for other in self._taken):
                self._taken.append(box)
                return left, base
        return None


def _overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
