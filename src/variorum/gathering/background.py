"""How telling a term is: rare among news reports in general and among the reports at hand."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import NDArray

from variorum.gathering.words import term
from variorum.text.tables import load_text

BUCKETS = 1 << 20
"""Terms whose remainders by this are equal are counted together."""
_COMMON = 0.4
"""A word that stands in a larger share of articles than this is no evidence for anything ("said")."""

Terms = NDArray[np.uint32]
Weights = NDArray[np.float32]


@cache
def _shipped() -> tuple[NDArray[np.float32], float]:
    """Counts of the shipped table by bucket, and how many articles they were made over."""
    counts = np.zeros(BUCKETS, dtype=np.float32)
    for line in load_text("en/article_counts.tsv").splitlines():
        if line.startswith("#"):
            continue
        word, count = line.split("\t")
        counts[term(word) % BUCKETS] += float(count)
    counts.setflags(write=False)
    return counts, float(counts[term("the") % BUCKETS])


class TermCounts:
    """In how many reports a term stands: a table of English news to begin with, and every report added since.

    With three reports at hand the table speaks, with a million the reports themselves do.
    """

    def __init__(self) -> None:
        shipped, total = _shipped()
        self._counts = shipped.copy()
        self._total = total
        self._known: NDArray[np.bool_] | None = None
        self._ask: Callable[[NDArray[np.uint32]], NDArray[np.int64]] | None = None

    @classmethod
    def restored(cls, total: int, ask: Callable[[NDArray[np.uint32]], NDArray[np.int64]]) -> TermCounts:
        """The counts as they were after some reports, each looked up when it is first needed.

        Args:
            total: how many reports there were.
            ask: in how many of them each of some buckets (terms' remainders by ``BUCKETS``) stands. It may be asked later
                as well, when reports that were added here are among them.
        """
        made = cls()
        made._total += total
        made._known = np.zeros(BUCKETS, dtype=np.bool_)
        made._ask = ask
        return made

    def _looked_up(self, terms: Terms) -> Terms:
        """The buckets of terms, with their counts at hand."""
        buckets = terms % BUCKETS
        if self._known is not None and self._ask is not None:
            missing = np.unique(buckets[~self._known[buckets]]).astype(np.uint32)
            if len(missing):
                self._counts[missing] += self._ask(missing)
                self._known[missing] = True
        return buckets

    def add(self, terms: Terms) -> None:
        """Count one report's terms, each once."""
        self._counts[self._looked_up(terms)] += 1
        self._total += 1

    def weight(self, terms: Terms) -> Weights:
        """How telling each term is: the logarithm of one over the share of reports that have it; 0 for common words."""
        counts = self._counts[self._looked_up(terms)]
        weight = np.log((1 + self._total) / (0.5 + counts))
        weight[counts > _COMMON * self._total] = 0
        return np.asarray(weight, dtype=np.float32)


def general_weight(terms: Terms) -> Weights:
    """The same by the shipped table alone, so that it depends on nothing but the terms."""
    counts, total = _shipped()
    share = counts[terms % BUCKETS]
    weight = np.log((1 + total) / (0.5 + share))
    weight[share > _COMMON * total] = 0
    return np.asarray(weight, dtype=np.float32)
