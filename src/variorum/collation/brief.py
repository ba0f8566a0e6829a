"""The brief: the record in ten lines at most, made of its own entries in the reports' own words. No generated prose.

An event is told by the shortest sentence of a report that names it with its participants; a figure by its own words
and its voucher; a statement by its speaker and its words; a difference by its label and its kind.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from variorum.collation.differences.draft import clipped
from variorum.collation.events import Happening, Telling, family_weight
from variorum.collation.standing import Origins
from variorum.collation.witness import Witness
from variorum.collation.words import concepts, folded
from variorum.model import BriefLine, Difference, Extent, Record, RecordEvent, RecordFigure, RecordStatement, Span
from variorum.text.tables import load_toml

MOST_LINES = 10
MOST_DIFFERENCES = 2
"""Lines that tell what differs: the list of differences stands beside the brief."""
LONGEST = 240
"""Characters of a line of the brief."""


def brief_of(
    record: Record,
    happenings: dict[str, Happening],
    matters: dict[str, float],
    witnesses: tuple[Witness, ...],
    origins: Origins,
) -> tuple[BriefLine, ...]:
    """The entries that matter most: events, figures, statements; then what differs.

    Args:
        record: all but its brief.
        happenings: for each event what it was made of.
        matters: for each figure how much what it counts matters, 0 to 1.
        witnesses: the reports.
        origins: what stands behind them.
    """
    made = _Brief(record, happenings, matters, witnesses, origins)
    events, figures = _unlike(made.events(), 4), _unlike(made.figures(), 2)
    leading = [line for line in figures if made.opens(line.entry)]
    told = [*leading, *events, *(line for line in figures if line not in leading), *_unlike(made.statements(), 2)]
    return (*_unlike(told, MOST_LINES - MOST_DIFFERENCES), *_unlike(made.differs(), MOST_DIFFERENCES))


def _unlike(lines: Iterable[BriefLine], most: int) -> list[BriefLine]:
    """The first lines that do not say again what one before them says."""
    kept: list[BriefLine] = []
    for line in lines:
        own = concepts(line.text)
        if all(len(own & concepts(other.text)) < 0.7 * min(len(own), len(concepts(other.text))) for other in kept):
            kept.append(line)
        if len(kept) == most:
            break
    return kept


class _Brief:
    def __init__(
        self,
        record: Record,
        happenings: dict[str, Happening],
        matters: dict[str, float],
        witnesses: tuple[Witness, ...],
        origins: Origins,
    ) -> None:
        self.record = record
        self.happenings = happenings
        self.matters = matters
        self.witnesses = {witness.id: witness for witness in witnesses}
        self.origins = origins
        self.actors = {actor.id: actor for actor in record.actors}

    def _line(self, entry: str, text: str, evidence: Iterable[Span]) -> BriefLine:
        spans = tuple(dict.fromkeys(evidence))
        reports = tuple(dict.fromkeys(span.report for span in spans))
        return BriefLine(entry=entry, text=text, evidence=spans, reports=reports, origins=self.origins.count(reports))

    def _name(self, entry: str | None) -> str | None:
        return self.actors[entry].name if entry in self.actors else None

    def events(self) -> Iterator[BriefLine]:
        """Events that happened, those first that most origins tell and that weigh most."""

        def rank(event: RecordEvent) -> tuple[float, int]:
            happening = self.happenings[event.id]
            family = family_weight(happening.tellings[0].family)
            shared = self.origins.count(m.report for m in event.mentions) + 0.5 * len(
                {m.report for m in event.mentions}
            )
            parties = min(len(event.participants), 4)
            heads = {m.report for m in event.mentions if m.start < _head_of(self.witnesses[m.report])}
            ahead = 1 + len(heads) / len(self.witnesses)
            return -(family * (1 + shared + 0.5 * parties) * ahead), happening.tellings[0].witness.number

        for event in sorted(self.record.events, key=rank):
            told = len({mention.report for mention in event.mentions})
            lone = len(self.witnesses) > 3 and told < 2
            if lone or event.status in ("denied", "called off") or (len(event.participants) < 2 and not event.place):
                continue
            best = self._best_sentence(self.happenings[event.id].tellings)
            if best is not None:
                witness, sentence = best
                first = witness.span(sentence)
                yield self._line(event.id, " ".join(witness.words(sentence).split()), [first, *event.mentions])

    def _best_sentence(self, tellings: list[Telling]) -> tuple[Witness, Extent] | None:
        """The sentence that tells an event with most of its participants, the shortest of equals."""
        options = []
        for telling in tellings:
            if not telling.witness.in_article(telling.event.trigger):
                continue
            block = telling.witness.block_at(telling.event.trigger.start)
            sentence = telling.witness.sentence(telling.event.trigger.start)
            length = sentence.end - sentence.start
            if length > LONGEST or length < 20 or (block and block.kind == "headline"):
                continue
            if not _tells_by_itself(telling.witness, sentence):
                continue
            named = sum(
                len(telling.witness.words(mention.extent).split())
                for mention, _ in telling.witness.index.within(sentence)
                if mention.form == "name"
            )
            options.append((-len(telling.parties), -min(named, 6), length, telling.key, telling.witness, sentence))
        if not options:
            return None
        best = min(options, key=lambda o: o[:4])
        return best[4], best[5]

    def figures(self) -> Iterator[BriefLine]:
        """Figures of what the press counts first, in the words of the report that says most."""

        def rank(figure: RecordFigure) -> tuple[int, bool, int]:
            reports = {a.report for a in figure.accounts}
            return (
                -self.origins.count(reports),
                not any(a.vouched_by or a.label for a in figure.accounts),
                -len(reports),
            )

        for figure in sorted(self.record.figures, key=rank):
            account = next((a for a in reversed(figure.accounts) if a.label), figure.accounts[-1])
            known = self.matters[figure.id]
            if not known and (account.unit is None or abs(account.value or 0) < 10):
                continue
            told = [account, *figure.accounts]
            whole = next((a for a in told if _in_whole_sentence(self.witnesses[a.report], a.start)), None)
            if whole is None:
                continue
            account, witness = whole, self.witnesses[whole.report]
            sentence = _cut(witness, witness.sentence(account.start), account.end)
            yield self._line(
                figure.id,
                " ".join(witness.words(sentence).split()),
                [witness.span(sentence), *(Span(report=a.report, start=a.start, end=a.end) for a in figure.accounts)],
            )

    def opens(self, entry: str) -> bool:
        """Whether a figure of weight stands at the head of most reports: then it is what happened."""
        figure = next(f for f in self.record.figures if f.id == entry)
        heads = {a.report for a in figure.accounts if a.start < _head_of(self.witnesses[a.report])}
        return self.matters[entry] >= LEADING and 2 * len(heads) > len(self.witnesses)

    def statements(self) -> Iterator[BriefLine]:
        """Statements of named speakers, those first that most origins carry, quoted ones before others."""

        def rank(statement: RecordStatement) -> tuple[int, bool, int, int]:
            reports = {v.report for v in statement.variants}
            words = statement.variants[0].content[0]
            length = words.end - words.start
            indirect = statement.variants[0].kind == "indirect"
            return -self.origins.count(reports), indirect, -len(reports), abs(length - 120)

        for statement in sorted(self.record.statements, key=rank):
            base = statement.variants[0]
            name = self._name(statement.speaker)
            if name is None or not self.actors[statement.speaker or ""].named:
                continue
            witness = self.witnesses[base.report]
            words = " ".join(" ".join(witness.words(e) for e in base.content).split())
            spans = [Span(report=v.report, start=e.start, end=e.end) for v in statement.variants for e in v.content]
            yield self._line(statement.id, clipped(f"{name}: {words}", LONGEST), spans)

    def differs(self) -> Iterator[BriefLine]:
        """What the weightiest differences are about."""
        for difference in self.record.differences:
            if difference.kind == "only-in" or difference.revision:
                continue
            yield self._line(difference.about.entry, _differs(difference), _spans(difference))


LEADING = 0.9
"""How much a figure must matter to lead the brief."""
HEAD = 350
"""Characters of a report's body that are its head."""


