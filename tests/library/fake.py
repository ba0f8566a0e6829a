"""A library in memory with the methods of ``variorum.library.Library``: for tests of what stands on one (pages, REST, MCP).

It holds the records that the pipeline makes and keeps rulings beside them. It applies only the rulings that change a record
in a plain way (a difference that does not matter, a statement that is none), and it searches by plain containment.
"""

from __future__ import annotations

import json
import re
import threading
import weakref
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache, cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any

from variorum import api
from variorum.errors import BadRuling, NotInLibrary
from variorum.model import Reading, Record, codec
from variorum.model.ruling import RULING_KINDS, AppliedRuling, RuledDifference, Ruling, Words
from variorum.model.shelf import (
    Addition,
    Counts,
    Facet,
    Feed,
    Hit,
    LibraryChange,
    SearchPage,
    SearchQuery,
    Settled,
    StoryLine,
    StoryPage,
    StoryQuery,
)
from variorum.store import Store, open_store
from variorum.views import labels

GOLDEN = Path(__file__).parents[1] / "golden" / "harbour.json"


@cache
def golden_record() -> Record:
    """The record of the bundled story, without reading it anew."""
    return next(api.records_from_json(GOLDEN.read_bytes(), where="golden"))[1]


@cache
def _empty() -> bytes:
    with TemporaryDirectory() as folder:
        open_store(Path(folder) / "empty.sqlite").close()
        return (Path(folder) / "empty.sqlite").read_bytes()


def fresh_store() -> Store:
    """A store of its own, on a disk: for what a fake keeps as the library does (jobs). It goes when nobody holds it."""
    folder = TemporaryDirectory(prefix="variorum-fake-", ignore_cleanup_errors=True)
    path = Path(folder.name) / "fake.sqlite"
    path.write_bytes(_empty())
    made = open_store(path)
    weakref.finalize(made, folder.cleanup)
    return made


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


