"""Counts and estimates that somebody gives without a clause: “put the missing at 74”, “counted 52 dead”."""

from __future__ import annotations

from variorum.reading.statements.cues import cue_word
from variorum.reading.statements.lexicon import CueTable
from variorum.reading.statements.parts import source_head
from variorum.reading.statements.tree import Tree


def counted(tree: Tree, cue: int, table: CueTable) -> list[int] | None:
    """The tokens of a number that a verb of counting gives as its source's own, or None where it gives none.

    With "at" the thing measured stands before the number ("estimated the cost at a million"); without it the number
    is the verb's object or counts it ("reported two", "confirmed 12 deaths").
    """
    if tree.pos[cue] != "VERB":
        return None
    word = cue_word(tree, cue, table)
    if word not in table.measuring and word not in table.counting:
        return None
    thing = tree.child(cue, "dobj")
    if (
        thing is None
        or thing < cue
        or tree.negated(cue)
        or (tree.tag[cue] in {"VB", "VBG"} and not _under_way(tree, cue))
    ):
        return None
    if source_head(tree, cue) is None:
        return None
    if word in table.measuring:
        for prep in (p for top in (cue, thing) for p in tree.children(top, "prep") if tree.lower[p] == "at"):
            number = tree.child(prep, "pobj")
            if number is not None and _numbered(tree, number):
                return sorted({*tree.subtree(thing), *tree.subtree(prep)})
    if word in table.counting and _numbered(tree, thing):
        return tree.subtree(thing)
    return None


def _under_way(tree: Tree, cue: int) -> bool:
    """Whether a participle is a finite verb's: "was still counting"."""
    return any(tree.dep[i] == "aux" and tree.lemma[i] == "be" for i in tree.kids[cue])


def _numbered(tree: Tree, noun: int) -> bool:
    if tree.pos[noun] == "NUM":
        return True
    # "52 dead": the parser takes the number for a subject of the adjective.
    return any(
        (tree.dep[i] in {"nummod", "compound"} or i == noun - 1) and tree.pos[i] == "NUM" for i in tree.kids[noun]
    )
