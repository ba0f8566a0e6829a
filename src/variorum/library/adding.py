"""A batch of reports on its way into the library: worked out on a snapshot, written in one transaction.

    reports ──places──▶ new, known, changed ──gatherer──▶ stories touched ──collation──▶ records ──news──▶ changes

The plan names everything that is to be written. If somebody else wrote meanwhile it is worked out again, this time
inside the transaction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from variorum import gathering
from variorum.errors import NotInLibrary
from variorum.gathering import Gatherer, Tie
from variorum.gathering.keys import KEPT, bands_of
from variorum.library import news
from variorum.library.places import digest_of, latest, place_of, under_id
from variorum.library.placing import Placer, terms_of
from variorum.library.recording import entries_of, line_of, record_of
from variorum.model import Addition, Joining, LibraryChange, Reading, Record, Report, Ruling, codec
from variorum.model.shelf import ChangeTopic
from variorum.store import Snapshot, Transaction
from variorum.views import labels

_RANK: tuple[ChangeTopic, ...] = (
    "figure-revised",
    "new-difference",
    "new-origin",
    "new-position",
    "new-statement",
    "new-event",
    "report-revised",
    "ruling",
    "difference-gone",
    "story-opened",
    "story-merged",
    "story-split",
    "report-moved",
    "report-added",
)
"""Of several changes the one that a list shows."""


@dataclass(slots=True, kw_only=True)
class Arrival:
    """One report of a batch."""

    report: Report
    """Under the id that the library has it by."""
    place: str | None
    digest: str
    outcome: Literal["added", "known", "revised"]
    version_of: str | None = None
    """Id of the version before."""
    day: int | None = None
    key: bytes = b""
    bands: Sequence[int] = ()
    joining: Joining | None = None
    """Why it is where it is; null for what is known already."""

    @property
    def id(self) -> str:
        """The report's id."""
        return self.report.id

    @property
    def reading(self) -> Reading:
        """The report as it was read; what the library has already need not have been."""
        assert isinstance(self.report, Reading), "only what is known goes unread"
        return self.report


@dataclass(slots=True, kw_only=True)
class Plan:
    """All that a batch, or a ruling, writes."""

    arrivals: list[Arrival] = field(default_factory=list)
    reread: list[Reading] = field(default_factory=list)
    """Other readings of reports that are known."""
    rulings: list[Ruling] = field(default_factory=list)
    story_of: dict[str, str] = field(default_factory=dict)
    """Where reports are now: the new ones, and those that moved."""
    came_from: dict[str, str] = field(default_factory=dict)
    """Where reports of the library were that moved."""
    records: dict[str, Record] = field(default_factory=dict)
    """The new record of every story touched that still has reports."""
    old: dict[str, Record] = field(default_factory=dict)
    """The record before, of stories that were there."""
    gone: dict[str, str | None] = field(default_factory=dict)
    """Stories without reports now, and the story that has most of them."""
    news: list[tuple[str, news.News]] = field(default_factory=list)
    terms: Counter[int] = field(default_factory=Counter)

    @property
    def new(self) -> list[Arrival]:
        """The reports that the library does not have."""
        return [arrival for arrival in self.arrivals if arrival.outcome != "known"]

    @property
    def writes(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.new or self.reread or self.rulings or self.came_from)


def recognised(now: Snapshot, report: Report, batch: Sequence[Arrival] = ()) -> Arrival:
    """What a report is to the library: new, known, or a new version of one that is there.

    Args:
        now: the library as it is.
        report: the report, read or not.
        batch: those that come before it and are not in the library yet.
    """
    place, digest = place_of(report), digest_of(report)
    same = next((arrival for arrival in batch if arrival.digest == digest), None)
    held = now.report_by_digest(digest) if same is None else None
    if same is not None or held is not None:
        id = same.id if same is not None else held.report if held is not None else report.id
        return Arrival(report=replace(report, id=id), place=place, digest=digest, outcome="known")
    earlier = _version_before(now, report, place, batch)
    if place is not None and earlier is None and _occupied(now, place, batch):
        # The address shows another article now: this one is no version of the first.
        place = f"{place}\n{digest[:6]}"
    unique, tries = report, 0
    while now.held(unique.id) is not None or any(arrival.id == unique.id for arrival in batch):
        unique = under_id(report, f"{digest[:6]}{tries or ''}")
        tries += 1
    outcome: Literal["added", "revised"] = "added" if earlier is None else "revised"
    return Arrival(report=unique, place=place, digest=digest, outcome=outcome, version_of=earlier)


