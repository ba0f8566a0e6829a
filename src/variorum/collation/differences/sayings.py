"""Statements: the same words quoted otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations

from rapidfuzz.distance import LCSseq

from variorum.collation.alignment import align, weighty
from variorum.collation.differences.draft import Collated, Draft, account, clipped
from variorum.collation.witness import Witness
from variorum.collation.words import Word, concept, is_light, one_english, rarity, words_of
from variorum.model import AlignedWords, DifferenceAccount, Extent, RecordStatement, StatementVariant


def find(found: Collated) -> Iterator[Draft]:
    """Wordings that do not match."""
    worded: set[str] = set()
    drafts: list[Draft] = []
    for entry in found.statements:
        if len({variant.report for variant in entry.variants}) > 1:
            told = list(_wording(entry, found)) or list(_half_quoted(entry, found))
            if told:
                worded.add(entry.id)
            drafts += told
    for near in _near(found, worded):
        _join(near, drafts)
    yield from drafts


def _join(near: Draft, drafts: list[Draft]) -> None:
    """Adds what two reports quote otherwise to what is told already of one of the two quotations: a further report's
    wording stands beside the others, and one that stands there is not told again."""
    for n, draft in enumerate(drafts):
        further = [
            one
            for one in near.accounts
            if not any(one.report == x.report and one.start < x.end and x.start < one.end for x in draft.accounts)
        ]
        if len(further) == len(near.accounts):
            continue
        if further and all(further[0].report != x.report for x in draft.accounts):
            drafts[n] = replace(draft, accounts=(*draft.accounts, *further))
        return
    drafts.append(near)


def _wording(entry: RecordStatement, found: Collated) -> Iterator[Draft]:
    """One difference a statement: the wordings in quotation marks that change words and do not only leave some out."""
    quoted = [(v, words) for v in entry.variants if (words := quoted_words(found.witness(v.report), v))]
    if len(quoted) < 2:
        return
    base, base_words = max(quoted, key=lambda q: len(q[1]))
    told: list[tuple[StatementVariant, list[str]]] = []
    seen = {tuple(word.text for word in base_words)}
    for variant, words in quoted:
        key = tuple(word.text for word in words)
        if variant is base or variant.report == base.report or key in seen:
            continue
        changes = changed(base_words, words, ends=MOST_AT_END) or _all_other(base_words, words)
        if changes:
            seen.add(key)
            told.append((variant, changes))
    if not told:
        return
    changed_words = [change.split(" → ") for _, changes in told for change in changes]
    replaced = any(
        not is_light(w) for before, after in changed_words if "–" not in (before, after) for w in after.split()
    )
    strong = any(not is_light(w) for pair in changed_words for side in pair if side != "–" for w in side.split())
    speaker = found.cast[entry.speaker].name if entry.speaker else "a speaker who is not named"
    addressee = f" to {found.cast[entry.addressee].name}" if entry.addressee else ""
    variants = [base, *(variant for variant, _ in told)]
    for variant, words in quoted:
        # A report that has one of these wordings stands beside it, so that nobody has to look up which one it has.
        same = tuple(word.text for word in words) in seen
        if same and all(variant.report != shown.report for shown in variants) and len(variants) < MOST_SHOWN:
            variants.append(variant)
    yield Draft(
        kind="wording",
        entry=entry.id,
        label=f"words of {speaker}{addressee}",
        accounts=tuple(content_account(found.witness(v.report), v) for v in variants),
        weight=0.85 if replaced else 0.6 if strong else 0.4,
        why="quoted in different words: " + "; ".join(change for _, changes in told[:3] for change in changes[:4]),
    )


MOST_SHOWN = 8
"""Reports whose wordings are shown side by side."""
MOST_AT_END = 5
"""Words at an end of two quotations that may stand for one another; more are other words of the same speaker."""


def _all_other(base: list[Word], own: list[Word]) -> list[str]:
    """The whole of a wording where hardly a word of it stands in the other in the same order; else nothing."""
    literal = LCSseq.similarity([w.text for w in base], [w.text for w in own])
    if min(len(base), len(own)) < FEWEST_APART:
        return []
    if literal > 0.6 * min(len(base), len(own)):
        return []
    return [f"{clipped(' '.join(w.text for w in base), 60)} → {clipped(' '.join(w.text for w in own), 60)}"]


FEWEST_APART = 5
"""Words in quotation marks from which a wording with hardly a word of another one may be the same remark translated."""


def _half_quoted(entry: RecordStatement, found: Collated) -> Iterator[Draft]:
    """A quotation that another report gives without marks, in its frame but with other words of weight in it."""
    quoted = [(v, words) for v in entry.variants if len(words := quoted_words(found.witness(v.report), v)) > FRAGMENT]
    retold = [v for v in entry.variants if v.kind == "indirect" and v.speaker == entry.speaker]
    options = []
    for variant, words in quoted:
        for other in retold:
            witness = found.witness(other.report)
            if other.report != variant.report:
                changes = _in_one_frame(words, words_of(witness.text, other.content))
                options += [(len(words), variant, other, changes)] if changes else []
    if not options or not entry.speaker:
        return
    _, variant, other, changes = max(options, key=lambda option: option[0])
    yield Draft(
        kind="wording",
        entry=entry.id,
        label=f"words of {found.cast[entry.speaker].name}",
        accounts=tuple(content_account(found.witness(v.report), v) for v in (variant, other)),
        weight=0.45,
        why="quoted in one report, in other words and without marks in the other: " + "; ".join(changes[:4]),
    )


LEAST_FRAME = 0.6
"""Share of the words of the shorter of two wordings that both must have in the same order to be in one frame."""
RARE = 6.0
"""Rarity, added up, of the weighty words that a frame must have."""


def _in_one_frame(quoted: list[Word], retold: list[Word]) -> list[str]:
    """What a retelling has otherwise than a quotation whose frame it keeps, or nothing where it changes no word of
    weight or keeps too little."""
    plain = [word.text for word in quoted], [word.text for word in retold]
    if LCSseq.similarity(*plain) < LEAST_FRAME * min(map(len, plain)):
        return []
    shared = {word.text for word in quoted if not is_light(word.text)} & set(plain[1])
    if len(shared) < 2 or sum(rarity(word) for word in sorted(shared)) < RARE:
        return []
    changes = changed(quoted, retold, ends=MOST_AT_END)
    parted = [change.split(" → ") for change in changes]
    exchanged = any(all(any(not is_light(w) for w in side.split() if w != "–") for side in pair) for pair in parted)
    return changes if exchanged else []


FRAGMENT = 3
"""Words that a quoted clause must have to be compared with another one by itself."""


def _near(found: Collated, worded: set[str]) -> Iterator[Draft]:
    """Clauses that one speaker is quoted with in two reports, in words that are near but not the same.

    Statements of which only a clause is shared ("the guns must …" within a longer one) are no variants of one another;
    their quoted clauses may still be one. So may those of two variants of one statement of which one goes on where the
    other ends; where the whole of them has been told already (``worded``), its clauses are not.
    """
    clauses: dict[str, list[_Clause]] = {}
    for entry in found.statements:
        for variant in entry.variants:
            speaker = variant.speaker or entry.speaker
            if speaker and found.cast[speaker].named:
                clauses.setdefault(speaker, []).extend(_clauses(found.witness(variant.report), entry, variant))
    for speaker in sorted(clauses):
        told: set[Extent] = set()
        for a, b in combinations(clauses[speaker][:MOST_CLAUSES], 2):
            shown = a.entry.id == b.entry.id and a.entry.id in worded
            if a.witness is b.witness or shown or {a.extent, b.extent} & told:
                continue
            changes = _near_words(a, b)
            if not changes:
                continue
            told |= {a.extent, b.extent}
            first, second = sorted((a, b), key=lambda c: (c.witness.number, c.extent.start))
            yield Draft(
                kind="wording",
                entry=first.entry.id,
                label=f"words of {found.cast[speaker].name}",
                accounts=(account(first.witness, first.extent), account(second.witness, second.extent)),
                weight=0.6,
                why="quoted in different words: " + "; ".join(changes[:4]),
            )


MOST_CLAUSES = 60
"""Quoted clauses of one speaker that are compared each with each."""


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause in quotation marks."""

    witness: Witness
    entry: RecordStatement
    extent: Extent
    words: tuple[Word, ...]
    sense: tuple[str, ...]


