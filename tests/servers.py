"""A PostgreSQL server of the tests' own: started when first asked for, on a socket in a temporary folder, and gone afterwards.

    from tests.servers import postgres                      # in a conftest.py: fixture, an address of an empty database

The server ends with the process that started it, however that ends. Where there is no ``postgres``, tests skip and say so.
"""

from __future__ import annotations

import atexit
import ctypes
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest

_PATIENCE = 60
_PR_SET_PDEATHSIG = 1


class NoServer(Exception):
    """Why there is no server."""


class PostgresServer:
    """One server with its own data folder; it can be killed and started again.

    Args:
        folder: keeps its data; null for one that goes when the server stops.
        options: settings, as ``name=value``.
    """

    def __init__(
        self, folder: Path | None = None, options: Sequence[str] = ("fsync=off", "shared_buffers=64MB")
    ) -> None:
        self._options = options
        self._programs = {name: shutil.which(name) for name in ("postgres", "initdb")}
        missing = [name for name, path in self._programs.items() if path is None]
        if missing:
            raise NoServer(f"no {' and no '.join(missing)} on the PATH")
        self._user = _unprivileged()
        self._kept = folder is not None
        self._folder = folder or Path(tempfile.mkdtemp(prefix="variorum-pg-"))
        self._folder.mkdir(exist_ok=True)
        self._numbers = itertools.count(1)
        self._process: subprocess.Popen[bytes] | None = None
        try:
            if self._user is not None:
                shutil.chown(self._folder, self._user, pwd.getpwnam(self._user).pw_gid)
            if not self._data.exists():
                how = ["-U", "variorum", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
                self._run("initdb", "-D", str(self._data), *how)
            self.start()
        except BaseException:
            self.stop()
            raise

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def start(self) -> None:
        """Start the server and wait until it answers."""
        log = (self._folder / "log").open("ab")
        options = [
            f"-k{self._folder}",
            "-clisten_addresses=",
            "-cmax_connections=60",
            *(f"-c{o}" for o in self._options),
        ]
        with log:
            self._process = subprocess.Popen(
                [str(self._programs["postgres"]), "-D", str(self._data), *options],
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                preexec_fn=_end_with_parent,
                **self._as_user(),
            )
        end = time.monotonic() + _PATIENCE
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > end:
                raise NoServer(f"postgres does not start: {(self._folder / 'log').read_text()[-500:]}")
            time.sleep(0.05)

    def kill(self) -> None:
        """Break the server off in the middle of whatever it does."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)  # "immediate": no clean-up, recovery at the next start
            self._process.wait(_PATIENCE)

    def stop(self) -> None:
        """End the server and take its folder away, if it is its own."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()
        if not self._kept:
            shutil.rmtree(self._folder, ignore_errors=True)

    def database(self, like: str | None = None, folder: Path | None = None) -> str:
        """Address of a new database: an empty one, or a copy of one that nobody is connected to, by its address.

        Args:
            folder: keeps its tables; made for it, in a folder that others may look into.
        """
        name = f"library{next(self._numbers)}"
        made = f"CREATE DATABASE {name} TEMPLATE {urlsplit(like).path[1:] if like else 'template0'}"
        if folder is not None:
            folder.mkdir()
            if self._user is not None:
                shutil.chown(folder, self._user, pwd.getpwnam(self._user).pw_gid)
            self._ask(f"CREATE TABLESPACE in_{name} LOCATION '{folder}'")
            made += f" TABLESPACE in_{name}"
        self._ask(made)
        return self.address(name)

    def drop(self, address: str) -> None:
        """Take a database away that has a folder of its own."""
        name = urlsplit(address).path[1:]
        self._ask(f"DROP DATABASE {name} WITH (FORCE)")
        self._ask(f"DROP TABLESPACE in_{name}")

    def address(self, database: str) -> str:
        """Address of a database of this server."""
        return f"postgresql://variorum@/{database}?host={self._folder}"

    def _ask(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    def _answers(self) -> bool:
        import psycopg

        with suppress(psycopg.OperationalError):
            self._ask("SELECT 1")
            return True
        return False

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(self._programs[program]), *arguments], capture_output=True, check=False, cwd="/", **self._as_user()
        )
        if done.returncode:
            raise NoServer(f"{program} fails: {done.stderr.decode(errors='replace')[-500:]}")

    def _as_user(self) -> dict[str, object]:
        if self._user is None:
            return {}
        return {"user": self._user, "group": pwd.getpwnam(self._user).pw_gid, "extra_groups": []}


def _unprivileged() -> str | None:
    """Whom to run the server as: it refuses to be run by root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            pwd.getpwnam(name)
            return name
    raise NoServer("run as root, and there is no user postgres or nobody to run a server as")


def _end_with_parent() -> None:
    """Have the kernel end the server when the tests' process is gone, be it killed."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGQUIT)


@cache
def shared_server() -> PostgresServer | str:
    """The server that all tests of this process share, or why there is none."""
    try:
        server = PostgresServer()
    except (NoServer, ImportError) as error:
        return str(error)
    atexit.register(server.stop)
    return server


@pytest.fixture
def postgres() -> Iterator[str]:
    """Address of an empty PostgreSQL database."""
    server = shared_server()
    if isinstance(server, str):
        pytest.skip(server)
    yield server.database()
