"""Ages: one person for whom reports give different ages. No figures of the event, but what a desk checks first."""

from __future__ import annotations

from collections.abc import Iterator

from variorum.collation.differences.draft import Collated, Draft, account
from variorum.collation.witness import Witness
from variorum.model import Extent, Figure

REACH = 25
"""Characters between an age and the name that it belongs to."""


def find(found: Collated) -> Iterator[Draft]:
    """One difference a person whose age is not the same in all reports."""
    ages: dict[str, dict[float, tuple[Witness, Figure]]] = {}
    for witness in found.witnesses:
        for figure in witness.reading.figures:
            if figure.kind != "age" or not figure.value or not witness.in_article(figure.extent):
                continue
            entry = _whose(witness, figure, found)
            if entry is not None:
                ages.setdefault(entry, {}).setdefault(float(figure.value), (witness, figure))
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
        gap = figure.start - mention.end if mention.end <= figure.start else mention.start - figure.end
        if gap >= 0:
            options.append((gap, mention.start, entry))
    return min(options)[2] if options else None
