"""When a report appeared, and how that is known."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from email.utils import parsedate_to_datetime

import dateparser

from variorum.model import Block, Published
from variorum.text.dates import Found, find_dates, resolve

EARLIEST = 1850
"""Year before which a date in metadata is an empty field ("0001-01-01")."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_ISO = re.compile(r"(?:19|20)\d\d(?:-\d\d(?:-\d\d(?:[T ]\d\d:?\d\d(?::?\d\d(?:\.\d+)?)?\s?(?:Z|[+-]\d\d:?\d\d)?)?)?)?")
_EMPTY_DATE = re.compile(r"0\d{3}-\d\d-\d\d")
_FILE_PICTURE = re.compile(
    r"(?i)^\W*(?:file|archive|undated)\b|\bfile (?:photo|pic|image|picture)\b|\((?:file|archive)"
)
_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2((?:20)?\d\d)(?![\d/-])")
"""Day and month in either order, with the year behind them."""


def plain_date(words: str) -> str | None:
    """An ISO date, or date and time, out of what metadata give (ISO 8601, RFC 2822 or words), or None."""
    words = " ".join(words.split())[:80]
    if not re.search(r"\d", words):
        return None
    match = _ISO.match(words)
    if match and match.end() == len(words):
        return words.replace(" ", "T", 1) if len(words) > 10 and words[10] == " " else words
    if match and len(match.group()) >= 10:
        return match.group()[:10]
    if _EMPTY_DATE.match(words):
        return None
    try:
        sent = parsedate_to_datetime(words)
        return sent.isoformat() if sent.year >= EARLIEST else None
    except (ValueError, IndexError, TypeError):
        pass  # not RFC 2822: dateparser is asked next
    stated = _stated(words)
    if stated:
        return stated[0].when.date
    try:
        made = dateparser.parse(words, languages=["en"], settings={"REQUIRE_PARTS": ["day", "month", "year"]})
    except (ValueError, OverflowError, RecursionError):
        return None
    if not isinstance(made, datetime) or made.year < EARLIEST:
        return None
    return made.isoformat() if (made.hour or made.minute) else made.date().isoformat()


def as_date(iso: str | None) -> date | None:
    """The day of an ISO date, or None where it is less precise."""
    if not iso or len(iso) < 10:
        return None
    try:
        return datetime.fromisoformat(iso[:10]).date()
    except ValueError:
        return None


def dateline_date(words: str, near: date | None) -> str | None:
    """ISO date of a dateline's date; its year comes from the words or from the report's own date, never from air."""
    found = resolve(words, near, ahead=False)
    if found is None or found.precision != "day":
        return None
    if near is not None and found.basis == "anchor" and abs((found.first - near).days) > 60:
        return None
    return found.date


def find_published(
    text: str, blocks: Iterable[Block], *, metadata: str | None, dateline: tuple[str, int, int] | None
) -> Published | None:
    """When a report appeared: by metadata, else its dateline, a timestamp, a caption, else the latest day it tells of.

    Args:
        text: the report's text.
        blocks: its blocks.
        metadata: an ISO date that came with the report.
        dateline: the ISO date of its dateline, with the extent of the dateline.
    """
    if metadata:
        return Published(date=metadata, basis="metadata")
    if dateline and len(dateline[0]) >= 10:
        return Published(date=dateline[0], basis="dateline", start=dateline[1], end=dateline[2])
    blocks = tuple(blocks)
    stamp = _stamp(text, blocks)
    if stamp:
        return Published(date=stamp[0], basis="timestamp", start=stamp[1], end=stamp[2])
    captions = [b for b in blocks if b.kind == "caption" and not _FILE_PICTURE.search(text[b.start : b.start + 200])]
    caption = _latest_in(text, captions[:40])
    if caption:
        return Published(date=caption[0], basis="caption", start=caption[1], end=caption[2])
    told = _told(text, [b for b in blocks if b.kind in ("body", "headline", "subheading", "notice")][:60])
    if told:
        return Published(date=told[0], basis="estimate", start=told[1], end=told[2])
    return None


_CHANGED = re.compile(r"(?i)\b(?:updated?|modified|revised|edited)\b")
_FIRST = re.compile(r"(?i)\b(?:published|posted|created|issued|released)\b")
ABOVE, BELOW = 4, 4
"""Blocks above the headline, and behind the body, in which a report's own date stands; farther off stand other stories'."""
_LONGEST_STAMP = 160


