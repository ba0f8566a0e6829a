"""Quotations as statements: which of a paragraph's quotations are whole utterances, and which words give them to
whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from variorum.reading.statements.cues import NEAR, PAUSES, cue_after, cue_before, quotes
from variorum.reading.statements.lexicon import CueTable
from variorum.reading.statements.quoted import FINAL, Quoted
from variorum.reading.statements.speaking import DASHES, spaced
from variorum.reading.statements.tree import Tree

_SIGNED = 20
_BESIDE = 5
_SENTENCE = 3


@dataclass(slots=True)
class Utterance:
    """Quotations that one cue gives to one speaker."""

    cue: int
    region: list[int]
    """The reporter's words beside the quotation, in the order of the text: the only ones that can name its speaker."""
    pieces: list[Quoted] = field(default_factory=list)


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
        after, before = _region_after(tree, quote, inside), _region_before(tree, quote, inside)
        # The reporter's words go on between two quotations of one sentence: “…,” she said, “…”.
        resumed = next((u for u in found[-1:] if u.cue in before and u.pieces[-1] is quoted[n - 1]), None)
        if resumed is not None and not _resumes(tree, before, resumed.cue):
            resumed = None
        cue, region = None, before
        announced = bool(before) and tree.words[before[-1]].endswith(":")
        if announced and tree.words[quote.inner_last] == ",":
            # A colon before, but the words of saying after: “He shrugged: “No,” he said.”
            said = any(quotes(tree, i, table) for i in before)
            announced = not any(quotes(tree, i, table) for i in after[: _BESIDE if said else 3 * NEAR])
        if not opens or announced:
            cue = cue_before(tree, quote, before, table)
        if cue is None and resumed is None:
            cue, region = cue_after(tree, quote, after, table, opens=opens), after
        if cue is None and opens:
            cue, region = cue_before(tree, quote, before, table), before
        if cue is None and resumed is not None:
            cue = resumed.cue
        if cue is None and _joined_to_last(tree, quoted, n, inside) and found and found[-1].pieces[-1] is quoted[n - 1]:
            cue = found[-1].cue
        if cue is not None:
            if cue not in by_cue:
                by_cue[cue] = Utterance(cue, region)
                found.append(by_cue[cue])
            by_cue[cue].pieces.append(quote)
        elif opens and (signed := _signature(tree, quote, after)) is not None:
            # A mark that is missing cuts a signed quotation up; its signature stands for all before it.
            own = [q for q in loose if not any(u.pieces and u.pieces[-1].first > q.first for u in found)]
            loose = [q for q in loose if q not in own]
            by_cue[signed] = Utterance(signed, after, [*own, quote])
            found.append(by_cue[signed])
        elif _between_dashes(tree, quote):
            dash = quote.first - 1
            by_cue[dash] = Utterance(dash, before, [quote])
            found.append(by_cue[dash])
        elif opens and _whole(tree, quote, inside):
            loose.append(quote)
    return found, loose


def signature(tree: Tree, tokens: Sequence[int], *, glued: bool = False) -> int | None:
    """The dash of a name that signs a quotation ("― Jane Roe, mayor"), or None where the tokens are something else."""
    words = [i for i in tokens if tree.pos[i] != "SPACE"]
    if not 1 < len(words) <= _SIGNED or not tree.words[words[1]][0].isupper():
        return None
    if tree.words[words[0]] not in DASHES and not glued:
        return None
    verbs = any(tree.tag[i] in {"VBD", "VBZ", "VBP", "MD"} for i in words[1:])
    return None if verbs or not any(tree.pos[i] == "PROPN" for i in words[1:4]) else words[0]


def _signature(tree: Tree, quote: Quoted, after: Sequence[int]) -> int | None:
    alone = bool(after) and not any(word[0].isalnum() for word in tree.words[after[-1] + 1 :])
    if tree.words[quote.inner_last] not in FINAL and not alone:
        return None
    if tree.words[quote.last][-1] in DASHES:
        # The tokeniser leaves a long dash on the closing mark.
        return signature(tree, [quote.last, *after], glued=True)
    return signature(tree, after)


def _between_dashes(tree: Tree, quote: Quoted) -> bool:
    """Whether a whole sentence is quoted between dashes ("the former mayor -- “This is a disgrace” -- and two others")."""
    before, after = quote.first - 1, quote.last + 1
    if before < 1 or after >= tree.size or quote.inner_last - quote.inner_first < _SENTENCE:
        return False
    dashes = all(tree.words[i] in DASHES - {"-"} or spaced(tree, i) for i in (before, after))
    verb = any(tree.tag[i] in {"VBD", "VBZ", "VBP", "MD"} for i in range(quote.inner_first, quote.inner_last + 1))
    return dashes and verb and tree.words[quote.inner_first][0].isupper()


def _resumes(tree: Tree, before: Sequence[int], cue: int) -> bool:
    """Whether the words between two quotations are a cue's own clause and nothing more."""
    return tree.words[before[-1]] in PAUSES or not any(tree.pos[i] in {"VERB", "AUX"} and i > cue for i in before)


def _joined_to_last(tree: Tree, quoted: Sequence[Quoted], n: int, inside: list[int]) -> bool:
    """Whether a quotation follows the last one with "and" or "or" alone between them."""
    if n == 0:
        return False
    between = [tree.lower[i] for i in range(quoted[n - 1].last + 1, quoted[n].first)]
    return (
        0 < len(between) <= 3
        and between[-1] in {"and", "or", "and/or"}
        and all(w in {",", "and", "or"} for w in between)
    )


def _opens_sentence(tree: Tree, quoted: Sequence[Quoted], n: int, inside: list[int]) -> bool:
    if _after_dash(tree, quoted[n]):
        return True
    before = quoted[n].first - 1
    while before >= 0 and (tree.pos[before] == "SPACE" or tree.words[before] in "()[]•*–—"):
        before -= 1
    if before < 0 or tree.words[before].endswith(":"):
        return True
    if inside[before] >= 0:
        return tree.words[quoted[inside[before]].inner_last] in FINAL
    return tree.final[before]


def _after_dash(tree: Tree, quote: Quoted) -> bool:
    """Whether a quotation opens an insertion between dashes, with its words of saying behind it: "… — “No,” she said —
    …"."""
    first = quote.first
    if first == 0 or not (tree.words[first - 1] in DASHES - {"-"} or spaced(tree, first - 1)):
        return False
    return tree.words[quote.inner_last] in {",", "?", "!"} and quote.inner_last > quote.inner_first


def _whole(tree: Tree, quote: Quoted, inside: list[int]) -> bool:
    """Whether a quotation fills its sentence."""
    after = quote.last + 1
    if after >= tree.size or tree.words[quote.inner_last] in FINAL:
        return True
    return tree.words[after] in FINAL


def _region_after(tree: Tree, quote: Quoted, inside: list[int]) -> list[int]:
    tokens = []
    for i in range(quote.last + 1, tree.size):
        if inside[i] >= 0 or tree.final[i]:
            break
        tokens.append(i)
    return tokens


def _region_before(tree: Tree, quote: Quoted, inside: list[int]) -> list[int]:
    tokens = []
    for i in range(quote.first - 1, -1, -1):
        if inside[i] >= 0 or tree.final[i]:
            break
        tokens.append(i)
    return tokens[::-1]
