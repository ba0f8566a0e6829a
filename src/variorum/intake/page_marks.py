"""What the names of a page's elements (class, id, role …) tell of the text inside them."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from variorum.text.tables import load_toml

_NAMES = frozenset(
    ("class", "id", "role", "itemprop", "data-testid", "data-component", "data-module", "data-type", "aria-label")
)
_LONGEST = 300
"""Code points of an element's names that are looked at."""


@cache
def mark_names() -> tuple[str, ...]:
    """The marks there are, in the order of their bits."""
    return tuple(load_toml("world/page_marks.toml")["marks"])


@cache
def mark_bit(name: str) -> int:
    """The bit of one mark."""
    return 1 << mark_names().index(name)


@cache
def _patterns() -> tuple[tuple[int, re.Pattern[str]], ...]:
    marks = load_toml("world/page_marks.toml")["marks"]
    return tuple((1 << n, re.compile("|".join(patterns))) for n, patterns in enumerate(marks.values()))


@cache
def _by_tag() -> dict[str, int]:
    made: dict[str, int] = {}
    for name, tags in load_toml("world/page_marks.toml")["tags"].items():
        for tag in tags:
            made[tag] = made.get(tag, 0) | mark_bit(name)
    return made


@lru_cache(maxsize=20_000)
def _marks_of_names(names: str) -> int:
    found = 0
    for name in names.split():  # no pattern holds white space, and one name recurs in many lists of names
        found |= _marks_of_name(name)
    return found


@lru_cache(maxsize=50_000)
def _marks_of_name(name: str) -> int:
    return sum(bit for bit, pattern in _patterns() if pattern.search(name))


class Marks:
    """The marks of a page's elements; each element is looked at once."""

    def __init__(self) -> None:
        self._own: dict[Any, int] = {}
        self._all: dict[Any, int] = {}
        self._near: dict[Any, int] = {}

    def own(self, element: Any) -> int:
        """Marks that an element's own names and tag carry."""
        found = self._own.get(element)
        if found is None:
            names = " ".join([value for key, value in element.items() if key in _NAMES and value])
            found = _marks_of_names(names[:_LONGEST].lower()) if names else 0
            if isinstance(element.tag, str):
                found |= _by_tag().get(element.tag, 0)
            self._own[element] = found
        return found

    def near(self, element: Any) -> int:
        """Marks of an element and of the two elements around it."""
        found = self._near.get(element)
        if found is None:
            found, at = 0, element
            for _ in range(3):
                if at is None or at.tag in ("body", "html"):
                    break
                found |= self.own(at)
                at = at.getparent()
            self._near[element] = found
        return found

    def around(self, element: Any) -> int:
        """Marks of an element and of all elements around it, up to the page's body."""
        chain: list[Any] = []
        at = element
        while at is not None and at not in self._all and at.tag not in ("body", "html"):
            chain.append(at)
            at = at.getparent()
        found = self._all.get(at, 0) if at is not None else 0
        for link in reversed(chain):
            found |= self.own(link)
            self._all[link] = found
        return found
