"""Feeds: RSS and Atom (through feedparser) and JSON Feed (https://www.jsonfeed.org/version/1.1/). One report an entry."""

from __future__ import annotations

import html
import json
import time
from collections.abc import Iterator
from typing import Any

import feedparser

from variorum.errors import IntakeError
from variorum.intake.formats import Taken
from variorum.intake.formats.xml import refuse_entities
from variorum.intake.objects import report_from_object

SUMMARY_ONLY = "the feed carries only a summary of this report"


class NoText(IntakeError):
    """An entry that carries a headline at most. Its page may have a text, for who goes there.

    Attributes:
        title: the entry's headline.
        url: the address of its page.
        outlet: the feed's title.
        published: when it was published, as the feed writes it.
    """

    def __init__(
        self, where: str, *, title: str | None, url: str | None, outlet: str | None, published: str | None
    ) -> None:
        super().__init__(where, "no content and no summary; a headline alone is no report" if title else "no content")
        self.title, self.url, self.outlet, self.published = title, url, outlet, published


def is_feed(content: bytes) -> bool:
    """Whether bytes look like RSS, Atom or RDF."""
    head = content[:4096].lower()
    return b"<rss" in head or b"<feed" in head or b"<rdf:rdf" in head


def reports_from_feed(content: bytes, *, where: str) -> Iterator[Taken]:
    """The entries of an RSS or Atom feed, in its order."""
    try:
        refuse_entities(content, where=where)
    except IntakeError as error:
        yield error
        return
    parsed = feedparser.parse(content, sanitize_html=False, resolve_relative_uris=False)
    if not parsed.entries:
        yield IntakeError(where, "a feed without entries" if parsed.version else "not a feed")
        return
    outlet = parsed.feed.get("title")
    for number, entry in enumerate(parsed.entries, 1):
        at = f"{where}: entry {number}"
        full = next((part.value for part in entry.get("content", ()) if part.get("value")), None)
        moment = entry.get("published_parsed") or entry.get("updated_parsed")
        yield _entry(
            at,
            title=html.unescape(entry.get("title", "")) or None,
            page=full or entry.get("summary"),
            whole=full is not None,
            published=time.strftime("%Y-%m-%dT%H:%M:%SZ", moment) if moment else None,
            url=entry.get("link"),
            outlet=outlet,
            authors=[person.name for person in entry.get("authors", ()) if person.get("name")],
        )


def is_json_feed(given: Any) -> bool:
    """Whether parsed JSON is a JSON Feed."""
    return isinstance(given, dict) and str(given.get("version", "")).startswith("https://jsonfeed.org/version/")


def reports_from_json_feed(given: dict[str, Any], *, where: str) -> Iterator[Taken]:
    """The items of a JSON Feed, in its order."""
    for number, item in enumerate(given.get("items") or (), 1):
        at = f"{where}: item {number}"
        if not isinstance(item, dict):
            yield IntakeError(at, "not an object")
            continue
        plain = item.get("content_text")
        page = item.get("content_html") or (f"<p>{html.escape(plain)}</p>" if plain else None) or item.get("summary")
        authors = item.get("authors") or given.get("authors") or ()
        yield _entry(
            at,
            title=item.get("title"),
            page=page,
            whole=bool(item.get("content_html") or plain),
            published=item.get("date_published"),
            url=item.get("url"),
            outlet=given.get("title"),
            authors=[person["name"] for person in authors if isinstance(person, dict) and person.get("name")],
        )


def _entry(
    where: str,
    *,
    title: str | None,
    page: str | None,
    whole: bool,
    published: str | None,
    url: str | None,
    outlet: str | None,
    authors: list[str],
) -> Taken:
    """One entry as a small page of its own, so that its markup is read by the same rules as any page."""
    if not page or not page.strip():
        return NoText(where, title=title, url=url, outlet=outlet, published=published)
    heading = f"<h1>{html.escape(title)}</h1>" if title else ""
    byline = f'<p class="byline">By {html.escape(", ".join(authors))}</p>' if authors else ""
    made = json.loads(json.dumps({"title": title, "outlet": outlet, "published": published, "url": url}))
    note = () if whole else (SUMMARY_ONLY,)
    document = f"<html><body><article>{heading}{byline}{page}</article></body></html>"
    try:
        return report_from_object({**made, "html": document, "location": where}, where=where, notes=note)
    except IntakeError as error:
        return error
