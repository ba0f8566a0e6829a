"""Which sense of a verb's table holds, which event a noun names, and in what mood a verb stands."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from variorum.reading.events import grammar as g
from variorum.reading.events.lexicon import Need, NounSense, VerbSense, grammar_words, noun_senses, verb_senses

# ---- choosing a sense

PERSONAL = ("he", "she", "they", "him", "her", "them")
PARTICLES = ("prt", "advmod", "prep", "intj", "dobj", "npadvmod")
"""How parsers label a particle, and the "no" of those who vote."""


def choose(verb: Token) -> VerbSense | None:
    """The first row of the table whose needs are all met."""
    senses = verb_senses().get(verb.lemma_.lower())
    if senses is None:
        return None
    return next((s for s in senses if all(_met(n, verb) for n in s.needs)), None)


def _met(need: Need, verb: Token) -> bool:
    return any(_CHECKS.get(slot[0], _check_named)(slot, need, verb) for slot in need.slot.split("|"))


def _check_prep(slot: str, need: Need, verb: Token) -> bool:
    return any(
        name == slot[1:] and not (need.free and g.is_time(head)) and _fits(need, [head])
        for name, head in g.prepositional(verb, 2)
    )


def _check_particle(slot: str, need: Need, verb: Token) -> bool:
    return any(c.dep_ in PARTICLES and c.lower_ == slot[1:] for c in verb.children)


def _check_absent(slot: str, need: Need, verb: Token) -> bool:
    if slot == "-predicate":  # "called him a liar" is no telephone call
        called = g.called_person(verb)
        said = any(c.dep_ in ("oprd", "ccomp", "attr") and c != called for c in verb.children)
        return not said and not _named_something(verb)
    if slot == "-inf":
        return not any(_is_wanted(c) for c in verb.children)
    return not g.objects(verb)


def _is_wanted(clause: Token) -> bool:
    return clause.dep_ in ("xcomp", "advcl", "ccomp") and (g.has_to(clause) or is_infinitive(clause))


def _named_something(verb: Token) -> bool:
    """Whether a verb's object is called something ("called the general *a hero*"): what follows a call is little else."""
    heads = [h for h in g.objects(verb) if h.i > verb.i]
    if not heads:
        return not g.is_passive(verb)
    end = max(g.phrase(h).end for h in heads)
    after = verb.doc[end] if end < len(verb.doc) else None
    return not (after is None or after.is_sent_start or after.lower_ in grammar_words("after_call") or g.is_time(after))


def _check_named(slot: str, need: Need, verb: Token) -> bool:
    match slot:
        case "obj":
            heads = g.objects(verb)
            return bool(heads) and _fits(need, heads)
        case "subj":
            return _fits(need, g.agents(verb))
        case "inf":
            return any(
                (not need.words or c.lemma_ in need.words)
                and c.dep_ in ("xcomp", "advcl", "ccomp")
                and (g.has_to(c) or (c.dep_ == "xcomp" and is_infinitive(c)))
                for c in verb.children
            )
        case "for":
            return any(g.has_to(c) and wished_of(c) is not None for c in verb.children)
        case "that":
            return any(c.dep_ in ("ccomp", "xcomp") and g.is_verb(c) for c in verb.children)
        case "future":
            return "future" in modality(verb)
        case "acomp":
            return predicate(verb, need.words) is not None
    return False


def wished_of(clause: Token) -> Token | None:
    """The subject of a clause that says what somebody is to do: "for *them* to go", "that *they* go"."""
    marks = {c.lower_ for c in clause.children if c.dep_ == "mark"}
    if clause.dep_ in ("advcl", "xcomp", "ccomp", "acl") and "for" in marks:
        return g.own_subject(clause)
    if clause.dep_ == "ccomp" and clause.tag_ in ("NN", "NNP") and "that" in marks:
        # "demanded that the *minister* resign": a bare verb that the tagger took for a noun with names before it
        return next((c for c in reversed(list(clause.lefts)) if c.dep_ in ("compound", "poss", "nmod")), None)
    return None


def predicate(verb: Token, words: frozenset[str]) -> Token | None:
    """A predicate adjective of a verb's object ("found them *guilty*"), wherever the parser hung it."""
    for c in verb.children:
        for word in (c, *c.children):
            if word.i > verb.i and word.lower_ in words and word.dep_ not in ("det", "prep"):
                return word
    return None


_CHECKS: dict[str, Callable[[str, Need, Token], bool]] = {"@": _check_prep, "+": _check_particle, "-": _check_absent}


