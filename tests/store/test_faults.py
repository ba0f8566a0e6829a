"""Faults of the disk, of other programs and of the server: said in one clear line; what was committed stays; work goes on."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers import NoServer, PostgresServer
from tests.store.making import harbour, line, put, reading
from variorum.errors import StoreError
from variorum.model.shelf import SearchQuery
from variorum.store import Store, open_store
from variorum.store.dialects import take_turn


@pytest.fixture
def own_server() -> Iterator[PostgresServer]:
    """A server that a test may break."""
    try:
        server = PostgresServer()
    except (NoServer, ImportError) as error:
        pytest.skip(str(error))
    yield server
    server.stop()


def still_whole(store: Store) -> None:
    """The harbour's reports are there, and one can go on."""
    assert store.counts().reports == 3
    assert store.search(SearchQuery(words="ferry")).total == 4
    with store.write() as tx:
        put(tx, reading("after", "The heron came back."))
        tx.put_story(line("s3"), b"{}", [])
    assert store.search(SearchQuery(words="heron")).total == 1
    assert store.check() == ()


def one_line(error: pytest.ExceptionInfo[StoreError], *parts: str) -> None:
    message = str(error.value)
    assert "\n" not in message
    assert len(message) < 400
    for part in parts:
        assert part in message, message


def test_a_full_disk(tmp_path: Path) -> None:
    with open_store(tmp_path / "library.sqlite") as store:
        harbour(store)
        with store.write() as tx:
            pages = tx.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            tx.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 20}")
        with pytest.raises(StoreError) as told, store.write() as tx:
            for n in range(200):
                put(tx, reading(f"x{n}", " ".join(f"word{n * i}" for i in range(400))))
        one_line(told, "library.sqlite", "the disk is full")
        assert store.search(SearchQuery(words="word1")).total == 0
        with store.write() as tx:
            tx.connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
        still_whole(store)


def test_another_program_holds_the_file(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    with open_store(path, patience=0.2) as store:
        harbour(store)
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError) as told, store.write():
            pytest.fail("nobody else may write")
        one_line(told, "library.sqlite", "another program is writing")
        assert store.search(SearchQuery(words="ferry")).total == 4, "readers do not wait"
        other.execute("ROLLBACK")
        other.close()
        still_whole(store)


def test_another_program_writes_to_the_server_s_library(postgres: str) -> None:
    with open_store(postgres, patience=0.2) as store, open_store(postgres) as other:
        harbour(store)
        with other.write() as tx:
            take_turn(tx.connection)
            with pytest.raises(StoreError) as told, store.write():
                pytest.fail("nobody else may write")
            one_line(told, "another program is writing")
            assert store.search(SearchQuery(words="ferry")).total == 4
        still_whole(store)


def test_another_thread_writes(store: Store) -> None:
    harbour(store)
    with open_store(store.address, patience=0.2) as own:
        from concurrent.futures import ThreadPoolExecutor

        def write() -> None:
            with own.write():
                pass

        with own.write(), ThreadPoolExecutor(1) as pool, pytest.raises(StoreError, match="another thread is writing"):
            pool.submit(write).result()
        still_whole(own)


def test_the_server_breaks_down_in_the_middle_of_a_transaction(own_server: PostgresServer) -> None:
    with open_store(own_server.database(), patience=5) as store:
        harbour(store)
        with pytest.raises(StoreError) as told, store.write() as tx:
            put(tx, reading("lost", "Lost words."))
            own_server.kill()
            put(tx, reading("lost2", "More lost words."))
        one_line(told, "postgresql://", "server")
        with pytest.raises(StoreError) as told:
            store.counts()
        one_line(told, "server")
        with pytest.raises(StoreError), store.write():
            pytest.fail("there is no server")
        own_server.start()
        assert store.search(SearchQuery(words="lost")).total == 0
        still_whole(store)


def test_no_server_at_all(tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(StoreError) as told:
        open_store(f"postgresql://someone:secret@/library?host={tmp_path}", patience=1)
    one_line(told, "cannot be reached")
    assert "secret" not in str(told.value)


def test_a_damaged_file(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    with open_store(path) as store:
        harbour(store)
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(StoreError) as told, open_store(path) as store:
        store.search(SearchQuery(words="ferry"))
    one_line(told, "library.sqlite", "damaged")


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError) as told:
        open_store(tmp_path / "file" / "library.sqlite")
    one_line(told, "file")


def test_a_folder_is_no_library(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as told:
        open_store(tmp_path)
    one_line(told, "cannot be opened")


def test_what_is_missing_from_the_index_is_told(store: Store) -> None:
    harbour(store)
    assert store.check() == ()
    with store.write() as tx:
        delete = (
            "DELETE FROM entry_index"
            if store.kind == "postgresql"
            else "INSERT INTO entry_index (entry_index) VALUES ('delete-all')"
        )
        tx.connection.exec_driver_sql(delete)
    assert store.check() == ("full-text index: 0 of 9 entries",)
    with store.write() as tx:
        tx.index_anew()
    still_whole(store)
