"""What a number without a noun behind it counts: "driven 10 million from their homes", "755,000 who are at risk"."""

from __future__ import annotations

from itertools import islice
from typing import NamedTuple

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from variorum.reading.figures.words import NOUNS, SUBJECTS, noun_words, table, word_set

HIGHEST = 5
"""Steps up the parse in which the verb that changes a sum is looked for."""
LONGEST_TAIL = 6
"""Tokens of a phrase that completes a verb ("from their homes")."""
PARTS = frozenset({"them", "whom", "which", "those", "these", "it"})


class Told(NamedTuple):
    """What the words around a bare number tell of the things it counts."""

    what: str | None
    people: bool = False
    """Whether only people can be so."""
    points_back: bool = False
    """Whether it counts what the figure before it counts ("put the number at 600", "200 of them")."""


def told_of(doc: Doc, span: DocSpan) -> Told | None:
    """What the number ``span`` counts, by its verb, its complement or what it points back to; None where nothing tells."""
    token = span.root
    found = (
        _part(doc, span)
        or _suffered(token)
        or _aboard(token)
        or _predicate(token)
        or _put_at(token)
        or _revised(token)
        or _listed(token)
    )
    if found is not None:
        return found
    follows = doc[span.end] if span.end < len(doc) else None
    if follows is not None and follows.lower_ in ("more", "others"):
        verb = _verb_above(token)
        return Told(None if verb is None else table("done_to_people").get(verb.lemma_.lower()), points_back=True)
    if follows is not None and follows.lower_ in word_set("needs"):
        return Told(doc[span.end : min(span.end + 2, len(doc))].text)
    if follows is not None and follows.dep_ in ("acl", "pcomp", "amod", "advcl") and follows.tag_ in ("VBN", "VBG"):
        return Told(follows.text)
    return None


def _part(doc: Doc, span: DocSpan) -> Told | None:
    """ "15 of them children", "17 of whom were in hospital", "of which 200"."""
    at = span.end
    if at + 1 < len(doc) and doc[at].lower_ == "of" and doc[at + 1].lower_ in PARTS:
        behind = doc[at + 2] if at + 2 < len(doc) else None
        if behind is not None and behind.tag_ in NOUNS:
            return Told(behind.text)
        return Told(
            _said_of_them(span.root) or (behind.text if behind is not None and behind.tag_ == "VBN" else None),
            points_back=True,
        )
    if doc[at : at + 2].text.lower() == "of the" and at + 2 < len(doc):
        state = doc[at + 2]
        return Told(state.text, people=True) if state.lower_ in word_set("states_of_people") else None
    before = doc[max(0, span.start - 2) : span.start]
    scored = doc[max(0, span.start - 5) : span.start]
    to = next((t.i for t in reversed(list(scored)) if t.lower_ == "to"), span.start)
    if (
        to < span.start
        and not any(t.is_punct for t in doc[to : span.start])
        and any(t.lemma_.lower() in word_set("scored") for t in scored)
    ):
        return Told(None, points_back=True)  # "201 votes to 12"
    if len(before) == 2 and before[0].lower_ == "of" and before[1].lower_ in PARTS:
        return Told(None, points_back=True)
    return None


def _said_of_them(token: Token) -> str | None:
    verb = token.head
    return _complement(verb) if token.dep_ in SUBJECTS and verb.pos_ in ("VERB", "AUX") else None


def _suffered(token: Token) -> Told | None:
    """ "forced 15,000 to flee": what those counted are made to do."""
    verb = _verb_above(token)
    if verb is None or token.dep_ != "dobj":
        return None
    done = table("moved_people").get(verb.lemma_.lower())
    if done is None:
        return None
    for child in verb.children:
        if child.i > token.i and child.dep_ in ("prep", "xcomp", "advcl") and child.lower_ not in ("in", "on", "since"):
            return Told(f"{done} {_tail(child)}", people=True)
    return Told(done, people=True)


def _tail(child: Token) -> str:
    start = child.left_edge.i
    inner = [c for c in child.children if c.dep_ in ("pobj", "dobj") and c.i > child.i]
    end = (inner[0].i if inner else child.i) + 1
    return child.doc[start : min(end, start + LONGEST_TAIL)].text


def _aboard(token: Token) -> Told | None:
    """ "carried 60", "had 35 aboard", "60 on board"."""
    doc, at = token.doc, token.i + 1
    if at < len(doc) and (doc[at].lower_ == "aboard" or doc[at : at + 2].text.lower() in ("on board", "on-board")):
        return Told("people on board", people=True)
    verb = _verb_above(token)
    if verb is not None and token.dep_ == "dobj" and verb.lemma_.lower() in word_set("carrying"):
        return Told("people on board", people=True)
    return None


