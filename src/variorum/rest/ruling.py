"""Rulings: what people decided; made, listed, undone, carried from one library to another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Body, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from variorum.errors import BadRuling, NotInLibrary
from variorum.model import ruling as model
from variorum.model.ruling import RuledDifference, Ruling, RulingKind
from variorum.rest.errors import ApiRoute, Refused, documented
from variorum.rest.given import MOST, Asker, Id, Line, Prose, Shelf, answer, attachment, name_of

router = APIRouter(tags=["rulings"], route_class=ApiRoute)

_WHO = "Who decides; in team mode it is the account, whatever stands here."


class GivenWords(BaseModel):
    """A place in a report."""

    report: Id
    start: int = Field(ge=0, le=MOST)
    end: int = Field(ge=1, le=MOST)
    text: str | None = Field(default=None, max_length=100_000, description="The words; checked where they are given.")


class GivenDifference(BaseModel):
    """A difference by what it is about."""

    kind: Line
    label: Line
    values: list[Prose] = Field(max_length=1000)


class GivenRuling(BaseModel):
    """A decision. Which fields it needs depends on ``kind``."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"kind": "one-actor", "story": "s1", "names": ["Ana Pires", "Anna Pires"], "why": "a slip of the pen"},
                {"kind": "immaterial", "story": "s1", "difference": "difference-2"},
                {
                    "kind": "speaker",
                    "words": {"report": "r0123456789", "start": 120, "end": 180},
                    "speaker": "Ana Pires",
                },
            ]
        }
    )

    kind: RulingKind
    story: Id | None = Field(default=None, description="The story in which it holds.")
    names: list[Line] = Field(default=[], max_length=100)
    words: GivenWords | None = None
    statement: Id | None = Field(
        default=None,
        description="Instead of words: id of a statement in the record of the story. The ruling is on all its variants.",
    )
    speaker: Line | None = None
    reports: list[Id] = Field(default=[], max_length=1000)
    difference: Id | GivenDifference | None = Field(
        default=None, description="Id of a difference of the story, or what it is about."
    )
    why: Prose = ""
    who: Line | None = Field(default=None, description=_WHO)


class Undoing(BaseModel):
    """Why a ruling is taken back."""

    why: Prose = ""
    who: Line | None = Field(default=None, description=_WHO)


@dataclass(frozen=True, slots=True, kw_only=True)
class RulingList:
    """Rulings, the oldest first."""

    rulings: tuple[Ruling, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """How many rulings were new."""

    imported: int


@router.get("/rulings", response_model=RulingList, responses=documented(404), summary="Rulings")
def rulings(
    library: Shelf,
    story: Annotated[Id | None, Query(description="Only those that bear on this story.")] = None,
    holding: Annotated[bool, Query(description="Only those that have not been undone.")] = False,
) -> Response:
    """What people decided, with who, when and why; those undone as well unless ``holding``."""
    return answer(RulingList(rulings=library.rulings(story=story, holding=holding)))


@router.post(
    "/rulings", response_model=Ruling, status_code=201, responses=documented(404, 409, body=True), summary="Rule"
)
def rule(library: Shelf, asker: Asker, given: GivenRuling) -> Response:
    """Decide. Records are shown with it from now on; what the program found is kept beside it."""
    difference = given.difference
    places = _statement(library, given) if given.statement is not None else (_words(library, given.words),)
    made = library.rule(
        given.kind,
        who=name_of(asker, given.who),
        why=given.why,
        story=given.story,
        names=tuple(given.names),
        words=places[0],
        also=tuple(place for place in places[1:] if place is not None),
        speaker=given.speaker,
        reports=tuple(given.reports),
        difference=RuledDifference(
            kind=difference.kind, label=difference.label, values=tuple(sorted(difference.values))
        )
        if isinstance(difference, GivenDifference)
        else difference,
    )
    return answer(made, status=201)


@router.get(
    "/rulings/export",
    response_class=Response,
    responses={
        **documented(),
        200: {"description": "One ruling a line.", "content": {"application/x-ndjson": {"schema": {"type": "string"}}}},
    },
    summary="Rulings to carry elsewhere",
)
def export(library: Shelf) -> Response:
    """All rulings as JSON Lines, for ``import``."""
    return Response(library.export_rulings(), media_type="application/x-ndjson", headers=attachment("rulings.jsonl"))


@router.post(
    "/rulings/import",
    response_model=Imported,
    responses=documented(409, body=True),
    summary="Rulings from elsewhere",
    openapi_extra={
        "requestBody": {"required": True, "content": {"application/x-ndjson": {"schema": {"type": "string"}}}}
    },
)
async def take_in(library: Shelf, request: Request) -> Response:
    """Take in what ``export`` gave; rulings that are here already are passed over."""
    from starlette.concurrency import run_in_threadpool

    try:
        text = (await request.body()).decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(422, "is not UTF-8", field="body") from error
    return answer(Imported(imported=await run_in_threadpool(library.import_rulings, text)))


@router.post(
    "/rulings/{ruling}/undo", response_model=Ruling, responses=documented(404, 409, body=True), summary="Undo a ruling"
)
def undo(
    library: Shelf,
    asker: Asker,
    ruling: Annotated[Id, Path(description="Id of a ruling.")],
    given: Annotated[Undoing | None, Body()] = None,
) -> Response:
    """Take a ruling back. It stays in the list, with who undid it, when and why."""
    given = given or Undoing()
    return answer(library.undo(ruling, who=name_of(asker, given.who), why=given.why))


def _statement(library: Shelf, given: GivenRuling) -> tuple[model.Words | None, ...]:
    """The words of all variants of the statement that was named.

    Raises:
        BadRuling: no story is named, words are given as well, or the record has no such statement.
    """
    if given.story is None or given.words is not None:
        raise BadRuling("statement", "is one of the record of a story, and takes the place of words")
    return library.statement_words(given.story, given.statement or "")


def _words(library: Shelf, given: GivenWords | None) -> model.Words | None:
    """A place with the characters that stand there.

    Raises:
        BadRuling: no such report, or other words stand there.
    """
    if given is None:
        return None
    try:
        text = library.report(given.report).text
    except NotInLibrary as error:
        raise BadRuling("words.report", str(error)) from error
    if not given.start < given.end <= len(text):
        raise BadRuling("words.end", f"the report has {len(text)} characters")
    if given.text is not None and given.text != text[given.start : given.end]:
        raise BadRuling("words.text", "other words stand there")
    return model.Words(report=given.report, start=given.start, end=given.end, text=text[given.start : given.end])
