"""Sentences of a parsed paragraph by token, without the walk over the paragraph that ``Token.sent`` costs each time."""

from __future__ import annotations

from bisect import bisect_right

from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

_KEY = "variorum.sentence_starts"


def sentence_starts(doc: Doc) -> list[int]:
    """Index of the first token of each sentence, worked out once a paragraph."""
    starts: list[int] | None = doc.user_data.get(_KEY)
    if starts is None:
        starts = [token.i for token in doc if token.is_sent_start or token.i == 0]
        doc.user_data[_KEY] = starts
    return starts


def sentence_of(token: Token) -> DocSpan:
    """The sentence that a token stands in."""
    doc = token.doc
    starts = sentence_starts(doc)
    at = bisect_right(starts, token.i)
    return doc[starts[at - 1] : starts[at] if at < len(starts) else len(doc)]
