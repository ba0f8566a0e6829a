"""Are these two names one actor's? A table of small named comparators for persons and one for bodies.

After the matching algorithms of nomenklatura: every comparator looks at one thing, has a weight and a reason, and the
judgement carries the sum and the reasons of those that spoke. Names themselves are never changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, lru_cache

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from variorum.collation.states import is_known, is_state_word, state_named
from variorum.collation.words import concept, fold, folded, is_light
from variorum.text.tables import load_toml

SAME = 1.0
"""Sum of weights from which two names are held to be one actor's."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """A name with what is known of who bears it, as the comparators see it."""

    name: str
    words: tuple[str, ...]
    """Folded words of the name, without titles and honorifics."""
    country: str | None = None
    roles: frozenset[str] = frozenset()
    """Concepts of the words of its offices and descriptions."""
    alone: bool = True
    """Whether no other actor of the reports compared bears the same last word."""
    initials: str = field(default="")
    """First letters of the name's capitalised words."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """How alike two names are, and why."""

    score: float
    reasons: tuple[str, ...]
    respelt: bool = False
    """Whether the two are different spellings of one name."""

    @property
    def same(self) -> bool:
        """Whether they are held to be one actor's."""
        return self.score >= SAME


@cache
def _table() -> tuple[dict[str, frozenset[int]], frozenset[str]]:
    data = load_toml("world/given_names.toml")
    short_forms = [[name, *forms] for name, forms in load_toml("en/nicknames.toml")["nicknames"].items()]
    groups: dict[str, set[int]] = {}
    for n, group in enumerate([*data["alike"], *short_forms]):
        for name in group:
            groups.setdefault(fold(name), set()).add(n)
    return {name: frozenset(numbers) for name, numbers in groups.items()}, frozenset(data["surname_first"])


@cache
def _titles() -> frozenset[str]:
    data = load_toml("en/collation_titles.toml")
    return frozenset(fold(word) for word in (*data["titles"], *data["suffixes"]))


def name_words(name: str) -> tuple[str, ...]:
    """The folded words of a person's name without titles before it and suffixes after it."""
    words = list(folded(name))
    while len(words) > 1 and words[0] in _titles():
        words.pop(0)
    while len(words) > 1 and words[-1] in _titles():
        words.pop()
    return tuple(words)


def body_words(name: str) -> tuple[str, ...]:
    """The folded words of a body's name, a state that it opens with under one form ("United States", "U.S." are
    ``us``)."""
    parts = name.split()
    for size in (3, 2, 1):
        state = state_named(" ".join(parts[:size])) if len(parts) > size else None
        if state:
            return (state.lower(), *folded(" ".join(parts[size:])))
    return folded(name)


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """A folded name with the letters made alike that transliterations and slips exchange: what is left is its
    consonants.

    Vowels go except the first letter's, doubled letters are one, and c/k/q/g, w/v/f/ph, z/s, j/y/i and silent h are
    one each.
    """
    for before, after in (
        ("sch", "s"),
        ("tch", "c"),
        ("kh", "h"),
        ("gh", "g"),
        ("ph", "f"),
        ("ts", "z"),
        ("dj", "j"),
        ("zh", "j"),
        ("x", "ks"),
    ):
        word = word.replace(before, after)
    alike = str.maketrans({"c": "k", "q": "k", "g": "k", "w": "v", "f": "v", "b": "b", "z": "s", "y": "i", "j": "i"})
    word = word.translate(alike)
    first, rest = word[:1], "".join(c for c in word[1:] if c not in "aeiouh")
    letters = ("a" if first in "aeiou" else first) + rest
    return "".join(c for n, c in enumerate(letters) if n == 0 or letters[n - 1] != c)


@lru_cache(maxsize=65536)
def romanised(word: str) -> str:
    """A folded name with one spelling for each sound that the ways of romanising a script, and Latin alphabets of their
    own, write otherwise (``dzh``, ``dj``, ``zh`` and ``j``; ``kh`` and ``x``; ``iy``, ``yi`` and ``y``; ``ou`` and
    ``u``). Vowels stay, so that two results can be compared letter by letter."""
    for before, after in _romanisations():
        word = word.replace(before, after)
    return "".join(c for n, c in enumerate(word) if n == 0 or word[n - 1] != c)


