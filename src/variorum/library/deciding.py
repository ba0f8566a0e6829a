"""Rulings on their way into the library: filled in from what it holds, checked, and what each one touches."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace

from variorum import rulings
from variorum.errors import BadRuling, NotInLibrary
from variorum.gathering import Tie
from variorum.library.adding import Plan, collated, moved
from variorum.library.news import News
from variorum.library.placing import Placer
from variorum.model import Record, RuledDifference, Ruling, SearchQuery, Words, codec
from variorum.rulings.anchors import fold
from variorum.store import Snapshot
from variorum.views import labels

_STORIES = ("same-story", "other-story")


def ties_of(ruled: Iterable[Ruling]) -> list[Tie]:
    """What rulings say of where reports belong, as gathering takes it."""
    together, apart = rulings.placings(ruled)
    return [Tie(a=a, b=b, together=True) for a, b in sorted(together)] + [
        Tie(a=a, b=b, together=False) for a, b in sorted(apart)
    ]


def ruling_id(ruling: Ruling) -> str:
    """An id for a ruling, from all that it says."""
    said = codec.to_json(replace(ruling, id="")).encode("utf-8", "surrogatepass")
    return "u" + hashlib.blake2b(said, digest_size=6).hexdigest()


def filled_in(now: Snapshot, ruling: Ruling, difference: RuledDifference | str | None) -> Ruling:
    """A ruling as its maker meant it, with all by which it is found again.

    Args:
        now: the library as it is.
        ruling: what was asked, without an id.
        difference: the difference meant, or its id in the story's record.

    Raises:
        BadRuling: it names what is not there, or lacks what its kind needs.
    """
    record = _record(now, ruling.story)
    if isinstance(difference, str):
        ruling = replace(ruling, difference=_difference(record, difference))
    elif difference is not None:
        ruling = replace(ruling, difference=difference)
    ruling = rulings.checked(replace(ruling, reports=tuple(dict.fromkeys(ruling.reports))))
    for report in ruling.reports:
        if now.held(report) is None:
            raise BadRuling("reports", f"no report {report!r} in the library")
    if ruling.words is not None:
        for place in reversed(ruling.places):
            ruling = _on_words(now, ruling, place)
    elif ruling.kind in _STORIES:
        ruling = _on_stories(now, ruling)
    elif ruling.kind == "one-origin":
        homes = {held.story for report in ruling.reports if (held := now.held(report))}
        if len(homes) > 1:
            raise BadRuling("reports", "they are of different stories; rule first that they are of one")
        ruling = replace(ruling, story=homes.pop())
    elif record is not None:
        ruling = replace(ruling, reports=_reports_with(record, ruling))
    return replace(ruling, id=ruling_id(ruling))


def _record(now: Snapshot, story: str | None) -> Record | None:
    if story is None:
        return None
    try:
        return codec.from_json(Record, now.record_json(story), where=story)
    except NotInLibrary as error:
        raise BadRuling("story", str(error)) from error


def _difference(record: Record | None, id: str) -> RuledDifference:
    if record is None:
        raise BadRuling("story", "the id of a difference is that of a story's record: name the story")
    found = next((d for d in (*record.differences, *record.set_aside) if d.id == id), None)
    if found is None:
        raise BadRuling("difference", f"the record of the story has no {id!r}")
    return rulings.named_difference(found)


def _on_words(now: Snapshot, ruling: Ruling, words: Words) -> Ruling:
    held = now.held(words.report)
    if held is None:
        raise BadRuling("words", f"no report {words.report!r} in the library")
    reading = now.reading(words.report)
    if rulings.find_words(reading, words) is None:
        raise BadRuling("words", "these words do not stand in the report")
    return replace(ruling, story=held.story)


def _on_stories(now: Snapshot, ruling: Ruling) -> Ruling:
    """A ruling on where reports belong names every report of the stories that it means, so that none is left behind."""
    first, *others = ruling.reports
    homes = {report: held.story for report in ruling.reports if (held := now.held(report))}
    if ruling.kind == "same-story":
        meant = dict.fromkeys(homes[report] for report in ruling.reports)
        every = [report for story in meant for report in now.reports_of(story)]
        titles = labels.listed([f"“{_title(now, story)}”" for story in meant])
        found = f"one story: {titles}" if len(meant) == 1 else f"{len(meant)} stories: {titles}"
        return replace(ruling, story=None, reports=tuple(dict.fromkeys([*ruling.reports, *every])), found=found)
    own = set(now.versions(first))
    meant = dict.fromkeys(homes[report] for report in others)
    every = [report for story in meant for report in now.reports_of(story) if report not in own]
    found = "one story" if homes[first] in meant else "another story"
    titles = labels.listed([f"“{_title(now, story)}”" for story in meant])
    return replace(
        ruling,
        story=None,
        reports=(first, *dict.fromkeys([*(o for o in others if o not in own), *every])),
        found=f"{found}: {titles}",
    )


def _title(now: Snapshot, story: str) -> str:
    return labels.shortened(now.story_line(story).title, 70)


def _reports_with(record: Record, ruling: Ruling) -> tuple[str, ...]:
    """The reports that a ruling on names or on a difference is about: by them its story is known, whatever its id."""
    if ruling.kind == "immaterial":
        return tuple(sorted({reading.id for reading in record.reports}))
    names = {fold(name) for name in ruling.names}
    written = {
        n.report for actor in record.actors for n in actor.names if fold(n.text) in names or fold(actor.name) in names
    }
    if not written:
        raise BadRuling("names", "no report of the story has any of these names")
    return tuple(sorted(written))


def ruled(
    now: Snapshot, placer: Placer, before: Sequence[Ruling], made: Sequence[Ruling]
) -> tuple[Plan, dict[str, list[News]]]:
    """What rulings, or undone ones, change.

    Args:
        now: the library as it is.
        placer: what keeps the gatherer.
        before: all rulings of the library.
        made: rulings that are new, or that take the place of one with their id.

    Returns:
        The plan, and what is told of each story of the rulings themselves.
    """
    ids = {ruling.id for ruling in made}
    after = [*(ruling for ruling in before if ruling.id not in ids), *made]
    plan = Plan(rulings=list(made))
    if any(ruling.kind in _STORIES for ruling in made):
        old, new = set(ties_of(before)), set(ties_of(after))
        changed = old ^ new
        reports = sorted({report for tie in changed for report in (tie.a, tie.b) if now.held(report)})
        if reports:
            gatherer = placer.at(now, (), ties_of(before), others=reports)
            there = [tie for tie in sorted(changed, key=_tie_order) if gatherer.knows(tie.a) and gatherer.knows(tie.b)]
            moved(now, plan, gatherer.decide([t for t in there if t in new], [t for t in there if t in old]))
    stories = {ruling.id: _touched(now, plan, ruling) for ruling in made}
    collated(now, plan, after, also=[story for touched in stories.values() for story in touched])
    told: dict[str, list[News]] = {}
    for ruling in made:
        for story in stories[ruling.id]:
            if story in plan.records:
                told.setdefault(story, []).append(_told(ruling, plan.records[story]))
    return plan, told


def _tie_order(tie: Tie) -> tuple[str, str, bool]:
    return tie.a, tie.b, tie.together


def _touched(now: Snapshot, plan: Plan, ruling: Ruling) -> list[str]:
    """The stories whose records a ruling bears on, as they are by the plan."""
    reports = [*ruling.reports, *dict.fromkeys(place.report for place in ruling.places)]
    homes = [plan.story_of.get(r) or (held.story if (held := now.held(r)) else None) for r in reports]
    found = dict.fromkeys(story for story in homes if story is not None)
    if not reports and ruling.story is not None:
        home = now.story_now(ruling.story)
        found |= {home: None} if home is not None else {}
    if not reports and ruling.story is None:
        for name in ruling.names:
            words = name.replace('"', " ")
            page = now.search(SearchQuery(words=f'"{words}"', kinds=("report",), limit=1000))
            found |= dict.fromkeys(sorted({hit.story for hit in page.hits}))
    return list(found)


def _told(ruling: Ruling, record: Record) -> News:
    applied = next((a for a in record.rulings if a.ruling.id == ruling.id), None)
    text = summary(ruling)
    if not ruling.holds:
        text = f"undone by {ruling.undone_by}: {text}"
    elif applied is not None:
        text = f"ruled by {ruling.who}: {text} (the program: {applied.found})"
    else:
        text = f"ruled by {ruling.who}: {text}"
    return News(topic="ruling", text=text, details={"ruling": ruling.id})


def summary(ruling: Ruling) -> str:
    """What a ruling says, in one line."""
    names = labels.listed(ruling.names)
    match ruling.kind:
        case "one-actor":
            return f"{names} are one"
        case "two-actors":
            return f"{names} are not one"
        case "not-a-statement":
            return f"{_quoted(ruling)} is no statement"
        case "speaker":
            return f"{_quoted(ruling)} was said by {ruling.speaker}"
        case "same-story":
            return f"{labels.plural(len(ruling.reports), 'report')} tell one story"
        case "other-story":
            return f"report {ruling.reports[0]} is of another story"
        case "one-origin":
            return f"{labels.plural(len(ruling.reports), 'report')} are of one origin"
        case "immaterial":
            label = f"{ruling.difference.label} ({ruling.difference.kind})" if ruling.difference else ""
            return f"the difference {label} does not matter"


def _quoted(ruling: Ruling) -> str:
    if ruling.words is None:
        return ""
    words = labels.quoted(labels.shortened(ruling.words.text, 80))
    others = len({place.report for place in ruling.also} - {ruling.words.report})
    return f"{words} (so too in {labels.plural(others, 'other report')})" if others else words
