"""Small words that every view needs: letters for reports, dates as people write them, shortened quotations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from babel import Locale

from variorum.model import Extent, FigureAccount, Joining, Published, Reading, Statement, StatementVariant
from variorum.model.reading import Bound
from variorum.model.shelf import SearchPage
from variorum.text.tables import load_toml, load_tsv
from variorum.views.inert import inert

_WEB_HOST: Final = re.compile(r"https?://(?:www\.)?([^/?#]+)", re.IGNORECASE)
MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_DAY_BESIDE = re.compile(r"\((\d{4}-\d{2}-\d{2})\)")
_FAR = 40
"""Characters between the verb of a statement and its words within which the two are read together ("called for …")."""
_OPENING = 80
"""Characters of a report's first words, where they stand for a headline."""
_BOUND_SIGN: Final[dict[Bound, str]] = {
    "exactly": "",
    "more than": "> ",
    "at least": "≥ ",
    "almost": "almost ",
    "about": "about ",
    "up to": "≤ ",
    "fewer than": "< ",
}


def letter(n: int) -> str:
    """The siglum of the n-th report: A … Z, AA, AB …"""
    name = ""
    n += 1
    while n:
        n, rest = divmod(n - 1, 26)
        name = chr(65 + rest) + name
    return name


def plural(n: int, one: str, many: str | None = None) -> str:
    """``3 reports``, ``1 report``."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def results(page: SearchPage) -> str:
    """How many a search found, in which order they come and what is counted: ``12 results``."""
    if page.capped:
        return f"more than {page.total:,} results, newest first; counted are the {page.total:,} that came in last"
    order = "" if page.ranked or page.total < 2 else ", newest first"
    return plural(page.total, "result") + order


def listed(parts: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1] if parts else ""


def shortened(text: str, width: int) -> str:
    """Text cut at a word to at most ``width`` characters, the cut marked by ``…``."""
    if len(text) <= width:
        return text
    cut = text[: max(1, width - 1)]
    at = cut.rfind(" ")
    return (cut[:at] if at > width // 2 else cut).rstrip(" ,;:–-") + "…"


def words(text: str, extent: Extent) -> str:
    """The words of an extent, for one line."""
    return inert(extent.of(text))


def quoted(text: str) -> str:
    """Words in quotation marks, whatever marks the report had around them."""
    return "“" + text.strip().strip('“”„«»"').strip() + "”"


def titled(title: str, width: int) -> str:
    """A headline in quotation marks; those within it are single ones."""
    inner = shortened(title, width).replace("“", "‘").replace("”", "’")
    return f"“{inner}”"


def pieces(text: str, extents: Iterable[Extent], *, width: int | None = None) -> str:
    """A statement's content in one line, its pieces joined by ``…``."""
    joined = " … ".join(words(text, extent) for extent in extents)
    return shortened(joined, width) if width else joined


def lead(text: str, said: Statement | StatementVariant) -> str:
    """The report's words that lead to what was said: ``accused``, ``called for``, ``said in a statement``.

    Without them "the government of stalling" says nothing. Empty for a direct quotation, which stands for itself, and
    where the verb does not stand close before the words.
    """
    cue = said.cue
    if said.kind == "direct" or cue is None or not said.content:
        return ""
    start = said.content[0].start
    between = text[cue.end : start]
    if cue.end > start or "\n" in between or not any(map(str.isalpha, cue.of(text))):
        return ""
    if said.source and cue.end <= said.source.start < start:
        return ""
    if not any(map(str.isalpha, between)):
        return inert(cue.of(text))
    near = len(between) <= _FAR and not any(mark in between for mark in ",;:.")
    return inert(text[cue.start : start]).strip() if near else f"{inert(cue.of(text))} …"


def worded(text: str, said: Statement | StatementVariant, *, width: int | None = None) -> str:
    """A statement's words as one reads them, with what leads to them (``lead``)."""
    told = " ".join(part for part in (lead(text, said), pieces(text, said.content)) if part)
    return shortened(told, width) if width else told


