"""What speaks for and against a block of a page being a part of its article, as numbers."""

from __future__ import annotations

import logging
import math
import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import trafilatura
from lxml import etree

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
    return [tuple(words[i : i + 4]) for i in range(len(words) - 3)] if len(words) > 3 else [tuple(words)]


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
        return sum(g in self._grams for g in grams) / len(grams)


def extracted(tree: Any) -> str | None:
    """The article's text as trafilatura extracts it, without comments; None where it finds none.

    Takes out of the tree what shows no text: call it when all else has been read from there.
    """
    etree.strip_elements(tree, *_SILENT, with_tail=False)
    if _LINKS_IN_LINKS(tree) > MOST_LINKS_IN_LINKS:
        return None
    try:
        found = trafilatura.extract(tree, fast=True, include_comments=False, with_metadata=False)
    except (ValueError, TypeError, AttributeError, IndexError, KeyError, RecursionError):
        # Broken trees make it fail in many ways; without its voice the others decide.
        return None
    return found if isinstance(found, str) else None


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
    blocks: Sequence[PageBlock], lines: Sequence[Line], *, told: Told, json: Told, title: str | None, marks: Marks
) -> tuple[list[int], np.ndarray]:
    """The numbers of the blocks that may be a part of the article, and a row for each, in the order of ``FEATURES``."""
    words = [words_in(block.text) for block in blocks]
    told_of = [told.share(w) for w in words]
    json_of = [json.share(w) for w in words]
    title_words = set(words_in(title or ""))
    by_container: dict[Any, float] = defaultdict(float)
    by_peers: dict[tuple[Any, ...], list[float]] = defaultdict(lambda: [0.0, 0.0])
    seen: dict[tuple[str, ...], int] = defaultdict(int)
    peer_of: list[tuple[Any, ...]] = []
    told_in: dict[Any, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for n, block in enumerate(blocks):
        parent = block.element.getparent()
        if lines[n].prose and block.link_share < 0.5:
            by_container[parent] += len(block.text)
        peer_of.append(_peer(block))
        by_peers[peer_of[-1]][0] += 1
        by_peers[peer_of[-1]][1] += told_of[n]
        told_in[parent][0] += told_of[n] * len(block.text)
        told_in[parent][1] += len(block.text)
        seen[tuple(words[n])] += 1
    best = max(by_container.values(), default=1.0) or 1.0
    inside = [n for n, share in enumerate(told_of) if share > 0.6 and len(words[n]) > 7]
    first, last = (inside[0], inside[-1]) if inside else (0, len(blocks))
    total = max(1, len(blocks) - 1)
    likely = [
        told_of[n] > 0.3
        or json_of[n] > 0.3
        or (first - MARGIN <= n <= last + MARGIN and block.link_share < 0.9)
        or (lines[n].prose and block.link_share < 0.3)
        for n, block in enumerate(blocks)
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
        before = blocks[n - 1] if n else None
        after = blocks[n + 1] if n + 1 < len(blocks) else None
        opener = 6 if line.opener == "related" else max(0, opener - 1)
        if not likely[n]:
            continue
        at_row += 1
        parent = block.element.getparent()
        peers = by_peers[peer_of[n]]
        plain = (
            told_of[n], told_of[n - 1] if n else 0.0, told_of[n + 1] if n + 1 < len(blocks) else 0.0,
            sum(told_of[max(0, n - 3) : n + 4]) / 7, json_of[n], float(not json.empty), float(not told.empty),
            math.log1p(len(block.text)), math.log1p(line.word_count), block.link_share, block.emphasised / max(1,
                len(block.text)),
            float(line.ends), float(line.prose),
            len(title_words & set(words[n])) / max(len(title_words | set(words[n])), 1) if title_words else 0.0,
            by_container.get(parent, 0.0) / best, float(by_container.get(parent, 0.0) == best),
            math.log1p(peers[0]), peers[1] / peers[0], n / total, float(n >= first),
            float(n <= last), float(first <= n <= last), min(20, abs(n - first)) / 20, min(20, abs(n - last)) / 20,
            float(block.tag == "p"), opener / 6, float(line.sentences > 1), float(block.text[0] in "“\"‘'"),
            float(block.text[0].isdigit()), float(block.text.isupper()), float(seen[tuple(words[n])] > 1),
            float("|" in block.text or "·" in block.text or "•" in block.text),
            before.link_share if before else 1.0, after.link_share if after else 1.0,
            math.log1p(len(before.text)) if before else 0.0, math.log1p(len(after.text)) if after else 0.0,
            float(before is not None and before.element.getparent() is parent),
            float(after is not None and after.element.getparent() is parent),
            told_in[parent][0] / told_in[parent][1],
            float(lines[n - 1].ends) if n else 0.0, float(lines[n + 1].ends) if after else 0.0,
            json_of[n - 1] if n else 0.0, json_of[n + 1] if after else 0.0,
            float(
                block.tag in _HEADINGS and after is not None and after.tag not in _HEADINGS
                and after.element.getparent() is parent
            ),
            float(before is not None and before.tag in _HEADINGS),
        )  # fmt: skip
        made.append(plain)
        for name in (f"tag_{block.tag}", f"kind_{line.kind}"):
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


def _peer(block: PageBlock) -> tuple[Any, ...]:
    element = block.element
    parent = element.getparent()
    return (
        element.tag,
        element.get("class"),
        parent.tag if parent is not None else None,
        parent.get("class") if parent is not None else None,
    )


def look_at(blocks: Sequence[PageBlock]) -> list[Line]:
    """What each block is when it is looked at alone."""
    return [look(block.text) for block in blocks]
