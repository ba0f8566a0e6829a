"""Whether a report tells an event as a thing that happens: not as a purpose, a wish, a habit, a guess or a general truth.

The words of ``Told.chain`` are looked at from outside in: the outermost must stand in a mood that asserts, and so must the
clauses that it hangs in. Tense and mood are read from tags and auxiliaries; the words are ``data/en/plover.toml``.
"""

from __future__ import annotations

from spacy.tokens import Token

from variorum.reading.events import grammar as g
from variorum.reading.events.frames import is_negated, modality, refers_back
from variorum.reading.events.lexicon import grammar_words
from variorum.reading.events.tellings import Told

FURTHEST = 6
"""Clauses over one another that are looked at."""
SPOKEN = ("REQUEST", "ACCUSE", "REJECT", "SUPPORT", "THREATEN", "AGREE")
"""Types of what is done in words, which magazines and headlines tell in the present: "she accuses him of"."""
ALONE = ("CONSULT", "ASSAULT", "SANCTION", "COERCE", "PROTEST", "SUPPORT", "COOPERATE")
"""Types of which a noun without a verb may tell an event ("after the attack on Monday")."""
FACTUAL = ("after", "before", "since", "by", "while", "upon", "following", "when")
"""Prepositions behind which a participle tells a fact: "after signing"."""
PLURAL = ("NNS", "NNPS")


def is_asserted(told: Told, dated: bool, both: bool, headline: bool) -> bool:
    """Whether the report tells an event as done, going on or fixed for a time to come.

    Args:
        told: the event as its words tell it.
        dated: its day is told.
        both: both who does it and to whom are told.
        headline: it stands in a headline, where the present and "to" tell news.
    """
    outer = told.chain[0] if told.chain else told.trigger
    if outer.sent[-1].text == "?":
        return False
    if any(c.dep_ == "det" and c.lower_ in ("no", "any") for c in told.trigger.children):
        return False
    if any(_is_habit(w) for w in (told.trigger, *told.chain) if g.is_verb(w)):
        return False
    if any(w.lemma_ in grammar_words("not_done") for w in told.chain if g.is_verb(w)):
        return False
    if told.type in ("AGREE", "THREATEN") and any(is_negated(w) for w in told.chain[1:] if g.is_verb(w)):
        return False  # "vows not to"
    if told.type in SPOKEN and told.type != "REJECT" and g.is_verb(told.trigger) and _is_not_done(told.trigger):
        return False
    if told.type == "REJECT" and is_negated(outer) and outer.lemma_ in grammar_words("refusing"):
        return False
    if not g.is_verb(outer):
        return _noun_tells(told, outer, dated, both)
    return _verb_tells(outer, told, dated, headline)


def _is_not_done(verb: Token) -> bool:
    """Whether a verb is denied, by itself, by the verb it is joined to, by its subject or by its object."""
    if is_negated(verb) or (verb.dep_ == "conj" and g.own_subject(verb) is None and is_negated(verb.head)):
        return True
    if any(c.lower_ in ("nor", "neither") for c in verb.children):
        return True
    subject = g.own_subject(verb)
    bare = [c for t in (subject, g.child(verb, "dobj")) if t is not None for c in (t, *t.children)]
    return any(c.lower_ in ("no", "neither", "nobody", "none", "nor") for c in bare) or any(
        c.lower_ == "yet" for w in (verb, verb.head) for c in w.children
    )


def _is_habit(verb: Token) -> bool:
    return any(c.dep_ in ("advmod", "npadvmod") and c.lower_ in grammar_words("habit") for c in verb.children)


# ---- nouns ----------------------------------------


def _noun_tells(told: Told, noun: Token, dated: bool, both: bool) -> bool:
    """A noun tells an event where it is one event: with its day, or one with both parties; "attacks" alone are any."""
    if told.type not in ALONE or (told.planned and not dated):
        return False
    many = noun.tag_ in PLURAL and noun.lemma_.lower() not in grammar_words("plural_events")
    if (many or noun.lemma_.lower() in grammar_words("uncountable_events")) and not dated:
        return False
    if any(c.dep_ == "det" and c.lower_ in ("any", "no", "every", "such", "another", "each") for c in noun.children):
        return False
    if noun.dep_ in ("compound", "amod", "nmod"):
        return False
    above = _clause_over(noun)
    told_of = above is not None and not _is_in_subject(noun, above)  # "the killing prompted an outcry" is one
    if above is not None and ((told_of and above.lemma_ in grammar_words("no_doing")) or not _clause_holds(above, 0)):
        return False
    return dated or both or (told.type == "ASSAULT" and any(c.dep_ == "det" for c in noun.children))


def _is_in_subject(word: Token, verb: Token) -> bool:
    subject = g.own_subject(verb)
    return subject is not None and subject.left_edge.i <= word.i <= subject.right_edge.i


def _clause_over(word: Token) -> Token | None:
    node = word
    for _ in range(8):
        if node.head == node:
            return None
        node = node.head
        if g.is_verb(node):
            return node
    return None


# ---- verbs ----------------------------------------


def _verb_tells(verb: Token, told: Told, dated: bool, headline: bool) -> bool:
    moods = modality(verb)
    if "duty" in moods or "possible" in moods:
        # "is to be", "may": nobody says that it will
        return False
    if verb.tag_ in ("VBZ", "VBP") and not any(c.dep_ in ("aux", "auxpass") for c in verb.children):
        if verb.lemma_ == "be" or headline or dated:
            return _clause_holds(verb, 0, headline)
        spoken = told.type in SPOKEN and told.mode not in ("support", "opposition")
        return spoken and verb.tag_ == "VBZ" and _clause_holds(verb, 0)
    return _clause_holds(verb, 0, headline)


