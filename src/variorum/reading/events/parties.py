"""Which noun phrases are parties, and which party a deed, a report or a condition points to."""

from __future__ import annotations

from spacy.tokens import Token

from variorum.reading.events import grammar as g
from variorum.reading.events.frames import event_noun, refers_back
from variorum.reading.events.lexicon import grammar_words, word_group
from variorum.text.world import lookup_state


def is_party(token: Token) -> bool:
    """Whether a word is or belongs to a name of somebody, a body or a place."""
    if token.ent_type_ in ("GPE", "NORP", "ORG", "PERSON", "LOC", "FAC"):
        return True
    return token.pos_ == "PROPN" and lookup_state(token.text) is not None


def same_clause(token: Token, verb: Token) -> bool:
    """Whether a word under a verb stands in no clause that was only joined to it or that reports it."""
    node = token
    for _ in range(12):
        if node == verb:
            return True
        if node.dep_ in ("agent", "parataxis", "mark") or (node.dep_ == "conj" and g.is_verb(node)):
            return False
        if node.dep_ in ("advcl", "prep") and node.lower_ in ("according", "after", "as", "before", "while", "since"):
            return False
        own = g.own_subject(node) if node.dep_ in ("advcl", "ccomp", "relcl", "acl") else None
        if own is not None and own.tag_ not in g.RELATIVE:
            return False
        if node.dep_ == "relcl" and node.head.head != verb:
            return False
        if node.head == node:
            return False
        node = node.head
    return False


def names_party(token: Token) -> bool:
    """Whether a noun phrase is or holds the name of somebody or some place."""
    return token.pos_ in ("PRON", "PROPN") or any(is_party(t) for t in g.phrase(token))


def is_somebody(token: Token) -> bool:
    """Whether a noun phrase names a party, or is one by its noun ("the rebels")."""
    return names_party(token) or token.lemma_.lower() in grammar_words("party_nouns")


def is_ground(token: Token) -> bool:
    """Whether a noun is a stretch of land or a building that somebody can be hit in ("the border *areas*")."""
    return token.lemma_.lower() in word_group("territory")


def is_occasion(noun: Token) -> bool:
    """In a phrase that says when something else was done: "after *talks* with …", "during a *visit* to …"."""
    prep = noun.head
    return noun.dep_ == "pobj" and prep.lower_ in grammar_words("occasion_prepositions")


def speaking_for(actor: Token, speakers: list[Token]) -> list[Token]:
    """Who acts where somebody speaks of "he", "his country", "the government": the speaker, and the body spoken for."""
    if refers_back(actor):
        return speakers
    owner = g.child(actor, "poss")
    own = owner is not None and refers_back(owner) and actor.lemma_.lower() in grammar_words("own_state")
    the_government = actor.lemma_.lower() == "government" and {c.lower_ for c in actor.children} == {"the"}
    return [*speakers, actor] if own or the_government else [actor]


def behind(agents: list[Token]) -> list[Token]:
    """The parties behind events that act: of "they launched an attack that killed ten", those who launched it."""
    found: list[Token] = []
    for agent in agents:
        whose: list[Token] = []
        if event_noun(agent) is not None and not is_party(agent):
            whose = (
                g.oblique(agent, "between", "among")
                or g.owners(agent)
                or (g.governor_subject(agent) if agent.dep_ == "dobj" else [])
            )
        found += [t for t in whose if t != agent] or [agent]
    return found


def directly(noun: Token) -> list[Token]:
    """Whom an event noun's own phrase names: "sanctions *on* …", "the arrest *of* …"."""
    for name, head in g.prepositional(noun, 1):
        if name in ("of", "against", "on", "upon", "with", "to", "between") and not g.is_time(head):
            return g.coordinated(head)
    return []


def on_condition(verb: Token) -> list[Token]:
    """On whom a refusal or threat depends: "will not return until *the government* pays"."""
    below = [c for c in verb.children if c.dep_ in ("xcomp", "dobj", "advcl")]
    for clause in (c for word in (verb, *below) for c in word.children if c.dep_ == "advcl"):
        if any(
            c.dep_ in ("mark", "prep", "advmod") and c.lower_ in ("until", "unless", "before") for c in clause.children
        ):
            own = g.own_subject(clause)
            party = g.by_phrase(clause) or (g.coordinated(own) if own is not None else [])
            return [t for t in party if not refers_back(t)]
    return []


