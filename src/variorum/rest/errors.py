"""One shape for every error: ``{"error": {"field": …, "reason": …}}``."""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import HTTPException, RequestValidationError
from fastapi.routing import APIRoute
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException as StarletteHTTPException

from variorum.errors import (
    AccountConflict,
    BadAccount,
    BadRecord,
    BadRuling,
    IntakeError,
    NotInLibrary,
    StoreError,
    VariorumError,
)


class Fault(BaseModel):
    """What is wrong, and with which field."""

    field: str | None = Field(
        default=None, description="The parameter or the field of the body that is wrong, as a path (`reports.0.text`)."
    )
    reason: str = Field(description="Why, in plain words.")


class ErrorBody(BaseModel):
    """The shape of every error."""

    error: Fault


class Refused(Exception):
    """A request that cannot be answered, with the status that says why."""

    def __init__(
        self, status: int, reason: str, *, field: str | None = None, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason
        self.field = field
        self.headers = dict(headers or {})


MEANINGS: dict[int, str] = {
    400: "The request cannot be understood: its host is not this server's, or its body is not what it claims to be.",
    401: "Nobody has said who is asking: sign in, or send a token.",
    403: "Whoever asks may not do this, or another site asks in their name.",
    404: "The library holds no such thing.",
    405: "The address does not take this method.",
    408: "The body of the request did not arrive in time.",
    409: "It stands against what is already there.",
    413: "The body is over the limit.",
    422: "A parameter or a field of the body is missing or wrong; `field` names it.",
    429: "Too many requests; `Retry-After` says for how many seconds to wait.",
    503: "The library cannot be reached, or too much is under way; nothing was changed.",
}

ALWAYS = (400, 401, 403, 422, 429, 503)
WITH_BODY = (408, 413)


def documented(*statuses: int, body: bool = False) -> dict[int | str, dict[str, Any]]:
    """The ``responses`` of a route: what every call may answer and what this one may answer besides."""
    every = sorted({*ALWAYS, *statuses, *(WITH_BODY if body else ())})
    return {status: {"model": ErrorBody, "description": MEANINGS[status]} for status in every}


def error_bytes(reason: str, field: str | None = None) -> bytes:
    """The body of an error."""
    shape = {"error": {"field": field, "reason": reason}}
    return json.dumps(shape, ensure_ascii=False).encode("utf-8", "replace")


def error_response(
    status: int, reason: str, field: str | None = None, headers: Mapping[str, str] | None = None
) -> Response:
    """An error as an answer."""
    return Response(error_bytes(reason, field), status, headers=dict(headers or {}), media_type="application/json")


def refusal_of(error: Exception) -> Refused | None:
    """What an exception means to whoever asked; None for a fault of the program."""
    match error:
        case Refused():
            return error
        case RequestValidationError():
            return _invalid(error)
        case AccountConflict():
            return Refused(409, error.reason, field=error.field)
        case BadRuling() | BadAccount():
            return Refused(422, error.reason, field=error.field)
        case IntakeError():
            return Refused(422, str(error))
        case NotInLibrary():
            return Refused(404, str(error))
        case StoreError():
            return Refused(503, str(error), headers={"Retry-After": "5"})
        case BadRecord():
            return Refused(422, str(error), field="body")
        case VariorumError():
            return Refused(409, str(error))
        case HTTPException() | StarletteHTTPException():
            return Refused(error.status_code, str(error.detail), headers=error.headers)
    return None


def _invalid(error: RequestValidationError) -> Refused:
    first = error.errors()[0]
    place, *path = (str(part) for part in first["loc"])
    if first["type"] == "json_invalid":
        return Refused(400, f"the body is not JSON ({first.get('ctx', {}).get('error', 'unreadable')})")
    more = len(error.errors()) - 1
    reason = first["msg"] + (f" (and {more} more)" if more else "")
    return Refused(422, reason, field=".".join(path) or place)


class ApiRoute(APIRoute):
    """A route whose errors have the one shape, whatever app it is mounted in."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        answer = super().get_route_handler()

        async def told(request: Request) -> Response:
            try:
                return await answer(request)
            except Exception as error:
                refused = refusal_of(error)
                if refused is None:
                    raise
                return error_response(refused.status, refused.reason, refused.field, refused.headers)

        return told
