"""Writing a library: all that one ``Transaction`` does is there afterwards, or nothing of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select, update

from variorum.errors import NotInLibrary
from variorum.model import Reading, codec
from variorum.model.ruling import Ruling
from variorum.model.shelf import Feed, LibraryChange, StoryLine
from variorum.store import dialects, packing, schema
from variorum.store.entering import REPORT, Entries, Progress
from variorum.store.rows import EntryRow
from variorum.store.snapshot import Snapshot
from variorum.store.words import words


class Transaction(Snapshot):
    """Made by ``Store.write``; nobody else writes meanwhile. It also reads, and sees what it has written."""

    def __init__(self, connection: Connection, labels: dict[str, int]) -> None:
        super().__init__(connection)
        self._labels = labels
        self.new_labels: dict[str, int] = {}
        self._next: dict[str, int] = {}
        self._entries = Entries(connection, lambda: self._number(schema.entries), self._label)

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
            self._entries.remove(schema.entries.c.report == n, schema.entries.c.kind == REPORT)
            self.connection.execute(update(schema.reports).where(r.n == n).values(row))
            for table, values in ((schema.readings, {"json": rest}), (schema.keys, {"key": key})):
                self.connection.execute(update(table).where(table.c.report == n).values(values))
            self.connection.execute(delete(schema.bands).where(schema.bands.c.report == n))
        self._insert(schema.bands, [{"band": band, "report": n} for band in sorted(set(map(int, bands)))])
        self._entries.enter_report(n, reading.text, row)

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
        self._entries.remove(e.report == row.n)
        self.connection.execute(update(schema.reports).where(r.n == row.n).values(story=target))
        packed = self.connection.execute(select(schema.texts.c.text).where(schema.texts.c.report == row.n)).scalar_one()
        self._entries.enter_report(row.n, packing.unpack_text(packed), {**row._mapping, "story": target})

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
        self._entries.put(n, rows)

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
        self._entries.remove(schema.entries.c.story == n)
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

    def index_anew(self, on_progress: Progress | None = None) -> None:
        """Make the full-text index again out of what the library holds."""
        self._entries.index_anew(on_progress)

    # rows

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