def _clause_holds(verb: Token, depth: int, headline: bool = False) -> bool:
    """Whether a clause and those that it hangs in are told as facts or as fixed for a time to come."""
    if depth > FURTHEST:
        return True
    moods = modality(verb)
    if moods & {"possible", "duty"}:
        return False
    if "conditional" in moods and not _is_reported(verb):
        return False
    if any(c.dep_ in ("mark", "advmod") and c.lower_ in grammar_words("hypothetical") for c in verb.children):
        return False
    head = verb.head
    if head == verb:
        return headline or not g.has_to(verb) or verb.tag_ != "VB"
    infinitive = g.has_to(verb)
    if verb.tag_ == "VB" and verb.dep_ == "ccomp" and not any(c.dep_ == "aux" for c in verb.children):
        return False  # words of command: "heard him say stand down"
    match verb.dep_:
        case "conj":
            if g.own_subject(verb) is not None or verb.tag_ in ("VBD", "VBZ"):
                return _reported_fact(head, depth) if g.is_verb(head) else True
            return _clause_holds(head, depth + 1, headline) if g.is_verb(head) else not infinitive
        case "xcomp":
            return _under(verb, head, depth)
        case "ccomp":
            return _reported(verb, head, depth)
        case "advcl":
            if infinitive or any(c.dep_ == "mark" and c.lower_ in ("until", "unless", "lest") for c in verb.children):
                return False  # a purpose or a condition
            if (
                not headline
                and verb.tag_ in ("VBZ", "VBP")
                and any(c.lower_ in ("when", "where", "as") for c in verb.children)
            ):
                return False
            return _clause_holds(head, depth + 1, headline) if g.is_verb(head) else True
        case "pcomp":
            return _after_preposition(verb, head, depth)
        case "acl" | "relcl":
            if infinitive:
                return _is_ranked(head)
            if head.lemma_.lower() in grammar_words("hearsay"):
                return False
            return not _is_any(head, verb)
        case "csubj" | "csubjpass" | "pobj" | "dobj" | "nsubj":
            return False
    return not infinitive


def _under(verb: Token, head: Token, depth: int) -> bool:
    """An infinitive or participle under another verb: only under those by which it comes about."""
    if not g.is_verb(head):
        return False
    if head.lemma_ in grammar_words("bringing_about") and not is_negated(head):
        return _clause_holds(head, depth + 1)
    return False


def _reported(verb: Token, head: Token, depth: int) -> bool:
    """A clause under a verb of saying tells what somebody says; under one of thinking or wishing it tells no event."""
    if not g.is_verb(head):
        return False
    if head.lemma_ in grammar_words("thinking") or (verb.tag_ == "VB" and g.has_to(verb)):
        return False
    if any(c.dep_ == "mark" and c.lower_ in ("whether", "if", "for") for c in verb.children):
        return False
    if any(c.dep_ in ("advmod", "attr", "dobj", "nsubj") and c.tag_ in ("WRB", "WP") for c in verb.children):
        return False
    if modality(verb) & {"future", "conditional"} and not _of_oneself(verb, head):
        return False
    return not is_negated(head) and _reported_fact(head, depth)


def _reported_fact(head: Token, depth: int) -> bool:
    return head.lemma_ not in grammar_words("thinking") and (
        head.head == head or not modality(head) & {"possible", "duty", "conditional"}
    )


def _is_reported(verb: Token) -> bool:
    """Whether "would" is the future of a past: "said that it would send"."""
    node = verb
    for _ in range(FURTHEST):
        if node.dep_ == "ccomp" and g.is_verb(node.head):
            return node.head.tag_ in ("VBD", "VBN", "VBG")
        if node.dep_ != "conj" or node.head == node:
            return False
        node = node.head
    return False


def _of_oneself(verb: Token, head: Token) -> bool:
    """Whether somebody says what is to come of himself, his state or his side, and does not foretell it of others."""
    subject, speakers = g.surface_subject(verb), g.agents(head)
    if not subject or not speakers:
        return True
    first = subject[0]
    if refers_back(first):
        return first.lower_ not in ("you", "i")
    rivals = first.ent_type_ == "PERSON" and speakers[0].ent_type_ == "PERSON"
    return not rivals and speakers[0].lemma_.lower() not in grammar_words("foretellers")


def _after_preposition(verb: Token, head: Token, depth: int) -> bool:
    if head.lower_ not in FACTUAL:
        return False  # "for", "of", "about": a reason, a charge, an idea
    over = head.head
    return g.is_verb(over) and _clause_holds(over, depth + 1)


def _is_ranked(noun: Token) -> bool:
    return any(c.lower_ in ("first", "last", "only", "latest") for c in noun.children)


def _is_any(noun: Token, verb: Token) -> bool:
    """Whether a clause only says which ones are meant: "those who attack …", "anyone killed"."""
    if noun.lower_ in ("those", "anyone", "anybody", "everyone", "someone", "people", "nobody", "whoever"):
        return verb.tag_ in ("VBP", "VBZ", "VB", "VBG")
    return verb.tag_ in ("VBP", "VB") and not any(c.dep_ == "aux" for c in verb.children)
