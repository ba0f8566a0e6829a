"""Gathering: ``Report``s → stories, each with the lineage of its reports.

    report ──keys──▶ shelf ──resemblances──▶ linkage ──▶ stories ──passages──▶ derivations ──▶ origins

No language model is needed: a reading gathers exactly as its report does, and what was found in it is handed through.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from variorum.gathering.gatherer import Gatherer, Kept, Placing, Tie, story_id
from variorum.gathering.keys import order_of
from variorum.gathering.lineage import lineage
from variorum.gathering.linkage import Settings
from variorum.gathering.revisions import revisions
from variorum.gathering.versions import address, same_article, versions
from variorum.model import Joining, Lineage, Reading, Report, Revision, Story

__all__ = [
    "Gathered",
    "Gatherer",
    "Kept",
    "Placing",
    "Settings",
    "Tie",
    "address",
    "gather",
    "lineage",
    "one_story",
    "partition",
    "place",
    "revisions",
    "same_article",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """A story of reports that need not have been read."""

    id: str
    reports: tuple[Report, ...]
    """In the order of their dates and then of their content."""
    lineage: Lineage
    joinings: tuple[Joining, ...]
    revisions: tuple[Revision, ...] = ()


def partition(
    reports: Iterable[Report], *, settings: Settings | None = None, ties: Iterable[Tie] = ()
) -> tuple[Gathered, ...]:
    """Stories out of reports, whatever their order.

    Args:
        reports: reports or readings; of several with one id the first by date and content is taken.
        settings: what decides a joining.
        ties: what has been decided; it holds whatever the reports look like.

    Returns:
        Stories in the order of their first report; the reports of each in the order of date and then of content.
    """
    ordered = {r.id: r for r in sorted(reports, key=lambda r: order_of(r))}
    gatherer = Gatherer(settings)
    same_report = [
        Tie(a=a.id, b=b.id, together=True) for group in versions(ordered.values()) for a, b in pairwise(group)
    ]
    gatherer.add_all(ordered.values(), [*ties, *same_report])
    joinings = gatherer.joinings(ordered.values())
    stories = []
    for name, members in gatherer.stories().items():
        own = tuple(ordered[id] for id in members)
        joined = tuple(joinings[id] for id in members)
        stories.append(Gathered(id=name, reports=own, lineage=lineage(own), joinings=joined, revisions=revisions(own)))
    return tuple(stories)


def gather(readings: Iterable[Reading]) -> tuple[Story, ...]:
    """Stories out of readings, whatever their order.

    Returns:
        Stories in the order of their first report; the readings of each in the order of date and then of content.
    """
    given = {reading.id: reading for reading in readings}
    return tuple(
        Story(
            id=story.id,
            readings=tuple(given[report.id] for report in story.reports),
            lineage=story.lineage,
            joinings=story.joinings,
            revisions=story.revisions,
        )
        for story in partition(given.values())
    )


def one_story(readings: Iterable[Reading]) -> Story:
    """All readings as one story, because the caller says so; its lineage is still worked out."""
    ordered = tuple(sorted(readings, key=lambda reading: order_of(reading)))
    joinings = tuple(Joining(report=reading.id, score=1.0, reason="placed by hand") for reading in ordered)
    name = story_id(ordered[0].id) if ordered else "s"
    return Story(id=name, readings=ordered, lineage=lineage(ordered), joinings=joinings, revisions=revisions(ordered))


def place(reports: Iterable[Report]) -> Iterator[dict[str, str]]:
    """For each report the ids of its story and of its origin, in the order given: ``{"id", "story", "origin"}``."""
    given = tuple(reports)
    placed = {
        report: {"id": report, "story": story.id, "origin": f"{story.id}.{number}"}
        for story in partition(given)
        for number, origin in enumerate(story.lineage.origins, 1)
        for report in origin.reports
    }
    for report in given:
        yield placed[report.id]
