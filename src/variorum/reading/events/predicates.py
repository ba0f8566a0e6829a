"""Events that "be" and an adjective or a phrase tell: "is to meet", "was critical of", "are on strike"."""

from __future__ import annotations

from spacy.tokens import Token

from variorum.reading.events import grammar as g
from variorum.reading.events.frames import event_noun, is_infinitive, is_negated
from variorum.reading.events.lexicon import COOPERATIVE, grammar_words, operate
from variorum.reading.events.parties import noun_recipients
from variorum.reading.events.recipients import recipients_of
from variorum.reading.events.tellings import Reader, Told


def copula_event(verb: Token, reader: Reader, depth: int) -> Told | None:
    """What "be" tells with its adjective, its infinitive or a phrase of state."""
    for c in verb.children:
        if c.dep_ in ("acomp", "attr", "oprd") and c.pos_ == "ADJ":
            return adjective_event(c, reader, depth)
        if c.dep_ == "xcomp" and is_infinitive(c):
            below = reader.told(c, depth + 1)
            if below is not None:
                below.planned = True
                if below.type in COOPERATIVE:
                    reader.used.add(below.trigger.i)
                    return Told(
                        "AGREE",
                        below.mode,
                        below.trigger,
                        g.surface_subject(verb),
                        below.recipients,
                        [verb, *below.chain],
                        True,
                    )
            return None
    for name, head in g.prepositional(verb, 1):
        named = event_noun(head)
        if (
            name in ("on", "in", "under")
            and named is not None
            and head.lemma_.lower() not in grammar_words("no_states")
        ):
            noun, sense = named
            reader.used.add(noun.i)
            return Told(
                sense.type,
                sense.mode,
                noun,
                g.surface_subject(verb),
                noun_recipients(noun) or recipients_of(verb, (), reader, depth),
                [verb, noun],
            )
    return None


def adjective_event(word: Token, reader: Reader, depth: int) -> Told | None:
    """What an adjective of will or judgement tells of its subject: "unwilling to meet", "critical of"."""
    lemma = word.lower_
    if lemma == "responsible":
        return _responsible(word, reader)
    kind = next((k for k in ("willing", "unwilling", "critical", "supportive") if lemma in grammar_words(k)), None)
    if kind is None:
        return None
    verb = word.head if word.dep_ in ("acomp", "attr", "oprd", "xcomp", "ccomp") else word
    actors = g.surface_subject(verb)
    negated = is_negated(verb)
    if kind in ("willing", "unwilling"):
        clause = g.child(word, "xcomp", "advcl", "ccomp") or g.child(verb, "xcomp")
        below = reader.told(clause, depth + 1) if clause is not None and g.is_verb(clause) else None
        if clause is None:
            return None
        operator = "refuse" if (kind == "unwilling") != negated else "intend"
        made = operate(operator, below.type if below else None)
        if made is None:
            return None
        if below is not None:
            reader.used.add(below.trigger.i)
        recipients = below.recipients if below else recipients_of(clause, (), reader, depth)
        trigger = below.trigger if below and operator == "intend" else word
        return Told(
            made,
            below.mode if below else None,
            trigger,
            actors,
            recipients,
            [word, *(below.chain if below else [])],
            True,
        )
    made = "ACCUSE" if kind == "critical" else "SUPPORT"
    recipients = g.oblique(word, "of", "at", "with", "over", "about", "to", "for")
    return (
        Told(made, "criticism" if made == "ACCUSE" else "backing", word, actors, recipients, [verb, word])
        if recipients
        else None
    )


def _responsible(word: Token, reader: Reader) -> Told | None:
    """ "was responsible for the killings in …"."""
    for deed in g.oblique_any(word, "for"):
        named = event_noun(deed)
        if named is not None and named[1].type not in COOPERATIVE:
            noun, sense = named
            reader.used.add(noun.i)
            verb = word.head
            recipients = noun_recipients(noun)
            return Told(sense.type, sense.mode, noun, g.surface_subject(verb), recipients, [verb, noun])
    return None
