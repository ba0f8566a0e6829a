"""Events that a noun tells without a verb: "talks between Chad and Mali", "the arrest of a journalist"."""

from __future__ import annotations

from spacy.tokens import Token

from variorum.reading.events import grammar as g
from variorum.reading.events.frames import event_noun
from variorum.reading.events.lexicon import grammar_words
from variorum.reading.events.parties import doers_of, is_occasion, mediators, noun_recipients, patients_of
from variorum.reading.events.recipients import recipients_of
from variorum.reading.events.tellings import Reader, Told


def noun_event(noun: Token, reader: Reader, depth: int) -> Told | None:
    """What an event noun tells by itself, or None."""
    named = event_noun(noun)
    if named is None or named[0] != noun or not named[1].alone:
        return None
    if noun.lemma_ == "talk" and noun.tag_ == "NN":
        return None  # "the talk of the town"
    sense = named[1]
    if sense.mode == "pledge" and (promised := _promised(noun, reader, depth)) is not None:
        return promised
    between = g.oblique(noun, "between", "among")
    actors = between or g.owners(noun)
    if (patients := patients_of(noun)) and actors == patients:
        return Told(sense.type, sense.mode, noun, g.by_phrase(noun), patients, [noun])
    if not actors and sense.type in ("CONSULT",):
        actors = g.oblique(noun, "of")
    if not actors and sense.type == "CONSULT" and is_occasion(noun):
        over = [t for t in g.governor_subject(noun) if t.i != noun.i]
        # "they agreed after talks": several who do something on the occasion are those who talked
        actors = over if g.oblique(noun, "with") or len(over) > 1 else []
    recipients = between or noun_recipients(noun) or _in_clause(noun, sense.type, reader, depth)
    recipients = [t for t in recipients if t not in actors] if not between else recipients
    if sense.type == "CONSULT":
        recipients = g.first_tokens([*recipients, *mediators(noun)])
    return of_labour(Told(sense.type, sense.mode, noun, actors, recipients, [noun]))


def _in_clause(noun: Token, type_: str, reader: Reader, depth: int) -> list[Token]:
    """Whom the clause of a demand, refusal or threat names: "its demand that *Mali* withdraw", "refusal to meet *him*"."""
    if type_ == "REQUEST":
        return doers_of(noun)
    clause = next((c for c in noun.children if c.dep_ in ("acl", "ccomp", "relcl") and g.is_verb(c)), None)
    if type_ not in ("REJECT", "THREATEN") or clause is None or not (g.has_to(clause) or clause.dep_ == "ccomp"):
        return []
    below = reader.told(clause, depth + 1)
    if below is not None:
        reader.used.add(below.trigger.i)
        return below.recipients
    return recipients_of(clause, (), reader, depth + 1)


def _promised(noun: Token, reader: Reader, depth: int) -> Told | None:
    """ "Peru's pledge to send food": one event, the pledge, to whom the food goes."""
    clause = next((c for c in noun.children if c.dep_ == "acl" and g.has_to(c)), None)
    below = reader.told(clause, depth + 1) if clause is not None else None
    if below is None:
        return None
    reader.used.add(below.trigger.i)
    actors = g.owners(noun) or g.governor_subject(noun)
    return Told("AGREE", "pledge", noun, actors, [t for t in below.recipients if t not in actors], [noun])


def of_labour(told: Told) -> Told:
    """A strike of workers is a protest and no attack."""
    whose = {
        t.lemma_.lower()
        for a in told.actors
        for t in (a, *g.oblique_any(a, "of"), *(c for c in a.children if c.dep_ in ("compound", "amod")))
    }
    if told.trigger.lemma_.lower() == "strike" and told.type == "ASSAULT" and whose & grammar_words("workers"):
        told.type, told.mode = "PROTEST", "labour strike"
    return told
