"""Stances told without their issue, which is the one spoken of before: "France is opposed, Poland has not made up its mind"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from variorum.model.reading import Stance
from variorum.reading.parsed import Paragraph
from variorum.reading.positions.grammar import Taken, has_auxiliary, negated, shared_subject
from variorum.reading.positions.issues import matter_before, phrase
from variorum.reading.positions.knowledge import words
from variorum.reading.positions.who import Who

REACH = 6
"""Paragraphs back in which the issue must have been spoken of."""


class Bare(NamedTuple):
    """A stance without its issue."""

    stance: Stance
    verb: Token
    last: int
    """The last token of the words that state it."""


@dataclass(slots=True)
class Topic:
    """What the positions told so far are on."""

    paragraphs: int = 0
    """Paragraphs begun."""
    _last: tuple[int, Paragraph, DocSpan] | None = None
    _paper: tuple[Paragraph, DocSpan] | None = None
    main: tuple[Paragraph, DocSpan] | None = None
    """What the first position on something that can be signed or voted on is on: in a report of a vote, what is voted on."""

    def told(self, paragraph: Paragraph, issue: DocSpan | None) -> None:
        """Note the issue of a position."""
        if issue is not None:
            self._last = (self.paragraphs, paragraph, issue)
            if any(t.lemma_.lower() in words("signable") for t in issue):
                self._paper = (paragraph, issue)

    def here(self) -> tuple[Paragraph, DocSpan] | None:
        """The issue told last in the paragraph at hand."""
        return self._last[1:] if self._last is not None and self._last[0] == self.paragraphs else None

    def paper(self) -> tuple[Paragraph, DocSpan] | None:
        """The issue told last of those that can be signed ("the pact")."""
        return self._paper

    def last(self, reach: int = REACH) -> tuple[Paragraph, DocSpan] | None:
        """The issue told last, in this paragraph or at most so many before it."""
        near = self._last is not None and self.paragraphs - self._last[0] <= reach
        return self._last[1:] if near and self._last is not None else None


def bare_stances(paragraph: Paragraph, who: Who, token: Token, topic: Topic) -> Iterator[Taken]:
    """The positions that a word states on what was spoken of before; none where nothing was.

    Args:
        paragraph: the paragraph at hand.
        who: finds who takes a position.
        token: any token.
        topic: what the positions before it are on.
    """
    found = _bare(token)
    if found is None or any(c.lower_ in words("doubts") and c.dep_ == "mark" for c in token.children):
        return
    subject = shared_subject(found.verb)
    if subject is None or has_auxiliary(found.verb, "unsure"):
        return
    signed = found.verb.lemma_.lower() in words("signing")
    issue = topic.paper() if signed else topic.here() or _matter(paragraph, found.verb) or topic.last() or topic.main
    if issue is None:
        return
    home, span = issue
    for holder in who.holders(paragraph, subject):
        if holder.public:
            first = min(subject.left_edge.i, found.verb.i)
            yield Taken(holder.extent, found.stance, span, first, found.last + 1, home=home)


def _matter(paragraph: Paragraph, verb: Token) -> tuple[Paragraph, DocSpan] | None:
    """The public matter of the sentence before."""
    noun = matter_before(verb, verb)
    return (paragraph, phrase(noun)) if noun is not None else None


def _bare(token: Token) -> Bare | None:
    lemma = token.lemma_.lower()
    if token.pos_ not in ("VERB", "AUX"):
        return None
    if lemma in words("copulas"):
        return _is_so(token)
    if (
        lemma in words("signing")
        and token.tag_ == "VB"
        and token.dep_ == "ccomp"
        and has_auxiliary(token, "announcing")
    ):
        alone = not negated(token) and not any(c.dep_ in ("dobj", "prt", "xcomp", "ccomp") for c in token.children)
        return Bare("for", token, token.i) if alone else None
    if lemma in words("leading"):
        resistance = next(
            (c for c in token.children if c.dep_ == "dobj" and c.lemma_.lower() in words("resistance")), None
        )
        alone = resistance is not None and not _goes_on(resistance) and not negated(token)
        return Bare("against", token, resistance.i) if alone and resistance is not None else None
    return _undecided(token, lemma)


def _is_so(verb: Token) -> Bare | None:
    """ "is opposed", "are in favour", "remains undecided", "is a strong backer"."""
    for child in verb.children:
        if child.i < verb.i or child.dep_ not in ("acomp", "prep", "attr", "oprd", "advmod"):
            continue
        stance = _bare_adjective(child)
        if stance is None or (stance != "undecided" and negated(verb)):
            continue
        favour = next((c.i for c in child.children if c.lower_ in ("favor", "favour")), child.i)
        return Bare(stance, verb, max(child.i, favour))
    return None


def _bare_adjective(word: Token) -> Stance | None:
    """The stance of an adjective or noun behind "is", if nothing behind it says on what."""
    if _goes_on(word):
        return None
    if word.lower_ == "in":
        favour = next((c for c in word.children if c.lower_ in ("favor", "favour")), None)
        return "for" if favour is not None and not _goes_on(favour) else None
    if word.dep_ == "attr" and word.tag_ in ("NN", "NNS"):
        if any(c.dep_ in ("compound", "poss") for c in word.children):
            return None  # "is a Rovers supporter"
        for stance, names in (("for", "backers"), ("against", "opponents")):
            if word.lemma_.lower() in words(names):
                return stance  # type: ignore[return-value]
        return None
    for stance, names in (("against", "bare_against"), ("for", "bare_for"), ("undecided", "bare_undecided")):
        if word.lower_ in words(names):
            return stance  # type: ignore[return-value]
    return None


def _goes_on(word: Token) -> bool:
    """Whether words behind a word say what it is on."""
    goes_on = ("prep", "xcomp", "ccomp", "acl", "relcl", "pcomp")
    told = any(c.i > word.i and c.dep_ in goes_on for c in word.children)
    return told or (word.lower_ != "in" and any(c.dep_ == "pobj" for c in word.children))


def _undecided(verb: Token, lemma: str) -> Bare | None:
    """ "has not made up its mind", "has taken no side", "has yet to decide"."""
    denied = negated(verb) or (verb.dep_ == "xcomp" and any(c.lower_ == "yet" for c in verb.head.children))
    for noun in verb.children:
        if noun.dep_ != "dobj" or f"{lemma} {noun.lemma_.lower()}" not in words("bare_reserves"):
            continue
        without = any(c.lower_ in ("no", "neither") for c in noun.children)
        told_on_what = any(c.i > noun.i and c.lower_ in ("on", "over", "about") for c in verb.children)
        if (denied or without) and not told_on_what and not _goes_on(noun):
            return Bare("undecided", verb.head if verb.dep_ == "xcomp" else verb, noun.i)
    return None
