"""Journeys that a noun tells: "her visit to Chad", "a tour that started with Mali", "talks between them in Oslo"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from variorum.reading.events import grammar as g
from variorum.reading.journeys.lexicon import movement_words
from variorum.reading.journeys.moves import Move
from variorum.reading.journeys.owners import journey_before, travellers_of
from variorum.reading.journeys.phrases import in_slots, is_for_something, leads_on, phrases_of
from variorum.reading.journeys.status import status_of

MOST_VERBS = 6
"""Verbs with one journey for their subject that are followed."""


def noun_moves(noun: Token) -> Iterator[Move]:
    """What a noun for a journey tells: of whom it is told, to where, and by which stops."""
    if noun.lemma_.lower() in movement_words("nouns", "under_way"):
        yield from _way_moves(noun)
        return
    status = status_of(journey_before(noun) or noun)
    if status is None:
        return
    travellers = travellers_of(noun)
    if not travellers:
        return
    places: list[Token] = []
    origins: list[Token] = []
    around = list(g.prepositional(noun, 1))
    if noun.dep_ == "dobj" and g.is_verb(
        noun.head
    ):  # "made a *stopover* in Oslo", where the phrase is hung on the verb
        around += list(phrases_of(noun.head))
    for name, head in around:
        if g.is_time(head):
            continue
        if name in movement_words("nouns", "places"):
            places += g.coordinated(head)
        elif name in ("from", "after", "following"):
            origins += g.coordinated(head)
    places += [c for c in noun.children if c.dep_ == "compound" and c.ent_type_ == "GPE"]  # "his *Ankara* trip"
    first: list[Token] = []
    places += _named_as_stop(noun)
    for verb in _told_of(noun):
        stops = [
            h for name, head in g.prepositional(verb, 2) if name in ("in", "to", "at") for h in g.coordinated(head)
        ]
        stops += g.objects(verb)
        if verb == noun.head:
            places += stops
        elif stops and (own := status_of(verb)) is not None:
            yield Move(travellers, g.first_tokens(stops), [], own, "moves", verb)
    for clause in _clauses_of(noun):
        if clause.dep_ in ("relcl", "acl", "prep") and clause.lemma_ in movement_words("clauses", "itinerary"):
            stops = in_slots(clause, tuple(sorted(movement_words("clauses", "itinerary_places"))))
            inner = g.child(clause, "pobj")
            stops += g.coordinated(inner) if inner is not None else []
            own = status_of(clause) if g.is_verb(clause) else status
            if (
                own != status
            ):  # "the tour, which *began in Chad*, will end …", "left on a tour that *will include Mali*"
                if own is not None:
                    yield Move(travellers, stops, [], own, "moves", clause)
                continue
            places += stops
            if clause.lemma_ in movement_words("clauses", "first"):
                first += stops[:1]
    if places or origins:
        yield Move(travellers, g.first_tokens(places), origins, status, "moves", noun, first=first)


def _way_moves(way: Token) -> Iterator[Move]:
    """Who is "on the way to Oslo", "en route from Rome to Oslo": where the way leads has not been reached."""
    if way.dep_ not in ("pobj", "npadvmod", "advmod", "attr") or way.head.lower_ not in ("on", "en"):
        return
    ends = list(g.prepositional(way, 1))
    after = way.doc[way.i + 1] if way.i + 1 < len(way.doc) else way
    ahead = g.child(after, "pobj") if leads_on(after) else None
    ends += [("to", ahead)] if ahead is not None else []
    places = [t for name, head in ends if name == "to" and not g.is_time(head) for t in g.coordinated(head)]
    origins = [t for name, head in ends if name == "from" and not g.is_time(head) for t in g.coordinated(head)]
    if places or origins:
        yield Move(travellers_of(way), places, origins, "planned", "moves", way)


def _named_as_stop(noun: Token) -> list[Token]:
    """The place that a copula makes a stop: "her next stop is *Lomé*", "*Lomé* was the first stop of her tour"."""
    if noun.dep_ == "appos" and noun.lemma_.lower() in movement_words("nouns", "vague"):
        return [noun.head]  # "in *Lomé*, the third stop of her tour"
    if noun.head.lemma_ != "be":
        return []
    if noun.dep_ == "nsubj":
        return [t for c in noun.head.children if c.dep_ == "attr" for t in g.coordinated(c)]
    return g.surface_subject(noun.head) if noun.dep_ == "attr" else []


def _told_of(noun: Token) -> list[Token]:
    """The verbs with which a journey that is their subject takes in places: "also *took* in X and is expected to *include* Y"."""
    if noun.dep_ not in ("nsubj", "nsubjpass") or not g.is_verb(noun.head):
        return []
    found = [noun.head]
    for verb in found:
        found += [
            c
            for c in verb.children
            if (c.dep_ == "xcomp" and c.i > verb.i) or (c.dep_ == "conj" and g.is_verb(c) and g.own_subject(c) is None)
        ][: MOST_VERBS - len(found)]
    return [
        v for v in found if v.lemma_ in movement_words("clauses", "itinerary") | movement_words("clauses", "ending")
    ]


def _clauses_of(noun: Token) -> Iterator[Token]:
    """What hangs on a journey, or on the region that it leads through ("a tour of the Gulf that includes …")."""
    yield from noun.children
    for name, head in g.prepositional(noun, 1):
        if name in ("of", "to", "through", "across", "around"):
            yield from (c for c in head.children if c.dep_ == "relcl")


def talks_moves(noun: Token) -> Iterator[Move]:
    """Where those were who held talks: "after talks between Lima and Novak in Oslo"."""
    between = g.oblique(noun, "between", "with")
    places = [
        t
        for name, head in g.prepositional(noun, 5)
        if name in ("in", "at") and not g.is_time(head)
        for t in g.coordinated(head)
    ]
    status = status_of(noun)
    if not between or not places or status is None:
        return
    subject = g.governor_subject(noun) if noun.dep_ == "pobj" and noun.head.lower_ in ("after", "following") else []
    yield Move([*between, *subject], g.first_tokens(places), [], status, "is there", None)


def return_moves(back: Token) -> Iterator[Move]:
    """Where somebody has been who "is back from Oslo", or who speaks "fresh from talks in Oslo"."""
    origins = [
        t
        for name, head in g.prepositional(back, 2)
        if name == "from" and not g.is_time(head)
        for t in g.coordinated(head)
    ]
    over = back.head
    if not origins:
        return
    if over.pos_ in ("PROPN", "NOUN") and back.dep_ in ("amod", "advmod", "appos", "acl", "relcl"):
        yield Move([over], [], origins, "done", "moves", None)
    elif (
        g.is_verb(over)
        and (over.lemma_ == "be" or back.dep_ in ("advcl", "amod", "acomp"))
        and status_of(over) == "done"
    ):
        yield Move(g.surface_subject(over), [], origins, "done", "moves", None)


def aside_moves(prep: Token) -> Iterator[Move]:
    """Where somebody is who is named with it: "Lima, *in Oslo for talks*, said"."""
    place, person = g.child(prep, "pobj"), prep.head
    phrases = (*g.prepositional(prep, 2), *g.prepositional(person, 1))
    if place is not None and prep.i > person.i and prep.nbor(-1).text == "," and is_for_something(phrases):
        yield Move([person], g.coordinated(place), [], "done", "moves", None)
