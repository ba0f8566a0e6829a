"""PDF through pypdf: the text layer, page by page. A scanned page has none, and is said to have none."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from variorum.errors import IntakeError
from variorum.intake.formats import Taken
from variorum.intake.objects import report_from_object

MOST_PAGES = 500
LONGEST_TEXT = 4_000_000
"""Characters; a news report is shorter by far, and a hostile file longer."""
_HYPHEN = re.compile(r"(?<=[a-z])-\n(?=[a-z])")


def reports_from_pdf(content: bytes, *, where: str) -> Iterator[Taken]:
    """The one report of a PDF. Words that a line break hyphenates are joined; lines are kept otherwise."""
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            yield IntakeError(where, "an encrypted PDF")
            return
        if len(reader.pages) > MOST_PAGES:
            yield IntakeError(where, f"a PDF of {len(reader.pages)} pages (at most {MOST_PAGES} are read)")
            return
        pages: list[str] = []
        for page in reader.pages:
            pages.append(page.extract_text())
            if sum(map(len, pages)) > LONGEST_TEXT:
                yield IntakeError(where, f"a PDF with more than {LONGEST_TEXT} characters")
                return
        title = reader.metadata.title if reader.metadata else None
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as error:
        # pypdf raises any of these on files that are no PDF inside
        yield IntakeError(where, f"not readable as PDF ({type(error).__name__})")
        return
    text = _HYPHEN.sub("", "\n\n".join(page.strip() for page in pages if page.strip()))
    if not text:
        yield IntakeError(where, "a PDF without a text layer (a scan?)")
        return
    try:
        yield report_from_object({"text": text, "title": title or None, "location": where}, where=where)
    except IntakeError as error:
        yield error
