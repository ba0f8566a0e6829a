"""What each paragraph of a report is, seen among the others: headline, body, caption, link to another story …"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from variorum.intake.bylines import PERSON
from variorum.intake.captions import mark_loud_credits, mark_pictures
from variorum.intake.furniture import is_link_title, look
from variorum.intake.heads import type_head
from variorum.intake.lines import words_of
from variorum.intake.pieces import BULLET, CLOCK, QUOTED, Piece, all_capitals, share, title_case
from variorum.intake.stretch import Stretch, article_stretch, is_parallel, under_colons
from variorum.model.report import BlockKind
from variorum.text.tables import load_toml

LEAST_OF_LINK = 5
"""Words from which a line alone between paragraphs may be a link to another story; subheadings are shorter."""
MOST_SHARED_BY_LINK, MOST_SHARED_BY_LINKS = 0.25, 0.4
"""Share of its words that such a link has in common with the text around it at most: one alone, several in a row."""
MOST_LINKS = 6
"""Links in a row that nothing announces; more are a list of the article's own."""
MOST_OF_OPENER = 5
"""Words of a line that announces links."""
MOST_IN_BOX, LONGEST_IN_BOX = 4, 30
"""Lines between the heading of a box and its button, and words of one."""
LEAST_BEFORE_BIO = 4
"""Paragraphs of prose that a text has at least where one of them is about its writer."""
THREAD, LONGEST_NAME = 12, 4
"""Lines below the heading of a thread of comments in which at least two are signed, and words of a reader's name."""
_SAYS = re.compile(r".{1,40} (?:says|said|wrote) ?:?", re.IGNORECASE)
REACH = 60
"""Paragraphs above a box of links in which is looked up what the article was at."""
LEAST_OF_STORY, LEAST_COHERENT, COHERENT = 3, 24, 0.4
"""Paragraphs of the article so far from which its words tell, words of a paragraph that is compared, and the share of them
that it must have in common with the article to go on with it."""
_NO_PLAYER = re.compile(r"\d[:.h]\d\d$|^(?:loading|advert)", re.IGNORECASE)


def type_paragraphs(paragraphs: Sequence[str], *, title: str | None = None) -> list[BlockKind]:
    """The kind of each paragraph of a text, in order. What nothing speaks against stays body.

    Args:
        paragraphs: their words.
        title: the report's title, if one came with it.
    """
    pieces = [Piece(look(words)) for words in paragraphs]
    if len(pieces) < 2:
        return ["body"] * len(pieces)
    for piece in pieces:
        piece.kind = piece.line.kind
    mark_loud_credits(pieces)
    _keep_capitals(pieces)
    _after_video(pieces)
    punctuated = _is_punctuated(pieces)
    _lists_of_stories(pieces)
    _boxes(pieces)
    article = article_stretch(pieces) if punctuated else Stretch(0, len(pieces))
    head_end = type_head(pieces, title, first=article.first)
    mark_pictures(pieces, head_end, punctuated=punctuated)
    _type_behind(pieces, max(article.end, head_end))
    if punctuated:
        _type_tail(pieces, head_end)
        _type_runs(pieces, head_end)
        _type_between(pieces, head_end)
    _type_bios(pieces)
    for piece in pieces:
        piece.kind = piece.kind or ("list" if BULLET.match(piece.line.words) else "body")
    _keep_something(pieces)
    return [piece.kind or "body" for piece in pieces]


def _keep_capitals(pieces: list[Piece]) -> None:
    """Lines in capitals are links to other stories, unless the whole text is in capitals or the line stands on top."""
    loud = {id(p) for p in pieces if p.kind is None and all_capitals(p.line.words)}
    prose = [p for p in pieces if p.line.prose]
    if not prose or sum(all_capitals(p.line.words) for p in prose) > 0.3 * len(prose):
        return
    first_prose = next(n for n, p in enumerate(pieces) if p.line.prose)
    for number, piece in enumerate(pieces):
        if id(piece) in loud and number > first_prose and piece.line.word_count >= 5 and piece.line.sentences == 1:
            piece.kind = "related"


@cache
def _video_words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = load_toml("en/furniture.toml")["video"]
    made = [re.compile(r"\b(?:" + "|".join(data[key]) + r")\b", re.IGNORECASE) for key in ("verbs", "past")]
    return made[0], made[1]


def _after_video(pieces: list[Piece]) -> None:
    """A player's line is followed by the clip's title, and that by one sentence in the present tense about the clip."""
    first_open = next((n for n, p in enumerate(pieces) if p.kind is None), len(pieces))
    for number, piece in enumerate(pieces[:-1]):
        if piece.kind != "media" or _NO_PLAYER.search(piece.line.words):
            continue  # a clip's length stands below its title, and a clock alone opens a post of a live page
        about = pieces[number + 2] if number + 2 < len(pieces) and _tells_of_clip(pieces[number + 2]) else None
        if _is_clip_title(pieces, number + 1, is_told_of=about is not None, is_on_top=first_open >= number):
            pieces[number + 1].kind = "media"
            if about is not None:
                about.kind = "media"


