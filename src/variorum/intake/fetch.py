"""Addresses, fetched politely: private networks refused, redirects re-checked, sizes and times bounded, robots.txt respected.

The refusal of private addresses is made on the address that the connection really goes to: the name is resolved once, every
address it stands for is checked, and the connection is made to a checked address (no second look-up that could answer otherwise).
"""

from __future__ import annotations

import hashlib
import ipaddress
import json
import socket
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol
from urllib.parse import urljoin, urlsplit, urlunsplit

import httpcore
import httpx
from platformdirs import user_cache_path
from protego import Protego

from variorum.errors import IntakeError
from variorum.intake.decode import LARGEST

USER_AGENT = "variorum/0.1 (news reader; reads one page at a time for one person; respects robots.txt)"
MOST_REDIRECTS = 5
SECONDS = 20.0
"""For connecting, and between two pieces of an answer."""
SECONDS_IN_ALL = 60.0
ROBOTS_SECONDS = 8.0
LARGEST_ROBOTS = 512 * 1024
CONTENT_TYPES = (
    "text/html",
    "application/xhtml+xml",
    "text/plain",
    "application/pdf",
    "application/json",
    "application/feed+json",
    "application/rss+xml",
    "application/atom+xml",
    "application/xml",
    "text/xml",
    "application/zip",
    "application/x-ndjson",
    "message/rfc822",
)
_ENDINGS = {"application/pdf": ".pdf", "application/json": ".json", "text/html": ".html", "text/plain": ".txt"}
_ENDINGS |= {"application/xhtml+xml": ".html", "application/x-ndjson": ".jsonl", "message/rfc822": ".eml"}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What stood at an address."""

    url: str
    """The address that answered, after redirects."""
    content: bytes
    content_type: str
    unchanged: bool = False
    """True where the outlet said that nothing has changed since the last visit, and the content is from then."""

    @property
    def name(self) -> str:
        """A name whose ending tells the format."""
        return "fetched" + _ENDINGS.get(self.content_type, Path(urlsplit(self.url).path).suffix)


class Answered(IntakeError):
    """The outlet answered, but with no page.

    Attributes:
        status: its HTTP status.
        retry_after: the header of that name, as it stands.
    """

    def __init__(self, where: str, status: int, phrase: str, retry_after: str | None) -> None:
        super().__init__(where, f"the outlet answered {status} {phrase}".strip())
        self.status = status
        self.retry_after = retry_after


Allow = Callable[[ipaddress.IPv4Address | ipaddress.IPv6Address], bool]


def is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether an address belongs to the open net: not private, loopback, link-local, multicast, reserved or mapped to such."""
    mapped = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    if mapped is not None and not is_public(mapped):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


class Memory(Protocol):
    """What is remembered of earlier visits, for conditional requests."""

    def recall(self, url: str) -> tuple[dict[str, str], bytes] | None:
        """Headers and content of the last visit, or None."""
        ...

    def remember(self, url: str, headers: dict[str, str], content: bytes) -> None:
        """Keep a visit."""
        ...


@dataclass(frozen=True, slots=True)
class Visits:
    """What is remembered of earlier visits, for conditional requests: one small file an address in the user's cache folder."""

    folder: Path = field(default_factory=lambda: user_cache_path("variorum") / "visits")

    def _file(self, url: str) -> Path:
        return self.folder / hashlib.sha256(url.encode()).hexdigest()[:32]

    def recall(self, url: str) -> tuple[dict[str, str], bytes] | None:
        """Headers and content of the last visit, or None."""
        try:
            head, _, content = self._file(url).read_bytes().partition(b"\n")
            return json.loads(head), content
        except (OSError, ValueError):
            return None  # nothing remembered, or a file cut off: the page is asked for anew

    def remember(self, url: str, headers: dict[str, str], content: bytes) -> None:
        """Keep a visit, if the outlet gave something to ask by next time."""
        kept = {key: headers[key] for key in ("etag", "last-modified", "content-type") if key in headers}
        if not {"etag", "last-modified"} & kept.keys():
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        partial = self._file(url).with_suffix(".part")
        partial.write_bytes(json.dumps(kept).encode() + b"\n" + content)
        partial.replace(self._file(url))


def fetch(
    url: str,
    *,
    robots: bool = True,
    limit: int = LARGEST,
    allow: Allow = is_public,
    visits: Memory | None = None,
    seconds: float = SECONDS_IN_ALL,
) -> Fetched:
    """What stands at an address.

    Args:
        url: http or https.
        robots: whether to respect the outlet's robots.txt.
        limit: bytes above which the answer is refused, after decompression.
        allow: which addresses may be connected to.
        visits: memory of earlier visits; by default that of the user's cache folder.
        seconds: for the whole, redirects included.

    Raises:
        IntakeError: refused or unreachable; the reason says which.
    """
    visits = visits or Visits()
    deadline = time.monotonic() + seconds
    with checked_client(allow, seconds=seconds) as client:
        at = url
        for _ in range(MOST_REDIRECTS + 1):
            _check_address(at, named=url)
            if robots and not _robots_allow(client, at, named=url):
                raise IntakeError(
                    url, "the outlet's robots.txt asks not to read this page (--ignore-robots reads it all the same)"
                )
            answer = _get(client, at, named=url, limit=limit, deadline=deadline, visits=visits)
            if isinstance(answer, Fetched):
                return answer
            at = answer
    raise IntakeError(url, f"more than {MOST_REDIRECTS} redirects")


