"""Frames: the ways in which a word of saying, thinking or wanting takes a content, read off the dependency parse.

Each word of a paragraph that could be a cue yields candidates: which tokens its content would be, and in which frame.
Whether a word takes contents in that frame at all is no question of syntax; the cue table (``lexicon``) answers it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from variorum.reading.actors.table import person_words
from variorum.reading.statements.lexicon import cue_table
from variorum.reading.statements.parts import by_word_of
from variorum.reading.statements.tree import Tree

_OBJECT_WH = frozenset({"which", "whom", "that", "what"})
_WH = frozenset({"whether", "if", "how", "what", "why", "who", "whom", "whose", "where", "when", "which"})


class Candidate(NamedTuple):
    """A content that a cue word would have in one of its frames."""

    cue: int
    """The cue's head word."""
    word: str
    """Its lemma, with its particle ("point out")."""
    frame: str
    """``that``, ``clause``, ``wh``, ``small``, ``to``, ``ing``, ``object``, ``about`` …; see ``candidates``."""
    content: tuple[int, ...]
    """Tokens of the content."""
    top: int
    """The content's head word."""


def candidates(tree: Tree) -> Iterator[Candidate]:
    """All candidates of a paragraph, in the order of their cue words."""
    for i in range(tree.size):
        finder = _FINDERS.get(tree.pos[i])
        if finder and (tree.kids[i] or tree.dep[i] == "amod"):
            yield from finder(tree, i)


def _verb(tree: Tree, i: int) -> Iterator[Candidate]:
    word = tree.lemma[i]
    particle = tree.child(i, "prt")
    if particle is not None:
        word += " " + tree.lower[particle]
    passive = tree.passive(i)
    voice = "passive " if passive else ""
    objects = tree.children(i, "dobj")
    beside = " + object" if objects else ""

    def made(frame: str, top: int, tokens: list[int]) -> Candidate:
        return Candidate(i, word, frame, tuple(tokens), top)

    for child in tree.kids[i]:
        dep = tree.dep[child]
        if dep == "ccomp":
            yield made(voice + _clause(tree, child) + beside, child, tree.subtree(child))
        elif dep == "xcomp":
            yield made(voice + _open_clause(tree, child) + beside, child, tree.subtree(child))
        elif dep == "dobj":
            told = _told(tree, i, child)
            if told is not None:
                yield made("that + object", told, tree.subtree(told))
                continue
            yield made("object", child, [*tree.subtree(child), *_more_done(tree, i, child)])
            performed = (tree.lemma[i], "of") in cue_table().performing
            if performed and any(tree.lower[j] == "of" and tree.child(j, "pcomp") for j in tree.kids[child]):
                # "accused the firm of hiding it": the parser is of two minds about what "of" hangs on.
                yield made("object of", child, tree.subtree(child))
            for other in tree.children(i, "oprd", "xcomp", "prep", "acomp", "advcl", "ccomp"):
                if tree.dep[other] == "ccomp" and tree.lemma[i] in cue_table().addressing:
                    continue  # "told reporters it was done": whom it was told is no part of it
                if other > child:
                    frame = "object " + (tree.lower[other] if tree.dep[other] == "prep" else tree.dep[other])
                    yield made(frame, child, sorted({*tree.subtree(child), *tree.subtree(other)}))
        elif dep in {"oprd", "acomp", "attr"}:
            subject = tree.child(i, "nsubj")
            yield made(voice + "as" + beside, child, tree.subtree(child))
            if not passive and not objects and subject is not None and dep != "attr":
                yield made("raised", child, [*tree.subtree(subject), *tree.subtree(child)])
        elif dep == "prep":
            yield from _prepositional(tree, i, child, voice, beside, made)
        elif dep == "advcl":
            mark = tree.child(child, "mark")
            if mark is not None and tree.lower[mark] in {"for", "that", "whether", "if"}:
                yield made(voice + "clause " + tree.lower[mark], child, tree.subtree(child))
            elif child > i:
                yield made(voice + "adverbial " + tree.tag[child], child, tree.subtree(child))
        elif dep in {"nsubjpass", "csubjpass"}:
            yield made("passive subject", child, tree.subtree(child))
            for other in tree.children(i, "xcomp", "oprd", "prep", "acomp"):
                if other > i and tree.lower[other] != "by":
                    frame = "passive subject " + (tree.lower[other] if tree.dep[other] == "prep" else tree.dep[other])
                    yield made(frame, other, [*tree.subtree(child), *tree.subtree(other)])
        elif dep == "nsubj" and child < i:
            for other in tree.children(i, "xcomp"):
                yield made("raised " + _open_clause(tree, other), other, [*tree.subtree(child), *tree.subtree(other)])
    if tree.dep[i] == "relcl" and word in cue_table().naming and any(tree.lower[j] in _OBJECT_WH for j in objects):
        # "the pact, which Moscow called a trap"
        for child in tree.children(i, "dobj", "oprd"):
            if child > i:
                yield made("object oprd", child, tree.subtree(child))
    if tree.dep[i] == "relcl" and not objects:
        noun = tree.head[i]
        yield made("relative", noun, _noun_alone(tree, noun, i))
    if tree.dep[i] == "acl" and tree.tag[i] == "VBN":
        noun = tree.head[i]
        yield made("passive subject reduced", noun, _noun_alone(tree, noun, i))


