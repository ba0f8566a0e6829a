"""States, regions, groups of states, bodies and offices: which words of the press name which of them.

All of it is data (``variorum/data/world``), loaded once. ``find_world`` finds every such name in a text in one pass.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from variorum.model import Extent
from variorum.text.gazetteer import Gazetteer
from variorum.text.tables import load_toml, load_tsv

StateSense = Literal["name", "adjective", "people", "capital", "seat", "region", "region_adjective", "region_people"]
EntryKind = Literal["state", "region", "group", "body"]
Gender = Literal["m", "f"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What a name of the tables stands for."""

    kind: EntryKind
    name: str
    """The name by which it is known ("United States", "Group of Seven", "Hamas")."""
    country: str | None
    """ISO 3166-1 alpha-2 code of the state that it is, or belongs to."""
    sense: str
    """For states and regions a ``StateSense``; for groups "group" or "organisation"; for bodies "government" or
    "organisation"."""
    sort: str = ""
    """For bodies: ministry, party, armed group, court, legislature, press …; for seats the usual name of the seat, which
    tells a presidency from the foreign ministry of the same state."""


class StateHit(NamedTuple):
    """A state by one of its words."""

    code: str
    sense: StateSense
    name: str


class Hit(NamedTuple):
    """A name of the tables in a text."""

    extent: Extent
    entries: tuple[Entry, ...]
    """All that the words may stand for, the likeliest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group of states."""

    name: str
    aliases: tuple[str, ...]
    members: tuple[str, ...]
    joined: dict[str, str]
    left: dict[str, str]
    terms: tuple[tuple[str, str, tuple[str, ...]], ...]
    kind: str
    seat: str | None
    """The capital that stands for the group where its own state is not told of ("Brussels")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office or title."""

    words: str
    """In lower case."""
    rank: str
    country: str | None = None
    """The state meant where the text names none."""
    gender: Gender | None = None


# ---- states ----------------------------------------


def lookup_state(words: str) -> StateHit | None:
    """The state that words stand for, in their likeliest sense: "Japan", "Japanese", "Tokyo", "the White House".

    Regions of one state count too ("Gaza", "Scottish"), with a sense of their own. None where the words name no state.
    """
    for entry in lookup(words):
        if entry.kind in ("state", "region") and entry.country:
            return StateHit(entry.country, entry.sense, entry.name)  # type: ignore[arg-type]
    return None


def state_senses(words: str) -> tuple[StateHit, ...]:
    """All that words may mean of a state: "French" is the adjective and the people."""
    return tuple(
        StateHit(entry.country, entry.sense, entry.name)  # type: ignore[arg-type]
        for entry in lookup(words)
        if entry.kind in ("state", "region") and entry.country
    )


def state_name(code: str) -> str | None:
    """The name of a state as the press writes it, by its ISO 3166-1 alpha-2 code."""
    return _state_names().get(code)


def state_adjective(code: str) -> str:
    """The adjective of a state as the press writes it ("Kenyan"), or its name with "'s" where it has none."""
    return _state_adjectives().get(code) or f"{state_name(code) or code}’s"


@cache
def _state_adjectives() -> dict[str, str]:
    return {row["code"]: (row["adjectives"] or "").split("|")[0] for row in load_tsv("world/states.tsv")}


@cache
def _state_names() -> dict[str, str]:
    return {row["code"]: row["name"] for row in load_tsv("world/states.tsv")}


def lookup(words: str) -> tuple[Entry, ...]:
    """All entries of the tables under a name, the likeliest first; articles and possessive endings do not matter."""
    table = _table()
    plain = re.sub(r"^(?:the|The|THE)\s+|['’]s?$", "", words.strip()) if words not in table else words
    return table.get(plain) or table.get(words.strip()) or ()


# ---- groups ----------------------------------------


def lookup_group(words: str) -> Group | None:
    """The group of states of a name ("G7", "the European Union"), or None."""
    for entry in lookup(words):
        if entry.kind == "group":
            return _groups()[entry.name]
    return None


def group_seated_in(capital: str) -> Group | None:
    """The group of states for which a capital's name stands as well ("Brussels"), or None."""
    return next((group for group in _groups().values() if group.seat == capital), None)


def members(group: str, on: str | None = None) -> tuple[str, ...]:
    """Codes of a group's members, in the order of its table.

    Args:
        group: any of its names.
        on: ISO date (year, month or day) for which the members are wanted; without it, the members of today's table.

    Returns:
        Empty for an unknown group and for one whose members are not listed (the United Nations).
    """
    found = lookup_group(group)
    if found is None:
        return ()
    day = on or "9999"

    def began(code: str) -> bool:
        return code not in found.joined or found.joined[code] <= day

    def ended(code: str) -> bool:
        return code in found.left and found.left[code] <= day

    lasting = tuple(code for code in found.members if began(code) and not ended(code))
    year = day[:4] if on else max((term[1] for term in found.terms), default="")
    elected = tuple(code for start, end, codes in found.terms if start <= year <= end for code in codes)
    return lasting + elected


