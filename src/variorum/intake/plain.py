"""Plain text, as pasted from a page or taken from a file, to a ``Report`` with typed blocks.

text ──paragraphs──▶ extents ──kinds──▶ blocks ──▶ dateline ──▶ bylines, credits, date, language
"""

from __future__ import annotations

import re

from variorum.intake.agencies import find_credits
from variorum.intake.bylines import LONGEST, MOST, byline_names, is_outlet
from variorum.intake.datelines import FoundDateline, find_dateline
from variorum.intake.dating import as_date, dateline_date, find_published, plain_date
from variorum.intake.heads import HEAD
from variorum.intake.language import find_language
from variorum.intake.layout import type_paragraphs
from variorum.intake.lines import paragraphs
from variorum.model import Block, Credit, Dateline, Extent, Report

MOST_PARAGRAPHS_LOOKED_AT = 400_000
"""Paragraphs of one text that are typed; what stands behind them is left out of the blocks, with a note."""


def report_from_text(
    text: str,
    *,
    id: str,
    title: str | None = None,
    outlet: str | None = None,
    published: str | None = None,
    url: str | None = None,
    location: str | None = None,
    notes: tuple[str, ...] = (),
    language: str | None = None,
) -> Report:
    """One report from plain text.

    Args:
        text: kept exactly as it is; all offsets count its code points.
        id: the id of the report.
        title, outlet, published, url: metadata that came with the text; ``published`` is an ISO date or date and time.
        location: the input as the user named it.
        notes: what a reader should know about how the text was taken in.
        language: its language, where that is known.
    """
    extents = paragraphs(text)
    if len(extents) > MOST_PARAGRAPHS_LOOKED_AT:
        notes = (*notes, f"only the first {MOST_PARAGRAPHS_LOOKED_AT:,} of {len(extents):,} paragraphs were looked at")
        extents = extents[:MOST_PARAGRAPHS_LOOKED_AT]
    kinds = type_paragraphs([extent.of(text) for extent in extents], title=title)
    blocks = _cut_site(text, [Block(kind=k, start=e.start, end=e.end) for k, e in zip(kinds, extents, strict=True)])
    return finish_report(
        text, blocks, id=id, title=title, outlet=outlet, published=published, url=url, location=location, notes=notes,
        language=language,
    )  # fmt: skip


def finish_report(
    text: str,
    blocks: list[Block],
    *,
    id: str,
    title: str | None = None,
    outlet: str | None = None,
    published: str | None = None,
    url: str | None = None,
    location: str | None = None,
    notes: tuple[str, ...] = (),
    language: str | None = None,
    modified: str | None = None,
    section: str | None = None,
    authors: tuple[str, ...] = (),
) -> Report:
    """A report out of a text and its typed blocks: dateline cut off, bylines, credits, date and language found."""
    blocks, found = _cut_dateline(text, blocks)
    stated = plain_date(published) if published else None
    if published and not stated:
        notes = (*notes, f"the date that came with it could not be read: {published[:40]!r}")
    shown = tuple(blocks)
    dateline = None
    if found:
        extent, parts = found
        near = find_published(text, shown, metadata=stated, dateline=None)
        near_day = as_date(near.date) if near and near.basis != "estimate" else None
        day = dateline_date(parts.date, near_day) if parts.date else None
        dateline = Dateline(place=parts.place, date=day, agency=parts.agency, start=extent.start, end=extent.end)
    day_and_place = (dateline.date, dateline.start, dateline.end) if dateline and dateline.date else None
    if language is None:
        language = find_language(_article(text, shown))
        if language not in ("en", "und"):
            notes = (*notes, f"the text seems to be in another language than English ({language})")
    headline = next((b.extent for b in shown if b.kind == "headline"), None)
    return Report(
        id=id,
        text=text,
        blocks=shown,
        headline=headline,
        bylines=_bylines(text, shown, authors),
        outlet=outlet,
        language=language,
        dateline=dateline,
        published=find_published(text, shown, metadata=stated, dateline=day_and_place),
        modified=modified,
        credits=_with_dateline(text, find_credits(text, shown), dateline),
        title=title,
        url=url,
        section=section,
        location=location,
        authors=authors,
        advisory=_advisory(text, shown),
        notes=notes,
    )


_SITE = re.compile(r"\s+[|–—-]\s+(?P<site>[^|–—]{2,40})$")
_NAME_OF_SITE = re.compile(r"(?:The )?[A-Z][\w.’'&]*(?: (?:of |the |and |& )?[A-Z][\w.’'&]*){0,4}")


