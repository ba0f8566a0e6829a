"""A statement as the search finds it, before anybody asks who its source is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from variorum.model import Extent
from variorum.reading.statements.tree import Tree


@dataclass(slots=True)
class Found:
    """A statement before its source is resolved."""

    tree: Tree
    cue: int
    content: list[Extent]
    frame: str
    top: int | None = None
    quotes: list[Extent] = field(default_factory=list)
    """The quotations that its content contains or is."""
    said_by: Extent | None = None
    """The words for who speaks, where their place gives them and no parse is needed."""
    region: Sequence[int] | None = None
    """For a quotation: the tokens beside it, among which its speaker must stand."""


def joined(pieces: Iterable[Extent]) -> list[Extent]:
    """Pieces in order, those that follow each other with nothing but a blank between made one."""
    whole: list[Extent] = []
    for piece in sorted(pieces):
        if whole and piece.start - whole[-1].end <= 1:
            whole[-1] = Extent(whole[-1].start, max(whole[-1].end, piece.end))
        else:
            whole.append(piece)
    return whole
