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


def reports_of(given: Input, unit: Unit, items: range | None = None) -> Iterator[Taken]:
    """The reports of a unit in the order of the input, and in their place the reason why there is none.

    Storage that fails on the way is a reason, too; what a crawl lacks because it is damaged is not: its survey has told of that.

    Args:
        given: the input.
        unit: the stretch of it.
        items: which responses, lines or rows of the unit, counted from 0; all if not said. The others are passed over unread.
    """
    where = given.address
    first, end = (0, unit.count) if items is None else (items.start, items.stop)
    try:
        with fsspec.open(given.url, "rb") as stream:
            match given.kind:
                case "warc":
                    stream.seek(unit.start)
                    wanted = range(unit.before + first + 1, unit.before + end + 1)
                    yield from reports_from_warc(stream, where=where, stop=unit.stop, number=unit.before, wanted=wanted)
                case "lines" if is_packed(given.url):
                    lines = islice(lines_of(stream, given.url), unit.start + first, unit.start + end)
                    yield from reports_from_lines(lines, where=where, before=unit.before + first)
                case "lines":
                    stream.seek(unit.start)
                    lines = islice(stream, first, end)
                    yield from reports_from_lines(lines, where=where, before=unit.before + first)
                case "parquet":
                    yield from reports_from_parquet(
                        stream, where=where, start=unit.start + first, stop=unit.start + end
                    )
                case "whole":
                    yield from reports_from_bytes(stream.read(), where=where)
    except (OSError, EOFError, ValueError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        yield IntakeError(place_of(given, unit, first), f"from there on: {reason}" if given.kind != "whole" else reason)


def place_of(given: Input, unit: Unit, item: int) -> str:
    """One response, line or row of a unit, counted from 0, as a message names it."""
    names = {"warc": "record", "lines": "line", "parquet": "row"}
    return f"{given.address}: {names[given.kind]} {unit.before + item + 1}" if given.kind in names else given.address
