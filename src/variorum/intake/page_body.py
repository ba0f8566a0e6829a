"""Which blocks of a page are its article, and what the others are."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from variorum.intake.agencies import known_agency
from variorum.intake.bylines import byline_names, has_plain_words, is_byline, is_role, names_alone
from variorum.intake.furniture import Line
from variorum.intake.page_blocks import PageBlock
from variorum.intake.page_features import FEATURES, words_in
from variorum.intake.page_marks import Marks, mark_bit, mark_names
from variorum.model.report import BlockKind
from variorum.text.tables import load_bytes

MODEL = "world/page_body.npz"
"""Extremely randomised trees over ``FEATURES`` (Geurts, Ernst & Wehenkel 2006), made by ``bench/layout_train.py`` from
Zyte's article extraction benchmark (https://github.com/scrapinghub/article-extraction-benchmark, MIT)."""
BODY = 0.5
"""Share of the trees' votes from which a block is a part of the article."""


class _Forest(NamedTuple):
    """The trees as flat tables over all of their nodes; the first node's number of each tree is in ``roots``."""

    depth: int
    roots: np.ndarray
    split_by: np.ndarray
    """The feature that a node asks for."""
    threshold: np.ndarray
    next: np.ndarray
    """Two a node: where a value up to its threshold leads, and where a greater one does; a leaf leads to itself."""
    value: np.ndarray


@cache
def _forest() -> _Forest:
    with np.load(io.BytesIO(load_bytes(MODEL)), allow_pickle=False) as made:
        forest = {name: made[name] for name in made.files}
    if tuple(str(name) for name in forest["features"]) != FEATURES:
        raise RuntimeError("the forest of page_body.npz was made for other features: run bench/layout_train.py")
    return _Forest(
        depth=int(forest["depth"]),
        roots=forest["roots"].astype(np.intp),
        split_by=forest["split_by"].astype(np.intp),
        threshold=forest["threshold"],
        next=np.stack([forest["left"], forest["right"]], axis=1).astype(np.intp).ravel(),
        value=forest["value"],
    )


_AT_ONCE = 4096
"""Blocks that are voted on together, so that memory stays bounded on the largest pages."""


def body_votes(rows: np.ndarray) -> np.ndarray:
    """For each block the share of votes, 0 to 1, that it is a part of the article."""
    if not len(rows):
        return np.zeros(0, dtype=np.float32)
    return np.concatenate([_votes(rows[at : at + _AT_ONCE]) for at in range(0, len(rows), _AT_ONCE)])


def _votes(rows: np.ndarray) -> np.ndarray:
    forest = _forest()
    values = np.ascontiguousarray(rows, dtype=np.float32).ravel()
    first = np.arange(len(rows))[:, None] * rows.shape[1]
    nodes = np.repeat(forest.roots[None, :], len(rows), axis=0)
    for _ in range(forest.depth):
        asked = values.take(first + forest.split_by.take(nodes))
        nodes = forest.next.take(2 * nodes + (asked > forest.threshold.take(nodes)))
    votes: np.ndarray = forest.value.take(nodes).mean(axis=1)
    return votes


LINKED = 0.8
"""Share of links from which words beside a picture lead to another story."""
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_FURNITURE: frozenset[BlockKind] = frozenset(
    ("related", "share", "promotion", "media", "timestamp", "tags", "byline", "other")
)
"""What is no part of the story even where its place on the page votes for it."""


def body_kind(block: PageBlock, line: Line) -> BlockKind:
    """What a block of the article is: body, subheading, list or quotation; or a notice."""
    if not line.word_count:
        return "other"
    if line.kind == "notice" and line.word_count < 120:
        return "notice"
    if line.kind in _FURNITURE and line.word_count < 40:
        return line.kind
    if line.opener is not None and line.word_count < 8:
        return line.opener
    if block.tag in _HEADINGS:
        return "subheading"
    if block.tag in ("li", "dd", "dt"):
        return "list"
    at = block.element
    for _ in range(3):
        if at is None:
            break
        if at.tag == "blockquote":
            return "quotation"
        if at.tag in ("li", "dd"):
            return "list"
        at = at.getparent()
    return "body"


