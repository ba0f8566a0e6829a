"""A page (HTML) to a ``Report``: all visible text in reading order, every block typed and with its path, and metadata.

html ──parse──▶ tree ──▶ blocks ──features──▶ votes ──▶ kinds
                  └────▶ metadata
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np

from variorum.errors import IntakeError
from variorum.intake.bylines import names_alone, opens_with_first_name
from variorum.intake.furniture import Line
from variorum.intake.language import find_language
from variorum.intake.page_blocks import LONGEST_PAGE, MOST_BLOCKS, PageBlock, Paths, page_blocks, parse_page
from variorum.intake.page_body import BODY, body_kind, body_votes, find_headline, heading_above, other_kind
from variorum.intake.page_features import Told, extracted, features, look_at, words_in
from variorum.intake.page_marks import Marks
from variorum.intake.page_meta import PageMeta, page_meta
from variorum.intake.plain import finish_report
from variorum.model import Block, Report
from variorum.model.report import BlockKind


def report_from_html(
    html: str,
    *,
    id: str,
    url: str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    published: str | None = None,
    location: str | None = None,
    notes: tuple[str, ...] = (),
    linked_data: bool = True,
) -> Report:
    """One report from a page.

    Args:
        html: the page's source. It is only parsed: nothing in it runs and nothing that it names is fetched.
        id: the id of the report.
        url: where the page came from; its own canonical address wins.
        title, outlet, published: metadata that came with the page; they win over the page's own.
        location: the input as the user named it.
        notes: what a reader should know about how the page was taken in.
        linked_data: whether to look at the page's JSON-LD.

    Raises:
        IntakeError: the page shows no text.
    """
    if len(html) > LONGEST_PAGE:
        notes = (*notes, f"only the first {LONGEST_PAGE / 2**20:.0f} million characters of the page were read")
    tree = parse_page(html)
    meta = page_meta(tree, url, linked_data=linked_data) if tree is not None else PageMeta()
    shown = page_blocks(tree) if tree is not None else []
    if not shown:
        raise IntakeError(location or url or id, "has no text")
    if len(shown) > MOST_BLOCKS:
        notes = (*notes, f"only the first {len(shown):,} stretches of the page's text were taken")
    if meta.is_locked:
        notes = (*notes, "the outlet says that the article is not free to read: the page may hold a part of it only")
    lines = look_at(shown)
    kinds = _kinds(tree, shown, lines, meta, title)
    text, blocks = _laid_out(shown, kinds)
    if not any(block.kind == "body" for block in blocks):
        notes = (*notes, "no article was found on the page")
    body = " ".join(text[b.start : b.end] for b in blocks if b.kind in ("body", "headline"))[:4000]
    report = finish_report(
        text,
        blocks,
        id=id,
        title=title or _title(meta),
        outlet=outlet or meta.outlet,
        published=published or meta.published,
        url=meta.url or url,
        location=location,
        notes=notes,
        language=find_language(body) if len(body) > 200 else (meta.language or find_language(body)),
        modified=meta.modified,
        section=meta.section,
        authors=meta.authors,
    )
    if meta.authors_linked or not report.bylines:
        return report
    return replace(report, authors=_beside(report.authors, [b.of(text) for b in report.bylines]))


def _beside(authors: Sequence[str], bylines: Sequence[str]) -> tuple[str, ...]:
    """The authors of a page's tags that its visible bylines bear out, or that are persons' names by their first names."""
    shown = {name.lower() for name in bylines}
    return tuple(name for name in authors if name.lower() in shown or opens_with_first_name(name))


SUBHEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
NEAR_SISTERS = 4
"""Blocks before and behind a subheading within which its article's paragraphs stand: an advertisement may lie between."""
ABOVE, BELOW = 12, 6
"""Blocks before the headline and behind the article in which a caption may be this story's."""


def _title(meta: PageMeta) -> str | None:
    return meta.headlines[0] if meta.headlines else None


