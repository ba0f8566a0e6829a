"""How telling a term is: rare among news reports in general and among the reports at hand."""

from __future__ import annotations

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

    @classmethod
    def restored(cls, buckets: NDArray[np.uint32], reports: NDArray[np.int64], total: int) -> TermCounts:
        """The counts as they were after some reports.

        Args:
            buckets: terms, or their remainders by ``BUCKETS``.
            reports: in how many reports each of them stands.
            total: how many reports there were.
        """
        made = cls()
        np.add.at(made._counts, buckets % BUCKETS, reports.astype(np.float32))
        made._total += total
        return made

    def add(self, terms: Terms) -> None:
        """Count one report's terms, each once."""
        self._counts[terms % BUCKETS] += 1
        self._total += 1

    def weight(self, terms: Terms) -> Weights:
        """How telling each term is: the logarithm of one over the share of reports that have it; 0 for common words."""
        counts = self._counts[terms % BUCKETS]
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
