"""An object of the JSONL contract to a ``Report``: ``{"id", "text" | "html", "title"?, "outlet"?, "published"?}``."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from variorum.errors import IntakeError
from variorum.intake.page import report_from_html
from variorum.intake.plain import report_from_text
from variorum.model import Report

_SURROGATE = re.compile("[\ud800-\udfff]")
LONGEST_REPORT = 2_000_000
"""Characters of one report's text, some 300,000 words: what is longer is no news report, and would hold up a library for
minutes."""
_METADATA = ("title", "outlet", "published", "url", "location")


def content_id(text: str) -> str:
    """An id that depends on the text alone."""
    return "r" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:10]


def report_from_object(
    given: Mapping[str, Any], *, where: str = "report", notes: tuple[str, ...] = (), advisory: str | None = None
) -> Report:
    """One report out of an object; without an id it gets one from its content.

    Args:
        given: the object; keys that the contract does not name are passed over. ``text`` wins over ``html``,
            unless it is empty.
        where: the object as a message should name it.
        notes: what a reader should know about how it was taken in.
        advisory: a wire's change note that came beside the text.

    Raises:
        IntakeError: a field has the wrong type, there is neither text nor a page, or the text is over the limit.
    """
    if not isinstance(given, Mapping):
        raise IntakeError(where, "not an object with a text")
    for key in ("id", "text", "html", *_METADATA):
        if given.get(key) is not None and not isinstance(given[key], str):
            raise IntakeError(where, f"field {key} is not a string")
    content = given.get("text")
    is_page = not (content and content.strip())
    content = given.get("html") if is_page else content
    if not (content and content.strip()):
        raise IntakeError(where, _lacks(given))
    content, lost = whole_characters(content)
    if not is_page:
        _bounded(content, where)
    metadata: dict[str, Any] = {key: given.get(key) or None for key in _METADATA}
    make: Any = report_from_html if is_page else report_from_text
    try:
        report: Report = make(content, id=given.get("id") or content_id(content), notes=(*notes, *lost), **metadata)
    except IntakeError as error:
        raise IntakeError(where, error.reason) from error
    except Exception as fault:
        raise IntakeError(where, f"a fault of the program ({type(fault).__name__}: {fault})") from fault
    _bounded(report.text, where)
    return replace(report, advisory=report.advisory or advisory) if advisory else report


def _bounded(text: str, where: str) -> None:
    if len(text) > LONGEST_REPORT:
        size = f"{len(text) / 1e6:.1f} million characters of text"
        raise IntakeError(where, f"{size}, over the limit of {LONGEST_REPORT / 1e6:.0f} million for one report")


def _lacks(given: Mapping[str, Any]) -> str:
    """Which field a report could have been made of."""
    empty = [key for key in ("text", "html") if given.get(key) is not None]
    if not empty:
        return "has neither a field text nor a field html"
    return f"field {empty[0]} is empty" if len(empty) == 1 else "fields text and html are empty"


def whole_characters(text: str) -> tuple[str, tuple[str, ...]]:
    """A text without lone surrogates, which no encoding can carry: each becomes U+FFFD, so offsets stay; and a note."""
    clean, lone = _SURROGATE.subn("\ufffd", text)
    return clean, (f"{lone} code units that are no characters are shown as U+FFFD",) if lone else ()
