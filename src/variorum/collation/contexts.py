"""Unequal numbers of one thing that no table knows, by what is said around them.

"Turnout was 57 %" and "turnout reached 61 %", "a depth of 19 km" and "10 km deep", "15 days to appeal" and "must appeal
within 10 days" are pairs that a desk wants side by side. Their numbers share nothing; the words beside them do. Each
number of a report is compared with those of the same sort and unit of the other reports, and two are rivals where each
is the other's best, what stands near both weighs enough, and neither report has the other's number anywhere.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from variorum.collation.alignment import Sense, kinship, weight_in_common
from variorum.collation.quantities import compatible, interval
from variorum.collation.witness import Witness
from variorum.collation.words import Word, concept, fold, folded, is_light, near_groups, rarity, root_of, stem, words_of
from variorum.model import Extent, Figure
from variorum.text.tables import load_toml

SHARE = 0.5
"""Share of the weight of what stands near the one number that must stand near the other."""
LEAST = 1.8
"""Weight that they must share: a rare word right beside both numbers, or several further off."""
LEAST_ALIKE = 0.9
"""The same for spans of time of which all is said alike ("30 days to appeal", "14 days to appeal")."""
ALIKE = 0.9
"""Share from which all that is said near the one is said near the other."""
FEW_COUNTED = 3.0
"""The same for counts below ten, of which each report has several."""
AMPLE = 3.2, 0.4
"""Weight and share that are enough as well: where much is said near both, some of it may differ."""
RATIO = {"share": 2.5, "age": 1.6, "duration": 4.0}
"""How far apart two numbers of a kind may be that are held to be of one thing."""
OTHERWISE = 3.0
"""The same for all other kinds."""
HALVES = 5
"""Words from a number at which what is said weighs half."""
LOOKED_AT = 24
"""Numbers of other reports that one number is compared with, those first that share most."""
COMMON = 60
"""Numbers that may have a word near them before sharing it says nothing."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a report with what is said near it."""

    witness: Witness
    figure: Figure
    near: tuple[Sense, ...]
    words: tuple[str, ...]
    """The same words as the report writes them."""

    @property
    def sort(self) -> tuple[str, str]:
        """Only numbers of one sort are compared: of one kind and one unit."""
        noun = fold(currency_of(self.figure).split(" ")[-1])
        return "amount" if stem(noun) in _currencies() else self.figure.kind, concept(noun)


def currency_of(figure: Figure) -> str:
    """The unit of a figure without what it is counted per ("euro" of "euro per year"); a rate of another sort whole."""
    unit = figure.unit or ""
    return unit.split(" per ")[0] if figure.kind == "amount" else unit


def is_conversion(witness: Witness, figure: Figure) -> bool:
    """Whether a sum in brackets only gives the sum before it in another currency ("40 million euros ($43 million)")."""
    if figure.kind != "amount" or not _BRACKET.search(witness.text, max(0, figure.start - 16), figure.start):
        return False
    before = [f for f in witness.reading.figures if f.kind == "amount" and 0 < figure.start - f.end <= 16]
    return any(currency_of(f) != currency_of(figure) for f in before)


_BRACKET = re.compile(r"[(\[]\s?(?:about|around|some|nearly|or|roughly|approximately|approx\.?)?\s?$")


def one_sum(a: Witness, first: Figure, b: Witness, second: Figure) -> bool:
    """Whether two equal sums are one, however round: what stands near both is much the same."""
    if first.kind != "amount" or currency_of(first) != currency_of(second) or first.value != second.value:
        return False
    senses = [[sense for sense, _ in _near(w, f)] for w, f in ((a, first), (b, second))]
    kin = kinship(*senses)
    weight = weight_in_common(kin, *senses)
    return kin.exact >= 2 and weight >= LEAST


@dataclass(frozen=True, slots=True)
class Rivals:
    """Two numbers that are held to be of one thing."""

    a: Number
    b: Number
    shared: tuple[str, ...]
    """Words of the first report near its number, of which the other has the same or like ones, as they follow there."""


