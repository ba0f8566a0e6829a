"""Words as the comparators see them: folded, stemmed, weighed, each with its place in the report."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from variorum.model import Extent
from variorum.text.tables import load_text, load_toml

_WORD = re.compile(r"[^\W_]+(?:[’'.,\-‐‑–][^\W_]+)*\.?")
_POSSESSIVE = re.compile(r"[’'](?:s|S)?$")
_INNER = re.compile(r"[’'.,\-‐‑–]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a report: as compared, and where it stands."""

    text: str
    """Folded: no case, no accents, no possessive, no marks inside (``U.S.`` and ``US`` are ``us``)."""
    extent: Extent


_LETTERS = str.maketrans(
    {"þ": "th", "ð": "d", "đ": "d", "ø": "o", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss", "ħ": "h", "ə": "a"}
)
"""Latin letters that no accent makes of others, as the press writes them without."""


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """A word without case, accents, possessive and inner marks; letters of other scripts are kept."""
    bare = _POSSESSIVE.sub("", word)
    plain = "".join(c for c in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(c))
    return _INNER.sub("", plain).lower().translate(_LETTERS)


def words_of(text: str, extents: tuple[Extent, ...] | None = None) -> list[Word]:
    """The words in stretches of a text (by default all of it), in the order given. Linear in their length."""
    found = []
    for extent in extents if extents is not None else (Extent(0, len(text)),):
        for match in _WORD.finditer(text, extent.start, extent.end):
            raw = match.group()
            # A full stop belongs to an abbreviation (U.S.), not to the last word of a sentence.
            end = match.end() - (raw.endswith(".") and "." not in raw[:-1])
            folded = fold(text[match.start() : end])
            if folded:
                found.append(Word(folded, Extent(match.start(), end)))
    return found


def folded(text: str) -> tuple[str, ...]:
    """The folded words of a short text."""
    return tuple(word.text for word in words_of(text))


@cache
def _vocabulary() -> tuple[frozenset[str], dict[str, str]]:
    table = load_toml("en/collation_words.toml")
    alike = {fold(word): group[0] for group in table["alike"] for word in group}
    return frozenset(fold(word) for word in table["light"]), alike


@cache
def _heads() -> tuple[frozenset[str], frozenset[str]]:
    table = load_toml("en/collation_words.toml")
    return frozenset(fold(word) for word in table["after_head"]), frozenset(
        concept(fold(w)) for w in table["weak_heads"]
    )


def head_of(text: str) -> str | None:
    """The concept of the noun that a noun phrase is about ("humanitarian pauses in the war": pause).

    It is the last weighty word before the first word that opens an addition; None where that noun could head anything
    ("plan", "resolution").
    """
    opening, weak = _heads()
    head = None
    for word in folded(text):
        if word in opening and head is not None:
            break
        if not is_light(word):
            head = concept(word)
    return None if head in weak else head


def is_light(word: str) -> bool:
    """Whether a folded word carries little of what is said (articles, auxiliaries, pronouns …)."""
    return word in _vocabulary()[0]


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """A folded word without its commonest English endings, so that forms of one word meet. Crude on purpose."""
    if len(word) <= 3 or not word.isalpha():
        return word
    for ending, replacement in (("ies", "y"), ("sses", "ss"), ("es", "e"), ("ss", "ss"), ("us", "us"), ("s", "")):
        if word.endswith(ending) and (ending != "ies" or len(word) > 4):  # "lies" is of "lie"
            word = word[: -len(ending)] + replacement
            break
    for ending in ("ing", "ed", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls":
                word = word[:-1]
            break
    return word


@lru_cache(maxsize=65536)
def concept(word: str) -> str:
    """What a folded word stands for in a comparison by sense: its group of like words, or its stem."""
    alike = _vocabulary()[1]
    return alike.get(word) or alike.get(_singular(word)) or stem(word)


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def concepts(text: str) -> frozenset[str]:
    """The concepts of the weighty words of a text."""
    return frozenset(concept(word) for word in folded(text) if not is_light(word))


@cache
def _near() -> dict[str, frozenset[str]]:
    groups: dict[str, set[str]] = {}
    for number, words in enumerate(load_toml("en/near_words.toml")["near"]):
        for word in words:
            groups.setdefault(concept(fold(word)), set()).add(str(number))
    return {word: frozenset(numbers) for word, numbers in groups.items()}


@lru_cache(maxsize=65536)
def near_groups(sense: str) -> frozenset[str]:
    """The groups that a concept is in: two concepts of one group, or of one root, may render one word."""
    return _near().get(sense, frozenset()) | {f"root {root_of(sense)}"}


@lru_cache(maxsize=65536)
def root_of(sense: str) -> str:
    """A stem without what makes nouns and adjectives of verbs ("collection", "collector": collect). Crude on purpose."""
    for ending in _DERIVING:
        if sense.endswith(ending) and len(sense) - len(ending) >= 4:
            return sense[: -len(ending)]
    return sense


_DERIVING = (
    "ational",
    "ation",
    "ition",
    "ional",
    "ment",
    "ness",
    "ag",
    "ance",
    "ence",
    "ical",
    "ion",
    "ity",
    "ive",
    "ant",
    "ent",
    "est",
    "al",
    "or",
    "er",
    "an",
    "ly",
    "ic",
)


@cache
def _article_counts() -> dict[str, float]:
    counts: dict[str, float] = {}
    for line in load_text("en/article_counts.tsv").splitlines():
        if not line.startswith("#"):
            word, count = line.split("\t")
            counts[word] = float(count)
    return counts


@lru_cache(maxsize=65536)
def rarity(word: str) -> float:
    """How telling a folded word is: the logarithm of one over the share of English news articles that have it."""
    counts = _article_counts()
    own = max(counts.get(word, 0.0), counts.get(_singular(word), 0.0))
    return min(RAREST, math.log((1 + _ARTICLES) / (0.5 + own)))


_ARTICLES = 840
"""Articles that the counts were made over."""
RAREST = 5.0
"""What the rarest word weighs: that no article of the table has it says little more than that few have it."""


def one_english(word: str) -> str:
    """A folded word without what British and American spelling do otherwise."""
    for british, american in (
        ("our", "or"),
        ("tre", "ter"),
        ("ce", "se"),
        ("isa", "iza"),
        ("ise", "ize"),
        ("mme", "m"),
    ):
        word = word.replace(british, american)
    return word
