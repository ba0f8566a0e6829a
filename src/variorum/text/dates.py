"""Dates in prose, resolved against the day of the report.

Press use is followed: a weekday or a day without a year is the nearest one at or before the report, unless the words
before it look ahead ("will meet on Tuesday"). What the text does not say is taken from the anchor alone, and ``basis``
says so; without an anchor it is not made up.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal, NamedTuple

from variorum.model import Extent
from variorum.text.tables import load_toml

Precision = Literal["day", "week", "month", "year"]
Basis = Literal["stated", "anchor", "relative"]

LOOK_BEHIND = 120
"""Characters before an expression in which its tense is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A point or stretch of time, as precise as the words that give it."""

    date: str
    """ISO date, as precise as the text: ``2023-11-07``, ``2023-10``, ``2023``. Of a week, its first day."""
    precision: Precision
    basis: Basis
    """``stated``: the text gives it whole. ``anchor``: the text gives day or month, the report's date the year or the
    week. ``relative``: counted from the report's date ("yesterday", "last month")."""
    end: str | None = None
    """ISO date of the last day (month, year) of a stretch."""

    @property
    def first(self) -> datetime.date:
        """The first day that it can mean."""
        return _first(self.date)

    @property
    def last(self) -> datetime.date:
        """The last day that it can mean."""
        return _last(self.end or self.date)


class Found(NamedTuple):
    """A date with the words that give it."""

    extent: Extent
    when: When


class Duration(NamedTuple):
    """A length of time in the text ("four-day", "two weeks of talks"), in days, with its ISO 8601 form."""

    extent: Extent
    iso: str
    days: float


def find_dates(text: str, anchor: date | None = None) -> list[Found]:
    """All dates in a text that can be resolved, in order, none inside another.

    Args:
        text: prose in English.
        anchor: the day of the report, if it is known. Without it only dates that the text gives whole are found.
    """
    found: list[Found] = []
    taken_to = -1
    for match in sorted(_matches(text), key=lambda m: (m[0].start(), -m[0].end(), m[1])):
        words, order = match
        if words.start() < taken_to:
            continue
        when = _RULES[order].make(words, anchor, _looks_ahead(text, words.start(), words.end()))
        if when is not None:
            found.append(Found(Extent(words.start(), words.end()), when))
            taken_to = words.end()
    return found


def resolve(expression: str, anchor: date | None = None, *, ahead: bool | None = None) -> When | None:
    """What one expression means ("Oct. 7", "on Tuesday", "last month"), or None where that is not established.

    Args:
        expression: the words, alone or with a preposition before them.
        anchor: the day of the report, if it is known.
        ahead: whether the context looks ahead of the report; None where the words alone must tell.
    """
    words = expression.strip()
    for lead in ("", "in "):
        padded = lead + words
        matches = sorted(_matches(padded), key=lambda m: (-(m[0].end() - m[0].start()), m[0].start(), m[1]))
        for match, order in matches:
            looks = _looks_ahead(padded, match.start(), match.end()) if ahead is None else ahead
            when = _RULES[order].make(match, anchor, looks)
            if when is not None:
                return when
    return None


def find_durations(text: str) -> list[Duration]:
    """All lengths of time in a text, in order: "four-day", "two weeks", "a 10-month war"."""
    found = []
    for match in _words().duration.finditer(text):
        count = _count(match["n"])
        unit = match["unit"].lower()
        if count is None:
            continue
        letter, days = {
            "hour": ("H", 1 / 24),
            "day": ("D", 1),
            "week": ("W", 7),
            "month": ("M", 30),
            "year": ("Y", 365),
        }[unit]
        iso = f"PT{count}H" if letter == "H" else f"P{count}{letter}"
        found.append(Duration(Extent(match.start(), match.end()), iso, count * days))
    return found


# ---- words ----------------------------------------


@dataclass(frozen=True)
class _Words:
    months: dict[str, int]
    weekdays: dict[str, int]
    numbers: dict[str, int]
    days: dict[str, int]
    future: re.Pattern[str]
    past: re.Pattern[str]
    parts: dict[str, str]
    duration: re.Pattern[str]


