"""A library in the terminal: its stories, what a search finds, what changed, what people decided."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from variorum.model import Addition, Hit, LibraryChange, Ruling, SearchPage, StoryLine, StoryPage
from variorum.views import labels
from variorum.views.inert import inert
from variorum.views.terminal.sheet import DIFFERS, QUIET, STRONG, Sheet, text

_OUTLETS = 4
_LATEST = 140
"""Characters of the last change of a story in a list."""
_QUIET_TOPICS = frozenset({"report-added", "story-opened", "report-moved", "difference-gone"})


def render_story_list(page: StoryPage, *, console: Console) -> None:
    """Write a page of a library's stories, each with its id, its size, and what is new or disputed."""
    sheet = Sheet(console)
    for line in page.stories:
        _story(line, sheet)
    shown, total = len(page.stories), page.total
    if shown < total:
        sheet.put(text((f"{shown} of {labels.plural(total, 'story', 'stories')}", QUIET)))
    elif not total:
        sheet.put("no story")


def _story(line: StoryLine, sheet: Sheet) -> None:
    days = labels.days(day for day in (line.first, line.last) if day)
    sheet.put(text((inert(line.title) or "(no title)", STRONG)), note=text((line.id, QUIET)))
    outlets = [inert(outlet) for outlet in line.outlets]
    more = len(outlets) - _OUTLETS
    named = ", ".join(outlets[:_OUTLETS]) + (f" and {more} more" if more > 0 else "")
    counts = [labels.plural(line.reports, "report"), labels.plural(line.origins, "origin"), days, named]
    sheet.put(text((" · ".join(part for part in counts if part), QUIET)), indent=2)
    if line.differences:
        disputed = f"{labels.plural(line.differences, 'difference')}: {'; '.join(map(inert, line.disputed))}"
        sheet.put(text((disputed.rstrip(": "), DIFFERS)), indent=2)
    if line.latest:
        sheet.put(
            text((f"{_moment(line.changed)}  ", QUIET), labels.shortened(inert(line.latest), _LATEST)), indent=2, hang=2
        )
    sheet.line()


def _moment(when: str) -> str:
    """An ISO date and time, UTC, to the minute."""
    return when[:16].replace("T", " ")


def render_hits(page: SearchPage, *, console: Console) -> None:
    """Write what a search found, each hit in its place with the searched words lit, and facets below."""
    sheet = Sheet(console)
    for hit in page.hits:
        _hit(hit, sheet)
    for name, facets in (("kinds", page.kinds), ("speakers", page.speakers), ("outlets", page.outlets)):
        if len(facets) > 1:
            listed = ", ".join(f"{inert(facet.value)} {facet.count:,}" for facet in facets[:8])
            sheet.put(text((f"{name}: {listed}", QUIET)), hang=2)
    found = labels.results(page)
    sheet.put(text((found if len(page.hits) == page.total else f"{len(page.hits)} of {found}", QUIET)))


def _hit(hit: Hit, sheet: Sheet) -> None:
    title = labels.shortened(hit.title, 60) if hit.title and (hit.kind == "report" or not hit.outlet) else None
    known = (hit.speaker, hit.value, title, hit.outlet, labels.day(hit.date[:10]) if hit.date else None, hit.story)
    sheet.put(text((hit.kind, STRONG), "  " + " · ".join(inert(part) for part in known if part)))
    line = Text(_flat(_end(hit.before, 60)), style=QUIET)
    at = 0
    for start, end in hit.marks:
        line.append(_flat(hit.text[at:start]), style="")
        line.append(_flat(hit.text[start:end]), style=STRONG)
        at = end
    line.append(_flat(hit.text[at:]), style="")
    line.append(_flat(labels.shortened(hit.after, 60)), style=QUIET)
    sheet.put(line, indent=2)
    sheet.line()


def _flat(words: str) -> str:
    """Words for one line, with a space where they begin or end with one."""
    before, after = (" " if end.isspace() else "" for end in (words[:1], words[-1:]))
    flat = inert(words)
    return f"{before}{flat}{after}" if flat else before


def _end(words: str, width: int) -> str:
    return words if len(words) <= width else "…" + words[-width:].partition(" ")[2]


def render_addition(addition: Addition, heading: str, *, console: Console) -> None:
    """Write what became of a report, why it is in its story, and what it changed in the story's record."""
    sheet = Sheet(console)
    said = {"added": "", "known": "known already: ", "revised": "changed: "}[addition.outcome]
    sheet.put(text(said, inert(heading)), note=text((addition.story, QUIET)))
    if addition.outcome != "known":
        sheet.put(text((inert(addition.reason), QUIET)), indent=2, hang=2)
    render_changes(addition.changes, console=console, stories=False)


def render_changes(changes: Iterable[LibraryChange], *, console: Console, stories: bool = True) -> None:
    """Write changes, a line each, the earliest first.

    Args:
        changes: what changed.
        console: where to.
        stories: whether each line names its story and its time.
    """
    sheet = Sheet(console)
    for change in changes:
        style = QUIET if change.topic in _QUIET_TOPICS else ""
        if not stories and change.topic == "report-added":
            continue  # the report itself was just named
        line = text((inert(change.text), style))
        if stories:
            line = text((f"{change.number}  {_moment(change.when)}  {change.story}  ", QUIET), line)  # type: ignore[arg-type]
        sheet.put(line, indent=0 if stories else 2, hang=2)


def render_rulings(rulings: Iterable[Ruling], summaries: Iterable[str], *, console: Console) -> None:
    """Write rulings with who made them, when and why, and whether they hold."""
    sheet = Sheet(console)
    for ruling, summary in zip(rulings, summaries, strict=True):
        sheet.put(text((inert(summary), STRONG if ruling.holds else QUIET)), note=text((ruling.id, QUIET)))
        why = f": {inert(ruling.why)}" if ruling.why else ""
        sheet.put(text((f"{inert(ruling.who)}, {_moment(ruling.when)}{why}", QUIET)), indent=2)
        if not ruling.holds:
            undone = f": {inert(ruling.undone_why)}" if ruling.undone_why else ""
            when = _moment(ruling.undone_when or "")
            sheet.put(text((f"undone by {inert(ruling.undone_by or '')}, {when}{undone}", QUIET)), indent=2)
