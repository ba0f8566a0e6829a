"""Actors of one report: which names, offices, descriptions, pronouns and capitals stand for the same person or body.

    names ──▶ clusters with their offices ──▶ offices, descriptions, pronouns, left to right ──▶ actors

Nothing is guessed beyond what the report gives: a surname goes to the full name that bears it, an office to whom the
report gave it, a pronoun to the best placed bearer of its gender if there is one clearly best. A source without a name
stays one.
"""

from __future__ import annotations

from itertools import accumulate

from variorum.model import Name, ReportedActor
from variorum.reading.actors.aliases import join_aliases
from variorum.reading.actors.homes import main_state
from variorum.reading.actors.named import Cast, Placed, cast_names, place_names
from variorum.reading.actors.phrases import Reader, quoted_tokens
from variorum.reading.actors.table import Cluster
from variorum.reading.actors.unnamed import adjectives_of_states, read_unnamed
from variorum.reading.names.finding import seen_words
from variorum.reading.names.tokens import Words
from variorum.reading.parsed import Parsed
from variorum.text.world import state_adjective


def resolve_actors(parsed: Parsed, names: tuple[Name, ...]) -> tuple[ReportedActor, ...]:
    """The actors of a report, each with all its mentions, in the order of their first mention.

    Args:
        parsed: the report's paragraphs.
        names: what ``find_names`` found in them.

    Returns:
        Actors with names of their own. A state is one actor under its common name, whether as a place or as those who
        act for it; its capital is an actor by itself where it is a place, and the state's metonym where it acts.
    """
    seen = seen_words(parsed)
    sentences = _sentence_numbers(seen)
    quoted = [quoted_tokens(words) for words in seen]
    placed = place_names(seen, names, sentences, quoted)
    cast = Cast()
    cast.apostrophe = "’" if "’" in parsed.report.text or "'" not in parsed.report.text else "'"
    cast.all_quoted = _all_quoted(seen, sentences, quoted)
    cast_names(cast, placed)
    join_aliases(cast, placed)
    named = _named_tokens(seen, placed)
    for words, inside, numbers in zip(seen, named, sentences, strict=True):
        adjectives_of_states(cast, words, inside, numbers)
    dateline = parsed.report.dateline
    cast.main_state = main_state(cast, dateline.place if dateline else None)
    for words, inside, numbers, quotes in zip(seen, named, sentences, quoted, strict=True):
        read_unnamed(Reader(cast, words, numbers, inside, quotes))
    return _reported(cast)


def _sentence_numbers(seen: tuple[Words, ...]) -> list[list[int]]:
    """For each paragraph, the number of each token's sentence, counted through the report."""
    numbered = []
    base = 0
    for words in seen:
        starts = [int(token.is_sent_start or 0) if token.i else 0 for token in words.doc]
        numbers = [base + number for number in accumulate(starts)]
        numbered.append(numbers)
        base = (numbers[-1] if numbers else base) + 1
    return numbered


def _all_quoted(seen: tuple[Words, ...], sentences: list[list[int]], quoted: list[list[bool]]) -> set[int]:
    inside: set[int] = set()
    outside: set[int] = set()
    for words, numbers, marks in zip(seen, sentences, quoted, strict=True):
        for text, number, mark in zip(words.texts, numbers, marks, strict=True):
            if text[0].isalnum():
                (inside if mark else outside).add(number)
    return inside - outside


def _named_tokens(seen: tuple[Words, ...], placed: list[Placed]) -> list[list[bool]]:
    inside = {id(words): [False] * len(words) for words in seen}
    for p in placed:
        for position in range(p.first, p.last):
            inside[id(p.words)][position] = True
    return [inside[id(words)] for words in seen]


def _reported(cast: Cast) -> tuple[ReportedActor, ...]:
    """Clusters as actors, with names that are unique in the report."""
    made = []
    taken: dict[str, int] = {}
    ordered = sorted((c for c in cast.clusters if c.sightings), key=_first_mention)
    for cluster in ordered:
        name = f"{state_adjective(cluster.home)} {cluster.name}" if cluster.home else cluster.name
        taken[name] = taken.get(name, 0) + 1
        name = name if taken[name] == 1 else f"{name} ({taken[name]})"
        role = max(cluster.roles, key=lambda r: (len(r.office.split()), r.country is not None), default=None)
        made.append(
            ReportedActor(
                name=name,
                kind=cluster.kind,
                country=cluster.country,
                role=role.text if role else None,
                named=cluster.named,
                mentions=cluster.mentions(),
            )
        )
    return tuple(made)


def _first_mention(cluster: Cluster) -> tuple[int, int, int]:
    first = min(s.extent for s in cluster.sightings)
    return (first.start, first.end, cluster.number)