def _is_clip_title(pieces: list[Piece], number: int, *, is_told_of: bool, is_on_top: bool) -> bool:
    title, below = pieces[number], pieces[number + 1 : number + 4]
    if title.kind is not None or not title.title_like or not title.line.open_end:
        return False
    signed = [p.line.kind in ("timestamp", "byline") for p in below[:2]]
    if any(signed[:1] if is_told_of else signed):
        return False  # who wrote and when stands below a headline; "Video" is the last word of the menu above it
    if not is_on_top:
        return title.line.word_count >= LEAST_OF_LINK and not BULLET.match(title.line.words)
    if below and not below[0].line.prose:
        return False
    # Above the headline there is as yet nothing that it could be the second title of.
    return any(p.title_like and p.line.open_end and p.kind is None for p in below)


def _tells_of_clip(piece: Piece) -> bool:
    verbs, past = _video_words()
    line = piece.line
    if piece.kind is not None or line.sentences > 1 or line.word_count > 45:
        return False
    return bool(verbs.search(line.words)) and not past.search(line.words)


def _is_punctuated(pieces: list[Piece]) -> bool:
    """Whether the text closes its sentences, so that a line left open tells something."""
    long = [p.line for p in pieces if p.kind is None and p.line.word_count >= 10 and not title_case(p.line.words)]
    return len(long) >= 2 and sum(line.ends or not line.open_end for line in long) >= 0.75 * len(long)


def _lists_of_stories(pieces: list[Piece]) -> None:
    """After "Recent posts" and the like stand other stories until the article resumes; after comments it never does."""
    under: BlockKind | None = None
    clocks = 0  # times of day that stood alone before the list: two of them, and the page is a live one
    in_all = sum(p.line.prose and p.kind is None for p in pieces)
    earlier = 0  # paragraphs of prose up to here that no sign of their own claims
    for number, piece in enumerate(pieces):
        is_prose = piece.line.prose and piece.kind is None
        earlier += is_prose
        opener = piece.line.opener
        is_clock = CLOCK.fullmatch(piece.line.words) is not None
        clocks += is_clock and under is None
        if under == "related" and clocks > 1 and (is_clock or (is_prose and _full(piece))):
            under = None
        if opener and (piece.kind is None or piece.kind in ("share", "related", "tags", "media", "promotion", "other")):
            later = in_all - earlier
            if opener == "other" and (not earlier or (earlier < later and not _is_thread(pieces, number))):
                continue
            piece.kind = opener if piece.kind is None else piece.kind
            under = opener
            continue
        if under is None:
            continue
        if under == "related" and (
            _resumes(pieces, number, is_first=earlier == 1) or (is_prose and _is_of_story(pieces, number, earlier))
        ):
            under = None
            continue
        if piece.kind is None:
            piece.kind = "other" if under == "other" else _story_part(piece)


def _is_of_story(pieces: list[Piece], number: int, earlier: int) -> bool:
    """Whether a longer paragraph speaks of what the article above the links spoke of."""
    piece = pieces[number]
    if earlier < LEAST_OF_STORY or piece.line.word_count < LEAST_COHERENT or not _full(piece):
        return False
    above = [p.line.words for p in pieces[max(0, number - REACH) : number] if p.kind is None and p.line.prose]
    told = frozenset(w[:5] for w in words_of(above))
    return share(piece.line.words, told) >= COHERENT


def _is_thread(pieces: list[Piece], number: int) -> bool:
    """Whether remarks of readers follow: names, each with when it was said, or with buttons for a reply."""
    below = pieces[number + 1 : number + 1 + THREAD]
    said = sum(_SAYS.fullmatch(p.line.words) is not None or p.line.words.lower() == "reply" for p in below)
    signed = sum(
        a.line.word_count <= LONGEST_NAME and a.line.open_end and b.line.kind == "timestamp"
        for a, b in pairwise(below)
        if a.line.kind is None
    )
    return said + signed > 1


@cache
def _box_words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    data = load_toml("en/furniture.toml")["boxes"]
    made = [re.compile(r"(?:" + "|".join(data[key]) + r")[ .:!›>»→]*", re.IGNORECASE) for key in ("opens", "closes")]
    return made[0], made[1]


