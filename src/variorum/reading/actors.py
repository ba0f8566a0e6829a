"""Actors of one report: which names, offices, pronouns and capitals stand for the same person or body."""

from __future__ import annotations

from variorum.model import Mention, Name, ReportedActor
from variorum.reading.parsed import Parsed


def resolve_actors(parsed: Parsed, names: tuple[Name, ...]) -> tuple[ReportedActor, ...]:
    """The actors of a report, each with all its mentions, in the order of their first mention."""
    grouped: dict[str, list[Name]] = {}
    for name in names:
        grouped.setdefault(name.name, []).append(name)
    return tuple(
        ReportedActor(
            name=text,
            kind=group[0].kind,
            country=group[0].country,
            mentions=tuple(Mention(start=n.start, end=n.end, form="name") for n in group),
        )
        for text, group in grouped.items()
    )
