"""Ages: one person for whom reports give different ages. No figures of the event, but what a desk checks first."""

from __future__ import annotations

import re
from collections.abc import Iterator

from variorum.collation.differences.draft import Collated, Draft, account
from variorum.collation.witness import Witness
from variorum.model import Extent, Figure

REACH = 25
"""Characters between an age and the name that it belongs to."""


_APPOSED = re.compile(r"\s*[,(—–-]?\s*(?:(?:is|was|aged|a|an|the)\s+)*")
"""What may stand between a name and the age that follows it."""


def find(found: Collated) -> Iterator[Draft]:
    """One difference a person whose age is not the same in all reports."""
    ages: dict[str, dict[float, tuple[Witness, Figure]]] = {}
    for witness in found.witnesses:
        own: dict[str, dict[float, tuple[Witness, Figure]]] = {}
        for figure in witness.reading.figures:
            if figure.kind != "age" or not figure.value or not witness.in_article(figure.extent):
                continue
            entry = _whose(witness, figure, found)
            if entry is not None:
                own.setdefault(entry, {}).setdefault(float(figure.value), (witness, figure))
        for entry, given in own.items():
            # A report that gives one person two ages speaks of two people, or was misread.
            for age, place in given.items() if len(given) == 1 else ():
                ages.setdefault(entry, {}).setdefault(age, place)
    for entry, told in ages.items():
        accounts = [told[age] for age in sorted(told)]
        if len({witness.id for witness, _ in accounts}) < 2:
            continue
        name = found.cast[entry].name
        yield Draft(
            kind="number",
            entry=entry,
            label=f"age of {name}",
            accounts=tuple(account(witness, figure.extent) for witness, figure in accounts),
            weight=0.6,
            why=f"{name} is given different ages",
        )


def _whose(witness: Witness, figure: Figure, found: Collated) -> str | None:
    """The named person right beside an age: before it ("Anna Lind, 34,") or, for "the 34-year-old", after it."""
    sentence = witness.sentence(figure.start)
    near = Extent(max(sentence.start, figure.start - REACH), min(sentence.end, figure.end + REACH))
    options = []
    for mention, actor in witness.index.within(near):
        entry = found.cast.id_of(witness, actor.name)
        if entry is None or mention.form != "name" or found.cast[entry].kind != "person" or not found.cast[entry].named:
            continue
        before = witness.text[mention.end : figure.start] if mention.end <= figure.start else None
        after = witness.text[figure.end : mention.start] if mention.start >= figure.end else None
        if (before is not None and _APPOSED.fullmatch(before)) or (after is not None and not after.strip()):
            options.append((abs(mention.start - figure.start), mention.start, entry))
    return min(options)[2] if options else None
