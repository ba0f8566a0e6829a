"""The list of stories, and one story: its record beside its reports, corrected in place, copied out."""

from __future__ import annotations

import io
import zipfile
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from variorum.errors import BadRuling, NotInLibrary
from variorum.model import Extent, Lineage, Record, codec
from variorum.rest.errors import Refused
from variorum.views import geo, linked, markdown, page, tables
from variorum.views.edition import Edition
from variorum.views.page.desk import Desk
from variorum.web import asked
from variorum.web.desks import story_path
from variorum.web.forms import Filled, done
from variorum.web.look import Pager, with_changed
from variorum.web.pages import Form, Notice, TheDesks, TheLibrary, go, may_rule, remembered, render, signed_name

NOTHING = Filled()
MOST_MERGED = 50
"""Stories that are merged at once."""

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/")
def front() -> Response:
    """The list of stories is where one starts."""
    return go("/stories")


@router.get("/stories")
def stories(request: Request, library: TheLibrary) -> Response:
    """The stories of the library that fit the filter."""
    given = request.query_params
    query = asked.story_query(given)
    found = library.stories(query)
    pairs = asked.pairs(given)
    filtered = any(name != "order" and (name, value) != ("origins", "0") for name, value in pairs)
    if not found.total and not filtered and not library.counts().reports:
        return render(request, "welcome.html.j2")
    return render(
        request,
        "stories.html.j2",
        page=found,
        query=query,
        counts=library.counts(),
        orders=asked.ORDERS,
        filtered=filtered,
        ordered=lambda order: with_changed("/stories", pairs, order=None if order == "changed" else order),
        pager=Pager(asked.page_of(given), asked.STORIES_A_PAGE, found.total, "/stories", pairs),
    )


@router.get("/stories/{id}")
def story(request: Request, id: str, library: TheLibrary, desks: TheDesks) -> Response:
    """A story: its record beside its reports."""
    try:
        desk, sheet = desks.sheet(id, may_rule=may_rule(request))
    except NotInLibrary:
        now = library.story_now(id)
        if now is None or now == id:
            raise
        return go(story_path(now))
    return render(
        request,
        "story.html.j2",
        edition=desk.edition,
        sheet=sheet,
        notice=_ruled(request, library, id),
        here="/stories",
    )


def _ruled(request: Request, library: TheLibrary, story: str) -> Notice | None:
    """What was just ruled or undone."""
    given = request.query_params.get("ruled", "")
    ruling = next((r for r in library.rulings(story) if r.id == given), None) if given else None
    if ruling is None:
        return None
    if not ruling.holds:
        return Notice("Undone. The record shows again what the program found.")
    return Notice("Decided.", [("#rulings", "See what people decided")], undo=ruling.id, back=story_path(story))


@router.get("/stories/{id}/texts/{letters}")
def texts(request: Request, id: str, letters: str, desks: TheDesks) -> Response:
    """Reports of a story, by their letters with dots between: a part of the story's page, fetched when it is looked at."""
    desks.check(id, request.query_params.get("of"), may_rule=may_rule(request))
    return HTMLResponse(desks.texts(id, letters.split("."), may_rule=may_rule(request)))


@router.get("/reports/{id:path}")
def report(request: Request, id: str, library: TheLibrary, desks: TheDesks) -> Response:
    """One report with every finding marked, each leading to its entry in the story's record."""
    story = library.story_of(id)
    desk = desks.shown(story).desk
    reading = desk.edition.readings.get(id)
    if reading is None:
        # An earlier version is in no record any more: it is shown as it was read.
        reading = library.report(id)
        desk = Desk(Edition(Record(title=desk.record.title, reports=(reading,), lineage=Lineage())))
    start = asked.number(request.query_params, "start", least=0, most=10**9, usual=0)
    end = asked.number(request.query_params, "end", least=0, most=10**9, usual=0)
    versions = library.versions(id)
    return render(
        request,
        "one-report.html.j2",
        desk=desk,
        edition=desk.edition,
        reading=reading,
        story=library.story(story),
        versions=versions,
        entries_at=story_path(story),
        paragraphs=desk.paragraphs(reading, found=Extent(start, end) if end > start else None),
        here="/stories",
    )


# ---- copying out -----------------------------------------------------------------------------------

_FORMS: dict[str, tuple[str, Any]] = {
    "json": ("application/json", codec.to_json),
    "md": ("text/markdown; charset=utf-8", markdown.render_markdown),
    "html": ("text/html; charset=utf-8", page.render_page),
    "jsonld": ("application/ld+json", linked.render_jsonld),
    "geojson": ("application/geo+json", geo.render_geojson),
}


@router.get("/stories/{id}/record.{form}")
def record(id: str, form: str, library: TheLibrary) -> Response:
    """The record as a file."""
    if form not in _FORMS:
        raise NotInLibrary(f"no record as {form}")
    kind, made = _FORMS[form]
    whole = library.record(id)
    return _file(made(whole), kind, f"{_file_name(whole.title)}.{form}")


