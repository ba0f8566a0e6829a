"""What changes, and the feeds that bring it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from lxml import etree
from pydantic import BaseModel, ConfigDict

from variorum.model.shelf import Feed, LibraryChange
from variorum.rest.errors import ApiRoute, Refused, documented
from variorum.rest.given import MOST, Address, Id, Limit, Shelf, answer
from variorum.views.inert import inert

router = APIRouter(tags=["changes"], route_class=ApiRoute)

ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeList:
    """Changes, the oldest first."""

    changes: tuple[LibraryChange, ...]
    last: int
    """Ask for changes after this number next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedList:
    """Feeds that the library follows."""

    feeds: tuple[Feed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfollowed:
    """A feed that is no longer followed."""

    address: str


class Following(BaseModel):
    """A feed to follow."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"address": "https://example.org/world/rss.xml"}]})

    address: Address


After = Annotated[int, Query(ge=0, le=MOST, description="Changes with a higher number.")]
InStory = Annotated[Id | None, Query(description="Only of this story.")]


@router.get("/changes", response_model=ChangeList, responses=documented(404), summary="Changes")
def changes(library: Shelf, after: After = 0, story: InStory = None, limit: Limit = 100) -> Response:
    """What adding and ruling changed: ask again after ``last`` to be told what is new since."""
    found = library.changes(after=after, story=story, limit=limit)
    return answer(ChangeList(changes=found, last=found[-1].number if found else after))


@router.get(
    "/changes.atom",
    response_class=Response,
    responses={
        **documented(404),
        200: {"description": "RFC 4287.", "content": {"application/atom+xml": {"schema": {"type": "string"}}}},
    },
    summary="Changes as a feed",
)
def atom(library: Shelf, request: Request, after: After = 0, story: InStory = None, limit: Limit = 100) -> Response:
    """The same for feed readers."""
    found = library.changes(after=after, story=story, limit=limit)
    made = atom_of(found, base=str(request.base_url).rstrip("/"))
    return Response(made, media_type="application/atom+xml")


@router.get("/feeds", response_model=FeedList, responses=documented(), summary="Feeds", tags=["feeds"])
def feeds(library: Shelf) -> Response:
    """The feeds that the library follows, and how its last visit to each went."""
    return answer(FeedList(feeds=library.feeds()))


@router.post(
    "/feeds",
    response_model=Feed,
    status_code=201,
    responses=documented(409, body=True),
    summary="Follow a feed",
    tags=["feeds"],
)
def follow(library: Shelf, given: Following) -> Response:
    """Follow a feed; ``variorum watch`` visits it."""
    return answer(library.follow(given.address), status=201)


@router.delete("/feeds", response_model=Unfollowed, responses=documented(404), summary="Leave a feed", tags=["feeds"])
def unfollow(library: Shelf, address: Annotated[Address, Query(description="The feed's address.")]) -> Response:
    """Follow a feed no longer; the reports that came from it stay."""
    library.unfollow(address)
    return answer(Unfollowed(address=address))


@router.post(
    "/feeds/visit",
    response_model=FeedList,
    status_code=202,
    responses=documented(409),
    summary="Visit feeds",
    tags=["feeds"],
)
def visit(library: Shelf, request: Request) -> Response:
    """Visit the feeds that are due, in the background; the list of feeds says later how each fared."""
    visitor = getattr(request.app.state, "visitor", None)
    if visitor is None:
        raise Refused(409, "feeds are visited by variorum serve or variorum watch, and this is neither")
    visitor.ask()
    return answer(FeedList(feeds=library.feeds()), status=202)


def atom_of(changes: tuple[LibraryChange, ...], *, base: str) -> bytes:
    """Changes as an Atom feed, the latest first."""
    feed = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    _tag(feed, "id", f"{base}/api/changes.atom")
    _tag(feed, "title", "Variorum: changes")
    _tag(feed, "updated", _stamp(changes[-1].when) if changes else "1970-01-01T00:00:00Z")
    _tag(_tag(feed, "author"), "name", "Variorum")
    etree.SubElement(feed, f"{{{ATOM}}}link", rel="self", href=f"{base}/api/changes.atom")
    for change in reversed(changes):
        entry = _tag(feed, "entry")
        _tag(entry, "id", f"{base}/api/changes.atom#{change.number}")
        _tag(entry, "title", change.text)
        _tag(entry, "updated", _stamp(change.when))
        etree.SubElement(entry, f"{{{ATOM}}}category", term=change.topic)
        address = f"{base}/stories/{_segment(change.story)}"
        etree.SubElement(entry, f"{{{ATOM}}}link", rel="alternate", href=address)
        _tag(entry, "summary", f"{change.topic}: {change.text}")
    made: bytes = etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return made


def _tag(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    element = etree.SubElement(parent, f"{{{ATOM}}}{name}")
    element.text = None if text is None else inert(text)
    return element


def _segment(id: str) -> str:
    from urllib.parse import quote

    return quote(id, safe="")


def _stamp(when: str) -> str:
    """RFC 3339 wants an offset."""
    return when if when.endswith("Z") or "+" in when[10:] else f"{when}Z"
