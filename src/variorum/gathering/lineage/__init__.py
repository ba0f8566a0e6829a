"""Lineage: which reports of a story descend from the same text."""

from __future__ import annotations

from collections.abc import Iterable

from variorum.model import Lineage, Origin, Report

__all__ = ["lineage"]


def lineage(reports: Iterable[Report]) -> Lineage:
    """Origins of the reports of one story."""
    every = tuple(reports)
    shingles = [_shingles(r.text) for r in every]
    home = list(range(len(every)))
    for j in range(len(every)):
        for i in range(j):
            small = min(len(shingles[i]), len(shingles[j]))
            if small and len(shingles[i] & shingles[j]) / small >= 0.2:
                old, new = home[j], home[i]
                home = [new if h == old else h for h in home]
    origins = tuple(
        Origin(reports=tuple(every[i].id for i in range(len(every)) if home[i] == h)) for h in sorted(set(home))
    )
    return Lineage(origins=origins, independent=len(origins))


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = text.lower().split()
    return {tuple(words[i : i + 5]) for i in range(len(words) - 4)}
