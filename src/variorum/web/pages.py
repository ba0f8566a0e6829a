"""What every page needs: who asks, the library behind the app, and a template's answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, cast
from urllib.parse import quote, unquote

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from variorum.rest.jobs import Jobs
from variorum.rest.security import Identity, Security, identity_of, suffices
from variorum.web.desks import Desks
from variorum.web.look import environment

if TYPE_CHECKING:
    from variorum.library import Library

NAME_COOKIE = "variorum_who"
"""Under which name a browser rules where there are no accounts."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A line over a page that says what was just done."""

    words: str
    links: Sequence[tuple[str, str]] = ()
    undo: str | None = None
    """Id of the ruling that a button beside it takes back."""
    back: str = ""


def library_of(request: Request) -> Library:
    """The library behind the app."""
    return cast("Library", request.app.state.library)


def desks_of(request: Request) -> Desks:
    """The stories that are kept ready."""
    return cast(Desks, request.app.state.desks)


def jobs_of(request: Request) -> Jobs:
    """The work that goes on in the background."""
    return cast(Jobs, request.app.state.jobs)


def security_of(request: Request) -> Security:
    """What was decided about safety."""
    return cast(Security, request.app.state.security)


async def form_of(request: Request) -> FormData:
    """The fields of a form that was sent; the guard bounds its size."""
    return await request.form(max_files=500, max_fields=2000)


def may_rule(request: Request) -> bool:
    """Whether whoever asks may correct and add."""
    return suffices(identity_of(request).role, "editor")


def signed_name(request: Request) -> str:
    """The name under which one rules where there are accounts; empty where a form has to ask."""
    return identity_of(request).name if security_of(request).team else ""


def usual_name(request: Request) -> str:
    """The name that a form offers."""
    return unquote(request.cookies.get(NAME_COOKIE, ""))[:80] or identity_of(request).name


def remembered(response: Response, who: str, request: Request) -> Response:
    """An answer that lets the browser remember under which name it rules, where there are no accounts."""
    if not signed_name(request):
        secure = request.url.scheme == "https"
        response.set_cookie(
            NAME_COOKIE, quote(who), max_age=31_536_000, httponly=True, samesite="strict", secure=secure
        )
    return response


def render(
    request: Request, template: str, *, status: int = 200, notice: Notice | None = None, **context: Any
) -> HTMLResponse:
    """A page.

    Args:
        request: what it answers.
        template: its name.
        status: of the answer.
        notice: a line over it.
        context: what the template draws from.
    """
    me: Identity = identity_of(request)
    path = request.url.path
    jobs: Jobs | None = getattr(request.app.state, "jobs", None)
    running = jobs.running() if jobs else None
    given = {
        "me": me,
        "team": security_of(request).team,
        "may_rule": suffices(me.role, "editor"),
        "may_add": suffices(me.role, "editor"),
        "may_keep": suffices(me.role, "admin"),
        "signs_in": security_of(request).token is not None,
        "asks_name": not security_of(request).team,
        "who": usual_name(request),
        "here": next(
            (
                room
                for room in ("/stories", "/add", "/search", "/changes", "/feeds", "/rulings")
                if path.startswith(room)
            ),
            "",
        ),
        "running": running,
        "notice": notice,
        "path": path,
    }
    return HTMLResponse(environment().get_template(template).render(given | context), status)


def go(address: str) -> RedirectResponse:
    """Send the browser to a page after something was done, so that reloading does not do it again."""
    return RedirectResponse(address, 303)


TheLibrary = Annotated["Library", Depends(library_of)]
TheDesks = Annotated[Desks, Depends(desks_of)]
TheJobs = Annotated[Jobs, Depends(jobs_of)]
Form = Annotated[FormData, Depends(form_of)]
