"""Differences: two accounts of one thing that do not match, typed, weighed, and ranked.

Each finder looks at one kind of entry and gives drafts; here they are freed of repeats, ranked by weight, and cut to
what an editor would read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace

from variorum.collation.differences import (
    ages,
    ballots,
    days,
    epithets,
    happenings,
    labels,
    mouths,
    names,
    numbers,
    portfolios,
    renamed,
    rosters,
    sayings,
    scores,
    silences,
    spans,
    stances,
    terms,
    travels,
    whereabouts,
)
from variorum.collation.differences.draft import Collated, Draft
from variorum.collation.differences.omissions import Tellings
from variorum.model import Difference, DifferenceAbout

__all__ = ["Collated", "find_differences"]

FINDERS: tuple[Callable[[Collated], Iterator[Draft]], ...] = (
    sayings.find,
    mouths.find,
    numbers.find,
    ages.find,
    spans.find,
    scores.find,
    names.find,
    travels.find,
    happenings.find,
    days.find,
    terms.find,
    whereabouts.find,
    rosters.find,
    stances.find,
    ballots.find,
    silences.find,
    labels.find,
    portfolios.find,
    epithets.find,
    renamed.find,
)

LIGHTEST = 0.24
"""Weight below which a difference is not worth an editor's time."""

MOST_ONLY_IN = 4
"""Omissions that are listed of a story of few reports; a reader who wants all of them has the entries."""


def find_differences(found: Collated) -> tuple[Difference, ...]:
    """All differences of a record worth reading, the weightiest first."""
    drafts = [d for finder in FINDERS for draft in finder(found) if (d := _between_articles(draft, found))]
    drafts.sort(key=lambda draft: _rank(draft, found))
    kept: list[Draft] = []
    seen: set[tuple[object, ...]] = set()
    count: Counter[str] = Counter()
    tellings = Tellings(found)
    for drafted in drafts:
        draft = drafted
        key = (draft.kind, tuple((a.report, a.start, a.end) for a in draft.accounts))
        if draft.weight < LIGHTEST or key in seen or any(_says_the_same(draft, other) for other in kept):
            continue
        if count[draft.kind] >= (_most_only_in(found) if draft.kind == "only-in" else _most(found)):
            continue
        if draft.kind == "only-in":
            left = tellings.without_those_told(draft)
            if left is None:
                continue
            draft = left
        seen.add(key)
        count[draft.kind] += 1
        kept.append(draft)
    return tuple(
        Difference(
            id=f"difference-{n}",
            kind=draft.kind,
            about=DifferenceAbout(entry=draft.entry, label=draft.label),
            accounts=draft.accounts,
            lacking=draft.lacking,
            weight=round(min(draft.weight, 1.0), 3),
            why=draft.why,
            revision=draft.revision,
        )
        for n, draft in enumerate(kept, start=1)
    )


def _between_articles(draft: Draft, found: Collated) -> Draft | None:
    """A difference between two articles, not between two versions of one: what a version changed stands among the
    record's revisions. An article that has a fact in one version does not lack it in another."""
    if draft.kind == "only-in" and all(found.witness(a.report).superseded for a in draft.accounts):
        return None  # its own outlet has taken it back or put it otherwise
    having = {found.witness(a.report).article for a in draft.accounts}
    lacking = tuple(report for report in draft.lacking if found.witness(report).article not in having)
    if len(having) < 2 and not lacking:
        return None if len({a.report for a in draft.accounts}) > 1 or draft.lacking else draft
    return replace(draft, lacking=lacking) if lacking != draft.lacking else draft


def _says_the_same(draft: Draft, other: Draft) -> bool:
    """Whether a heavier difference of the kind already shows the very words of every report's account."""
    kinds = {draft.kind, other.kind}
    if kinds == {"attribution"} and draft.label == other.label and draft.accounts[0] == other.accounts[0]:
        return True
    if (len(kinds) > 1 and kinds != {"label", "attribution"}) or (
        draft.kind in ("speaker", "attribution") and draft.entry != other.entry
    ):
        return False  # one speaker's name may stand for several of his statements
    shown = [
        any(a.report == b.report and a.start < b.end and b.start < a.end for b in other.accounts)
        for a in draft.accounts
    ]
    # A name in a list may have been told by itself.
    return any(shown) if kinds == {"itinerary"} else all(shown)


def _most_only_in(found: Collated) -> int:
    """Of many reports each has something of its own, and to say so says little."""
    return MOST_ONLY_IN if len(found.witnesses) <= 4 else MOST_ONLY_IN // 2


def _most(found: Collated) -> int:
    """Differences of one kind that are listed: more where there are more reports."""
    return 6 + len(found.witnesses) // 3


def _rank(draft: Draft, found: Collated) -> tuple[object, ...]:
    order = {witness.id: witness.number for witness in found.witnesses}
    return (
        -round(draft.weight, 6),
        draft.kind,
        [(order[a.report], a.start, a.end) for a in draft.accounts],
        draft.label,
    )
