"""Origins: reports that descend from one text, without letting a compilation chain two texts together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from zlib import crc32

import numpy as np
from scipy.sparse import csr_matrix

from variorum.gathering.lineage.derivation import Judgement, agencies, judge
from variorum.gathering.lineage.prose import Flags, Prose, prose_of
from variorum.gathering.versions import versions
from variorum.model import Derivation, Lineage, Origin, Report

_SHARED = 6
_SHARE = 0.02
"""Runs of three words, and share of the shorter report's runs, below which two reports are not compared."""
_NEAREST = 12
"""Reports that one report is compared with as it shares most with them."""
_DRAWN = 12
"""Further ones, drawn without regard to what they share, so that the derived ones among them tell how many there are among
all. Up to 25 reports all are compared; beyond, the cost of a story grows with its size and not with the square of it."""
_LEAST_DRAWN = 6
"""Drawn pairs between two groups from which they stand for all of them."""


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Squares over the reports: which pairs share wording worth comparing, which are compared, which of them were drawn."""

    worth: Flags
    compared: Flags
    drawn: Flags


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
    pairs = _worth_comparing(every)
    compared = {(a, b): judge(a, b, every[a], every[b]) for a, b in np.argwhere(np.triu(pairs.compared)).tolist()}
    judged = {pair: judgement for pair, judgement in compared.items() if judgement is not None}
    judged |= {pair: _same_report(every, pair, earlier, judged.get(pair)) for pair, earlier in later.items()}
    judgements = [judged[pair] for pair in sorted(judged)]
    origins = tuple(
        _origin([every[n].report for n in group], [j for j in judgements if j.a in group and j.b in group], group)
        for group in _groups(len(every), judgements, pairs, later)
    )
    return Lineage(origins=origins, independent=len(origins))


def _versions(every: Sequence[Prose]) -> dict[tuple[int, int], str]:
    """Pairs of which one is the next version of the other, with the id of the earlier."""
    numbers = {prose.report.id: n for n, prose in enumerate(every)}
    found: dict[tuple[int, int], str] = {}
    for group in versions(prose.report for prose in every):
        for earlier, later in pairwise(group):
            a, b = sorted((numbers[earlier.id], numbers[later.id]))
            found[a, b] = earlier.id
    return found


def _same_report(every: Sequence[Prose], pair: tuple[int, int], earlier: str, judgement: Judgement | None) -> Judgement:
    """The judgement on two versions of one report: nothing that was changed makes a second report of it."""
    ground = "two versions at one address"
    if judgement is not None:
        ground += f"; {judgement.derivation.ground}"
        return replace(
            judgement, strength=1.0, derivation=replace(judgement.derivation, degree="wholly", ground=ground)
        )
    a, b = (every[n].report.id for n in pair)
    derivation = Derivation(
        a=a, b=b, degree="wholly", earlier=earlier, ground=f"{ground}; little of the wording was kept"
    )
    return Judgement(a=pair[0], b=pair[1], strength=1.0, derivation=derivation, passages=())


def _worth_comparing(every: Sequence[Prose]) -> _Pairs:
    """Pairs that share some wording, by a count of their runs of three words, and those of them that are compared."""
    empty = np.zeros((len(every), len(every)), dtype=bool)
    found = _Pairs(worth=empty, compared=empty.copy(), drawn=empty.copy())
    if len(every) < 2:
        return found
    columns, place = np.unique(np.concatenate([p.grams for p in every]), return_inverse=True)
    rows = np.repeat(np.arange(len(every)), [len(p.grams) for p in every])
    have = csr_matrix((np.ones(len(rows), dtype=np.int32), (rows, place)), shape=(len(every), len(columns)))
    shared = (have @ have.T).tocsr()
    sizes = np.array([len(p.grams) for p in every])
    lots = np.array([crc32(p.report.id.encode("utf-8", "surrogatepass")) for p in every], dtype=np.uint64)
    for a in range(len(every)):
        part = slice(shared.indptr[a], shared.indptr[a + 1])
        others, counts = shared.indices[part], shared.data[part]
        enough = (others != a) & (counts >= _SHARED) & (counts >= _SHARE * np.minimum(sizes[a], sizes[others]))
        others, counts = others[enough], counts[enough]
        found.worth[a, others] = True
        found.compared[a, others[np.lexsort((others, -counts))][:_NEAREST]] = True
        lot = (lots[a] + lots[others]) * np.uint64(0x9E3779B97F4A7C15)
        found.drawn[a, others[np.lexsort((others, lot))][:_DRAWN]] = True
    if len(every) <= _NEAREST + _DRAWN + 1:
        found.drawn[:] = found.worth
    found.drawn[:] |= found.drawn.T
    found.compared[:] |= found.compared.T | found.drawn
    return found


def _groups(
    count: int, judgements: Sequence[Judgement], pairs: _Pairs, later: Collection[tuple[int, int]]
) -> list[list[int]]:
    """Reports of one origin, the strongest derivations joined first.

    A group takes another in only where most pairs of the two are derived, so that a report made out of two texts does not
    make one of them; versions of one report are always of one origin. Where not all pairs were compared, those that were
    drawn stand for the others.
    """
    derived = np.zeros((count, count), dtype=bool)
    for judgement in judgements:
        derived[judgement.a, judgement.b] = derived[judgement.b, judgement.a] = True
    home = {n: [n] for n in range(count)}
    for judgement in sorted(judgements, key=lambda j: (-j.strength, j.a, j.b)):
        one, other = home[judgement.a], home[judgement.b]
        if one is other:
            continue
        between = np.ix_(one, other)
        asked = pairs.drawn[between]
        if asked.sum() < min(_LEAST_DRAWN, len(one) * len(other)):
            asked = pairs.compared[between]
        known = int(asked.sum())
        # of all pairs, twice as many as are derived by the share of those that were asked
        linked = 2 * int((derived[between] & asked).sum()) * int(pairs.worth[between].sum())
        every = len(one) * len(other) * known
        same_report = (judgement.a, judgement.b) in later
        if same_report or linked > every or (judgement.whole and linked == every):
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
