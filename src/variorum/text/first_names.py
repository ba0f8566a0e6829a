"""First names of the world, and the gender that each is given to."""

from __future__ import annotations

import gzip
from functools import cache

from variorum.text.tables import load_bytes, load_toml


def is_first_name(word: str) -> bool:
    """Whether a word is a first name somewhere ("Yoko", "Matthew"). Capitals matter."""
    return word in _names()


def gender_of_first_name(word: str) -> str | None:
    """ "m" or "f" for a first name that is given to one gender only, else None."""
    found = _names().get(word)
    return found if found in ("m", "f") else None


@cache
def _names() -> dict[str, str]:
    lines = gzip.decompress(load_bytes("world/first_names.txt.gz")).decode().splitlines()
    found = dict(line.split("\t", 1) for line in lines if not line.startswith("#"))
    more = load_toml("world/first_names_more.toml")
    return found | {name: gender for gender in ("m", "f") for name in more[gender]}
