"""Which person a clause is about, and which state a place lies in."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from variorum.model import Extent, ReportedActor
from variorum.reading.events import grammar as g
from variorum.reading.events.circumstances import dateline_place
from variorum.reading.journeys.itinerary import Stop, Stops
from variorum.reading.journeys.lexicon import is_homeward, is_person_pronoun, landing_words, office_words
from variorum.reading.journeys.moves import Move
from variorum.reading.parsed import Paragraph, Parsed
from variorum.text.actor_index import ActorIndex
from variorum.text.places import lookup_place
from variorum.text.world import lookup, lookup_state

LONGEST_LIST = 40


def _begins_clause(name: DocSpan) -> bool:
    """Whether a name does not belong to the list before it: it is a subject or an owner."""
    follows = name.doc[name.end] if name.end < len(name.doc) else None
    owner = follows is not None and follows.dep_ == "case" and follows.head.i < name.end
    return owner or name.root.dep_ in ("nsubj", "nsubjpass", "poss", "compound", "amod")


def _holds_office(description: str) -> bool:
    """Whether a nameless person is one of whom the press tells journeys: "the UN chief", "Peru's president"."""
    words = description.casefold().split()
    return bool(words) and words[0] not in ("a", "an", "another", "one") and words[-1] in office_words()


def _at_home(stop: Stop, traveller: ReportedActor) -> bool:
    return stop.country is not None and stop.country == traveller.country


def _town_of_two_words(head: Token) -> DocSpan | None:
    """A known place of several words that ends in a head: "El *Obeid*", "New *Haven*"."""
    start = head.i
    while start > head.sent.start and head.i - start < 3 and head.doc[start - 1].text[:1].isupper():
        start -= 1
    for first in range(start, head.i):
        span: DocSpan = head.doc[first : head.i + 1]
        if lookup_place(span.text) is not None:
            return span
    return None


def _capital(head: Token, paragraph: Paragraph, text: str) -> Stop | None:
    """A capital that is not named: "the Omani capital", "Peru's capital"."""
    for word in head.children:
        state = lookup_state(word.text) if word.dep_ in ("amod", "compound", "poss", "nmod") else None
        if state is not None and word.i < head.i:
            extent = paragraph.extent(g.core(head))
            return Stop(extent, extent.of(text), state.code, True)
    return None


def _like_a_town(head: Token, body: ReportedActor) -> bool:
    """Whether a lone name behind "to" or "in" is rather a place's: taggers take unknown towns for people."""
    return (
        head.dep_ == "pobj"
        and head.head.lower_ in ("to", "in", "from", "at", "into", "for", "via")
        and " " not in body.name
    )


def _once(stops: list[Stop]) -> list[Stop]:
    return list(dict.fromkeys(stops))


