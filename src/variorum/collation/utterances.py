"""Utterances: the statements of all reports as their comparison sees them, without repeats."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from variorum.collation.actors import Cast
from variorum.collation.alignment import Sense, senses, weighty
from variorum.collation.witness import Witness
from variorum.collation.words import Word, words_of
from variorum.model import Extent, Statement


@dataclass(slots=True)
class Utterance:
    """A statement of one report as the comparison sees it."""

    witness: Witness
    statement: Statement
    content: tuple[Extent, ...]
    words: list[Word]
    speaker: str | None
    addressee: str | None
    weighty: list[str]
    plain: list[str]
    parts: list[list[Sense]]
    """Its weighty words as a loose comparison sees them: of each sentence and, where there are several, of all."""
    quotes: bool
    """Whether at least a few of its words stand in quotation marks."""
    others: tuple[str, ...] = ()
    """The entries of those who say it with the speaker."""
    office: bool = False
    """Whether the report names the speaker here by an office alone, which more than one may hold."""

    @property
    def quoted(self) -> bool:
        """Whether it is given in quotation marks, wholly or in part."""
        return self.statement.kind != "indirect"

    @property
    def start(self) -> int:
        """Where it begins in its report."""
        return self.content[0].start


def utterances(witnesses: tuple[Witness, ...], cast: Cast) -> list[Utterance]:
    """The statements of all reports that stand in the story and have words, without repeats of the same extents."""
    found: list[Utterance] = []
    for witness in witnesses:
        own: dict[tuple[Extent, ...], Utterance] = {}
        for statement in witness.reading.statements:
            content = tuple(sorted(e for e in statement.content if e.end > e.start and witness.in_article(e)))
            words = words_of(witness.text, content)
            if not words or statement.negated or statement.act != "said" or content in own:
                continue
            quoted = quoted_words_of(witness, content) if statement.kind == "mixed" else []
            own[content] = Utterance(
                witness,
                statement,
                content,
                words,
                _speaker(witness, statement, cast),
                cast.at(witness, statement.addressee),
                weighty(words),
                [word.text for word in words],
                _parts_of(witness, words, quoted),
                statement.kind == "direct" or len(quoted) >= FEWEST_QUOTED,
                tuple(e for name in statement.co_speakers if (e := cast.id_of(witness, name)) is not None),
                _named_by_office(witness, statement),
            )
        found += _outermost(list(own.values()))
    return found


def _named_by_office(witness: Witness, statement: Statement) -> bool:
    """Whether the words for who speaks are an office and no name ("the President"): a report that quotes two holders of
    one office may mean either."""
    if statement.source is None:
        return False
    forms = [mention.form for mention, _ in witness.index.within(statement.source)]
    return bool(forms) and set(forms) == {"role"}


FEWEST_QUOTED = 3
"""Words in quotation marks from which a mixed statement is compared as a quotation; fewer are a word picked out."""


def quoted_words_of(witness: Witness, content: tuple[Extent, ...]) -> list[Word]:
    words: list[Word] = []
    for piece in content:
        block = witness.block_at(piece.start)
        for mark in witness.quotations(block) if block is not None else ():
            start, end = max(piece.start, mark.start), min(piece.end, mark.end)
            words += words_of(witness.text, (Extent(start, end),)) if start < end else []
    return words


_SENTENCE_END = re.compile(r"[.!?…;]")


def _parts_of(witness: Witness, words: list[Word], quoted: list[Word]) -> list[list[Sense]]:
    """The weighty words of each sentence, of all of them, and of what stands in quotation marks among other words."""
    parts: list[list[Word]] = [[]]
    for before, word in pairwise((None, *words)):
        if word is None:
            continue
        if before is not None and _SENTENCE_END.search(witness.text, before.extent.end, word.extent.start):
            parts.append([])
        parts[-1].append(word)
    parts = parts[:MOST_SENTENCES]
    if len(parts) > 1:
        parts.append(words)
    if FEWEST_QUOTED <= len(quoted) < len(words):
        parts.append(quoted)
    return [sense for part in parts if (sense := senses(part))]


MOST_SENTENCES = 6
"""Sentences of one statement that are compared each by itself."""


def _speaker(witness: Witness, statement: Statement, cast: Cast) -> str | None:
    """The entry of who speaks. An office with a name set beside it ("the harbour master, Ana Reis") is that person."""
    # Where the reading knows no actor behind a source, a name that merely stands in it is not who speaks ("a Danish sign").
    told = statement.speaker is not None
    entry = cast.id_of(witness, statement.speaker) if told else cast.at(witness, statement.source)
    source = statement.source
    if source is None or (entry is not None and cast[entry].named):
        return entry
    named = [m for m, a in witness.index.within(source) if a.named and a.kind == "person" and m.form == "name"]
    beside = [
        m for m in named if m.end == source.end and _SET_BESIDE.search(witness.text, source.start, m.start) is not None
    ]
    return cast.at(witness, beside[0].extent) if beside else entry


_SET_BESIDE = re.compile(r",\s+(?!(?:and|or|of|for|to|with|by|from|at|in)\b)(?:[a-z-]+\s+){0,2}$")
"""A comma before a name, with at most a word or two for what its bearer is ("a friend of theirs, economist …")."""


def _outermost(own: list[Utterance]) -> list[Utterance]:
    """Without statements that lie wholly within another one of the same speaker."""
    kept: list[Utterance] = []
    for one in sorted(own, key=lambda u: (u.start, -u.content[-1].end)):
        inside = any(
            other.speaker == one.speaker
            and all(any(piece.covers(part) for piece in other.content) for part in one.content)
            for other in kept[-4:]
        )
        if not inside:
            kept.append(one)
    return kept