class FakeLibrary:
    """Stories by id, each a record."""

    def __init__(self, records: Iterable[Record] = ()) -> None:
        self._lock = threading.RLock()
        self._records: dict[str, Record] = {}
        self._versions: dict[str, list[str]] = {}
        self._changes: list[LibraryChange] = []
        self._changed: dict[str, str] = {}
        self._rulings: dict[str, Ruling] = {}
        self._feeds: dict[str, Feed] = {}
        self._gone: dict[str, str] = {}
        for record in records:
            self._keep(f"s{len(self._records) + 1}", record)

    @classmethod
    def open(cls, where: str | Path | None = None) -> FakeLibrary:
        """An empty one."""
        return cls()

    @classmethod
    def of_harbour(cls) -> FakeLibrary:
        """One that holds the bundled story."""
        return cls([golden_record()])

    def close(self) -> None:
        """Nothing to do."""

    def __enter__(self) -> FakeLibrary:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @cached_property
    def store(self) -> Store:
        """Keeps the jobs of adding, and nothing else."""
        return fresh_store()

    # ---- adding ----------------------------------------------------------------------------------

    def _keep(self, story: str, record: Record) -> None:
        self._records[story] = record
        self._tell(story, "story-opened", f"story opened with {labels.plural(len(record.reports), 'report')}")

    def _tell(self, story: str, topic: Any, text: str, **more: Any) -> LibraryChange:
        change = LibraryChange(number=len(self._changes) + 1, when=_now(), story=story, topic=topic, text=text, **more)
        self._changes.append(change)
        self._changed[story] = change.when
        return change

    def add(
        self,
        reports: Iterable[api.ReportLike],
        *,
        workers: int = 1,
        on_progress: Callable[[int], None] | None = None,
    ) -> Iterator[Addition]:
        """Read them, gather all anew, collate what has grown."""
        with self._lock:
            held = {r.id: r for record in self._records.values() for r in record.reports}
            given = [api.read(report) for report in reports]
            fresh = [r for r in given if r.id not in held]
            known = {r.id: story for story, record in self._records.items() for r in record.reports}
            for story in api.gather([*held.values(), *fresh]) if fresh else ():
                ids = [r.id for r in story.readings]
                if not any(r.id in ids for r in fresh):
                    continue
                name = next((known[id] for id in ids if id in known), f"s{len(self._records) + 1}")
                record = api.collation.collate(story)
                new = name not in self._records
                self._records[name] = record
                self._tell(name, "story-opened" if new else "report-added", f"{len(record.reports)} reports")
                known.update(dict.fromkeys(ids, name))
            for n, reading in enumerate(given, 1):
                outcome = "added" if reading in fresh else "known"
                if on_progress:
                    on_progress(n)
                yield Addition(
                    report=reading.id, story=known[reading.id], outcome=outcome, reason="it tells of the same"
                )

    def settle_if_due(self) -> Settled:
        """All was gathered at once."""
        return Settled()

    # ---- reading ---------------------------------------------------------------------------------

    def counts(self) -> Counts:
        """How much it holds."""
        records = list(self._records.values())
        return Counts(
            reports=sum(len(r.reports) for r in records),
            stories=len(records),
            outlets=len({labels.source(x) for r in records for x in r.reports}),
            statements=sum(len(r.statements) for r in records),
            differences=sum(len(r.differences) for r in records),
            rulings=sum(r.holds for r in self._rulings.values()),
        )

    def story(self, id: str) -> StoryLine:
        """The line of one story."""
        record = self.record(id)
        dates = sorted(r.published.date[:10] for r in record.reports if r.published)
        last = [c for c in self._changes if c.story == id]
        return StoryLine(
            id=id,
            title=record.title,
            first=dates[0] if dates else None,
            last=dates[-1] if dates else None,
            reports=len(record.reports),
            outlets=tuple(sorted({labels.source(r) for r in record.reports})),
            origins=record.lineage.independent,
            differences=len(record.differences),
            disputed=tuple(d.about.label for d in record.differences[:3]),
            changed=self._changed[id],
            latest=last[-1].text if last else None,
            languages=("en",),
        )

    def stories(self, query: StoryQuery | None = None) -> StoryPage:
        """Stories that fit."""
        query = query or StoryQuery()
        lines = [self.story(id) for id in self._records]
        found = [line for line in lines if self._fits(line, query)]
        keys: dict[str, Callable[[StoryLine], Any]] = {
            "changed": lambda line: line.changed,
            "newest": lambda line: line.last or "",
            "reports": lambda line: line.reports,
            "differences": lambda line: line.differences,
        }
        found.sort(key=keys[query.order], reverse=True)
        return StoryPage(stories=tuple(found[query.offset : query.offset + query.limit]), total=len(found))

    def _fits(self, line: StoryLine, query: StoryQuery) -> bool:
        heads = " ".join([line.title, *(labels.heading(r) for r in self._records[line.id].reports)]).casefold()
        return (
            all(word in heads for word in (query.words or "").casefold().split())
            and (not query.outlet or any(query.outlet.casefold() in o.casefold() for o in line.outlets))
            and (not query.since or (line.last or "") >= query.since)
            and (not query.until or (line.first or "9") <= query.until)
            and (not query.disputed or line.differences > 0)
            and line.origins >= query.least_origins
        )

    def record(self, id: str) -> Record:
        """A story's record with the rulings that hold."""
        if id not in self._records:
            raise NotInLibrary(f"no story {id}")
        record = self._records[id]
        for ruling in self.rulings(id, holding=True):
            record = _applied(record, ruling)
        return record

    def report(self, id: str) -> Reading:
        """One report."""
        for record in self._records.values():
            for reading in record.reports:
                if reading.id == id:
                    return reading
        raise NotInLibrary(f"no report {id}")

    def story_of(self, report: str) -> str:
        """The story that a report stands in."""
        for story, record in self._records.items():
            if any(reading.id == report for reading in record.reports):
                return story
        raise NotInLibrary(f"no report {report}")

    def versions(self, id: str) -> tuple[str, ...]:
        """The versions of a report, the oldest first."""
        self.report(id)
        return tuple(self._versions.get(id, [id]))

    def search(self, query: SearchQuery) -> SearchPage:
        """Containment of every word, without case."""
        wanted = [a or b for a, b in re.findall(r'"([^"]+)"|(\S+)', query.words.casefold())]
        hits = [hit for id in self._records for hit in self._hits(id) if _found(hit, query, wanted)]
        marked = [
            replace(hit, marks=_marks(hit.text, wanted)) for hit in hits[query.offset : query.offset + query.limit]
        ]

        def facets(values: Iterable[str | None]) -> tuple[Facet, ...]:
            return tuple(Facet(value=v, count=n) for v, n in Counter(v for v in values if v).most_common(12))

        return SearchPage(
            hits=tuple(marked),
            total=len(hits),
            kinds=facets(h.kind for h in hits),
            speakers=facets(h.speaker for h in hits),
            outlets=facets(h.outlet for h in hits),
            months=facets(h.date[:7] if h.date else None for h in hits),
        )

    def _hits(self, story: str) -> Iterator[Hit]:
        record = self.record(story)
        by_id, names = {r.id: r for r in record.reports}, {a.id: a.name for a in record.actors}

        def hit(kind: Any, report: str, start: int, end: int, **more: Any) -> Hit:
            reading = by_id[report]
            return Hit(
                kind=kind, report=report, story=story, start=start, end=end, text=reading.text[start:end],
                before=reading.text[max(0, start - 80) : start], after=reading.text[end : end + 80],
                outlet=labels.source(reading), date=reading.published.date if reading.published else None,
                title=labels.headline(reading), **more,
            )  # fmt: skip

        for s in record.statements:
            for v in s.variants:
                speaker = names.get(v.speaker or s.speaker or "")
                yield hit("statement", v.report, v.content[0].start, v.content[-1].end, entry=s.id, speaker=speaker)
        for f in record.figures:
            for a in f.accounts:
                value = labels.amount(a)
                yield hit(
                    "figure", a.report, a.start, a.end, entry=f.id, speaker=names.get(a.vouched_by or ""), value=value
                )
        for p in record.positions:
            for e in p.evidence:
                yield hit("position", e.report, e.start, e.end, entry=p.id, speaker=names.get(p.actor), value=p.stance)
        for reading in record.reports:
            for block in reading.blocks:
                if block.kind == "body":
                    yield hit("report", reading.id, block.start, block.end, entry=None)

    def changes(self, after: int = 0, story: str | None = None, limit: int = 100) -> tuple[LibraryChange, ...]:
        """Changes with a higher number, the oldest first."""
        found = [c for c in self._changes if c.number > after and (story is None or c.story == story)]
        return tuple(found[:limit])

    def story_now(self, id: str) -> str | None:
        """The story that one has become part of."""
        while id in self._gone:
            id = self._gone[id]
        return id if id in self._records else None

    def last_change(self) -> int:
        """Number of the latest change."""
        return len(self._changes)

    # ---- rulings ---------------------------------------------------------------------------------

    def rule(
        self,
        kind: Any,
        *,
        who: str,
        why: str = "",
        story: str | None = None,
        names: Sequence[str] = (),
        words: Words | None = None,
        also: Sequence[Words] = (),
        speaker: str | None = None,
        reports: Sequence[str] = (),
        difference: RuledDifference | str | None = None,
    ) -> Ruling:
        """Keep a ruling."""
        if kind not in RULING_KINDS:
            raise BadRuling("kind", f"no ruling is called {kind}")
        if not who.strip():
            raise BadRuling("who", "a ruling needs somebody who makes it")
        if kind in ("one-actor", "two-actors") and len(set(names)) < 2:
            raise BadRuling("names", "needs two names")
        if kind in ("same-story", "other-story", "one-origin") and len(set(reports)) < 2:
            raise BadRuling("reports", "needs two reports")
        if kind == "speaker" and not speaker:
            raise BadRuling("speaker", "needs the name of the right speaker")
        if kind in ("speaker", "not-a-statement") and words is None:
            raise BadRuling("words", "needs the words")
        if isinstance(difference, str):
            held = next((d for d in self.record(story or "").differences if d.id == difference), None)
            if held is None:
                raise BadRuling("difference", "no such difference")
            difference = RuledDifference(
                kind=held.kind, label=held.about.label, values=tuple(sorted(a.value for a in held.accounts))
            )
        if kind == "immaterial" and difference is None:
            raise BadRuling("difference", "needs a difference")
        ruling = Ruling(
            id=f"ruling-{len(self._rulings) + 1}", kind=kind, who=who.strip(), when=_now(), why=why, story=story,
            names=tuple(names), words=words, also=tuple(also), speaker=speaker, reports=tuple(reports), difference=difference,
        )  # fmt: skip
        self._rulings[ruling.id] = ruling
        if story:
            self._tell(story, "ruling", f"{who} ruled: {kind}")
        return ruling

    def undo(self, ruling_id: str, *, who: str, why: str = "") -> Ruling:
        """Take a ruling back."""
        if ruling_id not in self._rulings:
            raise NotInLibrary(f"no ruling {ruling_id}")
        undone = replace(self._rulings[ruling_id], undone_by=who, undone_when=_now(), undone_why=why)
        self._rulings[ruling_id] = undone
        if undone.story:
            self._tell(undone.story, "ruling", f"{who} undid: {undone.kind}")
        return undone

    def rulings(self, story: str | None = None, holding: bool = False) -> tuple[Ruling, ...]:
        """Rulings, the oldest first."""
        return tuple(
            r for r in self._rulings.values() if (story is None or r.story == story) and (r.holds or not holding)
        )

    def export_rulings(self) -> str:
        """JSON lines."""
        return "".join(codec.to_json(ruling) + "\n" for ruling in self._rulings.values())

    def import_rulings(self, text: str) -> int:
        """Those of the lines that are not here yet."""
        taken = 0
        for line in filter(str.strip, text.splitlines()):
            try:
                ruling = codec.from_json(Ruling, json.dumps(json.loads(line)))
            except Exception as fault:
                raise BadRuling("rulings", "a line is not a ruling") from fault
            taken += ruling.id not in self._rulings
            self._rulings.setdefault(ruling.id, ruling)
        return taken

    def merge(self, stories: Sequence[str], *, who: str, why: str) -> str:
        """One story of several."""
        if len(set(stories)) < 2:
            raise BadRuling("reports", "needs two stories")
        records = [self.record(story) for story in stories]
        whole = api.collate([r for record in records for r in record.reports], together=True)[0]
        for story in stories[1:]:
            del self._records[story]
            self._gone[story] = stories[0]
        self._records[stories[0]] = whole
        self.rule("same-story", who=who, why=why, story=stories[0], reports=[r.id for r in whole.reports])
        return stories[0]

    def split(self, story: str, reports: Sequence[str], *, who: str, why: str) -> str:
        """A story of its own for some reports of another."""
        record = self.record(story)
        out = [r for r in record.reports if r.id in reports]
        stay = [r for r in record.reports if r.id not in reports]
        if not out or not stay:
            raise BadRuling("reports", "some reports have to go and some to stay")
        self._records[story] = api.collate(stay, together=True)[0]
        new = f"s{len(self._records) + 1}"
        self._keep(new, api.collate(out, together=True)[0])
        self.rule("other-story", who=who, why=why, story=story, reports=[out[0].id, stay[0].id])
        return new

    # ---- feeds -----------------------------------------------------------------------------------

    def feeds(self) -> tuple[Feed, ...]:
        """Feeds followed."""
        return tuple(self._feeds.values())

    def follow(self, address: str) -> Feed:
        """Follow a feed."""
        return self._feeds.setdefault(address, Feed(address=address, due=_now()))

    def poll(self, manners: object = None) -> Iterator[Any]:
        """No feed is ever visited."""
        yield from ()

    def unfollow(self, address: str) -> None:
        """Leave a feed."""
        if self._feeds.pop(address, None) is None:
            raise NotInLibrary(f"no feed {address}")


