"""What one line of a pasted page is when it is looked at alone: share button, link, promotion, caption, notice …"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any, NamedTuple

from variorum.intake.agencies import known_agency
from variorum.intake.bylines import is_byline, names_alone
from variorum.intake.house import is_house_voice
from variorum.intake.lines import one_line
from variorum.intake.stamps import is_placed_stamp, is_time, is_timestamp
from variorum.model.report import BlockKind
from variorum.text.tables import load_toml

LONGEST = 700
"""Code points: a longer paragraph is told by its words, not by how it opens."""
LEAST_OF_CAPTION = 10
"""Words from which a line that opens as a picture's credit is a caption."""
LONGEST_SHOWN = 160
"""Code points of one sentence that tells what a picture shows."""
LEAST_OF_HOUSE = 3
"""Words that a paragraph has more of where the outlet speaks of itself."""
LEAST_OF_PHOTO = 6
"""Words from which "Photo: …" tells what is seen."""
_PHOTO = re.compile(
    r"(?:(?i:file )?(?:PHOTO|Photo|PICTURE|Picture|IMAGE|Image|PIC|Pic)|(?i:file photo|photo caption)) ?[:|–—-] ?\S"
)
_RECURRING = 200
"""Code points up to which what a paragraph is is kept in mind."""
_CLOSING = " .:…!|»›>▸▼▾-–—"
_TERMINAL = re.compile(r"[.!?…](?:[”’\"'»)\]*\s]|\(\w{2,12}\))*$")
_PROSE_END = re.compile(r"[.!?…:;,](?:[”’\"'»)\]*\s])*$|[”\"»]$")
_SENTENCE_BREAK = re.compile(r"[a-z0-9)”’\"][.!?][”’\"']?\s+[“‘\"'(]?[A-ZÀ-ÖØ-Þ]")
_WORD = re.compile(r"[^\W_]+(?:[’'.&-][^\W_]+)*")


class Line(NamedTuple):
    """What can be seen of a paragraph at a glance."""

    words: str
    """Its text on one line, cut at ``LONGEST``."""
    length: int
    """Code points of the whole."""
    word_count: int
    """Words (of the part that was looked at)."""
    ends: bool
    """Closes as a sentence does."""
    open_end: bool
    """Closes as no sentence, clause or quotation does."""
    sentences: int
    """Sentences, at least; counted up to 2."""
    kind: BlockKind | None
    """What it is, where it alone tells."""
    opener: BlockKind | None
    """What follows it, where it announces a list of other things."""

    @property
    def prose(self) -> bool:
        """Whether it reads as a paragraph of an article."""
        return (self.ends and self.word_count >= 12) or self.sentences > 1 or self.word_count >= 32


class _Rules(NamedTuple):
    whole: re.Pattern[str]
    whole_kinds: dict[str, BlockKind]
    whole_literals: dict[str, BlockKind]
    opens: re.Pattern[str]
    opens_kinds: dict[str, BlockKind]
    opens_longest: int
    credit_anywhere: re.Pattern[str]
    promotion_anywhere: re.Pattern[str]
    teaser_end: re.Pattern[str]
    openers: re.Pattern[str]
    other_openers: re.Pattern[str]
    openers_longest: int
    caption_end: re.Pattern[str]
    caption_open: re.Pattern[str]
    caption_within: re.Pattern[str]
    of_itself: re.Pattern[str]


def _any(patterns: list[str]) -> str:
    return "(?:" + "|".join(f"(?:{pattern})" for pattern in patterns) + ")"


def _by_kind(table: dict[str, Any]) -> tuple[str, dict[str, BlockKind]]:
    kinds: dict[str, BlockKind] = {f"k_{kind}": kind for kind in table if isinstance(table[kind], list)}  # type: ignore[misc]
    return "|".join(f"(?P<{name}>{_any(table[kind])})" for name, kind in kinds.items()), kinds


