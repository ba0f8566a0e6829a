"""Versions of one report: the same address with another text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

from rapidfuzz.distance import LCSseq

from variorum.gathering.lineage.prose import Prose, prose_of
from variorum.gathering.versions import time_of, versions
from variorum.model import Change, Report, Revision, Span
from variorum.model.story import ChangeKind
from variorum.text.numbers import find_numbers

_KEPT = 0.5
"""Share of words in common from which a sentence is the same one reworded."""
_LONG = 600
"""Sentences from which one that stands again and again is passed over in aligning, so that the cost stays bounded."""
_MANY = 400
"""Sentences between two kept ones that are paired one by one; where more were changed, they are shown in one piece."""


def revisions(reports: Iterable[Report]) -> tuple[Revision, ...]:
    """What changed between the versions of each report.

    Args:
        reports: reports of one story, or of many.

    Returns:
        One revision for every version after the first that changed a word of the article.
    """
    found = []
    for group in versions(reports):
        read = [prose_of(report) for report in group]
        for before, after in pairwise(read):
            changes = _changes(before, after)
            if changes:
                later = after.report
                found.append(
                    Revision(earlier=before.report.id, later=later.id, date=time_of(later), changes=tuple(changes))
                )
    return tuple(found)


def _changes(before: Prose, after: Prose) -> list[Change]:
    one, other = (
        [tuple(prose.keys[words.start : words.stop].tolist()) for words in prose.sentences] for prose in (before, after)
    )
    found: list[Change] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, one, other, autojunk=len(other) > _LONG).get_opcodes():
        if tag != "equal":
            found.extend(_paired(before, after, range(i1, i2), range(j1, j2), one, other))
    return found


def _paired(
    before: Prose,
    after: Prose,
    old: range,
    new: range,
    one: Sequence[tuple[int, ...]],
    other: Sequence[tuple[int, ...]],
) -> list[Change]:
    """The changes in a stretch of sentences: each new sentence beside the old one that it is made of, in order."""
    if len(old) * len(new) > _MANY:
        return [Change(kind="reworded", before=_span(before, old), after=_span(after, new))]
    found = []
    left = list(old)
    for j in new:
        likeness = {i: LCSseq.normalized_similarity(one[i], other[j]) for i in left}
        best = min(left, key=lambda i: (-likeness[i], i), default=None)
        if best is None or likeness[best] < _KEPT:
            found.append(Change(kind="added", before=None, after=_span(after, range(j, j + 1))))
            continue
        found.extend(_gone(before, [i for i in left if i < best]))
        left = [i for i in left if i > best]
        kind: ChangeKind = "reworded" if _figures(before, best) == _figures(after, j) else "figure"
        if one[best] != other[j]:
            pair = (_span(before, range(best, best + 1)), _span(after, range(j, j + 1)))
            found.append(Change(kind=kind, before=pair[0], after=pair[1]))
    return found + _gone(before, left)


def _gone(before: Prose, sentences: Sequence[int]) -> list[Change]:
    return [Change(kind="removed", before=_span(before, range(i, i + 1)), after=None) for i in sentences]


def _figures(prose: Prose, sentence: int) -> Counter[tuple[float | int | None, ...]]:
    """The numbers of a sentence, in digits or in words."""
    words = prose.sentences[sentence]
    text = prose.report.text[prose.starts[words.start] : prose.ends[words.stop - 1]]
    return Counter((n.value, n.low, n.high) for n in find_numbers(text))


def _span(prose: Prose, sentences: range) -> Span:
    first, last = prose.sentences[sentences.start], prose.sentences[sentences.stop - 1]
    return Span(report=prose.report.id, start=prose.starts[first.start], end=prose.ends[last.stop - 1])
