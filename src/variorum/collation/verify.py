"""Does a record hold? Every entry's evidence re-checked from the record alone, without any other file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from variorum.collation.quantities import number_stands
from variorum.collation.words import folded
from variorum.model import Extent, Reading, Record, Span


def verify(record: Record) -> tuple[str, ...]:
    """What does not hold in a record, one plain line each; empty where every entry rests on words of its reports.

    Checked: spans lie in their report and cover words; ids of reports, actors and entries exist and are unique; names
    stand at their actors' mentions as often as is said; a figure's digits stand in its words; a statement's content
    has words and its alignment covers the same words where it says so; the passages that link reports lie in them;
    origins are told apart and counted rightly; changes between versions of a report lie in those versions; standing
    follows from the origins behind an entry; accounts of a difference quote what they point at; rulings bear on entries
    that are there.
    """
    return tuple(_Check(record).problems())


class _Check:
    def __init__(self, record: Record) -> None:
        self.record = record
        self.reports: dict[str, Reading] = {report.id: report for report in record.reports}
        self.actors = {actor.id for actor in record.actors}
        self.origin = {report: n for n, o in enumerate(record.lineage.origins) for report in o.reports}

    def problems(self) -> Iterator[str]:
        yield from self._ids()
        yield from self._readings()
        yield from self._actors()
        yield from self._statements()
        yield from self._figures()
        yield from self._events()
        yield from self._journeys()
        yield from self._positions()
        yield from self._differences()
        yield from self._lineage()
        yield from self._brief()
        yield from self._revisions()
        yield from self._rulings()

    def _ids(self) -> Iterator[str]:
        record = self.record
        sections = (record.actors, record.statements, record.figures, record.events, record.journeys)
        ids = [entry.id for section in sections for entry in section]
        ids += [entry.id for entry in record.positions]
        ids += [entry.id for entry in (*record.differences, *record.set_aside)]
        yield from (f"{id}: {n} entries have this id" for id, n in sorted(Counter(ids).items()) if n > 1)
        counts = Counter(report.id for report in record.reports)
        yield from (f"report {id}: {n} reports have this id" for id, n in sorted(counts.items()) if n > 1)
        self.entries = set(ids)

    def _span(self, where: str, span: Span) -> Iterator[str]:
        yield from self._extent(where, span.report, span.start, span.end)

    def _extent(self, where: str, report: str, start: int, end: int) -> Iterator[str]:
        text = self._text(report)
        if text is None:
            yield f"{where}: no report {report}"
        elif not 0 <= start < end <= len(text):
            yield f"{where}: {start}–{end} lies outside report {report} ({len(text)} characters)"
        elif not text[start:end].strip():
            yield f"{where}: {start}–{end} of report {report} covers no words"

    def _text(self, report: str) -> str | None:
        reading = self.reports.get(report)
        return reading.text if reading else None

    def _words(self, report: str, extent: Extent | tuple[int, int]) -> str:
        return (self._text(report) or "")[extent[0] : extent[1]]

    def _actor(self, where: str, entry: str | None) -> Iterator[str]:
        if entry is not None and entry not in self.actors:
            yield f"{where}: no actor {entry}"

    def _standing(self, where: str, standing: str, reports: list[str]) -> Iterator[str]:
        origins = len({self.origin[report] for report in reports if report in self.origin})
        if standing == "corroborated" and origins < 2:
            yield f"{where}: corroborated, but {origins} origin stands behind it"
        if standing == "single" and origins > 1:
            yield f"{where}: single, but {origins} origins stand behind it"

    def _readings(self) -> Iterator[str]:
        for report in self.record.reports:
            for block in report.blocks:
                if not 0 <= block.start < block.end <= len(report.text):
                    yield f"report {report.id}: block {block.start}–{block.end} lies outside its text"
            for section in ("names", "figures", "positions"):
                for finding in getattr(report, section):
                    yield from self._extent(f"report {report.id}, {section}", report.id, finding.start, finding.end)
            for statement in report.statements:
                for extent in statement.content:
                    yield from self._extent(f"report {report.id}, statements", report.id, *extent)

    def _actors(self) -> Iterator[str]:
        for actor in self.record.actors:
            for span in actor.mentions:
                yield from self._span(actor.id, span)
            at: Counter[tuple[str, str]] = Counter()
            for span in actor.mentions:
                at[span.report, self._words(span.report, span.extent)] += 1
            for name in actor.names:
                found = at[name.report, name.text]
                if found < name.count or not found:
                    yield (
                        f"{actor.id}: “{name.text}” stands {found} times at its mentions in {name.report}, "
                        f"not {name.count}"
                    )

    def _statements(self) -> Iterator[str]:
        for entry in self.record.statements:
            yield from self._actor(entry.id, entry.speaker)
            yield from self._actor(entry.id, entry.addressee)
            for other in entry.co_speakers:
                yield from self._actor(entry.id, other)
            if not entry.variants:
                yield f"{entry.id}: no variant"
            base = entry.variants[0] if entry.variants else None
            for variant in entry.variants:
                where = f"{entry.id} in {variant.report}"
                yield from self._actor(where, variant.speaker)
                parts = (*variant.content, variant.source, variant.cue, variant.addressee)
                for part in parts:
                    if part is not None:
                        yield from self._extent(where, variant.report, *part)
                if not variant.content:
                    yield f"{where}: no content"
                for step in variant.alignment:
                    if step.own is not None and not any(
                        piece[0] <= step.own[0] and step.own[1] <= variant.content[-1][1] for piece in variant.content
                    ):
                        yield f"{where}: aligned words {step.own[0]}–{step.own[1]} lie outside the content"
                    if step.same and base and step.base and step.own:
                        one = folded(self._words(base.report, step.base))
                        two = folded(self._words(variant.report, step.own))
                        if one != two:
                            yield f"{where}: “{' '.join(two)}” is said to be the same as “{' '.join(one)}”"
            yield from self._standing(entry.id, entry.standing, [v.report for v in entry.variants])

    def _figures(self) -> Iterator[str]:
        ids = {figure.id for figure in self.record.figures}
        for entry in self.record.figures:
            if entry.part_of is not None and entry.part_of not in ids:
                yield f"{entry.id}: part of {entry.part_of}, which is no figure"
            for account in entry.accounts:
                where = f"{entry.id} in {account.report}"
                yield from self._extent(where, account.report, account.start, account.end)
                yield from self._actor(where, account.vouched_by)
                if account.superseded_by:
                    yield from self._span(f"{where}, superseded by", account.superseded_by)
                words = self._words(account.report, (account.start, account.end))
                if not number_stands(account.value, account.low, account.high, words):
                    yield f"{where}: {account.value} does not stand in its words"
                if account.label and account.label not in (self._text(account.report) or ""):
                    yield f"{where}: “{account.label}” does not stand in the report"
            yield from self._standing(entry.id, entry.standing, [a.report for a in entry.accounts])

    def _events(self) -> Iterator[str]:
        for entry in self.record.events:
            for actor in (*entry.participants, *entry.actors, *entry.recipients):
                yield from self._actor(entry.id, actor)
            for span in (*entry.mentions, *entry.actor_words, *entry.recipient_words):
                yield from self._span(entry.id, span)
            if entry.about:
                yield from self._span(entry.id, entry.about)
            if not entry.mentions:
                yield f"{entry.id}: no mention"
            yield from self._standing(entry.id, entry.standing, [span.report for span in entry.mentions])

    def _journeys(self) -> Iterator[str]:
        for entry in self.record.journeys:
            yield from self._actor(entry.id, entry.traveller)
            for leg in entry.legs:
                for span in leg.mentions:
                    yield from self._span(f"{entry.id}, {leg.place}", span)
                if sorted(set(leg.reports)) != sorted({span.report for span in leg.mentions}):
                    yield f"{entry.id}, {leg.place}: its reports are not those of its mentions"

    def _positions(self) -> Iterator[str]:
        for entry in self.record.positions:
            yield from self._actor(entry.id, entry.actor)
            for span in entry.evidence:
                yield from self._span(entry.id, span)
            if not entry.evidence:
                yield f"{entry.id}: no evidence"
            yield from self._standing(entry.id, entry.standing, [span.report for span in entry.evidence])

    def _differences(self) -> Iterator[str]:
        for entry in (*self.record.differences, *self.record.set_aside):
            if entry.about.entry not in self.entries:
                yield f"{entry.id}: about {entry.about.entry}, which is no entry"
            if not entry.accounts:
                yield f"{entry.id}: no account has words"
            for account in entry.accounts:
                yield from self._extent(entry.id, account.report, account.start, account.end)
            for report in entry.lacking:
                if report not in self.reports:
                    yield f"{entry.id}: no report {report}"

    def _lineage(self) -> Iterator[str]:
        lineage = self.record.lineage
        seen = Counter(report for origin in lineage.origins for report in origin.reports)
        for report in sorted(set(seen) | set(self.reports)):
            if report not in self.reports:
                yield f"lineage: no report {report}"
            elif seen[report] != 1:
                yield f"lineage: report {report} is in {seen[report]} origins"
        if lineage.independent != len(lineage.origins):
            yield f"lineage: {lineage.independent} independent origins are named, {len(lineage.origins)} listed"
        for origin in lineage.origins:
            for passage in origin.passages:
                yield from self._span("lineage", passage.a)
                yield from self._span("lineage", passage.b)
                shared = set(folded(self._words(passage.a.report, passage.a.extent))) & set(
                    folded(self._words(passage.b.report, passage.b.extent))
                )
                if not shared:
                    yield f"lineage: the passages at {passage.a} and {passage.b} share no word"

    def _revisions(self) -> Iterator[str]:
        for revision in self.record.revisions:
            where = f"revision {revision.earlier} → {revision.later}"
            for report in (revision.earlier, revision.later):
                if report not in self.reports:
                    yield f"{where}: no report {report}"
            if self.origin.get(revision.earlier) != self.origin.get(revision.later):
                yield f"{where}: two versions of one report, but of two origins"
            for change in revision.changes:
                if (change.before is None) != (change.kind == "added") or (change.after is None) != (
                    change.kind == "removed"
                ):
                    yield f"{where}: a change is called {change.kind}, but has not the words for it"
                for span, report in ((change.before, revision.earlier), (change.after, revision.later)):
                    if span is not None and span.report != report:
                        yield f"{where}: a change points at report {span.report}"
                    if span is not None:
                        yield from self._span(where, span)

    def _brief(self) -> Iterator[str]:
        for line in self.record.brief:
            if line.entry not in self.entries:
                yield f"brief: {line.entry} is no entry"
            if not line.evidence:
                yield f"brief: “{line.text}” has no evidence"
            for span in line.evidence:
                yield from self._span("brief", span)
            origins = len({self.origin[report] for report in line.reports if report in self.origin})
            if origins != line.origins:
                yield f"brief: “{line.text}” names {line.origins} origins, its reports have {origins}"

    def _rulings(self) -> Iterator[str]:
        ids = {applied.ruling.id for applied in self.record.rulings}
        for applied in self.record.rulings:
            for entry in applied.entries:
                if entry not in self.entries:
                    yield f"ruling {applied.ruling.id}: {entry} is no entry"
            if applied.overruled_by is not None and applied.overruled_by not in ids:
                yield f"ruling {applied.ruling.id}: overruled by {applied.overruled_by}, which is no ruling"
