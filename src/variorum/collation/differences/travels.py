"""Journeys: stops of one traveller's tour that some reports list and others do not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from variorum.collation.differences.draft import Collated, Draft, account, lacking
from variorum.collation.journeys import Place, Travel

FEWEST = 3
"""Stops that a report must list of a tour before a stop that it lacks says something."""


def find(found: Collated) -> Iterator[Draft]:
    """One difference for all stops of a tour that the same reports list and the same reports leave out."""
    for entry, travel in found.journeys:
        yield from _stops(entry.id, travel, found)


def _stops(entry: str, travel: Travel, found: Collated) -> Iterator[Draft]:
    listing: dict[int, int] = defaultdict(int)
    for place in travel.places:
        if place.status == "done":
            for number in place.reports:
                listing[number] += 1
    full = {number for number, stops in listing.items() if stops >= FEWEST}
    gaps: dict[tuple[tuple[int, ...], tuple[int, ...]], list[Place]] = defaultdict(list)
    told = {number: _countries(travel, number) for number in full}
    for place in travel.places:
        having = tuple(n for n in place.reports if n in full)
        without = tuple(
            sorted(n for n in full - set(place.reports) if not place.country or place.country not in told[n])
        )
        if having and without:
            gaps[having, without].append(place)
    traveller = found.cast[travel.traveller].name
    for (having, without), places in sorted(gaps.items()):
        names = [place.stops[0].name for place in places]
        accounts = [account(stop.witness, stop.leg.place) for place in places for stop in place.stops[:1]]
        yield Draft(
            kind="itinerary",
            entry=entry,
            label=f"stops of {traveller}: {', '.join(names)}",
            accounts=(*accounts, *(lacking(found.witnesses[n]) for n in without)),
            weight=0.65 if len(having) <= len(without) else 0.55,
            why=f"{', '.join(names)} among the stops in {len(having)}, not in the list of the same tour in {len(without)}",
        )


def _countries(travel: Travel, number: int) -> set[str]:
    return {p.country for p in travel.places if p.country and number in p.reports}
