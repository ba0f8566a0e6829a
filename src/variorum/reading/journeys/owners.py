"""Whose journey a noun tells: its owner, the owner of the journey that it belongs to, or the subject of its clause."""

from __future__ import annotations

from spacy.tokens import Token

from variorum.reading.events import grammar as g
from variorum.reading.journeys.lexicon import frames, is_journey, movement_words

LONGEST_CHAIN = 6
"""Steps along a chain of nouns or verbs before it is given up as a misparse."""


def travellers_of(noun: Token, depth: int = 0) -> list[Token]:
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
        taken = [
            c
            for c in node.children
            if c.dep_ == "relcl" and c.lemma_ in movement_words("clauses", "taking") and g.child(c, "prt") is None
        ]
        if taken and g.objects(taken[0]):
            return g.objects(taken[0])  # "a tour that has taken *Lima* to Chad"
        if node.dep_ == "appos" and node.lemma_.lower() in movement_words("nouns", "vague"):
            # "*Novak*, on the last leg of his tour", "is in Oslo, the last stop of a tour"
            return [node.head] if node.head.ent_type_ == "PERSON" else g.governor_subject(node)
        inner = next((t for t in g.oblique_any(node, "of", "on", "in", "during") if is_journey(t)), None)
        if inner is not None and node.lemma_.lower() in movement_words("nouns", "vague"):
            return travellers_of(inner, depth + 1)
        if node.dep_ != "pobj":
            break
        if node.head.head.pos_ == "PROPN" and node.head.lower_ in ("on", "during"):
            return [node.head.head]  # "*Novak*, on a visit to Oslo, …"
        if node.head.head.pos_ != "NOUN":
            break
        node = node.head.head
        if is_journey(node):
            return travellers_of(node, depth + 1)
    if noun.dep_ in ("nsubj", "nsubjpass") or _is_named_as_stop(noun):
        return g.oblique_any(noun, "by") or [
            t for t in g.oblique_any(noun, "of") if t.pos_ == "PROPN" and t.ent_type_ == "PERSON"
        ]
    earlier = journey_before(node)
    if earlier is not None:
        return travellers_of(earlier, depth + 1)
    chained = g.governor_subject(node)
    if chained and is_journey(chained[0]) and chained[0].i != noun.i:
        return travellers_of(chained[0], depth + 1) if _verb_over(node) in movement_words("nouns", "chaining") else []
    if noun.lemma_.lower() in movement_words("nouns", "under_way"):
        return g.governor_subject(node)
    if noun.lemma_.lower() in movement_words("nouns", "vague"):
        if node.dep_ == "pobj" and node.head.lower_ in ("with", "after", "following") and g.is_verb(node.head.head):
            verb = node.head.head  # "began a tour with stops in Egypt", "arrived after stops in Egypt"
        else:
            verb = noun.head if noun.dep_ == "dobj" else noun
        made = any(f.kind in ("make", "travel", "arrive") for f in frames().get(verb.lemma_.lower(), ()))
        return g.surface_subject(verb) if made and g.is_verb(verb) else []
    return [t for t in g.governor_subject(node) if t.i != node.i]


def journey_before(noun: Token) -> Token | None:
    """The journey that this one follows: "*a visit* to Brazil, followed by stops in Peru"."""
    if noun.dep_ != "pobj" or noun.head.dep_ != "agent" or noun.head.head.lemma_ != "follow":
        return None
    if any(c.dep_ in ("aux", "auxpass") for c in noun.head.head.children):
        return None  # "the visit will be followed by a trip": a clause of its own
    host = noun.head.head.head
    clauses = [host, *(c for c in host.children if c.dep_ == "xcomp")]
    return next((t for verb in clauses for t in g.objects(verb) if is_journey(t)), None)


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
