"""Writing a library: all that one ``Transaction`` does is there afterwards, or nothing of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select, update

from variorum.errors import NotInLibrary
from variorum.model import Reading, codec
from variorum.model.ruling import Ruling
from variorum.model.shelf import HIT_KINDS, Feed, LibraryChange, StoryLine
from variorum.store import dialects, index, packing, schema
from variorum.store.index import Indexed
from variorum.store.rows import EntryRow
from variorum.store.snapshot import MANY, Snapshot
from variorum.store.words import tokens, words

_REPORT = HIT_KINDS.index("report")


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


class Transaction(Snapshot):
    """Made by ``Store.write``; nobody else writes meanwhile. It also reads, and sees what it has written."""

    def __init__(self, connection: Connection, labels: dict[str, int]) -> None:
        super().__init__(connection)
        self._labels = labels
        self.new_labels: dict[str, int] = {}
        self._next: dict[str, int] = {}

    # reports

    def put_report(
        self,
        reading: Reading,
        *,
        key: bytes,
        day: int | None,
        bands: Sequence[int],
        story: str,
        address: str | None,
        digest: str,
    ) -> None:
        """Put down a report, or a new reading of one that is there.

        Args:
            reading: its id must be its own: a later version of a report comes under another id and the same address.
            key: what gathering keeps of it.
            day: of publication, as a proleptic ordinal.
            bands: keys that near-copies share, each from 0 to 2**63 - 1.
            story: the story that it is in; opened if there is none of that id (it is listed once ``put_story`` tells it).
            address: where it came from; reports of one address are versions of each other.
            digest: by which the same report is known when it comes again.

        Raises:
            ValueError: the id is that of a report with another text; a report's text is never rewritten.
        """
        r = schema.reports.c
        mark = packing.fingerprint(reading.text)
        known = self.connection.execute(select(r.n, r.fingerprint).where(r.id == reading.id)).first()
        if known is not None and bytes(known.fingerprint) != mark:
            raise ValueError(f"report {reading.id!r} is in the library with another text")
        n = self._number(schema.reports) if known is None else known.n
        date = reading.published.date if reading.published else reading.dateline.date if reading.dateline else None
        headline = reading.title or (reading.headline.of(reading.text) if reading.headline else None)
        row = {
            "story": self._story(story),
            "address": address,
            "digest": digest,
            "day": day,
            "outlet": reading.outlet,
            "language": reading.language,
            "date": date,
            "headline": headline,
            "fingerprint": mark,
        }
        text, rest = packing.pack(reading)
        if known is None:
            self._insert(schema.reports, [{"n": n, "id": reading.id, **row}])
            self._insert(schema.texts, [{"report": n, "text": text}])
            self._insert(schema.readings, [{"report": n, "json": rest}])
            self._insert(schema.keys, [{"report": n, "key": key}])
        else:
            self._remove_entries(schema.entries.c.report == n, schema.entries.c.kind == _REPORT)
            self.connection.execute(update(schema.reports).where(r.n == n).values(row))
            for table, values in ((schema.readings, {"json": rest}), (schema.keys, {"key": key})):
                self.connection.execute(update(table).where(table.c.report == n).values(values))
            self.connection.execute(delete(schema.bands).where(schema.bands.c.report == n))
        self._insert(schema.bands, [{"band": band, "report": n} for band in sorted(set(map(int, bands)))])
        self._enter_report(n, reading.text, row)

    def move_report(self, report: str, story: str) -> None:
        """Put a report into another story, opened if there is none of that id.

        The entries that the record of its old story has of it go; put both stories anew.

        Raises:
            NotInLibrary: there is no such report.
        """
        r, e = schema.reports.c, schema.entries.c
        row = self.connection.execute(select(schema.reports).where(r.id == report)).first()
        if row is None:
            raise NotInLibrary(f"no report {report!r} in the library")
        target = self._story(story)
        if row.story == target:
            return
        self._remove_entries(e.report == row.n)
        self.connection.execute(update(schema.reports).where(r.n == row.n).values(story=target))
        packed = self.connection.execute(select(schema.texts.c.text).where(schema.texts.c.report == row.n)).scalar_one()
        self._enter_report(row.n, packing.unpack_text(packed), {**row._mapping, "story": target})

    def _enter_report(self, n: int, text: str, row: Mapping[str, Any]) -> None:
        found = list(tokens(text))
        outlet = self._label(row["outlet"])
        head = words(row["headline"] or "")
        rows, indexed = [], []
        for part in index.parts(found):
            number = self._number(schema.entries)
            start, end = (part[0].start, part[-1].end) if part else (0, len(text))
            rows.append(
                {
                    "n": number,
                    "story": row["story"],
                    "report": n,
                    "kind": _REPORT,
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
            indexed.append(Indexed(number, [t.word for t in part], head, (), marks))
        self._insert(schema.entries, rows)
        index.enter(self.connection, indexed)

    # stories

    def put_story(self, line: StoryLine, record_json: bytes, entries: Iterable[EntryRow]) -> None:
        """Put down a story's line, its record and what search finds of it, in place of what was there.

        Args:
            record_json: the record as JSON, uncompressed, without rulings applied.
            entries: every report's words for every entry. Rows that are there already cost nothing.

        Raises:
            NotInLibrary: an entry names a report that is not there.
        """
        n = self._story(line.id)
        rows = list(entries)
        s, r = schema.stories.c, schema.reports.c
        titles = self.connection.execute(select(r.headline).where(r.story == n).order_by(r.n)).scalars()
        found = dict.fromkeys(word for title in (line.title, *titles) for word in words(title or ""))
        said = {row.entry for row in rows if row.kind == "statement"}
        values = {name: getattr(line, name) for name in StoryLine.__dataclass_fields__ if name != "id"}
        values |= {"statements": len(said), "words": "".join(f" {word}" for word in found) + " "}
        self.connection.execute(update(schema.stories).where(s.n == n).values(values))
        known = schema.records.c.story == n
        if self.connection.execute(update(schema.records).where(known).values(json=record_json)).rowcount == 0:
            self._insert(schema.records, [{"story": n, "json": record_json}])
        self._put_entries(n, rows)

    def drop_story(self, story: str, into: str | None = None) -> None:
        """Take an emptied story away. Its reports must have been moved; who asks for it is told of ``into``.

        Raises:
            NotInLibrary: there is no such story.
            ValueError: reports are in it.
        """
        s, r, g = schema.stories.c, schema.reports.c, schema.gone.c
        n = self.connection.execute(select(s.n).where(s.id == story)).scalar()
        if n is None:
            raise NotInLibrary(f"no story {story!r} in the library")
        if self.connection.execute(select(r.n).where(r.story == n).limit(1)).first():
            raise ValueError(f"story {story!r} still has reports")
        self._remove_entries(schema.entries.c.story == n)
        self.connection.execute(delete(schema.records).where(schema.records.c.story == n))
        self.connection.execute(delete(schema.stories).where(s.n == n))
        self.connection.execute(delete(schema.gone).where(g.id == story))
        self._insert(schema.gone, [{"id": story, "into": into}])

    def _story(self, story: str) -> int:
        """Number of a story; opened where there is none."""
        s = schema.stories.c
        found: int | None = self.connection.execute(select(s.n).where(s.id == story)).scalar()
        if found is not None:
            return found
        n = self._number(schema.stories)
        blank: dict[str, Any] = {
            "n": n,
            "id": story,
            "title": "",
            "changed": "",
            "words": " ",
            "reports": 0,
            "origins": 0,
        }
        blank |= {"differences": 0, "statements": 0, "outlets": [], "disputed": [], "languages": []}
        self._insert(schema.stories, [blank])
        self.connection.execute(delete(schema.gone).where(schema.gone.c.id == story))
        return n

    # entries

    def _put_entries(self, story: int, given: Sequence[EntryRow]) -> None:
        reports = self._reports({row.report for row in given})
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
        there = dict(self._entry_rows(e.story == story, e.kind != _REPORT))
        kept = set(there.values()) & wanted.keys()
        self._unfind(story, {n: row for n, row in there.items() if row not in kept})
        self._enter(story, [row for row in wanted if row not in kept])

    def _reports(self, ids: set[str]) -> dict[str, tuple[int, str, str | None, str | None, str]]:
        """Number, text, outlet, date and language of reports."""
        r = schema.reports.c
        asked = select(r.id, r.n, r.outlet, r.date, r.language, schema.texts.c.text).join(schema.texts)
        found = {
            row.id: (row.n, packing.unpack_text(row.text), row.outlet, row.date, row.language)
            for row in self._in(asked, r.id, sorted(ids))
        }
        for id in sorted(ids):
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
            n = self._number(schema.entries)
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
        self._insert(schema.entries, narrow)
        self._insert(schema.entry_texts, texts)
        index.enter(self.connection, indexed)

    def _indexed(self, n: int, story: int, row: _Row) -> Indexed:
        marks = index.tags(HIT_KINDS[row.kind], story, self._label(row.outlet), row.language, row.date)
        return Indexed(n, words(row.text), words(row.also), words(row.speaker or ""), marks)

    def _unfind(self, story: int, rows: Mapping[int, _Row]) -> None:
        index.remove(self.connection, [self._indexed(n, story, row) for n, row in rows.items()])
        self._delete_entries(list(rows))

    def _delete_entries(self, numbers: Sequence[int]) -> None:
        for start in range(0, len(numbers), MANY):
            some = numbers[start : start + MANY]
            self.connection.execute(delete(schema.entry_texts).where(schema.entry_texts.c.entry.in_(some)))
            self.connection.execute(delete(schema.entries).where(schema.entries.c.n.in_(some)))

    def _remove_entries(self, *conditions: Any) -> None:
        """Take rows out of search, whatever their kind."""
        e, r = schema.entries.c, schema.reports.c
        by_story: dict[int, dict[int, _Row]] = {}
        stories = {row.n: row.story for row in self.connection.execute(select(e.n, e.story).where(*conditions))}
        for n, row in self._entry_rows(*conditions, e.kind != _REPORT):
            by_story.setdefault(stories[n], {})[n] = row
        for story, rows in by_story.items():
            self._unfind(story, rows)
        whole = (
            select(e.n, e.story, e.start, e.end, e.outlet, e.language, e.date, r.headline, schema.texts.c.text)
            .select_from(schema.entries)
            .join(schema.reports, r.n == e.report)
            .join(schema.texts, schema.texts.c.report == r.n)
            .where(*conditions, e.kind == _REPORT)
        )
        gone = []
        for part in self.connection.execute(whole):
            body = words(packing.unpack_text(part.text)[part.start : part.end])
            marks = index.tags("report", part.story, part.outlet, part.language, part.date)
            gone.append(Indexed(part.n, body, words(part.headline or ""), (), marks))
        index.remove(self.connection, gone)
        self._delete_entries([row.n for row in gone])

    def _label(self, label: str | None) -> int | None:
        """Number of an outlet's or a speaker's name."""
        if label is None:
            return None
        known = self._labels.get(label) or self.new_labels.get(label)
        if known is None:
            known = self.connection.execute(select(schema.labels.c.n).where(schema.labels.c.text == label)).scalar()
            if known is None:
                known = self._number(schema.labels)
                self._insert(schema.labels, [{"n": known, "text": label}])
            self.new_labels[label] = known
        return known

    # gathering

    def count_terms(self, counts: Mapping[int, int]) -> None:
        """Add to the number of reports in which each term stands."""
        rows = [{"term": int(term), "reports": count} for term, count in sorted(counts.items())]
        if rows:
            self.connection.execute(dialects.add_terms(self.connection), rows)

    # rulings, changes, feeds, settings

    def put_ruling(self, ruling: Ruling) -> None:
        """Put down a ruling; one of the same id is replaced and keeps its place in the order."""
        data = json.loads(codec.to_json(ruling))
        row = {"story": ruling.story, "undone": ruling.undone_when, "ruling": data}
        r = schema.rulings.c
        if self.connection.execute(update(schema.rulings).where(r.id == ruling.id).values(row)).rowcount == 0:
            self._insert(schema.rulings, [{"n": self._number(schema.rulings), "id": ruling.id, **row}])

    def add_changes(self, changes: Iterable[LibraryChange]) -> tuple[int, ...]:
        """Put down changes, in order; their own ``number`` is not looked at.

        Returns:
            The numbers that they got: without gaps, and in the order in which transactions are committed, so that who has
            seen a number has seen, or can have seen, every lower one.
        """
        fields = [name for name in LibraryChange.__dataclass_fields__ if name != "number"]
        rows = [
            {"number": self._number(schema.changes), **{name: getattr(change, name) for name in fields}}
            for change in changes
        ]
        self._insert(schema.changes, rows)
        return tuple(row["number"] for row in rows)

    def put_feed(self, feed: Feed, state: Mapping[str, Any] | None = None) -> None:
        """Follow a feed, or put down what a visit found.

        Args:
            state: what the next visit needs (validators, what was seen); what was put down stays where it is null.
        """
        f = schema.feeds.c
        row: dict[str, Any] = {name: getattr(feed, name) for name in Feed.__dataclass_fields__ if name != "address"}
        if state is not None:
            row["state"] = dict(state)
        if self.connection.execute(update(schema.feeds).where(f.address == feed.address).values(row)).rowcount == 0:
            self._insert(schema.feeds, [{"n": self._number(schema.feeds), "address": feed.address, **row}])

    def drop_feed(self, address: str) -> None:
        """Follow a feed no longer.

        Raises:
            NotInLibrary: it is not followed.
        """
        if self.connection.execute(delete(schema.feeds).where(schema.feeds.c.address == address)).rowcount == 0:
            raise NotInLibrary(f"no feed {address!r} is followed")

    def put_setting(self, key: str, value: str | None) -> None:
        """Put down a small fact about the library; null takes it away."""
        self.connection.execute(delete(schema.settings).where(schema.settings.c.key == key))
        if value is not None:
            self._insert(schema.settings, [{"key": key, "value": value}])

    # rows

    def _number(self, table: Table) -> int:
        """The next number of a table. No other writer is at work, so the highest is known; none is given twice here."""
        column = next(iter(table.primary_key.columns))
        if table.name not in self._next:
            self._next[table.name] = (self.connection.execute(select(func.max(column))).scalar() or 0) + 1
        self._next[table.name] += 1
        return self._next[table.name] - 1

    def _insert(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        if rows:
            self.connection.execute(insert(table), list(rows))
