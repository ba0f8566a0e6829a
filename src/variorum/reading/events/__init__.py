"""Things that happen between actors, in PLOVER's types."""

from __future__ import annotations

from spacy.tokens import Token

from variorum.model import Event, Extent, ReportedActor, Statement
from variorum.reading.events import grammar as g
from variorum.reading.events.senses import Reader, Told
from variorum.reading.parsed import Paragraph, Parsed

__all__ = ["find_events"]


def find_events(
    parsed: Parsed, actors: tuple[ReportedActor, ...], statements: tuple[Statement, ...]
) -> tuple[Event, ...]:
    """All events of a report, in the order of the text."""
    found = []
    for paragraph in parsed.paragraphs:
        for sentence in paragraph.doc.sents:
            reader = Reader()
            tolds = [(t, reader.told(t)) for t in sentence if t.pos_ in ("VERB", "AUX", "NOUN", "PROPN")]
            seen = set()
            for token, told in tolds:
                if told is None or told.trigger.i in seen or token.i in reader.used and told.trigger is token:
                    continue
                if told.actors or told.recipients:
                    seen.add(told.trigger.i)
                    found.append(event_of(told, paragraph))
    return tuple(sorted(found, key=lambda e: (e.trigger, e.type)))


def event_of(told: Told, paragraph: Paragraph) -> Event:
    return Event(
        type=told.type,  # type: ignore[arg-type]
        mode=told.mode,
        trigger=paragraph.extent(told.trigger),
        actors=extents(told.actors, paragraph),
        recipients=extents(told.recipients, paragraph),
    )


def extents(heads: list[Token], paragraph: Paragraph) -> tuple[Extent, ...]:
    return tuple(dict.fromkeys(paragraph.extent(g.phrase(t)) for t in heads))