def page_rows(
    tree: Any,
    shown: Sequence[PageBlock],
    lines: Sequence[Line],
    words: Sequence[list[str]],
    meta: PageMeta,
    marks: Marks,
) -> tuple[list[int], np.ndarray]:
    """The blocks that may be a part of the article, and what speaks for and against each, a row of numbers a block."""
    told, json = Told(extracted(tree)), Told(meta.body)
    return features(shown, lines, words, told=told, json=json, title=_title(meta), marks=marks)


def _kinds(
    tree: Any, shown: Sequence[PageBlock], lines: Sequence[Line], meta: PageMeta, title: str | None
) -> list[BlockKind]:
    """The kind of each block of a page."""
    if not shown:
        return []
    titles = ([title] if title else []) + list(meta.headlines)
    marks = Marks()
    words = [words_in(block.text) for block in shown]
    likely, rows = page_rows(tree, shown, lines, words, meta, marks)
    votes = np.zeros(len(shown), dtype=np.float32)
    votes[likely] = body_votes(rows)
    headline = find_headline(shown, lines, words, titles)
    chosen = votes > BODY
    if not chosen.any():
        chosen = _plain_choice(shown, lines)
    _add_sisters(chosen, shown, lines)
    if headline is None:
        headline = heading_above(shown, lines, chosen, marks)
    body = np.flatnonzero(chosen)
    top = headline if headline is not None else (int(body[0]) if len(body) else 0)
    bottom = int(body[-1]) if len(body) else len(shown)
    kinds: list[BlockKind] = []
    for number, (block, line) in enumerate(zip(shown, lines, strict=True)):
        if number == headline:
            kinds.append("headline")
        elif chosen[number]:
            kinds.append(body_kind(block, line))
        else:
            kinds.append(other_kind(block, line, marks, meta.authors, in_story=top - ABOVE <= number <= bottom + BELOW))
    _type_names(shown, lines, kinds)
    return kinds


def _add_sisters(chosen: np.ndarray, shown: Sequence[PageBlock], lines: Sequence[Line]) -> None:
    """Take in what stands between two blocks of the article as their sister: its subheadings, and sentences like them."""
    voted = chosen.copy()
    for number in range(1, len(shown) - 1):
        block, line = shown[number], lines[number]
        if voted[number] or block.link_share > 0 or line.kind or line.opener:
            continue
        if block.tag not in SUBHEADINGS and not (line.ends and block.tag == "p"):
            continue
        parent = block.element.getparent()
        reach = NEAR_SISTERS if block.tag in SUBHEADINGS else 1
        chosen[number] = all(
            any(voted[n] and shown[n].tag == "p" and shown[n].element.getparent() is parent for n in side)
            for side in (range(max(0, number - reach), number), range(number + 1, min(len(shown), number + reach + 1)))
        )


def _plain_choice(shown: Sequence[PageBlock], lines: Sequence[Line]) -> np.ndarray:
    """The paragraphs of a page on which nothing was taken for an article: prose that is no list of links."""
    return np.array(
        [line.prose and line.kind is None and block.link_share < 0.4 for block, line in zip(shown, lines, strict=True)]
    )


def _type_names(shown: Sequence[PageBlock], lines: Sequence[Line], kinds: list[BlockKind]) -> None:
    """Names that stand alone between headline and body are who wrote it."""
    if "headline" not in kinds or "body" not in kinds:
        return
    for number in range(kinds.index("headline") + 1, kinds.index("body")):
        if kinds[number] == "other" and names_alone(lines[number].words):
            kinds[number] = "byline"


def _laid_out(shown: Sequence[PageBlock], kinds: Sequence[BlockKind]) -> tuple[str, list[Block]]:
    """The report's text, blocks apart by an empty line, and the blocks in it."""
    parts: list[str] = []
    blocks: list[Block] = []
    at = 0
    paths = Paths()
    for block, kind in zip(shown, kinds, strict=True):
        parts.append(block.text)
        blocks.append(Block(kind=kind, start=at, end=at + len(block.text), path=paths.of(block.element)))
        at += len(block.text) + 2
    if any(b.start <= a.start for a, b in pairwise(blocks)):
        raise AssertionError("blocks of a page must follow one another")
    return "\n\n".join(parts), blocks
