"""Where something stands in a text. Everything else in the model rests on these two types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Extent(NamedTuple):
    """A stretch of one report's text: half-open, in code points. Written as ``[start, end]`` in JSON."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of ``text`` that this extent covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Extent) -> bool:
        """Whether the two share at least one code point."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Extent) -> bool:
        """Whether ``other`` lies wholly inside this extent."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """An extent together with the report that it lies in: the form that evidence takes in a record."""

    report: str
    """Id of the report."""
    start: int
    """First code point."""
    end: int
    """One past the last code point; always greater than ``start``."""

    @property
    def extent(self) -> Extent:
        """The same stretch without its report."""
        return Extent(self.start, self.end)
