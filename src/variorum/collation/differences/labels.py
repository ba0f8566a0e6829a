"""Labels: reports that name one thing from different sides, in their own words and not in anyone's quotation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from variorum.collation.differences.draft import Collated, Draft, account
from variorum.collation.witness import LONGEST, Witness
from variorum.model import Extent
from variorum.text.tables import load_toml

FEW = 4
"""Up to this many reports of a story, rival labels are taken to be of one thing."""


@cache
def _families() -> tuple[tuple[str, re.Pattern[str], dict[str, int]], ...]:
    made = []
    for family in load_toml("en/loaded_labels.toml")["family"]:
        forms = {form.casefold(): n for n, label in enumerate(family["labels"]) for form in label}
        longest_first = sorted(forms, key=lambda form: (-len(form), form))
        pattern = re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, longest_first)) + r")(?![\w-])", re.IGNORECASE)
        made.append((family["name"], pattern, forms))
    return tuple(made)


def find(found: Collated) -> Iterator[Draft]:
    """One difference a family of labels, between reports that hold to different ones."""
    told_by = [own_words(witness) for witness in found.witnesses]
    for name, pattern, forms in _families():
        uses: list[tuple[Witness, dict[int, list[Extent]]]] = []
        for witness, stretches in zip(found.witnesses, told_by, strict=True):
            labels: dict[int, list[Extent]] = {}
            for start, end in stretches:
                for match in pattern.finditer(witness.text, start, end):
                    if _part_of_compound(witness, match.start()) or _part_of_name(witness, match):
                        continue
                    labels.setdefault(forms[match.group().casefold()], []).append(Extent(*match.span()))
            if labels:
                uses.append((witness, labels))
        yield from _rivals(name, uses, found)


_BEFORE = re.compile(r"([\w-]+)[ -]$")


@cache
def _compounds() -> frozenset[str]:
    return frozenset(load_toml("en/loaded_labels.toml")["compounds"])


def _part_of_compound(witness: Witness, position: int) -> bool:
    """Whether a label is the end of a set phrase for something else ("trade war")."""
    before = _BEFORE.search(witness.text, max(0, position - 20), position)
    return before is not None and before.group(1).casefold() in _compounds()


def _part_of_name(witness: Witness, match: re.Match[str]) -> bool:
    """Whether a label is a word of a proper name ("the Iraq *War*", "*Rebel* Media")."""
    if not match.group()[0].isupper():
        return False
    before = witness.text[max(0, match.start() - 30) : match.start()].split()
    after = witness.text[match.end() : match.end() + 30].split()
    return any(word[:1].isupper() for word in (*before[-1:], *after[:1]))


def own_words(witness: Witness) -> list[tuple[int, int]]:
    """The stretches of a report's story outside quotation marks."""
    stretches = []
    for block in witness.reading.blocks:
        if not witness.in_article(block.extent):
            continue
        at = block.start
        for mark in witness.quotations(block):
            stretches.append((at, mark.start))
            at = mark.end
        stretches.append((at, min(block.end, block.start + LONGEST)))
    return [(start, end) for start, end in stretches if start < end]


def _rivals(name: str, uses: list[tuple[Witness, dict[int, list[Extent]]]], found: Collated) -> Iterator[Draft]:
    """Reports that share no label of the family. One that varies its words ("rebels", "insurgents") stands with the label
    that it uses most."""
    ranked = sorted(uses, key=lambda use: (len(use[1]), use[0].number))
    kept: list[tuple[Witness, dict[int, list[Extent]]]] = []
    for witness, labels in ranked:
        if len(labels) <= MOST_LABELS and not any(labels.keys() & other.keys() for _, other in kept):
            kept.append((witness, labels))
    kept = sorted(kept[:MOST_SHOWN], key=lambda use: use[0].number)
    if len(kept) < 2:
        return
    first = [(w, max(labels.values(), key=lambda e: (len(e), -e[0].start))) for w, labels in kept]
    shown = [(witness, extents[0]) for witness, extents in first]
    entry = _named_near(shown, held=sum(len(extents) > 1 for _, extents in first) > 1, found=found)
    if entry is None:
        return
    words = [witness.words(extent) for witness, extent in shown]
    yield Draft(
        kind="label",
        entry=entry,
        label=name,
        accounts=tuple(account(witness, extent) for witness, extent in shown),
        weight=0.45,
        why="the reports name it from different sides in their own words: " + ", ".join(f"“{w}”" for w in words),
    )


MOST_LABELS = 2
"""Labels of one family that a report may use and still be told apart by them."""
MOST_SHOWN = 3
"""Labels that are shown side by side."""


def _named_near(kept: list[tuple[Witness, Extent]], *, held: bool, found: Collated) -> str | None:
    """The actor that the sentences of all labels name; where two reports hold to their labels, else the one that the
    first of them names."""
    named = [found.cast.all_at(witness, witness.sentence(extent.start)) for witness, extent in kept]
    shared = [actor for actor in named[0] if all(actor in others for others in named[1:])]
    if shared:
        return shared[0]
    if len(found.witnesses) > FEW or not held:
        # A label used once, or among many reports, may well be of another thing.
        return None
    return next((actor for actors in named for actor in actors), None)