def _boxes(pieces: list[Piece]) -> None:
    """What a box for signing up says between its heading and its button: its name, how often it comes, to whom."""
    opens, closes = _box_words()
    for number, piece in enumerate(pieces):
        if piece.kind is None or not opens.fullmatch(piece.line.words):
            continue
        for last in range(number + 1, min(number + 2 + MOST_IN_BOX, len(pieces))):
            if closes.fullmatch(pieces[last].line.words):
                for inner in pieces[number + 1 : last]:
                    inner.kind = inner.kind or "promotion"
                break
            if pieces[last].kind is None and pieces[last].line.word_count > LONGEST_IN_BOX:
                break


def _story_part(piece: Piece) -> BlockKind:
    words = piece.line.words
    return "teaser" if words.endswith(("…", "...", "[…]", "[...]")) or piece.line.prose else "related"


def _resumes(pieces: list[Piece], number: int, *, is_first: bool) -> bool:
    """Whether the article goes on here: two full paragraphs in a row, or one longer than teasers are.

    Where no paragraph stood before the list, as in a page's menu, the first full one is the article's own.
    """
    piece = pieces[number]
    if piece.kind is not None:
        return False
    if BULLET.match(piece.line.words):
        return _goes_on_list(pieces, number)
    if (_full(piece) or _short_sentence(piece)) and not is_first:
        dated = CLOCK.fullmatch(pieces[number - 1].line.words) is not None
        if dated or _is_answer(pieces, number):
            return True
    if not _full(piece):
        return not is_first and _short_sentence(piece) and _is_closed(_next_open(pieces, number))
    if piece.line.sentences > 1 and piece.line.word_count >= 45:
        return True
    if is_first or (piece.line.words.startswith(QUOTED) and _quoting().search(piece.line.words)):
        return True
    return _is_closed(_next_open(pieces, number))


def _next_open(pieces: list[Piece], number: int) -> Piece | None:
    """The next paragraph but for what stands within an article too."""
    return next((p for p in pieces[number + 1 : number + 12] if p.kind not in ("caption", "promotion", "share")), None)


def _is_closed(piece: Piece | None) -> bool:
    return piece is not None and piece.kind is None and (_full(piece) or _short_sentence(piece))


def _is_answer(pieces: list[Piece], number: int) -> bool:
    """Whether a closed line stands between two questions, as the answers of an interview do."""
    after = _next_open(pieces, number)
    if after is None or after.kind is not None or not after.line.words.endswith("?"):
        return False
    before = next((p for p in reversed(pieces[max(0, number - REACH) : number]) if p.kind is None), None)
    return before is not None and before.line.words.endswith("?")


def _goes_on_list(pieces: list[Piece], number: int) -> bool:
    """Whether an item of a list carries on one that the article broke off before the links, or opens the article."""
    before = next((p for p in reversed(pieces[max(0, number - REACH) : number]) if p.kind is None), None)
    return before is None or bool(BULLET.match(before.line.words)) or before.line.words.endswith(":")


@cache
def _quoting() -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(load_toml("en/furniture.toml")["openers"]["quoting"]) + r")\b", re.IGNORECASE)


def _short_sentence(piece: Piece) -> bool:
    """A paragraph of a few words that closes with a full stop, as no headline behind a teaser does."""
    line = piece.line
    closes = line.words.rstrip("”’\"'").endswith(".") and not line.words.endswith("...")
    return closes and line.word_count >= 2 and line.words.lstrip("“‘'\"(")[:1].isupper() and not title_case(line.words)


def _full(piece: Piece) -> bool:
    line = piece.line
    return line.prose and line.ends and line.word_count >= 14 and not line.words.endswith(("…", "..."))


# ---- the end and between ----------------------------------------------------------------------------------------


def _type_behind(pieces: list[Piece], end: int) -> None:
    """What stands behind the article: other stories, readers' comments, what the outlet says of itself."""
    for piece in pieces[end:]:
        if piece.kind is None:
            piece.kind = _story_part(piece)


def _type_tail(pieces: list[Piece], head_end: int) -> None:
    """Lines behind the last full paragraph that close as no sentence does: headlines and names of other stories."""
    last = next(
        (n for n in range(len(pieces) - 1, head_end - 1, -1) if pieces[n].kind is None and _closes(pieces[n])), None
    )
    if last is None or sum(p.kind is None and p.line.prose for p in pieces[: last + 1]) < 2:
        return
    listed = under_colons(pieces)
    tail = [p for n, p in enumerate(pieces[last + 1 :], last + 1) if p.kind is None and n not in listed]
    for piece in [] if is_parallel(tail) else tail:
        line = piece.line
        if line.word_count <= 34 and line.sentences == 1 and not line.words.startswith(QUOTED[:2]):
            piece.kind = "related"


def _closes(piece: Piece) -> bool:
    line = piece.line
    return (
        (line.ends or not line.open_end)
        and not (line.words.endswith(("…", "...")) and line.word_count < 30)
        and not (title_case(line.words) and line.word_count <= 20 and not line.words.endswith("."))
    )


