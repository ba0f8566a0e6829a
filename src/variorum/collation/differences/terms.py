"""Terms: when something is to come about, by reports that do not agree ("from the second half of 2028", "in January 2029").

Plans are told in halves, quarters, months and years rather than days. Each is taken as the stretch of time that it can
mean; two reports differ where the stretches do not meet and the same is said beside both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from variorum.collation.alignment import Sense, kinship, weight_in_common
from variorum.collation.contexts import near_words, shared_words
from variorum.collation.differences.draft import Collated, Draft, account
from variorum.collation.witness import LONGEST, Witness
from variorum.model import Extent
from variorum.text.dates import find_dates

FEW = 6
"""Up to this many reports their terms are compared each with each."""
LEAST = 0.5
"""Weight of what must stand beside both terms: the future has few dates in one story."""
FURTHEST = timedelta(days=6 * 366)
"""Time between two accounts of one term; what lies further apart is two."""


@dataclass(frozen=True, slots=True)
class _Term:
    witness: Witness
    extent: Extent
    first: date
    last: date
    words: tuple[tuple[Sense, str], ...]

    @property
    def near(self) -> list[Sense]:
        """What stands beside it."""
        return [sense for sense, _ in self.words]


_ORDER = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1}
_PART = re.compile(
    r"\b(?:(?P<half>first|second|last)\shalf\s(?:of\s)?|(?P<quarter>first|second|third|fourth|last)[\s-]quarter\s(?:of\s)?"
    r"|Q(?P<q>[1-4])\s(?:of\s)?|(?P<part>early|mid|late|the\send\sof|end|the\s(?:start|beginning)\sof)[\s-]?)"
    r"(?P<year>20\d\d)\b",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"\b(?:by|before|until|till|no later than|than|to|through|within)\s(?:the\s)?$", re.IGNORECASE)


def find(found: Collated) -> Iterator[Draft]:
    """One difference for a plan that two reports put at different times."""
    if not 1 < len(found.witnesses) <= FEW:
        return
    latest = max((w.day for w in found.witnesses if w.day), default=None)
    terms = {witness.number: list(_terms(witness, latest)) for witness in found.witnesses}
    told: set[tuple[int, Extent]] = set()
    for one, two in combinations(found.witnesses, 2):
        for a, b in _pairs(terms[one.number], terms[two.number]):
            entry = found.entry_at(a.witness, a.extent.start) or found.entry_at(b.witness, b.extent.start)
            if entry is None or {(one.number, a.extent), (two.number, b.extent)} & told:
                continue
            others = [
                same[0]
                for n in sorted(terms)
                if n not in (one.number, two.number)
                and (
                    same := [t for t in terms[n] if any(_meet(t, x) and kinship(t.near, x.near).exact for x in (a, b))]
                )
            ]
            shown = sorted((_closest(t, terms) for t in (a, b, *others)), key=lambda t: t.witness.number)
            told |= {(t.witness.number, t.extent) for t in (a, b, *others, *shown)}
            yield Draft(
                kind="date",
                entry=entry,
                label=f"day of: {' '.join(shared_words(a.words, b.near))}",
                accounts=tuple(account(t.witness, t.extent) for t in shown),
                weight=0.55,
                why=f"what is to come is put at {_told(a)} and at {_told(b)}",
            )


def _closest(term: _Term, terms: dict[int, list[_Term]]) -> _Term:
    """The same time as its report gives it most closely ("January 2029" in the text under "2029" in the headline)."""
    same = [t for t in terms[term.witness.number] if t.first >= term.first and t.last <= term.last]
    return min(same, key=lambda t: (t.last - t.first, t.extent))


def _told(term: _Term) -> str:
    return f"{term.first.isoformat()[:7]} to {term.last.isoformat()[:7]}"


def _terms(witness: Witness, latest: str | None) -> Iterator[_Term]:
    """The times to come that a report's story gives, but for those by which something is only to be done."""
    try:
        anchor = date.fromisoformat(witness.day or latest or "")
    except ValueError:
        return
    for block in witness.reading.blocks:
        if not witness.in_article(block.extent):
            continue
        text = witness.text[block.start : min(block.end, block.start + LONGEST)]
        stretches = [(Extent(*m.span()), *_part_of_year(m)) for m in _PART.finditer(text)]
        stretches += [
            (f.extent, f.when.first, f.when.last)
            for f in find_dates(text, anchor)
            if f.when.precision in ("month", "year", "day")
            and not (f.when.basis == "relative" and f.when.end)
            and not any(f.extent.overlaps(e) for e, _, _ in stretches)
        ]
        for extent, first, last in sorted(stretches):
            if last <= anchor + NEXT or _UNTIL.search(text, max(0, extent.start - 20), extent.start):
                continue
            at = Extent(block.start + extent.start, block.start + extent.end)
            words = tuple(near_words(witness, at))
            if words:
                yield _Term(witness, at, first, last, words)


NEXT = timedelta(days=31)
"""Time from the day of a report within which a day is told as such and compared as one."""


def _part_of_year(match: re.Match[str]) -> tuple[date, date]:
    """The first and the last day of a part of a year."""
    if match["half"]:
        low, months = 6 * (_ORDER[match["half"].lower()] % 2), 6
    elif match["quarter"] or match["q"]:
        low, months = 3 * (_ORDER[match["quarter"].lower()] % 4 if match["quarter"] else int(match["q"]) - 1), 3
    else:
        part = match["part"].lower()
        low, months = (4 if part == "mid" else 8 if part in ("late", "end") or "end" in part.split() else 0), 4
    year = int(match["year"])
    end = date(year + (low + months) // 12, (low + months) % 12 + 1, 1) - timedelta(days=1)
    return date(year, low + 1, 1), end


def _pairs(first: list[_Term], second: list[_Term]) -> Iterator[tuple[_Term, _Term]]:
    options = []
    for n, a in enumerate(first):
        for k, b in enumerate(second):
            apart = max(a.first, b.first) - min(a.last, b.last)
            if (
                not timedelta(0) < apart <= FURTHEST
                or any(_meet(t, a) for t in second)
                or any(_meet(t, b) for t in first)
            ):
                continue
            kin = kinship(a.near, b.near)
            weight = weight_in_common(kin, a.near, b.near)
            if weight >= LEAST and _of_what_happens(a, b):
                options.append((-weight, n, k))
    for _, n, k in sorted(options):
        yield first[n], second[k]


def _meet(a: _Term, b: _Term) -> bool:
    return a.first <= b.last and b.first <= a.last


def _of_what_happens(a: _Term, b: _Term) -> bool:
    """Whether beside both stands a word of what is to come about, and not only who and where."""
    kin = kinship(*([sense for sense, word in term.words if not word[:1].isupper()] for term in (a, b)))
    return bool(kin.exact or kin.near)
