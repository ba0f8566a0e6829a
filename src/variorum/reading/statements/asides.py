"""Cues set off by commas in or after what they attribute: “Prices, the bank says, will rise.”"""

from __future__ import annotations

from collections.abc import Sequence

from variorum.reading.statements.cues import cue_word, quotes
from variorum.reading.statements.lexicon import CueTable
from variorum.reading.statements.speaking import spaced
from variorum.reading.statements.tree import Tree

_BREAKS = frozenset({",", "—", "–", "--"})
_CLOSING = frozenset({"”", "''", '"', "’"})
_CONTENT = frozenset({"dobj", "ccomp", "xcomp", "attr", "acomp", "oprd"})
_SURE = 0.6
"""How surely a word must take a clause as its content."""
_LONGEST = 25
"""Tokens of an aside: a name with its office fits, a clause that merely has commas around it does not."""


def aside(tree: Tree, cue: int, taken: Sequence[bool], table: CueTable) -> list[int] | None:
    """The tokens of the sentence around a cue that is set off, or None where it is not.

    An aside is a break, the cue with its subject and nothing that could be its content, and another break with more
    of the sentence after it. What stands on both sides is the content; so the parser, which often takes the subject
    of what is said for the subject of saying, need not be right about it.
    """
    if tree.tag[cue] not in {"VBD", "VBZ", "VBP"} or not quotes(tree, cue, table):
        return None
    if table.share(cue_word(tree, cue, table), "clause") < _SURE:
        return None
    first, last = _bounds(tree, cue)
    if first is None or last is None or last - first > _LONGEST:
        return None
    inside = range(first + 1, last)
    if any((tree.pos[i] == "VERB" and i != cue) or tree.lower[i] in _CLAUSAL for i in inside):
        return None
    named = [i for i in inside if tree.pos[i] in {"PROPN", "NOUN", "PRON"}]
    if not named or (named[0] < cue and any(cue < i < last and tree.dep[i] in _CONTENT for i in tree.kids[cue])):
        return None
    if named[0] > cue and cue != first + 1:
        return None
    start, end = _sentence(tree, cue)
    left = [i for i in range(start, first + 1) if not taken[i]]
    right = [i for i in range(last, end + 1) if not taken[i]]
    while left and (tree.pos[left[0]] in {"CCONJ", "PUNCT", "SPACE"}):
        left.pop(0)
    if named[0] > cue or _leaves(tree, right):
        # “…, said the mayor, who …” and “…, he said, adding …”: what follows is the reporter's.
        right = []
    if not _words(tree, left) or not (_words(tree, right) or _tells(tree, left)):
        return None
    return left + right


_CLAUSAL = frozenset({"that", "who", "which", "as", "whether", "but", "and", "when", "where", "if"})


_TAIL = 10
"""Tokens after a cue that closes its sentence: a time, a place, an audience."""


def closing(tree: Tree, cue: int, taken: Sequence[bool], table: CueTable) -> list[int] | None:
    """The tokens of the sentence before a cue that closes it, or None where it does not: “Prices will rise, the bank
    said on Monday.”

    Where the parser takes what is said for something else ("Some 300 people marched" for people who were marched), the
    words tell: a comma, somebody, a verb of saying, and nothing more but when and where.
    """
    if tree.tag[cue] not in {"VBD", "VBZ", "VBP"} or not quotes(tree, cue, table):
        return None
    if table.share(cue_word(tree, cue, table), "clause") < _SURE:
        return None
    start, end = _sentence(tree, cue)
    first = next((i for i in range(cue - 1, start - 1, -1) if _breaks(tree, i)), None)
    if first is None or cue - first > _LONGEST or end - cue > _TAIL:
        return None
    somebody = range(first + 1, cue)
    if tree.heading and first + 1 == cue:
        # “Truce near, says Bell”: headlines turn the order round.
        somebody = range(cue + 1, end + 1)
    if not any(tree.pos[i] in {"PROPN", "NOUN", "PRON"} for i in somebody):
        return None
    beside = [*somebody, *range(cue + 1, end + 1)]
    if any(tree.pos[i] in {"VERB", "AUX"} or tree.lower[i] in _CLAUSAL or tree.words[i] in ",:;" for i in beside):
        return None
    if any(tree.dep[i] in _CONTENT and i > cue for i in tree.kids[cue] if tree.lemma[cue] not in table.addressing):
        return None
    left = [i for i in range(start, first) if not taken[i]]
    while left and tree.pos[left[0]] in {"CCONJ", "PUNCT", "SPACE"}:
        left.pop(0)
    # A headline drops the verb ("Truce near"), but one word is nothing that somebody says.
    verbs = (tree.heading and len(left) > 1) or any(
        tree.pos[i] in {"VERB", "AUX"} and tree.tag[i] not in {"VB", "VBG"} for i in left
    )
    return left if verbs and len(left) == first - left[0] and tree.lower[left[0]] not in _CLAUSAL | {"while"} else None


def _bounds(tree: Tree, cue: int) -> tuple[int | None, int | None]:
    start, end = _sentence(tree, cue)
    first = next((i for i in range(cue - 1, start - 1, -1) if _breaks(tree, i) or tree.words[i] in _CLOSING), None)
    last = next((i for i in range(cue + 1, end + 1) if _breaks(tree, i)), None)
    return first, last


def _breaks(tree: Tree, i: int) -> bool:
    """Whether a token sets off what stands beside it; a hyphen inside a word does not ("an 83-year-old")."""
    return tree.words[i] in _BREAKS or spaced(tree, i)


def _sentence(tree: Tree, i: int) -> tuple[int, int]:
    start = end = i
    while start > 0 and tree.sentence[start - 1] == tree.sentence[i]:
        start -= 1
    while end + 1 < tree.size and tree.sentence[end + 1] == tree.sentence[i]:
        end += 1
    return start, end


def _leaves(tree: Tree, right: Sequence[int]) -> bool:
    first = next((i for i in right if tree.pos[i] not in {"PUNCT", "SPACE"}), None)
    return first is not None and (
        tree.tag[first] == "VBG" or tree.lower[first] in _CLAUSAL - {"that", "if", "as", "when"}
    )


def _tells(tree: Tree, tokens: Sequence[int]) -> bool:
    return any(tree.tag[i] in {"VBD", "VBZ", "VBP", "MD"} for i in tokens)


def _words(tree: Tree, tokens: Sequence[int]) -> bool:
    return any(tree.pos[i] not in {"PUNCT", "SPACE", "CCONJ"} for i in tokens)
