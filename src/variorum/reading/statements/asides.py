"""Cues set off by commas in or after what they attribute: “Prices, the bank says, will rise.”"""

from __future__ import annotations

from collections.abc import Sequence

from variorum.reading.statements.cues import cue_word, quotes
from variorum.reading.statements.lexicon import CueTable
from variorum.reading.statements.speaking import spaced
from variorum.reading.statements.tree import Tree

_BREAKS = frozenset({",", "—", "–", "--"})
_GOES_ON = _BREAKS | {";"}
"""Marks behind an aside: behind a semicolon its speaker goes on ("No rise is planned, he said; stocks will last")."""
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
    if named[0] > cue or _leaves(tree, right) or (_tells(tree, left) and _told_by_another(tree, right, table)):
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
    if not (tree.tag[cue] in {"VBD", "VBZ", "VBP"} or _past_of_name(tree, cue)) or not quotes(tree, cue, table):
        return None
    if table.share(cue_word(tree, cue, table), "clause") < _SURE:
        return None
    start, end = _sentence(tree, cue)
    first = _break_before(tree, cue, start)
    if first is None or cue - first > _LONGEST or end - cue > _TAIL:
        return None
    somebody = range(first + 1, cue)
    if tree.heading and first + 1 == cue:
        # “Truce near, says Bell”: headlines turn the order round.
        somebody = range(cue + 1, end + 1)
    if not any(tree.pos[i] in {"PROPN", "NOUN", "PRON"} for i in somebody):
        return None
    # The commas around a name set beside an office are its own ("the minister, Jane Roe, said").
    apart = tree.words[cue - 1] == ","
    beside = [*(i for i in somebody if not (apart and tree.words[i] == ",")), *range(cue + 1, end + 1)]
    if any(tree.pos[i] in {"VERB", "AUX"} or tree.lower[i] in _CLAUSAL or tree.words[i] in ",:;" for i in beside):
        return None
    if any(tree.dep[i] in _CONTENT and i > cue for i in tree.kids[cue] if tree.lemma[cue] not in table.addressing):
        return None
    left = [i for i in range(start, first) if not taken[i]]
    while left and tree.pos[left[0]] in {"CCONJ", "PUNCT", "SPACE"}:
        left.pop(0)
    if left and tree.tag[left[0]] in {"VBN", "VBG"} and tree.lemma[left[0]] in table.prompted:
        return None  # "Asked whether he would go, Bell said no": the occasion, not what is said
    # A headline drops the verb ("Truce near"), but one word is nothing that somebody says.
    verbs = (tree.heading and len(left) > 1) or any(
        tree.pos[i] in {"VERB", "AUX"} and tree.tag[i] not in {"VB", "VBG"} for i in left
    )
    return left if verbs and len(left) == first - left[0] and tree.lower[left[0]] not in _CLAUSAL | {"while"} else None


def _past_of_name(tree: Tree, cue: int) -> bool:
    """Whether a participle right behind a name between commas may be a past tense ("…, the mayor, Jane Roe, announced")."""
    alone = not any(tree.dep[i] in {"aux", "auxpass", "agent"} for i in tree.kids[cue])
    return tree.tag[cue] == "VBN" and alone and cue > 1 and tree.words[cue - 1] == "," and tree.pos[cue - 2] == "PROPN"


def _bounds(tree: Tree, cue: int) -> tuple[int | None, int | None]:
    start, end = _sentence(tree, cue)
    first = next((i for i in range(cue - 1, start - 1, -1) if _breaks(tree, i) or tree.words[i] in _CLOSING), None)
    if first == cue - 1 and tree.words[first] == ",":
        first = _break_before(tree, cue, start)
    last = next((i for i in range(cue + 1, end + 1) if _breaks(tree, i) or tree.words[i] in _GOES_ON), None)
    return first, last


def _break_before(tree: Tree, cue: int, start: int) -> int | None:
    """The break before a cue's subject: for an office and a name between commas right before the cue, the one before
    the office ("…, the minister of ports, Jane Roe, said")."""
    breaks = [i for i in range(cue - 1, max(start, cue - _LONGEST) - 1, -1) if _breaks(tree, i)]
    if not breaks:
        return None
    if breaks[0] != cue - 1 or tree.words[cue - 1] != ",":
        return breaks[0]
    if len(breaks) < 3:
        return breaks[0]
    name, office = range(breaks[1] + 1, breaks[0]), range(breaks[2] + 1, breaks[1])
    told = any(tree.pos[i] in {"VERB", "AUX"} for i in (*name, *office))
    if told or not any(tree.pos[i] == "PROPN" for i in name) or not any(tree.pos[i] in _NAMED for i in office):
        return breaks[0]
    return breaks[2]


_NAMED = frozenset({"PROPN", "NOUN"})


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


def _told_by_another(tree: Tree, right: Sequence[int], table: CueTable) -> bool:
    """Whether a tail that sets a scene holds the words of somebody else ("…, mediators said, a day after a strike that
    rebels said had killed ten"): it is the reporter's."""
    head = [i for i in right if tree.pos[i] not in {"PUNCT", "SPACE"}][:_SCENE]
    if not any(tree.lower[i] in _SETS_SCENE for i in head):
        return False
    return any(
        (tree.subject(i, "nsubj") is not None or tree.lower[i - 1] in _PLAIN_SUBJECTS or tree.tag[i - 1] == "NNS")
        for i in right
        if tree.tag[i] in {"VBD", "VBZ"} and quotes(tree, i, table)
    )


_SCENE = 5
"""Tokens of a tail among which the word stands that ties it to the sentence."""
_SETS_SCENE = frozenset({"after", "before", "as", "amid", "while", "following", "since", "when"})
_PLAIN_SUBJECTS = frozenset({"he", "she", "they", "it"})


def _tells(tree: Tree, tokens: Sequence[int]) -> bool:
    return any(tree.tag[i] in {"VBD", "VBZ", "VBP", "MD"} for i in tokens)


def _words(tree: Tree, tokens: Sequence[int]) -> bool:
    return any(tree.pos[i] not in {"PUNCT", "SPACE", "CCONJ"} for i in tokens)
