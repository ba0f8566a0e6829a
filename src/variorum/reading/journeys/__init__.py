"""Who travelled where: one traveller's legs, done or planned."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from spacy.tokens import Token

from variorum.model import Event, Journey, ReportedActor
from variorum.reading.events.circumstances import Calendar, anchor_of
from variorum.reading.events.grammar import is_verb, prose
from variorum.reading.journeys.headlines import headline_moves
from variorum.reading.journeys.itinerary import Itinerary
from variorum.reading.journeys.lexicon import is_present_departure
from variorum.reading.journeys.moves import Move
from variorum.reading.journeys.tellings import moves, pictured
from variorum.reading.journeys.travellers import Travellers
from variorum.reading.parsed import Parsed

__all__ = ["find_journeys"]


def _is_announced(trigger: Token, calendar: Calendar, in_body: bool) -> bool:
    """Whether a verb in the present tells a later journey: "she flies to Lima on Friday", "he travels on to Rome".

    In headlines and captions the present tells what is done.
    """
    verb = trigger.head if trigger.dep_ in ("dobj", "nsubj") and is_verb(trigger.head) else trigger
    when = calendar.on(verb)
    if when is not None and calendar.is_to_come(when, verb):
        return True
    return in_body and is_present_departure(trigger) and (when is None or not calendar.is_past(when))


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
    anchor = anchor_of(parsed.report)
    for paragraph in parsed.paragraphs:
        if not (paragraph.in_article or paragraph.block.kind == "caption"):
            continue
        calendar = Calendar(paragraph, anchor)
        for sentence in prose(paragraph.doc):
            shown: Iterable[Move] = ()
            if paragraph.block.kind == "caption":
                shown = pictured(sentence)
            elif paragraph.block.kind in ("headline", "subheading"):
                shown = headline_moves(sentence)
            for move in chain(moves(sentence), shown):
                if (
                    move.status == "done"
                    and move.trigger is not None
                    and _is_announced(move.trigger, calendar, paragraph.block.kind == "body")
                ):
                    move.status = "planned"
                for traveller in people.of(move.travellers, paragraph):
                    itinerary = itineraries.setdefault(traveller.name, Itinerary(traveller))
                    itinerary.add(move, people.stops(move, paragraph, traveller))
            people.pass_by(sentence, paragraph)
    travelled = [i for i in itineraries.values() if i.moved]
    made = [i.journey(people.fullest(i.traveller)) for i in travelled]
    return tuple(sorted((j for j in made if j is not None), key=lambda j: j.legs[0].place))
