"""Which candidates of a paragraph are statements, and how far their contents reach."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from variorum.model import Extent
from variorum.reading.statements.asides import aside, closing
from variorum.reading.statements.circumstances import circumstances
from variorum.reading.statements.counting import counted
from variorum.reading.statements.cues import cue_word
from variorum.reading.statements.cues import quotes as quotes_beside
from variorum.reading.statements.found import Found, joined
from variorum.reading.statements.frames import Candidate, candidates
from variorum.reading.statements.lexicon import CueTable
from variorum.reading.statements.phrases import left_over
from variorum.reading.statements.quoted import Quoted
from variorum.reading.statements.speaking import DAYS
from variorum.reading.statements.tree import Tree

LEAST_SHARE = 0.32
"""How sure the cue table must be of a word in a frame. Near this value a gain in recall costs as much precision."""


def chosen(
    tree: Tree, table: CueTable, taken: list[bool], used: set[int], quoted: Sequence[Quoted], *, opening: bool
) -> list[Found]:
    """The candidates that the cue table is sure of, the outermost first; what stands in a content is not looked
    at again."""
    best: dict[int, tuple[float, Candidate]] = {}
    clauses: dict[int, list[Candidate]] = {}
    for candidate in candidates(tree):
        cue = candidate.cue
        if taken[cue] or cue in used or (tree.heading and taken[candidate.top]):
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
        elif not taken[cue] and cue not in used and (cue not in best or best[cue][1].frame not in _FULL):
            tokens = closing(tree, cue, taken, table)
            if tokens:
                best[cue] = 1.0, Candidate(cue, tree.lemma[cue], "aside", tuple(tokens), tokens[0])
        if not taken[cue] and cue not in used and (cue not in best or best[cue][1].frame not in _WHOLE):
            tokens = counted(tree, cue, table)
            if tokens:
                best[cue] = 1.0, Candidate(cue, tree.lemma[cue], "counted", tuple(tokens), tokens[0])
    found = []
    depth = tree.depths
    for cue in sorted(best, key=lambda i: (best[i][1].frame not in _FIRST, depth[i], i)):
        candidate = best[cue][1]
        if taken[cue]:
            continue
        whole = _behind_semicolon(tree, _before_used(tree, candidate.content, cue, used), cue, table)
        tokens = [i for i in whole if not taken[i]]
        if len(tokens) < max(1, len(whole) // 2) or _carries(tree, candidate, best, table):
            continue
        if candidate.frame in _WHOLE:
            whole = [i for one in clauses.get(cue, ()) for i in _before_used(tree, one.content, cue, used)]
            tokens = sorted({i for i in whole if not taken[i]} or {*tokens})
            tokens = _behind_semicolon(tree, tokens, cue, table)
            tokens = _sentence_around(tree, cue, tokens, taken)
            tokens = _without_next_cue(tree, tokens, candidate, table)
            tokens = _behind_time(tree, tokens, cue)
            if len(tokens) > 1 and tree.relative(tokens[0]) and tokens[0] < cue < tokens[1]:
                tokens = tokens[1:]  # "a strike that rebels said had killed ten"
        if candidate.frame == "according":
            tokens = _behind_name(tree, tokens, cue)
        pieces, quotes = _pieces(tree, _without_aside(tree, tokens, cue), cue, quoted)
        if not pieces or all(tree.lower[i] in _EMPTY or _edge(tree, i) for i in tokens):
            continue
        for i in range(tokens[0], tokens[-1] + 1):
            if any(tree.start[i] >= piece.start and tree.end[i] <= piece.end for piece in pieces):
                taken[i] = True
        found.append(Found(tree, cue, pieces, candidate.frame, candidate.top, quotes))
    return found + left_over(tree, table, taken, used | {f.cue for f in found}, quoted)


_WHOLE = frozenset({"that", "clause", "wh", "small", "according"})
"""Frames whose content is a clause of its own, all of which is the source's even where the cue stands in or
after it."""
_EMPTY = frozenset({"that", "whether", "if", "as"})
"""Words that are no content where nothing else is left of it."""
_FULL = frozenset({"that", "clause", "wh"})
_FIRST = frozenset({"aside", "according"})
"""Frames that reach beyond the cue's own subtree, and so hold cues that stand higher in the parse."""
_NOT_ASIDE = frozenset({"which", "who", "whose", "where", "whom"})