def _clauses(witness: Witness, entry: RecordStatement, variant: StatementVariant) -> Iterator[_Clause]:
    words = quoted_words(witness, variant)
    part: list[Word] = []
    for n, word in enumerate(words):
        part.append(word)
        last = n + 1 == len(words)
        if last or any(mark in witness.text[word.extent.end : words[n + 1].extent.start] for mark in ',;:.?!—–“”"'):
            while part and part[0].text in ("and", "but", "that"):
                part.pop(0)
            if len(part) >= FRAGMENT:
                extent = Extent(part[0].extent.start, part[-1].extent.end)
                yield _Clause(witness, entry, extent, tuple(part), tuple(weighty(part)))
            part = []


def _near_words(a: _Clause, b: _Clause) -> list[str]:
    """What one clause has otherwise than another of like words, or nothing where they are equal or not alike."""
    short = min(len(a.sense), len(b.sense))
    if short < 2 or not set(a.sense) & set(b.sense):
        return []
    within = _within_longer(*sorted((a, b), key=lambda clause: len(clause.sense)))
    if within:
        return within
    in_order = LCSseq.similarity(a.sense, b.sense)
    literal = LCSseq.similarity([w.text for w in a.words], [w.text for w in b.words])
    if in_order < 2 or in_order / short < 0.75 or literal < 2 or literal / min(len(a.words), len(b.words)) < 0.4:
        return []
    if in_order / max(len(a.sense), len(b.sense)) < 0.4:
        return []
    return changed(list(a.words), list(b.words), whole=True)


