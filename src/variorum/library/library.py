"""The library: reports go in, stories and records follow, people rule, changes are told."""

from __future__ import annotations

import re
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from variorum.errors import IntakeError, NotInLibrary
from variorum.library.decisions import Decisions
from variorum.library.moments import TURN, moment
from variorum.model import (
    Addition,
    Counts,
    Feed,
    LibraryChange,
    Reading,
    Record,
    Report,
    SearchPage,
    SearchQuery,
    Settled,
    StoryLine,
    StoryPage,
    StoryQuery,
    codec,
)
from variorum.store import Progress, Snapshot, Store, open_store

# Who only reads a library need not load what adding and ruling take: gathering, collation and the page parsers.
if TYPE_CHECKING:
    from variorum.library.adding import Plan
    from variorum.library.following import Manners, Visit
    from variorum.library.news import News
    from variorum.library.placing import Placer

Given = str | Mapping[str, Any] | Report
"""A text, an object of the JSONL contract, a report, or a reading."""
Reader = Callable[[Iterable[Report], int], Iterator[Reading]]
"""Reads reports with a number of workers, streaming and in order."""

BATCH = 24
"""Reports written together: few enough that others who write do not wait long."""
SECONDS = 5.0
"""After this long what was read is written, though the batch be not full."""
RECORDS = 48
"""Records kept ready, so that a page after page of one story parses it once."""
_ID_START = re.compile(r"s[0-9a-f]{2,}")


def read_serially(reports: Iterable[Report], workers: int) -> Iterator[Reading]:
    """Readings by this process alone, whatever the number of workers."""
    from variorum import reading  # the language library takes a second to load, and who only reads needs none of it

    return reading.read_all(reports)