def _sentence_around(tree: Tree, cue: int, tokens: list[int], taken: Sequence[bool]) -> list[int]:
    """For a main verb in or after its content: the content back to the beginning of the sentence, a conjunction
    left out."""
    if tokens[0] > cue or tree.head[cue] != cue:
        return tokens
    first = tokens[0]
    while first > 0 and tree.sentence[first - 1] == tree.sentence[cue] and not taken[first - 1]:
        if tree.words[first - 1] == ";":
            break
        first -= 1
    while first < tokens[0] and (tree.pos[first] in {"CCONJ", "PUNCT", "SPACE"} or tree.dep[first] == "cc"):
        first += 1
    block = set(tree.subtree(cue)) - set(tokens)
    before_own = min(_own(tree, cue))
    ahead = [i for i in range(first, tokens[0]) if i not in block or i < before_own]
    return sorted({*ahead, *tokens})


def _behind_semicolon(tree: Tree, tokens: Sequence[int], cue: int, table: CueTable) -> list[int]:
    """What stands behind the semicolon before a cue, in a headline that it closes or where somebody else speaks in
    the clause before: that clause is another's.

    “Bridge collapses; workers are missing, minister says”, “Drivers said the bridge shook; the firm says it was sound.”
    """
    mark = max((i for i in range(tokens[0] if tokens else cue, cue) if tree.words[i] == ";"), default=None)
    if mark is None:
        return [*tokens]
    kept = [i for i in tokens if i > mark]
    if tree.heading:
        return kept if any(tree.pos[i] in {"VERB", "AUX"} and i < cue for i in kept) else [*tokens]
    before = (i for i in tokens if i < mark and tree.tag[i] in {"VBD", "VBZ", "VBP"})
    told = any(quotes_beside(tree, i, table) and tree.child(i, "nsubj") is not None for i in before)
    return kept if told and any(i > cue for i in kept) else [*tokens]


def _own(tree: Tree, cue: int) -> list[int]:
    """The tokens of a cue's own clause: itself, its subject, its auxiliaries."""
    own = [cue]
    for i in tree.kids[cue]:
        if tree.dep[i] in {"nsubj", "nsubjpass", "aux", "auxpass", "neg", "expl", "agent"}:
            own.extend(tree.subtree(i))
    return own


def _without_next_cue(tree: Tree, tokens: list[int], candidate: Candidate, table: CueTable) -> list[int]:
    """Without a verb of saying that follows the content with a subject of its own or the same ("… and said", "…,
    adding")."""
    for i in tokens:
        if i <= candidate.cue or tree.head[i] != candidate.top or not quotes_beside(tree, i, table):
            continue
        joined = (
            tree.dep[i] == "conj" and tree.tag[i] == tree.tag[candidate.cue] and tree.tag[candidate.top] != tree.tag[i]
        )
        added = tree.dep[i] == "advcl" and tree.tag[i] == "VBG" and tree.words[tree.left[i] - 1] == ","
        if joined or added:
            kept = [j for j in tokens if j < tree.left[i]]
            while kept and (tree.pos[kept[-1]] == "CCONJ" or _edge(tree, kept[-1])):
                kept.pop()
            return kept or tokens
    return tokens


def _before_used(tree: Tree, tokens: Sequence[int], cue: int, used: set[int]) -> Sequence[int]:
    """Without what follows from the cue of a quotation on ("said it was late but added, “…”")."""
    other = next((i for i in tokens if i > cue and i in used), None)
    if other is None:
        return tokens
    kept = [i for i in tokens if i < min(_own(tree, other))]
    while kept and (tree.pos[kept[-1]] == "CCONJ" or _edge(tree, kept[-1])):
        kept.pop()
    return kept


