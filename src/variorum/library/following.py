"""Following feeds: what is due is visited politely, what is new is added, and the next visit is set.

    feed ──fetch──▶ entries ──seen?──▶ new or changed ──page──▶ reports ──library──▶ additions
                                                                  └──▶ state: validators, entries seen, when to come again

All that a later visit needs stands in the library, so that a watch that was stopped goes on where it was. The state of a
feed is written after its reports are: what was not added is found new again.
"""

from __future__ import annotations

import hashlib
import random
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from lxml import etree

from variorum.errors import IntakeError, NothingToDo
from variorum.intake.fetch import Allow, Answered, Fetched, fetch, is_public
from variorum.intake.formats.feed import SUMMARY_ONLY, NoText
from variorum.intake.formats.xml import parse_xml
from variorum.intake.inputs import reports_from_bytes
from variorum.model import Addition, Feed, Report
from variorum.store import Store

EVERY = 900.0
"""Seconds between two visits to a feed that is well."""
LONGEST = 86_400.0
"""Seconds that a failing feed is left alone at most, unless it asks for more."""
PATIENCE = 7 * 86_400.0
"""Seconds that an outlet's own wish (Retry-After) is kept to at most."""
SPACING = 2.0
"""Seconds between two requests to one host."""
MOST_SEEN = 2000
"""Entries of a feed that are remembered; feeds show far fewer at a time."""
TRIES = 3
"""Visits on which an entry's page may fail before the feed's own summary is taken."""
_GONE = 410


class Shelf(Protocol):
    """What following needs of a library."""

    @property
    def store(self) -> Store:
        """What keeps it."""
        ...

    def add(self, reports: Iterable[Report]) -> Iterator[Addition]:
        """Add reports."""
        ...

    def keep_feed(self, feed: Feed, state: Mapping[str, Any] | None) -> None:
        """Put down what a visit to a feed found."""
        ...


@dataclass(slots=True)
class Manners:
    """How feeds are visited."""

    every: float = EVERY
    spacing: float = SPACING
    robots: bool = True
    pages: bool = True
    """Whether an entry that carries only a summary is fetched from its own address."""
    allow: Allow = is_public
    """Which addresses may be connected to."""
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    chance: random.Random = field(default_factory=random.Random)
    last: dict[str, float] = field(default_factory=dict)
    """When each host was last asked."""

    def wait(self, address: str) -> None:
        """Wait until a host may be asked again."""
        host = urlsplit(address).netloc.lower()
        if host in self.last:
            self.sleep(max(0.0, self.last[host] + self.spacing - self.clock()))
        self.last[host] = self.clock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What a visit to a feed brought."""

    feed: Feed
    """As it stands after the visit."""
    additions: tuple[Addition, ...] = ()
    refused: tuple[IntakeError, ...] = ()
    """Entries of which nothing could be made."""
    unchanged: bool = False


class _Validators:
    """The memory of a feed's visits, in the feed's state instead of in files."""

    def __init__(self, known: dict[str, dict[str, str]]) -> None:
        self.known = dict(known)

    def recall(self, url: str) -> tuple[dict[str, str], bytes] | None:
        """Headers of the last visit; the content was taken in then."""
        return (self.known[url], b"") if url in self.known else None

    def remember(self, url: str, headers: dict[str, str], content: bytes) -> None:
        """Keep what the outlet gave to ask by next time."""
        kept: dict[str, str] = {
            key: headers[key] for key in ("etag", "last-modified", "content-type") if key in headers
        }
        self.known = {url: kept} if {"etag", "last-modified"} & kept.keys() else {}


class _Nothing:
    """No memory: an entry's page is asked for once."""

    def recall(self, url: str) -> None:
        """Nothing is remembered."""

    def remember(self, url: str, headers: dict[str, str], content: bytes) -> None:
        """Nothing is kept."""


