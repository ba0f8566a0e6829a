"""The guard: one middleware that every request passes, for pages and calls alike.

In this order: is it called by a name of this server; does another site ask; does the client ask too often; who asks; may they.
Each question is a small function that answers with a refusal or with None; only the guard sends.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlsplit

import anyio
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from variorum.errors import StoreError
from variorum.rest.errors import error_response
from variorum.rest.security.bodies import BodyRefused, BoundedBody, over
from variorum.rest.security.policy import METHODS, SAFE_METHODS, Need, need, suffices
from variorum.rest.security.rates import Rates, client_key
from variorum.rest.security.settings import LARGEST_SIGN_IN, Security
from variorum.rest.security.who import NOBODY, BadCredentials, Identity, establish, host_name, is_local

log = logging.getLogger("variorum.server")

PAGE_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
DATA_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # under "no-referrer" browsers send "Origin: null" with our own forms
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()",
    "X-DNS-Prefetch-Control": "off",
}

_BAD_TARGET = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is not let through."""

    status: int
    reason: str
    field: str | None = None
    headers: tuple[tuple[str, str], ...] = ()


RefusalPage = Callable[[Refusal], Response]
"""How a refusal is shown to a person; calls under ``/api`` get the shape of errors instead."""


def plain_page(refusal: Refusal) -> Response:
    """A refusal as a line of text."""
    return Response(refusal.reason + "\n", refusal.status, media_type="text/plain")


class Guard:
    """ASGI middleware; see the module."""

    def __init__(self, app: ASGIApp, *, security: Security, page: RefusalPage = plain_page) -> None:
        self._app = app
        self._security = security
        self._page = page
        self.rates = Rates(security)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})  # there are none, and none may be opened across sites
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        send = _with_headers(scope, send, self._security)
        needed = need(scope["method"], scope["path"])
        refusal = await self._decide(scope, needed)
        if refusal is not None:
            await self._tell(refusal, scope, receive, send)
            return
        await self._serve(scope, receive, send, needed)

    async def _decide(self, scope: Scope, needed: Need) -> Refusal | None:
        headers = Headers(scope=scope)
        refusal = _wrong_host(headers, self._security) or _bad_target(scope) or _other_site(scope, headers)
        if refusal is not None:
            return refusal
        local = is_local(scope, self._security)
        scope["variorum.client"] = client = client_key(scope["client"][0] if scope.get("client") else None)
        scope["variorum.guard"] = self
        wait = self.rates.wait(needed.rate, client, local=local)
        if wait:
            return Refusal(429, f"too many requests; wait {wait} seconds", headers=(("Retry-After", str(wait)),))
        try:
            identity = await anyio.to_thread.run_sync(establish, scope, self._security)
        except BadCredentials as error:
            return _unknown(str(error))
        except StoreError as error:
            return Refusal(503, str(error), headers=(("Retry-After", "5"),))
        scope["variorum.identity"] = identity
        return _not_allowed(scope, identity, needed, self._security) or _too_long(headers, self._largest(needed))

    def _largest(self, needed: Need) -> int:
        sizes = {
            "small": min(LARGEST_SIGN_IN, self._security.largest_body),
            "usual": self._security.largest_body,
            "addition": self._security.largest_addition,
        }
        return sizes[needed.size]

    async def _serve(self, scope: Scope, receive: Receive, send: Send, needed: Need) -> None:
        """Let the request through; whatever goes wrong, one answer is sent and nothing of the inside told."""
        body = BoundedBody(receive, largest=self._largest(needed), seconds=self._security.body_seconds)
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            if body.refused is not None and not started:
                return  # what a framework makes of the broken body; the refusal follows
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, body, watched)
        except BodyRefused as refused:
            log.info("%s %s: %s", scope["method"], scope["path"], refused)
        except Exception:
            log.exception("a fault of the program, on %s %s", scope["method"], scope["path"])
            if started:
                raise
            if body.refused is None:
                fault = Refusal(500, "a fault of the program; its log says more")
                await self._tell(fault, scope, receive, send)
                return
        if body.refused is not None and not started:
            last = (("Connection", "close"),)
            await self._tell(Refusal(body.refused.status, body.refused.reason, "body", last), scope, receive, send)

    async def _tell(self, refusal: Refusal, scope: Scope, receive: Receive, send: Send) -> None:
        identity = scope.get("variorum.identity", NOBODY)
        response: Response
        if is_call(scope["path"]):
            response = error_response(refusal.status, refusal.reason, refusal.field, dict(refusal.headers))
        elif refusal.status == 401 and self._security.team and identity is NOBODY and scope["method"] in SAFE_METHODS:
            response = RedirectResponse(f"{self._security.sign_in_page}?next={quote(_target(scope), safe='')}", 303)
        else:
            response = self._page(refusal)
            response.headers.update(dict(refusal.headers))
        await response(scope, receive, send)


