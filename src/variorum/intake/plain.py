"""Plain text, as pasted from a page or taken from a file, to a ``Report`` with typed blocks."""

from __future__ import annotations

import re

from variorum.model import Block, Published, Report


def report_from_text(
    text: str,
    *,
    id: str,
    title: str | None = None,
    outlet: str | None = None,
    published: str | None = None,
    url: str | None = None,
    location: str | None = None,
    notes: tuple[str, ...] = (),
) -> Report:
    """One report from plain text.

    Args:
        text: kept exactly as it is; all offsets count its code points.
        id: the id of the report.
        title, outlet, published, url: metadata that came with the text; ``published`` is an ISO date or date and time.
        location: the input as the user named it.
        notes: what a reader should know about how the text was taken in.
    """
    blocks = tuple(Block(kind="body", start=m.start(), end=m.end()) for m in re.finditer(r"\S(?:[^\n]*\S)?", text))
    return Report(
        id=id,
        text=text,
        blocks=blocks,
        title=title,
        outlet=outlet,
        published=Published(date=published, basis="metadata") if published else None,
        url=url,
        location=location,
        notes=notes,
    )
