"""Accounts, sessions and tokens, in the store."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from tests.rest.served import CHEAP
from variorum.errors import BadAccount, NotInLibrary
from variorum.store import Store
from variorum.store.accounts import SESSION_LASTS, TOKEN_PREFIX, Accounts

PASSWORD = "a long sea voyage"


def test_an_account_signs_in_by_its_password_alone(accounts: Accounts) -> None:
    made = accounts.add("Pires", PASSWORD, "editor")
    assert (made.name, made.role) == ("pires", "editor")
    assert accounts.check("PIRES", PASSWORD) == made
    assert accounts.check("pires", PASSWORD + "!") is None
    assert accounts.check("pires", "x" * 100_000) is None
    assert accounts.check("nobody", PASSWORD) is None
    assert accounts.check("'; drop table accounts; --", PASSWORD) is None
    assert accounts.all() == (made,)


@pytest.mark.parametrize(
    ("name", "password", "field"),
    [
        ("pires", "short", "password"),
        ("pires", "aaaaaaaaaaaaaaaa", "password"),
        ("pires", "my name is pires!", "password"),
        ("pires", "x1y2" * 100, "password"),
        ("", PASSWORD, "name"),
        ("a b", PASSWORD, "name"),
        ("a\nb", PASSWORD, "name"),
        ("<script>", PASSWORD, "name"),
        ("x" * 65, PASSWORD, "name"),
    ],
)
def test_names_and_passwords_that_do_not_do(accounts: Accounts, name: str, password: str, field: str) -> None:
    with pytest.raises(BadAccount) as told:
        accounts.add(name, password, "reader")
    assert told.value.field == field
    assert accounts.all() == ()


def test_a_name_is_taken_once(accounts: Accounts) -> None:
    accounts.add("pires", PASSWORD, "reader")
    with pytest.raises(BadAccount, match="already"):
        accounts.add("PIRES", PASSWORD, "admin")
    assert accounts.get("pires").role == "reader"


def test_no_secret_stands_in_the_store(store: Store) -> None:
    accounts = Accounts(store)
    accounts.add("pires", PASSWORD, "admin")
    session = accounts.open_session("pires")
    _, token = accounts.add_token("pires", "a script")
    with store.snapshot() as now:
        tables = ("accounts", "account_sessions", "account_tokens")
        kept = [str(now.connection.execute(text(f"select * from {table}")).all()) for table in tables]
    assert "$argon2id$" in kept[0]
    for secret in (PASSWORD, session, token, token.removeprefix(TOKEN_PREFIX)):
        assert all(secret not in rows for rows in kept)


def test_a_session_ends_at_its_time_by_signing_out_and_with_the_password(store: Store) -> None:
    clock = [datetime(2031, 5, 3, tzinfo=UTC)]
    accounts = Accounts(store, hasher=CHEAP, now=lambda: clock[0])
    made = accounts.add("pires", PASSWORD, "reader")
    first, second = accounts.open_session("pires"), accounts.open_session("pires")
    assert first != second and accounts.by_session(first) == made
    accounts.close_session(first)
    assert accounts.by_session(first) is None and accounts.by_session(second) == made
    accounts.set_password("pires", PASSWORD + " home")
    assert accounts.by_session(second) is None
    assert accounts.check("pires", PASSWORD) is None
    third = accounts.open_session("pires")
    clock[0] += SESSION_LASTS - timedelta(seconds=1)
    assert accounts.by_session(third) == made
    clock[0] += timedelta(seconds=1)
    assert accounts.by_session(third) is None
    assert accounts.by_session("") is None


def test_a_token_acts_for_its_account_until_it_is_removed(store: Store) -> None:
    clock = [datetime(2031, 5, 3, tzinfo=UTC)]
    accounts = Accounts(store, hasher=CHEAP, now=lambda: clock[0])
    accounts.add("pires", PASSWORD, "admin")
    accounts.add("costa", PASSWORD, "reader")
    token, secret = accounts.add_token("pires", "a script")
    clock[0] += timedelta(seconds=1)
    _, reading = accounts.add_token("pires", "a reading script", reading_only=True, lasts=timedelta(days=1))
    held, reader = accounts.by_token(secret), accounts.by_token(reading)
    assert held is not None and (held.name, held.role) == ("pires", "admin")
    assert reader is not None and (reader.name, reader.role) == ("pires", "reader")
    accounts.set_role("costa", "admin")
    accounts.set_role("pires", "editor")
    held = accounts.by_token(secret)
    assert held is not None and held.role == "editor", "the role is that of the moment"
    clock[0] += timedelta(days=2)
    assert accounts.by_token(reading) is None
    assert [t.label for t in accounts.tokens("pires")] == ["a script", "a reading script"]
    with pytest.raises(NotInLibrary):
        accounts.remove_token("costa", token.id)
    accounts.remove_token("pires", token.id)
    assert accounts.by_token(secret) is None


def test_the_last_admin_stays(accounts: Accounts) -> None:
    accounts.add("pires", PASSWORD, "admin")
    for change in (lambda: accounts.remove("pires"), lambda: accounts.set_role("pires", "reader")):
        with pytest.raises(BadAccount, match="only admin"):
            change()
    accounts.add("costa", PASSWORD, "admin")
    session = accounts.open_session("pires")
    _, token = accounts.add_token("pires", "a script")
    accounts.remove("pires")
    assert accounts.by_session(session) is None and accounts.by_token(token) is None
    assert [account.name for account in accounts.all()] == ["costa"]
    for call in (accounts.get, accounts.remove, accounts.tokens):
        with pytest.raises(NotInLibrary):
            call("pires")
