"""The search for statements, paragraph by paragraph: utterances first, then what the cue table knows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from variorum.model import Extent
from variorum.reading.parsed import Paragraph
from variorum.reading.statements.direct import Quoted, Utterance, cue_word, quoted_tokens, utterances
from variorum.reading.statements.frames import Candidate, candidates
from variorum.reading.statements.lexicon import CueTable, cue_table
from variorum.reading.statements.tree import Tree
from variorum.text.quotes import find_quotations

LEAST_SHARE = 0.40
"""How sure the cue table must be of a word in a frame. Near this value a gain in recall costs as much precision."""


@dataclass(slots=True)
class Found:
    """A statement before its source is resolved."""

    tree: Tree
    cue: int | None
    content: list[Extent]
    frame: str
    top: int | None = None
    quotes: list[Extent] = field(default_factory=list)
    """The quotations that its content contains or is."""
    borrowed: Found | None = None
    """The statement that a cueless one goes on from."""


@dataclass(slots=True)
class _Before:
    """What the paragraph before leaves to the next."""

    last: Found | None = None
    open: bool = False
    """Its last quotation was not closed."""
    quotation_last: bool = False
    """It ends with a quotation."""
    announces: Tree | None = None
    """Its parse, where it ends with a colon."""


def search(paragraphs: Iterable[Paragraph]) -> list[Found]:
    """All statements of a report's paragraphs, in the order of the text, contents never nested."""
    table = cue_table()
    found: list[Found] = []
    before = _Before()
    for paragraph in paragraphs:
        tree = Tree(paragraph)
        before = _read(paragraph, tree, table, found, before)
    return found


def _read(paragraph: Paragraph, tree: Tree, table: CueTable, found: list[Found], before: _Before) -> _Before:
    text = paragraph.doc.text
    quotations = find_quotations(text)
    quoted = quoted_tokens(tree, quotations, paragraph.offset)
    spoken, loose = utterances(tree, quoted, table)
    here = [_uttered(tree, u) for u in spoken]
    taken = [False] * tree.size
    for quote in (q for u in spoken for q in u.pieces):
        taken[quote.first : quote.last + 1] = [True] * (quote.last + 1 - quote.first)
    for quote in loose:
        taken[quote.first : quote.last + 1] = [True] * (quote.last + 1 - quote.first)
    used = {u.cue for u in spoken}
    here += _chosen(tree, table, taken, used, quoted)
    here.sort(key=_place)
    for quote in loose:
        _go_on(tree, quote, quoted, here, before)
    here.sort(key=_place)
    found.extend(here)
    return _leave(tree, quoted, here, before)


def _place(found: Found) -> tuple[int, int, str]:
    return found.content[0].start, found.content[-1].end, found.frame


def _uttered(tree: Tree, utterance: Utterance) -> Found:
    pieces = [tree.extent(q.first, q.last) for q in utterance.pieces]
    return Found(tree, utterance.cue, _joined(pieces), "quotation", quotes=pieces)


def _joined(pieces: Sequence[Extent]) -> list[Extent]:
    """Pieces in order, those that follow each other with nothing but a blank between made one."""
    joined: list[Extent] = []
    for piece in sorted(pieces):
        if joined and piece.start - joined[-1].end <= 1:
            joined[-1] = Extent(joined[-1].start, max(joined[-1].end, piece.end))
        else:
            joined.append(piece)
    return joined


