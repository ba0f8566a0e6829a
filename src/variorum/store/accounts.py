"""Accounts of team mode: who may sign in, their sessions and their tokens. Secrets are kept only as hashes.

Passwords are hashed with argon2id (``pwdlib``). Sessions and tokens are 32 random bytes; of those a plain SHA-256 is kept, since
there is nothing to guess.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, cast

from pwdlib import PasswordHash
from sqlalchemy import Boolean, Column, Connection, ForeignKey, Table, delete, func, insert, literal, select
from sqlalchemy import update as sql_update

from variorum.errors import AccountConflict, BadAccount, NotInLibrary
from variorum.store.columns import ExactText
from variorum.store.opening import Store
from variorum.store.schema import metadata

AccountRole = Literal["reader", "editor", "admin"]
ACCOUNT_ROLES: tuple[AccountRole, ...] = ("reader", "editor", "admin")

SESSION_LASTS = timedelta(days=7)
SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 256
MOST_TOKENS = 50
TOKEN_PREFIX = "variorum_"
"""Lets scanners for leaked secrets, and people, see what it is."""

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_HASHERS = threading.Semaphore(2)
"""Argon2 takes 64 MB and a tenth of a second each time: so many at once and no more."""

accounts = Table(
    "accounts",
    metadata,
    Column("name", ExactText, primary_key=True),
    Column("password", ExactText, nullable=False),
    Column("role", ExactText, nullable=False),
    Column("made", ExactText, nullable=False),
    comment="Who may sign in in team mode; passwords as argon2id hashes",
)

account_sessions = Table(
    "account_sessions",
    metadata,
    Column("hash", ExactText, primary_key=True),
    Column("account", ForeignKey("accounts.name", ondelete="CASCADE"), nullable=False, index=True),
    Column("made", ExactText, nullable=False),
    Column("expires", ExactText, nullable=False, index=True),
    comment="Who is signed in; SHA-256 of the cookie's secret",
)

account_tokens = Table(
    "account_tokens",
    metadata,
    Column("id", ExactText, primary_key=True),
    Column("hash", ExactText, nullable=False, unique=True),
    Column("account", ForeignKey("accounts.name", ondelete="CASCADE"), nullable=False, index=True),
    Column("label", ExactText, nullable=False),
    Column("reading_only", Boolean, nullable=False),
    Column("made", ExactText, nullable=False),
    Column("expires", ExactText),
    comment="Tokens that programs send in place of a password; SHA-256 of their secret",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Somebody who may sign in."""

    name: str
    role: AccountRole
    made: str
    """ISO date and time, UTC."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A token of an account, without its secret."""

    id: str
    label: str
    reading_only: bool
    made: str
    expires: str | None


def folded(name: str) -> str:
    """A name as it is kept: names that differ in capitals are one.

    Raises:
        BadAccount: it cannot be a name.
    """
    small = name.strip().lower()
    if not _NAME.fullmatch(small):
        raise BadAccount("name", "letters a–z, digits and . _ - only, 64 at most, beginning with a letter or digit")
    return small