def _alternatives(words: list[str], *, upper: bool = True) -> str:
    """Words as one pattern, longest first, also in capitals; a full stop at a word's end may be missing."""
    forms = {form for word in words for form in ({word, word.upper()} if upper else {word})}
    return "|".join(
        re.escape(form[:-1]) + r"\b\.?" if form.endswith(".") else re.escape(form) + r"\b"
        for form in sorted(forms, key=lambda form: (-len(form), form))
    )


@cache
def _words() -> _Words:
    data = load_toml("en/dates.toml")
    months = {name.rstrip(".").lower(): int(k) for k, names in data["months"].items() for name in names}
    weekdays = {name.rstrip(".").lower(): int(k) for k, names in data["weekdays"].items() for name in names}
    every_number = "|".join(sorted(data["numbers"], key=lambda word: (-len(word), word)))
    # Abbreviated weekdays ("Sat", "Sun", "Mon") are words and names too: they count only beside a date.
    full_days = [n for names in data["weekdays"].values() for n in names if not n.endswith(".")]
    parts = {
        "month": _alternatives([n for names in data["months"].values() for n in names]),
        "full_month": _alternatives([n for names in data["months"].values() for n in names if not n.endswith(".")]),
        "any_weekday": _alternatives([n for names in data["weekdays"].values() for n in names]),
        "weekday": _alternatives(full_days),
        "n": rf"(?:\d{{1,3}}|{every_number})",
        "unit": r"(?:day|week|month|year)",
        "year": r"(?:1[5-9]\d\d|20\d\d)(?![,.]?\d|%)",
        "d": r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?!\d|[.,:]\d|%)",
        "day_words": "|".join(re.escape(w) for w in sorted(data["days"], key=lambda w: (-len(w), w))),
        "dash": r"\s?[-–—]\s?",
    }
    tense = data["tense"]
    return _Words(
        months=months,
        weekdays=weekdays,
        numbers=data["numbers"],
        days=data["days"],
        future=re.compile(r"\b(?:" + _alternatives(tense["future"], upper=False) + ")"),
        past=re.compile(r"\b(?:" + _alternatives(tense["past"], upper=False) + ")"),
        parts=parts,
        duration=re.compile(rf"(?i)\b(?P<n>{parts['n']})(?:-|\s)(?P<unit>hour|day|week|month|year)(?:s\b|-long\b|\b)"),
    )


def _count(word: str) -> int | None:
    return int(word) if word.isdigit() else _words().numbers.get(word.lower())


def _looks_ahead(text: str, start: int, end: int) -> bool:
    """Whether words of the same sentence place an expression after the report; the nearest word of tense decides."""
    before = text[max(0, start - LOOK_BEHIND) : start]
    before = re.split(r"[.!?][”’\"']?\s+(?=[A-Z“])|\n", before)[-1]
    words = _words()
    future = max((m.end() for m in words.future.finditer(before)), default=-1)
    past = max((m.end() for m in words.past.finditer(before)), default=-1)
    if future < 0 and past < 0 and len(before.strip()) < 4:
        # "On Tuesday, the ministers will meet …": the first word of tense after an opening date.
        after = re.split(r"[.!?]\s|\n", text[end : end + LOOK_BEHIND])[0]
        ahead = min((m.start() for m in words.future.finditer(after)), default=-1)
        behind = min((m.start() for m in words.past.finditer(after)), default=LOOK_BEHIND)
        return 0 <= ahead < behind
    return future > past


# ---- rules ----------------------------------------

Maker = Callable[[re.Match[str], "date | None", bool], "When | None"]


@dataclass(frozen=True)
class _Rule:
    pattern: str
    make: Maker


def _matches(text: str) -> list[tuple[re.Match[str], int]]:
    return [(match, order) for order, pattern in enumerate(_patterns()) for match in pattern.finditer(text)]


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    parts = _words().parts
    made = []
    for rule in _RULES:
        pattern = rule.pattern
        for key, value in parts.items():
            pattern = pattern.replace(f"<<{key}>>", f"(?:{value})")
        made.append(re.compile(pattern))
    return tuple(made)


def _month(word: str) -> int:
    return _words().months[word.rstrip(".").lower()]


def _day(word: str) -> int:
    return int(re.sub(r"\D", "", word))


