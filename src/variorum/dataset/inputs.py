"""What a user names to inputs: files in storage (any fsspec address), folders, patterns, and lists of addresses."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, Literal

import fsspec

from variorum.errors import IntakeError

InputKind = Literal["warc", "lines", "parquet", "whole"]
_STREAMED: dict[str, InputKind] = {".warc": "warc", ".jsonl": "lines", ".ndjson": "lines", ".parquet": "parquet"}
_COMPRESSED = (".gz", ".zst")
_LIST_ENDINGS = (".txt", ".list", ".paths")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://\S+|\S+\.(?:x?html?|xml|json|pdf|eml|zip)", re.IGNORECASE)
"""What a line of a list may be, besides the name of a crawl, a table or another list."""
LARGEST_LIST = 64 * 2**20
"""Bytes of a list of addresses; one of a million addresses is about that long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One file in storage."""

    address: str
    """As the user, or a list, names it: what messages, reports and the manifest call it."""
    url: str
    """Where any process can open it."""
    kind: InputKind


def inputs_of(given: Iterable[str], *, base: str | None = None) -> Iterator[Input | IntakeError]:
    """The files behind what a user names, each once, in the order given, those of a folder or pattern by name.

    Args:
        given: files, folders, patterns or lists of addresses, local or in any storage that fsspec knows.
        base: what the addresses of a list are relative to; by default the folder of the list.
    """
    seen: set[str] = set()
    for one in given:
        for found in _behind(one, base=base):
            if isinstance(found, IntakeError):
                yield found
            elif found.url not in seen:
                seen.add(found.url)
                yield found


def kind_of(name: str) -> InputKind:
    """How a file is read, by the ending of its name; ``whole`` where it is one page, text, feed or archive of such."""
    path = PurePosixPath(name.lower())
    ending = path.suffix
    if ending in _COMPRESSED:
        ending = PurePosixPath(path.stem).suffix
        return _STREAMED[ending] if ending in (".warc", ".jsonl", ".ndjson") else "whole"
    return _STREAMED.get(ending, "whole")


def _behind(given: str, *, base: str | None) -> Iterator[Input | IntakeError]:
    if given.startswith(("http://", "https://")):
        yield IntakeError(given, "not in storage; pages of the web are fetched by read, gather and collate")
        return
    try:
        storage, path = fsspec.core.url_to_fs(given)
        if any(sign in given for sign in "*?[") and not storage.exists(path):
            found = sorted(p for p in storage.glob(path) if storage.isfile(p))
            problem = "no file fits this pattern"
        elif storage.isdir(path):
            start = path.rstrip("/")
            found = [p for p in sorted(storage.find(path)) if "/." not in p.removeprefix(start)]
            problem = "no file in this folder"
        else:
            found = [path] if storage.isfile(path) else []
            problem = "no such file"
        if not found:
            yield IntakeError(given, problem)
        for file in found:
            yield from _file(
                storage, file, given if len(found) == 1 and file == path else _named(given, path, file), base
            )
    except (OSError, ValueError, ImportError, RuntimeError) as error:
        # storages raise any of these: an unknown protocol, a missing driver, no permission, no network
        yield IntakeError(given, str(error).splitlines()[0] if str(error) else type(error).__name__)


def _named(given: str, path: str, file: str) -> str:
    """A file of a folder or of a pattern as the user would have named it."""
    plain = next((n for n, sign in enumerate(given) if sign in "*?["), len(given))
    start = given[:plain].rpartition("/")[0] if plain < len(given) else given.rstrip("/")
    stem = path[: len(path) - len(given) + plain].rpartition("/")[0] if plain < len(given) else path.rstrip("/")
    return f"{start}/{file.removeprefix(stem).lstrip('/')}" if start else file.removeprefix(stem).lstrip("/")


def _file(storage: Any, path: str, address: str, base: str | None) -> Iterator[Input | IntakeError]:
    listed = _list(storage, path)
    if listed is None:
        yield Input(address=address, url=storage.unstrip_protocol(path), kind=kind_of(path))
        return
    folder = (base or address.rpartition("/")[0]).rstrip("/")
    for line in listed:
        absolute = "://" in line or line.startswith("/") or not folder
        yield from _behind(line if absolute else f"{folder}/{line}", base=base)


def _list(storage: Any, path: str) -> list[str] | None:
    """The addresses of a list; null where a file is no list: an address a line, and nothing else."""
    name = path.lower().removesuffix(".gz")
    if not name.endswith(_LIST_ENDINGS) or storage.size(path) > LARGEST_LIST:
        return None
    content = storage.cat_file(path)
    try:
        text = (gzip.decompress(content) if path.lower().endswith(".gz") else content).decode()
    except (OSError, EOFError, UnicodeDecodeError):
        return None
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return lines if lines and all(map(_is_address, lines)) else None


def _is_address(line: str) -> bool:
    return kind_of(line) != "whole" or line.lower().endswith(_LIST_ENDINGS) or bool(_ADDRESS.fullmatch(line))
