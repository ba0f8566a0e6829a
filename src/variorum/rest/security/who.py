"""Who asks: the machine itself, the holder of a token, somebody who has signed in, or nobody."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import time
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Literal

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import Scope

from variorum.rest.security.settings import LOOPBACK_HOSTS, Role, Security

Way = Literal["machine", "token", "session", "account-token", "nobody"]
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")


@dataclass(frozen=True, slots=True)
class Identity:
    """Who asks, and what they may do."""

    name: str
    """Goes into rulings as who made them."""
    role: Role
    way: Way
    """How they are known."""
    session: str | None = None
    """The session's secret, to end it."""


NOBODY = Identity("", "nobody", "nobody")


class BadCredentials(Exception):
    """A token or session was sent that is not, or no longer, valid."""


def identity_of(connection: HTTPConnection) -> Identity:
    """Who asks, as the guard established it; a request that no guard has seen is nobody's."""
    found = connection.scope.get("variorum.identity")
    return found if isinstance(found, Identity) else NOBODY


def is_local(scope: Scope, security: Security) -> bool:
    """Whether a request comes from the machine itself, called by the machine's own name.

    A proxy on this machine also connects from the loopback address. Its requests carry the outside's host name or say for whom
    they are made, and count as coming from outside.
    """
    headers = Headers(scope=scope)
    if any(name in headers for name in _FORWARDED) or host_name(headers.get("host", "")) not in LOOPBACK_HOSTS:
        return False
    client = scope.get("client")
    try:
        address = ipaddress.ip_address(client[0].partition("%")[0]) if client else None
    except ValueError:
        return False
    if address is None:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return bool((mapped or address).is_loopback)


def host_name(host: str) -> str:
    """A Host header without its port, in small letters: ``[::1]:80`` → ``[::1]``."""
    name = host.lower()
    if name.startswith("["):
        return name[: name.find("]") + 1]
    return name.rpartition(":")[0] if ":" in name else name


def establish(scope: Scope, security: Security) -> Identity:
    """Who asks. Looks into the store in team mode: call it off the event loop.

    Raises:
        BadCredentials: a credential was sent that does not hold. It is never passed over, so that nobody believes to act
            under a name when they do not.
    """
    headers = Headers(scope=scope)
    token = bearer(headers)
    accounts = security.accounts
    if accounts is None:
        if token is not None:
            if security.token is None or not same(token, security.token):
                raise BadCredentials("the token is not this server's")
            return Identity(security.user, "admin", "token")
        if is_local(scope, security):
            return Identity(security.user, "admin", "machine")
        secret = session_secret(headers, security)
        if secret is not None and security.token is not None and holds(secret, security.token):
            return Identity(security.user, "admin", "session", secret)
        return Identity("", "reader", "nobody")
    if token is not None:
        held = accounts.by_token(token)
        if held is None:
            raise BadCredentials("the token does not hold (any more)")
        return Identity(held.name, held.role, "account-token")
    secret = session_secret(headers, security)
    if secret is None:
        return NOBODY
    account = accounts.by_session(secret)
    return NOBODY if account is None else Identity(account.name, account.role, "session", secret)


def bearer(headers: Headers) -> str | None:
    """The token of an ``Authorization: Bearer`` header; None without one.

    Raises:
        BadCredentials: another kind of authorization.
    """
    given = headers.get("authorization")
    if given is None:
        return None
    scheme, _, token = given.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise BadCredentials("only bearer tokens are taken")
    return token.strip()


def same(given: str, expected: str) -> bool:
    """Whether two secrets are one, in a time that does not tell how much of them is."""
    return hmac.compare_digest(given.encode("utf-8", "replace"), expected.encode("utf-8", "replace"))


def session_secret(headers: Headers, security: Security) -> str | None:
    """The session's secret out of the cookies."""
    cookies = SimpleCookie()
    try:
        cookies.load(headers.get("cookie", ""))
    except CookieError:
        return None
    held = cookies.get(security.cookie)
    return held.value if held is not None and held.value else None


def token_session(token: str, expires: int) -> str:
    """A session of local mode: the time of its end, signed with the server's token. It ends when the token is changed."""
    sign = hmac.new(hashlib.sha256(token.encode()).digest(), f"session {expires}".encode(), "sha256").hexdigest()
    return f"{expires}.{sign}"


def holds(session: str, token: str) -> bool:
    """Whether a session of local mode was signed with this token and has not ended."""
    expires = session.partition(".")[0]
    return (
        expires.isascii()
        and expires.isdigit()
        and len(expires) < 15
        and int(expires) > time.time()
        and same(session, token_session(token, int(expires)))
    )
