"""Quoted phrases inside the reporter's own clauses: whose words they are, where no content holds them."""

from __future__ import annotations

from collections.abc import Sequence

from variorum.model import Extent
from variorum.reading.statements.cues import cue_word
from variorum.reading.statements.found import Found
from variorum.reading.statements.lexicon import CueTable
from variorum.reading.statements.quoted import Quoted
from variorum.reading.statements.tree import Tree

_FRAGMENT = 3
"""Words from which on a quotation inside a reporter's clause is a phrase that somebody used, and no word in doubt."""
_SENTENCE = 7
_AND = frozenset({"and", "or", "and/or", ","})
_QUOTING = frozenset({"say", "ask", "judge"})
_REACH = 12
"""Tokens back to a verb where the parse does not tie a quotation to one."""


def left_over(
    tree: Tree, table: CueTable, taken: Sequence[bool], used: set[int], quoted: Sequence[Quoted]
) -> list[Found]:
    """Quoted phrases in no content yet, under a verb that says, asks or judges ("called it “a gift to nobody”")."""
    found: list[Found] = []
    for n, quote in enumerate(quoted):
        if found and n and found[-1].quotes[-1] == quoted[n - 1].extent and joined_to(tree, quoted[n - 1], quote):
            last = found[-1]
            last.content = [Extent(last.content[0].start, quote.extent.end)]
            last.quotes.append(quote.extent)
            continue
        if any(taken[quote.first : quote.last + 1]):
            continue
        verb = _governor(tree, quote)
        if verb is None or verb in used or taken[verb]:
            continue
        paper = _of_paper(tree, verb, table) if quote.inner_last - quote.inner_first + 1 >= _FRAGMENT else None
        if paper is None and not _phrase(tree, quote, verb, table):
            continue
        verb = verb if paper is None else paper
        used.add(verb)
        found.append(Found(tree, verb, [quote.extent], "phrase", quotes=[quote.extent]))
    return found


def joined_to(tree: Tree, one: Quoted, other: Quoted) -> bool:
    """Whether a quotation follows another with "and" or "or" alone between them."""
    between = tree.lower[one.last + 1 : other.first]
    return 0 < len(between) <= 3 and between[-1] in _AND and all(w in {",", "and", "or"} for w in between)


def _governor(tree: Tree, quote: Quoted) -> int | None:
    """The verb outside a quotation that its words hang on; where the parse cut them off, the last one before it."""
    inside = range(quote.first, quote.last + 1)
    i = next((i for i in range(quote.inner_first, quote.inner_last + 1) if tree.head[i] not in inside), None)
    while i is not None and (i in inside or tree.pos[i] not in {"VERB", "AUX"}):
        i = tree.head[i] if tree.head[i] != i else None
    if i is not None:
        return i
    for i in range(quote.first - 1, max(quote.first - _REACH, -1), -1):
        if tree.final[i]:
            return None
        if tree.pos[i] == "VERB":
            return i
    return None


def _of_paper(tree: Tree, verb: int, table: CueTable) -> int | None:
    """The verb whose subject is a treaty, a communiqué or the like, above the one that a quotation hangs on: what is
    quoted is its wording ("the treaty obliges both sides to help “with all means”")."""
    while True:
        subject = tree.subject(verb, "nsubj")
        if subject is not None:
            return verb if tree.lemma[subject] in table.papers and tree.pos[verb] == "VERB" else None
        above = tree.head[verb]
        if above == verb or tree.dep[verb] not in _UNDER:
            return None
        verb = above


_UNDER = frozenset({"xcomp", "ccomp", "conj", "pcomp", "prep", "advcl"})


def _phrase(tree: Tree, quote: Quoted, verb: int, table: CueTable) -> bool:
    """Whether a quotation under a verb is a phrase that somebody used."""
    size = quote.inner_last - quote.inner_first + 1
    word = cue_word(tree, verb, table)
    if tree.passive(verb) and tree.child(verb, "agent") is None and size < _SENTENCE:
        # "a film called “Harbour”": the thing's name, and nobody's words.
        return False
    if word in table.naming or _wording(tree, quote, table):
        return True
    told = tree.heading and tree.pos[verb] == "VERB" and verb < quote.first
    return size >= _FRAGMENT and (told or table.kind(word) in _QUOTING)


def _wording(tree: Tree, quote: Quoted, table: CueTable) -> bool:
    """Whether a noun for words stands right before a quotation ("used the term “…”")."""
    before = quote.first - 1
    while before > 0 and tree.words[before] == ",":
        before -= 1
    return before >= 0 and tree.lemma[before] in table.wordings
