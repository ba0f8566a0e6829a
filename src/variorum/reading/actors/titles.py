"""Offices beside a name: before it ("Foreign Minister X"), after it ("X, the outgoing Japanese prime minister")."""

from __future__ import annotations

from dataclasses import dataclass, replace

from variorum.reading.actors.table import Role, usual_office
from variorum.reading.names.tokens import POSSESSIVE, Words, name_words
from variorum.text.world import Office, office_modifiers

LONGEST_FIELD = 8
"""Tokens of an office's field: "of Foreign Affairs and International Cooperation"."""
_IN_FIELD = frozenset({"of", "for", "and", "the", "&", "to"})
LONGEST_APPOSITION = 7
"""Tokens after a comma in which an office is looked for: "X, the outgoing Japanese prime minister"."""


@dataclass(frozen=True, slots=True)
class Title:
    """An office before or after a name."""

    role: Role
    start: int
    """First token of the office with its modifiers."""
    end: int
    gender: str | None
    rank: str
    before: bool


def title_of(words: Words, first: int, last: int) -> Title | None:
    """The office that stands with a personal name: before it, or after a comma."""
    before = _title_before(words, first)
    if before is not None and before.rank != "title":
        return before
    after = _title_after(words, last)
    if before is None or after is None:
        return before or after
    return replace(after, gender=before.gender or after.gender)  # "His Excellency Jane Roe, Foreign Minister"


def _title_before(words: Words, first: int) -> Title | None:
    at = first - 1
    if at >= 0 and words.texts[at] == "." and words.joined(at) and not words.opens_sentence[first]:
        at -= 1  # an abbreviation that the tokenizer split
    comma = at >= 1 and words.texts[at] == ","
    if comma:
        at -= 1  # "Japan's prime minister, Jun Mori,"
    while at >= 0 and words.office_at[at] < 0 and words.texts[at] in name_words().never_first:
        at -= 1  # "the MP Barrister Jane Roe"
    if at < 0:
        return None
    if words.office_at[at] < 0:
        # "Minister of Ports Jane Roe"
        return None if comma or words.texts[at] == "." else _held_before(words, at + 1)
    start, end, office = words.offices[words.office_at[at]]
    if end != at + 1:
        return None
    made = _role(words, start, end, office)
    if comma and not _definite(words, made.start):
        return None
    held = _held_before(words, start) if office.rank == "title" else None
    if held is not None:
        return replace(held, end=end, gender=office.gender or held.gender)
    return made


def _held_before(words: Words, at: int) -> Title | None:
    """The office with its field before a courtesy title or a comma and one ("the Minister of Ports, Mr. Jane Roe",
    "Minister of Health Dr. Jane Roe")."""
    comma = at > 0 and words.texts[at - 1] == ","
    last = at - 1 - comma
    if last < 0 or words.texts[last].lower() in _IN_FIELD:
        return None  # "the mayor of Porto Novo"
    for position in range(last, max(last - LONGEST_FIELD, -1), -1):
        number = words.office_at[position]
        if number >= 0:
            start, end, office = words.offices[number]
            named = end == last + 1 or words.texts[end].lower() in ("of", "for")
            made = _role(words, start, end, office)
            if office.rank == "title" or not named or (comma and not _definite(words, made.start)):
                return None
            role = replace(made.role, text=words.text(made.start, last + 1))
            if end <= last:
                country = role.country or _country_behind(words, end)
                role = replace(role, office=usual_office(words.text(start, last + 1)), country=country)
            return replace(made, role=role, end=at)
        text = words.texts[position]
        if not (text[0].isupper() or text.lower() in _IN_FIELD):
            return None
    return None


def _definite(words: Words, start: int) -> bool:
    before = words.texts[start - 1].lower() if start else ""
    return before in {"the", "his", "her", "its", "their"} | POSSESSIVE or (start > 0 and words.hit_at[start - 1] >= 0)


def _role(words: Words, start: int, end: int, office: Office) -> Title:
    """An office with the words before it that belong to it, and its state."""
    country: str | None = None
    tied = False
    at = start - 1
    first = start
    while at >= 0 and start - at <= 6:
        text = words.texts[at].lower()
        if words.hit_at[at] >= 0:
            entry = words.hits[words.hit_at[at]].entries[0]
            country = country or entry.country
            tied = tied or entry.country is None or entry.kind == "body"
            at = words.hit_range(words.hit_at[at])[0] - 1
            if entry.kind != "body":
                break
        elif words.texts[at] in POSSESSIVE or text == "-":
            at -= 1
        elif text in office_modifiers():
            first = at
            at -= 1
        else:
            break
    # An office's own state is meant only where the text names none: "Secretary of State Jane Roe".
    tied = tied or (at >= 0 and words.texts[at].lower() in ("his", "her", "its", "their"))
    role = Role(words.text(first, end), usual_office(office.words), country or office.country, tied)
    return Title(role, first, end, office.gender, office.rank, True)


def _title_after(words: Words, last: int) -> Title | None:
    """ "Jun Mori, the Japanese prime minister, …"; "Jane Roe, director of the institute" """
    if last + 1 >= len(words) or words.texts[last] != ",":
        return None
    at = last + 1
    for position in range(at, min(at + LONGEST_APPOSITION, len(words))):
        if words.texts[position] in (",", ".", ";", "—", "who", "whose", "which") or words.doc[position].pos_ in (
            "VERB",
            "AUX",
        ):
            return None
        number = words.office_at[position]
        if number >= 0 and words.offices[number][0] == position:
            start, end, office = words.offices[number]
            if office.rank == "title":
                return None
            if end < len(words) and words.texts[end][0].isupper() and words.hit_at[end] < 0 and words.texts[end] != "I":
                return None  # the office belongs to the next name of a list
            made = _role(words, start, end, office)
            country = made.role.country or _country_behind(words, end)
            role = Role(made.role.text, made.role.office, country, made.role.tied)
            return Title(role, made.start, end, office.gender, office.rank, False)
    return None


def _country_behind(words: Words, end: int) -> str | None:
    """The state of "of Japan", "at the Israeli foreign ministry" behind an office."""
    for position in range(end, min(end + 6, len(words))):
        if words.texts[position] in (",", ".", ";"):
            return None
        if words.hit_at[position] >= 0:
            return words.hits[words.hit_at[position]].entries[0].country
    return None


def state_before(words: Words, first: int) -> str | None:
    """The state of "Kenya's Jane Roe" or "US’ Roe"."""
    at = first - 1
    if at < 0:
        return None
    owns = words.texts[at] in POSSESSIVE
    at -= owns
    number = words.hit_at[at] if at >= 0 else -1
    if number < 0 or number in words.released:
        return None
    owns = owns or words.ends[at] > words.hits[number].extent.end
    entry = words.hits[number].entries[0]
    return entry.country if owns and entry.kind == "state" and entry.sense == "name" else None