def doers_of(thing: Token) -> list[Token]:
    """Who does what a noun tells in a clause of its own: "claims that *soldiers* …", "a petition filed by *them*"."""
    for c in thing.children:
        if c.dep_ in ("acl", "relcl", "ccomp") and g.is_verb(c):
            own = g.agents(c) if g.is_passive(c) else g.coordinated(t) if (t := g.own_subject(c)) else []
            return [t for t in own if t != thing and t.tag_ not in g.RELATIVE]
    return []


def patients_told(thing: Token) -> list[Token]:
    """On whom a clause of its own says that something was laid: "the ban that they imposed on *Mali*"."""
    for clause in thing.children:
        if clause.dep_ in ("acl", "relcl") and g.is_verb(clause) and not g.has_to(clause):
            for name, head in g.prepositional(clause, 1):
                if name in ("on", "against", "upon", "from", "to") and is_party(head):
                    return g.coordinated(head)
    return []


def noun_recipients(noun: Token, reach: int = 2) -> list[Token]:
    """Whom an event noun says it is done to, by the nearest of its phrases: "sanctions *on* …", "a visit *to* …"."""
    order = ("against", "on", "upon", "with", "between", "to", "for", "at", "of", "into", "in", "from", "over")
    found: dict[str, Token] = {}
    for name, head in g.prepositional(noun, reach):
        if name in order and not g.is_time(head):
            found.setdefault(name, head)
    patient = noun.lemma_.lower() in grammar_words("patient_nouns")
    for name in ("of", *order) if patient else order:
        if name in found:
            return g.coordinated(found[name])
    return []


def beneficiary(verb: Token) -> list[Token]:
    """The subject of an infinitive with "for": "gave approval for *the agency* to deliver"."""
    for word in (verb, *(c for c in verb.children if c.dep_ == "dobj")):
        for clause in word.children:
            if clause.dep_ in ("advcl", "acl", "ccomp", "xcomp", "relcl") and g.has_to(clause):
                own = g.own_subject(clause)
                if own is not None and any(c.dep_ == "mark" and c.lower_ == "for" for c in clause.children):
                    return [t for t in g.coordinated(own) if not refers_back(t)]
    return []


def patients_of(noun: Token) -> list[Token]:
    """Who has it done to him whose noun it is: "*his* arrest"; of "their arrest of a man" they are the doers."""
    owner = g.child(noun, "poss")
    if owner is None or noun.lemma_.lower() not in grammar_words("patient_nouns"):
        return []
    somebody = owner.ent_type_ not in ("GPE", "NORP", "ORG") and lookup_state(owner.text) is None
    return g.coordinated(owner) if somebody and not g.oblique_any(noun, "of") else []


def mediators(noun: Token) -> list[Token]:
    """Who brings others together: "talks *hosted by* Oman", "under the auspices of Oman", "under Omani mediation"."""
    found: list[Token] = []
    level = [noun, noun.head.head] if noun.dep_ == "pobj" and noun.head.lower_ == "of" else [noun]
    for word in level:
        for clause in (c for c in word.children if c.dep_ in ("acl", "advcl") and c.tag_ == "VBN"):
            for verb in (clause, *(c for c in clause.children if c.dep_ == "conj")):
                if verb.lemma_.lower() in grammar_words("hosting"):
                    found += g.by_phrase(verb)
        for _, head in g.prepositional(word, 1):
            if head.lemma_.lower() in grammar_words("patronage"):
                found += g.oblique_any(head, "of") or g.owners(head)
    return [t for t in found if is_party(t) or t.lemma_.lower() in grammar_words("officials")]


def signatories(verb: Token) -> list[Token]:
    """Between whom a pact was made that a clause says was signed by nobody in particular: the parties next to it.

    "A treaty *between Peru and Chile* was signed", "*Peru* will sell gas to *Chile* under a contract signed in Lima".
    """
    for thing in g.objects(verb):
        between = g.oblique(thing, "between", "among")
        if between:
            return between
        if (
            verb.dep_ in ("relcl", "acl")
            and thing.dep_ == "pobj"
            and thing.head.lower_ in ("under", "in", "with", "by")
        ):
            over = thing.head.head
            if g.is_verb(over):
                sides = [*g.agents(over), *g.oblique(over, "to", "from", "with"), *g.datives(over)]
                named = g.first_tokens(t for t in sides if is_party(t))
                return named if len(named) > 1 else []
    return []
