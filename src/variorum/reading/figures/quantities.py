"""Quantities of a text: a number with its unit, or two that make a range; dates, times and codes left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from variorum.text.numbers import Number, find_numbers
from variorum.text.tables import load_toml
from variorum.text.units import Unit, currency_before, rate_after, unit_after

Value = float | int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number with the unit that stands beside it."""

    start: int
    end: int
    """Currency sign, number and unit together."""
    number: Number
    unit: Unit | None
    per: str | None = None
    """What a rate is counted per ("barrel")."""
    value: Value
    low: Value = None
    high: Value = None
    second: Number | None = None
    """The other end of a range."""
    hyphenated: bool = False
    """Joined by a hyphen to what follows ("50-mile", "five-year")."""
    side: str | None = None
    """Of a tally, what the number is of: votes for, votes against or abstentions."""

    @property
    def unit_name(self) -> str | None:
        """The unit with what it is counted per ("dollar per barrel")."""
        if self.unit is None:
            return None
        return f"{self.unit.name} per {self.per}" if self.per else self.unit.name


@cache
def _words(name: str) -> str:
    return "|".join(re.escape(word) for word in sorted(load_toml("en/figures.toml")[name], key=lambda w: (-len(w), w)))


@cache
def _clock_after() -> re.Pattern[str]:
    return re.compile(rf"(?::\d\d(?::\d\d)?)?\s?(?:{_words('clock')})(?!\w)|\s?:\s?\d\d(?!\d)|[×x]\d|\s/\s?\d")


@cache
def _month_before() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_words('months')})\.?(?:\s+the)?\s+(?:\d{{1,2}}(?:\s?[-–]\s?|\s+(?:to|and)\s+))?$")


@cache
def _month_after() -> re.Pattern[str]:
    return re.compile(rf"(?:\s?[-–]\s?\d{{1,2}}|\s(?:and|to)\s\d{{1,2}})?(?:\s|-)(?:of\s)?(?:{_words('months')})\b")


@cache
def _label_before() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_words('labels')})\.?\s?$")


@cache
def _change_before() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_words('changes')})(?:\s(?:a|another|about|around|some|nearly|almost|over))?\s?$", re.I)


@cache
def _change_from() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_words('changes')})(?:\s\w+)?\sfrom\s(?:about\s|around\s|some\s|nearly\s)?$", re.I)


@cache
def _votes_before() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:{_words('voting')})\b(?:(?!\b(?:ages?|aged|between|among|from)\b)[^.;:!?\d]){{0,40}}$", re.I
    )


DATE_SHAPE = re.compile(r"\d{1,4}(?:/\d{1,2}/\d{2,4}|-\d{2}-\d{2}\b)|\d{1,2}\.\d{1,2}\.(?:19|20)?\d\d\b")
YEAR_SPAN = re.compile(r"(?:1[5-9]|20)\d\d\s?[-–/]\s?(?:\d\d|(?:1[5-9]|20)\d\d)(?!\d)(?!,\d)")
SCORE = re.compile(r"(?<![\d.,$£€])\d{1,3}\s?[-–]\s?\d{1,3}(?:\s?[-–]\s?\d{1,3})?(?![\d%\w]|\s?%|,\d|\.\d)")
PLURAL_FOLLOWS = re.compile(r"\s(?:[a-z-]+\s){0,2}?(?:[a-z]{2,}s|people|men|women|children|police)\b")
IN_CODE = re.compile(r"[A-Za-z]\d*[-‑–]$|[#/@_]$|\d[:/]$")
PREFIXED = re.compile(r"\b(?:to|and|or|up|over|mid|near|under|non|pre|a|than|sub|now|then)[-–]$")
FROM = re.compile(r"\bfrom\s(?:about\s|around\s|some\s|nearly\s)?$", re.I)
DIGITS = re.compile(r"\d+")
SIDES = ("votes for", "votes against", "abstentions")
BETWEEN = re.compile(r"\bbetween\s(?:about\s|around\s|some\s)?$", re.I)


def find_quantities(text: str) -> list[Quantity]:
    """All quantities of a text, in order: ranges joined, dates, clock times, scores and codes left out."""
    spans = [m.span() for pattern in (DATE_SHAPE, YEAR_SPAN) for m in pattern.finditer(text)]
    scores = [m for m in SCORE.finditer(text) if not _is_range(text, m)]
    spans += [m.span() for m in scores]
    barred = frozenset(at for start, end in spans for at in range(start, end))
    votes = [m for m in scores if _votes_before().search(text, max(0, m.start() - 60), m.start())]
    single = [q for n in find_numbers(text) if (q := _quantity(text, n, barred)) is not None]
    found = _ranges(text, single)
    return sorted([*found, *_tallies(text, votes)], key=lambda q: (q.number.start, q.end)) if votes else found


