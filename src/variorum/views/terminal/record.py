"""The record in the terminal: what happened, on whose word, and where the reports part."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from variorum.model import (
    Difference,
    Reading,
    Record,
    RecordJourney,
    RecordPosition,
    RecordStatement,
    Span,
)
from variorum.views import labels
from variorum.views.differing import brief_words, without_parts, woven_sides
from variorum.views.edition import Edition
from variorum.views.inert import inert
from variorum.views.page.decided import ruling_words
from variorum.views.terminal.ledger import Ledger
from variorum.views.terminal.sheet import DIFFERS, QUIET, STRONG, Sheet, text
from variorum.views.weights import statements_by_weight
from variorum.views.woven import Woven, weave

MOST_COLUMNS = 4
"""Issues that the matrix of positions shows side by side; positions on further ones are listed."""
MOST_REPORTS = 12
"""Reports that are listed one by one without --evidence."""
MOST_EVENTS = 20
"""Events shown without --evidence."""
MOST_STATEMENTS = 40
"""Statements shown without --evidence; of the others the speakers are named."""
LONGEST_WORDS = 400
"""Characters of the words behind an entry that are printed."""
MOST_WORDS = 90
"""Characters of a reading that another report has for some words, without --evidence."""
ROOMY = 96
"""Columns from which the list of reports says things at length."""
MOST_CHANGES = 6
"""Changes of one version that are shown without --evidence."""
KIND_WIDTH = 12


def render_record(record: Record, *, console: Console, evidence: bool = False) -> None:
    """Write a record for a person to read.

    Args:
        record: what collation made.
        console: where to; its width is respected up to 100 columns.
        evidence: also show, under every entry, the words behind it with the report's letter and their place.
    """
    view = _RecordView(Edition(record), Sheet(console), evidence)
    view.title()
    view.reports()
    view.brief()
    view.differences()
    view.revisions()
    view.statements()
    view.figures()
    view.positions()
    view.events()
    view.journeys()
    view.names()
    view.rulings()
    view.more()


class _RecordView:
    def __init__(self, edition: Edition, sheet: Sheet, evidence: bool) -> None:
        self.edition = edition
        self.record = edition.record
        self.sheet = sheet
        self.evidence = evidence

    # ---- above the fold --------------------------------------------------------------------------

    def title(self) -> None:
        known = " · ".join(self.edition.summary())
        if cell_len(self.edition.title) + cell_len(known) + 2 <= self.sheet.width:
            self.sheet.put(text((self.edition.title, STRONG)), note=text((known, QUIET)))
        else:
            self.sheet.put(text((self.edition.title, STRONG)))
            self.sheet.put(text((known, QUIET)))

    def reports(self) -> None:
        self.sheet.head("Reports")
        years = {r.published.date[:4] for r in self.record.reports if r.published}
        rows: list[list[Text | str]] = []
        total = len(self.record.reports)
        few = self.evidence or total <= MOST_REPORTS
        groups = self.edition.by_origin()
        few = few or len(groups) == MOST_REPORTS + 1
        letters = max((len(letter) for letter in self.edition.letters.values()), default=1)
        for group in groups if few else groups[:MOST_REPORTS]:
            shown = group if self.evidence or total <= MOST_REPORTS or len(group) < 4 else group[:2]
            left = group[len(shown) :]
            tie = self._tie(group, len(shown) + bool(left))
            for n, id in enumerate(shown):
                reading = self.edition.readings[id]
                rows.append(
                    [
                        text(
                            (f"{self.edition.letter(id):<{letters}}  ", STRONG),
                            labels.shortened(labels.heading(reading), 64),
                        ),
                        _from(reading),
                        self._when(reading, year=len(years) > 1),
                        text((tie[n], QUIET)),
                    ]
                )
            if left:
                more = text((f"{'':<{letters}}  and {len(left)} more: {self.edition.sigla(left)}", QUIET))
                rows.append([more, "", "", text((tie[-1], QUIET))])
        self.sheet.columns(rows, indent=2, gives=1)
        if not few and len(groups) > MOST_REPORTS:
            rest = [id for group in groups[MOST_REPORTS:] for id in group]
            origins = labels.plural(len(groups) - MOST_REPORTS, "further origin")
            self.sheet.put(text((f"and {len(rest)} more of {origins}: {self.edition.sigla(rest)}", QUIET)), indent=2)
        for reading in self.record.reports:
            for note in (*reading.notes, *([reading.advisory] if reading.advisory else [])):
                self.sheet.put(text((f"{self.edition.letter(reading.id)}: {inert(note)}", QUIET)), indent=5, hang=3)
        if self.evidence:
            self._lineage_evidence()

    def _tie(self, group: tuple[str, ...], rows: int) -> list[str]:
        """A bracket around the rows of one origin, with what links its reports beside the first two."""
        if len(group) == 1:
            return [""]
        origin = next((o for o in self.record.lineage.origins if group[0] in o.reports), None)
        shared = labels.plural(len(origin.passages), "passage") + " shared" if origin and origin.passages else ""
        if self.sheet.width < ROOMY:
            shared = shared.replace(" passages", "").replace(" passage", "")
        signs = ["┐", *["│"] * (rows - 2), "┘"]
        words = ["one origin", shared, *[""] * rows]
        return [f"{sign} {word}".rstrip() for sign, word in zip(signs, words, strict=False)]

    def _when(self, reading: Reading, *, year: bool) -> str:
        """The day of a report; in a long list what it rests on is told only where that is not what came with it."""
        published = reading.published
        if published and published.basis == "metadata" and len(self.record.reports) > MOST_REPORTS:
            return labels.day(published.date, short=True, year=year)
        return labels.when(published, short=True, year=year)

    def _lineage_evidence(self) -> None:
        for origin in self.record.lineage.origins:
            for derivation in origin.derivations:
                pair = f"{self.edition.letter(derivation.a)}–{self.edition.letter(derivation.b)}: "
                self.sheet.put(text((pair + self.edition.ground(derivation), QUIET)), indent=5, hang=5)
            for passage in origin.passages:
                self._words([passage.a, passage.b])

    def brief(self) -> None:
        if not self.record.brief:
            return
        self.sheet.head("In brief")
        for line in self.record.brief:
            note = self._tag(line.reports, None)
            self.sheet.put(brief_words(self.edition, line), indent=2, mark="· ", note=note)
            self._words(line.evidence)

    def differences(self) -> None:
        if not self.record.differences:
            if len(self.record.reports) > 1:
                self.sheet.head("Differences")
                self.sheet.put("None was found. That is no proof that there are none.", indent=2)
            return
        self.sheet.head(f"Differences ({len(self.record.differences)})")
        for n, difference in enumerate(self.record.differences, 1):
            mark = text(f"{n:>2} ", (f"{labels.kind(difference.kind):<{KIND_WIDTH}} ", DIFFERS))
            self._difference(difference, mark)
            if self.evidence:
                self.sheet.put(text((inert(difference.why), QUIET)), indent=self._inset)
                self._words(self.edition.evidence(difference))

    def revisions(self) -> None:
        """Versions of one report: what the later one changed."""
        if not self.record.revisions:
            return
        self.sheet.head("Versions")
        for revision in self.record.revisions:
            self.sheet.put(self.edition.revision_label(revision), indent=2, hang=2)
            shown = revision.changes if self.evidence else revision.changes[:MOST_CHANGES]
            for change in shown:
                before, after = (labels.shortened(words, 240) for words in self.edition.change(change))
                mark = text((f"{change.kind:<8} ", DIFFERS))
                self.sheet.put(f"{before} → {after}" if before and after else before or after, indent=4, mark=mark)
                self._words(span for span in (change.before, change.after) if span)
            if len(shown) < len(revision.changes):
                rest = labels.plural(len(revision.changes) - len(shown), "further change")
                self.sheet.put(text((f"… and {rest} (--evidence shows all)", QUIET)), indent=4)

    @property
    def _inset(self) -> int:
        return 6 if self.sheet.narrow else KIND_WIDTH + 5

    def _difference(self, difference: Difference, mark: Text) -> None:
        """Label and accounts: in one line where they fit, else the accounts under the label."""
        label = inert(difference.about.label) + (" (revised)" if difference.revision else "")
        spoken = [
            (value, self.edition.sigla(a.report for a in accounts))
            for value, accounts in self.edition.sides(difference)
        ]
        if difference.lacking:
            spoken.append(("not told", self.edition.sigla(difference.lacking)))
        flat = " · ".join(f"{value} ({letters})" for value, letters in spoken)
        worded = difference.kind == "wording"
        head, _, tail = label.rpartition(": ")
        if head and flat.startswith(f"{tail} ("):
            label = head  # the first account says the rest of it
        if not worded and flat.startswith(f"{label} (") and len(flat) <= self.sheet.width - KIND_WIDTH - 5:
            self.sheet.put(flat, indent=1, mark=mark)
            return
        if not worded and len(label) + 2 + len(flat) <= self.sheet.width - KIND_WIDTH - 5:
            self.sheet.put(f"{label}: {flat}", indent=1, mark=mark)
            return
        self.sheet.put(label, indent=1, mark=mark)
        if worded and self._woven_sides(difference):
            return
        if len(flat) <= self.sheet.width - self._inset:
            self.sheet.put(flat, indent=self._inset)
            return
        width = max(len(letters) for _, letters in spoken)
        for value, letters in spoken:
            self.sheet.put(value, indent=self._inset, mark=f"{letters:<{width}}  ")

    def _woven_sides(self, difference: Difference) -> bool:
        """Accounts of words set under each other; False where they cannot be."""
        woven = woven_sides(self.edition, difference)
        if woven:
            alike: dict[tuple[str, ...], list[str]] = {}
            for report in woven.reports:
                read = tuple(o.text for stretch in woven.stretches for o in stretch.own if report in o.reports)
                alike.setdefault(read, []).append(report)
            rows = [(self.edition.sigla(reports), reports[0]) for reports in alike.values()]
            self.sheet.woven(woven.stretches, rows, indent=self._inset)
        return woven is not None

    # ---- entries ---------------------------------------------------------------------------------

    def statements(self) -> None:
        said = self.record.statements
        if not said:
            return
        speakers = self.edition.by_speaker()
        known = sum(1 for speaker, _ in speakers if speaker)
        self.sheet.head(f"Who said what ({labels.plural(len(said), 'statement')}, {labels.plural(known, 'speaker')})")
        shown, left = statements_by_weight(self.edition, len(said) if self.evidence else MOST_STATEMENTS)
        for speaker, statements in speakers:
            statements = [statement for statement in statements if statement.id in shown]
            if not statements:
                continue
            actor = self.edition.actors.get(speaker) if speaker else None
            role = f"  {inert(actor.role)}" if actor and actor.role and actor.named else ""
            self.sheet.put(text((self.edition.actor_line(speaker), STRONG), (role, QUIET)), indent=2, hang=2)
            for statement in statements:
                self._statement(statement)
        if left:
            also = ", ".join(
                f"{name or 'speaker not established'}{f' ({count})' if count > 1 else ''}" for name, count in left
            )
            more = sum(count for _, count in left)
            self.sheet.put(
                text((f"… and {more} more that fewer reports tell (--evidence shows all): {also}", QUIET)),
                indent=2,
                hang=2,
            )

    def _statement(self, statement: RecordStatement) -> None:
        first = statement.variants[0]
        content = labels.worded(self.edition.texts.get(first.report, ""), first, width=320)
        setting = self._setting(statement)
        note = self._tag((v.report for v in statement.variants), statement.standing)
        line = text((f"{setting}: ", QUIET) if setting else "", content)
        self.sheet.put(line, indent=4, note=note, hang=2)
        if len(statement.variants) > 1:
            self._variants(without_parts(weave(statement, self.edition.texts)), statement)
        self._words(self.edition.evidence(statement))

    def _setting(self, statement: RecordStatement) -> str:
        to = self.edition.said_to(statement)
        place = next((v.place for v in statement.variants if v.place), None)
        date = next((v.date for v in statement.variants if v.date), None)
        parts = [
            self.edition.said_with(statement),
            f"to {to}" if to else "",
            f"in {inert(place)}" if place else "",
            labels.day(date, short=True, year=False),
        ]
        return ", ".join(part for part in parts if part)

    def _variants(self, woven: Woven, statement: RecordStatement) -> None:
        """The apparatus: what each other report changes in the words above."""
        changes: dict[tuple[str, ...], list[str]] = {}
        for stretch in woven.stretches:
            for own in stretch.own[1:]:
                most = LONGEST_WORDS if self.evidence else MOST_WORDS
                base, read = (labels.shortened(words, most) for words in (stretch.own[0].text, own.text))
                changes.setdefault(own.reports, []).append(_change(base, read))
        for reports, made in changes.items():
            mark = text((f"{self.edition.sigla(reports)}  ", QUIET))
            self.sheet.put(text(("; ".join(made), QUIET)), indent=6, mark=mark)
        kinds = {variant.report: variant for variant in statement.variants}
        parts: dict[str, list[str]] = {}
        for report in woven.partial:
            quote = labels.pieces(self.edition.texts.get(report, ""), kinds[report].content, width=160)
            parts.setdefault(quote, []).append(report)
        for quote, held in parts.items():
            self.sheet.put(text((f"has only {quote}", QUIET)), indent=6, mark=f"{self.edition.sigla(held)}  ")
        for variant in woven.apart:
            quote = labels.worded(self.edition.texts.get(variant.report, ""), variant, width=160)
            lead = f"{self.edition.letter(variant.report)} {variant.kind}: "
            self.sheet.put(text((quote, QUIET)), indent=6, mark=text((lead, QUIET)))

    def figures(self) -> None:
        if self.record.figures:
            self.sheet.head("Figures")
            Ledger(self.edition, self.sheet, self._tag, self._words).show(evidence=self.evidence)

    def positions(self) -> None:
        if not self.record.positions:
            return
        self.sheet.head("Positions")
        shared = [] if self.sheet.narrow else self._fitting(self.edition.shared_issues(MOST_COLUMNS))
        if shared:
            self._matrix(shared, self.edition.matrix(shared))
        others = self.edition.positions_beside(shared)
        width = max((len(labels.shortened(self.edition.actor(p.actor), 26)) for p in others), default=0)
        for position in others:
            name = labels.shortened(self.edition.actor(position.actor), 26)
            basis = " (vote)" if position.basis == "vote" else ""
            line = text((f"{position.stance + basis:<11}", STRONG), f" {inert(position.issue)}")
            note = self._tag((span.report for span in position.evidence), position.standing)
            self.sheet.put(line, indent=2, mark=f"{name:<{width}}  ", hang=2, note=note)
            self._words(position.evidence)

    def _fitting(self, issues: list[str]) -> list[str]:
        """The first of the issues, as many as stand side by side with every cell whole and no word broken."""
        for count in range(len(issues), 1, -1):
            rows = self.edition.matrix(issues[:count])
            _, width = self._widths(issues[:count], rows)
            cells = [self._cell(held) for _, row in rows for held in row.values()]
            words = [word for issue in issues[:count] for word in inert(issue).split()]
            if all(cell_len(part) <= width for part in (*cells, *words)):
                return issues[:count]
        return issues[:1]

    def _widths(self, issues: list[str], rows: list[tuple[str, dict[str, list[RecordPosition]]]]) -> tuple[int, int]:
        """Columns for the names of the actors, and for each issue."""
        first = max((cell_len(labels.shortened(self.edition.actor(actor), 26)) for actor, _ in rows), default=0) + 2
        return first, max(12, (self.sheet.width - 2 - first) // len(issues) - 2)

    def _matrix(self, issues: list[str], rows: list[tuple[str, dict[str, list[RecordPosition]]]]) -> None:
        names = [labels.shortened(self.edition.actor(actor), 26) for actor, _ in rows]
        first, width = self._widths(issues, rows)
        heads = [Text(inert(issue)).wrap(self.sheet.console, width) for issue in issues]
        for n in range(max(len(head) for head in heads)):
            line = Text(" " * (2 + first))
            for head in heads:
                part = head[n].plain.rstrip() if n < len(head) else ""
                line.append(part.ljust(width) + "  ", QUIET)
            self.sheet.line(line)
        for name, (_, cells) in zip(names, rows, strict=True):
            line = Text("  " + name.ljust(first))
            for issue in issues:
                held = cells.get(issue, [])
                line.append(labels.shortened(self._cell(held), width).ljust(width + 2))
            self.sheet.line(line)
            if self.evidence:
                self._words(span for issue in issues for p in cells.get(issue, []) for span in p.evidence)

    def _cell(self, held: list[RecordPosition]) -> str:
        parts = []
        for position in held:
            basis = " (vote)" if position.basis == "vote" else ""
            parts.append(f"{position.stance} {self.edition.sigla(s.report for s in position.evidence)}{basis}")
        return " / ".join(parts)

    def events(self) -> None:
        if not self.record.events:
            return
        self.sheet.head("Events")
        shown, left = self.edition.events_by_weight(len(self.record.events) if self.evidence else MOST_EVENTS)
        for event in shown:
            note = self._tag((span.report for span in event.mentions), event.standing)
            self.sheet.put(self.edition.event_label(event), indent=2, hang=2, note=note)
            self._words(event.mentions)
        if left:
            self.sheet.put(
                text((f"… and {len(left)} more that fewer reports tell (--evidence shows all)", QUIET)), indent=2
            )

    def journeys(self) -> None:
        for journey in self.record.journeys:
            self.sheet.head(self.edition.label(journey))
            self.sheet.put(self._route(journey), indent=2, hang=2)
            self._words(self.edition.evidence(journey))

    def _route(self, journey: RecordJourney) -> str:
        """The stops; an arrow stands only where reports establish the order of both."""
        told = {report for leg in journey.legs for report in leg.reports}
        route = ""
        ordered = [*self.edition.ordered_legs(journey), False]
        for n, leg in enumerate(journey.legs):
            notes = [labels.day(leg.date, short=True, year=False)]
            notes += ["planned"] if leg.status == "planned" else []
            if len(told) > 1 and set(leg.reports) != told:
                notes.append(f"{self.edition.sigla(leg.reports)} only")
            known = ", ".join(note for note in notes if note)
            route += inert(leg.place) + (f" ({known})" if known else "")
            if n + 1 < len(journey.legs):
                route += " → " if ordered[n] and ordered[n + 1] else " · "
        return route

    def names(self) -> None:
        """Only with evidence: who is who, and what each report calls them."""
        if not self.evidence or not self.record.actors:
            return
        self.sheet.head("Who is who")
        for actor in self.edition.persons_first():
            forms: dict[str, dict[int, list[str]]] = {}
            for name in actor.names:
                forms.setdefault(inert(name.text), {}).setdefault(name.count, []).append(name.report)
            calls = " · ".join(
                f"{form} ({', '.join(f'{self.edition.sigla(r)} {n}×' for n, r in uses.items())})"
                for form, uses in forms.items()
            )
            self.sheet.put(text((self.edition.actor_line(actor.id), STRONG), f"  {calls}"), indent=2, hang=2)

    def rulings(self) -> None:
        """What people decided, beside what the program had found."""
        if not self.record.rulings:
            return
        self.sheet.head("Decided by people")
        for applied in self.record.rulings:
            ruling = applied.ruling
            self.sheet.put(ruling_words(ruling, self.edition.called), indent=2, hang=2, note=text((ruling.id, QUIET)))
            why = f": {inert(ruling.why)}" if ruling.why else ""
            who = f"{inert(ruling.who)}, {labels.day(ruling.when[:10], short=True)}{why}"
            found = f"the program found {inert(applied.found)}" if applied.found else ""
            state = (
                "overruled by a later one" if applied.overruled_by else "" if applied.took else "changes nothing now"
            )
            told = " · ".join(part for part in (who, found, state) if part)
            self.sheet.put(text((told, QUIET)), indent=4)

    def more(self) -> None:
        self.sheet.line()
        shown = "" if self.evidence else "--evidence shows the words behind every line · "
        self.sheet.put(text((f"{shown}--format html -o record.html the page · --format json the data", QUIET)))

    # ---- shared ----------------------------------------------------------------------------------

    def _tag(self, reports: Iterable[str], standing: str | None, *, of: Iterable[str] | None = None) -> Text:
        """Letters, standing, origins: the note at the right edge.

        Args:
            reports: whose letters are shown.
            standing: of the entry; null on the further lines of one.
            of: all reports of the entry, where the letters are of one account only.
        """
        held = self.edition.ordered(reports)
        every = held if of is None else self.edition.ordered(of)
        note = Text(self.edition.sigla(held))
        if standing and standing != "corroborated":
            note.append("  ")
            note.append(standing, DIFFERS if standing == "differs" else QUIET)
        if len(every) > 1 and standing != "single" and (of is None or standing):
            note.append(f"  {labels.plural(self.edition.origins(every), 'origin')}", QUIET)
        return note

    def _words(self, spans: Iterable[Span]) -> None:
        """The evidence: letter, place in the text, the very words."""
        if not self.evidence:
            return
        for span in dict.fromkeys(spans):
            mark = f"{self.edition.letter(span.report)} {span.start}–{span.end}  "
            words = labels.shortened(self.edition.words(span), LONGEST_WORDS)
            self.sheet.put(text((words, QUIET)), indent=8, mark=text((mark, QUIET)))


def _from(reading: Reading) -> str:
    """Outlet and credit; of a report that has neither nor a headline, the file or site that it came from."""
    known = [part for part in (labels.outlet(reading), labels.credited(reading)) if part]
    if known or labels.headline(reading):
        return labels.shortened(" · ".join(known), 30)
    return labels.shortened(labels.source(reading), 20)


def _change(base: str, own: str) -> str:
    if not base:
        return f"adds {labels.quoted(own)}"
    return f"{labels.quoted(own)} for {labels.quoted(base)}" if own else f"leaves out {labels.quoted(base)}"
