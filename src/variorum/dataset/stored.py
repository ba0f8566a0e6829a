"""A reading as a data set keeps it: its text in one column, and all the rest as JSON in another."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa

from variorum.model import Reading, codec

STORED = pa.schema([("text", pa.large_string()), ("reading", pa.large_string())])
"""The text stands by itself, for those who want nothing else, and is not kept twice."""


def stored(reading: Reading) -> dict[str, str]:
    """A reading as a row of ``STORED``."""
    return {"text": reading.text, "reading": codec.to_json(replace(reading, text=""))}


def restored(text: str, reading: str) -> Reading:
    """The reading of a row."""
    return replace(codec.from_json(Reading, reading, where="reading"), text=text)