def is_call(path: str) -> bool:
    """Whether a path belongs to the interface for programs."""
    return path == "/api" or path.startswith("/api/")


def safe_next(given: str | None) -> str:
    """Where to go after signing in: a path of this server, else the front page (no open redirect)."""
    if not given or not given.startswith("/") or given.startswith(("//", "/\\")) or not given.isprintable():
        return "/"
    parts = urlsplit(given)
    return "/" if parts.scheme or parts.netloc else given


def _target(scope: Scope) -> str:
    query = scope.get("query_string", b"").decode("latin-1")
    return quote(scope["path"]) + (f"?{query}" if query else "")


def _wrong_host(headers: Headers, security: Security) -> Refusal | None:
    """Called by a name that is not ours: a page of another site whose name was made to point here (DNS rebinding)."""
    given = headers.getlist("host")
    if len(given) != 1 or host_name(given[0]) not in security.all_hosts:
        return Refusal(400, "this server does not go by that name (variorum serve --allow-host adds one)", "Host")
    return None


def _bad_target(scope: Scope) -> Refusal | None:
    """No address of ours holds a control character, no store keeps a NUL, and nothing of ours takes a made-up method."""
    if scope["method"] not in METHODS:
        return Refusal(405, "no address takes this method", headers=(("Allow", ", ".join(sorted(METHODS))),))
    if _BAD_TARGET.search(scope["path"]):
        return Refusal(404, "there is nothing at this address")
    query = scope.get("query_string", b"")
    if b"%00" in query or b"\x00" in query:
        fields = parse_qsl(query.decode("latin-1"), keep_blank_values=True)
        bad = next((name for name, value in fields if "\x00" in value), "query")
        return Refusal(422 if is_call(scope["path"]) else 400, "holds a NUL character", bad)
    return None


def _other_site(scope: Scope, headers: Headers) -> Refusal | None:
    """Asked by a page of another site. Browsers say so, and only they: a program that sends neither header is let through.

    Reading is refused too, but for following a link: no other site has a use for our pages inside its own.
    """
    site = headers.get("sec-fetch-site")
    origin = headers.get("origin")
    writes = scope["method"] not in SAFE_METHODS
    if site is not None and site not in ("same-origin", "none"):
        follows = (
            not writes
            and headers.get("sec-fetch-mode") == "navigate"
            and headers.get("sec-fetch-dest")
            in (
                "document",
                None,
            )
        )
        if not follows:
            return Refusal(403, "another site may not ask in your name")
    if origin is not None and writes and not _own_origin(origin, headers):
        return Refusal(403, "another site may not ask in your name", "Origin")
    return None


def _own_origin(origin: str, headers: Headers) -> bool:
    parts = urlsplit(origin)
    return parts.scheme in ("http", "https") and parts.netloc.lower() == headers.get("host", "").lower()


def _unknown(reason: str) -> Refusal:
    return Refusal(401, reason, headers=(("WWW-Authenticate", 'Bearer realm="variorum"'),))


def _not_allowed(scope: Scope, identity: Identity, needed: Need, security: Security) -> Refusal | None:
    writes = scope["method"] not in SAFE_METHODS and needed.role != "nobody"
    if suffices(identity.role, needed.role) and not (writes and identity.way == "nobody"):
        return None
    if identity.way == "nobody":
        reason = "sign in, or send a token" if security.team else "writing from outside the machine needs the token"
        return _unknown(reason)
    article = "an" if needed.role in ("editor", "admin") else "a"
    return Refusal(403, f"this takes {article} {needed.role}; {identity.name} is {_a(identity.role)}")


def _a(role: str) -> str:
    return f"{'an' if role[0] in 'aeiou' else 'a'} {role}"


def _too_long(headers: Headers, largest: int) -> Refusal | None:
    given = headers.get("content-length")
    if given is None:
        return None
    if "transfer-encoding" in headers:
        # A proxy and this server could take the end of such a request for different ones (RFC 9112, 6.1).
        return Refusal(
            400, "a body has a length or comes in chunks, not both", "Content-Length", (("Connection", "close"),)
        )
    if not (given.isascii() and given.isdigit()):
        return Refusal(400, "not a number", "Content-Length")
    return Refusal(413, over(largest), "body", (("Connection", "close"),)) if int(given) > largest else None


def _with_headers(scope: Scope, send: Send, security: Security) -> Send:
    """A ``send`` that adds the headers of safety to every answer; a policy that a page sets itself is kept."""
    policy = DATA_POLICY if is_call(scope["path"]) else PAGE_POLICY

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            headers.setdefault("Content-Security-Policy", policy)
            if not scope["path"].startswith("/static/"):
                headers.setdefault("Cache-Control", "no-store")
            if security.https:
                headers["Strict-Transport-Security"] = "max-age=31536000"
        await send(message)

    return sent