def _iso(year: int, month: int, day: int | None = None) -> str | None:
    if day is None:
        return f"{year:04d}-{month:02d}"
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _full_date(match: re.Match[str], anchor: date | None, ahead: bool) -> When | None:
    """Day and month, with or without year, weekday or a second day."""
    part = match.groupdict()
    month = _month(part["month"])
    day, other = _day(part["day"]), part.get("to_day")
    other_month = _month(part["to_month"]) if part.get("to_month") else month
    if part.get("year"):
        year, basis = int(part["year"]), "stated"
    else:
        nearest = _nearest_year(month, day, anchor, ahead)
        if nearest is None:
            return None
        year, basis = nearest, "anchor"
    start = _iso(year, month, day)
    if start is None:
        return None
    end = _iso(year + (other_month < month), other_month, _day(other)) if other else None
    if other and end is None:
        return None
    return When(date=start, precision="day", basis=basis, end=end if end != start else None)  # type: ignore[arg-type]


def _nearest_year(month: int, day: int, anchor: date | None, ahead: bool) -> int | None:
    """The year that puts a day of the calendar at or before the report, or at or after it."""
    if anchor is None:
        return None
    if (month, day) == (anchor.month, anchor.day):
        return anchor.year
    if ahead:
        return anchor.year + ((month, day) < (anchor.month, anchor.day))
    later = (month, day) > (anchor.month, anchor.day)
    if later:
        # A day shortly after the report is the coming one even where no word says so ("the vote, on Nov. 5").
        coming = _iso(anchor.year, month, day)
        if coming and (date.fromisoformat(coming) - anchor).days <= 45:
            return anchor.year
    return anchor.year - later


def _month_of_year(match: re.Match[str], anchor: date | None, ahead: bool) -> When | None:
    month = _month(match["month"])
    if match["year"]:
        return When(date=f"{int(match['year']):04d}-{month:02d}", precision="month", basis="stated")
    if anchor is None:
        return None
    which = (match["which"] or "").lower()
    year = anchor.year
    if which == "last":
        year -= month >= anchor.month
    elif which == "next":
        year += month <= anchor.month
    elif ahead:
        year += month < anchor.month
    elif which != "this":
        year -= month > anchor.month
    return When(date=f"{year:04d}-{month:02d}", precision="month", basis="anchor")


def _year(match: re.Match[str], anchor: date | None, ahead: bool) -> When | None:
    to = match.groupdict().get("to")
    if to and len(to) == 2:
        to = match["year"][:2] + to
    end = to if to and to > match["year"] else None
    return When(date=match["year"], precision="year", basis="stated", end=end)


def _decade(match: re.Match[str], anchor: date | None, ahead: bool) -> When | None:
    year = match["year"]
    return When(date=year, precision="year", basis="stated", end=f"{int(year) + 9}")


def _numeric(match: re.Match[str], anchor: date | None, ahead: bool) -> When | None:
    """2023-11-07, 7.11.2023, and 13/11/2023 or 11/13/2023 where only one order is possible."""
    part = match.groupdict()
    year = int(part["year"])
    if part.get("iso_month"):
        made = _iso(year, int(part["iso_month"]), int(part["iso_day"]))
    else:
        a, b = int(part["a"]), int(part["b"])
        if part["mark"] == ".":
            made = _iso(year, b, a) if b <= 12 else None
        elif (a > 12) == (b > 12) and a != b:
            return None
        else:
            made = _iso(year, min(a, b), max(a, b)) if max(a, b) > 12 or a == b else None
    return When(date=made, precision="day", basis="stated") if made else None


def _weekday(match: re.Match[str], anchor: date | None, ahead: bool) -> When | None:
    if anchor is None:
        return None
    wanted = _words().weekdays[match["weekday"].lower()]
    which = (match["which"] or "").lower()
    back = (anchor.weekday() - wanted) % 7
    on = (wanted - anchor.weekday()) % 7
    monday = anchor - timedelta(days=anchor.weekday())
    if which == "last":
        day = anchor - timedelta(days=back or 7)
    elif which in ("next", "coming"):
        # "next Tuesday" said in the same week is mostly the coming one; on the day itself, the one a week on.
        day = anchor + timedelta(days=on or 7)
    elif which == "this":
        day = monday + timedelta(days=wanted)
    else:
        day = anchor + timedelta(days=on) if ahead else anchor - timedelta(days=back)
    return When(date=day.isoformat(), precision="day", basis="anchor")


