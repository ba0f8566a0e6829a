"""What search finds, put down and taken away: rows of ``entries`` together with their words in the full-text index."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select

from variorum.errors import NotInLibrary
from variorum.model.shelf import HIT_KINDS
from variorum.store import dialects, index, packing, schema
from variorum.store.index import Indexed
from variorum.store.rows import EntryRow
from variorum.store.snapshot import MANY
from variorum.store.words import words

Progress = Callable[[int, int], None]
"""Told how many are done, and of how many."""
REPORT = HIT_KINDS.index("report")
_ANEW = 2000
"""Entries that are read at a time when the index is made anew."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of ``entries`` with its texts, comparable: what changes nothing is not written again."""

    report: int
    kind: int
    entry: str | None
    start: int
    end: int
    text: str
    also: str
    speaker: str | None
    value: str | None
    date: str | None
    outlet: str | None
    language: str | None


def _numbered(n: int, *values: Any) -> tuple[int, _Row]:
    return n, _Row(*values)


def _tags(row: Any) -> list[str]:
    return index.tags(HIT_KINDS[row.kind], row.story, row.outlet, row.language, row.date)


class Entries:
    """The entries of one transaction.

    Args:
        connection: of the transaction.
        numbers: gives the next number of an entry.
        label: gives the number of a name.
    """

    def __init__(
        self, connection: Connection, numbers: Callable[[], int], label: Callable[[str | None], int | None]
    ) -> None:
        self.connection = connection
        self._number = numbers
        self._label = label
        self._years: set[str] = set()

    def enter_report(self, n: int, text: str, row: Mapping[str, Any]) -> None:
        """Have a report found by its words.

        Args:
            n: the report's number.
            row: its row of ``reports``.
        """
        outlet = self._label(row["outlet"])
        head = words(row["headline"] or "")
        rows, indexed = [], []
        for start, end, body in index.parts(text):
            number = self._number()
            rows.append(
                {
                    "n": number,
                    "story": row["story"],
                    "report": n,
                    "kind": REPORT,
                    "entry": None,
                    "start": start,
                    "end": end,
                    "speaker": None,
                    "outlet": outlet,
                    "date": row["date"],
                    "language": row["language"],
                    "value": None,
                }
            )
            marks = index.tags("report", row["story"], outlet, row["language"], row["date"])
            indexed.append(Indexed(number, body, head, (), marks))
        self._insert_entries(rows)
        index.enter(self.connection, indexed)

    def put(self, story: int, given: Sequence[EntryRow]) -> None:
        """Have a story's record found by these words and no others. What is there already is not written again.

        Raises:
            NotInLibrary: a row names a report that is not there.
        """
        reports = self._reports(sorted({row.report for row in given}))
        wanted: dict[_Row, None] = {}
        for row in given:
            n, text, outlet, date, language = reports[row.report]
            wanted[
                _Row(
                    n,
                    HIT_KINDS.index(row.kind),
                    row.entry,
                    row.start,
                    row.end,
                    text[row.start : row.end],
                    row.also,
                    row.speaker,
                    row.value,
                    row.date or date,
                    outlet,
                    language,
                )
            ] = None
        e = schema.entries.c
        there = dict(self._entry_rows(e.story == story, e.kind != REPORT))
        kept = set(there.values()) & wanted.keys()
        gone = {n: row for n, row in there.items() if row not in kept}
        index.remove(self.connection, [self._indexed(n, story, row) for n, row in gone.items()])
        self._delete(list(gone))
        self._enter(story, [row for row in wanted if row not in kept])

    def _reports(self, ids: Sequence[str]) -> dict[str, tuple[int, str, str | None, str | None, str]]:
        """Number, text, outlet, date and language of reports."""
        r = schema.reports.c
        asked = select(r.id, r.n, r.outlet, r.date, r.language, schema.texts.c.text).join(schema.texts)
        found = {
            row.id: (row.n, packing.unpack_text(row.text), row.outlet, row.date, row.language)
            for start in range(0, len(ids), MANY)
            for row in self.connection.execute(asked.where(r.id.in_(ids[start : start + MANY])))
        }
        for id in ids:
            if id not in found:
                raise NotInLibrary(f"no report {id!r} in the library")
        return found

    def _entry_rows(self, *conditions: Any) -> list[tuple[int, _Row]]:
        e, t = schema.entries.c, schema.entry_texts.c
        speaker, outlet = schema.labels.alias("speaker"), schema.labels.alias("outlet")
        asked = (
            select(
                e.n,
                e.report,
                e.kind,
                e.entry,
                e.start,
                e.end,
                t.text,
                t.also,
                speaker.c.text,
                e.value,
                e.date,
                outlet.c.text,
                e.language,
            )
            .select_from(schema.entries)
            .join(schema.entry_texts)
            .outerjoin(speaker, speaker.c.n == e.speaker)
            .outerjoin(outlet, outlet.c.n == e.outlet)
            .where(*conditions)
        )
        return [_numbered(*row) for row in self.connection.execute(asked)]

    def _enter(self, story: int, rows: Sequence[_Row]) -> None:
        narrow, texts, indexed = [], [], []
        for row in rows:
            n = self._number()
            narrow.append(
                {
                    "n": n,
                    "story": story,
                    "report": row.report,
                    "kind": row.kind,
                    "entry": row.entry,
                    "start": row.start,
                    "end": row.end,
                    "speaker": self._label(row.speaker),
                    "outlet": self._label(row.outlet),
                    "date": row.date,
                    "language": row.language,
                    "value": row.value,
                }
            )
            texts.append({"entry": n, "text": row.text, "also": row.also})
            indexed.append(self._indexed(n, story, row))
        self._insert_entries(narrow)
        self._insert(schema.entry_texts, texts)
        index.enter(self.connection, indexed)

    def _indexed(self, n: int, story: int, row: _Row) -> Indexed:
        marks = index.tags(HIT_KINDS[row.kind], story, self._label(row.outlet), row.language, row.date)
        return Indexed(n, words(row.text), words(row.also), words(row.speaker or ""), marks)

    def _delete(self, numbers: Sequence[int]) -> None:
        for start in range(0, len(numbers), MANY):
            some = numbers[start : start + MANY]
            self.connection.execute(delete(schema.entry_texts).where(schema.entry_texts.c.entry.in_(some)))
            self.connection.execute(delete(schema.entries).where(schema.entries.c.n.in_(some)))

    def remove(self, *conditions: Any) -> None:
        """Take rows out of search, whatever their kind.

        Args:
            conditions: on ``schema.entries``.
        """
        gone = self.found(*conditions)
        index.remove(self.connection, gone)
        self._delete([row.n for row in gone])

    def found(self, *conditions: Any) -> list[Indexed]:
        """What the index was given of some rows."""
        e, r, t, x = schema.entries.c, schema.reports.c, schema.entry_texts.c, schema.texts.c
        short = (
            select(
                e.n,
                e.kind,
                e.story,
                e.outlet,
                e.language,
                e.date,
                t.text,
                t.also,
                schema.labels.c.text.label("speaker"),
            )
            .select_from(schema.entries)
            .join(schema.entry_texts)
            .outerjoin(schema.labels, schema.labels.c.n == e.speaker)
            .where(*conditions, e.kind != REPORT)
        )
        made = [
            Indexed(row.n, words(row.text), words(row.also), words(row.speaker or ""), _tags(row))
            for row in self.connection.execute(short)
        ]
        whole = (
            select(e.n, e.kind, e.story, e.outlet, e.language, e.date, e.start, e.end, e.report, r.headline)
            .select_from(schema.entries)
            .join(schema.reports, r.n == e.report)
            .where(*conditions, e.kind == REPORT)
            .order_by(e.report, e.n)
        )
        # A report has a row for every few sentences: its text, which may be of megabytes, is unpacked once.
        report, text = None, ""
        for part in self.connection.execute(whole).all():
            if part.report != report:
                packed = self.connection.execute(select(x.text).where(x.report == part.report)).scalar_one()
                report, text = part.report, packing.unpack_text(packed)
            body = words(text[part.start : part.end])
            made.append(Indexed(part.n, body, words(part.headline or ""), (), _tags(part)))
        return made

    def index_anew(self, on_progress: Progress | None = None) -> None:
        """Make the full-text index again out of the entries.

        Args:
            on_progress: told how many are done, and of how many.
        """
        e, last, done = schema.entries.c, 0, 0
        every = self.connection.execute(select(func.count()).select_from(schema.entries)).scalar_one()
        numbers = select(e.n).order_by(e.n).limit(_ANEW)
        with dialects.index_anew(self.connection):
            while some := self.connection.execute(numbers.where(e.n > last)).scalars().all():
                rows = self.found(e.n > last, e.n <= some[-1])
                index.enter(self.connection, sorted(rows, key=attrgetter("n")))
                last, done = some[-1], done + len(some)
                if on_progress is not None:
                    on_progress(done, every)

    def _insert_entries(self, rows: Sequence[Mapping[str, Any]]) -> None:
        self._insert(schema.entries, rows)
        years = {row["date"][:4] for row in rows if row["date"]} - self._years
        if years:
            self._years |= set(self.connection.execute(select(schema.years.c.year)).scalars())
            self._insert(schema.years, [{"year": year} for year in sorted(years - self._years)])
            self._years |= years

    def _insert(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        if rows:
            self.connection.execute(insert(table), list(rows))
