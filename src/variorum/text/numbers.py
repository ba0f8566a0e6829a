"""Numbers in prose: digits and words, scales ("1.4 million"), fractions ("two-thirds") and vague ones ("dozens").

What a number counts, and whether it is a date, a time or a part of a name, is for the caller to judge.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any, Literal

from text_to_num import text2num  # type: ignore[import-untyped]

from variorum.text.tables import load_toml

Form = Literal["digits", "words", "fraction", "vague"]
DIGIT_LIMIT = 16
"""Longest run of digits that is a number of something; longer ones are identifiers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number as it stands in a text."""

    start: int
    end: int
    """Half-open, in code points, scale included ("1.4 million"), sign included."""
    value: float | int | None
    """None for a vague number, which has only ends."""
    low: float | int | None = None
    high: float | int | None = None
    form: Form
    scale: float | int = 1
    """What the scale word or letter multiplies by."""
    letter: str = ""
    """The scale letter where it is a single one that may be a unit too ("37m")."""


@cache
def _table() -> dict[str, Any]:
    return load_toml("en/numbers.toml")


@cache
def _pattern() -> re.Pattern[str]:
    table = _table()
    scale = "|".join(sorted(table["scales"], key=len, reverse=True))
    short = "|".join(sorted(table["short"], key=len, reverse=True))
    spaced = "|".join(sorted((s for s in table["short"] if len(s) > 1 and s != "mm"), key=len, reverse=True))
    word = "|".join(sorted(table["words"], key=len, reverse=True))
    vague = "|".join(table["vague"])
    part = "|".join(table["parts"])
    glyph = "".join(table["glyphs"])
    return re.compile(
        rf"""
        (?P<odds>(?<![\w-])(?<!\d[.,])(?i:
            (?P<oddstop>{word}|\d{{1,3}})\s(?P<oddsway>in|out\sof)\s(?:every\s)?
            (?P<oddsbase>{word}|\d{{1,3}}(?:,\d{{3}})?)(?![\w,%.]\w|\w|\s(?:{scale})\b)))
      | (?P<vague>(?<![\w-])(?i:(?:{vague})(?:\sof\s(?:{vague}))?)(?![\w-]))
      | (?P<part>(?<![\w-])(?i:(?P<top>an?|{word})[\s-](?P<bottom>{part})s?)(?![\w-])
            (?!\s+(?:time|place|year|term|round|day|person)\b))
      | (?P<half>(?<![\w-])(?i:half)
            (?=\s(?:an?\s(?i:{scale})\b|of\b|the\b|its\b|their\b|his\b|her\b|our\b|a\sdozen\b)))
            (?P<halfscale>\sa\s(?i:{scale})\b)?
      | (?P<spelled>(?<![\w-])(?<!\d\s)(?i:
            (?:{word}|an?(?=[\s-](?:{scale})\b))
            (?:(?:[\s-]|\sand\s)(?:{word}|{scale})(?!\w))*
            (?:\sand\sa\shalf(?:\s(?:{scale})(?!\w))?)?)(?![\w]))
      | (?P<sign>(?i:\bminus[\s-])|(?<![\w)])[-−–](?=[\d.$£€]))?
        (?P<digits>(?<![\d])(?<!\d[.,:/])(?:\d{{1,3}}(?:(?:,\d{{2,3}})+(?!\d)|(?:,\s000)+(?!\d))(?:\.\d+)?|\d+(?:\.\d+)?|(?<![\w.])\.\d+))
        (?:(?P<power>\s?[×x]\s?10(?:\^|\*\*)?(?P<exponent>[-−]?\d{{1,2}}(?!\d|[.,]\d)))
          |(?P<over>[/⁄](?P<under>\d{{1,3}})(?![\d/⁄.]))
          |\s?(?P<glyph>[{glyph}])
          |[\s-]?(?P<scale>(?i:{scale})(?!\w)(?:\s(?P<scale2>(?i:{scale})(?!\w)))?)
          |(?P<short>(?:{short})(?![\w/]))
          |\s(?P<spaced>(?:{spaced})(?![\w/])))?
      | (?P<bare>[{glyph}])
        """,
        re.VERBOSE,
    )


def find_numbers(text: str) -> list[Number]:
    """All numbers of a text, in order, none inside another.

    Digits inside a word or code ("G7", "A4") are found too where they follow letters; what they are is the caller's to
    judge from the characters before them.
    """
    found: list[Number] = []
    for match in _pattern().finditer(text):
        found.extend(_read(match))
    return found


def _read(m: re.Match[str]) -> list[Number]:
    if m["odds"]:
        return _odds(m)
    if m["digits"]:
        return _digits(m)
    if m["vague"]:
        return _vague(m)
    if m["part"]:
        return _part(m)
    if m["half"]:
        return _half(m)
    if m["bare"]:
        return [Number(start=m.start(), end=m.end(), value=_table()["glyphs"][m["bare"]], form="fraction")]
    return _spelled(m)


def _tidy(value: Fraction | float | int) -> float | int:
    """A whole number as int, others as the shortest float."""
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else float(value)
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _digits(m: re.Match[str]) -> list[Number]:
    digits = re.sub(r",\s?", "", m["digits"])
    if len(digits) > DIGIT_LIMIT:
        return []
    table = _table()
    value = Fraction(digits if not digits.startswith(".") else "0" + digits)
    scale: float | int = 1
    letter, fraction = "", False
    if m["power"]:
        value *= Fraction(10) ** int(m["exponent"].replace("−", "-"))
    elif m["over"]:
        if int(m["under"]) == 0:
            return []
        value, fraction = value / int(m["under"]), True
    elif m["glyph"]:
        value += Fraction(table["glyphs"][m["glyph"]]).limit_denominator(100)
    elif m["scale"]:
        words = m["scale"].lower().split()
        scale = table["scales"][words[0]] * (table["scales"][words[1]] if len(words) > 1 else 1)
    elif m["short"] or m["spaced"]:
        short = m["short"] or m["spaced"]
        scale = table["short"][short]
        letter = short if len(short) == 1 or short == "mm" else ""
    if m["sign"]:
        value = -value
    return [
        Number(
            start=m.start(),
            end=m.end(),
            value=_tidy(value * scale),
            form="fraction" if fraction else "digits",
            scale=scale,
            letter=letter,
        )
    ]


def _odds(m: re.Match[str]) -> list[Number]:
    """A share given as "one in five"; other words of that shape ("two in 2019") are two numbers or none."""
    top, base = (_plain(m[name]) for name in ("oddstop", "oddsbase"))
    out_of = m["oddsway"].lower() != "in"
    if 0 < top < base and (out_of or top == 1 or base in (3, 4, 5, 10, 20, 100)):
        return [Number(start=m.start(), end=m.end(), value=_tidy(Fraction(top, base)), form="fraction")]
    found = []
    for name, value in (("oddstop", top), ("oddsbase", base)):
        form: Form = "digits" if m[name][0].isdigit() else "words"
        found.append(Number(start=m.start(name), end=m.end(name), value=value, form=form))
    return found


def _plain(word: str) -> int:
    """A whole number in plain digits or one word."""
    return int(word.replace(",", "")) if word[0].isdigit() else int(text2num(word.lower(), "en"))


def _vague(m: re.Match[str]) -> list[Number]:
    low, high = 1, 1
    for word in m["vague"].lower().split():
        if word != "of":
            ends = _table()["vague"][word]
            low, high = (low * ends[0], high * ends[1]) if low == 1 else (low * ends[0], high * ends[0])
    return [Number(start=m.start(), end=m.end(), value=None, low=low, high=high, form="vague")]


def _part(m: re.Match[str]) -> list[Number]:
    if not _is_fraction(m):
        return []
    top = 1 if m["top"].lower() in ("a", "an") else text2num(m["top"].lower(), "en")
    value = Fraction(top, _table()["parts"][m["bottom"].lower()])
    return [Number(start=m.start(), end=m.end(), value=_tidy(value), form="fraction")]


def _is_fraction(m: re.Match[str]) -> bool:
    """Whether "a third" is a part and not one more: a part is *of* something, or a change by it."""
    if m["bottom"].lower().startswith("hal") or m["top"].lower() not in ("a", "an"):
        return True
    if m.string.startswith(" of ", m.end()):
        return True
    before = m.string[max(0, m.start() - 8) : m.start()]
    if re.search(r"\b(?:by|than|nearly|almost)\s$", before, re.I):
        return True
    # "Access to a third dose", "talks about a third term": one more of what follows.
    following = re.match(r"\s([a-z]+)\b", m.string[m.end() : m.end() + 24])
    ordinal = following is not None and following[1] not in _table()["after_parts"] and not following[1].endswith("ed")
    return not ordinal and re.search(r"\b(?:about|to)\s$", before, re.I) is not None


def _half(m: re.Match[str]) -> list[Number]:
    if m["halfscale"]:
        scale = _table()["scales"][m["halfscale"].split()[-1].lower()]
        return [Number(start=m.start(), end=m.end(), value=_tidy(Fraction(scale, 2)), form="words", scale=scale)]
    return [Number(start=m.start(), end=m.end("half"), value=0.5, form="fraction")]


def _spelled(m: re.Match[str]) -> list[Number]:
    """Number words that belong together; words that do not ("four five") are numbers of their own."""
    table = _table()
    mixed = re.fullmatch(r"(.*) and a half(?: ([a-z]+))?", m["spelled"].lower())
    if mixed and (whole := _words_value(tuple(re.findall("[a-z]+", mixed[1])))) is not None:
        scale = table["scales"].get(mixed[2], 1)
        value = _tidy((Fraction(whole) + Fraction(1, 2)) * scale)
        return [Number(start=m.start(), end=m.end(), value=value, form="words", scale=scale)]
    pieces = list(re.finditer(r"[A-Za-z]+", m["spelled"]))
    found: list[Number] = []
    run: list[re.Match[str]] = []

    def close() -> None:
        while run and run[-1][0].lower() == "and":
            run.pop()
        value = _words_value(tuple(p[0].lower() for p in run)) if run else None
        if value is not None:
            scale = max((table["scales"].get(p[0].lower(), 1) for p in run), default=1)
            start, end = m.start() + run[0].start(), m.start() + run[-1].end()
            found.append(Number(start=start, end=end, value=value, form="words", scale=scale))
        run.clear()

    for piece in pieces:
        trial = tuple(p[0].lower() for p in [*run, piece])
        if run and piece[0].lower() != "and" and _words_value(trial) is None:
            close()
        run.append(piece)
    close()
    return found


@lru_cache(maxsize=4096)
def _words_value(words: tuple[str, ...]) -> float | int | None:
    scales = _table()["scales"]
    if words[0] in ("a", "an"):
        words = ("one", *words[1:])
    own = [i for i, word in enumerate(words) if word in ("dozen", "lakh", "lac", "crore")]
    if own:
        i = own[-1]
        head = _words_value(words[:i]) if i else 1
        rest = words[i + 1 :]
        tail: float | int | None = 0
        if rest:
            tail = _words_value(rest) if words[i] != "dozen" else None
        return None if head is None or tail is None else head * scales[words[i]] + tail
    try:
        return int(text2num(" ".join(words), "en"))
    except ValueError:
        return None
