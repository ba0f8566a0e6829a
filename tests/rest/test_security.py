"""The guard: by which name, from where, how much, how often; and what hostile words come back as."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from fastapi.testclient import TestClient

from tests.library.fake import FakeLibrary, golden_record
from tests.rest.served import TOKEN, ended, local, outside, serve
from variorum import api
from variorum.rest.security import PAGE_POLICY, Security, safe_next
from variorum.rest.security.policy import SAFE_METHODS
from variorum.rest.security.rates import client_key
from variorum.rest.security.settings import RATES
from variorum.store.accounts import Accounts

HOST = "desk.example"
SAFE = frozenset(SAFE_METHODS)


def routes(app: FastAPI) -> Iterator[tuple[str, str]]:
    """Every method and path that an app answers, from its own table."""
    for context in iter_route_contexts(app.routes):
        route = getattr(context, "route", context)
        path = getattr(context, "path", None) or getattr(route, "path", "")
        for method in sorted(getattr(context, "methods", None) or getattr(route, "methods", None) or ()):
            yield method, path


def writes(app: FastAPI) -> list[tuple[str, str]]:
    """Every method and path that changes something, with parameters filled in."""
    found = [(method, path.replace("{rest:path}", "x")) for method, path in routes(app) if method not in SAFE]
    return sorted({(method, filled(path)) for method, path in found})


def filled(path: str) -> str:
    """A path with every parameter replaced by a word."""
    parts = [part if not part.startswith("{") else "x" for part in path.split("/")]
    return "/".join(parts)


PUBLIC_WRITES = {("POST", "/api/session")}


def test_the_table_of_routes_is_seen() -> None:
    found = writes(serve())
    assert ("POST", "/api/reports") in found and ("DELETE", "/api/feeds") in found and len(found) > 15


@pytest.mark.parametrize("token", [None, TOKEN])
def test_writing_from_outside_needs_the_token(token: str | None) -> None:
    # Every call is tried six times, which is more than a client may in a minute.
    rates = dict.fromkeys(RATES, "10000/minute")
    app = serve(security=Security(hosts=(HOST,), token=token, rates=rates))
    client = outside(app)
    for method, path in writes(app):
        if (method, path) in PUBLIC_WRITES:
            continue
        answer = client.request(method, path, json={})
        assert answer.status_code == 401, (method, path)
        assert "Bearer" in answer.headers["www-authenticate"]
        for wrong in ("Bearer x", "Bearer ", "Basic eDp5", f"Bearer {TOKEN}x", "Bearer \x80"):
            headers = {"authorization": wrong.encode("latin-1")}
            answer = client.request(method, path, json={}, headers=headers)  # type: ignore[arg-type]
            assert answer.status_code == 401, (method, path, wrong)
    assert client.get("/api/counts").status_code == 200, "reading is open"
    assert client.get("/api/counts", headers={"authorization": "Bearer x"}).status_code == 401, (
        "a wrong token never passes"
    )


def test_the_token_opens_writing_from_outside() -> None:
    app = serve(security=Security(hosts=(HOST,), token=TOKEN))
    answer = outside(app).post(
        "/api/feeds", json={"address": "https://example.org/rss"}, headers={"authorization": f"Bearer {TOKEN}"}
    )
    assert answer.status_code == 201


@pytest.mark.parametrize(
    "headers",
    [
        {"host": HOST},
        {"x-forwarded-for": "198.51.100.1"},
        {"forwarded": "for=198.51.100.1"},
        {"x-real-ip": "198.51.100.1"},
    ],
)
def test_a_proxy_on_the_machine_does_not_make_the_outside_local(headers: dict[str, str]) -> None:
    app = serve(security=Security(hosts=(HOST,), token=TOKEN))
    assert local(app).post("/api/feeds", json={"address": "https://example.org/rss"}).status_code == 201
    assert local(app).post("/api/feeds", json={"address": "https://example.org/a"}, headers=headers).status_code == 401


@pytest.mark.parametrize(
    "address", ["10.0.0.5", "192.168.1.9", "203.0.113.7", "::ffff:10.0.0.5", "fe80::1%eth0", "testclient"]
)
def test_only_loopback_addresses_are_the_machine(address: str) -> None:
    app = serve()
    client = TestClient(app, base_url="http://127.0.0.1:8765", client=(address, 1))
    assert client.post("/api/feeds", json={"address": "https://example.org/a"}).status_code == 401
    for near in ("127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1"):
        client = TestClient(app, base_url="http://localhost:8765", client=(near, 1))
        assert client.post("/api/feeds", json={"address": "https://example.org/a"}).status_code == 201


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example", "", "desk.example@evil", "[::2]"]
)
def test_another_hosts_name_is_refused(host: str) -> None:
    app = serve(security=Security(hosts=(HOST,)))
    answer = local(app).get("/api/counts", headers={"host": host})
    assert answer.status_code == 400
    assert answer.json()["error"]["field"] == "Host"
    page = local(app).get("/", headers={"host": host})
    assert page.status_code == 400 and page.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize("host", ["127.0.0.1", "LOCALHOST:1", "[::1]:8765", "desk.example", "Desk.Example:443"])
def test_our_own_names_are_known(host: str) -> None:
    app = serve(security=Security(hosts=(HOST,)))
    assert local(app).get("/api/counts", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "http://localhost:8765"},
        {"origin": "http://127.0.0.1:8765.evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "origin": "http://127.0.0.1:8765"},
        {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"},
    ],
)
def test_another_site_cannot_write(headers: dict[str, str]) -> None:
    app = serve()
    client = local(app)
    for method, path in writes(app):
        answer = client.request(method, path, json={}, headers=headers)
        assert answer.status_code == 403, (method, path)
        assert "access-control-allow-origin" not in answer.headers


def test_our_own_pages_and_programs_can_write() -> None:
    client = local(serve())
    for headers in (
        {},
        {"origin": "http://127.0.0.1:8765", "sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "none"},
    ):
        answer = client.post("/api/feeds", json={"address": "https://example.org/a"}, headers=headers)
        assert answer.status_code == 201


def test_another_site_can_only_lead_here() -> None:
    client = local(serve())
    link = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    assert client.get("/api/counts", headers=link).status_code == 200
    for dest, mode in (("script", "no-cors"), ("iframe", "navigate"), ("empty", "cors"), ("image", "no-cors")):
        asked = {"sec-fetch-site": "cross-site", "sec-fetch-mode": mode, "sec-fetch-dest": dest}
        assert client.get("/api/counts", headers=asked).status_code == 403
    preflight = {
        "origin": "https://evil.example",
        "access-control-request-method": "POST",
        "sec-fetch-site": "cross-site",
    }
    answer = client.options("/api/reports", headers=preflight)
    assert answer.status_code == 403 and not [name for name in answer.headers if name.startswith("access-control")]


def test_every_answer_carries_the_headers_of_safety() -> None:
    app = serve()
    client = local(app)
    paths = [
        "/api/counts",
        "/api/stories/none",
        "/api/nothing",
        "/nothing",
        "/api/openapi.json",
        "/api/stories/s1/record?format=html",
    ]
    answers = [client.get(path) for path in paths] + [client.get("/", headers={"host": "evil"})]
    for answer in answers:
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cross-origin-opener-policy"] == "same-origin"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert answer.headers["cache-control"] == "no-store"
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy
        assert "server" not in answer.headers
    assert client.get("/nothing").headers["content-security-policy"] == PAGE_POLICY
    assert "strict-transport-security" not in client.get("/api/counts").headers
    assert "strict-transport-security" in local(serve(security=Security(https=True))).get("/api/counts").headers


def test_large_bodies_are_refused_before_and_while_they_come() -> None:
    client = local(serve(security=Security(largest_body=2000, largest_addition=5000)))
    for path, size, fits in (
        ("/api/rulings", 1900, True),
        ("/api/rulings", 2100, False),
        ("/api/reports", 4900, True),
        ("/api/reports", 5100, False),
    ):
        body = b" " * size

        def pieces(body: bytes = body) -> Iterator[bytes]:
            for at in range(0, len(body), 500):
                yield body[at : at + 500]

        told = client.post(path, content=body, headers={"content-type": "application/json"})
        streamed = client.post(path, content=pieces(), headers={"content-type": "application/json"})
        for answer in (told, streamed):
            assert (answer.status_code == 413) is not fits, (path, size, answer.text)
            if not fits:
                assert answer.json()["error"]["field"] == "body"
    lying = client.post("/api/rulings", content=b"{}", headers={"content-length": "-5"})
    assert lying.status_code == 400


async def _raw(
    app: FastAPI, messages: list[dict[str, Any]], *, headers: list[tuple[bytes, bytes]], path: str
) -> list[dict[str, Any]]:
    """One request given to the app message by message; after the last one nothing more comes."""
    sent: list[dict[str, Any]] = []
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http", "path": path,
        "raw_path": path.encode(), "query_string": b"", "root_path": "", "headers": [(b"host", b"127.0.0.1"), *headers],
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80), "state": {},
    }  # fmt: skip

    async def receive() -> Any:
        if messages:
            return messages.pop(0)
        await asyncio.sleep(3600)
        raise AssertionError

    async def send(message: Any) -> None:
        sent.append(message)

    await app(scope, receive, send)
    return sent


def test_a_body_that_does_not_arrive_is_given_up() -> None:
    app = serve(security=Security(body_seconds=0.2))
    first = {"type": "http.request", "body": b'{"kind":', "more_body": True}
    sent = asyncio.run(_raw(app, [first], headers=[(b"content-type", b"application/json")], path="/api/rulings"))
    assert sent[0]["status"] == 408
    assert json.loads(sent[1]["body"])["error"]["field"] == "body"


def test_an_endless_body_is_cut_off_whatever_its_length_claims() -> None:
    app = serve(security=Security(largest_body=1000))
    pieces: list[dict[str, Any]] = [{"type": "http.request", "body": b"x" * 400, "more_body": True} for _ in range(50)]
    sent = asyncio.run(_raw(app, pieces, headers=[(b"content-type", b"application/json")], path="/api/rulings"))
    assert sent[0]["status"] == 413 and len(pieces) > 40, "it is not read to its end"


def test_too_many_requests_have_to_wait() -> None:
    rates = {"read": "5/hour", "write": "2/hour", "add": "1/hour", "sign-in": "1/hour"}
    app = serve(security=Security(hosts=(HOST,), token=TOKEN, rates=rates))
    client = outside(app)
    answers = [client.get("/api/counts") for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429]
    assert 0 < int(answers[-1].headers["retry-after"]) <= 3600
    assert outside(app, address="203.0.113.8").get("/api/counts").status_code == 200, "each client by itself"
    headers = {"authorization": f"Bearer {TOKEN}"}
    statuses = [client.post("/api/merge", json={}, headers=headers).status_code for _ in range(3)]
    assert statuses == [422, 422, 429]
    assert [local(app).get("/api/counts").status_code for _ in range(20)] == [200] * 20, (
        "the machine itself is not slowed"
    )


def test_one_subscriber_of_ipv6_is_one_client() -> None:
    assert client_key("2001:db8:1:2::1") == client_key("2001:db8:1:2:ffff::9") != client_key("2001:db8:1:3::1")
    assert client_key("::ffff:192.0.2.1") == client_key("192.0.2.1") == "192.0.2.1"


def test_the_tokens_session_lets_a_browser_write_from_outside() -> None:
    app = serve(security=Security(hosts=(HOST,), token=TOKEN, https=True))
    client = outside(app)
    assert client.post("/api/session", json={"token": "wrong"}).status_code == 401
    signed = client.post("/api/session", json={"token": TOKEN})
    cookie = signed.headers["set-cookie"]
    assert cookie.startswith("__Host-variorum=") and TOKEN not in cookie
    assert all(part in cookie for part in ("HttpOnly", "Secure", "SameSite=lax", "Path=/"))
    assert client.get("/api/me").json()["way"] == "session"
    assert client.post("/api/feeds", json={"address": "https://example.org/a"}).status_code == 201
    held = client.cookies["__Host-variorum"]
    expires, _, sign = held.partition(".")
    for forged in (f"{int(expires) + 1}.{sign}", f"1.{sign}", "", ".", "9" * 400, f"{expires}.", f"٣.{sign}"):
        fresh = outside(app, headers={"cookie": f"__Host-variorum={forged}".encode()})
        assert fresh.post("/api/feeds", json={"address": "https://example.org/a"}).status_code == 401, forged
    renewed = serve(security=Security(hosts=(HOST,), token="another token", https=True))
    assert outside(renewed, cookies={"__Host-variorum": held}).post("/api/feeds", json={}).status_code == 401


# ---- team mode -------------------------------------------------------------------------------------

PASSWORD = "a long sea voyage"


@pytest.fixture
def team(few_accounts: Accounts) -> FastAPI:
    """The calls in team mode, with one account a role."""
    for role in ("reader", "editor", "admin"):
        few_accounts.add(f"the-{role}", PASSWORD, role)  # type: ignore[arg-type]
    return serve(security=Security(hosts=(HOST,), accounts=few_accounts, https=True))


def signed_in(app: FastAPI, role: str) -> TestClient:
    """Somebody of this role."""
    client = outside(app)
    assert client.post("/api/session", json={"name": f"the-{role}", "password": PASSWORD}).status_code == 200
    return client


def test_signing_out_ends_the_session_on_the_server(team: FastAPI) -> None:
    client = signed_in(team, "editor")
    held = dict(client.cookies)
    assert client.get("/api/me").json() == {"name": "the-editor", "role": "editor", "way": "session", "team": True}
    out = client.delete("/api/session")
    assert "Max-Age=0" in out.headers["set-cookie"]
    assert outside(team, cookies=held).get("/api/me").status_code == 401
    assert outside(team).delete("/api/session").status_code == 401


def test_the_machine_itself_has_no_rights_in_team_mode(team: FastAPI) -> None:
    assert local(team).get("/api/counts").status_code == 401
    assert local(team).get("/api/health").status_code == 200
    page = local(team, follow_redirects=False).get("/stories/s1?x=1")
    assert page.status_code == 303 and page.headers["location"] == "/sign-in?next=%2Fstories%2Fs1%3Fx%3D1"


def test_sign_in_is_the_same_for_a_wrong_name_and_a_wrong_password_and_is_slowed(team: FastAPI) -> None:
    client = outside(team)
    wrong = [
        client.post("/api/session", json={"name": name, "password": "no such password"})
        for name in ("the-admin", "nobody")
    ]
    assert {answer.status_code for answer in wrong} == {401}
    assert wrong[0].content == wrong[1].content
    statuses = [client.post("/api/session", json={"name": "the-admin", "password": "x"}).status_code for _ in range(6)]
    assert statuses[-1] == 429
    right = client.post("/api/session", json={"name": "THE-ADMIN", "password": PASSWORD})
    assert right.status_code == 429, "not even the right password, from where so many were wrong"
    assert int(right.headers["retry-after"]) > 0
    elsewhere = outside(team, address="198.51.100.20").post(
        "/api/session", json={"name": "the-admin", "password": PASSWORD}
    )
    assert elsewhere.status_code == 200, "a stranger cannot lock a name out"


def test_a_session_is_not_taken_over_from_before(team: FastAPI) -> None:
    client = outside(team, cookies={"__Host-variorum": "chosen-by-a-stranger"})
    client.post("/api/session", json={"name": "the-reader", "password": PASSWORD})
    assert "chosen-by-a-stranger" not in {cookie.value for cookie in client.cookies.jar if cookie.domain != ""}
    assert outside(team, cookies={"__Host-variorum": "chosen-by-a-stranger"}).get("/api/me").status_code == 401


def test_who_rules_is_the_account_whatever_the_body_says(team: FastAPI) -> None:
    client = signed_in(team, "editor")
    made = client.post("/api/rulings", json={"kind": "one-actor", "names": ["A", "B"], "who": "somebody else"})
    assert made.json()["who"] == "the-editor"


def test_ones_password_is_changed_with_the_old_one_and_ends_all_sessions(team: FastAPI) -> None:
    here, there = signed_in(team, "reader"), signed_in(team, "reader")
    wrong = here.post("/api/account/password", json={"old": "wrong", "new": "another sea voyage"})
    assert wrong.status_code == 401 and wrong.json()["error"]["field"] == "old"
    weak = here.post("/api/account/password", json={"old": PASSWORD, "new": "short"})
    assert weak.status_code == 422 and weak.json()["error"]["field"] == "new"
    assert here.post("/api/account/password", json={"old": PASSWORD, "new": "another sea voyage"}).status_code == 200
    assert here.get("/api/me").status_code == 200
    assert there.get("/api/me").status_code == 401


def test_tokens_act_for_an_account_but_make_no_tokens(team: FastAPI) -> None:
    client = signed_in(team, "editor")
    made = client.post("/api/account/tokens", json={"label": "nightly"}).json()
    program = outside(team, headers={"authorization": f"Bearer {made['secret']}"})
    assert program.get("/api/me").json()["way"] == "account-token"
    assert program.post("/api/rulings", json={"kind": "one-actor", "names": ["A", "B"]}).json()["who"] == "the-editor"
    assert program.post("/api/account/tokens", json={"label": "more"}).status_code == 403
    assert program.post("/api/account/password", json={"old": PASSWORD, "new": "another sea voyage"}).status_code == 403
    reading = client.post("/api/account/tokens", json={"label": "r", "reading_only": True, "days": 3}).json()
    reader = outside(team, headers={"authorization": f"Bearer {reading['secret']}"})
    assert reader.get("/api/counts").status_code == 200
    assert reader.post("/api/rulings", json={"kind": "one-actor", "names": ["A", "B"]}).status_code == 403
    assert [token["label"] for token in client.get("/api/account/tokens").json()["tokens"]] == ["nightly", "r"]
    other = signed_in(team, "admin")
    assert other.delete(f"/api/account/tokens/{made['token']['id']}").status_code == 404
    assert client.delete(f"/api/account/tokens/{made['token']['id']}").status_code == 200
    assert program.get("/api/me").status_code == 401


def test_admins_keep_the_accounts(team: FastAPI) -> None:
    client = signed_in(team, "admin")
    made = client.post("/api/accounts", json={"name": "Costa", "password": "quite another word", "role": "editor"})
    assert made.status_code == 201 and made.json()["name"] == "costa"
    assert "password" not in made.json()
    again = client.post("/api/accounts", json={"name": "costa", "password": "quite another word"})
    assert again.status_code == 409 and again.json()["error"]["field"] == "name"
    assert client.patch("/api/accounts/costa", json={"role": "reader"}).json()["role"] == "reader"
    assert client.patch("/api/accounts/costa", json={"password": "short"}).json()["error"]["field"] == "password"
    assert client.delete("/api/accounts/the-admin").status_code == 409
    assert client.patch("/api/accounts/the-admin", json={"role": "reader"}).status_code == 409
    assert client.delete("/api/accounts/costa").status_code == 200
    assert client.delete("/api/accounts/costa").status_code == 404


# ---- hostile words ---------------------------------------------------------------------------------

HOSTILE = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'\r\nSet-Cookie: a=b\r\n\r\n\u202e"


def hostile_library() -> FakeLibrary:
    """A story whose title, headlines, outlets and addresses were made to hurt."""
    record = golden_record()
    reports = tuple(
        replace(reading, outlet=HOSTILE, title=HOSTILE, url=f"javascript:alert(1)//{HOSTILE}", headline=None)
        for reading in record.reports
    )
    return FakeLibrary([replace(record, title=HOSTILE, reports=reports)])


def test_hostile_words_come_back_as_data() -> None:
    library = hostile_library()
    library._records[HOSTILE] = library._records["s1"]
    library._changed[HOSTILE] = "2031-05-03T00:00:00+00:00"
    client = local(serve(library))
    report = golden_record().reports[0].id
    paths = [
        "/api/stories", "/api/stories/s1", "/api/stories/s1/record", "/api/stories/s1/entries", "/api/changes", "/api/search?words=inquiry",
        f"/api/reports/{report}", f"/api/evidence?report={report}&start=0&end=20", "/api/stories?since=%3Cscript%3E",
        "/api/%3Cscript%3Ealert(1)%3C/script%3E", "/api/stories/%3Cscript%3E",
    ]  # fmt: skip
    for path in paths:
        answer = client.get(path)
        assert answer.headers["content-type"] == "application/json", path
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "set-cookie" not in answer.headers
    for format in ("html", "markdown", "text", "jsonld", "geojson"):
        answer = client.get(f"/api/stories/s1/record?format={format}")
        assert answer.status_code == 200
        assert answer.headers["content-disposition"].startswith("attachment;")
        if format == "html":
            assert "<script>alert(1)" not in answer.text and "<img src=x" not in answer.text
            assert 'href="javascript:' not in answer.text
    atom = client.get("/api/changes.atom")
    assert b"<script>" not in atom.content


@pytest.mark.parametrize(
    "story", ["a\r\nSet-Cookie: a=b", 'a"; filename="evil.exe', "../../etc/passwd", "ä" * 50, "...", "\u202egnp.exe"]
)
def test_names_of_downloads_are_plain(story: str) -> None:
    from urllib.parse import quote

    library = FakeLibrary.of_harbour()
    library._records[story] = library._records["s1"]
    answer = local(serve(library)).get(f"/api/stories/{quote(story, safe='')}/tables/figures")
    if answer.status_code in (400, 404):
        assert "\r" in story or "/" in story
        return
    name = answer.headers["content-disposition"].removeprefix('attachment; filename="').removesuffix('"')
    assert name and set(name) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-")
    assert not name.startswith(".") and name.endswith(".csv")
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("given", "leads"),
    [
        ("/stories/s1?x=1#y", "/stories/s1?x=1#y"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/a\r\nSet-Cookie: x=y", "/"),
        ("", "/"),
        (None, "/"),
    ],
)
def test_signing_in_leads_nowhere_else(given: str | None, leads: str) -> None:
    assert safe_next(given) == leads


def test_no_file_of_the_server_can_be_named() -> None:
    client = local(serve())
    for address in (
        "/etc/passwd",
        "file:///etc/passwd",
        "C:\\x",
        "-",
        ".",
        "ftp://example.org/x",
        "http:/etc/passwd",
        "https://",
    ):
        answer = client.post("/api/reports", json={"addresses": [address]})
        assert answer.status_code == 422, address
        assert answer.json()["error"]["field"] == "addresses.0"
    given = {
        "text": "Nothing of note happened in the harbour on Friday.",
        "path": "/etc/passwd",
        "location": "/etc/passwd",
        "file": "x",
    }
    job = ended(client, client.post("/api/reports", json={"reports": [given]}))
    told = client.get(f"/api/reports/{job['additions'][0]['report']}").json()
    assert told["text"] == given["text"] and told["location"] is None


def test_the_record_of_a_hostile_story_still_verifies() -> None:
    answer = local(serve(hostile_library())).get("/api/stories/s1/record")
    ((_, record),) = api.records_from_json(answer.content, where="answer")
    assert api.verify(record) == ()


def test_a_request_with_two_ends_is_refused() -> None:
    client = local(serve())
    headers = {"content-length": "2", "transfer-encoding": "chunked", "content-type": "application/json"}
    answer = client.post("/api/rulings", content=b"{}", headers=headers)
    assert answer.status_code == 400 and answer.headers["connection"] == "close"


def test_made_up_methods_are_refused_in_the_one_shape() -> None:
    answer = local(serve()).request("STEAL", "/api/stories")
    assert answer.status_code == 405 and "POST" in answer.headers["allow"] and answer.json()["error"]["reason"]


def test_websockets_are_not_opened() -> None:
    from starlette.websockets import WebSocketDisconnect

    with pytest.raises(WebSocketDisconnect), local(serve()).websocket_connect("/api/changes"):
        pass
