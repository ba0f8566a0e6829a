"""What the full-text index is given: the folded words of a row, and marks by which it is narrowed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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

_GAP = 10
_BLOCKS = (("a", 13), ("b", 16), ("c", 19))
"""Entries are numbered as they come; these marks say in which block of 8,192, 65,536 and 524,288 numbers one stands."""
_MOST_BLOCKS = 16


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


def newest(last: int, width: int) -> list[str] | None:
    """Marks of which each of the newest entries has one, at least ``width`` of them; null where that is all or nearly all.

    Args:
        last: number of the newest entry.
    """
    first = last - width
    if first > 0:
        for letter, bits in _BLOCKS:
            blocks = range(last >> bits, (first >> bits) - 1, -1)
            if len(blocks) <= _MOST_BLOCKS:
                return [f"={letter}{block}" for block in blocks]
    return None


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
    up. The blocks let the newest entries be asked for first: PostgreSQL's index knows no order.
    """
    places: dict[str, list[str]] = defaultdict(list)
    place = 1
    for column in (row.words, row.head, row.speaker):
        for word in column:
            places[word].append(str(place))
            place += 1
        place += _GAP
    marks = [*row.tags, *map(speaker_mark, row.speaker), *(f"={letter}{row.n >> bits}" for letter, bits in _BLOCKS)]
    return " ".join([*(f"{quoted(word)}:{','.join(found)}" for word, found in places.items()), *map(quoted, marks)])


def quoted(word: str) -> str:
    """A word as a text-search vector or query writes it."""
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
