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
    found |= {name: gender for gender in ("m", "f", "u") for name in more[gender]}
    # A short form is of the gender of the names that it is short for, if they are of one.
    for full, shorts in load_toml("en/nicknames.toml")["nicknames"].items():
        for short in shorts:
            name = short.capitalize()
            gender = found.get(full.capitalize(), "u")
            if found.setdefault(name, gender) != gender:
                found[name] = "u"
    return found
