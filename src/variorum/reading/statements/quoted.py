"""A paragraph's quotations in tokens."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from variorum.model import Extent
from variorum.reading.statements.tree import Tree
from variorum.text.quotes import Quotation

FINAL = frozenset({".", "?", "!", "...", "…", ".."})
OPEN_END = frozenset({",", "?", "!", "-", "--", "—", "–", "...", "…", ";"})


@dataclass(slots=True)
class Quoted:
    """One outermost quotation of a paragraph in tokens, marks included."""

    first: int
    last: int
    quotation: Quotation
    inner_first: int
    inner_last: int
    extent: Extent


def quoted_tokens(tree: Tree, quotations: Sequence[Quotation], offset: int) -> list[Quoted]:
    """The outermost quotations as token ranges."""
    found = []
    i = 0
    for quotation in quotations:
        if quotation.depth:
            continue
        start, end = quotation.start + offset, quotation.end + offset
        while i < tree.size and tree.end[i] <= start:
            i += 1
        first = i
        while i < tree.size and tree.start[i] < end:
            i += 1
        if i == first:
            continue
        inner = [
            j for j in range(first, i) if any(c.isalnum() for c in tree.words[j]) or tree.words[j] in FINAL | OPEN_END
        ]
        if inner and not _nickname(tree, first, i - 1, inner):
            found.append(Quoted(first, i - 1, quotation, inner[0], inner[-1], Extent(start, end)))
    return found


def _nickname(tree: Tree, first: int, last: int, inner: list[int]) -> bool:
    """Whether marks stand around a byname between the parts of a name (Jane “JJ” Roe)."""
    if first == 0 or last + 1 >= tree.size or len(inner) > 2 or not all(tree.words[i][0].isupper() for i in inner):
        return False
    return tree.pos[first - 1] == "PROPN" and tree.words[last + 1][0].isupper()
