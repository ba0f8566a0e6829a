"""Units of measure and currencies beside a number: "$", "km/h", "US$ per barrel", "Danish crowns"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from babel import Locale

from variorum.text.tables import load_toml

UnitKind = Literal["amount", "share", "duration", "measure", "age"]
LONGEST_CURRENCY_SIGN = 8
"""Characters before a number in which a currency sign is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit beside a number."""

    name: str
    """Singular English name ("dollar per barrel", "percentage", "kilometre per hour")."""
    kind: UnitKind
    start: int
    end: int
    code: str | None = None
    """ISO 4217 code of an amount of money, where the words settle it."""


@cache
def _data() -> dict[str, Any]:
    return load_toml("en/units.toml")


@cache
def _currencies() -> dict[str, str]:
    """ISO 4217 code → name in the press, lower case."""
    own: dict[str, str] = _data()["currency"]["names"]
    named = {str(code): str(name).lower() for code, name in Locale("en").currencies.items()}
    return {**named, **own}


@cache
def _kinds() -> dict[str, UnitKind]:
    return {name: kind for kind, names in _data()["kinds"].items() for name in names}


def _kind(name: str) -> UnitKind:
    return _kinds().get(name, "measure")


@cache
def _words() -> dict[str, str]:
    """Spelled unit, lower case, plurals included → name."""
    found: dict[str, str] = {}
    for unit in _data()["unit"]:
        for word in unit.get("words", ()):
            found.setdefault(word, unit["name"])
            if unit.get("plural", True):
                found.setdefault(word + "s", unit["name"])
    return found


@cache
def _symbols() -> tuple[dict[str, str], dict[str, str]]:
    """Symbols that may stand after a space, and those that may not."""
    loose = {symbol: unit["name"] for unit in _data()["unit"] for symbol in unit.get("symbols", ())}
    tight = {symbol: unit["name"] for unit in _data()["unit"] for symbol in unit.get("tight", ())}
    return loose, tight


@cache
def _money_words() -> dict[str, tuple[str, str | None]]:
    """Spelled currency, lower case, plurals included → unit name and code."""
    found: dict[str, tuple[str, str | None]] = {}
    currency = _data()["currency"]
    for word in (*currency["words"]["units"], "pound"):
        for form in (word, word + "s"):
            found[form] = (word, None)
    for word in currency["words"]["cents"]:
        if len(word) > 1:
            found[word] = found[word + "s"] = (word, None)
    found |= {"pounds sterling": ("pound sterling", "GBP"), "pound sterling": ("pound sterling", "GBP")}
    for spelled, code in currency["spelled"].items():
        found[spelled] = found[spelled + "s"] = (_currencies()[code], code)
    for code, name in sorted(_currencies().items()):
        if " " in name and "(" not in name:
            for form in (name, name + "s"):
                found.setdefault(form, (name, code))
    return found


def _either(words: Any) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


@cache
def _before() -> re.Pattern[str]:
    data = _data()["currency"]
    codes = set(_currencies()) - set(data["codes"]["not"])
    signs = set(data["symbols"]) | codes
    return re.compile(rf"(?:(?<![A-Za-z$])|(?<=[a-z])(?=[$£€]))({_either(signs)})\s?$")


@cache
def _after() -> re.Pattern[str]:
    data = _data()["currency"]
    loose, tight = _symbols()
    codes = set(_currencies()) - set(data["codes"]["not"])
    signs = {s for s in data["symbols"] if s not in ("PS", "Sh", "Fr", "LE", "Ft", "Rs", "R", "RM")}
    demonym = r"(?:[A-Z][a-z]+\s(?:new\s)?)?"
    return re.compile(
        rf"""
        (?P<tight>{_either(tight)})(?!\w)
      | (?P<gap1>\s)(?P<apart>[CFWV](?![\w.'’/])|(?:{_either(tight)})(?=/[a-zA-Z]))
      | (?P<gap>\s?-?\s?)(?:
          (?P<loose>{_either(loose)})(?![\w²³])
        | (?P<sign>{_either(signs | codes)})(?!\w)
        | (?P<cents>[cp¢])(?!\w)
        | (?P<word>(?i:{_either(_words())}))(?!\w)
        | (?P<money>(?i:{_either(_money_words())}))(?!\w)
        | (?P<nation>{demonym})(?P<plain>(?i:{_either(w for w in _money_words() if " " not in w)}))(?!\w)
        )
        """,
        re.VERBOSE,
    )


@cache
def _rate() -> re.Pattern[str]:
    loose, tight = _symbols()
    return re.compile(
        rf"""
        (?:\s(?:US|U\.S\.))?(?P<way>\s?/\s?|\s+per\s+|\s+an?\s+|-an?-|-per-)
        (?:(?P<word>(?i:{_either(_words())}))|(?P<symbol>{_either({**loose, **tight})})|(?P<noun>[a-z]+))
        (?!\w)(?!\s(?:earlier|ago|later|before|on\syear)\b)
        """,
        re.VERBOSE,
    )


RATED = frozenset({"day", "week", "month", "year", "hour", "minute", "second", "head", "person", "share", "capita"})


def currency_before(text: str, start: int) -> Unit | None:
    """The currency sign or code that ends right before a number ("US$", "€ ", "USD")."""
    window_start = max(0, start - LONGEST_CURRENCY_SIGN)
    match = _before().search(text[window_start:start])
    if match is None:
        return None
    code = _data()["currency"]["symbols"].get(match[1], match[1])
    return Unit(
        name=_currencies().get(code, code.lower()),
        kind="amount",
        start=window_start + match.start(1),
        end=window_start + match.end(1),
        code=code,
    )


def unit_after(text: str, end: int, *, value: float | None = None, scale: float = 1) -> Unit | None:
    """The unit that follows a number directly, with or without a space or hyphen.

    Args:
        text: the text.
        end: where the number ends.
        value: the number; some words are money only in large numbers.
        scale: what its scale word multiplies by; "2 million pounds" are money, "200 pounds" a weight.
    """
    match = _after().match(text, end)
    if match is None:
        return None
    return _after_unit(match, value, scale)


def _after_unit(m: re.Match[str], value: float | None, scale: float) -> Unit | None:
    loose, tight = _symbols()
    currency = _data()["currency"]
    start = m.start() + len(m["gap"] or m["gap1"] or "")

    def unit(name: str, kind: UnitKind, code: str | None = None) -> Unit:
        return Unit(name=name, kind=kind, start=start, end=m.end(), code=code)

    if symbol := m["tight"] or m["apart"]:
        return unit(tight[symbol], _kind(tight[symbol]))
    if m["loose"]:
        return unit(loose[m["loose"]], _kind(loose[m["loose"]]))
    if m["sign"]:
        code = currency["symbols"].get(m["sign"], m["sign"])
        return unit(_currencies().get(code, code.lower()), "amount", code)
    if m["cents"]:
        return None if m["gap"] else unit({"p": "penny", "c": "cent", "¢": "cent"}[m["cents"]], "amount")
    if m["word"]:
        name = _words()[m["word"].lower()]
        if name == "pound-mass" and scale >= 1_000_000:
            return unit("pound sterling", "amount")
        return unit(name, _kind(name))
    if m["money"]:
        plain, known = _money_words()[m["money"].lower()]
    else:
        plain, known = _money_words()[m["plain"].lower()]
        plain = f"{m['nation'].strip().lower()} {plain}"
    if plain in currency["words"]["large"] and (value is None or value < 100):
        return None
    return unit(plain, "amount", known)


def rate_after(text: str, end: int) -> tuple[str, int] | None:
    """What a unit is counted per: (name, end of the words) for " per barrel", "/cm2", " a month" behind ``end``."""
    match = _rate().match(text, end)
    if match is None:
        return None
    way = match["way"].strip().strip("-")
    if match["word"]:
        name = _words()[match["word"].lower()]
    elif match["symbol"]:
        loose, tight = _symbols()
        name = {**loose, **tight}[match["symbol"]]
        if way in ("a", "an"):
            return None
    elif way == "per":
        name = match["noun"]
    else:
        return None
    if way in ("a", "an") and name not in {*_words().values()}:
        return None
    return name, match.end()
