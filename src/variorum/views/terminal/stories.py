"""Stories in the terminal: which reports tell the same event, and which descend from one text."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from variorum.model import Story
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
    joinings = {joining.report: joining for joining in story.joinings}
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
                earlier = readings.get(later[id].earlier)
                words = f"a later version of {labels.called(earlier) if earlier else 'another report'}: {changes}"
                sheet.put(text((words, QUIET)), indent=8)
            if id in joinings:
                why = labels.joined(joinings[id], readings.get(joinings[id].nearest or ""))
                sheet.put(text((why, QUIET)), indent=8)
