"""A record made ready to be shown: letters for its reports, addresses for its entries, the words behind each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from variorum.model import (
    Actor,
    Change,
    Derivation,
    Difference,
    DifferenceAccount,
    Extent,
    FigureAccount,
    Reading,
    Record,
    RecordEvent,
    RecordFigure,
    RecordJourney,
    RecordPosition,
    RecordStatement,
    Revision,
    Span,
    StatementVariant,
)
from variorum.model.story import ChangeKind
from variorum.views import labels
from variorum.views.inert import inert

EntryKind = Literal["statement", "figure", "event", "journey", "position", "difference", "actor"]
AnyEntry = RecordStatement | RecordFigure | RecordEvent | RecordJourney | RecordPosition | Difference | Actor

MOST_LETTERS = 5
"""Letters that are written one by one; more are drawn together."""

_CHANGED: dict[ChangeKind, str] = {
    "figure": "{} with another figure",
    "reworded": "{} reworded",
    "added": "{} added",
    "removed": "{} removed",
}
"""How the kinds of changes of a revision are counted, in the order in which they are told."""

_SAFE_ID = re.compile(r"[a-z][a-z-]*-\d{1,9}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the record in the terms that all views share."""

    address: str
    """What it is called in a page (``statement-3``): its id where that can serve, else kind and number."""
    kind: EntryKind
    label: str
    spans: tuple[Span, ...]
    """The words that it rests on, in the order of the reports and of their texts."""
    reports: tuple[str, ...]
    """The reports that have it, in the record's order."""
    origins: int
    standing: str | None
    why: str
    """Why it is in the record and how firm it is, in plain words."""


