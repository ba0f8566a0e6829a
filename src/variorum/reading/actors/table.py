"""Actors while a report is being read: clusters that grow by their mentions, and the words that tell them apart."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from rapidfuzz import fuzz

from variorum.model import Extent, Mention
from variorum.model.reading import MentionForm, NameKind
from variorum.reading.names.tokens import name_words
from variorum.text.first_names import gender_of_first_name, is_first_name
from variorum.text.tables import load_toml

SAME_SPELLING = 86.0
"""Similarity (rapidfuzz, 0 to 100) from which two given names before the same surname are one, misspelt."""


@cache
def person_words() -> dict[str, Any]:
    """``data/en/persons.toml`` with its lists as sets."""
    data = load_toml("en/persons.toml")
    return {key: frozenset(value) if isinstance(value, list) else value for key, value in data.items()}


@dataclass(frozen=True, slots=True)
class Role:
    """An office as the text gives it to somebody."""

    text: str
    """As it stands in the text, without the state: "Prime Minister"."""
    office: str
    """In lower case, by its usual word ("spokesman" for "spokeswoman")."""
    country: str | None
    tied: bool = False
    """Whether it is an office of a body, or of somebody's, and so no other state's ("his foreign minister")."""


@dataclass(slots=True)
class Sighting:
    """A mention with what its sentence says of its weight."""

    extent: Extent
    form: MentionForm
    sentence: int
    """Number of the sentence in the report."""
    subject: bool
    speaks: bool
    main: bool = False
    """Whether it is the subject of its sentence's main verb."""
    quoted: bool = False
    """Whether it stands between quotation marks."""
    vouches: bool = False
    """Whether it stands behind "according to"."""


@dataclass(slots=True, eq=False)
class Cluster:
    """One actor of a report, as far as it is known."""

    number: int
    kind: NameKind
    name: str
    country: str | None = None
    named: bool = True
    roles: list[Role] = field(default_factory=list)
    parts: tuple[str, ...] = ()
    """Of a person, the words of the fullest name."""
    gender: str | None = None
    plural: bool = False
    sort: str = ""
    head: str = ""
    """Of a nameless one, its noun."""
    home: str | None = None
    """Of a nameless body such as each state has one of, the state that the report lets it be of."""
    sightings: list[Sighting] = field(default_factory=list)

    _starts: list[tuple[int, int]] = field(default_factory=list)

    def seen(self, sighting: Sighting) -> bool:
        """Add a mention in its place; the same words are not counted twice. Returns whether it was new."""
        key = (sighting.extent.start, sighting.extent.end)
        at = bisect_left(self._starts, key)
        if at < len(self._starts) and self._starts[at] == key:
            return False
        self._starts.insert(at, key)
        self.sightings.insert(at, sighting)
        return True

    def forget(self) -> None:
        """Have no mention any more."""
        self.sightings.clear()
        self._starts.clear()

    def last_before(self, offset: int) -> Sighting | None:
        """The latest mention that ends before a code point."""
        for at in range(bisect_left(self._starts, (offset, 0)) - 1, -1, -1):
            if self.sightings[at].extent.end <= offset:
                return self.sightings[at]
        return None

    def mentions(self) -> tuple[Mention, ...]:
        """All mentions in the order of the text, each once."""
        ordered = sorted({(s.extent.start, s.extent.end, s.form) for s in self.sightings})
        return tuple(Mention(start=start, end=end, form=form) for start, end, form in ordered)


# ---- personal names ----------------------------------------


def name_parts(name: str) -> tuple[str, ...]:
    """The words of a personal name without suffixes and commas, apostrophes made alike."""
    table = name_words()
    words = name.replace("’", "'").replace(",", " ").split()
    return tuple(word for word in words if word not in table.suffixes)


def name_keys(parts: tuple[str, ...]) -> set[str]:
    """The words by which a name is looked up, folded; of hyphened ones also the pieces."""
    words = {_fold(part) for part in parts}
    return words | {piece for word in words for piece in word.split("-") if len(piece) > 2}


def _fold(word: str) -> str:
    return word.casefold().strip(".")


