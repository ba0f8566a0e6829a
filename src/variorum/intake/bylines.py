"""Who wrote: names of persons out of a byline's line, and of persons and bodies out of what metadata call the author."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from variorum.intake.agencies import known_agency
from variorum.text.first_names import is_first_name
from variorum.text.tables import load_toml, load_tsv

NAME = r"[A-ZÀ-ÖØ-ÞĀ-Ž](?:[\w’-]*[\w]|\.)?\.?"
_PARTICLE = r"(?:(?:de|del|da|do|dos|di|van|von|der|den|bin|bint|ben|al|el|la|le|ter|ten|y|e|st\.?|ibn)[ -])"
PERSON = rf"{NAME}(?:[ ]{_PARTICLE}*{NAME}){{1,4}}"
_ROLE = (
    r"(?:,? ?(?:\||,|-|–|—|in|of|for|at|with) ?.{2,60}|,? (?:[A-Za-z&’ -]+ )?(?:correspondent|reporter|"
    r"editor|writer|staff|chief|columnist|contributor|journalist|analyst|author)s?\b.{0,50})"
)
_BYLINE = re.compile(
    rf"(?:[Bb][Yy]|From|FROM|[Ww]ritten by|[Rr]eported by|[Ss]tory by|[Pp]osted by|[Aa]uthor ?:|"
    rf"[Bb]y ?:)[ ]:? ?(?P<who>(?:{PERSON}|[A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+){{0,3}})(?:(?:,|,? and|,? &| with|"
    rf";)[ ]{PERSON})*){_ROLE}?(?:[ |,•·–-]+.{{0,60}})?"
)
_NAMES_ALONE = re.compile(rf"{PERSON}(?:(?:, and|,| and| &) {PERSON}){{0,5}}(?:,? (?:in|of) [A-Z].{{2,40}})?")
_LOWER_IN_BYLINE = re.compile(r"(?<![\w’])[a-z]{2,}")
_PARTICLES = frozenset(
    ("de", "del", "della", "da", "do", "dos", "das", "di", "du", "van", "von", "der", "den", "zu", "bin", "bint", "ben",
    "al", "el", "la", "le", "ter", "ten", "y", "e", "ibn", "ul", "ur", "abu", "st")
)  # fmt: skip
_WITH_ARTICLE = re.compile(r"(?:al|el|ad|an|ar|as|at|az|bin|ben|d|l)[-’][A-Z]\w+")
_CLOSING = frozenset(("on", "in", "at", "for", "of", "from", "to", "via", "updated", "published", "posted", "modified"))
"""Words that close a name though they open with a capital, as in a line of titles."""
_AFTER = frozenset(("jr", "sr", "ii", "iii", "iv"))
_JOINING = frozenset(("and", "And", "AND", "with", "With", "WITH", "&"))
_TOKEN = re.compile(
    r"(?P<mail>[\w.+-]+@[\w-]+\.[\w.-]+)|(?P<handle>@\w+)|(?P<number>\d[\w:./-]*)"
    r"|(?P<word>[^\W\d_](?:[\w’'.-]*\w|\.)?\.?)|(?P<sign>\S)"
)
_OWNS = ("’s", "'s", "s’", "s'")
LONGEST = 300
"""Code points of a line beyond which it is no byline."""
MOST = 12
"""Names of one report that are kept."""


class Name(NamedTuple):
    """A person's name in a line."""

    start: int
    end: int
    is_sure: bool
    """Whether the line says that this is who wrote, or the name opens with a known first name."""


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(load_toml("en/furniture.toml")["byline"][key])


_BY = re.compile(r"\bby\b\s*:?\s*", re.IGNORECASE)


@cache
def _opener() -> re.Pattern[str]:
    openers = "|".join(load_toml("en/furniture.toml")["byline"]["openers"])
    return re.compile(rf"(?:{openers})(?:\s*[:|]\s*|\s+)", re.IGNORECASE)


def _led_to(words: str) -> int | None:
    """Where the names begin in a line that says that they wrote: behind "By", "Author:" and the like."""
    by = _BY.search(words)
    if by is not None:
        before = words[: by.start()].rstrip()
        if not before or before[-1] in "|·•-–—/,;" or any(c.isdigit() for c in before):
            return by.end()
        last = before.split()[-1].lower()
        if last in _words("written"):
            return by.end()
        return None
    opener = _opener().match(words)
    return opener.end() if opener else None


@cache
def _outlets() -> frozenset[str]:
    rows = load_tsv("world/outlets.tsv")
    return frozenset(name.lower() for row in rows for name in (row["name"], row["short"], row["domain"]) if name)


