"""Starting the application: the library opened, safety decided, one socket bound, one process."""

from __future__ import annotations

import ipaddress
import secrets
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from variorum import api
from variorum.errors import NothingToDo
from variorum.rest.security import Security, server_options
from variorum.store import index_lines
from variorum.store.accounts import Accounts
from variorum.web.app import Settings, make_app

if TYPE_CHECKING:
    from variorum.library import Library

PORT = 8033
ANYWHERE = ("0.0.0.0", "::")
"""Addresses that stand for all of the machine's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Serving:
    """What the person who starts the application decides."""

    library: str | None = None
    """A file or ``postgresql://…``; null for the one in the user's data folder."""
    host: str = "127.0.0.1"
    port: int = PORT
    token: str | None = None
    """For whoever comes from outside the machine and wants to add or rule, where there are no accounts."""
    watch: bool = False
    """Visit feeds that are due, meanwhile."""
    team: bool = False
    """Everybody signs in to an account."""
    names: Sequence[str] = ()
    """Further names under which the server is called."""
    proxies: Sequence[str] = ()
    https: bool = False


def serve(serving: Serving, *, tell: Callable[[str], None]) -> None:
    """Serve a library until it is interrupted.

    Args:
        serving: where and how.
        tell: shows a line to whoever started it.

    Raises:
        NothingToDo: the port cannot be had, or there are no accounts to sign in to.
        StoreError: the library cannot be opened.
    """
    import uvicorn

    opened = api.library(serving.library, on_index=index_lines(tell))
    with opened as library, _bound(serving.host, serving.port) as listening:
        security = _security(serving, library, tell)
        app = make_app(library, settings=Settings(security=security, watch=serving.watch))
        config = uvicorn.Config(app, log_level="warning", access_log=False, **server_options(security))  # type: ignore[arg-type]
        tell(f"variorum: {library.name} at {_address(serving, listening)} (Ctrl+C ends it)")
        uvicorn.Server(config).run(sockets=[listening])


def _security(serving: Serving, library: Library, tell: Callable[[str], None]) -> Security:
    """What protects the server, and a warning where it can be reached from outside."""
    outside = not _is_loopback(serving.host) or bool(serving.proxies) or bool(serving.names)
    accounts = Accounts(library.store) if serving.team else None
    if accounts is not None and not accounts.all():
        raise NothingToDo("there is no account to sign in to yet: variorum account add NAME --role admin makes one")
    token = serving.token
    if outside and accounts is None:
        if token is None:
            token = secrets.token_urlsafe(24)
        tell("variorum: whoever can reach this machine can read this library; --team asks everybody to sign in")
        tell(f"variorum: adding and ruling from outside takes the token: {token}")
    if outside and not serving.https:
        tell("variorum: without TLS (a proxy, and --https) what is sent can be read on its way")
    return Security(
        hosts=(*serving.names, *_own_names(serving.host)),
        token=token,
        accounts=accounts,
        https=serving.https,
        proxies=tuple(serving.proxies),
    )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _own_names(host: str) -> tuple[str, ...]:
    """The names and addresses by which the machine is called, where it is to be called from outside."""
    if _is_loopback(host):
        return ()
    if host not in ANYWHERE:
        return (_in_url(host),)
    names = {socket.gethostname(), socket.getfqdn()}
    try:
        names |= {str(found[4][0]).partition("%")[0] for found in socket.getaddrinfo(socket.gethostname(), None)}
    except OSError:
        names.discard("")  # a machine whose own name resolves to nothing is called by that name alone
    return tuple(sorted(_in_url(name) for name in names if name))


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _bound(host: str, port: int) -> socket.socket:
    """A socket on the port.

    Raises:
        NothingToDo: it cannot be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((host, port))
        made.listen(128)
    except OSError as error:
        made.close()
        raise NothingToDo(f"{host}, port {port}: {error.strerror or error}; --port names another") from error
    return made


def _address(serving: Serving, listening: socket.socket) -> str:
    host = socket.gethostname() if serving.host in ANYWHERE else serving.host
    return f"http://{_in_url(host)}:{listening.getsockname()[1]}/"
