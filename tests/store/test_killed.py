"""A program that adds is killed at random moments: what it was told is committed is there, and nothing by half."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from multiprocessing.connection import Connection

from tests.patience import PATIENCE
from tests.store.making import entry, line, put, reading
from variorum.model.shelf import LibraryChange, SearchQuery
from variorum.store import Store, open_store

MOMENTS = 20
BATCH = 4


def add_without_end(address: str, first: int, told: Connection) -> None:
    """Commit batch after batch, and tell the number of each once it is committed."""
    with open_store(address, patience=PATIENCE) as store:
        told.send("ready")
        batch = first
        while True:
            write(store, batch)
            told.send(batch)
            batch += 1


def write(store: Store, batch: int) -> None:
    """A story of its own for each batch, and one that all batches share and that is put anew each time."""
    with store.write() as tx:
        made = [
            reading(f"b{batch}-{n}", f"Batch{batch} has report number {n}. " + "Waves and wind. " * 50)
            for n in range(BATCH)
        ]
        for n, one in enumerate(made):
            put(tx, one, "shared" if n == 0 else f"s{batch}", bands=[batch])
        tx.put_story(line(f"s{batch}"), b"{}", [entry(one, f"Batch{batch}") for one in made[1:]])
        tx.put_story(
            line("shared", title=f"up to {batch}"), str(batch).encode(), [entry(made[0], "has report", id=f"t{batch}")]
        )
        tx.count_terms({1: BATCH})
        tx.add_changes([LibraryChange(number=0, when="2031", story=f"s{batch}", topic="story-opened", text=str(batch))])


def check(store: Store, acknowledged: int) -> int:
    """See that every batch is there or not, and none by half; the number of batches that are there."""
    assert store.check() == ()
    there = store.counts().reports // BATCH
    assert there >= acknowledged
    assert store.counts().reports == there * BATCH
    assert [change.text for change in store.changes(limit=100_000)] == [str(n) for n in range(there)]
    assert store.term_counts() == ({1: BATCH * there} if there else {})
    for batch in {*range(max(0, there - 3), there), there // 2} if there else ():
        found = store.search(SearchQuery(words=f"batch{batch}", limit=100))
        assert sorted(hit.kind for hit in found.hits) == ["report"] * BATCH + ["statement"] * (BATCH - 1)
        assert len(store.keys_with_bands([batch])) == BATCH
    if there:
        assert store.record_json("shared") == str(there - 1).encode()
        assert store.story_line("shared").title == f"up to {there - 1}"
        assert len(store.reports_of("shared")) == there
        assert store.search(SearchQuery(kinds=("statement",), story="shared")).total == 1
    assert store.search(SearchQuery(words=f"batch{there}")).total == 0
    return there


def test_nothing_is_lost_or_halved_when_the_program_is_killed(address: str) -> None:
    moments = random.Random(11)
    fork = multiprocessing.get_context("fork")
    there, waited, usual = 0, 0, 0.1
    for _ in range(MOMENTS):
        mine, its = fork.Pipe(duplex=False)
        process = fork.Process(target=add_without_end, args=(address, there, its), daemon=True)
        process.start()
        its.close()
        assert mine.recv() == "ready"
        acknowledged = there
        for _ in range(moments.randrange(3)):
            begun = time.monotonic()
            acknowledged = mine.recv() + 1
            usual = 0.5 * usual + 0.5 * (time.monotonic() - begun)
            waited += 1
        time.sleep(moments.uniform(0, 1.2 * usual))  # somewhere in the batch after
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        try:
            while True:
                acknowledged = mine.recv() + 1
        except EOFError:
            mine.close()
        with open_store(address, patience=PATIENCE) as store:
            there = check(store, acknowledged)
    assert there >= waited > 0
