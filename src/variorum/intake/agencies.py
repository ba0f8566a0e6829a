"""News agencies: their names, and where a text says that one stands behind it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from variorum.model import Block, Credit
from variorum.text.tables import load_tsv

MOST = 200
"""Credits of one report that are kept: a text with more is no report."""


@cache
def _names() -> dict[str, str]:
    """Every form of an agency's name, to the name by which it is known."""
    forms: dict[str, str] = {}
    for row in load_tsv("world/agencies.tsv"):
        for form in (row["name"], *(row["aliases"] or "").split("|")):
            if form:
                forms.setdefault(form.replace("'", "’"), row["name"])
    return forms


@cache
def agency_pattern() -> str:
    """A pattern for any agency's name; names of several words in any letter case, short forms as they are."""
    forms = sorted(_names(), key=lambda form: (-len(form), form))
    return "(?:" + "|".join(re.escape(form).replace("’", "[’']") for form in forms) + ")"


def known_agency(name: str) -> str | None:
    """The name by which an agency is known, or None where it is none."""
    name = " ".join(name.split()).replace("'", "’").removesuffix(" news agency").removesuffix(" News Agency")
    found = _names().get(name)
    if found is None and name[:4].lower() == "the ":
        found = _names().get(name[4:])
    return found or _folded().get(name.lower() if len(name) > 5 else name)


@cache
def _folded() -> dict[str, str]:
    return {form.lower(): known for form, known in _names().items() if len(form) > 5}


@cache
def _patterns() -> tuple[tuple[tuple[str, ...], re.Pattern[str]], ...]:
    """The ways to credit an agency, each behind words of which one must stand in a text that holds it.

    To look for these words costs a hundredth of what the patterns cost, and most paragraphs hold none of them.
    """
    agency = rf"(?P<agency>(?:[Tt]he )?{agency_pattern()})(?![\w/])"
    more = rf"(?P<agency>(?<!\w){agency_pattern()})(?!\w)"
    return (
        # "… contributed to this report", "with inputs from …", "Reporting by … for …"
        (
            (_CONTRIBUTED,),
            re.compile(rf"(?<![\w/]){agency}(?=[^.\n]{{0,120}}\bcontributed (?:to|reporting|from)\b)"),
        ),
        (
            _TOLD,
            re.compile(rf"\b(?:{'|'.join(_TOLD)})(?: news agenc(?:y|ies))? {agency}"),
        ),
        (
            ("(", "["),
            re.compile(
                rf"[(\[](?:With |Source: |Via |via |— |– )?{agency}(?: (?:photos?|news agency|News Agency|service|"
                rf"and agencies))?[)\]]"
            ),
        ),
        (
            ("-", "–", "—", "/", "Source", "By ", "Via ", "From "),
            re.compile(rf"(?:^|\n)[ \t]*(?:[-–—/]+ ?|Source ?: ?|By |Via |From ){agency}[ \t]*\.?[ \t]*(?=\r?\n|$)"),
        ),
        (
            tuple(blank + sign for blank in " \t" for sign in "-–—/"),
            re.compile(rf"(?<=[.”\"’'])[ \t]+[-–—/]+[ \t]?{agency}[ \t]*(?=\r?\n|$)"),
        ),
        (
            ("nput", "eporting", "aterial", "ontribution", "gency", "gencies"),
            re.compile(
                rf"\b(?:[Ii]nputs?|[Rr]eporting|[Mm]aterial|[Cc]ontributions?|[Aa]gency|agencies) (?:from|"
                rf"by) (?:news )?(?:agenc(?:y|ies) )?{agency}"
            ),
        ),
        (("eporting by",), re.compile(rf"[Rr]eporting by [^.\n;]{{2,120}}? for {more}")),
        (
            ("opyright", "©", "(C)", "(c)"),
            re.compile(rf"\b(?:[Cc]opyright|©|\([Cc]\))[^.\n]{{0,20}}? {more}"),
        ),
    )


_CONTRIBUTED = "contributed "
_TOLD = (
    "told", "interview with", "speaking to", "spoke to", "spoke with", "statement to", "sent to", "seen by",
    "obtained by",
)  # fmt: skip
_NAMED = r"(?:[A-Z][\w’&-]*\.?\s){0,4}"
_CALLED_AGENCY = re.compile(
    rf"(?<![\w/])(?:[Tt]he )?(?P<agency>{_NAMED}[A-Z][\w’&-]*\s(?:News|Press|Wire|Information|Photo) ?"
    rf"(?:Agency|Service|Services|Network|Bureau)|{_NAMED}[A-Z][\w’&-]*\s(?:Newswire|News ?wire|Wire Service|"
    rf"Newsagency))(?=[^.\n]{{0,120}}\bcontributed (?:to|reporting|from)\b)"
)
"""A name that says itself that it is an agency's, where it is credited: no table knows all of the world's."""
_AFTER_SLASH = re.compile(r"[/|]\s?(?P<agency>(?:[Tt]he )?[A-Z][\w.’&-]*(?: [A-Z][\w.’&-]*){0,3})\s*\.?$")


@cache
def _picture() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w])(?P<agency>{agency_pattern()})(?![\w])")


@cache
def _alone() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?P<agency>(?:[Tt]he )?{agency_pattern()})(?!\w)")


def find_credits(text: str, blocks: Iterable[Block]) -> tuple[Credit, ...]:
    """Agencies that a report names as standing behind its words or its pictures, in the order of the text.

    Args:
        text: the report's text.
        blocks: its blocks; captions credit pictures, lines of credit and bylines whom they name.
    """
    found: dict[tuple[int, int], Credit] = {}

    def keep(match: re.Match[str], base: int, of: str, *, is_named: bool = False) -> None:
        known = known_agency(match["agency"]) or (match["agency"] if is_named else None)
        start, end = base + match.start("agency"), base + match.end("agency")
        if known and len(found) < MOST and not any(s < end and start < e for s, e in found):
            found[start, end] = Credit(agency=known, start=start, end=end, of="picture" if of == "picture" else "text")

    for block in blocks:
        words = text[block.start : block.end]
        if block.kind == "caption":
            for match in _picture().finditer(words[-400:]):
                keep(match, block.end - len(words[-400:]), "picture")
        elif block.kind in ("credit", "byline", "dateline") and len(words) < 600:
            of = "picture" if re.match(r"(?i)\W*(?:photo|image|picture|video|illustration|cover)", words) else "text"
            for match in _alone().finditer(words):
                keep(match, block.start, of)
            for match in (_AFTER_SLASH if of == "picture" else _CALLED_AGENCY).finditer(words):
                keep(match, block.start, of, is_named=True)
        elif block.kind in ("body", "notice", "list", "quotation"):
            for signs, pattern in _patterns():
                if any(sign in words for sign in signs):
                    for match in pattern.finditer(words):
                        keep(match, block.start, "text")
            if _CONTRIBUTED in words:
                for match in _CALLED_AGENCY.finditer(words):
                    keep(match, block.start, "text", is_named=True)
    return tuple(found[key] for key in sorted(found))
