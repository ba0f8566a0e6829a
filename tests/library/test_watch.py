"""Following feeds, against outlets that the test runs itself on the loopback address (allowed here, and only here)."""

from __future__ import annotations

import ipaddress
import json
import mailbox
import random
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.library.conftest import as_they_are
from variorum.errors import IntakeError, NothingToDo, NotInLibrary
from variorum.library import Library, telling
from variorum.library.following import Manners, addresses_of
from variorum.rest.watching import atom_of

ITEM = """<item><title>{title}</title><link>{base}/{path}</link><pubDate>Mon, 05 May 2031 10:00:00 GMT</pubDate>
<description>{text}</description></item>"""
PAGE = """<!doctype html><html><head><title>{title}</title></head><body><article><h1>{title}</h1>{body}</article></body></html>"""


@dataclass
class Outlet:
    """A small web server: what stands at each path, and who asked for what."""

    pages: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)
    base: str = ""

    def feed(self, *items: tuple[str, str, str], etag: str | None = None) -> None:
        """Put a feed at ``/rss``: title, path and summary of each entry."""
        listed = "".join(ITEM.format(title=t, base=self.base, path=p, text=s) for t, p, s in items)
        content = (
            f"<?xml version='1.0'?><rss version='2.0'><channel><title>Coast Herald</title>{listed}</channel></rss>"
        )
        headers = {"Content-Type": "application/rss+xml"} | ({"ETag": etag} if etag else {})
        self.pages["/rss"] = (200, headers, content.encode())

    def page(self, path: str, title: str, *paragraphs: str) -> None:
        """Put an article at a path."""
        body = "".join(f"<p>{words}</p>" for words in paragraphs)
        self.pages[f"/{path}"] = (200, {"Content-Type": "text/html"}, PAGE.format(title=title, body=body).encode())

    def paths(self) -> list[str]:
        """What was asked for, but for robots.txt."""
        return [path for _, path, _, _ in self.asked if path != "/robots.txt"]


