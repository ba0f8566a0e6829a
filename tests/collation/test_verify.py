"""A record that was tampered with does not hold, and verify says where."""

from __future__ import annotations

from dataclasses import replace

import pytest

from variorum.collation import verify
from variorum.model import Extent, Record, Span


def test_a_mention_outside_its_report(record: Record) -> None:
    actor = record.actors[0]
    wrong = replace(actor, mentions=(*actor.mentions, Span(report="a", start=5, end=99_999)))
    assert any("lies outside report a" in p for p in verify(replace(record, actors=(wrong, *record.actors[1:]))))


def test_a_name_that_does_not_stand_at_its_mentions(record: Record) -> None:
    actor = record.actors[0]
    wrong = replace(actor, names=tuple(replace(n, text=n.text + "x") for n in actor.names))
    assert any("stands 0 times" in p for p in verify(replace(record, actors=(wrong, *record.actors[1:]))))


def test_a_report_that_is_not_there(record: Record) -> None:
    event = record.events[0]
    wrong = replace(event, mentions=(Span(report="nowhere", start=0, end=3),))
    assert any("no report nowhere" in p for p in verify(replace(record, events=(wrong, *record.events[1:]))))


def test_a_speaker_who_is_no_actor(record: Record) -> None:
    statement = record.statements[0]
    wrong = replace(statement, speaker="actor-999")
    assert f"{statement.id}: no actor actor-999" in verify(replace(record, statements=(wrong, *record.statements[1:])))


def test_a_number_that_does_not_stand_in_its_words(record: Record) -> None:
    figure = next(f for f in record.figures if any(a.value == 34 for a in f.accounts))
    wrong = replace(figure, accounts=tuple(replace(a, value=72) for a in figure.accounts))
    rest = tuple(f for f in record.figures if f is not figure)
    assert any("72 does not stand in its words" in p for p in verify(replace(record, figures=(wrong, *rest))))


def test_words_that_are_not_the_same(record: Record) -> None:
    statement = next(s for s in record.statements if len(s.variants) > 1)
    base, variant = statement.variants
    step = next(s for s in variant.alignment if s.same and s.own)
    assert step.own is not None
    moved = replace(step, own=Extent(step.own.start, step.own.end - 3))
    wrong = replace(variant, alignment=tuple(moved if s is step else s for s in variant.alignment))
    rest = tuple(s for s in record.statements if s is not statement)
    problems = verify(replace(record, statements=(replace(statement, variants=(base, wrong)), *rest)))
    assert any("is said to be the same as" in p for p in problems)


@pytest.mark.parametrize("standing", ["corroborated", "single"])
def test_a_standing_that_the_origins_do_not_bear_out(record: Record, standing: str) -> None:
    event = next(e for e in record.events if e.mode == "meeting")
    lone = replace(
        event, standing=standing, mentions=event.mentions[:1] if standing == "corroborated" else event.mentions
    )
    problems = verify(replace(record, events=(lone, *(e for e in record.events if e is not event))))
    assert any(p.startswith(f"{event.id}: {standing}, but") for p in problems)


def test_a_report_in_two_origins(record: Record) -> None:
    origins = (*record.lineage.origins, record.lineage.origins[0])
    wrong = replace(record, lineage=replace(record.lineage, origins=origins))
    problems = verify(wrong)
    assert any("is in 2 origins" in p for p in problems)
    assert any("independent origins are named" in p for p in problems)


def test_two_entries_under_one_id(record: Record) -> None:
    twice = replace(record, statements=(record.statements[0], *record.statements))
    assert any("2 entries have this id" in p for p in verify(twice))


def test_a_difference_about_nothing(record: Record) -> None:
    difference = record.differences[0]
    wrong = replace(difference, about=replace(difference.about, entry="event-999"))
    assert any("which is no entry" in p for p in verify(replace(record, differences=(wrong,))))
