"""The phrases that hang on a verb or a noun, and the places that they name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Token

from variorum.reading.events import grammar as g
from variorum.reading.events.circumstances import is_here
from variorum.reading.journeys.lexicon import is_journey, movement_words


def in_slots(verb: Token, slots: tuple[str, ...]) -> list[Token]:
    """The noun phrases in a verb's slots, joined ones included."""
    found: list[Token] = []
    for slot in slots:
        if slot == "obj":
            found += g.objects(verb)
    if "in" in slots:
        found += [c for c in verb.children if is_here(c)]
    for name, head in phrases_of(verb):
        if name in slots and not g.is_time(head):
            found += g.coordinated(head)
            if name in ("from", "after", "following") and is_gathering(head):  # "flew in after talks in Oslo"
                found += [
                    h
                    for inner, place in g.prepositional(head, 1)
                    if inner in ("in", "at")
                    for h in g.coordinated(place)
                ]
    return g.first_tokens(found)


def phrases_of(verb: Token) -> Iterator[tuple[str, Token]]:
    """The prepositional phrases of a verb, with joined ("to Chad and to Mali") and doubled ones ("on to Mali")."""
    waiting = [
        c
        for c in verb.children
        if c.dep_ in ("prep", "prt", "advmod", "conj", "dative", "dep") and c.pos_ in ("ADP", "ADV", "SCONJ")
    ]
    waiting += [
        c
        for o in verb.children
        if o.dep_ in ("dobj", "npadvmod", "advmod")
        for c in o.children
        if c.dep_ == "prep" and c.lower_ in ("to", "from")
    ]
    for taken_for_verb in verb.children:  # taggers read "heads to Windhoek" as an infinitive
        if taken_for_verb.dep_ == "xcomp" and taken_for_verb.tag_ == "VB" and taken_for_verb.text[:1].isupper():
            yield "to", taken_for_verb
    for prep in waiting:
        if len(waiting) > 40:
            return
        inner = g.child(prep, "pobj")
        if leads_on(prep):
            continue
        if inner is not None and prep.lower_ == "by" and inner.lemma_ == "way":
            yield from (("via", t) for t in g.oblique_any(inner, "of"))  # "by way of Doha"
        elif inner is not None:
            yield prep.lower_, inner
            if g.is_time(inner):  # "in Lima on Monday and *Quito* on Tuesday"
                yield from (("in", t) for t in g.coordinated(inner)[1:] if t.ent_type_ == "GPE")
            waiting += [
                c
                for t in g.coordinated(inner)
                if t.lemma_.lower() not in movement_words("nouns", "under_way")
                for c in t.children
                if c.dep_ == "prep" and c.lower_ in ("to", "from", "for")
            ]
        waiting += [c for c in prep.children if c.dep_ in ("conj", "prep") and c.pos_ in ("ADP", "ADV", "SCONJ")]


def leads_on(prep: Token) -> bool:
    """Whether a "to" belongs to the way named before it: "en route *to* Oslo", wherever the parser hung it."""
    before = prep.doc[prep.i - 1] if prep.i > 0 else prep
    return prep.lower_ == "to" and before != prep.head and before.lemma_.lower() in movement_words("nouns", "under_way")


def is_for_something(phrases: Iterable[tuple[str, Token]]) -> bool:
    """Whether phrases say what somebody came for: "*for a summit*", "*on a visit*"."""
    return any((name == "for" and is_gathering(head)) or (name == "on" and is_journey(head)) for name, head in phrases)


def where_things_are(things: list[Token]) -> list[Token]:
    """Where things are, by the phrases that hang on them."""
    around = (pair for thing in things for pair in g.prepositional(thing, 1))
    return [t for name, head in around if name in ("in", "at") and not g.is_time(head) for t in g.coordinated(head)]


def is_gathering(thing: Token) -> bool:
    """Whether a noun is a meeting or measures one ("two days of *talks*")."""
    nouns = movement_words("nouns", "meeting") | movement_words("nouns", "occasions")
    return thing.lemma_.lower() in nouns or any(t.lemma_.lower() in nouns for t in g.oblique_any(thing, "of"))