class Library(Decisions):
    """A library of stories. Any thread may use it; readers are never blocked by who adds.

    Every method raises ``StoreError`` where the store cannot be reached, read or written, and ``NotInLibrary`` for a
    story, report or ruling that is not there.
    """

    def __init__(self, store: Store, reader: Reader = read_serially) -> None:
        self._store = store
        self._reader = reader
        self._adding = threading.RLock()
        self._placer_made: Placer | None = None
        self._ready: OrderedDict[tuple[str, str], Record] = OrderedDict()
        self._shelf = threading.Lock()

    @classmethod
    def open(
        cls, where: str | Path | None = None, *, reader: Reader = read_serially, on_index: Progress | None = None
    ) -> Library:
        """Open a library, made where there is none.

        Args:
            where: a file, or ``postgresql://…``; null for ``library.sqlite`` in the user's data folder.
            reader: what reads reports.
            on_index: told how many entries of how many are done, where the search index of an older library is made anew
                (minutes for a hundred thousand reports).

        Raises:
            StoreError: it cannot be opened.
        """
        return cls(open_store(where, on_index=on_index), reader)

    def close(self) -> None:
        """Let go of the store."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def name(self) -> str:
        """The library as messages name it, without a password."""
        return self._store.name

    @property
    def store(self) -> Store:
        """What keeps it: for accounts, and for questions that the library does not ask."""
        return self._store

    @property
    def _placer(self) -> Placer:
        from variorum.library.placing import Placer

        if self._placer_made is None:
            self._placer_made = Placer()
        return self._placer_made

    # ---- adding ----------------------------------------------------------------------------------

    def add(
        self,
        reports: Iterable[Given],
        *,
        workers: int = 1,
        on_progress: Callable[[int], None] | None = None,
        on_reject: Callable[[IntakeError], None] | None = None,
    ) -> Iterator[Addition]:
        """Add reports; what became of each is told once it is committed, in the order given.

        A report that is there already is not read again; one whose text has changed at its place is a new version. A
        ``Reading`` is taken as it is, also in the place of the one that the library has of the same text. Of what was
        given and not yet told nothing is lost by giving it again.

        Args:
            reports: drawn as needed.
            workers: processes that share the reading; 0 stands for one a processor.
            on_progress: told how many reports have been looked at.
            on_reject: told of what could not become a report; without it the error is raised.
        """
        waiting: deque[tuple[Report, bool]] = deque()

        def to_read() -> Iterator[Report]:
            for given in reports:
                try:
                    report = as_report(given)
                except IntakeError as error:
                    if on_reject is None:
                        raise
                    on_reject(error)
                    continue
                new = not isinstance(report, Reading) and self._is_new(report)
                waiting.append((report, new))
                if new:
                    yield report

        def in_order() -> Iterator[Report]:
            for reading in self._reader(to_read(), workers):
                while not waiting[0][1]:
                    yield waiting.popleft()[0]
                waiting.popleft()
                yield reading
            while waiting:
                yield waiting.popleft()[0]

        batch: list[Report] = []
        since = time.monotonic()
        for count, report in enumerate(in_order(), 1):
            batch.append(report)
            if on_progress:
                on_progress(count)
            if len(batch) >= BATCH or time.monotonic() - since > SECONDS:
                yield from self._add_batch(batch)
                batch, since = [], time.monotonic()
        if batch:
            yield from self._add_batch(batch)

    def _is_new(self, report: Report) -> bool:
        from variorum.library.places import digest_of

        return self._store.report_by_digest(digest_of(report)) is None

    def _add_batch(self, reports: Sequence[Report]) -> list[Addition]:
        """Add some reports in one transaction."""
        from variorum.library import adding, deciding

        def plan_for(now: Snapshot) -> tuple[Plan, dict[str, list[News]]]:
            plan = adding.Plan()
            for report in reports:
                plan.arrivals.append(adding.recognised(now, report, plan.arrivals))
            read_again = adding.read_again(now, plan)
            ruled = now.rulings() if plan.new or read_again else ()
            if plan.new:
                ties = deciding.ties_of(ruled)
                new = {arrival.id for arrival in plan.new}
                others = {a.version_of for a in plan.new if a.version_of is not None}
                others |= {id for tie in ties if {tie.a, tie.b} & new for id in (tie.a, tie.b)}
                there = [id for id in sorted(others) if now.held(id) is not None]
                gatherer = self._placer.at(now, [a.report for a in plan.new], ties, others=there)
                adding.placed(now, plan, self._placer, gatherer, ties)
            adding.collated(now, plan, ruled, also=read_again)
            return plan, {}

        return self._write(plan_for)

    def _write(self, plan_for: Callable[[Snapshot], tuple[Plan, dict[str, list[News]]]]) -> list[Addition]:
        """Work a plan out beside the others and write it; work it out anew in its turn if somebody wrote meanwhile."""
        from variorum.library import adding

        with self._adding:
            try:
                with self._store.snapshot() as now:
                    turn = now.setting(TURN)
                    plan, told = plan_for(now)
                if not plan.writes:
                    return self._known(plan)
                with self._store.write() as tx:
                    if tx.setting(TURN) != turn:
                        self._placer.forget()
                        turn = tx.setting(TURN)
                        plan, told = plan_for(tx)
                    after = str(int(turn or 0) + 1)
                    changes = adding.written(tx, plan, when=moment(), more=told)
                    tx.put_setting(TURN, after)
                    made = adding.additions(tx, plan, changes)
            except BaseException:
                # What the gatherer has placed was not written.
                self._placer.forget()
                raise
            self._placer.written(after)
            return made

    def _known(self, plan: Plan) -> list[Addition]:
        from variorum.library import adding

        with self._store.snapshot() as now:
            return adding.additions(now, plan, ())

    # ---- settling --------------------------------------------------------------------------------

    def settle(self, *, every: bool = False, on_progress: Callable[[int, int], None] | None = None) -> Settled:
        """Take out of the stories what the order of arrival did to them, so that they are as if gathered at once.

        It looks again at the reports that came since the last settling and at those within two weeks of them. Rulings
        hold; ids of stories that merged lead on to the story that they are part of.

        Args:
            every: look at all reports.
            on_progress: told how many of the reports that move have moved, and how many there are.

        Returns:
            What it did. Others may have written meanwhile; what was not settled then is settled next time.
        """
        from variorum.library.settling import settle

        with self._adding:
            return settle(self._store, self._placer, every=every, on_progress=on_progress)

    def settle_if_due(self) -> Settled:
        """Settle where that costs little beside what came since, or was not done yet today: to be called after adding."""
        from variorum.library.settling import settle

        with self._adding:
            return settle(self._store, self._placer, if_due=True)

    # ---- reading ---------------------------------------------------------------------------------

    def counts(self) -> Counts:
        """How much the library holds."""
        return self._store.counts()

    def stories(self, query: StoryQuery | None = None) -> StoryPage:
        """One page of the list of stories."""
        return self._store.stories(query)

    def story(self, id: str) -> StoryLine:
        """A story as lists show it.

        Raises:
            NotInLibrary: there is none of that id.
        """
        return self._store.story_line(id)

    def story_now(self, id: str) -> str | None:
        """The id of the story that a story of this id has become part of, or its own; null where there never was one."""
        return self._store.story_now(id)

    def find_story(self, words: str) -> StoryLine:
        """The one story that is meant: by its id, the beginning of its id, or words of its title or its headlines.

        Raises:
            NotInLibrary: none fits, or several do; the message names some.
        """
        now = self._store.story_now(words)
        if now is not None:
            return self._store.story_line(now)
        if _ID_START.fullmatch(words):
            found = [line for line in self.all_stories() if line.id.startswith(words)]
        else:
            found = []
        found = found or list(self._store.stories(StoryQuery(words=words, limit=6)).stories)
        exact = [line for line in found if line.title.casefold() == words.casefold()]
        if len(exact) == 1 or len(found) == 1:
            return (exact or found)[0]
        if not found:
            raise NotInLibrary(f"no story {words!r} in the library")
        some = "; ".join(f"{line.id} {line.title}" for line in found[:5])
        raise NotInLibrary(f"several stories fit {words!r}: {some}")

    def all_stories(self) -> Iterator[StoryLine]:
        """Every story."""
        offset = 0
        while page := self._store.stories(StoryQuery(limit=500, offset=offset)).stories:
            yield from page
            offset += len(page)

    def record(self, id: str) -> Record:
        """A story's record, as people corrected it.

        Raises:
            NotInLibrary: there is no such story.
        """
        with self._store.snapshot() as now:
            key = (id, now.story_line(id).changed)
            with self._shelf:
                if key in self._ready:
                    self._ready.move_to_end(key)
                    return self._ready[key]
            content = now.record_json(id)
        record = codec.from_json(Record, content, where=id)
        with self._shelf:
            self._ready[key] = record
            while len(self._ready) > RECORDS:
                self._ready.popitem(last=False)
        return record

    def report(self, id: str) -> Reading:
        """A report with all that was found in it; any version that was ever added.

        Raises:
            NotInLibrary: there is no such report.
        """
        return self._store.reading(id)

    def versions(self, id: str) -> tuple[str, ...]:
        """Ids of all versions of a report, itself included, oldest first.

        Raises:
            NotInLibrary: there is no such report.
        """
        return self._store.versions(id)

    def story_of(self, report: str) -> str:
        """Id of the story that a report is in.

        Raises:
            NotInLibrary: there is no such report.
        """
        held = self._store.held(report)
        if held is None:
            raise NotInLibrary(f"no report {report!r} in the library")
        return held.story

    def search(self, query: SearchQuery) -> SearchPage:
        """One page of what a search finds, best first."""
        return self._store.search(query)

    def changes(self, after: int = 0, story: str | None = None, limit: int = 100) -> tuple[LibraryChange, ...]:
        """Changes with a higher number than ``after``, the earliest first, at most ``limit`` of them."""
        return self._store.changes(after, story, limit)

    def last_change(self) -> int:
        """Number of the latest change; 0 where nothing has changed yet."""
        return self._store.last_change()

    # ---- feeds -----------------------------------------------------------------------------------

    def feeds(self) -> tuple[Feed, ...]:
        """The feeds that are followed, with how the last visit to each went."""
        return self._store.feeds()

    def follow(self, address: str, title: str | None = None) -> Feed:
        """Follow a feed, or a page; one that is followed already stays as it is. Who polls visits it.

        Raises:
            IntakeError: it is no web address.
        """
        from variorum.library.following import checked_address

        address = checked_address(address)
        known = next((feed for feed in self._store.feeds() if feed.address == address), None)
        if known is not None:
            return known
        feed = Feed(address=address, title=title, due=datetime.now(UTC).isoformat(timespec="seconds"))
        self.keep_feed(feed, {})
        return feed

    def unfollow(self, address: str) -> None:
        """Follow a feed no longer; the reports that came from it stay.

        Raises:
            NotInLibrary: it is not followed.
        """
        with self._store.write() as tx:
            tx.drop_feed(address)

    def keep_feed(self, feed: Feed, state: Mapping[str, Any] | None) -> None:
        """Put down what a visit to a feed found; its state stays where that is null."""
        with self._store.write() as tx:
            tx.put_feed(feed, state)

    def poll(self, manners: Manners | None = None) -> Iterator[Visit]:
        """Visit the feeds that are due, the longest due first, politely.

        Args:
            manners: how; by default every quarter of an hour, two seconds between requests to a host.
        """
        from variorum.library import following

        manners = manners or following.Manners()
        now = manners.now().astimezone(UTC).isoformat(timespec="seconds")
        due = [feed for feed in self._store.feeds() if (feed.due or "") <= now]
        for feed in sorted(due, key=lambda feed: (feed.due or "", feed.address)):
            yield following.visit(self, feed, manners)


def as_report(given: Given) -> Report:
    """A report out of a text, an object of the JSONL contract, or a report.

    Raises:
        IntakeError: it holds neither text nor a page, or one that cannot be read.
    """
    if isinstance(given, Report):
        return given
    from variorum.intake import report_from_object

    return report_from_object({"text": given} if isinstance(given, str) else given)
