"""Lineage as a picture: origins to the left, the reports that descend from each to the right, by day."""

from __future__ import annotations

from markupsafe import Markup

from variorum.views import labels
from variorum.views.edition import Edition
from variorum.views.inert import inert
from variorum.views.pictures.svg import picture, tag

WIDTH, ROW, GAP, TOP = 560, 26, 12, 14
ORIGIN_X, REPORT_X = 172, 244


def lineage_picture(edition: Edition) -> Markup | None:
    """Origins and reports; None where every report is its own origin."""
    known = {report: origin for origin in edition.record.lineage.origins for report in origin.reports}
    groups = edition.by_origin()
    if len(groups) == len(edition.readings):
        return None
    parts: list[Markup] = []
    at = float(TOP)
    for number, group in enumerate(groups, 1):
        origin = known.get(group[0])
        middle = at + ROW * (len(group) - 1) / 2
        name = inert(origin.credit) if origin and origin.credit else f"origin {number}"
        passages = labels.plural(len(origin.passages), "passage") if origin and origin.passages else ""
        parts.append(
            tag("text", labels.shortened(name, 22), class_="origin", x=ORIGIN_X - 12, y=middle + 4, text_anchor="end")
        )
        parts.append(tag("circle", class_="dot", cx=ORIGIN_X, cy=middle, r=4))
        for n, id in enumerate(group):
            level = at + n * ROW
            bend = (ORIGIN_X + REPORT_X) / 2
            path = f"M{ORIGIN_X + 4},{middle:.1f}C{bend},{middle:.1f} {bend},{level:.1f} {REPORT_X - 14},{level:.1f}"
            parts.append(tag("path", class_="branch", d=path, fill="none"))
            parts += _report(edition, id, level)
        if passages:
            parts.append(tag("text", passages, class_="tick", x=ORIGIN_X - 12, y=middle + 17, text_anchor="end"))
        at += ROW * len(group) + GAP
    return picture(WIDTH, at - GAP, "Which reports descend from which origin", parts, kind="lineage")


def _report(edition: Edition, id: str, level: float) -> list[Markup]:
    reading = edition.readings[id]
    name = labels.source(reading) or labels.shortened(labels.heading(reading), 40)
    years = {known.published.date[:4] for known in edition.record.reports if known.published}
    day = labels.day(reading.published.date, short=True, year=len(years) > 1) if reading.published else ""
    return [
        tag("text", edition.letter(id), class_="siglum", x=REPORT_X, y=level + 4, text_anchor="middle"),
        tag("text", labels.shortened(name, 34), class_="label", x=REPORT_X + 18, y=level + 4),
        tag("text", day, class_="tick", x=WIDTH, y=level + 4, text_anchor="end"),
    ]
