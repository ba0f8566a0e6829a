"""Addresses that come over the net are fetched under the rules of intake: a page cannot lead into the machine's own network."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.rest.served import ended
from variorum.intake import fetch

SECRET = "the secret of the inner network, in some words that would make a report of their own"


class _Server(BaseHTTPRequestHandler):
    """Leads from a public page to an inner one."""

    seen: list[str]

    def do_GET(self) -> None:
        """Answer."""
        type(self).seen.append(self.path)
        if self.path == "/robots.txt":
            self.send_response(404)
            self.end_headers()
        elif self.path.startswith("/leads"):
            self.send_response(302)
            self.send_header("Location", f"http://inner.example:{self.server.server_port}/secret")  # type: ignore[attr-defined]
            self.end_headers()
        else:
            self.send_response(200)
            self.send_header("Content-Type", "text/plain")
            self.end_headers()
            self.wfile.write(SECRET.encode())

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    """Of a server that stands for the open net and for the inner network."""
    _Server.seen = []
    server = HTTPServer(("127.0.0.1", 0), _Server)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> None:
    """open.example is on the open net (and this server); inner.example is in the inner network."""
    real_connect = fetch._CheckedNetwork.connect_tcp

    real_look_up = socket.getaddrinfo

    def resolved(host: str, port: int, *more: Any, **named: Any) -> Any:
        address = {"open.example": "93.184.215.14", "inner.example": "10.0.0.7"}.get(host)
        return real_look_up(address or host, port, *more, **named)

    class Here:
        """The open net's address leads to the server of this test."""

        def connect_tcp(self, host: str, port: int, *more: object) -> object:
            import httpcore

            assert host == "93.184.215.14", "no connection may be made to an inner address"
            return httpcore.SyncBackend().connect_tcp("127.0.0.1", port)

    def connect(self: fetch._CheckedNetwork, *arguments: object, **more: object) -> object:
        self._network = Here()  # type: ignore[assignment]
        return real_connect(self, *arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(fetch.socket, "getaddrinfo", resolved)
    monkeypatch.setattr(fetch._CheckedNetwork, "connect_tcp", connect)


def add(client: TestClient, address: str) -> dict[str, object]:
    """What became of an address."""
    return ended(client, client.post("/api/reports", json={"addresses": [address]}))


def test_a_public_page_is_fetched(client: TestClient, port: int, names: None) -> None:
    job = add(client, f"http://open.example:{port}/page")
    assert job["added"] == 1, job
    assert "/page" in _Server.seen


def test_a_redirect_into_the_inner_network_is_refused(client: TestClient, port: int, names: None) -> None:
    job = add(client, f"http://open.example:{port}/leads")
    assert (job["added"], job["refused"]) == (0, 1), job
    assert "not on the open net" in str(job["refusals"])
    assert "/leads" in _Server.seen and "/secret" not in _Server.seen
    assert client.get("/api/search", params={"words": "secret"}).json()["total"] == 0


def test_inner_addresses_are_refused_however_they_are_written(client: TestClient) -> None:
    hosts = (
        "127.0.0.1", "localhost", "[::1]", "0.0.0.0", "[::]", "10.0.0.7", "192.168.0.1", "169.254.169.254", "[fd00::1]", "[fe80::1]",
        "[::ffff:127.0.0.1]", "2130706433", "0x7f000001", "127.1", "100.64.0.1", "224.0.0.1", "[64:ff9b::7f00:1]",
    )  # fmt: skip
    addresses = [f"http://{host}:9/latest/meta-data" for host in hosts]
    job = ended(client, client.post("/api/reports", json={"addresses": addresses}))
    assert (job["added"], [refusal["where"] for refusal in job["refusals"]]) == (0, addresses), job
    for refusal in job["refusals"]:
        assert "not on the open net" in refusal["reason"] or "no address" in refusal["reason"], refusal