def _version_before(now: Snapshot, report: Report, place: str | None, batch: Sequence[Arrival]) -> str | None:
    """The newest report of a place, if a text is a version of it."""
    if place is None:
        return None
    waiting = [a.report for a in batch if a.place == place and a.outcome != "known"]
    if waiting:
        last = waiting[-1]
    else:
        there = now.by_address(place)
        if not there:
            return None
        last = now.reading(there[-1].report)
    return last.id if gathering.same_article(last, report) else None


def _occupied(now: Snapshot, place: str, batch: Sequence[Arrival]) -> bool:
    return any(a.place == place for a in batch) or bool(now.by_address(place))


def read_again(now: Snapshot, plan: Plan) -> list[str]:
    """Note the known reports of which another reading was given than the library has.

    Returns:
        The stories that they are in.
    """
    stories = []
    for arrival in plan.arrivals:
        held = now.held(arrival.id) if arrival.outcome == "known" and isinstance(arrival.report, Reading) else None
        if held is not None and now.reading(held.report) != arrival.report:
            plan.reread.append(arrival.reading)
            stories.append(held.story)
    return stories


def placed(now: Snapshot, plan: Plan, placer: Placer, gatherer: Gatherer, ties: Iterable[Tie]) -> None:
    """Place the new reports of a plan, one after the other, and note which reports moved.

    Args:
        now: the library as it is.
        plan: with its arrivals.
        placer: what keeps the gatherer.
        gatherer: ready to take them.
        ties: what was decided about where reports belong; it may have been decided before a report came.
    """
    waiting = list(ties)
    for arrival in plan.new:
        placing = gatherer.add(arrival.reading, version_of=arrival.version_of)
        placer.added(arrival.id)
        arrival.day, arrival.key, arrival.bands = gatherer.kept(arrival.id)
        arrival.joining = placing.joining
        plan.story_of[arrival.id] = placing.story
        moved(now, plan, placing.moved)
        decided = [t for t in waiting if arrival.id in (t.a, t.b) and gatherer.knows(t.a) and gatherer.knows(t.b)]
        moved(now, plan, gatherer.decide(decided))
        plan.terms.update(terms_of((arrival.report,)))


def moved(now: Snapshot, plan: Plan, moves: Iterable[tuple[str, str]]) -> None:
    """Note reports that were placed anew."""
    fresh = {arrival.id for arrival in plan.new}
    for report, story in moves:
        if report not in fresh and report not in plan.came_from:
            held = now.held(report)
            if held is None:
                raise NotInLibrary(f"no report {report!r} in the library")
            plan.came_from[report] = held.story
        plan.story_of[report] = story


def collated(now: Snapshot, plan: Plan, ruled: Sequence[Ruling], *, also: Iterable[str] = ()) -> None:
    """Collate every story that a plan touches, and find what changed in each.

    Args:
        now: the library as it is.
        plan: with its reports placed.
        ruled: all rulings of the library.
        also: further stories whose records are to be made anew.
    """
    arrived = {arrival.id: arrival for arrival in plan.new}
    reread = {reading.id: reading for reading in plan.reread}
    touched = dict.fromkeys([*plan.story_of.values(), *plan.came_from.values(), *also])
    for story in touched:
        reports = _reports_of(now, plan, story)
        if reports:
            readings = [(arrived[id].reading, arrived[id].place) for id in reports if id in arrived]
            kept = [id for id in reports if id not in arrived]
            places = {row.report: row.address for row in now.keys_of(kept)}
            there = [(reread.get(reading.id, reading), places[reading.id]) for reading in now.readings(kept)]
            current, versions = latest([*there, *readings])
            plan.records[story] = record_of(story, current, ruled, versions)
        old = _old_record(now, story)
        if old is not None:
            plan.old[story] = old
            if not reports:
                plan.gone[story] = _heir(plan, story)
    for story in touched:
        if story in plan.records:
            plan.news += [(story, item) for item in _news(now, plan, story, arrived)]


