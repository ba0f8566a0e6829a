"""Ballots: who voted for something by one report and against it by another ("Ana Reis, who voted in favour", "Reis voted
no")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from variorum.collation.differences.draft import Collated, Draft, account
from variorum.collation.witness import Witness
from variorum.model import Extent
from variorum.text.tables import load_toml

FEW = 6
"""Up to this many reports their votes are compared."""
REACH = 60
"""Characters after a name, within its clause, where the words stand that say how its bearer voted."""


@cache
def _pattern() -> re.Pattern[str]:
    table = load_toml("en/collation_words.toml")
    yes, no = (
        "|".join(
            re.escape(words) for words in sorted(table[side], key=lambda w: (-len(w), w)) if words.startswith("vot")
        )
        for side in ("voted_for", "voted_against")
    )
    return re.compile(rf"\b(?:who\s)?(?:(?P<yes>{yes})|(?P<no>{no}))\b", re.IGNORECASE)


_ANOTHER = re.compile(r"[;:.]|\b(?:but|while|whose|after)\b")
"""Marks and words beyond which somebody else may have voted."""


def find(found: Collated) -> Iterator[Draft]:
    """One difference for each actor who votes otherwise in two reports, each of which has him vote one way only."""
    if not 1 < len(found.witnesses) <= FEW:
        return
    votes: dict[str, dict[int, dict[bool, Extent]]] = {}
    for witness in found.witnesses:
        for entry, side, extent in _votes(witness, found):
            votes.setdefault(entry, {}).setdefault(witness.number, {}).setdefault(side, extent)
    for entry in sorted(votes, key=lambda entry: found.cast[entry].name):
        told = {n: next(iter(own.items())) for n, own in votes[entry].items() if len(own) == 1}
        if len({side for side, _ in told.values()}) < 2:
            continue
        name = found.cast[entry].name
        yield Draft(
            kind="label",
            entry=entry,
            label=f"vote of {name}",
            accounts=tuple(account(found.witnesses[n], extent) for n, (_, extent) in sorted(told.items())),
            weight=0.65,
            why=f"{name} votes for it in one report and against it in another",
        )


def _votes(witness: Witness, found: Collated) -> Iterator[tuple[str, bool, Extent]]:
    """The named actors of a report's story who are said to have voted for or against something, with the words for it."""
    pattern, text = _pattern(), witness.text
    for mention, actor in witness.mentions():
        entry = found.cast.id_of(witness, actor.name)
        if mention.form != "name" or entry is None or not witness.in_article(mention.extent):
            continue
        high = min(witness.sentence(mention.start).end, mention.end + REACH)
        match = pattern.search(text, mention.end, high)
        if match is None or _ANOTHER.search(text, mention.end, match.start()):
            continue
        between = witness.index.within(Extent(mention.end, match.start()))
        if not any(m.form == "name" for m, _ in between):
            yield entry, match["yes"] is not None, Extent(*match.span())
