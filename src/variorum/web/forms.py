"""Answering a form: where to go on once it is done, and what is wrong with nothing lost of what was typed."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import Request
from fastapi.responses import JSONResponse, Response
from starlette.datastructures import FormData

from variorum.errors import BadRuling
from variorum.rest.errors import Refused, refusal_of
from variorum.web.pages import go


def done(request: Request, address: str) -> Response:
    """Go on to a page. The page's own script, which says that it wants JSON, is told the address: it can show what is
    wrong in place, where a browser would have left the page with all that was typed into it."""
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse({"to": address})
    return go(address)


@dataclass(frozen=True, slots=True)
class Filled:
    """What was typed into a form that is shown again, and what is wrong with it."""

    form: FormData | None = None
    fault: str | None = None
    field: str | None = None

    @classmethod
    def refused(cls, form: FormData, error: BadRuling | Refused) -> tuple[int, Filled]:
        """The status of the answer, and the form as it was sent."""
        refusal = refusal_of(error)
        assert refusal is not None
        reason = refusal.reason[:1].upper() + refusal.reason[1:].rstrip(".")
        return refusal.status, cls(form, f"{reason}.", refusal.field)

    def text(self, name: str, otherwise: str = "") -> str:
        """What was typed into a field."""
        given = self.form.get(name) if self.form is not None else None
        return given if isinstance(given, str) else otherwise

    def has(self, name: str, value: str, *, otherwise: bool = False) -> bool:
        """Whether a value was chosen."""
        return otherwise if self.form is None or name not in self.form else value in self.form.getlist(name)

    def is_for(self, kind: str) -> bool:
        """Whether it is the form of this kind of ruling that was sent, of the several that stand on a page."""
        return self.form is None or self.form.get("kind", "") == kind
