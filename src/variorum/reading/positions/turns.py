"""Stances told by more than one word: verb, noun and preposition together, what is "so called", what is to be done to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from variorum.model.reading import Stance
from variorum.reading.positions.cues import Cue, cue_on
from variorum.reading.positions.grammar import has_auxiliary, negated, own_subject, refuses
from variorum.reading.positions.issues import clause, matter_before, phrase
from variorum.reading.positions.knowledge import Idiom, idiom_verbs, idioms, words

OBJECTS = ("dobj", "obj", "oprd", "attr")
MOST_BEFORE_NOUN = 4
"""Tokens between the words of such a phrase and its noun."""


def by_idiom(verb: Token) -> Iterator[Cue]:
    """ "threw cold water on the plan", "gave the bill their blessing", "distanced himself from the vote"."""
    lemma = verb.lemma_.lower()
    if lemma not in idiom_verbs():
        return
    for noun in (
        c
        for c in verb.children
        if c.i > verb.i and (c.dep_ in (*OBJECTS, "npadvmod", "intj", "dep") or c.dep_ == "pobj")
    ):
        name = "self" if noun.lower_.endswith(("self", "selves")) else noun.lemma_.lower()
        for idiom in idioms().get((lemma, name), ()):
            cue = _of_idiom(verb, noun, idiom)
            if cue is not None:
                yield cue
                return


def _of_idiom(verb: Token, noun: Token, idiom: Idiom) -> Cue | None:
    doc = verb.doc
    if idiom.before and idiom.before not in " ".join(
        t.lower_ for t in doc[max(verb.i + 1, noun.i - MOST_BEFORE_NOUN) : noun.i]
    ):
        return None
    if any(c.lower_ in ("no", "few", "little") and c.dep_ == "det" for c in noun.children):
        return None
    if idiom.between:
        thing = next((c for c in verb.children if c.dep_ in ("dative", "dobj") and verb.i < c.i < noun.i), None)
        if thing is not None and thing.pos_ in ("NOUN", "PROPN"):
            return replace(cue_on(idiom.stance, thing, None), strict=True, last=noun.i)
    for prep in (c for source in (noun, verb) for c in source.children):
        if prep.i > noun.i and prep.lower_ in idiom.with_:
            thing = next((c for c in prep.children if c.dep_ in ("pobj", "pcomp")), None)
            if thing is not None and thing.lower_ in words("taking_up"):
                thing = matter_before(verb, thing)
            if thing is None or thing.pos_ == "PRON":
                continue
            if thing.dep_ == "pcomp":
                return Cue(idiom.stance, clause(thing), thing, None)
            return cue_on(idiom.stance, thing, None)
    return None


def by_refusal(verb: Token) -> Iterator[Cue]:
    """ "will not recognise the vote"; of an infinitive the verb above it tells ("vowed never to recognise it")."""
    if verb.lemma_.lower() not in words("refusable") or verb.tag_ != "VB" or verb.dep_ in ("xcomp", "acl", "advcl"):
        return
    thing = next((c for c in verb.children if c.dep_ == "dobj" and c.pos_ in ("NOUN", "PROPN") and c.i > verb.i), None)
    if thing is not None and refuses(verb):
        # "for" the thing is what the negation turns round
        yield replace(cue_on("for", thing, None), strict=True)


def so_called(verb: Token, stance: Stance) -> Cue | None:
    """ "rejected what he called the fable of the nets": against what the words stand for."""
    above = [verb, *(c for c in verb.children if c.dep_ == "prep" and c.i > verb.i)]
    inner = next((c for a in above for c in a.children if c.dep_ in ("ccomp", "pcomp") and c.i > verb.i), None)
    if inner is None or inner.lemma_.lower() not in words("naming"):
        return None
    if not any(c.lower_ == "what" and c.i < inner.i for c in inner.children):
        return None
    after = [c for c in inner.children if c.i > inner.i]
    after += [g for c in after if c.lower_ == "as" for g in c.children]
    named = next(
        (c for c in after if c.pos_ in ("NOUN", "PROPN") and c.dep_ in (*OBJECTS, "pobj", "npadvmod", "ccomp")), None
    )
    if named is None:
        return None
    return Cue(stance, phrase(named), named, None, last=named.right_edge.i)


def by_demand(verb: Token) -> Iterator[Cue]:
    """ "insisted that the quota be raised", "wants the law scrapped"."""
    lemma = verb.lemma_.lower()
    if negated(verb):
        return
    if lemma in words("demanding") and not any(by_undoing(verb)):
        for inner in verb.children:
            wanted = own_subject(inner) if inner.dep_ == "ccomp" and inner.i > verb.i else None
            if wanted is not None and _is_bare(inner):
                turned: Stance = "against" if negated(inner) else "for"
                yield Cue(turned, clause(inner, wanted), inner, None)
                return
    if lemma in words("wanting"):
        yield from _wanted(verb)


def _wanted(verb: Token) -> Iterator[Cue]:
    """ "wants the law scrapped", "wants the minister gone", "wants the troops home by June"."""
    for inner in verb.children:
        if inner.i < verb.i or any(c.dep_ == "aux" for c in inner.children):
            continue
        whither = inner.lower_ in words("gone_or_home")
        if not whither and (inner.tag_ not in ("VBN", "VBD") or inner.dep_ not in ("ccomp", "xcomp", "oprd", "acl")):
            continue
        thing = own_subject(inner) or (_thing_before(verb, inner) if whither else None)
        if thing is None or thing.pos_ not in ("NOUN", "PROPN") or thing.ent_type_ in ("DATE", "TIME"):
            continue
        lemma = inner.lemma_.lower()
        undone = lemma in words("undoing") or lemma in words("ousting")
        stance: Stance = "against" if undone or inner.lower_ in words("gone") else "for"
        whole = stance == "for"
        opens = min(thing.left_edge.i, inner.left_edge.i)
        issue = thing.doc[opens : inner.i + 1] if whole else phrase(thing)
        yield Cue(stance, issue, thing, None, strict=not whither and lemma not in words("ousting"), last=inner.i)
        return


def _thing_before(verb: Token, word: Token) -> Token | None:
    """The object between "wants" and "home"."""
    noun = next((c for c in verb.children if c.dep_ in OBJECTS and verb.i < c.i <= word.i), None)
    if noun is not None and noun == word:  # "the troops home" taken for one noun
        return next((c for c in noun.children if c.dep_ == "compound" and c.i == noun.i - 1), None)
    return noun


def by_undoing(verb: Token) -> Iterator[Cue]:
    """ "demanded that Canada suspend its programme", "urged the cabinet to scrap the levy": against what is to go."""
    lemma = verb.lemma_.lower()
    if lemma not in words("demanding") | words("urging") or negated(verb):
        return
    for inner in verb.children:
        if inner.i < verb.i or inner.dep_ not in ("ccomp", "xcomp") or inner.lemma_.lower() not in words("scrapping"):
            continue
        to_do = any(c.lower_ == "to" and c.dep_ == "aux" for c in inner.children) or _is_bare(inner)
        thing = next((c for c in inner.children if c.dep_ == "dobj" and c.i > inner.i), None)
        if to_do and thing is not None and thing.pos_ == "NOUN" and not negated(inner):
            yield replace(cue_on("against", thing, None), strict=True)
            return


def by_no_plan(verb: Token) -> Iterator[Cue]:
    """ "has no plans to recognise the junta", "had no intention of joining the bloc"."""
    if verb.lemma_.lower() != "have":
        return
    for noun in verb.children:
        if noun.dep_ != "dobj" or noun.lemma_.lower() not in words("intents"):
            continue
        if not any(c.lower_ == "no" for c in noun.children) and not negated(verb):
            continue
        inner = next((c for c in noun.children if c.dep_ in ("acl", "relcl") and c.tag_ == "VB"), None)
        of = next((c for c in noun.children if c.lower_ in ("of", "in") and c.dep_ == "prep"), None)
        inner = inner or (next((c for c in of.children if c.dep_ == "pcomp"), None) if of is not None else None)
        if inner is not None and inner.lemma_.lower() in words("conceding") | words("refusable"):
            yield Cue("against", clause(inner), inner, None, settled=True)
            return


def by_pledge(verb: Token) -> Iterator[Cue]:
    """ "said he would sign the agreement"."""
    if verb.lemma_.lower() not in words("signing") or verb.tag_ != "VB" or verb.dep_ != "ccomp" or negated(verb):
        return
    if not has_auxiliary(verb, "announcing"):
        return
    thing = next((c for c in verb.children if c.dep_ == "dobj" and c.pos_ == "NOUN" and c.i > verb.i), None)
    if thing is not None:
        yield replace(cue_on("for", thing, None), strict=True)


def _is_bare(verb: Token) -> bool:
    """Whether a clause's verb is a subjunctive: the bare form, or "be" with a participle, with no modal before it."""
    helpers = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    if any(c.tag_ in ("MD", "TO", "VBD", "VBZ", "VBP") or c.lower_ in ("do", "has", "have") for c in helpers):
        return False
    subject = own_subject(verb)
    of_one = subject is not None and subject.tag_ in ("NN", "NNP") and not subject.conjuncts
    # "that Chile suspend": the tagger takes it for the plural's form
    return verb.tag_ == "VB" or (verb.tag_ == "VBP" and of_one) or any(c.lower_ == "be" for c in helpers)
