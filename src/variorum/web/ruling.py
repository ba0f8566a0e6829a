"""Correcting a record in place: the forms for an entry, and the rulings that they make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData

from variorum.errors import BadRuling, NotInLibrary
from variorum.model import Actor, Difference, Extent, Reading, RecordStatement, StatementVariant
from variorum.model.ruling import Ruling, Words
from variorum.rest.errors import Refused
from variorum.views import labels
from variorum.views.page.decided import ruling_words
from variorum.views.page.desk import Desk
from variorum.web import asked
from variorum.web.desks import story_path
from variorum.web.forms import Filled, done
from variorum.web.look import Pager
from variorum.web.pages import Form, TheDesks, TheLibrary, go, may_rule, remembered, render, signed_name, usual_name

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

LARGEST_IMPORT = 2**20
EVERY = "all"
"""The choice of all reports that have a statement, in place of one."""
NOTHING = Filled()


@dataclass(frozen=True, slots=True)
class Said:
    """One report's words of a statement, as a choice in a form."""

    number: int
    letter: str
    words: str


@router.get("/stories/{id}/correct/{address}")
def ask(request: Request, id: str, address: str, library: TheLibrary, desks: TheDesks) -> Response:
    """The corrections that an entry can take; with ``bare``, only the forms, to be put beside the entry."""
    desks.check(id, request.query_params.get("of"), may_rule=may_rule(request))
    return _ask(request, id, address, library, desks)


def _ask(
    request: Request,
    id: str,
    address: str,
    library: TheLibrary,
    desks: TheDesks,
    *,
    status: int = 200,
    filled: Filled = NOTHING,
) -> Response:
    desk = desks.shown(id).desk
    thing = _thing(desk, address)
    bare = bool(request.query_params.get("bare"))
    return render(
        request,
        "correct-forms.html.j2" if bare else "correct.html.j2",
        status=status,
        story=library.story(id),
        desk=desk,
        edition=desk.edition,
        address=address,
        kind=_KINDS[type(thing)],
        thing=thing,
        meant=_mark(desk, thing),
        said=_said(desk, thing) if isinstance(thing, RecordStatement) else (),
        forms=_names(thing) if isinstance(thing, Actor) else (),
        filled=filled,
        base=story_path(id),
        here="/stories",
    )


Correctable = Actor | RecordStatement | Difference | Reading

_KINDS = {Actor: "actor", RecordStatement: "statement", Difference: "difference", Reading: "report"}


def _thing(desk: Desk, address: str) -> Correctable:
    """What stands at an address of the page.

    Raises:
        NotInLibrary: nothing that can be corrected.
    """
    if address.startswith("report-"):
        for reading in desk.record.reports:
            if desk.edition.letter(reading.id) == address.removeprefix("report-"):
                return reading
    things: Sequence[Actor | RecordStatement | Difference] = (
        *desk.record.actors,
        *desk.record.statements,
        *desk.record.differences,
    )
    for thing in things:
        if desk.entry(thing).address == address:
            return thing
    raise NotInLibrary(f"the record has no {address} that could be corrected (any more)")


def _mark(desk: Desk, thing: Correctable) -> str:
    """What a form rules on, whatever number it has in the record when the form arrives: another tab, another person or a
    new report may have given its number to another entry since the form was opened."""
    match thing:
        case Actor():
            parts = [thing.name]
        case RecordStatement():
            places = [f"{v.report}:{e.start}-{e.end}" for v in thing.variants for e in v.content]
            parts = [desk.edition.actor(thing.speaker) or "", *places]
        case Difference():
            parts = [thing.kind, thing.about.label, *(f"{a.report}:{a.value}" for a in thing.accounts)]
        case Reading():
            parts = [thing.id]
    return sha256("\n".join((_KINDS[type(thing)], *parts)).encode("utf-8", "replace")).hexdigest()[:24]


def _meant(desk: Desk, address: str, mark: str) -> Correctable:
    """What a form rules on.

    Raises:
        NotInLibrary: there is no such entry.
        Refused: what stood there when the form was opened is not in the record any more.
    """
    if not mark:
        return _thing(desk, address)
    record = desk.record
    things: Sequence[Correctable] = (*record.actors, *record.statements, *record.differences, *record.reports)
    found = next((thing for thing in things if _mark(desk, thing) == mark), None)
    if found is None:
        raise Refused(409, "this entry has changed since you opened it, and nothing was decided: look at it again")
    return found


def _said(desk: Desk, statement: RecordStatement) -> list[Said]:
    return [Said(n, desk.edition.letter(v.report), desk.content(v)) for n, v in enumerate(statement.variants)]


def _names(actor: Actor) -> list[str]:
    """The names that stand for an actor, the one shown first."""
    return list(dict.fromkeys([actor.name, *(name.text for name in actor.names)]))


def _words(desk: Desk, variant: StatementVariant) -> Words:
    extent = Extent(min(e.start for e in variant.content), max(e.end for e in variant.content))
    text = extent.of(desk.edition.texts[variant.report])
    return Words(report=variant.report, start=extent.start, end=extent.end, text=text)


@router.post("/stories/{id}/rulings")
def rule(request: Request, id: str, form: Form, library: TheLibrary, desks: TheDesks) -> Response:
    """Make a ruling on an entry and go back to it."""
    desk = desks.shown(id).desk
    address = asked.text(form, "entry")
    thing = _meant(desk, address, asked.text(form, "meant"))
    address = f"report-{desk.edition.letter(thing.id)}" if isinstance(thing, Reading) else desk.entry(thing).address
    try:
        who, why = asked.who_and_why(form, signed_name(request))
        ruling = _make(form, library, desk, id, thing, who, why)
    except (BadRuling, Refused) as error:
        status, filled = Filled.refused(form, error)
        return _ask(request, id, address, library, desks, status=status, filled=filled)
    # A difference that was set aside has left its place, and another may have taken its number.
    back = "differences" if isinstance(thing, Difference) else address
    return remembered(done(request, f"{story_path(id)}?ruled={ruling.id}#{back}"), who, request)


