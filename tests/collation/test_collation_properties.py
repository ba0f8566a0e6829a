"""What holds of every record, whatever the reports: spans, standings, order of the reports."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.collation.builder import Builder, story
from variorum.collation import collate, verify
from variorum.model import Record, Story, codec

NAMES = ("Ada Lindqvist", "Ada Lindkvist", "Lindqvist", "Omar Benhaddou", "Umar Benhadou", "Benhaddou")
BODIES = ("Harbour Council", "HC", "Ghana", "Ghanaian Port Authority")
QUOTES = (
    "We will open the gates at dawn and keep them open",
    "We will open the gates at noon and keep them open",
    "We will open the gates",
    "Nobody was told about the second crane",
)
VERBS = ("met", "telephoned", "visited")
PLACES = ("Accra", "Ghana", "Tallinn", "Gdansk")


@st.composite
def built(draw: st.DrawFn, id: str) -> Builder:
    """A report of a few sentences with findings in them; some sentences may be repeated."""
    lines, plan = [], []
    for n in range(draw(st.integers(0, 5))):
        who, whom = draw(st.sampled_from(NAMES)), draw(st.sampled_from(BODIES))
        kind = draw(st.sampled_from(("quote", "figure", "event", "stance")))
        value = draw(st.integers(0, 60))
        place = draw(st.sampled_from(PLACES))
        line = {
            "quote": f"“{draw(st.sampled_from(QUOTES))},” {who} said, item {n}.",
            "figure": f"At least {value} people died in {place}, {whom} said, item {n}.",
            "event": f"{who} {draw(st.sampled_from(VERBS))} {whom} in {place}, item {n}.",
            "stance": f"{who} opposes the plan of {whom}, item {n}.",
        }[kind]
        lines.append(line)
        plan.append((kind, line, who, whom, value, place))
    builder = Builder(id, "\n\n".join(lines), draw(st.sampled_from((None, "2030-01-02", "2030-01-03"))))
    for name in (*NAMES, *BODIES):
        if name in builder.text and any(name in (who, whom) for _, _, who, whom, _, _ in plan):
            kind = "person" if name in NAMES else "government" if name == "Ghana" else "organisation"
            builder.actor(name, kind)
    for kind, line, who, whom, value, place in plan:
        _found(builder, kind, line, who, whom, value, place)
    return builder


def _found(builder: Builder, kind: str, line: str, who: str, whom: str, value: int, place: str) -> None:
    start = builder.text.index(line)
    shift = Builder(builder.reading.id, line)
    if kind == "quote":
        shift.says(who, line[: line.index("”") + 1], source=who)
    elif kind == "figure":
        shift.figure(
            f"At least {value} people", value, bound="at least", unit="people", what="people died", place=place
        )
    elif kind == "event":
        shift.event("CONSULT", line[len(who) + 1 :].split()[0], (who,), (whom,), place, mode="meeting")
    else:
        shift.position(who, "against", f"{who} opposes the plan", "the plan")
    for section in ("statements", "figures", "events", "positions"):
        moved = tuple(_moved(f, start) for f in getattr(shift.reading, section))
        builder.reading = replace(builder.reading, **{section: (*getattr(builder.reading, section), *moved)})


def _moved(finding, by: int):  # type: ignore[no-untyped-def]
    """A finding of one line as a finding of the whole report."""
    from variorum.model import Extent

    changes = {}
    for field in finding.__dataclass_fields__:
        value = getattr(finding, field)
        if isinstance(value, Extent):
            changes[field] = Extent(value.start + by, value.end + by)
        elif field in ("start", "end"):
            changes[field] = value + by
        elif isinstance(value, tuple) and value and isinstance(value[0], Extent):
            changes[field] = tuple(Extent(e.start + by, e.end + by) for e in value)
    return replace(finding, **changes)


@st.composite
def stories(draw: st.DrawFn) -> Story:
    builders = [draw(built(id)) for id in "abcd"[: draw(st.integers(1, 4))]]
    ids = tuple(b.reading.id for b in builders)
    cut = draw(st.integers(1, len(ids)))
    return story(*builders, origins=tuple(group for group in (ids[:cut], ids[cut:]) if group))


@given(stories(), st.integers(0, 100))
@settings(max_examples=60, deadline=None)
def test_every_record_holds_and_does_not_depend_on_the_order(told: Story, seed: int) -> None:
    record = collate(told)
    assert verify(record) == ()
    readings = list(told.readings)
    random.Random(seed).shuffle(readings)
    assert codec.to_json(collate(replace(told, readings=tuple(readings)))) == codec.to_json(record)


@given(stories())
@settings(max_examples=40, deadline=None)
def test_what_every_record_keeps(told: Story) -> None:
    record = collate(told)
    assert len(record.brief) <= 10
    assert all(0.0 < d.weight <= 1.0 and d.why for d in record.differences)
    assert [d.weight for d in record.differences] == sorted((d.weight for d in record.differences), reverse=True)
    assert _contents(record) == {
        (reading.id, extent) for reading in told.readings for s in reading.statements for extent in s.content
    }
    counted = {(reading.id, f.start, f.end) for reading in told.readings for f in reading.figures if f.value}
    assert counted >= {(a.report, a.start, a.end) for f in record.figures for a in f.accounts if a.value}


def _contents(record: Record) -> set[object]:
    return {(v.report, extent) for s in record.statements for v in s.variants for extent in v.content}


def test_a_story_of_nothing_is_a_record_of_nothing() -> None:
    record = collate(story(Builder("a", "")))
    assert verify(record) == ()
    assert (record.actors, record.statements, record.figures, record.differences, record.brief) == ((),) * 5


def test_a_million_quotation_marks_are_no_trouble() -> None:
    text = "“" * 1_000_000
    record = collate(story(Builder("a", text), Builder("b", "Calm.")))
    assert record.differences == ()
