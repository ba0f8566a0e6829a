"""Datelines: the place, date and agency that open an agency text, in the forms that the world's agencies use."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from variorum.intake.agencies import agency_pattern, known_agency
from variorum.text.tables import load_text, load_toml, load_tsv

LONGEST = 160
"""Code points from a paragraph's start within which a dateline ends."""

_CAPS = r"[A-ZÀ-ÖØ-ÞĀ-Ž]"
_WORD = rf"{_CAPS}[\w’'.]*(?:-[\w’']+)*"
_SMALL = r"(?:al|as|ash|el|de|del|des|da|do|dos|la|las|le|les|los|di|du|of|on|the|es|i|sur|upon|and|bin)"
_PLACE = (
    rf"{_WORD}(?:[ \u00a0](?:{_SMALL}[ \u00a0])?{_WORD}){{0,4}}(?:(?:,\s?|/|\s?-\s?|"
    rf"\sand\s){_WORD}(?:[ \u00a0](?:{_SMALL}[ \u00a0])?{_WORD}){{0,3}}){{0,3}}"
)
_MONTHS = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?|JAN(?:UARY)?|FEB(?:RUARY)?|MAR(?:CH)?|APR(?:IL)?|MAY|JUNE?|JULY?|AUG(?:UST)?"
    r"|SEPT?(?:EMBER)?|OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?)\.?"
)
_WEEKDAY = r"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,?\s)"
_DATE = (
    rf"{_WEEKDAY}?(?:{_MONTHS}\s\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|"
    rf"th)?[\s-]{_MONTHS})(?:,?[\s-](?:19|20)\d\d)?(?!\d)"
    r"|\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d"
)
_SEP = r"(?:\s?[—―–]{1,2}\s?|\s-{1,3}\s|--\s?|:\s|\s:\s|\s\|\s|\s?-\s-\s|\.\s?[—–-]{1,2}\s?|\s?_{1,2}\s)"


class FoundDateline(NamedTuple):
    """A dateline at the start of a paragraph; offsets count from there."""

    end: int
    """One past its last character, separator apart."""
    body: int
    """Where the story begins."""
    place: str | None
    date: str | None
    """The words of the date, as they stand."""
    agency: str | None


@cache
def _places() -> frozenset[str]:
    """Cities, capitals and states, lower-cased."""
    names = {line for line in load_text("world/dateline_cities.txt").splitlines() if line and not line.startswith("#")}
    for row in load_tsv("world/states.tsv"):
        for column in ("name", "aliases", "capital", "capitals", "short"):
            names |= {name.strip() for name in re.split(r"[|;]", row.get(column) or "")}
    return frozenset(name.lower() for name in names if name)


@cache
def _labels() -> frozenset[str]:
    return frozenset(load_toml("en/furniture.toml")["headline"]["labels"])


@cache
def _shapes() -> tuple[re.Pattern[str], ...]:
    agency = r"[(\[/](?P<agency>[^()\[\]/\n]{2,60}(?:/[^()\[\]/\n]{2,20})?)[)\]/]"
    bare = rf"(?P<agency>(?:[Tt]he )?{agency_pattern()})"
    place, date = rf"(?P<place>{_PLACE})", rf"[(\[]?(?P<date>{_DATE})[)\]]?"
    return tuple(
        re.compile(rf"[(\[]?{shape}")
        for shape in (
            rf"{place}(?:[,:]|\s?[|–—-])?\s{date}(?:\s\d{{1,2}}[:.]\d\d(?:\s?(?:GMT|UTC|"
            rf"[ap]\.?m\.?))?)?[,.]?\s?{agency}(?P<sep>[)\]]?{_SEP}|[)\]]?\s?[.,:—–-]*\s?)",
            rf"{place},?\s{agency}[,:]?\s?{date}(?P<sep>[)\]]?{_SEP}|[)\]]?\s)",
            rf"{date}[,:]?\s(?:{place},?\s)?{agency}(?P<sep>{_SEP}|\s)",
            rf"{place},?\s?{agency}(?P<sep>{_SEP}|\s?[.,:—–-]*\s?)",
            rf"{agency}[,]?(?P<sep>{_SEP}|\s?)",
            rf"{bare}[,:]?\s(?:[-–—|/]\s)?{place}(?:,\s{date})?(?P<sep>{_SEP})",
            rf"{bare}(?P<sep>\s?[—–]\s|\s-{{1,2}}\s|:\s(?=[A-Z“\"]))",
            rf"{place}(?:[,:]\s?|\s?[|–—-]\s?|\s){date}(?P<sep>[)\]]?{_SEP}|[)\]]\s)",
            rf"{date}(?P<sep>{_SEP})",
            rf"{place}(?P<sep>{_SEP})",
        )
    )


