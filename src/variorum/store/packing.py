"""Readings as the store keeps them: the text apart and exact, the rest as JSON."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, is_dataclass, replace
from typing import Any

from variorum.model import Reading, codec
from variorum.store.columns import keepable, kept, map_strings

_ESCAPES = b"\\u001a"


def pack(reading: Reading) -> tuple[bytes, bytes]:
    """The text as bytes, and all else as JSON."""
    bare = replace(reading, text="")
    try:
        rest = codec.to_json(bare).encode()
    except ValueError:  # a lone surrogate, which JSON in UTF-8 cannot hold
        rest = _ESCAPES
    if _ESCAPES in rest:
        rest = json.dumps(map_strings(codec.to_data(bare), keepable)).encode()
    return pack_text(reading.text), rest


def unpack(text: bytes, rest: bytes) -> Reading:
    """The reading that ``pack`` was given."""
    made = codec.from_json(Reading, rest, where="library")
    if _ESCAPES in rest:
        made = _restored(made)
    return replace(made, text=unpack_text(text))


def _restored(value: Any) -> Any:
    """A value of the model with every string as it was before ``keepable``."""
    if isinstance(value, str):
        return kept(value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: _restored(getattr(value, field.name)) for field in fields(value)})
    if type(value) is tuple:
        return tuple(_restored(part) for part in value)
    return value


def pack_text(text: str) -> bytes:
    """UTF-8 in which lone surrogates pass through."""
    return text.encode("utf-8", "surrogatepass")


def unpack_text(text: bytes) -> str:
    """The text that ``pack_text`` was given."""
    return text.decode("utf-8", "surrogatepass")


def fingerprint(text: str) -> bytes:
    """By which a report's text is known not to have changed."""
    return hashlib.blake2b(pack_text(text), digest_size=16).digest()
