"""Rosters: lists of names in sentences that tell the same thing, of which one has a name that the other leaves out ("the
United States, Russia, China and Panama abstained", "the United States, Russia and China abstained")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from variorum.collation.alignment import Sense, kinship, senses
from variorum.collation.differences.draft import Collated, Draft, account
from variorum.collation.passages import Sentence
from variorum.collation.places import is_wide
from variorum.collation.witness import Witness
from variorum.collation.words import words_of
from variorum.model import Extent
from variorum.text.world import lookup_state

FEWEST = 2
"""Names that two lists must share to be of one thing."""
LIKE = 2.0
"""Likeness of the two sentences from which their lists are of one thing."""

_BETWEEN = re.compile(r"\s*(?:,|;|,?\s(?:and|as well as|plus|followed by|then|to|or))\s*(?:and\s|then\s|the\s|to\s)*")


@dataclass(frozen=True, slots=True)
class _Roster:
    witness: Witness
    extent: Extent
    names: tuple[tuple[str, Extent], ...]
    """The entries, or codes of states, that it lists, with the words for them."""

    @property
    def entries(self) -> frozenset[str]:
        return frozenset(entry for entry, _ in self.names)


def find(found: Collated) -> Iterator[Draft]:
    """One difference for each pair of lists of which one has more names than the other, of whom its report says
    nothing in another sentence either."""
    told: set[tuple[int, Extent]] = set()
    for passage in found.passages:
        if passage.likeness < LIKE:
            continue
        for a in _rosters(passage.a, found):
            for b in _rosters(passage.b, found):
                keys = {(a.witness.number, a.extent), (b.witness.number, b.extent)}
                more, fewer = sorted((a, b), key=lambda roster: -len(roster.entries))
                odd = [(entry, at) for entry, at in more.names if entry not in fewer.entries]
                if not odd or not fewer.entries < more.entries or keys & told or not _of_one_thing(a, b):
                    continue
                if any(
                    is_wide(more.witness.words(at)) or _names(fewer.witness, entry, at, more.witness, found)
                    for entry, at in odd
                ):
                    continue
                told |= keys
                names = ", ".join(more.witness.words(at) for _, at in odd)
                stops = _is_route(more, found)
                entry = found.entry_at(more.witness, more.extent.start)
                if entry is None:
                    continue
                yield Draft(
                    kind="itinerary" if stops else "participants",
                    entry=entry,
                    label=f"{'stops' if stops else 'who is listed'}: {names}",
                    accounts=tuple(
                        account(r.witness, r.extent) for r in sorted((a, b), key=lambda r: r.witness.number)
                    ),
                    weight=0.55,
                    why=f"the same list, with {names} in one report and without in the other",
                )


def _of_one_thing(a: _Roster, b: _Roster) -> bool:
    """Whether two lists share names enough, or two names and the word that leads to or follows them."""
    if len(a.entries & b.entries) > FEWEST:
        return True
    kin = kinship(*(_beside(roster) for roster in (a, b)))
    return bool(kin.exact or kin.near)


BESIDE = 25
"""Characters around a list within which the word stands that says what those listed do or what is done with them."""


def _beside(roster: _Roster) -> list[Sense]:
    witness, sentence = roster.witness, roster.witness.sentence(roster.extent.start)
    before = Extent(max(sentence.start, roster.extent.start - BESIDE), roster.extent.start)
    after = Extent(roster.extent.end, max(roster.extent.end, min(sentence.end, roster.extent.end + BESIDE)))
    last, first = (words_of(witness.text, (extent,)) for extent in (before, after))
    return senses([w for w in (*last[-2:], *first[:2]) if not witness.words(w.extent)[:1].isupper()])


def _rosters(sentence: Sentence, found: Collated) -> Iterator[_Roster]:
    """The lists of three names or more in a sentence, and those of two."""
    witness = sentence.witness
    named: list[tuple[str, Extent]] = []
    for mention, actor in witness.index.within(sentence.extent):
        entry = found.cast.id_of(witness, actor.name)
        if entry is None or mention.form != "name" or (named and mention.start < named[-1][1].end):
            continue
        state = lookup_state(witness.words(mention.extent))
        named.append((state.code if state else entry, mention.extent))
    runs: list[list[tuple[str, Extent]]] = [named[:1]]
    for (_, before), (entry, at) in pairwise(named):
        if _BETWEEN.fullmatch(witness.text, before.end, at.start):
            runs[-1].append((entry, at))
        else:
            runs.append([(entry, at)])
    for run in runs:
        if len({entry for entry, _ in run}) >= FEWEST:
            yield _Roster(witness, Extent(run[0][1].start, run[-1][1].end), tuple(run))


def _names(witness: Witness, entry: str, at: Extent, other: Witness, found: Collated) -> bool:
    """Whether a report names somebody whom another lists, in its story."""
    words = other.words(at)
    pattern = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
    if any(witness.in_article(Extent(*m.span())) for m in pattern.finditer(witness.text)):
        return True
    for mention, actor in witness.mentions():
        state = lookup_state(witness.words(mention.extent))
        named = found.cast.id_of(witness, actor.name), state.code if state else None
        if entry in named and witness.in_article(mention.extent):
            return True
    return False


def _is_route(roster: _Roster, found: Collated) -> bool:
    """Whether what is listed are stops of a journey."""
    return any(
        stop.witness is roster.witness and roster.extent.covers(stop.leg.place)
        for _, travel in found.journeys
        for place in travel.places
        for stop in place.stops
    )