class Edition:
    """Look-ups over one record. Made once for a view; holds no state of its own beyond caches."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.readings = {reading.id: reading for reading in record.reports}
        self.letters = {reading.id: labels.letter(n) for n, reading in enumerate(record.reports)}
        self.texts = {reading.id: reading.text for reading in record.reports}
        self.actors = {actor.id: actor for actor in record.actors}
        self._order = {reading.id: n for n, reading in enumerate(record.reports)}
        self._origin = {report: n for n, origin in enumerate(record.lineage.origins) for report in origin.reports}

    # ---- reports ---------------------------------------------------------------------------------

    def called(self, report: str) -> str:
        """A report as a sentence names it: by its letter, where the record holds it."""
        return f"report {self.letter(report)}" if report in self.readings else "a report elsewhere"

    def letter(self, report: str) -> str:
        """The report's letter; ``?`` for one that the record does not hold."""
        return self.letters.get(report, "?")

    def ordered(self, reports: Iterable[str]) -> tuple[str, ...]:
        """Reports in the record's order, each once."""
        return tuple(sorted(set(reports) & self._order.keys(), key=self._order.__getitem__))

    def sigla(self, reports: Iterable[str]) -> str:
        """Letters of reports: ``A C``; of many, runs are drawn together: ``A–M AA``."""
        held = self.ordered(reports)
        if len(held) <= MOST_LETTERS:
            return " ".join(self.letters[report] for report in held)
        runs: list[list[int]] = []
        for number in (self._order[report] for report in held):
            if runs and runs[-1][-1] == number - 1:
                runs[-1].append(number)
            else:
                runs.append([number])
        drawn = []
        for run in runs:
            first, last = labels.letter(run[0]), labels.letter(run[-1])
            drawn += [f"{first}–{last}"] if len(run) > 2 else [labels.letter(number) for number in run]
        return " ".join(drawn)

    def origins(self, reports: Iterable[str]) -> int:
        """How many origins stand behind reports; a report outside the lineage counts for itself."""
        return len({self._origin.get(report, report) for report in self.ordered(reports)})

    def by_origin(self) -> list[tuple[str, ...]]:
        """The reports grouped by origin, groups and reports in the record's order."""
        groups: dict[int | str, list[str]] = {}
        for reading in self.record.reports:
            groups.setdefault(self._origin.get(reading.id, reading.id), []).append(reading.id)
        return [tuple(group) for group in groups.values()]

    @property
    def dates(self) -> str:
        """The days on which the reports appeared."""
        return labels.days(r.published.date for r in self.record.reports if r.published)

    @property
    def title(self) -> str:
        """The record's title for one line."""
        return inert(self.record.title) or "Untitled story"

    def summary(self) -> tuple[str, ...]:
        """Reports, origins, days: the line under the title."""
        independent = self.record.lineage.independent or len(self.by_origin())
        known = (labels.plural(len(self.readings), "report"), labels.plural(independent, "origin"), self.dates)
        return tuple(part for part in known if part)

    def words(self, span: Span) -> str:
        """The words of a span, for one line."""
        return labels.words(self.texts.get(span.report, ""), span.extent)

    def ground(self, derivation: Derivation) -> str:
        """Why a derivation is held, with letters for the ids of its reports."""
        ids = sorted({derivation.a, derivation.b}, key=len, reverse=True)
        # one pass over whole ids: one may be the beginning of the other
        found = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ids))})(?!\w)")
        return inert(found.sub(lambda match: self.letter(match.group()), derivation.ground))

    def name_of(self, report: str) -> str:
        """What to call a report in a citation: outlet, headline, date."""
        reading = self.readings[report]
        parts = [labels.source(reading), labels.reference(reading, 90)]
        if reading.published:
            parts.append(labels.day(reading.published.date))
        return ", ".join(part for part in parts if part)

    # ---- actors ----------------------------------------------------------------------------------

    def actor(self, id: str | None) -> str:
        """An actor's name; empty where there is none."""
        actor = self.actors.get(id) if id else None
        return inert(actor.name) if actor else ""

    def actor_line(self, id: str | None) -> str:
        """An actor's name with the country it belongs to: ``Jane Roe, US``."""
        actor = self.actors.get(id) if id else None
        if actor is None:
            return "speaker not established"
        shown = actor.country and actor.kind in ("person", "organisation", "group")
        return f"{inert(actor.name)}, {inert(actor.country or '')}" if shown else inert(actor.name)

    def said_with(self, statement: RecordStatement) -> str:
        """``with A and B``: those who say it together with the speaker; empty where it is the speaker's alone."""
        names = [name for other in statement.co_speakers if (name := self.actor(other))]
        return f"with {labels.listed(names)}" if names else ""

    # ---- entries ---------------------------------------------------------------------------------

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """Every entry of the record by its id, kinds in the order of the record."""
        made: dict[str, Entry] = {}
        taken: set[str] = set()
        lists: tuple[tuple[EntryKind, Sequence[AnyEntry]], ...] = (
            ("difference", self.record.differences),
            ("statement", self.record.statements),
            ("figure", self.record.figures),
            ("position", self.record.positions),
            ("event", self.record.events),
            ("journey", self.record.journeys),
            ("actor", self.record.actors),
        )
        for kind, given in lists:
            for n, thing in enumerate(given, 1):
                address = thing.id if _SAFE_ID.fullmatch(thing.id) and thing.id not in taken else f"{kind}-{n}"
                while address in taken:
                    address += "0"
                taken.add(address)
                made[thing.id] = self._entry(kind, address, thing)
        return made

    def address(self, id: str) -> str | None:
        """The address of an entry by its id."""
        entry = self.entries.get(id)
        return entry.address if entry else None

    def _entry(self, kind: EntryKind, address: str, thing: AnyEntry) -> Entry:
        spans = tuple(sorted(set(self.evidence(thing)), key=lambda s: (self._order.get(s.report, -1), s.start, s.end)))
        spans = tuple(span for span in spans if span.report in self._order)
        reports = self.ordered(span.report for span in spans)
        standing = getattr(thing, "standing", None)
        return Entry(
            address=address,
            kind=kind,
            label=self.label(thing),
            spans=spans,
            reports=reports,
            origins=self.origins(reports),
            standing=standing,
            why=self._why(thing, reports, standing),
        )

    def label(self, thing: AnyEntry) -> str:
        """A short name for an entry."""
        match thing:
            case RecordStatement():
                said = labels.worded(self.texts.get(thing.variants[0].report, ""), thing.variants[0], width=90)
                together = f" {with_}" if (with_ := self.said_with(thing)) else ""
                return f"{self.actor(thing.speaker) or 'Speaker not established'}{together}: {said}"
            case RecordFigure():
                return self.figure_label(thing)
            case RecordEvent():
                return self.event_label(thing)
            case RecordJourney():
                return f"Journey of {self.actor(thing.traveller) or 'a traveller'}"
            case RecordPosition():
                return f"{self.actor(thing.actor)}: {thing.stance}: {inert(thing.issue)}"
            case Difference():
                return f"{labels.kind(thing.kind)}: {inert(thing.about.label)}"
            case Actor():
                return inert(thing.name)

    def figure_label(self, figure: RecordFigure) -> str:
        """What a figure counts, and where, if the words do not say so already."""
        what, place = inert(figure.what), inert(figure.place or "")
        return what if not place or place.casefold() in what.casefold() else f"{what}, {place}"

    def event_label(self, event: RecordEvent) -> str:
        """An event in one line: mode, participants, place, day, and its status where it was not simply held."""
        who = [self.actor(id) for id in event.actors if self.actor(id)]
        whom = [self.actor(id) for id in event.recipients if self.actor(id)]
        who = who or [inert(self.words(span)) for span in event.actor_words]
        whom = whom or [inert(self.words(span)) for span in event.recipient_words]
        parties = " – ".join(part for part in (labels.listed(who), labels.listed(whom)) if part)
        mode = inert(event.mode or event.type.lower())
        parts = [f"{mode[:1].upper()}{mode[1:]}{': ' if parties else ''}{parties}"]
        place = inert(event.place or "")
        parts += [place] if place and place not in (*who, *whom) else []
        parts += [labels.day(event.date)] if event.date else []
        return ", ".join(parts) + (f" ({event.status})" if event.status != "held" else "")

    def said_to(self, statement: RecordStatement) -> str:
        """Whom a statement was made to, where the words that lead to it do not name them."""
        first = statement.variants[0]
        text = self.texts.get(first.report, "")
        named = first.addressee is not None and labels.words(text, first.addressee) in labels.lead(text, first)
        return "" if named else self.actor(statement.addressee)

    def evidence(self, thing: AnyEntry) -> Iterable[Span]:
        """Every span that an entry rests on."""
        match thing:
            case RecordStatement():
                for variant in thing.variants:
                    yield from self.variant_spans(variant)
            case RecordFigure():
                yield from (Span(report=a.report, start=a.start, end=a.end) for a in thing.accounts)
            case RecordEvent():
                yield from thing.mentions
            case RecordJourney():
                yield from (span for leg in thing.legs for span in leg.mentions)
            case RecordPosition():
                yield from thing.evidence
            case Difference():
                for side in thing.accounts:
                    yield Span(report=side.report, start=side.start, end=side.end)
            case Actor():
                yield from thing.mentions

    @staticmethod
    def variant_spans(variant: StatementVariant) -> list[Span]:
        """Content, source and cue of a variant."""
        around: list[Extent] = [extent for extent in (variant.source, variant.cue) if extent]
        return [Span(report=variant.report, start=e.start, end=e.end) for e in (*variant.content, *around)]

    def _why(self, thing: AnyEntry, reports: tuple[str, ...], standing: str | None) -> str:
        if isinstance(thing, Difference):
            return inert(thing.why)
        who = f"Report {self.sigla(reports)}" if len(reports) == 1 else f"Reports {self.sigla(reports)}"
        gives = "gives it" if len(reports) == 1 else "give it"
        if not reports:
            return "No words of a report stand behind it."
        sentence = f"{who} {gives}: {labels.plural(self.origins(reports), 'origin')}."
        if standing == "single" and len(reports) > 1:
            sentence += " They descend from one text, so they do not confirm one another."
        elif standing == "differs":
            sentence += " Their accounts do not match."
        elif standing == "corroborated":
            sentence += " Origins independent of one another agree."
        reasons = [v.why for v in thing.variants if v.why] if isinstance(thing, RecordStatement) else []
        reasons += list(thing.why) if isinstance(thing, Actor) else []
        return " ".join([sentence, *(inert(reason) for reason in dict.fromkeys(reasons))])

    @cached_property
    def differences_about(self) -> dict[str, list[Difference]]:
        """The differences that concern an entry, by the entry's id."""
        found: dict[str, list[Difference]] = {}
        for difference in self.record.differences:
            found.setdefault(difference.about.entry, []).append(difference)
        return found

    def sides(self, difference: Difference) -> list[tuple[str, list[DifferenceAccount]]]:
        """The sides of a difference: accounts that say the same stand together."""
        sides: dict[str, list[DifferenceAccount]] = {}
        for account in difference.accounts:
            sides.setdefault(labels.dated(inert(account.value)), []).append(account)
        found = [(value, sorted(held, key=self._place)) for value, held in sides.items()]
        return sorted(found, key=lambda side: self._place(side[1][0]))

    def _place(self, account: DifferenceAccount) -> int:
        """The place of an account's report among the reports."""
        return self._order.get(account.report, len(self._order))

    def is_revised(self, figure: RecordFigure, account: FigureAccount) -> bool:
        """Whether a later count takes the place of an account. Where the record holds the counts against each other, as a
        difference that is no revision, neither takes the other's place."""
        against = any(d.kind == "number" and not d.revision for d in self.differences_about.get(figure.id, ()))
        return account.superseded_by is not None and not against

    # ---- groups ----------------------------------------------------------------------------------

    def by_speaker(self) -> list[tuple[str | None, list[RecordStatement]]]:
        """Statements by speaker; who is quoted by most origins, then most often, comes first, the unknown last."""
        groups: dict[str | None, list[RecordStatement]] = {}
        for statement in self.record.statements:
            groups.setdefault(statement.speaker if statement.speaker in self.actors else None, []).append(statement)

        def rank(item: tuple[str | None, list[RecordStatement]]) -> tuple[bool, int, int]:
            speaker, said = item
            return speaker is None, -max(self.origins(v.report for v in s.variants) for s in said), -len(said)

        return sorted(groups.items(), key=rank)

    def figures_in_order(self) -> list[tuple[int, RecordFigure]]:
        """Figures with their depth: parts follow the whole that they belong to."""
        ids = {figure.id for figure in self.record.figures}
        parts: dict[str | None, list[RecordFigure]] = {}
        for figure in self.record.figures:
            whole = figure.part_of if figure.part_of in ids and figure.part_of != figure.id else None
            parts.setdefault(whole, []).append(figure)
        ordered: list[tuple[int, RecordFigure]] = []
        seen: set[str] = set()

        def lay(figures: list[RecordFigure], depth: int) -> None:
            for figure in figures:
                if figure.id not in seen:
                    seen.add(figure.id)
                    ordered.append((depth, figure))
                    lay(parts.get(figure.id, []), min(depth + 1, 3))

        lay(parts.get(None, []), 0)
        lay([figure for figure in self.record.figures if figure.id not in seen], 0)
        return ordered

    def amount(self, figure: RecordFigure, account: FigureAccount) -> str:
        """An account's number with its bound, and its unit where the figure's name does not say it."""
        range_given = account.low is not None and account.high is not None and account.bound == "exactly"
        # A third has no end in figures; the report's own words have.
        endless = account.value is not None and account.value != round(account.value, 4)
        if endless or (account.value is None and not range_given):
            words = labels.words(self.texts.get(account.report, ""), Extent(account.start, account.end))
            return labels.shortened(words, 28)
        unit = inert(account.unit or "")
        # Where the reports count in different words ("people", "Palestinians"), the figure's own name must do.
        shared = len({(a.unit or "").casefold() for a in figure.accounts}) == 1
        known = (
            not unit
            or not shared
            or unit.casefold().rstrip("s") in self.figure_label(figure).casefold()
            or unit == "people"
        )
        return labels.amount(account) if known else labels.measured(labels.amount(account), unit, account.value)

    def voucher(self, account: FigureAccount) -> str:
        """Who vouches for an account in the report's words; by name where it has only a pronoun; empty if nobody."""
        label, name = inert(account.label or ""), self.actor(account.vouched_by)
        return name if name and labels.is_pronoun(label) else label or name

    def ledger(self, figure: RecordFigure) -> list[tuple[FigureAccount, list[Span]]]:
        """The rows of a figure's ledger: an account, and the words of all accounts that say the same.

        Accounts of one amount and day under another name for who vouches for them keep a row of their own; one of a report
        that also says who vouches for it does not.
        """
        rows: dict[tuple[object, ...], tuple[FigureAccount, list[Span]]] = {}
        for account in figure.accounts:
            ends = (account.value, account.low, account.high, account.bound)
            voucher = self.voucher(account).casefold()
            row = rows.setdefault((*ends, account.as_of, voucher), (account, []))
            row[1].append(Span(report=account.report, start=account.start, end=account.end))
        for key, (_, spans) in list(rows.items()):
            if key[-1]:
                continue
            for other, (_, vouched) in rows.items():
                if other[-1] and other[:-1] == key[:-1]:
                    reports = {span.report for span in vouched}
                    vouched += [span for span in spans if span.report in reports]
                    spans[:] = [span for span in spans if span.report not in reports]
        return [row for row in rows.values() if row[1]]

    def ordered_legs(self, journey: RecordJourney) -> list[bool]:
        """For each leg, whether a report establishes its place in the order of travel."""
        established = {
            (reading.id, leg.place)
            for reading in self.record.reports
            for found in reading.journeys
            for leg in found.legs
            if leg.order is not None
        }
        return [any((s.report, s.extent) in established for s in leg.mentions) for leg in journey.legs]

    def issues(self) -> list[str]:
        """The issues of the positions: those on which most actors stand come first."""
        count: dict[str, set[str]] = {}
        for position in self.record.positions:
            count.setdefault(position.issue, set()).add(position.actor)
        return sorted(count, key=lambda issue: -len(count[issue]))

    def shared_issues(self, most: int) -> list[str]:
        """The issues on which two actors or more stand, at most so many: they make a matrix."""
        actors: dict[str, set[str]] = {}
        for position in self.record.positions:
            actors.setdefault(position.issue, set()).add(position.actor)
        return [issue for issue in self.issues() if len(actors[issue]) > 1][:most]

    def matrix(self, issues: list[str]) -> list[tuple[str, dict[str, list[RecordPosition]]]]:
        """Actors by issues: the positions of each on these issues; actors on the first issues come first."""
        order = {issue: n for n, issue in enumerate(issues)}
        rows: dict[str, dict[str, list[RecordPosition]]] = {}
        for position in self.record.positions:
            if position.issue in order:
                rows.setdefault(position.actor, {}).setdefault(position.issue, []).append(position)
        return sorted(rows.items(), key=lambda row: (min(order[issue] for issue in row[1]), -len(row[1])))

    def positions_beside(self, issues: list[str]) -> list[RecordPosition]:
        """The positions on all other issues, those on one issue together."""
        order = {issue: n for n, issue in enumerate(self.issues())}
        held = set(issues)
        left = [position for position in self.record.positions if position.issue not in held]
        return sorted(left, key=lambda position: order[position.issue])

    def events_in_order(self) -> list[RecordEvent]:
        """Events by day, the undated last."""
        return sorted(self.record.events, key=lambda event: (event.date is None, event.date or ""))

    def events_by_weight(self, most: int) -> tuple[list[RecordEvent], list[RecordEvent]]:
        """Events by day, parted in two: at most so many that most origins tell, dated before undated, and the rest."""
        events = self.events_in_order()
        origins = {event.id: self.origins(span.report for span in event.mentions) for event in events}
        ranked = sorted(events, key=lambda e: (-origins[e.id], e.date is None, -len(e.participants)))
        chosen = {event.id for event in ranked[:most]}
        return [e for e in events if e.id in chosen], [e for e in events if e.id not in chosen]

    def persons_first(self) -> list[Actor]:
        """Actors with more than passing weight in the record: persons, then bodies, by how often they are named."""
        order = {"person": 0, "government": 1, "organisation": 2, "group": 3, "place": 4}
        return sorted(self.record.actors, key=lambda a: (order[a.kind], not a.named, -len(a.mentions)))

    def revision_label(self, revision: Revision) -> str:
        """Which report is a later version of which, when, and how much it changed: "C is a later version of B, 8 Nov 2023:
        2 sentences added, 1 figure changed"."""
        when = labels.day(revision.date[:10]) if revision.date else ""
        counts = Counter(change.kind for change in revision.changes)
        told = labels.listed(
            [_CHANGED[kind].format(labels.plural(counts[kind], "sentence")) for kind in _CHANGED if counts[kind]]
        )
        pair = f"{self.letter(revision.later)} is a later version of {self.letter(revision.earlier)}"
        return f"{pair}{f', {when}' if when else ''}: {told}"

    def change(self, change: Change) -> tuple[str, str]:
        """The words of a change before and after; empty where there were or are none."""
        return (
            self.words(change.before) if change.before else "",
            self.words(change.after) if change.after else "",
        )

    def reading(self, report: str) -> Reading:
        """A report by its id."""
        return self.readings[report]
