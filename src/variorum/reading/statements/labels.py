"""Speakers set before or behind their words with a colon: transcripts, interviews in questions and answers, headlines.

“REIS: We had no choice.”      “Q: Why?” “A: Because.”      “Scholz: Talks ‘must go on’”      “Toll rises: officials”
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from variorum.model import Extent, ReportedActor
from variorum.reading.actors.table import person_words
from variorum.reading.statements.found import Found
from variorum.reading.statements.lexicon import cue_table
from variorum.reading.statements.quoted import Quoted
from variorum.reading.statements.tree import Tree

Who = Callable[[Extent], ReportedActor | None]
"""The actor that stands at an extent, if one does."""

_LONGEST = 14
"""Tokens of a label: an office, a name, a party in brackets."""
_LONGEST_HEADLINE_LABEL = 6
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_FINAL = frozenset({".", "?", "!", "…", "...", "—", "–", "--", "-", "”", '"', ")", "]"})
_QUESTION_AND_ANSWER = frozenset({"q", "a", "question", "answer"})
_LEAST_TURNS = 3
_LEAST_TALK = 0.6
"""Share of labelled paragraphs that are sentences; lists of ingredients, fixtures or hours have labels, too."""
_LEAST_WORDS = 3
_LEAST_LABELLED = 0.4
"""Share of paragraphs with a label, from the first label to the last, up to which those without one go on."""
_FIRST_PERSON = frozenset({"i", "we", "our", "my", "us", "me", "you"})


class Turn(NamedTuple):
    """One paragraph of a transcript."""

    colon: int
    """The token that ends its label, or -1 where the speaker before goes on."""


def turns(trees: Sequence[Tree]) -> dict[int, Turn]:
    """The paragraphs of a report that are a transcript's, by their number; empty for a report that has none."""
    # A short question may be taken for a heading of its own; the first line of a report is its headline.
    colons = {
        n: colon for n, tree in enumerate(trees) if n or not tree.heading if (colon := _label_end(tree)) is not None
    }
    keys = Counter(_key(trees[n], colon) for n, colon in colons.items())
    asked = keys.keys() <= _QUESTION_AND_ANSWER and len(keys) > 1
    if not asked and (len(colons) < _LEAST_TURNS or max(keys.values(), default=0) < 2):
        return {}
    if sum(_talks(trees[n], colon) for n, colon in colons.items()) < _LEAST_TALK * len(colons):
        return {}
    first, last = min(colons), max(colons)
    found = {n: Turn(colon) for n, colon in colons.items()}
    if len(keys) > 1 and len(colons) >= _LEAST_LABELLED * (last - first + 1):
        for n in range(first, last):
            if n not in found and not trees[n].heading and trees[n].size and trees[n].words[0] not in "([":
                found[n] = Turn(-1)
    return found


def uttered(tree: Tree, turn: Turn, found: list[Found]) -> None:
    """Adds a paragraph of a transcript to what was found: a statement of its own, or the last speaker's next words."""
    words = [i for i in range(turn.colon + 1, tree.size) if tree.pos[i] != "SPACE"]
    if not words:
        return
    extent = tree.extent(words[0], words[-1])
    if turn.colon < 0:
        if found and found[-1].frame == "label":
            found[-1].content.append(extent)
            found[-1].quotes.append(extent)
        return
    found.append(Found(tree, turn.colon, [extent], "label", quotes=[extent], said_by=_label(tree, 0, turn.colon - 1)))


def _label_end(tree: Tree) -> int | None:
    """The colon of a paragraph that begins with a speaker's label, or the "Q." itself."""
    if not tree.size or not (tree.words[0][0].isupper() or tree.words[0] == "["):
        return None
    if tree.lower[0] in {"q.", "a."} or (tree.lower[0] in {"q", "a"} and tree.words[1:2] == ["."]):
        return 0 if tree.lower[0].endswith(".") else 1
    inside = False
    for i in range(min(_LONGEST, tree.size)):
        inside = (inside or tree.words[i] in "([") and not tree.words[i].startswith((")", "]"))
        if tree.words[i].endswith(":"):
            named = any(tree.words[j][0].isupper() and tree.pos[j] != "ADP" for j in range(i))
            return i if 0 < i < tree.size - 1 and named else None
        if (tree.tag[i] in _FINITE and not inside) or tree.words[i] in '“”"‘;!?':
            return None
    return None


