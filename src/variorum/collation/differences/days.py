"""Days: one thing that is put on different days, where no event of the record carries it.

The days that reports give are compared by what stands beside them, as their numbers are: "the tax takes effect on 1
August", "from 1 September the tax will apply".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from variorum.collation.alignment import Kinship, Sense, kinship, senses, weight_in_common
from variorum.collation.contexts import near_words, shared_words
from variorum.collation.differences.draft import Collated, Draft, account
from variorum.collation.figures import Account, of_another_year, updating
from variorum.collation.witness import Witness
from variorum.collation.words import concept, fold, is_light, root_of, words_of
from variorum.model import ARTICLE_KINDS, Extent
from variorum.text.dates import find_dates

FEW = 6
"""Up to this many reports their days are compared each with each."""
SHARE = 0.5
"""Share of the weight of what stands beside the one day that must stand beside the other."""
LEAST = 1.7
"""Weight that they must share."""
AMPLE = 3.2, 0.35
"""Weight and share that are enough as well: where much is said near both, some of it may differ."""
RICH, RICH_WORDS = (5.0, 0.3), 4
"""The same for words of two whole sentences, of which at least so many are the same."""
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
    def name(self) -> str:
        """The words for it."""
        return self.witness.words(self.extent).casefold()

    @property
    def near(self) -> list[Sense]:
        """What stands beside it, as the comparison sees it."""
        return [sense for sense, _ in self.words]


def find(found: Collated) -> Iterator[Draft]:
    """Days that are each other's best in two reports, neither of which has the other's day anywhere, with the days of
    the same thing in the other reports beside them."""
    if len(found.witnesses) > FEW:
        return
    latest = max((witness.day for witness in found.witnesses if witness.day), default=None)
    days = {witness.number: list(_days(witness, latest)) for witness in found.witnesses}
    told: set[tuple[int, Extent]] = set()
    for one, two in combinations(found.witnesses, 2):
        for score, a, b in sorted(_pairs(days[one.number], days[two.number]), key=lambda p: (-p[0], p[1].extent)):
            if _of_others(a, b, found) or {(one.number, a.extent), (two.number, b.extent)} & told:
                continue
            entry = found.entry_at(a.witness, a.extent.start) or found.entry_at(b.witness, b.extent.start)
            if entry is None:
                continue
            others = list(_beside(a, b, days))
            told |= {(d.witness.number, d.extent) for d in (a, b, *others)}
            yield _draft(a, b, others, entry, score)
    yield from _in_passages(found, days, told)
    yield from _of_tolls(found, days)


LIKE = 3.0
"""Likeness of two sentences from which the one day in each is of one thing, if anything beside both is the same."""
DAYS_IN_PASSAGE = 7
"""Days between two accounts in two sentences that tell the same thing."""


def _in_passages(found: Collated, days: dict[int, list[_Day]], told: set[tuple[int, Extent]]) -> Iterator[Draft]:
    """The only day of each of two sentences that tell the same thing, where the days are not the same."""
    for passage in found.passages:
        own, other = ([d for d in days[s.witness.number] if s.extent.covers(d.extent)] for s in (passage.a, passage.b))
        if len(own) != 1 or len(other) != 1 or passage.likeness < LIKE:
            continue
        a, b = own[0], other[0]
        apart = abs((a.day - b.day).days)
        kin = kinship(a.near, b.near)
        if not 0 < apart <= DAYS_IN_PASSAGE or a.name == b.name or _by_the_clock(a, b) or not kin.exact:
            continue
        here = passage.in_place_of(a.extent, b.extent)
        if not here and (_of_others(a, b, found) or not (_more_than_names(a, b) or _of_one_person(a, b, found))):
            continue
        rivals = _as_near(days[b.witness.number], a, kin), _as_near(days[a.witness.number], b, kin)
        entry = found.entry_at(a.witness, a.extent.start) or found.entry_at(b.witness, b.extent.start)
        if any(rivals) or entry is None or {(d.witness.number, d.extent) for d in (a, b)} & told:
            continue
        others = list(_beside(a, b, days))
        told |= {(d.witness.number, d.extent) for d in (a, b, *others)}
        yield _draft(a, b, others, entry, passage.likeness)


def _persons(day: _Day, found: Collated) -> set[str]:
    """The named persons of a day's sentence but for those who only say it."""
    witness, sentence = day.witness, day.witness.sentence(day.extent.start)
    saying = {
        found.cast.at(witness, s.source)
        for s in witness.reading.statements
        if s.source is not None and sentence.overlaps(s.source)
    }
    entries = found.cast.all_at(witness, sentence)
    return {e for e in entries if e not in saying and found.cast[e].kind == "person" and found.cast[e].named}


