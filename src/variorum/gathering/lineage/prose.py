"""A report's words as lineage compares them: where each stands, and whether it is quoted, a name, or the reporter's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from variorum.gathering.background import general_weight
from variorum.gathering.words import TOKEN, term
from variorum.model import ARTICLE_KINDS, Extent, Report
from variorum.text.quotes import find_quotations
from variorum.text.tables import load_toml

_WORDS = 5000
"""Words compared; a longer text is compared by its beginning."""
_QUOTATION = 25
"""A shorter stretch between marks is a title or a turn of phrase, and as good as prose."""
_TELLERS = 20
"""Sentences of one word that are tried; a text that repeats itself endlessly must not cost more."""
_MANY = 20
"""Places of one run in a text that are tried, for the same reason."""
_TELLING = 1.0
"""Weight over which a word tells what a sentence is about."""
_NAME = 0.5
"""A name or a figure counts half: every report of the event has it."""
_SENTENCE_END = re.compile(r"[.!?]['\"”’)]*\s+(?=[\"“‘'(]?[A-Z0-9])")

Flags = NDArray[np.bool_]


@cache
def first_person() -> frozenset[int]:
    """Keys of the words by which a speaker means himself."""
    return frozenset(map(term, load_toml("en/first_person.toml")["words"]))


@dataclass(frozen=True)
class Prose:
    """The words of one report, each by its place in the order of the text."""

    report: Report
    keys: NDArray[np.uint32]
    weight: NDArray[np.float32]
    """How telling each word is among news reports in general."""
    quoted: Flags
    plain: Flags
    """Neither a name nor a figure: those every report of the event has to use."""
    starts: list[int]
    ends: list[int]
    sentences: list[range]
    """Places of each sentence's words."""
    grams: NDArray[np.uint64]
    """Runs of three words, each once, sorted."""

    @cached_property
    def own(self) -> Flags:
        """Words that are the reporter's own choice: outside quotations, no names and no figures."""
        return self.plain & ~self.quoted

    @cached_property
    def telling(self) -> list[list[int]]:
        """Keys of each sentence's telling words, in the order of the text; kept, as each report meets many others."""
        return [self.keys[w.start : w.stop][self.weight[w.start : w.stop] > _TELLING].tolist() for w in self.sentences]

    @cached_property
    def measures(self) -> list[tuple[tuple[float, ...], float, int, int]]:
        """Of each sentence: the weight of each own word, their sum, how many own words, and how many quoted ones."""
        worth = self.weight * self.own
        return [
            (
                tuple(worth[w.start : w.stop].tolist()),
                float(worth[w.start : w.stop].sum()),
                int(self.own[w.start : w.stop].sum()),
                int(self.quoted[w.start : w.stop].sum()),
            )
            for w in self.sentences
        ]

    @cached_property
    def tellers(self) -> dict[int, list[int]]:
        """The first sentences in which each telling word stands."""
        found: dict[int, list[int]] = {}
        for number, keys in enumerate(self.telling):
            for key in set(keys):
                places = found.setdefault(key, [])
                if len(places) < _TELLERS:
                    places.append(number)
        return found

    @cached_property
    def key_list(self) -> list[int]:
        """The keys as plain numbers."""
        return [int(key) for key in self.keys]

    @cached_property
    def sentence_keys(self) -> list[tuple[int, ...]]:
        """The keys of each sentence's words."""
        return [tuple(self.key_list[w.start : w.stop]) for w in self.sentences]

    @cached_property
    def sentence_sets(self) -> list[frozenset[int]]:
        """The same without order."""
        return [frozenset(keys) for keys in self.sentence_keys]

    @cached_property
    def runs(self) -> list[int]:
        """A key for each run of three words, by the place of its first."""
        return [int(key) for key in mixed(self.keys)]

    @cached_property
    def run_places(self) -> dict[int, list[int]]:
        """The first places of each run of three words."""
        found: dict[int, list[int]] = {}
        for place, key in enumerate(self.runs):
            places = found.setdefault(key, [])
            if len(places) < _MANY:
                places.append(place)
        return found

    @cached_property
    def plain_sums(self) -> tuple[list[int], list[float]]:
        """Before each place: how many words are plain, and their weight together."""
        counts = np.concatenate([[0], np.cumsum(self.plain)])
        weights = np.concatenate([[0.0], np.cumsum(np.where(self.plain, self.weight, 0.0), dtype=np.float64)])
        return counts.tolist(), weights.tolist()

    @cached_property
    def contents(self) -> list[dict[int, float]]:
        """Content words of each sentence with their weights; the first word is no name for standing first."""
        made: list[dict[int, float]] = []
        weights, plain = self.weight.tolist(), self.plain.tolist()
        for words in self.sentences:
            content: dict[int, float] = {}
            for place in words:
                weight = weights[place]
                if weight > _TELLING:
                    is_full = plain[place] or place == words.start
                    content[self.key_list[place]] = weight if is_full else weight * _NAME
            made.append(content)
        return made

    def extent(self, first: int, last: int) -> Extent:
        """Where a run of words stands in the report's text, both ends included."""
        return Extent(self.starts[first], self.ends[last])


