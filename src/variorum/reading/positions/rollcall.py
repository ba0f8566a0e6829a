"""Sides of a vote told by lists of names rather than by a verb for each: "with Peru against and Chile abstaining"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import cast

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from variorum.model import Extent
from variorum.model.reading import Stance
from variorum.reading.parsed import Paragraph
from variorum.text.actor_index import ActorIndex
from variorum.text.tables import load_toml

LONGEST = 160
"""Tokens of a sentence in which sides are looked for."""
JOINS = frozenset({",", "and", "&", "the", "both", "or"})
"""What may stand between the names of a list."""


@dataclass(frozen=True, slots=True)
class Side:
    """Those who stand on one side, with the tokens that say so."""

    names: tuple[Extent, ...]
    stance: Stance
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _List:
    """Names joined by commas and "and"."""

    names: tuple[Extent, ...]
    start: int
    end: int
    """Tokens from the first name to one past the last."""


@dataclass(frozen=True, slots=True)
class _Form:
    """One way of telling a side."""

    pattern: re.Pattern[str]
    stance: Stance
    least: int
    """Names that the list must hold."""


def sides(paragraph: Paragraph, sentence: DocSpan, index: ActorIndex) -> Iterator[Side]:
    """The sides that a sentence about a vote tells by lists, in the order of the text."""
    if len(sentence) > LONGEST or not any(t.lower_ in _context() for t in sentence):
        return
    lists = _lists(paragraph, sentence, index)
    if not lists:
        return
    written, offsets = _written(sentence, lists)
    taken: set[int] = set()
    for form in _forms():
        for match in form.pattern.finditer(written):
            number = int(match["list"])
            if number in taken or len(lists[number].names) < form.least:
                continue
            taken.add(number)
            inside = [at for at, offset in enumerate(offsets) if match.start() <= offset < match.end()]
            first = min(sentence.start + inside[0], lists[number].start)
            last = max(sentence.start + inside[-1] + 1, lists[number].end)
            yield Side(lists[number].names, form.stance, first, last)


def names_behind(paragraph: Paragraph, group: Token, sentence: DocSpan, index: ActorIndex) -> tuple[Extent, ...]:
    """The names that spell a group out: "three members – *Ghana*, *Kenya* and *Togo* – opposed"."""
    at = group.i + 1
    if at >= sentence.end:
        return ()
    openers = load_toml("en/roll_call.toml")["groups"]["openers"]
    while at < sentence.end and group.doc[at].text == ",":
        at += 1
    here = " ".join(t.lower_ for t in group.doc[at : min(at + 2, sentence.end)])
    opener = next((o for o in openers if here == o or here.startswith(o + " ")), None)
    if opener is None:
        return ()
    at += len(opener.split())
    return next((found.names for found in _lists(paragraph, sentence, index) if at <= found.start <= at + 1), ())


def _lists(paragraph: Paragraph, sentence: DocSpan, index: ActorIndex) -> list[_List]:
    doc = sentence.doc
    extent = paragraph.extent(sentence)
    found: list[_List] = []
    for mention, actor in index.within(extent):
        if mention.form != "name" or actor.kind == "person":
            continue
        span = paragraph.span(mention.extent)
        if span is None or (found and span.start < found[-1].end):
            continue
        if found and all(t.lower_ in JOINS for t in doc[found[-1].end : span.start]) and span.start > found[-1].end:
            before = found.pop()
            found.append(_List((*before.names, mention.extent), before.start, span.end))
        else:
            found.append(_List((mention.extent,), span.start, span.end))
    return found


def _written(sentence: DocSpan, lists: list[_List]) -> tuple[str, list[int]]:
    """The sentence in lower case with a number in angle brackets for each list, and where each token stands in it."""
    parts: list[str] = []
    offsets: list[int] = []
    length = 0
    by_start = {found.start: (number, found) for number, found in enumerate(lists)}
    inside = -1
    for token in sentence:
        offsets.append(length)
        if token.i < inside:
            continue
        if token.i in by_start:
            number, found = by_start[token.i]
            piece, inside = f"⟨{number}⟩ ", found.end
        else:
            piece = token.lower_.replace("⟨", " ").replace("⟩", " ") + " "
        parts.append(piece)
        length += len(piece)
    return "".join(parts), offsets


@cache
def _context() -> frozenset[str]:
    return frozenset(load_toml("en/roll_call.toml")["context"])


@cache
def _forms() -> tuple[_Form, ...]:
    """The ways of telling a side, those first that name the voting."""
    table = load_toml("en/roll_call.toml")
    between = f"(?:(?:{_either(table['between'])}) )*"
    verbs = f"(?:{_either(table['verbs'])}) "
    opens = f"(?:(?:{_either(table['openers'])}) )+"
    listed = r"⟨(?P<list>\d+)⟩ "
    ends = r"(?=(?:[.,;)—–]|--|and|while|but|on|from|$) ?)"
    many = r"(?:the|those)(?: [\w-]+){0,3}? (?:that |who |which |to )?(?:had |have )?"
    count = rf"(?:\d+|(?:{_either(table['numbers'])})(?:-[a-z]+)?)(?: votes?| members?| countries| states)? "
    every = [word for words in table["sides"].values() for word in words]
    alone = rf"(?!{between}(?:{_either(every)}) )"  # "for, Peru against": Peru is on the side behind it
    found: list[_Form] = []
    for stance, words in table["sides"].items():
        side = f"(?:{_either(words)}) "
        voted = f"(?:{verbs})?" if stance == "abstained" else verbs
        forms = {
            f"{listed}{between}among {many}{voted}{side}": 1,
            f"{listed}(?:(?:{_either(table['between'])}|are|is|be) )*among {many}{voted}{side}": 1,
            f"(?:among {many})?{voted}{side}(?:of [^⟨;:]{{1,60}}?|on [^⟨;:]{{1,60}}?|it |the [^⟨;:]{{1,60}}?)?"
            f"(?:{_either(['were', 'was', ':', ',', 'are', 'included'])}) {listed}{alone}": 1,
            # What one name alone does is the parse's to tell, with its "no" and its "might".
            f"{listed}{between}{voted}{side}": 2,
            f"with {listed}{between}{side}": 1,
            f"(?:and|while|,|;) {listed}{between}{side}{ends}": 1,
            f"{count}{side}(?:of [^⟨;:]{{1,60}}?)?{opens}{listed}": 1,
        }
        found += [_Form(re.compile(rf"(?<!\S){form}"), cast(Stance, stance), least) for form, least in forms.items()]
    return tuple(found)


def _either(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))
