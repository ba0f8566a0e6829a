"""Reads the tables of knowledge that lie with the package (``variorum/data``)."""

from __future__ import annotations

import csv
import io
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load_text(path: str) -> str:
    """A text file of ``variorum/data`` by its path below that folder ("world/states.tsv")."""
    return files("variorum").joinpath("data", *path.split("/")).read_text(encoding="utf-8")


@cache
def load_bytes(path: str) -> bytes:
    """A binary file of ``variorum/data``."""
    return files("variorum").joinpath("data", *path.split("/")).read_bytes()


@cache
def load_toml(path: str) -> dict[str, Any]:
    """A TOML file of ``variorum/data``. Callers must not change what they get: it is shared."""
    return tomllib.loads(load_text(path))


@cache
def load_tsv(path: str) -> tuple[dict[str, str], ...]:
    """A table of ``variorum/data``: tabs between columns, their names in the first line; ``#`` opens a comment."""
    lines = [line for line in load_text(path).splitlines() if line and not line.startswith("#")]
    return tuple(csv.DictReader(io.StringIO("\n".join(lines)), delimiter="\t", quoting=csv.QUOTE_NONE))
