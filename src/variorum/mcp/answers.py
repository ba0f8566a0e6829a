"""What the tools answer: small, typed, bounded, with the exact words and their citations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pydantic import BaseModel, Field

from variorum.model import (
    Actor,
    Difference,
    Reading,
    RecordEvent,
    RecordFigure,
    RecordJourney,
    RecordPosition,
    RecordStatement,
)
from variorum.model.shelf import Hit, SearchPage, StoryLine, StoryPage
from variorum.views import labels
from variorum.views.citing import Quotation, citation, cite, quote
from variorum.views.edition import AnyEntry, Edition, EntryKind

MOST_QUOTATIONS = 12
LONGEST_WORDS = 1500
"""Characters of one piece of evidence inside a list; ``evidence`` gives all of it."""


class Words(BaseModel):
    """Words of a report, exactly as it has them, with their place."""

    report: str = Field(description="Id of the report.")
    start: int = Field(description="First code point of the report's text.")
    end: int = Field(description="One past the last code point of the words given here.")
    text: str = Field(description="The exact words. Quote these and no others.")
    before: str = Field(default="", description="What stands before them.")
    after: str = Field(default="", description="What stands after them.")
    outlet: str | None = None
    date: str | None = Field(default=None, description="ISO date on which the report appeared.")
    url: str | None = None
    citation: str = Field(description="How to cite them: outlet, headline, date, address, place in the text.")


class StorySummary(BaseModel):
    """A story as a list shows it."""

    id: str
    title: str
    first: str | None = Field(description="ISO date of the earliest report.")
    last: str | None
    reports: int
    origins: int = Field(description="Independent origins: reports that copy one text count once.")
    outlets: list[str]
    differences: int = Field(description="How many differences between the accounts stand.")
    disputed: list[str] = Field(description="What the weightiest differences are about.")
    changed: str
    latest: str | None = Field(description="The last change, in plain words.")


class Stories(BaseModel):
    """One page of stories."""

    stories: list[StorySummary]
    total: int


class Found(BaseModel):
    """One thing that a search found."""

    kind: str = Field(description="report, statement, figure, position or event.")
    story: str
    entry: str | None = Field(description="Id of the record's entry: ask `entry` for all its evidence.")
    speaker: str | None = Field(description="Who said it, holds it or vouches for it.")
    value: str | None = Field(description="A figure's value as printed, or a position's stance.")
    words: Words


class Findings(BaseModel):
    """One page of what a search found: best first up to 250, of more the newest first."""

    found: list[Found]
    total: int
    more: bool = Field(description="Whether there are more than `total`, which stops at 2,000.")


class ReportLine(BaseModel):
    """A report of a story."""

    id: str
    letter: str = Field(description="How the story's own lines call it.")
    outlet: str
    headline: str | None
    date: str | None
    url: str | None
    origin: int = Field(
        description="Reports with the same number descend from one text and do not confirm one another."
    )


class BriefLine(BaseModel):
    """One line of the brief."""

    entry: str
    text: str
    origins: int
    words: list[Words]


class Entry(BaseModel):
    """One entry of a record."""

    id: str
    kind: EntryKind
    label: str = Field(description="A short name for it, made by the program: not to be quoted.")
    standing: str | None = Field(description="corroborated (two origins or more), single, or differs.")
    origins: int
    facts: list[str] = Field(description="What it says, account by account; [A] names the report by its letter.")
    why: str = Field(description="Why it is in the record and how firm it is.")
    words: list[Words] = Field(description="The words that it rests on.")
    more: int = Field(description="Pieces of evidence beyond those given here.")


class Entries(BaseModel):
    """Some entries of a record."""

    story: str
    entries: list[Entry]
    total: int


class StoryTold(BaseModel):
    """A story in brief."""

    story: StorySummary
    reports: list[ReportLine]
    brief: list[BriefLine]
    differences: list[Entry] = Field(description="The weightiest first.")
    more_differences: int
    counts: dict[str, int] = Field(description="Entries of the record by kind: ask `entries` for them.")
    rulings: list[str] = Field(description="What people decided about this record, and what the program had found.")


def words_of(quotation: Quotation, *, longest: int = LONGEST_WORDS) -> Words:
    """A quotation as an answer; of very long words the beginning, with the place of what is given."""
    text = quotation.text[:longest]
    cut = len(text) < len(quotation.text)
    return Words(
        report=quotation.report,
        start=quotation.start,
        end=quotation.start + len(text),
        text=text,
        before=quotation.before,
        after=quotation.text[longest : longest + 60] if cut else quotation.after,
        outlet=quotation.outlet,
        date=quotation.date,
        url=quotation.url,
        citation=quotation.citation,
    )


def summary(line: StoryLine) -> StorySummary:
    """A story of a list."""
    return StorySummary(
        id=line.id,
        title=line.title,
        first=line.first,
        last=line.last,
        reports=line.reports,
        origins=line.origins,
        outlets=list(line.outlets[:40]),
        differences=line.differences,
        disputed=list(line.disputed),
        changed=line.changed,
        latest=line.latest,
    )


def stories(page: StoryPage) -> Stories:
    """A page of a list."""
    return Stories(stories=[summary(line) for line in page.stories], total=page.total)


def findings(page: SearchPage) -> Findings:
    """A page of a search."""
    return Findings(found=[_found(hit) for hit in page.hits], total=page.total, more=page.capped)


def _found(hit: Hit) -> Found:
    parts = [hit.outlet, f"“{hit.title}”" if hit.title else None, labels.day(hit.date) if hit.date else None]
    place = f"characters {hit.start}–{hit.end} of report {hit.report}"
    text = hit.text[:LONGEST_WORDS]
    words = Words(
        report=hit.report,
        start=hit.start,
        end=hit.start + len(text),
        text=text,
        before=hit.before,
        after=hit.after if len(text) == len(hit.text) else "",
        outlet=hit.outlet,
        date=hit.date,
        citation=", ".join(part for part in (*parts, place) if part),
    )
    return Found(kind=hit.kind, story=hit.story, entry=hit.entry, speaker=hit.speaker, value=hit.value, words=words)


def told(line: StoryLine, edition: Edition, *, most: int) -> StoryTold:
    """A story in brief.

    Args:
        line: of the list.
        edition: its record.
        most: differences at most.
    """
    record = edition.record
    numbers = {report: n for n, group in enumerate(edition.by_origin(), 1) for report in group}
    lists: dict[str, int] = {}
    for entry in edition.entries.values():
        lists[entry.kind] = lists.get(entry.kind, 0) + 1
    return StoryTold(
        story=summary(line),
        reports=[_report(edition, reading, numbers[reading.id]) for reading in record.reports],
        brief=[
            BriefLine(
                entry=said.entry,
                text=said.text,
                origins=said.origins,
                words=[
                    words_of(quote(edition.reading(span.report), span.start, span.end, around=60))
                    for span in said.evidence[:2]
                ],
            )
            for said in record.brief
        ],
        differences=[entry_of(edition, difference.id, most=4) for difference in record.differences[:most]],
        more_differences=max(0, len(record.differences) - most),
        counts=lists,
        rulings=[
            f"{applied.ruling.who} ruled {applied.ruling.kind} on {applied.ruling.when[:10]}"
            f"{f' ({applied.ruling.why})' if applied.ruling.why else ''}; the program had found {applied.found}"
            for applied in record.rulings
        ],
    )


def _report(edition: Edition, reading: Reading, origin: int) -> ReportLine:
    return ReportLine(
        id=reading.id,
        letter=edition.letter(reading.id),
        outlet=labels.source(reading),
        headline=labels.headline(reading),
        date=reading.published.date if reading.published else None,
        url=reading.url,
        origin=origin,
    )


def entry_of(edition: Edition, id: str, *, around: int = 60, most: int = MOST_QUOTATIONS) -> Entry:
    """One entry with its evidence.

    Raises:
        NotInLibrary: the record has no such entry.
    """
    cited = cite(edition, id, around=around, most=most)
    return Entry(
        id=cited.id,
        kind=cited.kind,
        label=cited.label,
        standing=cited.standing,
        origins=cited.origins,
        facts=list(facts(edition, cited.entry)),
        why=cited.why,
        words=[words_of(quotation) for quotation in cited.evidence],
        more=cited.more,
    )


def facts(edition: Edition, thing: AnyEntry) -> Iterator[str]:
    """What an entry says, line by line, with the letters of the reports that say so."""
    match thing:
        case RecordStatement():
            yield f"said by {edition.actor_line(thing.speaker)}"
            if thing.addressee:
                yield f"to {edition.actor_line(thing.addressee)}"
            for variant in thing.variants:
                content = labels.pieces(edition.texts[variant.report], variant.content)
                by = f", by {edition.actor(variant.speaker)}" if variant.speaker not in (None, thing.speaker) else ""
                yield f"{variant.kind}{by}: {content} [{edition.letter(variant.report)}]"
        case RecordFigure():
            for account in thing.accounts:
                voucher = edition.actor(account.vouched_by) or account.label
                more = f", vouched for by {voucher}" if voucher else ""
                more += f", as of {account.as_of}" if account.as_of else ""
                more += ", superseded by a later count" if account.superseded_by else ""
                yield f"{edition.amount(thing, account)}{more} [{edition.letter(account.report)}]"
        case RecordEvent():
            yield f"{thing.type}, {thing.status}"
            for role, ids in (("actors", thing.actors), ("recipients", thing.recipients)):
                if ids:
                    yield f"{role}: {_names(edition, ids)}"
            yield f"place: {thing.place or 'not established'}; date: {thing.date or 'not established'}"
        case RecordJourney():
            yield f"traveller: {edition.actor_line(thing.traveller)}"
            for leg in thing.legs:
                when = f", {leg.date}" if leg.date else ""
                yield f"{leg.place}: {leg.status}{when} [{edition.sigla(leg.reports)}]"
        case RecordPosition():
            yield f"{edition.actor_line(thing.actor)}: {thing.stance}, by {thing.basis}: {thing.issue}"
        case Difference():
            for side in thing.accounts:
                yield f"{side.value} [{edition.letter(side.report)}]"
            if thing.lacking:
                yield f"not in [{edition.sigla(thing.lacking)}]"
            if thing.revision:
                yield "the accounts follow one another in time: a revision, not a contradiction"
        case Actor():
            yield edition.actor_line(thing.id) + (f", {thing.role}" if thing.role else "")
            for name in thing.names:
                yield f"“{name.text}”, {labels.plural(name.count, 'time')} [{edition.letter(name.report)}]"


def _names(edition: Edition, ids: Iterable[str]) -> str:
    return labels.listed([edition.actor(id) for id in ids if edition.actor(id)])


def whole_quotation(reading: Reading, start: int, end: int, *, around: int) -> Words:
    """Words of any place of a report, uncut.

    Raises:
        NotInLibrary: the text does not reach there.
    """
    return words_of(quote(reading, start, end, around=around), longest=end - start)


def report_page(reading: Reading, *, start: int, most: int) -> str:
    """A stretch of a report's text under a line that says what it is."""
    text = reading.text[start : start + most]
    return f"{citation(reading, start, start + len(text))}; of {len(reading.text)}\n\n{text}"
