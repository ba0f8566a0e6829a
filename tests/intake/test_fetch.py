"""Fetching: politeness and refusals, against a server that the test starts itself."""

from __future__ import annotations

import ipaddress
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from variorum.errors import IntakeError
from variorum.intake.fetch import USER_AGENT, Fetched, Visits, fetch, is_public

PAGE = b"<!doctype html><title>t</title><p>The harbour stays closed.</p>"


class Outlet(BaseHTTPRequestHandler):
    seen: list[tuple[str, dict[str, str]]]

    def do_GET(self) -> None:
        self.seen.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
        routes = {
            "/robots.txt": (200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /private/\n"),
            "/page": (200, {"Content-Type": "text/html; charset=utf-8", "ETag": '"v1"'}, PAGE),
            "/private/page": (200, {"Content-Type": "text/html"}, PAGE),
            "/moved": (302, {"Location": "/page"}, b""),
            "/loop": (302, {"Location": "/loop"}, b""),
            "/inward": (302, {"Location": "http://169.254.169.254/latest/meta-data/"}, b""),
            "/file": (302, {"Location": "file:///etc/passwd"}, b""),
            "/image": (200, {"Content-Type": "image/png"}, b"\x89PNG"),
            "/large": (200, {"Content-Type": "text/html"}, b"x" * 5000),
        }
        status, headers, body = routes.get(self.path, (404, {}, b""))
        if status == 200 and self.headers.get("If-None-Match") == headers.get("ETag", "-"):
            status, body = 304, b""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """The test's output stays clean."""


@pytest.fixture(scope="module")
def outlet() -> Iterator[str]:
    Outlet.seen = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Outlet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def loopback(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    return address.is_loopback


@pytest.fixture
def visits(tmp_path: Path) -> Visits:
    return Visits(tmp_path)


def get(url: str, visits: Visits, **more: object) -> Fetched:
    return fetch(url, allow=loopback, visits=visits, **more)  # type: ignore[arg-type]


def test_a_page_is_fetched_with_an_honest_name(outlet: str, visits: Visits) -> None:
    fetched = get(f"{outlet}/page", visits)
    assert fetched.content == PAGE
    assert fetched.content_type == "text/html"
    assert Outlet.seen[-1][1]["user-agent"] == USER_AGENT


def test_a_second_visit_asks_whether_it_changed(outlet: str, visits: Visits) -> None:
    assert not get(f"{outlet}/page", visits).unchanged
    again = get(f"{outlet}/page", visits)
    assert again.unchanged
    assert again.content == PAGE
    assert Outlet.seen[-1][1]["if-none-match"] == '"v1"'


def test_a_redirect_is_followed(outlet: str, visits: Visits) -> None:
    assert get(f"{outlet}/moved", visits).url == f"{outlet}/page"


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/loop", "redirects"),
        ("/inward", "not on the open net"),
        ("/file", "not a web address"),
        ("/image", "image/png"),
        ("/nothing", "404"),
        ("/private/page", "robots.txt"),
    ],
)
def test_what_is_refused(outlet: str, visits: Visits, path: str, reason: str) -> None:
    with pytest.raises(IntakeError, match=reason) as refused:
        get(f"{outlet}{path}", visits)
    assert refused.value.where == f"{outlet}{path}"


def test_robots_can_be_set_aside(outlet: str, visits: Visits) -> None:
    assert get(f"{outlet}/private/page", visits, robots=False).content == PAGE


def test_the_size_is_bounded(outlet: str, visits: Visits) -> None:
    with pytest.raises(IntakeError, match="limit"):
        get(f"{outlet}/large", visits, limit=1000)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "10.0.0.1", "[::1]", "169.254.169.254", "[::ffff:10.0.0.1]", "0.0.0.0"]
)
def test_private_hosts_are_refused_by_default(host: str, visits: Visits) -> None:
    with pytest.raises(IntakeError, match="open net"):
        fetch(f"http://{host}:9/", visits=visits)


@pytest.mark.parametrize(
    "url", ["ftp://example.org/x", "http://user:pw@example.org/", "http:///x", "http://example.org:22/"]
)
def test_addresses_that_are_no_pages(url: str, visits: Visits) -> None:
    with pytest.raises(IntakeError):
        fetch(url, visits=visits)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111"])
def test_open_addresses(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address",
    ["192.168.1.1", "172.16.0.1", "100.64.0.1", "fe80::1", "fc00::1", "224.0.0.1", "240.0.0.1", "::", "2002:a00:1::"],
)
def test_closed_addresses(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))
