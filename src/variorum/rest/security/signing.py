"""Signing in and out, for the pages and for the calls alike."""

from __future__ import annotations

import time
from dataclasses import dataclass

from starlette.requests import HTTPConnection
from starlette.responses import Response

from variorum.rest.errors import Refused
from variorum.rest.security.guard import Guard
from variorum.rest.security.settings import Role, Security
from variorum.rest.security.who import Identity, identity_of, same, token_session
from variorum.store.accounts import SESSION_LASTS

LASTS = int(SESSION_LASTS.total_seconds())


@dataclass(frozen=True, slots=True)
class SessionCookie:
    """The cookie that says who has signed in; an empty value takes it back."""

    name: str
    value: str
    secure: bool

    def set_on(self, response: Response) -> None:
        """Send it with an answer. No script can read it, and no other site's forms carry it."""
        response.set_cookie(
            self.name,
            self.value,
            max_age=LASTS if self.value else 0,
            path="/",
            secure=self.secure,
            httponly=True,
            samesite="lax",
        )


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who has signed in."""

    name: str
    role: Role


def sign_in(
    request: HTTPConnection, *, name: str = "", password: str = "", token: str | None = None, field: str | None = None
) -> tuple[SignedIn, SessionCookie]:
    """Check a name with its password or, where there are no accounts, the server's token; open a session.

    Args:
        request: passed by the guard.
        name: of the account.
        password: of the account.
        token: the server's, in local mode.
        field: what to call the field in a refusal.

    Raises:
        Refused: 401 for what does not fit, without telling what of it; 429 after too many failures.
    """
    security: Security = request.app.state.security
    guard: Guard = request.scope["variorum.guard"]
    client: str = request.scope["variorum.client"]
    who = name if security.team else "the token"
    wait = guard.rates.wait_to_sign_in(client, who)
    if wait:
        raise Refused(429, f"too many failures; wait {wait} seconds", headers={"Retry-After": str(wait)})
    signed, secret = (
        _by_password(security, name, password) if security.accounts else _by_token(security, token or password)
    )
    if signed is None:
        guard.rates.count_failure(client, who)
        reason = "name or password is wrong" if security.team else "the token is wrong"
        raise Refused(401, reason, field=field, headers={"WWW-Authenticate": 'Bearer realm="variorum"'})
    return signed, SessionCookie(security.cookie, secret, security.https)


def end_session(request: HTTPConnection) -> SessionCookie:
    """Sign out. Returns the cookie that takes the session's back."""
    security: Security = request.app.state.security
    asker: Identity = identity_of(request)
    if security.accounts is not None and asker.session is not None:
        security.accounts.close_session(asker.session)
    return SessionCookie(security.cookie, "", security.https)


def _by_password(security: Security, name: str, password: str) -> tuple[SignedIn | None, str]:
    accounts = security.accounts
    account = accounts.check(name, password) if accounts is not None else None
    if accounts is None or account is None:
        return None, ""
    return SignedIn(account.name, account.role), accounts.open_session(account.name)


def _by_token(security: Security, token: str) -> tuple[SignedIn | None, str]:
    if security.token is None or not same(token, security.token):
        return None, ""
    return SignedIn(security.user, "admin"), token_session(security.token, int(time.time()) + LASTS)
