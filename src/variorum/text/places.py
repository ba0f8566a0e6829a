"""Cities, capitals and parts of states with their coordinates."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import cache

from variorum.text.tables import load_bytes
from variorum.text.world import lookup_state, state_name


@dataclass(frozen=True, slots=True)
class Place:
    """A place on the map."""

    name: str
    country: str
    """ISO 3166-1 alpha-2 code."""
    latitude: float
    """Degrees north."""
    longitude: float
    """Degrees east."""
    population: int
    """0 where it is not given (a state or a part of one)."""


def lookup_place(words: str, country: str | None = None) -> Place | None:
    """The place of a name: of several, the one in ``country`` if that is given, else the one with the most people.

    A state is placed at its capital.
    """
    plain = words.strip()
    found = _places().get(plain)
    if found is None and plain.lower().startswith("the "):
        found = _places().get(plain[4:])
    if found:
        if country is None:
            return found[0]
        inside = [place for place in found if place.country == country]
        if inside:
            return inside[0]
    state = lookup_state(plain)
    if state is not None and state.sense in ("name", "capital") and country in (None, state.code):
        return place_of_state(state.code)
    return None


def place_of_state(code: str) -> Place | None:
    """Where to put a state on a map: its capital's coordinates under the state's name."""
    capital = _capitals().get(code)
    if capital is None:
        return None
    return Place(state_name(code) or capital.name, code, capital.latitude, capital.longitude, 0)


def places_between(south: float, north: float, west: float, east: float, most: int = 200) -> tuple[Place, ...]:
    """The places inside a box, those with most people first.

    Args:
        south, north: degrees of latitude.
        west, east: degrees of longitude; ``east`` may go beyond 180 where the box crosses the date line.
        most: how many at most.
    """
    inside = [
        place
        for place in _by_people()
        if south <= place.latitude <= north
        and (west <= place.longitude <= east or west <= place.longitude + 360 <= east)
    ]
    return tuple(inside[:most])


@cache
def _by_people() -> tuple[Place, ...]:
    places = {
        Place(names.split("|")[0], country, float(latitude), float(longitude), int(population))
        for names, country, latitude, longitude, population, _ in _lines()
    }
    return tuple(sorted(places, key=lambda p: (-p.population, p.country, p.name, p.latitude, p.longitude)))


@cache
def _lines() -> tuple[list[str], ...]:
    text = gzip.decompress(load_bytes("world/places.tsv.gz")).decode()
    return tuple(line.split("\t") for line in text.splitlines() if not line.startswith("#"))


@cache
def _places() -> dict[str, tuple[Place, ...]]:
    found: dict[str, list[Place]] = {}
    for names, country, latitude, longitude, population, _ in _lines():
        forms = names.split("|")
        place = Place(forms[0], country, float(latitude), float(longitude), int(population))
        for form in forms:
            found.setdefault(form, []).append(place)
    return {
        name: tuple(sorted(places, key=lambda p: (-p.population, p.country, p.name))) for name, places in found.items()
    }


@cache
def _capitals() -> dict[str, Place]:
    return {
        country: Place(names.split("|")[0], country, float(latitude), float(longitude), int(population))
        for names, country, latitude, longitude, population, capital in sorted(_lines(), key=lambda line: int(line[4]))
        if capital
    }
