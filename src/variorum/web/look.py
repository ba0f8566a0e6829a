"""How things look in a page: days ago, short lists, addresses of further pages; and the templates' environment."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from urllib.parse import urlencode

from jinja2 import Environment

from variorum.model.shelf import LibraryChange, StoryLine
from variorum.views import labels, page
from variorum.views.inert import inert

ROOMS = (
    ("/stories", "Stories"),
    ("/add", "Add"),
    ("/search", "Search"),
    ("/changes", "Changes"),
    ("/feeds", "Feeds"),
    ("/rulings", "Rulings"),
)
TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
"""What is served as a file of its own, by the name's ending."""


@cache
def asset(name: str) -> str:
    """A template, style, script or picture: the application's own, or one that it shares with the page of a record.

    Raises:
        FileNotFoundError: there is none of this name.
    """
    own = resources.files("variorum.web").joinpath("assets", name)
    return own.read_text("utf-8") if own.is_file() else page.asset(name)


@cache
def static(name: str) -> str:
    """The address of a style, script or picture; it changes with the content, so that a browser may keep the file."""
    return f"/static/{name}?v={hashlib.sha256(asset(name).encode()).hexdigest()[:12]}"


@cache
def environment() -> Environment:
    """The templates of the application."""
    made = page.make_environment(asset)
    made.globals.update(
        static=static, rooms=ROOMS, dates=dates, some=some, ago=ago, latest=latest, beyond_topic=beyond_topic
    )
    return made


def dates(line: StoryLine) -> str:
    """The days on which a story's reports appeared."""
    return labels.days(day for day in (line.first, line.last) if day)


def some(names: Sequence[str], most: int) -> str:
    """The first names of a list, and how many more there are."""
    shown = [inert(name) for name in names[:most] if name]
    further = len(names) - len(shown)
    return ", ".join(shown) + (f" and {further} more" if further > 0 and shown else "")


def latest(line: StoryLine) -> str:
    """A story's last change; of its opening without the headline, which stands beside it as the story's title."""
    told = inert(line.latest or "")
    return told.partition(":")[0] if told.startswith("story opened") else told


def beyond_topic(change: LibraryChange) -> str:
    """A change in words, without the topic's name where they begin with it: that stands beside them."""
    name = change.topic.replace("-", " ")
    text = inert(change.text)
    rest = text[len(name) :].lstrip(" ,:") if text.lower().startswith(name) else text
    # "(wording), words of …": what kind of difference it is stands first, without the brackets.
    kind, ends, told = rest[1:].partition("), ") if rest.startswith("(") else ("", "", "")
    return f"{labels.kind(kind)}: {told}" if ends else rest or text


def moment(when: str | None) -> datetime | None:
    """An ISO date and time; None for what is none."""
    try:
        found = datetime.fromisoformat(when) if when else None
    except ValueError:
        return None
    return found if found is None or found.tzinfo else found.replace(tzinfo=UTC)


def ago(when: str | None, now: datetime | None = None) -> str:
    """How long ago something was, or its day: ``just now``, ``5 minutes ago``, ``3 May 2026``."""
    then = moment(when)
    if then is None:
        return inert(when or "")
    seconds = ((now or datetime.now(UTC)) - then).total_seconds()
    if seconds < -60:
        return ahead(-seconds)
    for size, noun in ((86_400, ""), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            return f"{labels.plural(int(seconds // size), noun)} ago" if noun else labels.day(then.date().isoformat())
    return "just now"


def ahead(seconds: float) -> str:
    """How far off something is."""
    size, noun = (3600, "hour") if seconds >= 3600 else (60, "minute")
    return f"in {labels.plural(max(1, round(seconds / size)), noun)}"


@dataclass(frozen=True, slots=True)
class Pager:
    """Which page of a long list is shown, and how to get at the others."""

    number: int
    size: int
    total: int
    path: str
    given: Sequence[tuple[str, str]] = field(default_factory=tuple)
    """What the list was asked with, but for the page."""

    @property
    def last(self) -> int:
        """Number of the last page."""
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """Number of the first thing on the page."""
        return min(self.total, (self.number - 1) * self.size + 1)

    @property
    def upto(self) -> int:
        """Number of the last thing on the page."""
        return min(self.total, self.number * self.size)

    def address(self, number: int) -> str:
        """The address of another page of the list."""
        asked = [*self.given, ("page", str(number))] if number > 1 else list(self.given)
        return f"{self.path}?{urlencode(asked)}" if asked else self.path


def with_changed(path: str, given: Sequence[tuple[str, str]], **changed: str | None) -> str:
    """The address of a list asked with some fields changed, or left out where null."""
    kept = [(name, value) for name, value in given if name not in changed and name != "page"]
    asked = [*kept, *((name, value) for name, value in changed.items() if value)]
    return f"{path}?{urlencode(asked)}" if asked else path
