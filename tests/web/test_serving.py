"""Starting the application: what is told, and what is protected."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from variorum import api
from variorum.errors import NothingToDo
from variorum.store.accounts import Accounts
from variorum.web.serving import Serving, _address, _bound, _own_names, _security


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[api.Library]:
    """An empty one."""
    with api.library(tmp_path_factory.mktemp("serving") / "library.sqlite") as library:
        yield library


def test_on_the_machine_itself_nothing_is_asked(library: api.Library) -> None:
    told: list[str] = []
    security = _security(Serving(), library, told.append)
    assert not told and security.token is None and not security.team and security.hosts == ()


@pytest.mark.parametrize(
    "serving",
    [Serving(host="0.0.0.0"), Serving(host="::"), Serving(names=("desk.example",)), Serving(proxies=("10.0.0.2",))],
)
def test_from_outside_writing_takes_a_token(library: api.Library, serving: Serving) -> None:
    told: list[str] = []
    security = _security(serving, library, told.append)
    assert security.token and len(security.token) > 20
    assert any(security.token in line for line in told) and any("without TLS" in line for line in told)
    given = _security(Serving(host="0.0.0.0", token="given", https=True), library, told.append)
    assert given.token == "given"


def test_a_team_needs_somebody(library: api.Library, tmp_path: Path) -> None:
    with pytest.raises(NothingToDo, match="variorum account add"):
        _security(Serving(team=True), library, print)
    with api.library(tmp_path / "team.sqlite") as other:
        Accounts(other.store).add("ana", "a long pass phrase", "admin")
        security = _security(Serving(team=True, host="0.0.0.0", https=True), other, print)
        assert security.team and security.token is None


def test_a_port_that_is_taken() -> None:
    with _bound("127.0.0.1", 0) as first, pytest.raises(NothingToDo, match="--port"):
        _bound("127.0.0.1", first.getsockname()[1])


def test_names_and_addresses() -> None:
    assert _own_names("127.0.0.1") == () and _own_names("localhost") == ()
    assert _own_names("192.0.2.7") == ("192.0.2.7",) and _own_names("2001:db8::1") == ("[2001:db8::1]",)
    assert socket.gethostname() in _own_names("0.0.0.0")
    with _bound("127.0.0.1", 0) as bound:
        assert _address(Serving(), bound) == f"http://127.0.0.1:{bound.getsockname()[1]}/"
