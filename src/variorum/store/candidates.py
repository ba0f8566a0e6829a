"""The statement that finds entries and counts them: the newest that match, each facet of them, and the hits to be shown.

It is written out, and kept once it was worded: built out of expressions it takes longer than being answered. What is asked of
the index comes in as values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, TextClause, func, select, text

from variorum.model.shelf import HIT_KINDS
from variorum.store import asking, schema
from variorum.store.asking import Marks, Sought
from variorum.store.columns import keepable
from variorum.store.index import kind_tag, stretch
from variorum.store.lists import AFTER_ANY_TIME

STRETCH, GROWTH = 8_000, 8
"""Newest entries that PostgreSQL is asked for first, and how many times as many it is asked for next at the most."""
KIND, SPEAKER, OUTLET, MONTH, HIT = range(5)
"""What a row of the answer tells."""

_COUNT = f"""
WITH {{found}}
SELECT {KIND}, kind, 0, 0, '', count(*) FROM found GROUP BY kind
UNION ALL SELECT {SPEAKER}, value, 0, 0, '', many FROM (
    SELECT speaker AS value, count(*) AS many FROM found WHERE speaker IS NOT NULL
    GROUP BY speaker ORDER BY many DESC, value LIMIT :facets) AS speakers
UNION ALL SELECT {OUTLET}, value, 0, 0, '', many FROM (
    SELECT outlet AS value, count(*) AS many FROM found WHERE outlet IS NOT NULL
    GROUP BY outlet ORDER BY many DESC, value LIMIT :facets) AS outlets
UNION ALL SELECT {MONTH}, 0, 0, 0, substr(date, 1, 7), count(*) FROM found WHERE date IS NOT NULL GROUP BY substr(date, 1, 7)
UNION ALL SELECT {HIT}, n, kind, report, date, start FROM (
    SELECT n, kind, report, coalesce(date, '') AS date, start FROM found
    ORDER BY coalesce(date, '') DESC, report, start, kind, n LIMIT :shown) AS hits
"""
_ROW = "e.n, e.kind, e.report, e.speaker, e.outlet, e.date, e.start"


def count(
    connection: Connection,
    sought: Sought,
    marks: Marks,
    groups: Sequence[Sequence[str]],
    *,
    most: int,
    shown: int,
    facets: int,
) -> Sequence[Any]:
    """What a search finds among the newest entries that match.

    Args:
        groups: of tags; what is found has one of each (``asking.tag_groups``).
        most: so many entries are counted.
        shown: so many hits are given, by date.
        facets: so many speakers and outlets are given, those of the most hits.

    Returns:
        Rows of six. Of a kind, speaker or outlet: its number, 0, 0, "", how many. Of a month: 0, 0, 0, the month, how many. Of a
        hit: its number, kind, report, date and start.
    """
    given: dict[str, Any] = {"most": most, "shown": shown, "facets": facets}
    dated = ""
    if marks.since:
        dated, given["since"] = " AND e.date >= :since", keepable(marks.since)
    if marks.until:
        dated, given["until"] = f"{dated} AND e.date <= :until", keepable(marks.until) + AFTER_ANY_TIME
    if connection.dialect.name == "sqlite":
        if sought.none and not (sought.all or marks.speaker or groups):
            groups = [[kind_tag(kind) for kind in HIT_KINDS]]  # FTS5 can only take away from something
        asked = asking.fts5(sought, marks.speaker, groups)
        if asked is not None:
            given["asked"] = asked
            return connection.execute(_sqlite(dated), given).all()
    elif parts := asking.tsqueries(sought, marks.speaker, groups):
        given["numbers"] = _newest(connection, parts, dated, given)
        return connection.execute(_POSTGRES, given).all()
    return connection.execute(_all(dated), given).all()


@lru_cache(maxsize=16)
def _all(dated: str) -> TextClause:
    """Of whatever is there."""
    where = f"WHERE true{dated}" if dated else ""
    return text(
        _COUNT.format(
            found=f"found AS MATERIALIZED (SELECT {_ROW} FROM entries AS e {where} ORDER BY e.n DESC LIMIT :most)"
        )
    )


@lru_cache(maxsize=16)
def _sqlite(dated: str) -> TextClause:
    """The index is walked back from the newest entry."""
    found = f"""found AS MATERIALIZED (
        SELECT {_ROW} FROM entry_index JOIN entries AS e ON e.n = entry_index.rowid
        WHERE entry_index MATCH :asked{dated} ORDER BY entry_index.rowid DESC LIMIT :most)"""
    return text(_COUNT.format(found=found))


_POSTGRES = text(
    _COUNT.format(
        found=f"found AS MATERIALIZED (SELECT {_ROW} FROM unnest(CAST(:numbers AS bigint[])) AS m JOIN entries AS e ON e.n = m)"
    )
)


def _newest(connection: Connection, parts: Sequence[str], dated: str, given: Mapping[str, Any]) -> list[int]:
    """Numbers of the newest entries that match, on PostgreSQL.

    Its index gives all that matches, in no order. So it is asked for one stretch of entries after the other until there are
    enough, and how many were found in one says how long the next one has to be.
    """
    below = (connection.execute(select(func.max(schema.entries.c.n))).scalar() or 0) + 1
    width, found, asked = STRETCH, list[int](), {**given, **{f"part{n}": part for n, part in enumerate(parts)}}
    while below > 0 and len(found) < given["most"]:
        first, blocks = stretch(below, width)
        asked |= {"blocks": blocks and asking.any_of(blocks), "below": below, "left": given["most"] - len(found)}
        some = connection.execute(_stretch(dated, len(parts), blocks is None), asked).scalar_one()
        found += some
        likely = 5 * (below - first) * asked["left"] // (4 * len(some) + 1)
        width, below = max(STRETCH, min(likely, GROWTH * width)), first
    return found


@lru_cache(maxsize=256)
def _stretch(dated: str, parts: int, last: bool) -> TextClause:
    """Numbers of the entries of a stretch that match.

    The planner takes words for independent of each other and would walk back through all entries in the hope of soon having
    found enough; where they seldom meet it walks for seconds. So it is made to ask the index, which knows where they meet.

    Args:
        dated: what else an entry has to fit.
        parts: how many conditions there are on its words and tags.
        last: whether nothing comes before the stretch.
    """
    asked = [f"words @@ CAST(:part{n} AS tsquery)" for n in range(parts)]
    asked.append("entry < :below" if last else "words @@ CAST(:blocks AS tsquery)")
    met = f"WITH met AS MATERIALIZED (SELECT entry FROM entry_index WHERE {' AND '.join(asked)})"
    fits = f"JOIN entries AS e ON e.n = met.entry WHERE true{dated}" if dated else ""
    return text(f"{met} SELECT ARRAY(SELECT met.entry FROM met {fits} ORDER BY met.entry DESC LIMIT :left)")
