"""Clauses and phrases that tell where somebody was, is or will be, each by the module for its kind."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span as DocSpan

from variorum.reading.events import grammar as g
from variorum.reading.journeys.lexicon import is_journey, movement_words
from variorum.reading.journeys.moves import Move
from variorum.reading.journeys.nouns import aside_moves, noun_moves, return_moves, talks_moves
from variorum.reading.journeys.verbs import verb_moves


def moves(sentence: DocSpan) -> Iterator[Move]:
    """Every telling of a movement or a presence in a sentence, in the order of the text."""
    for token in sentence:
        if g.is_verb(token):
            yield from verb_moves(token)
        elif token.lower_ in movement_words("clauses", "back"):
            yield from return_moves(token)
        elif token.dep_ == "prep" and token.lower_ == "in" and token.head.ent_type_ == "PERSON":
            yield from aside_moves(token)
        elif is_journey(token):
            yield from noun_moves(token)
        elif token.pos_ == "NOUN" and token.lemma_.lower() in movement_words("nouns", "meeting"):
            yield from talks_moves(token)


def pictured(sentence: DocSpan) -> Iterator[Move]:
    """Where a caption shows people: "Ana Lima and Jan Novak in Oslo on Monday"."""
    persons = [t for t in sentence if t.ent_type_ == "PERSON" and (t.i + 1 >= sentence.end or t.nbor().ent_iob_ != "I")]
    for prep in sentence:
        if prep.dep_ != "prep" or prep.lower_ not in ("in", "at", "outside"):
            continue
        inner, over = g.child(prep, "pobj"), prep.head
        shown = g.is_verb(over) or over.ent_type_ == "PERSON" or over.head == over
        shown = shown or (over.dep_ == "pobj" and over.head.lower_ in ("at", "in", "during", "after", "of"))
        before = [t for t in persons if t.i < prep.i and t.dep_ not in ("poss", "compound")]
        if inner is not None and shown and before and not g.is_time(inner):
            yield Move(before, g.coordinated(inner), [], "done", "is there", None)
            return
