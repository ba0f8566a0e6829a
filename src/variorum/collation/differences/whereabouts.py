"""Whereabouts: one thing that reports put in two places ("will meet in Lund", "are due to meet in Turku"; "the market near
Adan", "near Belo").

Sentences that tell the same thing are compared. Two places in them are rivals where the words that lead to the one lead
to the other ("meet in"), each is nowhere in the other's sentence, and neither report puts the same there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz

from variorum.collation.alignment import Sense, kinship, senses
from variorum.collation.differences.draft import Collated, Draft, account, clipped
from variorum.collation.passages import Passage, Sentence, sentences_of
from variorum.collation.places import is_wide, same_place
from variorum.collation.quantities import is_people
from variorum.collation.states import capital_of, state_named
from variorum.collation.witness import Witness
from variorum.collation.words import Word, folded, is_light, words_of
from variorum.model import Extent
from variorum.text.places import lookup_place
from variorum.text.tables import load_toml
from variorum.text.world import lookup_state

LIKE = 1.6
"""Likeness of two sentences from which their places are compared."""
MOST_PLACES = 12
"""Places of one sentence that are compared each with each."""
LEADING = 3
"""Words before a place that say what is there."""
ALIKE = 70
"""How alike, of 100, two names of places must be to be one in two spellings."""


@dataclass(frozen=True, slots=True)
class _Place:
    witness: Witness
    extent: Extent
    """The place with the word that leads to it ("in Lund")."""
    name: str
    named: Extent
    what: str
    """The words that lead to it."""
    sense: tuple[Sense, ...]


@cache
def _pattern() -> re.Pattern[str]:
    table = load_toml("en/collation_words.toml")
    leads = "|".join(
        re.escape(w) for w in sorted((*table["beside_town"], *table["in_town"]), key=lambda w: (-len(w), w))
    )
    name = r"[A-ZÀ-ÖØ-Þ][\w’'-]+(?:\s(?:(?:de|del|la|al|el|of)\s)?[A-ZÀ-ÖØ-Þ][\w’'-]+){0,2}"
    kind = r"(?:the\s(?:[\w’-]+\s){1,3}of\s|the\s(?:[a-z-]+\s){1,2})?"
    return re.compile(rf"(?<![\w-])(?i:(?P<lead>{leads}))\s{kind}(?P<name>{name})")


def find(found: Collated) -> Iterator[Draft]:
    """One difference for what two reports put in two places."""
    told = {witness.number: _all_of(witness, found) for witness in found.witnesses} if found.passages else {}
    shown: set[tuple[int, Extent]] = set()
    for passage in found.passages:
        for a, b in _pairs(passage, told, found):
            entry = found.entry_at(a.witness, a.extent.start)
            if entry is None or {(a.witness.number, a.extent), (b.witness.number, b.extent)} & shown:
                continue
            shown |= {(x.witness.number, x.extent) for x in (a, b)}
            yield Draft(
                kind="place",
                entry=entry,
                label=f"where: {a.what}",
                accounts=tuple(account(x.witness, x.extent) for x in sorted((a, b), key=lambda x: x.witness.number)),
                weight=0.55,
                why=f"the same is put {a.witness.words(a.extent)} and {b.witness.words(b.extent)}",
            )


def _pairs(passage: Passage, told: dict[int, list[_Place]], found: Collated) -> Iterator[tuple[_Place, _Place]]:
    if passage.likeness < LIKE:
        return
    first, second = (
        [p for p in told[s.witness.number] if s.extent.covers(p.extent)][:MOST_PLACES] for s in (passage.a, passage.b)
    )
    options = [
        (-kinship(a.sense, b.sense).share, n, k)
        for n, a in enumerate(first)
        for k, b in enumerate(second)
        if _rivals(a, b, passage)
    ]
    for _, n, k in sorted(options):
        a, b = first[n], second[k]
        if not _puts_there(a, told[b.witness.number]) and not _puts_there(b, told[a.witness.number]):
            yield a, b


def _rivals(a: _Place, b: _Place, passage: Passage) -> bool:
    """Whether two places of a passage are two places of one thing."""
    if _one_place(a.name, b.name) or not _leads_alike(a, b):
        return False
    return not _stands_in(a.name, passage.b) and not _stands_in(b.name, passage.a)


def _leads_alike(a: _Place, b: _Place) -> bool:
    kin = kinship(a.sense, b.sense)
    return bool(kin.exact or kin.near)


def _stands_in(name: str, sentence: Sentence) -> bool:
    """Whether a sentence names a place, or one that is spelt much like it."""
    words = [word.text for word in sentence.words]
    own = folded(name)
    return any(words[n : n + len(own)] == list(own) for n in range(len(words) - len(own) + 1))


def _puts_there(place: _Place, told: list[_Place]) -> bool:
    """Whether a report puts the same at another one's place too."""
    return any(_one_place(place.name, own.name) and _leads_alike(place, own) for own in told)


