"""The event that stands under another word: in its infinitive or clause, its object, or a phrase of it."""

from __future__ import annotations

from spacy.tokens import Token

from variorum.reading.events import grammar as g
from variorum.reading.events.frames import event_noun, is_infinitive
from variorum.reading.events.parties import noun_recipients
from variorum.reading.events.tellings import Reader, Told


def event_below(verb: Token, reader: Reader, depth: int) -> Told | None:
    """The event that stands under an operator: in its infinitive or clause, its object, or a phrase of it."""
    for label in ("xcomp", "ccomp", "dobj", "nsubjpass", "acomp", "oprd", "advcl"):
        for c in verb.children:
            if c.dep_ != label or (label == "advcl" and not is_infinitive(c)):
                continue
            if label == "nsubjpass" and not g.is_passive(verb):
                continue
            told = _event_of(c, reader, depth)
            if told is not None:
                return told
    for c in verb.children:
        if c.dep_ in ("prep", "agent") and c.lower_ in ("for", "to", "on", "of", "with", "from", "in", "against"):
            inner = g.child(c, "pobj", "pcomp")
            if inner is not None:
                told = _event_of(inner, reader, depth)
                if told is not None:
                    return told
    return None


def _event_of(token: Token, reader: Reader, depth: int) -> Told | None:
    if token.pos_ in ("NOUN", "PROPN", "NUM") and not g.is_verb(token):
        named = event_noun(token)
        if named is None:
            clause = next((c for c in token.children if c.dep_ in ("acl", "relcl") and is_infinitive(c)), None)
            return reader.told(clause, depth + 1) if clause is not None else None
        noun, sense = named
        reader.used.add(noun.i)
        return Told(sense.type, sense.mode, noun, g.owners(noun), noun_recipients(noun), [noun])
    return reader.told(token, depth + 1)


def use_object(verb: Token, reader: Reader) -> None:
    """Marks a verb's object as told by the verb."""
    for c in verb.children:
        if c.dep_ in ("dobj", "nsubjpass"):
            named = event_noun(c)
            if named is not None:
                reader.used.add(named[0].i)