def same_person(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two full names in one report are the same person's."""
    fa, fb = _without_articles(a), _without_articles(b)
    if min(len(fa), len(fb)) == 1 < min(len(a), len(b)):
        return fa[-1] == fb[-1]  # "Al Harbi" of "Khalid bin Saud al-Harbi"
    if fa == fb or sorted(fa) == sorted(fb):
        return True
    short, long = sorted((fa, fb), key=len)
    if _ends_in(long, short):
        return True
    if len(fa) > 1 and len(fb) > 1 and fa[-1] == fb[-1]:
        return _same_given(fa[0], fb[0])
    if len(short) >= 2 and len(long) > len(short):
        # "Pedro Sánchez" in "Pedro Sánchez Castejón"; "Kim Jong" in "Kim Jong Un"
        return long[: len(short)] == short
    if len(fa) == len(fb) and fa[:-1] == fb[:-1]:
        return len(fa[-1]) > 4 and fuzz.ratio(fa[-1], fb[-1]) >= SAME_SPELLING
    return False


def _ends_in(long: list[str], short: list[str]) -> bool:
    """Whether a name is another's surname of several words: one that opens with a particle ("Ben Ali") or stands behind
    one ("Santos Neto" in "João dos Santos Neto"), or two surnames ("García Ruiz")."""
    if not 2 <= len(short) < len(long) or long[-len(short) :] != short:
        return False
    particles = name_words().particles
    return short[0] in particles or long[-len(short) - 1] in particles or not is_first_name(short[0].capitalize())


def _without_articles(parts: tuple[str, ...]) -> list[str]:
    """The folded words of a name without Arabic articles before its later words ("al Harbi", "al-Harbi": "harbi"); one
    that opens the name goes only where a capitalised word that is no first name's follows ("Al Harbi", not "Al Roe")."""
    articles = name_words().articles
    kept: list[str] = []
    for n, part in enumerate(parts):
        word = _fold(part)
        if word in articles and n + 1 < len(parts) and (n or part.islower() or len(parts) == 2):
            continue
        before, mark, after = word.partition("-")
        kept.append(after if mark and before in articles and after else word)
    return kept or [_fold(part) for part in parts]


def _same_given(a: str, b: str) -> bool:
    if a == b or (len(a) == 1 and b.startswith(a)) or (len(b) == 1 and a.startswith(b)):
        return True
    nicknames = load_toml("en/nicknames.toml")
    if any({a, b} <= {full, *shorts} for full, shorts in nicknames["nicknames"].items()):
        return True
    return min(len(a), len(b)) > 3 and fuzz.ratio(a, b) >= SAME_SPELLING


def fits_single(parts: tuple[str, ...], word: str) -> int:
    """How well one word names the bearer of a full name: 3 as surname, 2 as a part of it, 1 as given name, 0 not."""
    folded = _fold(word.replace("’", "'"))
    words = [_fold(part) for part in parts]
    if not words:
        return 0
    tail = words[-1]
    if folded == tail or (folded in tail.split("-") and len(folded) > 3):
        return 3
    pieces = folded.split()
    if len(pieces) > 1 and words[-len(pieces) :] == pieces:
        return 3
    if folded in words[1:-1] and len(folded) > 1:
        return 2
    if folded == words[0] and len(words) > 1:
        return 2 if not is_first_name(parts[0]) else 1
    return 0


def gender_of(parts: tuple[str, ...]) -> str | None:
    """What the given name tells, if the name has one, or a word for son or daughter in it."""
    if len(parts) < 2:
        return None
    kin = {gender for part in parts[1:-1] if (gender := _KIN.get(part.lower()))}
    if len(kin) == 1:
        return kin.pop()
    return gender_of_first_name(parts[0]) or gender_of_first_name(parts[0].split("-")[0])


_KIN = {
    "bin": "m",
    "ibn": "m",
    "ben": "m",
    "bint": "f",
    "binti": "f",
    "binte": "f",
    "arap": "m",
    "ould": "m",
    "mint": "f",
}
"""Words for "son of" and "daughter of" in names."""


# ---- offices ----------------------------------------


def usual_office(words: str) -> str:
    """An office by its usual word, in lower case."""
    plain = " ".join(words.lower().replace("’", "'").split())
    same: dict[str, str] = person_words()["same_office"]
    if plain in same:
        return same[plain]
    head = plain.rsplit(" ", 1)
    if len(head) == 2 and head[1] in same:
        return f"{head[0]} {same[head[1]]}"
    return plain


@cache
def office_keys(words: str) -> frozenset[str]:
    """The words by which the holders of an office are looked up."""
    plain = words.lower().replace("’", "'")
    meant = {plain, usual_office(plain), *person_words()["may_mean"].get(usual_office(plain), ())}
    return frozenset(key for office in meant for key in (office.split()[0], office.split()[-1]) if office.split())


def same_office(held: str, said: str) -> bool:
    """Whether the words of an office may point to the holder of another: "the minister" to the foreign minister."""
    plain_held, plain_said = held.lower(), said.lower()
    held, said = usual_office(held), usual_office(said)
    if held == said:
        return True
    return _overlapping(held, said) or _overlapping(plain_held, plain_said)


def alike(held: str, said: str) -> bool:
    """Whether two offices are in the same words, or one in part of the other's ("Secretary", "secretary of state")."""
    held, said = held.lower(), said.lower()
    return held == said or _overlapping(held, said)


def _overlapping(held: str, said: str) -> bool:
    a, b = held.split(), said.split()
    apart: frozenset[str] = frozenset(person_words()["sets_apart"]["words"])
    meant = person_words()["may_mean"].get(said, ())
    if held in meant or (a[-1] in meant and not set(a[:-1]) & apart):
        return True
    if a[-1] != b[-1]:
        # "secretary" and "secretary of state", "minister" and "minister of finance"
        short, long = sorted((a, b), key=len)
        return long[: len(short)] == short and len(long) > len(short) and long[len(short)] in ("of", "for")
    different = set(a) ^ set(b)
    return (set(a) <= set(b) or set(b) <= set(a)) and not different & apart
