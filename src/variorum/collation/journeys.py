"""Journeys over all reports: one entry a traveller, its legs with the reports that tell each of them.

A state and a place in it are one leg; the order of travel is that of the reports that establish one, by majority of
the pairs.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from variorum.collation.actors import Cast
from variorum.collation.places import place_name
from variorum.collation.states import state_named
from variorum.collation.witness import Witness
from variorum.collation.words import folded
from variorum.model import Leg, RecordJourney, RecordLeg
from variorum.model.reading import LegStatus


@dataclass(slots=True)
class Stop:
    """One report's mention of a place of a journey."""

    witness: Witness
    leg: Leg
    name: str

    @property
    def state(self) -> str | None:
        """Code of the state that the place is as a whole."""
        if self.name.casefold().endswith(" capital"):  # "the Peruvian capital" is what Lima is
            return self.leg.country
        return state_named(self.name)


@dataclass(slots=True)
class Place:
    """One leg with every report's mention of it."""

    country: str | None
    status: LegStatus
    stops: list[Stop] = field(default_factory=list)

    @property
    def reports(self) -> tuple[int, ...]:
        """Numbers of the reports that have it, in order."""
        return tuple(sorted({stop.witness.number for stop in self.stops}))


@dataclass(slots=True)
class Travel:
    """One traveller's legs as the comparison sees them."""

    traveller: str
    places: list[Place]


def collate_journeys(
    witnesses: tuple[Witness, ...], cast: Cast
) -> tuple[tuple[RecordJourney, ...], tuple[Travel, ...]]:
    """One entry a traveller, those first that most reports follow; beside each the legs that it was made of."""
    stops: dict[str, list[Stop]] = defaultdict(list)
    for witness in witnesses:
        for journey in witness.reading.journeys:
            traveller = cast.at(witness, journey.traveller)
            if traveller is None:
                continue
            stops[traveller] += [
                Stop(witness, leg, place_name(witness.words(leg.place)))
                for leg in journey.legs
                if leg.place.end > leg.place.start and _is_told(witness, leg)
            ]
    travels = [Travel(traveller, _ordered(_places(own))) for traveller, own in stops.items() if own]
    travels.sort(key=lambda t: (-len({n for p in t.places for n in p.reports}), -len(t.places), int(t.traveller[6:])))
    return tuple(_entry(t, f"journey-{n}") for n, t in enumerate(travels, start=1)), tuple(travels)


def _is_told(witness: Witness, leg: Leg) -> bool:
    """Whether a place stands in the story, or in the dateline, which is what "here" means."""
    block = witness.block_at(leg.place.start)
    return witness.is_read(leg.place) or (block is not None and block.kind == "dateline")


def _places(stops: list[Stop]) -> list[Place]:
    """Mentions of one place of one status as one leg. What a report tells as done, it does not also tell as planned."""
    done = {(s.witness.number, _key(s)) for s in stops if s.leg.status == "done"}
    told = [s for s in stops if s.leg.status == "done" or (s.witness.number, _key(s)) not in done]
    parts: dict[tuple[LegStatus, str], list[Place]] = defaultdict(list)
    places: list[Place] = []
    # Named parts of a state first: the state alone then joins the part that it was most often called by.
    for stop in sorted(told, key=lambda s: (s.state is not None, s.witness.number, s.leg.place.start)):
        known = parts[stop.leg.status, stop.leg.country or _key(stop)]
        place = _fitting(stop, known)
        if place is None:
            place = Place(stop.leg.country, stop.leg.status)
            known.append(place)
            places.append(place)
        place.stops.append(stop)
    for place in places:
        place.stops.sort(key=lambda s: (s.witness.number, s.leg.place.start))
    return places


def _key(stop: Stop) -> str:
    return stop.leg.country or " ".join(folded(stop.name))


def _fitting(stop: Stop, known: list[Place]) -> Place | None:
    same = [p for p in known if any(folded(s.name) == folded(stop.name) for s in p.stops)]
    if same:
        return same[0]
    if stop.state is not None and known:
        return max(known, key=lambda p: (len(p.reports), -known.index(p)))
    return None


def _ordered(places: list[Place]) -> list[Place]:
    """Done before planned; among each, by the pairs of places that reports put in an order, else as first told."""
    ordered: list[Place] = []
    for status in ("done", "planned"):
        ordered += _by_majority([place for place in places if place.status == status])
    return ordered


def _by_majority(places: list[Place]) -> list[Place]:
    before: Counter[tuple[int, int]] = Counter()
    position: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for n, place in enumerate(places):
        for stop in place.stops:
            if stop.leg.order is not None:
                position[stop.witness.number].append((stop.leg.order, n))
    for pairs in position.values():
        for order, n in pairs:
            for other, k in pairs:
                if order < other:
                    before[n, k] += 1
    told = [
        (place.reports[0], min(s.leg.place.start for s in place.stops if s.witness.number == place.reports[0]))
        for place in places
    ]
    # Stops that no report puts in an order ("also visited …") lie before the ordered end of a tour.
    ordered = [any(stop.leg.order is not None for stop in place.stops) for place in places]
    left, done = set(range(len(places))), []
    while left:
        # The place that fewest of those left should precede; ties as first told.
        pick = min(
            left,
            key=lambda n: (
                sum(before[k, n] > before[n, k] for k in left),
                ordered[n],
                -sum(before[n, k] for k in left),
                told[n],
                n,
            ),
        )
        left.remove(pick)
        done.append(places[pick])
    return done


def _entry(travel: Travel, id: str) -> RecordJourney:
    return RecordJourney(id=id, traveller=travel.traveller, legs=tuple(_leg(place) for place in travel.places))


def _leg(place: Place) -> RecordLeg:
    names = Counter(stop.name for stop in place.stops)
    parts = [name for name in names if state_named(name) is None] or list(names)
    dates = Counter(stop.leg.date for stop in place.stops if stop.leg.date)
    return RecordLeg(
        place=min(parts, key=lambda name: (-names[name], len(name), name)),
        country=place.country,
        status=place.status,
        reports=tuple(dict.fromkeys(stop.witness.id for stop in place.stops)),
        mentions=tuple(dict.fromkeys(stop.witness.span(stop.leg.place) for stop in place.stops)),
        date=min(dates, key=lambda d: (-dates[d], d)) if dates else None,
    )
