"""The bound that words put on a number: "more than", "nearly", "as many as", "or more"."""

from __future__ import annotations

import re
from functools import cache

from variorum.model.reading import Bound
from variorum.reading.figures.quantities import Quantity
from variorum.text.tables import load_toml

LOOK_BEHIND = 40


@cache
def _before() -> tuple[re.Pattern[str], dict[str, Bound]]:
    table: dict[str, Bound] = {
        word: bound for bound, words in load_toml("en/figures.toml")["bounds"].items() for word in words
    }
    either = "|".join(re.escape(word) for word in sorted(table, key=lambda w: (-len(w), w)))
    return re.compile(
        rf"(?<!\w)(?P<bound>{either})(?P<gap>\s?)(?P<article>(?:the|a|an|another|its)\s)?$", re.IGNORECASE
    ), table


@cache
def _behind() -> tuple[re.Pattern[str], dict[str, Bound]]:
    table: dict[str, Bound] = {
        word: bound for bound, words in load_toml("en/figures.toml")["bounds_behind"].items() for word in words
    }
    either = "|".join(re.escape(word) for word in sorted(table, key=lambda w: (-len(w), w)))
    return re.compile(rf"\+|\s(?P<bound>{either})(?!\w)", re.IGNORECASE), table


def end_of_bound_behind(text: str, end: int) -> int:
    """Where bound words right behind a number end ("60 or more" workers); ``end`` itself where there are none."""
    match = _behind()[0].match(text, end)
    return match.end() if match is not None else end


def find_bound(text: str, quantity: Quantity, start: int, end: int) -> tuple[Bound, int, int]:
    """The bound of a quantity, and the extent of the whole expression with it.

    Args:
        text: the paragraph.
        quantity: the number with its unit.
        start, end: number, unit and what is counted.
    """
    start, end = min(quantity.start, start), max(quantity.end, end)
    bound: Bound = "about" if quantity.number.form == "vague" else "exactly"
    pattern, table = _before()
    at = quantity.start
    for _ in range(2):  # "just over 300": the word nearest to the number decides, the rest belongs to the expression
        window = max(0, at - LOOK_BEHIND)
        match = pattern.search(text[window:at])
        if match is None:
            break
        word = match["bound"].lower()
        if match["gap"] == "" and word[-1].isalpha():
            break
        if match["article"] and word == "passed":
            break  # "passed a $40 million bill"
        if at == quantity.start:
            bound = _nearest(table[word], bound)
        at = window + match.start()
    start = min(start, at)
    behind, after = _behind()
    for place in (quantity.end, end):
        match = behind.match(text, place)
        if match is not None:
            bound = after[match["bound"].lower()] if match["bound"] else "more than"
            end = max(end, match.end())
            break
    return bound, start, end


def _nearest(found: Bound, default: Bound) -> Bound:
    return default if found == "exactly" else found