def _within_longer(short: _Clause, long: _Clause) -> list[str]:
    """What a short clause has otherwise than the stretch of a longer one that has all its weighty words in order."""
    places = []
    low = 0
    concepts = [concept(word.text) for word in long.words]
    for sense in short.sense:
        try:
            low = concepts.index(sense, low) + 1
        except ValueError:
            return []
        places.append(low - 1)
    stretch = list(long.words[places[0] : places[-1] + 1])
    rare = sum(rarity(long.words[n].text) for n in places)
    if len(stretch) > len(short.words) + MOST_BETWEEN or rare < RARE:
        return []
    changes = changed(stretch, list(short.words), whole=True)
    parted = [w for change in changes for side in change.split(" → ") for w in side.split() if w != "–"]
    return changes if any(not is_light(word) for word in parted) else []


MOST_BETWEEN = 3
"""Words more that a longer wording may have within a stretch of a short one."""


def quoted_words(witness: Witness, variant: StatementVariant) -> list[Word]:
    """The words of a variant that stand in quotation marks."""
    if variant.kind == "indirect":
        return []
    found: list[Word] = []
    for piece in variant.content:
        block = witness.block_at(piece.start)
        if block is None:
            continue
        for mark in witness.quotations(block):
            start, end = max(piece.start, mark.start), min(piece.end, mark.end)
            if start < end:
                found += words_of(witness.text, (Extent(start, end),))
    return found


def changed(base: list[Word], own: list[Word], *, ends: int = 0, whole: bool = False) -> list[str]:
    """What one quotation has otherwise than another, inside the stretch that both give; empty where it only cuts.

    Args:
        base, own: the two.
        ends: words before the first and after the last that both have, up to which these count as well where both
            have some there and no mark parts them from what both have.
        whole: both are taken to be whole, so that their ends count however long.

    Returns:
        Lines such as ``important → pivotal``.
    """
    steps = align(base, own)
    same = [n for n, step in enumerate(steps) if step.same]
    if not same:
        return []
    lines = []
    for n, step in enumerate(steps):
        first, second = _within(base, step.base), _within(own, step.own)
        at_end = not same[0] < n < same[-1]
        if step.same or (at_end and not (first and second)):
            continue
        if (
            at_end
            and not whole
            and not (
                max(len(first), len(second)) <= ends and _adjoin(steps, n, same) and not _light_only(first, second)
            )
        ):
            continue
        if one_english("".join(first)) == one_english("".join(second)) or _inflected(first, second):
            continue
        if not second and len(first) > 4:
            # A long stretch left out inside a quotation is a cut, not another wording.
            continue
        lines.append(f"{' '.join(first) or '–'} → {' '.join(second) or '–'}")
    return lines


def _inflected(first: list[str], second: list[str]) -> bool:
    """Whether one word is another form of the other, as the sentence around a quotation asks for ("moving", "move")."""
    if len(first) != 1 or len(second) != 1 or is_light(first[0]):
        return False
    ends = [word.removesuffix("s").removesuffix("ing").removesuffix("e") for word in (*first, *second)]
    return ends[0] == ends[1] and {word.endswith("ing") for word in (*first, *second)} == {True, False}


def _within(words: list[Word], extent: Extent | None) -> list[str]:
    if extent is None:
        return []
    inside = [word for word in words if extent.start <= word.extent.start < extent.end]
    return [word.text for word in sorted(inside, key=lambda word: word.extent)]


def _adjoin(steps: tuple[AlignedWords, ...], n: int, same: list[int]) -> bool:
    """Whether nothing but a blank parts an end from the words that both have, on either side."""
    before, after = (steps[n], steps[n + 1]) if n < same[0] else (steps[n - 1], steps[n])
    pairs = ((before.base, after.base), (before.own, after.own))
    return all(one is not None and two is not None and two.start - one.end == 1 for one, two in pairs)


def _light_only(first: list[str], second: list[str]) -> bool:
    return all(is_light(word) for word in (*first, *second))


def content_account(witness: Witness, variant: StatementVariant) -> DifferenceAccount:
    """A variant's words, all pieces, as one side of a difference."""
    value = " … ".join(" ".join(witness.words(piece).split()) for piece in variant.content)
    return DifferenceAccount(
        report=witness.id, value=value, start=variant.content[0].start, end=variant.content[-1].end
    )
