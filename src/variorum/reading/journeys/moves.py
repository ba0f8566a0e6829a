"""Clauses and phrases that tell where somebody was, is or will be: ``data/en/movement.toml`` over the parse."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from variorum.model.reading import LegStatus
from variorum.reading.events import grammar as g
from variorum.reading.journeys.status import movement_words, status_of
from variorum.text.tables import load_toml

LONGEST_CHAIN = 6
"""Steps along a chain of nouns or verbs before it is given up as a misparse."""

Force = Literal["moves", "is there"]
"""Whether the words tell a movement, or only that somebody did something in a place."""


@dataclass(slots=True)
class Move:
    """Who goes where, as one clause or noun phrase tells it."""

    travellers: list[Token]
    places: list[Token]
    origins: list[Token] = field(default_factory=list)
    status: LegStatus = "done"
    force: Force = "moves"
    trigger: Token | None = None
    in_order: bool = False
    """The places stand in the order of travel ("to Chad and then to Mali")."""
    first: list[Token] = field(default_factory=list)
    """Places with which the journey is said to start."""


@dataclass(frozen=True, slots=True)
class _Frame:
    kind: str
    places: tuple[str, ...]
    origins: tuple[str, ...]


@cache
def _frames() -> dict[str, tuple[_Frame, ...]]:
    found: dict[str, list[_Frame]] = {}
    for kind, row in load_toml("en/movement.toml")["verbs"].items():
        for word in row["words"]:
            found.setdefault(word, []).append(_Frame(kind, tuple(row["places"]), tuple(row["origins"])))
    return {word: tuple(frames) for word, frames in found.items()}


def is_person_pronoun(token: Token) -> bool:
    """Whether a token is a pronoun for one person."""
    return token.pos_ == "PRON" and token.lower_ in movement_words("words", "people")


def office_words() -> frozenset[str]:
    """Nouns for those whose journeys the press tells without a name."""
    return movement_words("words", "offices")


def is_homeward(verb: Token | None) -> bool:
    """Whether a verb sends somebody home: "before she *returns* to Lima"."""
    return verb is not None and verb.lemma_ in movement_words("clauses", "homeward")


def is_present_departure(verb: Token) -> bool:
    """Whether a verb in the plain present sends somebody on his way: "travels to", "leaves for"; not "arrives"."""
    if verb.tag_ not in ("VBZ", "VBP") or any(c.dep_ in ("aux", "auxpass", "neg") for c in verb.children):
        return False
    return any(f.kind in ("travel", "leave", "reach") for f in _frames().get(verb.lemma_.lower(), ()))


def moves(sentence: DocSpan) -> Iterator[Move]:
    """Every telling of a movement or a presence in a sentence, in the order of the text."""
    for token in sentence:
        if g.is_verb(token):
            yield from _of_verb(token)
        elif token.lower_ in movement_words("clauses", "back"):
            yield from _of_return(token)
        elif _is_journey(token):
            yield from _of_noun(token)
        elif token.pos_ == "NOUN" and token.lemma_.lower() in movement_words("nouns", "meeting"):
            yield from _of_talks(token)


def pictured(sentence: DocSpan) -> Iterator[Move]:
    """Where a caption shows people: "Ana Lima and Jan Novak in Oslo on Monday"."""
    persons = [t for t in sentence if t.ent_type_ == "PERSON" and (t.i + 1 >= sentence.end or t.nbor().ent_iob_ != "I")]
    for prep in sentence:
        if prep.dep_ != "prep" or prep.lower_ not in ("in", "at", "outside"):
            continue
        inner, over = g.child(prep, "pobj"), prep.head
        shown = g.is_verb(over) or over.ent_type_ == "PERSON" or over.head == over
        shown = shown or (over.dep_ == "pobj" and over.head.lower_ in ("at", "in", "during", "after", "of"))
        before = [t for t in persons if t.i < prep.i and t.dep_ not in ("poss", "compound")]
        if inner is not None and shown and before and not g.is_time(inner):
            yield Move(before, g.coordinated(inner), [], "done", "is there", None)
            return


# ---- verbs ----------------------------------------


def _of_verb(verb: Token) -> Iterator[Move]:
    frames = _frames().get(verb.lemma_.lower(), ())
    for frame in frames:
        status = status_of(verb)
        if status is None:
            return
        if frame.kind == "been" and verb.tag_ != "VBN":
            continue
        travellers = _travellers(verb, frame)
        if not travellers:
            continue
        if frame.kind in ("meet", "speak"):
            places = _presence(verb, frame)
            if places:
                yield Move(travellers, places, [], status, "is there", verb)
            continue
        places = _at(verb, frame.places)
        if frame.kind == "host" and not places:
            places = _in_places(g.objects(verb))  # "received *the envoy in Oslo*"
        origins = _at(verb, frame.origins)
        if frame.kind == "arrive" and verb.lemma_ == "be" and (due := _due(verb)) is not None:
            yield Move(travellers, due, [], "planned", "moves", verb)
            continue
        if frame.kind == "travel" and verb.lemma_ in movement_words("clauses", "moving_others") and g.objects(verb):
            continue
        if frame.kind == "arrive" and (verb.lemma_ == "appear" or verb.lemma_ in movement_words("clauses", "staying")):
            if places and verb.lemma_ != "appear":
                yield Move(travellers, places, origins, status, "is there", verb)
            continue
        if frame.kind == "await":
            status = "planned"
        if places or origins:
            yield Move(travellers, places, origins, status, "moves", verb, _one_after_another(verb))


def _due(verb: Token) -> list[Token] | None:
    """Where somebody "is due" or "is expected"; None where the verb has no such adjective."""
    awaited = next((c for c in verb.children if c.dep_ in ("acomp", "oprd", "prep") and c.lower_ == "due"), None)
    if awaited is None:
        return None
    phrases = [(name, head) for word in (awaited, verb) for name, head in g.prepositional(word, 1)]
    inner = g.child(awaited, "pobj")
    phrases += [("in", inner)] if inner is not None else []
    for to in awaited.children:
        taken_for_noun = g.child(to, "pobj") if to.lower_ == "to" else None  # "is due to *land* in Oslo"
        if taken_for_noun is not None and taken_for_noun.lemma_.lower() in _frames():
            phrases += list(g.prepositional(taken_for_noun, 1))
    return [t for name, head in phrases if name in ("in", "at") and not g.is_time(head) for t in g.coordinated(head)]


def _travellers(verb: Token, frame: _Frame) -> list[Token]:
    if frame.kind == "await":
        return g.surface_subject(verb) if g.is_passive(verb) else []
    if frame.kind in ("carry", "host"):
        carried = g.objects(verb)
        return [*g.agents(verb), *carried] if verb.lemma_ in ("accompany", "escort") else carried
    if g.is_passive(verb) and frame.kind != "meet":
        return []
    return [who for subject in g.surface_subject(verb) for who in _aboard(subject)]


def _aboard(subject: Token) -> list[Token]:
    """Who travels where a vehicle does: its owner, or whom it carries ("a plane carrying Lima landed in Oslo")."""
    if subject.lemma_.lower() not in movement_words("nouns", "vehicles"):
        return [subject]
    owner = g.child(subject, "poss")
    carried = [o for c in subject.children if c.dep_ == "acl" and c.lemma_ == "carry" for o in g.objects(c)]
    return carried or ([owner] if owner is not None else [subject])


def _at(verb: Token, slots: tuple[str, ...]) -> list[Token]:
    """The noun phrases in a verb's slots, joined ones included."""
    found: list[Token] = []
    for slot in slots:
        if slot == "obj":
            found += g.objects(verb)
    for name, head in _phrases(verb):
        if name in slots and not g.is_time(head):
            found += g.coordinated(head)
            if name in ("from", "after", "following") and _is_gathering(head):  # "flew in after talks in Oslo"
                found += [
                    h
                    for inner, place in g.prepositional(head, 1)
                    if inner in ("in", "at")
                    for h in g.coordinated(place)
                ]
    return g.first_tokens(found)


