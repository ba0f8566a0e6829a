"""Who may do what, over every route of the application: a route that stands in no table here fails the test."""

from __future__ import annotations

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.library.fake import FakeLibrary
from tests.rest.served import local, outside
from tests.rest.test_security import HOST, PASSWORD, SAFE, filled, routes
from variorum.rest.security import Security
from variorum.store.accounts import Accounts
from variorum.web.app import Settings, make_app

ROLES = ("nobody", "reader", "editor", "admin")
EVERYBODY = {
    ("GET", "/api/health"),
    ("POST", "/api/session"),
    ("GET", "/sign-in"),
    ("POST", "/sign-in"),
    ("GET", "/static/{name}"),
    ("HEAD", "/static/{name}"),
}
READERS = {
    ("DELETE", "/api/session"),
    ("POST", "/api/account/password"),
    ("POST", "/api/account/tokens"),
    ("DELETE", "/api/account/tokens/{token}"),
    ("POST", "/sign-out"),
    ("POST", "/account/password"),
    ("POST", "/account/tokens"),
    ("POST", "/account/tokens/remove"),
}
EDITORS = {
    ("POST", "/api/reports"),
    ("POST", "/api/files"),
    ("POST", "/api/example"),
    ("DELETE", "/api/jobs/{job}"),
    ("POST", "/api/jobs/{job}/retry"),
    ("POST", "/api/rulings"),
    ("POST", "/api/rulings/import"),
    ("POST", "/api/rulings/{ruling}/undo"),
    ("POST", "/api/merge"),
    ("POST", "/api/stories/{story}/split"),
    ("POST", "/add"),
    ("POST", "/add/example"),
    ("POST", "/jobs/{id}/stop"),
    ("POST", "/jobs/{id}/retry"),
    ("POST", "/stories/{id}/rulings"),
    ("POST", "/rulings/{ruling_id}/undo"),
    ("POST", "/rulings/import"),
    ("POST", "/merge"),
    ("POST", "/stories/{id}/split"),
}
ADMINS = {
    ("GET", "/api/accounts"),
    ("POST", "/api/accounts"),
    ("PATCH", "/api/accounts/{name}"),
    ("DELETE", "/api/accounts/{name}"),
    ("POST", "/api/feeds"),
    ("DELETE", "/api/feeds"),
    ("POST", "/api/feeds/visit"),
    ("GET", "/accounts"),
    ("POST", "/accounts"),
    ("POST", "/feeds"),
    ("POST", "/feeds/unfollow"),
    ("POST", "/feeds/visit"),
}
ENDS_THE_SESSION = {("DELETE", "/api/session"), ("POST", "/sign-out")}
CHECKS_A_PASSWORD = {"/api/session", "/sign-in", "/api/account/password", "/account/password"}
"""Here 401 also says that the password is wrong."""


def least_role(method: str, path: str) -> str:
    """What the tables say. Reading is for readers; a route that writes and stands in no table has no answer."""
    for role, known in (("nobody", EVERYBODY), ("reader", READERS), ("editor", EDITORS), ("admin", ADMINS)):
        if (method, path) in known:
            return role
    if "rest:path" in path:
        return "reader" if method in SAFE else "editor"
    assert method in SAFE, f"{method} {path} stands in no table of roles: say here and in policy.py who may do it"
    return "reader"


@pytest.fixture
def application(few_accounts: Accounts) -> FastAPI:
    """Pages and calls in team mode, with one account a role."""
    for role in ("reader", "editor", "admin"):
        few_accounts.add(f"the-{role}", PASSWORD, role)  # type: ignore[arg-type]
    rates = dict.fromkeys(("read", "write", "add", "sign-in"), "10000/minute")
    security = Security(hosts=(HOST,), accounts=few_accounts, https=True, rates=rates)  # type: ignore[arg-type]
    return make_app(FakeLibrary.of_harbour(), settings=Settings(security=security))  # type: ignore[arg-type]


def clients(app: FastAPI) -> dict[str, TestClient]:
    """One client a role."""
    made = {"nobody": outside(app)}
    for role in ROLES[1:]:
        made[role] = outside(app)
        assert made[role].post("/api/session", json={"name": f"the-{role}", "password": PASSWORD}).status_code == 200
    return made


def test_each_role_may_do_what_is_its_own_and_no_more(application: FastAPI) -> None:
    asking = clients(application)
    known = sorted(set(routes(application)))
    assert len(known) > 60
    for method, path in known:
        least = least_role(method, path)
        for role, client in asking.items():
            allowed = ROLES.index(role) >= ROLES.index(least)
            if allowed and (method, path) in ENDS_THE_SESSION:
                continue
            told = client.request(method, filled(path), json={})
            where = (method, path, role, told.status_code)
            if allowed:
                assert told.status_code < 500, where
                assert path in CHECKS_A_PASSWORD or told.status_code not in (401, 403), where
            elif role == "nobody":
                to_sign_in = told.status_code == 303 and told.headers["location"].startswith("/sign-in?next=")
                assert told.status_code == 401 or (to_sign_in and method in SAFE and not path.startswith("/api")), where
            else:
                assert told.status_code == 403, where


def test_every_route_that_writes_needs_a_credential_from_outside_in_local_mode() -> None:
    app = make_app(FakeLibrary.of_harbour(), settings=Settings(security=Security(hosts=(HOST,), token="a token")))  # type: ignore[arg-type]
    client = outside(app)
    for method, path in sorted(set(routes(app))):
        if method not in SAFE and least_role(method, path) != "nobody":
            assert client.request(method, filled(path), json={}).status_code == 401, (method, path)


def test_no_route_that_writes_can_be_asked_by_another_site() -> None:
    app = make_app(FakeLibrary.of_harbour())  # type: ignore[arg-type]
    client = local(app)
    for method, path in sorted(set(routes(app))):
        if method not in SAFE:
            for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}, {"origin": "null"}):
                assert client.request(method, filled(path), headers=headers).status_code == 403, (method, path)
