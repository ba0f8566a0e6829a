"""Journeys that a verb tells: who travels, is carried, is received, meets or speaks, and where."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from variorum.reading.events import grammar as g
from variorum.reading.events.circumstances import is_here
from variorum.reading.journeys.lexicon import Frame, frames, is_presence, movement_words
from variorum.reading.journeys.moves import Move
from variorum.reading.journeys.phrases import in_slots, is_for_something, is_gathering, phrases_of, where_things_are
from variorum.reading.journeys.status import status_of


def verb_moves(verb: Token) -> Iterator[Move]:
    """What a verb tells of journeys, by its frames."""
    known = frames().get(verb.lemma_.lower(), ())
    for frame in known:
        status = status_of(verb)
        if status is None:
            return
        if frame.kind == "been" and verb.tag_ != "VBN":
            continue
        if verb.lemma_ == "spend" and not any(g.is_time(t) for t in g.objects(verb)):
            continue
        travellers = _travellers(verb, frame)
        if not travellers:
            continue
        if frame.kind in ("meet", "speak"):
            places = _presence(verb, frame)
            if places:
                yield Move(travellers, places, [], status, "is there", verb)
            continue
        places = in_slots(verb, frame.places)
        if frame.kind == "host" and not places:
            places = where_things_are(g.objects(verb))  # "received *the envoy in Oslo*"
        origins = in_slots(verb, frame.origins)
        if frame.kind == "arrive" and verb.lemma_ == "be" and (due := _due(verb)) is not None:
            yield Move(travellers, due, [], "planned", "moves", verb)
            continue
        if frame.kind == "travel" and verb.lemma_ in movement_words("clauses", "moving_others") and g.objects(verb):
            continue
        if frame.kind == "arrive" and (verb.lemma_ == "appear" or verb.lemma_ in movement_words("clauses", "staying")):
            if places and verb.lemma_ != "appear":
                came = is_presence(verb) and (_has_purpose(verb) or len(places) > 1)
                yield Move(travellers, places, origins, status, "moves" if came else "is there", verb)
            continue
        if frame.kind == "await":
            status = "planned"
        if places or origins:
            on_the_way = in_slots(verb, ("via",))
            yield Move(travellers, places, origins, status, "moves", verb, _one_after_another(verb), on_the_way)


def _has_purpose(verb: Token) -> bool:
    """Whether somebody is in a place for something, and so has come there: "is in Oslo *for a summit*", "*to sign* a pact"."""
    return is_for_something(g.prepositional(verb, 2)) or any(c.dep_ == "advcl" and g.has_to(c) for c in verb.children)


def _due(verb: Token) -> list[Token] | None:
    """Where somebody "is due" or "is expected"; None where the verb has no such adjective."""
    awaited = next((c for c in verb.children if c.dep_ in ("acomp", "oprd", "prep") and c.lower_ == "due"), None)
    if awaited is None:
        return None
    phrases = [(name, head) for word in (awaited, verb) for name, head in g.prepositional(word, 1)]
    inner = g.child(awaited, "pobj")
    phrases += [("in", inner)] if inner is not None else []
    for to in awaited.children:
        taken_for_noun = g.child(to, "pobj") if to.lower_ == "to" else None  # "is due to *land* in Oslo"
        if taken_for_noun is not None and taken_for_noun.lemma_.lower() in frames():
            phrases += list(g.prepositional(taken_for_noun, 1))
    return [t for name, head in phrases if name in ("in", "at") and not g.is_time(head) for t in g.coordinated(head)]


def _travellers(verb: Token, frame: Frame) -> list[Token]:
    if frame.kind == "await":
        return g.surface_subject(verb) if g.is_passive(verb) else []
    if frame.kind in ("carry", "host"):
        carried = g.objects(verb)
        return [*g.agents(verb), *carried] if verb.lemma_ in ("accompany", "escort") else carried
    if g.is_passive(verb) and frame.kind != "meet":
        return []
    return [who for subject in g.surface_subject(verb) for who in _aboard(subject)]


def _aboard(subject: Token) -> list[Token]:
    """Who travels where a vehicle does: its owner, or whom it carries ("a plane carrying Lima landed in Oslo")."""
    if subject.lemma_.lower() not in movement_words("nouns", "vehicles"):
        return [subject]
    owner = g.child(subject, "poss")
    carried = [o for c in subject.children if c.dep_ == "acl" and c.lemma_ == "carry" for o in g.objects(c)]
    return carried or ([owner] if owner is not None else [subject])


def _presence(verb: Token, frame: Frame) -> list[Token]:
    """Where somebody meets or speaks: a phrase of the verb, or of what it has for object ("talks in Oslo")."""
    found = in_slots(verb, frame.places)
    if frame.kind != "meet":
        listeners = g.objects(verb) if verb.lemma_ in movement_words("clauses", "to_listeners") else []
        return g.first_tokens([*found, *where_things_are(listeners)])
    reached = g.objects(verb) + [h for name, h in g.prepositional(verb, 1) if name in ("with", "of", "for")]
    if not (
        verb.lemma_ in ("meet", "confer", "negotiate", "talk", "gather", "convene")
        or any(is_gathering(t) for t in reached)
    ):
        return []
    found += [c for thing in reached for c in thing.children if is_here(c)]
    for thing in reached:
        for name, head in (*g.prepositional(thing, 3), *phrases_of(thing)):
            if name in frame.places and not g.is_time(head):
                found += g.coordinated(head)
    return g.first_tokens(found)


def _one_after_another(verb: Token) -> bool:
    reach = verb.doc[verb.i : min(verb.right_edge.i + 1, verb.i + 40)]
    return any(t.lower_ in movement_words("words", "then") for t in reach)
