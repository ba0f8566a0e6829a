"""What a page says about its article outside the text: JSON-LD, OpenGraph and other meta tags, ``<time>``, names."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml.etree import XPath

from variorum.intake.bylines import authors_in
from variorum.intake.dating import plain_date
from variorum.text.tables import load_tsv

LONGEST_JSON = 2_000_000
_DATED = XPath(
    "//time[@datetime] | //relative-time[@datetime] |"
    " //*[contains(@itemprop, 'date') and (@content or @datetime)] |"
    " //abbr[@title][contains(@class, 'publish') or contains(@class, 'date')]"
)
_AUTHORED = XPath("//*[@rel='author' or @itemprop='author']")
_LINKED_DATA = XPath("//script[contains(@type, 'ld+json')]")
_IN_COMMENT = XPath("boolean(ancestor::*[contains(@class, 'comment') or contains(@id, 'comment')])")
_NAMED = XPath("descendant::*[@itemprop='name']")
_ARTICLE = re.compile(r"(?:Article|BlogPosting|NewsStory|Report|LiveBlogPosting|SocialMediaPosting|Review)$")
_MARKUP = re.compile(r"<[^>]{0,500}>")
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "article:published", "datepublished", "date", "pubdate",
    "publishdate", "publish-date",
    "publish_date", "publication_date", "publicationdate", "dc.date.issued", "dcterms.created", "dc.date",
    "dcterms.date", "dc.date.created", "sailthru.date",
    "parsely-pub-date", "cxenseparse:recs:publishtime", "article.published", "published_at", "rnews:datepublished",
    "bt:pubdate", "cxense:publishtime",
    "og:pubdate", "published-date", "created", "originalpublicationdate", "shareaholic:article_published_time",
    "ptime", "iso-8601-publish-date", "uploaddate", "og:published_time", "date_published", "article_date_original",
    "release_date", "displaydate",
)  # fmt: skip
_MODIFIED = ("article:modified_time", "og:updated_time", "datemodified", "last-modified", "lastmod",
    "dcterms.modified", "dc.date.modified", "article:modified", "revised", "utime", "article.updated")  # fmt: skip
_AUTHORS = ("author", "byl", "article:author_name", "sailthru.author", "parsely-author", "dc.creator",
    "dcterms.creator", "article.author", "authors", "byline", "creator", "cxenseparse:author", "article:author",
    "og:article:author", "shareaholic:article_author_name", "dcsext.author")  # fmt: skip
_TITLES = (
    "og:title",
    "twitter:title",
    "dc.title",
    "dcterms.title",
    "parsely-title",
    "sailthru.title",
    "title",
    "headline",
    "article:title",
)
_LANGUAGES = ("og:locale", "content-language", "language", "dc.language")
_SECTIONS = (
    "article:section",
    "og:article:section",
    "section",
    "parsely-section",
    "article.section",
    "cxenseparse:section",
)
_OUTLETS = (
    "og:site_name",
    "application-name",
    "dc.publisher",
    "publisher",
    "apple-mobile-web-app-title",
    "copyright",
    "cre",
    "twitter:site_name",
)


@dataclass(frozen=True, slots=True)
class PageMeta:
    """A page's metadata; None and empty where it gives none."""

    headlines: tuple[str, ...] = ()
    """Titles that it gives its article, the most trusted first."""
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    authors_linked: bool = False
    """Whether JSON-LD gives the authors; other tags often hold the publisher instead."""
    published: str | None = None
    modified: str | None = None
    section: str | None = None
    language: str | None = None
    url: str | None = None
    body: str | None = None
    """The article's text, where JSON-LD carries it."""
    is_locked: bool = False
    """Whether JSON-LD says that the article is not free to read."""


