"""A journey drawn: its stops in order on a line, what is planned dashed, what only some reports tell marked."""

from __future__ import annotations

from markupsafe import Markup

from variorum.model import RecordJourney
from variorum.views import labels
from variorum.views.edition import Edition
from variorum.views.inert import inert
from variorum.views.pictures.svg import picture, tag

WIDTH, ROW, TOP = 560, 34, 18
AT = 20


def route_map(journey: RecordJourney, edition: Edition) -> Markup | None:
    """The stops of a journey, one under the other; None for fewer than two."""
    if len(journey.legs) < 2:
        return None
    parts: list[Markup] = []
    for n, leg in enumerate(journey.legs):
        y = TOP + n * ROW
        if n:
            kind = "leg planned" if leg.status == "planned" else "leg"
            parts.append(tag("line", class_=kind, x1=AT, x2=AT, y1=y - ROW + 5, y2=y - 5))
        parts.append(tag("circle", class_="dot open" if leg.status == "planned" else "dot", cx=AT, cy=y, r=4))
        parts.append(tag("text", inert(leg.place), class_="label", x=AT + 18, y=y + 4))
        notes = [labels.day(leg.date, short=True, year=False), "planned" if leg.status == "planned" else ""]
        note = ", ".join(part for part in notes if part)
        parts.append(
            tag("text", f"{note}  {edition.sigla(leg.reports)}", class_="tick", x=WIDTH, y=y + 4, text_anchor="end")
        )
    label = f"{edition.label(journey)}, stop by stop"
    return picture(WIDTH, TOP + (len(journey.legs) - 1) * ROW + 18, label, parts, kind="route")