def _more_done(tree: Tree, verb: int, thing: int) -> list[int]:
    """What is joined to an object as something done, where the parser joins it to the verb ("denies theft and bribing a
    clerk")."""
    if tree.tag[verb] == "VBG":
        return []
    joined = (i for i in tree.children(verb, "conj") if i > thing and tree.tag[i] == "VBG")
    if tree.lower[tree.right[thing] + 1 : tree.right[thing] + 2] not in (["and"], ["or"]):
        return []
    return [j for i in joined for j in range(tree.right[thing] + 1, tree.right[i] + 1)]


def _told(tree: Tree, verb: int, listener: int) -> int | None:
    """The clause that somebody is told, where the parser hangs it on the listener ("told villagers that help would
    come")."""
    if tree.lemma[verb] not in cue_table().addressing:
        return None
    for i in tree.children(listener, "acl", "relcl", "ccomp", "appos"):
        subject = tree.subject(i, "nsubj", "nsubjpass")
        if subject is None or not tree.finite(i):
            continue
        first = tree.left[i]
        if tree.lower[first] == "that" and (first != subject or _listens(tree, listener)):
            return i
        if (
            first > listener
            and not tree.relative(subject)
            and tree.tag[first] not in _RELATIVES
            and _listens(tree, listener)
        ):
            return i
    return None


_RELATIVES = frozenset({"WDT", "WP", "WP$", "WRB", "IN"})


def _listens(tree: Tree, i: int) -> bool:
    """Whether a noun is somebody who can be told something, and no tale or truth that somebody tells."""
    words = person_words()
    known = words["persons"] | words["crowds"] | words["bodies"]
    return tree.pos[i] in {"PROPN", "PRON"} or tree.lemma[i] in known or tree.lower[i] in known


def _noun_alone(tree: Tree, noun: int, clause: int) -> list[int]:
    without = set(tree.subtree(clause))
    return [j for j in tree.subtree(noun) if j not in without]


def _prepositional(
    tree: Tree, i: int, prep: int, voice: str, beside: str, made: Callable[[str, int, list[int]], Candidate]
) -> Iterator[Candidate]:
    frame = voice + tree.lower[prep] + beside
    inner = prep
    nested = tree.child(prep, "prep")
    if nested is not None and tree.child(prep, "pobj", "pcomp") is None:
        inner, frame = nested, voice + tree.lower[prep] + " " + tree.lower[nested] + beside
    top = tree.child(inner, "pobj", "pcomp")
    if top is not None:
        yield made(frame, top, tree.subtree(top))
        for other in tree.children(i, "xcomp"):
            if other > top:
                yield made(frame + " to", top, [*tree.subtree(top), *tree.subtree(other)])


