"""Captions without a credit or a lead: lines that tell what a picture shows, among the paragraphs of an article.

Such a line is one short sentence: names and where they are, without a verb ("Ana Reis and Jan Novak at the port of
Riga."), names with a participle ("Ana Reis leaving court in May"), somebody doing what can be seen in the present tense
("Workers clear a road near Quito on Monday"), or a name with words that the text quotes elsewhere. A picture's credit
beside it makes it sure; alone it has to say when or where.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from variorum.intake.bylines import opens_with_first_name
from variorum.intake.furniture import is_picture_credit
from variorum.intake.lines import words_of
from variorum.intake.pieces import Piece
from variorum.text.tables import load_toml

LONGEST, LONGEST_BESIDE_CREDIT = 30, 45
"""Words of such a line; beside a picture's credit it may be longer."""
LONGEST_NAME = 6
"""Words of the name before a quotation."""
LEAST_OF_QUOTATION = 3
"""Words of it."""

_NAME = r"(?:[A-ZÀ-ÖØ-ÞĀ-Ž][\w’.-]+)"
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)"
)
_WHEN = re.compile(
    rf"\b(?:on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:yesterday|earlier|last|this) ?(?:today|week|month|year|"
    rf"summer|winter|spring|autumn|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)?|in {_MONTH}|in (?:19|20)\d\d|"
    rf"(?:on )?{_MONTH} \d{{1,2}}|(?:on )?\d{{1,2}} {_MONTH})(?![\w-])"
)
_WHERE = re.compile(rf"\b(?:at|in|outside|inside|near|along|aboard|on|across) (?:the |an? )?(?:\w+ ){{0,3}}?{_NAME}")
_ANYBODY = re.compile(
    r"(?:(?:An?|Two|Three|Four|Five|Several|Some|Hundreds of|Thousands of|Dozens of|Members of) [a-z’-]+|(?:Police|People|Rescuers|"
    r"Residents|Workers|Soldiers|Troops|Smoke|Crowds|Women|Men|Children|Fire|Flames|Firefighters|Supporters|Mourners|"
    r"Protesters|Demonstrators|Voters|Migrants|Refugees|Fans|Farmers|Fishermen|Villagers|Relatives|Passengers|Students|"
    r"Shoppers|Commuters|Volunteers|Survivors|Families|Civilians|Fighters|Ships|Boats|Trucks|Cars|Vehicles|Displaced|"
    r"Emergency|Rescue|Local|Riot|Security|Medical)\b)"
)
_QUOTED = re.compile(
    rf"(?P<name>{_NAME}(?:,? (?:{_NAME}|of|the|de|del|al|bin|van|von|da)){{0,{LONGEST_NAME}}})"
    r": ?[“\"‘](?P<words>[^“”\"]+)[”\"’]\.?$"
)
_FIRST_SENTENCE = re.compile(r"(?<=[a-z)”’\"]{4})[.] (?=[A-ZÀ-ÖØ-Þ])")
_LOUD_CREDIT = re.compile(r"[A-Z][A-Z .’'-]{3,60}(?:/| FOR | VIA )(?:THE )?[A-Z][A-Z .&’'/-]{1,60}")


class _Words(NamedTuple):
    shown: re.Pattern[str]
    only_shown: re.Pattern[str]
    any_shown: re.Pattern[str]
    doing: re.Pattern[str]
    being: re.Pattern[str]
    never: re.Pattern[str]
    never_first: frozenset[str]


def _plural(verb: str) -> str:
    if verb.endswith("ies") and len(verb) > 4:
        return verb[:-3] + "y"
    return verb[:-2] if verb.endswith(("shes", "ches", "sses", "xes")) else verb[:-1]


@cache
def _words() -> _Words:
    data = load_toml("en/furniture.toml")["pictures"]

    def verbs(key: str) -> str:
        return "|".join(form for verb in data[key] for form in (verb, _plural(verb)))

    particles = "and|the|of|de|del|al|el|bin|van|von|da|dos|la|y"
    names = rf"{_NAME}(?: (?:{_NAME}|{particles})|, {_NAME}| \([^()]{{2,20}}\)|, (?:the |his |her |an? )?(?:[a-z’]+ ?){{1,5}},)*?"
    subject = rf"(?:{names}|{_ANYBODY.pattern}(?: [a-z’-]+){{0,3}}?),?"
    doing = (
        rf"{subject} (?:[a-z]+ly )?(?:(?!{'|'.join(data['no_participles'])})[a-z]{{2,}}ing"
        rf"|{'|'.join(data['participles'])})\b(?P<rest>.*)"
    )
    return _Words(
        re.compile(rf"{subject} (?:[a-z]+ly )?(?:{verbs('shown')})\b"),
        re.compile(rf"{subject} (?:[a-z]+ly )?(?:{verbs('only_shown')})\b"),
        re.compile(rf" (?:{verbs('shown')})\b"),
        re.compile(doing),
        re.compile(rf"(?P<who>{names}),? (?:{'|'.join(data['places'])}) (?P<where>[^:;]+)"),
        re.compile(r"\b(?:" + "|".join(data["never_shown"]) + r")\b|\w+(?:n’t|’re|’ve|’ll|’d)\b"),
        frozenset(data["never_first"]),
    )  # fmt: skip


