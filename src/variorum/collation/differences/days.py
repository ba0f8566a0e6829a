"""Days: one thing that is put on different days, where no event of the record carries it.

The days that reports give are compared by what stands beside them, as their numbers are: "the tax takes effect on 1
August", "from 1 September the tax will apply".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from variorum.collation.alignment import Sense, kinship
from variorum.collation.contexts import near_words, shared_words
from variorum.collation.differences.draft import Collated, Draft, account
from variorum.collation.witness import Witness
from variorum.model import ARTICLE_KINDS, Extent
from variorum.text.dates import find_dates

FEW = 6
"""Up to this many reports their days are compared each with each."""
SHARE = 0.5
"""Share of the weight of what stands beside the one day that must stand beside the other."""
LEAST = 1.7
"""Weight that they must share."""
FURTHEST = 62
"""Days between two accounts of one thing; what lies further apart is two things."""
LONGEST = 20_000
"""Characters of one block in which days are looked for."""


@dataclass(frozen=True, slots=True)
class _Day:
    witness: Witness
    extent: Extent
    day: date
    words: tuple[tuple[Sense, str], ...]

    @property
    def near(self) -> list[Sense]:
        """What stands beside it, as the comparison sees it."""
        return [sense for sense, _ in self.words]


def find(found: Collated) -> Iterator[Draft]:
    """Pairs of days that are each other's best in two reports, neither of which has the other's day anywhere."""
    if len(found.witnesses) > FEW:
        return
    days = {witness.number: list(_days(witness)) for witness in found.witnesses}
    told: set[tuple[int, Extent]] = set()
    for one in found.witnesses:
        for two in found.witnesses[one.number + 1 :]:
            for score, a, b in sorted(_pairs(days[one.number], days[two.number]), key=lambda p: (-p[0], p[1].extent)):
                if {(one.number, a.extent), (two.number, b.extent)} & told:
                    continue
                told |= {(one.number, a.extent), (two.number, b.extent)}
                entry = _entry(a, found) or _entry(b, found)
                if entry is not None:
                    yield _draft(a, b, entry, score)


def _draft(a: _Day, b: _Day, entry: str, score: float) -> Draft:
    beside = " ".join(shared_words(a.words, b.near))
    return Draft(
        kind="date",
        entry=entry,
        label=f"day of: {beside}",
        accounts=tuple(account(d.witness, d.extent, f"{d.witness.words(d.extent)} ({d.day})") for d in (a, b)),
        weight=min(0.6, 0.3 + score / 40),
        why=f"what stands beside both days is the same or like: it is put on {a.day} and on {b.day}",
    )


def _days(witness: Witness) -> Iterator[_Day]:
    """The days that a report's story gives, each with what stands beside it."""
    try:
        anchor = date.fromisoformat(witness.day or "")
    except ValueError:
        anchor = None
    for block in witness.reading.blocks:
        if block.kind not in ARTICLE_KINDS:
            continue
        for extent, when in find_dates(witness.text[block.start : min(block.end, block.start + LONGEST)], anchor):
            if when.precision == "day" and when.end is None:
                at = Extent(block.start + extent.start, block.start + extent.end)
                yield _Day(witness, at, when.first, tuple(near_words(witness, at)))


def _pairs(first: list[_Day], second: list[_Day]) -> Iterator[tuple[float, _Day, _Day]]:
    for a in first:
        for b in second:
            if a.day == b.day or abs((a.day - b.day).days) > FURTHEST or _has(second, a) or _has(first, b):
                continue
            kin = kinship(a.near, b.near)
            weight = kin.share * min(sum(s.weight for s in a.near), sum(s.weight for s in b.near))
            if kin.exact and kin.share >= SHARE and weight >= LEAST:
                yield weight * kin.share, a, b


def _has(days: list[_Day], other: _Day) -> bool:
    """Whether a report gives another one's day with anything of what stands beside it there: then they agree."""
    return any(one.day == other.day and kinship(one.near, other.near).exact for one in days)


def _entry(day: _Day, found: Collated) -> str | None:
    """The entry that a day's sentence is about: an event told in it, else the first actor that it names."""
    sentence = day.witness.sentence(day.extent.start)
    for event, happening in found.events:
        for telling in happening.tellings:
            if telling.witness is day.witness and sentence.covers(telling.event.trigger):
                return event.id
    return next(iter(found.cast.all_at(day.witness, sentence)), None)