def prose_of(report: Report) -> Prose:
    """The words of a report that tell its story; captions and page furniture are left out."""
    blocks = [b.extent for b in report.blocks if b.kind in ARTICLE_KINDS] or [Extent(0, len(report.text))]
    keys: list[int] = []
    starts: list[int] = []
    ends: list[int] = []
    quoted: list[bool] = []
    plain: list[bool] = []
    sentences: list[range] = []
    for block in blocks:
        offset = block.start
        for paragraph in block.of(report.text).split("\n"):
            if len(keys) < _WORDS and paragraph.strip():
                room = paragraph[: 40 * _WORDS]
                marks = [
                    (q.start, q.end) for q in find_quotations(room) if q.depth == 0 and q.end - q.start > _QUOTATION
                ]
                breaks = [m.end() for m in _SENTENCE_END.finditer(room)]
                _read_paragraph(room, offset, marks, breaks, keys, starts, ends, quoted, plain, sentences)
            offset += len(paragraph) + 1
    every = np.array(keys, dtype=np.uint32)
    return Prose(
        report=report,
        keys=every,
        weight=general_weight(every),
        quoted=np.array(quoted, dtype=bool),
        plain=np.array(plain, dtype=bool),
        starts=starts,
        ends=ends,
        sentences=sentences,
        grams=_grams(every),
    )


def _read_paragraph(
    text: str,
    offset: int,
    marks: list[tuple[int, int]],
    breaks: list[int],
    keys: list[int],
    starts: list[int],
    ends: list[int],
    quoted: list[bool],
    plain: list[bool],
    sentences: list[range],
) -> None:
    mark = next_break = 0
    first = len(keys)
    for match in TOKEN.finditer(text):
        while next_break < len(breaks) and match.start() >= breaks[next_break]:
            next_break += 1
            if len(keys) > first:
                sentences.append(range(first, len(keys)))
                first = len(keys)
        while mark < len(marks) and match.start() >= marks[mark][1]:
            mark += 1
        token = match.group()
        keys.append(term(token))
        starts.append(offset + match.start())
        ends.append(offset + match.end())
        quoted.append(mark < len(marks) and match.start() >= marks[mark][0])
        plain.append(not (token[0].isupper() or token[0].isdigit()))
    if len(keys) > first:
        sentences.append(range(first, len(keys)))


def mixed(keys: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """A key of 64 bits for each run of three words."""
    if len(keys) < 3:
        return np.empty(0, dtype=np.uint64)
    wide = keys.astype(np.uint64)
    made: NDArray[np.uint64] = (
        wide[:-2] * np.uint64(0x9E3779B97F4A7C15)
        ^ wide[1:-1] * np.uint64(0xC2B2AE3D27D4EB4F)
        ^ (wide[2:] * np.uint64(0x165667B19E3779F9))
    )
    return made


def _grams(keys: NDArray[np.uint32]) -> NDArray[np.uint64]:
    return np.unique(mixed(keys))
