"""Signing in and out, one's account, and everybody's accounts: only where the server was started with accounts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from variorum.errors import VariorumError
from variorum.rest.errors import Refused, refusal_of
from variorum.rest.given import accounts_of
from variorum.rest.security import identity_of, safe_next
from variorum.rest.security.signing import end_session, sign_in
from variorum.web import asked
from variorum.web.pages import Form, go, render

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

ROLES = (("reader", "reads"), ("editor", "reads, adds and rules"), ("admin", "keeps accounts and feeds as well"))


@router.get("/sign-in")
def ask(request: Request) -> Response:
    """The form to sign in with."""
    return render(request, "sign-in.html.j2", next=safe_next(request.query_params.get("next")), fault=None, name="")


@router.post("/sign-in")
def enter(request: Request, form: Form) -> Response:
    """Sign in and go where one wanted to go."""
    name, to = asked.text(form, "name", most=200), safe_next(asked.text(form, "next", most=4000))
    try:
        _, cookie = sign_in(request, name=name, password=str(form.get("password") or ""))
    except Refused as refusal:
        return render(request, "sign-in.html.j2", status=refusal.status, next=to, fault=refusal.reason, name=name)
    response = go(to)
    cookie.set_on(response)
    return response


@router.post("/sign-out")
def leave(request: Request) -> Response:
    """Sign out."""
    response = go("/sign-in")
    end_session(request).set_on(response)
    return response


@router.get("/account")
def account(request: Request) -> Response:
    """Who is signed in: password and tokens."""
    return _account(request)


def _account(request: Request, *, status: int = 200, **more: Any) -> Response:
    people, me = accounts_of(request), identity_of(request)
    context: dict[str, Any] = {"fault": None, "secret": None, "done": None} | more
    return render(request, "account.html.j2", status=status, tokens=people.tokens(me.name), **context)


@router.post("/account/password")
def password(request: Request, form: Form) -> Response:
    """Change one's password; all sessions but this one end."""
    people, me = accounts_of(request), identity_of(request)
    old, new = str(form.get("old") or ""), str(form.get("new") or "")
    try:
        if me.way != "session":
            raise Refused(403, "sign in first: a token does not change a password")
        sign_in(request, name=me.name, password=old, field="old")
        people.set_password(me.name, new)
        _, cookie = sign_in(request, name=me.name, password=new)
    except (Refused, VariorumError) as error:
        refused = refusal_of(error)
        if refused is None:
            raise
        return _account(request, status=refused.status, fault=refused.reason)
    response = _account(request, done="The password is changed; everywhere else you are signed out.")
    cookie.set_on(response)
    return response


@router.post("/account/tokens")
def add_token(request: Request, form: Form) -> Response:
    """Make a token; its secret is shown this once."""
    people, me = accounts_of(request), identity_of(request)
    if me.way != "session":
        raise Refused(403, "sign in first: a token does not make tokens")
    days = asked.number(form, "days", least=1, most=3650, usual=0)
    label = asked.text(form, "label", most=200) or "token"
    lasts = timedelta(days=days) if days else None
    _, secret = people.add_token(me.name, label, reading_only=bool(form.get("reading_only")), lasts=lasts)
    return _account(request, secret=secret)


@router.post("/account/tokens/remove")
def remove_token(request: Request, form: Form) -> Response:
    """From now on it opens nothing."""
    accounts_of(request).remove_token(identity_of(request).name, asked.text(form, "token"))
    return go("/account")


@router.get("/accounts")
def accounts(request: Request) -> Response:
    """Who may sign in, with which role."""
    return _accounts(request)


def _accounts(request: Request, *, status: int = 200, fault: str | None = None) -> Response:
    people = accounts_of(request)
    return render(request, "accounts.html.j2", status=status, accounts=people.all(), roles=ROLES, fault=fault)


@router.post("/accounts")
def change(request: Request, form: Form) -> Response:
    """Add an account, give it another role or password, or remove it."""
    people, me = accounts_of(request), identity_of(request)
    name, role = asked.text(form, "name", most=200), asked.text(form, "role")
    secret = str(form.get("password") or "")
    try:
        if role and role not in dict(ROLES):
            raise Refused(422, "no such role", field="role")
        match asked.text(form, "deed"):
            case "add":
                people.add(name, secret, role or "reader")  # type: ignore[arg-type]
            case "role":
                people.set_role(name, role)  # type: ignore[arg-type]
            case "password":
                people.set_password(name, secret)
            case "remove":
                if people.get(name).name == me.name:
                    raise Refused(409, "nobody removes their own account")
                people.remove(name)
            case _:
                raise Refused(422, "not understood", field="deed")
    except (Refused, VariorumError) as error:
        refused = refusal_of(error)
        if refused is None:
            raise
        return _accounts(request, status=refused.status, fault=refused.reason)
    return go("/accounts")
