"""Lines that say when a report was published, changed or taken, at most with the place or the outlet beside it."""

from __future__ import annotations

import re
from functools import cache

from variorum.intake.agencies import known_agency
from variorum.intake.bylines import is_outlet
from variorum.intake.datelines import is_known_place
from variorum.text.tables import load_toml

_WORD = re.compile(r"[^\W_]+(?:[’'.&-][^\W_]+)*")
_FULL_TIME = re.compile(
    r"(?:(?:first |last |originally )?(?:published|updated|posted|modified|created|date|issued|as of|on|at|"
    r"last update|publish date|publication date|released)(?: on| at| date| time)?\b ?[:|–-]? ?)?"
    r"(?:(?:mon|tues?|wednes|wed|thurs?|fri|satur|sat|sun)(?:day)?,? ?)?"
    r"(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}(?:st|nd|rd|th)?,? ?(?:(?:19|"
    r"20)\d\d)?|\d{1,2}(?:st|nd|rd|th)? ?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|"
    r"dec)[a-z]*\.?,? ?(?:(?:19|20)\d\d)?|\d{1,4}[./-]\d{1,2}[./-]\d{2,4})"
    r"(?:[ ,t|•·@–-]*(?:at )?\d{1,2}[:.h]\d\d(?:[:.]\d\d)?(?:\.\d+)? ?(?:[ap]\.?m\.?)?)?[ ,|•·-]*(?:\(?(?:gmt|"
    r"utc|est|edt|et|cet|cest|bst|ist|pst|pdt|pt|ct|cst|cdt|jst|kst|sgt|hkt|aest|aedt|wat|cat|eat|pkt|z|"
    r"local time)(?: ?[+-] ?\d[\d:.]*)?\)?)?"
    r"(?:[ ,|•·–/-]*(?:(?:last )?(?:updated|modified|published|posted|first published)\b.{0,60}|"
    r"\d+ ?min(?:ute)?s? read.{0,10}|[+-]\d\d:?\d\d))?",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d ?(?:[ap]\.?m\.?)? ?(?:gmt|utc|est|edt|et|cet|bst|ist|pst)?", re.IGNORECASE)
_TIME_OF_DAY = re.compile(r"(?<![\d.:])\d{1,2}:[0-5]\d(?![\d.])|(?<![\d.:-])\d{1,2}\.[0-5]\d(?= ?[a-zA-Z])")
_STAMP_TOKEN = re.compile(r"\d+(?:st|nd|rd|th)?(?=[\W_]|$)|\d+|[^\W\d_]+(?:[.’][^\W\d_]+)*")
_NUMERIC_DATE = re.compile(r"(?<!\d)\d{1,4}([./-])\d{1,2}\1\d{2,4}(?!\d)")


def is_time(bare: str) -> bool:
    """Whether a line is a date as pages write it, with or without its time of day, or a time of day."""
    return _FULL_TIME.fullmatch(bare) is not None or _CLOCK.fullmatch(bare) is not None


@cache
def _stamp_words() -> tuple[frozenset[str], frozenset[str]]:
    data = load_toml("en/furniture.toml")
    months = frozenset(data["stamps"]["months"])
    return months | frozenset(data["byline"]["calendar"]) | frozenset(data["stamps"]["words"]), months


_WHERE = re.compile(r" ?\(([A-Z][^()\d]{2,30}?)(?: time)?\)")
"""Whose clock it is: "11:20 am (Lisbon)", "9.30pm (Nairobi time)"."""


def is_timestamp(words: str, count: int) -> bool:
    """Whether a line holds a date or a time of day and nothing but words of these, at most with the outlet behind them."""
    if count > 24 or not any(c.isdigit() for c in words):
        return False
    known, months = _stamp_words()
    words = _WHERE.sub(lambda where: "" if is_known_place(where[1]) else where[0], words)
    main, sign, last = words.rstrip(" |/").rpartition(" / " if " / " in words else " | ")
    if sign and (is_outlet(last.strip()) or known_agency(last)):
        words = main
    tokens = [token.lower() for token in _STAMP_TOKEN.findall(words)]
    if not all(token[0].isdigit() or token in known for token in tokens):
        return False
    if "ago" in tokens or any(token in months for token in tokens):
        return True
    return bool(_NUMERIC_DATE.search(words) or _TIME_OF_DAY.search(words))


_STAMP_JOINT = re.compile(r"\s*[|•·●]\s*|\s+[/–—-]\s+|: (?=\d)|(?<=[a-z]), (?=[A-Z][a-z]+ \d)")


def is_placed_stamp(words: str) -> bool:
    """Whether a line is a stamp with the place or the outlet that it was given at.

    "Accra | Updated: May 4, 2024 10:15 IST", "Nairobi: 12 Mar 2025, 11:40 PM", "Reuters · Posted: Mar 3, 2025 9:12 AM EDT".
    """
    if not any(c.isdigit() for c in words):
        return False
    parts = [part for part in _STAMP_JOINT.split(words.strip(" |•·●/")) if part]
    if len(parts) < 2:
        return False
    stamped = [bool(_FULL_TIME.fullmatch(p)) or is_timestamp(p, len(_WORD.findall(p))) for p in parts]
    return any(stamped) and all(
        is_stamp or _is_stamp_word(p) or is_known_place(p) or is_outlet(p) or known_agency(p) is not None
        for p, is_stamp in zip(parts, stamped, strict=True)
    )


def _is_stamp_word(words: str) -> bool:
    return all(token in _stamp_words()[0] for token in words.lower().strip(" :").split())
