"""A paragraph on its way to a block, and how it looks among the others."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from variorum.intake.furniture import Line
from variorum.intake.lines import words_of
from variorum.model.report import BlockKind
from variorum.text.tables import load_toml

_PLAIN_RUN = re.compile(r"\b[a-z]{5,}\W+(?:[a-z]+\W+)?[a-z]{5,}\b")
"""Two longer words without a capital close together: no title in capitals has them."""
_SMALL_LETTER = re.compile(r"[a-zß-ÿ]")
_FULL_STOP = re.compile(r"[a-z0-9)”’\"]\.[”’\"']? +[“‘\"'(]?[A-ZÀ-ÖØ-Þ]")
BULLET = re.compile(r"(?:[-–—*•·●▪◦‣■]|\(?\d{1,2}[.)])\s+\S")
"""How an item of a list opens."""
CLOCK = re.compile(r"\d{1,2}[:.h]\d\d")
"""A time of day, as it stands alone above a post of a live page; a clip's length looks the same."""
QUOTED = ("“", '"', "‘", "’", "«", "„")


@dataclass(slots=True)
class Piece:
    """A paragraph on its way to a block."""

    line: Line
    kind: BlockKind | None = None
    """What it is; None as long as nothing but the article claims it."""

    @property
    def title_like(self) -> bool:
        """Whether it has the shape of a headline or link: short, one sentence, not closed by a full stop."""
        line = self.line
        if not 2 <= line.word_count <= 34 or line.length > 220:
            return False
        if line.sentences > 1:
            return line.open_end and self.is_question_and_answer
        return line.open_end or line.words[-1] in '?!”’"…' or (line.words.endswith(".") and title_case(line.words))

    @property
    def is_question_and_answer(self) -> bool:
        """Whether it breaks at a question or cry only, as a headline may ("Who pays? Ministers split over the bridge")."""
        return not _FULL_STOP.search(self.line.words)


@cache
def _small_words() -> frozenset[str]:
    return frozenset(load_toml("en/furniture.toml")["headline"]["function_words"])


def title_case(words: str) -> bool:
    """Whether Words Stand Like This: nearly all but the small ones open with a capital."""
    if _PLAIN_RUN.search(words):
        return False
    content = [w for w in re.findall(r"[^\W\d_][\w’.&-]*", words) if w.lower() not in _small_words()]
    return len(content) >= 3 and sum(w[0].isupper() for w in content) >= 0.85 * len(content)


def all_capitals(words: str) -> bool:
    """Whether a line of at least four words stands in capitals throughout, short names apart."""
    if len(_SMALL_LETTER.findall(words[:40])) > 4:
        return False
    letters = [c for c in words if c.isalpha()]
    return len(letters) >= 12 and len(words.split()) >= 4 and sum(c.isupper() for c in letters) >= 0.9 * len(letters)


def share(words: str, story: frozenset[str]) -> float:
    """Part of a line's content words that the story uses too, by their first five letters."""
    content = {w[:5] for w in words_of([words]) if len(w) > 2 and w not in _small_words()}
    return len(content & story) / len(content) if content else 0.0