def _stamp(text: str, blocks: tuple[Block, ...]) -> tuple[str, int, int] | None:
    """The date in the lines around the headline, else behind the body; the day of publication rather than of a change."""
    body = [n for n, block in enumerate(blocks) if block.kind == "body"]
    headline = next((n for n, block in enumerate(blocks) if block.kind == "headline"), None)
    first, last = (body[min(1, len(body) - 1)], body[-1]) if body else (len(blocks), len(blocks))
    kinds = {"timestamp", "byline", "tags", "dateline"}
    head = range(max(0, headline - ABOVE), first) if headline is not None else range(min(first, 40))
    zones = ((head, kinds | {"other"}), (range(last + 1, last + 1 + BELOW), kinds), (range(first, last), {"timestamp"}))
    for places, wanted in zones:
        found: list[tuple[int, int, tuple[str, int, int]]] = []
        for n in places:
            if n >= len(blocks) or blocks[n].kind not in wanted or blocks[n].end - blocks[n].start > _LONGEST_STAMP:
                continue
            if headline is not None and n < headline and not _stands_with(blocks[n], blocks[headline]):
                continue
            stated = _latest_in(text, [blocks[n]], earliest=True) or _numeric(text, blocks[n])
            if stated:
                words = text[blocks[n].start : blocks[n].end]
                is_change = bool(_CHANGED.search(words)) and not _FIRST.search(words)
                above = headline is not None and n < headline
                found.append((is_change + 2 * (blocks[n].kind == "other") + 4 * above, n, stated))
        if found:
            return min(found)[2]
    return None


def _stands_with(block: Block, headline: Block) -> bool:
    """Whether a line above a page's headline stands in the same part of the page, and not in a list before it."""
    if block.path is None or headline.path is None:
        return True
    around = headline.path.rsplit("/", 2)[0]
    return around.count("/") > 2 and block.path.startswith(f"{around}/")


def _numeric(text: str, block: Block) -> tuple[str, int, int] | None:
    """A date in figures of which one can only be the day (11.14.2019, 11/19/19); 3/4/2019 may be two days, and is none."""
    for match in _NUMERIC.finditer(text, block.start, block.end):
        a, b, year = int(match[1]), int(match[3]), int(match[4])
        month, day = (a, b) if b > 12 else (b, a)
        if day <= 12 and a != b:
            continue
        try:
            return date(year if year > 99 else 2000 + year, month, day).isoformat(), match.start(), match.end()
        except ValueError:
            continue  # a version or a price in the form of a date
    return None


_COMING = re.compile(
    r"(?i)\b(?:will|would|shall|due|scheduled|planned|plans?|expected|until|till|by|before|deadline|expires?|"
    r"starting|beginning|from|set|to be|upcoming|next)\b[^.]{0,60}$"
)


LEDE = 3
"""Blocks from the top in which a date without its weekday may be the report's own."""


def _told(text: str, blocks: list[Block]) -> tuple[str, int, int] | None:
    """The latest full date that the story tells of, where it may be the report's own.

    Reports seldom give their own day with its year,
        and often days long past: so the date must stand in the lede or with
    its weekday, and no later year may be spoken of.
    """
    years = [int(y) for b in blocks for y in _YEAR.findall(text[b.start : min(b.end, b.start + 4000)])]
    lede = _latest_in(text, blocks[:LEDE], past=True)
    named = _latest_in(text, blocks, past=True, weekday=True)
    told = max(filter(None, (lede, named)), default=None)
    return told if told and int(told[0][:4]) >= max(years) else None


def _latest_in(
    text: str, blocks: list[Block], *, earliest: bool = False, past: bool = False, weekday: bool = False
) -> tuple[str, int, int] | None:
    """The latest full date that some blocks state, with its place.

    Args:
        earliest: rather the earliest, as a line gives the day of publication and that of a change.
        past: none that lies ahead of the report.
        weekday: only dates with their weekday.
    """
    best: tuple[str, int, int] | None = None
    for block in blocks:
        words = text[block.start : min(block.end, block.start + 4000)]
        if not _YEAR.search(words):
            continue
        for found in _stated(words):
            start, end = block.start + found.extent.start, block.start + found.extent.end
            before = words[max(0, found.extent.start - 80) : found.extent.start]
            if past and (_COMING.search(before) or _LONG_PAST.search(before)):
                continue
            if weekday and not _WEEKDAY.search(before[-16:] + text[start:end]):
                continue
            if best is None or (found.when.date < best[0] if earliest else found.when.date > best[0]):
                best = (found.when.date, start, end)
    return best


_WEEKDAY = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)(?:day|\.)")
_LONG_PAST = re.compile(
    r"(?i)\b(?:since|former|then|back|until|aged|born|between|the|first|last|her|his|their|its|our)\s+$"
)


def _stated(words: str) -> list[Found]:
    found = find_dates(words)
    return [f for f in found if f.when.precision == "day" and f.when.basis == "stated" and f.when.end is None]
