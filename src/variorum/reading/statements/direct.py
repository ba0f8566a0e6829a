"""Quotations as statements: which of a paragraph's quotations are whole utterances, and which words give them to
whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from variorum.model import Extent
from variorum.reading.statements.lexicon import CueTable
from variorum.reading.statements.tree import Tree
from variorum.text.quotes import Quotation

_FINAL = frozenset({".", "?", "!", "...", "…", ".."})
_OPEN_END = frozenset({",", "?", "!", "-", "--", "—", "–", "...", "…", ";"})
_PAUSES = frozenset({",", "—", "–", "-", "--"})
_DASHES = frozenset({"—", "–", "-", "--", "―", "~"})
_SIGNED = 20
_BESIDE = 5
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
    extent: Extent


@dataclass(slots=True)
class Utterance:
    """Quotations that one cue gives to one speaker."""

    cue: int
    region: list[int]
    """The reporter's words beside the quotation, in the order of the text: the only ones that can name its speaker."""
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
        if inner and not _nickname(tree, first, i - 1, inner):
            found.append(Quoted(first, i - 1, quotation, inner[0], inner[-1], Extent(start, end)))
    return found


def _nickname(tree: Tree, first: int, last: int, inner: list[int]) -> bool:
    """Whether marks stand around a byname between the parts of a name (Jane “JJ” Roe)."""
    if first == 0 or last + 1 >= tree.size or len(inner) > 2 or not all(tree.words[i][0].isupper() for i in inner):
        return False
    return tree.pos[first - 1] == "PROPN" and tree.words[last + 1][0].isupper()


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
        announced = bool(before) and tree.words[before[-1]] == ":"
        if announced and tree.words[quote.inner_last] == "," and any(quotes(tree, i, table) for i in after[:_BESIDE]):
            # A colon before, but the words of saying after: “He shrugged: “No,” he said.”
            announced = False
        if not opens or announced:
            cue = _cue_before(tree, quote, before, table)
        if cue is None and resumed is None:
            cue, region = _cue_after(tree, quote, after, table, opens=opens), after
        if cue is None and opens:
            cue, region = _cue_before(tree, quote, before, table), before
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
            by_cue[signed] = Utterance(signed, after, [quote])
            found.append(by_cue[signed])
        elif opens and _whole(tree, quote, inside):
            loose.append(quote)
    return found, loose


def signature(tree: Tree, tokens: Sequence[int], *, glued: bool = False) -> int | None:
    """The dash of a name that signs a quotation ("― Jane Roe, mayor"), or None where the tokens are something else."""
    words = [i for i in tokens if tree.pos[i] != "SPACE"]
    if not 1 < len(words) <= _SIGNED or not tree.words[words[1]][0].isupper():
        return None
    if tree.words[words[0]] not in _DASHES and not glued:
        return None
    verbs = any(tree.tag[i] in {"VBD", "VBZ", "VBP", "MD"} for i in words[1:])
    return None if verbs or not any(tree.pos[i] == "PROPN" for i in words[1:4]) else words[0]


def _signature(tree: Tree, quote: Quoted, after: Sequence[int]) -> int | None:
    if tree.words[quote.inner_last] not in _FINAL:
        return None
    if tree.words[quote.last][-1] in _DASHES:
        # The tokeniser leaves a long dash on the closing mark.
        return signature(tree, [quote.last, *after], glued=True)
    return signature(tree, after)


def _resumes(tree: Tree, before: Sequence[int], cue: int) -> bool:
    """Whether the words between two quotations are a cue's own clause and nothing more."""
    return tree.words[before[-1]] in _PAUSES or not any(tree.pos[i] in {"VERB", "AUX"} and i > cue for i in before)


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
    if before < 0 or tree.words[before] == ":":
        return True
    if inside[before] >= 0:
        return tree.words[quoted[inside[before]].inner_last] in _FINAL
    return tree.final[before]


def _after_dash(tree: Tree, quote: Quoted) -> bool:
    """Whether a quotation opens an insertion between dashes, with its words of saying behind it: "… — “No,” she said —
    …"."""
    first = quote.first
    if first == 0 or not (tree.words[first - 1] in _DASHES - {"-"} or _spaced(tree, first - 1)):
        return False
    return tree.words[quote.inner_last] in {",", "?", "!"} and quote.inner_last > quote.inner_first


def _whole(tree: Tree, quote: Quoted, inside: list[int]) -> bool:
    """Whether a quotation fills its sentence."""
    after = quote.last + 1
    if after >= tree.size or tree.words[quote.inner_last] in _FINAL:
        return True
    return tree.words[after] in _FINAL


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
    return word in table.quoting or word.split(" ")[0] in table.quoting