@cache
def rules() -> _Rules:
    """The patterns of ``en/furniture.toml``, compiled once."""
    data = load_toml("en/furniture.toml")
    literals = {p: kind for kind, patterns in data["whole"].items() for p in patterns if re.fullmatch(r"[\w ’]+", p)}
    whole, whole_kinds = _by_kind({k: [p for p in ps if p not in literals] for k, ps in data["whole"].items()})
    opens, opens_kinds = _by_kind(data["opens"])

    def compiled(pattern: str) -> re.Pattern[str]:
        return re.compile(pattern, re.IGNORECASE)

    return _Rules(
        whole=compiled(whole),
        whole_kinds=whole_kinds,
        whole_literals=literals,
        opens=compiled(opens),
        opens_kinds=opens_kinds,
        opens_longest=data["opens"]["longest"],
        credit_anywhere=compiled(_any(data["anywhere"]["credit"])),
        promotion_anywhere=compiled(_any(data["anywhere"]["promotion"])),
        teaser_end=compiled(_any(data["anywhere"]["teaser"])),
        openers=compiled(_any(data["openers"]["related"])),
        other_openers=compiled(_any(data["openers"]["other"])),
        openers_longest=data["openers"]["longest"],
        caption_end=compiled(_any(data["captions"]["ends"] + data["captions"]["bracketed"])),
        caption_open=compiled(_any(data["captions"]["opens"])),
        caption_within=compiled(_any(data["captions"]["within"])),
        of_itself=compiled(_any(data["captions"]["of_itself"])),
    )


def look(paragraph: str) -> Line:
    """What one paragraph is when it is looked at alone."""
    return _look_again(paragraph) if len(paragraph) <= _RECURRING else _look(paragraph)


@lru_cache(maxsize=20_000)
def _look_again(paragraph: str) -> Line:
    """Links and buttons recur on a page and from page to page."""
    return _look(paragraph)


def _look(paragraph: str) -> Line:
    length = len(paragraph)
    if length > LONGEST:
        tail = paragraph[-300:]
        kind: BlockKind | None = "caption" if length < 1500 and _ends_as_caption(one_line(tail), length) else None
        ends = bool(_TERMINAL.search(tail[-12:]))
        return Line(one_line(paragraph[:LONGEST]), length, 100, ends, False, 2, kind, None)
    words = one_line(paragraph)
    if _is_menu(paragraph):
        return Line(words, length, len(_WORD.findall(words)), False, True, 1, "tags", None)
    if (joined := _joined_links(paragraph)) is not None:
        return Line(words, length, len(_WORD.findall(words)), False, True, 1, joined, None)
    count = len(_WORD.findall(words))
    tail = words[-16:]
    ends = bool(_TERMINAL.search(tail))
    sentences = 2 if _SENTENCE_BREAK.search(words) else 1
    return Line(
        words=words,
        length=length,
        word_count=count,
        ends=ends,
        open_end=not _PROSE_END.search(tail),
        sentences=sentences,
        kind=_kind(words, count, ends, sentences),
        opener=_opener(words),
    )


def _kind(words: str, count: int, ends: bool, sentences: int) -> BlockKind | None:
    known = rules()
    bare = words.strip(_CLOSING + "([])").strip()
    if not count and not _has_letters(bare):
        return "timestamp" if is_time(bare) else "other"
    if len(words) <= 160:
        literal = known.whole_literals.get(bare.lower())
        if literal:
            return literal
        match = known.whole.fullmatch(bare)
        if match and match.lastgroup:
            return known.whole_kinds[match.lastgroup]
        if is_breadcrumb(words):
            return "tags"
        if len(words) <= 120 and (is_time(bare) or is_timestamp(words, count) or is_placed_stamp(words)):
            return "timestamp"
        if count <= 4 and known_agency(bare):
            return "credit"
    if len(words) > known.opens_longest and is_house_voice(words):
        return "promotion"
    if len(words) <= known.opens_longest:
        if is_picture_credit(words):
            return "credit"
        match = known.opens.match(words.lstrip("*-•–—([ \u00a0"))
        if match:
            kind = known.opens_kinds[next(name for name, value in match.groupdict().items() if value is not None)]
            if kind == "related" and count >= LEAST_OF_PHOTO and _PHOTO.match(words):
                return "caption"
            if kind == "credit" and count >= LEAST_OF_CAPTION and known.caption_open.match(words):
                return "caption"  # "File photo: the minister arrives …" tells what is seen, and whose it is
            if not _is_prose_after_all(kind, words, match.end(), count, ends, sentences):
                return kind
        if count > 2 and (sentences == 1 or _COPYRIGHT.match(words)) and known.credit_anywhere.search(words):
            return "credit"
        if 2 < count <= 30 and not ends and known.promotion_anywhere.search(words):
            return "promotion"
        if is_pitch(words) or (count > LEAST_OF_HOUSE and is_house_voice(words)):
            return "promotion"
        if 1 < count <= 60 and known.teaser_end.search(words, max(0, len(words) - 60)):
            return "teaser"
    if words[0] in "BbFfWwRrSsPpAa" and is_byline(words):
        return "byline"
    if count < 3:
        return None
    if _ends_as_caption(words, len(words)) or (known.caption_open.match(words) and count <= 90):
        return "caption"
    if 5 < count <= 60 and words[0] not in '"“' and not _TELLS.search(words) and known.of_itself.search(words):
        return "caption"
    if (
        5 < count <= 60
        and sentences == 1
        and _looks_like_uncredited_caption(words)
        and known.caption_within.search(words)
    ):
        return "caption"
    return None


