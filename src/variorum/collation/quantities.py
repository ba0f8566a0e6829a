"""What a figure counts, and what its number can mean: the two things by which accounts of one quantity are known."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from variorum.collation.dimensions import agree, dimension_of, rates_differ, units_differ
from variorum.collation.states import is_known, states_in
from variorum.collation.witness import Witness
from variorum.collation.words import concepts, fold, folded
from variorum.model import Extent, Figure
from variorum.text.tables import load_toml

COUNTS = ("count", "number")
"""Kinds of figures that can be numbers of people."""

NEAR = 60
"""Characters around a figure, within its sentence, where the word that says what happened to those counted is looked
for."""


RATIO = 2.0
"""How far apart two numbers of one day may be that are held to be of one quantity, where the table says nothing."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """What is counted."""

    concept: str | None
    """What happened to those counted ("dead"), or None where the words name nothing of the table."""
    label: str
    """A short name for it."""
    matters: float
    """How much it matters, 0 to 1; 0 where the table does not know it."""
    grows: bool
    """Whether later counts are larger as a rule."""
    moves: bool
    """Whether counts of it change from day to day while an event is under way (dead, missing, rescued)."""
    population: str
    """Class of those counted; ``people`` for all."""
    nouns: frozenset[str]
    """Concepts of the words for what is counted."""
    states: frozenset[str]
    """Codes of the states that the place or the people counted belong to."""
    nationals: frozenset[str]
    """Codes of the states whose people are counted, where the words say so."""
    place: frozenset[str]
    """Concepts of the words for where."""
    apart: float = RATIO
    """How many times one estimate of it may be another one of the same day."""
    mapped: bool = False
    """Whether the place is a town or state of the tables, so that another one is known to be elsewhere."""
    sole: bool = False
    """Whether its report counts the same in no other place."""


class Concept(NamedTuple):
    """What happened to those counted, by the table."""

    id: str
    label: str
    grows: bool
    matters: float
    persons: bool
    """Whether only people can be so."""
    money: bool
    """Whether it is said of sums of money only."""
    near: bool
    """Whether its words mean it also beside a figure, and not only in what the figure counts."""
    apart: float
    """How many times one estimate of it may be another one of the same day."""


@cache
def _table() -> tuple[dict[tuple[str, ...], Concept], dict[str, str], frozenset[str], frozenset[str]]:
    data = load_toml("en/figure_concepts.toml")
    words: dict[tuple[str, ...], Concept] = {}
    for row in data["concept"]:
        for phrase in row["words"]:
            words.setdefault(
                folded(phrase),
                Concept(
                    row["id"],
                    row["label"],
                    row["grows"],
                    row["matters"],
                    row["persons"],
                    row.get("money", False),
                    row.get("near", True),
                    row.get("apart", RATIO),
                ),
            )
    parts = {fold(word): name for name, group in data["population"]["part"].items() for word in group}
    return (
        words,
        parts,
        frozenset(map(fold, data["population"]["whole"])),
        frozenset(map(fold, data["left_out"]["units"])),
    )


def counts_something(witness: Witness, figure: Figure) -> bool:
    """Whether a figure is a number of something in the world worth an entry: no duration, age, rank or bare "one"."""
    if figure.value is None and figure.low is None and figure.high is None:
        return False
    if figure.kind in ("duration", "age", "one"):
        return False
    unit = fold(figure.unit or "")
    left_out = _table()[3]
    if unit in left_out or unit.removesuffix("s") in left_out:
        return False
    what = folded(figure.what or "")
    if not figure.unit and not what:
        return figure.kind in COUNTS and (directly_after(witness, figure) or number_of(witness, figure)) is not None
    small = figure.value is not None and abs(figure.value) <= 2 and figure.bound == "exactly"
    return not (small and _concept((*what, unit)) is None and (figure.unit or "") not in ("percentage", "percent"))


DIRECTLY = 7
"""Words after a bare number within which the word stands that says what happened to those counted ("five are still
missing", "two million from their homes")."""


def directly_after(witness: Witness, figure: Figure) -> Concept | None:
    """What a bare number counts by the words that follow it in its clause, where only people can be so."""
    sentence = witness.sentence(figure.start)
    after = _CLOSING.sub("", witness.words(Extent(figure.end, max(figure.end, sentence.end))))
    found = _concept(folded(_CLAUSE_END.split(after, maxsplit=1)[0])[:DIRECTLY])
    return found if found is not None and found.persons and found.near else None


_CLOSING = re.compile(r"^[”’\"'](?=\s)")
"""A mark that ends a quotation of nothing but a number (“over 200” dead)."""

_NUMBER_OF = re.compile(r"\b(?:number|count|tally|total)\s+of\s+(?P<what>[^,;:.“”\"]*)", re.IGNORECASE)


def number_of(witness: Witness, figure: Figure) -> Concept | None:
    """What a bare number counts by the subject of its sentence ("the number of those arrested … has risen to 90"), where
    no other number stands between."""
    sentence = witness.sentence(figure.start)
    subjects = list(_NUMBER_OF.finditer(witness.text, sentence.start, figure.start))
    if not subjects:
        return None
    subject = subjects[-1]
    between = _figures_in(witness, subject.start(), figure.start - 1)
    found = _concept(folded(subject["what"])[:DIRECTLY]) if not between else None
    return found if found is not None and found.persons else None


def _doing(witness: Witness, figure: Figure) -> Concept | None:
    """What those counted do by the words that follow them at once ("3,000 people took to the streets"), where the words
    would mean something else further off."""
    sentence = witness.sentence(figure.start)
    after = _CLAUSE_END.split(witness.words(Extent(figure.end, max(figure.end, sentence.end))), maxsplit=1)[0]
    verb = folded(witness.words(figure.extent))[-1:] if not after[:1].strip(" ") else ()
    found = _concept((*verb, *folded(after)[:AT_ONCE]))
    return found if found is not None and found.persons else None


AT_ONCE = 3
"""Words after those counted within which the verb stands that says what they do."""

_CLAUSE_END = re.compile(r"[,;:()—–“”\"]| (?:and|but|while) ")


def _concept(words: tuple[str, ...]) -> Concept | None:
    """What happened to those counted, by the longest phrase of the table; a noun for people that is in the table too
    ("protesters arrested") says it only where no other word does."""
    table, whole = _table()[0], _table()[2]
    for size in (4, 3, 2, 1):
        found = [words[n : n + size] for n in range(len(words) - size + 1) if words[n : n + size] in table]
        if found:
            return table[next((phrase for phrase in found if not whole.issuperset(phrase)), found[0])]
    return None


def quantity_of(witness: Witness, figure: Figure) -> Quantity:
    """What a figure counts: from its own words, and where they do not say, from the words near it in its sentence."""
    own = folded(f"{figure.what or ''} {figure.unit or ''} {witness.words(figure.extent)}")
    part = _part_after(witness, figure)
    population = part or _population(figure, own)
    found = _concept_near(witness, figure) if _of_them(witness, figure) else None
    found = found or _concept(own)
    if found is None and not figure.unit and figure.kind in COUNTS:
        found = directly_after(witness, figure) or number_of(witness, figure)
    if found is not None and found.money and figure.kind != "amount":
        found = None
    if population is not None and found is None and figure.kind in COUNTS:
        near = None if _has_verb(figure) else _concept_near(witness, figure)
        found = _concept_of_whole(witness, figure) or near or _doing(witness, figure)
    if found is not None and found.persons and (population is None or figure.kind not in COUNTS):
        # "10 houses" beside "killed" are no dead, and neither is "a fifth".
        found = None
    if _OF_TOWN.search(witness.text, max(0, figure.start - 40), figure.start):
        found, population = None, None
    if found is None and figure.kind == "amount":
        found = _concept_near(witness, figure, of_money=True)
    if found is not None and population is not None and (population,) in _words_of(found):
        # "Survivors" are no class among those rescued, nor "hostages" among the hostages.
        population = "people"
    place = _place(witness, figure)
    nouns = concepts(f"{figure.what or ''} {figure.unit or ''}")
    label = found.label if found else (figure.what or figure.unit or "")
    nationals = states_in(figure.what or "") | states_in(figure.unit or "") if population else frozenset()
    return Quantity(
        concept=found.id if found else None,
        label=label,
        matters=found.matters if found else 0.0,
        grows=found.grows if found else False,
        moves=found is not None and found.persons and (found.grows or found.id == "missing"),
        population=population or "things",
        nouns=frozenset(noun for noun in nouns if not noun.isdigit()),
        states=states_in(place) or nationals,
        nationals=nationals,
        place=concepts(place),
        apart=found.apart if found else RATIO,
        mapped=bool(place) and is_known(place),
    )


_OF_TOWN = re.compile(r"\bpopulation(?:\s(?:of|is|was|to|some|about|around|roughly|more|than|over|nearly))*\s$")
"""Words before a number of those who live somewhere: nothing has happened to them by being counted."""


@cache
def _words_of(concept: Concept) -> frozenset[tuple[str, ...]]:
    return frozenset(words for words, own in _table()[0].items() if own.id == concept.id)


def _of_them(witness: Witness, figure: Figure) -> bool:
    """Whether a number is of those counted before ("63 of them"): what happened to these is said beside it."""
    return folded(witness.text[figure.end : figure.end + 12])[:2] in (("of", "them"), ("of", "whom"), ("of", "those"))


def _part_after(witness: Witness, figure: Figure) -> str | None:
    """The class of people of a number that says which of those counted before ("15 of them children")."""
    after = folded(witness.text[figure.end : figure.end + NEAR])
    if figure.unit or after[:1] != ("of",) or after[1:2] not in (("them",), ("whom",), ("those",)):
        return None
    parts = _table()[1]
    return next((parts[word] for word in after[2:4] if word in parts), None)


def _place(witness: Witness, figure: Figure) -> str:
    """Where those counted are, as the report says; where only the voucher sits does not count."""
    if not figure.place:
        return ""
    place = folded(figure.place)
    voucher = folded(witness.words(figure.vouched_by)) if figure.vouched_by else ()
    sits = any(voucher[n : n + len(place)] == place for n in range(len(voucher)))
    return "" if sits else figure.place


def _population(figure: Figure, own: tuple[str, ...]) -> str | None:
    """The class of people counted: "people" for all, a class of the table, else the noun itself; None for things."""
    parts, whole = _table()[1], _table()[2]
    part = next((parts[word] for word in own if word in parts), None)
    if part is not None:
        return part
    unit = fold(figure.unit or "")
    if not unit or unit in whole or any(word in whole for word in folded(figure.what or "")):
        return "people"
    if states_in(figure.unit or "") or states_in(figure.what or ""):
        return "people"
    return unit if unit in _persons() or unit.endswith(("men", "women", "ists", "ians")) else None


def is_weighty(figure: Figure) -> bool:
    """Whether a count is of what matters whoever counts it and whatever happened to it: arms, forces, lifelines."""
    words = folded(figure.what or "")
    noun = words[-1:] if figure.kind == "count" else ()
    return bool(noun) and not frozenset(concepts(noun[0])).isdisjoint(_weighty())


@cache
def _weighty() -> frozenset[str]:
    nouns = load_toml("en/figure_concepts.toml")["weighty"]["nouns"]
    return frozenset(one for noun in nouns for one in concepts(noun))


def is_people(words: str) -> bool:
    """Whether words name people in general ("people", "residents") and nothing else."""
    own = folded(words)
    return bool(own) and all(word in _table()[2] for word in own)


def names_people(words: str) -> bool:
    """Whether words name people of a class by its noun ("survivors", "two fishermen"), and no body."""
    own = folded(words)
    return bool(own) and (own[-1] in _persons() or own[-1] in _table()[2])


@cache
def _persons() -> frozenset[str]:
    return frozenset(map(fold, load_toml("en/figure_concepts.toml")["population"]["persons"]))


def _concept_of_whole(witness: Witness, figure: Figure) -> Concept | None:
    """What happened to those of whom these are a part."""
    whole = next((f for f in witness.reading.figures if f.extent == figure.part_of and f is not figure), None)
    if whole is None:
        return None
    return _concept(folded(f"{whole.what or ''} {witness.words(whole.extent)}")) or _concept_near(witness, whole)


def _has_verb(figure: Figure) -> bool:
    """Whether what is counted says itself what happened to it ("officers assaulted"), though the table does not know
    it."""
    own = set(folded(figure.what or "")) - set(folded(figure.unit or ""))
    return any(word.endswith("ed") and len(word) > 4 for word in own)


_BROKEN = re.compile(r"[“”\"„«»]|\b(?:because|although|unless)\b")
"""Marks and words beyond which what is said is of something else."""


def _concept_near(witness: Witness, figure: Figure, *, of_money: bool = False) -> Concept | None:
    """The nearest word of the table before or after the figure in its sentence, of money only or of all else."""
    sentence = witness.sentence(figure.start)
    before = folded(_own_clause(witness.words(Extent(max(sentence.start, figure.start - NEAR), figure.start))))
    own = _end_of_own(witness, figure)
    end = min(sentence.end, own + NEAR, _next_number(witness, figure, own))
    after = folded(_BROKEN.split(witness.words(Extent(own, max(own, end))))[0])
    if not figure.unit and _stands_beside_name(witness, figure):
        return None
    for distance in range(max(len(before), len(after))):
        for words, n in ((before, len(before) - 1 - distance), (after, distance)):
            for size in (4, 3, 2, 1):
                found = _table()[0].get(words[n : n + size]) if 0 <= n <= len(words) - size else None
                if found and found.near and found.money == of_money:
                    return found
    return None


_JOINT = re.compile(r"[,;]\s+(?:and|but|while|as)\s|;")
_DONE = re.compile(r"\b[a-z]{3,}ed\b")
_TELLING = frozenset({"announced", "claimed", "confirmed", "counted", "estimated", "reported", "listed", "recorded"})
"""Verbs before a number that tell it and do nothing to those counted."""


def _own_clause(before: str) -> str:
    """What stands before a figure, without the clause before its own where that has a verb to which those counted are
    object ("dozens were killed, and Oslo expelled *two diplomats*")."""
    before = _BROKEN.split(before)[-1]
    joints = list(_JOINT.finditer(before))
    own = before[joints[-1].end() :] if joints else ""
    return own if any(verb not in _TELLING for verb in _DONE.findall(own)) else before


_JOINING = frozenset({"and", "or", "plus", "including", "with", "another", "of", "them", "whom", "to", "a", "the"})
"""Words that may stand between two numbers of which one thing is said."""


def _figures_in(witness: Witness, first: int, last: int) -> tuple[Figure, ...]:
    """The figures of a report that begin in a stretch, both ends included; a report has its figures in their order."""
    figures = witness.reading.figures
    low = bisect_left(figures, first, key=lambda f: f.start)
    return figures[low : bisect_right(figures, last, key=lambda f: f.start)]


_OWN = re.compile(r"\s+of\s+(?:its|their|his|her)\s+(?:own\s+)?(?:[a-z-]+\s+)??(?P<noun>[a-z]+)\b")


def _end_of_own(witness: Witness, figure: Figure) -> int:
    """Where a number ends with the noun of those to whom it belongs, where that is its unit ("five of its soldiers")."""
    part = _OWN.match(witness.text, figure.end) if figure.unit else None
    return part.end() if part and part["noun"] == figure.unit else figure.end


def _next_number(witness: Witness, figure: Figure, end: int) -> int:
    """Where the next number of the sentence begins that more than a joining word parts from this one: what is said
    beyond it is said of it ("pulled 148 people from the water and 33 are missing")."""
    for start in (f.start for f in _figures_in(witness, end, end + NEAR)):
        between = witness.text[end:start]
        if not _JOINING.issuperset(folded(between)):
            # "2,000 outside the court and arrested 27 of them": the verb after "and" is the next number's.
            joint = between.rfind(" and ")
            return end + joint if joint >= 0 else start
    return len(witness.text)


def _stands_beside_name(witness: Witness, figure: Figure) -> bool:
    """Whether a bare number is set off like an age ("Tennant and Hakim, both 51, died")."""
    before = witness.text[max(0, figure.start - 8) : figure.start].split()
    after = witness.text[figure.end : figure.end + 1]
    return bool(before) and (
        before[-1] in ("both", "aged", "age") or (before[-1].endswith(",") and after in (",", ")", "."))
    )


def interval(figure: Figure) -> tuple[float, float]:
    """The numbers that a figure's words allow. An open end is taken to reach a tenth further than the number given.

    A round number of four digits or more with no bound is allowed the half of its last round place.
    """
    low = figure.low if figure.low is not None else figure.value
    high = figure.high if figure.high is not None else figure.value
    value = figure.value if figure.value is not None else low if low is not None else high
    if value is None:
        return -math.inf, math.inf
    value = float(value)
    if figure.value is None and figure.high is None:
        # "Dozens", "hundreds": up to ten times the least that the word means.
        return value, 10 * value
    low, high = float(low if low is not None else value), float(high if high is not None else value)
    tenth = abs(value) / 10
    if figure.bound in ("more than", "at least"):
        # "More than 30" may be 34: up to the next round number, but not beyond a third of the number.
        return low, max(high, value + tenth, value + min(_round_place(value), value / 3))
    if figure.bound in ("up to", "fewer than", "almost"):
        return min(low, value - tenth), high
    if figure.bound == "about":
        return min(low, value - tenth), max(high, value + tenth)
    slack = _slack(value)
    return low - slack, high + slack


def _round_place(value: float) -> float:
    """The place of a whole number's last digit that is no nought: 10 for 30, 1 for 34."""
    digits = str(abs(int(value)))
    return float(10 ** (len(digits) - len(digits.rstrip("0")))) if value == int(value) and value else 0.0


def _slack(value: float) -> float:
    """Half of the last round place of a round number of at least a thousand: 10,000 may stand for 9,500 to 10,500."""
    if value < 1000 or value != int(value):
        return 0.0
    digits = str(int(value))
    zeros = len(digits) - len(digits.rstrip("0"))
    return 10 ** (zeros - 1) / 2 if zeros >= 2 else 0.0


_DIGITS = frozenset("0123456789")


def number_stands(value: float | None, low: float | None, high: float | None, words: str) -> bool:
    """Whether a number's digits stand in its words, or those of the ends of its range.

    A number in words ("two dozen") has no digits to be found; of one with a multiplier ("1.2 million") the leading
    ones must stand there.
    """
    plain = words.replace(",", "").replace("\u00a0", "").replace("\u202f", "").replace(" ", "")
    if not _DIGITS & set(plain):
        return True
    given = [number for number in (value, low, high) if number is not None]
    return not given or any(_digits(number) in plain.replace(".", "") for number in given)


def _digits(number: float) -> str:
    """The digits of a number that a text with a multiplier keeps: those up to the last that is no nought."""
    return f"{abs(number):.10g}".replace(".", "").split("e")[0].strip("0") or "0"


def vague_apart(a: Figure, b: Figure) -> bool:
    """Whether two numbers are words for how many, and not the same one ("dozens", "hundreds")."""
    if a.value is not None or b.value is not None or a.low is None or b.low is None:
        return False
    low, high = sorted((float(a.low), float(b.low)))
    return high >= VAGUE_APART * low


VAGUE_APART = 5.0
"""How many times the least that one such word means is the least that another one means."""


def compatible(a: Figure, b: Figure) -> bool:
    """Whether one number can be meant by both, converted where they are told in two units of one dimension."""
    if vague_apart(a, b):
        return False
    if (
        dimension_of(a) is not None
        and dimension_of(a) == dimension_of(b)
        and (units_differ(a, b) or rates_differ(a, b))
    ):
        return agree(a, b)
    (low, high), (least, most) = interval(a), interval(b)
    return low <= most and least <= high


def same_sort(a: Figure, b: Figure) -> bool:
    """Whether two figures are of one sort: a bare number may be a count whose noun stands elsewhere."""
    return a.kind == b.kind or (a.kind in COUNTS and b.kind in COUNTS)


def same_place(a: Quantity, b: Quantity) -> bool:
    """Whether two quantities may be of one place: equal states or words, or one of them names none."""
    if a.nationals and b.nationals and not a.nationals & b.nationals:
        return False
    if a.states and b.states and not a.states & b.states:
        return False
    if not a.place or not b.place or a.place & b.place or a.states & b.states:
        return True
    # "In the Andes", "near Cusco": of a place that no table knows nothing says that it is another one.
    return a.sole and b.sole and not (a.mapped and b.mapped)


def noun_overlap(a: Quantity, b: Quantity) -> float:
    """Share of the fewer nouns that both have."""
    fewer = min(len(a.nouns), len(b.nouns))
    return len(a.nouns & b.nouns) / fewer if fewer else 0.0
