"""What speaks for and against a block of a page being a part of its article, as numbers."""

from __future__ import annotations

import logging
import math
import re
from collections import defaultdict
from collections.abc import Sequence
from copy import copy
from functools import cache
from typing import Any

import numpy as np
import trafilatura
from lxml import etree
from trafilatura.settings import Document, Extractor

from variorum.intake.furniture import Line, look
from variorum.intake.page_blocks import PageBlock
from variorum.intake.page_marks import Marks, mark_names

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it warns of every page without a body

_WORD = re.compile(r"\w+")
_TAGS = (
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "li",
    "div",
    "td",
    "figcaption",
    "blockquote",
    "span",
    "section",
    "article",
    "pre",
)
_KINDS = ("related", "promotion", "share", "media", "tags", "timestamp", "notice", "byline", "credit", "caption",
    "teaser", "other")  # fmt: skip
_SILENT = (
    "script",
    "style",
    "noscript",
    "svg",
    "iframe",
    "template",
    "link",
    "meta",
    "source",
    "input",
    "select",
    "canvas",
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_LINKS_IN_LINKS = etree.XPath("count(//a[ancestor::a])")
MOST_LINKS_IN_LINKS = 60
"""Links inside of links, as unclosed ones are, up to which trafilatura is asked: its time grows with their square."""
MARGIN = 25
"""Blocks before and behind what trafilatura took that may still be a part of the article."""


def words_in(text: str) -> list[str]:
    """The words of a text, lower-cased."""
    return _WORD.findall(text.lower())


def _grams(words: list[str]) -> list[tuple[str, ...]]:
    return list(zip(words, words[1:], words[2:], words[3:], strict=False)) if len(words) > 3 else [tuple(words)]


class Told:
    """The article's text as another reader of the page tells it; asks how much of a block it holds."""

    def __init__(self, text: str | None) -> None:
        self.empty = not text
        self._grams: set[tuple[str, ...]] = set()
        for line in (text or "").split("\n"):
            self._grams.update(_grams(words_in(line)))

    def share(self, words: list[str]) -> float:
        """Part of some words that it holds, by runs of four; of fewer words, whether it holds a line of just these."""
        if self.empty or not words:
            return 0.0
        grams = _grams(words)
        return sum(map(self._grams.__contains__, grams)) / len(grams)


_NO_ARTICLE = ("nav", "aside", "footer", "head")
"""Elements that trafilatura drops in any case, but only after it has looked for the names of many things in them."""
_WITHIN_LINES = frozenset(("hi", "ref", "del", "code", "graphic", "span"))


@cache
def _options() -> Extractor:
    """Recall: more than the article does no harm, since what it takes is one voice of many; and it does without the
    second run that a short article leads to otherwise."""
    return Extractor(fast=True, recall=True, comments=False, output_format="txt")


def extracted(tree: Any) -> str | None:
    """The article's text as trafilatura extracts it, without comments; None where it finds none.

    Takes out of the tree what shows no text: call it when all else has been read from there.
    """
    etree.strip_elements(tree, *_SILENT, with_tail=False)
    if _LINKS_IN_LINKS(tree) > MOST_LINKS_IN_LINKS:
        return None
    bare = copy(tree)
    etree.strip_elements(bare, *_NO_ARTICLE, with_tail=False)
    try:
        found = trafilatura.bare_extraction(bare, options=_options())
    except (ValueError, TypeError, AttributeError, IndexError, KeyError, RecursionError):
        # Broken trees make it fail in many ways; without its voice the others decide.
        return None
    return _in_lines(found.body) if isinstance(found, Document) else None


def _in_lines(body: Any) -> str:
    """The words of what trafilatura extracted, a paragraph a line."""
    parts: list[str] = []
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if element.tag not in _WITHIN_LINES:
            parts.append("\n")
        words = element.text if event == "start" else element.tail
        if words:
            parts.append(words)
    return "".join(parts)


FEATURES: tuple[str, ...] = (
    "told", "told_before", "told_after", "told_near", "json", "json_there", "told_there", "length", "words",
    "linked", "emphasised", "ends", "prose",
    "title", "container", "container_rank", "peers", "peers_told", "place", "after_first", "before_last",
    "in_span", "gap_first", "gap_last", "line_tag_p", "opener_before", "sentences", "quote", "digit_start",
    "all_caps", "duplicate", "bullet_sep", "prev_linked", "next_linked", "prev_length", "next_length", "prev_same",
    "next_same", "parent_told", "prev_ends", "next_ends", "prev_json", "next_json", "heads_body", "prev_heading",
    *(f"tag_{tag}" for tag in _TAGS),
    *(f"kind_{kind}" for kind in _KINDS),
    *(f"near_{mark}" for mark in mark_names()),
    *(f"around_{mark}" for mark in mark_names()),
)  # fmt: skip


def features(
    blocks: Sequence[PageBlock],
    lines: Sequence[Line],
    words: Sequence[list[str]],
    *,
    told: Told,
    json: Told,
    title: str | None,
    marks: Marks,
) -> tuple[list[int], np.ndarray]:
    """The numbers of the blocks that may be a part of the article, and a row for each, in the order of ``FEATURES``."""
    told_of = [told.share(w) for w in words]
    json_of = [json.share(w) for w in words]
    linked = [block.link_share for block in blocks]
    tags = [block.tag for block in blocks]
    parents = [block.element.getparent() for block in blocks]
    title_words = set(words_in(title or ""))
    by_container: dict[Any, float] = defaultdict(float)
    by_peers: dict[tuple[Any, ...], list[float]] = defaultdict(lambda: [0.0, 0.0])
    seen: dict[tuple[str, ...], int] = defaultdict(int)
    peer_of: list[tuple[Any, ...]] = []
    told_in: dict[Any, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for n, block in enumerate(blocks):
        parent, length = parents[n], len(block.text)
        if linked[n] < 0.5 and lines[n].prose:
            by_container[parent] += length
        peer_of.append(_peer(block.element, parent))
        by_peers[peer_of[-1]][0] += 1
        by_peers[peer_of[-1]][1] += told_of[n]
        told_in[parent][0] += told_of[n] * length
        told_in[parent][1] += length
        seen[tuple(words[n])] += 1
    best = max(by_container.values(), default=1.0) or 1.0
    inside = [n for n, share in enumerate(told_of) if share > 0.6 and len(words[n]) > 7]
    first, last = (inside[0], inside[-1]) if inside else (0, len(blocks))
    total = max(1, len(blocks) - 1)
    likely = [
        told_of[n] > 0.3
        or json_of[n] > 0.3
        or (first - MARGIN <= n <= last + MARGIN and linked[n] < 0.9)
        or (linked[n] < 0.3 and lines[n].prose)
        for n in range(len(blocks))
    ]
    chosen = [n for n, is_likely in enumerate(likely) if is_likely]
    rows = np.zeros((len(chosen), len(FEATURES)), dtype=np.float32)
    at = _columns()
    made: list[tuple[float, ...]] = []
    near: list[int] = []
    around: list[int] = []
    opener = 0
    at_row = -1
    for n, block in enumerate(blocks):
        line = lines[n]
        opener = 6 if line.opener == "related" else max(0, opener - 1)
        if not likely[n]:
            continue
        at_row += 1
        before = blocks[n - 1] if n else None
        after = blocks[n + 1] if n + 1 < len(blocks) else None
        text, tag, parent = block.text, tags[n], parents[n]
        peers = by_peers[peer_of[n]]
        plain = (
            told_of[n], told_of[n - 1] if n else 0.0, told_of[n + 1] if after else 0.0,
            sum(told_of[max(0, n - 3) : n + 4]) / 7, json_of[n], float(not json.empty), float(not told.empty),
            math.log1p(len(text)), math.log1p(line.word_count), linked[n], block.emphasised / max(1, len(text)),
            line.ends, line.prose,
            len(title_words & set(words[n])) / max(len(title_words | set(words[n])), 1) if title_words else 0.0,
            by_container.get(parent, 0.0) / best, by_container.get(parent, 0.0) == best,
            math.log1p(peers[0]), peers[1] / peers[0], n / total, n >= first,
            n <= last, first <= n <= last, min(20, abs(n - first)) / 20, min(20, abs(n - last)) / 20,
            tag == "p", opener / 6, line.sentences > 1, text[0] in "“\"‘'",
            text[0].isdigit(), text.isupper(), seen[tuple(words[n])] > 1,
            "|" in text or "·" in text or "•" in text,
            linked[n - 1] if n else 1.0, linked[n + 1] if after else 1.0,
            math.log1p(len(before.text)) if before else 0.0, math.log1p(len(after.text)) if after else 0.0,
            before is not None and parents[n - 1] is parent,
            after is not None and parents[n + 1] is parent,
            told_in[parent][0] / told_in[parent][1],
            n > 0 and lines[n - 1].ends, after is not None and lines[n + 1].ends,
            json_of[n - 1] if n else 0.0, json_of[n + 1] if after else 0.0,
            tag in _HEADINGS and after is not None and tags[n + 1] not in _HEADINGS and parents[n + 1] is parent,
            before is not None and tags[n - 1] in _HEADINGS,
        )  # fmt: skip
        made.append(plain)
        for name in (f"tag_{tag}", f"kind_{line.kind}"):
            if name in at:
                rows[at_row, at[name]] = 1
        near.append(marks.near(block.element))
        around.append(marks.around(block.element))
    if made:
        rows[:, : len(made[0])] = made
        bits = 1 << np.arange(len(mark_names()))
        for name, found in (("near", near), ("around", around)):
            first_column = at[f"{name}_{mark_names()[0]}"]
            rows[:, first_column : first_column + len(bits)] = (np.array(found)[:, None] & bits) != 0
    return chosen, rows


@cache
def _columns() -> dict[str, int]:
    return {name: n for n, name in enumerate(FEATURES)}


def _peer(element: Any, parent: Any) -> tuple[Any, ...]:
    """What the elements that stand in the same kind of place have in common."""
    if parent is None:
        return element.tag, element.get("class"), None, None
    return element.tag, element.get("class"), parent.tag, parent.get("class")


def look_at(blocks: Sequence[PageBlock]) -> list[Line]:
    """What each block is when it is looked at alone."""
    return [look(block.text) for block in blocks]