def _phrases(verb: Token) -> Iterator[tuple[str, Token]]:
    """The prepositional phrases of a verb, with joined ("to Chad and to Mali") and doubled ones ("on to Mali")."""
    waiting = [
        c
        for c in verb.children
        if c.dep_ in ("prep", "prt", "advmod", "conj", "dative", "dep") and c.pos_ in ("ADP", "ADV", "SCONJ")
    ]
    waiting += [
        c
        for o in verb.children
        if o.dep_ in ("dobj", "npadvmod", "advmod")
        for c in o.children
        if c.dep_ == "prep" and c.lower_ in ("to", "from")
    ]
    for taken_for_verb in verb.children:  # taggers read "heads to Windhoek" as an infinitive
        if taken_for_verb.dep_ == "xcomp" and taken_for_verb.tag_ == "VB" and taken_for_verb.text[:1].isupper():
            yield "to", taken_for_verb
    for prep in waiting:
        if len(waiting) > 40:
            return
        inner = g.child(prep, "pobj")
        if inner is not None and prep.lower_ == "by" and inner.lemma_ == "way":
            yield from (("via", t) for t in g.oblique_any(inner, "of"))  # "by way of Doha"
        elif inner is not None:
            yield prep.lower_, inner
            waiting += [
                c
                for t in g.coordinated(inner)
                for c in t.children
                if c.dep_ == "prep" and c.lower_ in ("to", "from", "for")
            ]
        waiting += [c for c in prep.children if c.dep_ in ("conj", "prep") and c.pos_ in ("ADP", "ADV", "SCONJ")]


