"""One report's reading in the terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console

from variorum.model import ARTICLE_KINDS, Extent, Figure, Reading, Statement
from variorum.views import labels
from variorum.views.inert import inert
from variorum.views.terminal.sheet import QUIET, STRONG, Sheet, text


def render_reading(reading: Reading, *, console: Console, evidence: bool = False) -> None:
    """Write what was found in one report.

    Args:
        reading: of one report.
        console: where to; its width is respected up to 100 columns.
        evidence: also show the words behind every line with their place in the text.
    """
    view = _ReadingView(reading, Sheet(console), evidence)
    view.title()
    view.statements()
    view.figures()
    view.positions()
    view.events()
    view.journeys()
    view.actors()
    view.layout()
    view.sheet.line()


class _ReadingView:
    def __init__(self, reading: Reading, sheet: Sheet, evidence: bool) -> None:
        self.reading = reading
        self.sheet = sheet
        self.evidence = evidence
        self._known = {actor.name: actor for actor in reading.actors}

    def title(self) -> None:
        reading = self.reading
        self.sheet.put(text((labels.heading(reading), STRONG)))
        bylines = [labels.words(reading.text, extent) for extent in reading.bylines] or [
            inert(name) for name in reading.authors
        ]
        language = "" if reading.language == "en" else f"language: {inert(reading.language)}"
        known = [
            labels.outlet(reading),
            labels.listed(bylines),
            labels.when(reading.published),
            labels.credited(reading),
            language,
        ]
        self.sheet.put(text((" · ".join(part for part in known if part), QUIET)))
        source = reading.location or reading.url
        if source:
            self.sheet.put(text((inert(source), QUIET)))
        for note in (*reading.notes, *([reading.advisory] if reading.advisory else [])):
            self.sheet.put(text((inert(note), QUIET)))

    def statements(self) -> None:
        found = self.reading.statements
        if not found:
            return
        self.sheet.head(f"Who said what ({labels.plural(len(found), 'statement')})")
        groups: dict[str | None, list[Statement]] = {}
        for statement in found:
            groups.setdefault(statement.speaker, []).append(statement)
        for speaker, said in sorted(groups.items(), key=lambda item: item[0] is None):
            actor = self._known.get(speaker) if speaker else None
            role = f"  {inert(actor.role)}" if actor and actor.role else ""
            self.sheet.put(text((inert(speaker or "speaker not established"), STRONG), (role, QUIET)), indent=2, hang=2)
            for statement in said:
                self._statement(statement)

    def _statement(self, statement: Statement) -> None:
        setting = [
            f"with {labels.listed([inert(name) for name in statement.co_speakers])}" if statement.co_speakers else "",
            f"to {self._words(statement.addressee)}" if statement.addressee else "",
            f"in {inert(statement.place)}" if statement.place else "",
            labels.day(statement.date, short=True, year=False),
            "not said" if statement.negated else "",
        ]
        lead = ", ".join(part for part in setting if part)
        content = labels.pieces(self.reading.text, statement.content)
        self.sheet.put(text((f"{lead}: " if lead else "", QUIET), content), indent=4, hang=2, note=statement.kind)
        self._evidence(e for e in (*statement.content, statement.source, statement.cue) if e)

    def figures(self) -> None:
        if not self.reading.figures:
            return
        self.sheet.head("Figures")
        for figure in self.reading.figures:
            voucher = figure.voucher or (self._words(figure.vouched_by) if figure.vouched_by else "")
            about = [
                inert(voucher),
                f"as of {labels.day(figure.as_of)}" if figure.as_of else "",
                inert(figure.place or ""),
            ]
            line = text((_amount(figure), STRONG), f"  {inert(figure.what or figure.unit or '')}")
            self.sheet.put(line, indent=2, hang=2, note=text((" · ".join(a for a in about if a), QUIET)))
            self._evidence([figure.extent])

    def positions(self) -> None:
        if not self.reading.positions:
            return
        self.sheet.head("Positions")
        for position in self.reading.positions:
            issue = self._words(position.issue) if position.issue else "issue not established"
            line = text((self._words(position.actor), STRONG), f"  {position.stance}: {issue}")
            self.sheet.put(line, indent=2, hang=2, note="vote" if position.basis == "vote" else "")
            self._evidence([position.extent])

    def events(self) -> None:
        if not self.reading.events:
            return
        self.sheet.head("Events")
        for event in self.reading.events:
            who = labels.listed([self._words(e) for e in event.actors])
            whom = labels.listed([self._words(e) for e in event.recipients])
            parties = " – ".join(part for part in (who, whom) if part)
            parts = [inert(event.mode or event.type.lower()) + (f": {parties}" if parties else "")]
            parts += [self._words(event.place)] if event.place and event.place not in event.recipients else []
            parts += [labels.day(event.date)] if event.date else []
            self.sheet.put(", ".join(parts), indent=2, hang=2, note="" if event.status == "held" else event.status)
            self._evidence([event.trigger])

    def journeys(self) -> None:
        for journey in self.reading.journeys:
            self.sheet.head(f"Journey of {self._words(journey.traveller)}")
            legs = [self._words(leg.place) + (" (planned)" if leg.status == "planned" else "") for leg in journey.legs]
            self.sheet.put(" · ".join(legs), indent=2, hang=2)
            self._evidence(leg.place for leg in journey.legs)

    def actors(self) -> None:
        named = [actor for actor in self.reading.actors if actor.named]
        if not named:
            return
        self.sheet.head("Names")
        for kind in ("person", "government", "organisation", "group", "place"):
            held = [actor for actor in named if actor.kind == kind]
            if held:
                calls = [f"{inert(a.name)} {len(a.mentions)}×" for a in held]
                self.sheet.put(" · ".join(calls), indent=2, mark=text((f"{kind:<13}", QUIET)))

    def layout(self) -> None:
        """What was left out of the reading, counted, so that nothing is lost in silence."""
        left = [block for block in self.reading.blocks if block.kind not in ARTICLE_KINDS]
        if not left:
            return
        count: dict[str, int] = {}
        for block in left:
            count[block.kind] = count.get(block.kind, 0) + 1
        self.sheet.head("Beside the article")
        self.sheet.put(" · ".join(f"{kind} {n}" for kind, n in sorted(count.items())), indent=2, hang=2)
        if self.evidence:
            for block in left:
                words = labels.shortened(labels.words(self.reading.text, block.extent), 120)
                self.sheet.put(text((words, QUIET)), indent=4, mark=text((f"{block.kind:<11}", QUIET)))

    def _words(self, extent: Extent) -> str:
        return labels.words(self.reading.text, extent)

    def _evidence(self, extents: Iterable[Extent]) -> None:
        if not self.evidence:
            return
        for extent in dict.fromkeys(extents):
            words = labels.shortened(self._words(extent), 400)
            self.sheet.put(text((words, QUIET)), indent=8, mark=text((f"{extent.start}–{extent.end}  ", QUIET)))


def _amount(figure: Figure) -> str:
    return labels.amount_of(figure.value, figure.low, figure.high, figure.bound)
