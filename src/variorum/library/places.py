"""Where a report comes from: by that, the same report is known again and a changed one is a version of what is there."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from variorum import gathering, intake
from variorum.model import Reading, Report


def place_of(report: Report) -> str | None:
    """What names a report's place: its address, else the id that its outlet gave it; null where it has neither.

    An id made of the text alone names no place: another text has another id.
    """
    address = gathering.address(report)
    if address is not None:
        return address
    if report.id == intake.content_id(report.text):
        return None
    return f"id {report.outlet or ''}\n{report.id}"


def digest_of(report: Report) -> str:
    """By what the same report is known when it comes again: its text, its outlet and its place."""
    parts = (report.text, report.outlet or "", place_of(report) or "")
    hashed = hashlib.blake2b(digest_size=16)
    for part in parts:
        hashed.update(part.encode("utf-8", "surrogatepass") + b"\0")
    return hashed.hexdigest()


def under_id(report: Report, digest: str) -> Report:
    """A report whose id is another one's, under an id of its own."""
    return replace(report, id=f"{report.id}-{digest[:6]}")


def latest(readings: Sequence[tuple[Reading, str | None]]) -> tuple[list[Reading], dict[str, str]]:
    """Of each report the latest version.

    Args:
        readings: in the order in which they were added, each with its address; those of one address are versions.

    Returns:
        The latest versions, and for each earlier one's id that of the latest.
    """
    kept: dict[str, Reading] = {}
    earlier: dict[str, list[str]] = {}
    for reading, address in readings:
        key = address or f"\0{reading.id}"
        if key in kept:
            earlier.setdefault(key, []).append(kept.pop(key).id)
        kept[key] = reading
    return list(kept.values()), {id: kept[key].id for key, ids in earlier.items() for id in ids}
