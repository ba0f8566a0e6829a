"""Which blocks of a page are its article, and what the others are."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from variorum.intake.furniture import Line, is_byline, names_alone
from variorum.intake.page_blocks import PageBlock
from variorum.intake.page_features import FEATURES, words_in
from variorum.intake.page_marks import Marks, mark_bit
from variorum.model.report import BlockKind
from variorum.text.tables import load_bytes

MODEL = "world/page_body.npz"
"""Extremely randomised trees over ``FEATURES`` (Geurts, Ernst & Wehenkel 2006), as ``bench/layout_train.py`` made them from
Zyte's article extraction benchmark (https://github.com/scrapinghub/article-extraction-benchmark, MIT)."""
BODY = 0.47
"""Share of the trees' votes from which a block is a part of the article."""


@cache
def _forest() -> dict[str, np.ndarray]:
    with np.load(io.BytesIO(load_bytes(MODEL)), allow_pickle=False) as made:
        forest = {name: made[name] for name in made.files}
    if tuple(str(name) for name in forest["features"]) != FEATURES:
        raise RuntimeError("the forest of page_body.npz was made for other features: run bench/layout_train.py")
    return forest


def body_votes(rows: np.ndarray) -> np.ndarray:
    """For each block the share of votes, 0 to 1, that it is a part of the article."""
    if not len(rows):
        return np.zeros(0, dtype=np.float32)
    forest = _forest()
    split_by, threshold, left, right, value = (forest[k] for k in ("split_by", "threshold", "left", "right", "value"))
    nodes = np.repeat(forest["roots"][None, :].astype(np.int32), len(rows), axis=0)
    which = np.arange(len(rows))[:, None]
    for _ in range(int(forest["depth"])):
        at = split_by[nodes]
        leaf = at < 0
        goes_left = rows[which, np.where(leaf, 0, at)] <= threshold[nodes]
        nodes = np.where(leaf, nodes, np.where(goes_left, left[nodes], right[nodes]))
    votes: np.ndarray = value[nodes].mean(axis=1)
    return votes


_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_FURNITURE: frozenset[BlockKind] = frozenset(("related", "share", "promotion", "media"))
"""What is no part of the story even where its place on the page votes for it."""


def body_kind(block: PageBlock, line: Line) -> BlockKind:
    """What a block of the article is: body, subheading, list or quotation; or a notice."""
    if line.kind == "notice" and line.count < 120:
        return "notice"
    if line.kind in _FURNITURE and line.count < 40:
        return line.kind
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


def other_kind(block: PageBlock, line: Line, marks: Marks) -> BlockKind:
    """What a block outside the article is, by its words first, then by the names of the elements around it."""
    if line.kind is not None:
        return line.kind
    if line.opener is not None:
        return line.opener
    near = marks.near(block.element, 3)

    def marked(*names: str) -> bool:
        return any(near & mark_bit(name) for name in names)

    if block.tag in ("figcaption", "caption") or (marked("caption") and line.count >= 4 and not marked("related")):
        return "caption"
    if (marked("byline") and line.count <= 12) or is_byline(line.words):
        return "byline"
    if marked("comment"):
        return "other"
    if marked("related") and line.count >= 3:
        return "teaser" if line.prose else "related"
    if marked("share"):
        return "share"
    if marked("promotion"):
        return "promotion"
    if marked("tags") and line.count <= 6:
        return "tags"
    around = marks.around(block.element)
    if around & (mark_bit("navigation") | mark_bit("footer")):
        return "other"
    if block.link_share > 0.6 and line.count >= 4:
        return "related"
    if line.prose and around & (mark_bit("related") | mark_bit("side")):
        return "teaser"
    return "other"


def find_headline(blocks: Sequence[PageBlock], lines: Sequence[Line], titles: Sequence[str]) -> int | None:
    """The block that shows the article's title: the one nearest to what the page calls it, headings first."""
    wanted = [set(words_in(title)) for title in titles[:4]]
    best: tuple[float, int] | None = None
    for n, block in enumerate(blocks):
        line = lines[n]
        if not 1 <= line.count <= 45 or line.length > 350:
            continue
        heading = {"h1": 0.45, "h2": 0.25, "h3": 0.1}.get(_heading(block), 0.0)
        words = set(words_in(block.text))
        near = max((len(w & words) / len(w | words) for w in wanted if w), default=0.0)
        if near < 0.5 and not (heading >= 0.45 and line.count >= 3 and near >= 0.2) and wanted:
            continue
        if not wanted and (heading < 0.45 or line.count < 3 or names_alone(line.words)):
            continue
        score = near + heading - (0.3 if block.link_share > 0.8 else 0.0) - n / (20.0 * max(1, len(blocks)))
        if best is None or score > best[0]:
            best = (score, n)
    return best[1] if best and best[0] > 0.4 else None


def _heading(block: PageBlock) -> str:
    at: Any = block.element
    for _ in range(3):
        if at is None:
            return ""
        if at.tag in _HEADINGS:
            return str(at.tag)
        at = at.getparent()
    return ""
