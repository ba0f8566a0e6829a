"""A story's record with the rulings on it, and what lists and the search hold of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from variorum import collation, gathering, rulings
from variorum.model import Reading, Record, Ruling, Story, StoryLine
from variorum.store import EntryRow
from variorum.views import labels

_DISPUTED = 3


def record_of(
    story: str, readings: Sequence[Reading], ruled: Sequence[Ruling], versions: Mapping[str, str] | None = None
) -> Record:
    """The record of a story, as people corrected it.

    Args:
        story: the story's id.
        readings: its reports, each in its latest version.
        ruled: all rulings of the library; those that do not bear on the story are passed over.
        versions: for the id of each earlier version that of the latest: a ruling on one holds in the other.
    """
    # Which reports are versions of one was settled when they came; those given here are different articles.
    found = replace(gathering.one_story(readings), id=story, revisions=())
    current = [_on_latest(ruling, versions or {}) for ruling in ruled]
    bearing = rulings.concerning(current, story, {reading.id for reading in readings})
    held = rulings.held(bearing)
    if not bearing:
        return _collated(found)
    _, effects_if_held = rulings.on_readings(found.readings, [ruling for ruling, _ in held.overruled])
    corrected, effects = rulings.on_readings(found.readings, held.rulings)
    lineage, more = rulings.on_lineage(found.lineage, held.rulings)
    plain = _collated(found)
    record = _collated(replace(found, readings=corrected, lineage=lineage), held)
    record = rulings.on_record(record, plain, held, effects_if_held | effects | more)
    made = {ruling.id: ruling for ruling in ruled}
    shown = tuple(replace(applied, ruling=made[applied.ruling.id]) for applied in record.rulings)
    return replace(record, rulings=shown)


def _on_latest(ruling: Ruling, versions: Mapping[str, str]) -> Ruling:
    """A ruling on the latest versions of the reports that it names."""
    named = {*ruling.reports, *(place.report for place in ruling.places)}
    if named.isdisjoint(versions):
        return ruling
    words, *also = (
        (replace(place, report=versions.get(place.report, place.report)) for place in ruling.places)
        if ruling.places
        else (None,)
    )
    return replace(
        ruling,
        words=words,
        also=tuple(also),
        reports=tuple(dict.fromkeys(versions.get(id, id) for id in ruling.reports)),
    )


def _collated(story: Story, held: rulings.Held | None = None) -> Record:
    """A story collated. A fault of the program costs the record its entries, not the library its reports."""
    try:
        return collation.collate(story, rulings.identities(held.rulings) if held else None)
    except Exception as fault:  # noqa: BLE001 (told in the record)
        note = f"nothing was collated: a fault of the program ({type(fault).__name__}: {fault})"
        readings = tuple(replace(reading, notes=(*reading.notes, note)) for reading in story.readings)
        title = next((labels.heading(reading) for reading in readings), "")
        return Record(title=title, reports=readings, lineage=story.lineage)


def line_of(story: str, record: Record, *, changed: str, latest: str | None) -> StoryLine:
    """A story as lists show it."""
    dates = sorted(reading.published.date[:10] for reading in record.reports if reading.published)
    # What only one report tells is not disputed, and is named only where there is nothing else.
    ranked = sorted(record.differences, key=lambda d: (d.kind == "only-in", -d.weight))
    disputed = dict.fromkeys(d.about.label for d in ranked)
    return StoryLine(
        id=story,
        title=record.title,
        first=dates[0] if dates else None,
        last=dates[-1] if dates else None,
        reports=len(record.reports),
        outlets=tuple(sorted({name for reading in record.reports if (name := labels.source(reading))})),
        origins=record.lineage.independent,
        differences=len(record.differences),
        disputed=tuple(disputed)[:_DISPUTED],
        changed=changed,
        latest=latest,
        languages=tuple(sorted({reading.language for reading in record.reports})),
    )


def entries_of(record: Record) -> Iterator[EntryRow]:
    """Every report's words for every entry of a record, as search finds them."""
    names = {actor.id: actor.name for actor in record.actors}
    for statement in record.statements:
        for variant in statement.variants:
            yield EntryRow(
                kind="statement",
                report=variant.report,
                entry=statement.id,
                start=min(piece[0] for piece in variant.content),
                end=max(piece[1] for piece in variant.content),
                speaker=names.get(variant.speaker or statement.speaker or ""),
                date=variant.date,
            )
    for figure in record.figures:
        for account in figure.accounts:
            yield EntryRow(
                kind="figure",
                report=account.report,
                entry=figure.id,
                start=account.start,
                end=account.end,
                also=" ".join(filter(None, (figure.what, figure.place))),
                speaker=names.get(account.vouched_by or "") or account.label,
                value=labels.amount(account),
                date=account.as_of,
            )
    for position in record.positions:
        for span in position.evidence:
            yield EntryRow(
                kind="position",
                report=span.report,
                entry=position.id,
                start=span.start,
                end=span.end,
                also=position.issue,
                speaker=names.get(position.actor),
                value=position.stance,
            )
    for event in record.events:
        who = " ".join(names[actor] for actor in event.participants if actor in names)
        for span in event.mentions:
            yield EntryRow(
                kind="event",
                report=span.report,
                entry=event.id,
                start=span.start,
                end=span.end,
                also=" ".join(filter(None, (event.mode, event.place, who))),
                date=event.date,
            )
