"""Journeys on the globe: where their stops lie, and the same as GeoJSON (RFC 7946)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from variorum.model import Record, RecordJourney, RecordLeg, Span
from variorum.text.places import Place, lookup_place, place_of_state
from variorum.text.world import lookup_state
from variorum.views.edition import Edition
from variorum.views.inert import encodable, inert


@dataclass(frozen=True, slots=True)
class Stop:
    """A leg of a journey with its place on the map."""

    leg: RecordLeg
    number: int
    """Its place in the record's list of legs, from 1."""
    ordered: bool
    """Whether a report establishes its place in the order of travel."""
    place: Place
    exact: bool
    """False where only the state is known and its capital stands for it."""


def stops(journey: RecordJourney, edition: Edition) -> list[Stop]:
    """The legs of a journey that can be placed; a town that the table lacks and a region of many states cannot."""
    found = []
    for number, (leg, ordered) in enumerate(zip(journey.legs, edition.ordered_legs(journey), strict=True), 1):
        words = inert(leg.place)
        place = lookup_place(words, leg.country)
        exact = place is not None and place.population > 0
        if place is None:
            # A part of a state may stand at its capital; a town that the table lacks may not.
            state = lookup_state(words)
            place = place_of_state(state.code) if state and leg.country in (None, state.code) else None
        if place is not None:
            found.append(Stop(leg, number, ordered, place, exact))
    return found


def render_geojson(record: Record) -> str:
    """The record's journeys as one FeatureCollection: a point for each stop, a line through those whose order is known.

    A stop that is known only by its state stands at the state's capital, and says so (``exact`` is false).
    """
    edition = Edition(record)
    features: list[dict[str, Any]] = []
    for journey in record.journeys:
        placed = stops(journey, edition)
        features += [_point(stop, journey, edition) for stop in placed]
        line = [stop for stop in placed if stop.ordered]
        if len(line) > 1:
            features.append(
                _feature(
                    {"type": "LineString", "coordinates": [_position(stop.place) for stop in line]},
                    {
                        "journey": journey.id,
                        "traveller": edition.actor(journey.traveller),
                        "stops": [inert(stop.leg.place) for stop in line],
                    },
                )
            )
    # a foreign member (RFC 7946, 6.1): with the texts, the evidence can be re-checked from this file alone
    texts = {reading.id: encodable(reading.text) for reading in record.reports if features}
    made = {"type": "FeatureCollection", "features": features, "reports": texts}
    return json.dumps(made, ensure_ascii=False, indent=1)


def _point(stop: Stop, journey: RecordJourney, edition: Edition) -> dict[str, Any]:
    leg = stop.leg
    return _feature(
        {"type": "Point", "coordinates": _position(stop.place)},
        {
            "journey": journey.id,
            "traveller": edition.actor(journey.traveller),
            "place": inert(leg.place),
            "country": leg.country,
            "status": leg.status,
            "date": leg.date,
            "stop": stop.number,
            "ordered": stop.ordered,
            "exact": stop.exact,
            "reports": list(leg.reports),
            "evidence": [_evidence(span, edition) for span in leg.mentions],
        },
    )


def _evidence(span: Span, edition: Edition) -> dict[str, Any]:
    return {"report": span.report, "start": span.start, "end": span.end, "words": edition.words(span)}


def _position(place: Place) -> list[float]:
    """Longitude first, as RFC 7946 has it."""
    return [place.longitude, place.latitude]


def _feature(geometry: dict[str, Any], properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}
