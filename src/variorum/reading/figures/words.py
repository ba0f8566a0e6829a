"""Words around figures: the tables of ``en/figures.toml``, and nouns as the report has them."""

from __future__ import annotations

from functools import cache
from typing import Any

from spacy.tokens import Token

from variorum.reading.sentences import sentence_of
from variorum.text.tables import load_toml

NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})


@cache
def _tables() -> dict[str, Any]:
    return load_toml("en/figures.toml")


def table(name: str) -> dict[str, str]:
    """A table of ``en/figures.toml``."""
    found: dict[str, str] = _tables()[name]
    return found


@cache
def word_set(name: str) -> frozenset[str]:
    """A list of ``en/figures.toml``."""
    return frozenset(_tables()[name])


def noun_words(head: Token) -> str:
    """A noun with its modifiers and one "of" or "in" phrase, less articles and numbers."""
    left, opening = head.i, sentence_of(head).start
    while left > opening and head.i - left < 6:
        before = head.doc[left - 1]
        if (
            before.head.i < left
            or before.head.i > head.i
            or before.dep_ not in ("compound", "amod", "poss", "case", "nmod", "punct")
        ):
            break
        left -= 1
    right = head.i + 1
    for child in head.children:
        if child.i == head.i + 1 and child.lower_ in ("in", "of") and child.dep_ == "prep":
            inner = next((c for c in child.children if c.dep_ == "pobj"), None)
            if inner is not None and inner.i - head.i < 5 and not _is_counted(inner):
                right = inner.i + 1
    words = head.doc[left:right]
    while len(words) > 1 and (words[0].pos_ in ("DET", "PUNCT", "PRON", "NUM") or words[0].lower_ in ("old", "-")):
        words = words[1:]
    return words.text


def _is_counted(noun: Token) -> bool:
    """Whether a noun is itself an amount ("a fine of 50 million pesos")."""
    return noun.like_num or any(c.dep_ == "nummod" or c.like_num for c in noun.children)
