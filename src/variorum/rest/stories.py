"""Stories, their records in every format, their entries and tables; merging and splitting."""

from __future__ import annotations

import enum
import io
from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Response
from pydantic import BaseModel, ConfigDict, Field
from rich.console import Console

from variorum.errors import NotInLibrary
from variorum.model import Record, codec
from variorum.model.shelf import StoryLine, StoryPage, StoryQuery
from variorum.rest.errors import ApiRoute, Refused, documented
from variorum.rest.given import (
    Asker,
    Day,
    Id,
    Limit,
    Line,
    Offset,
    Prose,
    Shelf,
    StoryId,
    Words,
    answer,
    attachment,
    iso,
    name_of,
)
from variorum.views.citing import CitedEntry, cite
from variorum.views.edition import Edition, EntryKind

router = APIRouter(tags=["stories"], route_class=ApiRoute)


class RecordFormat(enum.StrEnum):
    """How a record is written."""

    json = "json"
    jsonld = "jsonld"
    geojson = "geojson"
    markdown = "markdown"
    html = "html"
    text = "text"


MEDIA_TYPES: dict[RecordFormat, str] = {
    RecordFormat.json: "application/json",
    RecordFormat.jsonld: "application/ld+json",
    RecordFormat.geojson: "application/geo+json",
    RecordFormat.markdown: "text/markdown",
    RecordFormat.html: "text/html",
    RecordFormat.text: "text/plain",
}
ENDINGS = {RecordFormat.markdown: "md", RecordFormat.text: "txt"}