@pytest.fixture
def outlet() -> Iterator[Outlet]:
    made = Outlet()

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            made.asked.append((self.command, self.path, headers, body))
            status, more, content = made.pages.get(self.path, (404, {}, b""))
            if "ETag" in more and headers.get("if-none-match") == more["ETag"]:
                status, content = 304, b""
            self.send_response(status)
            for name, value in more.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = answer

        def log_message(self, *_: object) -> None:
            """The test's output stays clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    made.base = f"http://127.0.0.1:{server.server_port}"
    yield made
    server.shutdown()
    server.server_close()


@dataclass
class Time:
    """A clock that only moves when somebody sleeps, or is told to."""

    now: datetime = datetime(2031, 5, 5, 12, tzinfo=UTC)
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += timedelta(seconds=seconds)

    def manners(self, **more: Any) -> Manners:
        return Manners(
            every=900,
            allow=lambda address: ipaddress.ip_address(str(address)).is_loopback,
            sleep=self.sleep,
            clock=lambda: self.now.timestamp(),
            now=lambda: self.now,
            chance=random.Random(1),
            **more,
        )


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library.sqlite", reader=as_they_are) as made:
        yield made


FIRE = "At least 11 people died when fire broke out aboard the ferry off Split before dawn on Sunday."
MORE = "Rescuers searched the burning hull for survivors through the night, the coast guard said in the harbour."


def followed(library: Library, outlet: Outlet, time: Time) -> Library:
    library.follow(f"{outlet.base}/rss")
    feed = library.feeds()[0]
    with library.store.write() as tx:
        tx.put_feed(feed.__class__(address=feed.address, due="2031-01-01T00:00:00+00:00"))
    return library


def test_an_entry_is_read_from_its_page_once(shelf: Library, outlet: Outlet) -> None:
    time = Time()
    outlet.feed(("Ferry burns", "ferry", "A ferry burns."))
    outlet.page("ferry", "Ferry burns", FIRE, MORE)
    (visit,) = followed(shelf, outlet, time).poll(time.manners())
    assert [a.outcome for a in visit.additions] == ["added"]
    report = shelf.report(visit.additions[0].report)
    assert MORE in report.text
    assert report.url == f"{outlet.base}/ferry"
    assert (visit.feed.title, visit.feed.added, visit.feed.failures) == ("Coast Herald", 1, 0)
    assert list(shelf.poll(time.manners())) == [], "it is not due yet"
    time.now += timedelta(hours=1)
    (again,) = shelf.poll(time.manners())
    assert again.additions == ()
    assert outlet.paths() == ["/rss", "/ferry", "/rss"]


def test_an_entry_with_a_headline_alone_is_read_from_its_page(shelf: Library, outlet: Outlet) -> None:
    time = Time()
    outlet.feed(("Ferry burns", "ferry", ""), ("Nothing there", "gone", ""))
    outlet.page("ferry", "Ferry burns", FIRE, MORE)
    (visit,) = followed(shelf, outlet, time).poll(time.manners())
    assert [shelf.report(a.report).url for a in visit.additions] == [f"{outlet.base}/ferry"]
    assert [error.where for error in visit.refused] == [f"{outlet.base}/gone"]
    assert (visit.feed.title, visit.feed.failures) == ("Coast Herald", 0)
    time.now += timedelta(hours=1)
    list(shelf.poll(time.manners()))
    assert outlet.paths().count("/ferry") == outlet.paths().count("/gone") == 1


def test_what_has_not_changed_is_asked_for_conditionally(shelf: Library, outlet: Outlet) -> None:
    time = Time()
    outlet.feed(("Ferry burns", "ferry", f"<p>{FIRE}</p>"), etag='"v1"')
    outlet.page("ferry", "Ferry burns", FIRE, MORE)
    list(followed(shelf, outlet, time).poll(time.manners()))
    time.now += timedelta(hours=1)
    (visit,) = shelf.poll(time.manners())
    assert visit.unchanged
    assert [h.get("if-none-match") for _, p, h, _ in outlet.asked if p == "/rss"] == [None, '"v1"']


def test_a_changed_entry_becomes_a_new_version(shelf: Library, outlet: Outlet) -> None:
    time = Time()
    outlet.feed(("Ferry burns", "ferry", "A ferry burns."))
    outlet.page("ferry", "Ferry burns", FIRE, MORE)
    list(followed(shelf, outlet, time).poll(time.manners()))
    outlet.feed(("Ferry burns", "ferry", "A ferry burns; toll rises."))
    outlet.page("ferry", "Ferry burns", FIRE.replace("11", "34"), MORE)
    time.now += timedelta(hours=1)
    (visit,) = shelf.poll(time.manners())
    assert [a.outcome for a in visit.additions] == ["revised"]
    assert len(shelf.versions(visit.additions[0].report)) == 2


def test_one_host_is_not_asked_faster_than_it_should_be(shelf: Library, outlet: Outlet) -> None:
    time = Time()
    outlet.feed(*((f"Ferry burns {n}", f"ferry{n}", "A ferry burns.") for n in range(3)))
    for n in range(3):
        outlet.page(f"ferry{n}", f"Ferry burns {n}", FIRE, f"{MORE} Edition {n}.")
    list(followed(shelf, outlet, time).poll(time.manners(spacing=2.0)))
    assert time.slept == [2.0, 2.0, 2.0]


def test_failures_are_asked_less_and_less_and_told(shelf: Library, outlet: Outlet) -> None:
    time = Time()
    outlet.pages["/rss"] = (503, {}, b"")
    followed(shelf, outlet, time)
    waits = []
    for _ in range(4):
        (visit,) = shelf.poll(time.manners())
        assert visit.feed.reason == "the outlet answered 503 Service Unavailable"
        due = datetime.fromisoformat(visit.feed.due or "")
        waits.append((due - time.now).total_seconds())
        time.now = due
    assert visit.feed.failures == 4
    assert all(later > 1.3 * earlier for earlier, later in pairwise(waits))
    outlet.feed(("Ferry burns", "ferry", f"<p>{FIRE}</p>"))
    (visit,) = shelf.poll(time.manners())
    assert (visit.feed.failures, visit.feed.reason) == (0, None)


def test_an_outlet_says_when_to_come_again(shelf: Library, outlet: Outlet) -> None:
    time = Time()
    outlet.pages["/rss"] = (429, {"Retry-After": "7200"}, b"")
    (visit,) = followed(shelf, outlet, time).poll(time.manners())
    assert datetime.fromisoformat(visit.feed.due or "") == time.now + timedelta(hours=2)
    time.now += timedelta(hours=2)
    outlet.pages["/rss"] = (503, {"Retry-After": "Tue, 06 May 2031 12:00:00 GMT"}, b"")
    (visit,) = shelf.poll(time.manners())
    assert visit.feed.due == "2031-05-06T12:00:00+00:00"


def test_a_page_that_fails_is_tried_again_and_then_the_summary_does(shelf: Library, outlet: Outlet) -> None:
    time = Time()
    outlet.feed(("Ferry burns", "ferry", f"{FIRE} {MORE}"))
    outlet.pages["/ferry"] = (503, {}, b"")
    followed(shelf, outlet, time)
    outcomes = []
    for _ in range(4):
        (visit,) = shelf.poll(time.manners())
        outcomes.append([a.outcome for a in visit.additions])
        time.now += timedelta(hours=1)
    assert outcomes == [[], [], ["added"], []]
    assert outlet.paths().count("/ferry") == 3


def test_robots_are_respected(shelf: Library, outlet: Outlet) -> None:
    time = Time()
    outlet.pages["/robots.txt"] = (200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /\n")
    outlet.feed(("Ferry burns", "ferry", FIRE))
    (visit,) = followed(shelf, outlet, time).poll(time.manners())
    assert "robots.txt" in (visit.feed.reason or "")
    assert outlet.paths() == []


def test_private_addresses_are_refused(shelf: Library, outlet: Outlet) -> None:
    time = Time()
    outlet.feed(("Ferry burns", "ferry", FIRE))
    manners = time.manners()
    manners.allow = Manners().allow
    (visit,) = followed(shelf, outlet, time).poll(manners)
    assert "not on the open net" in (visit.feed.reason or "")
    assert outlet.asked == []


def test_what_is_no_feed_is_a_failure(shelf: Library, outlet: Outlet) -> None:
    time = Time()
    outlet.pages["/rss"] = (200, {"Content-Type": "application/rss+xml"}, b"<rss version='2.0'><channel/></rss>")
    (visit,) = followed(shelf, outlet, time).poll(time.manners())
    assert visit.feed.reason == "a feed without entries"


def test_following_and_leaving(shelf: Library) -> None:
    feed = shelf.follow("https://herald.example/rss", "Herald")
    assert shelf.follow("https://herald.example/rss") == feed
    assert [f.title for f in shelf.feeds()] == ["Herald"]
    for address in ("file:///etc/passwd", "herald.example", "https://user:secret@herald.example/", ""):
        with pytest.raises(IntakeError):
            shelf.follow(address)
    shelf.unfollow("https://herald.example/rss")
    assert shelf.feeds() == ()
    with pytest.raises(NotInLibrary):
        shelf.unfollow("https://herald.example/rss")


def test_opml_names_feeds(tmp_path: Path) -> None:
    file = tmp_path / "desk.opml"
    file.write_text(
        "<opml version='2.0'><body><outline text='Wires'><outline text='A' xmlUrl='https://a.example/rss'/></outline>"
        "<outline title='B' text='b' xmlUrl='http://b.example/feed'/><outline xmlUrl='file:///etc/passwd'/></body></opml>",
        "utf-8",
    )
    assert addresses_of(str(file)) == [("https://a.example/rss", "A"), ("http://b.example/feed", "B")]
    file.write_text("<opml><body/></opml>", "utf-8")
    with pytest.raises(NothingToDo):
        addresses_of(str(file))
    file.write_text("<opml><body>", "utf-8")
    with pytest.raises(IntakeError):
        addresses_of(str(file))
    with pytest.raises(NothingToDo):
        addresses_of(str(tmp_path / "nothing.opml"))


def numbers(file: Path) -> list[int]:
    return [json.loads(line)["number"] for line in file.read_text("utf-8").splitlines()]


def test_every_change_is_told_once_whatever_ends(shelf: Library, tmp_path: Path) -> None:
    file = tmp_path / "changes.jsonl"
    list(shelf.add([f"{FIRE}\n{MORE}"]))
    since = shelf.last_change()
    list(shelf.add(["Salt prices in Marrow rose again on Friday as traders feared a strike."]))
    assert telling.tell_all(shelf, [telling.JsonLines(file)], since=since) == []
    assert numbers(file) == list(range(since + 1, shelf.last_change() + 1)), "what was before is not told"
    with file.open("a", encoding="utf-8") as cut:
        cut.write('{"number": 99, "tex')
    list(shelf.add(["The quarry at Lunz flooded, engineers said, and forty pumps were sent."]))
    with shelf.store.write() as tx:
        for key in [
            f"told {telling.hashlib.blake2b(telling.JsonLines(file).name.encode(), digest_size=8).hexdigest()}"
        ]:
            tx.put_setting(key, None)
    telling.tell_all(shelf, [telling.JsonLines(file)], since=0)
    telling.tell_all(shelf, [telling.JsonLines(file)], since=0)
    assert numbers(file) == list(range(since + 1, shelf.last_change() + 1))


def test_a_webhook_is_posted_to_and_tried_again(shelf: Library, outlet: Outlet) -> None:
    time = Time()
    list(shelf.add([f"{FIRE}\n{MORE}"]))
    hook = telling.Webhook(f"{outlet.base}/hook", library="desk", allow=time.manners().allow, sleep=time.sleep)
    outlet.pages["/hook"] = (500, {}, b"")
    (failed,) = telling.tell_all(shelf, [hook], since=0)
    assert str(failed) == f"{outlet.base}/hook: answered 500"
    assert time.slept == [1.0, 4.0]
    outlet.pages["/hook"] = (204, {}, b"")
    assert telling.tell_all(shelf, [hook], since=0) == []
    assert telling.tell_all(shelf, [hook], since=0) == []
    method, _, headers, body = outlet.asked[-1]
    assert (method, headers["content-type"], len(outlet.asked)) == ("POST", "application/json", 4)
    assert [c["number"] for c in json.loads(body)["changes"]] == [c.number for c in shelf.changes()]


def test_a_webhook_of_ones_own_network_is_refused(shelf: Library, outlet: Outlet) -> None:
    list(shelf.add([f"{FIRE}\n{MORE}"]))
    hook = telling.Webhook(f"{outlet.base}/hook", library="desk", sleep=lambda _: None)
    (failed,) = telling.tell_all(shelf, [hook], since=0)
    assert "not on the open net" in str(failed)
    assert outlet.asked == []


def test_a_mailbox_and_an_atom_file(shelf: Library, tmp_path: Path) -> None:
    list(shelf.add([f"{FIRE}\n{MORE}"]))
    box, feed = tmp_path / "desk.mbox", tmp_path / "changes.xml"
    listeners = [
        telling.Mailbox(box, shelf),
        telling.AtomFile(feed, shelf, lambda changes: atom_of(changes, base="urn:desk")),
    ]
    assert telling.tell_all(shelf, listeners, since=0) == []
    (message,) = mailbox.mbox(box)
    assert "story opened" in str(message.get_payload(decode=True), "utf-8")  # type: ignore[arg-type]
    assert b"story opened" in feed.read_bytes()
    assert telling.tell_all(shelf, [telling.AtomFile(tmp_path / "no" / "f", shelf, lambda _: b"")], since=0) != []
