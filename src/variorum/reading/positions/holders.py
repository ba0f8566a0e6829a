"""Those who take a position and whom no table and no statement made known: each becomes an actor of the report."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from itertools import pairwise
from operator import attrgetter

from variorum.model import Extent, Mention, Position, ReportedActor
from variorum.reading.parsed import Parsed
from variorum.reading.positions.knowledge import words
from variorum.text.actor_index import ActorIndex


@dataclass(slots=True)
class _Made:
    name: str
    named: bool
    extents: set[Extent] = field(default_factory=set)


def with_holders(
    parsed: Parsed, actors: tuple[ReportedActor, ...], positions: tuple[Position, ...]
) -> tuple[ReportedActor, ...]:
    """The actors of a report and behind them those holders of its positions who were none ("Three parties").

    Args:
        parsed: the report.
        actors: those that are known.
        positions: its positions.
    """
    index, named_bodies = ActorIndex(actors), words("named_bodies")
    made: dict[str, _Made] = {}
    for position in positions:
        extent = position.actor
        if any(mention.extent == extent for mention, _ in index.within(extent)):
            continue
        here = extent.of(parsed.report.text).split()
        name = _proper(parsed, extent, here)
        if name:
            # "opposition Reform party" and "Reform" are one.
            key = " ".join(word for word in name if word.lower() not in named_bodies).casefold()
            made.setdefault(key, _Made(" ".join(name), named=True)).extents.add(extent)
        else:
            first = here[0] if _keeps_capital(parsed, extent) else here[0][0].lower() + here[0][1:]
            name = [first, *here[1:]]
            made.setdefault(" ".join(name), _Made(" ".join(name), named=False)).extents.add(extent)
    known = {actor.name: actor for actor in actors}
    for one in made.values():
        mentions = tuple(Mention(start=e.start, end=e.end, form="name" if one.named else "role") for e in one.extents)
        actor = known.get(one.name) or ReportedActor(name=one.name, kind="group", named=one.named)
        known[one.name] = replace(
            actor, mentions=tuple(sorted((*actor.mentions, *mentions), key=lambda m: (m.start, m.end, m.form)))
        )
    return tuple(known.values())


def _proper(parsed: Parsed, extent: Extent, spoken: list[str]) -> list[str]:
    """The words of a name, from its first capital on; none where common nouns only are said of somebody."""
    head = spoken[-1]
    if not head[0].isupper() and head.lower() not in words("named_bodies"):
        return []
    if any(word in ("of", "from") and before.islower() for before, word in pairwise(spoken)):
        return []  # "31 deputies of the Agrarian bloc"
    keeps = _keeps_capital(parsed, extent)
    first = next((n for n, word in enumerate(spoken) if word[0].isupper() and (n or keeps or word.isupper())), None)
    return spoken[first:] if first is not None else []


def _keeps_capital(parsed: Parsed, extent: Extent) -> bool:
    """Whether the first word has its capital within a sentence too ("Kenyan manufacturers")."""
    at = bisect_right(parsed.paragraphs, extent.start, key=attrgetter("offset")) - 1
    span = parsed.paragraphs[at].span(extent) if at >= 0 else None
    return span is not None and (span[0].pos_ == "PROPN" or span[0].ent_type_ in ("NORP", "GPE", "ORG", "PERSON"))
