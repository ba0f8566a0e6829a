"""What the page's template draws from: entries numbered, evidence with links, reports cut into segments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from variorum.model import (
    Actor,
    BriefLine,
    Difference,
    Extent,
    Origin,
    Passage,
    Reading,
    RecordEvent,
    RecordFigure,
    RecordJourney,
    RecordStatement,
    Span,
    StatementVariant,
)
from variorum.model.ruling import AppliedRuling, Ruling
from variorum.views import copying, labels
from variorum.views.differing import brief_words, difference_of, without_parts, woven_sides
from variorum.views.edition import AnyEntry, Edition, Entry
from variorum.views.geo import stops
from variorum.views.inert import inert
from variorum.views.page.decided import ruling_words
from variorum.views.page.segments import Paragraph, paragraphs
from variorum.views.pictures import chart_of, lineage_picture, route_map
from variorum.views.weights import actors_by_weight, figures_by_weight, statements_by_weight
from variorum.views.woven import Woven, weave

FOUND = -1
"""The number of words that were searched for, beside the numbers of the entries."""
LONG_VOUCHER = 32
"""Characters of who vouches for a figure that the ledger has room for beside the figure's name."""
ONE_LINE = 56
"""Characters of a difference's label and accounts that stand in one line."""


@dataclass(frozen=True, slots=True)
class Siglum:
    """A report's letter that leads to words in it."""

    letter: str
    anchor: str
    """Fragment of the page: ``A.142``."""
    title: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of a report behind an entry."""

    siglum: Siglum
    place: str
    words: str


@dataclass(frozen=True, slots=True)
class Side:
    """What some reports say at a difference; ``value`` is null where they leave the thing out."""

    sigla: tuple[Siglum, ...]
    value: str | None


@dataclass(frozen=True, slots=True)
class Said:
    """What one speaker said: the statements shown at once, and the others."""

    speaker: str | None
    first: tuple[RecordStatement, ...]
    rest: tuple[RecordStatement, ...]


class Desk:
    """The page's view of an edition."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self.record = edition.record
        self.numbers = {id: n for n, id in enumerate(edition.entries)}

    # ---- entries ---------------------------------------------------------------------------------

    def entry(self, thing: AnyEntry) -> Entry:
        """The entry of a thing of the record."""
        return self.edition.entries[thing.id]

    def number(self, thing: AnyEntry) -> int:
        """The entry's number, by which segments refer to it."""
        return self.numbers[thing.id]

    def siglum(self, report: str, start: int | None = None) -> Siglum:
        """A report's letter, leading to its words from ``start`` on, or to the report."""
        letter = self.edition.letter(report)
        anchor = f"report-{letter}" if start is None else f"{letter}.{start}"
        return Siglum(letter, anchor, self.edition.name_of(report))

    def sigla(self, spans: Iterable[Span]) -> list[Siglum]:
        """One letter a report, each leading to the first of the spans there."""
        first: dict[str, Span] = {}
        for span in spans:
            first.setdefault(span.report, span)
        return [self.siglum(id, first[id].start) for id in self.edition.ordered(first)]

    def evidence(self, spans: Iterable[Span]) -> list[Evidence]:
        """The words behind an entry."""
        return [
            Evidence(self.siglum(s.report, s.start), f"{s.start}–{s.end}", labels.shortened(self.edition.words(s), 700))
            for s in dict.fromkeys(spans)
            if s.report in self.edition.readings
        ]

    def evidence_of(self, thing: AnyEntry) -> list[Evidence]:
        """The words behind an entry; of a statement with their setting."""
        if isinstance(thing, RecordStatement):
            return self.evidence(copying.statement_spans(self.edition, thing))
        return self.evidence(self.edition.evidence(thing))

    def citation(self, entry: Entry) -> str:
        """An entry with its words and where they stand, for pasting."""
        thing = self._things.get(entry.address)
        if not isinstance(thing, RecordStatement):
            return "\n".join([entry.label, *copying.cited(self.edition, entry.spans)])
        said = copying.cited(self.edition, copying.statement_spans(self.edition, thing, apart=False))
        return "\n".join([f"{self.edition.actor_line(thing.speaker)}:", *said])

    def quotation(self, statement: RecordStatement) -> str | None:
        """The words of a quotation with their citation; None for a statement that no report quotes."""
        return copying.quotation(self.edition, statement)

    def letters(self, spans: Iterable[Span]) -> list[str]:
        """The letters of the reports that spans lie in."""
        return [self.edition.letter(id) for id in self.edition.ordered(span.report for span in spans)]

    # ---- rulings ---------------------------------------------------------------------------------

    @cached_property
    def _ruled(self) -> dict[str, list[AppliedRuling]]:
        ruled: dict[str, list[AppliedRuling]] = {}
        for applied in self.record.rulings:
            for id in applied.entries:
                ruled.setdefault(id, []).append(applied)
        return ruled

    def ruled(self, id: str) -> list[AppliedRuling]:
        """The rulings that changed an entry."""
        return self._ruled.get(id, [])

    def _named(self, report: str) -> str:
        """A report as a ruling names it here: by its letter, where the record holds it."""
        return f"report {self.edition.letter(report)}" if report in self.edition.readings else "a report elsewhere"

    def ruling_words(self, ruling: Ruling) -> str:
        """What was decided, as a sentence."""
        return ruling_words(ruling, self._named)

    def ruling_line(self, ruling: Ruling) -> str:
        """What was decided, by whom and when."""
        day = labels.day(ruling.when[:10], short=True)
        return f"{self.ruling_words(ruling)} Decided by {inert(ruling.who)}, {day}."

    def ruling_anchor(self, applied: AppliedRuling) -> str:
        """The address of a ruling in the page."""
        return f"decided-{self.record.rulings.index(applied) + 1}"

    # ---- entries, in words -----------------------------------------------------------------------

    def standing(self, entry: Entry) -> str:
        """Standing and origins in words."""
        if entry.standing == "differs":
            return "differs"
        if entry.standing == "single" or entry.origins < 2:
            return "one origin" if len(entry.reports) > 1 else "single"
        return labels.plural(entry.origins, "origin")

    @property
    def years(self) -> int:
        """In how many years the reports appeared."""
        return len({reading.published.date[:4] for reading in self.record.reports if reading.published})

    # ---- sections --------------------------------------------------------------------------------

    def origins(self) -> list[tuple[tuple[Reading, ...], Origin | None]]:
        """Reports by origin, with what is known of the origin."""
        known = {report: origin for origin in self.record.lineage.origins for report in origin.reports}
        return [
            (tuple(self.edition.readings[id] for id in group), known.get(group[0]))
            for group in self.edition.by_origin()
        ]

    def woven(self, statement: RecordStatement) -> Woven:
        """A statement's variants in one text; those that have only a part of it stand below."""
        return without_parts(weave(statement, self.edition.texts))

    def woven_sides(self, difference: Difference) -> Woven | None:
        """The accounts of a difference in wording in one text, where they can be."""
        return woven_sides(self.edition, difference)

    def lead(self, variant: StatementVariant) -> str:
        """The report's words that lead to what was said."""
        return labels.lead(self.edition.texts.get(variant.report, ""), variant)

    def worded(self, variant: StatementVariant) -> str:
        """A variant's words with what leads to them."""
        return labels.worded(self.edition.texts.get(variant.report, ""), variant)

    def said(self) -> tuple[list[Said], list[Said]]:
        """Statements by speaker: the speakers shown at once, and those all of whose statements unfold."""
        every = len(self.record.statements)
        most = every if every <= 2 * self.most_statements else self.most_statements
        chosen, _ = statements_by_weight(self.edition, most)
        groups = [
            Said(speaker, tuple(s for s in said if s.id in chosen), tuple(s for s in said if s.id not in chosen))
            for speaker, said in self.edition.by_speaker()
        ]
        folded = [Said(group.speaker, group.rest, ()) for group in groups if not group.first]
        return [group for group in groups if group.first], folded

    def role(self, actor: Actor) -> str:
        """Office and state of an actor, the state where the name does not say it already."""
        country = labels.country(actor.country) if actor.kind != "government" else ""
        return ", ".join(part for part in (inert(actor.role or ""), country) if part and part != actor.name)

    def is_long(self, difference: Difference) -> bool:
        """Whether the accounts of a difference stand one under the other, because a line does not hold them all."""
        told = [len(side.value) + 4 * len(side.sigla) for side in self.sides(difference) if side.value is not None]
        return len(told) > 1 and len(difference.about.label) + sum(told) > ONE_LINE

    def content(self, variant: StatementVariant) -> str:
        """A variant's words."""
        return labels.pieces(self.edition.texts.get(variant.report, ""), variant.content)

    def setting(self, statement: RecordStatement) -> str:
        """With whom, to whom, where, when."""
        to = self.edition.said_to(statement)
        place = next((v.place for v in statement.variants if v.place), None)
        date = next((v.date for v in statement.variants if v.date), None)
        parts = [
            self.edition.said_with(statement),
            f"to {to}" if to else "",
            f"in {inert(place)}" if place else "",
            labels.day(date) if date else "",
        ]
        return ", ".join(part for part in parts if part)

    def sides(self, difference: Difference) -> list[Side]:
        """The accounts of a difference, each with the letters that lead to its words; those that lack it last."""
        told = [
            Side(tuple(self.siglum(a.report, a.start) for a in accounts), value)
            for value, accounts in self.edition.sides(difference)
        ]
        lacking = tuple(self.siglum(report) for report in self.edition.ordered(difference.lacking))
        return [*told, Side(lacking, None)] if lacking else told

    def chart(self, figure: RecordFigure) -> str | None:
        """The figure over time as SVG, where it was counted on several days."""
        return chart_of(figure, self.edition)

    def route(self, journey: RecordJourney) -> str | None:
        """The journey on a map as SVG, where its places are known."""
        return route_map(journey, self.edition)

    def unplaced(self, journey: RecordJourney) -> list[str]:
        """The stops whose place on the map is not known."""
        placed = {stop.number for stop in stops(journey, self.edition)}
        missing = [inert(leg.place) for number, leg in enumerate(journey.legs, 1) if number not in placed]
        return list(dict.fromkeys(missing))

    def lineage(self) -> str | None:
        """Reports and origins as SVG."""
        return lineage_picture(self.edition)

    # ---- reports ---------------------------------------------------------------------------------

    @cached_property
    def _passages(self) -> dict[Passage, int]:
        """Shared passages by number; they follow the lines of the brief, which follow the entries."""
        found = [passage for origin in self.record.lineage.origins for passage in origin.passages]
        first = len(self.numbers) + len(self.record.brief)
        return {passage: first + n for n, passage in enumerate(dict.fromkeys(found))}

    def brief_number(self, place: int) -> int:
        """The number of a line of the brief, by which segments refer to it."""
        return len(self.numbers) + place

    def brief_citation(self, line: BriefLine) -> str:
        """A line of the brief with its words, for pasting."""
        return "\n".join([self.brief_words(line), *copying.cited(self.edition, line.evidence)])

    def brief_words(self, line: BriefLine) -> str:
        """A line of the brief, of a difference with its accounts."""
        return brief_words(self.edition, line)

    def brief_entry(self, line: BriefLine) -> Entry | None:
        """What a line of the brief tells: the difference, or another entry of the record."""
        difference = difference_of(self.edition, line)
        return self.entry(difference) if difference else self.edition.entries.get(line.entry)

    def passage_number(self, passage: Passage) -> int:
        """The number of a shared passage, by which segments refer to it."""
        return self._passages[passage]

    @cached_property
    def _rests(self) -> dict[str, list[tuple[Extent, int]]]:
        """Per report, where each entry, line of the brief and shared passage rests."""
        resting = [(span, self.numbers[id]) for id, entry in self.edition.entries.items() for span in entry.spans]
        for place, line in enumerate(self.record.brief):
            resting += [(span, self.brief_number(place)) for span in line.evidence]
        for passage, number in self._passages.items():
            resting += [(passage.a, number), (passage.b, number)]
        rests: dict[str, list[tuple[Extent, int]]] = {}
        for span, number in resting:
            rests.setdefault(span.report, []).append((span.extent, number))
        return rests

    def paragraphs(self, reading: Reading, found: Extent | None = None) -> list[Paragraph]:
        """A report's text cut for lighting.

        Args:
            reading: the report.
            found: words that were searched for; the number of their segments is ``FOUND``.
        """
        rests = self._rests.get(reading.id, [])
        return paragraphs(reading, [*rests, (found, FOUND)] if found else rests)

    @cached_property
    def _addresses(self) -> list[tuple[bool, int, str]]:
        """By number, whether an entry is an actor, how many words it rests on, and its address."""
        return [
            (entry.kind == "actor", sum(span.end - span.start for span in entry.spans), entry.address)
            for entry in self.edition.entries.values()
        ]

    def leads_to(self, entries: tuple[int, ...]) -> str | None:
        """The address of the narrowest entry that rests on a segment, an actor only where there is nothing else."""
        held = [self._addresses[n] for n in entries if 0 <= n < len(self._addresses)]
        return min(held)[2] if held else None

    def thing(self, address: str) -> AnyEntry | None:
        """What stands at an address in the page."""
        return self._things.get(address)

    @cached_property
    def _things(self) -> dict[str, AnyEntry]:
        """By address, what stands there."""
        lists: tuple[Sequence[AnyEntry], ...] = (
            self.record.differences,
            self.record.statements,
            self.record.figures,
            self.record.positions,
            self.record.events,
            self.record.journeys,
            self.record.actors,
        )
        return {self.entry(one).address: one for given in lists for one in given}

    def by_address(self, address: str) -> Entry | None:
        """The entry with an address in the page."""
        return next((entry for entry in self.edition.entries.values() if entry.address == address), None)

    @cached_property
    def unmarked(self) -> frozenset[int]:
        """Numbers of actors, lines of the brief and passages: words that only these rest on carry no mark."""
        further = range(len(self.numbers), len(self.numbers) + len(self.record.brief) + len(self._passages))
        return frozenset((*(self.numbers[actor.id] for actor in self.record.actors), *further))

    @cached_property
    def differing(self) -> frozenset[int]:
        """Numbers of the differences: their words carry the accent."""
        return frozenset(self.numbers[difference.id] for difference in self.record.differences)

    def marking(self, entries: tuple[int, ...]) -> str:
        """The class of a segment: differs, rests (an entry rests on it), or name."""
        if not self.differing.isdisjoint(entries):
            return "w x"
        return "w n" if self.unmarked.issuperset(entries) else "w"

    most_sigla = 7
    """Letters that stand beside an entry; of more, the first are shown and the others counted."""
    most_reports = 12
    """Reports that are listed at once; the others unfold."""
    most_events = 24
    """Events that are shown at once; the others unfold."""
    most_issues = 3
    """Issues that stand side by side in the table of positions: what the pane has room for; the others are listed."""
    most_statements = 60
    """Statements that are shown at once, where there are more than twice as many; the others unfold."""
    most_figures = 40
    """Figures that are shown at once; the others unfold."""
    most_actors = 48
    """Actors that are shown at once; the others unfold."""
    most_changes = 6
    """Changes of one version that are shown at once; the others unfold."""

    def figures(self) -> tuple[list[tuple[int, RecordFigure]], list[tuple[int, RecordFigure]]]:
        """Figures with their depth: those shown at once, and the others."""
        shown, _ = figures_by_weight(self.edition, self.most_figures)
        ids = {figure.id for _, figure in shown}
        return shown, [pair for pair in self.edition.figures_in_order() if pair[1].id not in ids]

    def actors(self) -> tuple[list[Actor], list[Actor]]:
        """Actors shown at once, and the others."""
        return actors_by_weight(self.edition, self.most_actors)

    def is_wide(self, figure: RecordFigure) -> bool:
        """Whether the ledger of a figure needs the whole width: many letters, or long words for who vouches."""
        ledger = self.edition.ledger(figure)
        room = LONG_VOUCHER if len(ledger) > 1 else 2 * LONG_VOUCHER
        return any(
            len({span.report for span in spans}) > 3 or len(self.edition.voucher(account)) > room
            for account, spans in ledger
        )

    # ---- small parts -----------------------------------------------------------------------------

    def known_by(self, reading: Reading) -> str:
        """What a report is known by in the list beside its headline: its outlet; a file's name only where there is nothing
        better, because it takes the headline's room."""
        return labels.outlet(reading) or ("" if labels.credited(reading) else labels.source(reading))

    def appeared(self, reading: Reading, *, whole: bool = False) -> str:
        """When a report appeared, and on what the day rests where that is not plainly what its publisher stated.

        Args:
            reading: the report.
            whole: with the month in full and the year.
        """
        published = reading.published
        if published is not None and published.basis == "metadata":
            return labels.day(published.date, short=not whole, year=whole or self.years > 1)
        return labels.when(published, short=not whole, year=whole or self.years > 1)

    def event_words(self, event: RecordEvent) -> str:
        """An event without its day and status, which have columns of their own."""
        return self.edition.event_label(replace(event, date=None, status="held"))

    def forms(self, actor: Actor) -> list[tuple[str, list[tuple[str, int]]]]:
        """An actor's names with the letters of the reports that use each so many times."""
        forms: dict[str, dict[int, list[str]]] = {}
        for name in actor.names:
            forms.setdefault(inert(name.text), {}).setdefault(name.count, []).append(name.report)
        return [
            (form, [(self.edition.sigla(reports), count) for count, reports in uses.items()])
            for form, uses in forms.items()
        ]

    def partial(self, statement: RecordStatement, woven: Woven) -> list[tuple[str, str]]:
        """The variants that have only a part of the words, with the letters of the reports that print each."""
        parts: dict[str, list[str]] = {}
        for variant in statement.variants:
            if variant.report in woven.partial:
                parts.setdefault(self.content(variant), []).append(variant.report)
        return [(self.edition.sigla(reports), content) for content, reports in parts.items()]

    def web_address(self, reading: Reading) -> str | None:
        """The report's address, where it is one of the web and nothing else."""
        return copying.web_address(reading)