def _presence(verb: Token, frame: _Frame) -> list[Token]:
    """Where somebody meets or speaks: a phrase of the verb, or of what it has for object ("talks in Oslo")."""
    found = _at(verb, frame.places)
    if frame.kind != "meet":
        listeners = g.objects(verb) if verb.lemma_ in movement_words("clauses", "to_listeners") else []
        return g.first_tokens([*found, *_in_places(listeners)])
    reached = g.objects(verb) + [h for name, h in g.prepositional(verb, 1) if name in ("with", "of", "for")]
    if not (
        verb.lemma_ in ("meet", "confer", "negotiate", "talk", "gather", "convene")
        or any(_is_gathering(t) for t in reached)
    ):
        return []
    for thing in reached:
        for name, head in g.prepositional(thing, 3):
            if name in frame.places and not g.is_time(head):
                found += g.coordinated(head)
    return g.first_tokens(found)


def _in_places(things: list[Token]) -> list[Token]:
    """Where things are, by the phrases that hang on them."""
    around = (pair for thing in things for pair in g.prepositional(thing, 1))
    return [t for name, head in around if name in ("in", "at") and not g.is_time(head) for t in g.coordinated(head)]


def _is_gathering(thing: Token) -> bool:
    nouns = movement_words("nouns", "meeting")
    return thing.lemma_.lower() in nouns or any(t.lemma_.lower() in nouns for t in g.oblique_any(thing, "of"))


def _one_after_another(verb: Token) -> bool:
    reach = verb.doc[verb.i : min(verb.right_edge.i + 1, verb.i + 40)]
    return any(t.lower_ in movement_words("words", "then") for t in reach)


def _of_return(back: Token) -> Iterator[Move]:
    """Where somebody has been who "is back from Oslo", or who speaks "fresh from talks in Oslo"."""
    origins = [
        t
        for name, head in g.prepositional(back, 2)
        if name == "from" and not g.is_time(head)
        for t in g.coordinated(head)
    ]
    over = back.head
    if not origins:
        return
    if over.pos_ in ("PROPN", "NOUN") and back.dep_ in ("amod", "advmod", "appos", "acl", "relcl"):
        yield Move([over], [], origins, "done", "moves", None)
    elif (
        g.is_verb(over)
        and (over.lemma_ == "be" or back.dep_ in ("advcl", "amod", "acomp"))
        and status_of(over) == "done"
    ):
        yield Move(g.surface_subject(over), [], origins, "done", "moves", None)


# ---- nouns ----------------------------------------


