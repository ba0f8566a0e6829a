"""Comparators of persons. Each looks at one thing and gives 0 to 1; the weight says what that is worth."""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz.distance import DamerauLevenshtein

from variorum.collation.naming.bearers import Bearer, Comparator, family_name, given, name_words
from variorum.collation.naming.spelling import given_alike, romanised, skeleton, sounds_alike
from variorum.collation.words import concept, fold
from variorum.text.tables import load_toml


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
    first, second = given(a), given(b)
    return float(given_alike(first[0], second[0]) and (len(first) == 1 or len(second) == 1 or _middles(first, second)))


def _middles(first: tuple[str, ...], second: tuple[str, ...]) -> bool:
    """Whether middle names and initials go together: George H. W. is not George W."""
    return [word[0] for word in first[1:]] == [word[0] for word in second[1:]]


def like_family_same_given(a: Bearer, b: Bearer) -> float:
    """Family names that sound alike, with given names that may be one person's."""
    if len(a.words) < 2 or len(b.words) < 2 or not sounds_alike(family_name(a), family_name(b)):
        return 0.0
    return float(given_alike(given(a)[0], given(b)[0]) and len(given(a)[0]) > 1 and len(given(b)[0]) > 1)


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
    first, second = given(a)[0], given(b)[0]
    if first == second or not 2 <= min(len(first), len(second)) <= 4 or given_alike(first, second):
        return 0.0
    if a.country != b.country or same_role(a, b) < 1.0:
        return 0.0
    if romanised(first) == romanised(second):
        return 1.0
    slip = DamerauLevenshtein.distance(first, second) == 1 and skeleton(first) == skeleton(second)
    return float(slip and len(a.roles & b.roles) >= 2 and a.roles == b.roles)


def short_family_respelt(a: Bearer, b: Bearer) -> float:
    """Family names that stand first, too short for sounds to tell much, romanised otherwise, with the same given names
    however they are parted ("Yoon Dae-sik", "Yun Dae Sik")."""
    if len(a.words) < 2 or len(b.words) < 2 or a.words[0] == b.words[0] or max(map(len, (a.words[0], b.words[0]))) > 4:
        return 0.0
    given_names = "".join(a.words[1:])
    same = len(given_names) >= 5 and given_names == "".join(b.words[1:])
    return float(same and romanised(a.words[0]) == romanised(b.words[0]))


def both_respelt(a: Bearer, b: Bearer) -> float:
    """Family and given names that each differ slightly and sound alike, in one office of one country or body."""
    if len(a.words) != 2 or len(b.words) != 2 or not sounds_alike(family_name(a), family_name(b)):
        return 0.0
    first, second = given(a)[0], given(b)[0]
    alike = first != second and romanised(first)[:2] == romanised(second)[:2] and skeleton(first) == skeleton(second)
    return float(alike and not given_alike(first, second) and a.country == b.country and same_role(a, b) >= 1.0)


def like_given_rare_family(a: Bearer, b: Bearer) -> float:
    """The same long family name, with given names that begin alike ("Alexandros", "Alexis")."""
    if len(a.words) < 2 or len(b.words) < 2 or family_name(a) != family_name(b):
        return 0.0
    first, second = given(a)[0], given(b)[0]
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
    Comparator(
        short_family_respelt, 1.0, "the same given names, a short family name romanised otherwise", respelt=True
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