def _parts(date: str) -> tuple[int, int | None, int | None] | None:
    found = _DATE.match(date)
    if not found:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    if year is None or (month is not None and not 1 <= month <= 12):
        return None
    return year, month, day


def day(date: str | None, *, year: bool = True, short: bool = False) -> str:
    """An ISO date as people write it: ``7 November 2023``, ``7 Nov``, ``October 2023``; anything else as it is."""
    if not date:
        return ""
    parts = _parts(date)
    if parts is None:
        return inert(date)
    in_year, month, in_month = parts
    if month is None:
        return str(in_year)
    name = MONTHS[month - 1][:3] if short else MONTHS[month - 1]
    front = f"{in_month} " if in_month else ""
    return f"{front}{name} {in_year}" if year or not in_month else f"{front}{name}"


def days(dates: Iterable[str]) -> str:
    """The span of several ISO dates: ``7–8 November 2023``, ``30 October – 2 November 2023``."""
    known = sorted(date[:10] for date in dates if _parts(date))
    if not known:
        return ""
    first, last = known[0], known[-1]
    a, b = _parts(first), _parts(last)
    if a is None or b is None or a == b:
        return day(first)
    if a[:2] == b[:2] and a[2] and b[2]:
        return f"{a[2]}–{day(last)}"
    return f"{day(first, year=a[0] != b[0])} – {day(last)}"


def dated(value: str) -> str:
    """Words of a report with the day that they stand for beside them: ``Sunday (8 Mar 2026)``."""
    return _DAY_BESIDE.sub(lambda found: f"({day(found[1], short=True)})", value)


def kind(name: str) -> str:
    """The kind of a difference, in words."""
    return name.replace("-", " ")


def when(published: Published | None, *, short: bool = False, year: bool = True) -> str:
    """When a report appeared, with what the date rests on."""
    if published is None:
        return "undated"
    basis = "estimated" if published.basis == "estimate" else published.basis
    return f"{day(published.date, short=short, year=year)} ({basis})"


@cache
def country(code: str | None) -> str:
    """The English name of a state by its ISO 3166-1 code; the code itself where it has none."""
    return str(Locale("en").territories.get(code, code)) if code else ""


def number(value: float | int | None) -> str:
    """A number with thousands set apart; large round ones in words."""
    if value is None:
        return "?"
    for size, name in ((1_000_000_000_000, "trillion"), (1_000_000_000, "billion"), (1_000_000, "million")):
        if abs(value) >= size and round(value / size, 3) == value / size:
            return f"{value / size:,.10g} {name}"
    if float(value).is_integer():
        return f"{int(value):,}"
    return f"{value:,.10g}"


@cache
def _plurals() -> dict[str, str]:
    """Units of measure and of money with their plurals."""
    units, known = load_toml("en/units.toml"), load_toml("en/view_words.toml")
    found: dict[str, str] = {}
    for name in (*units["currency"]["words"]["units"], "pound", *(unit["name"] for unit in units["unit"])):
        head, per, rest = name.partition(" per ")
        found[name] = f"{head}s{per}{rest}"
    irregular: dict[str, str] = known["irregular"]
    return found | {name: name for name in known["invariable"]} | irregular


@cache
def _pronouns() -> frozenset[str]:
    return frozenset(load_toml("en/view_words.toml")["pronouns"])


def is_pronoun(word: str) -> bool:
    """Whether a word stands for someone named elsewhere."""
    return word.strip().casefold() in _pronouns()


def measured(amount: str, unit: str, value: float | int | None) -> str:
    """A number with its unit: ``150 nautical miles``, ``12%``; ``value`` decides between one and many."""
    if unit == "percentage":
        return f"{amount}%"
    name = unit.lstrip("-–— ")
    return f"{amount} {_nation(name) if value == 1 else _many(name)}"


