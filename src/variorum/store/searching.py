"""Searching: which entries are found, how many of each sort, in which order, and each one in its context.

What stands in the index is the same in every store, and so is what is found and its order: the store says which entries
match, newest put first, and everything after that happens here.
"""

from __future__ import annotations

import heapq
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Text, column, select, table, text, type_coerce

from variorum.model.shelf import HIT_KINDS, Facet, Hit, SearchPage, SearchQuery
from variorum.store import asking, packing, schema
from variorum.store.asking import Marks, Phrase, Sought
from variorum.store.columns import kept
from variorum.store.index import kind_tag
from variorum.store.lists import AFTER_ANY_TIME
from variorum.store.words import Token, folded, tokens, words

COUNTED = 10_000
"""Hits that are counted, faceted and put in order; of more, those put last."""
RANKED = 250
"""Up to so many hits are ranked by how well they match; more come newest first."""
FACETS = 20
CONTEXT = 120
PASSAGE = 240
_REPORT = HIT_KINDS.index("report")

_K1, _B, _HEAD = 1.2, 0.5, 3.0
"""BM25's constants (Robertson & Zaragoza 2009), and what a word of the headline counts beside one of the text."""
_LETTERS = 6
"""Characters that a word takes in a text, the space after it included."""
_USUAL = {"report": 500, "statement": 30, "figure": 8, "position": 30, "event": 30}
"""Words that an entry of a kind has: a short one is not better than a long one of another kind."""


class _Found(NamedTuple):
    """A hit as it is counted; in this order its columns are asked for."""

    n: int
    kind: int
    report: int
    speaker: int | None
    outlet: int | None
    date: str | None
    start: int


def search(connection: Connection, query: SearchQuery) -> SearchPage:
    """One page of what a search finds, best first, with facets over all of it."""
    sought = asking.parse(query.words)
    marks = _marks(connection, query)
    groups = asking.tag_groups(query, marks) if marks else []
    if marks is None or not all(groups) or not (sought.all or sought.none or sought.blank):
        return SearchPage(hits=(), total=0)
    found = list(map(_Found._make, connection.execute(_candidates(connection, sought, query, marks.speaker, groups))))
    capped = len(found) > COUNTED
    del found[COUNTED:]
    page = _best(connection, found, sought, query.offset + query.limit)[query.offset :]
    hits = _hits(connection, page, sought)
    return SearchPage(hits=hits, total=len(found), capped=capped, **_facets(connection, found))


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


def _candidates(
    connection: Connection, sought: Sought, query: SearchQuery, speaker: Sequence[str], groups: list[list[str]]
) -> Any:
    e = schema.entries.c
    index = table("entry_index", column("rowid"), column("entry"))
    conditions: list[ColumnElement[bool]] = []
    if connection.dialect.name == "sqlite":
        if sought.none and not (sought.all or speaker or groups):
            groups = [[kind_tag(kind) for kind in HIT_KINDS]]  # FTS5 can only take away from something
        asked = asking.fts5(sought, speaker, groups)
        number, match = index.c.rowid, "entry_index MATCH :asked"
    else:
        asked = asking.tsquery(sought, speaker, groups)
        number, match = index.c.entry, "entry_index.words @@ CAST(:asked AS tsquery)"
    if query.since:
        conditions.append(e.date >= query.since)
    if query.until:
        conditions.append(e.date <= query.until + AFTER_ANY_TIME)
    date = type_coerce(e.date, Text)  # ten thousand times as it is kept, so that the few shown are changed back
    made = select(e.n, e.kind, e.report, e.speaker, e.outlet, date, e.start).where(*conditions)
    if asked is None:
        return made.order_by(e.n.desc()).limit(COUNTED + 1)
    joined = made.select_from(index).join(schema.entries, e.n == number).where(text(match).bindparams(asked=asked))
    return joined.order_by(number.desc()).limit(COUNTED + 1)


# order


