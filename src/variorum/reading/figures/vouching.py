"""Who vouches for a figure: the nearest attribution that governs it."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from itertools import islice
from typing import Any

from spacy.tokens import Span as DocSpan
from spacy.tokens import Token

from variorum.model import Extent, Statement
from variorum.reading.attributed import Attributed
from variorum.reading.parsed import Paragraph
from variorum.reading.sentences import sentence_of
from variorum.text.actor_index import ActorIndex
from variorum.text.tables import load_toml

DEEPEST = 12
"""Steps up the parse in which a governing verb is looked for."""
Voucher = tuple[Extent | None, str | None]


@cache
def _attribution() -> dict[str, Any]:
    table: dict[str, Any] = load_toml("en/figures.toml")["attribution"]
    return table


@cache
def _openers() -> re.Pattern[str]:
    words = sorted(_attribution()["openers"], key=lambda w: (-len(w), w))
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(w) for w in words)})\s", re.IGNORECASE)


_BREAK = re.compile(r"[;:]\s")
"""A mark beyond which "according to" is of something else."""


class Vouchers:
    """The attributions of one report, by the figures that they cover."""

    def __init__(self, index: ActorIndex, statements: tuple[Statement, ...]) -> None:
        self._index = index
        self._attributed = Attributed(statements)
        self._sentence: tuple[int, list[int]] = (-1, [])

    def of(self, paragraph: Paragraph, number: Extent) -> Voucher:
        """Words and actor that vouch for the figure whose number stands at ``number``.

        The statement with the shortest content around the number comes first, unless that content itself names who
        counts ("…, while police put it at 60"); then a phrase such as "according to …" in the sentence; then a verb of
        saying above the number in the parse.
        """
        statement = self._attributed.over(number)
        span = paragraph.span(number)
        if span is None:
            return (statement.source, statement.speaker) if statement is not None else (None, None)
        if statement is not None and _only_wishes(paragraph, statement):
            statement = None
        words = _verb_source(span)
        if statement is not None:
            nearer = words is not None and any(p.covers(paragraph.extent(words)) for p in statement.content)
            if words is None or not nearer:
                return statement.source, statement.speaker
        else:
            words = self._phrase_source(paragraph, span) or words
        revised = _reviser(span) if words is None else None
        words = words or revised
        if words is None:
            return None, None
        extent = paragraph.extent(words)
        actor = self._index.at(extent, paragraph.extent(words.root))
        if revised is not None and actor is None:
            return None, None  # "the blast raised the toll to 40"
        return extent, actor.name if actor is not None else None

    def told_in(self, number: Extent) -> tuple[Extent, ...]:
        """The words of the statement that holds a number, none where none does."""
        statement = self._attributed.over(number)
        return statement.content if statement is not None else ()

    def _phrase_source(self, paragraph: Paragraph, number: DocSpan) -> DocSpan | None:
        """X of "according to X" in the number's sentence: the first behind the number, else the last before it."""
        sentence = sentence_of(number[0])
        key = paragraph.offset + sentence.start_char
        if self._sentence[0] != key:
            ends = [sentence.start_char + m.end() for m in _openers().finditer(sentence.text)]
            self._sentence = (key, ends)
        ends = self._sentence[1]
        if not ends:
            return None
        start = ends[min(bisect_right(ends, number.start_char), len(ends) - 1)]
        low, high = sorted((number.end_char, start))
        if _BREAK.search(number.doc.text, low, high):
            return None  # "the Red Cross talks of 200; 13 died here, according to the prefect"
        words = number.doc.char_span(start, start + 1, alignment_mode="expand")
        return _noun_phrase(words[0]) if words is not None and len(words) else None


def _only_wishes(paragraph: Paragraph, statement: Statement) -> bool:
    """ "called for a recount in 12 districts": who wants or welcomes something vouches for no number in it."""
    cue = paragraph.span(statement.cue) if statement.cue is not None else None
    return cue is not None and statement.kind == "indirect" and cue.root.lemma_.lower() in _attribution()["wishes"]


def _noun_phrase(first: Token) -> DocSpan | None:
    """The noun phrase that a token begins, without relative clauses and appositions in commas."""
    head = first
    while head.head.i > head.i and head.dep_ not in ("prep", "relcl"):
        head = head.head
    for token in head.doc[first.i : min(sentence_of(first).end, first.i + 12)]:
        if token.pos_ in ("NOUN", "PROPN", "PRON") and token.dep_ == "pobj":
            head = token
            break
    if head.pos_ not in ("NOUN", "PROPN", "PRON"):
        return None
    end = head.i + 1
    for child in head.children:
        if child.i == end and child.dep_ == "prep" and child.lower_ in ("of", "in", "at", "for", "from"):
            end = child.right_edge.i + 1
    end = min(
        end,
        next(
            (t.i for t in head.doc[head.i + 1 : end] if t.text in (",", ";", ":") or t.dep_ in ("relcl", "punct")), end
        ),
    )
    return head.doc[first.i : end] if end > first.i else None


def _verb_source(number: DocSpan) -> DocSpan | None:
    """The subject of the nearest verb of saying that governs the number."""
    token = number.root
    for verb in islice(token.ancestors, DEEPEST):
        lemma = verb.lemma_.lower()
        if lemma in _attribution()["verbs"] and (lemma not in _attribution()["of_sums"] or _of_sum(verb)):
            subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
            if subject is not None and not (subject.left_edge.i <= token.i <= subject.right_edge.i):
                if subject.pos_ not in ("NOUN", "PROPN"):
                    return None
                return subject.doc[subject.left_edge.i : _end_of_name(subject)]
    return None


def _reviser(number: DocSpan) -> DocSpan | None:
    """Who lowers or raises a sum to the number ("the ministry raised the toll to 40"), a body or what happened."""
    sums, revising = load_toml("en/figures.toml")["sums"], load_toml("en/figures.toml")["revising"]
    if number.root.dep_ != "pobj" or number.root.head.lower_ != "to":
        return None
    verb = next((t for t in islice(number.root.ancestors, DEEPEST) if t.pos_ == "VERB"), None)
    if verb is None or verb.lemma_.lower() not in revising:
        return None
    subject = next((c for c in verb.children if c.dep_ == "nsubj" and c.pos_ in ("NOUN", "PROPN")), None)
    if subject is None or not any(c.dep_ == "dobj" and c.lemma_.lower() in sums for c in verb.children):
        return None
    return subject.doc[subject.left_edge.i : _end_of_name(subject)]


def _end_of_name(subject: Token) -> int:
    """Where the words for a body end, with what its name has after "of" ("the Institute of Civil Defence")."""
    of = next((c for c in subject.children if c.i == subject.i + 1 and c.lower_ in ("of", "for")), None)
    words = list(of.subtree) if of is not None else []
    plain = words and not any(w.text in (",", ";", ":", "(") or w.dep_ == "relcl" for w in words)
    return words[-1].i + 1 if plain and len(words) <= LONGEST_NAME else subject.i + 1


LONGEST_NAME = 7
"""Words after "of" that a body's name may have."""


def _of_sum(verb: Token) -> bool:
    """ "gave a toll of 40" vouches, "gave 40 million" does not."""
    return any(c.dep_ == "dobj" and c.lemma_.lower() in load_toml("en/figures.toml")["sums"] for c in verb.children)
