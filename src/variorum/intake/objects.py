"""An object of the JSONL contract to a ``Report``: ``{"id", "text" | "html", "title"?, "outlet"?, "published"?}``."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from variorum.errors import IntakeError
from variorum.intake.plain import report_from_text
from variorum.model import Report

_SURROGATE = re.compile("[\ud800-\udfff]")
_METADATA = ("title", "outlet", "published", "url", "location")


def content_id(text: str) -> str:
    """An id that depends on the text alone."""
    return "r" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:10]


def report_from_object(given: Mapping[str, Any], *, where: str = "report") -> Report:
    """One report out of an object; without an id it gets one from its content.

    Args:
        given: the object; keys that the contract does not name are passed over.
        where: the object as a message should name it.

    Raises:
        IntakeError: a field has the wrong type, or there is neither text nor a page.
    """
    if not isinstance(given, Mapping):
        raise IntakeError(where, "not an object with a text")
    for key in ("id", "text", "html", *_METADATA):
        if given.get(key) is not None and not isinstance(given[key], str):
            raise IntakeError(where, f"field {key} is not a string")
    text = given.get("text")
    if text is None:
        raise IntakeError(where, "has no text")
    metadata: dict[str, str | None] = {key: given.get(key) or None for key in _METADATA}
    text, notes = whole_characters(text)
    return report_from_text(text, id=given.get("id") or content_id(text), notes=notes, **metadata)  # type: ignore[arg-type]


def whole_characters(text: str) -> tuple[str, tuple[str, ...]]:
    """A text without lone surrogates, which no encoding can carry: each becomes U+FFFD, so offsets stay; and a note."""
    clean, lone = _SURROGATE.subn("\ufffd", text)
    return clean, (f"{lone} code units that are no characters are shown as U+FFFD",) if lone else ()
