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


@cache
def words(name: str) -> frozenset[str]:
    """A list of ``en/positions.toml``."""
    return frozenset(load_toml("en/positions.toml")[name])


OPPOSITE: dict[Stance, Stance] = {"for": "against", "supports": "against", "against": "for"}
"""What "not" makes of a stance; what is missing is no position once it is denied."""
