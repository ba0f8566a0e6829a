"""Whether one of two reports descends from the other, or both from one text, and which is likely the earlier."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from variorum.gathering.lineage.matching import Link, Match, match
from variorum.gathering.lineage.prose import Prose
from variorum.gathering.lineage.retelling import retellings
from variorum.gathering.words import TOKEN, term
from variorum.model import Derivation, Passage, Report, Span
from variorum.model.story import DerivationDegree

_DERIVED = 0.2
"""Share of a report's own words that the other has too, from which it is derived."""
_CREDITED = 0.12
"""The same where both credit one agency with their text, one names the other's outlet or the agency that the other credits,
or sentence after sentence is told again in the same order."""
_ORDERED_SENTENCES = 5
_ORDERED_SHARE = 0.2
"""Sentences told again in the order of the other report, and their share of the report with fewer sentences, that show a text
behind both: two reporters at one event seldom tell five things in the same words and order."""
_RETOLD_SENTENCES = 3
_RETOLD_SHARE = 0.15
"""Sentences told again, and their share of the shorter report, that make a derivation of a quotation in a shared frame:
a frame alone may be no more than who was asked when and where."""
_WHOLLY = 0.5
_NAME = 3
"""Letters of a source's name that is looked for: shorter ones are words of every text."""
_SHORT = 120
"""Own words that a report is taken to have at least: a few shared words are no share of a short text."""
_LESS = 0.6
"""Where the share of the one is less than this times that of the other, the other is the excerpt."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Two reports that are held to be derived, with the evidence."""

    a: int
    b: int
    strength: float
    """Share of its own words that the more dependent of the two shares with the other, 0 to 1."""
    derivation: Derivation
    passages: tuple[Passage, ...]

    @property
    def whole(self) -> bool:
        """Whether the whole of one report descends."""
        return self.derivation.degree == "wholly"


def agencies(report: Report) -> tuple[str, ...]:
    """Agencies that a report credits with its text, in the order of the text."""
    named = [credit.agency for credit in report.credits if credit.of == "text"]
    if report.dateline and report.dateline.agency:
        named.append(report.dateline.agency)
    return tuple(dict.fromkeys(named))


def judge(a: int, b: int, one: Prose, other: Prose) -> Judgement | None:
    """Whether two reports of a story are derived, by the wording that they share; null where they are not."""
    found = match(one, other)
    share_a = _share(found.covered_a.sum(), one)
    share_b = _share(found.covered_b.sum(), other)
    strength = max(share_a, share_b)
    agency = sorted(set(agencies(one.report)) & set(agencies(other.report)))
    named_in_b, named_in_a = _named_source(other, one.report), _named_source(one, other.report)
    if strength < _CREDITED and not found.frames:
        return None
    retold, retold_share = retellings(one, other)
    ordered = _in_order(retold) if retold_share >= _ORDERED_SHARE else 0
    credited = agency or named_in_a or named_in_b or ordered >= _ORDERED_SENTENCES
    least = _CREDITED if credited else _DERIVED
    framed = found.frames and len(retold) >= _RETOLD_SENTENCES and retold_share >= _RETOLD_SHARE
    if strength < least and not framed:
        return None
    degree: DerivationDegree = "wholly" if strength >= _WHOLLY else "partly"
    earlier, why = _earlier(found, share_a, share_b, named_in_a, named_in_b)
    ground = [f"{round(100 * strength)} % of the own words of the more dependent one are shared"]
    if strength < least:
        ground.append(f"{len(retold)} sentences are told again")
    elif ordered >= _ORDERED_SENTENCES and strength < _DERIVED:
        ground.append(f"{ordered} sentences are told again in the same order")
    if found.frames:
        ground.append(f"a quotation stands in the same frame of {found.frames} words")
    if agency:
        ground.append(f"both credit {', '.join(agency)}")
    return Judgement(
        a=a,
        b=b,
        strength=strength if strength >= least else least,
        derivation=Derivation(
            a=earlier or one.report.id,
            b=other.report.id if earlier in (None, one.report.id) else one.report.id,
            degree=degree,
            earlier=earlier,
            ground="; ".join([*ground, why]),
        ),
        passages=_passages(found, retold),
    )


