"""A table of names as an index for finding them in a text, in one pass and without regard to the table's size."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Generic, TypeVar

from variorum.model import Extent

V = TypeVar("V")

_RUN = re.compile(r"(?<![\w-])[^\W_]+")
_TIGHT_RUN = re.compile(r"[^\W_]+")


class Gazetteer(Generic[V]):
    """Names with what they stand for, matched by whole words: "US-led" holds "US", "Georgian" no "Georgia".

    Args:
        table: names with their values; a name must open with a letter or digit.
        after_hyphen: whether a name may also stand after a hyphen ("Israel-Hamas").
    """

    def __init__(self, table: Mapping[str, V], *, after_hyphen: bool = True) -> None:
        starts: dict[str, list[tuple[str, V]]] = defaultdict(list)
        self._run = _TIGHT_RUN if after_hyphen else _RUN
        for surface, value in table.items():
            run = _RUN.match(surface)
            if run is not None:
                starts[run[0]].append((surface, value))
        for listed in starts.values():
            listed.sort(key=lambda pair: (-len(pair[0]), pair[0]))
        self._starts = dict(starts)

    def find(self, text: str) -> Iterator[tuple[Extent, V]]:
        """Every name in a text, the longest at each place, none inside another. Linear in the text."""
        taken_to = 0
        for run in self._run.finditer(text):
            listed = self._starts.get(run[0])
            at = run.start()
            if listed is None or at < taken_to:
                continue
            for surface, value in listed:
                end = at + len(surface)
                if text.startswith(surface, at) and not _goes_on(text, end, surface):
                    if surface.startswith(_ARTICLES) and self._longer_behind(text, at + len("the "), end):
                        break  # "the UN refugee agency" is no mention of "the UN"
                    yield Extent(at, end), value
                    taken_to = end
                    break

    def _longer_behind(self, text: str, at: int, end: int) -> bool:
        """Whether a name that starts behind an article reaches further than the one with it."""
        run = self._run.match(text, at)
        listed = self._starts.get(run[0], ()) if run is not None else ()
        return any(
            at + len(surface) > end and text.startswith(surface, at) and not _goes_on(text, at + len(surface), surface)
            for surface, _ in listed
        )


_ARTICLES = ("the ", "The ")


def _goes_on(text: str, end: int, surface: str) -> bool:
    """Whether the word goes on past the end of a match."""
    if end >= len(text):
        return False
    here = text[end]
    if here.isalnum() or here == "_" or (here == "." and len(surface) == 1):
        return True
    # "the West" is not in "the West Bank".
    return surface.startswith("the ") and here == " " and text[end + 1 : end + 2].isupper()
