"""Comparators of bodies: organisations, governments, groups, places."""

from __future__ import annotations

from functools import cache

from rapidfuzz.distance import DamerauLevenshtein

from variorum.collation.naming.bearers import Bearer, Comparator
from variorum.collation.naming.persons import other_country, same_country
from variorum.collation.naming.spelling import sounds_alike
from variorum.collation.states import is_known, is_state_word
from variorum.collation.words import concept, fold, is_light
from variorum.text.tables import load_toml


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
