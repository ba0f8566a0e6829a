"""The title of a record: a headline that stands for most reports, or the names that they share."""

from __future__ import annotations

import re
from collections import Counter

from variorum.collation.witness import Witness
from variorum.collation.words import concepts
from variorum.model import Actor

LONGEST = 140
"""Characters of a headline that can be a title."""


def title_of(witnesses: tuple[Witness, ...], actors: tuple[Actor, ...]) -> str:
    """The headline whose words most reports share; without headlines, the actors that most reports name."""
    headlines = [_plain(text) for witness in witnesses if (text := _headline(witness))]
    fitting = sorted({text for text in headlines if len(text) <= LONGEST} or set(headlines))
    if fitting:
        shared = Counter(word for witness in witnesses for word in concepts(_headline(witness) or witness.text[:1500]))
        return max(fitting, key=lambda text: (_worth(text, shared), -len(text), text))
    named = [actor.name for actor in actors if actor.named]
    return ", ".join(named[:3]) if named else "Untitled"


_FULL_STOP = re.compile(r"(?<=[a-z]{4})\.$|(?<=[a-z]{2}[”’\"])\.$")


def _plain(text: str) -> str:
    """A headline on one line, without the full stop that some outlets set behind it."""
    return _FULL_STOP.sub("", " ".join(text.split()))


def _headline(witness: Witness) -> str | None:
    if witness.reading.headline:
        return witness.words(witness.reading.headline)
    return witness.reading.title


def _worth(text: str, shared: Counter[str]) -> float:
    """How much of what the reports share a headline says, per word: a general headline before a particular one."""
    own = concepts(text)
    if not own:
        return 0.0
    return sum(shared[word] - 1 for word in own) / (len(own) + 3)
