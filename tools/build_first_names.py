"""Makes ``data/world/first_names.txt.gz``: first names of the world with the gender that they are given to.

Out of the lists of Faker (MIT licence), which is no dependency; run with
``uv run --with faker tools/build_first_names.py``.
A name that some country gives to women and another to men is kept for the side that at least four in five of the lists
that have it agree on, and otherwise marked ``u``. Names not written in Latin letters are left out.
"""

from __future__ import annotations

import gzip
import importlib
import pkgutil
import re
import sys
from collections import Counter
from pathlib import Path

TARGET = Path(__file__).parents[1] / "src/variorum/data/world/first_names.txt.gz"
LATIN = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-Ž][a-zß-öø-ÿā-žơưạ-ỹ’'-]+(?:-[A-Z][a-z]+)?")
HEADER = (
    "# First names with m (given to men), f (to women) or u (to both). "
    "From the lists of Faker, MIT licence (see NOTICE).\n"
)


def collect() -> dict[str, Counter[str]]:
    """Votes for either gender by name: one from each list of a locale that has it."""
    person = importlib.import_module("faker.providers.person")
    votes: dict[str, Counter[str]] = {}
    for module in sorted(m.name for m in pkgutil.iter_modules(person.__path__)):
        provider = importlib.import_module(f"faker.providers.person.{module}").Provider
        for gender, attributes in (
            ("m", ("first_names_male", "first_romanized_names_male")),
            ("f", ("first_names_female", "first_romanized_names_female")),
        ):
            names = {name for attribute in attributes for name in getattr(provider, attribute, ())}
            for name in sorted(names):
                if LATIN.fullmatch(name):
                    votes.setdefault(name, Counter())[gender] += 1
    return votes


def main() -> int:
    lines = []
    for name, count in sorted(collect().items()):
        total = count["m"] + count["f"]
        gender = "m" if count["m"] >= 0.8 * total else "f" if count["f"] >= 0.8 * total else "u"
        lines.append(f"{name}\t{gender}\n")
    TARGET.write_bytes(gzip.compress((HEADER + "".join(lines)).encode(), 9, mtime=0))
    print(f"{len(lines)} names, {TARGET.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
