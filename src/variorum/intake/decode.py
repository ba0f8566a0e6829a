"""Bytes to text: UTF-8 first, then what the bytes or their sender declare, then the likeliest legacy encoding, and say so."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from variorum.errors import IntakeError

LARGEST = 64 * 2**20
"""Bytes of one input that are read."""
LEGACY = "cp1252"
"""What text in Latin letters is in when it is not UTF-8 and says nothing: WHATWG's default for most locales."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE
)
_CONTROLS = bytes(c for c in range(32) if chr(c) not in "\t\n\v\f\r\x1b") + b"\x7f"
_SNIFFED = 65_536
_MOST_CONTROLS = 0.02
"""Share of control bytes above which something is no text."""
_MOST_NULLS, _FEW_CONTROLS = 0.05, 0.002
"""The same for null bytes, and for other control bytes where there are null bytes too."""


def decode(
    content: bytes, where: str, *, charset: str | None = None, limit: int = LARGEST
) -> tuple[str, tuple[str, ...]]:
    """The text of some bytes, and notes on how it was decoded.

    Args:
        content: all of it.
        where: the input as a message should name it.
        charset: what the sender declared (an HTTP header). It is believed only where the bytes are not UTF-8.
        limit: bytes above which the input is refused.

    Raises:
        IntakeError: empty, over the limit, or not text.
    """
    if len(content) > limit:
        raise IntakeError(where, f"{len(content) / 2**20:.0f} MB, over the limit of {limit / 2**20:.0f} MB")
    if not content.strip():
        raise IntakeError(where, "empty")
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _whole(content.decode(encoding, "replace"), where), ()
    if _is_binary(content[:_SNIFFED]):
        raise IntakeError(where, "not text")
    nulls = content.count(b"\0")
    notes = (f"{nulls:,} null bytes stand in it: a sign of damage",) if nulls else ()
    try:
        return _whole(content.decode("utf-8"), where), notes
    except UnicodeDecodeError:
        encoding = _known(charset) or _declared(content) or _guess(content)
    text = content.decode(encoding, "replace")
    return _whole(text, where), (f"not UTF-8; read as {encoding}", *notes)


def _whole(text: str, where: str) -> str:
    if not text.strip():
        raise IntakeError(where, "empty")
    return text


def _is_binary(head: bytes) -> bool:
    """Null bytes strewn over a text are damage, not another format; other controls beside them tell that it is one."""
    nulls = head.count(b"\0")
    others = sum(head.count(c) for c in _CONTROLS) - nulls
    return nulls > _MOST_NULLS * len(head) or others > (_FEW_CONTROLS if nulls else _MOST_CONTROLS) * len(head)


def _declared(content: bytes) -> str | None:
    found = _DECLARED.search(content[:2048])
    return _known(found[1].decode("ascii", "ignore")) if found else None


def _known(charset: str | None) -> str | None:
    if not charset:
        return None
    try:
        name = codecs.lookup(charset).name
    except (LookupError, ValueError):
        return None
    # UTF-8 was tried; and a page that calls itself Latin-1 is Windows-1252 (WHATWG Encoding Standard, 4.2)
    return {"utf-8": None, "ascii": LEGACY, "iso8859-1": LEGACY}.get(name, name)


def _guess(content: bytes) -> str:
    best = from_bytes(content[:_SNIFFED]).best()
    if best is None or all("Latin" in alphabet or alphabet in _COMMON for alphabet in best.alphabets):
        return LEGACY
    return best.encoding


_COMMON = {
    "Control character",
    "General Punctuation",
    "Letterlike Symbols",
    "Currency Symbols",
    "Spacing Modifier Letters",
}