def other_kind(block: PageBlock, line: Line, marks: Marks, authors: Sequence[str], *, in_story: bool) -> BlockKind:
    """What a block outside the article is, by its words first, then by the names of the elements around it.

    Args:
        block, line: the block, and what it is when it is looked at alone.
        marks: the marks of the page's elements.
        authors: authors that the page's metadata name.
        in_story: whether it stands between the headline and the end of the article, or next to them. The captions of
            other stories are none of this one's.
    """
    if not in_story and line.kind == "caption":
        return "related"
    if line.kind is not None:
        return line.kind
    if line.opener is not None:
        return line.opener
    near, around = marks.near(block.element), marks.around(block.element)
    bits = _bits()
    if (
        (block.tag in ("figcaption", "caption") or near & bits["caption"])
        and line.word_count >= 4
        and not near & bits["related"]
    ):
        return "caption" if in_story and block.link_share < LINKED else "related"
    if near & bits["byline"] and line.word_count <= 12 and not near & bits["comment"]:
        kind = _author_part(block, line, near, authors)
        if kind is not None:
            return kind
    if near & bits["comment"]:
        return "other"
    if near & bits["related"] and line.word_count >= 3:
        return "teaser" if line.prose else "related"
    if near & bits["share"]:
        return "share"
    if near & bits["promotion"]:
        return "promotion"
    if near & bits["tags"] and line.word_count <= 6:
        return "tags"
    if around & (bits["navigation"] | bits["footer"]):
        return "other"
    if block.link_share > 0.6 and line.word_count >= 4:
        return "related"
    if line.prose and around & (bits["related"] | bits["side"]):
        return "teaser"
    return "other"


def _author_part(block: PageBlock, line: Line, near: int, authors: Sequence[str]) -> BlockKind | None:
    """What a short line in an element of authors or credits is: who wrote, whose a picture is, or None for the rest."""
    names = byline_names(line.words, known=authors)
    bits = _bits()
    if near & bits["caption"] and not line.words[:3].lower().startswith("by ") and line.words not in authors:
        return "credit" if names or known_agency(line.words) else None
    if names or known_agency(line.words) or is_role(line.words) or line.words.lower() == "by":
        # a headline of another story may hold a name too, but small words around it that no byline has
        return "byline" if is_byline(line.words) or not has_plain_words(line.words) else None
    return None


@cache
def _bits() -> dict[str, int]:
    return {name: mark_bit(name) for name in mark_names()}


def find_headline(
    blocks: Sequence[PageBlock], lines: Sequence[Line], words: Sequence[Sequence[str]], titles: Sequence[str]
) -> int | None:
    """The block that shows the article's title: the one nearest to what the page calls it, headings first.

    Args:
        blocks, lines: the page's blocks, and what each is when it is looked at alone.
        words: the words of each, lower-cased.
        titles: what the page calls its article.
    """
    wanted = [made for title in titles[:4] if (made := set(words_in(title)))]
    any_wanted = set().union(*wanted)
    best: tuple[float, int] | None = None
    for n, (block, line) in enumerate(zip(blocks, lines, strict=True)):
        if not 1 <= line.word_count <= 45 or line.length > 350:
            continue
        if any_wanted and any_wanted.isdisjoint(words[n]):
            continue
        own = set(words[n])
        heading = _HEADING_COUNTS.get(_heading(block), 0.0)
        near = max((len(w & own) / len(w | own) for w in wanted), default=0.0)
        if wanted and near < 0.5 and not (heading >= 0.45 and line.word_count >= 3 and near >= 0.2):
            continue
        if not wanted and (heading < 0.45 or line.word_count < 3 or names_alone(line.words)):
            continue
        score = near + heading - (0.3 if block.link_share > 0.8 else 0.0) - n / (20.0 * max(1, len(blocks)))
        if best is None or score > best[0]:
            best = (score, n)
    return best[1] if best and best[0] > 0.4 else None


_HEADING_COUNTS = {"h1": 0.45, "h2": 0.25, "h3": 0.1}


def heading_above(blocks: Sequence[PageBlock], lines: Sequence[Line], chosen: np.ndarray, marks: Marks) -> int | None:
    """The last first-level heading above the article's first block, on a page that calls its article something else."""
    if not chosen.any():
        return None
    first = int(chosen.argmax())
    aside = _bits()["related"] | _bits()["side"]
    wanted = [
        n
        for n in range(max(0, first - NEAR), first + 1)
        if 3 <= lines[n].word_count <= 45
        and lines[n].length <= 350
        and _heading(blocks[n]) == "h1"
        and not marks.near(blocks[n].element) & aside
    ]
    return wanted[-1] if wanted else None


NEAR = 40
"""Blocks above the article's first in which its heading stands."""


def _heading(block: PageBlock) -> str:
    at: Any = block.element
    for _ in range(3):
        if at is None:
            return ""
        if at.tag in _HEADINGS:
            return str(at.tag)
        at = at.getparent()
    return ""
