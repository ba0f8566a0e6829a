"""Positions taken by vote, ellipsis included: "X voted for the resolution. Y voted no, while Z abstained"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from variorum.model import Extent
from variorum.model.reading import Stance
from variorum.reading.parsed import Paragraph
from variorum.reading.positions.grammar import Taken, has_auxiliary, negated
from variorum.reading.positions.issues import clause, phrase
from variorum.reading.positions.knowledge import OPPOSITE, verb_frames, words
from variorum.reading.positions.rollcall import Side, sides
from variorum.reading.positions.who import Who, subject_of
from variorum.reading.sentences import sentence_of

LONGEST_ADDED = 15
"""Tokens of what is told with a vote."""
FARTHEST_ECHO = 40
"""Tokens behind a vote in which others are said to have done the same."""


class Votes:
    """The votes of one report, read in order: an elliptic vote is on the issue of the vote before it."""

    def __init__(self, who: Who) -> None:
        self._who = who
        self._last: tuple[Paragraph, DocSpan] | None = None

    def read(self, paragraph: Paragraph) -> Iterator[tuple[Taken, Paragraph]]:
        """Each vote with the paragraph that its issue stands in."""
        called: set[Extent] = set()
        for token in paragraph.doc:
            if token.is_sent_start or token.i == 0:
                called = set()
                for side in sides(paragraph, sentence_of(token), self._who.index):
                    called.update(side.names)
                    yield from self._called(paragraph, side)
            found = _vote(token)
            announced = False
            if found is None:
                found = _to_be_cast(token)
                announced = found is not None
            if found is None:
                on = _prepositional(token, ("on",)) if token.lemma_ == "vote" else None
                if (matter := on or _carried(token)) is not None:
                    self._last = (paragraph, matter)
                continue
            stance, issue = found
            if issue is not None:
                self._last = (paragraph, issue)
            subject = subject_of(token)
            if subject is not None:
                last = _cue_end(token)
                if issue is not None and 0 <= issue.start - last < 8:
                    last = issue.end - 1
                last = max(last, _told_with_it(token))
                for taken, home in self._taken(paragraph, stance, subject, token.i, last, called):
                    yield (replace(taken, announced=announced) if announced else taken), home
            for echo in _echoes(token):
                yield from self._taken(paragraph, stance, echo, echo.head.i, echo.head.i, called)

    def _called(self, paragraph: Paragraph, side: Side) -> Iterator[tuple[Taken, Paragraph]]:
        issue = _at_stake(sentence_of(paragraph.doc[side.start]))
        if issue is not None:
            self._last = (paragraph, issue)
        home = self._last
        for name in side.names:
            taken = Taken(name, side.stance, home[1] if home else None, side.start, side.end)
            yield taken, home[0] if home else paragraph

    def _taken(
        self, paragraph: Paragraph, stance: Stance, subject: Token, first: int, last: int, called: set[Extent]
    ) -> Iterator[tuple[Taken, Paragraph]]:
        home = self._last
        start, end = min(subject.left_edge.i, first), max(subject.i, last) + 1
        for holder in self._who.holders(paragraph, subject, act=True):
            if holder.extent in called:
                continue
            yield Taken(holder.extent, stance, home[1] if home else None, start, end), home[0] if home else paragraph


def _told_with_it(vote: Token) -> int:
    """The last token of what a vote's own words add: "with its 24 deputies", "as did two of its allies"."""
    last = vote.i
    for child in vote.children:
        with_whom = child.dep_ == "prep" and child.lower_ in ("with", "alongside")
        if child.i > vote.i and (with_whom or (child.dep_ == "advcl" and child.lower_ == "did")):
            edge = child.right_edge.i
            last = max(last, edge if edge - child.i < LONGEST_ADDED else child.i)
    return last


def _echoes(vote: Token) -> Iterator[Token]:
    """Subjects of "as did Peru and Chile", "so did …" behind a vote in its sentence."""
    for token in vote.doc[vote.i + 1 : min(sentence_of(vote).end, vote.i + FARTHEST_ECHO)]:
        if token.lower_ == "did" and token.doc[token.i - 1].lower_ in ("as", "so"):
            subject = next((c for c in token.children if c.dep_ in ("nsubj", "attr", "dobj") and c.i > token.i), None)
            if subject is not None:
                yield subject


def _vote(token: Token) -> tuple[Stance, DocSpan | None] | None:
    """The stance and the issue, if it is given, of a verb of voting."""
    if token.pos_ != "VERB":
        return None
    lemma = token.lemma_.lower()
    if has_auxiliary(token, "not_yet"):
        return None
    if lemma in words("casting"):
        return _cast(token)
    if lemma not in ("abstain", "veto", "vote"):
        return None
    if lemma == "abstain":
        return "abstained", _prepositional(token, ("from", "on", "in"))
    if lemma == "veto":
        head = next((c for c in token.children if c.dep_ == "dobj"), None)
        return ("against", _phrase(head)) if head is not None else None
    found = _direction(token)
    if found is None:
        return None
    stance, issue = found
    return (OPPOSITE.get(stance, stance) if negated(token) else stance), issue


