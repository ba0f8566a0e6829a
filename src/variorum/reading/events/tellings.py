"""An event as words tell it, and what was told so far in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from spacy.tokens import Token

SAYING_MODES = (
    "pledge",
    "agreement",
    "request",
    "demand",
    "exhortation",
    "question",
    "call",
    "appeal",
    "order",
    "refusal",
    "rejection",
)
"""Modes of what is done by saying it: done when said, whatever is still to come of it."""
JUDGING = ("ACCUSE", "SUPPORT", "REJECT")
"""Types in which a deed is judged, and so whoever did it is meant."""
DEEPEST = 5
"""Clauses under one another that are looked into."""


@dataclass(slots=True)
class Told:
    """An event as one word tells it, before it is given status, time and place."""

    type: str
    mode: str | None
    trigger: Token
    actors: list[Token]
    recipients: list[Token]
    chain: list[Token] = field(default_factory=list)
    """The words that tell it from the outermost to the innermost, trigger included: their tense and negation count."""
    planned: bool = False
    """An operator says that it is yet to come."""


class Reader:
    """What the words of one sentence tell, each asked once. One object a sentence: it remembers which words have been used."""

    def __init__(self, tell: Callable[[Token, Reader, int], Told | None]) -> None:
        self.used: set[int] = set()
        """Words that an outer word's event takes in, so that they tell none of their own."""
        self._tell = tell
        self._memory: dict[int, Told | None] = {}

    def told(self, token: Token, depth: int = 0) -> Told | None:
        """What a token tells together with all that stands under it, or None."""
        if token.i not in self._memory:
            self._memory[token.i] = None  # a loop in the parse ends here
            self._memory[token.i] = self._tell(token, self, depth) if depth <= DEEPEST else None
        return self._memory[token.i]
