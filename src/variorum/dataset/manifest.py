"""The manifest: what a data set is made of. It depends on the inputs alone, not on the engine or on how often a run was killed."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import asdict, dataclass, field, fields
from importlib.metadata import version
from pathlib import Path
from typing import Any

from variorum.dataset.collating import MOST_COLLATED
from variorum.dataset.publish import sum_of_hashes
from variorum.dataset.reading import READ
from variorum.dataset.schemas import ORDER, schema_of
from variorum.errors import BadDataset
from variorum.gathering import Settings
from variorum.gathering.windows import DAYS

FORMAT = "variorum.dataset/1"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class InputDone:
    """An input that was read."""

    address: str
    url: str
    size: int
    """Bytes."""
    stamp: str
    """What the storage says by which a change would show: time or tag; empty where it says nothing."""
    hash: str
    """BLAKE2b-128 of its bytes."""
    reports: int
    rejected: int
    """Things in it that could not become a report."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Rejected:
    """An input, or a thing in one, that could not become a report."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileDone:
    """A file of a table."""

    table: str
    date: str | None
    language: str
    part: int
    rows: int
    hash: str


@dataclass(slots=True, kw_only=True)
class Manifest:
    """What a data set is made of."""

    parts: int
    """Files that each partition of a table is spread over."""
    inputs: list[InputDone] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    files: list[FileDone] = field(default_factory=list)

    def rows(self, table: str) -> int:
        """How many rows a table has."""
        return sum(file.rows for file in self.files if file.table == table)

    def to_text(self) -> str:
        """The manifest as JSON."""
        by_table: defaultdict[str, list[FileDone]] = defaultdict(list)
        for file in self.files:
            by_table[file.table].append(file)
        made: dict[str, Any] = {
            "format": FORMAT,
            "version": version("variorum"),
            "settings": {**settings(), "parts": self.parts},
            "tables": {
                name: {
                    "rows": self.rows(name),
                    "hash": sum_of_hashes([file.hash for file in by_table[name]]),
                    "columns": [*schema_of(name).names, "date", "language"],
                }
                for name in ORDER
            },
            "inputs": [asdict(one) for one in sorted(self.inputs)],
            "rejected": [asdict(one) for one in sorted(set(self.rejected))],
            "files": [asdict(one) for one in sorted(self.files, key=_place)],
        }
        return json.dumps(made, indent=1, ensure_ascii=False) + "\n"


def _place(file: FileDone) -> tuple[int, str, str, int]:
    return ORDER.index(file.table), file.date or "", file.language, file.part


def settings() -> dict[str, Any]:
    """What decides the content of a data set, besides its inputs."""
    gathered = Settings()
    return {
        "window_days": DAYS,
        "languages_read": list(READ),
        "most_collated": MOST_COLLATED,
        "gathering": {one.name: getattr(gathered, one.name) for one in fields(Settings)},
    }


def load(path: Path) -> Manifest:
    """The manifest of a data set.

    Raises:
        BadDataset: the file is no manifest, or of a data set made with other settings.
    """
    try:
        given = json.loads(path.read_text("utf-8"))
        if given["format"] != FORMAT:
            raise BadDataset(f"{path}: a data set of another format ({given['format']})")
        made = {key: value for key, value in given["settings"].items() if key != "parts"}
        manifest = Manifest(
            parts=given["settings"]["parts"],
            inputs=[InputDone(**one) for one in given["inputs"]],
            rejected=[Rejected(**one) for one in given["rejected"]],
            files=[FileDone(**one) for one in given["files"]],
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadDataset(f"{path}: not the manifest of a data set ({type(error).__name__}: {error})") from error
    if made != settings():
        raise BadDataset(f"{path}: made with other settings; start a new folder, or use the version that made it")
    return manifest
