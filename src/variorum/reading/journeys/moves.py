"""Who goes where, as one clause or noun phrase tells it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from spacy.tokens import Token

from variorum.model.reading import LegStatus

Force = Literal["moves", "is there"]
"""Whether the words tell a movement, or only that somebody did something in a place."""


@dataclass(slots=True)
class Move:
    """Who goes where, as one clause or noun phrase tells it."""

    travellers: list[Token]
    places: list[Token]
    origins: list[Token] = field(default_factory=list)
    status: LegStatus = "done"
    force: Force = "moves"
    trigger: Token | None = None
    in_order: bool = False
    """The places stand in the order of travel ("to Chad and then to Mali")."""
    first: list[Token] = field(default_factory=list)
    """Places with which the journey is said to start."""
