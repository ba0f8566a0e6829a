"""When, where and on what occasion something was said, from the words around the cue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from variorum.model import Extent, Report
from variorum.reading.statements.lexicon import CueTable
from variorum.reading.statements.tree import Tree
from variorum.text.actor_index import ActorIndex
from variorum.text.dates import resolve

_PLACE = frozenset({"in", "at", "from", "outside", "near"})
_OCCASION = frozenset({"in", "at", "on", "during", "by", "via", "through"})
_REACH = 14
"""Tokens from the cue beyond which words no longer tell of the saying."""


class Setting(NamedTuple):
    """The setting of a statement, as far as the text gives it."""

    date: str | None
    place: str | None
    occasion: Extent | None


def setting(
    tree: Tree, cue: int, content: Sequence[Extent], report: Report, index: ActorIndex, table: CueTable
) -> Setting:
    """The setting of the saying: phrases that hang on the cue and stand outside its content."""
    when: str | None = None
    place: str | None = None
    occasion: Extent | None = None
    anchor = _anchor(report)
    told = tree.child(cue, "dobj") if tree.lemma[cue] in table.addressing else None
    if told is not None and tree.lemma[told] in table.occasions and tree.pos[told] == "NOUN":
        # "told a news briefing": it is what she spoke at, and to nobody in particular.
        occasion = _short(tree, told)
    for prep, top in _phrases(tree, cue, content):
        words = tree.extent(tree.left[top], tree.right[top])
        if when is None and tree.pos[top] in {"PROPN", "NOUN", "NUM"}:
            found = resolve(report.text[tree.start[tree.left[top]] : tree.end[top]], anchor)
            when = found.date if found else None
            if found:
                continue
        if occasion is None and prep in _OCCASION and tree.lemma[top] in table.occasions:
            occasion = _short(tree, top)
        elif place is None and prep in _PLACE and tree.pos[top] == "PROPN":
            actor = index.at(words, tree.extent(top, top))
            if actor is not None and actor.kind in {"place", "government"}:
                place = actor.name
    return Setting(when, place, occasion)


def _phrases(tree: Tree, cue: int, content: Sequence[Extent]) -> list[tuple[str, int]]:
    """Prepositions with their nouns, and bare nouns of time, near the cue, under it and outside the content."""
    found: list[tuple[str, int]] = []
    for i in tree.subtree(cue):
        if abs(i - cue) > _REACH or any(e.start <= tree.start[i] < e.end for e in content):
            continue
        if tree.dep[i] == "npadvmod" and tree.head[i] == cue:
            found.append(("", i))
        elif tree.pos[i] == "ADP" and i != cue:
            top = tree.child(i, "pobj")
            if top is not None and not _under_subject(tree, i, cue):
                found.append((tree.lower[i], top))
    return found


def _under_subject(tree: Tree, i: int, cue: int) -> bool:
    while i != cue and tree.head[i] != i:
        if tree.head[i] == cue:
            return tree.dep[i] in {"nsubj", "nsubjpass", "csubj"}
        i = tree.head[i]
    return False


def _short(tree: Tree, top: int) -> Extent:
    """A noun phrase without the clauses and phrases after its noun, its preposition's first argument kept."""
    last = top
    for i in tree.kids[top]:
        if i > top and tree.dep[i] == "prep" and tree.lower[i] in {"with", "to", "of"}:
            last = max(last, tree.right[i])
            break
    while last > top and not tree.words[last][-1].isalnum():
        last -= 1
    return tree.extent(tree.left[top], last if last - top < _REACH else top)


def _anchor(report: Report) -> date | None:
    if report.published is None:
        return None
    try:
        return date.fromisoformat(report.published.date[:10])
    except ValueError:
        # "2023-11": a month is no day to count from.
        return None
