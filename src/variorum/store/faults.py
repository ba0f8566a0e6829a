"""Faults of a store in plain words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from variorum.errors import StoreError

_AGAIN = "do the same again: what was told as done is kept"
_BUSY = "another program is writing to it and has not finished; try again when it has"
_SQLITE = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_FULL: f"the disk is full; make room and {_AGAIN}",
    sqlite3.SQLITE_IOERR: "the disk cannot be read or written",
    sqlite3.SQLITE_READONLY: "the file may not be written to",
    sqlite3.SQLITE_CANTOPEN: "the file cannot be opened",
    sqlite3.SQLITE_CORRUPT: "the file is damaged",
    sqlite3.SQLITE_NOTADB: "the file is no library",
    sqlite3.SQLITE_PERM: "the file may not be opened",
}
_POSTGRES = {
    "55P03": _BUSY,
    "53100": f"the server's disk is full; make room and {_AGAIN}",
    "53200": "the server is out of memory",
    "53300": "the server takes no more connections",
    "57014": "it took too long and was given up",
    "57P01": f"the server was shut down; when it is back, {_AGAIN}",
    "57P02": f"the server broke down; when it is back, {_AGAIN}",
    "57P03": "the server is starting or stopping; try again",
    "28P01": "the server refuses the password",
    "28000": "the server refuses the user",
    "3D000": "the server has no such database",
    "42501": "the user may not do that there",
    "25006": "the server takes no writing",
}


def reason(error: BaseException) -> str:
    """Why a store failed, in plain words."""
    if isinstance(error, PoolTimeout):
        return "it is too busy: every connection is in use"
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        code = getattr(cause, "sqlite_errorcode", None)
        if code is not None and (known := _SQLITE.get(code & 0xFF)):
            return known
    state = getattr(cause, "sqlstate", None)
    if state in _POSTGRES:
        return _POSTGRES[state]
    if isinstance(error, DBAPIError) and (error.connection_invalidated or _unreachable(cause)):
        return f"the server was lost or cannot be reached ({_line(cause)}); when it is back, {_AGAIN}"
    return _line(cause)


def _unreachable(cause: BaseException | None) -> bool:
    return type(cause).__module__.startswith("psycopg") and type(cause).__name__ in (
        "OperationalError",
        "InterfaceError",
    )


def _line(cause: BaseException | None) -> str:
    return " ".join(str(cause).split())[:160]


@contextmanager
def told(where: str) -> Iterator[None]:
    """Faults of the store leave this as ``StoreError``, one clear line that names the library."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise StoreError(f"{where}: {reason(error)}") from error
