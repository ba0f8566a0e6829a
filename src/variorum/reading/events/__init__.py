"""Things that happen between actors, in PLOVER's types.

A verb's frame or an event noun tells the type (``senses`` over the tables ``data/en/plover*``), the parse the parties
(``grammar``), and what surrounds it the status, day and place (``circumstances``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from variorum.model import Event, Extent, ReportedActor, Statement
from variorum.reading.events import grammar as g
from variorum.reading.events.antecedents import Deeds
from variorum.reading.events.assertion import is_asserted
from variorum.reading.events.circumstances import Calendar, about_of, anchor_of, dateline_place, place_of, status_of
from variorum.reading.events.frames import is_deed, refers_back
from variorum.reading.events.lexicon import grammar_words
from variorum.reading.events.senses import events_told
from variorum.reading.events.tellings import JUDGING, Told
from variorum.reading.parsed import Paragraph, Parsed
from variorum.text.actor_index import ActorIndex
from variorum.text.world import lookup_state

__all__ = ["find_events"]

MOST_PARTIES = 40
"""Parties of one event that are kept; a longer list is no news prose."""


def find_events(
    parsed: Parsed, actors: tuple[ReportedActor, ...], statements: tuple[Statement, ...]
) -> tuple[Event, ...]:
    """All events of a report, in the order of the text.

    Captions count for meetings and visits, and for what they tell with its day; other furniture does not count at all.

    Args:
        parsed: the report with its parse.
        actors: who its names, offices and pronouns stand for.
        statements: who said what.
    """
    index = ActorIndex(actors)
    anchor = anchor_of(parsed.report)
    here = dateline_place(parsed.report)
    found: list[Event] = []
    deeds = Deeds()
    for paragraph in parsed.paragraphs:
        if paragraph.in_article or paragraph.block.kind == "caption":
            calendar = Calendar(paragraph, anchor)
            for told in (t for sentence in g.prose(paragraph.doc) for t in events_told(sentence)):
                event = _event(told, Scene(paragraph, calendar, index, here), deeds)
                if event is not None and (paragraph.in_article or _caption_tells(told, event)):
                    found.append(event)
    found += _exchanges(statements, index, {e.trigger for e in found})
    return tuple(sorted(found, key=lambda e: (e.trigger, e.type)))


def _caption_tells(told: Told, event: Event) -> bool:
    """Whether a caption's words count: it shows a meeting; of the rest it tells what was done to whom, with its day."""
    if told.type == "CONSULT" or (told.planned and told.mode in ("meeting", "visit")):
        return True
    verb = told.chain[0]
    finite = g.is_verb(verb) and verb.tag_ in ("VBD", "VBN") and g.own_subject(verb) is not None
    return finite and event.status == "held" and event.date is not None


def _exchanges(statements: tuple[Statement, ...], index: ActorIndex, taken: set[Extent]) -> Iterator[Event]:
    """Talks that a statement to a named person tells: "…", she told the minister."""
    people = {actor.name for actor in index.actors if actor.kind == "person" and actor.named}
    for statement in statements:
        if statement.addressee is None or statement.source is None or statement.cue is None or statement.negated:
            continue
        addressee = index.at(statement.addressee)
        if addressee is None or statement.speaker not in people or addressee.name not in people:
            continue
        if addressee.name != statement.speaker and statement.cue not in taken:
            yield Event(
                type="CONSULT",
                mode="talks",
                trigger=statement.cue,
                actors=(statement.source,),
                recipients=(statement.addressee,),
                date=statement.date,
                asserted=False,  # words to somebody are a statement; a meeting that is told elsewhere may hold them
            )


@dataclass(frozen=True, slots=True)
class Scene:
    """What an event is read against: its paragraph, the dates in it, who is who in the report, and where "here" is."""

    paragraph: Paragraph
    calendar: Calendar
    index: ActorIndex
    here: Extent | None


def _event(told: Told, scene: Scene, deeds: Deeds) -> Event | None:
    paragraph, calendar, index = scene.paragraph, scene.calendar, scene.index
    actors = parties(told.actors, paragraph, index)
    recipients = parties(told.recipients, paragraph, index)
    if told.type in JUDGING:
        recipients = (*deeds.doers(told.recipients), *recipients)
    recipients = tuple(dict.fromkeys(e for e in recipients if e not in actors))
    deeds.note(told.chain, actors)
    if not actors and not recipients:
        return None
    status = status_of(told)
    if status is None:
        return None
    when = calendar.of(told)
    if when is not None and status in ("held", "under way") and calendar.is_to_come(when, told.chain[0]):
        status = "planned"
    elif when is not None and status == "held" and not g.is_verb(told.chain[0]) and calendar.is_after(when):
        status = "planned"  # "a walkout from Friday"
    if when is not None and status == "planned":
        when = calendar.coming(when)
    place = place_of(told, paragraph, index, scene.here)
    if not g.is_verb(told.chain[0]) and not (actors and recipients) and when is None and place is None:
        return None  # a noun with one party and nothing else is background ("its operation")
    if told.type == "CONSULT" and place is not None and len(actors) + len(recipients) > 2:
        # where two meet is no third party; a visit's place is what is visited
        recipients = tuple(r for r in recipients if r != place or told.mode in ("visit", "arrival"))
    mode = told.mode
    if mode == "talks" and (place is not None or _is_face_to_face(told)):
        mode = "meeting"
    return Event(
        type=told.type,  # type: ignore[arg-type]
        mode=mode,
        trigger=paragraph.extent(told.trigger),
        actors=actors,
        recipients=recipients,
        place=place,
        date=when.date if when else None,
        status=status,
        about=about_of(told, paragraph),
        asserted=is_asserted(
            told,
            dated=when is not None,
            both=len(actors) + len(recipients) >= 2 or (told.type == "CONSULT" and place is not None),
            headline=paragraph.block.kind != "body",
        ),
    )