class Travellers:
    """The persons and places of one report, looked up by the words that stand for them."""

    def __init__(self, parsed: Parsed, actors: tuple[ReportedActor, ...]) -> None:
        self._report = parsed.report
        self._text = parsed.report.text
        self._index = ActorIndex(actors)
        self._last: tuple[Paragraph, ReportedActor] | None = None

    def of(self, heads: Iterable[Token], paragraph: Paragraph) -> list[ReportedActor]:
        """The persons that noun phrases stand for; a pronoun that is in no mention is the last person spoken of."""
        found: dict[str, ReportedActor] = {}
        for head in heads:
            actor = self._person(head, paragraph)
            if actor is not None:
                found.setdefault(actor.name, actor)
        return list(found.values())

    def _person(self, head: Token, paragraph: Paragraph) -> ReportedActor | None:
        own = paragraph.extent(head)
        actor = self._index.at(own)
        if actor is None and not is_person_pronoun(head):
            whole = paragraph.extent(g.phrase(head))
            actor = next((a for m, a in self._index.within(whole) if m.extent.covers(own)), None)
            actor = actor or self._named_aside(head, paragraph)
        if actor is None and is_person_pronoun(head) and self._last is not None and self._last[0] is paragraph:
            actor = self._last[1]
        elif actor is None and is_person_pronoun(head):
            before = Extent(paragraph.extent(paragraph.doc[0]).start, own.start)
            named = {a.name: a for _, a in self._index.within(before) if a.kind == "person"}
            actor = next(iter(named.values())) if len(named) == 1 else None
        if actor is None or actor.kind != "person":
            return None
        return actor if actor.named or _holds_office(actor.name) else None

    def _named_aside(self, head: Token, paragraph: Paragraph) -> ReportedActor | None:
        """The person whose name stands beside an office: "the vice-president, *Ana Lima*, is expected"."""
        names = (c for c in head.children if c.dep_ == "appos" and c.pos_ == "PROPN")
        found = (self._index.at(paragraph.extent(name)) for name in names)
        return next((actor for actor in found if actor is not None and actor.kind == "person"), None)

    def pass_by(self, sentence: DocSpan, paragraph: Paragraph) -> None:
        """Remembers the person that a sentence is about, its main subject, for the pronouns of the next."""
        for head in g.surface_subject(sentence.root) if g.is_verb(sentence.root) else ():
            actor = self._person(head, paragraph)
            if actor is not None:
                self._last = (paragraph, actor)

    def fullest(self, actor: ReportedActor) -> Extent:
        """The fullest words for a person, the first of those that are equally full."""
        named = [m.extent for m in actor.mentions if m.form == "name"] or [m.extent for m in actor.mentions]
        return min(named, key=lambda e: (e.of(self._text) != actor.name, -(e.end - e.start), e.start))

    # ---- places

    def stops(self, move: Move, paragraph: Paragraph, traveller: ReportedActor) -> Stops:
        """The places of a move as they stand in the report; what names no place is left out."""
        homeward = is_homeward(move.trigger)
        places = [
            s for t in move.places for s in self._listed(t, paragraph) if homeward or not self._home(s, traveller)
        ]
        origins = [s for t in move.origins for s in self._listed(t, paragraph) if not _at_home(s, traveller)]
        first = [s for t in move.first if (s := self._stop(t, paragraph)) is not None]
        return Stops(_once(places), _once(origins), first)

    def _listed(self, head: Token, paragraph: Paragraph) -> list[Stop]:
        """A place with those that are listed after it ("Chad, the Gambia and Mali"), which parsers tend to lose."""
        doc = head.doc
        stop = self._stop(head, paragraph) or self._behind_comma(head, paragraph)
        if stop is None:
            return []
        found = [stop]
        while len(found) < LONGEST_LIST:
            span = paragraph.span(found[-1].extent)
            if span is None or span.end >= len(doc):
                break
            at = span.end
            while at < len(doc) and (doc[at].text in (",", "&") or doc[at].lower_ in ("and", "the", "then")):
                at += 1
            if at == span.end or at >= len(doc) or doc[at].sent.start != head.sent.start:
                break
            more = self._stop(doc[at], paragraph)
            whole = paragraph.span(more.extent) if more is not None else None
            if more is None or whole is None or _begins_clause(whole) or more.extent.start <= found[-1].extent.start:
                break
            found.append(more)
        return found

    def _behind_comma(self, head: Token, paragraph: Paragraph) -> Stop | None:
        """The town of a building: "at State House, *Nairobi*", "at the Foreign Ministry in *Oslo*"."""
        end = head.i + 1
        if head.pos_ not in ("PROPN", "NOUN") or end + 1 >= len(head.doc) or head.doc[end].text not in (",", "in"):
            return None
        town = head.doc[end + 1]
        if town.i + 1 < len(head.doc) and town.nbor().ent_iob_ == "I" and town.ent_type_:
            town = town.nbor()
        return self._stop(town, paragraph)

    def _home(self, stop: Stop, traveller: ReportedActor) -> bool:
        """Whether a place is where the traveller comes from: the seat of government or the whole of the own state."""
        if traveller.country is None or stop.country != traveller.country:
            return False
        return lookup_state(stop.name) is not None

    def _stop(self, head: Token, paragraph: Paragraph) -> Stop | None:
        if head.lower_ == "here":
            return self._here()
        if head.lemma_ == "capital":
            return _capital(head, paragraph, self._text)
        if head.lemma_.lower() in landing_words():  # "at *Vienna* airport"
            owner = next((c for c in head.children if c.dep_ in ("compound", "poss") and c.ent_type_ == "GPE"), None)
            return self._stop(owner, paragraph) if owner is not None else None
        if head.pos_ not in ("PROPN", "NOUN", "ADJ", "X", "VERB") or not head.text[:1].isupper():
            return None
        own = paragraph.extent(head)
        mention = next((m for m, a in self._index.within(own) if a.kind in ("place", "government")), None)
        entity = g.entity_of(head)
        town = _town_of_two_words(head)
        if town is not None and (mention is None or mention.end - mention.start < len(town.text)):
            extent = paragraph.extent(town)  # "Port Sudan" is not Sudan
        elif mention is not None:
            extent = mention.extent
        elif entity is not None and head.ent_type_ in ("GPE", "LOC", "FAC"):
            extent = paragraph.extent(entity)
        elif (body := self._index.at(own)) is None or body.kind != "person" or _like_a_town(head, body):
            extent = paragraph.extent(entity) if entity is not None else own
            if lookup_place(extent.of(self._text).strip()) is None:
                return None
        else:
            return None
        words = extent.of(self._text).strip()
        country = self._country(words, extent)
        if country is None and (any(e.kind in ("region", "group") for e in lookup(words)) or head.ent_type_ == "LOC"):
            return None  # the Middle East is no stop
        if country is None and not (entity is not None and head.ent_type_ == "GPE"):
            return None
        return Stop(extent, words, country, lookup_state(words) is not None)

    def _here(self) -> Stop | None:
        """Where the reporter writes from, by the dateline."""
        extent = dateline_place(self._report)
        if extent is None:
            return None
        words = extent.of(self._text)
        place, state = lookup_place(words), lookup_state(words)
        country = state.code if state is not None else place.country if place is not None else None
        return Stop(extent, words, country, state is not None, by_dateline=True) if country is not None else None

    def _country(self, words: str, extent: Extent) -> str | None:
        state = lookup_state(words)
        if state is not None and state.sense not in ("adjective", "people", "region_adjective", "region_people"):
            return state.code
        actor = self._index.at(extent)
        if actor is not None and actor.kind == "place" and actor.country:
            return actor.country
        place = lookup_place(words)
        return place.country if place is not None else None
