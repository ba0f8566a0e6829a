"""Look-up over a report's statements: who is it that says what stands here?"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from variorum.model import Extent, Statement


class Attributed:
    """The statements of one report that have a source, by the extents of their content."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        pieces = [(piece, s) for s in statements if s.source is not None and not s.negated for piece in s.content]
        self._pieces = sorted(pieces, key=lambda pair: (pair[0].start, pair[0].end))
        self._starts = [piece.start for piece, _ in self._pieces]
        self._longest = max((piece.end - piece.start for piece, _ in pieces), default=0)

    def over(self, extent: Extent) -> Statement | None:
        """The statement that governs an extent most closely: of those whose content covers it, the shortest."""
        best: tuple[int, int] | None = None
        found: Statement | None = None
        for at in range(bisect_right(self._starts, extent.start) - 1, -1, -1):
            piece, statement = self._pieces[at]
            if piece.start + self._longest < extent.end:
                break
            size = (piece.end - piece.start, -piece.start)
            if piece.covers(extent) and (best is None or size < best):
                best, found = size, statement
        return found