def _share(covered: int, prose: Prose) -> float:
    return float(covered) / max(_SHORT, int(prose.own.sum()), 1)


def _named_source(prose: Prose, report: Report) -> str | None:
    """The name, in the own words of one report, of the outlet of another or of an agency that the other credits."""
    keys = prose.keys.tolist()
    for name in (report.outlet, *agencies(report)):
        if not name or len(name) < _NAME or name == prose.report.outlet:
            continue
        source = [term(m.group()) for m in TOKEN.finditer(name)]
        if source and any(
            keys[i : i + len(source)] == source and not prose.plain[i] and not prose.quoted[i]
            for i, key in enumerate(keys)
            if key == source[0]
        ):
            return name
    return None


def _in_order(links: list[Link]) -> int:
    """How many sentences told again stand in the order of the other report (the longest rising sequence)."""
    ends: list[int] = []
    for link in sorted(links, key=lambda link: link.a):
        place = bisect_left(ends, link.b[0])
        ends[place : place + 1] = [link.b[0]]
    return len(ends)


def _earlier(
    found: Match, share_a: float, share_b: float, named_in_a: str | None, named_in_b: str | None
) -> tuple[str | None, str]:
    """Which of two derived reports is likely the earlier, and on what ground; null where nothing tells."""
    a, b = found.a.report, found.b.report
    for early, late, named in ((a, b, named_in_b), (b, a, named_in_a)):
        if named:
            return early.id, f"{late.id} names {named} as its source"
    for early, late in ((a, b), (b, a)):
        if early.outlet and early.outlet in agencies(late) and early.outlet not in agencies(early):
            return early.id, f"{late.id} credits {early.outlet}"
    date_a, date_b = (r.published.date if r.published else None for r in (a, b))
    if date_a and date_b:
        length = min(len(date_a), len(date_b))
        if date_a[:length] != date_b[:length]:
            early = a if date_a < date_b else b
            return early.id, f"{early.id} was published first"
    if max(found.quotes_a, found.quotes_b) >= 2 * _quoted_least(found):
        early, late = (b, a) if found.quotes_a > found.quotes_b else (a, b)
        return early.id, f"{late.id} quotes what is {early.id}'s own prose"
    if max(share_a, share_b) >= _WHOLLY and min(share_a, share_b) < _LESS * max(share_a, share_b):
        early, late = (a, b) if share_a < share_b else (b, a)
        return early.id, f"{late.id} has nearly nothing that {early.id}, the fuller one, lacks"
    return None, "which was first is not established"


def _quoted_least(found: Match) -> int:
    return max(4, min(found.quotes_a, found.quotes_b))


def _passages(found: Match, retold: list[Link]) -> tuple[Passage, ...]:
    """The links as spans: neighbouring ones joined, overlapping ones left out, in the order of the first report."""
    kept: list[Link] = []
    longest = sorted(set(found.links), key=lambda k: (-(k.a[1] - k.a[0]) - (k.b[1] - k.b[0]), k.a, k.b))
    for link in [*longest, *retold]:
        if not any(_meet(link.a, k.a) or _meet(link.b, k.b) for k in kept):
            kept.append(link)
    joined: list[Link] = []
    for link in sorted(kept, key=lambda k: k.a):
        if joined and joined[-1].a[1] + 1 == link.a[0] and joined[-1].b[1] + 1 == link.b[0]:
            joined[-1] = _together(joined[-1], link)
        else:
            joined.append(link)
    a, b = found.a, found.b
    return tuple(
        Passage(
            a=Span(report=a.report.id, start=a.starts[k.a[0]], end=a.ends[k.a[1]]),
            b=Span(report=b.report.id, start=b.starts[k.b[0]], end=b.ends[k.b[1]]),
            similarity=round(k.similarity, 3),
        )
        for k in joined
    )


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _together(one: Link, other: Link) -> Link:
    size_one, size_other = (k.a[1] - k.a[0] + k.b[1] - k.b[0] + 2 for k in (one, other))
    similarity = (one.similarity * size_one + other.similarity * size_other) / (size_one + size_other)
    return Link((one.a[0], other.a[1]), (one.b[0], other.b[1]), similarity)
