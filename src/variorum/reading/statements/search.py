"""The search for statements, paragraph by paragraph: utterances first, then what the cue table knows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from variorum.model import Extent
from variorum.reading.parsed import Paragraph
from variorum.reading.statements.choose import chosen
from variorum.reading.statements.cues import announcing, cue_word
from variorum.reading.statements.direct import Utterance, signature, utterances
from variorum.reading.statements.found import Found, joined
from variorum.reading.statements.headlines import quoted_stand
from variorum.reading.statements.labels import Who, labelled_headline, turns, uttered
from variorum.reading.statements.lexicon import CueTable, cue_table
from variorum.reading.statements.quoted import FINAL, Quoted, quoted_tokens
from variorum.reading.statements.tree import Tree
from variorum.text.quotes import find_quotations

_PART = 4
"""Words of a quotation from which on the sentence that ends in it goes on from the one before."""
_BRIEF = 40
"""Characters."""


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


def search(paragraphs: Iterable[Paragraph], who: Who) -> list[Found]:
    """All statements of a report's paragraphs, in the order of the text, contents never nested.

    Args:
        paragraphs: the paragraphs that tell the story.
        who: which actor stands at an extent.
    """
    table = cue_table()
    found: list[Found] = []
    before = _Before()
    read = [(paragraph, Tree(paragraph)) for paragraph in paragraphs]
    talk = turns([tree for _, tree in read])
    for n, (paragraph, tree) in enumerate(read):
        if n in talk:
            uttered(tree, talk[n], found)
            before = _Before()
            continue
        signer = read[n + 1][1] if n + 1 < len(read) else None
        before = _read(paragraph, tree, table, found, before, signer, who)
    return found


def _read(
    paragraph: Paragraph,
    tree: Tree,
    table: CueTable,
    found: list[Found],
    before: _Before,
    signer: Tree | None,
    who: Who,
) -> _Before:
    text = paragraph.doc.text
    quotations = find_quotations(text)
    quoted = quoted_tokens(tree, quotations, paragraph.offset)
    labelled = labelled_headline(tree, quoted, who)
    if labelled is not None:
        found.append(labelled)
        return _Before()
    stand = quoted_stand(tree, quoted, who)
    spoken, loose = utterances(tree, [q for q in quoted if stand is None or q is not stand[1]], table)
    here = [_uttered(tree, u) for u in spoken]
    taken = [False] * tree.size
    if stand is not None:
        here.append(stand[0])
        taken[: stand[2].stop] = [True] * stand[2].stop
    for quote in (q for u in spoken for q in u.pieces):
        taken[quote.first : quote.last + 1] = [True] * (quote.last + 1 - quote.first)
    for quote in loose:
        taken[quote.first : quote.last + 1] = [True] * (quote.last + 1 - quote.first)
    _go_on_in_part(tree, table, quoted, here, taken)
    used = {u.cue for u in spoken}
    here += chosen(tree, table, taken, used, quoted, opening=not found)
    here.sort(key=_place)
    signed = signature(signer, range(signer.size)) if signer and loose and len(loose) == len(quoted) else None
    if signer is not None and signed is not None:
        pieces = [q.extent for q in loose]
        here.append(Found(signer, signed, joined(pieces), "quotation", quotes=pieces, region=range(signer.size)))
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
    return Found(tree, utterance.cue, joined(pieces), "quotation", quotes=pieces, region=utterance.region)


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
            before.last.content = joined([*before.last.content, extent])
            before.last.quotes.append(extent)
            return
    if earlier:
        last = max(earlier, key=lambda f: f.quotes[-1].end)
        # “…,” she said, calling it “a farce”. “…”: the speaker goes on, not whoever is mentioned in passing.
        if last.frame == "phrase":
            earlier = [f for f in earlier if f.frame != "phrase"] or earlier
            last = max(earlier, key=lambda f: f.quotes[-1].end)
        spoken = [f for f in earlier if f.frame == "quotation" and f.tree is last.tree and _same_sentence(f, last)]
        last = spoken[-1] if spoken else last
        last.content = joined([*last.content, extent])
        last.quotes.append(extent)


def _go_on_in_part(
    tree: Tree, table: CueTable, quoted: Sequence[Quoted], here: Sequence[Found], taken: list[bool]
) -> None:
    """Gives a sentence that ends in a quotation, and has no cue, to whoever spoke in the sentence before.

    “It is a huge moment,” Bell said. Unless others quit, “it is hard to see how he is stopped.”
    """
    for quote in quoted:
        if quote.inner_last - quote.inner_first + 1 < _PART or tree.words[quote.inner_last] not in FINAL:
            continue
        first = quote.first
        while first > 0 and tree.sentence[first - 1] == tree.sentence[quote.first] and not tree.final[first - 1]:
            first -= 1
        whole = Extent(tree.start[first], quote.extent.end)
        if first == quote.first or first == 0 or any(taken[first : quote.last + 1]):
            continue
        if any(tree.pos[i] == "VERB" and table.kind(cue_word(tree, i, table)) for i in range(first, quote.first)):
            continue
        last = max((f for f in here if f.quotes and f.tree is tree), key=lambda f: f.quotes[-1].end, default=None)
        if last is None or last.frame != "quotation" or last.quotes[-1].end > whole.start:
            continue
        if tree.sentence[first] - tree.sentence[max(last.cue, 0)] > 1:
            continue
        last.content = joined([*last.content, whole])
        last.quotes.append(quote.extent)
        taken[first : quote.last + 1] = [True] * (quote.last + 1 - first)


def _brief(found: Found) -> bool:
    """Whether only a few words are quoted: nobody goes on from those in the next paragraph."""
    return sum(q.end - q.start for q in found.quotes) < _BRIEF


def _same_sentence(one: Found, other: Found) -> bool:
    first, last = sorted((one.cue, other.cue))
    return not any(one.tree.final[first:last])


def _words_before(tree: Tree, quote: Quoted) -> bool:
    return any(c.isalnum() for i in range(quote.first) for c in tree.words[i])


def _leave(tree: Tree, quoted: Sequence[Quoted], here: list[Found], before: _Before) -> _Before:
    if not tree.size:
        return before
    last_word = max((i for i in range(tree.size) if tree.pos[i] != "SPACE"), default=0)
    after = _Before()
    if tree.words[last_word].endswith(":"):
        after.announces = tree, [i for i in range(last_word + 1) if tree.sentence[i] == tree.sentence[last_word]]
    if quoted:
        end = quoted[-1]
        after.open = not end.quotation.closed
        after.quotation_last = end.last >= last_word - 1
        holders = [f for f in here if f.quotes and not (f.frame == "phrase" and _brief(f))]
        if holders:
            after.last = max(holders, key=lambda f: f.quotes[-1].end)
            # A quotation, then the cue, then the paragraph's end: the next one may still go on from it.
            after.quotation_last = True
        elif not _words_before(tree, quoted[0]) and before.last is not None:
            after.last = before.last
    return after
