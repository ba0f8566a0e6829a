"""Faults in the middle of adding, on both stores: what was acknowledged is there, and adding the same again takes up the rest."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.library.conftest import as_they_are, generated
from tests.library.whole import faults
from tests.servers import NoServer, PostgresServer, shared_server
from variorum.errors import StoreError
from variorum.library import Library
from variorum.library.library import BATCH
from variorum.model import Addition
from variorum.store import open_store

COUNT = 2 * BATCH


def added_until_it_fails(library: Library, count: int = COUNT) -> tuple[list[Addition], str]:
    """What was acknowledged, and what was said then."""
    acknowledged: list[Addition] = []
    with pytest.raises(StoreError) as told:
        acknowledged.extend(library.add(generated(count)))
    message = str(told.value)
    assert "\n" not in message
    assert len(message) < 400
    return acknowledged, message


def taken_up(library: Library, acknowledged: list[Addition], count: int = COUNT) -> None:
    """All that was acknowledged is there; given again it is known, the rest is added, and the library is whole."""
    assert library.store.check() == ()
    assert faults(library) == []
    for addition in acknowledged:
        assert library.report(addition.report).id == addition.report
    outcomes = [addition.outcome for addition in library.add(generated(count))]
    assert outcomes[: len(acknowledged)] == ["known"] * len(acknowledged)
    assert "known" not in outcomes[len(acknowledged) :]
    assert library.counts().reports == count
    assert library.store.check() == ()
    assert faults(library) == []


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """A disk of sixteen megabytes."""
    mount = shutil.which("mount")
    if mount is None or os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    folder = Path(tempfile.mkdtemp(prefix="variorum-disk-"))
    try:
        folder.chmod(0o755)  # the server's user looks into it
        asked = [mount, "-t", "tmpfs", "-o", "size=16m,mode=755", "tmpfs", str(folder)]
        done = subprocess.run(asked, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"no small disk can be mounted here: {done.stderr.strip()}")
        yield folder
        subprocess.run(["umount", str(folder)], check=True)
    finally:
        folder.rmdir()


@pytest.fixture(params=["sqlite", "postgresql"])
def on_small_disk(request: pytest.FixtureRequest, small_disk: Path) -> Iterator[str]:
    """The address of a library on the small disk."""
    if request.param == "sqlite":
        yield str(small_disk / "library.sqlite")
        return
    server = shared_server()
    if isinstance(server, str):
        pytest.skip(server)
    address = server.database(folder=small_disk / "tables")
    yield address
    server.drop(address)


def test_a_disk_that_fills_up(on_small_disk: str, small_disk: Path) -> None:
    with Library.open(on_small_disk, reader=as_they_are) as library:
        first = list(library.add(generated(5)))
        filler = small_disk / "filler"
        with filler.open("wb") as file:
            free = os.statvfs(small_disk)
            file.write(b"x" * (free.f_bavail * free.f_frsize - 300_000))
        acknowledged, message = added_until_it_fails(library)
        assert "disk is full; make room and do the same again" in message
        assert library.counts().reports == max(len(first), len(acknowledged))
        filler.unlink()
        taken_up(library, acknowledged or first)


def test_a_server_lost_in_the_middle(tmp_path: Path) -> None:
    try:
        server = PostgresServer()
    except (NoServer, ImportError) as error:
        pytest.skip(str(error))
    try:
        with Library.open(server.database(), reader=as_they_are) as library:
            acknowledged: list[Addition] = []
            with pytest.raises(StoreError, match=r"server.*when it is back, do the same again"):
                for addition in library.add(generated(COUNT)):
                    acknowledged.append(addition)
                    if len(acknowledged) == 5:
                        server.kill()
            assert len(acknowledged) == BATCH
            with pytest.raises(StoreError, match=r"cannot be reached.*when it is back"):
                library.counts()
            server.start()
            taken_up(library, acknowledged)
    finally:
        server.stop()


def test_another_program_that_does_not_let_go(address: str) -> None:
    with (
        Library(open_store(address, patience=0.3), as_they_are) as library,
        open_store(address) as other,
    ):
        acknowledged = list(library.add(generated(5)))
        with other.write():
            told, message = added_until_it_fails(library)
            assert "another program is writing to it" in message
            assert "try again" in message
            assert told == []
            assert library.counts().reports == 5
        taken_up(library, acknowledged)
