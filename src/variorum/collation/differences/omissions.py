"""Omissions that are none: what the record found in one report only, another may tell in other words.

A vote or an event may be read out of one report and missed in another. Before a difference says that a report lacks
something, its sentences are compared with the words that tell it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from variorum.collation.alignment import Sense, kinship, senses
from variorum.collation.differences.draft import Collated, Draft
from variorum.collation.passages import sentences_of
from variorum.collation.witness import Witness
from variorum.collation.words import fold, stem, words_of
from variorum.model import Extent

_WORD = re.compile(r"[^\W_]+")

TELLS = 0.4
"""Share of the weight of the words that tell a thing that a sentence must have to tell it too."""


class Tellings:
    """The sentences of the reports, as a loose comparison sees them; each report is looked at when it is first needed."""

    def __init__(self, found: Collated) -> None:
        self._found = found
        self._sentences: dict[str, list[list[Sense]]] = {}

    def without_those_told(self, draft: Draft) -> Draft | None:
        """An omission without the reports that tell it in other words; None where no other is left."""
        if draft.told_by is None or not draft.lacking:
            return draft
        witness = self._found.witness(draft.accounts[0].report)
        sense = _without_persons(witness, draft.told_by)
        core = [_stems(phrase) for phrase in draft.core]
        still = tuple(r for r in draft.lacking if not (self._tells(r, sense) or (core and self._has(r, core))))
        return replace(draft, lacking=still) if still else None

    def _tells(self, report: str, sense: Sequence[Sense]) -> bool:
        whole = sum({one.concept: one.weight for one in sense}.values())
        for sentence in self._of(report):
            kin = kinship(sense, sentence)
            least = min(whole, sum({one.concept: one.weight for one in sentence}.values()))
            if whole and kin.exact >= 2 and kin.share * least / whole >= TELLS:
                return True
        return False

    def _has(self, report: str, core: Sequence[frozenset[str]]) -> bool:
        """Whether one sentence of a report, or its title, has a word of each part of what is to be told."""
        witness = self._found.witness(report)
        told = [witness.words(extent) for extent in sentences_of(witness)]
        return any(
            all(words & part for part in core)
            for line in (*told, witness.reading.title or "")
            if (words := _stems(line))
        )

    def _of(self, report: str) -> list[list[Sense]]:
        if report not in self._sentences:
            witness = self._found.witness(report)
            told = [senses(words_of(witness.text, (extent,))) for extent in sentences_of(witness)]
            title = senses(words_of(witness.reading.title or ""))
            self._sentences[report] = [sense for sense in (*told, title) if sense]
        return self._sentences[report]


def _stems(line: str) -> frozenset[str]:
    """The stems of all words of a line, those joined by hyphens apart."""
    return frozenset(stem(fold(word)) for word in _WORD.findall(line))


def _without_persons(witness: Witness, extent: Extent) -> list[Sense]:
    """The weighty words of a stretch but for persons' names, which other sentences about them have as well."""
    named = [m.extent for m, a in witness.index.within(extent) if m.form == "name" and a.kind == "person"]
    words = [w for w in words_of(witness.text, (extent,)) if not any(name.covers(w.extent) for name in named)]
    return senses(words)