def is_outlet(name: str) -> bool:
    """Whether it is an outlet's name by the table of outlets, with or without its article."""
    words = " ".join(name.split()).lower().replace("’", "'")
    return words in _outlets() or words.removeprefix("the ") in _outlets() or f"the {words}" in _outlets()


def is_byline(words: str) -> bool:
    """Whether a line says who wrote: "By Jane Doe", "By Jane Doe and John Roe, Example News"."""
    if len(words) > 180 or not _BYLINE.fullmatch(words):
        return False
    small = _LOWER_IN_BYLINE.findall(words[2:])
    known = _words("small")
    return sum(word not in known for word in small) <= max(1, len(small) // 4) and not (
        words.endswith(".") and len(small) > 3
    )


def has_plain_words(words: str) -> bool:
    """Whether a line holds small words that stand in no byline, as a headline of another story does."""
    return any(word not in _words("small") for word in _LOWER_IN_BYLINE.findall(_MAIL_OR_HANDLE.sub(" ", words)))


def is_role(words: str) -> bool:
    """Whether a short line is a job and nothing else: "Senior Correspondent", "News reporter"."""
    parts = [part.lower().strip(".,;:|") for part in words.split()]
    return (
        0 < len(parts) <= 6 and any(part in _words("roles") for part in parts[-2:]) and not any(map(str.isdigit, words))
    )


_NAME_AND_ROLE = re.compile(rf"(?P<name>{PERSON})\s?(?:[,|•·–—-]|\bis)\s?(?P<role>[A-Za-z&’' -]{{4,60}})")


def is_name_and_role(words: str) -> bool:
    """Whether a line is a name and a job: "Jane Doe, Port Reporter", "Jane Doe | Senior Editor"."""
    match = _NAME_AND_ROLE.fullmatch(words.strip())
    return match is not None and is_role(match["role"])


def names_alone(words: str) -> bool:
    """Whether a line holds names of persons and nothing else."""
    if "@" in words:
        words = _MAIL_OR_HANDLE.sub(" ", words[:LONGEST]).strip()
    if len(words) > 100 or words.isupper() or not _NAMES_ALONE.fullmatch(words):
        return False
    return not any(word.lower() in _no_person() for word in words.split())


@cache
def _no_person() -> frozenset[str]:
    return _trade() | _words("interface")


@cache
def _trade() -> frozenset[str]:
    return _words("no_person") | _words("roles") | _words("beats") | _words("companies") | _words("calendar")


def byline_names(words: str, *, known: Sequence[str] = ()) -> list[Name]:
    """The names of persons in a byline's line, in its order.

    Roles, outlets, agencies, places, dates, handles and addresses of mail end a name: "Jane Doe, Staff Writer",
    "By Jane Doe and John Roe Example News", "Jane Doe@janedoe · 3 May 2024".

    Args:
        words: the line.
        known: authors that metadata name; one of them is sure wherever it stands.
    """
    if len(words) > LONGEST:
        return []
    lead = _led_to(words)
    if lead is None and _BY.search(words):
        return []  # "Photographs by", "Step by step"
    folded = {" ".join(name.lower().split()) for name in known}
    made: list[Name] = []
    for first, last in _candidates(words, lead or 0, is_led=lead is not None):
        parts = words[first:last].split()
        is_known = " ".join(parts).lower() in folded
        has_first_name = opens_with_first_name(words[first:last])
        if len(parts) == 1 and not is_known and not (lead is not None and has_first_name and not made):
            continue
        is_vouched_for = lead is not None or is_known or has_first_name or any(name.is_sure for name in made)
        if not is_vouched_for and not _reads_as_name(words, parts):
            continue
        made.append(Name(first, last, is_vouched_for))
    return made[:MOST]


def _reads_as_name(line: str, parts: Sequence[str]) -> bool:
    """Whether words that nothing vouches for may be a name: the line's first words, opening with no article."""
    return line.startswith(parts[0]) and parts[0].lower() not in _words("articles")


def _titled(word: str) -> str:
    return word.title() if word.isupper() and len(word) > 2 else word


def _candidates(words: str, start: int, *, is_led: bool) -> Iterator[tuple[int, int]]:
    """The runs of words that have the shape of a name and hold no word of an office, an outlet or a date."""
    stops = _trade() if is_led else _no_person()
    tokens = list(_TOKEN.finditer(words, start))
    current: list[re.Match[str]] = []
    passing_over = False
    for token, after in zip(tokens, [*tokens[1:], None], strict=False):
        word = token.group().replace("'", "’")
        lower = word.lower().rstrip(".")
        if token["word"] is None or word in _JOINING:
            # a sign, a number, a handle: the name is over
            yield from _closed(current)
            current, passing_over = [], passing_over and word in ".:"
        elif passing_over:
            continue
        elif current and word[0].islower() and (lower in _PARTICLES or _WITH_ARTICLE.fullmatch(word)):
            current.append(token)
        elif word[0].isupper() and not word.endswith(_OWNS) and _may_be_name(word, lower, current, after, stops):
            if current and _is_over(current, word):
                yield from _closed(current)
                current, passing_over = [], True
            else:
                current.append(token)
        else:
            # "Jane Doe Senior Contributor" closes a name; of "Detroit News" nothing is one
            if lower not in _words("companies") and not word.endswith(_OWNS):
                is_plain = word[0].islower() or lower in _CLOSING or lower in _words("calendar")
                yield from _before_a_role(current, is_plain=is_plain)
            current, passing_over = [], True
    yield from _closed(current)


