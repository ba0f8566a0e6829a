"""Stances told by a turn of phrase: what a plan met with, what it was called, who would not say, who moved what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Token

from variorum.model.reading import Stance
from variorum.reading.positions.cues import Cue, cue_on
from variorum.reading.positions.grammar import negated, own_subject
from variorum.reading.positions.issues import antecedent, clause, is_matter, matter_before, phrase
from variorum.reading.positions.knowledge import words

OBJECTS = ("dobj", "obj", "attr", "oprd")


def by_reception(verb: Token) -> Iterator[Cue]:
    """ "the plan has the backing of the bloc", "the draft drew fire from unions", "the ban came under attack from …"."""
    if negated(verb):
        return
    subject = own_subject(verb)
    if subject is None or (subject.pos_ not in ("NOUN", "PROPN") and subject.lower_ not in ("which", "that")):
        return
    lemma = verb.lemma_.lower()
    noun: Token | None = None
    if lemma in words("having"):
        noun = next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i), None)
    elif lemma in words("meeting_with"):
        hung = (c for c in verb.children if c.lower_ in ("under", "with", "to", "by") and c.i > verb.i)
        noun = next((g for c in hung for g in c.children if g.dep_ == "pobj"), None)
    stance = _reception(noun)
    if noun is None or stance is None:
        return
    thing = antecedent(verb) if subject.lower_ in ("which", "that") else subject
    if thing is None or thing.ent_type_ == "PERSON":
        return
    for prep in (c for source in (noun, verb) for c in source.children if c.i > noun.i):
        if prep.lower_ not in ("of", "from", "among", "with"):
            continue
        for each in (prep, *(c for c in prep.conjuncts if c.lower_ == prep.lower_)):
            holder = next((c for c in each.children if c.dep_ == "pobj"), None)
            if holder is not None:
                yield replace(cue_on(stance, thing, holder, passive=True), strict=stance == "for")


def _reception(noun: Token | None) -> Stance | None:
    if noun is None:
        return None
    lemma = noun.lemma_.lower()
    return "for" if lemma in words("backings") else "against" if lemma in words("attacks") else None


def by_verdict(verb: Token) -> Iterator[Cue]:
    """ "called the raid unacceptable", "described the levy as unlawful", "called the result a good day"."""
    after = [c for c in verb.children if c.i > verb.i]
    objects = [g for c in after if c.dep_ in OBJECTS for g in c.children]
    as_what = [g for c in (*after, *objects) if c.lower_ == "as" for g in c.children]
    found = next(
        ((c, stance) for c in (*after, *as_what) if c.dep_ != "nsubj" and (stance := verdict_of(c)) is not None), None
    )
    if found is None or negated(verb):
        return
    verdict, stance = found
    nouns = (c for c in (*verdict.children, *verb.children) if verb.i < c.i < verdict.i)
    thing = next((c for c in nouns if c.pos_ in ("NOUN", "PROPN") and c.dep_ not in ("compound", "poss")), None)
    if thing is None and any(
        c.dep_ in OBJECTS and c.lower_ in ("which", "that") and c.i < verb.i for c in verb.children
    ):
        thing = antecedent(verb)
    if thing is None:
        known = words("public") | words("matters")  # "the plan" of "branded the plan daylight robbery"
        thing = next((c for c in verdict.children if c.dep_ == "compound" and c.lemma_.lower() in known), None)
    if thing is None and (
        it := next((c for c in verb.children if c.lower_ == "it" and verb.i < c.i < verdict.i), None)
    ):
        thing = matter_before(verb, it)
        if thing is not None and thing.lemma_.lower() not in words("public"):
            return
    if thing is not None and thing.i != verdict.i:
        yield replace(cue_on(stance, thing, None), strict=True, last=verdict.right_edge.i)


def verdict_of(word: Token) -> Stance | None:
    """What a noun or adjective that something is called says for or against it."""
    lower, lemma = word.lower_, word.lemma_.lower()
    if word.i > 1 and word.nbor(-1).text == "-":
        lemma = f"{word.nbor(-2).lower_}-{lemma}"
    if any(c.dep_ == "neg" or c.lower_ in ("no", "hardly") for c in word.children):
        return None
    if word.pos_ == "NOUN" and lemma in words("neutral_verdict_nouns"):
        praised = [c.lower_ for c in word.children if c.dep_ == "amod"]
        weighty: Stance | None = "supports" if any(adjective in words("weighty") for adjective in praised) else None
        return next((s for adjective in praised if (s := _adjective(adjective)) is not None), weighty)
    if word.pos_ == "NOUN":
        return (
            "against"
            if lemma in words("verdict_nouns_against")
            else "supports"
            if lemma in words("verdict_nouns_for")
            else None
        )
    return _adjective(lower) if word.pos_ in ("ADJ", "VERB", "ADV") else None


def _adjective(lower: str) -> Stance | None:
    return "against" if lower in words("verdicts_against") else "supports" if lower in words("verdicts_for") else None


def by_reserve(verb: Token) -> Iterator[Cue]:
    """ "reserved judgement on the bid", "would remain neutral in the war", "has yet to decide whether to join"."""
    lemma = verb.lemma_.lower()
    if lemma in words("deciding"):
        waits = verb.dep_ == "xcomp" and any(c.lower_ == "yet" for c in verb.head.children) and not negated(verb.head)
        if not waits and not (negated(verb) and any(c.lemma_.lower() == "have" for c in verb.children)):
            return
        holder = own_subject(verb.head) if waits else None
        inner = next((c for c in verb.children if c.dep_ in ("ccomp", "xcomp") and c.i > verb.i), None)
        if inner is not None and any(c.lower_ in ("whether", "if") for c in inner.children):
            yield Cue("undecided", clause(inner, own_subject(inner)), inner, holder)
            return
        yield from (replace(cue, holder=holder) for cue in _on_what(verb))
        return
    for what in verb.children:
        if what.i > verb.i and f"{lemma} {what.lemma_.lower()}" in words("reserves"):
            plain = what.pos_ == "ADJ" or not any(c.dep_ in ("poss", "amod") for c in what.children)
            denied = negated(verb) or any(c.lower_ in ("no", "neither") for c in what.children)
            denied |= verb.dep_ == "xcomp" and any(c.lower_ == "yet" for c in verb.head.children)
            if plain and denied is (lemma == "take"):
                holder = own_subject(verb.head) if verb.dep_ == "xcomp" else None
                yield from (replace(cue, holder=holder) for cue in (*_on_what(what), *_on_what(verb)))
            return


def _on_what(word: Token) -> Iterator[Cue]:
    for prep in word.children:
        if prep.i > word.i and prep.lower_ in ("on", "over", "about", "in"):
            thing = next((c for c in prep.children if c.dep_ == "pobj"), None)
            if thing is not None and is_matter(thing, public=True, strict=True):
                yield Cue("undecided", phrase(thing), thing, None)
                return


def by_partisan(noun: Token) -> Iterator[Cue]:
    """ "is a critic of the tolls", "Diaz, an opponent of the pipeline", "supporters of the bill include …"."""
    lemma = noun.lemma_.lower()
    stance: Stance | None = (
        "for" if lemma in words("partisans_for") else "against" if lemma in words("partisans_against") else None
    )
    of = next((c for c in noun.children if c.lower_ == "of" and c.dep_ == "prep" and c.i > noun.i), None)
    thing = next((c for c in of.children if c.dep_ == "pobj"), None) if of is not None else None
    if stance is None or thing is None:
        return
    verb, holder = noun.head, None
    if noun.dep_ == "attr" and verb.lemma_ in words("copulas") and not negated(verb):
        holder = own_subject(verb)
    elif noun.dep_ == "appos":
        holder = noun.head
    elif noun.dep_ == "nsubj" and verb.lemma_.lower() in ("include", "be") and not negated(verb):
        holder = next((c for c in verb.children if c.dep_ in OBJECTS and c.i > verb.i), None)
    if holder is not None:
        yield replace(cue_on(stance, thing, holder, passive=noun.dep_ != "attr"), strict=True)


def by_motion(noun: Token) -> Iterator[Cue]:
    """ "a motion by the party to delay the vote", "tabled a motion to ban exports"."""
    if noun.lemma_.lower() not in words("motions"):
        return
    wanted = next((c for c in noun.children if c.dep_ in ("acl", "relcl") and c.tag_ == "VB" and c.i > noun.i), None)
    if wanted is None or own_subject(wanted) is not None or not any(c.lower_ == "to" for c in wanted.children):
        return
    issue = clause(wanted)
    finite = next((t.i for t in issue[1:] if t.pos_ == "AUX" and t.tag_ in ("VBD", "VBZ", "VBP")), issue.end)
    issue = noun.doc[issue.start : finite]
    by = next((c for c in noun.children if c.lower_ in ("by", "from") and c.dep_ in ("prep", "agent")), None)
    holder = next((c for c in by.children if c.dep_ == "pobj"), None) if by is not None else None
    if holder is None:
        holder = next((c for c in noun.children if c.dep_ == "poss" and c.pos_ == "PROPN"), None)
    if holder is None and noun.dep_ == "dobj" and noun.head.lemma_.lower() in words("moving"):
        holder = own_subject(noun.head)
    if holder is not None and not negated(noun.head):
        yield Cue("for", issue, wanted, holder, passive=True)