def _tallies(text: str, votes: list[re.Match[str]]) -> list[Quantity]:
    """The numbers of tallies ("63-29", "63-29-2"): votes for, votes against, abstentions."""
    found: list[Quantity] = []
    for tally in votes:
        for number, side in zip(DIGITS.finditer(tally[0]), SIDES, strict=False):
            start, end = tally.start() + number.start(), tally.start() + number.end()
            told = Number(start=start, end=end, value=int(number[0]), form="digits")
            found.append(Quantity(start=start, end=end, number=told, unit=None, value=told.value, side=side))
    return found


def _is_range(text: str, match: re.Match[str]) -> bool:
    """Whether "10-15" counts something ("10-15 people") and is no score, vote or address."""
    ends = [int(digits) for digits in re.findall(r"\d+", match[0])]
    if len(ends) != 2 or ends[0] >= ends[1]:
        return False
    return unit_after(text, match.end()) is not None or PLURAL_FOLLOWS.match(text, match.end()) is not None


def _quantity(text: str, number: Number, barred: frozenset[int]) -> Quantity | None:
    money = currency_before(text, number.start)
    if money is None and number.start in barred:
        return None
    number = _settle_letter(text, number, money)
    gap = 3 if number.form == "vague" and text.startswith(" of ", number.end) else 0
    after = unit_after(text, number.end + gap, value=number.value or number.low, scale=number.scale)
    unit = money or after
    if money is not None and after is not None and after.kind == "amount" and after.code == money.code:
        end = after.end  # "US$40 USD"
    elif money is not None:
        end = number.end
    else:
        end = after.end if after else number.end
    if money is None and _is_other(text, number, after):
        return None
    unit = unit or _named_before(text, number)
    rate = rate_after(text, end) if unit is not None and unit.kind != "share" else None
    if rate is not None and unit is not None and unit.kind == "duration":
        rate = None
    return Quantity(
        start=money.start if money else number.start,
        end=rate[1] if rate else end,
        number=number,
        unit=unit,
        per=rate[0] if rate else None,
        value=number.value,
        low=number.low,
        high=number.high,
        hyphenated=text[number.end : number.end + 1] == "-" or text[end : end + 1] == "-",
    )


def _named_before(text: str, number: Number) -> Unit | None:
    """ "magnitude 6.1", "a magnitude-7 quake": the measure stands before its number."""
    match = re.search(r"\b(magnitude)[\s-](?:of\s)?$", text[max(0, number.start - 14) : number.start], re.IGNORECASE)
    if match is None:
        return None
    return Unit(name="magnitude", kind="measure", start=number.start, end=number.end)


def _settle_letter(text: str, number: Number, money: Unit | None) -> Number:
    """ "$37m" is money, "37m people" a count, "37m long" a length: the letter is a scale beside money or a noun."""
    if not number.letter or money is not None:
        return number
    at = number.end - len(number.letter)
    follows = re.match(r"\s(?P<noun>[a-z]{3,})", text[number.end : number.end + 40])
    if number.letter in ("k", "K", "M", "B") and not unit_after(text, at):
        return number
    if follows and follows["noun"].endswith(("s", "people", "men", "children")) and number.letter in ("m", "b", "t"):
        return number
    behind = unit_after(text, number.end, value=number.value, scale=number.scale)
    if behind is not None and behind.kind == "amount":
        return number
    value = number.value / number.scale if number.value is not None else None
    whole = int(value) if value is not None and float(value).is_integer() else value
    return replace(number, end=at, value=whole, scale=1, letter="")


def _is_other(text: str, number: Number, after: Unit | None) -> bool:
    """Whether bare digits are a date, a time, an ordinal, a label or a part of a code."""
    before = text[max(0, number.start - 24) : number.start]
    rest = text[number.end : number.end + 24]
    if number.form == "digits" and re.match(r"0\d", text[number.start : number.end]):
        return True
    if number.form != "digits":
        return number.form == "words" and bool(re.match(r"\s?o['’]clock", rest))
    if (before[-1:].isalpha() or IN_CODE.search(before)) and not PREFIXED.search(before):
        return True
    if rest[:1].isalpha() and after is None:
        return True
    if re.match(r"[-‑–][A-Z]\w*\b", rest):
        return True
    if _clock_after().match(rest) or re.search(r"\d\s?[:×x/]\s?$", before):
        return True
    may_be_day = number.scale == 1 and (after is None or after.kind == "duration")
    if may_be_day and (_month_before().search(before) or _month_after().match(rest)):
        return True
    if after is not None:
        return False
    return bool(_label_before().search(before)) or _is_year(text, number)