def _clause(tree: Tree, top: int) -> str:
    """Which kind of complement clause it is."""
    mark = tree.child(top, "mark")
    if (mark is not None and tree.lower[mark] == "that") or (
        tree.lower[tree.left[top]] == "that" and tree.head[tree.left[top]] != top
    ):
        # The parser may take the "that" of "that help was on its way" for a subject further down.
        return "that"
    if tree.lower[tree.left[top]] in _WH:
        return "wh"
    if tree.finite(top):
        return "clause"
    infinitive = any(tree.dep[j] == "aux" and tree.lower[j] == "to" for j in tree.kids[top])
    return "small to" if infinitive else "small ing" if tree.tag[top] == "VBG" else "small"


def _open_clause(tree: Tree, top: int) -> str:
    if any(tree.dep[j] == "aux" and tree.lower[j] == "to" for j in tree.kids[top]):
        return "wh to" if tree.lower[tree.left[top]] in _WH else "to"
    return "ing" if tree.tag[top] == "VBG" else "open"


def _noun(tree: Tree, i: int) -> Iterator[Candidate]:
    word = tree.lemma[i]
    for child in tree.kids[i]:
        dep = tree.dep[child]
        if dep in {"acl", "ccomp", "relcl"} and child > i:
            mark = tree.child(child, "mark")
            if (mark is not None and tree.lower[mark] in {"that", "whether"}) or tree.lower[tree.left[child]] == "that":
                yield Candidate(i, word, f"noun that {dep}", tuple(tree.subtree(child)), child)
            elif any(tree.dep[j] == "aux" and tree.lower[j] == "to" for j in tree.kids[child]):
                yield Candidate(i, word, "noun to", tuple(tree.subtree(child)), child)
            elif dep == "ccomp":
                yield Candidate(i, word, "noun clause", tuple(tree.subtree(child)), child)
        elif dep == "prep":
            top = tree.child(child, "pobj", "pcomp")
            if top is not None:
                yield Candidate(i, word, "noun " + tree.lower[child], tuple(tree.subtree(top)), top)
    if tree.dep[i] in {"nsubj"} and tree.lemma[tree.head[i]] == "be":
        for child in tree.children(tree.head[i], "ccomp", "xcomp"):
            yield Candidate(i, word, "noun is", tuple(tree.subtree(child)), child)


def _adjective(tree: Tree, i: int) -> Iterator[Candidate]:
    word = tree.lemma[i]
    for child in tree.kids[i]:
        dep = tree.dep[child]
        if dep == "ccomp":
            yield Candidate(i, word, "adjective " + _clause(tree, child), tuple(tree.subtree(child)), child)
        elif dep == "xcomp":
            yield Candidate(i, word, "adjective " + _open_clause(tree, child), tuple(tree.subtree(child)), child)
        elif dep == "prep":
            top = tree.child(child, "pobj", "pcomp")
            if top is not None:
                yield Candidate(i, word, "adjective " + tree.lower[child], tuple(tree.subtree(top)), top)


def _preposition(tree: Tree, i: int) -> Iterator[Candidate]:
    """``according to X, …``, ``as per X, …``, ``in the words of X, …``: the rest of the clause is the content."""
    if tree.head[i] == i or (tree.lower[i] != "according" and by_word_of(tree, i) is None):
        return
    top = tree.head[i]
    if tree.lower[top] == "as" and top == i - 1 and tree.head[top] != top:
        top = tree.head[top]
    without = {*tree.subtree(i), *([i - 1] if tree.lower[i - 1] == "as" and i else [])}
    tokens = [j for j in tree.subtree(top) if j not in without]
    yield Candidate(i, "according", "according", tuple(tokens), top)


_FINDERS: dict[str, Callable[[Tree, int], Iterator[Candidate]]] = {
    "VERB": lambda tree, i: _preposition(tree, i) if tree.lower[i] == "according" else _verb(tree, i),
    "AUX": _verb,
    "NOUN": _noun,
    "PROPN": _noun,
    "ADJ": _adjective,
    "ADP": _preposition,
    "SCONJ": _preposition,
}
