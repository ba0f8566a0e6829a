"""The tables of stance words."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple, cast

from variorum.model.reading import Stance
from variorum.text.tables import load_toml, load_tsv


class VerbFrame(NamedTuple):
    """How one verb takes a position."""

    with_: str
    stance: Stance
    frame: str
    strict: bool
    """Whether the issue must be a public matter, whoever holds the position."""


class AdjectiveFrame(NamedTuple):
    """How one adjective takes a position."""

    followers: frozenset[str]
    stance: Stance
    strict: bool
    """Whether the issue must be a public matter, whoever holds the position."""


@cache
def verb_frames() -> dict[str, tuple[VerbFrame, ...]]:
    """Lemma → its frames, those with a preposition first."""
    found: dict[str, list[VerbFrame]] = {}
    for row in load_tsv("en/position_verbs.tsv"):
        frame = VerbFrame(
            row["with"], cast(Stance, row["stance"]), row["frame"].rstrip("!"), row["frame"].endswith("!")
        )
        found.setdefault(row["verb"], []).append(frame)
    return {lemma: tuple(sorted(frames, key=lambda f: not f.with_)) for lemma, frames in found.items()}


@cache
def noun_stances() -> dict[tuple[str, str], Stance]:
    """(noun lemma, preposition) → stance."""
    return {(row["noun"], row["with"]): cast(Stance, row["stance"]) for row in load_tsv("en/position_nouns.tsv")}


@cache
def adjective_stances() -> dict[str, AdjectiveFrame]:
    """Adjective → how it takes a position."""
    return {
        row["adjective"]: AdjectiveFrame(
            frozenset(row["with"].rstrip("!").split(",")) - {""},
            cast(Stance, row["stance"]),
            row["with"].endswith("!"),
        )
        for row in load_tsv("en/position_adjectives.tsv")
    }


class Idiom(NamedTuple):
    """A verb with its object and a preposition that together take a position."""

    before: str
    """The word before the noun that makes the phrase ("cold" water); empty where none is needed."""
    with_: frozenset[str]
    between: bool
    """Whether what it is about may stand between verb and noun ("gave the plan a welcome")."""
    stance: Stance


@cache
def idioms() -> dict[tuple[str, str], tuple[Idiom, ...]]:
    """(verb lemma, noun lemma) → the turns of phrase that the two make."""
    found: dict[tuple[str, str], list[Idiom]] = {}
    for row in load_tsv("en/position_idioms.tsv"):
        *before, noun = row["noun"].split()
        with_ = row["with"].split("|")
        idiom = Idiom(" ".join(before), frozenset(with_) - {"="}, "=" in with_, cast(Stance, row["stance"]))
        for verb in row["verbs"].split("|"):
            found.setdefault((verb, noun), []).append(idiom)
    return {key: tuple(each) for key, each in found.items()}


@cache
def idiom_verbs() -> frozenset[str]:
    """The verbs of the turns of phrase."""
    return frozenset(verb for verb, _ in idioms())


@cache
def words(name: str) -> frozenset[str]:
    """A list of ``en/positions.toml``."""
    return frozenset(load_toml("en/positions.toml")[name])


OPPOSITE: dict[Stance, Stance] = {"for": "against", "supports": "against", "against": "for"}
"""What "not" makes of a stance; what is missing is no position once it is denied."""
