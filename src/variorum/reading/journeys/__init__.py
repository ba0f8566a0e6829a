"""Who travelled where: one traveller's legs, done or planned."""

from __future__ import annotations

from variorum.model import Event, Journey, ReportedActor
from variorum.reading.journeys.itinerary import Itinerary
from variorum.reading.journeys.moves import moves
from variorum.reading.journeys.travellers import Travellers
from variorum.reading.parsed import Parsed

__all__ = ["find_journeys"]


def find_journeys(parsed: Parsed, actors: tuple[ReportedActor, ...], events: tuple[Event, ...]) -> tuple[Journey, ...]:
    """One journey a traveller, in the order of the travellers' first legs in the text.

    A traveller is a person. To meet or speak somewhere counts as a leg only of one of whom a movement is told as well.

    Args:
        parsed: the report with its parse; captions count.
        actors: who its names, offices and pronouns stand for.
        events: what happened; not needed so far, since a journey's words are read from the parse.
    """
    people = Travellers(parsed, actors)
    itineraries: dict[str, Itinerary] = {}
    for paragraph in parsed.paragraphs:
        if not (paragraph.in_article or paragraph.block.kind == "caption"):
            continue
        for sentence in paragraph.doc.sents:
            for move in moves(sentence):
                for traveller in people.of(move.travellers, paragraph):
                    itinerary = itineraries.setdefault(traveller.name, Itinerary(traveller))
                    itinerary.add(move, people.stops(move, paragraph, traveller))
            people.pass_by(sentence, paragraph)
    travelled = [i for i in itineraries.values() if i.moved]
    made = [i.journey(people.fullest(i.traveller)) for i in travelled]
    return tuple(sorted((j for j in made if j is not None), key=lambda j: j.legs[0].place))
