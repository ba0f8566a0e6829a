"""What a quantity counts or measures, read off the parse: the noun, its unit, and whether it is a figure at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from variorum.model.reading import FigureKind
from variorum.reading.figures.bare import summed, told_of
from variorum.reading.figures.bounds import end_of_bound_behind
from variorum.reading.figures.quantities import Quantity
from variorum.reading.figures.words import NOUNS, SUBJECTS, noun_words, table, word_set
from variorum.reading.sentences import sentence_of
from variorum.text.units import rate_after

MODIFIERS = frozenset({"JJ", "JJR", "JJS", "VBN", "VBG", "HYPH", "AFX", "FW", "POS"})
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
    points_back: bool = False
    """Whether it counts what the figure before it counts ("police put the number at 60")."""
    holds: int = 0
    """Numbers before this are part of what is counted ("two 737 Max jets")."""


def count(doc: Doc, quantity: Quantity) -> Counted | None:
    """What ``quantity`` is of, or None where it is none of the world's: a name's part, a label, an age in passing."""
    span = doc.char_span(quantity.start, quantity.end, alignment_mode="expand")
    number = doc.char_span(quantity.number.start, quantity.number.end, alignment_mode="expand")
    if span is None or number is None:
        return None
    if quantity.side is not None:
        side, head = quantity.side, number.root
        return Counted(kind="count", unit="votes", what=side, head=head, start=quantity.start, end=quantity.end)
    if quantity.unit is not None:
        return _measured(doc, quantity, span)
    if quantity.number.form == "words" and quantity.value == 1:
        return _single(doc, quantity, span)
    if quantity.hyphenated and _shapes().match(doc.text, quantity.number.end):
        return None
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
        kind=kind,
        unit=name,
        what=_lasting(head) if kind == "duration" else _topic(head),
        head=head,
        start=quantity.start,
        end=min(end, len(doc.text)),
    )


def _adjectival_duration(doc: Doc, quantity: Quantity) -> bool:
    """ "a four-day tour" tells how long something else is."""
    return quantity.hyphenated and "-" in doc.text[quantity.number.end : quantity.number.end + 1]


def _lasting(head: Token) -> str | None:
    """What a length of time is the length of: "the siege lasted nine days"; anything else beside it is not."""
    verb = head.head
    return _subject_words(verb) if verb.lemma_.lower() in word_set("lasting") else None


def _topic(head: Token) -> str | None:
    """What an amount, share or measure is of: "of its revenue", "a fine of", "unemployment rose to", "in aid"."""
    for child in head.children:
        if child.lower_ in ("of", "in") and child.i > head.i:
            inner = next((c for c in child.children if c.dep_ == "pobj" and c.pos_ == "NOUN"), None)
            if inner is not None and (child.lower_ == "of" or inner.lemma_.lower() in word_set("kinds_of_money")):
                return noun_words(inner)
    token = head
    for _ in range(4):
        parent = token.head
        if parent.i == token.i:
            break
        converted = token.dep_ == "appos" and any(c.like_num for c in parent.children)  # "6 billion euros ($6.5 …)"
        if not converted and not any(ch.isdigit() for ch in parent.text):
            if token.dep_ in ("nmod", "compound", "amod", "nummod", "appos") and parent.pos_ in ("NOUN", "PROPN"):
                return noun_words(parent)
            if parent.pos_ == "NOUN" and token.dep_ in ("prep", "pobj"):
                return noun_words(parent)
        if parent.pos_ in ("VERB", "AUX"):
            return _given(parent, token) or _subject_words(parent)
        token = parent
    return None


def _given(verb: Token, amount: Token) -> str | None:
    """ "pledged to the families of the victims": what money is given for, rather than who gives it."""
    done = table("giving").get(verb.lemma_.lower())
    if done is None or amount.dep_ not in ("dobj", "nsubjpass", "npadvmod", "dative"):
        return None
    for holder in (verb, amount):
        for child in holder.children:
            inner = next((c for c in child.children if c.dep_ == "pobj"), None)
            if child.lower_ in ("to", "for", "towards", "toward") and child.dep_ in ("prep", "dative") and inner:
                return f"{done} {child.lower_} {noun_words(inner)}"
    return done


def _subject_words(verb: Token) -> str | None:
    """The thing that an amount is said of; who pays or tells it is no such thing."""
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    if subject is None or subject.pos_ != "NOUN" or verb.lemma_.lower() in table("attribution")["verbs"]:
        return None
    if subject.lemma_.lower() in word_set("doers"):
        return None
    return summed(subject).what or noun_words(subject)


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


@cache
def _shapes() -> re.Pattern[str]:
    """What a number joined by a hyphen says of the look of a thing and not of how many there are ("six-pointed")."""
    return re.compile(rf"-(?:\w+ed|{'|'.join(sorted(word_set('shapes')))})\b")


def _single(doc: Doc, quantity: Quantity, span: DocSpan) -> Counted | None:
    """ "one" as a number: "one soldier", and "one of the largest …", a thing singled out."""
    token = span[0]
    before = doc[token.i - 1] if token.i > sentence_of(token).start else None
    if before is not None and before.lower_ in word_set("before_pronoun_one"):
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
    if phrase is None or phrase.root.lower_ in word_set("not_counted_with_one"):
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
    if at < len(doc) and doc[at].lower_ in word_set("needs"):
        return None  # "2 million need help", the verb often taken for a noun
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
        elif at == begin and token.lower_ in word_set("before_times"):
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
        doc[begin].tag_ in ("RBS", "JJR", "VBN", "VBG") or doc[begin].lower_ in word_set("not_in_unit")
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
        and left.lower_ not in word_set("not_before_number")
    ):
        what = unit = f"{left.text} {unit}"
    whole = _whole(head)
    verb = _verb_of(whole)
    end = head.idx + len(head)
    toll = _toll(head)
    rate = rate_after(doc.text, end)
    if rate is not None and doc.text[end : end + 5] == " per ":
        unit, end = f"{unit} per {rate[0]}", rate[1]
    if verb is not None:
        state = next((c.text for c in verb.children if c.dep_ == "acomp" and c.i > verb.i), None)
        what = f"{what} {verb.text} {state}" if state is not None else f"{what} {verb.text}"
        if 0 < verb.i - head.i <= 4:
            end = verb.idx + len(verb)
    elif (need := _need(whole)) is not None:
        what = f"{what} {need}"
    elif (done := _done_to(whole)) is not None:
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


def _whole(head: Token) -> Token:
    """The word that stands in the clause for "thousands of people"."""
    of = head.head
    if head.dep_ == "pobj" and of.lower_ == "of" and (of.head.like_num or of.head.lemma_.lower() in word_set("lots")):
        return of.head
    return head


def _verb_of(head: Token) -> Token | None:
    """The verb or participle that says what happened to those counted ("have died", "killed")."""
    for child in head.children:
        if child.dep_ == "acl" and child.tag_ == "VBN" and child.i == head.i + 1:
            return child
    verb = head.head
    if head.dep_ not in SUBJECTS or verb.pos_ != "VERB" or verb.i < head.i:
        return None
    if verb.lemma_.lower() in table("attribution")["verbs"]:
        return None
    governs = any(c.dep_ in ("dobj", "ccomp", "xcomp", "dative") for c in verb.children)
    return None if governs and head.dep_ == "nsubj" else verb


def _need(head: Token) -> str | None:
    """ "faced acute hunger" of those who are its subject."""
    verb = head.head
    if head.dep_ != "nsubj" or verb.lemma_.lower() not in word_set("needs"):
        return None
    thing = next((c for c in verb.children if c.dep_ == "dobj" and c.pos_ == "NOUN"), None)
    return f"{verb.text} {noun_words(thing)}" if thing is not None else None


def _done_to(head: Token) -> str | None:
    """What those counted did or suffered: "killed" for "an attack that killed 40 people", "died" for "40 died"."""
    if head.dep_ not in ("dobj", "nsubjpass", "nsubj", "conj", "appos"):
        return None
    above = head.head if head.dep_ in ("conj", "appos") else head
    verb = above.head
    if verb.pos_ != "VERB":
        return None
    lemma = verb.lemma_.lower()
    if above.dep_ == "nsubj":
        return table("done_by_people").get(lemma)
    return table("done_to_people").get(lemma) or (
        table("done_to_things").get(lemma) if head.pos_ in ("NOUN", "NUM") else None
    )


def _toll(head: Token) -> str | None:
    """The sum that a number is given for: "death toll in Peru" of "the death toll in Peru has topped 900 people"."""
    verb = head.head.head if head.dep_ == "pobj" else head.head
    if verb.pos_ != "VERB":
        return None
    subject = next((c for c in verb.children if c.dep_ == "nsubj" and c.i < head.i), None)
    if subject is None or subject.lemma_.lower() not in word_set("sums"):
        return None
    return summed(subject).what


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
    if quantity.number.form == "words" and before is not None and before.lower_ in word_set("before_pronoun_number"):
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
    if follows is not None and follows.lower_ in word_set("states_of_people"):
        end = follows.idx + len(follows)
        return Counted(kind="count", unit="people", what=follows.text, head=token, start=quantity.start, end=end)
    if follows is not None and follows.tag_ in NOUNS and token.head.i == follows.i and follows.tag_ in ("NNP",):
        return None
    told = told_of(doc, span) if quantity.number.form != "fraction" else None
    if told is not None and (told.what is not None or told.points_back):
        return Counted(
            kind="count" if told.people else "number",
            unit="people" if told.people else None,
            what=told.what,
            head=token,
            start=quantity.start,
            end=quantity.end,
            points_back=told.points_back,
        )
    if (done := _done_to(token)) is not None and quantity.number.form != "fraction":
        return Counted(kind="count", unit="people", what=done, head=token, start=quantity.start, end=quantity.end)
    what = _toll(token)
    if what is None and token.dep_ != "dobj":  # what does something to 300 is not what is counted
        what = _topic(token)
    return Counted(kind="number", unit=None, what=what, head=token, start=quantity.start, end=quantity.end)