def _of_talks(noun: Token) -> Iterator[Move]:
    """Where those were who held talks: "after talks between Lima and Novak in Oslo"."""
    between = g.oblique(noun, "between", "with")
    places = [
        t
        for name, head in g.prepositional(noun, 5)
        if name in ("in", "at") and not g.is_time(head)
        for t in g.coordinated(head)
    ]
    status = status_of(noun)
    if not between or not places or status is None:
        return
    subject = g.governor_subject(noun) if noun.dep_ == "pobj" and noun.head.lower_ in ("after", "following") else []
    yield Move([*between, *subject], g.first_tokens(places), [], status, "is there", None)


def _of_noun(noun: Token) -> Iterator[Move]:
    status = status_of(_journey_before(noun) or noun)
    if status is None:
        return
    if noun.lemma_.lower() in movement_words("nouns", "under_way"):
        if noun.dep_ not in ("pobj", "npadvmod", "advmod", "attr") or noun.head.lower_ not in ("on", "en"):
            return
        status = "planned"
    travellers = _whose(noun)
    if not travellers:
        return
    places: list[Token] = []
    origins: list[Token] = []
    around = list(g.prepositional(noun, 1))
    if noun.dep_ == "dobj" and g.is_verb(
        noun.head
    ):  # "made a *stopover* in Oslo", where the phrase is hung on the verb
        around += list(_phrases(noun.head))
    for name, head in around:
        if g.is_time(head):
            continue
        if name in movement_words("nouns", "places"):
            places += g.coordinated(head)
        elif name == "from":
            origins += g.coordinated(head)
    first: list[Token] = []
    places += _named_as_stop(noun)
    for verb in _told_of(noun):
        stops = [
            h for name, head in g.prepositional(verb, 2) if name in ("in", "to", "at") for h in g.coordinated(head)
        ]
        stops += g.objects(verb)
        if verb == noun.head:
            places += stops
        elif stops and (own := status_of(verb)) is not None:
            yield Move(travellers, g.first_tokens(stops), [], own, "moves", verb)
    for clause in _clauses_of(noun):
        if clause.dep_ in ("relcl", "acl", "prep") and clause.lemma_ in movement_words("clauses", "itinerary"):
            stops = _at(clause, tuple(sorted(movement_words("clauses", "itinerary_places"))))
            inner = g.child(clause, "pobj")
            stops += g.coordinated(inner) if inner is not None else []
            places += stops
            if clause.lemma_ in movement_words("clauses", "first"):
                first += stops[:1]
    if places or origins:
        yield Move(travellers, g.first_tokens(places), origins, status, "moves", noun, first=first)


def _named_as_stop(noun: Token) -> list[Token]:
    """The place that a copula makes a stop: "her next stop is *Lomé*", "*Lomé* was the first stop of her tour"."""
    if noun.dep_ == "appos" and noun.lemma_.lower() in movement_words("nouns", "vague"):
        return [noun.head]  # "in *Lomé*, the third stop of her tour"
    if noun.head.lemma_ != "be":
        return []
    if noun.dep_ == "nsubj":
        return [t for c in noun.head.children if c.dep_ == "attr" for t in g.coordinated(c)]
    return g.surface_subject(noun.head) if noun.dep_ == "attr" else []


def _told_of(noun: Token) -> list[Token]:
    """The verbs with which a journey that is their subject takes in places: "also *took* in X and is expected to *include* Y"."""
    if noun.dep_ not in ("nsubj", "nsubjpass") or not g.is_verb(noun.head):
        return []
    found = [noun.head]
    for verb in found:
        found += [
            c
            for c in verb.children
            if (c.dep_ == "xcomp" and c.i > verb.i) or (c.dep_ == "conj" and g.is_verb(c) and g.own_subject(c) is None)
        ][: LONGEST_CHAIN - len(found)]
    return [v for v in found if v.lemma_ in movement_words("clauses", "itinerary")]


def _clauses_of(noun: Token) -> Iterator[Token]:
    """What hangs on a journey, or on the region that it leads through ("a tour of the Gulf that includes …")."""
    yield from noun.children
    for name, head in g.prepositional(noun, 1):
        if name in ("of", "to", "through", "across", "around"):
            yield from (c for c in head.children if c.dep_ == "relcl")


def _is_journey(token: Token) -> bool:
    return token.pos_ == "NOUN" and token.lemma_.lower() in movement_words("nouns", "travel")


