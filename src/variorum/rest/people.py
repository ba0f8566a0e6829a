"""Who asks: signing in and out, accounts, passwords, tokens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from variorum.errors import BadAccount
from variorum.rest.errors import ApiRoute, Refused, documented
from variorum.rest.given import Asker, Guarding, Id, Line, accounts_of, answer
from variorum.rest.security.settings import Role
from variorum.rest.security.signing import end_session, sign_in
from variorum.rest.security.who import Way
from variorum.store.accounts import LONGEST_PASSWORD, SHORTEST_PASSWORD, Account, AccountRole, Token

router = APIRouter(tags=["people"], route_class=ApiRoute)

People = Annotated[Any, Depends(accounts_of)]
Name = Annotated[Id, Path(description="Name of an account.")]
_NEW_PASSWORD = f"{SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters."


@dataclass(frozen=True, slots=True, kw_only=True)
class Me:
    """Who asks, and what they may do."""

    name: str
    role: Role
    way: Way
    team: bool
    """Whether there are accounts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountList:
    """Accounts, by name."""

    accounts: tuple[Account, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenList:
    """Tokens of whoever asks, the oldest first."""

    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewToken:
    """A token with its secret, which is told this once."""

    token: Token
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What was done."""

    done: str


class SigningIn(BaseModel):
    """An account with its password or, where there are no accounts, the server's token."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "pires", "password": "…"}, {"token": "…"}]})

    name: Line | None = None
    password: str | None = Field(default=None, max_length=1000)
    token: str | None = Field(default=None, max_length=1000)


class NewAccount(BaseModel):
    """Somebody who is to sign in."""

    name: Id
    password: str = Field(max_length=1000, description=_NEW_PASSWORD)
    role: AccountRole = "reader"


class ChangedAccount(BaseModel):
    """What is to change."""

    role: AccountRole | None = None
    password: str | None = Field(default=None, max_length=1000, description=_NEW_PASSWORD + " Ends all sessions.")


class ChangedPassword(BaseModel):
    """One's own password."""

    old: str = Field(max_length=1000)
    new: str = Field(max_length=1000, description=_NEW_PASSWORD)


class WantedToken(BaseModel):
    """A token for a program."""

    label: Line = Field(description="What it is for.")
    reading_only: bool = Field(default=False, description="It may read, whatever the account may.")
    days: int | None = Field(
        default=None, ge=1, le=3650, description="For how long it holds; without it, until removed."
    )


@router.get("/me", response_model=Me, responses=documented(), summary="Who asks")
def me(asker: Asker, security: Guarding) -> Response:
    """Who the server takes you for, and what you may do."""
    return answer(Me(name=asker.name, role=asker.role, way=asker.way, team=security.team))


@router.post("/session", response_model=Me, responses=documented(body=True), summary="Sign in")
def open_session(request: Request, security: Guarding, given: SigningIn) -> Response:
    """Sign in; the answer sets a cookie. Too many failures have to wait."""
    signed, cookie = sign_in(request, name=given.name or "", password=given.password or "", token=given.token)
    response = answer(Me(name=signed.name, role=signed.role, way="session", team=security.team))
    cookie.set_on(response)
    return response


@router.delete("/session", response_model=Done, responses=documented(), summary="Sign out")
def close_session(request: Request) -> Response:
    """Sign out: the session ends for good, the cookie is taken back."""
    response = answer(Done(done="signed out"))
    end_session(request).set_on(response)
    return response


@router.post(
    "/account/password", response_model=Me, responses=documented(404, body=True), summary="Change one's password"
)
def change_password(request: Request, asker: Asker, people: People, given: ChangedPassword) -> Response:
    """Change one's own password. All sessions end; this one is opened anew."""
    if asker.way != "session":
        raise Refused(403, "a password is changed by whoever has signed in with it, not by a token")
    sign_in(request, name=asker.name, password=given.old, field="old")
    try:
        people.set_password(asker.name, given.new)
    except BadAccount as error:
        raise Refused(422, error.reason, field="new") from error
    signed, cookie = sign_in(request, name=asker.name, password=given.new, field="new")
    response = answer(Me(name=signed.name, role=signed.role, way="session", team=True))
    cookie.set_on(response)
    return response


@router.get("/account/tokens", response_model=TokenList, responses=documented(404), summary="One's tokens")
def tokens(asker: Asker, people: People) -> Response:
    """The tokens that act for you."""
    return answer(TokenList(tokens=people.tokens(asker.name)))


@router.post(
    "/account/tokens",
    response_model=NewToken,
    status_code=201,
    responses=documented(404, body=True),
    summary="A new token",
)
def add_token(asker: Asker, people: People, given: WantedToken) -> Response:
    """A token that acts for you. A token cannot make tokens: it would outlive its own removal."""
    if asker.way != "session":
        raise Refused(403, "a token is made by whoever has signed in, not by another token")
    lasts = timedelta(days=given.days) if given.days else None
    token, secret = people.add_token(asker.name, given.label, reading_only=given.reading_only, lasts=lasts)
    return answer(NewToken(token=token, secret=secret), status=201)


@router.delete("/account/tokens/{token}", response_model=Done, responses=documented(404), summary="Remove a token")
def remove_token(asker: Asker, people: People, token: Annotated[Id, Path(description="Id of a token.")]) -> Response:
    """From now on it opens nothing."""
    people.remove_token(asker.name, token)
    return answer(Done(done="removed"))


@router.get("/accounts", response_model=AccountList, responses=documented(404), summary="Accounts")
def accounts(people: People) -> Response:
    """Who may sign in, with which role."""
    return answer(AccountList(accounts=people.all()))


@router.post(
    "/accounts",
    response_model=Account,
    status_code=201,
    responses=documented(404, 409, body=True),
    summary="A new account",
)
def add_account(people: People, given: NewAccount) -> Response:
    """Let somebody sign in."""
    return answer(people.add(given.name, given.password, given.role), status=201)


@router.patch(
    "/accounts/{name}", response_model=Account, responses=documented(404, 409, body=True), summary="Change an account"
)
def change_account(people: People, name: Name, given: ChangedAccount) -> Response:
    """Another role, another password, or both."""
    known = people.get(name)
    if given.password is not None:
        people.set_password(known.name, given.password)
    if given.role is not None:
        people.set_role(known.name, given.role)
    return answer(people.get(known.name))


@router.delete("/accounts/{name}", response_model=Done, responses=documented(404, 409), summary="Remove an account")
def remove_account(people: People, asker: Asker, name: Name) -> Response:
    """Remove an account with its sessions and tokens; its rulings stay, under its name."""
    if people.get(name).name == asker.name:
        raise Refused(409, "nobody removes their own account", field="name")
    people.remove(name)
    return answer(Done(done="removed"))
