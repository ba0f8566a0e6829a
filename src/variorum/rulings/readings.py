"""Rulings on the words of reports: not a statement, another speaker, two actors under one name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from variorum.model import Extent, Mention, Reading, ReportedActor, Ruling, Span, Statement, Words
from variorum.model.reading import MentionForm
from variorum.rulings.anchors import find_words, fold, hull, statements_at


@dataclass(frozen=True, slots=True)
class Effect:
    """What a ruling did."""

    found: str
    """What the program had found, in plain words."""
    took: bool = True
    places: tuple[Span, ...] = ()
    """The words that it bears on."""
    speaker: str | None = None
    """A speaker whom no words of the report stand for, so that only the record can name him."""


def on_readings(
    readings: Sequence[Reading], rulings: Iterable[Ruling]
) -> tuple[tuple[Reading, ...], dict[str, Effect]]:
    """Readings as people corrected them.

    Args:
        readings: those of one story.
        rulings: those that hold; of other kinds than ``not-a-statement``, ``speaker`` and ``two-actors`` none counts.

    Returns:
        The readings in the same order, and for each ruling that counts here what it did.
    """
    effects: dict[str, Effect] = {}
    now = tuple(readings)
    for ruling in rulings:
        if ruling.kind == "not-a-statement" and ruling.words is not None:
            done = []
            for place in ruling.places:
                now, effect = _without(now, readings, place)
                done.append(effect)
            effects[ruling.id] = _in_all(done)
        elif ruling.kind == "speaker" and ruling.words is not None and ruling.speaker:
            done = []
            for place in ruling.places:
                now, effect = _said_by(now, readings, place, ruling.speaker)
                done.append(effect)
            effects[ruling.id] = _in_all(done)
        elif ruling.kind == "two-actors":
            now = tuple(_divided(reading, ruling.names) for reading in now)
    return now, effects


def _in_all(effects: Sequence[Effect]) -> Effect:
    """What a ruling did in all its places. Words that are gone from one report are told only where they are gone from all."""
    took = [effect for effect in effects if effect.took]
    return Effect(
        "; ".join(dict.fromkeys(effect.found for effect in took or effects)),
        took=bool(took),
        places=tuple(dict.fromkeys(place for effect in effects for place in effect.places)),
        speaker=next((effect.speaker for effect in effects if effect.speaker), None),
    )


def _without(now: tuple[Reading, ...], found: Sequence[Reading], words: Words) -> tuple[tuple[Reading, ...], Effect]:
    """The readings without the statements that stand at some words, in whatever report of the story they stand."""
    home = next((reading for reading in found if reading.id == words.report), None)
    at_home = find_words(home, words) if home is not None else None
    if home is None or at_home is None:
        return now, Effect("these words are gone from the report", took=False)
    at = statements_at(home, at_home)
    if not at:
        return now, Effect("nothing is quoted there", took=False, places=(_span(home, at_home),))
    made, places = [], []
    for reading in now:
        extent = find_words(reading, words)
        drop = statements_at(reading, extent) if extent is not None else []
        if extent is not None and drop:
            places.append(_span(reading, extent))
            kept = tuple(s for n, s in enumerate(reading.statements) if n not in drop)
            reading = replace(reading, statements=kept)
        made.append(reading)
    statement = home.statements[at[0]]
    who = f" of {statement.speaker}" if statement.speaker else ""
    return tuple(made), Effect(f"{_a(statement.kind)} statement{who}", places=tuple(places))


def _a(kind: str) -> str:
    return f"an {kind}" if kind == "indirect" else f"a {kind}"


def _said_by(
    now: tuple[Reading, ...], found: Sequence[Reading], words: Words, name: str
) -> tuple[tuple[Reading, ...], Effect]:
    """The readings with another speaker of some words, also where another report has the words and the same finding."""
    home = next((reading for reading in found if reading.id == words.report), None)
    extent = find_words(home, words) if home is not None else None
    if home is None or extent is None:
        return now, Effect("these words are gone from the report", took=False)
    at = statements_at(home, extent)
    if not at:
        return now, Effect("nothing is quoted there", took=False, places=(_span(home, extent),))
    before = home.statements[at[0]].speaker
    what = f"said by {before}" if before else "no speaker established"
    if before is not None and fold(before) == fold(name):
        return now, Effect(f"{what}, as ruled", took=False, places=(_span(home, extent),))
    made, places, unnamed = [], [], False
    for reading in now:
        here = find_words(reading, words)
        for n in statements_at(reading, here) if here is not None else []:
            statement = reading.statements[n]
            if reading.id != home.id and statement.speaker != before:
                continue
            places.append(_span(reading, hull(statement)))
            given = _given_to(reading, n, name, found)
            unnamed = unnamed or given is None
            reading = given or reading
        made.append(reading)
    return tuple(made), Effect(what, places=tuple(places), speaker=name if unnamed else None)


def _given_to(reading: Reading, number: int, name: str, everyone: Sequence[Reading]) -> Reading | None:
    """A reading with a statement given to another speaker; None where no words in it can stand for him."""
    statement = reading.statements[number]
    actor = _actor_named(reading, name)
    if actor is None:
        if statement.source is None:
            return None
        like = next((a for r in everyone for a in r.actors if fold(a.name) == fold(name)), None)
        actor = ReportedActor(
            name=name, kind=like.kind if like else "person", country=like.country if like else None, mentions=()
        )
    if statement.source is not None:
        actors = _standing_for(reading.actors, actor, statement.source)
    else:
        actors = reading.actors
    statements = list(reading.statements)
    statements[number] = replace(statement, speaker=actor.name)
    return replace(reading, actors=actors, statements=tuple(statements))


def _actor_named(reading: Reading, name: str) -> ReportedActor | None:
    """The actor of a report whom a name stands for: by his name there, by a mention, or by a part of the name that is only his."""
    wanted = fold(name)
    for actor in reading.actors:
        if fold(actor.name) == wanted:
            return actor
    for actor in reading.actors:
        if any(m.form == "name" and fold(reading.text[m.start : m.end]) == wanted for m in actor.mentions):
            return actor
    words = wanted.split()
    partly = [a for a in reading.actors if a.named and a.kind == "person" and _ends_alike(fold(a.name).split(), words)]
    return partly[0] if len(partly) == 1 else None


def _ends_alike(one: list[str], other: list[str]) -> bool:
    short, long = sorted((one, other), key=len)
    return bool(short) and long[-len(short) :] == short


def _standing_for(actors: tuple[ReportedActor, ...], actor: ReportedActor, source: Extent) -> tuple[ReportedActor, ...]:
    """The actors of a report, with the words of a source standing for one of them and for nobody else.

    A mention is left with its old actor where he would be left without any.
    """
    form: MentionForm = next((m.form for a in actors for m in a.mentions if m.extent == source), "role")
    made = []
    for other in actors:
        if other.name != actor.name:
            kept = tuple(m for m in other.mentions if m.extent != source)
            other = replace(other, mentions=kept) if kept else other
        made.append(other)
    mentions = actor.mentions
    if not any(m.extent.overlaps(source) for m in mentions):
        mentions = tuple(
            sorted((*mentions, Mention(start=source.start, end=source.end, form=form)), key=lambda m: (m.start, m.end))
        )
    ruled = replace(actor, mentions=mentions)
    if any(other.name == actor.name for other in actors):
        return tuple(ruled if other.name == actor.name else other for other in made)
    return (*made, ruled)


def _divided(reading: Reading, names: Sequence[str]) -> Reading:
    """A reading in which names that were ruled to be of different actors have each an actor of its own."""
    folded = {fold(name): name for name in names}
    for actor in reading.actors:
        used = {fold(reading.text[m.start : m.end]) for m in actor.mentions if m.form == "name"} & folded.keys()
        if len(used) > 1:
            reading = _actor_divided(reading, actor, folded)
    return reading


def _actor_divided(reading: Reading, actor: ReportedActor, names: dict[str, str]) -> Reading:
    """One actor made into one for each name; pronouns and offices go with the name before them."""
    own = fold(actor.name) if fold(actor.name) in names else None
    shares: dict[str, list[Mention]] = {}
    ordered = sorted(actor.mentions, key=lambda m: (m.start, m.end))
    spoken = [fold(reading.text[m.start : m.end]) if m.form == "name" else "" for m in ordered]
    last = own or next(name for name in spoken if name in names)
    for mention, name in zip(ordered, spoken, strict=True):
        last = name if name in names else last
        shares.setdefault(last, []).append(mention)
    keeper = own if own in shares else next(iter(shares))
    called = {name: actor.name if name == keeper else names[name] for name in shares}
    taken = {other.name: other for other in reading.actors if other.name != actor.name}
    actors = [other for other in reading.actors if other.name != actor.name and other.name not in called.values()]
    for name, mentions in shares.items():
        base = taken.get(called[name], replace(actor, name=called[name], mentions=()))
        every = sorted({*base.mentions, *mentions}, key=lambda m: (m.start, m.end, m.form))
        actors.append(replace(base, mentions=tuple(every)))

    def who(extent: Extent | None, before: str | None) -> str | None:
        if before != actor.name or extent is None:
            return before
        fits = [n for n, ms in shares.items() if any(m.extent.overlaps(extent) for m in ms)]
        return called[fits[0]] if fits else before

    statements: list[Statement] = [replace(s, speaker=who(s.source, s.speaker)) for s in reading.statements]
    figures = [replace(f, voucher=who(f.vouched_by, f.voucher)) for f in reading.figures]
    return replace(reading, actors=tuple(actors), statements=tuple(statements), figures=tuple(figures))


def _span(reading: Reading, extent: Extent) -> Span:
    return Span(report=reading.id, start=extent.start, end=extent.end)
