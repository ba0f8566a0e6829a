"""The search for statements, paragraph by paragraph: utterances first, then what the cue table knows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from variorum.model import Extent
from variorum.reading.parsed import Paragraph
from variorum.reading.statements.asides import aside
from variorum.reading.statements.circumstances import circumstances
from variorum.reading.statements.direct import Quoted, Utterance, announcing, quoted_tokens, signature, utterances
from variorum.reading.statements.direct import quotes as quotes_beside
from variorum.reading.statements.frames import Candidate, candidates
from variorum.reading.statements.lexicon import CueTable, cue_table
from variorum.reading.statements.tree import Tree
from variorum.text.quotes import find_quotations

LEAST_SHARE = 0.32
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
    region: Sequence[int] | None = None
    """For a quotation: the tokens beside it, among which its speaker must stand."""


@dataclass(slots=True)
class _Before:
    """What the paragraph before leaves to the next."""

    last: Found | None = None
    open: bool = False
    """Its last quotation was not closed."""
    quotation_last: bool = False
    """It ends with a quotation."""
    announces: tuple[Tree, list[int]] | None = None
    """Its parse and the tokens of its last sentence, where it ends with a colon."""


def search(paragraphs: Iterable[Paragraph]) -> list[Found]:
    """All statements of a report's paragraphs, in the order of the text, contents never nested."""
    table = cue_table()
    found: list[Found] = []
    before = _Before()
    read = [(paragraph, Tree(paragraph)) for paragraph in paragraphs]
    for n, (paragraph, tree) in enumerate(read):
        signer = read[n + 1][1] if n + 1 < len(read) else None
        before = _read(paragraph, tree, table, found, before, signer)
    return found


def _read(
    paragraph: Paragraph, tree: Tree, table: CueTable, found: list[Found], before: _Before, signer: Tree | None
) -> _Before:
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
    here += _chosen(tree, table, taken, used, quoted, opening=not found)
    here.sort(key=_place)
    signed = signature(signer, range(signer.size)) if signer and loose and len(loose) == len(quoted) else None
    if signer is not None and signed is not None:
        pieces = [q.extent for q in loose]
        here.append(Found(signer, signed, _joined(pieces), "quotation", quotes=pieces, region=range(signer.size)))
    else:
        for quote in loose:
            _go_on(tree, quote, quoted, here, before)
    here.sort(key=_place)
    found.extend(here)
    return _leave(tree, quoted, here, before)


def _place(found: Found) -> tuple[int, int, str]:
    return found.content[0].start, found.content[-1].end, found.frame


