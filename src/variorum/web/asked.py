"""What a browser asks with, made into queries: every field is text that anybody may have typed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, get_args

from starlette.datastructures import FormData, QueryParams, UploadFile

from variorum.errors import BadRuling
from variorum.model.shelf import HIT_KINDS, HitKind, SearchQuery, StoryQuery
from variorum.rest.errors import Refused
from variorum.views.inert import encodable

STORIES_A_PAGE = 25
HITS_A_PAGE = 20
LONGEST_WORDS = 400
LONGEST_WHY = 2000
FURTHEST_PAGE = 400

ORDERS = (
    ("changed", "last changed"),
    ("newest", "newest"),
    ("reports", "most reports"),
    ("differences", "most differences"),
)

Given = Mapping[str, Any]


def text(given: Given, name: str, *, most: int = LONGEST_WORDS) -> str:
    """A field as one text without the blanks around it; empty where it was left out.

    Raises:
        Refused: it is a file, or too long.
    """
    value = given.get(name) or ""
    if not isinstance(value, str):
        raise Refused(422, "not a text", field=name)
    if len(value) > most:
        raise Refused(422, f"longer than {most:,} characters", field=name)
    return encodable(value).replace("\x00", "").strip()


def day(given: Given, name: str) -> str | None:
    """A day, or None where none was given.

    Raises:
        Refused: it is no day of the calendar.
    """
    value = text(given, name, most=40)
    if not value:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise Refused(422, "not a day as YYYY-MM-DD", field=name) from None


def number(given: Given, name: str, *, least: int, most: int, usual: int) -> int:
    """A whole number.

    Raises:
        Refused: it is none, or outside the range.
    """
    value = text(given, name, most=40)
    if not value:
        return usual
    if not (value.isascii() and value.isdigit()) or not least <= int(value) <= most:
        raise Refused(422, f"not a number from {least} to {most}", field=name)
    return int(value)


def page_of(given: Given) -> int:
    """Which page of a list."""
    return number(given, "page", least=1, most=FURTHEST_PAGE, usual=1)


def story_query(given: Given) -> StoryQuery:
    """Which stories, in which order."""
    order = text(given, "order") or "changed"
    if order not in dict(ORDERS):
        raise Refused(422, f"one of {', '.join(dict(ORDERS))}", field="order")
    return StoryQuery(
        words=text(given, "words") or None,
        outlet=text(given, "outlet") or None,
        since=day(given, "since"),
        until=day(given, "until"),
        disputed=bool(text(given, "disputed")),
        least_origins=number(given, "origins", least=0, most=999, usual=0),
        order=order,  # type: ignore[arg-type]
        limit=STORIES_A_PAGE,
        offset=(page_of(given) - 1) * STORIES_A_PAGE,
    )


def search_query(given: QueryParams) -> SearchQuery:
    """What to search for."""
    kinds: list[HitKind] = []
    for kind in given.getlist("kind"):
        if kind and kind not in HIT_KINDS:
            raise Refused(422, f"one of {', '.join(get_args(HitKind))}", field="kind")
        if kind and kind not in kinds:
            kinds.append(kind)
    return SearchQuery(
        words=text(given, "q"),
        kinds=tuple(kinds),
        speaker=text(given, "speaker") or None,
        outlet=text(given, "outlet") or None,
        story=text(given, "story") or None,
        since=day(given, "since"),
        until=day(given, "until"),
        limit=HITS_A_PAGE,
        offset=(page_of(given) - 1) * HITS_A_PAGE,
    )


def pairs(given: QueryParams) -> list[tuple[str, str]]:
    """The fields that were filled in, but for the page."""
    return [(name, value) for name, value in given.multi_items() if value and name != "page"]


def texts(form: FormData, name: str, *, most: int = 1000) -> list[str]:
    """All values of a field that may be given several times, each once."""
    values = [value.strip() for value in form.getlist(name) if isinstance(value, str) and value.strip()]
    if len(values) > most:
        raise Refused(422, f"more than {most:,}", field=name)
    return list(dict.fromkeys(encodable(value).replace("\x00", "") for value in values))


def files(form: FormData, name: str) -> list[UploadFile]:
    """The files of a field, but for the empty one that a browser sends where none was chosen."""
    return [value for value in form.getlist(name) if isinstance(value, UploadFile) and (value.filename or value.size)]


def who_and_why(form: FormData, name: str) -> tuple[str, str]:
    """Who rules and why.

    Args:
        form: what was sent.
        name: of whoever is signed in; empty where the form has to say it.

    Raises:
        BadRuling: nobody is named.
    """
    who = name or text(form, "who", most=80)
    if not who:
        raise BadRuling("who", "a ruling needs the name of whoever makes it")
    return who, text(form, "why", most=LONGEST_WHY)


def local_path(given: str | None, otherwise: str) -> str:
    """Where to go back to: a path of this server, else another."""
    from variorum.rest.security import safe_next

    return otherwise if not given else safe_next(given) if safe_next(given) != "/" else otherwise
