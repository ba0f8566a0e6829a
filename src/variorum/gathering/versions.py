"""Which reports are versions of one: the same address with another text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode, urlsplit

from variorum.gathering.keys import order_of
from variorum.model import Report

_TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "cmpid", "ocid")


def address(report: Report) -> str | None:
    """A report's address without what does not name the page: scheme, ``www.``, fragment, tracking parameters."""
    if not report.url:
        return None
    try:
        parts = urlsplit(report.url.strip())
    except ValueError:
        return None
    host = parts.netloc.lower().removeprefix("www.")
    if not host:
        return None
    query = urlencode([pair for pair in parse_qsl(parts.query) if not pair[0].lower().startswith(_TRACKING)])
    return f"{host}{parts.path.rstrip('/')}" + (f"?{query}" if query else "")


def versions(reports: Iterable[Report]) -> list[list[Report]]:
    """Reports with one address and different texts, each group in the order of time, then of content."""
    by_address: defaultdict[str, list[Report]] = defaultdict(list)
    for report in reports:
        place = address(report)
        if place is not None:
            by_address[place].append(report)
    groups = []
    for _, group in sorted(by_address.items()):
        ordered = sorted(group, key=lambda report: (time_of(report) or "", order_of(report)))
        if len({report.text for report in ordered}) > 1:
            groups.append(ordered)
    return groups


def time_of(report: Report) -> str | None:
    """When a version appeared: its last change, or else its publication."""
    return report.modified or (report.published.date if report.published else None)
