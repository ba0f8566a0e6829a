"""Spellings of names: what transliterations, short forms and slips exchange."""

from __future__ import annotations

from functools import cache, lru_cache

from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from variorum.collation.words import fold
from variorum.text.tables import load_toml


@cache
def given_names() -> tuple[dict[str, frozenset[int]], frozenset[str]]:
    data = load_toml("world/given_names.toml")
    short_forms = [[name, *forms] for name, forms in load_toml("en/nicknames.toml")["nicknames"].items()]
    groups: dict[str, set[int]] = {}
    for n, group in enumerate([*data["alike"], *short_forms]):
        for name in group:
            groups.setdefault(fold(name), set()).add(n)
    return {name: frozenset(numbers) for name, numbers in groups.items()}, frozenset(data["surname_first"])


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
    groups = given_names()[0]
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