class Accounts:
    """The accounts of one library. Any thread may use them; every method raises ``StoreError`` where the store cannot be used.

    Args:
        store: the library's store.
        now: the clock.
        hasher: of passwords; by default argon2id with the parameters that ``pwdlib`` recommends.
    """

    def __init__(
        self,
        store: Store,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        hasher: PasswordHash | None = None,
    ) -> None:
        self._store, self._now = store, now
        self._hasher = hasher or PasswordHash.recommended()
        self._nobody = self._hasher.hash(secrets.token_hex(16))

    # ---- accounts --------------------------------------------------------------------------------

    def add(self, name: str, password: str, role: AccountRole) -> Account:
        """A new account.

        Raises:
            BadAccount: the name is none, the password is too weak, the role is none.
            AccountConflict: the name is taken.
        """
        name = folded(name)
        _check_role(role)
        row = {"name": name, "password": self._hashed(password, name), "role": role, "made": self._stamp()}
        with self._writing() as connection:
            if connection.execute(select(accounts.c.name).where(accounts.c.name == name)).first():
                raise AccountConflict("name", f"there is an account {name} already")
            connection.execute(insert(accounts), row)
        return Account(name=name, role=role, made=row["made"])

    def all(self) -> tuple[Account, ...]:
        """Every account, by name."""
        with self._reading() as connection:
            rows = connection.execute(select(accounts).order_by(accounts.c.name)).mappings().all()
        return tuple(_account(row) for row in rows)

    def get(self, name: str) -> Account:
        """One account.

        Raises:
            NotInLibrary: there is none of that name.
        """
        with self._reading() as connection:
            return _account(self._row(connection, name))

    def set_role(self, name: str, role: AccountRole) -> Account:
        """Give an account another role, from its next request on.

        Raises:
            NotInLibrary: there is none of that name.
            AccountConflict: the last admin would be gone.
        """
        _check_role(role)
        with self._writing() as connection:
            row = self._row(connection, name)
            if role != "admin":
                self._keep_an_admin(connection, row)
            connection.execute(sql_update(accounts).where(accounts.c.name == row["name"]).values(role=role))
        return Account(name=row["name"], role=role, made=row["made"])

    def remove(self, name: str) -> None:
        """Remove an account with its sessions and tokens; its rulings stay, under its name.

        Raises:
            NotInLibrary: there is none of that name.
            AccountConflict: it is the last admin.
        """
        with self._writing() as connection:
            row = self._row(connection, name)
            self._keep_an_admin(connection, row)
            for table in (account_sessions, account_tokens):
                connection.execute(delete(table).where(table.c.account == row["name"]))
            connection.execute(delete(accounts).where(accounts.c.name == row["name"]))

    # ---- passwords -------------------------------------------------------------------------------

    def check(self, name: str, password: str) -> Account | None:
        """The account, if the password is its own. Takes as long where there is no such account."""
        try:
            with self._reading() as connection:
                row = self._row(connection, name)
        except NotInLibrary:
            row = None
        if len(password) > LONGEST_PASSWORD:
            return None
        with _HASHERS:
            right, better = self._hasher.verify_and_update(password, row["password"] if row else self._nobody)
        if row is None or not right:
            return None
        if better is not None:
            with self._writing() as connection:
                connection.execute(sql_update(accounts).where(accounts.c.name == row["name"]).values(password=better))
        return _account(row)

    def set_password(self, name: str, password: str) -> None:
        """Give an account another password; all its sessions end.

        Raises:
            NotInLibrary: there is none of that name.
            BadAccount: the password is too weak.
        """
        known = self.get(name).name
        made = self._hashed(password, known)
        with self._writing() as connection:
            connection.execute(sql_update(accounts).where(accounts.c.name == known).values(password=made))
            connection.execute(delete(account_sessions).where(account_sessions.c.account == known))

    def _hashed(self, password: str, name: str) -> str:
        if len(password) < SHORTEST_PASSWORD:
            raise BadAccount("password", f"at least {SHORTEST_PASSWORD} characters")
        if len(password) > LONGEST_PASSWORD:
            raise BadAccount("password", f"at most {LONGEST_PASSWORD} characters")
        if len(set(password)) < 5 or name in password.lower():
            raise BadAccount("password", "too easy to guess: it repeats itself or holds the name")
        with _HASHERS:
            return self._hasher.hash(password)

    # ---- sessions --------------------------------------------------------------------------------

    def open_session(self, name: str) -> str:
        """Sign an account in, whose password was checked.

        Returns:
            The session's secret, for the cookie. It holds for ``SESSION_LASTS``.
        """
        secret, now = secrets.token_urlsafe(32), self._now()
        row = {"hash": _hash(secret), "account": folded(name), "made": _iso(now), "expires": _iso(now + SESSION_LASTS)}
        with self._writing() as connection:
            connection.execute(delete(account_sessions).where(account_sessions.c.expires <= _iso(now)))
            connection.execute(insert(account_sessions), row)
        return secret

    def by_session(self, secret: str) -> Account | None:
        """Who is signed in by this secret; None where the session has ended or never was."""
        return self._holder(account_sessions, secret, account_sessions.c.hash)[0]

    def close_session(self, secret: str) -> None:
        """Sign out."""
        with self._writing() as connection:
            connection.execute(delete(account_sessions).where(account_sessions.c.hash == _hash(secret)))

    # ---- tokens ----------------------------------------------------------------------------------

    def add_token(
        self, name: str, label: str, *, reading_only: bool = False, lasts: timedelta | None = None
    ) -> tuple[Token, str]:
        """A token for programs that act for an account.

        Returns:
            The token and its secret, which is told this once.

        Raises:
            NotInLibrary: there is no such account.
            AccountConflict: it has too many tokens.
        """
        secret, now = TOKEN_PREFIX + secrets.token_urlsafe(32), self._now()
        token = Token(
            id=secrets.token_hex(6),
            label=label.strip()[:200],
            reading_only=reading_only,
            made=_iso(now),
            expires=_iso(now + lasts) if lasts else None,
        )
        with self._writing() as connection:
            account = self._row(connection, name)["name"]
            held = connection.scalar(select(func.count()).where(account_tokens.c.account == account)) or 0
            if held >= MOST_TOKENS:
                raise AccountConflict("label", f"an account has at most {MOST_TOKENS} tokens; remove one first")
            row = {column: getattr(token, column) for column in ("id", "label", "reading_only", "made", "expires")}
            connection.execute(insert(account_tokens), {**row, "account": account, "hash": _hash(secret)})
        return token, secret

    def tokens(self, name: str) -> tuple[Token, ...]:
        """The tokens of an account, the oldest first."""
        known = self.get(name).name
        order = (account_tokens.c.made, account_tokens.c.id)
        with self._reading() as connection:
            rows = connection.execute(
                select(account_tokens).where(account_tokens.c.account == known).order_by(*order)
            ).mappings()
            return tuple(
                Token(
                    id=row["id"],
                    label=row["label"],
                    reading_only=row["reading_only"],
                    made=row["made"],
                    expires=row["expires"],
                )
                for row in rows
            )

    def by_token(self, secret: str) -> Account | None:
        """Whose token this is; one that only reads gives the role of a reader. None where it does not hold (any more)."""
        account, reading_only = self._holder(account_tokens, secret, account_tokens.c.hash)
        if account is not None and reading_only:
            return Account(name=account.name, role="reader", made=account.made)
        return account

    def remove_token(self, name: str, id: str) -> None:
        """Take a token back.

        Raises:
            NotInLibrary: the account has no such token.
        """
        known = self.get(name).name
        mine = (account_tokens.c.account == known) & (account_tokens.c.id == id)
        with self._writing() as connection:
            if not connection.execute(delete(account_tokens).where(mine)).rowcount:
                raise NotInLibrary(f"{known} has no token {id}")

    # ---- inside ----------------------------------------------------------------------------------

    def _holder(self, table: Table, secret: str, key: Column[Any]) -> tuple[Account | None, bool]:
        reading_only = (
            account_tokens.c.reading_only if table is account_tokens else literal(False).label("reading_only")
        )
        wanted = (
            select(accounts.c.name, accounts.c.role, accounts.c.made, table.c.expires, reading_only)
            .join_from(table, accounts, table.c.account == accounts.c.name)
            .where(key == _hash(secret))
        )
        with self._reading() as connection:
            row = connection.execute(wanted).mappings().one_or_none()
        if row is None or (row["expires"] is not None and row["expires"] <= self._stamp()):
            return None, False
        return _account(row), bool(row["reading_only"])

    @staticmethod
    def _row(connection: Connection, name: str) -> Any:
        try:
            known = folded(name)
        except BadAccount as error:
            raise NotInLibrary("there is no such account") from error
        row = connection.execute(select(accounts).where(accounts.c.name == known)).mappings().one_or_none()
        if row is None:
            raise NotInLibrary(f"there is no account {known}")
        return row

    @staticmethod
    def _keep_an_admin(connection: Connection, row: Any) -> None:
        if row["role"] != "admin":
            return
        others = connection.scalar(
            select(func.count()).where((accounts.c.role == "admin") & (accounts.c.name != row["name"]))
        )
        if not others:
            raise AccountConflict("role", f"{row['name']} is the only admin; make another one first")

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._store.write_aside() as connection:
            yield connection

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._store.snapshot() as now:
            yield now.connection

    def _stamp(self) -> str:
        return _iso(self._now())


def _account(row: Any) -> Account:
    return Account(name=row["name"], role=cast(AccountRole, row["role"]), made=row["made"])


def _check_role(role: str) -> None:
    if role not in ACCOUNT_ROLES:
        raise BadAccount("role", f"one of {', '.join(ACCOUNT_ROLES)}")


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _iso(moment: datetime) -> str:
    """With microseconds, so that moments sort as texts."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