def _of_others(a: _Day, b: _Day, found: Collated) -> bool:
    """Whether the sentences of two days name persons, and not the same ones."""
    first, second = (_persons(day, found) for day in (a, b))
    return bool(first and second) and not first & second


def _of_one_person(a: _Day, b: _Day, found: Collated) -> bool:
    """Whether the name of one person stands beside both days, whom not all of the story is about."""
    near = [
        set(found.cast.all_at(d.witness, Extent(max(0, d.extent.start - REACH), d.extent.end + REACH))) for d in (a, b)
    ]
    return any(
        found.cast[e].kind == "person" and sum(name.count for name in found.cast[e].names) <= SELDOM
        for e in near[0] & near[1]
    )


REACH = 60
"""Characters around a day within which a name stands beside it."""
SELDOM = 8
"""Mentions of a person by name up to which he is of one thing in the story, and not of all of it."""


def _as_near(days: list[_Day], other: _Day, kin: Kinship) -> bool:
    """Whether a report gives another one's day with as much of what stands beside it there as beside its rival."""
    return any(one.day == other.day and kinship(one.near, other.near).share >= kin.share for one in days)


def _of_tolls(found: Collated, days: dict[int, list[_Day]]) -> Iterator[Draft]:
    """The day on which those counted died or were hurt, by the sentences that count them: each report has one such day,
    and not the same."""
    for entry, ledger in found.figures:
        if not ledger.lead.quantity.moves:
            continue
        own: dict[int, list[_Day]] = {}
        for one in ledger.accounts:
            own.setdefault(one.witness.number, []).extend(
                [] if of_another_year(one) else _in_sentence(one, days[one.witness.number])
            )
        dated = {number: told for number, told in own.items() if len({d.day for d in told}) == 1}
        first = next(iter(sorted(dated)), None)
        other = next((n for n in sorted(dated) if first is not None and _a_day_apart(dated[first], dated[n])), None)
        if first is None or other is None:
            continue
        shown = [told[0] for _, told in sorted(dated.items())]
        yield Draft(
            kind="date",
            entry=entry.id,
            label=f"day of: {entry.what}",
            accounts=tuple(account(d.witness, d.extent, f"{d.witness.words(d.extent)} ({d.day})") for d in shown),
            weight=0.6,
            why=f"what cost them is put on {dated[first][0].day} and on {dated[other][0].day}",
        )


def _in_sentence(one: Account, days: list[_Day]) -> list[_Day]:
    """The days beside a count that are not those of who says it."""
    witness, at = one.witness, one.figure.extent
    sentence = witness.sentence(at.start)
    pieces = [
        piece
        for s in witness.reading.statements
        for piece in s.content
        if piece.covers(at) and sentence.overlaps(piece)
    ]
    inside = min(pieces, key=lambda piece: piece.end - piece.start, default=sentence)
    # "Raised the toll to 40 on Monday": what follows a number that is new is the day of the count.
    verb = updating(one)
    end = verb.start if verb else sentence.end
    return [d for d in days if inside.covers(d.extent) and sentence.covers(d.extent) and d.extent.end <= end]


def _a_day_apart(a: list[_Day], b: list[_Day]) -> bool:
    return 0 < abs((a[0].day - b[0].day).days) <= DAYS_OF_ONE and not _by_the_clock(a[0], b[0])


def _by_the_clock(a: _Day, b: _Day) -> bool:
    """Whether two days are next to each other and one is told from the report's own ("today"), whose clock may be
    another one's."""
    return abs((a.day - b.day).days) == 1 and any(
        d.name in ("today", "yesterday", "tonight", "tomorrow") for d in (a, b)
    )


DAYS_OF_ONE = 3
"""Days between two accounts of when somebody was killed; what lies further apart is another time."""


def _beside(a: _Day, b: _Day, days: dict[int, list[_Day]]) -> Iterator[_Day]:
    """The other reports' days of the same thing, on the one day or on the other."""
    for number in sorted(days):
        if number in (a.witness.number, b.witness.number):
            continue
        same = [d for d in days[number] if any(d.day == x.day and _shared(d, x) >= 2 for x in (a, b))]
        if same:
            yield max(same, key=lambda d: (max(_shared(d, a), _shared(d, b)), -d.extent.start))


def _shared(a: _Day, b: _Day) -> int:
    """How many words beside one day stand beside the other too: of one day, they need not be many to be of one
    thing."""
    kin = kinship(a.near, b.near)
    return kin.exact + kin.near


