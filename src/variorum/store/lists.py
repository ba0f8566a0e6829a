"""Lines of lists out of rows, and the list of stories."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, exists, func, select

from variorum.model import codec
from variorum.model.ruling import Ruling
from variorum.model.shelf import Feed, LibraryChange, StoryLine, StoryPage, StoryQuery
from variorum.store import schema
from variorum.store.words import words

AFTER_ANY_TIME = "~"
"""Sorts after whatever can follow a date: so "2031-02" as an end covers the whole of that month, and a day all its hours."""

_ORDERS = {
    "changed": schema.stories.c.changed,
    "newest": schema.stories.c.last,
    "reports": schema.stories.c.reports,
    "differences": schema.stories.c.differences,
}


def line(row: Any) -> StoryLine:
    """A story's line out of its row."""
    return StoryLine(
        id=row.id,
        title=row.title,
        first=row.first,
        last=row.last,
        reports=row.reports,
        outlets=tuple(row.outlets),
        origins=row.origins,
        differences=row.differences,
        disputed=tuple(row.disputed),
        changed=row.changed,
        latest=row.latest,
        languages=tuple(row.languages),
    )


def ruling(data: dict[str, Any]) -> Ruling:
    """A ruling out of what was kept of it."""
    return codec.from_json(Ruling, json.dumps(data), where="ruling")


def change(row: Any) -> LibraryChange:
    """A change out of its row."""
    values: dict[str, Any] = dict(row._mapping)
    return LibraryChange(**values)


def feed(row: Any) -> Feed:
    """A feed out of its row."""
    values: dict[str, Any] = dict(row._mapping)
    return Feed(**values)


def stories(connection: Connection, query: StoryQuery) -> StoryPage:
    """One page of the list of stories; equal ones in the order of their ids."""
    s, r = schema.stories.c, schema.reports.c
    conditions: list[Any] = [s.changed != ""]
    conditions += [s.words.contains(f" {word}", autoescape=True) for word in words(query.words or "")]
    if query.outlet is not None:
        conditions.append(exists().where(r.story == s.n, r.outlet == query.outlet))
    if query.since:
        conditions.append(s.last >= query.since)
    if query.until:
        conditions.append(s.first <= query.until + AFTER_ANY_TIME)
    if query.disputed:
        conditions.append(s.differences > 0)
    if query.least_origins:
        conditions.append(s.origins >= query.least_origins)
    total = connection.execute(select(func.count()).select_from(schema.stories).where(*conditions)).scalar_one()
    by = _ORDERS[query.order]
    order = [by.desc(), s.id] if query.order != "newest" else [by.desc().nulls_last(), s.id]
    asked = select(schema.stories).where(*conditions).order_by(*order).limit(query.limit).offset(query.offset)
    return StoryPage(stories=tuple(map(line, connection.execute(asked))), total=total)