def _key(tree: Tree, colon: int) -> str:
    """A label without what stands behind a comma or in brackets, by its last word."""
    name = [tree.lower[0]]
    for i in range(1, colon):
        if tree.words[i] in {",", "(", "["}:
            break
        if tree.words[i][0].isupper():
            name.append(tree.lower[i])
    return name[-1].rstrip(".:")


def _talks(tree: Tree, colon: int) -> bool:
    last = next((tree.words[i] for i in range(tree.size - 1, colon, -1) if tree.pos[i] != "SPACE"), "")
    words = sum(tree.words[i][0].isalpha() for i in range(colon + 1, tree.size))
    return last in _FINAL and words >= _LEAST_WORDS


def _label(tree: Tree, first: int, last: int) -> Extent:
    while first < last and not tree.words[first][0].isalnum():
        first += 1
    if tree.words[last + 1 : last + 2] == ["):"]:
        # The tokeniser takes a bracket and a colon for a face.
        return Extent(tree.start[first], tree.start[last + 1] + 1)
    while last > first and not any(c.isalnum() for c in tree.words[last]) and tree.words[last] not in ")]":
        last -= 1
    return tree.extent(first, last)


# ---- headlines ----------------------------------------


def labelled_headline(tree: Tree, quoted: Sequence[Quoted], who: Who) -> Found | None:
    """What a headline gives to somebody with a colon, or None where the words beside its colon are no speaker's."""
    if not tree.heading:
        return None
    colons = [i for i in range(1, tree.size - 1) if tree.words[i].endswith(":") and not _inside(quoted, i)]
    for colon, ahead in [(i, True) for i in colons[:1]] + [(i, False) for i in colons[-1:]]:
        label = range(colon) if ahead else range(colon + 1, tree.size)
        told = range(colon + 1, tree.size) if ahead else range(colon)
        words = [i for i in label if any(c.isalnum() for c in tree.words[i])]
        if not words or len(words) > _LONGEST_HEADLINE_LABEL or any(tree.tag[i] in _FINITE for i in words):
            continue
        words = _owner(tree, words)
        if any(_inside(quoted, i) for i in words) or not _speaker(tree, words, told, quoted, who, ahead=ahead):
            continue
        told_words = [i for i in told if any(c.isalnum() for c in tree.words[i])]
        if len(told_words) < 2:
            continue
        first, last, quotes = told_words[0], told_words[-1], []
        for quote in quoted:
            if quote.first <= last and first <= quote.last:
                first, last = min(first, quote.first), max(last, quote.last)
                quotes.append(quote.extent)
        said_by = _label(tree, words[0], words[-1])
        return Found(tree, colon, [tree.extent(first, last)], "label", quotes=quotes, said_by=said_by)
    return None


def _owner(tree: Tree, words: list[int]) -> list[int]:
    """Of "Bell's warning to bankers" only "Bell": the words are hers."""
    speech = cue_table().speech
    marks = [i for i in words if tree.tag[i] == "POS" or tree.words[i] in {"’", "'s", "’s"}]
    if marks and any(tree.lemma[i] in speech for i in words if i > marks[0]):
        return [i for i in words if i < marks[0]] or words
    return words


def _inside(quoted: Sequence[Quoted], i: int) -> bool:
    return any(quote.first <= i <= quote.last for quote in quoted)


def _speaker(
    tree: Tree, words: Sequence[int], told: Sequence[int], quoted: Sequence[Quoted], who: Who, *, ahead: bool
) -> bool:
    """Whether a label is somebody who speaks, and no topic: “Ukraine: Missiles hit Odesa”, “Quake: What we know”."""
    nouns = person_words()
    last = words[-1]
    speakers = nouns["persons"] | nouns["crowds"] | nouns["bodies"] | nouns["documents"]
    if tree.lemma[last] in speakers or tree.lower[last] in speakers:
        return True
    label = _label(tree, words[0], last)
    actor = who(label)
    if actor is None or not any(m.extent.end == label.end and m.extent.overlaps(label) for m in actor.mentions):
        return False
    if not ahead or (actor.kind == "person" and actor.named):
        return True
    # Before a colon a body or a state is as often the topic: only words that could be its own make it a speaker.
    own = any(tree.lower[i] in _FIRST_PERSON and tree.words[i] != "US" for i in told)
    return own or any(q.first >= told[0] for q in quoted)
