"""Hostile text made harmless to look at: a report may carry escape sequences, direction overrides and worse."""

from __future__ import annotations

import re
from functools import cache

_ESCAPE_SEQUENCE = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor movement
    r"|\x1b[\]PX^_][^\x07\x1b]{0,4096}(?:\x07|\x1b\\)?"  # OSC, DCS and their kin: titles, links, clipboard
    r"|\x1b[ -/]*[0-~]?"
)
_SPACE = re.compile(r"\s+")

_DIRECTION = (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)
_INVISIBLE = (0x00AD, 0x180E, 0x200B, 0x2060, 0xFEFF, *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080))
_BREAKS = {0x0085: " ", 0x2028: " ", 0x2029: " "}


@cache
def _dropped() -> dict[int, str | None]:
    """For labels: everything that draws nothing itself and changes how the rest is drawn goes."""
    table: dict[int, str | None] = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), *_DIRECTION, *_INVISIBLE))
    table.update(dict.fromkeys((0x09, 0x0A, 0x0B, 0x0C, 0x0D), " "))
    table.update(_BREAKS)
    return table


@cache
def _shown() -> dict[int, str]:
    """For a report's text: one sign for one code point, so that offsets stay true and nothing is hidden."""
    table = {code: chr(0x2400 + code) for code in range(0x20) if code not in (0x09, 0x0A)}
    table.update(
        dict.fromkeys((*range(0x7F, 0xA0), *_DIRECTION, *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080)), "\ufffd")
    )
    table.update(_BREAKS)
    table[0x0C] = table[0x0D] = " "
    return table


def encodable(text: str) -> str:
    """Text that can be written as UTF-8: a lone surrogate, which cannot, becomes U+FFFD."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return re.sub("[\ud800-\udfff]", "\ufffd", text)
    return text


def inert(text: str) -> str:
    """Text for one line of a label: no control, escape or direction character, white space collapsed."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return _SPACE.sub(" ", encodable(_ESCAPE_SEQUENCE.sub("", text)).translate(_dropped())).strip()


def shown(text: str) -> str:
    """A report's text with every control and direction character replaced by one visible sign; the length stays."""
    return encodable(text).translate(_shown())