def rivals(witnesses: tuple[Witness, ...]) -> list[Rivals]:
    """Pairs of numbers of two reports that are of one thing and do not agree, the surest first."""
    numbers = _weighed([number for witness in witnesses for number in _numbers(witness)])
    values = {witness.number: witness.reading.figures for witness in witnesses}
    best = _best(numbers, values, sure=SURE if len(witnesses) > FEW else 1.0)
    found = []
    for n, options in best.items():
        for score, k in options:
            back = [m for _, m in best.get(k, ()) if numbers[m].witness is numbers[n].witness]
            if n < k and back[:1] == [n]:
                found.append((-score, n, k))
    return [Rivals(numbers[n], numbers[k], _shared(numbers[n], numbers[k])) for _, n, k in sorted(found)]


FEW = 4
"""Up to this many reports two numbers with like words beside them are seldom of two things by chance."""
SURE = 1.6
"""How much more must be shared where there are more reports."""


def _shared(a: Number, b: Number) -> tuple[str, ...]:
    return shared_words(list(zip(a.near, a.words, strict=True)), b.near)


def shared_words(a: Sequence[tuple[Sense, str]], b: Sequence[Sense]) -> tuple[str, ...]:
    """The weightiest words beside one expression of which another one has the same or, failing that, like ones."""
    have = {s.concept for s in b}
    groups = frozenset[str]().union(*(s.groups for s in b))
    told = list(enumerate(a))
    own = [(-s.weight, n, w) for n, (s, w) in told if s.concept in have]
    like = [(-s.weight, n, w) for n, (s, w) in told if s.groups & groups]
    weightiest = sorted(sorted(own or like)[:MOST_NAMED], key=lambda option: option[1])
    return tuple(dict.fromkeys(word for _, _, word in weightiest))


MOST_NAMED = 4
"""Words that are named as what two numbers have beside them."""


def _best(
    numbers: list[Number], values: dict[int, tuple[Figure, ...]], *, sure: float
) -> dict[int, list[tuple[float, int]]]:
    """For each number its rivals in other reports, the best of each report."""
    postings: dict[tuple[tuple[str, str], str], list[int]] = defaultdict(list)
    for n, number in enumerate(numbers):
        for sense in number.near:
            postings[number.sort, sense.concept].append(n)
    best: dict[int, list[tuple[float, int]]] = {}
    for n, number in enumerate(numbers):
        shared: dict[int, float] = defaultdict(float)
        for sense in number.near:
            own = postings[number.sort, sense.concept]
            if len(own) <= COMMON:
                for k in own:
                    shared[k] += sense.weight
        options: dict[int, tuple[float, int]] = {}
        for k in sorted(shared, key=lambda k: (-shared[k], k))[:LOOKED_AT]:
            other = numbers[k]
            if other.witness is number.witness:
                continue
            score = _of_one_thing(number, other, sure)
            if score and not (_has(values[number.witness.number], other) or _has(values[other.witness.number], number)):
                options[other.witness.number] = max(options.get(other.witness.number, (0.0, -1)), (score, -k))
        best[n] = sorted(((score, -k) for score, k in options.values()), key=lambda o: (-o[0], o[1]))
    return best


def _of_one_thing(a: Number, b: Number, sure: float = 1.0) -> float:
    """How sure it is that two unequal numbers are of one thing, by what is said near them; 0 where it is not."""
    low, high = sorted(max(abs(interval(x.figure)[0]), 1e-9) for x in (a, b))
    if (
        (compatible(a.figure, b.figure) and not bounds_apart(a.figure, b.figure))
        or rounds(a.figure, b.figure)
        or high > RATIO.get(a.figure.kind, OTHERWISE) * low
    ):
        return 0.0
    kin = kinship(a.near, b.near)
    weight = weight_in_common(kin, a.near, b.near)
    few = a.figure.kind == "count" and low < 10
    least = sure * (
        FEW_COUNTED if few else LEAST_ALIKE if kin.share >= ALIKE and a.figure.kind == "duration" else LEAST
    )
    enough = (weight >= least and kin.share >= SHARE) or (weight >= sure * AMPLE[0] and kin.share >= AMPLE[1])
    return weight * kin.share if kin.exact and enough else 0.0


BOUNDS_APART = 0.1
"""Share of the larger of two bounds by which the other is less, so that each report has measured otherwise."""