def _chosen(
    tree: Tree, table: CueTable, taken: list[bool], used: set[int | None], quoted: Sequence[Quoted]
) -> list[Found]:
    """The candidates that the cue table is sure of, the outermost first; what stands in a content is not looked at again."""
    best: dict[int, tuple[float, Candidate]] = {}
    for candidate in candidates(tree):
        cue = candidate.cue
        if taken[cue] or cue in used:
            continue
        word = table.lemmas.get(candidate.word, candidate.word)
        share = table.share(word, candidate.frame)
        if share >= LEAST_SHARE and (cue not in best or share > best[cue][0]):
            best[cue] = share, candidate
    found = []
    depth = tree.depths
    for cue in sorted(best, key=lambda i: (depth[i], i)):
        candidate = best[cue][1]
        if taken[cue]:
            continue
        tokens = [i for i in candidate.content if not taken[i]]
        if len(tokens) < max(1, len(candidate.content) // 2):
            continue
        pieces, quotes = _pieces(tree, tokens, cue, quoted)
        if not pieces:
            continue
        for i in tokens:
            taken[i] = True
        found.append(Found(tree, cue, pieces, candidate.frame, candidate.top, quotes))
    return found


def _pieces(tree: Tree, tokens: list[int], cue: int, quoted: Sequence[Quoted]) -> tuple[list[Extent], list[Extent]]:
    """Tokens as extents: marks at the edges off, quotations that they begin or end in whole."""
    pieces: list[Extent] = []
    quotes: list[Extent] = []
    for first, last in tree.runs(tokens):
        while first <= last and _edge(tree, first):
            first += 1
        while last >= first and _edge(tree, last):
            last -= 1
        if first > last:
            continue
        for quote in quoted:
            if quote.first <= last and first <= quote.last:
                if not quote.first <= cue <= quote.last:
                    first, last = min(first, quote.first), max(last, quote.last)
                    quotes.append(tree.extent(quote.first, quote.last))
        pieces.append(tree.extent(first, last))
    return _joined(pieces), quotes


def _edge(tree: Tree, i: int) -> bool:
    word = tree.words[i]
    return not any(c.isalnum() for c in word) and word not in "%$€£)"


def _go_on(tree: Tree, quote: Quoted, quoted: Sequence[Quoted], here: list[Found], before: _Before) -> None:
    """Gives a quotation that has no cue to the statement that it goes on from."""
    extent = tree.extent(quote.first, quote.last)
    earlier = [f for f in here if f.quotes and f.quotes[0].start < extent.start]
    if not earlier and quote is quoted[0] and not _words_before(tree, quote):
        if before.announces is not None:
            cue = before.announces
            here.append(Found(cue, _announcing(cue), [extent], "quotation", quotes=[extent]))
            return
        if before.last is not None and (before.open or before.quotation_last):
            before.last.content = _joined([*before.last.content, extent])
            before.last.quotes.append(extent)
            return
    if earlier:
        last = max(earlier, key=lambda f: f.quotes[-1].end)
        last.content = _joined([*last.content, extent])
        last.quotes.append(extent)


def _announcing(tree: Tree) -> int:
    """The cue of a paragraph that ends with a colon: its last verb of saying, its last verb, or the colon."""
    table = cue_table()
    verbs = [i for i in range(tree.size) if tree.pos[i] == "VERB" and tree.sentence[i] == tree.sentence[-1]]
    said = [i for i in verbs if cue_word(tree, i, table) in table.quoting]
    return (said or verbs or [tree.size - 1])[-1]


def _words_before(tree: Tree, quote: Quoted) -> bool:
    return any(c.isalnum() for i in range(quote.first) for c in tree.words[i])


def _leave(tree: Tree, quoted: Sequence[Quoted], here: list[Found], before: _Before) -> _Before:
    if not tree.size:
        return before
    last_word = max((i for i in range(tree.size) if tree.pos[i] != "SPACE"), default=0)
    after = _Before(announces=tree if tree.words[last_word] == ":" else None)
    if quoted:
        end = quoted[-1]
        after.open = not end.quotation.closed
        after.quotation_last = end.last >= last_word - 1
        holders = [f for f in here if f.quotes]
        if holders:
            after.last = max(holders, key=lambda f: f.quotes[-1].end)
            # A quotation, then the cue, then the paragraph's end: the next one may still go on from it.
            after.quotation_last = True
        elif not _words_before(tree, quoted[0]) and before.last is not None:
            after.last = before.last
    return after