def page_meta(tree: Any, url: str | None, *, linked_data: bool = True) -> PageMeta:
    """The metadata of a page.

    Args:
        tree: the parsed page.
        url: where it came from.
        linked_data: whether to look at JSON-LD (off to measure the other ways against it).
    """
    article = json_article(tree) if linked_data else {}
    tags = _meta_tags(tree)
    title = tree.findtext(".//title")
    headlines = [
        _text(article.get("headline")),
        _text(article.get("name")) if article.get("headline") is None else None,
    ]
    headlines += [_first(tags, (name,)) for name in _TITLES]
    headlines.append(" ".join(title.split()) if title else None)
    authors = tuple(dict.fromkeys(_people(article.get("author") or article.get("creator"))))
    authors_linked = bool(authors)
    authors = authors or _authors_of_tags(tags) or _authors_of_markup(tree)
    canonical = _canonical(tree, tags, url)
    return PageMeta(
        headlines=tuple(dict.fromkeys(h for h in headlines if h)),
        outlet=_of_domain(canonical or url) or _named(article.get("publisher")) or _first(tags,
            _OUTLETS[:1]) or _first(tags, _OUTLETS[1:]) or _of_title(tree, title),
        authors=authors[:12],
        authors_linked=authors_linked,
        published=_date(article.get("datePublished")) or _dates(tags, _PUBLISHED) or _time_element(tree, "publish"),
        modified=_date(article.get("dateModified")) or _dates(tags, _MODIFIED),
        section=_text(article.get("articleSection")) or _first(tags, _SECTIONS),
        language=_language(_text(article.get("inLanguage")) or tree.get("lang") or _first(tags, _LANGUAGES)),
        url=canonical,
        body=_plain_body(article.get("articleBody")),
        is_locked=str(article.get("isAccessibleForFree")).lower() == "false",
    )  # fmt: skip


# ---- JSON-LD -------------------------------------------------------------------------------------------------------


def json_article(tree: Any) -> dict[str, Any]:
    """The first object of the page's JSON-LD that describes an article; of several the one with most fields."""
    found = [thing for thing in _things(tree) if any(_ARTICLE.search(str(kind)) for kind in _list(thing.get("@type")))]
    return max(found, key=lambda thing: (bool(thing.get("headline")), len(thing)), default={})


def _things(tree: Any) -> Iterator[dict[str, Any]]:
    for script in _LINKED_DATA(tree):
        source = (script.text or "").strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
        if not source or len(source) > LONGEST_JSON:
            continue
        try:
            loaded = json.loads(source, strict=False)
        except (ValueError, RecursionError):
            continue  # many sites' JSON-LD is broken; the page's other metadata are asked instead
        waiting, seen = [loaded], 0
        while waiting and seen < 2000:
            thing, seen = waiting.pop(0), seen + 1
            if isinstance(thing, list):
                waiting += thing
            elif isinstance(thing, dict):
                yield thing
                waiting += [
                    thing[key]
                    for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement")
                    if isinstance(thing.get(key), dict | list)
                ]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> str | None:
    for part in _list(value):
        if isinstance(part, str) and part.strip():
            return " ".join(_unescaped(part).split())[:1000] or None
    return None


def _unescaped(words: str) -> str:
    from html import unescape

    return _MARKUP.sub(" ", unescape(words)) if "<" in words or "&" in words else words


def _named(value: Any) -> str | None:
    for part in _list(value):
        name = _text(part.get("name")) if isinstance(part, dict) else _text(part)
        if name and not name.startswith("http"):
            return name
    return None


def _people(value: Any) -> Iterator[str]:
    for part in _list(value)[:30]:
        name = _named(part)
        if name:
            yield from authors_in(name)


def _plain_body(value: Any) -> str | None:
    if not isinstance(value, str) or len(value) < 200:
        return None
    return re.sub(r"<[^>]{0,500}>", "\n", value)


# ---- tags ----------------------------------------------------------------------------------------------------------


def _meta_tags(tree: Any) -> dict[str, list[str]]:
    """Contents of the meta elements and of ``itemprop`` ones, by their lower-cased names."""
    made: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = element.get("content")
        if content and content.strip():
            for key in ("property", "name", "itemprop", "http-equiv"):
                name = element.get(key)
                if name:
                    made.setdefault(name.strip().lower(), []).append(content.strip()[:2000])
    return made


