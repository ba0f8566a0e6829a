"""Searching: which entries are found, how many of each sort, in which order, and each one in its context.

What stands in the index is the same in every store, and so is what is found and its order: the store says which entries
match, newest put first, and everything after that happens here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Text,
    column,
    func,
    literal,
    select,
    table,
    text,
    type_coerce,
    union_all,
)

from variorum.model.shelf import HIT_KINDS, Facet, Hit, SearchPage, SearchQuery
from variorum.store import asking, packing, schema
from variorum.store.asking import Marks, Phrase, Sought
from variorum.store.columns import kept
from variorum.store.index import kind_tag, newest
from variorum.store.lists import AFTER_ANY_TIME
from variorum.store.words import folded, placed, words

COUNTED = 2_000
"""Hits that are counted, faceted and put in order; of more, those put last."""
RANKED = 250
"""Up to so many hits are ranked by how well they match; more come newest first."""
STRETCH = 8_000
"""Newest entries that PostgreSQL is asked for first."""
FACETS = 20
CONTEXT = 120
PASSAGE = 240
_REPORT = HIT_KINDS.index("report")

_K1, _B, _HEAD = 1.2, 0.5, 3.0
"""BM25's constants (Robertson & Zaragoza 2009), and what a word of the headline counts beside one of the text."""
_USUAL = {"report": 500, "statement": 30, "figure": 8, "position": 30, "event": 30}
"""Words that an entry of a kind has: a short one is not better than a long one of another kind."""


class _Found(NamedTuple):
    """A hit before it is dressed."""

    n: int
    kind: int
    report: int
    date: str
    start: int


