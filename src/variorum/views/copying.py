"""Entries for pasting: the words of the reports with outlet, headline, day, address and place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from variorum.model import Reading, RecordStatement, Span
from variorum.views import labels
from variorum.views.edition import Edition

MOST_CITED = 12
"""Pieces of evidence that a citation quotes."""
LONGEST_CITED = 400
"""Characters of one of them."""
FARTHEST = 900
"""Characters between the first and the last word of a statement with its source, that are cited in one piece."""
_WEB = re.compile(r"https?://[^\s\"'<>\\]+")
_MARKS = frozenset('“”„«»"')


def web_address(reading: Reading) -> str | None:
    """A report's address, where it is one of the web and nothing else."""
    return reading.url if reading.url and _WEB.fullmatch(reading.url) else None


def statement_spans(edition: Edition, statement: RecordStatement, *, apart: bool = True) -> list[Span]:
    """Each variant with its setting: from the first to the last word of source, cue and content.

    Args:
        edition: of the record.
        statement: one of its statements.
        apart: also source and cue of a variant whose words stand far from them, as pieces of their own.
    """
    whole: list[Span] = []
    for variant in statement.variants:
        spans = edition.variant_spans(variant)
        if to := variant.addressee:
            spans.append(Span(report=variant.report, start=to.start, end=to.end))
        start, end = min(s.start for s in spans), max(s.end for s in spans)
        text = edition.texts.get(variant.report, "")
        # A source far from its words would drag half the report along.
        near = end - start < FARTHEST and "\n\n" not in text[start:end]
        if near:
            whole.append(Span(report=variant.report, start=start, end=end))
        else:
            whole += spans if apart else spans[: len(variant.content)]
    return whole


def cited(edition: Edition, spans: Sequence[Span]) -> list[str]:
    """Words with outlet, headline, day, address and place, a line each."""
    known = [span for span in spans if span.report in edition.readings]
    lines = []
    for span in known[:MOST_CITED]:
        words = labels.shortened(edition.words(span), LONGEST_CITED)
        # Words that have quotation marks of their own get no others: which are whose could not be told.
        told = labels.quoted(words) if _MARKS.isdisjoint(words) else words
        source = ", ".join(filter(None, (edition.name_of(span.report), web_address(edition.readings[span.report]))))
        lines.append(f"{told} – {source} (report {edition.letter(span.report)}, {span.start}–{span.end})")
    return [*lines, f"… and {len(known) - MOST_CITED} more"] if len(known) > MOST_CITED else lines


def quotation(edition: Edition, statement: RecordStatement) -> str | None:
    """The words of a quotation, in the first report that prints them, with speaker, outlet, day and address.

    None for a statement that no report quotes: there are no words of the speaker to copy.
    """
    variants = [v for v in statement.variants if v.kind != "indirect" and v.report in edition.readings]
    if not variants:
        return None
    variant = next((v for v in variants if v.kind == "direct"), variants[0])
    reading = edition.readings[variant.report]
    published = labels.day(reading.published.date) if reading.published else ""
    behind = ", ".join(filter(None, (labels.source(reading), published, web_address(reading))))
    speaker = edition.actor(statement.speaker)
    if variant.kind == "direct":
        said = labels.quoted(labels.pieces(reading.text, variant.content))
        return f"{said} — {', '.join(filter(None, (speaker, behind)))}"
    # The reporter's words around a quotation are not the speaker's: no marks are put around them.
    told = labels.worded(reading.text, variant)
    return f"{speaker or 'Speaker not established'}: {told}{f' — {behind}' if behind else ''}"