def _one_place(a: str, b: str) -> bool:
    """Whether two names may be of one place, or of one within the other, as far as the tables know."""
    first, second = " ".join(folded(a)), " ".join(folded(b))
    if fuzz.ratio(first, second) >= ALIKE or first in second or second in first:
        return True
    if same_place(a, b) or is_wide(a) or is_wide(b):
        return True
    states = [state_named(name) for name in (a, b)]
    countries = [_country(name) for name in (a, b)]
    # Of a town that no table knows nothing says that it is not in the state.
    return any(states) and not (all(countries) and countries[0] != countries[1])


def _country(name: str) -> str | None:
    hit, place = lookup_state(name), lookup_place(name)
    return hit.code if hit else place.country if place else None


def _all_of(witness: Witness, found: Collated) -> list[_Place]:
    return [place for extent in sentences_of(witness) for place in _in_sentence(witness, extent, found)]


def _in_sentence(witness: Witness, sentence: Extent, found: Collated) -> Iterator[_Place]:
    """The places of a sentence with the words that lead to each, or follow it where it opens the sentence."""
    for match in _pattern().finditer(witness.text, sentence.start, sentence.end):
        named = Extent(*match.span("name"))
        if not _is_place(witness, named, match["lead"].casefold(), found) or _seats(witness, match.start(), found):
            continue
        clause = Extent(_clause_start(witness, sentence, match.start()), match.start())
        leading = _weighty(witness, clause)[-LEADING:]
        if not leading:
            leading = _weighty(witness, Extent(match.end(), sentence.end))[:LEADING]
        if leading:
            what = " ".join(witness.words(Extent(leading[0].extent.start, leading[-1].extent.end)).split())
            at = Extent(match.start("lead"), named.end)
            yield _Place(witness, at, match["name"], named, clipped(what, 50), tuple(senses(leading)))


_DOING = re.compile(r"\w{3}ing\s$")


def _seats(witness: Witness, at: int, found: Collated) -> bool:
    """Whether a place is only where a body sits or who speaks is ("the ministry in Tirana said")."""
    if _DOING.search(witness.text, max(0, at - 20), at):
        return False  # "lawmakers meeting in Lund" are there
    if any(s.source is not None and s.source.start < at <= s.source.end + 1 for s in witness.reading.statements):
        return True
    entry = found.cast.at(witness, Extent(max(0, at - 2), max(1, at - 1)))
    return entry is not None and found.cast[entry].kind in ("organisation", "government")


def _weighty(witness: Witness, extent: Extent) -> list[Word]:
    """The weighty words of a stretch but for names and numbers, which more than one thing in a place may have beside it."""
    return [
        word
        for word in words_of(witness.text, (extent,))
        if not (is_light(word.text) or word.text.isdigit() or is_people(word.text))
        and not witness.words(word.extent)[:1].isupper()
    ]


_CLAUSE = re.compile(r"[;:(—–“”\"]|,\s(?:and|but|while|which|who|where)\s|\b(?:and|but|while)\b")


def _clause_start(witness: Witness, sentence: Extent, at: int) -> int:
    cuts = [m.end() for m in _CLAUSE.finditer(witness.text, sentence.start, at)]
    return cuts[-1] if cuts else sentence.start


def _is_place(witness: Witness, named: Extent, lead: str, found: Collated) -> bool:
    """Whether a name is a place's: by the reading, by the tables, or beside a word that only stands before towns."""
    name = witness.words(named)
    hit = lookup_state(name)
    if hit is not None and hit.sense in ("adjective", "people"):
        return False
    entry = found.cast.at(witness, named)
    kind = found.cast[entry].kind if entry is not None else None
    if kind == "person":
        return False
    town = lookup_place(name) is not None or lead in load_toml("en/collation_words.toml")["beside_town"]
    if kind in ("organisation", "group"):
        return town
    return town or kind == "place" or bool(state_named(name) or capital_of(name))