def bounds_apart(a: Figure, b: Figure) -> bool:
    """Whether two bounds of a measure leave room for one number but are not the same bound ("at least 4.2 tonnes",
    "almost five tonnes")."""
    if a.kind != "measure" or not a.value or not b.value or "exactly" in (a.bound, b.bound) or a.bound == b.bound:
        return False
    low, high = sorted((a.value, b.value))
    return high - low >= BOUNDS_APART * high


BELOW, ABOVE = ("almost", "up to", "fewer than"), ("more than", "at least")
"""Bounds that put a number below, and above, the one that is given."""


def against_each_other(a: Figure, b: Figure) -> bool:
    """Whether one number is given as not reached here and as passed there ("nearly four hours", "more than four hours")."""
    bounds = {a.bound, b.bound}
    return a.value is not None and a.value == b.value and bool(bounds & set(BELOW)) and bool(bounds & set(ABOVE))


def roughly_or_bounded(a: Figure, b: Figure) -> bool:
    """Whether one number is given roughly here and as a bound there ("some 40,000 hectares", "more than 40,000")."""
    bounds = {a.bound, b.bound}
    return a.value is not None and a.value == b.value and "about" in bounds and bool(bounds & {*BELOW, *ABOVE})


def rounds(a: Figure, b: Figure) -> bool:
    """Whether one measure or sum is the other one told more coarsely ("six miles", "6.2 miles")."""
    if a.kind not in ("measure", "amount", "share") or not a.value or not b.value:
        return False
    fewer = min(_digits(a.value), _digits(b.value))
    return _digits(a.value) != _digits(b.value) and f"{a.value:.{fewer}g}" == f"{b.value:.{fewer}g}"


def _digits(value: float) -> int:
    """The significant digits of a number, noughts at its end not counted."""
    return len(f"{abs(value):.10g}".split("e")[0].replace(".", "").strip("0")) or 1


def _has(figures: tuple[Figure, ...], other: Number) -> bool:
    """Whether a report has a number of the same kind that agrees with another report's: then that is its account."""
    figure = other.figure
    return any(
        own.kind == figure.kind
        and currency_of(own) == currency_of(figure)
        and own.value is not None
        and own.value == figure.value
        for own in figures
    )


_RELATIVE = re.compile(r"\s*(?:which|who|whose|that|where)\b")
_CLAUSE = re.compile(r"[,;:()—–\n]|\.(?=\s)|\b(?:and|but|while)\b")
_PARTICULAR = ("count", "amount", "share", "measure", "duration", "age")


def _numbers(witness: Witness) -> Iterator[Number]:
    for figure in sorted(witness.reading.figures, key=lambda f: (f.start, f.end)):
        if figure.kind not in _PARTICULAR or figure.value is None or not witness.in_article(figure.extent):
            continue
        if figure.kind == "count" and figure.value <= 3:
            continue  # "two ministers" here and "three" there are seldom the same ones
        near = list(_near(witness, figure))
        if near and not is_conversion(witness, figure):
            yield Number(witness, figure, tuple(s for s, _ in near), tuple(w for _, w in near))


def phrase_beside(witness: Witness, figure: Figure) -> str:
    """The words that stand together in a number's sentence, nearest to it and telling most of what it is a number of, as
    the report has them ("the margin of error"); empty where nothing is told beside it."""
    told = {word for _, word in _near(witness, figure)}
    sentence = witness.sentence(figure.start)
    runs: list[list[Word]] = [[]]
    for word in words_of(witness.text, (sentence,)):
        raw = witness.words(word.extent)
        inside = figure.start <= word.extent.start < figure.end
        run = runs[-1]
        parted = run and set(witness.text[run[-1].extent.end : word.extent.start]) - set(" -")
        if parted or inside or not (raw in told or (run and word.text in _LINKS)) or len(run) >= LONGEST_PHRASE:
            runs.append([word] if raw in told and not inside else [])
        else:
            run.append(word)
    phrases = [phrase for run in runs if (phrase := _trimmed(run))]
    if not phrases:
        return ""
    best = max(phrases, key=lambda p: (_worth(p) / (1 + _away(p, figure) / 40), -p[0].extent.start))
    return " ".join(witness.text[best[0].extent.start : best[-1].extent.end].split())


LONGEST_PHRASE = 5
"""Words of a phrase that names what a number is of."""
_LINKS = frozenset({"of", "for", "the", "on"})
"""Words that may stand within such a phrase."""


