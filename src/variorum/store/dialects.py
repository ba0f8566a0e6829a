"""Every statement that SQLite and PostgreSQL word differently."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL
from sqlalchemy.exc import DatabaseError

from variorum.errors import StoreError
from variorum.model.shelf import HIT_KINDS
from variorum.store import schema
from variorum.store.index import kind_tag

CACHE_KIB = 16_384
MMAP_BYTES = 1 << 30
READERS = 16
"""Connections that readers share; one more waits until one is free."""
SEARCH_MS = 30_000
"""After so long PostgreSQL gives a reading query up, so that one bad search cannot hold a reader's connection."""
_PLANNING = (
    "plan_cache_mode=force_custom_plan",
    "max_parallel_workers_per_gather=0",
    "jit=off",
    "random_page_cost=1.1",
    "work_mem=32MB",
)
"""A search is planned by its words, since a common one and a rare one need different plans; many readers at once are better
served by one process each; disks have no heads any more."""
_LOCK = 0x76617269
"""Name of the lock that PostgreSQL's writers take: one writer at a time in a database."""
_LOCK_ASIDE = 0x76617270
"""Name of the lock of those who write beside the library's writer."""

INDEX_SQLITE = """
CREATE VIRTUAL TABLE entry_index USING fts5(
    words, head, speaker, tags, content='', columnsize=0,
    tokenize="unicode61 remove_diacritics 0 categories 'L* M* N* P* S* C*'"
)
"""
"""The text arrives cut into words and folded (``variorum.store.words``), so only spaces divide it; no copy of it is kept."""

INDEX_POSTGRES = (
    "CREATE TABLE entry_index (entry bigint PRIMARY KEY REFERENCES entries (n), words tsvector NOT NULL)",
    "CREATE INDEX ix_entry_index_words ON entry_index USING gin (words) WITH (fastupdate = off)",
)


def make_engines(url: URL, patience: float) -> tuple[Engine, Engine, Engine | None]:
    """An engine for the one writer, one for readers, and one for who writes aside; null where a store has one writer only.

    Args:
        url: of the library.
        patience: seconds that a writer waits for another one to finish.
    """
    if url.get_backend_name() == "sqlite":
        return _sqlite(url, patience, writing=True), _sqlite(url, patience, writing=False), None
    writer, readers, aside = (_postgres(url, patience, writing=writing) for writing in (True, False, True))
    return writer, readers, aside


def _sqlite(url: URL, patience: float, *, writing: bool) -> Engine:
    pool: dict[str, Any] = {"pool_size": 1 if writing else READERS, "max_overflow": 0, "pool_timeout": patience}
    engine = create_engine(url, connect_args={"timeout": patience, "check_same_thread": False}, **pool)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # transactions are begun below, not guessed by the driver
        for pragma in (
            "synchronous = FULL",
            "foreign_keys = ON",
            f"cache_size = -{CACHE_KIB}",
            f"mmap_size = {MMAP_BYTES}",
            "temp_store = MEMORY",
            f"query_only = {'OFF' if writing else 'ON'}",
        ):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _postgres(url: URL, patience: float, *, writing: bool) -> Engine:
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    options = f"-c lock_timeout={int(patience * 1000)} -c timezone=UTC"
    if not writing:
        options += f" -c default_transaction_read_only=on -c statement_timeout={SEARCH_MS}"
        options += "".join(f" -c {setting}" for setting in _PLANNING)
    try:
        return create_engine(
            url,
            pool_size=1 if writing else READERS,
            max_overflow=0,
            pool_timeout=patience,
            pool_pre_ping=True,
            isolation_level="READ COMMITTED" if writing else "REPEATABLE READ",
            connect_args={"connect_timeout": max(2, min(10, int(patience))), "options": options},
        )
    except ModuleNotFoundError as error:
        raise StoreError("PostgreSQL needs the driver psycopg: install variorum[postgres]") from error