@cache
def _pitches() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = load_toml("en/furniture.toml")["pitches"]
    bids = re.compile(rf"(?:^|[.!?…:;] ?)(?:please )?{_any(data['bids'])}\b", re.IGNORECASE)
    return bids, re.compile(rf"\b{_any(data['offers'])}\b", re.IGNORECASE)


def is_pitch(words: str) -> bool:
    """Whether a paragraph bids the reader to subscribe and says to what; one that quotes or reports does not."""
    bids, offers = _pitches()
    bid = bids.search(words)
    return bid is not None and not _QUOTE.search(words) and not _SAID.search(words) and offers.search(words) is not None


_QUOTE = re.compile(r"[“”\"]")
_COPYRIGHT = re.compile(r"(?i)©|\(c\)|copyright\b")
_PICTURE = re.compile(
    r"(?i:(?:cover |file )?(?:photo|photograph|image|picture|illustration|graphic)s?(?: credit| source| courtesy)?)"
    r"(?i: ?[:|]| by) ?(?:© ?)?(?P<who>[^.!?]{3,120})\.?"
)
_PARTS_OF_CREDIT = re.compile(r"\s?[/|,]\s?|\s(?:via|for|of|–|—|-)\s")
_NAME_OF_OUTLET = re.compile(r"(?:[Tt]he )?[A-Z][\w.’&-]*(?: (?:(?:of|the|and|&|al|de|el) )?[A-Z][\w.’&-]*){0,4}")


def is_picture_credit(words: str) -> bool:
    """Whether a line only says whose a picture is ("Photo: Ana Reis / Example Press")."""
    match = _PICTURE.fullmatch(words)
    if not match:
        return False
    parts = [part.strip() for part in _PARTS_OF_CREDIT.split(match["who"])]
    if not all(_NAME_OF_OUTLET.fullmatch(part) for part in parts):
        return False
    return len(parts) > 1 or names_alone(parts[0]) or known_agency(parts[0]) is not None


LEAST_OF_MENU, LEAST_KNOWN = 4, 0.6
"""Entries in a line from which a menu is told by its gaps alone, and the share of known names from which it is told without."""
_MENU_GAP = re.compile(r"[\t\u00a0]+| {2,}")
_WIDE_GAP = re.compile(r"[\t\u00a0]+| {3,}")
_MENU_MARK = re.compile(r"\s+(?:/|::|»|›|>)\s+")
"""Signs that sites set between the entries of a menu, and that no sentence has four times."""


def _is_menu(paragraph: str) -> bool:
    """Whether a line is sections of a site set apart by wide gaps ("News  World News  PERU"), or by nothing."""
    if len(paragraph) > 160:
        return False
    if _names_sections(paragraph):
        return True
    marked = [part for part in _MENU_MARK.split(paragraph.strip()) if part]
    if len(marked) >= LEAST_OF_MENU and all(len(part.split()) <= 3 and part[-1] not in ".!?" for part in marked):
        return True
    if not _MENU_GAP.search(paragraph.strip()):
        return False
    parts = [part.strip().lower() for part in _MENU_GAP.split(paragraph.strip()) if part.strip()]
    if len(parts) < 2 or any(len(part.split()) > 3 or part[-1] in ".!?,;:" for part in parts):
        return False
    wide = len(_WIDE_GAP.findall(paragraph.strip())) == len(parts) - 1
    if len(parts) >= (LEAST_OF_MENU - 1 if wide else LEAST_OF_MENU) and not any(c.isdigit() for c in paragraph):
        return True  # the cells of a table hold numbers
    home, sections = _sections()
    return parts[0] in home or (parts[0] in sections and (len(parts) > 2 or parts[1] in sections))


