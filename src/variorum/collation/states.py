"""States and their names, as far as collation needs them: which words are a state, which are where."""

from __future__ import annotations

from functools import cache

from variorum.collation.words import folded
from variorum.text.tables import load_tsv


@cache
def _tables() -> tuple[dict[tuple[str, ...], str], dict[tuple[str, ...], str], dict[tuple[str, ...], str]]:
    names: dict[tuple[str, ...], str] = {}
    adjectives: dict[tuple[str, ...], str] = {}
    capitals: dict[tuple[str, ...], str] = {}
    for row in load_tsv("world/states.tsv"):
        code = row["code"]
        for name in (row["name"], *_parts(row["aliases"])):
            names.setdefault(_key(name), code)
        for name in (*_parts(row["adjectives"]), *_parts(row["people"])):
            adjectives.setdefault(_key(name), code)
        for name in _parts(row["capitals"]):
            capitals.setdefault(_key(name), code)
    return names, adjectives, capitals


def _parts(cell: str | None) -> list[str]:
    return [part for part in (cell or "").split("|") if part]


def _key(name: str) -> tuple[str, ...]:
    words = folded(name)
    return words[1:] if words[:1] == ("the",) else words


def state_named(name: str) -> str | None:
    """Code of the state that a name is a name of ("U.S.", "the United States"), or None."""
    return _tables()[0].get(_key(name))


def state_name(code: str) -> str | None:
    """The common English name of a state by its code."""
    return _names_by_code().get(code)


@cache
def _names_by_code() -> dict[str, str]:
    return {row["code"]: row["name"] for row in load_tsv("world/states.tsv")}


def capital_of(name: str) -> str | None:
    """Code of the state whose capital a name is, or None."""
    return _tables()[2].get(_key(name))


def state_meant(words: str) -> str | None:
    """Code of the state that words name by its name, its people, its adjective or its capital; None where none is."""
    key = _key(words)
    return next((table[key] for table in _tables() if key in table), None)


def states_in(words: str) -> frozenset[str]:
    """Codes of all states that a short text names in any way."""
    parts = _key(words)
    found: set[str] = set()
    for size in (1, 2, 3):
        for n in range(len(parts) - size + 1):
            found.update(table[parts[n : n + size]] for table in _tables() if parts[n : n + size] in table)
    return frozenset(found)
