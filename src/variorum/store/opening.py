"""A library opened: one writer at a time, readers beside it, faults told in one line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Any, Self

import platformdirs
from sqlalchemy import Connection
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from variorum.errors import StoreError
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
from variorum.store import dialects
from variorum.store.entering import Progress
from variorum.store.faults import told
from variorum.store.index import FOLDING
from variorum.store.rows import Held, KeyRow
from variorum.store.snapshot import Snapshot
from variorum.store.transaction import Transaction
from variorum.store.upgrading import upgrade

PATIENCE = 30.0
_FOLDING = "folding"
_KNOWN_LABELS = 100_000


def open_store(
    where: str | Path | None = None, *, patience: float = PATIENCE, on_index: Progress | None = None
) -> Store:
    """Open a library, make it where there is none, and bring its schema up to date.

    Args:
        where: a file, ``sqlite:///FILE``, ``postgresql://…``; null for ``library.sqlite`` in the user's data folder.
        patience: seconds that a writer waits for another program's writing to end.
        on_index: told how many entries of how many were done, where the search index of an older library is made anew: that takes
            minutes for a hundred thousand reports.

    Raises:
        StoreError: it cannot be opened, is no library, or is one of a newer program.
    """
    url = _url(where)
    name = url.database or "" if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=True)
    if url.get_backend_name() == "sqlite":
        try:
            Path(name).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"{name}: {error.strerror}") from error
    return Store(url, name, patience, on_index)


def _url(where: str | Path | None) -> URL:
    if where is None:
        where = Path(platformdirs.user_data_dir("variorum")) / "library.sqlite"
    if isinstance(where, Path) or "://" not in where:
        return URL.create("sqlite", database=str(where))
    try:
        url = make_url(where)
        backend = url.get_backend_name()
    except ArgumentError as error:
        raise StoreError(f"{where}: not the address of a library") from error
    if backend == "postgres":
        url = url.set(drivername="postgresql")
    elif backend not in ("sqlite", "postgresql"):
        raise StoreError(f"{backend}: libraries are kept in SQLite or PostgreSQL")
    if backend == "sqlite" and url.database in (None, "", ":memory:"):
        raise StoreError("a library needs a file: readers and the writer have connections of their own")
    return url


class Store:
    """A library's store. Any thread may use it; each call reads one moment of it.

    Every method raises ``StoreError`` where the store cannot be reached, read or written.
    """

    def __init__(self, url: URL, name: str, patience: float, on_index: Progress | None = None) -> None:
        self.name = name
        """The library as messages name it, without a password."""
        self.address = url.render_as_string(hide_password=False)
        """By which it is opened again; with the password, if there is one."""
        self.kind = url.get_backend_name()
        """``sqlite`` or ``postgresql``."""
        self._turn = RLock()
        self._patience = patience
        self._labels: dict[str, int] = {}
        with told(name):
            self._writer, self._readers, self._aside = dialects.make_engines(url, patience)
            try:
                upgrade(self._writer)
                self._fold(on_index)
            except StoreError as error:
                self.close()
                raise StoreError(f"{name}: {error}") from error
            except BaseException:
                self.close()
                raise

    def _fold(self, on_index: Progress | None) -> None:
        """An index whose words were cut otherwise than searches are now would miss them."""
        if self.setting(_FOLDING) == FOLDING:
            return
        with self.write() as tx:
            if tx.setting(_FOLDING) != FOLDING:  # another program may have made it meanwhile
                tx.index_anew(on_index)
                tx.put_setting(_FOLDING, FOLDING)

    def close(self) -> None:
        """Let go of the library. Calling it again does nothing."""
        for engine in (self._writer, self._readers, self._aside):
            if engine is not None:
                engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """One transaction: committed when the block ends, undone when it raises. Others who write wait, readers do not.

        Raises:
            StoreError: others write for longer than the store's patience, or it could not be written or committed.
        """
        if not self._turn.acquire(timeout=self._patience):
            raise StoreError(f"{self.name}: another thread is writing to it and has not finished")
        try:
            with told(self.name):
                with self._writer.begin() as connection:
                    dialects.take_turn(connection)
                    made = Transaction(connection, self._labels)
                    yield made
                if len(self._labels) > _KNOWN_LABELS:
                    self._labels.clear()
                self._labels.update(made.new_labels)
        finally:
            self._turn.release()

    @contextmanager
    def write_aside(self) -> Iterator[Connection]:
        """One transaction on tables that no adding touches, as those of accounts: who signs in need not wait for a batch.

        On PostgreSQL it waits only for others of its kind. SQLite has one writer: there it waits its turn.

        Raises:
            StoreError: as ``write``.
        """
        if self._aside is None:
            with self.write() as tx:
                yield tx.connection
            return
        with told(self.name), self._aside.begin() as connection:
            dialects.take_turn(connection, aside=True)
            yield connection

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """One moment of the library, however many things are asked of it."""
        with told(self.name), self._readers.begin() as connection:
            yield Snapshot(connection)

    def tidy(self) -> None:
        """Have the store look at what it holds, so that it finds fast; after much was added. Readers are not held up."""
        with told(self.name):
            dialects.tidy(self._writer)

    def check(self) -> tuple[str, ...]:
        """What is not whole in the library, one line each; empty where nothing is lost or left over."""
        with self.write() as tx:
            return dialects.check(tx.connection)

    def size(self) -> int:
        """Bytes that the library takes on its disk."""
        with told(self.name), self._readers.begin() as connection:
            return dialects.size(connection)

    # each question of a snapshot, asked on its own; see there

    def stories(self, query: StoryQuery | None = None) -> StoryPage:
        """``Snapshot.stories``."""
        with self.snapshot() as now:
            return now.stories(query)

    def story_line(self, story: str) -> StoryLine:
        """``Snapshot.story_line``."""
        with self.snapshot() as now:
            return now.story_line(story)

    def record_json(self, story: str) -> bytes:
        """``Snapshot.record_json``."""
        with self.snapshot() as now:
            return now.record_json(story)

    def story_now(self, story: str) -> str | None:
        """``Snapshot.story_now``."""
        with self.snapshot() as now:
            return now.story_now(story)

    def reports_of(self, story: str) -> tuple[str, ...]:
        """``Snapshot.reports_of``."""
        with self.snapshot() as now:
            return now.reports_of(story)

    def reading(self, report: str) -> Reading:
        """``Snapshot.reading``."""
        with self.snapshot() as now:
            return now.reading(report)

    def readings(self, reports: Sequence[str]) -> tuple[Reading, ...]:
        """``Snapshot.readings``."""
        with self.snapshot() as now:
            return now.readings(reports)

    def held(self, report: str) -> Held | None:
        """``Snapshot.held``."""
        with self.snapshot() as now:
            return now.held(report)

    def report_by_digest(self, digest: str) -> Held | None:
        """``Snapshot.report_by_digest``."""
        with self.snapshot() as now:
            return now.report_by_digest(digest)

    def by_address(self, address: str) -> tuple[Held, ...]:
        """``Snapshot.by_address``."""
        with self.snapshot() as now:
            return now.by_address(address)

    def versions(self, report: str) -> tuple[str, ...]:
        """``Snapshot.versions``."""
        with self.snapshot() as now:
            return now.versions(report)

    def keys_between(self, first: int | None, last: int | None, *, undated: bool = False) -> tuple[KeyRow, ...]:
        """``Snapshot.keys_between``."""
        with self.snapshot() as now:
            return tuple(now.keys_between(first, last, undated=undated))

    def keys_with_bands(self, bands: Sequence[int]) -> tuple[KeyRow, ...]:
        """``Snapshot.keys_with_bands``."""
        with self.snapshot() as now:
            return tuple(now.keys_with_bands(bands))

    def keys_of(self, reports: Sequence[str]) -> tuple[KeyRow, ...]:
        """``Snapshot.keys_of``."""
        with self.snapshot() as now:
            return tuple(now.keys_of(reports))

    def term_counts(self, terms: Sequence[int] | None = None) -> dict[int, int]:
        """``Snapshot.term_counts``."""
        with self.snapshot() as now:
            return now.term_counts(terms)

    def rulings(self, story: str | None = None, *, holding: bool = False) -> tuple[Ruling, ...]:
        """``Snapshot.rulings``."""
        with self.snapshot() as now:
            return now.rulings(story, holding=holding)

    def ruling(self, id: str) -> Ruling:
        """``Snapshot.ruling``."""
        with self.snapshot() as now:
            return now.ruling(id)

    def changes(self, after: int = 0, story: str | None = None, limit: int = 100) -> tuple[LibraryChange, ...]:
        """``Snapshot.changes``."""
        with self.snapshot() as now:
            return now.changes(after, story, limit)

    def last_change(self) -> int:
        """``Snapshot.last_change``."""
        with self.snapshot() as now:
            return now.last_change()

    def feeds(self) -> tuple[Feed, ...]:
        """``Snapshot.feeds``."""
        with self.snapshot() as now:
            return now.feeds()

    def feed_state(self, address: str) -> dict[str, Any]:
        """``Snapshot.feed_state``."""
        with self.snapshot() as now:
            return now.feed_state(address)

    def setting(self, key: str) -> str | None:
        """``Snapshot.setting``."""
        with self.snapshot() as now:
            return now.setting(key)

    def search(self, query: SearchQuery) -> SearchPage:
        """``Snapshot.search``."""
        with self.snapshot() as now:
            return now.search(query)

    def counts(self) -> Counts:
        """``Snapshot.counts``."""
        with self.snapshot() as now:
            return now.counts()