def write_ahead(connection: Connection) -> None:
    """Have SQLite keep its log beside the file, so that readers and the writer do not wait for each other.

    The file remembers it, and is changed by it: not to be asked for before it is known to be a library, nor in a transaction.
    """
    if connection.dialect.name == "sqlite":
        connection.connection.cursor().execute("PRAGMA journal_mode = WAL")


def take_turn(connection: Connection, *, aside: bool = False) -> None:
    """Wait until no one else writes. SQLite's ``BEGIN IMMEDIATE`` has done so already."""
    if connection.dialect.name == "postgresql":
        lock = _LOCK_ASIDE if aside else _LOCK
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": lock})


def make_index(connection: Connection) -> None:
    """Make the empty full-text index."""
    for statement in (INDEX_SQLITE,) if connection.dialect.name == "sqlite" else INDEX_POSTGRES:
        connection.exec_driver_sql(statement)


def drop_index(connection: Connection) -> None:
    """Take the full-text index away."""
    connection.exec_driver_sql("DROP TABLE entry_index")


@contextmanager
def index_anew(connection: Connection) -> Iterator[None]:
    """An empty full-text index in place of the old one, to be filled meanwhile. PostgreSQL sorts all rows at once afterwards."""
    drop_index(connection)
    if connection.dialect.name == "sqlite":
        make_index(connection)
        yield
        return
    rows, order = INDEX_POSTGRES
    connection.exec_driver_sql(rows)
    yield
    connection.exec_driver_sql("SET LOCAL maintenance_work_mem = '256MB'")
    connection.exec_driver_sql(order)
    connection.exec_driver_sql("ANALYZE entry_index")


def add_terms(connection: Connection) -> Any:
    """Adds ``reports`` to a term's count, from nothing where it has none."""
    make = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    row = make(schema.terms)
    counted = schema.terms.c.reports + row.excluded.reports
    return row.on_conflict_do_update(index_elements=[schema.terms.c.term], set_={"reports": counted})


def tidy(writer: Engine) -> None:
    """Join the full-text index's parts, and count what the planner goes by."""
    if writer.dialect.name == "sqlite":
        with closing(writer.raw_connection()) as connection:
            for statement in (
                "INSERT INTO entry_index (entry_index) VALUES ('optimize')",
                "PRAGMA optimize = 0x10002",
                "PRAGMA wal_checkpoint(TRUNCATE)",
            ):
                connection.cursor().execute(statement).fetchall()
        return
    with writer.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")


def check(connection: Connection) -> tuple[str, ...]:
    """What is not whole: the file, the index, and each of them against the other."""
    problems: list[str] = []
    entries = int(connection.exec_driver_sql("SELECT count(*) FROM entries").scalar_one())
    if connection.dialect.name == "sqlite":
        problems += [
            str(line) for line in connection.exec_driver_sql("PRAGMA integrity_check").scalars() if line != "ok"
        ]
        problems += [f"foreign key: {row}" for row in connection.exec_driver_sql("PRAGMA foreign_key_check")]
        try:
            connection.exec_driver_sql("INSERT INTO entry_index (entry_index) VALUES ('integrity-check')")
        except DatabaseError as error:
            problems.append(f"full-text index: {error.orig}")
        kinds = " OR ".join(f'"{kind_tag(kind)}"' for kind in HIT_KINDS)
        asked = "SELECT count(*) FROM entry_index JOIN entries ON n = entry_index.rowid WHERE entry_index MATCH ?"
        indexed = connection.exec_driver_sql(asked, (f"tags : ({kinds})",)).scalar_one()
    else:
        indexed = connection.exec_driver_sql("SELECT count(*) FROM entry_index").scalar_one()
    if indexed != entries:
        problems.append(f"full-text index: {indexed} of {entries} entries")
    return tuple(problems)


def size(connection: Connection) -> int:
    """Bytes on the disk."""
    if connection.dialect.name == "sqlite":
        pages, page = (
            connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in ("page_count", "page_size")
        )
        return int(pages) * int(page)
    return int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())
