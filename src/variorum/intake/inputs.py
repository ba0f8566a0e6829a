"""What a user names (files, folders, patterns, addresses, standard input) to reports, streaming and in order."""

from __future__ import annotations

import glob
import json
import os
import stat
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from variorum.errors import IntakeError
from variorum.intake.decode import LARGEST, decode
from variorum.intake.formats import Taken
from variorum.intake.formats.agency import is_newsml, is_ninjs, report_from_ninjs, reports_from_newsml
from variorum.intake.formats.archive import reports_from_zip
from variorum.intake.formats.feed import is_feed, is_json_feed, reports_from_feed, reports_from_json_feed
from variorum.intake.formats.mail import reports_from_mail
from variorum.intake.formats.pdf import reports_from_pdf
from variorum.intake.formats.table import reports_from_lines, reports_from_parquet
from variorum.intake.formats.warc import reports_from_warc
from variorum.intake.objects import report_from_object
from variorum.model import Report

STREAMED = {".jsonl": "lines", ".ndjson": "lines", ".parquet": "parquet", ".warc": "warc"}
"""Files that are read a little at a time, by their ending; the others are read whole, up to a limit."""
COMPRESSED = (".gz", ".zst")
_PAGE_ENDINGS = {".html", ".htm", ".xhtml", ".shtml"}


def reports_from(given: str, *, on_reject: Callable[[IntakeError], None], robots: bool = True) -> Iterator[Report]:
    """Reports out of one input, in order.

    Args:
        given: a file, a folder (its files, at any depth, in the order of their names), a pattern, an address, or ``-``.
        on_reject: told of each thing that could not become a report; the rest goes on.
        robots: whether the robots.txt of outlets is respected when an address is fetched.
    """
    for taken in _taken(given, robots=robots):
        if isinstance(taken, IntakeError):
            on_reject(taken)
        else:
            yield taken


def reports_from_bytes(content: bytes, *, where: str, named: str = "") -> Iterator[Taken]:
    """Reports out of the bytes of one file, whose format is told by what it holds and, in doubt, by its name's ending.

    Args:
        content: all of it.
        where: the input as a message should name it, and as the report keeps it.
        named: a name whose ending may help (``page.html``).
    """
    ending = Path(named or where).suffix.lower()
    if content.startswith(b"%PDF-"):
        return reports_from_pdf(content, where=where)
    if content.startswith(b"PK\x03\x04"):
        return reports_from_zip(content, where=where, open_member=reports_from_bytes)
    if ending == ".eml":
        return reports_from_mail(content, where=where)
    if ending in (".jsonl", ".ndjson"):
        return reports_from_lines(content.splitlines(), where=where)
    if ending not in _PAGE_ENDINGS and is_newsml(content):
        return reports_from_newsml(content, where=where)
    if ending not in _PAGE_ENDINGS and content.lstrip()[:1] == b"<" and is_feed(content):
        return reports_from_feed(content, where=where)
    return _text_or_page(content, where=where, ending=ending)


def _taken(given: str, *, robots: bool) -> Iterator[Taken]:
    if given == "-":
        yield from _standard_input()
        return
    if given.startswith(("http://", "https://")):
        from variorum.intake.fetch import fetch

        try:
            fetched = fetch(given, robots=robots)
        except IntakeError as error:
            yield error
            return
        yield from reports_from_bytes(fetched.content, where=fetched.url, named=fetched.name)
        return
    path = Path(given)
    if path.is_dir():
        files = sorted(p for p in path.rglob("*") if p.is_file() and not _hidden(p, path))
        if not files:
            yield IntakeError(given, "no file in this folder")
        for file in files:
            yield from _file(file)
        return
    if not os.path.lexists(path) and _is_pattern(given):
        matches = sorted(glob.glob(given, recursive=True))  # noqa: PTH207 (a pattern may begin at the root)
        if not matches:
            yield IntakeError(given, "no file fits this pattern")
        for match in matches:
            yield from _taken(match, robots=robots)
        return
    yield from _file(path)


def _is_pattern(given: str) -> bool:
    return any(sign in given for sign in "*?[")


def _hidden(file: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in file.relative_to(folder).parts)


def _file(path: Path) -> Iterator[Taken]:
    where = str(path)
    try:
        status = path.stat()
        if not (stat.S_ISREG(status.st_mode) or stat.S_ISFIFO(status.st_mode)):
            yield IntakeError(where, "not a file")
            return
        endings = [e.lower() for e in path.suffixes[-2:]]
        kind = STREAMED.get(endings[-1] if endings else "")
        if kind is None and len(endings) == 2 and endings[1] in COMPRESSED and endings[0] == ".warc":
            kind = "warc"
        if kind == "warc":
            yield from reports_from_warc(path, where=where)
        elif kind == "parquet":
            yield from reports_from_parquet(path, where=where)
        elif kind == "lines":
            with path.open("rb") as lines:
                yield from reports_from_lines(lines, where=where)
        elif status.st_size > LARGEST and path.suffix.lower() != ".zip":
            yield IntakeError(where, f"{status.st_size / 2**20:.0f} MB, over the limit of {LARGEST / 2**20:.0f} MB")
        else:
            yield from reports_from_bytes(path.read_bytes(), where=where)
    except FileNotFoundError:
        yield IntakeError(where, "no such file")
    except OSError as error:
        yield IntakeError(where, error.strerror or str(error))


def _standard_input() -> Iterator[Taken]:
    """JSON Lines if the first line is an object, read as it comes; otherwise one text or page."""
    stream = sys.stdin.buffer
    first = stream.readline(LARGEST)
    while first and not first.strip():
        first = stream.readline(LARGEST)
    if first.lstrip().startswith(b"{"):

        def lines() -> Iterator[bytes]:
            yield first
            yield from stream

        yield from reports_from_lines(lines(), where="standard input")
        return
    rest = stream.read(LARGEST + 1)
    yield from reports_from_bytes(first + rest, where="standard input")


def _text_or_page(content: bytes, *, where: str, ending: str) -> Iterator[Taken]:
    try:
        text, notes = decode(content, where)
        if ending == ".json":
            yield from _json(text, where=where)
            return
        key = "html" if ending in _PAGE_ENDINGS or _is_page(text) else "text"
        yield report_from_object({key: text, "location": where}, where=where, notes=notes)
    except IntakeError as error:
        yield error


def _json(text: str, *, where: str) -> Iterator[Taken]:
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        yield IntakeError(where, "not JSON")
        return
    if is_json_feed(given):
        yield from reports_from_json_feed(given, where=where)
    elif is_ninjs(given):
        yield report_from_ninjs(given, where=where)
    else:
        rows = given if isinstance(given, list) else [given]
        yield from reports_from_lines((json.dumps(row) for row in rows), where=where)


def _is_page(text: str) -> bool:
    head = text[:2048].lstrip("\ufeff \t\r\n").lower()
    return head.startswith(("<!doctype html", "<html", "<?xml")) and ("<html" in head or "<!doctype html" in head)
