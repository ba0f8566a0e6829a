"""A first look at an input: what it holds, its hash, whether it is whole, and the units that it is read in."""

from __future__ import annotations

import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import BinaryIO

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq

from variorum.dataset.crawl import first_line, look_through
from variorum.dataset.inputs import Input
from variorum.intake.decode import LARGEST
from variorum.intake.formats.table import TEXT_COLUMNS

REPORTS_A_UNIT = 256
"""Reports that are read in one go: half a minute of one processor, which is what a run that is killed may lose."""
BYTES_A_UNIT = 32 * 2**20
"""The same where the reports are large."""
PACKED_REPORTS_A_UNIT = 2048
"""The same for compressed lines, which cannot be entered in the middle: each unit unpacks what comes before it."""
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A stretch of an input that is read in one go."""

    number: int
    start: int
    """First byte (crawls, plain lines), line (packed lines) or row (tables)."""
    stop: int | None
    """One past the last; null for all that is left."""
    before: int
    """Responses or lines before it."""
    count: int
    """Reports that it may hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surveyed:
    """An input after the first look."""

    given: Input
    size: int = 0
    """Bytes."""
    hash: str = ""
    """BLAKE2b of its bytes."""
    units: tuple[Unit, ...] = ()
    problem: str | None = None
    """Why it, or what is missing of it, was rejected."""


class _Hashed(io.RawIOBase):
    """A stream whose bytes are hashed as they are read."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._hash = hashlib.blake2b(digest_size=16)
        self.size = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        self._hash.update(data)
        self.size += len(data)
        return len(data)

    def tell(self) -> int:
        return self.size

    def finish(self) -> str:
        while self.read(_CHUNK):
            pass
        return self._hash.hexdigest()


@dataclass(slots=True)
class _Cutter:
    """Cuts what comes one after the other into units."""

    units: list[Unit] = field(default_factory=list)
    start: int = 0
    before: int = 0
    count: int = 0

    def more(self, place: int, *, most: int, size: int = BYTES_A_UNIT) -> None:
        """One more report, which starts at a place."""
        if self.count >= most or (self.count and place - self.start >= size):
            self.end(place)
        self.count += 1

    def end(self, place: int | None) -> None:
        """No more in this unit."""
        if self.count:
            self.units.append(
                Unit(number=len(self.units), start=self.start, stop=place, before=self.before, count=self.count)
            )
        self.before += self.count
        self.start, self.count = place or 0, 0


def survey(given: Input) -> Surveyed:
    """Look through an input once. What cannot be read is said in ``problem``, never raised."""
    try:
        with fsspec.open(given.url, "rb") as stream:
            match given.kind:
                case "warc":
                    return _crawl(given, stream)
                case "lines":
                    return _lines(given, stream)
                case "parquet":
                    return _table(given, stream)
                case "whole":
                    return _whole(given, stream)
    except (OSError, EOFError, ValueError, ImportError, RuntimeError, zlib.error, pa.ArrowException) as error:
        return Surveyed(given=given, problem=first_line(error))


def lines_of(stream: BinaryIO, url: str) -> Iterator[bytes]:
    """The lines of a file, unpacked by its ending."""
    if url.endswith(".gz"):
        with gzip.open(stream) as unpacked:
            yield from unpacked
    elif url.endswith(".zst"):
        # Buffered: Arrow's stream has no lines of its own.
        yield from io.BufferedReader(pa.CompressedInputStream(pa.PythonFile(stream), "zstd"))
    else:
        yield from stream


def is_packed(url: str) -> bool:
    """Whether lines are compressed, so that units count lines and not bytes."""
    return url.endswith((".gz", ".zst"))


def _lines(given: Input, stream: BinaryIO) -> Surveyed:
    hashed = _Hashed(stream)
    cutter = _Cutter()
    packed = is_packed(given.url)
    buffered: BinaryIO = io.BufferedReader(hashed)
    place = number = 0
    problem = None
    try:
        for number, line in enumerate(lines_of(buffered, given.url), 1):
            if packed:
                cutter.more(number - 1, most=PACKED_REPORTS_A_UNIT)
            else:
                cutter.more(place, most=REPORTS_A_UNIT)
                place += len(line)
    except (OSError, EOFError, zlib.error) as error:
        problem = f"cut off or damaged after {number} lines ({first_line(error)}); the lines before were read"
    cutter.end(number if packed else place)
    whole = hashed.finish()
    if not number and problem is None:
        problem = "empty"
    return Surveyed(given=given, size=hashed.size, hash=whole, units=tuple(cutter.units), problem=problem)


def _table(given: Input, stream: BinaryIO) -> Surveyed:
    hashed = _Hashed(stream)
    whole = hashed.finish()
    with fsspec.open(given.url, "rb") as again:
        file = pq.ParquetFile(again)
        metadata = file.metadata
        if not TEXT_COLUMNS.intersection(file.schema_arrow.names):
            had = ", ".join(file.schema_arrow.names[:10])
            return Surveyed(given=given, size=hashed.size, problem=f"has no column with texts or pages (it has {had})")
        units: list[Unit] = []
        row = 0
        for group in range(metadata.num_row_groups):
            end = row + metadata.row_group(group).num_rows
            while row < end:
                stop = min(end, row + REPORTS_A_UNIT)
                units.append(Unit(number=len(units), start=row, stop=stop, before=row, count=stop - row))
                row = stop
    return Surveyed(given=given, size=hashed.size, hash=whole, units=tuple(units), problem=None if units else "empty")


def _whole(given: Input, stream: BinaryIO) -> Surveyed:
    hashed = _Hashed(stream)
    whole = hashed.finish()
    surveyed = Surveyed(given=given, size=hashed.size, hash=whole)
    if hashed.size > LARGEST:
        return replace(surveyed, problem=f"{hashed.size >> 20} MB, over the limit of {LARGEST >> 20} MB")
    return replace(surveyed, units=(Unit(number=0, start=0, stop=None, before=0, count=1),))


def _crawl(given: Input, stream: BinaryIO) -> Surveyed:
    hashed = _Hashed(stream)
    crawl = look_through(hashed, given.url)
    whole = hashed.finish()
    cutter = _Cutter()
    if crawl.entered:
        for stretch in crawl.stretches:
            cutter.start = stretch.start
            for place in stretch.places:
                cutter.more(place, most=REPORTS_A_UNIT)
            cutter.end(stretch.end)
    else:
        cutter.count = crawl.responses
        cutter.end(None)
    problem = "empty" if not hashed.size else crawl.problem
    return Surveyed(given=given, size=hashed.size, hash=whole, units=tuple(cutter.units), problem=problem)