def find_dateline(paragraph: str) -> FoundDateline | None:
    """The dateline that opens a paragraph, or None.

    A place alone, with nothing but a dash or a colon, must be a known one or stand in capitals; a bracket must hold an
    agency, or stand behind such a place or a date.
    """
    head = paragraph[:LONGEST]
    if not head or not (head[0].isupper() or head[0].isdigit() or head[0] in "([/"):
        return None
    for shape in _shapes():
        match = shape.match(head)
        if match and _holds(match, paragraph):
            part = match.groupdict()
            end = match.start("sep")
            agency = part.get("agency")
            return FoundDateline(
                end=end,
                body=match.end(),
                place=_plain_place(part["place"]) if part.get("place") else None,
                date=part.get("date"),
                agency=agency.strip() if agency else None,
            )
    return None


def _holds(match: re.Match[str], paragraph: str) -> bool:
    part = match.groupdict()
    place, date, agency, sep = part.get("place"), part.get("date"), part.get("agency"), part["sep"]
    rest = paragraph[match.end() : match.end() + 40].lstrip()
    if place and (place.split(",")[0].lower().rstrip(".") in _labels() or place.lower().rstrip(".") in _labels()):
        return False
    opens = not rest or rest[0].isupper() or not rest[0].isalnum() or (rest[0].isdigit() and agency is not None)
    if agency is not None:
        known = known_agency(agency.split("/")[0].strip()) or known_agency(agency.strip())
        short = bool(re.fullmatch(r"(?:[A-Z][\w.&’' -]{1,28})", agency.strip())) and not re.match(
            r"[RDI](?:[-–]|$)", agency
        )
        if known:
            return opens or bool(date)
        if not short or not opens:
            return False
        if not sep.strip():
            return bool(date) and place is not None and agency.isupper() and _is_place(place)
        if place is None:
            return agency.isupper() and sep.strip() not in (",", ".", "") and not date
        return bool(date) or _is_place(place)
    if not opens or not sep.strip():
        return False
    if date:
        return place is None or _is_place(place) or ("," in paragraph[: match.end()] and len(place.split()) <= 4)
    if place is None or not rest:
        return False
    if ":" in sep or "|" in sep:
        return is_known_place(place) and len(rest) > 20 and paragraph.rstrip()[-1:] in '.”"’!?)…'
    if not is_known_place(place) and (rest.split()[0].isupper() or len(place.split(",")[0].split()) > 3):
        return False  # "A FIRE - BOMB ATTACK ON …"
    return _is_place(place) and len(rest) > 20


def is_known_place(place: str) -> bool:
    """Whether words are the name of a city, a capital or a state that datelines give."""
    words = " ".join(place.split())
    first = re.split(r"[,/]", words)[0].strip()
    return words.lower() in _places() or first.lower() in _places()


def _is_place(place: str) -> bool:
    """Whether words are a known place or stand as datelines do: in capitals, but for a state behind a comma."""
    first = re.split(r"[,/]", place)[0].strip()
    letters = [c for c in first if c.isalpha()]
    return is_known_place(place) or (
        len(letters) >= 3 and all(c.isupper() for c in letters) and len(first.split()) <= 4
    )


def _plain_place(place: str) -> str:
    """A place as one writes it in a sentence: ``NEW YORK`` → ``New York``."""
    words = " ".join(place.split()).strip(" ,")
    first, comma, rest = words.partition(",")
    if first.isupper() and len(first) > 2 and "." not in first[:2]:
        first = re.sub(
            r"[^\W\d_]{2,}",
            lambda m: m.group() if m.group() in ("DC", "UK", "US", "UN") else m.group().capitalize(),
            first,
        )
    if rest.isupper() and len(rest.strip(" .")) > 3 and "." not in rest:
        rest = rest.title()
    return first + comma + rest
