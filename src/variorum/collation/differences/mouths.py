"""Statements put into another mouth: the same words, or the same fact, on the word of different speakers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from variorum.collation.alignment import Kinship, Sense, kinship, senses
from variorum.collation.differences.draft import Collated, Draft, account, clipped
from variorum.collation.passages import sentences_of
from variorum.collation.quantities import names_people
from variorum.collation.statements import names_alike
from variorum.collation.states import is_state_word
from variorum.collation.witness import Witness
from variorum.collation.words import concept, concepts, folded, is_light, words_of
from variorum.model import Actor, DifferenceAccount, Extent, RecordStatement, StatementVariant


def find(found: Collated) -> Iterator[Draft]:
    """Speakers that do not match."""
    for entry in found.statements:
        if len({variant.report for variant in entry.variants}) > 1:
            yield from _speaker(entry, found)
    yield from _parallel(found)
    yield from _on_whose_word(found)
    yield from _retold(found)


def _opening(found: Collated, variant: StatementVariant, longest: int) -> str:
    """How a statement begins, without quotation marks."""
    words = found.witness(variant.report).words(variant.content[0])
    return clipped(words.strip("“”‘’\"' ,"), longest)


def _speaker(entry: RecordStatement, found: Collated) -> Iterator[Draft]:
    """The same words, put into the mouths of different speakers."""
    named = [v for v in entry.variants if v.speaker is not None]
    kept: dict[str, StatementVariant] = {}
    for variant in named:
        kept.setdefault(variant.speaker or "", variant)
    if len({v.report for v in kept.values()}) < 2:
        return
    actors = [found.cast[speaker] for speaker in kept]
    for_state = _person_or_state(actors)
    if not all(actor.named for actor in actors) or (not for_state and _one_name_in_other(actors)):
        return
    if for_state and any(v.kind == "indirect" for v in kept.values()):
        return  # a retelling may well say the state where the speaker was named before
    body = any(actor.kind != "person" for actor in actors)
    if len(actors) == 2 and names_alike(*actors):
        yield Draft(
            kind="name",
            entry=actors[0].id,
            label=f"spelling of {actors[0].name}",
            accounts=tuple(_spelt(found, v) for v in {v.report: v for v in reversed(named)}.values()),
            weight=0.65,
            why="the same words, of "
            + " and of ".join(actor.name for actor in actors)
            + ": one person under two spellings",
        )
        return
    yield Draft(
        kind="attribution" if body and not for_state else "speaker",
        entry=entry.id,
        label=f"who said “{_opening(found, entry.variants[0], 60)}”",
        accounts=tuple(speaker_account(found, v) for v in kept.values()),
        weight=0.45 if body else 0.8,
        why="the same words are attributed to " + " and to ".join(actor.name for actor in actors),
    )


def _person_or_state(actors: list[Actor]) -> bool:
    """Whether some words are a person's here and his state's there: he speaks for it, but not every word of his is its."""
    if len(actors) != 2:
        return False
    person, state = sorted(actors, key=lambda actor: actor.kind != "person")
    return (
        person.kind == "person"
        and state.kind in ("government", "place")
        and person.country is not None
        and person.country == state.country
    )


def _one_name_in_other(actors: list[Actor]) -> bool:
    """Whether one of the names may be a shorter form of another: then nothing says that two are meant."""
    words = [frozenset(w for w in folded(actor.name) if not is_light(w) and not is_state_word(w)) for actor in actors]
    return any(a <= b or b <= a for a, b in combinations(words, 2))


def speaker_account(found: Collated, variant: StatementVariant) -> DifferenceAccount:
    """Whom a variant names as its speaker, by words that say it: a pronoun is traced to the last name or office
    before it."""
    witness = found.witness(variant.report)
    source = variant.source
    if variant.speaker and (source is None or _is_pronoun(witness.words(source))):
        mentions = [m for m in found.cast.mentions_of(witness, variant.speaker) if m.form != "pronoun"]
        before = [m for m in mentions if m.start < variant.content[-1].end]
        if before or mentions:
            source = (before[-1] if before else mentions[0]).extent
    extent = source or variant.content[0]
    value = found.cast[variant.speaker].name if variant.speaker else None
    words = " ".join(witness.words(extent).split())
    return account(witness, extent, words if value is None or value in words else f"{words} ({value})")


def _spelt(found: Collated, variant: StatementVariant) -> DifferenceAccount:
    """The fullest name by which a variant's report knows its speaker, where it first stands; else whom it names."""
    witness = found.witness(variant.report)
    names = [m.extent for m in found.cast.mentions_of(witness, variant.speaker or "") if m.form == "name"]
    full = max(names, key=lambda e: (len(folded(witness.words(e))), -e.start), default=None)
    return account(witness, full) if full else speaker_account(found, variant)


