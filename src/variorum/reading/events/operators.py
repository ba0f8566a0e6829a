"""Verbs that make one event of another: "agreed to send", "will meet", "said that he must go"; after the operators' table."""

from __future__ import annotations

from spacy.tokens import Token

from variorum.reading.events import grammar as g
from variorum.reading.events.frames import (
    event_noun,
    in_past_conditional,
    is_negated,
    modality,
    predicate,
    refers_back,
)
from variorum.reading.events.governed import event_below, use_object
from variorum.reading.events.lexicon import COOPERATIVE, VerbSense, grammar_words, operate
from variorum.reading.events.parties import behind, noun_recipients, on_condition, speaking_for
from variorum.reading.events.recipients import completed, recipients_of
from variorum.reading.events.tellings import JUDGING, SAYING_MODES, Reader, Told


def operator_event(verb: Token, sense: VerbSense, reader: Reader, depth: int) -> Told | None:
    """What a verb makes of the event under it, by the operators' table; of none under it, what it tells alone."""
    if sense.type == "say":
        return saying_event(verb, sense, reader, depth)
    below = _accepted(verb, reader, depth) if sense.type == "agree" else None
    below = below or event_below(verb, reader, depth)
    if below is None and sense.type == "begin" and sense.mode is None:
        return _begun(verb, reader)
    made = operate(sense.type, below.type if below else None)
    if made is None and sense.mode == "vote":
        made = "REJECT" if _votes_down(verb) else "SUPPORT"
    if made is None:
        return None
    if below is None:
        told = Told(
            made, sense.mode, verb, behind(g.agents(verb)), recipients_of(verb, sense.to, reader, depth), [verb]
        )
        return in_mood(told, verb)
    reader.used.add(below.trigger.i)
    same = made == below.type and sense.type in ("begin", "order")
    mode = below.mode if same or sense.type in ("agree", "intend", "hope") else sense.mode
    recipients = below.recipients
    if sense.type in ("request", "refuse", "end") or not recipients:
        recipients = recipients_of(verb, sense.to, reader, depth) or below.recipients
    if sense.type == "request":
        recipients = g.first_tokens([*recipients[:1], *_requested(verb)]) or recipients
    elif sense.type == "agree":
        recipients = g.oblique_any(verb, "with") or recipients  # "agreed with *Chad* to sell gas to Mali"
    recipients = completed(verb, recipients, made in JUDGING)
    if made in ("REJECT", "THREATEN"):
        recipients = g.first_tokens([*recipients, *on_condition(verb)])
    planned = below.planned or sense.type in ("agree", "intend", "hope", "request")
    actors = behind(g.agents(verb)) if made == "REJECT" else g.agents(verb)
    if not actors and sense.type in ("intend", "hope") and g.is_passive(verb):
        actors = g.surface_subject(verb)  # "is committed to", "are expected to"
    if sense.mode == "vote":
        mode, same = "vote", False
    if sense.mode in SAYING_MODES and below.type != "CONSULT":
        mode, planned = sense.mode, False  # the pledge itself has been made
    told = Told(made, mode, below.trigger if same else verb, actors, recipients, [verb, *below.chain], planned)
    return in_mood(told, verb)


def _begun(verb: Token, reader: Reader) -> Told | None:
    """What begins of itself: "the *truce* between Chad and Mali took effect"."""
    if verb.lemma_ not in grammar_words("beginning_of_itself"):
        return None
    subject = g.own_subject(verb)
    named = event_noun(subject) if subject is not None and not g.is_passive(verb) else None
    if named is None or named[1].alone or any(o.lemma_ not in grammar_words("taking_effect") for o in g.objects(verb)):
        return None  # a noun that tells an event alone needs no verb for it
    noun, sense = named
    reader.used.add(noun.i)
    sides = g.oblique(noun, "between", "among") or g.owners(noun)
    recipients = [t for t in noun_recipients(noun) if t not in sides]
    planned = bool(modality(verb) & {"future", "conditional"})
    return Told(sense.type, sense.mode, noun, sides, recipients, [verb, noun], planned)


def _accepted(verb: Token, reader: Reader, depth: int) -> Told | None:
    """What somebody takes up who accepts an invitation or an offer to do it."""
    for thing in g.objects(verb):
        clause = next((c for c in thing.children if c.dep_ in ("acl", "relcl") and g.has_to(c)), None)
        below = reader.told(clause, depth + 1) if clause is not None else None
        if below is not None:
            use_object(verb, reader)
            return below
    return None


def _votes_down(verb: Token) -> bool:
    clause = g.child(verb, "xcomp", "advcl", "ccomp")
    return clause is not None and clause.lemma_ in grammar_words("voting_down")


def _requested(verb: Token) -> list[Token]:
    clause = g.child(verb, "xcomp", "ccomp")
    return g.surface_subject(clause) if clause is not None and g.is_verb(clause) else []


def saying_event(verb: Token, sense: VerbSense, reader: Reader, depth: int) -> Told | None:
    """What somebody says who accuses or exhorts by saying it; else None, and whose deed the clause tells is filled in."""
    clause = g.child(verb, "ccomp", "xcomp")
    if clause is None or not g.is_verb(clause):
        return None
    speakers = g.agents(verb)
    below = reader.told(clause, depth + 1)
    demanded = "duty" in modality(clause) and any(not refers_back(t) for t in g.surface_subject(clause))
    if below is not None and not (demanded and speakers):
        below.actors = g.first_tokens(s for a in below.actors for s in (speaking_for(a, speakers) if speakers else [a]))
        if not below.actors and modality(clause) and g.is_verb(below.trigger):
            below.actors = speakers  # who says that something "cannot be allowed" does not allow it
        return None
    blaming = predicate(clause, grammar_words("blaming")) if clause.lemma_ == "be" else None
    if blaming is not None and blaming.lower_ in ("responsible", "liable") and not g.oblique_any(blaming, "for"):
        blaming = None  # "he was kind and responsible"
    if blaming is not None and speakers and not is_negated(clause):
        accused = [t for t in g.surface_subject(clause) if not refers_back(t)]
        if accused:
            return Told("ACCUSE", "accusation", verb, speakers, accused, [verb])
    if "duty" in modality(clause) and speakers:
        subject = g.surface_subject(clause)
        if subject and not refers_back(subject[0]):
            reader.used |= {clause.i} | ({below.trigger.i} if below is not None else set())
            return Told("REQUEST", "exhortation", verb, speakers, subject, [verb])
    return None


def in_mood(told: Told, verb: Token) -> Told:
    """Intention and refusal that an auxiliary tells: "will meet", "will not accept"."""
    moods = modality(verb)
    if is_negated(verb):
        if told.type in COOPERATIVE and (moods & {"future", "conditional"} or "possible" in moods):
            told.type = "REJECT"
            told.recipients = g.first_tokens([*told.recipients, *on_condition(verb)])
        return told
    if moods & {"future", "conditional"} and not in_past_conditional(verb):
        made = operate("intend", told.type)
        if told.type == "AID" and told.mode in ("aid", "military aid", "peacekeeping", "asylum"):
            told.mode = "pledge"  # "Peru will send tents" is its word for it
        told.type = made or told.type
        told.planned = True
    return told
