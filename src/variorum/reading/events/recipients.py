"""Whom something is done to: the slots of a verb's row, and what stands beside them."""

from __future__ import annotations

from spacy.tokens import Token

from variorum.reading.events import grammar as g
from variorum.reading.events.frames import event_noun, is_deed, refers_back, wished_of
from variorum.reading.events.governed import event_below
from variorum.reading.events.lexicon import grammar_words
from variorum.reading.events.parties import (
    beneficiary,
    directly,
    doers_of,
    is_ground,
    is_party,
    is_somebody,
    names_party,
    noun_recipients,
    patients_told,
    same_clause,
)
from variorum.reading.events.tellings import DEEPEST, JUDGING, Reader

FALLBACK = ("against", "on", "to", "with", "at", "into", "for", "from", "in")
"""Prepositions that are tried for the one acted upon where a row names none that is there."""
ASIDE = ("during", "since", "after", "before", "by")
"""Prepositions behind which a name says when, and not to whom; of what is judged it says whose it is."""


def recipients_of(
    verb: Token, slots: tuple[str, ...], reader: Reader, depth: int, type_: str | None = None
) -> list[Token]:
    """Whom it is done to, by a row's slots; where that is a thing, also whose it is or the party next to it."""
    if type_ == "CONSULT":
        return _slots(verb, slots, reader, depth, meeting=True)  # nobody is met because a name stands nearby
    found = _slots(verb, slots, reader, depth)
    if type_ == "SUPPORT" and not found and len(g.agents(verb)) > 1:
        return found  # several who sign do so with each other
    return completed(verb, found, type_ in JUDGING)


def completed(verb: Token, found: list[Token], judging: bool = False) -> list[Token]:
    """Those found by the slots; where they are things or deeds, with whose these are or the party next to them."""
    agents = {t.i for t in g.agents(verb)}
    deeds = [t for t in found if is_deed(t)]
    if deeds:
        # Who judges a deed judges its doer; who wants or ends one does so to whom it is done to.
        doers = [
            o
            for t in deeds
            for o in (*g.owners(t), *doers_of(t), *(g.oblique(t, "from", "by") if judging else ()))
            if not refers_back(o) and o.i not in agents
        ]
        if judging or doers:
            return g.first_tokens([*doers, *found])
        found = g.first_tokens([*found, *(r for t in deeds for r in noun_recipients(t))])
    if any(names_party(t) for t in found if t not in deeds):
        return found
    if not found or not any(names_party(t) for t in found):
        enabled = beneficiary(verb)
        if enabled:
            return g.first_tokens([*found, *enabled])
    whose = [
        o
        for t in found
        for o in (*g.owners(t), *doers_of(t), *patients_told(t))
        if not refers_back(o) and o.i not in agents
    ]
    return g.first_tokens([*found, *(whose or _nearest_party(verb, found, agents, judging))])


def _nearest_party(verb: Token, found: list[Token], agents: set[int], judging: bool) -> list[Token]:
    """The first name of somebody or some place after a verb and its object, inside the verb's own clause.

    A name that only says whose a thing is comes after the one to which the thing goes ("US aid to *Egypt*").
    """
    start = max([verb.i, *(t.i for t in found)])
    named = [
        token
        for token in verb.doc[start + 1 : min(verb.right_edge.i + 1, start + 40)]
        if is_party(token) or token.lemma_.lower() in grammar_words("party_nouns")
        if token.pos_ in ("PROPN", "NOUN", "ADJ")
        and token.i not in agents
        and (judging or not _is_aside(token, verb))
        and token.dep_ != "compound"
        and same_clause(token, verb)
    ]
    if not named:
        return []
    first = named[0]
    if first.dep_ not in ("amod", "nmod"):
        return g.coordinated(first)
    behind = (t for t in named[1:] if t.head.dep_ == "prep" and first.head.is_ancestor(t))
    return next((g.coordinated(t) for t in behind), g.side_by_side(first))


def _is_aside(token: Token, verb: Token) -> bool:
    """Whether a name stands in a phrase that says when: "jailed after protests in *Chad*"."""
    node = token
    for _ in range(g.DEEPEST):
        node = node.head
        if node == verb or node.head == node:
            return False
        if node.dep_ == "prep" and node.lower_ in ASIDE:
            return True
    return False


def _slots(verb: Token, slots: tuple[str, ...], reader: Reader, depth: int, meeting: bool = False) -> list[Token]:
    for thing in g.objects(verb) if slots and slots[0][0] in "@d" else ():  # the verb only carries the noun
        named = event_noun(thing)
        if named is not None:
            nouns = [named[0], *g.coordinated(named[0])[1:]]  # "the arrest and detention *of* …"
            own = next((o for n in nouns if (o := directly(n))), [])
            if own:
                return own
    for slot in slots:
        found = _slot(verb, slot, reader, depth)
        if found:
            return found
    for preposition in ("with", "between") if meeting else FALLBACK:
        found = [t for t in g.oblique(verb, preposition) if preposition != "in" or is_somebody(t) or is_ground(t)]
        if found:
            return found
    return [] if meeting or (slots and slots[0] == "obj") else [t for t in g.objects(verb) if event_noun(t) is None]


def _slot(verb: Token, slot: str, reader: Reader, depth: int) -> list[Token]:
    if slot.startswith("@"):
        return g.oblique(verb, slot[1:])
    match slot:
        case "obj":
            return g.objects(verb)
        case "dat":
            return g.datives(verb)
        case "poss":
            things = g.objects(verb)
            whose = [o for t in things for o in (*g.owners(t), *doers_of(t)) if not refers_back(o)]
            return g.first_tokens([*whose, *things]) if whose else []
        case "of":
            return [h for t in g.objects(verb) for h in g.oblique(t, "of")]
        case "sub":
            clause = g.child(verb, "ccomp", "xcomp")
            own = g.own_subject(clause) if clause is not None else None
            own = own or next((w for c in verb.children if (w := wished_of(c)) is not None), None)
            return g.coordinated(own) if own is not None and not refers_back(own) else []
        case "deep":
            below = event_below(verb, reader, depth)
            if below is not None:
                return below.recipients
            clause = g.child(verb, "xcomp", "ccomp")
            return (
                recipients_of(clause, (), reader, depth + 1)
                if clause is not None and g.is_verb(clause) and depth < DEEPEST
                else []
            )
    return []
