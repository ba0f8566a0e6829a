"""Searching: which entries are found, how many of each sort, in which order, and each one in its context.

What stands in the index is the same in every store, and so is what is found and its order: the store says which entries
match, newest put first, and everything after that happens here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from variorum.model.shelf import HIT_KINDS, Facet, Hit, SearchPage, SearchQuery
from variorum.store import asking, candidates, packing, schema
from variorum.store.asking import Marks, Sought
from variorum.store.columns import kept
from variorum.store.finding import Laid, Phrase, marked, passage
from variorum.store.words import words

COUNTED = 2_000
"""Hits that are counted, faceted and put in order; of more, those put last."""
RANKED = 250
"""Up to so many hits are ranked by how well they match; more come newest first."""
FACETS = 20
CONTEXT = 120
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
    shown = max(RANKED, query.offset + query.limit)
    counted = _counted(candidates.count(connection, sought, marks, groups, most=COUNTED, shown=shown, facets=FACETS))
    page = _best(connection, counted, sought)[query.offset : query.offset + query.limit]
    total = counted.total
    hits = _hits(connection, page, sought)
    return SearchPage(
        hits=hits, total=total, capped=total >= COUNTED, ranked=_ranked(counted, sought), **_facets(connection, counted)
    )


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
    years: tuple[str, ...] = ()
    if query.since or query.until:
        years = tuple(connection.execute(select(schema.years.c.year).order_by(schema.years.c.year)).scalars())
    return Marks(query.kinds, speaker, story, outlet, query.language, query.since, query.until, years)


def _counted(rows: Iterable[Any]) -> _Counted:
    """What ``candidates.count`` tells."""
    made = _Counted()
    by = {candidates.KIND: made.kinds, candidates.SPEAKER: made.speakers, candidates.OUTLET: made.outlets}
    for what, a, b, c, word, last in rows:
        if what == candidates.HIT:
            made.hits.append(_Found(a, b, c, word, last))
        elif what == candidates.MONTH:
            made.months[kept(word)] = last
        else:
            by[what][a] = last
    made.hits.sort(key=attrgetter("report", "start", "kind", "n"))  # a union keeps no order
    made.hits.sort(key=attrgetter("date"), reverse=True)
    return made


# order


def _best(connection: Connection, counted: _Counted, sought: Sought) -> list[_Found]:
    """The best first; what is equally good, or too much to be ranked, newest first."""
    if not _ranked(counted, sought):
        return counted.hits
    scores = _scores(connection, counted.hits, sought.all)
    return sorted(counted.hits, key=lambda hit: -scores[hit.n])


def _ranked(counted: _Counted, sought: Sought) -> bool:
    return bool(sought.all) and counted.total <= RANKED


def _scores(connection: Connection, found: Iterable[_Found], phrases: Sequence[Phrase]) -> dict[int, float]:
    e, t, r, x = schema.entries.c, schema.entry_texts.c, schema.reports.c, schema.texts.c
    scores: dict[int, float] = {}
    short = select(t.entry, t.text)
    kinds = {hit.n: HIT_KINDS[hit.kind] for hit in found}
    for row in _rows(connection, short, t.entry, [n for n, kind in kinds.items() if kind != "report"]):
        said = Laid(row.text, phrases)
        scores[row.entry] = _score(phrases, [said.times(phrase) for phrase in phrases], said, kinds[row.entry])
    whole = select(e.n, e.start, e.end, r.headline, x.text).select_from(schema.entries)
    whole = whole.join(schema.reports, r.n == e.report).join(schema.texts, x.report == r.n)
    for row in _rows(connection, whole, e.n, [n for n, kind in kinds.items() if kind == "report"]):
        body = Laid(packing.unpack_text(row.text)[row.start : row.end], phrases)
        head = Laid(row.headline or "", phrases)
        times = [body.times(phrase) + _HEAD * head.times(phrase) for phrase in phrases]
        scores[row.n] = _score(phrases, times, body, "report")
    return scores


def _score(phrases: Sequence[Phrase], times: Sequence[float], laid: Laid, kind: str) -> float:
    """BM25 without the rarity of words, since every hit has all of them."""
    long = _K1 * (1 - _B + _B * (laid.plain.count(" ") + 1) / _USUAL[kind])
    return sum(len(phrase) * n * (_K1 + 1) / (n + long) for phrase, n in zip(phrases, times, strict=True))


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
        start, end = passage(text, start, end, phrases)
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
        marks=marked(text[start:end], phrases),
        speaker=row.speaker,
        outlet=row.outlet,
        date=row.date,
        title=row.headline,
        value=row.value,
    )


def _rows(connection: Connection, asked: Any, column: Any, values: Sequence[int]) -> Iterable[Any]:
    """Rows whose column is one of some numbers, which were given in one statement or several."""
    for start in range(0, len(values), 500):
        yield from connection.execute(asked.where(column.in_(values[start : start + 500])))
