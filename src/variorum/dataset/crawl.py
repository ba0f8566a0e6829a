"""A first look at a crawl: where its responses are, whether it was cut off, and where it is damaged.

FastWARC ends without a word where a plain or gzip file was cut off, so the end is looked at anew. Where it stops at damage, the
next record that can be entered is searched, and the look goes on from there.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

import fsspec
from fastwarc.warc import ArchiveIterator, WarcRecordType

MOST_TRIED = 10_000
"""Places of one crawl that are tried for a record, so that a forged one costs no more than that."""
_TOLD = 3
"""Damages of one crawl that are told one by one."""
_STARTS = re.compile(rb"WARC/1\.\d\r?\n|\x1f\x8b\x08|\x28\xb5\x2f\xfd")
"""What a record begins with: its own first line, or the first bytes of a gzip member or of a zstd frame."""
_LONGEST_START = 10
_CHUNK = 1 << 20
_UNPACKED = 1 << 24
"""Bytes that are unpacked at once, however much a chunk would unpack to."""


@dataclass(slots=True)
class Stretch:
    """A part of a crawl without damage."""

    start: int
    places: list[int] = field(default_factory=list)
    """Where its responses begin."""
    end: int | None = None
    """The record that was cut off, if one was."""
    last: int = -1
    """The last record of which anything could be read."""
    error: str | None = None
    """Why it could not be read further."""


@dataclass(frozen=True, slots=True)
class Crawl:
    """What a crawl holds."""

    stretches: list[Stretch]
    entered: bool
    """Whether it can be entered at a record: not where it was compressed as one piece."""
    problem: str | None

    @property
    def responses(self) -> int:
        """How many there are."""
        return sum(len(stretch.places) for stretch in self.stretches)


def look_through(stream: BinaryIO | io.RawIOBase, url: str) -> Crawl:
    """Find the responses of a crawl, and what is wrong with it.

    Args:
        stream: the crawl from its first byte on.
        url: where it lies, for what has to be looked at anew.
    """
    stretch = Stretch(0)
    entered = _follow(stream, stretch)
    stretches = [stretch]
    tried = iter(range(MOST_TRIED))
    while entered and (stretch.error is not None or stretch.end is not None):
        place = _next_record(url, _search_from(url, stretch), tried)
        if place is None:
            break
        stretch.end = None
        stretch = Stretch(place)
        with fsspec.open(url, "rb") as again:
            again.seek(place)
            _follow(again, stretch)
        stretches.append(stretch)
    if entered and stretch.error is None and stretch.end is None and stretch.last >= 0:
        stretch.end = _cut_off(url, stretch.last)
        if stretch.end is not None and stretch.places[-1:] == [stretch.end]:
            stretch.places.pop()
    found = Crawl(stretches, entered, None)
    return Crawl(stretches, entered, _problem(found))


def _follow(stream: BinaryIO | io.RawIOBase, stretch: Stretch) -> bool:
    """Fill in a stretch from its first record on, up to damage or the end; whether each record can be entered."""
    entered = True
    try:
        for record in ArchiveIterator(stream, parse_http=False):
            place = record.stream_pos
            entered = entered and place > stretch.last
            stretch.last = place
            if record.reader.consume() < record.content_length:
                stretch.end = place
                break
            if record.record_type == WarcRecordType.response:
                stretch.places.append(place)
    except (OSError, EOFError, ValueError) as error:
        stretch.error = first_line(error)
    return entered


def _problem(crawl: Crawl) -> str | None:
    *before, final = crawl.stretches
    if final.last < 0:
        return f"not readable as WARC ({final.error})" if final.error else "holds no WARC record"
    told = [
        f"{_after(one)}, read on from byte {two.start}" for one, two in zip(before, crawl.stretches[1:], strict=True)
    ]
    if final.error is not None:
        told.append(f"{_after(final)}, what follows was not read")
    parts = []
    if told:
        more = f"; and {len(told) - _TOLD} times more" if len(told) > _TOLD else ""
        why = next((one.error for one in crawl.stretches if one.error), None)
        parts.append(f"damaged {'; '.join(told[:_TOLD])}{more}" + (f" ({why})" if why else ""))
    if final.end is not None:
        parts.append(f"cut off in the record at byte {final.end}")
    return "; ".join([*parts, f"the other {crawl.responses} responses were read"]) if parts else None


def _after(stretch: Stretch) -> str:
    return f"after the record at byte {stretch.last}" if stretch.last >= 0 else "at the start"


# ---- damage ------------------------------------------------------------------------------------------


def _search_from(url: str, stretch: Stretch) -> int:
    """Where to search for the next record. The last one is taken out of the stretch if it is not whole.

    A record of a plain file that lost some bytes ends amid the next one, which then cannot be read; in compressed files
    each record is checked by its own.
    """
    if stretch.last < 0 or stretch.error is None:
        return stretch.last + 1
    end = _plain_end(url, stretch.last)
    if end is None:
        return stretch.last + 1
    with fsspec.open(url, "rb") as stream:
        stream.seek(end - len(_BLANK))
        whole = stream.read(len(_BLANK)) == _BLANK
    if whole:
        return end
    if stretch.places[-1:] == [stretch.last]:
        stretch.places.pop()
    return stretch.last + 1


def _next_record(url: str, start: int, tried: Iterator[int]) -> int | None:
    """The first place from ``start`` on where a record can be entered; null if there is none, or none that was tried."""
    with fsspec.open(url, "rb") as stream, fsspec.open(url, "rb") as probe:
        stream.seek(start)
        data, end, last = b"", start, start - 1
        while chunk := stream.read(_CHUNK):
            data = data[-_LONGEST_START:] + chunk
            end += len(chunk)
            for found in _STARTS.finditer(data):
                place = end - len(data) + found.start()
                if place <= last:
                    continue
                last = place
                if next(tried, None) is None:
                    return None
                if _begins(probe, place):
                    return place
    return None


def _begins(stream: BinaryIO, place: int) -> bool:
    """Whether a record begins at a place."""
    stream.seek(place)
    try:
        record = next(iter(ArchiveIterator(stream, parse_http=False)), None)
    except (OSError, EOFError, ValueError):
        return False
    return record is not None and {"warc-type", "content-length"} <= {name.lower() for name in record.headers.asdict()}


# ---- the end -----------------------------------------------------------------------------------------

_BLANK = b"\r\n\r\n"
"""What ends the header of a record, and a record of a plain file."""


def _plain_end(url: str, place: int) -> int | None:
    """One past the last byte of a record of a plain file; null in a compressed one, or where its header is not whole."""
    with fsspec.open(url, "rb") as stream:
        stream.seek(place)
        fields, ended, _ = stream.read(_CHUNK).partition(_BLANK)
    length = re.search(rb"(?im)^content-length:\s*(\d+)\s*$", fields)
    if not fields.startswith(b"WARC/") or not ended or length is None:
        return None
    return place + len(fields) + len(ended) + int(length[1]) + len(_BLANK)


def _cut_off(url: str, last: int) -> int | None:
    """Where the end of a crawl whose last record starts at ``last`` is not whole: the place of the record that is cut."""
    with fsspec.open(url, "rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(last)
        head = stream.read(_CHUNK)
        if head[:2] == b"\x1f\x8b":
            return _cut_member(head, stream, last)
        if head[:4] == b"\x28\xb5\x2f\xfd":
            return None  # FastWARC says itself where a zstd frame is not whole
        end = _plain_end(url, last)
        if end is None:
            return last
        stream.seek(min(end, size))
        return end if stream.read(_CHUNK).strip() else None


def _cut_member(head: bytes, stream: BinaryIO, start: int) -> int | None:
    """Where the last gzip member from ``start`` on does not end as a member must: its first byte."""
    data = head
    while data.strip(b"\0"):
        unpacker = zlib.decompressobj(wbits=31)
        taken = 0
        while not unpacker.eof:
            if not data:
                return start
            try:
                unpacker.decompress(data, _UNPACKED)
            except zlib.error:
                return start
            left = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
            taken += len(data) - len(left)
            data = left or stream.read(_CHUNK)
        start += taken
    return None


def first_line(error: BaseException) -> str:
    """What a fault says, in one line."""
    return str(error).splitlines()[0] if str(error) else type(error).__name__
