"""Pages whose elements nest deeper, or whose words run on longer, than the parser goes along with: made flat before."""

from __future__ import annotations

import re
from collections import Counter

DEEPEST = 120
"""Open elements beyond which further ones are left out; the parser stops, and loses the rest, at 256."""
_TOKEN = re.compile(
    rb"<!--.*?(?:-->|\Z)|<(?P<raw>script|style|textarea|title|xmp|noscript|svg|math|template)\b.*?(?:</(?P=raw)\s*>|\Z)"
    rb"|<(?P<end>/?)(?P<tag>[A-Za-z][A-Za-z0-9:-]{0,40})[^<>]{0,20000}>",
    re.IGNORECASE | re.DOTALL,
)
"""What opens or closes an element; comments and elements whose inside is no markup of the text are taken whole."""
_VOID = frozenset(
    (b"area", b"base", b"br", b"col", b"embed", b"hr", b"img", b"input", b"link", b"meta", b"param", b"source",
    b"track", b"wbr", b"p", b"li", b"dd", b"dt", b"option")
)  # fmt: skip
"""Elements that hold none, or that the next of their kind closes."""
_INLINE = frozenset(
    (b"a", b"abbr", b"b", b"big", b"cite", b"code", b"em", b"font", b"i", b"label", b"mark", b"q", b"s", b"small",
    b"span", b"strike", b"strong", b"sub", b"sup", b"time", b"tt", b"u")
)  # fmt: skip
_BREAK = b"<br><br>"


def flattened(page: bytes) -> bytes:
    """A page without the tags that nest deeper than ``DEEPEST``: all its words stay, block elements become breaks.

    One pass over the source, so the time taken grows with its length only.
    """
    made: list[bytes] = []
    at = depth = 0
    kept: Counter[bytes] = Counter()
    dropped: Counter[bytes] = Counter()
    for match in _TOKEN.finditer(page):
        tag = (match["tag"] or b"").lower()
        if not tag:
            # comments show nothing; of a script only linked data matter, and a deep page's are given up
            made += (page[at : match.start()], b" ")
            at = match.end()
            continue
        if tag in _VOID:
            continue
        if not match["end"]:
            if depth < DEEPEST:
                depth, kept[tag] = depth + 1, kept[tag] + 1
                continue
            dropped[tag] += 1
        elif dropped[tag]:
            dropped[tag] -= 1
        else:
            if kept[tag]:
                depth, kept[tag] = depth - 1, kept[tag] - 1
            continue
        between = page[at : match.start()]
        if tag in _INLINE:
            made.append(between)
        elif not made or made[-1] is not _BREAK or between.strip():
            made += (between, _BREAK)
        at = match.end()
    made.append(page[at:])
    return b"".join(made)