@router.get("/stories/{id}/tables/{table}.csv")
def one_table(id: str, table: str, library: TheLibrary) -> Response:
    """One kind of entry as a table."""
    whole = library.record(id)
    found = tables.tables([whole]).get(table)
    if found is None:
        raise NotInLibrary(f"no table {table}")
    return _file(tables.csv_file(found), "text/csv; charset=utf-8", f"{_file_name(whole.title)}-{table}.csv")


@router.get("/stories/{id}/tables.zip")
def all_tables(id: str, library: TheLibrary) -> Response:
    """All tables in one archive."""
    whole = library.record(id)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, table in tables.tables([whole]).items():
            archive.writestr(f"{name}.csv", tables.csv_file(table))
    return _file(out.getvalue(), "application/zip", f"{_file_name(whole.title)}-tables.zip")


@router.get("/stories/{id}/entries/{address}")
def evidence(request: Request, id: str, address: str, library: TheLibrary, desks: TheDesks) -> Response:
    """The words behind an entry; with ``bare``, only their list, to be put beside the entry."""
    desks.check(id, request.query_params.get("of"), may_rule=may_rule(request))
    if address.endswith(".txt"):
        return _citation(id, address.removesuffix(".txt"), desks)
    desk = desks.shown(id).desk
    thing = desk.thing(address)
    if thing is None:
        raise NotInLibrary(f"no entry {address} in this story")
    return render(
        request,
        "evidence-list.html.j2" if request.query_params.get("bare") else "evidence.html.j2",
        entry=desk.entry(thing),
        list=desk.evidence_of(thing),
        desk=desk,
        edition=desk.edition,
        base=story_path(id),
        here="/stories",
    )


def _citation(id: str, address: str, desks: TheDesks) -> Response:
    """An entry with its words and where they stand, for pasting."""
    desk = desks.shown(id).desk
    entry = desk.by_address(address)
    if entry is None:
        raise NotInLibrary(f"no entry {address} in this story")
    return Response(desk.citation(entry) + "\n", media_type="text/plain; charset=utf-8")


def _file(content: str | bytes, kind: str, name: str) -> Response:
    """A download: never shown by the browser in the application's own name."""
    plain = name.encode("ascii", "replace").decode().replace("?", "_")
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    return Response(content, media_type=kind, headers={"Content-Disposition": disposition})


def _file_name(title: str) -> str:
    kept = "".join(c if c.isalnum() else "-" for c in title.lower())
    return "-".join(part for part in kept.split("-") if part)[:60].strip("-") or "record"


# ---- merging and splitting -------------------------------------------------------------------------


@router.get("/merge")
def ask_merge(request: Request, library: TheLibrary) -> Response:
    """Which stories would become one, and why."""
    return _ask_merge(request, request.query_params.getlist("story"), library)


def _ask_merge(
    request: Request, ids: list[str], library: TheLibrary, *, status: int = 200, filled: Filled = NOTHING
) -> Response:
    lines = [library.story(id) for id in list(dict.fromkeys(filter(None, ids)))[:MOST_MERGED]]
    return render(request, "merge.html.j2", status=status, lines=lines, filled=filled, here="/stories")


@router.post("/merge")
def merge(request: Request, form: Form, library: TheLibrary) -> Response:
    """Make one story of several."""
    ids = asked.texts(form, "story", most=MOST_MERGED)
    try:
        who, why = asked.who_and_why(form, signed_name(request))
        if len(ids) < 2:
            raise BadRuling("story", "it takes two stories to make one of them")
        merged = library.merge(ids, who=who, why=why)
    except (BadRuling, Refused) as error:
        status, filled = Filled.refused(form, error)
        return _ask_merge(request, ids, library, status=status, filled=filled)
    return remembered(done(request, story_path(merged)), who, request)


@router.get("/stories/{id}/split")
def ask_split(request: Request, id: str, library: TheLibrary, desks: TheDesks) -> Response:
    """Which reports tell something else."""
    return _ask_split(request, id, library, desks)


def _ask_split(
    request: Request, id: str, library: TheLibrary, desks: TheDesks, *, status: int = 200, filled: Filled = NOTHING
) -> Response:
    desk, story = desks.shown(id).desk, library.story(id)
    return render(
        request,
        "split.html.j2",
        status=status,
        story=story,
        desk=desk,
        edition=desk.edition,
        filled=filled,
        here="/stories",
    )


@router.post("/stories/{id}/split")
def split(request: Request, id: str, form: Form, library: TheLibrary, desks: TheDesks) -> Response:
    """Take reports out of a story; they make one of their own."""
    try:
        who, why = asked.who_and_why(form, signed_name(request))
        reports = asked.texts(form, "report")
        if not reports:
            raise BadRuling("report", "choose the reports that tell something else")
        new = library.split(id, reports, who=who, why=why)
    except (BadRuling, Refused) as error:
        status, filled = Filled.refused(form, error)
        return _ask_split(request, id, library, desks, status=status, filled=filled)
    return remembered(done(request, story_path(new)), who, request)