def _day_word(match: re.Match[str], anchor: date | None, ahead: bool) -> When | None:
    if anchor is None:
        return None
    day = anchor + timedelta(days=_words().days[match["word"].lower()])
    return When(date=day.isoformat(), precision="day", basis="relative")


def _ago(match: re.Match[str], anchor: date | None, ahead: bool) -> When | None:
    count = _count(match["n"])
    if anchor is None or count is None:
        return None
    return _shifted(anchor, -count, match["unit"])


def _from_now(match: re.Match[str], anchor: date | None, ahead: bool) -> When | None:
    count = _count(match["n"])
    if anchor is None or count is None or not (ahead or match["later"]):
        return None
    return _shifted(anchor, count, match["unit"])


def _shifted(anchor: date, by: int, unit: str) -> When | None:
    unit = unit.lower().rstrip("s")
    try:
        if unit == "day":
            return When(date=(anchor + timedelta(days=by)).isoformat(), precision="day", basis="relative")
        if unit == "week":
            monday = anchor + timedelta(weeks=by) - timedelta(days=anchor.weekday())
            end = monday + timedelta(days=6)
            return When(date=monday.isoformat(), precision="week", basis="relative", end=end.isoformat())
        if unit == "month":
            months = anchor.year * 12 + anchor.month - 1 + by
            year, month = divmod(months, 12)
            return When(date=date(year, month + 1, 1).isoformat()[:7], precision="month", basis="relative")
        return When(date=f"{date(anchor.year + by, 1, 1).year:04d}", precision="year", basis="relative")
    except (ValueError, OverflowError):
        return None  # outside the calendar: "900 years ago" counts back past what a date can hold


def _calendar_unit(match: re.Match[str], anchor: date | None, ahead: bool) -> When | None:
    """Last, this, next week, month, year, weekend; with "later" or "earlier" the stretch that is meant."""
    if anchor is None:
        return None
    which, unit = match["which"].lower(), match["unit"].lower()
    by = {"last": -1, "previous": -1, "past": -1, "this": 0, "current": 0, "next": 1, "coming": 1}[which]
    if unit == "weekend":
        saturday = anchor + timedelta(days=(5 - anchor.weekday()) + 7 * by)
        if by == 0 and anchor.weekday() < 2 and not ahead:
            saturday -= timedelta(days=7)
        end = (saturday + timedelta(days=1)).isoformat()
        return When(date=saturday.isoformat(), precision="week", basis="relative", end=end)
    made = _shifted(anchor, by, unit)
    if made is None or by or unit != "week" or not match["part"]:
        return made
    if match["part"].lower() == "later":
        return When(date=anchor.isoformat(), precision="week", basis="relative", end=made.end)
    return When(date=made.date, precision="week", basis="relative", end=anchor.isoformat())


def _stretch(match: re.Match[str], anchor: date | None, ahead: bool) -> When | None:
    """The past two weeks: from then until the day of the report; the next two weeks: from the report on."""
    count = _count(match["n"])
    if anchor is None or count is None:
        return None
    forward = match["which"].lower() in ("next", "coming")
    unit = match["unit"].lower()
    other = _shifted(anchor, count if forward else -count, unit)
    if other is None:
        return None
    if unit == "week":
        weeks = timedelta(weeks=count)
        point = (anchor + weeks if forward else anchor - weeks).isoformat()
    else:
        point = other.date
    now = anchor.isoformat()[: len(point)]
    start, end = (now, point) if forward else (point, now)
    return When(date=start, precision=other.precision, basis="relative", end=end)


