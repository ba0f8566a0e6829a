"""Stories in the terminal: which reports tell the same event, and which descend from one text."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from variorum.model import Reading, Story
from variorum.views import labels
from variorum.views.inert import inert
from variorum.views.terminal.sheet import QUIET, STRONG, Sheet, text


def render_stories(stories: Iterable[Story], *, console: Console) -> None:
    """Write stories with their reports by origin, and why each report was placed where it is.

    Args:
        stories: what gathering made.
        console: where to; its width is respected up to 100 columns.
    """
    sheet = Sheet(console)
    for number, story in enumerate(stories, 1):
        if number > 1:
            sheet.line()
        _story(story, number, sheet)


def _story(story: Story, number: int, sheet: Sheet) -> None:
    readings = {reading.id: reading for reading in story.readings}
    days = labels.days(r.published.date for r in story.readings if r.published)
    counts = [
        labels.plural(len(readings), "report"),
        labels.plural(story.lineage.independent or len(readings), "origin"),
        days,
    ]
    note = text((" · ".join(part for part in counts if part), QUIET))
    sheet.put(text((f"Story {number}", STRONG)), note=note)
    later = {revision.later: revision for revision in story.revisions}
    reasons = {joining.report: joining.reason for joining in story.joinings}
    placed: set[str] = set()
    groups = [(o.reports, o.credit, len(o.passages)) for o in story.lineage.origins]
    placed.update(report for reports, _, _ in groups for report in reports)
    groups += [((id,), None, 0) for id in readings if id not in placed]
    for reports, credit, passages in groups:
        if len(reports) > 1:
            shared = f", {labels.plural(passages, 'passage')} shared" if passages else ""
            of = f" ({inert(credit)})" if credit else ""
            sheet.put(text((f"one origin{of}{shared}:", QUIET)), indent=2)
        for id in reports:
            reading = readings.get(id)
            if reading is None:
                continue
            when: Text | str = text((labels.when(reading.published, short=True), QUIET))
            name = text((f"{labels.source(reading) or inert(id)}  ", QUIET), labels.heading(reading))
            sheet.put(name, indent=4 if len(reports) > 1 else 2, hang=2, note=when)
            if id in later:
                changes = labels.plural(len(later[id].changes), "change")
                words = f"{_named(f'a later version of {inert(later[id].earlier)}', readings)}: {changes}"
                sheet.put(text((words, QUIET)), indent=8)
            if reasons.get(id):
                sheet.put(text((_named(inert(reasons[id]), readings), QUIET)), indent=8)


def _named(reason: str, readings: dict[str, Reading]) -> str:
    """A reason with the report that ends it called as the list calls it, where it has the report's id."""
    front, _, id = reason.rpartition(" ")
    if id not in readings:
        return reason
    name = labels.source(readings[id]) or f"“{labels.shortened(labels.heading(readings[id]), 40)}”"
    return f"{front} {name}".lstrip()