def _fits(need: Need, heads: list[Token]) -> bool:
    if need.free:
        return bool(heads)
    for head in heads:
        for token in (head, *through_transparent(head)):
            if keys(token) & need.words:
                return True
            if need.kinds and _is_kind(token, need):
                return True
    return False


def _is_kind(token: Token, need: Need) -> bool:
    if "$person" in need.kinds and (token.ent_type_ == "PERSON" or (token.pos_ == "PRON" and token.lower_ in PERSONAL)):
        return True
    if "$party" in need.kinds and (
        token.ent_type_ in ("PERSON", "GPE", "ORG", "NORP")
        or (token.pos_ == "PRON" and token.lower_ in PERSONAL)
        or token.lemma_.lower() in grammar_words("officials")
    ):
        return True
    if "$named" in need.kinds and token.ent_type_ == "PERSON":
        return True
    if "$gpe" in need.kinds and token.ent_type_ in ("GPE", "LOC"):
        return True
    named = event_noun(token)
    return named is not None and named[1].type in need.kinds


def keys(token: Token) -> set[str]:
    """The ways in which a noun is looked up: its lemma, and with the noun before it ("hunger-strike")."""
    found = {token.lemma_.lower(), token.lower_}
    found |= {f"{c.lemma_.lower()}-{token.lemma_.lower()}" for c in token.children if c.dep_ in ("compound", "amod")}
    return found


def through_transparent(head: Token) -> list[Token]:
    """Behind a noun that only measures: "two days of *talks*", "a series of *attacks*"."""
    if head.lemma_.lower() in grammar_words("transparent_nouns") or head.pos_ == "NUM":
        return g.oblique_any(head, "of")
    return []


def event_noun(head: Token) -> tuple[Token, NounSense] | None:
    """The event that a noun phrase names, by its head or by what the head measures."""
    table = noun_senses()
    for token in (head, *through_transparent(head), *g.coordinated(head)[1:]):
        if token.ent_type_ in ("DATE", "TIME"):
            continue  # "March" is no march
        bearers = []
        if token.lemma_.lower() in grammar_words("bearing_nouns"):  # "a *mediation* effort", "an *aid* package"
            bearers = [c.lemma_.lower() for c in token.children if c.dep_ in ("compound", "amod")]
        for key in [*sorted(keys(token), key=lambda k: (-len(k), k)), *bearers]:
            if key in table and (token.ent_type_ not in ("PERSON", "GPE")):
                return token, table[key]
    return None


DEEDS = frozenset(
    {
        "CONSULT",
        "REQUEST",
        "ACCUSE",
        "REJECT",
        "THREATEN",
        "PROTEST",
        "SANCTION",
        "COERCE",
        "ASSAULT",
        "CONCEDE",
        "RETREAT",
    }
)


def is_deed(token: Token) -> bool:
    """Whether a noun names what is done, so that a name in its phrase is no name for it ("the attack on Kyiv")."""
    named = event_noun(token)
    return named is not None and named[0] == token and named[1].type in DEEDS


def object_mode(verb: Token, type_: str) -> str | None:
    """The mode of a light verb's event, which its object names."""
    for head in g.objects(verb):
        named = event_noun(head)
        if named is not None:
            return named[1].mode
    return type_.lower()


# ---- tense and negation


def modality(verb: Token) -> set[str]:
    """The moods that a verb's auxiliaries tell: future, conditional, possible, duty."""
    moods = set()
    for c in verb.children:
        if c.dep_ == "aux":
            for mood in ("future", "conditional", "possible", "duty"):
                if c.lower_ in grammar_words(f"modal_{mood}"):
                    moods.add(mood)
    if not moods and verb.dep_ == "conj" and g.is_verb(verb.head) and verb.tag_ == "VB":
        return modality(verb.head)
    return moods


def in_past_conditional(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)


def is_negated(verb: Token) -> bool:
    """Whether a verb's own clause denies it. A "not" behind any verb but "be", "have", "do" and modals denies what
    follows ("urged them *not* to leave")."""
    return any(
        (c.dep_ == "neg" and (c.i < verb.i or verb.pos_ == "AUX" or verb.lemma_ in ("be", "have", "do")))
        or (c.dep_ == "advmod" and c.lower_ == "never")
        for c in verb.children
    )


def refers_back(token: Token) -> bool:
    """Whether a subject can only be understood from before: a pronoun of the third person."""
    return token.pos_ == "PRON" and token.lower_ in (
        "he",
        "she",
        "it",
        "they",
        "we",
        "i",
        "his",
        "her",
        "its",
        "their",
        "our",
        "my",
        "them",
        "him",
        "us",
    )


def is_infinitive(token: Token) -> bool:
    return g.has_to(token) or token.tag_ in ("VB", "VBG")