def _reports_of(now: Snapshot, plan: Plan, story: str) -> list[str]:
    """Ids of the reports that a story has by the plan, in the order in which they were added."""
    stay = [id for id in now.reports_of(story) if plan.story_of.get(id, story) == story]
    came = [id for id in plan.came_from if plan.story_of[id] == story and plan.came_from[id] != story]
    new = [arrival.id for arrival in plan.new if plan.story_of[arrival.id] == story]
    if came:
        order = {row.report: row.n for row in now.keys_of([*stay, *came])}
        return [*sorted([*stay, *came], key=lambda id: order[id]), *new]
    return [*stay, *new]


def _old_record(now: Snapshot, story: str) -> Record | None:
    try:
        return codec.from_json(Record, now.record_json(story), where=story)
    except NotInLibrary:
        return None


def _heir(plan: Plan, story: str) -> str | None:
    """The story that took most of another's reports."""
    votes = Counter(plan.story_of[id] for id, home in plan.came_from.items() if home == story)
    return min(votes, key=lambda s: (-votes[s], s)) if votes else None


def _news(now: Snapshot, plan: Plan, story: str, arrived: Mapping[str, Arrival]) -> Iterable[news.News]:
    new, old = plan.records[story], plan.old.get(story)
    versions: dict[str, str] = {}
    for reading in new.reports:
        arrival = arrived.get(reading.id)
        if arrival is not None and arrival.version_of is not None:
            versions[reading.id] = _first_known(arrival, arrived)
            earlier = _reading(now, versions[reading.id], arrived)
            # A version chain may come whole in one batch; then there is nothing that a reader knew before.
            if earlier.id not in arrived:
                places = [replace(r, url=r.url or "http://place.invalid/") for r in (earlier, reading)]
                found = gathering.revisions([replace(r, url=places[0].url) for r in places])
                yield news.revised(earlier, reading, [c for revision in found for c in revision.changes])
    if old is None:
        if any(r.id in arrived for r in new.reports):
            yield from news.opened(new)
        else:
            yield from _parted(plan, story, new)
        return
    yield from news.parted(_left(plan, story))
    yield from news.compared(old, new, versions=versions, moved_from=_came(plan, story))


def _first_known(arrival: Arrival, arrived: Mapping[str, Arrival]) -> str:
    """The version that the library had before this batch."""
    while (before := arrived.get(arrival.version_of or "")) is not None:
        arrival = before
    return arrival.version_of or arrival.id


def _reading(now: Snapshot, id: str, arrived: Mapping[str, Arrival]) -> Reading:
    return arrived[id].reading if id in arrived else now.reading(id)


def _came(plan: Plan, story: str) -> dict[str, news.Home]:
    """For reports that moved into a story the one that they came from."""
    came = {id: home for id, home in plan.came_from.items() if home != story and plan.story_of[id] == story}
    return {
        id: news.Home(story=home, title=plan.old[home].title, whole=plan.gone.get(home) == story)
        for id, home in came.items()
        if home in plan.old
    }


def _left(plan: Plan, story: str) -> dict[str, news.Home]:
    """For reports that moved out of a story the one that they are in now; that one is new if they make it up."""
    left = {id: plan.story_of[id] for id, home in plan.came_from.items() if home == story != plan.story_of[id]}
    return {
        id: news.Home(story=target, title=plan.records[target].title, whole=target not in plan.old)
        for id, target in left.items()
        if target in plan.records
    }


def _parted(plan: Plan, story: str, new: Record) -> Iterable[news.News]:
    """What is told of a story that came out of another one."""
    came = _came(plan, story)
    home = next((f"“{came[r.id].title}”" for r in new.reports if r.id in came), "another story")
    yield news.News(topic="story-opened", text=f"parted from {home}: {news.named(new.reports[0])}")