def _whose(noun: Token, depth: int = 0) -> list[Token]:
    """Whose journey a noun tells: its owner, the owner of the journey that it belongs to, or the subject of its clause."""
    if depth > LONGEST_CHAIN:
        return []
    node = noun
    for _ in range(4):
        owner = g.child(node, "poss")
        if owner is not None:
            antecedent = g.antecedent(owner) if owner.tag_ in g.RELATIVE else None
            ahead = g.governor_subject(node) if owner.tag_ == "PRP$" else []
            if ahead and ahead[0].i > node.i:
                return ahead  # "during *her* visit to Oslo, *Novak* …"
            return [antecedent] if antecedent is not None else g.coordinated(owner)
        taken = [c for c in node.children if c.dep_ == "relcl" and c.lemma_ in movement_words("clauses", "taking")]
        if taken:
            return g.objects(taken[0])  # "a tour that has taken *Lima* to Chad"
        if node.dep_ == "appos" and node.lemma_.lower() in movement_words("nouns", "vague"):
            # "*Novak*, on the last leg of his tour", "is in Oslo, the last stop of a tour"
            return [node.head] if node.head.ent_type_ == "PERSON" else g.governor_subject(node)
        inner = next((t for t in g.oblique_any(node, "of", "on", "in", "during") if _is_journey(t)), None)
        if inner is not None and node.lemma_.lower() in movement_words("nouns", "vague"):
            return _whose(inner, depth + 1)
        if node.dep_ != "pobj":
            break
        if node.head.head.pos_ == "PROPN" and node.head.lower_ in ("on", "during"):
            return [node.head.head]  # "*Novak*, on a visit to Oslo, …"
        if node.head.head.pos_ != "NOUN":
            break
        node = node.head.head
        if _is_journey(node):
            return _whose(node, depth + 1)
    if noun.dep_ in ("nsubj", "nsubjpass") or _is_named_as_stop(noun):
        return g.oblique_any(noun, "by") or [
            t for t in g.oblique_any(noun, "of") if t.pos_ == "PROPN" and t.ent_type_ == "PERSON"
        ]
    earlier = _journey_before(node)
    if earlier is not None:
        return _whose(earlier, depth + 1)
    chained = g.governor_subject(node)
    if chained and _is_journey(chained[0]) and chained[0].i != noun.i:
        return _whose(chained[0], depth + 1) if _verb_over(node) in movement_words("nouns", "chaining") else []
    if noun.lemma_.lower() in movement_words("nouns", "vague"):
        if node.dep_ == "pobj" and node.head.lower_ in ("with", "after", "following") and g.is_verb(node.head.head):
            verb = node.head.head  # "began a tour with stops in Egypt", "arrived after stops in Egypt"
        else:
            verb = noun.head if noun.dep_ == "dobj" else noun
        made = any(f.kind in ("make", "travel", "arrive") for f in _frames().get(verb.lemma_.lower(), ()))
        return g.surface_subject(verb) if made and g.is_verb(verb) else []
    return [t for t in g.governor_subject(node) if t.i != node.i]


def _journey_before(noun: Token) -> Token | None:
    """The journey that this one follows: "*a visit* to Brazil, followed by stops in Peru"."""
    if noun.dep_ != "pobj" or noun.head.dep_ != "agent" or noun.head.head.lemma_ != "follow":
        return None
    if any(c.dep_ in ("aux", "auxpass") for c in noun.head.head.children):
        return None  # "the visit will be followed by a trip": a clause of its own
    host = noun.head.head.head
    clauses = [host, *(c for c in host.children if c.dep_ == "xcomp")]
    return next((t for verb in clauses for t in g.objects(verb) if _is_journey(t)), None)


def _is_named_as_stop(noun: Token) -> bool:
    return noun.dep_ == "attr" and noun.head.lemma_ == "be"


def _verb_over(noun: Token) -> str:
    """The lemma of the nearest verb over a noun."""
    node = noun
    for _ in range(LONGEST_CHAIN):
        node = node.head
        if g.is_verb(node):
            return node.lemma_
    return ""