_DAYS_OF = r"(?P<day><<d>>)(?:(?:<<dash>>|\sto\s|\sand\s)(?P<to_day><<d>>))?"
_RULES: tuple[_Rule, ...] = (
    # Tuesday, Nov. 7, 2023; Nov. 7-8; October 30 – November 2, 2023
    _Rule(
        r"(?:\b<<any_weekday>>,?\s)?\b(?P<month><<month>>)\s?(?P<day><<d>>)(?:<<dash>>(?:(?P<to_month><<month>>)\s?)?(?P<to_day><<d>>))?"
        r"(?:,?\s(?P<year><<year>>))?",
        _full_date,
    ),
    # Tuesday 7 November 2023; the 7th of October; 7-8 November
    _Rule(
        rf"(?:\b<<any_weekday>>,?\s)?(?<![\d.,$€£])\b{_DAYS_OF}\s(?:of\s)?(?P<month><<month>>)(?:,?\s(?P<year><<year>>))?",
        _full_date,
    ),
    _Rule(
        r"\b(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his)\s)?(?P<month><<month>>),?\s(?:of\s)?(?P<year><<year>>)",
        _month_of_year,
    ),
    _Rule(
        r"(?:(?<=\b[Ii]n )|(?<=\b[Ss]ince )|(?<=\b[Uu]ntil )|(?<=\b[Bb]y )|(?<=\b[Ff]rom )"
        r"|(?<=\b[Dd]uring )|(?<=\b[Tt]hrough )|(?<=\b[Oo]f )|(?<=\b[Mm]id-)|(?<=\b[Ee]arly )|(?<=\b[Ll]ate )"
        r"|(?P<which>\b[Ll]ast|\b[Nn]ext|\b[Tt]his)\s)(?P<month><<full_month>>)(?!\s?\d)(?P<year>)",
        _month_of_year,
    ),
    _Rule(r"\b(?P<year>20\d\d|19\d\d)-(?P<iso_month>\d\d)-(?P<iso_day>\d\d)\b", _numeric),
    _Rule(r"(?<![\d./])(?P<a>\d{1,2})(?P<mark>[./])(?P<b>\d{1,2})(?P=mark)(?P<year>20\d\d|19\d\d)(?![\d/])", _numeric),
    _Rule(r"\b[Tt]he\s(?:early\s|late\s|mid-)?(?P<year>(?:1[5-9]|20)\d0)s\b", _decade),
    _Rule(
        r"(?:(?<=\b[Ii]n )|(?<=\b[Ss]ince )|(?<=\b[Uu]ntil )|(?<=\b[Bb]y )|(?<=\b[Ff]rom )|(?<=\b[Dd]uring )"
        r"|(?<=\b[Oo]f )|(?<=\b[Ee]arly )|(?<=\b[Ll]ate )|(?<=\b[Mm]id-)|(?<=\b[Bb]etween )|(?<=\b[Bb]efore )"
        r"|(?<=\b[Aa]fter )|(?<=\b[Tt]hroughout ))"
        r"(?P<year><<year>>)(?:(?:<<dash>>|\sto\s|\sand\s|/)(?P<to>(?:1[5-9]|20)?\d\d)\b)?(?!-\w)",
        _year,
    ),
    _Rule(r"\b(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his|[Cc]oming)\s)?(?P<weekday><<weekday>>)", _weekday),
    _Rule(r"(?i)\b(?P<word><<day_words>>)\b", _day_word),
    _Rule(r"(?i)\b(?P<n><<n>>)\s(?P<unit><<unit>>)s?\sago\b", _ago),
    _Rule(r"(?i)\b(?:in|within)\s(?P<n><<n>>)\s(?P<unit><<unit>>)s?(?P<later>['’]?\s(?:time|from\snow))?\b", _from_now),
    _Rule(
        r"(?i)\b(?:(?P<part>later|earlier|late|early)\s)?(?P<which>last|this|next|previous|current|coming|past)\s"
        r"(?P<unit>week|month|year|weekend)\b(?!\s?[-–]\s?(?:old|long))",
        _calendar_unit,
    ),
    _Rule(r"(?i)\b(?:the|in|over)\s(?P<which>past|last|next|coming)\s(?P<n><<n>>)\s(?P<unit><<unit>>)s?\b", _stretch),
)


def _first(iso: str) -> date:
    parts = [int(part) for part in iso.split("-")]
    return date(*[*parts, 1, 1][:3])


def _last(iso: str) -> date:
    parts = [int(part) for part in iso.split("-")]
    if len(parts) == 3:
        return date(*parts)
    if len(parts) == 1:
        return date(parts[0], 12, 31)
    following = date(parts[0] + parts[1] // 12, parts[1] % 12 + 1, 1) if parts[0] < 9999 else date(9999, 12, 31)
    return following - timedelta(days=1)
