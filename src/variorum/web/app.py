"""The application: pages over a library, behind the guard, with the calls under ``/api`` beside them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException

from variorum import __version__
from variorum.errors import NotInLibrary, VariorumError
from variorum.rest.errors import Refused, refusal_of
from variorum.rest.jobs import Jobs
from variorum.rest.router import make_router
from variorum.rest.security import Refusal, Security, protect
from variorum.web import adding, finding, look, people, ruling, stories
from variorum.web.desks import Desks
from variorum.web.pages import render
from variorum.web.visiting import Visitor

if TYPE_CHECKING:
    from variorum.library import Library


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the person who starts the application decides."""

    security: Security = field(default_factory=Security)
    watch: bool = False
    """Visit the library's feeds whenever they are due."""


def make_app(library: Library, *, settings: Settings | None = None) -> FastAPI:
    """The application over a library.

    Args:
        library: stays open; who opened it closes it after the app has ended.
        settings: safety above all.
    """
    settings = settings or Settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        if settings.watch:
            app.state.visitor.start()
        yield
        app.state.visitor.close()
        app.state.jobs.close()

    app = FastAPI(
        title="Variorum",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=lifespan,
    )
    app.state.library = library
    app.state.jobs = Jobs(library)
    app.state.desks = Desks(library)
    app.state.visitor = Visitor(library, always=settings.watch)
    protect(app, settings.security, page=_refused)
    app.include_router(make_router())
    for router in (stories.router, ruling.router, adding.router, finding.router, people.router):
        app.include_router(router)
    app.add_api_route("/static/{name}", _static, methods=["GET", "HEAD"], include_in_schema=False)
    for kind in (VariorumError, Refused, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, _told)
    return app


def _static(name: str) -> Response:
    """A style, script or picture; its address names its content, so that a browser keeps it."""
    kind = look.TYPES.get(PurePosixPath(name).suffix)
    try:
        content = look.asset(name) if kind else None
    except (FileNotFoundError, IsADirectoryError):
        content = None
    if content is None:
        raise NotInLibrary(f"no file {name}")
    return Response(content, media_type=kind, headers={"Cache-Control": "public, max-age=31536000, immutable"})


# ---- when something is wrong ------------------------------------------------------------------------

_HEADINGS = {
    400: "This request makes no sense here",
    401: "Sign in first",
    403: "This is not allowed",
    404: "Not here",
    405: "Not like this",
    409: "It stands against what is there",
    413: "Too large",
    422: "Something in the form is wrong",
    429: "Too many requests",
    500: "A fault of the program",
    503: "The library cannot be reached",
}


def _told(request: Request, error: Exception) -> Response:
    """An error in plain words."""
    if isinstance(error, HTTPException):
        reason = "There is nothing at this address." if error.status_code == 404 else str(error.detail)
        return error_page(request, error.status_code, reason, headers=error.headers)
    refused = refusal_of(error)
    if refused is None:
        raise error
    return error_page(request, refused.status, refused.reason, field=refused.field, headers=refused.headers)


def error_page(
    request: Request,
    status: int,
    reason: str,
    *,
    field: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """What is wrong, and where to go on."""
    heading = _HEADINGS.get(status) or HTTPStatus(status).phrase
    sentence = reason[:1].upper() + reason[1:] + ("" if reason.endswith((".", "!", "?")) else ".")
    made = render(request, "error.html.j2", status=status, heading=heading, reason=sentence, field=field, code=status)
    made.headers.update(dict(headers or {}))
    return made


def _refused(refusal: Refusal) -> Response:
    """What the guard refuses, before any page: no look into the library, no name of whoever asks."""
    heading = _HEADINGS.get(refusal.status) or HTTPStatus(refusal.status).phrase
    page = look.environment().get_template("refused.html.j2")
    return HTMLResponse(page.render(heading=heading, reason=refusal.reason, code=refusal.status), refusal.status)
