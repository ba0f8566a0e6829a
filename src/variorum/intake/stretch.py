"""Where the article stands in a pasted page: the stretch of its paragraphs that prose outweighs furniture in.

Every paragraph gets a weight, prose above and buttons, links and menus below nothing; the article is the run of
paragraphs whose weights have the greatest sum (maximum subsequence segmentation: J. Pasternack and D. Roth,
"Extracting Article Text from the Web with Maximum Subsequence Segmentation", WWW 2009). So a box of links between two
halves of a story stays inside, and a thread of comments or a row of teasers behind it outside, though each holds
sentences.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from variorum.intake.pieces import BULLET, CLOCK, Piece, title_case

OF_ITEM = 0.2
"""The weight of an item of a list that bears its sign."""
LEAST_OF_ANNOUNCING = 3
"""Words of a line that goes on in the next, as before a list."""
MOST_OF_PROSE = 50
"""Words of a paragraph beyond which it weighs no more."""
OF_WORD, OF_SHORT, OF_OPEN, OF_KNOWN, OF_OPENER, OF_MARGIN = 0.09, 0.7, -0.7, -1.0, -2.0, -0.2
"""Weights: of a word of prose, of a short closed sentence, of a line that closes as no sentence does, of a line known for
furniture, of one that announces other stories, and of what stands within articles too (captions, credits, bylines)."""
MOST_AGAINST = -2.5
"""The weight of furniture in a row at most: a long box in the middle does not end a short article."""
_WITHIN = frozenset(("caption", "credit", "byline", "notice", "list"))


class Stretch(NamedTuple):
    """A run of paragraphs: the number of the first, and one past the last."""

    first: int
    end: int


def article_stretch(pieces: Sequence[Piece]) -> Stretch:
    """The run of paragraphs that the article lies in; all of them where none outweighs its furniture."""
    best, best_sum = Stretch(0, len(pieces)), 0.0
    listed = under_colons(pieces) | _parallel_runs(pieces)
    first, running, against, told = 0, 0.0, 0.0, 0
    for number, piece in enumerate(pieces):
        if running <= 0:
            first, running, against, told = number, 0.0, 0.0, 0
        step = max(0.0, weight(piece)) if number in listed else weight(piece)
        if step >= OF_SHORT:
            against, told = 0.0, told + 1
        elif step < 0 and told > 1:
            step = max(step, MOST_AGAINST - against)
            against += step
        running += step
        if running > best_sum:
            best, best_sum = Stretch(first, number + 1), running
    return best


def weight(piece: Piece) -> float:
    """What a paragraph speaks for (above 0) or against (below 0) the article's going on here."""
    line = piece.line
    if line.opener is not None:
        return OF_OPENER
    if piece.kind in _WITHIN or CLOCK.fullmatch(line.words):
        return OF_MARGIN
    if piece.kind is not None:
        return OF_KNOWN
    if BULLET.match(line.words):
        return OF_ITEM
    announces = line.words.endswith((":", ";", ",")) and line.word_count >= LEAST_OF_ANNOUNCING
    if (line.prose or announces) and not line.words.endswith(("…", "...")):
        return OF_WORD * min(line.word_count, MOST_OF_PROSE)
    if line.ends and not title_case(line.words):
        return OF_SHORT
    return OF_OPEN


MOST_UNDER_COLON = 12
"""Words of a line of a list or of a poem that a colon announces."""
LEAST_PARALLEL, PARALLEL = 4, 0.8
"""Lines in a row that hold the same sign between their parts, and the share of them that has to."""
_SIGNS = (": ", " – ", " — ", " -- ", " - ", " | ", " @ ", "; ")


def under_colons(pieces: Sequence[Piece]) -> frozenset[int]:
    """Numbers of the lines that an article announces by a colon: a list, or a poem. Buttons between them do not end it."""
    found: set[int] = set()
    under = False
    for number, piece in enumerate(pieces):
        line = piece.line
        if piece.kind is not None:
            under = under and piece.kind not in ("related", "teaser", "other") and line.opener is None
        elif line.words.endswith(":") and line.opener is None:
            under = line.word_count >= 2
        elif under and line.word_count <= MOST_UNDER_COLON and not line.prose:
            found.add(number)
        else:
            under = False
    return frozenset(found)


def is_parallel(run: Sequence[Piece]) -> bool:
    """Whether lines in a row are built alike, as those of a list of dates, results or shares are and headlines are not."""
    if len(run) < LEAST_PARALLEL:
        return False
    return any(sum(sign in p.line.words for p in run) >= PARALLEL * len(run) for sign in _SIGNS)


def _parallel_runs(pieces: Sequence[Piece]) -> frozenset[int]:
    found: set[int] = set()
    at = 0
    while at < len(pieces):
        first = at
        while at < len(pieces) and pieces[at].kind is None and not pieces[at].line.prose:
            at += 1
        if is_parallel(pieces[first:at]):
            found.update(range(first, at))
        at += 1
    return frozenset(found)