Table = Literal[
    "reports", "actors", "statements", "figures", "events", "journeys", "positions", "differences", "passages"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLine:
    """An entry as a list shows it."""

    id: str
    address: str
    kind: EntryKind
    label: str
    standing: str | None
    origins: int
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryList:
    """The entries of a record, kinds in its order."""

    story: str
    entries: tuple[EntryLine, ...]


class Merging(BaseModel):
    """Which stories tell one event."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"stories": ["s1", "s2"], "why": "the same fire"}]})

    stories: list[Id] = Field(
        min_length=2,
        max_length=100,
        description="Ids of stories, two or more.",
        json_schema_extra={"uniqueItems": True},
    )
    why: Prose = ""
    who: Line | None = Field(
        default=None, description="Who decides; in team mode it is the account, whatever stands here."
    )


class Splitting(BaseModel):
    """Which reports of a story tell another event."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"reports": ["r0123456789"], "why": "last year's fire"}]})

    reports: list[Id] = Field(min_length=1, max_length=1000, description="Ids of reports that leave the story.")
    why: Prose = ""
    who: Line | None = Field(
        default=None, description="Who decides; in team mode it is the account, whatever stands here."
    )


@router.get("/stories", response_model=StoryPage, responses=documented(), summary="Stories")
def stories(
    library: Shelf,
    words: Annotated[Words | None, Query(description="In the title or in a headline.")] = None,
    outlet: Annotated[Words | None, Query(description="An outlet of its reports.")] = None,
    since: Annotated[Day | None, Query(description="ISO date: with a report on it or later.")] = None,
    until: Annotated[Day | None, Query(description="ISO date: with a report on it or earlier.")] = None,
    disputed: Annotated[bool, Query(description="Only those with differences.")] = False,
    least_origins: Annotated[int, Query(ge=0, le=1000, description="With so many independent origins or more.")] = 0,
    order: Annotated[
        Literal["changed", "newest", "reports", "differences"], Query(description="What comes first.")
    ] = "changed",
    limit: Limit = 50,
    offset: Offset = 0,
) -> Response:
    """Stories as lines of a list, the latest change first unless ``order`` says otherwise."""
    query = StoryQuery(
        words=words or None,
        outlet=outlet or None,
        since=iso(since),
        until=iso(until),
        disputed=disputed,
        least_origins=least_origins,
        order=order,
        limit=limit,
        offset=offset,
    )
    return answer(library.stories(query))


@router.get("/stories/{story}", response_model=StoryLine, responses=documented(404), summary="One story")
def story(library: Shelf, story: StoryId) -> Response:
    """One story as a line of a list."""
    return answer(library.story(story))


@router.get(
    "/stories/{story}/record",
    response_model=Record,
    responses={
        **documented(404),
        200: {
            "description": "The record. Its JSON is `variorum.record/1`; the other formats are for people and for other programs.",
            "content": {
                kind: {"schema": {"type": "string"}}
                for kind in sorted(set(MEDIA_TYPES.values()) - {"application/json"})
            },
        },
    },
    summary="A story's record",
)
def record(
    library: Shelf,
    story: StoryId,
    format: Annotated[RecordFormat, Query(description="How it is written.")] = RecordFormat.json,
    evidence: Annotated[bool, Query(description="In text: the words behind every line.")] = False,
) -> Response:
    """The story reconciled, with the rulings that hold; everything that stands in it has its place in a report."""
    made = written(library.record(story), format, evidence=evidence)
    name = f"variorum-{story}.{ENDINGS.get(format, format.value)}"
    headers = attachment(name) if format is not RecordFormat.json else {}
    return Response(made, media_type=MEDIA_TYPES[format], headers=headers)


@router.get(
    "/stories/{story}/entries", response_model=EntryList, responses=documented(404), summary="Entries of a record"
)
def entries(
    library: Shelf,
    story: StoryId,
    kind: Annotated[EntryKind | None, Query(description="Only of this kind.")] = None,
) -> Response:
    """All entries of a record: what each is called, how firm it is, who tells it."""
    edition = Edition(library.record(story))
    lines = tuple(
        EntryLine(
            id=id,
            address=entry.address,
            kind=entry.kind,
            label=entry.label,
            standing=entry.standing,
            origins=entry.origins,
            reports=entry.reports,
        )
        for id, entry in edition.entries.items()
        if kind is None or entry.kind == kind
    )
    return answer(EntryList(story=story, entries=lines))


@router.get(
    "/stories/{story}/entries/{entry}",
    response_model=CitedEntry,
    responses=documented(404),
    summary="An entry, to be cited",
)
def entry(
    library: Shelf,
    story: StoryId,
    entry: Annotated[Id, Path(description="Id of an entry, or its address in the page (`statement-3`).")],
    around: Annotated[int, Query(ge=0, le=2000, description="Characters of context on either side.")] = 120,
) -> Response:
    """One entry with every piece of its evidence, word for word, each with its citation."""
    return answer(cite(Edition(library.record(story)), entry, around=around))


@router.get(
    "/stories/{story}/tables/{table}",
    response_class=Response,
    responses={
        **documented(404),
        200: {
            "description": "RFC 4180, UTF-8 with a byte-order mark.",
            "content": {"text/csv": {"schema": {"type": "string"}}},
        },
    },
    summary="A table of a record",
)
def table(
    library: Shelf, story: StoryId, table: Annotated[Table, Path(description="Which kind of entry.")]
) -> Response:
    """One kind of entry as CSV, each row with its evidence."""
    from variorum.views import tables

    made = tables.csv_file(tables.tables([library.record(story)])[table])
    return Response(made, media_type="text/csv", headers=attachment(f"variorum-{story}-{table}.csv"))


@router.post("/merge", response_model=StoryLine, responses=documented(404, 409, body=True), summary="Make stories one")
def merge(library: Shelf, asker: Asker, given: Merging) -> Response:
    """Stories that tell one event become one. It is a ruling, and can be undone as one."""
    for number, id in enumerate(given.stories):
        try:
            library.story(id)
        except NotInLibrary as error:
            raise Refused(404, str(error), field=f"stories.{number}") from error
    merged = library.merge(tuple(given.stories), who=name_of(asker, given.who), why=given.why)
    return answer(library.story(merged))


@router.post(
    "/stories/{story}/split",
    response_model=StoryLine,
    responses=documented(404, 409, body=True),
    summary="Take reports out of a story",
)
def split(library: Shelf, asker: Asker, story: StoryId, given: Splitting) -> Response:
    """Reports that tell another event get a story of their own. It is a ruling, and can be undone as one."""
    library.story(story)
    made = library.split(story, tuple(given.reports), who=name_of(asker, given.who), why=given.why)
    return answer(library.story(made))


def written(record: Record, format: RecordFormat, *, evidence: bool = False) -> str:
    """A record in one of its formats."""
    match format:
        case RecordFormat.json:
            return codec.to_json(record)
        case RecordFormat.jsonld:
            from variorum.views import linked

            return linked.render_jsonld(record)
        case RecordFormat.geojson:
            from variorum.views import geo

            return geo.render_geojson(record)
        case RecordFormat.markdown:
            from variorum.views import markdown

            return markdown.render_markdown(record)
        case RecordFormat.html:
            from variorum.views import page

            return page.render_page(record)
        case RecordFormat.text:
            from variorum.views import terminal

            out = io.StringIO()
            console = Console(file=out, width=100, highlight=False, markup=False, emoji=False)
            terminal.render_record(record, console=console, evidence=evidence)
            return out.getvalue()
