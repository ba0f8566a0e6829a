"""Who stands behind "the two sides" and "the communiqué": the pair that a report tells of, and those who signed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from operator import attrgetter
from typing import NamedTuple

from spacy.tokens import Token

from variorum.model import Extent, ReportedActor
from variorum.reading.parsed import Paragraph, Parsed
from variorum.reading.positions.knowledge import words
from variorum.text.actor_index import ActorIndex

LINKS = frozenset({"with", "between"})
STATES = frozenset({"place", "government"})


class Pair(NamedTuple):
    """Two who meet, talk or sign together."""

    end: int
    """Code point behind the words that name them."""
    first: ReportedActor
    second: ReportedActor


class _Issued(NamedTuple):
    """A paper that is signed or issued."""

    offset: int
    """Code point at which its noun stands."""
    paragraph: Paragraph
    subject: Token
    """Who signed or issued it."""


class Joint:
    """The pairs and the issuers of papers of one report, found when first asked for."""

    def __init__(self, parsed: Parsed, index: ActorIndex) -> None:
        self._parsed = parsed
        self._index = index
        self._pairs: list[Pair] | None = None
        self._issued: dict[str, list[_Issued]] | None = None

    def pair_before(self, offset: int) -> Pair | None:
        """The last pair named before a code point."""
        if self._pairs is None:
            found = (pair for paragraph in self._parsed.article for pair in self._pairs_of(paragraph))
            self._pairs = sorted(found, key=attrgetter("end"))
        at = bisect_right(self._pairs, offset, key=attrgetter("end"))
        return self._pairs[at - 1] if at else None

    def extents(self, pair: Pair, *, states: bool) -> tuple[Extent, ...]:
        """Where a pair is named: as states where ``states`` are meant and the report names them, else as it stands."""
        found = [self._named(actor, states=states) for actor in (pair.first, pair.second)]
        return tuple(extent for extent in found if extent is not None)

    def issuing(self, paper: Token, offset: int) -> tuple[Paragraph, Token] | None:
        """The subject of who signed or issued the paper that a noun points back to, with its paragraph."""
        own = _issuer(paper)
        if own is not None:
            home = next((p for p in self._parsed.article if p.doc is paper.doc), None)
            return (home, own) if home is not None else None
        if self._issued is None:
            self._issued = {}
            for paragraph in self._parsed.article:
                for token in paragraph.doc:
                    if token.pos_ == "NOUN" and token.lemma_.lower() in words("papers"):
                        subject = _issuer(token)
                        if subject is not None:
                            found = _Issued(paragraph.offset + token.idx, paragraph, subject)
                            self._issued.setdefault(_plain(token), []).append(found)
        issued = self._issued.get(_plain(paper), [])
        at = bisect_left(issued, offset, key=attrgetter("offset"))
        return (issued[at - 1].paragraph, issued[at - 1].subject) if at else None

    def _named(self, actor: ReportedActor, *, states: bool) -> Extent | None:
        if states and actor.kind not in STATES and actor.country is not None:
            of_state = (a for a in self._index.actors if a.kind in STATES and a.country == actor.country and a.mentions)
            state = next(of_state, None)
            if state is not None:
                return state.mentions[0].extent
        return next((m.extent for m in actor.mentions if m.form == "name"), None)

    def _pairs_of(self, paragraph: Paragraph) -> Iterator[Pair]:
        for token in paragraph.doc:
            if token.pos_ not in ("PROPN", "NOUN"):
                continue
            # "Visiting President X held talks": the parser takes the adjective for the subject and its noun for an object.
            visiting = token.dep_ == "dobj" and token.head.dep_ == "csubj" and token.head.tag_ == "VBG"
            if not visiting and token.dep_ not in ("nsubj", "nsubjpass", "pobj"):
                continue
            if token.dep_ == "pobj" and token.head.lower_ not in ("between", "of"):
                continue
            first = self._at(paragraph, token)
            if first is None:
                continue
            others = list(token.conjuncts)
            if len(others) > 1:
                continue
            if not others and token.dep_ != "pobj":
                others = _behind_with(token.head.head if visiting else token.head)
            second = next((a for o in others if (a := self._at(paragraph, o)) is not None), None)
            if second is not None and second is not first and (first.kind == "person") == (second.kind == "person"):
                last = max(token.i, others[0].i)
                yield Pair(paragraph.offset + paragraph.doc[last].idx + len(paragraph.doc[last]), first, second)

    def _at(self, paragraph: Paragraph, token: Token) -> ReportedActor | None:
        """A person in office or a state by name at a token or in apposition to it."""
        for each in (token, *(c for c in token.children if c.dep_ == "appos")):
            extent = paragraph.extent(each)
            for mention, actor in self._index.within(extent):
                official = actor.kind == "person" and (actor.role is not None or actor.country is not None)
                if mention.end >= extent.end and (official or (actor.kind in STATES and actor.country is not None)):
                    return actor
        return None


def _behind_with(verb: Token) -> list[Token]:
    """Y of "held talks with Y", "met with Y", "met Y"."""
    for source in (*(c for c in verb.children if c.dep_ == "dobj"), verb):
        for prep in source.children:
            found = [c for c in prep.children if c.dep_ == "pobj"]
            if prep.lower_ in LINKS and prep.i > verb.i and found:
                return found
    if verb.lemma_.lower() in words("meeting"):
        return [c for c in verb.children if c.dep_ == "dobj"]
    return []


def _plain(noun: Token) -> str:
    return noun.lemma_.lower().replace("é", "e")


def _issuer(paper: Token) -> Token | None:
    """The subject of "X signed a communiqué", "X agreed to …, in a communiqué"."""
    verb = paper.head
    if paper.dep_ == "pobj" and verb.lower_ in ("in", "through", "via"):
        verb = verb.head
        while verb.dep_ in ("xcomp", "conj") and verb.head.pos_ in ("VERB", "AUX"):
            verb = verb.head
    elif not (paper.dep_ == "dobj" and verb.lemma_.lower() in words("issuing")):
        return None
    for _ in range(3):
        subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
        if subject is not None or verb.dep_ not in ("conj", "xcomp"):
            return subject
        verb = verb.head
    return None
