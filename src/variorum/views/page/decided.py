"""What a person decided, in plain words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from variorum.model.ruling import Ruling, Words
from variorum.views import labels
from variorum.views.inert import inert

MOST_NAMED = 4
"""Reports that are named; of more, the others are counted."""
LONGEST = 160
"""Characters of a report's words that are quoted."""


def ruling_words(ruling: Ruling, name_of: Callable[[str], str]) -> str:
    """A ruling as a sentence.

    Args:
        ruling: what was decided.
        name_of: what to call a report, by its id.
    """
    names = labels.listed([f"“{inert(name)}”" for name in ruling.names])
    words = labels.quoted(labels.shortened(inert(ruling.words.text), LONGEST)) if ruling.words else "the words"
    where = f" ({_where(ruling.places, name_of)})" if ruling.places else ""
    reports = _named(ruling.reports, name_of)
    match ruling.kind:
        case "one-actor":
            return f"{names} are one actor."
        case "two-actors":
            return f"{names} are different actors."
        case "not-a-statement":
            return f"{words}{where} is no statement."
        case "speaker":
            return f"{inert(ruling.speaker or '')} said {words}{where}."
        case "same-story":
            return f"{labels.listed(reports)} tell one story."
        case "other-story":
            return f"{reports[0] if reports else 'A report'} tells another story than {labels.listed(reports[1:])}."
        case "one-origin":
            return f"{labels.listed(reports)} descend from one text."
        case "immaterial":
            difference = ruling.difference
            told = f"{difference.kind}, {inert(difference.label)}" if difference else "unknown"
            return f"The difference does not matter: {told}."


def _named(reports: Sequence[str], name_of: Callable[[str], str]) -> list[str]:
    named = [name_of(report) for report in reports[:MOST_NAMED]]
    if len(reports) > MOST_NAMED:
        named.append(labels.plural(len(reports) - MOST_NAMED, "further report"))
    return named


def _where(places: Sequence[Words], name_of: Callable[[str], str]) -> str:
    return labels.listed(_named(list(dict.fromkeys(place.report for place in places)), name_of))
