"""Events that a verb tells, by its row of the table or by the event noun that is its object."""

from __future__ import annotations

from spacy.tokens import Token

from variorum.reading.events import grammar as g
from variorum.reading.events.frames import choose, event_noun, object_mode
from variorum.reading.events.governed import use_object
from variorum.reading.events.lexicon import grammar_words, is_operator
from variorum.reading.events.nominals import of_labour
from variorum.reading.events.operators import in_mood, operator_event
from variorum.reading.events.parties import behind, mediators, noun_recipients, signatories
from variorum.reading.events.predicates import copula_event
from variorum.reading.events.recipients import recipients_of
from variorum.reading.events.tellings import Reader, Told

OWN_DOING = ("protest", "labour strike", "riot", "uprising")
"""Modes of what nobody can do to another, so that its verbs have no passive."""


def verb_event(verb: Token, reader: Reader, depth: int) -> Told | None:
    """What a verb tells with all that stands under it, or None."""
    if verb.lemma_ == "be":
        return copula_event(verb, reader, depth)
    sense = choose(verb)
    if sense is None:
        return _by_object(verb, reader, depth)
    if sense.type == "none":
        return None
    if is_operator(sense.type):
        return operator_event(verb, sense, reader, depth)
    mode = sense.mode or object_mode(verb, sense.type)
    if sense.to == ("subj",):
        told = Told(sense.type, mode, verb, g.oblique(verb, "from", "by"), g.agents(verb), [verb])
        use_object(verb, reader)
        return told if told.actors else None
    recipients = recipients_of(verb, sense.to, reader, depth, sense.type)
    if sense.type == "CONSULT":
        things = g.objects(verb)
        called = [m for word in (verb, *(t for t in things if event_noun(t))) for m in mediators(word)]
        recipients = g.first_tokens([*recipients, *called])
        recipients = [t for t in recipients if event_noun(t) is None]
        recipients = recipients or [o for t in things if event_noun(t) is not None for o in g.owners(t)]
    agents = behind(g.agents(verb))
    if sense.type == "SANCTION" and not agents and verb.lemma_ in grammar_words("called_off"):
        put_off = _put_off(verb, reader)
        if put_off is not None:
            return put_off
    if not agents and sense.type == "PROTEST" and verb.dep_ == "acl" and sense.mode in OWN_DOING:
        agents = [verb.head]  # "some 3,000 people protested, police said" is often parsed as people who were
        recipients = [t for t in recipients if t not in agents]
    awaited = sense.mode == "visit" and verb.lemma_ in grammar_words("planned")
    if not agents and (awaited or sense.mode in ("deployment", "peacekeeping")) and g.is_passive(verb):
        agents = g.surface_subject(verb)  # troops that "were deployed", a guest who "is expected", are those who act
        recipients = [t for t in recipients if t not in agents]
    told = Told(sense.type, mode, verb, agents, recipients, [verb])
    announced = sense.type == "PROTEST" and verb.lemma_ in grammar_words("calling")
    told.planned = announced or awaited
    if sense.type == "SUPPORT" and mode == "agreement" and not agents:
        told.actors = signatories(verb)
    use_object(verb, reader)
    return in_mood(told, verb)


def _put_off(verb: Token, reader: Reader) -> Told | None:
    """The meeting that a passive calls off: of "the visit was postponed" nobody does it to anybody."""
    put_off = next((n for o in g.objects(verb) if (n := event_noun(o)) and n[1].type == "CONSULT"), None)
    if put_off is None:
        return None
    noun, named = put_off
    reader.used.add(noun.i)
    return Told(named.type, named.mode, noun, g.owners(noun), noun_recipients(noun), [verb, noun])


def _by_object(verb: Token, reader: Reader, depth: int) -> Told | None:
    """A verb that is in no table, with an event for its object: the object tells it."""
    if verb.lemma_ in grammar_words("no_doing"):
        return None  # who averts or mourns a war does not wage it
    for c in verb.children:
        if c.dep_ == "dobj" or (c.dep_ == "nsubjpass" and g.is_passive(verb)):
            named = event_noun(c)
            if named is not None and named[1].alone:
                noun, sense = named
                if sense.mode == "pledge" and verb.lemma_ not in grammar_words("making"):
                    continue  # who scorns a proposal makes none
                reader.used.add(noun.i)
                recipients = noun_recipients(noun) or recipients_of(verb, (), reader, depth)
                told = Told(sense.type, sense.mode, noun, g.agents(verb), recipients, [verb, noun])
                return in_mood(of_labour(told), verb)
    return None