def _names_sections(paragraph: str) -> bool:
    """Whether most words of a line are names of sections ("NATIONAL POLITICS SPORTS BUSINESS TV")."""
    words = paragraph.lower().split()
    if len(words) < LEAST_OF_MENU + 1 or words[-1][-1] in ".!?,;:":
        return False
    return sum(word in _sections()[1] for word in words) >= LEAST_KNOWN * len(words)


_JOINT = re.compile(r"[\t\u00a0]+| {2,}|\s+[|·•]\s+")
LONGEST_JOINED, LONGEST_STRANGER = 200, 5
"""Code points of a line of buttons, and words of the one among them that no pattern knows."""


def _joined_links(paragraph: str) -> BlockKind | None:
    """What a line of several buttons or notes is ("Sign in | Subscribe", "2 min read   Share   Save to list").

    Every part must be known for what it is when it stands alone; behind two known ones a third may be a stranger.
    """
    if len(paragraph) > LONGEST_JOINED or not _JOINT.search(paragraph.strip()):
        return None
    parts = [part.strip() for part in _JOINT.split(paragraph.strip()) if part.strip()]
    if not 2 <= len(parts) <= 10:
        return None
    looked = [_look_again(part) for part in parts]
    known = [line.kind for line in looked if line.kind is not None]
    strange = [line for line in looked if line.kind is None]
    if "byline" in known or "caption" in known or "credit" in known or looked[0].kind is None or len(strange) > 1:
        return None
    if strange and (len(known) < 2 or strange[0].word_count > LONGEST_STRANGER or strange[0].ends):
        return None
    return known[0]


_CRUMB_ARROWS = "›»→|"
_CRUMB_SIGNS = "|/>›»→•·"
_CRUMBS = re.compile(r"\s+[|/•·]\s+|\s*[>›»→]\s*")


def is_breadcrumb(words: str) -> bool:
    """Whether a line tells a page's place in its site ("Home › World › Europe", "News / Politics")."""
    if not any(sign in words for sign in _CRUMB_SIGNS):
        return False
    parts = [part.strip().lower() for part in _CRUMBS.split(words.strip(" " + _CRUMB_SIGNS))]
    if len(parts) < 2 or any(not part or len(part.split()) > 4 or part[-1] in ".!?,;:" for part in parts[:-1]):
        return False
    home, sections = _sections()
    if parts[0] in home:
        return True
    is_bare = not parts[0].startswith("by ") and not any(c.isdigit() for c in words)
    if len(parts) > 2 and is_bare and any(sign in words for sign in _CRUMB_ARROWS):
        return True
    return parts[0] in sections and (len(parts) > 2 or parts[1] in sections or len(parts[1].split()) <= 2)


@cache
def _sections() -> tuple[frozenset[str], frozenset[str]]:
    data = load_toml("en/furniture.toml")["breadcrumbs"]
    literals = {words for words, kind in rules().whole_literals.items() if kind == "tags"}
    return frozenset(data["home"]), frozenset(data["sections"]) | literals


@cache
def _link_end() -> re.Pattern[str]:
    return re.compile(_any(load_toml("en/furniture.toml")["links"]["ends"]), re.IGNORECASE)


_LOUD_LEAD = re.compile(
    r"[A-Z][A-Z’&]+(?: [A-Z’&]+){0,5} ?[:|] ?[^\W\d_]*[a-z]|[A-Z][A-Z’]{2,}(?: [A-Z’]{3,}){1,4} [A-Z][a-z’]*[a-z]\b"
)


def is_link_title(words: str) -> bool:
    """Whether an open line reads as a link: a loud lead ("WORTH A LOOK: …", "GRIM FIND Body …") or an explainer’s title."""
    return bool(_LOUD_LEAD.match(words) or _link_end().search(words.strip(_CLOSING)))


def _has_letters(words: str) -> bool:
    return any(c.isalpha() for c in words)