def _first(tags: dict[str, list[str]], names: Iterable[str]) -> str | None:
    for name in names:
        for value in tags.get(name, ()):
            words = _text(value)
            if words:
                return words
    return None


def _date(value: Any) -> str | None:
    for part in _list(value):
        if isinstance(part, str):
            found = plain_date(part)
            if found and len(found) >= 10:
                return found
    return None


def _dates(tags: dict[str, list[str]], names: Iterable[str]) -> str | None:
    for name in names:
        found = _date(tags.get(name, []))
        if found:
            return found
    return None


def _time_element(tree: Any, wanted: str) -> str | None:
    """The date of a ``<time>`` or ``itemprop`` element that says that it is the day of publication, else the first."""
    best = None
    for element in _DATED(tree):
        prop = (element.get("itemprop") or "").lower()
        given = (
            element.get("datetime")
            or element.get("content")
            or (element.get("title") if element.tag == "abbr" else None)
        )
        found = _date(given)
        if not found:
            continue
        names = f"{prop} {element.get('class') or ''} {element.get('pubdate') is not None and 'publish'}".lower()
        if wanted in names:
            return found
        if best is None and "modif" not in names and "updat" not in names:
            best = found
    return best


def _authors_of_tags(tags: dict[str, list[str]]) -> tuple[str, ...]:
    for name in _AUTHORS:
        found = [n for value in tags.get(name, ()) for n in authors_in(_text(value) or "")]
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def _authors_of_markup(tree: Any) -> tuple[str, ...]:
    """Names in elements that say that they hold the author (``rel=author``, ``itemprop=author``)."""
    found: list[str] = []
    for element in _AUTHORED(tree):
        if _IN_COMMENT(element):
            continue
        inner = _NAMED(element)
        words = " ".join(" ".join((inner[0] if inner else element).itertext()).split())
        if 3 <= len(words) <= 80:
            found += authors_in(words)
        if len(found) >= 6:
            break
    return tuple(dict.fromkeys(found))


def _canonical(tree: Any, tags: dict[str, list[str]], url: str | None) -> str | None:
    for element in tree.iter("link"):
        if "canonical" in (element.get("rel") or "").lower():
            found = _address(element.get("href"), url)
            if found:
                return found
    return _address(_first(tags, ("og:url",)), url) or url


def _address(given: str | None, base: str | None) -> str | None:
    if not given:
        return None
    try:
        joined = urljoin(base or "", given.strip())
        return (
            joined if urlsplit(joined).scheme in ("http", "https") and urlsplit(joined).path not in ("", "/") else None
        )
    except ValueError:
        return None  # no address at all


def _language(given: str | None) -> str | None:
    match = re.match(r"[A-Za-z]{2,3}(?=$|[-_])", given or "")
    return match.group().lower()[:2] if match and len(match.group()) == 2 else None


_TITLE_PARTS = re.compile(r"\s(?:[|–—·»-]|::)\s")


def _of_title(tree: Any, title: str | None) -> str | None:
    """The outlet that a page's title names behind its headline: "Quake kills four - Bay Gazette"."""
    parts = _TITLE_PARTS.split(" ".join((title or "").split()))
    heading = tree.find(".//h1")
    shown = " ".join("".join(heading.itertext()).split()) if heading is not None else ""
    if len(parts) < 2 or not shown or shown.lower() not in parts[0].lower():
        return None
    return parts[-1] if 1 <= len(parts[-1].split()) <= 5 and parts[-1].lower() not in shown.lower() else None


def _of_domain(url: str | None) -> str | None:
    """The outlet whose address it is, by the table of outlets."""
    try:
        host = (urlsplit(url).hostname or "") if url else ""
    except ValueError:
        return None
    domains = {row["domain"]: row["name"] for row in load_tsv("world/outlets.tsv")}
    while host:
        if host in domains:
            return domains[host]
        host = host.partition(".")[2]
    return None
