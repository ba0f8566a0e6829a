"""Whereabouts: one place or thing that reports put near different towns ("the market near Adan", "near Belo")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from rapidfuzz import fuzz

from variorum.collation.alignment import Sense, kinship, senses
from variorum.collation.differences.draft import Collated, Draft, account
from variorum.collation.witness import LONGEST, Witness
from variorum.collation.words import concept, fold, folded, is_light, words_of
from variorum.model import Extent
from variorum.text.tables import load_toml

FEW = 5
"""Up to this many reports their whereabouts are compared each with each."""
FEWEST = 2
"""Words of the sentences that both must have beside what is near a town and that town."""
ALIKE = 70
"""How alike, of 100, two names of towns must be to be one in two spellings."""


@dataclass(frozen=True, slots=True)
class _Near:
    witness: Witness
    extent: Extent
    what: str
    nouns: frozenset[str]
    town: str
    sense: tuple[Sense, ...]


@cache
def _pattern() -> re.Pattern[str]:
    beside = "|".join(re.escape(w) for w in load_toml("en/collation_words.toml")["beside_town"])
    name = r"[A-ZÀ-ÖØ-Þ][\w’'-]+(?:\s[A-ZÀ-ÖØ-Þ][\w’'-]+)?"
    return re.compile(
        rf"(?P<what>(?:[\w’'-]+\s){{0,4}}[\w’'-]+),?\s(?P<where>(?:{beside})\s(?:the\s(?:[a-z-]+\s){{1,3}}of\s|the\s[a-z]+\s)?(?P<town>{name}))"
    )


def find(found: Collated) -> Iterator[Draft]:
    """One difference for what two reports put near two towns."""
    if not 1 < len(found.witnesses) <= FEW:
        return
    told = {witness.number: list(_told(witness)) for witness in found.witnesses}
    shown: set[tuple[int, Extent]] = set()
    for one, two in combinations(found.witnesses, 2):
        for a in told[one.number]:
            for b in told[two.number]:
                if {(one.number, a.extent), (two.number, b.extent)} & shown or not _of_one(a, b, told):
                    continue
                entry = next(iter(found.cast.all_at(a.witness, a.witness.sentence(a.extent.start))), None)
                if entry is None:
                    continue
                shown |= {(one.number, a.extent), (two.number, b.extent)}
                yield Draft(
                    kind="place",
                    entry=entry,
                    label=f"where: {a.what}",
                    accounts=(account(a.witness, a.extent), account(b.witness, b.extent)),
                    weight=0.55,
                    why=f"the same is put near {a.town} and near {b.town}",
                )


def _told(witness: Witness) -> Iterator[_Near]:
    for block in witness.reading.blocks:
        if not witness.in_article(block.extent):
            continue
        for match in _pattern().finditer(witness.text, block.start, min(block.end, block.start + LONGEST)):
            nouns = frozenset(concept(w) for w in folded(match["what"]) if not is_light(w) and not w.isdigit())
            sentence = witness.sentence(match.start("where"))
            sense = tuple(senses(words_of(witness.text, (sentence,))))
            if nouns:
                yield _Near(witness, Extent(*match.span("where")), _phrase(match["what"]), nouns, match["town"], sense)


def _phrase(words: str) -> str:
    """The words before a whereabouts without light ones at their start."""
    told = words.split()
    while len(told) > 1 and (is_light(fold(told[0])) or not told[0][:1].isalpha()):
        told = told[1:]
    return " ".join(told)


def _of_one(a: _Near, b: _Near, told: dict[int, list[_Near]]) -> bool:
    """Whether two reports put one thing near two towns, and neither puts it near the other's."""
    if not a.nouns & b.nouns or _one_town(a.town, b.town):
        return False
    for own, other in ((a, b), (b, a)):
        if any(x.nouns & other.nouns and not _one_town(x.town, own.town) for x in told[own.witness.number]):
            return False
        if fold(other.town) in folded(own.witness.words(own.witness.sentence(own.extent.start))):
            return False
    towns = {concept(fold(w)) for x in (a, b) for w in x.town.split()}
    kin = kinship([s for s in a.sense if s.concept not in towns], [s for s in b.sense if s.concept not in towns])
    return kin.exact - len(a.nouns & b.nouns) + kin.near >= FEWEST or len(a.nouns & b.nouns) > FEWEST


def _one_town(a: str, b: str) -> bool:
    first, second = " ".join(folded(a)), " ".join(folded(b))
    return fuzz.ratio(first, second) >= ALIKE or first in second or second in first
