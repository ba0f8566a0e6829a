"""Which state a body without one is of: "the government said" in a report on one state.

Only what the report gives counts: the state that is named behind the body or before it in the sentence, else the one that
most of the report's names are of. Where two states are told of about equally the body stays without one.
"""

from __future__ import annotations

from collections import Counter

from variorum.reading.actors.named import Cast
from variorum.reading.actors.phrases import Reader
from variorum.reading.actors.table import person_words
from variorum.text.places import lookup_place
from variorum.text.world import Entry, lookup_state

LEAD = 1.6
"""How many times as often the main state of a report must be named as the next."""
LEAST = 2
"""Mentions of a state from which on a report may be on it."""
FROM_THERE = 2
"""What a dateline counts."""
OPENING = 3
"""Sentences at the head of a report in which a mention counts twice."""


def main_state(cast: Cast, dateline: str | None) -> str | None:
    """The state that a report is mostly about: by its name, its adjective, its capital and other places in it.

    Args:
        cast: the report's names.
        dateline: the place that its dateline names.
    """
    counts: Counter[str] = Counter()
    state = lookup_state(dateline) if dateline else None
    place = lookup_place(dateline) if dateline else None
    at = state.code if state else place.country if place else None
    if at:
        counts[at] += FROM_THERE
    for cluster in cast.clusters:
        if cluster.country is None or cluster.kind not in ("place", "government", "organisation"):
            continue
        for seen in cluster.sightings:
            counts[cluster.country] += 1 + (seen.sentence < OPENING)
    ranked = sorted(counts.items(), key=lambda found: (-found[1], found[0]))
    if not ranked or ranked[0][1] < LEAST or (len(ranked) > 1 and ranked[0][1] < LEAD * ranked[1][1]):
        return None
    return ranked[0][0]


def home_of(reader: Reader, noun: str, first: int, head: int) -> str | None:
    """The state of a body such as each state has one of, or None where the words leave it open.

    Args:
        reader: the paragraph at hand.
        noun: the body's noun in lower case ("foreign ministry").
        first: the first token of the noun phrase.
        head: its head.
    """
    words = person_words()
    if noun not in words["of_a_state"] and noun.split()[-1] not in words["of_a_state"]:
        return None
    behind = state_behind(reader, head)
    if behind is not None:
        return behind
    here = _told_before(reader, first)
    main = reader.cast.main_state
    if not here or here == {main}:
        return main
    return next(iter(here)) if main is None and len(here) == 1 else None


def state_behind(reader: Reader, head: int) -> str | None:
    """The state of "the government in Kyiv", "the army of Chad"."""
    words = reader.words
    for at in range(head + 1, min(head + 4, len(words))):
        entry = words.entry(at)
        if entry is not None and entry.country:
            return entry.country if _a_state(entry) else None
        if at == head + 1 and words.texts[at].lower() not in ("in", "of"):
            return None
    return None


def _told_before(reader: Reader, first: int) -> set[str]:
    """The states that act in the sentence before a body: their names, adjectives and capitals."""
    words = reader.words
    found = set()
    at = first - 1
    while at >= 0 and reader.sentences[at] == reader.sentences[first]:
        entry = words.entry(at)
        if entry is not None and entry.country and _a_state(entry):
            found.add(entry.country)
        at -= 1
    return found


def _a_state(entry: Entry) -> bool:
    return entry.kind in ("state", "region")
