"""Circumstances of a cue that make it likelier or less likely to attribute its content to somebody."""

from __future__ import annotations

from collections.abc import Iterator

from variorum.reading.statements.frames import Candidate
from variorum.reading.statements.parts import source_head
from variorum.reading.statements.tree import Tree

_LONG, _SHORT = 8, 3
_NOBODY = frozenset({"it", "that", "this", "which", "there"})
_MARKS = frozenset('"“”„«»‘') | {"``", "''"}


def circumstances(tree: Tree, candidate: Candidate, *, opening: bool) -> Iterator[str]:
    """The names of a candidate's circumstances, as the table has them.

    Args:
        tree: the paragraph.
        candidate: the candidate.
        opening: whether nothing was attributed before in this report (its headline and first lines).
    """
    cue = candidate.cue
    family = _family(candidate.frame)
    yield family
    size = len(candidate.content)
    length = "one word" if size == 1 else "short" if size <= _SHORT else "middling" if size < _LONG else "long"
    yield f"{family}: {length}"
    if tree.tag[cue] == "VB":
        infinitive = any(tree.dep[i] == "aux" and tree.lower[i] == "to" for i in tree.kids[cue])
        yield f"{family}: infinitive" if infinitive else f"{family}: bare infinitive"
    elif tree.tag[cue] in {"VBZ", "VBP"}:
        yield f"{family}: present"
    elif tree.tag[cue] == "VBG":
        yield f"{family}: participle"
    if any(tree.dep[i] == "aux" and tree.lemma[i] == "have" for i in tree.kids[cue]):
        yield f"{family}: perfect"
    if any(tree.dep[i] == "mark" and tree.lower[i] in {"if", "because", "when", "since"} for i in tree.kids[cue]):
        yield "subordinate"
    if tree.negated(cue):
        yield f"{family}: denied"
    source = source_head(tree, cue)
    if source is None:
        yield f"{family}: nobody"
    elif tree.lower[source] in _NOBODY:
        yield f"{family}: thing"
    elif tree.lower[source] == "you":
        yield "you"
    elif tree.pos[source] == "PROPN":
        yield f"{family}: named"
    if tree.dep[cue] in {"relcl", "ccomp", "nsubj", "acl", "advcl", "pcomp"}:
        yield f"{family}: {tree.dep[cue]}"
    if any(tree.words[i] in _MARKS for i in candidate.content):
        yield f"{family}: marks"
    if opening:
        yield f"{family}: opening"
    if tree.asks[tree.sentence[cue]]:
        yield "question"


def _family(frame: str) -> str:
    first = frame.split(" ")[0]
    if first in {"that", "clause", "wh", "small"}:
        return "clause"
    if first in {"to", "ing", "open"}:
        return "infinitive"
    if first in {"object", "noun", "adjective", "passive", "raised", "adverbial", "according", "as", "relative"}:
        return first
    return "preposition"