def _is_pronoun(words: str) -> bool:
    return all(is_light(word) for word in folded(words))


def _parallel(found: Collated) -> Iterator[Draft]:
    """Two speakers of one country who say the same thing in two reports, and neither says it in the other's report.

    The words need not be the same (one report retells): what they say must share most of its weighty words or words
    like them, and at least three.
    """
    lone = [e for e in found.statements if e.speaker and len({v.report for v in e.variants}) == 1]
    sense = {e.id: _sense(e, found) for e in lone}
    postings: dict[str, list[RecordStatement]] = {}
    for entry in lone:
        for word in sorted(sense[entry.id]):
            postings.setdefault(word, []).append(entry)
    limit = max(4, len(lone) // 4)
    told = set()
    for entry in lone:
        others = {
            other.id: other
            for word in sorted(sense[entry.id])
            if len(postings[word]) <= limit
            for other in postings[word]
        }
        for other in others.values():
            pair = tuple(sorted((entry.id, other.id)))
            if other.id == entry.id or pair in told or not _two_mouths(entry, other, found):
                continue
            shared = sense[entry.id] & sense[other.id]
            fewer = min(len(sense[entry.id]), len(sense[other.id]))
            if len(shared) < 3 or len(shared) / fewer < 0.5:
                continue
            told.add(pair)
            one, two = entry.variants[0], other.variants[0]
            yield Draft(
                kind="speaker",
                entry=entry.id,
                label=f"who said “{_opening(found, one, 60)}”",
                accounts=(speaker_account(found, one), speaker_account(found, two)),
                weight=0.6,
                why="much the same is attributed to different speakers: both speak of " + ", ".join(sorted(shared)[:5]),
            )


def _sense(entry: RecordStatement, found: Collated) -> frozenset[str]:
    variant = entry.variants[0]
    return _sense_of(found.witness(variant.report), variant.content)


def _sense_of(witness: Witness, content: tuple[Extent, ...]) -> frozenset[str]:
    """The concepts of the weighty words, with words that stand for a state as that state."""
    sense: set[str] = set()
    for piece in content:
        states = [(m, a) for m, a in witness.index.within(piece) if a.country and a.kind in ("government", "place")]
        sense |= {f"the state {actor.country}" for _, actor in states}
        for word in words_of(witness.text, (piece,)):
            if not is_light(word.text) and not any(m.start <= word.extent.start < m.end for m, _ in states):
                sense.add(concept(word.text))
    return frozenset(sense)


def _two_mouths(a: RecordStatement, b: RecordStatement, found: Collated) -> bool:
    if a.speaker == b.speaker or a.variants[0].report == b.variants[0].report or not a.speaker or not b.speaker:
        return False
    first, second = found.cast[a.speaker], found.cast[b.speaker]
    if not (first.named and second.named) or _one_name_in_other([first, second]):
        return False
    if first.kind != "person" or second.kind != "person" or not first.country or first.country != second.country:
        return False
    return found.witness(a.variants[0].report).origin == found.witness(b.variants[0].report).origin


def _retold(found: Collated) -> Iterator[Draft]:
    """A quotation that another report of the same origin retells without quotation, as another person's."""
    by_origin: dict[int, list[Witness]] = {}
    for witness in found.witnesses:
        by_origin.setdefault(witness.origin, []).append(witness)
    sentences = {witness.id: _sentences(witness) for group in by_origin.values() if len(group) > 1 for witness in group}
    for entry in found.statements:
        base = entry.variants[0]
        witness = found.witness(base.report)
        group = by_origin[witness.origin]
        if len(group) < 2 or len(entry.variants) > 1 or base.kind == "indirect" or not entry.speaker:
            continue
        sense = _sense(entry, found)
        for other in group:
            best = (
                _best_retelling(sense, entry.speaker, other, sentences[other.id], found)
                if other is not witness
                else None
            )
            if best is None:
                continue
            retelling, who, shared = best
            yield Draft(
                kind="speaker",
                entry=entry.id,
                label=f"who said “{_opening(found, base, 60)}”",
                accounts=(speaker_account(found, base), account(other, _named_at(found, other, who, retelling))),
                weight=0.55,
                why="retold as another's words: both speak of " + ", ".join(sorted(shared)[:5]),
            )


def _sentences(witness: Witness) -> list[tuple[Extent, frozenset[str]]]:
    """The sentences of a report's story outside quotations, with their weighty concepts."""
    return [
        (sentence, _sense_of(witness, (sentence,)))
        for sentence in sentences_of(witness)
        if not any(mark in witness.words(sentence) for mark in '“"„«')
    ]


def _best_retelling(
    sense: frozenset[str],
    speaker: str,
    witness: Witness,
    sentences: list[tuple[Extent, frozenset[str]]],
    found: Collated,
) -> tuple[Extent, str, frozenset[str]] | None:
    """The sentence that says most of what a statement says, where its first actor is another person of the same
    state."""
    options = []
    for sentence, own in sentences:
        shared = sense & own
        fewer = min(len(sense), len(own))
        if (
            len(shared) < 3
            or len(shared) / fewer < 0.4
            or not any(not word.startswith("the state ") for word in shared)
        ):
            continue
        first = next((found.cast.id_of(witness, a.name) for _, a in witness.index.within(sentence)), None)
        if first is None or first == speaker:
            continue
        one, two = found.cast[first], found.cast[speaker]
        if one.kind == two.kind == "person" and one.named and two.named and one.country and one.country == two.country:
            options.append((-len(shared), sentence.start, sentence, first, shared))
    if not options:
        return None
    best = min(options, key=lambda o: o[:2])
    return best[2], best[3], best[4]


def _named_at(found: Collated, witness: Witness, entry: str, sentence: Extent) -> Extent:
    """The words that name an actor in or before a sentence: the last name or office, or the pronoun where there is
    none."""
    mentions = [m for m in found.cast.mentions_of(witness, entry) if m.start < sentence.end]
    named = [m for m in mentions if m.form != "pronoun"]
    return (named or mentions)[-1].extent


FACT = 0.7
"""Share of the weight of the shorter of two statements that the other must have to state the same fact."""
OF_LONGER = 0.45
"""The same, of the longer one."""
FEW = 6
"""Up to this many reports their statements are compared each with each."""


def _on_whose_word(found: Collated) -> Iterator[Draft]:
    """One fact that two reports give on the word of different speakers, neither of whom speaks for the other."""
    if len(found.witnesses) > FEW:
        return
    told = [e for e in found.statements if e.speaker and e.variants[0].source]
    sense = {e.id: _senses_of(e, found) for e in told}
    for a, b in combinations(told, 2):
        if a.speaker == b.speaker or {v.report for v in a.variants} & {v.report for v in b.variants}:
            continue
        kin = kinship(sense[a.id], sense[b.id])
        if not _one_fact(kin) or not _strangers(a, b, found):
            continue
        yield Draft(
            kind="speaker",
            entry=a.id,
            label=f"who said “{_opening(found, a.variants[0], 60)}”",
            accounts=tuple(speaker_account(found, v) for v in (*a.variants, *b.variants)),
            weight=0.45,
            why="the same fact, on the word of different speakers",
        )


def _one_fact(kin: Kinship) -> bool:
    like = kin.exact >= 3 and kin.exact + kin.near >= 4
    return like and kin.share >= FACT and kin.of_longer >= OF_LONGER


def _senses_of(entry: RecordStatement, found: Collated) -> list[Sense]:
    variant = entry.variants[0]
    return senses(words_of(found.witness(variant.report).text, variant.content))


def _strangers(a: RecordStatement, b: RecordStatement, found: Collated) -> bool:
    """Whether neither speaker can be the other under another name, nor speak for the other."""
    actors = [found.cast[speaker] for speaker in (a.speaker, b.speaker) if speaker]
    if _one_name_in_other(actors):
        return False
    if any(word.startswith("spokes") for actor in actors for word in folded(f"{actor.name} {actor.role or ''}")):
        return False
    first, second = ({w for w in concepts(f"{x.name} {x.role or ''}") if not is_state_word(w)} for x in actors)
    return not first & second and not _of_its_state(*actors) and not _of_its_state(*reversed(actors))


def _of_its_state(one: Actor, other: Actor) -> bool:
    """Whether one is a state, or nobody in particular, for whom the other may speak; those who saw it ("survivors",
    "residents") speak for themselves."""
    vague = not one.named and one.kind != "person" and not names_people(one.name)
    return (one.kind in ("government", "place") or vague) and (one.country is None or one.country == other.country)