def checked_client(allow: Allow = is_public, *, seconds: float = SECONDS) -> httpx.Client:
    """A client that connects only to addresses that are allowed, and takes nothing from the environment."""
    transport = httpx.HTTPTransport(retries=0)
    transport._pool = httpcore.ConnectionPool(  # the one place where httpx lets a name be pinned to a checked address
        ssl_context=httpx.create_ssl_context(), network_backend=_CheckedNetwork(allow), max_connections=4
    )
    timeout = httpx.Timeout(min(SECONDS, seconds))
    headers = {"User-Agent": USER_AGENT, "Accept": ", ".join(CONTENT_TYPES[:4]) + ", */*;q=0.1"}
    return httpx.Client(transport=transport, timeout=timeout, headers=headers, trust_env=False)


def _get(client: httpx.Client, at: str, *, named: str, limit: int, deadline: float, visits: Memory) -> Fetched | str:
    """One request: the content, or the address that it redirects to."""
    known = visits.recall(at)
    asked = {}
    if known:
        asked = {
            h: known[0][k]
            for h, k in (("If-None-Match", "etag"), ("If-Modified-Since", "last-modified"))
            if k in known[0]
        }
    try:
        with client.stream("GET", at, headers=asked) as response:
            if response.has_redirect_location:
                return urljoin(at, response.headers["location"])
            if response.status_code == httpx.codes.NOT_MODIFIED and known:
                return Fetched(at, known[1], _type(known[0].get("content-type", "")), unchanged=True)
            if response.status_code != httpx.codes.OK:
                retry = response.headers.get("retry-after")
                raise Answered(named, response.status_code, response.reason_phrase, retry)
            kind = _type(response.headers.get("content-type", "text/html"))
            if kind not in CONTENT_TYPES:
                raise IntakeError(named, f"is {kind}, not a text")
            content = bytearray()
            for piece in response.iter_bytes():
                content += piece
                if len(content) > limit:
                    raise IntakeError(named, f"over the limit of {limit / 2**20:.0f} MB")
                if time.monotonic() > deadline:
                    raise IntakeError(named, "took too long")
    except (httpx.HTTPError, httpx.InvalidURL, httpcore.NetworkError, httpcore.TimeoutException) as error:
        raise IntakeError(named, _reason(error)) from error
    headers = {key.lower(): value for key, value in response.headers.items()}
    visits.remember(at, headers, bytes(content))
    return Fetched(at, bytes(content), kind)


def _reason(error: Exception) -> str:
    if isinstance(error, httpx.TimeoutException | httpcore.TimeoutException):
        return "took too long"
    return f"cannot be reached ({error})" if str(error) else "cannot be reached"


def _type(header: str) -> str:
    return header.split(";")[0].strip().lower()


def _check_address(url: str, *, named: str) -> None:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise IntakeError(named, f"not an address ({error})") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise IntakeError(named, "not a web address" if url == named else "redirects to what is not a web address")
    if parts.username or parts.password:
        raise IntakeError(named, "an address with a password is not fetched")
    if port is not None and port in _OTHER_SERVICES:
        raise IntakeError(named, f"port {port} is not a web server's")


_OTHER_SERVICES = {22, 23, 25, 110, 119, 143, 389, 445, 465, 587, 993, 995, 3306, 5432, 6379, 11211, 27017}


def _robots_allow(client: httpx.Client, url: str, *, named: str) -> bool:
    """What robots.txt says (RFC 9309): where there is none, all may be read; where the server is ill, nothing."""
    parts = urlsplit(url)
    at = urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", ""))
    try:
        for _ in range(MOST_REDIRECTS):
            with client.stream("GET", at, timeout=ROBOTS_SECONDS) as response:
                if response.has_redirect_location:
                    at = urljoin(at, response.headers["location"])
                    _check_address(at, named=named)
                    continue
                if response.status_code >= 500:
                    return False
                if response.status_code != httpx.codes.OK:
                    return True
                content = bytearray()
                for piece in response.iter_bytes():
                    content += piece
                    if len(content) > LARGEST_ROBOTS:
                        break
                rules = Protego.parse(bytes(content[:LARGEST_ROBOTS]).decode("utf-8", "replace"))
                return bool(rules.can_fetch(url, "variorum"))
    except (httpx.HTTPError, httpcore.NetworkError, httpcore.TimeoutException) as error:
        raise IntakeError(named, _reason(error)) from error
    return True


class _CheckedNetwork(httpcore.NetworkBackend):
    """Connections only to addresses that are allowed, resolved once and checked before they are used."""

    def __init__(self, allow: Allow) -> None:
        self._allow = allow
        self._network = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"{host} has no address") from error
        addresses = [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]
        if not addresses or not all(self._allow(address) for address in addresses):
            raise httpcore.ConnectError(f"{host} is not on the open net")
        return self._network.connect_tcp(str(addresses[0]), port, timeout, local_address, socket_options)

    def connect_unix_socket(self, *_: object, **__: object) -> httpcore.NetworkStream:
        raise httpcore.ConnectError("not on the open net")

    def sleep(self, seconds: float) -> None:
        self._network.sleep(seconds)
