"""Reports, the words of their texts, and search over all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Response

from variorum.model import Reading
from variorum.model.shelf import Counts, HitKind, SearchPage, SearchQuery
from variorum.rest.errors import ApiRoute, Refused, documented
from variorum.rest.given import MOST, Day, Id, Line, Offset, ReportId, Shelf, Words, answer, iso
from variorum.views.citing import Quotation, quote

router = APIRouter(tags=["reports"], route_class=ApiRoute)

LONGEST_QUOTATION = 20_000
"""Characters; whoever wants more wants the report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionList:
    """The versions of one report."""

    report: str
    versions: tuple[str, ...]
    """Ids, the oldest first."""


@router.get("/counts", response_model=Counts, responses=documented(), summary="How much the library holds")
def counts(library: Shelf) -> Response:
    """Reports, stories, outlets, statements, differences, rulings."""
    return answer(library.counts())


@router.get(
    "/reports/{report:path}/versions",
    response_model=VersionList,
    responses=documented(404),
    summary="Versions of a report",
)
def versions(library: Shelf, report: ReportId) -> Response:
    """The versions of a report, the oldest first; each can be read under its own id."""
    return answer(VersionList(report=report, versions=library.versions(report)))


@router.get("/reports/{report:path}", response_model=Reading, responses=documented(404), summary="One report")
def report(library: Shelf, report: ReportId) -> Response:
    """A report as it was received, with all that was found in it."""
    return answer(library.report(report))


@router.get("/evidence", response_model=Quotation, responses=documented(404), summary="Words of a report")
def evidence(
    library: Shelf,
    report: Annotated[Id, Query(description="Id of the report.")],
    start: Annotated[int, Query(ge=0, le=MOST, description="First code point.")],
    end: Annotated[int, Query(ge=1, le=MOST, description="One past the last.")],
    around: Annotated[int, Query(ge=0, le=2000, description="Characters of context on either side.")] = 120,
) -> Response:
    """The exact words at a place, what stands around them, and their citation."""
    if end <= start:
        raise Refused(422, "must be greater than start", field="end")
    if end - start > LONGEST_QUOTATION:
        raise Refused(422, f"at most {LONGEST_QUOTATION} characters are quoted at once", field="end")
    return answer(quote(library.report(report), start, end, around=around))


@router.get("/search", response_model=SearchPage, responses=documented(), summary="Search", tags=["search"])
def search(
    library: Shelf,
    words: Annotated[
        Words,
        Query(
            description='Words that must all occur; "a phrase" in quotation marks; -word must not; empty finds all.',
            examples=['truce "health ministry" -ferry'],
        ),
    ] = "",
    kind: Annotated[list[HitKind], Query(description="What to find; may be given several times; none for all.")] = [],  # noqa: B006
    speaker: Annotated[
        Line | None, Query(description="Who said it, holds it or vouches for it; any part of a name.")
    ] = None,
    outlet: Annotated[Line | None, Query(description="The outlet.")] = None,
    story: Annotated[Id | None, Query(description="Only in this story.")] = None,
    since: Annotated[Day | None, Query(description="ISO date.")] = None,
    until: Annotated[Day | None, Query(description="ISO date.")] = None,
    language: Annotated[str | None, Query(pattern="^[a-z]{2,3}$", description="ISO 639 code.")] = None,
    limit: Annotated[int, Query(ge=1, le=200, description="At most so many.")] = 20,
    offset: Offset = 0,
) -> Response:
    """Reports, statements, figures, positions and events, best first, in their context, with facets over all hits."""
    query = SearchQuery(
        words=words,
        kinds=tuple(dict.fromkeys(kind)),
        speaker=speaker or None,
        outlet=outlet or None,
        story=story,
        since=iso(since),
        until=iso(until),
        language=language,
        limit=limit,
        offset=offset,
    )
    return answer(library.search(query))