def written(
    tx: Transaction,
    plan: Plan,
    *,
    when: str,
    more: Mapping[str, Sequence[news.News]] | None = None,
) -> list[LibraryChange]:
    """Write a plan.

    Args:
        tx: the transaction.
        plan: with its stories collated.
        when: ISO date and time, UTC.
        more: further news of stories, told first.

    Returns:
        The changes, in order, with their numbers.
    """
    for arrival in plan.new:
        tx.put_report(
            arrival.reading,
            key=arrival.key,
            day=arrival.day,
            bands=arrival.bands,
            story=plan.story_of[arrival.id],
            address=arrival.place,
            digest=arrival.digest,
        )
    for reading in plan.reread:
        _put_again(tx, reading)
    for ruling in plan.rulings:
        tx.put_ruling(ruling)
    for report, home in plan.came_from.items():
        if plan.story_of[report] != home:
            tx.move_report(report, plan.story_of[report])
    tx.count_terms(plan.terms)
    told = [(story, item) for story, items in (more or {}).items() for item in items] + plan.news
    latest_of: dict[str, str] = {}
    for story, item in sorted(told, key=lambda one: _RANK.index(one[1].topic)):
        latest_of.setdefault(story, item.text)
    for story, record in plan.records.items():
        line = line_of(story, record, changed=when, latest=latest_of.get(story) or _latest(tx, story))
        tx.put_story(line, codec.to_json(record).encode(), entries_of(record))
    for story, into in plan.gone.items():
        tx.drop_story(story, into)
    changes = [_change(story, item, when) for story, item in told]
    numbers = tx.add_changes(changes)
    return [replace(change, number=number) for change, number in zip(changes, numbers, strict=True)]


def _put_again(tx: Transaction, reading: Reading) -> None:
    """Put down another reading of a report; where it belongs was decided by its text, and stays."""
    held, keys = tx.held(reading.id), next(iter(tx.keys_of((reading.id,))))
    assert held is not None, "only what is known is read again"
    bands = bands_of(np.frombuffer(keys.key, dtype=KEPT)["signature"])[0]
    tx.put_report(
        reading,
        key=keys.key,
        day=held.day,
        bands=[int(band) for band in bands],
        story=held.story,
        address=held.address,
        digest=held.digest,
    )


def _latest(tx: Transaction, story: str) -> str | None:
    try:
        return tx.story_line(story).latest
    except NotInLibrary:
        return None


def _change(story: str, item: news.News, when: str) -> LibraryChange:
    return LibraryChange(
        number=0,
        when=when,
        story=story,
        topic=item.topic,
        text=item.text,
        entry=item.entry,
        report=item.report,
        details=item.details,
    )


def additions(now: Snapshot, plan: Plan, changes: Sequence[LibraryChange]) -> list[Addition]:
    """What became of each report of a batch. A story's changes stand with the last report that came into it."""
    told: dict[str, list[LibraryChange]] = {}
    for change in changes:
        told.setdefault(change.story, []).append(change)
    made: list[Addition] = []
    for arrival in reversed(plan.arrivals):
        id = arrival.id
        story = plan.story_of.get(id)
        if story is None:
            held = now.held(id)
            story = held.story if held else ""
        own = told.pop(story, []) if arrival.outcome != "known" else []
        reason = _reason(now, plan, arrival)
        made.append(Addition(report=id, story=story, outcome=arrival.outcome, reason=reason, changes=tuple(own)))
    return made[::-1]


def _reason(now: Snapshot, plan: Plan, arrival: Arrival) -> str:
    """Why a report is in its story, in words that name other reports as people do."""
    if arrival.joining is None:
        return "known already"
    other = arrival.version_of or arrival.joining.nearest
    record = plan.records.get(plan.story_of[arrival.id])
    there = next((reading for reading in record.reports if reading.id == other), None) if record else None
    nearest = there if there is not None or other is None else now.reading(other)
    if arrival.version_of is not None and nearest is not None:
        return f"a later version of {labels.called(nearest)}"
    return labels.joined(arrival.joining, nearest)
