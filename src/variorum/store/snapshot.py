"""Reading a library: everything that one ``Snapshot`` answers is of one moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, false, func, or_, select

from variorum.errors import NotInLibrary
from variorum.model import Reading
from variorum.model.ruling import Ruling
from variorum.model.shelf import (
    Counts,
    Feed,
    LibraryChange,
    SearchPage,
    SearchQuery,
    StoryLine,
    StoryPage,
    StoryQuery,
)
from variorum.store import lists, packing, schema, searching
from variorum.store.rows import Held, KeyRow

MANY = 500
"""Values asked for in one statement."""


class Snapshot:
    """What a library held at one moment. Made by ``Store.snapshot``; a ``Transaction`` reads what it has written as well."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    # stories

    def stories(self, query: StoryQuery | None = None) -> StoryPage:
        """One page of the list of stories."""
        return lists.stories(self.connection, query or StoryQuery())

    def story_line(self, story: str) -> StoryLine:
        """A story as a list shows it.

        Raises:
            NotInLibrary: there is none of that id; the message names the story that took its reports, if one did.
        """
        found = self.connection.execute(select(schema.stories).where(schema.stories.c.id == story)).first()
        if found is None or not found.changed:
            raise NotInLibrary(self._no_story(story))
        return lists.line(found)

    def record_json(self, story: str) -> bytes:
        """A story's record as it was put.

        Raises:
            NotInLibrary: there is no such story.
        """
        asked = select(schema.records.c.json).join(schema.stories).where(schema.stories.c.id == story)
        found: bytes | None = self.connection.execute(asked).scalar()
        if found is None:
            raise NotInLibrary(self._no_story(story))
        return found

    def story_now(self, story: str) -> str | None:
        """The id under which a story's reports are now, through all mergers; null where no story ever had that id."""
        for _ in range(1000):
            if self.connection.execute(select(schema.stories.c.n).where(schema.stories.c.id == story)).first():
                return story
            into = self.connection.execute(select(schema.gone.c.into).where(schema.gone.c.id == story)).scalar()
            if into is None:
                return None
            story = into
        return None

    def _no_story(self, story: str) -> str:
        now = self.story_now(story)
        return f"no story {story!r} in the library" + (f"; its reports are in {now!r}" if now else "")

    def reports_of(self, story: str) -> tuple[str, ...]:
        """Ids of a story's reports, in the order in which they were added; empty for a story that is not there."""
        r, s = schema.reports.c, schema.stories.c
        asked = select(r.id).join(schema.stories).where(s.id == story).order_by(r.n)
        return tuple(self.connection.execute(asked).scalars())

    # reports

    def reading(self, report: str) -> Reading:
        """A report with all that was found in it.

        Raises:
            NotInLibrary: there is no such report.
        """
        return self.readings((report,))[0]

    def readings(self, reports: Sequence[str]) -> tuple[Reading, ...]:
        """Several readings, in the order of the ids.

        Raises:
            NotInLibrary: one of them is not there.
        """
        r = schema.reports.c
        asked = (
            select(r.id, schema.texts.c.text, schema.readings.c.json)
            .join(schema.texts)
            .join(schema.readings, schema.readings.c.report == r.n)
        )
        found = {row.id: packing.unpack(row.text, row.json) for row in self._in(asked, r.id, reports)}
        for report in reports:
            if report not in found:
                raise NotInLibrary(f"no report {report!r} in the library")
        return tuple(found[report] for report in reports)

    def held(self, report: str) -> Held | None:
        """Where a report is; null where the library has none of that id."""
        return next(self._held(schema.reports.c.id == report), None)

    def report_by_digest(self, digest: str) -> Held | None:
        """The first report that was put with that digest."""
        return next(self._held(schema.reports.c.digest == digest), None)

    def by_address(self, address: str) -> tuple[Held, ...]:
        """Every report that came from an address, oldest first."""
        return tuple(self._held(schema.reports.c.address == address))

    def versions(self, report: str) -> tuple[str, ...]:
        """Ids of all versions of a report, itself included, oldest first.

        Raises:
            NotInLibrary: there is no such report.
        """
        held = self.held(report)
        if held is None:
            raise NotInLibrary(f"no report {report!r} in the library")
        return tuple(h.report for h in self.by_address(held.address)) if held.address else (report,)

    def _held(self, condition: Any) -> Iterator[Held]:
        r, s = schema.reports.c, schema.stories.c
        asked = select(r.id, s.id.label("story"), r.day, r.address, r.digest).join(schema.stories).where(condition)
        for row in self.connection.execute(asked.order_by(r.n)):
            yield Held(report=row.id, story=row.story, day=row.day, address=row.address, digest=row.digest)

    # gathering

    def keys_between(self, first: int | None, last: int | None, *, undated: bool = False) -> Iterator[KeyRow]:
        """Keys of the reports of some days, in the order in which the reports were added.

        Args:
            first, last: days as proleptic ordinals, both included; null for no end.
            undated: whether reports without a day come too.
        """
        day = schema.reports.c.day
        dated: ColumnElement[bool] = day.is_not(None)
        if first is not None:
            dated &= day >= first
        if last is not None:
            dated &= day <= last
        return self._keys(self._key_rows().where(dated | day.is_(None) if undated else dated))

    def keys_with_bands(self, bands: Iterable[int]) -> Iterator[KeyRow]:
        """Keys of the reports that were put with at least one of these bands, in the order in which they were added."""
        band = schema.bands.c
        numbers = {row.report for row in self._in(select(band.report), band.band, sorted(set(bands)))}
        return self._keys_of(schema.reports.c.n, sorted(numbers))

    def keys_of(self, reports: Sequence[str]) -> Iterator[KeyRow]:
        """Keys of some reports, in the order in which they were added."""
        r = schema.reports.c
        numbers = sorted(row.n for row in self._in(select(r.n), r.id, reports))
        return self._keys_of(r.n, numbers)

    def keys_after(self, n: int) -> Iterator[KeyRow]:
        """Keys of the reports with a higher number: those added since that one was."""
        return self._keys(self._key_rows().where(schema.reports.c.n > n))

    def keys_of_stories(
        self, stories: Sequence[str], *, but_between: tuple[int | None, int | None] | None = None
    ) -> Iterator[KeyRow]:
        """Keys of the reports of some stories, but for undated ones and those of some days, both ends included.

        Without ``but_between`` all of them come.
        """
        r, asked = schema.reports.c, self._key_rows()
        if but_between is not None:
            first, last = but_between
            outside = [r.day < first] if first is not None else []
            outside += [r.day > last] if last is not None else []
            asked = asked.where(or_(false(), *outside))
        for start in range(0, len(stories), MANY):
            yield from self._keys(asked.where(schema.stories.c.id.in_(stories[start : start + MANY])))

    def report_count(self) -> int:
        """How many reports there are, versions counted each."""
        return self.connection.execute(select(func.count()).select_from(schema.reports)).scalar_one()

    def _keys_of(self, column: Any, values: Sequence[Any]) -> Iterator[KeyRow]:
        for start in range(0, len(values), MANY):
            yield from self._keys(self._key_rows().where(column.in_(values[start : start + MANY])))

    def _key_rows(self) -> Select[Any]:
        r, s = schema.reports.c, schema.stories.c
        asked = select(r.n, r.id, s.id.label("story"), r.day, schema.keys.c.key, r.address)
        return asked.select_from(schema.reports).join(schema.keys).join(schema.stories, s.n == r.story).order_by(r.n)

    def _keys(self, asked: Select[Any]) -> Iterator[KeyRow]:
        for row in self.connection.execute(asked):
            yield KeyRow(report=row.id, story=row.story, day=row.day, key=row.key, address=row.address, n=row.n)

    def term_counts(self, terms: Iterable[int] | None = None) -> dict[int, int]:
        """In how many reports each term was counted; of some terms, or of all."""
        t = schema.terms.c
        asked = select(t.term, t.reports).order_by(t.term)
        rows: Iterator[Any]
        if terms is None:
            rows = iter(self.connection.execute(asked))
        else:
            rows = self._in(asked, t.term, sorted(set(terms)))
        return {row.term: row.reports for row in rows}

    # rulings, changes, feeds, settings

    def rulings(self, story: str | None = None, *, holding: bool = False) -> tuple[Ruling, ...]:
        """Rulings in the order in which they were made.

        Args:
            story: only those made in that story.
            holding: only those that were not undone.
        """
        r = schema.rulings.c
        asked = select(r.ruling).order_by(r.n)
        if story is not None:
            asked = asked.where(r.story == story)
        if holding:
            asked = asked.where(r.undone.is_(None))
        return tuple(lists.ruling(data) for data in self.connection.execute(asked).scalars())

    def ruling(self, id: str) -> Ruling:
        """One ruling.

        Raises:
            NotInLibrary: there is none of that id.
        """
        found = self.connection.execute(select(schema.rulings.c.ruling).where(schema.rulings.c.id == id)).scalar()
        if found is None:
            raise NotInLibrary(f"no ruling {id!r} in the library")
        return lists.ruling(found)

    def changes(self, after: int = 0, story: str | None = None, limit: int = 100) -> tuple[LibraryChange, ...]:
        """Changes with a higher number than ``after``, the earliest first, at most ``limit`` of them."""
        c = schema.changes.c
        asked = select(schema.changes).where(c.number > after).order_by(c.number).limit(limit)
        if story is not None:
            asked = asked.where(c.story == story)
        return tuple(lists.change(row) for row in self.connection.execute(asked))

    def last_change(self) -> int:
        """Number of the newest change; 0 where there is none."""
        return self.connection.execute(select(func.max(schema.changes.c.number))).scalar() or 0

    def feeds(self) -> tuple[Feed, ...]:
        """The feeds that are followed, in the order in which they were taken up."""
        f = schema.feeds.c
        asked = select(f.address, f.title, f.checked, f.due, f.failures, f.reason, f.added).order_by(f.n)
        return tuple(lists.feed(row) for row in self.connection.execute(asked))

    def feed_state(self, address: str) -> dict[str, Any]:
        """What was put down for the next visit to a feed; empty where nothing was."""
        asked = select(schema.feeds.c.state).where(schema.feeds.c.address == address)
        return self.connection.execute(asked).scalar() or {}

    def setting(self, key: str) -> str | None:
        """A small fact about the library; null where it was never put down."""
        return self.connection.execute(select(schema.settings.c.value).where(schema.settings.c.key == key)).scalar()

    # the whole

    def search(self, query: SearchQuery) -> SearchPage:
        """One page of what a search finds, with facets over all of it."""
        return searching.search(self.connection, query)

    def counts(self) -> Counts:
        """How much the library holds."""
        s, r = schema.stories.c, schema.reports.c
        told = select(func.count(), func.coalesce(func.sum(s.statements), 0), func.coalesce(func.sum(s.differences), 0))
        stories, statements, differences = self.connection.execute(told.where(s.changed != "")).one()
        outlets = select(func.count(r.outlet.distinct()))
        holding = select(func.count()).select_from(schema.rulings).where(schema.rulings.c.undone.is_(None))
        return Counts(
            reports=self.connection.execute(select(func.count()).select_from(schema.reports)).scalar_one(),
            stories=stories,
            outlets=self.connection.execute(outlets).scalar_one(),
            statements=int(statements),
            differences=int(differences),
            rulings=self.connection.execute(holding).scalar_one(),
        )

    def _in(self, asked: Select[Any], column: Any, values: Sequence[Any]) -> Iterator[Any]:
        """Rows whose column is one of many values."""
        for start in range(0, len(values), MANY):
            yield from self.connection.execute(asked.where(column.in_(values[start : start + MANY])))
