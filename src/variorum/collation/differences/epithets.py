"""Epithets: a judging word that one report sets before a name, where another names the same actor without it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from variorum.collation.differences.draft import Collated, Draft, account
from variorum.collation.differences.labels import own_words
from variorum.collation.states import state_named
from variorum.collation.witness import Witness
from variorum.collation.words import folded, is_light
from variorum.model import Actor, DifferenceAccount, Extent
from variorum.text.tables import load_toml

REACH = 45
"""Characters after a judging word within which the name begins that it is said of."""
FEW = 6
"""Up to this many reports a word that one of them alone has says something about the others."""
MOST = 2
"""Actors of a story whose epithets are told."""

BETWEEN = 3
"""Words that may stand between the word and the name: an office or description, none of them a small word."""


@cache
def _pattern() -> re.Pattern[str]:
    table = load_toml("en/epithets.toml")
    words = "|".join(re.escape(word) for word in sorted(table["words"], key=lambda w: (-len(w), w)))
    endings = "|".join(re.escape(ending) for ending in sorted(table["endings"]))
    opens = "|".join(re.escape(opening) for opening in sorted(table["openings"]))
    return re.compile(rf"(?<![\w-])(?:{words}|[A-Z][\w.]+(?:{endings})|(?:{opens})[A-Z][\w.]+)(?![\w-])")


def find(found: Collated) -> Iterator[Draft]:
    """One difference an actor, those first that most reports name."""
    if not 1 < len(found.witnesses) <= FEW:
        return
    judged: dict[str, dict[str, tuple[Witness, Extent]]] = {}
    for witness in found.witnesses:
        for start, end in own_words(witness):
            for match in _pattern().finditer(witness.text, start, end):
                named = _named_after(witness, match, found)
                if named is not None:
                    entry, until = named
                    judged.setdefault(entry, {}).setdefault(witness.id, (witness, Extent(match.start(), until)))
    told = 0
    for actor in found.cast.actors:
        draft = _draft(actor, judged.get(actor.id, {}), found)
        if draft is not None and told < MOST:
            told += 1
            yield draft


def _named_after(witness: Witness, match: re.Match[str], found: Collated) -> tuple[str, int] | None:
    """The named actor whom a judging word is set before, and where his name ends."""
    sentence = witness.sentence(match.start())
    reach = Extent(match.end(), min(sentence.end, match.end() + REACH))
    for mention, actor in witness.index.within(reach):
        entry = found.cast.id_of(witness, actor.name)
        if mention.form != "name" or entry is None:
            continue
        told = found.cast[entry]
        judged = told.kind == "person" or (told.kind in ("organisation", "group") and state_named(told.name) is None)
        if told.kind == "group" and _QUALIFIES.match(witness.text, mention.end):
            return None  # "hard-line Catholic voters" judges the voters
        between = witness.text[match.end() : mention.start]
        return (entry, mention.end) if judged and _is_description(between) else None
    return None


def _is_description(between: str) -> bool:
    """Whether words can be an office or description before a name ("strongman *president,* Ana Lima")."""
    words = folded(between)
    return len(words) <= BETWEEN and not any(map(is_light, words)) and _MARKS.search(between.rstrip(" ,")) is None


_QUALIFIES = re.compile(r"\s[a-z]")
_MARKS = re.compile(r"[^\w\s’'.\-]")


def _draft(actor: Actor, judged: dict[str, tuple[Witness, Extent]], found: Collated) -> Draft | None:
    """The reports that judge an actor beside those that name him and do not."""
    if not judged or not actor.named:
        return None
    used = {_judging(witness, extent) for witness, extent in judged.values()}
    without = [w for w in found.witnesses if w.id not in judged and not any(word in w.text.lower() for word in used)]
    plain = [own for w in without if (own := _plain(actor, w)) is not None]
    if not plain:
        return None
    words = [" ".join(witness.words(extent).split()) for witness, extent in judged.values()]
    return Draft(
        kind="label",
        entry=actor.id,
        label=f"what {actor.name} is called",
        accounts=(*(account(witness, extent) for witness, extent in judged.values()), *plain),
        weight=0.3,
        why="a judging word of the outlet's own, which the other does without: " + ", ".join(f"“{w}”" for w in words),
    )


def _judging(witness: Witness, extent: Extent) -> str:
    """The judging word by which a report that uses it too is known: of "Kremlin-backed" its ending."""
    match = _pattern().match(witness.text, extent.start)
    word = match.group().lower() if match else witness.words(extent).lower()
    table = load_toml("en/epithets.toml")
    return next((ending for ending in table["endings"] if word.endswith(ending)), word)


def _plain(actor: Actor, witness: Witness) -> DifferenceAccount | None:
    """How a report first names an actor in its story."""
    names = {name.text for name in actor.names if name.report == witness.id}
    told = [s.extent for s in actor.mentions if s.report == witness.id and witness.in_article(s.extent)]
    own = [extent for extent in told if witness.words(extent) in names]
    if not own:
        # Not every reading finds a party whose name is a common word; the name itself stands there all the same.
        same = re.finditer(rf"(?<![\w-]){re.escape(actor.name)}(?![\w-])", witness.text)
        own = [Extent(*match.span()) for match in same if witness.in_article(Extent(*match.span()))]
    wider = [_with_description(witness, extent) for extent in own]
    described = next((wide for wide, extent in zip(wider, own, strict=True) if wide != extent), None)
    return account(witness, described or own[0]) if own else None


_DESCRIPTION = re.compile(r"(?:(?<=\bthe )|(?<=\bThe )|(?<=\ba )|(?<=\bA )|(?<=\ban ))(?:[a-z][\w-]*\s){1,2}$")
"""A word or two between an article and a name ("the *opposition* Unity party")."""


def _with_description(witness: Witness, extent: Extent) -> Extent:
    before = witness.text[max(0, extent.start - REACH) : extent.start]
    match = _DESCRIPTION.search(before)
    return Extent(extent.start - len(match.group()), extent.end) if match else extent
