"""A record as Markdown: a document to file, mail or paste, every line with its evidence in a footnote."""

from __future__ import annotations

import re
from collections.abc import Iterable

from variorum.model import Record, RecordFigure, RecordStatement, Span
from variorum.views import labels
from variorum.views.differing import brief_words, without_parts
from variorum.views.edition import Edition
from variorum.views.inert import inert
from variorum.views.page.decided import ruling_words
from variorum.views.woven import weave

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|~^$#&!])")
_LINE_START = re.compile(r"^(\d+)([.)])|^([-+=:])")


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, links, tags and emphasis included."""
    safe = _SPECIAL.sub(r"\\\1", inert(text))
    safe = re.sub(r"(?i)\b(https?|ftp|mailto|www)([:.])", r"\1\\\2", safe)
    return _LINE_START.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", safe)


def render_markdown(record: Record) -> str:
    """The record as one Markdown document (CommonMark with the tables and footnotes of GitHub's dialect)."""
    return _Document(Edition(record)).render()


class _Document:
    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.record = edition.record
        self.lines: list[str] = []
        self.notes: dict[tuple[Span, ...], int] = {}

    def render(self) -> str:
        self.lines = [f"# {escaped(self.edition.title)}", "", escaped(" · ".join(self.edition.summary()))]
        self._reports()
        self._brief()
        self._differences()
        self._revisions()
        self._statements()
        self._figures()
        self._positions()
        self._events()
        self._journeys()
        self._lineage()
        self._rulings()
        self._footnotes()
        return "\n".join(self.lines) + "\n"

    def _head(self, title: str) -> None:
        self.lines += ["", f"## {title}", ""]

    def _note(self, spans: Iterable[Span]) -> str:
        """A footnote mark for evidence; the same evidence has the same number."""
        key = tuple(dict.fromkeys(spans))
        return f"[^{self.notes.setdefault(key, len(self.notes) + 1)}]" if key else ""

    def _tag(self, reports: Iterable[str], standing: str | None = None) -> str:
        held = self.edition.ordered(reports)
        parts = [self.edition.sigla(held)]
        parts += [standing] if standing and standing != "corroborated" else []
        parts += [labels.plural(self.edition.origins(held), "origin")] if len(held) > 1 else []
        return f"({', '.join(parts)})"

    def _table(self, head: list[str], rows: list[list[str]]) -> None:
        self.lines.append("| " + " | ".join(head) + " |")
        self.lines.append("| " + " | ".join("---" for _ in head) + " |")
        self.lines += ["| " + " | ".join(row) + " |" for row in rows]

    def _reports(self) -> None:
        self._head("Reports")
        rows = []
        for number, group in enumerate(self.edition.by_origin(), 1):
            for id in group:
                reading = self.edition.readings[id]
                cells = [labels.source(reading), labels.when(reading.published), labels.credited(reading)]
                name = escaped(labels.heading(reading))
                if reading.url and re.fullmatch(r"https?://[^\s<>()\[\]]+", reading.url):
                    name = f"[{name}](<{reading.url}>)"
                rows.append([f"**{self.edition.letter(id)}**", name, *map(escaped, cells), str(number)])
        self._table(["", "Report", "Outlet", "Date", "Credit", "Origin"], rows)

    def _brief(self) -> None:
        if self.record.brief:
            self._head("In brief")
            for line in self.record.brief:
                self.lines.append(
                    f"- {escaped(brief_words(self.edition, line))} {self._tag(line.reports)}{self._note(line.evidence)}"
                )

    def _differences(self) -> None:
        if not self.record.differences:
            return
        self._head(f"Differences ({len(self.record.differences)})")
        for n, difference in enumerate(self.record.differences, 1):
            note = self._note(self.edition.evidence(difference))
            revised = " (revised)" if difference.revision else ""
            self.lines.append(
                f"{n}. **{labels.kind(difference.kind)}**: {escaped(difference.about.label)}{revised}{note}"
            )
            for value, accounts in self.edition.sides(difference):
                self.lines.append(f"   - {self.edition.sigla(a.report for a in accounts)}: {escaped(value)}")
            if difference.lacking:
                self.lines.append(f"   - {self.edition.sigla(difference.lacking)}: *not told*")
            self.lines.append(f"   - *{escaped(difference.why)}*")

    def _revisions(self) -> None:
        if not self.record.revisions:
            return
        self._head("Versions")
        for revision in self.record.revisions:
            self.lines.append(f"- {escaped(self.edition.revision_label(revision))}")
            for change in revision.changes:
                before, after = map(escaped, self.edition.change(change))
                words = f"{before} → {after}" if before and after else before or after
                note = self._note(span for span in (change.before, change.after) if span)
                self.lines.append(f"  - *{change.kind}*: {words}{note}")

    def _statements(self) -> None:
        if not self.record.statements:
            return
        self._head("Who said what")
        for speaker, said in self.edition.by_speaker():
            self.lines += [f"**{escaped(self.edition.actor_line(speaker))}**", ""]
            for statement in said:
                self._statement(statement)
            self.lines.append("")

    def _statement(self, statement: RecordStatement) -> None:
        first = statement.variants[0]
        content = escaped(labels.worded(self.edition.texts.get(first.report, ""), first))
        to = self.edition.said_to(statement)
        tag = self._tag((v.report for v in statement.variants), statement.standing)
        note = self._note(self.edition.evidence(statement))
        setting = ", ".join(escaped(p) for p in (self.edition.said_with(statement), f"to {to}" if to else "") if p)
        self.lines.append(f"- {f'{setting}: ' if setting else ''}{content} {tag}{note}")
        if len(statement.variants) < 2:
            return
        woven = without_parts(weave(statement, self.edition.texts))
        kinds = {variant.report: variant for variant in statement.variants}
        for stretch in woven.stretches:
            if stretch.own:
                own = (f"{self.edition.sigla(o.reports)}: {escaped(o.text) or '*omits*'}" for o in stretch.own)
                self.lines.append("  - " + " · ".join(own))
        for variant in [kinds[report] for report in woven.partial] + list(woven.apart):
            words = labels.worded(self.edition.texts.get(variant.report, ""), variant)
            self.lines.append(f"  - {self.edition.letter(variant.report)}, {variant.kind}: {escaped(words)}")

    def _figures(self) -> None:
        if not self.record.figures:
            return
        self._head("Figures")
        rows = []
        for depth, figure in self.edition.figures_in_order():
            label = ("of them: " if depth else "") + self.edition.figure_label(figure)
            for n, (account, spans) in enumerate(self.edition.ledger(figure)):
                voucher = self.edition.voucher(account)
                revised = "revised since" if self.edition.is_revised(figure, account) else ""
                as_of = ", ".join(part for part in (labels.day(account.as_of), revised) if part)
                tag = self._figure_tag(figure, spans, first=n == 0)
                cells = [
                    escaped(label) if n == 0 else "",
                    escaped(self.edition.amount(figure, account)),
                    escaped(voucher),
                    as_of,
                ]
                rows.append([*cells, tag + self._note(spans)])
        self._table(["What", "Value", "Vouched for by", "As of", "Standing"], rows)

    def _figure_tag(self, figure: RecordFigure, spans: list[Span], *, first: bool) -> str:
        """Letters of one account; with the first also the figure's standing and the origins of all its accounts."""
        parts = [self.edition.sigla(span.report for span in spans)]
        if first:
            every = self.edition.ordered(account.report for account in figure.accounts)
            parts += [figure.standing] if figure.standing != "corroborated" else []
            parts += [labels.plural(self.edition.origins(every), "origin")] if len(every) > 1 else []
        return f"({', '.join(parts)})"

    def _positions(self) -> None:
        if not self.record.positions:
            return
        self._head("Positions")
        for issue in self.edition.issues():
            self.lines += [f"**{escaped(issue)}**", ""]
            for position in self.record.positions:
                if position.issue == issue:
                    basis = " (vote)" if position.basis == "vote" else ""
                    tag = self._tag((span.report for span in position.evidence), position.standing)
                    actor = escaped(self.edition.actor(position.actor))
                    self.lines.append(f"- {actor}: {position.stance}{basis} {tag}{self._note(position.evidence)}")
            self.lines.append("")

    def _events(self) -> None:
        if not self.record.events:
            return
        self._head("Events")
        for event in self.edition.events_in_order():
            tag = self._tag((span.report for span in event.mentions), event.standing)
            self.lines.append(f"- {escaped(self.edition.event_label(event))} {tag}{self._note(event.mentions)}")

    def _journeys(self) -> None:
        for journey in self.record.journeys:
            self._head(escaped(self.edition.label(journey)))
            for n, leg in enumerate(journey.legs, 1):
                notes = [labels.day(leg.date)] if leg.date else []
                notes += ["planned"] if leg.status == "planned" else []
                more = f", {', '.join(notes)}" if notes else ""
                self.lines.append(f"{n}. {escaped(leg.place)}{more} {self._tag(leg.reports)}{self._note(leg.mentions)}")

    def _lineage(self) -> None:
        shared = [origin for origin in self.record.lineage.origins if len(origin.reports) > 1]
        if not shared:
            return
        self._head("Lineage")
        for origin in shared:
            credit = f", credited to {escaped(origin.credit)}" if origin.credit else ""
            passages = labels.plural(len(origin.passages), "passage")
            note = self._note(span for passage in origin.passages for span in (passage.a, passage.b))
            self.lines.append(f"- {self.edition.sigla(origin.reports)}: one origin{credit}, {passages} shared{note}")
            for derivation in origin.derivations:
                pair = f"{self.edition.letter(derivation.a)}–{self.edition.letter(derivation.b)}"
                self.lines.append(f"  - {pair}: {escaped(self.edition.ground(derivation))}")

    def _rulings(self) -> None:
        if self.record.rulings:
            self._head("Decided by people")
        for applied in self.record.rulings:
            ruling = applied.ruling
            who = f"{ruling.who}, {labels.day(ruling.when[:10])}" + (f": {ruling.why}" if ruling.why else "")
            self.lines.append(f"- {escaped(ruling_words(ruling, self.edition.called))} ({escaped(who)})")
            if applied.found:
                self.lines.append(f"  - *the program found* {escaped(applied.found)}")
            if applied.overruled_by or not applied.took:
                self.lines.append(
                    f"  - *{'overruled by a later one' if applied.overruled_by else 'changes nothing now'}*"
                )

    def _footnotes(self) -> None:
        if not self.notes:
            return
        self._head("Evidence")
        self.lines += ["Letter of the report, place in its text in code points, the very words.", ""]
        for spans, number in self.notes.items():
            parts = []
            for span in spans:
                words = escaped(labels.shortened(self.edition.words(span), 600))
                parts.append(f"{self.edition.letter(span.report)} {span.start}–{span.end}: {words}")
            self.lines.append(f"[^{number}]: " + " ‖ ".join(parts))