def _to_be_cast(token: Token) -> tuple[Stance, DocSpan | None] | None:
    """ "will vote against the motion": a stance in words, if no condition is made."""
    if token.lemma_ not in ("vote", "abstain") or token.pos_ != "VERB" or not has_auxiliary(token, "announcing"):
        return None
    if has_auxiliary(token, "unsure") or any(
        t.lower_ in words("doubts") and t.dep_ == "mark" for c in (token, *token.children) for t in c.children
    ):
        return None
    if token.lemma_ == "abstain":
        return None if negated(token) else ("abstained", _prepositional(token, ("from", "on", "in")))
    found = _direction(token)
    return None if found is None else (OPPOSITE.get(found[0], found[0]) if negated(token) else found[0], found[1])


def _cast(verb: Token) -> tuple[Stance, DocSpan | None] | None:
    """ "cast the sole vote against it", "used its veto to block the draft"."""
    ballot = next((c for c in verb.children if c.dep_ == "dobj"), None)
    if ballot is None or negated(verb):
        return None
    if ballot.lemma_.lower() == "veto":
        blocked = next((c for c in verb.children if c.dep_ in ("xcomp", "advcl") and c.tag_ == "VB"), None)
        head = next((c for c in blocked.children if c.dep_ == "dobj"), None) if blocked is not None else None
        return "against", _phrase(head)
    if ballot.lemma_.lower() not in words("ballots"):
        return None
    return _direction(ballot) or _direction(verb)


def _voted_on(sentence: DocSpan) -> DocSpan | None:
    """The resolution, bill or motion that a sentence about a vote names."""
    head = next((t for t in sentence if t.pos_ == "NOUN" and t.lemma_.lower() in words("vote_issues")), None)
    return phrase(head) if head is not None else None


def _at_stake(sentence: DocSpan) -> DocSpan | None:
    """What a sentence about a vote says is voted on: behind the verb ("voted 13-0 to renew the mission"), or by a noun."""
    for token in sentence:
        vote = _vote(token) if token.lemma_ == "vote" else None
        if vote is not None and vote[1] is not None:
            return vote[1]
    return _voted_on(sentence)


def _carried(token: Token) -> DocSpan | None:
    """ "adopted the resolution", "the bill was defeated"."""
    if token.pos_ != "VERB" or token.lemma_.lower() not in words("carrying"):
        return None
    thing = next((c for c in token.children if c.dep_ in ("dobj", "nsubjpass")), None)
    return phrase(thing) if thing is not None and thing.lemma_.lower() in words("vote_issues") else None


def _direction(vote: Token) -> tuple[Stance, DocSpan | None] | None:
    for child in vote.children:
        if child.i < vote.i:
            continue
        lower = child.lower_
        if lower in ("for", "against") and child.dep_ in ("prep", "advmod", "prt"):
            inner = next((c for c in child.children if c.dep_ == "pobj"), None)
            takes_up = inner is not None and inner.lower_ in words("taking_up")
            if lower == "for" and inner is not None and not takes_up and not _is_matter(inner):
                return None  # a vote for a person or a party is no position on a matter
            return ("for" if lower == "for" else "against"), _phrase(inner)
        if lower == "in":
            favour = next((c for c in child.children if c.lower_ in ("favor", "favour", "support")), None)
            if favour is not None:
                return "for", _of(favour)
        if lower in words("vote_for") | words("vote_against") and child.dep_ not in ("prep",):
            on = _prepositional(vote, ("on", "to"))
            return ("for" if lower in words("vote_for") else "against"), on
        if child.dep_ in ("xcomp", "advcl") and child.tag_ == "VB" and any(c.lower_ == "to" for c in child.children):
            return _to_do(child)
    return None


def _to_do(verb: Token) -> tuple[Stance, DocSpan | None]:
    """ "voted to reject the treaty" is against the treaty; "voted to leave" is for leaving."""
    frames = verb_frames().get(verb.lemma_.lower(), ())
    head = next((c for c in verb.children if c.dep_ == "dobj"), None)
    stance = next((f.stance for f in frames if not f.with_ and f.stance in ("for", "against")), None)
    if stance is not None and head is not None:
        return stance, phrase(head)
    return "for", clause(verb)


def _prepositional(verb: Token, prepositions: tuple[str, ...]) -> DocSpan | None:
    for child in verb.children:
        if child.lower_ in prepositions and child.dep_ == "prep":
            inner = next((c for c in child.children if c.dep_ == "pobj"), None)
            if inner is not None and _is_matter(inner):
                return phrase(inner)
    return None


def _of(noun: Token) -> DocSpan | None:
    of = next((c for c in noun.children if c.lower_ == "of"), None)
    return _phrase(next((c for c in of.children if c.dep_ == "pobj"), None)) if of is not None else None


def _phrase(head: Token | None) -> DocSpan | None:
    return phrase(head) if head is not None and head.pos_ != "PRON" else None


def _is_matter(head: Token) -> bool:
    return (
        head.pos_ == "NOUN"
        and head.ent_type_ not in ("PERSON", "DATE", "TIME")
        and head.lemma_.lower() not in words("actors")
    )


def _cue_end(token: Token) -> int:
    """The last token of "voted in favor", "voted no"."""
    last = token.i
    for child in token.children:
        if (
            child.i > token.i
            and child.i - token.i <= 3
            and child.lower_ in ("no", "yes", "in", "for", "against", "aye", "nay")
        ):
            last = max(last, child.i, *(c.i for c in child.children if c.lower_ in ("favor", "favour")), child.i)
    return last
