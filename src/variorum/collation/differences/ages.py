"""Ages: one person for whom reports give different ages. No figures of the event, but what a desk checks first."""

from __future__ import annotations

import re
from collections.abc import Iterator

from variorum.collation.differences.draft import Collated, Draft, account
from variorum.collation.witness import Witness
from variorum.model import Extent

_AFTER_NAME = re.compile(
    r"(?:,\s?(?:aged\s|age\s|who\sis\s|is\s)?|\s\(|,?\saged\s|\sis\s)(?P<age>1?\d\d)(?=[,.;)]|\sand\b|\syears\sold)"
)
"""An age after a name: "Anna Lind, 34," or "Anna Lind (34)"."""
_BEFORE_NAME = re.compile(r"\b(?P<age>1?\d\d)-year-old\s(?:[^\W\d_]+\s){0,3}$")
"""An age before a name: "the 34-year-old former teacher Anna Lind"."""
REACH = 60
"""Characters beside a name within which its age stands."""
OLDEST = 120


def find(found: Collated) -> Iterator[Draft]:
    """One difference a person whose age is not the same in all reports."""
    ages: dict[str, dict[int, tuple[Witness, Extent]]] = {}
    for witness in found.witnesses:
        own: dict[str, dict[int, Extent]] = {}
        for entry, age, extent in _told(witness, found):
            own.setdefault(entry, {}).setdefault(age, extent)
        for entry, given in own.items():
            # A report that gives one person two ages speaks of two people, or was misread.
            for told, place in given.items() if len(given) == 1 else ():
                ages.setdefault(entry, {}).setdefault(told, (witness, place))
    for entry, by_age in ages.items():
        accounts = [by_age[age] for age in sorted(by_age)]
        if len({witness.id for witness, _ in accounts}) < 2:
            continue
        name = found.cast[entry].name
        yield Draft(
            kind="number",
            entry=entry,
            label=f"age of {name}",
            accounts=tuple(account(witness, extent) for witness, extent in accounts),
            weight=0.6,
            why=f"{name} is given different ages",
        )


def _told(witness: Witness, found: Collated) -> Iterator[tuple[str, int, Extent]]:
    """The ages that a report gives right beside the names of persons, in its story and under its pictures."""
    for mention, actor in witness.mentions():
        if mention.form != "name" or actor.kind != "person" or not witness.is_read(mention.extent):
            continue
        entry = found.cast.id_of(witness, actor.name)
        if entry is None or not found.cast[entry].named:
            continue
        sentence = witness.sentence(mention.start)
        after = _AFTER_NAME.match(witness.text, mention.end, min(sentence.end + 1, mention.end + REACH))
        before = _BEFORE_NAME.search(witness.text, max(sentence.start, mention.start - REACH), mention.start)
        for match in (after, before):
            if match is not None and int(match["age"]) <= OLDEST:
                whole = match.end("age") + (len("-year-old") if match is before else 0)
                yield entry, int(match["age"]), Extent(match.start("age"), whole)