@cache
def _romanisations() -> tuple[tuple[str, str], ...]:
    return tuple((before, after) for before, after in load_toml("world/romanisation.toml")["sounds"])


def sounds_alike(a: str, b: str) -> bool:
    """Whether two different words may be spellings of one name: one slip in a short word, two in a long one.

    Letters that ways of romanising exchange are no slips.
    """
    if min(len(a), len(b)) < 4 or a == b:
        return False
    first, second = romanised(a), romanised(b)
    if first == second and len(first) >= 4:
        return True
    if min(len(a), len(b)) >= 5 and (_without_ending(a) == b or _without_ending(b) == a):
        return True
    distance = min(DamerauLevenshtein.distance(a, b), DamerauLevenshtein.distance(first, second))
    if skeleton(a) == skeleton(b) or skeleton(first) == skeleton(second):
        return distance <= max(2, min(len(a), len(b)) // 3)
    longest = max(len(a), len(b))
    return (
        a[0] == b[0]
        and distance <= (1 if longest < 9 else 2 if longest < 12 else 3)
        and JaroWinkler.similarity(a, b) >= 0.88
    )


def given_alike(a: str, b: str) -> bool:
    """Whether two given names may be one person's: equal, an initial, a short form, a romanisation, a slip."""
    if a == b or (min(len(a), len(b)) == 1 and a[0] == b[0]):
        return True
    groups = _table()[0]
    if _groups_of(a, groups) & _groups_of(b, groups):
        return True
    return sounds_alike(a, b) or (min(len(a), len(b)) >= 3 and (a.startswith(b) or b.startswith(a)))


def _groups_of(given: str, groups: dict[str, frozenset[int]]) -> frozenset[int]:
    """The groups of a given name, also of one with the ending that Latvian and Lithuanian give to it ("Aleksandrs")."""
    return groups.get(given) or groups.get(_without_ending(given), frozenset())


def _without_ending(word: str) -> str:
    """A folded name without the ending of the Baltic nominative ("Putins", "Makronas")."""
    ending = next((e for e in ("as", "is", "us", "s") if word.endswith(e) and len(word) - len(e) >= 4), "")
    return word.removesuffix(ending)


def family_name(bearer: Bearer) -> str:
    """The family name: the last word, or the first where the country's names put it there and there are several
    words."""
    if len(bearer.words) > 1 and bearer.country in _table()[1]:
        return bearer.words[0]
    return bearer.words[-1] if bearer.words else ""


def _given(bearer: Bearer) -> tuple[str, ...]:
    return bearer.words[1:] if family_name(bearer) == bearer.words[0] and len(bearer.words) > 1 else bearer.words[:-1]


# Comparators of persons. Each looks at one thing and gives 0 to 1; the weight says what that is worth.


def same_words(a: Bearer, b: Bearer) -> float:
    """The same name of two words or more, in any order (family names stand first or last)."""
    return float(len(a.words) > 1 and sorted(a.words) == sorted(b.words))


def one_within_other(a: Bearer, b: Bearer) -> float:
    """Every word of the shorter name stands in the longer one, both of several words."""
    short, long = sorted((a.words, b.words), key=len)
    initials = [[word for word in words[1:-1] if len(word) == 1] for words in (short, long)]
    if all(initials) and initials[0] != initials[1]:
        # George W. is not George H. W.
        return 0.0
    return float(1 < len(short) < len(long) and set(short) <= set(long))


def joined_words(a: Bearer, b: Bearer) -> float:
    """The same letters, only parted otherwise ("Jong Un", "Jong-un")."""
    return float(
        a.words != b.words and ("".join(a.words) == "".join(b.words) or _without_particles(a) == _without_particles(b))
    )


_PARTICLE = re.compile(r"\b(?:al|el|as|ad|an|ar|ash)[-‐‑ ](?=\w)", re.IGNORECASE)


def _without_particles(bearer: Bearer) -> str:
    """The letters of a name of several words without the Arabic article ("al-")."""
    return "".join(name_words(_PARTICLE.sub("", bearer.name))) if len(bearer.words) > 1 else bearer.name


def same_family_like_given(a: Bearer, b: Bearer) -> float:
    """The same family name with given names that may be one person's."""
    if len(a.words) < 2 or len(b.words) < 2 or a.words == b.words or family_name(a) != family_name(b):
        return 0.0
    first, second = _given(a), _given(b)
    return float(given_alike(first[0], second[0]) and (len(first) == 1 or len(second) == 1 or _middles(first, second)))


def _middles(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Whether middle names and initials go together: George H. W. is not George W."""
    return [word[0] for word in first[1:]] == [word[0] for word in second[1:]]


def like_family_same_given(a: Bearer, b: Bearer) -> float:
    """Family names that sound alike, with given names that may be one person's."""
    if len(a.words) < 2 or len(b.words) < 2 or not sounds_alike(family_name(a), family_name(b)):
        return 0.0
    return float(given_alike(_given(a)[0], _given(b)[0]) and len(_given(a)[0]) > 1 and len(_given(b)[0]) > 1)


def one_word_of_other(a: Bearer, b: Bearer) -> float:
    """One is a single word, and it is the family name of the other; or both are the same single word."""
    short, long = sorted((a, b), key=lambda x: len(x.words))
    if len(short.words) != 1:
        return 0.0
    if len(long.words) == 1:
        return float(short.words == long.words)
    if short.words[0] == family_name(long) or short.words == long.words[-1:]:
        return 1.0
    # A mononym or a family name that stands first: needs other evidence beside it.
    return 0.6 if short.words[0] == long.words[0] and len(short.words[0]) > 3 else 0.0


def like_one_word_of_other(a: Bearer, b: Bearer) -> float:
    """One is a single word that sounds like the family name of the other."""
    short, long = sorted((a, b), key=lambda x: len(x.words))
    return float(len(short.words) == 1 and sounds_alike(short.words[0], family_name(long)))


def short_given_respelt(a: Bearer, b: Bearer) -> float:
    """The same family name, with given names too short for sounds to tell much that are one romanised otherwise ("Yi",
    "Yee") or one slip apart with the same consonants: needs the same office and country beside it.
    """
    if len(a.words) != 2 or len(b.words) != 2 or family_name(a) != family_name(b) or not (a.country and a.roles):
        return 0.0
    first, second = _given(a)[0], _given(b)[0]
    if first == second or not 2 <= min(len(first), len(second)) <= 4 or given_alike(first, second):
        return 0.0
    if a.country != b.country or same_role(a, b) < 1.0:
        return 0.0
    if romanised(first) == romanised(second):
        return 1.0
    slip = DamerauLevenshtein.distance(first, second) == 1 and skeleton(first) == skeleton(second)
    return float(slip and len(a.roles & b.roles) >= 2 and a.roles == b.roles)


def both_respelt(a: Bearer, b: Bearer) -> float:
    """Family and given names that each differ slightly and sound alike, in one office of one country or body."""
    if len(a.words) != 2 or len(b.words) != 2 or not sounds_alike(family_name(a), family_name(b)):
        return 0.0
    first, second = _given(a)[0], _given(b)[0]
    alike = first != second and romanised(first)[:2] == romanised(second)[:2] and skeleton(first) == skeleton(second)
    return float(alike and not given_alike(first, second) and a.country == b.country and same_role(a, b) >= 1.0)


def like_given_rare_family(a: Bearer, b: Bearer) -> float:
    """The same long family name, with given names that begin alike ("Alexandros", "Alexis")."""
    if len(a.words) < 2 or len(b.words) < 2 or family_name(a) != family_name(b):
        return 0.0
    first, second = _given(a)[0], _given(b)[0]
    alike = (
        first != second and first[:4] == second[:4] and len(family_name(a)) >= 8 and not same_family_like_given(a, b)
    )
    return float(alike)


def same_country(a: Bearer, b: Bearer) -> float:
    """Both are known to belong to the same state."""
    return float(a.country is not None and a.country == b.country)


def other_country(a: Bearer, b: Bearer) -> float:
    """They are known to belong to different states."""
    return float(a.country is not None and b.country is not None and a.country != b.country)


def same_role(a: Bearer, b: Bearer) -> float:
    """Their offices and descriptions share words: all of the shorter one's count as 1."""
    if not a.roles or not b.roles:
        return 0.0
    return len(a.roles & b.roles) / min(len(a.roles), len(b.roles))


def other_role(a: Bearer, b: Bearer) -> float:
    """Both have an office or description, and the two share nothing."""
    return float(bool(a.roles) and bool(b.roles) and not a.roles & b.roles and not (_leads(a) and _leads(b)))


def _leads(bearer: Bearer) -> bool:
    """Whether an office is to lead something, whatever the outlet calls it ("head", "chairman", "leader")."""
    return bool(bearer.roles & _leading())


@cache
def _leading() -> frozenset[str]:
    return frozenset(concept(fold(word)) for word in load_toml("en/collation_titles.toml")["leading"])


def other_given(a: Bearer, b: Bearer) -> float:
    """The same family name with given names that cannot be one person's: two people."""
    if len(a.words) < 2 or len(b.words) < 2 or set(a.words) <= set(b.words) or set(b.words) <= set(a.words):
        return 0.0
    return float(
        family_name(a) == family_name(b)
        and not same_family_like_given(a, b)
        and not joined_words(a, b)
        and not like_given_rare_family(a, b)
        and not short_given_respelt(a, b)
    )


@dataclass(frozen=True, slots=True)
class Comparator:
    """One row of the table: what is compared, what it is worth, and how it reads as a reason."""

    compare: Callable[[Bearer, Bearer], float]
    weight: float
    reason: str
    respelt: bool = False


PERSONS = (
    Comparator(same_words, 1.2, "the same name"),
    Comparator(one_within_other, 1.1, "one name stands within the other"),
    Comparator(joined_words, 1.2, "the same letters, parted otherwise"),
    Comparator(same_family_like_given, 1.0, "the same family name, given names that may be one", respelt=True),
    Comparator(like_given_rare_family, 1.0, "the same rare family name, given names that begin alike", respelt=True),
    Comparator(like_family_same_given, 1.0, "family names that sound alike, the same given name", respelt=True),
    Comparator(
        short_given_respelt, 1.0, "the same family name and office, short given names that are alike", respelt=True
    ),
    Comparator(both_respelt, 0.8, "both names sound alike, the same office", respelt=True),
    Comparator(one_word_of_other, 1.0, "the family name alone"),
    Comparator(like_one_word_of_other, 0.6, "sounds like the family name", respelt=True),
    Comparator(same_country, 0.15, "the same country"),
    Comparator(same_role, 0.3, "the same office"),
    Comparator(other_country, -0.4, "different countries"),
    Comparator(other_role, -0.15, "different offices"),
    Comparator(other_given, -2.0, "different given names"),
)


# Comparators of bodies: organisations, governments, groups, places.


def _content(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if not is_light(word))


def same_content(a: Bearer, b: Bearer) -> float:
    """The same weighty words in the same order ("the Red Cross", "Red Cross")."""
    return float(bool(_content(a.words)) and _content(a.words) == _content(b.words))


def same_plural(a: Bearer, b: Bearer) -> float:
    """The same words but for number ("Palestinian", "Palestinians")."""
    first, second = (tuple(word.removesuffix("s") for word in _content(x.words)) for x in (a, b))
    return float(
        bool(first) and first == second and _content(a.words) != _content(b.words) and min(map(len, first)) > 2
    )


def acronym(a: Bearer, b: Bearer) -> float:
    """One is the initials of the other ("IAEA", "International Atomic Energy Agency")."""
    for short, long in ((a, b), (b, a)):
        if len(short.words) == 1 and 2 <= len(short.words[0]) <= 8 and len(_content(long.words)) > 1:
            every = "".join(word[0] for word in long.words)
            weighty = "".join(word[0] for word in _content(long.words))
            if short.words[0] in (every, weighty, long.initials) and short.name.upper().replace(".", "").startswith(
                short.words[0].upper()
            ):
                return 1.0
    return 0.0


@cache
def _bodies() -> tuple[frozenset[str], frozenset[str]]:
    data = load_toml("en/collation_titles.toml")
    return frozenset(map(fold, data["bodies"])), frozenset(map(fold, data["qualifiers"]))


def is_generic(words: tuple[str, ...]) -> bool:
    """Whether a body's folded name says only its kind, so that every state may have one ("Ministry of Health")."""
    kind, others = _kind_of_body(words)
    return bool(kind) and not others


def qualifiers() -> frozenset[str]:
    """Folded words of a body's name that say how an outlet sees it, not which body it is ("state-run")."""
    return _bodies()[1]


def _kind_of_body(words: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """What kind of body a name names, in any order ("Ministry of Health", "Health Ministry"), and its other words.

    Words for a state and qualifiers ("state-run") are in neither.
    """
    kinds, qualifying = _bodies()
    head = next((n for n in range(len(words) - 1, -1, -1) if words[n] in kinds), None)
    if head is None:
        return frozenset(), frozenset()
    subject = head + 2 if words[head + 1 : head + 2] == ("of",) else head - 1
    parts = {words[head]} | (
        {words[subject]} if 0 <= subject < len(words) and not is_state_word(words[subject]) else set()
    )
    parts -= qualifying
    others = {w for w in words if w not in parts and w not in qualifying and not is_light(w) and not is_state_word(w)}
    return frozenset(map(concept, parts)), frozenset(others)


def same_body_of_state(a: Bearer, b: Bearer) -> float:
    """The same kind of body of the same state, however it is placed ("Ukraine's Defence Ministry")."""
    (first, elsewhere), (second, otherwise) = _kind_of_body(a.words), _kind_of_body(b.words)
    if len(first) < 2 or first != second or a.country is None or a.country != b.country:
        return 0.0
    return float(not (elsewhere and otherwise and elsewhere != otherwise))


def one_slip(a: Bearer, b: Bearer) -> float:
    """Long names that differ by one slip in spelling."""
    first, second = "".join(_content(a.words)), "".join(_content(b.words))
    return float(
        first != second and min(len(first), len(second)) >= 10 and DamerauLevenshtein.distance(first, second) <= 1
    )


def like_word(a: Bearer, b: Bearer) -> float:
    """Two long single words that sound alike, at least one of which is no name of the tables ("Hormozgan",
    "Hormuzgan")."""
    if len(a.words) != 1 or len(b.words) != 1 or min(len(a.words[0]), len(b.words[0])) < 6:
        return 0.0
    first, second = a.words[0], b.words[0]
    plural = first.removesuffix("s") == second.removesuffix("s") or first.startswith(second) or second.startswith(first)
    return float(sounds_alike(first, second) and not plural and not (is_known(a.name) and is_known(b.name)))


def tail_of_other(a: Bearer, b: Bearer) -> float:
    """One is the end of the other, and nothing else in the reports ends so ("General Assembly", "UN General
    Assembly")."""
    short, long = sorted((a, b), key=lambda x: len(x.words))
    first, second = _content(short.words), _content(long.words)
    return float(1 < len(first) < len(second) and second[-len(first) :] == first and short.alone and long.alone)


BODIES = (
    Comparator(same_content, 1.2, "the same name"),
    Comparator(same_plural, 1.0, "the same name but for number"),
    Comparator(acronym, 1.1, "one is the initials of the other"),
    Comparator(same_body_of_state, 1.0, "the same body of the same state"),
    Comparator(tail_of_other, 1.0, "the end of the fuller name, and the only one of that ending"),
    Comparator(like_word, 1.0, "sounds the same", respelt=True),
    Comparator(one_slip, 1.0, "one slip in spelling", respelt=True),
    Comparator(same_country, 0.1, "the same country"),
    Comparator(other_country, -0.6, "different countries"),
)


def judge(a: Bearer, b: Bearer, table: tuple[Comparator, ...]) -> Judgement:
    """The sum of what the comparators say of two names, with their reasons; only agreement of names can reach
    ``SAME``."""
    score, reasons, respelt = 0.0, [], False
    for row in table:
        value = row.compare(a, b)
        if value:
            score += row.weight * value
            reasons.append(row.reason)
            respelt = respelt or row.respelt
    return Judgement(round(score, 3), tuple(reasons), respelt)
