"""The words of saying beside a quotation."""

from __future__ import annotations

from collections.abc import Sequence

from variorum.reading.statements.lexicon import CueTable
from variorum.reading.statements.quoted import FINAL, OPEN_END, Quoted
from variorum.reading.statements.speaking import DASHES, spaced
from variorum.reading.statements.tree import Tree

_TOLD = frozenset({"VBD", "VBZ", "VBP"})
PAUSES = frozenset({",", "—", "–", "-", "--"})
NEAR = 9
"""Tokens between a cue and a quotation that it introduces with a comma or with nothing."""


def cue_word(tree: Tree, i: int, table: CueTable) -> str:
    """A verb's lemma with its particle, the lemmatiser's slips corrected."""
    word = table.lemmas.get(tree.lemma[i], tree.lemma[i])
    particle = tree.child(i, "prt")
    return word if particle is None else f"{word} {tree.lower[particle]}"


def quotes(tree: Tree, i: int, table: CueTable) -> bool:
    """Whether a token is a word beside which a quotation is something uttered."""
    if tree.lower[i] == "according":
        return True
    if tree.pos[i] not in {"VERB", "AUX"}:
        return False
    word = cue_word(tree, i, table)
    if word in table.quoting or word.split(" ")[0] in table.quoting:
        return True
    # The parser takes the "back" of "shot back" for an adverb.
    return i + 1 < tree.size and f"{word} {tree.lower[i + 1]}" in table.quoting


def _introduces(tree: Tree, i: int, table: CueTable) -> bool:
    """Whether a token before a quotation brings it: a word of saying, or "is" after a noun for what is said."""
    if quotes(tree, i, table):
        return True
    subject = tree.subject(i, "nsubj") if tree.lemma[i] == "be" else None
    return subject is not None and subject < i and tree.lemma[subject] in table.speech


def cue_after(tree: Tree, quote: Quoted, region: list[int], table: CueTable, *, opens: bool) -> int | None:
    if not region:
        return None
    end = tree.words[quote.inner_last]
    comma = end == "," or tree.words[region[0]] in PAUSES
    near = 3 * NEAR if opens else NEAR - 3
    if not comma and end not in OPEN_END:
        # “… full stop." Jane Roe wrote: only words of saying right beside the quotation, and a capital or a pronoun.
        near = 4
    elif not comma and tree.words[region[0]][0].isupper() and end in {"...", "…"}:
        near = 4
    elif not opens:
        return None
    other: int | None = None
    for n, i in enumerate(region[:near]):
        if quotes(tree, i, table) and not _of_aside(tree, i, region[:near], table):
            asked = end in {"?", "!"}
            return i if comma or not _has_own_content(tree, i, region, table, asked=asked) else None
        if (
            other is None
            and opens
            and comma
            and tree.tag[i] in {"VBD", "VBZ", "VBP"}
            and tree.pos[i] == "VERB"
            and n < NEAR
        ):
            other = i
    return other


def _of_aside(tree: Tree, verb: int, region: Sequence[int], table: CueTable) -> bool:
    """Whether a verb belongs to a relative clause, and words of saying follow it (“…,” a man who asked for help
    said)."""
    if tree.dep[verb] not in {"relcl", "acl"} and not any(tree.lower[i] in {"who", "whose"} for i in tree.kids[verb]):
        return False
    return any(i > verb and quotes(tree, i, table) and tree.tag[i] in _TOLD for i in region)


def _has_own_content(tree: Tree, cue: int, region: Sequence[int], table: CueTable, *, asked: bool) -> bool:
    """Whether a verb after a full stop goes on to a content of its own ("… .” He added that …")."""
    if cue_word(tree, cue, table) in table.gestures:
        return True
    if not asked and region[-1] + 1 < tree.size and tree.words[region[-1] + 1] not in FINAL:
        return True
    if asked:
        own = {"ccomp"} if tree.lemma[cue] in table.addressing else {"ccomp", "dobj"}
        return any(tree.dep[i] in own and cue < tree.left[i] <= cue + 3 for i in tree.kids[cue])
    return any(tree.dep[i] in {"ccomp", "xcomp", "dobj"} and cue < i <= region[-1] for i in tree.kids[cue])


def cue_before(tree: Tree, quote: Quoted, region: list[int], table: CueTable) -> int | None:
    while region and tree.pos[region[-1]] == "SPACE":
        region.pop()
    if not region:
        return None
    last = tree.words[region[-1]]
    if last.endswith(":"):
        return announcing(tree, region, table)
    first = tree.words[quote.inner_first][:1]
    if first.isalpha() and not first.isupper():
        # In mid-sentence: only if it is all that the word beside it says.
        ends = quote.last + 1 >= tree.size or tree.words[quote.inner_last] in FINAL | {","}
        if not ends:
            return None
        if last == ",":
            return _before_comma(tree, region, table)
        return region[-1] if quotes(tree, region[-1], table) else None
    reach = NEAR if last == "," else 1
    for i in reversed(region[-reach - 1 :]):
        if quotes(tree, i, table) or (last == "," and _introduces(tree, i, table)):
            # "a film called “Harbour”" is the name of a thing, and nobody's words.
            named = reach == 1 and tree.passive(i) and cue_word(tree, i, table) in table.naming
            return None if named else i
        if tree.words[i] in {";", ":"}:
            break
    return None


def _before_comma(tree: Tree, region: Sequence[int], table: CueTable) -> int | None:
    """The words of saying of a clause that ends with a comma right before a quotation, nothing else said in it.

    “Bell told reporters, “we …””, “As the paper put it in a long piece, “the party …””.
    """
    for i in reversed(region[-2 * NEAR : -1]):
        if tree.words[i] in PAUSES or tree.words[i] in {";", ":"}:
            return None
        if tree.pos[i] in {"VERB", "AUX"}:
            if tree.tag[i] not in _TOLD | {"VBG", "VBN"} or not _introduces(tree, i, table) or _reported(tree, i):
                return None
            return None if any(tree.dep[j] in {"ccomp", "xcomp"} and j in region for j in tree.kids[i]) else i
    return None


def _reported(tree: Tree, verb: int) -> bool:
    """Whether a verb stands in a clause that another verb brings ("Bell said he was right when he said, …")."""
    i = verb
    while tree.head[i] != i:
        if tree.dep[i] == "ccomp":
            return True
        i = tree.head[i]
    return False


def announcing(tree: Tree, region: Sequence[int], table: CueTable) -> int:
    """The cue in words that end with a colon.

    The last verb of saying, unless a verb after it stands higher in the sentence ("asked why, he shrugged:"); then
    that one. Without a verb it is the colon itself.
    """
    verbs = [i for i in region if tree.pos[i] in {"VERB", "AUX"}]
    dash = max((i for i in region if tree.words[i] in DASHES - {"-"} or spaced(tree, i)), default=-1)
    if not any(i > dash for i in verbs) and (not verbs or any(tree.pos[i] == "PROPN" for i in region if i > dash)):
        return region[-1]
    said = [i for i in verbs if _introduces(tree, i, table)]
    # "… refused to call it murder:" announces nothing where another verb does.
    said = [i for i in said if tree.tag[i] != "VB"] or said
    if not said:
        return min(verbs, key=lambda i: (tree.depths[i], -i))
    later = [i for i in verbs if i > said[-1] and tree.depths[i] < tree.depths[said[-1]] and tree.pos[i] == "VERB"]
    return min(later, key=lambda i: tree.depths[i]) if later else said[-1]
