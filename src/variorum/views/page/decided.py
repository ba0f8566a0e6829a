"""What a person decided, in plain words."""

from __future__ import annotations

from collections.abc import Callable

from variorum.model.ruling import Ruling
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
    where = f" ({name_of(ruling.words.report)})" if ruling.words else ""
    reports = [name_of(report) for report in ruling.reports[:MOST_NAMED]]
    if len(ruling.reports) > MOST_NAMED:
        reports.append(labels.plural(len(ruling.reports) - MOST_NAMED, "further report"))
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