def _draft(a: _Day, b: _Day, others: list[_Day], entry: str, score: float) -> Draft:
    beside = " ".join(shared_words(a.words, b.near))
    shown = sorted((a, b, *others), key=lambda d: d.witness.number)
    return Draft(
        kind="date",
        entry=entry,
        label=f"day of: {beside}",
        accounts=tuple(account(d.witness, d.extent, f"{d.witness.words(d.extent)} ({d.day})") for d in shown),
        weight=min(0.6, 0.3 + score / 40),
        why=f"what stands beside both days is the same or like: it is put on {a.day} and on {b.day}",
    )


def _days(witness: Witness, latest: str | None) -> Iterator[_Day]:
    """The days that a report's story gives, each with what stands beside it. A report of no known day is taken to be of
    the day of the latest one."""
    try:
        anchor = date.fromisoformat(witness.day or latest or "")
    except ValueError:
        anchor = None
    for block in witness.reading.blocks:
        if block.kind not in ARTICLE_KINDS:
            continue
        for extent, when in find_dates(witness.text[block.start : min(block.end, block.start + LONGEST)], anchor):
            if when.precision == "day" and when.end is None:
                if _ISSUED.search(witness.text, max(0, block.start + extent.start - 20), block.start + extent.start):
                    continue
                at = Extent(block.start + extent.start, block.start + extent.end)
                yield _Day(witness, at, when.first, (*near_words(witness, at), *_antecedent(witness, at)))


_ISSUED = re.compile(r"\b(?:published|updated|posted|modified|issued)(?:\s(?:on|at))?:?\s$", re.IGNORECASE)
"""Words before a day that is the report's own and no event's."""

_DEFINITE = re.compile(
    r"[“\"]?The\s(?P<noun>[a-z]+)(?:,|\s(?:was|were|came|took|had|ha[ds]\sbeen|followed|happened|occurred)\b)"
)
BEFORE = 320
"""Characters before a sentence in which what its subject takes up is looked for."""
TAKEN_UP = 0.35
"""What a word of the sentence that is taken up is worth beside one of the day's own clause."""


def _antecedent(witness: Witness, at: Extent) -> list[tuple[Sense, str]]:
    """The words of the sentence before, where the day's sentence takes up what it tells with a noun of its verb ("A court
    has ruled … The ruling, handed down on Tuesday, …")."""
    sentence = witness.sentence(at.start)
    opening = _DEFINITE.match(witness.text, sentence.start, sentence.end)
    if opening is None:
        return []
    end = sentence.start
    while end > 0 and witness.text[end - 1].isspace():
        end -= 1
    before = witness.sentence(end - 1) if end else Extent(0, 0)
    if before.end > sentence.start or before.end - before.start > BEFORE or not witness.in_article(before):
        return []
    words = [w for w in words_of(witness.text, (before,)) if not is_light(w.text)]
    noun = root_of(concept(fold(opening["noun"])))
    told = [(sense, witness.words(w.extent)) for w in words for sense in senses([w])]
    if all(sense.concept != noun for sense, _ in told):
        return []
    return [(Sense(s.concept, s.groups, s.weight * TAKEN_UP), word) for s, word in told]


def _pairs(first: list[_Day], second: list[_Day]) -> Iterator[tuple[float, _Day, _Day]]:
    for a in first:
        for b in second:
            apart = abs((a.day - b.day).days)
            if not apart or apart > FURTHEST or _has(second, a) or _has(first, b):
                continue
            if (apart % 7 == 0 and a.name == b.name) or _by_the_clock(a, b):
                continue  # one "Monday" taken for two
            score = _likeness(a, b)
            if score:
                yield score, a, b


def _likeness(a: _Day, b: _Day) -> float:
    """How sure it is that two days are of one thing, by what stands beside them; 0 where it is not."""
    kin = kinship(a.near, b.near)
    weight = weight_in_common(kin, a.near, b.near)
    enough = (weight >= LEAST and kin.share >= SHARE) or (weight >= AMPLE[0] and kin.share >= AMPLE[1])
    enough = enough or (weight >= RICH[0] and kin.share >= RICH[1] and kin.exact >= RICH_WORDS)
    return weight * kin.share if kin.exact and enough and _more_than_names(a, b) else 0.0


def _more_than_names(a: _Day, b: _Day) -> bool:
    """Whether beside both days stands a word of what happened, and not only who and where."""
    plain = [[sense for sense, word in day.words if not word[:1].isupper()] for day in (a, b)]
    kin = kinship(*plain)
    return bool(kin.exact or kin.near)


def _has(days: list[_Day], other: _Day) -> bool:
    """Whether a report gives another one's day with anything of what stands beside it there: then they agree."""
    return any(one.day == other.day and kinship(one.near, other.near).exact for one in days)
