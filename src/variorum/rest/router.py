"""The router under ``/api``: its parts put together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.routing import Match

from variorum import __version__
from variorum.rest import adding, people, reports, ruling, stories, watching
from variorum.rest.errors import ApiRoute, documented, error_response
from variorum.rest.given import Shelf, answer

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")

OPTIONAL: dict[str, Any] = {"security": [{}]}
"""From the machine itself, in local mode, no token is needed."""

_bearer = HTTPBearer(
    auto_error=False,
    description="From outside the machine: the server's token to write; in team mode an account's own token.",
)


def _documented_bearer(_: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]) -> None:
    """Only for the description of the interface: the guard has read the header before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """That the library answers."""

    status: Literal["ok"]
    version: str


def make_router() -> APIRouter:
    """All calls, to be included into an app whose ``state`` has ``library`` and, by ``protect``, ``security``.

    The app should give its description at ``/api/openapi.json`` and no page that loads scripts from elsewhere:
    ``FastAPI(openapi_url="/api/openapi.json", docs_url=None, redoc_url=None)``.
    """
    router = APIRouter(prefix="/api", route_class=ApiRoute, dependencies=[Depends(_documented_bearer)])

    @router.get(
        "/health",
        response_model=Health,
        responses=documented(),
        summary="Whether the library answers",
        tags=["health"],
        openapi_extra=OPTIONAL,
    )
    def health(library: Shelf) -> Response:
        """200 where the library answers, 503 where it cannot be reached."""
        library.counts()
        return answer(Health(status="ok", version=__version__))

    for part in (stories, reports, adding, ruling, watching, people):
        for route in part.router.routes:
            if isinstance(route, ApiRoute):
                route.openapi_extra = {**(route.openapi_extra or {}), **OPTIONAL}
        router.include_router(part.router)

    @router.api_route("/{rest:path}", methods=list(METHODS), include_in_schema=False)
    def unknown(request: Request) -> Response:
        """Whatever no other call answers: an unknown address, or a method that its address does not take."""
        allowed = sorted(method for method in METHODS if _takes(router, request, method))
        if allowed:
            return error_response(405, "the address does not take this method", headers={"Allow": ", ".join(allowed)})
        return error_response(404, "there is nothing at this address")

    return router


def _takes(router: APIRouter, request: Request, method: str) -> bool:
    """Whether a call of the router other than the last answers this path by this method."""
    scope = {**request.scope, "method": method}
    return any(route.matches(scope)[0] is Match.FULL for route in router.routes[:-1])
