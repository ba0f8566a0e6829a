"""A search as a person words it → a question to the full-text index. Whatever is typed, it is a question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from variorum.model.shelf import HIT_KINDS, SearchQuery
from variorum.store.finding import Phrase
from variorum.store.index import kind_tag, pair_mark, quoted, speaker_mark
from variorum.store.words import words

_PIECE = re.compile(r'(?P<no>-?)"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+)')
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
_MOST = 64
"""Words and phrases of one search that are asked for; nobody types more, and each costs time."""
_LONGEST = 4000
"""Characters of a search that are looked at."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What must and what must not stand in a hit; a single word is a phrase of one."""

    all: tuple[Phrase, ...] = ()
    none: tuple[Phrase, ...] = ()
    blank: bool = True
    """Whether nothing was typed at all; false where what was typed has no word in it, which nothing can match."""


def parse(typed: str) -> Sought:
    """The words, "phrases in quotation marks" and -words of a search. A word with a sign inside ("cease-fire") is a phrase."""
    wanted: dict[Phrase, None] = {}
    unwanted: dict[Phrase, None] = {}
    typed = typed[:_LONGEST].translate(_QUOTES)
    for piece in _PIECE.finditer(typed):
        word = piece["word"]
        no = word.startswith("-") if word else bool(piece["no"])
        phrase = tuple(words(word or piece["phrase"]))
        if phrase:
            (unwanted if no else wanted)[phrase] = None
    return Sought(tuple(wanted)[:_MOST], tuple(unwanted)[:_MOST], blank=not typed.strip())


@dataclass(frozen=True, slots=True)
class Marks:
    """What narrows a search, by the numbers of the store."""

    kinds: tuple[str, ...] = ()
    speaker: tuple[str, ...] = ()
    story: int | None = None
    outlet: int | None = None
    language: str | None = None
    since: str | None = None
    until: str | None = None
    years: tuple[str, ...] = ()
    """The years of which the library has anything."""


def times(marks: Marks) -> list[str] | None:
    """Tags of which a row of the time asked for has one; null where no time is asked for."""
    if not (marks.since or marks.until):
        return None
    first, last = (marks.since or "")[:4], (marks.until or "~")[:4]
    made = []
    for year in marks.years:
        if first < year < last:
            made.append(f"=y{year}")
        elif year in (first, last):
            begin = _month(marks.since, 1) if year == first else 1
            end = _month(marks.until, 12) if year == last else 12
            made += [f"=m{year}", *(f"=m{year}-{month:02}" for month in range(begin, end + 1))]
    return made


def _month(date: str | None, unknown: int) -> int:
    return int(date[5:7]) if date and re.match(r"....-(0[1-9]|1[0-2])", date) else unknown


def tag_groups(query: SearchQuery, marks: Marks) -> list[list[str]]:
    """Groups of tags: a hit has one of each group. An empty group means that nothing can be found."""
    made = []
    if query.kinds:
        made.append([kind_tag(kind) for kind in dict.fromkeys(query.kinds)])
    if marks.story is not None:
        made.append([f"=s{marks.story}"])
    if marks.outlet is not None:
        made.append([f"=o{marks.outlet}"])
    made += [[f"=l{word}"] for word in words(query.language or "")]
    when = times(marks)
    if when is not None:
        made.append(when)
    return made


def fts5(sought: Sought, speaker: Sequence[str], groups: Sequence[Sequence[str]]) -> str | None:
    """The question as SQLite's FTS5 reads it; null where there is nothing to ask the index."""
    pieces = [f'{{words head speaker}} : "{" ".join(phrase)}"' for phrase in sought.all]
    pieces += [f'speaker : "{word}" *' for word in speaker]
    pieces += ["tags : (" + " OR ".join(f'"{tag}"' for tag in group) + ")" for group in groups]
    if not pieces:
        return None
    made = " AND ".join(f"({piece})" for piece in pieces)
    if sought.none:
        out = " OR ".join(f'"{" ".join(phrase)}"' for phrase in sought.none)
        made = f"({made}) NOT ({{words head speaker}} : ({out}))"
    return made


def tsqueries(sought: Sought, speaker: Sequence[str], groups: Sequence[Sequence[str]]) -> list[str]:
    """The question as PostgreSQL's text search reads it: what a row has to match each of.

    Asked for in one, a word and the marks of some stretch have every row of the stretch looked at; asked for one by one, the
    index leaps to where they meet. What must not stand goes with the first, since by itself it is nearly every row.
    """
    pieces = [_adjacent(phrase) for phrase in sought.all]
    pieces += [f"{quoted(speaker_mark(word))}:*" for word in speaker]
    pieces += [any_of(group) for group in groups]
    pieces += [_together(phrase) for phrase in sought.all if len(phrase) > 1]
    out = ["!" + _adjacent(phrase) for phrase in sought.none]
    return [" & ".join([*pieces[:1], *out]), *pieces[1:]] if pieces or out else []


def any_of(tags: Sequence[str]) -> str:
    """Marks of which a row has one."""
    return "(" + " | ".join(map(quoted, tags)) + ")"


def _together(phrase: Phrase) -> str:
    """What a report has wherever the phrase stands in it; entries of other kinds are short, and have no such marks."""
    pairs = " & ".join(quoted(pair_mark(*pair)) for pair in pairwise(phrase))
    return " | ".join([f"({pairs})", *(quoted(kind_tag(kind)) for kind in HIT_KINDS if kind != "report")])


def _adjacent(phrase: Phrase) -> str:
    return "(" + " <-> ".join(map(quoted, phrase)) + ")"