def _predicate(token: Token) -> Told | None:
    """ "90 were still missing", "6.4 million voted", "755,000 who are on the brink of starvation"."""
    verb = token.head if token.dep_ in SUBJECTS else _verb_behind_bound(token)
    for child in token.children:
        if child.dep_ == "relcl" and any(c.lower_ in ("who", "that") and c.dep_ in SUBJECTS for c in child.children):
            verb = child
    if verb is None or verb.pos_ not in ("VERB", "AUX"):
        return None
    words = _complement(verb)
    if words is None:
        return None
    people = (
        words.split()[-1] in word_set("states_of_people")
        or any(c.lower_ == "who" for c in verb.children)
        or verb.lemma_.lower() in table("done_by_people")
        or (any(c.dep_ == "auxpass" for c in verb.children) and verb.lemma_.lower() in table("done_to_people"))
    )
    return Told(words, people=people)


def _verb_behind_bound(token: Token) -> Token | None:
    """The verb of "Over 70,000 were moved", where the bound is taken for a preposition and the verb has no subject."""
    prep = token.head
    if token.dep_ != "pobj" or prep.lower_ not in word_set("bounds_like_prepositions") or prep.head.i < token.i:
        return None
    verb = prep.head
    return None if any(c.dep_ in SUBJECTS for c in verb.children) else verb


def _complement(verb: Token) -> str | None:
    """A predicate in few words: "missing", "on the brink of starvation", "need help", "voted"."""
    if verb.lemma_.lower() in word_set("saying_nothing"):
        completing = ("acomp", "prep", "oprd")
        child = next((c for c in verb.children if c.dep_ in completing and c.i > verb.i), None)
        if child is None:
            return None
        inner = next((c for c in child.children if c.dep_ == "pobj"), None)
        if inner is None:
            return child.text if child.dep_ != "prep" else None
        return child.doc[child.i : min(inner.right_edge.i + 1, child.i + LONGEST_TAIL)].text
    thing = next((c for c in verb.children if c.dep_ in ("dobj", "acomp") and c.i > verb.i), None)
    if thing is None:
        return verb.text
    return f"{verb.text} {noun_words(thing) if thing.pos_ == 'NOUN' else thing.text}"


def _put_at(token: Token) -> Told | None:
    """ "put the crowd at 8,000" tells the crowd, "put the number at 8,000" and "spoke of 8,000" point back."""
    prep = token.head
    if token.dep_ != "pobj" or prep.lower_ not in ("at", "of"):
        return None
    verb = prep.head
    if verb.lemma_.lower() in word_set("speaking_of") and prep.lower_ == "of":
        return Told(None, points_back=True)
    thing = next((c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")), None)
    if thing is None or verb.lemma_.lower() not in word_set("putting"):
        return None
    return summed(thing)


def _revised(token: Token) -> Told | None:
    """ "lowered the death toll to 68", "brought the number of wounded to 90": what is changed, not who changes it."""
    prep = token.head
    if token.dep_ != "pobj" or prep.lower_ != "to":
        return None
    verb = next((t for t in islice(prep.ancestors, HIGHEST) if t.pos_ == "VERB"), None)
    if verb is None or verb.lemma_.lower() not in word_set("revising"):
        return None
    thing = next((c for c in verb.children if c.dep_ in ("dobj", "nsubjpass") and c.i < token.i), None)
    return summed(thing) if thing is not None and thing.lemma_.lower() in word_set("sums") else None


def _listed(token: Token) -> Told | None:
    """ "its manifest listed only 241": a paper's bare number is of what the figure before it counts."""
    verb = _verb_above(token)
    if verb is None or token.dep_ != "dobj" or verb.lemma_.lower() not in word_set("listing"):
        return None
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    papers = subject is not None and subject.lemma_.lower() in word_set("papers")
    return Told(None, points_back=True) if papers else None


def summed(noun: Token) -> Told:
    """What a sum is of: "wounded" for "the number of wounded"; "the number" alone points back."""
    if noun.lemma_.lower() not in word_set("sums") or noun.lower_ in ("toll", "count", "tally"):
        return Told(noun_words(noun))
    of = next((c for c in noun.children if c.lower_ == "of"), None)
    inner = next((c for c in of.children if c.dep_ in ("pobj", "pcomp")), None) if of is not None else None
    if inner is None:
        own = any(c.dep_ in ("compound", "amod", "poss") for c in noun.children)
        return Told(noun_words(noun)) if own else Told(None, points_back=True)
    done = next((c.text for c in inner.children if c.dep_ == "acl" and c.tag_ == "VBN" and c.i == inner.i + 1), None)
    words = noun_words(inner) if inner.pos_ in ("NOUN", "PROPN") else inner.text
    if inner.lower_ == "those" and inner.right_edge.i > inner.i:
        words = inner.doc[inner.i + 1 : min(inner.right_edge.i + 1, inner.i + LONGEST_TAIL)].text
    return Told(f"{words} {done}" if done else words)


def _verb_above(token: Token) -> Token | None:
    return token.head if token.head.pos_ == "VERB" else None
