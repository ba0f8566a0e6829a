"""What the words of a sentence tell: each verb, adjective and noun by the module for its kind."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from variorum.reading.events import grammar as g
from variorum.reading.events.nominals import noun_event
from variorum.reading.events.predicates import adjective_event
from variorum.reading.events.tellings import Reader, Told
from variorum.reading.events.verbs import verb_event


def events_told(sentence: DocSpan) -> Iterator[Told]:
    """Each event that a sentence's words tell, once."""
    reader = Reader(_tell)
    told = [(t, reader.told(t)) for t in sentence if t.pos_ in ("VERB", "AUX", "NOUN", "PROPN")]
    seen: set[int] = set()
    for token, event in told:
        if event is None or event.trigger.i in seen:
            continue
        if token.i in reader.used and event.trigger == token:
            continue  # an outer word tells it
        seen.add(event.trigger.i)
        yield event


def _tell(token: Token, reader: Reader, depth: int) -> Told | None:
    if g.is_verb(token):
        return verb_event(token, reader, depth)
    if token.pos_ == "ADJ":
        return adjective_event(token, reader, depth)
    if token.pos_ in ("NOUN", "PROPN"):
        return noun_event(token, reader, depth)
    return None
