"""The reports of one unit, out of storage through intake."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import fsspec

from variorum.dataset.inputs import Input
from variorum.dataset.survey import Unit, is_packed, lines_of
from variorum.errors import IntakeError
from variorum.intake import reports_from_bytes
from variorum.intake.formats import Taken
from variorum.intake.formats.table import reports_from_lines, reports_from_parquet
from variorum.intake.formats.warc import reports_from_warc


def reports_of(given: Input, unit: Unit) -> Iterator[Taken]:
    """The reports of a unit in the order of the input, and in their place the reason why there is none.

    Storage that fails on the way is a reason, too.
    """
    where = given.address
    try:
        with fsspec.open(given.url, "rb") as stream:
            match given.kind:
                case "warc":
                    stream.seek(unit.start)
                    yield from reports_from_warc(stream, where=where, stop=unit.stop, number=unit.before)
                case "lines" if is_packed(given.url):
                    lines = islice(lines_of(stream, given.url), unit.start, unit.stop)
                    yield from reports_from_lines(lines, where=where, before=unit.before)
                case "lines":
                    stream.seek(unit.start)
                    lines = islice(stream, unit.count)
                    yield from reports_from_lines(lines, where=where, before=unit.before)
                case "parquet":
                    yield from reports_from_parquet(stream, where=where, start=unit.start, stop=unit.stop)
                case "whole":
                    yield from reports_from_bytes(stream.read(), where=where)
    except (OSError, EOFError, ValueError) as error:
        yield IntakeError(where, str(error).splitlines()[0] if str(error) else type(error).__name__)
