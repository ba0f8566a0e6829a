"""Readings as the store keeps them: the text apart and exact, the rest as JSON."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from variorum.model import Reading, codec


def pack(reading: Reading) -> tuple[bytes, bytes]:
    """The text as bytes, and all else as JSON."""
    return pack_text(reading.text), codec.to_json(replace(reading, text="")).encode()


def unpack(text: bytes, rest: bytes) -> Reading:
    """The reading that ``pack`` was given."""
    return replace(codec.from_json(Reading, rest, where="library"), text=unpack_text(text))


def pack_text(text: str) -> bytes:
    """UTF-8 in which lone surrogates pass through."""
    return text.encode("utf-8", "surrogatepass")


def unpack_text(text: bytes) -> str:
    """The text that ``pack_text`` was given."""
    return text.decode("utf-8", "surrogatepass")


def fingerprint(text: str) -> bytes:
    """By which a report's text is known not to have changed."""
    return hashlib.blake2b(pack_text(text), digest_size=16).digest()
