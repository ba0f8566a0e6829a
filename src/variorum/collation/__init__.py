"""Collation: ``Story`` → ``Record``. One module a kind of entry; differences last.

story ──▶ witnesses ──▶ actors, passages ──▶ statements, figures, events, journeys, positions ──▶ differences ──▶
standing ──▶ brief
"""

from __future__ import annotations

from dataclasses import replace

from variorum.collation.actors import collate_actors
from variorum.collation.brief import brief_of
from variorum.collation.differences import Collated, find_differences
from variorum.collation.events import collate_events
from variorum.collation.figures import collate_figures
from variorum.collation.journeys import collate_journeys
from variorum.collation.passages import passages_of
from variorum.collation.positions import collate_positions
from variorum.collation.standing import Origins, entries_that_differ
from variorum.collation.statements import collate_statements
from variorum.collation.title import title_of
from variorum.collation.verify import verify
from variorum.collation.witness import witnesses_of
from variorum.model import Identities, Record, Story

__all__ = ["collate", "verify"]


def collate(story: Story, identities: Identities | None = None) -> Record:
    """The reports of one story reconciled into one record.

    A pure function of the story and of what people decided about names: the same whatever the order of the readings.
    """
    witnesses = witnesses_of(story)
    cast = collate_actors(witnesses, identities)
    statements = collate_statements(witnesses, cast)
    passages = passages_of(witnesses, cast)
    figures, ledgers = collate_figures(witnesses, cast, passages)
    events, happenings = collate_events(witnesses, cast)
    journeys, travels = collate_journeys(witnesses, cast)
    positions, issues = collate_positions(witnesses, cast)
    found = Collated(
        witnesses=witnesses,
        cast=cast,
        statements=statements,
        figures=tuple(zip(figures, ledgers, strict=True)),
        events=tuple(zip(events, happenings, strict=True)),
        journeys=tuple(zip(journeys, travels, strict=True)),
        positions=positions,
        issues=issues,
        by_id={witness.id: witness for witness in witnesses},
        passages=passages,
    )
    differences = find_differences(found)
    origins, differing = Origins(witnesses), entries_that_differ(differences)
    record = Record(
        title=title_of(witnesses, cast.actors),
        reports=tuple(witness.reading for witness in witnesses),
        actors=cast.actors,
        statements=tuple(
            replace(s, standing=origins.standing((v.report for v in s.variants), differs=s.id in differing))
            for s in statements
        ),
        figures=tuple(
            replace(f, standing=origins.standing((a.report for a in f.accounts), differs=f.id in differing))
            for f in figures
        ),
        events=tuple(
            replace(e, standing=origins.standing((m.report for m in e.mentions), differs=e.id in differing))
            for e in events
        ),
        journeys=journeys,
        positions=tuple(
            replace(p, standing=origins.standing((e.report for e in p.evidence), differs=p.id in differing))
            for p in positions
        ),
        differences=differences,
        lineage=story.lineage,
        revisions=story.revisions,
    )
    happening_of = {event.id: happening for event, happening in found.events}
    matters = {entry.id: ledger.matters for entry, ledger in found.figures}
    return replace(record, brief=brief_of(record, happening_of, matters, witnesses, origins))