def _is_prose_after_all(kind: BlockKind, words: str, opened: int, count: int, ends: bool, sentences: int) -> bool:
    """Whether a line that opens like furniture goes on as an article does ("Live: " before three sentences)."""
    if kind in ("notice", "credit", "byline", "timestamp"):
        return False
    rest = words[opened:]
    if ends and count >= 18 and _SAID.search(rest) and not words.isupper():
        return True
    if kind == "related":
        # A link's words close as a headline does; a paragraph that only opens so closes as a sentence.
        return sentences > 1 and count > 40
    if kind == "promotion":
        return sentences > 1 and count > 60
    return len(rest) > 300


def _ends_as_caption(words: str, length: int) -> bool:
    """Whether a paragraph closes with the credit of a picture; an agency's bare name may also close an article."""
    if length >= 1500:
        return False
    if not _CREDIT_MARK.search(words):
        return False
    tail = words[-260:]
    match = rules().caption_end.search(tail)
    if match and not (match[0].startswith(("(", "[")) and _CLAUSE.search(match[0])):
        return True
    bare = _BARE_CREDIT.search(tail)
    if not bare or not known_agency((bare["name"] or bare["dashed"]).strip()):
        return False
    before = tail[: bare.start()].rstrip()
    if not before:
        return True
    if _SAID.search(words) or length >= 400:
        return False
    # Behind a full stop an agency's name closes an article as often; a picture's sentence is short and in the present.
    return before[-1] not in ".!?”’\"'" or (
        before[-1] == "." and length < LONGEST_SHOWN and not _SENTENCE_BREAK.search(before) and not _PAST.search(before)
    )


_CLAUSE = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|said|says)\b")
"""A bracket that holds a clause is an aside of the article, though a newspaper's name stands in it."""
_CREDIT_MARK = re.compile(r"[)\]/|:©–—-]|(?:photo|image|picture|pic)\.?$", re.IGNORECASE)
_BARE_CREDIT = re.compile(r"(?:[(\[](?P<name>[^()\[\]]{2,40})[)\]]|[ .][-–—]{1,2} ?(?P<dashed>[A-Z][\w .]{1,30}))\.?$")
_PAST = re.compile(r"(?i)\b(?:\w{2,}ed|was|were|had|rose|fell|came|went|made|took|met|left|won|lost|gave|began)\b")
_DAY = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|"
    r"dec)[a-z]*\.? \d{1,2}\b|\b\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)",
    re.IGNORECASE,
)
_PLACED = re.compile(
    r"[(,] ?(?:left|right|cent(?:er|re)|[lrc]|far left|far right|second left|second right|2[lr]|\d(?:nd|"
    r"rd) [lr]|second from (?:left|right)|third from (?:left|right)|foreground)[),]",
    re.IGNORECASE,
)
_TELLS = re.compile(r"\b(?:said|says|told|added|according to|announced)\b", re.IGNORECASE)
_SAID = re.compile(r"\b(?:said|told|added|according to|announced|was|were|had|has been)\b", re.IGNORECASE)
_FULL_DATE = re.compile(r"(?:[A-Z][a-z]+\.? \d{1,2},? (?:19|20)\d\d|\d{1,2} [A-Z][a-z]+\.?,? (?:19|20)\d\d)")
_PRESENT = re.compile(
    r"\b(?:looks?|speaks?|attends?|waits?|walks?|arrives?|leaves?|stands?|sits?|waves?|meets?|greets?|delivers?|"
    r"addresses|listens?|holds?|gestures?|shakes?|poses?|inspects?|boards?|disembarks?|gathers?|burns?|rises?|"
    r"takes? part|is seen|are seen|is pictured|are pictured|carr(?:y|ies)|react|reacts|mourns?|protests?|works?|"
    r"search|searches|pass(?:es)?|watch(?:es)?)\b"
)


def _looks_like_uncredited_caption(words: str) -> bool:
    """A sentence of a picture without its credit: in the present tense, with a full date, or with who stands where."""
    placed = ("," in words or "(" in words) and bool(_PLACED.search(words))
    dated = ("19" in words or "20" in words) and bool(_FULL_DATE.search(words))
    if not (placed or dated) or words[0] in '“"‘' or _SAID.search(words):
        return False
    return bool(_PRESENT.search(words)) or (placed and bool(_DAY.search(words)))


def _opener(words: str) -> BlockKind | None:
    known = rules()
    if len(words) > known.openers_longest:
        return None
    bare = words.strip(_CLOSING).strip()
    if known.other_openers.fullmatch(bare):
        return "other"
    if known.openers.fullmatch(bare):
        return "related"
    return None