def _cut_site(text: str, blocks: list[Block]) -> list[Block]:
    """The outlet that a page's title names behind the headline ("Strike spreads | The Daily Example"), as a block of tags.

    Behind a bar any name is the site's; behind a dash only that of a known outlet.
    """
    for number, block in enumerate(blocks[:HEAD]):
        if block.kind != "headline" or block.end - block.start > 400:
            continue
        words = text[block.start : block.end]
        match = _SITE.search(words)
        if match is None or len(words[: match.start()].split()) < 3:
            return blocks
        site = match["site"].strip()
        if not (is_outlet(site) or ("|" in match.group() and _NAME_OF_SITE.fullmatch(site))):
            return blocks
        title = Block(kind="headline", start=block.start, end=block.start + match.start(), path=block.path)
        behind = Block(kind="tags", start=block.start + match.start("site"), end=block.end, path=block.path)
        return [*blocks[:number], title, behind, *blocks[number + 1 :]]
    return blocks


def _with_dateline(text: str, credits: tuple[Credit, ...], dateline: Dateline | None) -> tuple[Credit, ...]:
    """The credits, and the agency that the dateline names, whether a table knows it or not."""
    if dateline is None or not dateline.agency:
        return credits
    start = text.find(dateline.agency, dateline.start, dateline.end)
    end = start + len(dateline.agency)
    if start < 0 or any(c.start < end and start < c.end for c in credits):
        return credits
    own = Credit(agency=dateline.agency, start=start, end=end, of="text")
    return tuple(sorted((*credits, own), key=lambda c: (c.start, c.end)))


def _article(text: str, blocks: tuple[Block, ...]) -> str:
    parts, length = [], 0
    for block in blocks:
        if block.kind in ("body", "list", "quotation", "headline"):
            parts.append(text[block.start : min(block.end, block.start + 3000)])
            length += len(parts[-1])
            if length > 3000:
                break
    return " ".join(parts)


def _cut_dateline(text: str, blocks: list[Block]) -> tuple[list[Block], tuple[Extent, FoundDateline] | None]:
    """The dateline as a block of its own before the first paragraph of the body that opens with one."""
    looked_at = 0
    for number, block in enumerate(blocks):
        if block.kind not in ("body", "subheading"):
            continue
        words = text[block.start : min(block.end, block.start + 1000)]
        found = find_dateline(words)
        if found is None:
            looked_at += block.kind == "body"
            if looked_at >= 2:
                return blocks, None
            continue
        start, end = block.start, block.start + found.end
        rest = block.start + found.body
        while rest < block.end and text[rest].isspace():
            rest += 1
        new = [Block(kind="dateline", start=start, end=min(rest, block.end), path=block.path)]
        new[0] = Block(kind="dateline", start=start, end=start + len(text[start:rest].rstrip()), path=block.path)
        if rest < block.end:
            new.append(Block(kind="body", start=rest, end=block.end, path=block.path))
        return [*blocks[:number], *new, *blocks[number + 1 :]], (Extent(start, end), found)
    return blocks, None


def _bylines(text: str, blocks: tuple[Block, ...], authors: tuple[str, ...]) -> tuple[Extent, ...]:
    """Names of the writers: out of the lines above the body, or else behind it, or else between.

    Within the body stand the bylines of other stories too. Where one name is sure, those that only look like one are not
    taken.
    """
    body = [n for n, b in enumerate(blocks) if b.kind == "body"]
    first, last = (body[min(2, len(body) - 1)], body[-1]) if body else (len(blocks), len(blocks))
    headline = next((n for n, b in enumerate(blocks) if b.kind == "headline"), 0)
    for places in (range(max(0, headline - 3), first), range(last + 1, last + 4), range(first, last)):
        found: list[tuple[Extent, bool]] = []
        for block in (blocks[n] for n in places if n < len(blocks)):
            if block.kind == "byline" and block.end - block.start <= LONGEST:
                words = text[block.start : block.end].replace("'", "’").replace("\u00a0", " ")
                names = byline_names(words, known=authors)
                found += [(Extent(block.start + n.start, block.start + n.end), n.is_sure) for n in names]
        if found:
            best = any(is_sure for _, is_sure in found)
            by_name = {extent.of(text): extent for extent, is_sure in reversed(found) if is_sure or not best}
            return tuple(sorted(by_name.values()))[:MOST]
    return ()


_ADVISORY = re.compile(
    r"(?i)\(?(?:updates?|adds?|recasts|corrects|refiles|repeats|rewrites|writes through|changes|edits|upd)\b"
)


def _advisory(text: str, blocks: tuple[Block, ...]) -> str | None:
    """A wire's note on what changed ("updates death toll in paragraph 4")."""
    for block in blocks:
        words = text[block.start : block.end]
        if block.kind == "notice" and len(words) <= 300 and _ADVISORY.match(words):
            return " ".join(words.split())
    return None
