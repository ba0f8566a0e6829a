"""Rulings on a whole record: names, differences, and how every ruling shows in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from variorum.model import (
    Actor,
    AppliedRuling,
    Difference,
    Extent,
    Identities,
    Record,
    RecordEvent,
    RecordFigure,
    RecordPosition,
    RecordStatement,
    RuledDifference,
    Ruling,
    Span,
)
from variorum.rulings.anchors import fold
from variorum.rulings.holding import Held, order_of
from variorum.rulings.readings import Effect

_Entry = TypeVar("_Entry", RecordStatement, RecordFigure, RecordEvent, RecordPosition)
_SILENT = ("only-in", "attribution", "label", "name")
"""Kinds of differences that leave the standing of an entry as it is."""


def identities(rulings: Iterable[Ruling]) -> Identities:
    """What rulings that hold say about names, as collation takes it."""
    every = list(rulings)
    return Identities(
        one=tuple(ruling.names for ruling in every if ruling.kind == "one-actor"),
        two=tuple(ruling.names for ruling in every if ruling.kind == "two-actors"),
    )


def named_difference(difference: Difference) -> RuledDifference:
    """A difference by what it is about, as a ruling names it."""
    values = tuple(sorted({account.value for account in difference.accounts}))
    return RuledDifference(kind=difference.kind, label=difference.about.label, values=values)


def on_record(record: Record, plain: Record, ruled: Held, effects: Mapping[str, Effect]) -> Record:
    """A record as people corrected it, with every ruling on it beside what the program had found.

    Args:
        record: collated from what the rulings on words, origins and names made of the story.
        plain: what the program makes of the story without rulings.
        ruled: the rulings that bear on the story, their contradictions settled.
        effects: what the rulings on words and origins did.
    """
    record = _named_speakers(record, ruled, effects)
    record, aside = _set_aside(record, ruled)
    shown = [_applied(ruling, record, plain, effects.get(ruling.id), aside) for ruling in ruled.rulings]
    shown += [
        replace(_applied(ruling, record, plain, effects.get(ruling.id), {}), took=False, overruled_by=by, entries=())
        for ruling, by in ruled.overruled
    ]
    return replace(record, rulings=tuple(sorted(shown, key=lambda applied: order_of(applied.ruling))))


def _applied(
    ruling: Ruling, record: Record, plain: Record, effect: Effect | None, aside: Mapping[str, tuple[str, ...]]
) -> AppliedRuling:
    if ruling.kind in ("one-actor", "two-actors"):
        return _on_names(ruling, record, plain)
    if ruling.kind == "immaterial":
        return _on_difference(ruling, plain, aside.get(ruling.id, ()))
    if effect is None:
        return AppliedRuling(ruling=ruling, found=ruling.found or "not established")
    entries = tuple(s.id for s in record.statements if any(_has_words(s, place) for place in effect.places))
    return AppliedRuling(ruling=ruling, found=effect.found, entries=entries, took=effect.took)


def _has_words(statement: RecordStatement, place: Span) -> bool:
    extent = place.extent
    return any(
        variant.report == place.report and any(Extent(*piece).overlaps(extent) for piece in variant.content)
        for variant in statement.variants
    )


# ---- names ---------------------------------------------------------------------------------------


def _called(record: Record, name: str) -> list[Actor]:
    """The actors of a record that a name stands for."""
    wanted = fold(name)
    exact = [actor for actor in record.actors if any(fold(own.text) == wanted for own in actor.names)]
    return exact or [actor for actor in record.actors if fold(actor.name) == wanted]


def _on_names(ruling: Ruling, record: Record, plain: Record) -> AppliedRuling:
    before = {actor.id: actor for name in ruling.names for actor in _called(plain, name)}
    after = {actor.id: actor for name in ruling.names for actor in _called(record, name)}
    entries = tuple(actor.id for actor in record.actors if actor.id in after)
    one = ruling.kind == "one-actor"
    if not before:
        return AppliedRuling(ruling=ruling, found="none of these names stands in the reports", took=False)
    if len(before) > 1:
        names = ", ".join(actor.name for actor in before.values())
        took = one and len(after) < len(before)
        return AppliedRuling(ruling=ruling, found=f"{_number(before)}: {names}", entries=entries, took=took)
    (actor,) = before.values()
    why = f" ({actor.why[0]})" if actor.why else ""
    took = not one and len(after) > 1
    return AppliedRuling(ruling=ruling, found=f"one: {actor.name}{why}", entries=entries, took=took)


def _number(actors: Mapping[str, Actor]) -> str:
    count = {2: "two", 3: "three", 4: "four"}.get(len(actors), str(len(actors)))
    return f"{count} persons" if all(actor.kind == "person" for actor in actors.values()) else f"{count} actors"


def _named_speakers(record: Record, ruled: Held, effects: Mapping[str, Effect]) -> Record:
    """Speakers whom no words of the report stand for: the record alone can name them."""
    for ruling in ruled.of("speaker"):
        effect = effects.get(ruling.id)
        if effect is None or effect.speaker is None:
            continue
        known = _called(record, effect.speaker)
        actor = known[0] if known else _new_actor(record, effect.speaker, ruling)
        statements = tuple(
            _spoken_by(statement, actor.id, effect.places)
            if any(_has_words(statement, place) for place in effect.places)
            else statement
            for statement in record.statements
        )
        actors = record.actors if known else (*record.actors, actor)
        record = replace(record, actors=actors, statements=statements)
    return record


def _spoken_by(statement: RecordStatement, actor: str, places: Iterable[Span]) -> RecordStatement:
    reports = {place.report for place in places}
    variants = tuple(replace(v, speaker=actor) if v.report in reports else v for v in statement.variants)
    first = variants[0].speaker == actor or all(v.speaker in (None, actor) for v in variants)
    return replace(statement, speaker=actor if first else statement.speaker, variants=variants)


def _new_actor(record: Record, name: str, ruling: Ruling) -> Actor:
    why = f"named by {ruling.who} on {ruling.when[:10]}; no report of the story names it"
    return Actor(id=f"actor-{len(record.actors) + 1}", name=name, kind="person", why=(why,))


# ---- differences ---------------------------------------------------------------------------------


def _fits(difference: Difference, ruled: RuledDifference) -> bool:
    """Whether a difference is the ruled one. A new value makes it another: nobody has said that it does not matter."""
    values = {account.value for account in difference.accounts}
    if difference.kind != ruled.kind or not values <= set(ruled.values):
        return False
    return fold(difference.about.label) == fold(ruled.label) or values == set(ruled.values)


def _set_aside(record: Record, ruled: Held) -> tuple[Record, dict[str, tuple[str, ...]]]:
    """The record without the differences that do not matter; and for each ruling the differences that it set aside."""
    by_ruling: dict[str, tuple[str, ...]] = {}
    for ruling in ruled.of("immaterial"):
        if ruling.difference is not None:
            fitting = (d.id for d in record.differences if _fits(d, ruling.difference))
            by_ruling[ruling.id] = tuple(fitting)
    gone = {id for ids in by_ruling.values() for id in ids}
    if not gone:
        return record, by_ruling
    aside = tuple(d for d in record.differences if d.id in gone)
    left = tuple(d for d in record.differences if d.id not in gone)
    record = replace(
        record,
        differences=left,
        set_aside=aside,
        brief=tuple(line for line in record.brief if line.entry not in gone),
    )
    return _standing_again(record, {d.about.entry for d in aside}), by_ruling


def _standing_again(record: Record, entries: set[str]) -> Record:
    """The standing of entries about which nothing differs any more."""
    differing = {d.about.entry for d in record.differences if d.kind not in _SILENT and not d.revision}
    origin = {report: n for n, o in enumerate(record.lineage.origins) for report in o.reports}
    free = entries - differing

    def again(entry: _Entry, reports: Iterable[str]) -> _Entry:
        if entry.id not in free or entry.standing != "differs":
            return entry
        several = len({origin[report] for report in reports if report in origin}) > 1
        return replace(entry, standing="corroborated" if several else "single")

    return replace(
        record,
        statements=tuple(again(s, [v.report for v in s.variants]) for s in record.statements),
        figures=tuple(again(f, [a.report for a in f.accounts]) for f in record.figures),
        events=tuple(again(e, [m.report for m in e.mentions]) for e in record.events),
        positions=tuple(again(p, [e.report for e in p.evidence]) for p in record.positions),
    )


def _on_difference(ruling: Ruling, plain: Record, ids: tuple[str, ...]) -> AppliedRuling:
    wanted = ruling.difference
    assert wanted is not None, "checked when it was made"
    told = f"{wanted.kind}: {wanted.label}: {' / '.join(wanted.values)}"
    if ids:
        return AppliedRuling(ruling=ruling, found=told, entries=ids)
    now = [d for d in plain.differences if d.kind == wanted.kind and fold(d.about.label) == fold(wanted.label)]
    if now:
        values = " / ".join(sorted({account.value for account in now[0].accounts}))
        return AppliedRuling(ruling=ruling, found=f"{told}; by now the reports have {values}", took=False)
    return AppliedRuling(ruling=ruling, found=f"{told}; the reports no longer differ in it", took=False)
