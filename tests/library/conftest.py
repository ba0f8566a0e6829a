"""Fixtures of the library's tests: a library in both kinds of store, with invented reports that are read beforehand."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

import pytest

from tests.collation import ferry
from tests.servers import postgres
from tests.store.conftest import address
from variorum.library import Library
from variorum.model import Block, Figure, Published, Reading, Report, codec

__all__ = ["address", "postgres"]

EVENTS = 40
TOWNS = tuple("Velden Orsk Marrow Tindal Quessy Harlow Brant Ostrel Kivik Lunz Pelham Sorrel".split())  # noqa: SIM905
THINGS = tuple("ferry depot tunnel bridge quarry school mill airfield reservoir market theatre".split())  # noqa: SIM905
VERBS = tuple("burned collapsed flooded closed reopened exploded sank derailed".split())  # noqa: SIM905
REST = (
    "officials",
    "rescuers",
    "inquiry",
    "minister",
    "families",
    "engineers",
    "smoke",
    "alarm",
    "night",
    "morning",
    "police",
    "hospital",
    "witnesses",
    "repair",
    "damage",
    "council",
    "water",
    "power",
    "traffic",
    "residents",
    "investigators",
    "owner",
    "company",
    "union",
    "safety",
    "licence",
    "warning",
    "report",
)


@pytest.fixture
def library(address: str) -> Iterator[Library]:
    """An empty library in either store."""
    with Library.open(address, reader=as_they_are) as made:
        yield made


def as_they_are(reports: Iterable[Report], workers: int) -> Iterator[Reading]:
    """A reader that finds nothing in a report but its text: for tests that are about something else."""
    for report in reports:
        yield report if isinstance(report, Reading) else codec.from_json(Reading, codec.to_json(report))


def reading(id: str, text: str, day: str | None = None, **more: object) -> Reading:
    """A reading without findings, a block a line."""
    blocks, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(kind="body", start=at, end=at + len(line)))
        at += len(line) + 1
    published = Published(date=day, basis="metadata") if day else None
    return Reading(id=id, text=text, blocks=tuple(blocks), published=published, **more)  # type: ignore[arg-type]


@cache
def ferry_readings() -> tuple[Reading, ...]:
    """The three reports of the ferry fire."""
    return tuple(builder.reading for builder in ferry.reports())


def toll(id: str, day: str, number: int, url: str | None = None) -> Reading:
    """A short report of a fire with its toll."""
    text = (
        f"Fire aboard ferry off Split\nAt least {number} people died in the fire aboard the ferry off Split on Sunday, the"
        f" coast guard said, as rescuers searched the burning hull for survivors through the night.\nEdition of {day}."
    )
    start = text.index(f"{number} people")
    words = f"{number} people died"
    figure = Figure(
        value=number, unit="people", what="people died", start=start, end=start + len(words), place="Split", as_of=day
    )
    return replace(reading(id, text, day, outlet="Coast Herald", url=url), figures=(figure,))


@cache
def generated(count: int, seed: int = 1, events: int = EVENTS) -> tuple[Reading, ...]:
    """Short invented reports of many events over some weeks; some are copies, some undated, some new versions.

    Fewer of them are the first of more.
    """
    chance = random.Random(seed)
    told = [
        (
            chance.choice(TOWNS),
            chance.choice(THINGS),
            chance.choice(VERBS),
            [_invented(chance) for _ in range(14)],
            n // 6,
        )
        for n in range(events)
    ]
    made: list[Reading] = []
    for n in range(count):
        town, thing, verb, own, day = chance.choice(told)
        if made and chance.random() < 0.15:
            text = chance.choice(made).text + f"\nEdition {n}."
        else:
            lines = [
                f"The {town} {thing} {verb}, {' '.join(chance.sample(own, 9))} {chance.randrange(2, 400)} said.",
                f"In {town} the {thing} {' '.join(chance.sample(own, 9))} after it {verb} at {chance.randrange(1, 24)}.",
                f"{' '.join(chance.sample(REST, 12))} {n}.",
            ]
            text = "\n".join(lines)
        date = f"2031-03-{1 + (day + chance.randrange(3)) % 28:02}" if chance.random() < 0.93 else None
        url = f"https://{town.lower()}.example/{thing}/{chance.randrange(4)}" if chance.random() < 0.3 else None
        made.append(reading(f"g{n}", text, date, outlet=f"Outlet {n % 7}", url=url))
    return tuple(made)


def _invented(chance: random.Random) -> str:
    """A word that no dictionary has."""
    return "".join(chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _ in range(3)).title()


def shape(library: Library) -> dict[str, frozenset[str]]:
    """The stories of a library and the reports of each, versions among them."""
    return {line.id: frozenset(library.store.reports_of(line.id)) for line in library.all_stories()}