@cache
def _groups() -> dict[str, Group]:
    return {
        row["name"]: Group(
            name=row["name"],
            aliases=tuple(row["aliases"]),
            members=tuple(row["members"]),
            joined=row.get("joined", {}),
            left=row.get("left", {}),
            terms=tuple((t["from"], t["to"], tuple(t["members"])) for t in row.get("terms", ())),
            kind=row["kind"],
            seat=row.get("seat"),
        )
        for row in load_toml("world/groups.toml")["group"]
    }


# ---- offices ----------------------------------------


def lookup_office(words: str) -> Office | None:
    """The office or title of a word or words ("Prime Minister", "spokeswoman", "Mr."), or None."""
    key = " ".join(words.lower().split())
    return _offices().get(key)


@cache
def _offices() -> dict[str, Office]:
    found: dict[str, Office] = {}
    for row in load_toml("world/offices.toml")["office"]:
        for word in row["words"]:
            key = word.lower()
            office = Office(words=key, rank=row["rank"], country=row.get("country"), gender=row.get("gender"))
            found.setdefault(key, office)
    return found


@cache
def office_modifiers() -> frozenset[str]:
    """Words, in lower case, that may stand before an office and belong to the role ("former", "acting")."""
    return frozenset(load_toml("world/offices.toml")["modifiers"]["words"])


# ---- bodies ----------------------------------------


@cache
def body_nouns() -> dict[str, str]:
    """Common nouns for bodies, in lower case, with "government", "organisation" or "people"."""
    data = load_toml("world/body_nouns.toml")
    found: dict[str, str] = {}
    for kind in ("government", "organisation", "people"):
        for word in data[kind]:
            found.setdefault(word, kind)
    return found


# ---- finding names in a text ----------------------------------------


def find_world(text: str) -> list[Hit]:
    """Every name of the tables in a text, longest first at each place, none inside another. Linear in the text."""
    return [Hit(extent, entries) for extent, entries in _world_gazetteer().find(text)]


def find_offices(text: str) -> list[tuple[Extent, Office]]:
    """Every office or title in a text, in whatever capitals, longest first at each place. Linear in the text."""
    lower = text.lower()
    if len(lower) != len(text):  # a few letters change their length in lower case; offsets must hold
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return list(_office_gazetteer().find(lower))


@cache
def _world_gazetteer() -> Gazetteer[tuple[Entry, ...]]:
    return Gazetteer(_table())


@cache
def _office_gazetteer() -> Gazetteer[Office]:
    return Gazetteer(_offices(), after_hyphen=False)


@cache
def _table() -> dict[str, tuple[Entry, ...]]:
    found: dict[str, list[Entry]] = defaultdict(list)

    def add(words: str, entry: Entry) -> None:
        for word in words.split("|"):
            if word and entry not in found[word]:
                found[word].append(entry)

    # The order of the tables is the order of likelihood: states before regions ("Georgia"), groups before bodies.
    for sense, columns in (
        ("name", ("name", "aliases")),
        ("adjective", ("adjectives",)),
        ("people", ("people",)),
        ("seat", ("seats",)),
        ("capital", ("capitals",)),
    ):
        for row in load_tsv("world/states.tsv"):
            for column in columns:
                for words in (row[column] or "").split(";"):
                    seat = words.split("|")[0] if sense == "seat" else ""
                    add(words, Entry(kind="state", name=row["name"], country=row["code"], sense=sense, sort=seat))
    for sense, columns in (
        ("region", ("name", "aliases")),
        ("region_adjective", ("adjectives",)),
        ("region_people", ("people",)),
    ):
        for row in load_tsv("world/regions.tsv"):
            for column in columns:
                entry = Entry(kind="region", name=row["name"], country=row["code"] or None, sense=sense)
                add(row[column] or "", entry)
    for group in _groups().values():
        add(
            "|".join((group.name, *group.aliases)), Entry(kind="group", name=group.name, country=None, sense=group.kind)
        )
    for row in load_tsv("world/bodies.tsv"):
        entry = Entry(
            kind="body", name=row["name"], country=row["country"] or None, sense=row["kind"], sort=row["sort"]
        )
        add(f"{row['name']}|{row['aliases'] or ''}", entry)
    # Headlines in capitals.
    for word, entries in [(word, entries) for word, entries in found.items() if word and len(word) > 3]:
        upper = word.upper()
        if upper not in found:
            found[upper] = entries
    return {word: tuple(entries) for word, entries in found.items() if entries}
