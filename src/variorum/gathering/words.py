"""Words as gathering compares them: folded to lower case, without possessive and plural ``s``, and hashed.

No language model is needed, so that a stream can be gathered before it is read.
"""

from __future__ import annotations

import re
import zlib
from functools import lru_cache

TOKEN = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_LONG = 24
"""Longer runs of letters are scripts without spaces, or no words at all."""


def fold(token: str) -> str:
    """A token in lower case, without its possessive and its plural ``s`` (Harman's S-stemmer, JASIS 42, 1991)."""
    word = token.lower()
    for possessive in ("'s", "’s"):
        word = word.removesuffix(possessive)
    if len(word) > 3 and word.isascii() and word.endswith("s"):
        if word.endswith("ies") and word[-4] not in "ae":
            return word[:-3] + "y"
        if word.endswith("es") and word[-3] not in "aeo":
            return word[:-1]
        if not word.endswith(("us", "ss")):
            return word[:-1]
    return word


@lru_cache(maxsize=65536)
def term(token: str) -> int:
    """A token's 32-bit key: the same on every machine and in every run."""
    return zlib.crc32(fold(token).encode("utf-8", "surrogatepass"))


def tokens(text: str, limit: int) -> list[str]:
    """The first ``limit`` words of a text, as they stand; runs of a script without spaces are cut into pairs."""
    plain: list[str] = TOKEN.findall(text[: _LONG * limit])[:limit]
    if not any(len(token) > _LONG for token in plain):
        return plain
    found: list[str] = []
    for token in plain:
        if len(token) > _LONG and not token.isascii():
            found.extend(token[i : i + 2] for i in range(0, len(token), 2))
        else:
            found.append(token[:_LONG])
    return found[:limit]