def _behind_time(tree: Tree, tokens: list[int], cue: int) -> list[int]:
    """Without the day of saying that the parser takes for the content's ("said on Monday the talks had failed")."""
    if not tokens or tokens[0] != cue + 1:
        return tokens
    at = 0
    while at < len(tokens) - 1 and tree.lower[tokens[at]] in _BEFORE_DAY:
        at += 1
    if tree.lower[tokens[at]] not in DAYS:
        return tokens
    at += 1
    while at < len(tokens) and tree.lower[tokens[at]] in _PARTS_OF_DAY:
        at += 1
    rest = tokens[at:]
    told = any(tree.dep[i] in {"nsubj", "nsubjpass", "expl", "csubj"} for i in rest)
    return rest if told and tree.words[rest[0]] not in _COMMAS and tree.pos[rest[0]] not in {"VERB", "AUX"} else tokens


_BEFORE_DAY = frozenset({"on", "late", "early", "last", "earlier"})
_PARTS_OF_DAY = frozenset({"morning", "afternoon", "evening", "night"})
_COMMAS = frozenset({",", "’s", "'s", "’", "'"})


def _carries(tree: Tree, candidate: Candidate, best: Mapping[int, tuple[float, Candidate]], table: CueTable) -> bool:
    """Whether a content is only what carries a statement ("issued a statement saying that …")."""
    if _leads_to(tree, candidate, best, table):
        return True
    if not candidate.frame.startswith("object") or tree.lemma[candidate.top] not in table.messages:
        return False
    inner = (best[i][1] for i in tree.children(candidate.top, "acl", "relcl") if i in best)
    return any(one.frame in _WHOLE for one in inner)


def _behind_name(tree: Tree, tokens: list[int], cue: int) -> list[int]:
    """Without the name that a sentence sets beside its source: "According to the mayor, Jane Roe, prices will rise"."""
    top = tree.child(cue, "pobj") if tree.lower[cue] == "to" else None
    prep = tree.child(cue, "prep") if top is None else None
    top = tree.child(prep, "pobj") if prep is not None else top
    first = next((i for i in tokens if not _edge(tree, i)), cue)
    if first <= cue or top is None or tree.pos[top] != "NOUN":
        return tokens
    last = first
    while last < tokens[-1] and tree.pos[last] == "PROPN":
        last += 1
    if last == first or tree.words[last] != "," or not any(tree.finite(i) for i in tokens if i > last):
        return tokens
    return [i for i in tokens if i > last]


def _leads_to(tree: Tree, candidate: Candidate, best: Mapping[int, tuple[float, Candidate]], table: CueTable) -> bool:
    """Whether a verb only leads to the word of saying behind it ("went on to say that …", "was quoted as saying that
    …")."""
    saying = candidate.top
    if "as" in candidate.frame.split(" "):
        inner = tree.child(tree.child(candidate.cue, "prep") or candidate.cue, "pcomp")
        saying = candidate.top if inner is None else inner
        if tree.tag[saying] != "VBG" or tree.lemma[candidate.cue] not in {"quote", "cite", "report"}:
            return False
    elif candidate.frame != "to" or cue_word(tree, candidate.cue, table).split(" ")[0] not in _LEADING:
        return False
    known = best.get(saying)
    return known is not None and known[1].frame in _WHOLE and table.kind(cue_word(tree, saying, table)) == "say"


_LEADING = frozenset({"go", "proceed", "continue", "hasten", "rush"})


def _without_aside(tree: Tree, tokens: list[int], cue: int) -> list[int]:
    """Without a last clause after a comma that tells of a noun in the reporter's own words ("…, which he signed")."""
    for i in reversed(tokens):
        if tree.dep[i] != "relcl" or tree.right[i] < tokens[-1] or tree.left[i] <= max(tokens[0] + 1, cue):
            continue
        first = tree.left[i]
        led = tree.lower[first] in _NOT_ASIDE or (tree.pos[first] == "ADP" and tree.lower[first + 1] in _NOT_ASIDE)
        if tree.words[first - 1] == "," and led:
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
    return joined(pieces), quotes


def _edge(tree: Tree, i: int) -> bool:
    word = tree.words[i]
    return not any(c.isalnum() for c in word) and word not in "%$€£)"