def _many(unit: str) -> str:
    """Several of a unit; "per" parts what is counted from what it is counted by."""
    known = _plurals()
    if unit in known:
        return known[unit]
    head, per, rest = unit.partition(" per ")
    if per:
        return f"{_many(head)}{per}{rest}"
    named = _nation(unit)
    nation, _, coin = named.partition(" ")
    return f"{nation} {known[coin]}" if named != unit and coin in known else named


def _nation(unit: str) -> str:
    """A nation's money with its capital letter: ``Kenyan shilling``."""
    nation, _, coin = unit.partition(" ")
    return f"{_adjectives()[nation]} {coin}" if coin and nation in _adjectives() else unit


@cache
def _adjectives() -> dict[str, str]:
    """The adjectives of states, by how they read in small letters."""
    known = (row["adjectives"] or "" for row in load_tsv("world/states.tsv"))
    return {adjective.lower(): adjective for row in known for adjective in row.split("|") if adjective}


def amount_of(value: float | int | None, low: float | int | None, high: float | int | None, bound: Bound) -> str:
    """A number with its bound: ``> 10,000``, ``1,000–1,200``."""
    if low is not None and high is not None and low != high and bound == "exactly":
        return f"{number(low)}–{number(high)}"
    return _BOUND_SIGN[bound] + number(value)


def amount(account: FigureAccount) -> str:
    """An account's number with its bound."""
    return amount_of(account.value, account.low, account.high, account.bound)


def headline(reading: Reading) -> str | None:
    """A report's headline, from its text or from what came with it."""
    if reading.headline:
        return words(reading.text, reading.headline)
    return inert(reading.title) if reading.title else None


def heading(reading: Reading) -> str:
    """What to call a report in a list: its headline, else its first words."""
    found = headline(reading)
    return found or " ".join(part for part in ("(no headline)", opening(reading)) if part)


def opening(reading: Reading) -> str:
    """The first words of a report's article; empty where it has none."""
    block = next((block for block in reading.blocks if block.kind in ("body", "list", "quotation")), None)
    first = words(reading.text[:50_000], block.extent) if block else inert(reading.text[:1000].strip())
    return shortened(first, _OPENING)


def reference(reading: Reading, width: int) -> str:
    """A report as a citation names it: its headline in quotation marks, else its first words, said to be that."""
    title, first = headline(reading), opening(reading)
    return titled(title, width) if title else f"beginning {titled(first, width)}" if first else ""


def outlet(reading: Reading) -> str:
    """Who published a report, as far as is known."""
    return inert(reading.outlet) if reading.outlet else ""


def source(reading: Reading) -> str:
    """What a reader knows a report by: its outlet, else the site or the file that it came from (never a whole path)."""
    if reading.outlet:
        return outlet(reading)
    for given in (reading.url, reading.location):
        if given:
            found = _WEB_HOST.match(given)
            return inert(found[1] if found else re.split(r"[/\\]", given.rstrip("/\\"))[-1])
    return ""


def called(reading: Reading) -> str:
    """A report as a sentence names it: its outlet, and its headline or else its day; its first words where it has neither
    outlet nor headline."""
    outlet = source(reading)
    told = reference(reading, 60) if headline(reading) or not outlet else when(reading.published)
    return ", ".join(part for part in (outlet, told) if part)


def joined(joining: Joining, reading: Reading | None) -> str:
    """Why a report is in its story, in plain words.

    Args:
        joining: what gathering found.
        reading: the report that it found nearest, where it is known.
    """
    return inert(joining.reason) + (f" with {called(reading)}" if reading is not None else "")


def credited(reading: Reading) -> str:
    """The agencies that a report names as standing behind its text, or else behind its pictures."""
    text = dict.fromkeys(inert(credit.agency) for credit in reading.credits if credit.of == "text")
    if text:
        return ", ".join(text)
    pictures = dict.fromkeys(inert(credit.agency) for credit in reading.credits)
    return ", ".join(pictures) + " (picture)" if pictures else ""
