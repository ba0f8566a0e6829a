"""WARC crawls (ISO 28500), plain, gzip or zstd, streamed through FastWARC: one report an HTML response."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from variorum.errors import IntakeError
from variorum.intake.decode import decode
from variorum.intake.formats import Taken
from variorum.intake.objects import report_from_object

PAGE_TYPES = {"text/html", "application/xhtml+xml"}
LARGEST_PAGE = 16 * 2**20
"""Bytes of one response that are read; a larger one is refused."""


def reports_from_warc(
    source: Path | BinaryIO, *, where: str, stop: int | None = None, number: int = 0, wanted: range | None = None
) -> Iterator[Taken]:
    """The HTML responses of a crawl, in its order, with bounded memory.

    FastWARC ends without a word where a file was cut off, so each record's length is checked against its header.

    Args:
        source: a file, or an open one that stands at the start of a record.
        where: the crawl as a message should name it.
        stop: the byte at which a record starts that is no longer wanted.
        number: responses before the first one.
        wanted: numbers of the responses that are read, from 1; all if not said.
    """
    stream = str(source) if isinstance(source, Path) else source
    try:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=False):
            if stop is not None and record.stream_pos >= stop:
                return
            number += 1
            if wanted is None or number in wanted:
                yield from _response(record, where=f"{where}: record {number}")
            if wanted is not None and number + 1 >= wanted.stop:
                return  # what follows may be damaged, which is not for this stretch to tell
    except (OSError, ValueError, EOFError) as error:
        yield IntakeError(where, f"the crawl breaks off after {number} responses ({error})")


def _response(record: WarcRecord, *, where: str) -> Iterator[Taken]:
    url = record.headers.get("WARC-Target-URI")
    named = f"{where} ({url})" if url else where
    if record.content_length > LARGEST_PAGE:
        yield IntakeError(named, f"over {LARGEST_PAGE // 2**20} MB")
        return
    before = record.content_length
    raw = record.reader.read()
    if len(raw) < before:
        yield IntakeError(named, f"cut off: {len(raw)} of {before} bytes are there")
        return
    record.set_bytes_content(raw)
    record.parse_http(auto_decode="all")
    if record.http_content_type is None or record.http_content_type.lower() not in PAGE_TYPES:
        return
    try:
        text, notes = decode(record.reader.read(), named, charset=record.http_charset)
        yield report_from_object({"html": text, "url": url, "location": url or where}, where=named, notes=notes)
    except IntakeError as error:
        yield error
