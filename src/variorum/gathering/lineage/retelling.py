"""Sentences of one report told again in another's words: the same content words, in whatever order.

Two reports of one event tell the same facts, so this alone never makes a derivation. Where one is held for other
reasons it shows how far it goes.
"""

from __future__ import annotations

from collections import defaultdict

from variorum.gathering.lineage.matching import Link
from variorum.gathering.lineage.prose import Prose

_SHARE = 0.5
_KEYS = 4
"""Share of a sentence's content words, by weight, and how many of them, that the other sentence must have."""
_MANY = 20


def retellings(a: Prose, b: Prose) -> tuple[list[Link], float]:
    """Sentences of two reports that tell the same, each at most once.

    Returns:
        The links, and the share of the sentences of the report with fewer of them that are linked.
    """
    if len(a.sentences) > len(b.sentences):
        turned, share = retellings(b, a)
        return [Link(link.b, link.a, link.similarity) for link in turned], share
    holders: defaultdict[int, list[int]] = defaultdict(list)
    contents = b.contents
    for number, content in enumerate(contents):
        for key in content:
            if len(holders[key]) < _MANY:
                holders[key].append(number)
    candidates: list[tuple[float, int, int]] = []
    for place, content in enumerate(a.contents):
        total = sum(content.values())
        shared: defaultdict[int, list[float]] = defaultdict(list)
        for key, weight in content.items():
            for number in holders.get(key, ()):
                shared[number].append(min(weight, contents[number][key]))
        candidates.extend(
            (sum(weights) / total, place, number)
            for number, weights in shared.items()
            if len(weights) >= _KEYS and sum(weights) >= _SHARE * total
        )
    links: list[Link] = []
    taken_a: set[int] = set()
    taken_b: set[int] = set()
    for part, place, number in sorted(candidates, key=lambda c: (-c[0], c[1], c[2])):
        if place not in taken_a and number not in taken_b:
            taken_a.add(place)
            taken_b.add(number)
            one, other = a.sentences[place], b.sentences[number]
            links.append(Link((one.start, one.stop - 1), (other.start, other.stop - 1), part))
    return links, len(links) / max(1, len(a.sentences))