def _is_face_to_face(told: Told) -> bool:
    """Whether somebody had, held or ended talks and nothing says that it was from afar."""
    nouns = [w for w in (told.trigger, *told.chain, *g.objects(told.trigger)) if not g.is_verb(w)]
    held = any(w.lemma_.lower() in grammar_words("plural_events") for w in nouns)
    return held and not any(t.lower_ in grammar_words("far_talk") for t in told.trigger.sent)


def parties(heads: list[Token], paragraph: Paragraph, index: ActorIndex) -> tuple[Extent, ...]:
    """Where the parties stand, each once; "ministers from Chad, Mali and Togo" are the three states."""
    spans = []
    for head in g.first_tokens(heads)[:MOST_PARTIES]:
        if refers_back(head) and (named := _named_before(head, paragraph, index)) is not None:
            spans.append(named)
            continue
        states = _states_of(head)
        if is_deed(head):
            # "the attack on Israel" is no name for Israel
            spans.append(paragraph.extent(g.core(head)))
        else:
            for token in states or [head, *_names_aside(head), *_named_among(head)]:
                spans += [paragraph.extent(part) for part in (_states_apart(token) or _persons_apart(g.phrase(token)))]
    return tuple(dict.fromkeys(spans[:MOST_PARTIES]))


def _named_before(pronoun: Token, paragraph: Paragraph, index: ActorIndex) -> Extent | None:
    """The words in the same sentence that a pronoun stands for; None where they stand further off."""
    own = paragraph.extent(pronoun)
    actor = index.at(own)
    if actor is None:
        return None
    start = paragraph.extent(pronoun.sent).start
    before = [m.extent for m in actor.mentions if start <= m.start < own.start and m.form != "pronoun"]
    return before[-1] if before else None


def _persons_apart(span: DocSpan) -> list[DocSpan]:
    """The parts of a phrase that the parser made of several joined persons; else the phrase itself."""
    if sum(t.ent_type_ == "PERSON" and t.ent_iob_ == "B" for t in span) < 2:
        return [span]
    cuts = [t.i for t in span if t.dep_ == "cc" or t.lower_ == "and"]
    ends = [*cuts, span.end]
    starts = [span.start, *(c + 1 for c in cuts)]
    parts = [span.doc[a:b] for a, b in zip(starts, ends, strict=True) if a < b]
    return parts if all(any(t.ent_type_ == "PERSON" for t in part) for part in parts) else [span]


def _names_aside(head: Token) -> list[Token]:
    """A name in apposition that stands too far off to be in the phrase: "one of those held in May, *Ana Lima*"."""
    end = g.phrase(head).end
    return [
        c for c in head.children if c.dep_ == "appos" and c.pos_ == "PROPN" and c.i >= end and c.ent_type_ == "PERSON"
    ]


def _named_among(head: Token) -> list[Token]:
    """Those of several nameless ones who are named: "nine states, *including Peru and Chile*"."""
    named = next((c for c in head.children if c.dep_ == "prep" and c.lower_ in grammar_words("including")), None)
    inner = g.child(named, "pobj") if named is not None and head.tag_ in ("NNS", "NNPS") else None
    return [t for t in g.coordinated(inner) if t.pos_ == "PROPN"] if inner is not None else []


def _states_apart(head: Token) -> list[DocSpan]:
    """The states whose people or forces one noun stands for: "*British*, *French* and *American warplanes*"."""
    first = next(
        (c for c in head.children if c.dep_ in ("amod", "compound") and c.i < head.i and c.ent_type_ == "NORP"), None
    )
    listed = g.side_by_side(first) if first is not None else []
    if len(listed) < 2 or any(lookup_state(g.core(t).text) is None for t in listed):
        return []
    return [*(g.core(t) for t in listed[:-1]), head.doc[listed[-1].left_edge.i : head.i + 1]]


def _states_of(head: Token) -> list[Token]:
    """The states that several nameless officials stand for."""
    if head.tag_ != "NNS" or head.lemma_.lower() not in grammar_words("officials"):
        return []
    found = g.oblique_any(head, "from", "of")
    return found if len(found) > 1 and all(lookup_state(g.core(t).text) is not None for t in found) else []
