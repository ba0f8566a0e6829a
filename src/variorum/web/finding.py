"""Search, what has changed, and feeds."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup, escape

from variorum.errors import NotInLibrary
from variorum.model.shelf import CHANGE_TOPICS, Hit, LibraryChange
from variorum.rest.errors import Refused
from variorum.rest.jobs import is_web_address
from variorum.views.inert import inert
from variorum.web import asked
from variorum.web.desks import report_path, story_path
from variorum.web.look import Pager, with_changed
from variorum.web.pages import Form, TheLibrary, go, render
from variorum.web.visiting import Visitor

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

KINDS = (
    ("statement", "Statements"),
    ("figure", "Figures"),
    ("position", "Positions"),
    ("event", "Events"),
    ("report", "Reports"),
)
LONGEST_HIT = 420
"""Characters of a hit that are shown, around its first mark."""
CHANGES_A_PAGE = 100
MOST_OF_A_STORY = 2000
SEEN_COOKIE = "variorum_seen"


@dataclass(frozen=True, slots=True)
class Found:
    """A hit as a page shows it."""

    hit: Hit
    address: str
    in_report: str
    words: Markup
    before: str
    after: str


@router.get("/search")
def search(request: Request, library: TheLibrary) -> Response:
    """Reports, statements, figures, positions and events that fit, in their places."""
    given = request.query_params
    query = asked.search_query(given)
    pairs = asked.pairs(given)
    asks = bool(pairs)
    found = library.search(query) if asks else None

    def narrowed(name: str, value: str | None) -> str:
        return with_changed("/search", pairs, **{name: value})

    return render(
        request,
        "search.html.j2",
        query=query,
        sought=query.words,
        found=found,
        hits=[_found(hit) for hit in found.hits] if found else (),
        kinds=KINDS,
        narrowed=narrowed,
        in_month=lambda value: with_changed("/search", pairs, **_month(value)),
        asks=asks,
        pager=Pager(asked.page_of(given), asked.HITS_A_PAGE, found.total if found else 0, "/search", pairs),
    )


def _month(value: str) -> dict[str, str]:
    """The days that a month stands for: what narrows a search to it."""
    year, _, month = value.partition("-")
    last = {"02": "28", "04": "30", "06": "30", "09": "30", "11": "30"}.get(month, "31")
    if month == "02" and year.isdigit() and int(year) % 4 == 0 and (int(year) % 100 or not int(year) % 400):
        last = "29"
    return {"since": f"{value}-01", "until": f"{value}-{last}"}


def _found(hit: Hit) -> Found:
    in_report = f"{report_path(hit.report)}?start={hit.start}&end={hit.end}#found"
    address = f"{story_path(hit.story)}#{quote(hit.entry)}" if hit.entry else in_report
    before, after = _line(hit.before), _line(hit.after)
    # Whatever the context was cut to: it begins and ends at a word.
    before = "… " + before.partition(" ")[2] if before.strip() else ""
    after = after.rpartition(" ")[0] + " …" if after.strip() else ""
    return Found(hit, address, in_report, marked(hit.text, hit.marks), before, after)


def marked(text: str, marks: tuple[tuple[int, int], ...]) -> Markup:
    """A report's words with what was searched for marked; a long stretch is cut around its first mark."""
    start = max(0, marks[0][0] - LONGEST_HIT // 3) if marks and marks[0][0] > LONGEST_HIT * 2 // 3 else 0
    end = min(len(text), start + LONGEST_HIT)
    parts: list[Markup] = [Markup("… ")] if start else []
    at = start
    for a, b in sorted(marks):
        a, b = max(a, at), min(b, end)
        if a >= b:
            continue
        parts += [escape(_line(text[at:a])), Markup("<mark>"), escape(_line(text[a:b])), Markup("</mark>")]
        at = b
    parts.append(escape(_line(text[at:end])))
    return Markup("").join([*parts, Markup(" …")] if end < len(text) else parts)


def _line(text: str) -> str:
    """Words inside a line: made harmless, with a blank at either end kept."""
    made = inert(text)
    return (" " if text[:1].isspace() else "") + made + (" " if made and text[-1:].isspace() else "")


# ---- changes ---------------------------------------------------------------------------------------


@router.get("/changes")
def changes(request: Request, library: TheLibrary) -> Response:
    """What is new, in the order in which it came, since a number or since the last visit."""
    given = request.query_params
    story = asked.text(given, "story") or None
    seen = _number(request.cookies.get(SEEN_COOKIE, ""))
    after = asked.number(given, "after", least=0, most=10**12, usual=0)
    last = library.last_change()
    upto = min(last, asked.number(given, "upto", least=0, most=10**12, usual=last))
    topic = asked.text(given, "topic")
    if topic and topic not in CHANGE_TOPICS:
        raise Refused(422, f"one of {', '.join(CHANGE_TOPICS)}", field="topic")
    if story:
        found = library.changes(after=after, story=story, limit=MOST_OF_A_STORY)
    else:
        # Numbers count up through the library, so that the latest are those with the highest.
        begin = max(after, upto - CHANGES_A_PAGE)
        found = library.changes(after=begin, limit=upto - begin) if upto > begin else ()
    shown = [change for change in found if not topic or change.topic == topic]
    response = render(
        request,
        "changes.html.j2",
        days=_by_day(shown, library),
        story=library.story(story) if story else None,
        after=after,
        seen=seen,
        last=last,
        topic=topic,
        topics=CHANGE_TOPICS,
        earlier=upto - CHANGES_A_PAGE if not story and upto - CHANGES_A_PAGE > after else None,
    )
    if not story and last:
        response.set_cookie(SEEN_COOKIE, str(last), max_age=31_536_000, httponly=True, samesite="lax")
    return response


Group = tuple[str, str, list[LibraryChange]]


def _by_day(changes: list[LibraryChange], library: TheLibrary) -> list[tuple[str, list[Group]]]:
    """The latest day first; within a day, changes of one story together: id, title, changes."""
    titles: dict[str, str] = {}

    def title(story: str) -> str:
        if story not in titles:
            try:
                titles[story] = library.story(story).title
            except NotInLibrary:
                titles[story] = ""
        return titles[story]

    latest = sorted(changes, key=lambda change: -change.number)
    made = []
    for day, held in groupby(latest, key=lambda change: change.when[:10]):
        groups = [(story, title(story), list(told)) for story, told in groupby(held, key=lambda change: change.story)]
        made.append((day, groups))
    return made


def _number(given: str) -> int:
    return int(given) if given.isascii() and given.isdigit() and len(given) < 13 else 0


# ---- feeds -----------------------------------------------------------------------------------------


@router.get("/feeds")
def feeds(request: Request, library: TheLibrary) -> Response:
    """The feeds that are followed, and how each fares."""
    return _feeds(request, library)


def _feeds(
    request: Request, library: TheLibrary, *, status: int = 200, fault: str | None = None, given: str = ""
) -> Response:
    visitor: Visitor = request.app.state.visitor
    return render(
        request, "feeds.html.j2", status=status, feeds=library.feeds(), visitor=visitor, fault=fault, given=given
    )


@router.post("/feeds")
def follow(request: Request, form: Form, library: TheLibrary) -> Response:
    """Follow feeds."""
    addresses = asked.text(form, "address", most=20_000).split()
    wrong = [address for address in addresses if not is_web_address(address)]
    if wrong or not addresses:
        fault = f"{inert(wrong[0])[:120]}: not an http or https address" if wrong else "give the address of a feed"
        return _feeds(request, library, status=422, fault=fault, given="\n".join(addresses))
    for address in addresses:
        library.follow(address)
    return go("/feeds")


@router.post("/feeds/visit")
def visit(request: Request) -> Response:
    """Visit the feeds that are due, in the background."""
    visitor: Visitor = request.app.state.visitor
    visitor.ask()
    return go("/feeds")


@router.post("/feeds/unfollow")
def unfollow(form: Form, library: TheLibrary) -> Response:
    """Leave a feed; what came from it stays."""
    library.unfollow(asked.text(form, "address", most=4000))
    return go("/feeds")