def _cue_after(tree: Tree, quote: Quoted, region: list[int], table: CueTable, *, opens: bool) -> int | None:
    if not region:
        return None
    end = tree.words[quote.inner_last]
    comma = end == "," or tree.words[region[0]] in _PAUSES
    near = 3 * _NEAR if opens else _NEAR - 3
    if not comma and end not in _OPEN_END:
        # “… full stop." Jane Roe wrote: only words of saying right beside the quotation, and a capital or a pronoun.
        near = 4
    elif not comma and tree.words[region[0]][0].isupper() and end in {"...", "…"}:
        near = 4
    elif not opens:
        return None
    other: int | None = None
    for n, i in enumerate(region[:near]):
        if quotes(tree, i, table):
            return i if comma or not _has_own_content(tree, i, region, asked=end in {"?", "!"}) else None
        if (
            other is None
            and opens
            and comma
            and tree.tag[i] in {"VBD", "VBZ", "VBP"}
            and tree.pos[i] == "VERB"
            and n < _NEAR
        ):
            other = i
    return other


def _has_own_content(tree: Tree, cue: int, region: Sequence[int], *, asked: bool) -> bool:
    """Whether a verb after a full stop goes on to a content of its own ("… .” He added that …")."""
    if not asked and region[-1] + 1 < tree.size and tree.words[region[-1] + 1] not in _FINAL:
        return True
    if asked:
        return any(tree.dep[i] == "ccomp" and cue < tree.left[i] <= cue + 3 for i in tree.kids[cue])
    return any(tree.dep[i] in {"ccomp", "xcomp", "dobj"} and cue < i <= region[-1] for i in tree.kids[cue])


def _cue_before(tree: Tree, quote: Quoted, region: list[int], table: CueTable) -> int | None:
    while region and tree.pos[region[-1]] == "SPACE":
        region.pop()
    if not region:
        return None
    last = tree.words[region[-1]]
    if last == ":":
        return announcing(tree, region, table)
    first = tree.words[quote.inner_first][:1]
    if first.isalpha() and not first.isupper():
        # In mid-sentence: only if it is all that the word beside it says.
        verb = region[-2] if last == "," and len(region) > 1 else region[-1]
        ends = quote.last + 1 >= tree.size or tree.words[quote.inner_last] in _FINAL | {","}
        return verb if ends and quotes(tree, verb, table) else None
    reach = _NEAR if last == "," else 1
    for i in reversed(region[-reach - 1 :]):
        if quotes(tree, i, table):
            return i
        if tree.words[i] in {";", ":"}:
            break
    return None


def announcing(tree: Tree, region: Sequence[int], table: CueTable) -> int:
    """The cue in words that end with a colon.

    The last verb of saying, unless a verb after it stands higher in the sentence ("asked why, he shrugged:"); then
    that one. Without a verb it is the colon itself.
    """
    verbs = [i for i in region if tree.pos[i] in {"VERB", "AUX"}]
    dash = max((i for i in region if tree.words[i] in _DASHES - {"-"} or _spaced(tree, i)), default=-1)
    if not any(i > dash for i in verbs) and (not verbs or any(tree.pos[i] == "PROPN" for i in region if i > dash)):
        return region[-1]
    said = [i for i in verbs if quotes(tree, i, table)]
    if not said:
        return min(verbs, key=lambda i: (tree.depths[i], -i))
    later = [i for i in verbs if i > said[-1] and tree.depths[i] < tree.depths[said[-1]] and tree.pos[i] == "VERB"]
    return min(later, key=lambda i: tree.depths[i]) if later else said[-1]


def _spaced(tree: Tree, i: int) -> bool:
    """Whether a hyphen with a blank on either side does for a dash."""
    return (
        tree.words[i] == "-"
        and 0 < i < tree.size - 1
        and tree.end[i - 1] < tree.start[i]
        and tree.end[i] < tree.start[i + 1]
    )


def beside(tree: Tree, cue: int, region: Sequence[int]) -> int | None:
    """The head word of the speaker among the reporter's words beside a quotation, where the parse does not give it.

    Right of the cue if nothing that could be a name stands left of it ("…,” said the minister), else left of it;
    before a colon that has no verb, the last name.
    """
    nominal = [i for i in region if tree.pos[i] in {"PROPN", "NOUN", "PRON"} and tree.lower[i] not in _TIMES]
    if tree.words[cue][-1] in _DASHES:
        return _climbed(tree, next(i for i in region if i > cue and tree.words[i][0].isupper()), cue, region)
    if tree.words[cue] == ":":
        dash = max(
            (i for i in region if i < cue and (tree.words[i] in _DASHES - {"-"} or _spaced(tree, i))), default=-1
        )
        chosen = [i for i in nominal if dash < i < cue]
        return _climbed(tree, chosen[0], cue, region) if chosen else None
    left = [i for i in nominal if i < cue]
    if left:
        return _climbed(tree, left[0], cue, region)
    right = [i for i in nominal if i > cue]
    return _climbed(tree, right[0], cue, region) if right else None


_TIMES = frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday", "tomorrow"}
)


def _climbed(tree: Tree, i: int, cue: int, region: Sequence[int]) -> int:
    """Up from a word to the head of its noun phrase."""
    allowed = set(region) - {cue}
    while tree.dep[i] in {"compound", "amod", "poss", "nmod", "nummod", "det"} and tree.head[i] in allowed:
        i = tree.head[i]
    return i