def _uttered(tree: Tree, utterance: Utterance) -> Found:
    pieces = [q.extent for q in utterance.pieces]
    return Found(tree, utterance.cue, _joined(pieces), "quotation", quotes=pieces, region=utterance.region)


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
    tree: Tree, table: CueTable, taken: list[bool], used: set[int | None], quoted: Sequence[Quoted], *, opening: bool
) -> list[Found]:
    """The candidates that the cue table is sure of, the outermost first; what stands in a content is not looked at again."""
    best: dict[int, tuple[float, Candidate]] = {}
    clauses: dict[int, list[Candidate]] = {}
    for candidate in candidates(tree):
        cue = candidate.cue
        if taken[cue] or cue in used:
            continue
        word = table.lemmas.get(candidate.word, candidate.word)
        share = table.share(word, candidate.frame)
        if share < LEAST_SHARE / 2:
            continue
        share = table.under(share, circumstances(tree, candidate, opening=opening))
        if share < LEAST_SHARE:
            continue
        if candidate.frame in _WHOLE:
            clauses.setdefault(cue, []).append(candidate)
        if cue not in best or share > best[cue][0]:
            best[cue] = share, candidate
    for cue in range(tree.size):
        tokens = None if taken[cue] or cue in used else aside(tree, cue, taken, table)
        if tokens:
            best[cue] = 1.0, Candidate(cue, tree.lemma[cue], "aside", tuple(tokens), tokens[0])
    found = []
    depth = tree.depths
    for cue in sorted(best, key=lambda i: (best[i][1].frame not in _FIRST, depth[i], i)):
        candidate = best[cue][1]
        if taken[cue]:
            continue
        tokens = [i for i in candidate.content if not taken[i]]
        if len(tokens) < max(1, len(candidate.content) // 2):
            continue
        if candidate.frame in _WHOLE:
            tokens = sorted({i for one in clauses[cue] for i in one.content if not taken[i]})
            tokens = _sentence_around(tree, cue, tokens, taken)
            tokens = _without_next_cue(tree, tokens, candidate, table)
        pieces, quotes = _pieces(tree, _without_aside(tree, tokens, cue), cue, quoted)
        if not pieces:
            continue
        for i in range(tokens[0], tokens[-1] + 1):
            if any(tree.start[i] >= piece.start and tree.end[i] <= piece.end for piece in pieces):
                taken[i] = True
        found.append(Found(tree, cue, pieces, candidate.frame, candidate.top, quotes))
    return found


_WHOLE = frozenset({"that", "clause", "wh", "small", "according"})
"""Frames whose content is a clause of its own, all of which is the source's even where the cue stands in or after it."""
_FIRST = frozenset({"aside", "according"})
"""Frames that reach beyond the cue's own subtree, and so hold cues that stand higher in the parse."""
_NOT_ASIDE = frozenset({"which", "who", "whose", "where", "whom"})


def _sentence_around(tree: Tree, cue: int, tokens: list[int], taken: Sequence[bool]) -> list[int]:
    """For a main verb in or after its content: the content back to the beginning of the sentence, a conjunction left out."""
    if tokens[0] > cue or tree.head[cue] != cue:
        return tokens
    first = tokens[0]
    while first > 0 and tree.sentence[first - 1] == tree.sentence[cue] and not taken[first - 1]:
        first -= 1
    while first < tokens[0] and (tree.pos[first] in {"CCONJ", "PUNCT", "SPACE"} or tree.dep[first] == "cc"):
        first += 1
    block = set(tree.subtree(cue)) - set(tokens)
    before_own = min(_own(tree, cue))
    ahead = [i for i in range(first, tokens[0]) if i not in block or i < before_own]
    return sorted({*ahead, *tokens})


def _own(tree: Tree, cue: int) -> list[int]:
    """The tokens of a cue's own clause: itself, its subject, its auxiliaries."""
    own = [cue]
    for i in tree.kids[cue]:
        if tree.dep[i] in {"nsubj", "nsubjpass", "aux", "auxpass", "neg", "expl", "agent"}:
            own.extend(tree.subtree(i))
    return own


def _without_next_cue(tree: Tree, tokens: list[int], candidate: Candidate, table: CueTable) -> list[int]:
    """Without a verb of saying that follows the content with a subject of its own or the same ("… and said", "…, adding")."""
    for i in tokens:
        if i <= candidate.cue or tree.head[i] != candidate.top or not quotes_beside(tree, i, table):
            continue
        joined = tree.dep[i] == "conj" and tree.tag[i] == tree.tag[candidate.cue] and tree.tag[candidate.top] != tree.tag[i]
        added = tree.dep[i] == "advcl" and tree.tag[i] == "VBG" and tree.words[tree.left[i] - 1] == ","
        if joined or added:
            kept = [j for j in tokens if j < tree.left[i]]
            while kept and (tree.pos[kept[-1]] == "CCONJ" or _edge(tree, kept[-1])):
                kept.pop()
            return kept or tokens
    return tokens


def _without_aside(tree: Tree, tokens: list[int], cue: int) -> list[int]:
    """Without a last clause after a comma that tells of a noun in the reporter's own words ("…, which he signed")."""
    for i in reversed(tokens):
        if tree.dep[i] != "relcl" or tree.right[i] < tokens[-1] or tree.left[i] <= max(tokens[0] + 1, cue):
            continue
        first = tree.left[i]
        if tree.words[first - 1] == "," and tree.lower[first] in _NOT_ASIDE:
            kept = [j for j in tokens if j < first]
            return kept or tokens
    return tokens


def _pieces(tree: Tree, tokens: list[int], cue: int, quoted: Sequence[Quoted]) -> tuple[list[Extent], list[Extent]]:
    """Tokens as extents: marks at the edges off, quotations that they begin or end in whole."""
    pieces: list[Extent] = []
    quotes: list[Extent] = []
    for first, last in tree.runs(tokens):
        while first <= last and _edge(tree, first):
            first += 1
        while last >= first and (_edge(tree, last) or tree.pos[last] == "CCONJ"):
            last -= 1
        if first > last:
            continue
        for quote in quoted:
            if quote.first <= last and first <= quote.last and not quote.first <= cue <= quote.last:
                first, last = min(first, quote.first), max(last, quote.last)
                quotes.append(quote.extent)
        pieces.append(tree.extent(first, last))
    return _joined(pieces), quotes


def _edge(tree: Tree, i: int) -> bool:
    word = tree.words[i]
    return not any(c.isalnum() for c in word) and word not in "%$€£)"


def _go_on(tree: Tree, quote: Quoted, quoted: Sequence[Quoted], here: list[Found], before: _Before) -> None:
    """Gives a quotation that has no cue to the statement that it goes on from."""
    extent = quote.extent
    earlier = [f for f in here if f.quotes and f.quotes[0].start < extent.start]
    if not earlier and quote is quoted[0] and not _words_before(tree, quote):
        if before.announces is not None:
            tree, region = before.announces
            cue = announcing(tree, region, cue_table())
            here.append(Found(tree, cue, [extent], "quotation", quotes=[extent], region=region))
            return
        if before.last is not None and (before.open or before.quotation_last):
            before.last.content = _joined([*before.last.content, extent])
            before.last.quotes.append(extent)
            return
    if earlier:
        last = max(earlier, key=lambda f: f.quotes[-1].end)
        last.content = _joined([*last.content, extent])
        last.quotes.append(extent)


def _words_before(tree: Tree, quote: Quoted) -> bool:
    return any(c.isalnum() for i in range(quote.first) for c in tree.words[i])


def _leave(tree: Tree, quoted: Sequence[Quoted], here: list[Found], before: _Before) -> _Before:
    if not tree.size:
        return before
    last_word = max((i for i in range(tree.size) if tree.pos[i] != "SPACE"), default=0)
    after = _Before()
    if tree.words[last_word] == ":":
        after.announces = tree, [i for i in range(last_word + 1) if tree.sentence[i] == tree.sentence[last_word]]
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
