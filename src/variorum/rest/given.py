"""What the handlers are given: the library, the jobs, who asks; and the types of parameters and bodies."""

from __future__ import annotations

import re
import threading
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import Depends, Path, Query, Request, Response
from pydantic import AfterValidator, StringConstraints

from variorum.library import Library
from variorum.model import codec
from variorum.rest.errors import Refused
from variorum.rest.jobs import Jobs
from variorum.rest.security import Identity, Security, identity_of

if TYPE_CHECKING:
    from variorum.store.accounts import Accounts

MOST = 2**31 - 1
"""The largest number that a parameter takes: what every store can count to."""

_NO_NUL = r"^[^\x00]*$"

_making = threading.Lock()


def library_of(request: Request) -> Library:
    """The library that the app serves."""
    library: Library = request.app.state.library
    return library


def jobs_of(request: Request) -> Jobs:
    """The jobs of the app's library: one queue for pages and calls."""
    state = request.app.state
    with _making:
        if getattr(state, "jobs", None) is None:
            state.jobs = Jobs(state.library)
    jobs: Jobs = state.jobs
    return jobs


def security_of(request: Request) -> Security:
    """The settings of the guard."""
    security: Security = request.app.state.security
    return security


def accounts_of(request: Request) -> Accounts:
    """The accounts of team mode.

    Raises:
        Refused: there are none, in local mode.
    """
    accounts = security_of(request).accounts
    if accounts is None:
        raise Refused(404, "there are no accounts here: the server was started without them (variorum serve --team)")
    return accounts


Shelf = Annotated[Library, Depends(library_of)]
JobQueue = Annotated[Jobs, Depends(jobs_of)]
Asker = Annotated[Identity, Depends(identity_of)]
Guarding = Annotated[Security, Depends(security_of)]

Id = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=_NO_NUL)]
Line = Annotated[str, StringConstraints(max_length=1000, pattern=_NO_NUL)]
Prose = Annotated[str, StringConstraints(max_length=10_000, pattern=_NO_NUL)]
Words = Annotated[str, StringConstraints(max_length=500, pattern=_NO_NUL)]
Address = Annotated[
    str, StringConstraints(min_length=10, max_length=2000, pattern=r"^https?://[^\x00-\x20/?#\\][^\x00-\x20]*$")
]
Day = Annotated[date, AfterValidator(lambda day: day), Query(description="ISO date.", examples=["2023-11-07"])]

StoryId = Annotated[Id, Path(description="Id of a story.")]
ReportId = Annotated[Id, Path(description="Id of a report.")]
Limit = Annotated[int, Query(ge=1, le=500, description="At most so many.")]
Offset = Annotated[int, Query(ge=0, le=MOST, description="Pass over so many.")]


def iso(day: date | None) -> str | None:
    """A day as the model writes it."""
    return day.isoformat() if day else None


def name_of(asker: Identity, given: str | None) -> str:
    """Who makes a ruling: the account; where there are none, the name given, else the machine's user."""
    if asker.way in ("machine", "token", "nobody") and given and given.strip():
        return given.strip()
    return asker.name or "somebody"


def answer(value: Any, *, status: int = 200) -> Response:
    """A value of the model as JSON, as the codec writes it (once, not checked anew on the way out)."""
    return Response(codec.to_json(value), status, media_type="application/json")


_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


def attachment(name: str) -> dict[str, str]:
    """Headers that make a browser keep an answer as a file. Only letters, digits and ``._-`` of the name survive."""
    plain = _UNSAFE.sub("-", name).strip("-.")[:120] or "variorum"
    return {"Content-Disposition": f'attachment; filename="{plain}"'}
