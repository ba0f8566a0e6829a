"""Which reports are versions of one: the same address with another text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode, urlsplit

from variorum.gathering.keys import order_of
from variorum.gathering.words import tokens
from variorum.model import Report

_WORDS = 3000
_SAME = 0.05
"""Share of the runs of three words of the shorter text that the other has, from which both are one article."""
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
        chain = ordered[:1]
        for report in ordered[1:]:
            if not same_article(chain[-1], report):
                groups.append(chain)
                chain = []
            chain.append(report)
        groups.append(chain)
    return [chain for chain in groups if len({report.text for report in chain}) > 1]


def same_article(one: Report, other: Report) -> bool:
    """Whether two texts from one address have wording in common; the front page of a site has other news every day."""
    a, b = (_runs(report.text) for report in (one, other))
    return len(a & b) >= _SAME * min(len(a), len(b))


def _runs(text: str) -> set[tuple[str, ...]]:
    words = [word.lower() for word in tokens(text, _WORDS)]
    return set(zip(words, words[1:], words[2:], strict=False))


def time_of(report: Report) -> str | None:
    """When a version appeared: its last change, or else its publication."""
    return report.modified or (report.published.date if report.published else None)