def _head_of(witness: Witness) -> int:
    body = next((block.start for block in witness.reading.blocks if block.kind == "body"), 0)
    return body + HEAD


@cache
def _leaning() -> tuple[frozenset[str], frozenset[str]]:
    table = load_toml("en/collation_words.toml")
    return frozenset(table["leaning"]), frozenset(table["first_person"])


def _tells_by_itself(witness: Witness, sentence: Extent) -> bool:
    """Whether a sentence can be read alone: no part of a quotation, not broken off, not opened by a pronoun."""
    words = witness.words(sentence)
    block = witness.block_at(sentence.start)
    quoted = block is not None and any(
        mark.start <= sentence.start < mark.end < sentence.end + 2 or (mark.start < sentence.start < mark.end)
        for mark in witness.quotations(block)
    )
    leaning, speaking = _leaning()
    own = folded(words)
    return not (quoted or words.rstrip().endswith(("...", "…")) or set(own[:1]) & leaning or set(own) & speaking)


def _in_whole_sentence(witness: Witness, position: int) -> bool:
    """Whether words stand in a sentence of the body that ends as one, and not in a headline or a line of a list."""
    block, sentence = witness.block_at(position), witness.sentence(position)
    words = witness.words(sentence).rstrip("”’\"')] \n")
    return block is not None and block.kind == "body" and words.endswith((".", "!", "?", "…")) and words.count(" ") > 3


def _cut(witness: Witness, sentence: Extent, need: int) -> Extent:
    """A sentence, cut at a comma or else at a word where it is too long, but not before ``need``."""
    if sentence.end - sentence.start <= LONGEST:
        return sentence
    limit = sentence.start + LONGEST
    if need > limit:
        return Extent(max(sentence.start, need - LONGEST // 2), need)
    words = witness.text[sentence.start : limit]
    comma, blank = words.rfind(", ") + sentence.start, words.rfind(" ") + sentence.start
    return Extent(sentence.start, comma if comma >= need else blank if blank >= need else limit)


def _differs(difference: Difference) -> str:
    return clipped(f"Differs ({difference.kind}): {difference.about.label}", LONGEST)


def _spans(difference: Difference) -> list[Span]:
    return [Span(report=a.report, start=a.start, end=a.end) for a in difference.accounts]
