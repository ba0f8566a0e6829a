"""A traveller's stops put together: one leg a place, in order where the report tells one."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from variorum.model import Extent, Journey, Leg, ReportedActor
from variorum.model.reading import LegStatus
from variorum.reading.journeys.lexicon import is_presence
from variorum.reading.journeys.moves import Move


@dataclass(frozen=True, slots=True)
class Stop:
    """A place as the report names it."""

    extent: Extent
    name: str
    country: str | None
    whole_state: bool
    """The words stand for a state (by its name or its capital) and not for another place in it."""
    by_dateline: bool = False
    """The report says "here", and the words are its dateline's."""


@dataclass(frozen=True, slots=True)
class Stops:
    """The places of one move."""

    places: list[Stop]
    origins: list[Stop]
    first: list[Stop]


@dataclass(slots=True)
class _Place:
    stops: list[tuple[Stop, LegStatus]] = field(default_factory=list)

    @property
    def status(self) -> LegStatus:
        return "done" if any(status == "done" for _, status in self.stops) else "planned"

    @property
    def lead(self) -> Stop:
        """The telling that is shown: one of the leg's own status, the first in the text that names the place itself."""
        own = (s for s, status in self.stops if status == self.status)
        return min(own, key=lambda s: (s.by_dateline, s.extent))


class Itinerary:
    """All that a report tells of one person's travels."""

    def __init__(self, traveller: ReportedActor) -> None:
        self.traveller = traveller
        self.moved = False
        self._places: list[_Place] = []
        self._before: list[tuple[int, int]] = []
        self._left: list[int] = []
        """Places that the traveller is still to leave, and so is in before all that is planned."""

    def add(self, move: Move, stops: Stops) -> None:
        """Takes in one move: its origins lie before its places, and are places where the traveller has been."""
        abroad = any(t.ent_type_ in ("GPE", "LOC") for t in (*move.places, *move.origins))
        self.moved = self.moved or (move.force == "moves" and (abroad or bool(stops.places or stops.origins)))
        self.moved = self.moved or self._is_abroad(move, stops)
        if not stops.places and not stops.origins:
            return
        origins = [self._at(stop, "done") for stop in stops.origins]
        places = [self._at(stop, move.status) for stop in stops.places]
        if move.status == "planned":
            self._left += origins
        self._before += [(o, p) for o in origins for p in places if o != p]
        if move.in_order:
            self._before += [(a, b) for a, b in pairwise(places) if a != b]
        first = [self._at(stop, move.status) for stop in stops.first]
        self._before += [(f, p) for f in first for p in places if f != p]

    def _is_abroad(self, move: Move, stops: Stops) -> bool:
        """Whether somebody simply "is" in another state than the own, and so has travelled there."""
        home = self.traveller.country
        return (
            is_presence(move.trigger) and home is not None and any(s.country not in (None, home) for s in stops.places)
        )

    def _at(self, stop: Stop, status: LegStatus) -> int:
        """The number of the place that a stop is at. A state and one place in it, its capital say, are one."""
        for place in self._places:
            known = place.lead
            if known.name.casefold() == stop.name.casefold():
                break
            one_state = known.country is not None and known.country == stop.country
            if one_state and (known.whole_state or stop.whole_state):
                break
        else:
            place = _Place()
            self._places.append(place)
        place.stops.append((stop, status))
        return next(n for n, other in enumerate(self._places) if other is place)

    def journey(self, traveller: Extent) -> Journey | None:
        """The journey with its legs: in order of travel where all of them have one, else as the text tells them."""
        if not self._places:
            return None
        order = self._order()
        legs = [
            Leg(place=p.lead.extent, country=p.lead.country, status=p.status, order=order.get(n))
            for n, p in enumerate(self._places)
        ]
        legs.sort(key=lambda leg: (leg.status == "planned", leg.place))
        return Journey(traveller=traveller, legs=tuple(legs))

    def _order(self) -> dict[int, int]:
        """Each place's step, from 0, by what comes before what; places of which nothing is told have none."""
        done_before = [
            (a, b)
            for a, first in enumerate(self._places)
            for b, second in enumerate(self._places)
            if first.status == "done" and second.status == "planned"
        ]
        planned = [n for n, place in enumerate(self._places) if place.status == "planned"]
        self._before += [(left, n) for left in self._left for n in planned if left != n]
        told = {n for pair in self._before for n in pair}
        pairs = self._before + [(a, b) for a, b in done_before if a in told and b in told]
        step = dict.fromkeys(sorted(told), 0)
        for _ in step:  # longest path; a circle in what is told ends with the rounds
            for a, b in pairs:
                if step[b] <= step[a] < len(step):
                    step[b] = step[a] + 1
        return step