def _type_runs(pieces: list[Piece], head_end: int) -> None:
    """Lines in a row that close as no sentence does: headlines of other stories. A subheading stands alone.

    They are links where the line before announces them ("Read more"), or where they have the length of headlines and
    share few words with the text; a list of the article's own shares more, or is longer.
    """
    story: frozenset[str] | None = None
    listed = under_colons(pieces)
    at = head_end
    while at < len(pieces):
        first = at
        while at < len(pieces) and _is_open(pieces[at]):
            at += 1
        run = pieces[first:at]
        if not run:
            at += 1
            continue
        before = pieces[first - 1] if first else None
        if first in listed or is_parallel(run):
            continue
        if before is not None and before.kind in (None, "list") and before.line.words.endswith((";", ",")):
            continue
        announced = before is not None and before.kind == "related" and before.line.word_count <= MOST_OF_OPENER
        if not announced:
            if len(run) > MOST_LINKS or sum(p.line.word_count for p in run) < LEAST_OF_LINK * len(run):
                continue
            if story is None:
                story = frozenset(w[:5] for w in words_of(p.line.words for p in pieces if p.line.prose and not p.kind))
            most = MOST_SHARED_BY_LINK if len(run) == 1 else MOST_SHARED_BY_LINKS
            if sum(share(p.line.words, story) for p in run) > most * len(run):
                continue
        for piece in run:
            piece.kind = "related"


def _is_open(piece: Piece) -> bool:
    line = piece.line
    return (
        piece.kind is None
        and line.open_end
        and 2 <= line.word_count <= 30
        and line.sentences == 1
        and line.words[0].isupper()
        and not BULLET.match(line.words)
    )


@cache
def _bios() -> re.Pattern[str]:
    data = load_toml("en/furniture.toml")["bios"]
    writers, trades = "|".join(data["writers"]), "|".join(data["trades"])
    return re.compile(
        rf"(?:About the (?:{writers})\b|(?i:the |this )(?i:{writers})s? (?:is|are|has been|can be|covers|writes|works|tweets)"
        rf" (?!being|to |in custody|expected|said|due|accused|still|now )"
        rf"|(?P<name>{PERSON}),?(?: who [^,.]{{3,60}},)? (?:covers (?!up\b|for\b|\d)|(?:is|was|are|writes|reports)\b"
        rf"(?=(?: (?:an?|the|our|\w+[’']s))?(?: [\w’'-]+){{0,5}} (?:{trades})s?\b| (?:about|on|from|for)\b)))"
    )


def _type_bios(pieces: list[Piece]) -> None:
    """Who wrote, told in a line of its own at the end; somebody whom the text above names is part of the story."""
    prose = [n for n, p in enumerate(pieces) if p.kind == "body" or (p.kind is None and p.line.prose)]
    if len(prose) < LEAST_BEFORE_BIO:
        return
    last = {*prose[-2:], *range(prose[-1], len(pieces))}
    for number in sorted(last):
        piece = pieces[number]
        match = _bios().match(piece.line.words.lstrip("([*– ")) if piece.kind is None else None
        if match is None or piece.line.word_count > 60:
            continue
        name = match["name"]
        told = name is not None and any(name.split()[-1] in pieces[n].line.words for n in prose if n != number)
        if not told:
            piece.kind = "other"


def _type_between(pieces: list[Piece], head_end: int) -> None:
    """Lines between paragraphs that close as no sentence does: links to other stories, or subheadings."""
    for number in range(head_end, len(pieces)):
        piece = pieces[number]
        line = piece.line
        if (
            piece.kind is not None
            or not line.open_end
            or line.word_count > 30
            or line.sentences > 1
            or BULLET.match(line.words)
        ):
            continue
        before = pieces[number - 1] if number else None
        after = pieces[number + 1] if number + 1 < len(pieces) else None
        if before and before.kind in (None, "list") and before.line.words.endswith((":", ";", ",")):
            piece.kind = "list"
        elif before and before.kind == "tags" and line.words.islower():
            piece.kind = "tags"
        elif (line.word_count >= 4 and is_link_title(line.words)) or (
            line.word_count >= 8 and title_case(line.words) and not (after and BULLET.match(after.line.words))
        ):
            piece.kind = "related"
        elif line.word_count <= 14 and after is not None and after.line.prose:
            piece.kind = "subheading"


def _keep_something(pieces: list[Piece]) -> None:
    """A text is never all furniture: where no body is left, what weak signs took away is given back."""
    if any(p.kind in ("body", "list") for p in pieces):
        return
    weak = [
        p
        for p in pieces
        if p.kind in ("related", "subheading", "teaser", "media", "tags", "byline") and p.line.kind is None
    ]
    best = weak or [max(pieces, key=lambda p: p.line.length)]
    for piece in best:
        piece.kind = "body"