def addresses_of(given: str) -> list[tuple[str, str | None]]:
    """The feeds that an argument names: an address, or an OPML file with many.

    Returns:
        Addresses, each with its title where one is given.

    Raises:
        NothingToDo: the file cannot be read, or names no feed.
        IntakeError: it is not well-formed.
    """
    if given.startswith(("http://", "https://")):
        return [(given, None)]
    try:
        content = Path(given).read_bytes()
    except OSError as error:
        raise NothingToDo(f"{given}: {error.strerror}") from error
    root = parse_xml(content, where=given)
    found = [
        (str(outline.get("xmlUrl")).strip(), outline.get("title") or outline.get("text"))
        for outline in root.iter("outline")
        if isinstance(outline, etree._Element) and outline.get("xmlUrl")
    ]
    kept = [(address, title) for address, title in found if address.startswith(("http://", "https://"))]
    if not kept:
        raise NothingToDo(f"{given}: names no feed")
    return list(dict(kept).items())


def checked_address(address: str) -> str:
    """An address as it is followed.

    Raises:
        IntakeError: it is no web address.
    """
    address = address.strip()
    try:
        parts = urlsplit(address)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.username
    except ValueError:
        good = False
    if not good:
        raise IntakeError(address, "not a web address")
    return address


def visit(library: Shelf, feed: Feed, manners: Manners) -> Visit:
    """Visit one feed: add what is new, and set when to come again. A failure is told in the feed and raised by nobody.

    Raises:
        StoreError: the library cannot be written; the feed stays as it was.
    """
    state = library.store.feed_state(feed.address)
    memory = _Validators(state.get("validators", {}))
    try:
        manners.wait(feed.address)
        fetched = fetch(feed.address, robots=manners.robots, allow=manners.allow, visits=memory)
    except IntakeError as error:
        return Visit(feed=_failed(library, feed, error, manners))
    if fetched.unchanged:
        return Visit(feed=_went_well(library, feed, state, manners), unchanged=True)
    source = _Source(library, manners, state.get("seen", {}), state.get("tried", {}))
    additions = tuple(library.add(source.reports(fetched, feed.address)))
    if source.title is None and source.failed_whole is not None:
        return Visit(feed=_failed(library, feed, source.failed_whole, manners), refused=tuple(source.refused))
    new = sum(addition.outcome != "known" for addition in additions)
    state = {"validators": memory.known, "seen": source.kept(), "tried": source.tried}
    after = replace(feed, title=feed.title or source.title, added=feed.added + new)
    return Visit(feed=_went_well(library, after, state, manners), additions=additions, refused=tuple(source.refused))


