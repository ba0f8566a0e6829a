"""A report: one outlet's text, kept exactly as received, with typed blocks and metadata."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from variorum.model.span import Extent

BlockKind = Literal[
    "headline",
    "subheading",
    "byline",
    "dateline",
    "timestamp",
    "body",
    "list",
    "quotation",
    "caption",
    "credit",
    "related",
    "teaser",
    "promotion",
    "media",
    "tags",
    "share",
    "notice",
    "other",
]
BLOCK_KINDS: tuple[BlockKind, ...] = get_args(BlockKind)

ARTICLE_KINDS: frozenset[BlockKind] = frozenset({"headline", "subheading", "body", "list", "quotation"})
"""Blocks that tell the story: the only ones that statements, figures, events and positions are read from."""
READ_KINDS: frozenset[BlockKind] = ARTICLE_KINDS | {"caption", "notice"}
"""Blocks that are parsed at all: captions and notices also count for names, dates, places and lineage."""

DateBasis = Literal["metadata", "dateline", "timestamp", "caption", "estimate"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A stretch of a report of one kind. Blocks do not overlap and stand in the order of the text."""

    kind: BlockKind
    start: int
    end: int
    path: str | None = None
    """Where the block stood in the page it came from (an element path), if it came from a page."""

    @property
    def extent(self) -> Extent:
        """The block's stretch of the text."""
        return Extent(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dateline:
    """Place, date and agency that open an agency text: ``Washington, 8 November 2023 (TDI):``."""

    place: str | None
    date: str | None
    """ISO date, as precise as the dateline is (``2023-11-08``, ``2023-11``)."""
    agency: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """When the report appeared, and how that is known."""

    date: str
    """ISO date or, from metadata, date and time."""
    basis: DateBasis
    """Where the date comes from; ``estimate`` where it was worked out and not stated."""
    start: int | None = None
    end: int | None = None
    """The words that it rests on; absent only where it rests on metadata outside the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """An agency or outlet that the report names as standing behind its text or its pictures."""

    agency: str
    """The name by which the agency is known (``Associated Press`` for ``AP``)."""
    start: int
    end: int
    of: Literal["text", "picture"] = "text"
    """Whether it stands behind the words or only behind a picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One outlet's text with what intake found around it."""

    id: str
    text: str
    """Exactly as received (for pages: all visible text in reading order)."""
    blocks: tuple[Block, ...] = ()
    headline: Extent | None = None
    bylines: tuple[Extent, ...] = ()
    outlet: str | None = None
    language: str = "en"
    """ISO 639-1 code; ``und`` where it could not be established."""
    dateline: Dateline | None = None
    published: Published | None = None
    modified: str | None = None
    """ISO date or date and time of the last change, if metadata gives one."""
    credits: tuple[Credit, ...] = ()
    title: str | None = None
    """A title that came with the report and need not stand in its text."""
    url: str | None = None
    """The canonical address."""
    section: str | None = None
    location: str | None = None
    """The input as the user named it (a path, an address)."""
    authors: tuple[str, ...] = ()
    """Bylines from metadata, which need not stand in the text."""
    advisory: str | None = None
    """A wire's change note ("updates death toll in paragraph 4")."""
    notes: tuple[str, ...] = ()
    """What a reader should know about how this report was taken in ("read as Latin-1")."""
