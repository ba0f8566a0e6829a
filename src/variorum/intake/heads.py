"""The top of a report: its headline among mastheads and rubrics, the standfirst and who wrote."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from variorum.intake.bylines import is_name_and_role, is_outlet, is_role, names_alone
from variorum.intake.datelines import find_dateline, is_known_place
from variorum.intake.furniture import is_link_title
from variorum.intake.lines import words_of
from variorum.intake.pieces import BULLET, Piece, share, title_case
from variorum.model.report import BlockKind
from variorum.text.tables import load_toml

HEAD = 12
"""Lines from the top within which the headline stands."""
SIGNED = 4
"""Lines below a headline in which it is told who wrote or when."""
NEAR = 25
"""Lines above the body within which the headline stands, where one can be found there."""
MOST_OF_TAG = 4
"""Words of a line of a menu."""
LONGEST_STANDFIRST = 45
"""Words of one sentence that a standfirst has at most."""
LONGEST_MASTHEAD, LONGEST_RUBRIC, LONGEST_HEADLINE = 6, 3, 18
"""Words of an outlet's name, of a rubric and of a headline under one."""
_TURN = re.compile(r"(?P<who>[^\W\d_][\w.’' -]{0,30}?)(?: \([^)]{1,30}\))?: \S")
"""Who speaks, before a turn of a transcript: "REIS (sighs): It was not safe." """
_SITE = re.compile(r"(?:www\.)?[a-z0-9-]+(?:\.[a-z]{2,8}){1,2}(?=$| [|–—-] )", re.IGNORECASE)
"""A site's address as its name, alone or with what it says of itself."""
_MAST = re.compile(r"(?:[A-ZÀ-ÖØ-Þ][\w.’&-]*(?: (?:(?:of|the|and|&|de|del|el|la) )*|$))+")


def type_head(pieces: list[Piece], title: str | None, *, first: int = 0) -> int:
    """Find headline, standfirst and bylines at the top; returns the number of the first paragraph of the body.

    Args:
        pieces: all paragraphs.
        title: the report's title, if one came with it.
        first: the paragraph that the article cannot open before.
    """
    turns = _turns(pieces)
    body = next(
        (n for n, p in enumerate(pieces) if n >= first and p.kind is None and (n in turns or _opens_body(p))), None
    )
    if body is None:
        body = next((n for n, p in enumerate(pieces) if n >= first and p.kind is None and not p.title_like), None)
    given = _given_title(pieces, title)
    if body is None and given is None:
        return 0
    if body is None:
        body = len(pieces)
    for piece in pieces[:body]:
        if piece.line.kind is None and piece.line.opener is None and piece.kind in ("related", "teaser"):
            piece.kind = None  # what a menu announces may be the headline as well
    if given is not None:
        pieces[given].kind = "headline"
        body = max(body, given + 1)
    else:
        _choose_headline(pieces, body)
    headline = next((n for n, p in enumerate(pieces[:body]) if p.kind == "headline"), None)
    if headline is not None:
        body = _behind_standfirst(pieces, headline, body)
    elif body > HEAD or first > HEAD:
        _type_menu(pieces[:body])
    is_below_date = False
    for number in range(body):
        piece = pieces[number]
        if piece.kind is None:
            separated = any(
                p.kind in ("byline", "timestamp", "media", "share", "caption")
                for p in pieces[number + 1 : min(body, number + 8)]
            )
            piece.kind = _head_part(piece, number, headline, separated=separated, is_below_date=is_below_date)
            if number and pieces[number - 1].kind == "byline" and is_role(piece.line.words):
                piece.kind = "byline"
        elif headline is not None and number > headline:
            is_below_date |= piece.kind in ("timestamp", "byline") and piece.line.kind is not None
    return body


def _turns(pieces: Sequence[Piece]) -> set[int]:
    """The lines of a transcript: those that open with a speaker who takes the floor again, or with "Q:" or "A:". A headline
    may open so as well ("Reis: the bridge is safe"), but nobody speaks twice in headlines alone."""
    openers = {n: match["who"].casefold() for n, p in enumerate(pieces) if (match := _TURN.match(p.line.words))}
    count = Counter(openers.values())
    questions = bool(count["q"] and count["a"])
    again = {who for who in count if count[who] > 1 or (questions and who in ("q", "a"))}
    asked = any(pieces[n].line.words.endswith("?") for n, who in openers.items() if who in again)
    return {n for n, who in openers.items() if who in again} if asked else set()


def _type_menu(above: list[Piece]) -> None:
    """What stands above an article that shows no headline: a site's menus."""
    for piece in above:
        if piece.kind is None:
            piece.kind = "tags" if piece.line.word_count <= MOST_OF_TAG else "related"


def _behind_standfirst(pieces: list[Piece], headline: int, body: int) -> int:
    """Where the body opens if its first sentence is a standfirst: right below the headline, and above who wrote and when."""
    if body != headline + 1 or body >= len(pieces) or pieces[body].line.sentences > 1:
        return body
    if pieces[body].line.word_count > LONGEST_STANDFIRST or find_dateline(pieces[body].line.words):
        return body
    signed = False
    for number in range(body + 1, min(body + HEAD, len(pieces))):
        piece = pieces[number]
        if piece.kind is None and _opens_body(piece):
            return number if signed else body
        words = piece.line.words
        signed |= piece.kind in ("byline", "timestamp") or (
            piece.kind is None and (names_alone(words) or is_name_and_role(words))
        )
        if piece.kind is None and not piece.title_like:
            return number if signed else body
    return body