def _may_be_name(
    word: str, lower: str, current: Sequence[re.Match[str]], after: re.Match[str] | None, stops: frozenset[str]
) -> bool:
    """Whether a word with a capital may belong to a name: no word of the trade, but for "Kim B. Post", "April Doe"."""
    if lower not in stops:
        return True
    if current:
        return len(current) > 1 and len(current[-1].group().rstrip(".")) == 1
    if after is None or after["word"] is None or not is_first_name(_titled(word)):
        return False
    follows = after.group().lower()
    return follows in _PARTICLES or (after.group()[0].isupper() and follows not in stops)


def _is_over(current: Sequence[re.Match[str]], word: str) -> bool:
    """Whether a name was whole before this word: behind an initial stands one family name, and capitals are an outlet."""
    if word.lower().rstrip(".") in _AFTER:
        return False
    has_initial = len(current) > 2 and len(current[-2].group().rstrip(".")) == 1
    is_loud = len(word) > 2 and word.isupper() and not all(t.group().isupper() for t in current)
    return has_initial or is_loud


def _before_a_role(current: list[re.Match[str]], *, is_plain: bool) -> Iterator[tuple[int, int]]:
    """The name before a word that ends it; before a word of an outlet's name only one that opens with a first name."""
    if is_plain or (len(current) > 1 and opens_with_first_name(" ".join(t.group() for t in current))):
        yield from _closed(current)


def _closed(current: list[re.Match[str]]) -> Iterator[tuple[int, int]]:
    while current and current[-1].group().islower():
        current = current[:-1]
    if not current or len(current) > 6:
        return
    text = " ".join(token.group() for token in current)
    if len(text) < 3 or known_agency(text) or is_outlet(text):
        return
    if len(current) == 2 and len(current[1].group().rstrip(".")) == 1:
        return  # "Plan B"
    yield current[0].start(), current[-1].end()


def opens_with_first_name(name: str) -> bool:
    """Whether a name opens with a known first name, in capitals or not, its title apart ("Dr Jane Doe")."""
    parts = [part for part in name.split() if part.lower().rstrip(".") not in _words("titles")]
    return bool(parts) and is_first_name(_titled(parts[0]))


# ---- metadata ------------------------------------------------------------------------------------------------------

_ADDRESS = re.compile(r"https?:|www\.|/|@")
_MAIL_OR_HANDLE = re.compile(r"\(?[\w.+-]+@[\w-]+\.[\w.-]+\)?|\(?@\w+\)?")
_PARTS = re.compile(r"\s*(?:[,;|/]|\band\b|&|\bwith\b|\s[-–—]\s)\s*")


def authors_in(given: str) -> list[str]:
    """The persons that a field of metadata names as authors; where it names none, the bodies: agencies, outlets, desks.

    Job titles, account names, addresses and handles are nobody.
    """
    words = " ".join(given.split())
    if _ADDRESS.match(words):
        return []
    words = _MAIL_OR_HANDLE.sub(" ", words)
    words = " ".join(words[_led_to(words) or 0 :].split()).strip(" .,;|-–—")
    if not words or len(words) > LONGEST or words.lower() in _words("accounts"):
        return []
    people = [
        words[first:last] for first, last in _candidates(words, 0, is_led=True) if len(words[first:last].split()) > 1
    ]
    if people:
        return people[:MOST]
    parts = [part.strip(" .") for part in _PARTS.split(words)]
    if len(parts) == 2 and all(part.isalpha() for part in parts) and "," in words and is_first_name(parts[1]):
        return [words]  # "Doe, Jane"
    return [part for part in parts if _is_body(part)][:MOST]


def _is_body(part: str) -> bool:
    """Whether a part of such a field may be a body, or a name of one word; a job title or an account is neither."""
    lower = part.lower()
    if not 2 <= len(part) <= 60 or not re.search(r"[^\W\d_]", part) or lower in _words("accounts"):
        return False
    if known_agency(part) or is_outlet(part):
        return True
    return lower.split()[-1].rstrip("s") not in _words("roles") and lower.split()[-1] not in _words("roles")
