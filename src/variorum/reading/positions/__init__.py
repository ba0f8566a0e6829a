"""Who is for and against: stances by vote and by words."""

from __future__ import annotations

from variorum.model import Extent, Position, ReportedActor, Statement
from variorum.model.reading import PositionBasis
from variorum.reading.parsed import Paragraph, Parsed
from variorum.reading.positions.grammar import Taken
from variorum.reading.positions.holders import with_holders
from variorum.reading.positions.joint import Joint
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
    found: dict[tuple[Extent, Extent | None, int], Position] = {}
    before: Paragraph | None = None
    for paragraph in parsed.article:
        here = [
            _position(paragraph, taken, home, "words" if taken.announced else "vote")
            for taken, home in votes.read(paragraph)
        ]
        here += [
            _position(paragraph, taken, before if taken.above and before is not None else paragraph, "words")
            for taken in positions_by_words(paragraph, who, before)
        ]
        before = paragraph
        for position in here:
            key = (position.actor, position.issue, position.start)
            found.setdefault(key, position)
    return tuple(sorted(found.values(), key=lambda p: (p.start, p.end, p.actor, p.stance)))


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