def is_loud_credit(words: str) -> bool:
    """Whether a line in capitals says whose a picture is ("ANA REIS FOR THE DAILY EXAMPLE", "JAN NOVAK/EXAMPLE PRESS")."""
    return _LOUD_CREDIT.fullmatch(words) is not None and opens_with_first_name(words)


def shows(words: str, *, beside_credit: bool) -> bool:
    """Whether a line tells what a picture shows.

    Args:
        words: the line.
        beside_credit: whether the line before or after it says whose a picture is.
    """
    first = _FIRST_SENTENCE.split(words, maxsplit=1)
    told, more = first[0], first[1] if len(first) > 1 else ""
    closed = words.endswith(".")
    if more and (closed or len(more.split()) > 15):
        return False  # "… at the palace. The bridge is to be rebuilt": only a caption leaves its last sentence open
    count = len(told.split())
    if not 3 <= count <= (LONGEST_BESIDE_CREDIT if beside_credit else LONGEST) or told.endswith(
        ("?", "!", ":", ";", "…", "”")
    ):
        return False
    if told[0] in "“\"‘'" or not told[0].isupper():
        return False
    known = _words()
    if known.never.search(told) or told.split()[0].lower() in known.never_first:
        return False
    sure = beside_credit or bool(more)
    when, where = bool(_WHEN.search(told)), bool(_WHERE.search(told))
    if (act := known.doing.fullmatch(told.rstrip("."))) is not None and not _has_verb(act["rest"]):
        is_person = re.match(rf"{_NAME} {_NAME}", told) is not None
        return sure or when or (closed and where) or (is_person and not closed)
    if (match := known.being.fullmatch(told.rstrip("."))) is not None and not _has_verb(
        match["who"] + " " + match["where"]
    ):
        named = len(match["who"].split()) > 1
        return named and (sure or when or (closed and where))
    if (known.shown if sure or (when and _ANYBODY.match(told)) else known.only_shown).match(told):
        return sure or ((when or where) and (closed or when) and bool(_ANYBODY.match(told) or when))
    return False


_FINITE = re.compile(
    r"\b(?:\w{3,}ed|rose|fell|came|went|made|took|met|left|won|lost|gave|began|held|kept|sent|became|shot|drew|"
    r"struck|hit|saw|told|put|set|cut|fled|found|grew|knew|ran|sat|spoke|stood|wrote|broke|brought|built|bought|caught|"
    r"chose|fought|led|paid|sang|sank|sold|spent|stole|threw|wore|that)\b"
)


def _has_verb(words: str) -> bool:
    """Whether words hold what is a verb in the past nearly always, or an infinitive, as headlines have."""
    known = _words()
    return bool(_FINITE.search(words) or known.any_shown.search(words))


def quoted_by(words: str) -> str | None:
    """What a line that is a name and a quotation quotes; None where it is not one."""
    match = _QUOTED.fullmatch(words)
    return match["words"] if match and len(match["words"].split()) >= LEAST_OF_QUOTATION else None


# ---- among the paragraphs ------------------------------------------------------------------------------------------


def mark_loud_credits(pieces: list[Piece]) -> None:
    """Lines in capitals that say whose a picture is are no links to other stories."""
    for piece in pieces:
        if piece.kind is None and is_loud_credit(piece.line.words):
            piece.kind = "credit"


def mark_pictures(pieces: list[Piece], head_end: int, *, punctuated: bool) -> None:
    """Type as captions the lines that tell what a picture shows: above the body, between its paragraphs, below it.

    Args:
        pieces: the paragraphs, typed by what each of them says alone, and the top.
        head_end: number of the first paragraph of the body.
        punctuated: whether the text closes its sentences.
    """
    headline = next((n for n, p in enumerate(pieces) if p.kind == "headline"), -1)
    for number in range(headline + 1, len(pieces)):
        piece = pieces[number]
        in_head = number < head_end
        if (
            piece.kind is not None and not (in_head and piece.kind == "subheading")
        ) or piece.line.word_count > LONGEST_BESIDE_CREDIT + 20:
            continue
        beside = _is_credited(pieces, number)
        is_standfirst = in_head and piece.line.open_end and number == headline + 1 and not beside
        if is_standfirst and _FIRST_SENTENCE.search(piece.line.words) is None:
            continue  # what stands under a headline and closes as one is its standfirst
        quotation = quoted_by(piece.line.words)
        if quotation is not None:
            if beside or _is_said_elsewhere(pieces, number, quotation):
                piece.kind = "caption"
        elif punctuated and shows(piece.line.words, beside_credit=beside):
            piece.kind = "caption"


def _is_credited(pieces: list[Piece], number: int) -> bool:
    """Whether the line before or after a line says whose a picture is, and no other line is nearer to that."""
    after = pieces[number + 1] if number + 1 < len(pieces) else None
    before = pieces[number - 1] if number else None
    return any(
        p is not None and (is_loud_credit(p.line.words) or is_picture_credit(p.line.words)) for p in (before, after)
    )


def _is_said_elsewhere(pieces: list[Piece], number: int, quotation: str) -> bool:
    """Whether a paragraph of the text holds the words of a quotation."""
    wanted = " ".join(words_of([quotation]))
    return any(
        n != number and wanted in " ".join(words_of([p.line.words]))
        for n, p in enumerate(pieces)
        if p.kind in (None, "body")
    )
