"""The words of events: verbs with what must stand with them, nouns, operators. All is data (``data/en/plover*``)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import get_args

from variorum.model.reading import EventType
from variorum.text.tables import load_toml, load_tsv

TYPES: frozenset[str] = frozenset(get_args(EventType))
COOPERATIVE: frozenset[str] = frozenset({"CONSULT", "SUPPORT", "AGREE", "COOPERATE", "AID", "CONCEDE", "RETREAT"})


@dataclass(frozen=True, slots=True)
class Need:
    """One condition on what stands with a verb."""

    slot: str
    """``obj``, ``-obj``, ``inf``, ``that``, ``acomp``, ``subj``, ``future``, ``@preposition``, ``+particle``."""
    words: frozenset[str]
    """Lemmas of which the slot's head must be one; empty for any."""
    kinds: frozenset[str]
    """Event types, or ``$person`` and ``$gpe``, of which the slot's head may be one instead."""

    @property
    def free(self) -> bool:
        """Whether any words fill the slot."""
        return not self.words and not self.kinds


@dataclass(frozen=True, slots=True)
class VerbSense:
    """One row of the verbs' table."""

    type: str
    """A PLOVER type, or in lower case the name of an operator."""
    mode: str | None
    needs: tuple[Need, ...]
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NounSense:
    """One row of the nouns' table."""

    type: str
    mode: str
    alone: bool
    """Whether the noun tells an event without a verb's help."""


@cache
def grammar_words(name: str) -> frozenset[str]:
    """A list of words by which a clause is read."""
    return frozenset(load_toml("en/plover.toml")["grammar"][name])


@cache
def word_group(name: str) -> frozenset[str]:
    """A group of nouns to which the verbs' table refers."""
    return frozenset(load_toml("en/plover.toml")["groups"][name])


def _need(written: str) -> Need:
    slot, _, fillers = written.partition(":")
    words: set[str] = set()
    kinds: set[str] = set()
    for filler in filter(None, fillers.split("|")):
        if filler in TYPES or filler in ("$person", "$gpe", "$party", "$named"):
            kinds.add(filler)
        elif filler.startswith("$"):
            words |= word_group(filler[1:])
        else:
            words.add(filler)
    return Need(slot, frozenset(words), frozenset(kinds))


@cache
def verb_senses() -> dict[str, tuple[VerbSense, ...]]:
    """Every verb's senses, the most demanding first."""
    found: dict[str, list[VerbSense]] = {}
    for row in load_tsv("en/plover_verbs.tsv"):
        needs = tuple(_need(n) for n in (row["needs"] or "").split())
        sense = VerbSense(row["type"], row["mode"] or None, needs, tuple((row["to"] or "").split()))
        for verb in row["verbs"].split():
            found.setdefault(verb, []).append(sense)
    return {verb: tuple(sorted(senses, key=_demand, reverse=True)) for verb, senses in found.items()}


def _demand(sense: VerbSense) -> int:
    """How much a row asks for: a slot with given words counts more than any two slots without."""
    return sum(1 if need.free else 3 for need in sense.needs)


@cache
def noun_senses() -> dict[str, NounSense]:
    """Every event noun's sense, by lemma."""
    found: dict[str, NounSense] = {}
    for row in load_tsv("en/plover_nouns.tsv"):
        for noun in row["nouns"].split():
            found.setdefault(noun, NounSense(row["type"], row["mode"], row["told"] == "alone"))
    return found


@cache
def _operators() -> dict[str, dict[str, str]]:
    return {row["operator"]: row for row in load_tsv("en/plover_operators.tsv")}


def is_operator(type_: str) -> bool:
    """Whether a row's type is an operator's name and not a PLOVER type."""
    return type_ in _operators()


def operate(operator: str, below: str | None) -> str | None:
    """The type that an operator makes of an event of type ``below`` (None: no event known), or None for no event."""
    row = _operators()[operator]
    if below is None:
        column = "unknown"
    elif below in ("REQUEST", "ACCUSE"):
        column = "request" if below == "REQUEST" else "accusing"
    else:
        column = "cooperative" if below in COOPERATIVE else "hostile"
    made = row[column]
    if made == "same":
        return below
    return None if made == "-" else made
