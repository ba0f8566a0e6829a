"""Quotations as statements: which of a paragraph's quotations are whole utterances, and which words give them to whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from variorum.reading.statements.lexicon import CueTable
from variorum.reading.statements.tree import Tree
from variorum.text.quotes import Quotation

_FINAL = frozenset({".", "?", "!", "...", "…", ".."})
_OPEN_END = frozenset({",", "?", "!", "-", "--", "—", "–", "...", "…", ";"})
_NEAR = 9
"""Tokens between a cue and a quotation that it introduces with a comma or with nothing."""


@dataclass(slots=True)
class Quoted:
    """One outermost quotation of a paragraph in tokens, marks included."""

    first: int
    last: int
    quotation: Quotation
    inner_first: int
    inner_last: int


@dataclass(slots=True)
class Utterance:
    """Quotations that one cue, or none, gives to one speaker."""

    cue: int | None
    pieces: list[Quoted] = field(default_factory=list)


def quoted_tokens(tree: Tree, quotations: Sequence[Quotation], offset: int) -> list[Quoted]:
    """The outermost quotations as token ranges."""
    found = []
    i = 0
    for quotation in quotations:
        if quotation.depth:
            continue
        start, end = quotation.start + offset, quotation.end + offset
        while i < tree.size and tree.end[i] <= start:
            i += 1
        first = i
        while i < tree.size and tree.start[i] < end:
            i += 1
        if i == first:
            continue
        inner = [
            j for j in range(first, i) if any(c.isalnum() for c in tree.words[j]) or tree.words[j] in _FINAL | _OPEN_END
        ]
        if inner:
            found.append(Quoted(first, i - 1, quotation, inner[0], inner[-1]))
    return found


def utterances(tree: Tree, quoted: Sequence[Quoted], table: CueTable) -> tuple[list[Utterance], list[Quoted]]:
    """The quotations that are whole utterances, by their cues, and those that go on without a cue of their own.

    A quotation that begins inside a clause of the reporter's is neither: it is part of that clause.
    """
    inside = [-1] * tree.size
    for n, quote in enumerate(quoted):
        inside[quote.first : quote.last + 1] = [n] * (quote.last + 1 - quote.first)
    by_cue: dict[int, Utterance] = {}
    found: list[Utterance] = []
    loose: list[Quoted] = []
    for n, quote in enumerate(quoted):
        opens = _opens_sentence(tree, quoted, n, inside)
        cue = _cue_after(tree, quote, inside, table) if opens else None
        if cue is None:
            cue = _cue_before(tree, quote, inside, table)
        if cue is not None:
            if cue not in by_cue:
                by_cue[cue] = Utterance(cue)
                found.append(by_cue[cue])
            by_cue[cue].pieces.append(quote)
        elif opens and _whole(tree, quote, inside):
            loose.append(quote)
    return found, loose


def _opens_sentence(tree: Tree, quoted: Sequence[Quoted], n: int, inside: list[int]) -> bool:
    before = quoted[n].first - 1
    while before >= 0 and (tree.pos[before] == "SPACE" or tree.words[before] in "()[]•*–—"):
        before -= 1
    if before < 0:
        return True
    if inside[before] >= 0:
        return tree.words[quoted[inside[before]].inner_last] in _FINAL
    return tree.words[before] in _FINAL


def _whole(tree: Tree, quote: Quoted, inside: list[int]) -> bool:
    """Whether a quotation fills its sentence."""
    after = quote.last + 1
    if after >= tree.size or tree.words[quote.inner_last] in _FINAL:
        return True
    return tree.words[after] in _FINAL


def _region_after(tree: Tree, quote: Quoted, inside: list[int]) -> list[int]:
    tokens = []
    for i in range(quote.last + 1, tree.size):
        if inside[i] >= 0 or tree.words[i] in _FINAL:
            break
        tokens.append(i)
    return tokens


def _region_before(tree: Tree, quote: Quoted, inside: list[int]) -> list[int]:
    tokens = []
    for i in range(quote.first - 1, -1, -1):
        if tree.words[i] in _FINAL and inside[i] < 0:
            break
        if inside[i] >= 0:
            break
        tokens.append(i)
    return tokens


def cue_word(tree: Tree, i: int, table: CueTable) -> str:
    """A verb's lemma with its particle, the lemmatiser's slips corrected."""
    word = table.lemmas.get(tree.lemma[i], tree.lemma[i])
    particle = tree.child(i, "prt")
    return word if particle is None else f"{word} {tree.lower[particle]}"


def _quotes(tree: Tree, i: int, table: CueTable) -> bool:
    if tree.lower[i] == "according":
        return True
    if tree.pos[i] not in {"VERB", "AUX"}:
        return False
    word = cue_word(tree, i, table)
    return word in table.quoting or word.split(" ")[0] in table.quoting


def _cue_after(tree: Tree, quote: Quoted, inside: list[int], table: CueTable) -> int | None:
    region = _region_after(tree, quote, inside)
    if not region:
        return None
    comma = tree.words[quote.inner_last] == "," or tree.words[region[0]] in {",", "—", "–", "--"}
    if not comma and tree.words[quote.inner_last] not in _OPEN_END:
        return None
    if not comma and tree.words[region[0]][0].isupper() and tree.words[quote.inner_last] in {"...", "…"}:
        return None
    other: int | None = None
    for n, i in enumerate(region):
        if _quotes(tree, i, table):
            return i if other is None or n < 2 * _NEAR else other
        if other is None and comma and tree.tag[i] in {"VBD", "VBZ", "VBP"} and tree.pos[i] == "VERB" and n < _NEAR:
            other = i
    return other


def _cue_before(tree: Tree, quote: Quoted, inside: list[int], table: CueTable) -> int | None:
    region = _region_before(tree, quote, inside)
    while region and tree.pos[region[0]] == "SPACE":
        region.pop(0)
    if not region:
        return None
    last = tree.words[region[0]]
    capital = tree.words[quote.inner_first][:1].isupper() or not tree.words[quote.inner_first][:1].isalpha()
    if last == ":":
        verbs = [i for i in region if _quotes(tree, i, table)]
        if verbs:
            return verbs[0]
        verbs = [i for i in region if tree.pos[i] == "VERB"]
        return verbs[0] if verbs else region[0]
    if not capital:
        return None
    reach = _NEAR if last == "," else 1
    for i in region[: reach + 1]:
        if _quotes(tree, i, table):
            return i
        if tree.words[i] in {";", ":"}:
            break
    if last == "," and inside[region[-1] - 1] >= 0 and region[-1] > 0:
        return next((i for i in reversed(region) if _quotes(tree, i, table)), None)
    return None