@dataclass(slots=True)
class _Counted:
    """What a search found: how many of each value, and as many of the hits as may be shown, newest first."""

    hits: list[_Found] = field(default_factory=list)
    kinds: dict[int, int] = field(default_factory=dict)
    speakers: dict[int, int] = field(default_factory=dict)
    outlets: dict[int, int] = field(default_factory=dict)
    months: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Hits, up to ``COUNTED``."""
        return sum(self.kinds.values())


def search(connection: Connection, query: SearchQuery) -> SearchPage:
    """One page of what a search finds, best first, with facets over all of it."""
    sought = asking.parse(query.words)
    marks = _marks(connection, query)
    groups = asking.tag_groups(query, marks) if marks else []
    if marks is None or not all(groups) or not (sought.all or sought.none or sought.blank):
        return SearchPage(hits=(), total=0)
    counted = _newest(connection, sought, query, marks.speaker, groups)
    page = _best(connection, counted, sought)[query.offset : query.offset + query.limit]
    total = counted.total
    hits = _hits(connection, page, sought)
    return SearchPage(hits=hits, total=total, capped=total >= COUNTED, **_facets(connection, counted))


def _marks(connection: Connection, query: SearchQuery) -> Marks | None:
    """The search's facets by the store's numbers; null where one of them is of nothing that the library has."""
    s, label = schema.stories.c, schema.labels.c
    story = outlet = None
    if query.story is not None:
        story = connection.execute(select(s.n).where(s.id == query.story)).scalar()
        if story is None:
            return None
    if query.outlet is not None:
        outlet = connection.execute(select(label.n).where(label.text == query.outlet)).scalar()
        if outlet is None:
            return None
    speaker = tuple(words(query.speaker or ""))
    if query.speaker and not speaker:
        return None
    years = connection.execute(select(schema.years.c.year).order_by(schema.years.c.year)).scalars()
    return Marks(query.kinds, speaker, story, outlet, query.language, query.since, query.until, tuple(years))


def _newest(
    connection: Connection, sought: Sought, query: SearchQuery, speaker: Sequence[str], groups: list[list[str]]
) -> _Counted:
    """What is found among the newest entries, among so many that it is enough.

    SQLite's index is walked back from the newest entry. That of PostgreSQL gives all that matches, in no order, so it is asked
    for a stretch of new entries at a time, and how many were found in one says how long the next one has to be.
    """
    shown = query.offset + query.limit
    if connection.dialect.name == "sqlite" or asking.tsquery(sought, speaker, groups) is None:
        return _counted(connection, _candidates(connection, sought, query, speaker, groups), shown)
    last = connection.execute(select(func.max(schema.entries.c.n))).scalar() or 0
    width = STRETCH
    while True:
        stretch = newest(last, width)
        within = groups if stretch is None else [*groups, stretch]
        counted = _counted(connection, _candidates(connection, sought, query, speaker, within), shown)
        if stretch is None or counted.total >= COUNTED:
            return counted
        width = max(2 * width, 3 * width * COUNTED // (2 * max(1, counted.total)))


def _candidates(
    connection: Connection, sought: Sought, query: SearchQuery, speaker: Sequence[str], groups: list[list[str]]
) -> Any:
    e = schema.entries.c
    index = table("entry_index", column("rowid"), column("entry"))
    conditions: list[ColumnElement[bool]] = []
    if query.since:
        conditions.append(e.date >= query.since)
    if query.until:
        conditions.append(e.date <= query.until + AFTER_ANY_TIME)
    made = select(e.n, e.kind, e.report, e.speaker, e.outlet, e.date, e.start).where(*conditions)
    if connection.dialect.name == "sqlite":
        if sought.none and not (sought.all or speaker or groups):
            groups = [[kind_tag(kind) for kind in HIT_KINDS]]  # FTS5 can only take away from something
        asked = asking.fts5(sought, speaker, groups)
        if asked is not None:
            fits = text("entry_index MATCH :asked").bindparams(asked=asked)
            made = made.select_from(index).join(schema.entries, e.n == index.c.rowid).where(fits)
            return made.order_by(index.c.rowid.desc()).limit(COUNTED)
    else:
        asked = asking.tsquery(sought, speaker, groups)
        if asked is not None:
            # The planner takes words for independent of each other and would walk back through all entries in the hope of
            # soon having found enough; where they seldom meet it walks for seconds. The index knows where they meet.
            fits = text("entry_index.words @@ CAST(:asked AS tsquery)").bindparams(asked=asked)
            met = select(index.c.entry).where(fits).cte("met").prefix_with("MATERIALIZED")
            if not conditions:  # only what is shown or counted is looked up
                met = (
                    select(met.c.entry)
                    .order_by(met.c.entry.desc())
                    .limit(COUNTED)
                    .cte("matched")
                    .prefix_with("MATERIALIZED")
                )
            made = made.join(met, met.c.entry == e.n)
    return made.order_by(e.n.desc()).limit(COUNTED)


def _counted(connection: Connection, candidates: Select[Any], shown: int) -> _Counted:
    """Count the candidates by each facet and pick the newest, all in one statement: ten thousand rows stay in the store."""
    found = candidates.cte("found").prefix_with("MATERIALIZED")
    f, many, nothing, no_word = found.c, func.count(), literal(0), literal("")
    month = func.substr(type_coerce(f.date, Text), 1, 7)

    def most(which: int, column: Any) -> Any:
        asked = select(literal(which), column, nothing, nothing, no_word, many).where(column.is_not(None))
        return select(asked.group_by(column).order_by(many.desc(), column).limit(FACETS).subquery())

    date = func.coalesce(type_coerce(f.date, Text), "")
    rows = select(literal(4), f.n, f.kind, f.report, date.label("date"), f.start)
    rows = rows.order_by(date.desc(), f.report, f.start, f.kind, f.n).limit(max(RANKED, shown))
    asked = union_all(
        select(literal(0), f.kind, nothing, nothing, no_word, many).group_by(f.kind),
        most(1, f.speaker),
        most(2, f.outlet),
        select(literal(3), nothing, nothing, nothing, month, many).where(f.date.is_not(None)).group_by(month),
        select(rows.subquery()),
    )
    made = _Counted()
    by = (made.kinds, made.speakers, made.outlets)
    for which, a, b, c, word, count in connection.execute(asked):
        if which == 4:
            made.hits.append(_Found(a, b, c, word, count))
        elif which == 3:
            made.months[kept(word)] = count
        else:
            by[which][a] = count
    made.hits.sort(key=attrgetter("report", "start", "kind", "n"))  # a union keeps no order
    made.hits.sort(key=attrgetter("date"), reverse=True)
    return made


# order


def _best(connection: Connection, counted: _Counted, sought: Sought) -> list[_Found]:
    """The best first; what is equally good, or too much to be ranked, newest first."""
    if not sought.all or counted.total > RANKED:
        return counted.hits
    scores = _scores(connection, counted.hits, sought.all)
    return sorted(counted.hits, key=lambda hit: -scores[hit.n])


def _scores(connection: Connection, found: Iterable[_Found], phrases: Sequence[Phrase]) -> dict[int, float]:
    e, t, r, x = schema.entries.c, schema.entry_texts.c, schema.reports.c, schema.texts.c
    scores: dict[int, float] = {}
    short = select(t.entry, t.text)
    kinds = {hit.n: HIT_KINDS[hit.kind] for hit in found}
    for row in _rows(connection, short, t.entry, [n for n, kind in kinds.items() if kind != "report"]):
        said = words(row.text)
        times = [float(sum(1 for _ in _places(phrase, said))) for phrase in phrases]
        scores[row.entry] = _score(phrases, times, len(said), kinds[row.entry])
    whole = select(e.n, e.start, e.end, r.headline, x.text).select_from(schema.entries)
    whole = whole.join(schema.reports, r.n == e.report).join(schema.texts, x.report == r.n)
    for row in _rows(connection, whole, e.n, [n for n, kind in kinds.items() if kind == "report"]):
        body = folded(packing.unpack_text(row.text)[row.start : row.end])
        head = folded(row.headline or "")
        times = [_times(phrase, body) + _HEAD * _times(phrase, head) for phrase in phrases]
        scores[row.n] = _score(phrases, times, body.count(" ") + 1, "report")
    return scores


def _score(phrases: Sequence[Phrase], times: Sequence[float], length: float, kind: str) -> float:
    """BM25 without the rarity of words, since every hit has all of them."""
    long = _K1 * (1 - _B + _B * length / _USUAL[kind])
    return sum(len(phrase) * n * (_K1 + 1) / (n + long) for phrase, n in zip(phrases, times, strict=True))


def _times(phrase: Phrase, text: str) -> int:
    """How often a phrase stands in a folded text that is not cut into words: cutting hundreds of reports would take long."""
    first, rest = phrase[0], r"[\W_]+".join(map(re.escape, phrase))
    whole = re.compile(rf"(?<!\w){rest}(?!\w)")
    count, at = 0, text.find(first)
    while at >= 0:
        count += whole.match(text, at) is not None
        at = text.find(first, at + len(first))
    return count


def _places(phrase: Phrase, body: Sequence[str]) -> Iterable[int]:
    """Where a phrase begins among words."""
    length = len(phrase)
    return (
        start for start, word in enumerate(body) if word == phrase[0] and tuple(body[start : start + length]) == phrase
    )


# facets


def _facets(connection: Connection, counted: _Counted) -> dict[str, tuple[Facet, ...]]:
    label = schema.labels.c
    shown = sorted({*counted.speakers, *counted.outlets})
    names = {row.n: row.text for row in _rows(connection, select(label.n, label.text), label.n, shown)}
    return {
        "kinds": tuple(Facet(value=HIT_KINDS[n], count=count) for n, count in sorted(counted.kinds.items())),
        "speakers": _named(counted.speakers, names),
        "outlets": _named(counted.outlets, names),
        "months": tuple(Facet(value=month, count=count) for month, count in sorted(counted.months.items())),
    }


def _named(counts: Mapping[int, int], names: Mapping[int, str]) -> tuple[Facet, ...]:
    made = [Facet(value=names[n], count=count) for n, count in counts.items()]
    return tuple(sorted(made, key=lambda facet: (-facet.count, facet.value)))


# hits in their context


def _hits(connection: Connection, page: Sequence[_Found], sought: Sought) -> tuple[Hit, ...]:
    e, r, s, x = schema.entries.c, schema.reports.c, schema.stories.c, schema.texts.c
    speaker = schema.labels.alias("speaker")
    asked = (
        select(
            e.n,
            e.kind,
            e.entry,
            e.start,
            e.end,
            e.value,
            e.date,
            r.id.label("report"),
            s.id.label("story"),
            r.outlet,
            r.headline,
            speaker.c.text.label("speaker"),
            r.n.label("number"),
        )
        .select_from(schema.entries)
        .join(schema.reports, r.n == e.report)
        .join(schema.stories, s.n == e.story)
        .outerjoin(speaker, speaker.c.n == e.speaker)
    )
    rows = {row.n: row for row in _rows(connection, asked, e.n, [hit.n for hit in page])}
    numbers = sorted({row.number for row in rows.values()})
    texts = {
        row.report: packing.unpack_text(row.text)
        for row in _rows(connection, select(x.report, x.text), x.report, numbers)
    }
    return tuple(_hit(rows[hit.n], texts[hit.report], sought.all) for hit in page)


def _hit(row: Any, text: str, phrases: Sequence[Phrase]) -> Hit:
    start, end = row.start, row.end
    if row.kind == _REPORT:
        start, end = _passage(text, start, end, phrases)
    return Hit(
        kind=HIT_KINDS[row.kind],
        report=row.report,
        story=row.story,
        entry=row.entry,
        start=start,
        end=end,
        before=text[max(0, start - CONTEXT) : start],
        text=text[start:end],
        after=text[end : end + CONTEXT],
        marks=_marked(text[start:end], phrases),
        speaker=row.speaker,
        outlet=row.outlet,
        date=row.date,
        title=row.headline,
        value=row.value,
    )


def _marked(text: str, phrases: Sequence[Phrase]) -> tuple[tuple[int, int], ...]:
    """Where the phrases stand, in order, overlapping ones joined."""
    body, at = placed(text)
    spans = sorted(
        (at[place][0], at[place + len(phrase) - 1][1]) for phrase in phrases for place in _places(phrase, body)
    )
    made: list[tuple[int, int]] = []
    for start, end in spans:
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return tuple(made)


def _passage(text: str, start: int, end: int, phrases: Sequence[Phrase]) -> tuple[int, int]:
    """The stretch of a report that shows most of what was searched: words begin and end it."""
    body, at = placed(text[start:end])
    if not body:
        return start, min(end, start + PASSAGE)
    places = sorted(
        (at[place][0], at[place + len(phrase) - 1][1], number)
        for number, phrase in enumerate(phrases)
        for place in _places(phrase, body)
    )
    first, last = at[0][0], 0
    best: tuple[int, int] | None = None
    for number, (found, _, _) in enumerate(places):
        inside = [place for place in places[number : number + 50] if place[1] <= found + PASSAGE]
        value = (len({place[2] for place in inside}), len(inside))
        if best is None or value > best:
            best, first, last = value, found, max((place[1] for place in inside), default=places[number][1])
    spare = max(0, PASSAGE - (last - first)) // 2 if best else 0
    begins = next((word[0] for word in at if word[0] >= first - spare), first)
    ends = max((word[1] for word in at if word[1] <= max(begins + PASSAGE, last)), default=last)
    return start + min(begins, first), start + max(ends, last)


def _rows(connection: Connection, asked: Any, column: Any, values: Sequence[int]) -> Iterable[Any]:
    """Rows whose column is one of some numbers, which were given in one statement or several."""
    for start in range(0, len(values), 500):
        yield from connection.execute(asked.where(column.in_(values[start : start + 500])))
