"""What the full-text index is given: the folded words of a row, and marks by which it is narrowed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

from sqlalchemy import Connection, text

from variorum.model.shelf import HIT_KINDS, HitKind
from variorum.store.words import placed, words

FOLDING = "1"
"""Counts up when ``variorum.store.words`` cuts or folds otherwise; an index made under another number is made anew."""
PART = 3000
"""Words of a report that are entered as one row: PostgreSQL keeps 256 places of a word, and of ``the`` there are some 200 in
so many. An ordinary report is one row; the words of a search must stand in one part of a longer one."""
OVERLAP = 30
"""Words that two parts share, so that a phrase is whole in one of them."""

PAIRS = 1 << 15
"""Marks for pairs of words. A report has some 600 pairs, so that another pair has the same mark in one report of fifty."""

_GAP = 10
_BLOCKS = (("a", 13), ("b", 16), ("c", 19))
"""Entries are numbered as they come; these marks say in which block of 8,192, 65,536 and 524,288 numbers one stands."""
_FEWEST = 8
"""Blocks that a stretch has, for its beginning to fall on one's."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """One row of the index, numbered as the entry that it finds."""

    n: int
    words: Sequence[str]
    head: Sequence[str]
    speaker: Sequence[str]
    tags: Sequence[str]


def kind_tag(kind: HitKind) -> str:
    """No word of a text has an equals sign, so no search can hit a tag by chance."""
    return f"=k{HIT_KINDS.index(kind)}"


def tags(kind: HitKind, story: int, outlet: int | None, language: str | None, date: str | None) -> list[str]:
    """The marks of a row: its kind, story, outlet, language, month and year."""
    made = [kind_tag(kind), f"=s{story}"]
    if outlet is not None:
        made.append(f"=o{outlet}")
    made += [f"=l{word}" for word in words(language or "")]
    if date:
        made += [f"=y{date[:4]}", f"=m{date[:7]}"]
    return made


def speaker_mark(word: str) -> str:
    """The mark of a word of the speaker's name, apart from the same word in a text."""
    return f"=p{word}"


def pair_mark(one: str, two: str) -> str:
    """The mark of two words that stand next to each other in a report: one of so many, so that few other pairs share it."""
    return f"=j{crc32(f'{one} {two}'.encode()) % PAIRS:x}"


def stretch(below: int, width: int) -> tuple[int, list[str] | None]:
    """The newest entries below a number, at least ``width`` of them.

    Returns:
        The first one's number, and marks of which each of them has one and none before the first; zero and null where that is all
        or nearly all.
    """
    bits = next(bits for _, bits in reversed(_BLOCKS) if width >> bits >= _FEWEST or bits == _BLOCKS[0][1])
    first = max(0, below - width) >> bits << bits
    return (first, _blocks(first, below)) if first > 0 else (0, None)


def _blocks(low: int, high: int) -> list[str]:
    """The marks of the fewest blocks that cover some numbers and none before them.

    Args:
        low: a multiple of the shortest block's length.
    """
    made = []
    while low < high:
        letter, bits = next(
            (letter, bits)
            for letter, bits in reversed(_BLOCKS)
            if not low & ((1 << bits) - 1) and (low + (1 << bits) <= high or bits == _BLOCKS[0][1])
        )
        made.append(f"={letter}{low >> bits}")
        low += 1 << bits
    return made


def parts(text: str) -> list[tuple[int, int, list[str]]]:
    """A report in rows of at most ``PART`` words: where each begins and ends in its text, and its words. At least one."""
    body, places = placed(text)
    if len(body) <= PART:
        return [(0, len(text), body)]
    made: list[tuple[int, int, list[str]]] = []
    for start in range(0, len(body) - OVERLAP, PART - OVERLAP):
        part = places[start : start + PART]
        made.append((part[0][0], part[-1][1], body[start : start + PART]))
    return made


def enter(connection: Connection, rows: Iterable[Indexed]) -> None:
    """Make rows findable."""
    if connection.dialect.name == "sqlite":
        given = [_columns(row) for row in rows]
        statement = "INSERT INTO entry_index (rowid, words, head, speaker, tags) VALUES (?, ?, ?, ?, ?)"
        if given:
            connection.exec_driver_sql(statement, given)
        return
    made = [{"entry": row.n, "words": vector(row)} for row in rows]
    if made:
        connection.execute(
            text("INSERT INTO entry_index (entry, words) VALUES (:entry, CAST(:words AS tsvector))"), made
        )


def remove(connection: Connection, rows: Iterable[Indexed]) -> None:
    """Make rows unfindable. The index keeps no copy of its text, so it has to be told what it was given."""
    if connection.dialect.name == "sqlite":
        given = [_columns(row) for row in rows]
        statement = (
            "INSERT INTO entry_index (entry_index, rowid, words, head, speaker, tags) VALUES ('delete', ?, ?, ?, ?, ?)"
        )
        if given:
            connection.exec_driver_sql(statement, given)
        return
    gone = [{"entry": row.n} for row in rows]
    if gone:
        connection.execute(text("DELETE FROM entry_index WHERE entry = :entry"), gone)


def _columns(row: Indexed) -> tuple[int, str, str, str, str]:
    return row.n, " ".join(row.words), " ".join(row.head), " ".join(row.speaker), " ".join(row.tags)


def vector(row: Indexed) -> str:
    """The row as PostgreSQL writes a text-search vector: words with their places, marks without.

    A speaker's words stand there twice, since asking for words of one weight would have every entry that has them looked
    up. The blocks let the newest entries be asked for first: PostgreSQL's index knows no order, and no places: those of a report
    are read to see whether a phrase stands in it. The pairs spare that for most reports that have only its words.
    """
    places: dict[str, list[str]] = defaultdict(list)
    place = 1
    for column in (row.words, row.head, row.speaker):
        for word in column:
            places[word].append(str(place))
            place += 1
        place += _GAP
    marks = [*row.tags, *map(speaker_mark, row.speaker), *(f"={letter}{row.n >> bits}" for letter, bits in _BLOCKS)]
    if kind_tag("report") in row.tags:
        marks += sorted({pair_mark(*pair) for column in (row.words, row.head) for pair in pairwise(column)})
    return " ".join([*(f"{quoted(word)}:{','.join(found)}" for word, found in places.items()), *map(quoted, marks)])


def quoted(word: str) -> str:
    """A word as a text-search vector or query writes it."""
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
