"""Why a report was placed where it was, in plain words."""

from __future__ import annotations

from variorum.gathering.keys import story_text
from variorum.gathering.words import TOKEN, term
from variorum.model import Report

_NAMED = 4
_LOOKED_AT = 20_000


def reason(report: Report, shared: list[int], gap: int | None, wording: float) -> str:
    """What a report shares with its story.

    Args:
        report: the report that joined.
        shared: terms in common with the most alike report of the story, the most telling first.
        gap: days to that report, null where one of the two has no date.
        wording: share of wording in common with it.
    """
    names, figures, words = _sorted_out(report, shared)
    parts = []
    if wording >= 0.3:
        parts.append(f"about {round(100 * wording)} % of the wording")
    for label, found in (("names", names), ("figures", figures), ("words", words)):
        if found:
            parts.append(f"{label} {', '.join(found[:_NAMED])}")
    if gap is not None:
        parts.append("the day" if gap == 0 else f"the time ({gap} day{'s' if gap > 1 else ''} apart)")
    return f"shares {'; '.join(parts)}" if parts else "shares nothing but a ruling"


def _sorted_out(report: Report, shared: list[int]) -> tuple[list[str], list[str], list[str]]:
    """The shared terms as the report writes them: names, figures, other words."""
    title, body = story_text(report)
    wanted = set(shared)
    seen: dict[int, str] = {}
    lower: set[int] = set()
    for text in (body[:_LOOKED_AT], title):
        for match in TOKEN.finditer(text):
            key = term(match.group())
            if key in wanted:
                seen.setdefault(key, match.group())
                if match.group()[0].islower():
                    lower.add(key)
                    seen[key] = match.group()
    names: list[str] = []
    figures: list[str] = []
    words: list[str] = []
    for key in shared:
        token = seen.get(key)
        if token is None:
            continue
        (figures if token[0].isdigit() else words if key in lower else names).append(token)
    return names, figures, words
