"""Origins: reports that descend from one text, without letting a compilation chain two texts together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_matrix

from variorum.gathering.lineage.derivation import Judgement, agencies, judge
from variorum.gathering.lineage.prose import Prose, prose_of
from variorum.gathering.versions import versions
from variorum.model import Lineage, Origin, Report

_SHARED = 6
_SHARE = 0.02
"""Runs of three words, and share of the shorter report's runs, below which two reports are not compared."""
_PARTNERS = 40
"""Reports that one report is compared with: those it shares most with."""


def lineage(reports: Iterable[Report]) -> Lineage:
    """Who copied whom among the reports of one story.

    Args:
        reports: the reports of a story, in its order.

    Returns:
        Origins in the order of their first report, each with the derivations that hold it together (one for every
        report after its first) and the passages behind them. Reports of different origins are independent as far as
        their wording shows.
    """
    every = [prose_of(report) for report in reports]
    later = _versions(every)
    judgements = [
        _same_report(judgement) if (a, b) in later else judgement
        for a, b in _worth_comparing(every)
        if (judgement := judge(a, b, every[a], every[b])) is not None
    ]
    origins = tuple(
        _origin([every[n].report for n in group], [j for j in judgements if j.a in group and j.b in group], group)
        for group in _groups(len(every), judgements)
    )
    return Lineage(origins=origins, independent=len(origins))


def _versions(every: Sequence[Prose]) -> set[tuple[int, int]]:
    """Pairs of which one is the next version of the other."""
    numbers = {prose.report.id: n for n, prose in enumerate(every)}
    pairs = (pair for group in versions(prose.report for prose in every) for pair in pairwise(group))
    return {(min(a, b), max(a, b)) for a, b in ((numbers[x.id], numbers[y.id]) for x, y in pairs)}


def _same_report(judgement: Judgement) -> Judgement:
    """The judgement on two versions of one report: nothing that was changed makes a second report of it."""
    ground = f"two versions at one address; {judgement.derivation.ground}"
    return replace(judgement, strength=1.0, derivation=replace(judgement.derivation, degree="wholly", ground=ground))


def _worth_comparing(every: Sequence[Prose]) -> list[tuple[int, int]]:
    """Pairs that share some wording, by a count of their runs of three words."""
    if len(every) < 2:
        return []
    columns, place = np.unique(np.concatenate([p.grams for p in every]), return_inverse=True)
    rows = np.repeat(np.arange(len(every)), [len(p.grams) for p in every])
    have = csr_matrix((np.ones(len(rows), dtype=np.int32), (rows, place)), shape=(len(every), len(columns)))
    shared = (have @ have.T).tocsr()
    wanted: set[tuple[int, int]] = set()
    for a, prose in enumerate(every):
        others, counts = (
            shared.indices[shared.indptr[a] : shared.indptr[a + 1]],
            shared.data[shared.indptr[a] : shared.indptr[a + 1]],
        )
        partners = [
            (int(n), int(b))
            for b, n in zip(others, counts, strict=True)
            if b != a and n >= _SHARED and n >= _SHARE * min(len(prose.grams), len(every[b].grams))
        ]
        partners.sort(key=lambda p: (-p[0], p[1]))
        wanted.update((min(a, b), max(a, b)) for _, b in partners[:_PARTNERS])
    return sorted(wanted)


def _groups(count: int, judgements: Sequence[Judgement]) -> list[list[int]]:
    """Reports of one origin, the strongest derivations joined first.

    A group takes another in only where most pairs of the two are derived, so that a report made out of two texts does
    not make one of them.
    """
    derived = {(j.a, j.b) for j in judgements}
    home = {n: [n] for n in range(count)}
    for judgement in sorted(judgements, key=lambda j: (-j.strength, j.a, j.b)):
        one, other = home[judgement.a], home[judgement.b]
        if one is other:
            continue
        linked = sum((min(x, y), max(x, y)) in derived for x in one for y in other)
        pairs = len(one) * len(other)
        if 2 * linked > pairs or (judgement.whole and 2 * linked == pairs):
            one.extend(other)
            for n in other:
                home[n] = one
    seen: dict[int, list[int]] = {}
    for n in range(count):
        seen.setdefault(id(home[n]), sorted(home[n]))
    return list(seen.values())


def _origin(reports: Sequence[Report], judgements: Sequence[Judgement], group: Sequence[int]) -> Origin:
    credits = Counter(agency for report in reports for agency in agencies(report))
    behind = []
    for n in group[1:]:
        links = [j for j in judgements if j.b == n and j.a < n] or [j for j in judgements if n in (j.a, j.b)]
        behind.append(max(links, key=lambda j: (j.strength, -j.a, -j.b)))
    behind = list({(j.a, j.b): j for j in behind}.values())
    return Origin(
        reports=tuple(report.id for report in reports),
        credit=min(credits, key=lambda agency: (-credits[agency], agency)) if credits else None,
        passages=tuple(passage for j in behind for passage in j.passages),
        derivations=tuple(j.derivation for j in behind),
    )
