"""The commands that keep accounts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pwdlib import PasswordHash
from typer.testing import CliRunner, Result

from tests.rest.served import CHEAP
from variorum.cli import app
from variorum.errors import AccountConflict, BadAccount, NotInLibrary
from variorum.store import open_store
from variorum.store.accounts import Accounts

PASSWORD = "a long sea voyage"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the library is, whose passwords cost nothing to hash."""
    monkeypatch.setattr(PasswordHash, "recommended", lambda: CHEAP)
    return tmp_path / "library.sqlite"


def run(place: Path, *words: str, typed: str | None = None) -> Result:
    """Run one command of ``variorum account``."""
    return CliRunner().invoke(app, ["account", *words, "--library", str(place)], input=typed)


def test_accounts_are_kept_from_the_command_line(place: Path) -> None:
    made = run(place, "add", "Pires", "--role", "admin", typed=PASSWORD + "\n")
    assert made.exit_code == 0, made.output
    assert run(place, "add", "costa", typed=PASSWORD + "\r\n").exit_code == 0
    assert run(place, "role", "costa", "editor").exit_code == 0
    listed = json.loads(run(place, "list", "--format", "json").stdout)
    assert [(account["name"], account["role"]) for account in listed] == [("costa", "editor"), ("pires", "admin")]
    assert "pires" in run(place, "list").stdout
    secret = run(place, "token", "pires", "--label", "nightly", "--days", "3").stdout.strip()
    assert run(place, "password", "pires", typed="another sea voyage\n").exit_code == 0
    with open_store(place) as store:
        accounts = Accounts(store)
        assert accounts.check("pires", "another sea voyage") is not None
        assert accounts.check("costa", PASSWORD) is not None
        held = accounts.by_token(secret)
        assert held is not None and held.name == "pires"
        (token,) = accounts.tokens("pires")
    assert "nightly" in run(place, "tokens", "pires").stdout
    assert run(place, "untoken", "pires", token.id).exit_code == 0
    assert run(place, "remove", "costa").exit_code == 0
    with open_store(place) as store:
        assert Accounts(store).by_token(secret) is None
        assert [account.name for account in Accounts(store).all()] == ["pires"]


def test_what_cannot_be_done_is_said(place: Path) -> None:
    assert isinstance(run(place, "add", "pires", typed="short\n").exception, BadAccount)
    assert run(place, "add", "pires", typed="").exit_code != 0
    assert "first one" in run(place, "list").stdout
    run(place, "add", "pires", "--role", "admin", typed=PASSWORD + "\n")
    assert isinstance(run(place, "remove", "pires").exception, AccountConflict)
    assert isinstance(run(place, "password", "nobody", typed=PASSWORD + "\n").exception, NotInLibrary)
    assert run(place, "add", "costa", "--role", "owner", typed=PASSWORD).exit_code == 2
