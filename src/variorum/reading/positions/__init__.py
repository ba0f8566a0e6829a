"""Who is for and against: stances by vote and by words."""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Span as DocSpan

from variorum.model import Position, ReportedActor, Statement
from variorum.model.reading import PositionBasis
from variorum.reading.parsed import Paragraph, Parsed
from variorum.reading.positions.bare import Topic
from variorum.reading.positions.grammar import Taken
from variorum.reading.positions.holders import with_holders
from variorum.reading.positions.joint import Joint
from variorum.reading.positions.knowledge import words as listed
from variorum.reading.positions.votes import Votes
from variorum.reading.positions.who import Who
from variorum.reading.positions.words import positions_by_words
from variorum.text.actor_index import ActorIndex

__all__ = ["find_positions", "with_holders"]


def find_positions(
    parsed: Parsed, actors: tuple[ReportedActor, ...], statements: tuple[Statement, ...]
) -> tuple[Position, ...]:
    """All positions of a report, in the order of the text: one for each actor and issue that the words state."""
    index = ActorIndex(actors)
    who = Who(index, statements, Joint(parsed, index))
    votes = Votes(who)
    found: list[Position] = []
    before: Paragraph | None = None
    topic = Topic()
    for paragraph in parsed.article:
        topic.paragraphs += 1
        cast = list(votes.read(paragraph))
        held = list(positions_by_words(paragraph, who, before, topic))
        for taken, home in cast:
            if taken.issue is None and (meant := topic.here() or topic.main) is not None:
                home, issue = meant
                taken = replace(taken, issue=issue)
            found.append(_position(paragraph, taken, home, "words" if taken.announced else "vote"))
        for taken in held:
            position = _position(paragraph, taken, taken.home or paragraph, "words")
            found.append(position)
            if topic.main is None and taken.issue is not None and _can_be_voted_on(taken.issue):
                topic.main = (taken.home or paragraph, taken.issue)
        before = paragraph
    return _each_once(found, index)


def _can_be_voted_on(issue: DocSpan) -> bool:
    """Whether an issue is a bill, a treaty, a deal or the like."""
    return any(t.lemma_.lower() in listed("vote_issues") | listed("signable") for t in issue)


def _each_once(found: list[Position], index: ActorIndex) -> tuple[Position, ...]:
    """Positions in the order of the text, each told once: of two of one actor by the same words, on issues of which one
    holds the other, the one on the lesser ("ready to support a truce": a truce)."""
    kept: list[Position] = []
    for position in sorted(found, key=lambda p: (p.start, p.end, p.actor, p.stance, _length(p))):
        actor = index.at(position.actor)
        same = [
            other
            for other in kept[-NEAR:]
            if other.stance == position.stance
            and other.extent.overlaps(position.extent)
            and (other.actor == position.actor or (actor is not None and index.at(other.actor) is actor))
            and (other.issue == position.issue or _holds(other, position) or _holds(position, other))
        ]
        if any(_length(other) <= _length(position) for other in same):
            continue
        kept = [other for other in kept if other not in same] + [position]
    return tuple(kept)


NEAR = 12
"""Positions before one that may be told by the same words."""


def _length(position: Position) -> int:
    return position.issue.end - position.issue.start if position.issue is not None else 0


def _holds(outer: Position, inner: Position) -> bool:
    return outer.issue is not None and inner.issue is not None and outer.issue.covers(inner.issue)


def _position(paragraph: Paragraph, taken: Taken, home: Paragraph, basis: PositionBasis) -> Position:
    words = paragraph.extent(paragraph.doc[taken.start : taken.end])
    return Position(
        actor=taken.actor,
        stance=taken.stance,
        issue=home.extent(taken.issue) if taken.issue is not None else None,
        basis=basis,
        start=words.start,
        end=words.end,
    )