def _applied(record: Record, ruling: Ruling) -> Record:
    took: tuple[str, ...] = ()
    found = ruling.kind
    if ruling.kind == "immaterial" and ruling.difference:
        key = (ruling.difference.kind, ruling.difference.label, ruling.difference.values)
        took = tuple(
            d.id
            for d in record.differences
            if (d.kind, d.about.label, tuple(sorted(a.value for a in d.accounts))) == key
        )
        found = f"a difference: {ruling.difference.label}"
        record = replace(record, differences=tuple(d for d in record.differences if d.id not in took))
    elif ruling.kind == "not-a-statement" and ruling.words:
        place = (ruling.words.report, ruling.words.start)
        took = tuple(
            s.id for s in record.statements if any((v.report, v.content[0].start) == place for v in s.variants)
        )
        found = f"a statement: {ruling.words.text}"
        record = replace(record, statements=tuple(s for s in record.statements if s.id not in took))
    applied = AppliedRuling(ruling=ruling, found=found, entries=took, took=bool(took))
    return replace(record, rulings=(*record.rulings, applied))


def _found(hit: Hit, query: SearchQuery, wanted: Sequence[str]) -> bool:
    day = (hit.date or "")[:10]
    return (
        all(word in hit.text.casefold() for word in wanted)
        and (not query.kinds or hit.kind in query.kinds)
        and (not query.speaker or query.speaker.casefold() in (hit.speaker or "").casefold())
        and (not query.outlet or query.outlet.casefold() in (hit.outlet or "").casefold())
        and (not query.story or hit.story == query.story)
        and (not query.since or day >= query.since)
        and (not query.until or (day and day <= query.until))
    )


def _marks(text: str, wanted: Sequence[str]) -> tuple[tuple[int, int], ...]:
    found = [(m.start(), m.end()) for word in wanted for m in re.finditer(re.escape(word), text, re.IGNORECASE)]
    return tuple(sorted(set(found)))
