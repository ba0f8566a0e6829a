"""Who speaks beside a quotation: what the words around it tell, where quotation marks mislead the parser.

A parser reads “No,” said Bell, explaining he was late, as it reads any sentence; the press writes it in a few fixed forms.
So the forms come first: the name right behind the words of saying, the name right before them; then the parse, as far as it
points to the reporter's own words; then the first name in reach.
"""

from __future__ import annotations

from collections.abc import Sequence

from variorum.reading.statements.found import Found
from variorum.reading.statements.lexicon import cue_table
from variorum.reading.statements.parts import owner_of, source_head
from variorum.reading.statements.tree import Tree

DASHES = frozenset({"—", "–", "-", "--", "―", "~"})
_NAMES = frozenset({"PROPN", "NOUN", "PRON"})
_OPENS_PHRASE = frozenset({"PROPN", "NOUN", "PRON", "DET", "ADJ", "NUM"})
_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_SPEAKS = frozenset({"I", "he", "she", "they", "we", "who", "it", "you"})
_PRONOUNS = frozenset({"me", "him", "her", "us", "them", "myself", "himself", "herself", "themselves", "that", "there"})
_MARKS = frozenset({"“", "”", '"', "``", "''"})
_LONGEST_BRACKETS = 8
"""Tokens of what stands in brackets behind a name: a party and a state, an age, an acronym."""
DAYS = frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday", "tomorrow"}
)
_MODIFIES = frozenset({"compound", "amod", "poss", "nmod", "nummod", "det"})


def spaced(tree: Tree, i: int) -> bool:
    """Whether a hyphen with a blank on either side does for a dash."""
    return (
        tree.words[i] == "-"
        and 0 < i < tree.size - 1
        and tree.end[i - 1] < tree.start[i]
        and tree.end[i] < tree.start[i + 1]
    )


def speaker_of(found: Found, region: Sequence[int]) -> int | None:
    """The head word of a quotation's speaker.

    Args:
        found: the quotation with its cue.
        region: the reporter's words beside it, in order; the speaker stands among them.
    """
    tree, cue = found.tree, found.cue
    if not tree.words[cue][0].isalpha():
        return _without_verb(tree, cue, region)
    head = source_head(tree, cue)
    if tree.lower[cue] == "according":
        return head
    if head is not None and tree.lemma[cue] == "be" and tree.lemma[head] in cue_table().speech:
        owner = owner_of(tree, head)
        return head if owner is None else owner
    known = head is not None and head in region and tree.lower[head] != "there"
    right = _right_behind(tree, cue, region, found)
    if right is not None:
        return right
    left = _right_before(tree, cue, region)
    if left is not None and not (known and head is not None and _covers(tree, head, left)):
        return left
    if known:
        return head
    if head is not None and tree.tag[cue] == "VBG" and _in_reach(found, head):
        return head
    beside = _first_name(tree, cue, region)
    return head if beside is None else beside


def _right_behind(tree: Tree, cue: int, region: Sequence[int], found: Found) -> int | None:
    """“…,” said Bell: the words of saying open the reporter's, and a name follows."""
    words = [i for i in region if any(c.isalnum() for c in tree.words[i])]
    if not words or words[0] != cue or tree.tag[cue] not in _FINITE or tree.start[cue] < found.quotes[0].start:
        return None
    after = cue + 1
    if len(words) < 2 or words[1] != after or tree.lower[after] in _PRONOUNS:
        return None
    if tree.pos[after] not in _OPENS_PHRASE and not tree.words[after][0].isupper():
        return None
    return climbed(tree, after, cue, region)


def _right_before(tree: Tree, cue: int, region: Sequence[int]) -> int | None:
    """… Bell said, “…”: a name or a pronoun right before the words of saying."""
    if tree.tag[cue] not in _FINITE | {"VBN"} or any(tree.dep[i] in {"aux", "auxpass"} for i in tree.kids[cue]):
        return None
    before = _past_brackets(tree, cue - 1)
    if before not in region:
        return None
    if tree.pos[before] == "PROPN" or tree.lower[before] in _SPEAKS - {"who", "it", "you"}:
        return before if tree.lower[before] not in DAYS else None
    return None


def _past_brackets(tree: Tree, i: int) -> int:
    """The last token before words in brackets that end at a token ("Bell (R-Ohio) said")."""
    if i < 0 or tree.words[i] != ")":
        return i
    opening = next((j for j in range(i, max(i - _LONGEST_BRACKETS, -1), -1) if tree.words[j] == "("), i + 1)
    return opening - 1


def _covers(tree: Tree, head: int, i: int) -> bool:
    return tree.left[head] <= i <= tree.right[head]


def _in_reach(found: Found, head: int) -> bool:
    """Whether a word is the reporter's own and stands in the cue's sentence."""
    tree = found.tree
    between = range(min(head, found.cue), max(head, found.cue))
    quoted = any(q.start <= tree.start[head] < q.end for q in found.quotes)
    quoted = quoted or sum(tree.words[i] in _MARKS for i in between) % 2 == 1
    return not quoted and not any(tree.final[i] for i in between)


def _without_verb(tree: Tree, cue: int, region: Sequence[int]) -> int | None:
    """The name before a colon, or behind a dash that signs a quotation."""
    if tree.words[cue][-1] in DASHES and not any(i > cue for i in region):
        # A quotation between dashes: the name before the first, or else whom the sentence is about.
        before = [i for i in region if i < cue and _names(tree, i)]
        near = [i for i in before if i == cue - 1 and tree.pos[i] == "PROPN"]
        return climbed(tree, (near or before)[0], cue, region) if before else None
    if tree.words[cue][-1] in DASHES:
        return climbed(tree, next(i for i in region if i > cue and tree.words[i][0].isupper()), cue, region)
    if not tree.words[cue].endswith(":"):
        return _first_name(tree, cue, region)
    dashes = (i for i in region if i < cue and (tree.words[i] in DASHES - {"-"} or spaced(tree, i)))
    dash = max(dashes, default=-1)
    named = [i for i in region if dash < i < cue and _names(tree, i)]
    return climbed(tree, named[0], cue, region) if named else None


def _first_name(tree: Tree, cue: int, region: Sequence[int]) -> int | None:
    """Right of the cue if nothing that could be a name stands left of it ("…,” said the minister), else left of it."""
    named = [i for i in region if i != cue and _names(tree, i)]
    left = [i for i in named if i < cue]
    if left or named:
        return climbed(tree, (left or named)[0], cue, region)
    return None


def _names(tree: Tree, i: int) -> bool:
    return tree.pos[i] in _NAMES and tree.lower[i] not in DAYS and tree.lower[i] != "there"


def climbed(tree: Tree, i: int, cue: int, region: Sequence[int]) -> int:
    """Up from a word to the head of its noun phrase."""
    allowed = set(region) - {cue}
    while tree.dep[i] in _MODIFIES and tree.head[i] in allowed:
        i = tree.head[i]
    return i