def _opens_body(piece: Piece) -> bool:
    line = piece.line
    if find_dateline(line.words):
        return True
    if line.sentences > 1 and piece.title_like:
        return False
    return line.prose and not (title_case(line.words) and line.word_count <= 30 and line.sentences == 1)


def _given_title(pieces: list[Piece], title: str | None) -> int | None:
    """The line near the top that holds the title that came with the report."""
    if not title or not title.strip():
        return None
    wanted = _folded(title)
    for number, piece in enumerate(pieces[:HEAD]):
        have = _folded(piece.line.words)
        if (
            have
            and piece.line.length <= 400
            and (
                have == wanted
                or (
                    len(have) > 20
                    and (wanted.startswith(have) or have.startswith(wanted))
                    and abs(len(have) - len(wanted)) <= 40
                )
            )
        ):
            return number
    return None


def _folded(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.lower()))


def _candidates(pieces: Sequence[Piece]) -> list[int]:
    return [n for n, p in enumerate(pieces) if p.kind is None and p.title_like and p.line.word_count >= 3]


def _choose_headline(pieces: list[Piece], body: int) -> None:
    """The first headline-like line that shares words with the story under it; the first at all where none does."""
    numbers = _candidates(pieces[:body])
    if not numbers:
        above = pieces[body - 1] if body else None
        if above and above.kind is None and above.line.word_count <= 25 and find_dateline(pieces[body].line.words):
            above.kind = "headline"  # closed by a full stop, but what stands right above a dateline is a headline
        return
    story = frozenset(w[:5] for w in words_of(p.line.words for p in pieces[body : body + 8] if p.kind is None))
    shares = {n: share(pieces[n].line.words, story) for n in numbers}
    near = [n for n in numbers if n >= body - NEAR]
    top = [n for n in near or numbers if n < HEAD or pieces[n].line.word_count > MOST_OF_TAG] or numbers
    told = [n for n in top if shares[n] >= 0.3]
    signed = [n for n in top if shares[n] > 0 and _is_signed(pieces[n + 1 : n + SIGNED])]
    best = next((n for n in (*told, *signed) if n in signed), told[0] if told else None)
    if best is None:
        best = next((n for n in top if shares[n] > 0), top[0])
    if shares.get(best - 1, 0) > 0 and pieces[best - 1].line.word_count > MOST_OF_TAG:
        best -= 1  # a standfirst tells more of the story than the headline that it stands below
    if len(numbers) > 1 and (names_alone(pieces[best].line.words) or _is_above_headline(pieces, best, body)):
        chosen = best
        others = sorted(numbers, key=lambda n: n < chosen)
        best = next(
            (n for n in others if not names_alone(pieces[n].line.words) and not _is_above_headline(pieces, n, body)),
            best,
        )
    pieces[best].kind = "headline"


def _is_signed(below: Sequence[Piece]) -> bool:
    """Whether lines say who wrote or when, as those below a headline do."""
    return any(p.line.kind in ("byline", "timestamp") for p in below)


@cache
def _mast_nouns() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(load_toml("en/furniture.toml")["mastheads"]["nouns"]) + r")$", re.IGNORECASE)


def is_masthead(words: str, story: Sequence[Piece]) -> bool:
    """Whether a line is an outlet's name: by the table of outlets, by its last word, or because the report calls it so.

    A report names its own outlet by "told the …", "interview with …" or in the line of rights.
    """
    parts = re.split(r" [|–—] ", words)
    if _SITE.match(words):
        return True
    if is_outlet(words) or any(is_outlet(part) for part in parts):
        return True
    if len(words.split()) > LONGEST_MASTHEAD * len(parts) or not words[-1].isalnum() or not _MAST.fullmatch(parts[0]):
        return False
    if any(len(part.split()) > 1 and _mast_nouns().search(part) for part in parts) and _MAST.fullmatch(parts[-1]):
        return True
    own = re.compile(rf"(?:©[^.]{{0,20}}|\btold (?:the )?|\bwith (?:the )?|\bby (?:the )?){re.escape(words)}\b")
    return any(own.search(piece.line.words) for piece in story)


def _is_above_headline(pieces: list[Piece], number: int, body: int) -> bool:
    """Whether a candidate is the outlet's name, or a short rubric right above a longer line of its kind."""
    words = pieces[number].line.words
    if is_masthead(words, pieces[body:]):
        return True
    below = next((p for p in pieces[number + 1 : body] if p.kind not in ("tags", "share")), None)
    if len(words.split()) > LONGEST_RUBRIC or below is None:
        return False
    return below.kind is None and below.title_like and LONGEST_RUBRIC + 1 < below.line.word_count <= LONGEST_HEADLINE


def _head_part(
    piece: Piece, number: int, headline: int | None, *, separated: bool, is_below_date: bool
) -> BlockKind | None:
    """A line between the top and the body that is no headline."""
    line = piece.line
    if headline is None or (number > headline and BULLET.match(line.words)):
        return None
    if number < headline:
        if line.word_count <= MOST_OF_TAG and line.open_end:
            return "tags"
        return "related" if piece.title_like else "other"
    who, _, where = line.words.partition(" in ")
    if names_alone(line.words) or is_name_and_role(line.words) or (names_alone(who) and is_known_place(where)):
        return "byline"
    if is_masthead(line.words, ()):
        return "tags"
    if line.open_end and is_link_title(line.words):
        return "related"
    if line.word_count <= 3 and line.open_end:
        return "tags"
    if is_below_date and line.open_end and line.word_count <= 7:
        return "related"  # what is said of the story itself stands above its date and its writers
    return "subheading" if separated or line.open_end else None
