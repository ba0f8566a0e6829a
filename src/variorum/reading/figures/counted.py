"""What a quantity counts or measures, read off the parse: the noun, its unit, and whether it is a figure at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from variorum.model.reading import FigureKind
from variorum.reading.figures.bounds import end_of_bound_behind
from variorum.reading.figures.quantities import Quantity
from variorum.reading.sentences import sentence_of
from variorum.text.tables import load_toml
from variorum.text.units import rate_after

NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
MODIFIERS = frozenset({"JJ", "JJR", "JJS", "VBN", "VBG", "HYPH", "AFX", "FW", "POS"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
OLD = re.compile(r"(?:\s?-\s?|\s)olds?\b", re.IGNORECASE)
AGO = re.compile(r"\sago\b", re.IGNORECASE)
LONGEST_PHRASE = 9
"""Tokens behind a number in which the noun that it counts is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What a quantity is of."""

    kind: FigureKind
    unit: str | None
    what: str | None
    head: Token
    """The noun counted, or the number itself."""
    start: int
    end: int
    """Stretch of the paragraph, number and noun together."""
    holds: int = 0
    """Numbers before this are part of what is counted ("two 737 Max jets")."""


@cache
def _table() -> dict[str, Any]:
    return load_toml("en/figures.toml")


@cache
def _set(name: str) -> frozenset[str]:
    return frozenset(_table()[name])


def count(doc: Doc, quantity: Quantity) -> Counted | None:
    """What ``quantity`` is of, or None where it is none of the world's: a name's part, a label, an age in passing."""
    span = doc.char_span(quantity.start, quantity.end, alignment_mode="expand")
    number = doc.char_span(quantity.number.start, quantity.number.end, alignment_mode="expand")
    if span is None or number is None:
        return None
    if quantity.unit is not None:
        return _measured(doc, quantity, span)
    if quantity.number.form == "words" and quantity.value == 1:
        return _single(doc, quantity, span)
    if quantity.hyphenated and (joined := _hyphenated(doc, quantity, span)) is not None:
        return joined
    begin = span.end
    if (behind := end_of_bound_behind(doc.text, quantity.end)) > quantity.end:
        bound = doc.char_span(quantity.end, behind, alignment_mode="expand")
        begin = bound.end if bound is not None else begin
    phrase = _phrase(doc, begin, vague=quantity.number.form in ("vague", "fraction"))
    if phrase is not None:
        return _counted(quantity, span, phrase)
    return _bare(doc, quantity, span)


# ---- measures, money, shares ----------------------------------------------------------------------


def _measured(doc: Doc, quantity: Quantity, span: DocSpan) -> Counted | None:
    unit = quantity.unit
    assert unit is not None
    name, kind = quantity.unit_name, unit.kind
    end = quantity.end
    old = OLD.match(doc.text, quantity.end)
    if unit.name in ("year", "month", "week", "day") and old is not None:
        name, kind, end = f"{unit.name} of age", "age", old.end()
    elif kind == "duration" and (_adjectival_duration(doc, quantity) or AGO.match(doc.text, quantity.end)):
        return None
    if quantity.number.form == "words" and quantity.value == 1 and kind == "duration":
        return None  # "one day" is a time more often than a length
    if unit.name == "point" and quantity.number.form == "words" and quantity.value == 1:
        return None
    head = span.root
    return Counted(
        kind=kind, unit=name, what=_topic(head), head=head, start=quantity.start, end=min(end, len(doc.text))
    )


def _adjectival_duration(doc: Doc, quantity: Quantity) -> bool:
    """ "a four-day tour" tells how long something else is."""
    return quantity.hyphenated and "-" in doc.text[quantity.number.end : quantity.number.end + 1]


def _topic(head: Token) -> str | None:
    """What an amount, share or measure is of: "of its revenue", "a fine of", "unemployment rose to"."""
    for child in head.children:
        if child.lower_ == "of" and child.i > head.i:
            inner = next((c for c in child.children if c.dep_ == "pobj"), None)
            if inner is not None:
                return _noun_words(inner)
    token = head
    for _ in range(4):
        parent = token.head
        if parent.i == token.i:
            break
        if token.dep_ in ("nmod", "compound", "amod", "nummod", "appos") and parent.pos_ in ("NOUN", "PROPN"):
            return _noun_words(parent)
        if parent.pos_ == "NOUN" and token.dep_ in ("prep", "pobj"):
            return _noun_words(parent)
        if parent.pos_ in ("VERB", "AUX"):
            subject = next((c for c in parent.children if c.dep_ in SUBJECTS), None)
            return _noun_words(subject) if subject is not None and subject.pos_ in ("NOUN", "PROPN") else None
        token = parent
    return None


def _noun_words(head: Token) -> str:
    """A noun with its modifiers and one "of" or "in" phrase, less articles and numbers."""
    left, opening = head.i, sentence_of(head).start
    while left > opening and head.i - left < 6:
        before = head.doc[left - 1]
        if (
            before.head.i < left
            or before.head.i > head.i
            or before.dep_ not in ("compound", "amod", "poss", "case", "nmod", "punct")
        ):
            break
        left -= 1
    right = head.i + 1
    for child in head.children:
        if child.i == head.i + 1 and child.lower_ in ("in", "of") and child.dep_ == "prep":
            inner = next((c for c in child.children if c.dep_ == "pobj"), None)
            if inner is not None and inner.i - head.i < 5:
                right = inner.i + 1
    words = head.doc[left:right]
    while len(words) > 1 and (words[0].pos_ in ("DET", "PUNCT", "PRON", "NUM") or words[0].lower_ in ("old", "-")):
        words = words[1:]
    return words.text


# ---- counts ---------------------------------------------------------------------------------------


def _hyphenated(doc: Doc, quantity: Quantity, span: DocSpan) -> Counted | None:
    """ "a 12-member council": the noun behind the hyphen is counted."""
    at = span.end + (span.end < len(doc) and doc[span.end].text == "-")
    if at >= len(doc) or doc[at].tag_ not in ("NN", "NNS") or doc[at].idx > quantity.end + 1:
        return None
    noun = doc[at]
    return Counted(
        kind="count", unit=noun.text, what=noun.text, head=noun, start=quantity.start, end=noun.idx + len(noun)
    )


def _single(doc: Doc, quantity: Quantity, span: DocSpan) -> Counted | None:
    """ "one" as a number: "one soldier", and "one of the largest …", a thing singled out."""
    token = span[0]
    before = doc[token.i - 1] if token.i > sentence_of(token).start else None
    if before is not None and before.lower_ in _set("before_pronoun_one"):
        return None
    follows = doc[span.end] if span.end < len(doc) else None
    if follows is None:
        return None
    if follows.lower_ == "of":
        phrase = _phrase(doc, span.end, vague=True)
        if phrase is None or phrase.root.tag_ not in ("NNS", "NNPS"):
            return None
        return _counted(quantity, span, phrase, kind="one")
    phrase = _phrase(doc, span.end, vague=False)
    if phrase is None or phrase.root.lower_ in _set("not_counted_with_one"):
        return None
    return _counted(quantity, span, phrase, kind="one")


def _phrase(doc: Doc, start: int, *, vague: bool) -> DocSpan | None:
    """The noun phrase that begins at a token behind a number: modifiers and head, without what follows the head."""
    at = start
    if (
        at < len(doc)
        and doc[at].lower_ == "of"
        and (vague or (at + 1 < len(doc) and doc[at + 1].lower_ in ("the", "these", "those")))
    ):
        at += 1
        while (
            at < len(doc)
            and doc[at].tag_ in ("DT", "PRP$", "PDT", "POS", "RBS")
            and doc[at].lower_ not in ("whom", "which")
        ):
            at += 1
        if at < len(doc) and (doc[at].lower_ == "most" or doc[at].tag_ == "CD"):
            at += 1
    begin = at
    head: Token | None = None
    while at < min(len(doc), begin + LONGEST_PHRASE):
        token = doc[at]
        if token.tag_ in NOUNS:
            head = token
            if not _goes_on(doc, at):
                break
        elif token.tag_ == "CC" and at > begin and at + 1 < len(doc) and _coordinates(doc, at):
            pass
        elif token.tag_ == "CD" and not vague and at + 1 < len(doc) and doc[at + 1].tag_ == "NNP":
            pass  # "two 737 Max jets"
        elif at == begin and token.lower_ in _set("before_times"):
            return None
        elif not _modifies(token, head):
            break
        at += 1
    return doc[begin : head.i + 1] if head is not None else None


def _modifies(token: Token, head: Token | None) -> bool:
    if token.tag_ in ("VBN", "VBG"):
        return token.dep_ not in ("acl", "ROOT", "advcl")
    return token.tag_ in MODIFIERS and not (token.tag_ == "POS" and head is None)


def _goes_on(doc: Doc, at: int) -> bool:
    """Whether a noun is only a modifier of a noun right behind it ("FA Cup finals", "Kia and Hyundai vehicles")."""
    token = doc[at]
    if at + 1 >= len(doc) or doc[at + 1].is_sent_start:
        return False
    follows = doc[at + 1]
    if follows.tag_ in ("HYPH", "POS"):
        return True
    if follows.tag_ == "CC":
        return _coordinates(doc, at + 1)
    if follows.tag_ in ("NN", "NNS") and token.tag_ == "NNP":
        return True
    if follows.tag_ in NOUNS:
        return token.dep_ in ("compound", "nmod", "amod", "poss") and token.head.i > at
    return follows.tag_ in ("JJ", "VBN") and token.dep_ in ("compound", "npadvmod") and token.head.i > at


def _coordinates(doc: Doc, at: int) -> bool:
    """Whether an "and" joins two modifiers of one noun behind them."""
    before, behind = doc[at - 1], doc[at + 1]
    return (
        before.tag_ in ("NNP", "JJ", "NN")
        and behind.tag_ in ("NNP", "JJ", "NN")
        and before.dep_ in ("compound", "amod", "nmod")
        and before.head.i > behind.i
    )


def _counted(quantity: Quantity, span: DocSpan, phrase: DocSpan, kind: FigureKind = "count") -> Counted | None:
    head = phrase[-1]
    doc = head.doc
    words = [t for t in phrase if t.tag_ in NOUNS]
    if _is_name(quantity, phrase, words):
        return None
    if quantity.number.form == "fraction":
        kind = "share"
    begin = phrase.start
    while begin < head.i and (
        doc[begin].tag_ in ("RBS", "JJR", "VBN", "VBG") or doc[begin].lower_ in _set("not_in_unit")
    ):
        begin += 1
    what = unit = doc[begin : head.i + 1].text
    if begin > phrase.start and doc[begin - 1].tag_ in ("VBN", "VBG"):
        what = f"{doc[begin - 1].text} {what}"
    left = doc[span.start - 1] if span.start > sentence_of(span[0]).start else None
    if (
        left is not None
        and left.tag_ == "JJ"
        and left.head.i == head.i
        and left.lower_ not in _set("not_before_number")
    ):
        what = unit = f"{left.text} {unit}"
    verb = _verb_of(head)
    end = head.idx + len(head)
    toll = _toll(head)
    rate = rate_after(doc.text, end)
    if rate is not None and doc.text[end : end + 5] == " per ":
        unit, end = f"{unit} per {rate[0]}", rate[1]
    if verb is not None:
        what = f"{what} {verb.text}"
        if 0 < verb.i - head.i <= 4:
            end = verb.idx + len(verb)
    elif (done := _done_to(head)) is not None:
        what = f"{what} {done}"
    elif toll is not None:
        what = f"{what}, {toll}"
    holds = head.idx if phrase.start == span.end else quantity.end
    return Counted(kind=kind, unit=unit, what=what, head=head, start=quantity.start, end=end, holds=holds)


def _is_name(quantity: Quantity, phrase: DocSpan, nouns: list[Token]) -> bool:
    """ "787 Dreamliner", "2019 Ballon d'Or", "49 Elm Road": digits before proper nouns alone are part of a name."""
    if quantity.number.form != "digits" or quantity.number.scale > 1 or isinstance(quantity.value, float):
        return False
    before = phrase.doc[phrase.start - 2] if phrase.start >= 2 else None
    if before is not None and before.tag_ == "NNP" and before.dep_ in ("compound", "nmod", "amod", "nummod"):
        return True  # "Core 2 Duo processor", "Curve 8900 smartphone"
    return all(t.tag_ == "NNP" for t in nouns)


def _verb_of(head: Token) -> Token | None:
    """The verb or participle that says what happened to those counted ("have died", "killed")."""
    for child in head.children:
        if child.dep_ == "acl" and child.tag_ == "VBN" and child.i == head.i + 1:
            return child
    if head.dep_ in SUBJECTS and head.head.pos_ == "VERB" and head.head.i > head.i:
        return head.head
    return None


def _done_to(head: Token) -> str | None:
    """What those counted did or suffered: "killed" for "an attack that killed 40 people", "died" for "40 died"."""
    if head.dep_ not in ("dobj", "nsubjpass", "nsubj", "conj", "appos"):
        return None
    above = head.head if head.dep_ in ("conj", "appos") else head
    verb = above.head
    if verb.pos_ != "VERB":
        return None
    kind = "done_by_people" if above.dep_ == "nsubj" else "done_to_people"
    done: str | None = _table()[kind].get(verb.lemma_.lower())
    return done


def _toll(head: Token) -> str | None:
    """The sum that a number is given for: "death toll in Peru" of "the death toll in Peru has topped 900 people"."""
    verb = head.head.head if head.dep_ == "pobj" else head.head
    if verb.pos_ != "VERB":
        return None
    subject = next((c for c in verb.children if c.dep_ == "nsubj" and c.i < head.i), None)
    if subject is None or subject.lemma_.lower() not in _set("sums"):
        return None
    return _noun_words(subject)


def _bare(doc: Doc, quantity: Quantity, span: DocSpan) -> Counted | None:
    """A number with no noun behind it: "15 died", "rose to 45"."""
    token = span.root
    first = span[0]
    before = doc[first.i - 1] if first.i > sentence_of(first).start else None
    follows = doc[span.end] if span.end < len(doc) else None
    if quantity.number.form == "fraction" and quantity.number.scale == 1:
        return Counted(kind="share", unit=None, what=_topic(token), head=token, start=quantity.start, end=quantity.end)
    if before is not None and before.pos_ == "PROPN" and quantity.number.scale == 1 and quantity.number.form != "vague":
        return None
    if (
        (
            before is not None
            and before.text in (",", "(")
            and follows is not None
            and follows.text in (",", ")", ".")
            and quantity.second is None
        )
        and quantity.number.form != "vague"
        and isinstance(quantity.value, int)
        and 0 < quantity.value < 120
    ):
        return None  # "Jane Doe, 66, …": an age in passing
    if quantity.number.form == "words" and before is not None and before.lower_ in _set("before_pronoun_number"):
        return None
    if quantity.number.form == "words" and quantity.hyphenated:
        return None
    if (
        before is not None
        and before.lower_ in ("or", "and")
        and quantity.number.form == "words"
        and quantity.value == 2
    ):
        return None  # "a week or two"
    if follows is not None and follows.lower_ in _set("states_of_people"):
        end = follows.idx + len(follows)
        return Counted(kind="count", unit="people", what=follows.text, head=token, start=quantity.start, end=end)
    if follows is not None and follows.tag_ in NOUNS and token.head.i == follows.i and follows.tag_ in ("NNP",):
        return None
    if (done := _done_to(token)) is not None and quantity.number.form != "fraction":
        return Counted(kind="count", unit="people", what=done, head=token, start=quantity.start, end=quantity.end)
    what = _toll(token) or _topic(token)
    return Counted(kind="number", unit=None, what=what, head=token, start=quantity.start, end=quantity.end)
