"""Silences: what one report alone gives of what matters to its reader: the answer of a party that the others only speak
of, and a meeting of named persons."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from variorum.collation.differences.draft import Collated, Draft, account, clipped, lacking
from variorum.collation.differences.happenings import label_of
from variorum.collation.events import Happening, Telling
from variorum.collation.words import fold, folded
from variorum.model import Extent, RecordEvent, RecordStatement
from variorum.text.tables import load_toml

FEW = 4
"""Up to this many reports it says something that one alone has an answer or a meeting."""
MET = ("meeting", "call")
"""Families of events that bring persons together."""


def find(found: Collated) -> Iterator[Draft]:
    """Answers and meetings of one report only, where there are two to four."""
    if not 1 < len(found.witnesses) <= FEW:
        return
    answered: set[str] = set()
    for statement in found.statements:
        if statement.speaker and statement.speaker not in answered and _is_answer(statement, found):
            answered.add(statement.speaker)
            yield _answer(statement, found)
    for entry, happening in found.events:
        yield from _meeting(entry, happening, found)


def _is_answer(statement: RecordStatement, found: Collated) -> bool:
    """Whether a statement denies something in the words of somebody whom no other report names, but whose body or state
    the others name."""
    speaker = found.cast[statement.speaker or ""]
    variant = statement.variants[0]
    if len({v.report for v in statement.variants}) > 1 or not speaker.named or speaker.kind != "person":
        return False
    if {span.report for span in speaker.mentions} != {variant.report}:
        return False
    witness = found.witness(variant.report)
    cue = folded(witness.words(variant.cue)) if variant.cue else ()
    said = folded(witness.words(variant.content[0]))[:OPENING]
    if not (set(cue) & _denials() or (variant.kind != "indirect" and set(said) & _negations())):
        return False
    return _others_name_its_body(statement.speaker or "", found)


OPENING = 6
"""Words of a statement within which it says no."""


def _others_name_its_body(speaker: str, found: Collated) -> bool:
    """Whether other reports name a body that stands beside the speaker's name where the report first gives it ("the
    chief executive of *Tarn Mining*, Ana Reis")."""
    first = found.cast[speaker].mentions[0]
    witness = found.witness(first.report)
    sentence = witness.sentence(first.start)
    near = Extent(max(sentence.start, first.start - BESIDE), min(sentence.end, first.end + BESIDE))
    bodies = [found.cast[entry] for entry in found.cast.all_at(witness, near) if entry != speaker]
    return any(
        body.named and body.kind == "organisation" and any(span.report != first.report for span in body.mentions)
        for body in bodies
    )


BESIDE = 60
"""Characters around a speaker's name within which the body stands that he speaks for."""


@cache
def _denials() -> frozenset[str]:
    return frozenset(map(fold, load_toml("en/collation_words.toml")["denials"]))


@cache
def _negations() -> frozenset[str]:
    return frozenset(map(fold, load_toml("en/collation_words.toml")["negations"]))


def _answer(statement: RecordStatement, found: Collated) -> Draft:
    variant = statement.variants[0]
    witness = found.witness(variant.report)
    speaker = found.cast[statement.speaker or ""]
    words = Extent(variant.content[0].start, variant.content[-1].end)
    return Draft(
        kind="only-in",
        entry=statement.id,
        label=clipped(f"answer of {speaker.name}"),
        accounts=(account(witness, words),),
        lacking=lacking(w for w in found.witnesses if w is not witness),
        weight=0.45,
        told_by=words,
        why=f"a denial by {speaker.name} that only one of {len(found.witnesses)} reports has",
    )


def _meeting(entry: RecordEvent, happening: Happening, found: Collated) -> Iterator[Draft]:
    """A meeting of named persons that one report alone tells."""
    first = happening.tellings[0]
    persons = [p for p in entry.participants if found.cast[p].kind == "person" and found.cast[p].named]
    if len(happening.reports) > 1 or first.family not in MET or len(persons) < 2 or entry.status == "denied":
        return
    witness = first.witness
    if not witness.in_article(first.event.trigger):
        return
    others = [w for w in found.witnesses if w is not witness]
    together = [w for w in others if _told_together(w.number, persons, found)]
    without = [w for w in others if w not in together]
    if not without or len(together) > 0:
        return
    yield Draft(
        kind="only-in",
        entry=entry.id,
        label=label_of(entry, found),
        accounts=(account(witness, _told_with(first)),),
        lacking=lacking(without),
        weight=0.36,
        told_by=witness.sentence(first.event.trigger.start),
        core=(*(found.cast[p].name.split()[-1] for p in persons[:2]),),
        why=f"a meeting that only one of {len(found.witnesses)} reports tells",
    )


def _told_with(telling: Telling) -> Extent:
    """The words that tell a meeting, with those who met where they stand in its sentence."""
    sentence = telling.witness.sentence(telling.event.trigger.start)
    extents = [telling.event.trigger, *telling.event.actors, *telling.event.recipients]
    inside = [extent for extent in extents if sentence.covers(extent)]
    return Extent(min(e.start for e in inside), max(e.end for e in inside))


def _told_together(number: int, persons: list[str], found: Collated) -> bool:
    """Whether a report tells any event between the same persons."""
    return any(
        t.witness.number == number and len(set(persons) & set(t.parties)) >= 2
        for _, happening in found.events
        for t in happening.tellings
    )
