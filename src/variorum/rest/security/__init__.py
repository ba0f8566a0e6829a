"""Safety of the server, for pages and calls alike: ``protect(app, security)`` puts the guard before an app."""

from __future__ import annotations

from fastapi import FastAPI

from variorum.rest.security.guard import DATA_POLICY, PAGE_POLICY, Guard, Refusal, RefusalPage, plain_page, safe_next
from variorum.rest.security.policy import need, suffices
from variorum.rest.security.settings import ROLES, Role, Security, server_options
from variorum.rest.security.who import Identity, identity_of, is_local

__all__ = [
    "DATA_POLICY",
    "PAGE_POLICY",
    "ROLES",
    "Guard",
    "Identity",
    "Refusal",
    "RefusalPage",
    "Role",
    "Security",
    "identity_of",
    "is_local",
    "need",
    "plain_page",
    "protect",
    "safe_next",
    "server_options",
    "suffices",
]


def protect(app: FastAPI, security: Security, *, page: RefusalPage = plain_page) -> None:
    """Put the guard before everything that an app answers, and leave the settings on ``app.state.security``.

    Args:
        app: called once, before the app serves; middleware added later would stand before the guard.
        security: what the person who starts the server decided.
        page: how a refusal is shown to a person.
    """
    app.state.security = security
    app.add_middleware(Guard, security=security, page=page)
