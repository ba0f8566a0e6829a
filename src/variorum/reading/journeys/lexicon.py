"""The words of journeys: verbs with where their places stand, nouns, clauses. All is data (``data/en/movement.toml``)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from variorum.text.tables import load_toml


@cache
def movement_words(table: str, name: str) -> frozenset[str]:
    """A list of ``en/movement.toml``."""
    return frozenset(load_toml("en/movement.toml")[table][name])


@dataclass(frozen=True, slots=True)
class Frame:
    """A verb's kind, and the prepositions ("obj" for the object) behind which its places and origins stand."""

    kind: str
    places: tuple[str, ...]
    origins: tuple[str, ...]


@cache
def frames() -> dict[str, tuple[Frame, ...]]:
    """Every verb of movement or presence with its frames, by lemma."""
    found: dict[str, list[Frame]] = {}
    for kind, row in load_toml("en/movement.toml")["verbs"].items():
        for word in row["words"]:
            found.setdefault(word, []).append(Frame(kind, tuple(row["places"]), tuple(row["origins"])))
    return {word: tuple(frames) for word, frames in found.items()}


def is_journey(token: Token) -> bool:
    """Whether a word is a noun for a journey."""
    return token.pos_ == "NOUN" and token.lemma_.lower() in movement_words("nouns", "travel")


def is_person_pronoun(token: Token) -> bool:
    """Whether a token is a pronoun for one person."""
    return token.pos_ == "PRON" and token.lower_ in movement_words("words", "people")


def office_words() -> frozenset[str]:
    """Nouns for those whose journeys the press tells without a name."""
    return movement_words("words", "offices")


def is_presence(verb: Token | None) -> bool:
    """Whether a verb only says that somebody "is" somewhere, and not what he is there ("was victorious in")."""
    return verb is not None and verb.lemma_ == "be" and not any(c.dep_ in ("acomp", "attr") for c in verb.children)


def landing_words() -> frozenset[str]:
    """Nouns for where one lands or is lodged in a town."""
    return movement_words("nouns", "landing")


def is_homeward(verb: Token | None) -> bool:
    """Whether a verb sends somebody home: "before she *returns* to Lima"."""
    return verb is not None and verb.lemma_ in movement_words("clauses", "homeward")


def is_present_departure(verb: Token) -> bool:
    """Whether a verb in the plain present sends somebody on his way: "travels to", "leaves for"; not "arrives"."""
    if verb.tag_ not in ("VBZ", "VBP") or any(c.dep_ in ("aux", "auxpass", "neg") for c in verb.children):
        return False
    return any(f.kind in ("travel", "leave", "reach") for f in frames().get(verb.lemma_.lower(), ()))