def _is_year(text: str, number: Number) -> bool:
    digits = text[number.start : number.end]
    if len(digits) != 4 or not digits.isdigit():
        return False
    if 1900 <= int(digits) <= 2100:
        return not _is_bounded(text, number)
    if not 1000 <= int(digits) < 2200:
        return False
    before = text[max(0, number.start - 12) : number.start]
    return bool(re.search(rf"\b(?:{_words('before_years')})\s$", before, re.I))


_BOUNDED = re.compile(r"\b(?:more than|at least|fewer than|less than|no fewer than|up to|some|nearly|almost)\s$", re.I)
_YEARS_GO_ON = re.compile(r"\s?(?:[,.;:)]|$|and\b|to\b|when\b|was\b|were\b)")


def _is_bounded(text: str, number: Number) -> bool:
    """Whether a number that may be a year is bounded as only a count is ("more than 1900 have lost their homes")."""
    bounded = _BOUNDED.search(text[max(0, number.start - 16) : number.start]) is not None
    return bounded and _YEARS_GO_ON.match(text, number.end) is None


def _ranges(text: str, single: list[Quantity]) -> list[Quantity]:
    found: list[Quantity] = []
    skip = False
    for one, two in pairwise([*single, None]):
        if skip or one is None:
            skip = False
            continue
        joined = _join(text, one, two) if two is not None else None
        found.append(joined or _with_unit_of(text, one, two))
        skip = joined is not None
    return found


def _with_unit_of(text: str, one: Quantity, two: Quantity | None) -> Quantity:
    """The first number of a change ("from 9 to 7 percent") with the unit that stands behind the second."""
    if two is None or one.unit is not None or two.unit is None or two.unit.start < two.number.start:
        return one
    if text[one.end : two.start] != " to " or not FROM.search(text[max(0, one.start - 16) : one.start]):
        return one
    return replace(one, unit=two.unit, per=two.per)


def _join(text: str, one: Quantity, two: Quantity) -> Quantity | None:
    """The range that two neighbours make ("10 to 15", "between 3 and 5 million", "$5-$6"), or None."""
    link = text[one.end : two.start]
    before = text[max(0, one.start - 40) : one.start]
    if len(link) > 12 or "vague" in (one.number.form, two.number.form):
        return None
    dash = re.fullmatch(r"-?\s?[-–—]\s?|\s?-?to-?\s?|\sup\sto\s", link) is not None and "to" not in link
    to = re.fullmatch(r"-?(?:\s|-)(?:up\s)?to(?:\s|-)(?:about\s|around\s|as many as\s)?", link) is not None
    both = link == " and " and BETWEEN.search(before) is not None
    either = link == " or " and one.number.value is not None and two.number.value == one.number.value + 1
    if not (dash or to or both or either) or one.value is None or two.value is None:
        return None
    if not _same_unit(one, two):
        return None
    falls = one.value > two.value and one.number.scale >= two.number.scale
    if to and (falls or _change_from().search(before)):
        return None  # "from 208 to 193", "rose from 45 to 60" tell a change
    if to and _change_before().search(before) and (one.unit is not None or not re.search(r"\bby\s?$", before, re.I)):
        return None
    value = one.value
    if one.number.scale == 1 and two.number.scale > 1 and abs(value) < two.value / two.number.scale:
        value = value * two.number.scale
    if dash and (value >= two.value or (two.unit is None and not _noun_follows(text, two.end))):
        return None
    if value == two.value:
        return None
    low, high = sorted((value, two.value))
    middle = (low + high) / 2
    return replace(
        two,
        start=one.start,
        unit=two.unit or one.unit,
        per=two.per or one.per,
        value=int(middle) if float(middle).is_integer() else middle,
        low=low,
        high=high,
        second=one.number,
    )


def _noun_follows(text: str, end: int) -> bool:
    return re.match(r"[\s-][a-z]{3,}", text[end : end + 6]) is not None


def _same_unit(one: Quantity, two: Quantity) -> bool:
    if one.unit is None or (two.unit is None and one.unit.start < one.number.start):
        return True
    return two.unit is not None and one.unit.name == two.unit.name