def _best(connection: Connection, found: Sequence[_Found], sought: Sought, count: int) -> list[_Found]:
    """So many of the hits, the best first; what is equally good, or too much to be ranked, newest first."""
    if sought.all and len(found) <= RANKED:
        scores = _scores(connection, found, sought.all)
        return heapq.nlargest(count, found, key=lambda hit: (scores[hit.n], *_newest(hit)))
    return heapq.nlargest(count, found, key=_newest)


def _newest(hit: _Found) -> tuple[str, int, int, int, int]:
    return hit.date or "", -hit.report, -hit.start, -hit.kind, -hit.n


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
        scores[row.n] = _score(phrases, times, len(body) / _LETTERS, "report")
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


def _facets(connection: Connection, found: Sequence[_Found]) -> dict[str, tuple[Facet, ...]]:
    columns = (
        dict(zip(_Found._fields, zip(*found, strict=True), strict=True)) if found else dict.fromkeys(_Found._fields, ())
    )
    kinds, speakers, outlets, dates = (Counter(columns[name]) for name in ("kind", "speaker", "outlet", "date"))
    months: Counter[str] = Counter()
    for date, count in dates.items():
        if date:
            months[kept(date)[:7]] += count
    del speakers[None], outlets[None]
    label = schema.labels.c
    shown = [n for n, _ in (*_most(speakers), *_most(outlets))]
    names = {row.n: row.text for row in _rows(connection, select(label.n, label.text), label.n, sorted(set(shown)))}
    return {
        "kinds": tuple(Facet(value=kind, count=kinds[n]) for n, kind in enumerate(HIT_KINDS) if kinds[n]),
        "speakers": _named(speakers, names),
        "outlets": _named(outlets, names),
        "months": tuple(Facet(value=month, count=count) for month, count in sorted(months.items())),
    }


def _most(counts: Counter[int]) -> list[tuple[int, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:FACETS]


def _named(counts: Counter[int], names: Mapping[int, str]) -> tuple[Facet, ...]:
    made = [Facet(value=names[n], count=count) for n, count in _most(counts)]
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
        marks=_marked(list(tokens(text[start:end])), phrases),
        speaker=row.speaker,
        outlet=row.outlet,
        date=row.date,
        title=row.headline,
        value=row.value,
    )


def _marked(found: Sequence[Token], phrases: Sequence[Phrase]) -> tuple[tuple[int, int], ...]:
    """Where the phrases stand, in order, overlapping ones joined."""
    body = [token.word for token in found]
    spans = sorted(
        (found[place].start, found[place + len(phrase) - 1].end)
        for phrase in phrases
        for place in _places(phrase, body)
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
    found = list(tokens(text[start:end]))
    if not found:
        return start, min(end, start + PASSAGE)
    body = [token.word for token in found]
    places = sorted(
        (found[place].start, found[place + len(phrase) - 1].end, number)
        for number, phrase in enumerate(phrases)
        for place in _places(phrase, body)
    )
    first, last = found[0].start, 0
    best: tuple[int, int] | None = None
    for number, (at, _, _) in enumerate(places):
        inside = [place for place in places[number : number + 50] if place[1] <= at + PASSAGE]
        value = (len({place[2] for place in inside}), len(inside))
        if best is None or value > best:
            best, first, last = value, at, max((place[1] for place in inside), default=places[number][1])
    spare = max(0, PASSAGE - (last - first)) // 2 if best else 0
    begins = next((t.start for t in found if t.start >= first - spare), first)
    ends = max((t.end for t in found if t.end <= max(begins + PASSAGE, last)), default=last)
    return start + min(begins, first), start + max(ends, last)


def _rows(connection: Connection, asked: Any, column: Any, values: Sequence[int]) -> Iterable[Any]:
    """Rows whose column is one of some numbers, which were given in one statement or several."""
    for start in range(0, len(values), 500):
        yield from connection.execute(asked.where(column.in_(values[start : start + 500])))
