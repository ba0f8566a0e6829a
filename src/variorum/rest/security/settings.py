"""What the person who starts the server decides about its safety."""

from __future__ import annotations

import getpass
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from variorum.store.accounts import Accounts

Role = Literal["nobody", "reader", "editor", "admin"]
"""What one may do: read; rule and add as well; keep accounts and feeds as well. ``nobody`` has not said who they are."""
ROLES: tuple[Role, ...] = ("nobody", "reader", "editor", "admin")

RateClass = Literal["read", "write", "add", "sign-in"]

LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "[::1]")

RATES: Mapping[RateClass, str] = MappingProxyType(
    {"read": "600/minute", "write": "120/minute", "add": "30/minute", "sign-in": "10/minute"}
)
"""Requests of one client from outside the machine, in the notation of the ``limits`` package."""
LOOPBACK_RATES: Mapping[RateClass, str] = MappingProxyType(
    {"read": "60000/minute", "write": "6000/minute", "add": "600/minute", "sign-in": "60/minute"}
)
"""The same from the machine itself: no more than what stops a script that has run wild."""

LARGEST_BODY = 2**20
LARGEST_ADDITION = 64 * 2**20
"""Bytes of one request that adds reports; a single report is bounded by intake."""
LARGEST_SIGN_IN = 16 * 1024
BODY_SECONDS = 60.0
"""For the whole body of a request to arrive."""


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "desk"  # a process without an account of the system, as in some containers


@dataclass(frozen=True, kw_only=True)
class Security:
    """Settings of the guard that stands before every page and every call.

    Without accounts (*local mode*) the machine's own user may do everything and the outside may read; writing from outside
    needs ``token``. With accounts (*team mode*) everybody says who they are, also on the machine itself.
    """

    hosts: tuple[str, ...] = ()
    """Names and addresses, beside those of the machine itself, under which the server may be called."""
    token: str | None = None
    """In local mode: who sends it as ``Authorization: Bearer …`` may write from outside. Null: nobody may."""
    accounts: Accounts | None = None
    """In team mode: who there is, with which role."""
    https: bool = False
    """Whether browsers reach the server through TLS: cookies are then never sent without it."""
    proxies: tuple[str, ...] = ()
    """Addresses of proxies that are believed when they say for whom they ask."""
    user: str = field(default_factory=_user)
    """Who rules, in local mode, on the machine itself."""
    rates: Mapping[RateClass, str] = field(default_factory=lambda: RATES)
    loopback_rates: Mapping[RateClass, str] = field(default_factory=lambda: LOOPBACK_RATES)
    largest_body: int = LARGEST_BODY
    largest_addition: int = LARGEST_ADDITION
    body_seconds: float = BODY_SECONDS
    sign_in_page: str = "/sign-in"
    """Where a browser that has not signed in is sent, in team mode."""

    @property
    def team(self) -> bool:
        """Whether there are accounts."""
        return self.accounts is not None

    @property
    def all_hosts(self) -> frozenset[str]:
        """Every name under which the server may be called, in small letters."""
        return frozenset((*LOOPBACK_HOSTS, *(host.lower() for host in self.hosts)))

    @property
    def cookie(self) -> str:
        """The name of the session's cookie. ``__Host-`` binds it to this host and to TLS."""
        return "__Host-variorum" if self.https else "variorum"


def server_options(security: Security) -> dict[str, object]:
    """Keyword arguments for ``uvicorn.run`` that the guard relies on."""
    return {
        "proxy_headers": bool(security.proxies),
        "forwarded_allow_ips": ",".join(security.proxies) or None,
        "server_header": False,
        "date_header": True,
        "timeout_keep_alive": 15,
        "limit_concurrency": 256,
        "h11_max_incomplete_event_size": 64 * 1024,
        "ws": "none",
    }