class _Source:
    """The entries of a feed that were not seen before, or that have changed."""

    def __init__(self, library: Shelf, manners: Manners, seen: dict[str, str], tried: dict[str, int]) -> None:
        self._library, self._manners = library, manners
        self._before = dict(seen)
        self._now: dict[str, str] = {}
        self.tried = dict(tried)
        self.refused: list[IntakeError] = []
        self.title: str | None = None
        self.failed_whole: IntakeError | None = None

    def reports(self, fetched: Fetched, address: str) -> Iterator[Report]:
        """The reports of a feed, or of a page that is followed like one."""
        for taken in reports_from_bytes(fetched.content, where=fetched.url, named=fetched.name):
            if isinstance(taken, NoText) and taken.url and self._manners.pages:
                yield from self._of_headline(taken, taken.url)
                continue
            if isinstance(taken, IntakeError):
                self.refused.append(taken)
                self.failed_whole = self.failed_whole or taken
                continue
            self.title = self.title or taken.outlet or ""
            if not taken.url:
                taken = replace(taken, url=address if taken.location == fetched.url else None)
            key, mark = _key(taken), _mark(taken)
            if self._before.get(key) == mark:
                self._now[key] = mark
                continue
            report = self._whole(taken, key)
            if report is not None:
                self._now[key] = mark
                yield report

    def _whole(self, entry: Report, key: str) -> Report | None:
        """An entry's page where the feed has only its summary; None where it is to be asked for again next time."""
        if not self._manners.pages or SUMMARY_ONLY not in entry.notes or not entry.url:
            return entry
        page = self._page(entry.url, key)
        if isinstance(page, IntakeError):
            return None if key in self.tried else entry
        return replace(
            page,
            url=page.url or entry.url,
            outlet=page.outlet or entry.outlet,
            title=page.title or entry.title,
            published=page.published or entry.published,
        )

    def _of_headline(self, entry: NoText, url: str) -> Iterator[Report]:
        """The page of an entry that carries a headline at most."""
        self.title = self.title or entry.outlet or ""
        key, mark = _short(url), _short(f"{entry.title}\n{entry.published}")
        if self._before.get(key) == mark:
            self._now[key] = mark
            return
        page = self._page(url, key)
        if isinstance(page, IntakeError):
            self.refused.append(page)
            if key not in self.tried:
                self._now[key] = mark
            return
        self._now[key] = mark
        yield replace(page, url=page.url or url, outlet=page.outlet or entry.outlet, title=page.title or entry.title)

    def _page(self, url: str, key: str) -> Report | IntakeError:
        """The page of an entry; why there is none. Where that may pass, the entry stands among those tried."""
        try:
            self._manners.wait(url)
            fetched = fetch(url, robots=self._manners.robots, allow=self._manners.allow, visits=_Nothing())
        except IntakeError as error:
            self.tried[key] = self.tried.get(key, 0) + 1
            if not _passes(error) or self.tried[key] >= TRIES:
                self.tried.pop(key)
            return error
        self.tried.pop(key, None)
        pages = list(reports_from_bytes(fetched.content, where=fetched.url, named=fetched.name))
        return pages[0] if len(pages) == 1 else IntakeError(url, "not a single report")

    def kept(self) -> dict[str, str]:
        """What is remembered of this visit and those before: the entries that the feed shows now come first."""
        every = self._now | {key: mark for key, mark in self._before.items() if key not in self._now}
        return dict(list(every.items())[:MOST_SEEN])


def _key(entry: Report) -> str:
    return _short(entry.url or f"{entry.title or ''}\n{entry.published.date if entry.published else ''}")


def _mark(entry: Report) -> str:
    return _short(f"{entry.text}\n{entry.modified or ''}")


def _short(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _passes(error: IntakeError) -> bool:
    """Whether a failure may be over next time."""
    if isinstance(error, Answered):
        return error.status >= 500 or error.status in (408, 425, 429)
    return "cannot be reached" in error.reason or "took too long" in error.reason


# ---- the next visit ------------------------------------------------------------------------------


def _went_well(library: Shelf, feed: Feed, state: dict[str, Any], manners: Manners) -> Feed:
    wait = manners.every * manners.chance.uniform(0.9, 1.1)
    after = replace(feed, checked=_iso(manners.now()), due=_in(manners, wait), failures=0, reason=None)
    library.keep_feed(after, state)
    return after


def _failed(library: Shelf, feed: Feed, error: IntakeError, manners: Manners) -> Feed:
    """Each failure doubles the wait; the outlet's own wish counts where it asks for more."""
    failures = feed.failures + 1
    wait = min(LONGEST, manners.every * 2.0 ** min(failures, 20)) * manners.chance.uniform(0.8, 1.2)
    if isinstance(error, Answered):
        asked = _asked_for(error.retry_after, manners.now())
        wait = max(wait, min(asked, PATIENCE))
        wait = PATIENCE if error.status == _GONE else wait
    checked = _iso(manners.now())
    after = replace(feed, checked=checked, due=_in(manners, wait), failures=failures, reason=error.reason)
    library.keep_feed(after, None)
    return after


def _asked_for(header: str | None, now: datetime) -> float:
    """Seconds that a Retry-After header asks for: a number, or a date."""
    if not header:
        return 0.0
    if header.strip().isdigit():
        return float(header)
    try:
        when = parsedate_to_datetime(header)
    except ValueError:
        return 0.0  # neither a number nor a date: the outlet asks for nothing that can be kept to
    return max(0.0, (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp() - now.timestamp())


def _in(manners: Manners, seconds: float) -> str:
    return _iso(manners.now() + timedelta(seconds=seconds))


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