def _make(
    form: FormData,
    library: TheLibrary,
    desk: Desk,
    story: str,
    thing: Correctable,
    who: str,
    why: str,
) -> Ruling:
    """One ruling out of a form.

    Raises:
        BadRuling: the form lacks what its kind needs.
    """
    kind = asked.text(form, "kind")
    match kind, thing:
        case (("one-actor" | "two-actors"), Actor()):
            names = asked.texts(form, "name", most=60)
            if kind == "one-actor":
                names = list(dict.fromkeys([thing.name, *names]))
            if len(names) < 2:
                raise BadRuling("name", "choose another name")
            return library.rule(kind, who=who, why=why, story=story, names=names)
        case "not-a-statement", RecordStatement():
            words, *also = _places(form, desk, thing)
            return library.rule("not-a-statement", who=who, why=why, story=story, words=words, also=also)
        case "speaker", RecordStatement():
            speaker = asked.text(form, "speaker", most=200)
            if not speaker:
                raise BadRuling("speaker", "name the right speaker")
            words, *also = _places(form, desk, thing)
            return library.rule("speaker", who=who, why=why, story=story, words=words, also=also, speaker=speaker)
        case "immaterial", Difference():
            return library.rule("immaterial", who=who, why=why, story=story, difference=thing.id)
        case "one-origin", Reading():
            others = [report for report in asked.texts(form, "report") if report != thing.id]
            if not others:
                raise BadRuling("report", "choose the reports that descend from the same text")
            return library.rule("one-origin", who=who, why=why, story=story, reports=(thing.id, *others))
        case "other-story", Reading():
            others = [r.id for r in desk.record.reports if r.id != thing.id]
            return library.rule("other-story", who=who, why=why, story=story, reports=(thing.id, *others))
        case _:
            raise BadRuling("kind", "this entry takes no such ruling")


def _places(form: FormData, desk: Desk, statement: RecordStatement) -> list[Words]:
    """The words that a ruling on a statement is about: those of every report that has it, unless one was chosen."""
    if asked.text(form, "variant") in ("", EVERY):
        return [_words(desk, variant) for variant in statement.variants]
    number = asked.number(form, "variant", least=0, most=len(statement.variants) - 1, usual=0)
    return [_words(desk, statement.variants[number])]


# ---- all rulings -----------------------------------------------------------------------------------


@router.get("/rulings")
def rulings(request: Request, library: TheLibrary) -> Response:
    """All that people decided, the latest first."""
    made = list(reversed(library.rulings()))
    titles: dict[str, str] = {}
    names: dict[str, str] = {}

    def title(story: str | None) -> str | None:
        if story and story not in titles:
            try:
                titles[story] = library.story(story).title
            except NotInLibrary:
                titles[story] = ""
        return titles.get(story or "") or None

    def name(report: str) -> str:
        if report not in names:
            try:
                reading = library.report(report)
            except NotInLibrary:
                names[report] = "a report that is not here"
            else:
                names[report] = _report_name(reading)
        return names[report]

    size, number = 50, asked.page_of(request.query_params)
    shown = made[(number - 1) * size : number * size]
    lines = [(ruling, ruling_words(ruling, name), title(ruling.story)) for ruling in shown]
    imported = request.query_params.get("imported", "")
    return render(
        request,
        "rulings.html.j2",
        lines=lines,
        total=len(made),
        imported=int(imported) if imported.isascii() and imported.isdigit() and len(imported) < 9 else None,
        pager=Pager(number, size, len(made), "/rulings"),
    )


def _report_name(reading: Reading) -> str:
    return ", ".join(part for part in (labels.source(reading), labels.reference(reading, 60)) if part)


@router.post("/rulings/{ruling_id}/undo")
def undo(request: Request, ruling_id: str, form: Form, library: TheLibrary) -> Response:
    """Take a ruling back and go where one came from."""
    who = signed_name(request) or asked.text(form, "who", most=80) or usual_name(request)
    if not who:
        raise BadRuling("who", "name whoever takes the ruling back")
    undone = library.undo(ruling_id, who=who, why=asked.text(form, "why", most=asked.LONGEST_WHY))
    back = asked.local_path(asked.text(form, "back"), "/rulings")
    path, _, fragment = back.partition("#")
    if path.startswith("/stories/"):
        path += ("&" if "?" in path else "?") + f"ruled={undone.id}"
    return go(path + (f"#{fragment}" if fragment else ""))


@router.get("/rulings.jsonl")
def export(library: TheLibrary) -> Response:
    """All rulings as JSON Lines, to be taken into another library."""
    headers = {"Content-Disposition": 'attachment; filename="rulings.jsonl"'}
    return Response(library.export_rulings(), media_type="application/x-ndjson", headers=headers)


@router.post("/rulings/import")
def take(form: Form, library: TheLibrary) -> Response:
    """Take in rulings that another library wrote out."""
    given = asked.files(form, "file")
    if not given:
        raise Refused(422, "choose the file that another library wrote out", field="file")
    content = given[0].file.read(LARGEST_IMPORT + 1)
    if len(content) > LARGEST_IMPORT:
        raise Refused(413, f"over {LARGEST_IMPORT // 2**20} MB", field="file")
    try:
        lines = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(422, "not a file of rulings (JSON Lines in UTF-8)", field="file") from None
    return go(f"/rulings?imported={library.import_rulings(lines)}")
