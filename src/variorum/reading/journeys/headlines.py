"""Journeys in headlines, whose clauses leave out the verb "be" and are often parsed as one noun phrase.

"Lima in Oslo for talks", "Lima to visit Chad, Mali", "Lima off to Rome", "Lima heads to Quito".
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from variorum.reading.events import grammar as g
from variorum.reading.journeys.lexicon import frames, movement_words
from variorum.reading.journeys.moves import Move
from variorum.reading.journeys.phrases import in_slots, is_for_something

MOVING = ("travel", "arrive", "reach", "leave")
"""Kinds of verbs of which a headline tells who goes where."""


def headline_moves(sentence: DocSpan) -> Iterator[Move]:
    """What a headline tells of journeys beyond what its parse as a clause does, by the word that it hangs on."""
    root = sentence.root
    if root.ent_type_ == "PERSON" and root.pos_ == "PROPN":
        yield from _of_name(root)
    elif root.tag_ in ("VBZ", "NNS") and g.own_subject(root) is None:
        yield from _of_verb_behind_name(root)


def _of_name(name: Token) -> Iterator[Move]:
    for word in name.children:
        if word.dep_ in ("acl", "relcl") and g.has_to(word):
            places = _places(word)
            if places:
                yield Move([name], places, [], "planned", "moves", word)
        elif word.dep_ == "prep" and word.lower_ == "in" and is_for_something(g.prepositional(name, 2)):
            yield Move([name], _behind(word), [], "done", "moves", None)
        elif word.lower_ in movement_words("clauses", "ahead"):
            beside = (word, name) if word.dep_ == "prt" else (word,)
            places = [
                t
                for over in beside
                for head_word in over.children
                if head_word.dep_ == "prep" and head_word.i == word.i + 1
                for t in _behind(head_word)
            ]
            yield Move([name], places, [], "planned", "moves", None)


def _of_verb_behind_name(verb: Token) -> Iterator[Move]:
    """ "Lima *lands* in Oslo", where the name was parsed as part of a noun phrase."""
    name = next((c for c in verb.children if c.dep_ == "compound" and c.ent_type_ == "PERSON" and c.i < verb.i), None)
    places = _places(verb)
    if name is not None and places:
        yield Move([name], places, [], "done", "moves", None)


def _places(verb: Token) -> list[Token]:
    known = [f for f in frames().get(verb.lemma_.lower(), ()) if f.kind in MOVING]
    found = [t for frame in known for t in in_slots(verb, frame.places)]
    return g.first_tokens(t for t in found if not g.is_time(t))


def _behind(prep: Token) -> list[Token]:
    inner = g.child(prep, "pobj")
    return g.coordinated(inner) if inner is not None and not g.is_time(inner) else []