def _trimmed(run: list[Word]) -> list[Word]:
    """A run of words without links and verbs at its ends."""
    while run and (run[-1].text in _LINKS or _VERBAL.search(run[-1].text)):
        run = run[:-1]
    while run and (run[0].text in _LINKS or _VERBAL.search(run[0].text)):
        run = run[1:]
    return run


_VERBAL = re.compile(r"\w{3}(?:ed|ing)$")


def _worth(phrase: list[Word]) -> float:
    return sum(rarity(word.text) for word in phrase if word.text not in _LINKS)


def _away(phrase: list[Word], figure: Figure) -> int:
    return max(figure.start - phrase[-1].extent.end, phrase[0].extent.start - figure.end, 0)


def _near(witness: Witness, figure: Figure) -> Iterator[tuple[Sense, str]]:
    """What is said near a number; who says it does not count, nor the noun that is counted."""
    return near_words(witness, figure.extent, left_out=folded(figure.unit or ""), itself=figure.kind != "count")


OPENING = 12
"""Characters before and after an expression within which it is the whole of what opens a sentence."""


def near_words(
    witness: Witness, extent: Extent, *, left_out: tuple[str, ...] = (), itself: bool = True
) -> Iterator[tuple[Sense, str]]:
    """The weighty words of the clause around an expression, each as telling as it is rare and near, with itself as the
    report writes it; who says it does not count.

    Args:
        witness: the report.
        extent: the expression, a number or a date.
        left_out: folded words that do not count either.
        itself: whether the words of the expression itself do not count.
    """
    sentence = witness.sentence(extent.start)
    statement = next(
        (
            piece
            for s in witness.reading.statements
            for piece in s.content
            if piece.covers(extent) and s.source is not None and not piece.overlaps(s.source)
        ),
        sentence,
    )
    low, high = max(sentence.start, statement.start), min(sentence.end, statement.end)
    cuts = list(_CLAUSE.finditer(witness.text, low, high))
    starts = [low, *(m.end() for m in cuts if m.end() <= extent.start and extent.start - m.end() > 12)]
    # "The hull, which lies at a depth of …": what a clause is about stands before it.
    relative = len(starts) > 1 and _RELATIVE.match(witness.text, starts[-1])
    low = starts[-2] if relative else starts[-1]
    ends = [m.start() for m in cuts if m.start() >= extent.end]
    # "By Friday night, the mine had shut": what opens a sentence belongs to the clause after it.
    opens = extent.start - low <= OPENING and ends and ends[0] - extent.end <= OPENING
    high = (ends[1] if len(ends) > 1 else high) if opens else ends[0] if ends else high
    words = words_of(witness.text, (Extent(low, high),))
    at = next((n for n, word in enumerate(words) if word.extent.start >= extent.start), len(words))
    end = next((n for n, word in enumerate(words) if word.extent.start >= extent.end), len(words))
    for n, word in enumerate(words):
        said = word.text in _saying_numbers() or any(c.isdigit() for c in word.text)
        if said or is_light(word.text) or word.text in left_out or (itself and at <= n < end):
            continue
        away = at - n if n < at else max(0, n - end + 1)
        sense = concept(word.text)
        weight = rarity(word.text) * HALVES / (HALVES + away)
        yield Sense(root_of(sense), near_groups(sense), weight), witness.words(word.extent)


@cache
def _currencies() -> frozenset[str]:
    units = load_toml("en/units.toml")["currency"]["words"]["units"]
    return frozenset(stem(fold(unit)) for unit in units)


@cache
def _saying_numbers() -> frozenset[str]:
    return frozenset(map(fold, load_toml("en/collation_words.toml")["saying_numbers"]))


def _weighed(numbers: list[Number]) -> list[Number]:
    """The numbers, their words weighing less the more numbers of one report have them near."""
    counts: Counter[tuple[int, str]] = Counter()
    reports: dict[str, set[int]] = defaultdict(set)
    for number in numbers:
        for word in {sense.concept for sense in number.near}:
            counts[number.witness.number, word] += 1
            reports[word].add(number.witness.number)
    mean = {word: sum(counts[n, word] for n in own) / len(own) for word, own in reports.items()}
    return [
        replace(number, near=tuple(replace(s, weight=s.weight / mean[s.concept]) for s in number.near))
        for number in numbers
    ]
