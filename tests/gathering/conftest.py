"""Reports for the tests of gathering."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from variorum.model import Block, Published, Report

DERIVED = {"copied": True, "cut": True, "edited": True, "retold": True, "independent": False, "quotation": False}


def report(id: str, text: str, published: str | None = None, **more: Any) -> Report:
    """A plain report whose every line is a paragraph."""
    blocks = []
    place = 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block(kind="body", start=place, end=place + len(line)))
        place += len(line) + 1
    date = Published(date=published, basis="metadata") if published else None
    return Report(id=id, text=text, blocks=tuple(blocks), published=date, **more)


@dataclass(frozen=True)
class Pair:
    """An agency text and another outlet's report of the same event."""

    event: str
    way: str
    a: Report
    b: Report

    @property
    def derived(self) -> bool:
        """Whether the second descends from the first."""
        return DERIVED[self.way]


def _events() -> list[dict[str, Any]]:
    loaded = tomllib.loads((Path(__file__).parent / "lineage_set.toml").read_text("utf-8"))
    events: list[dict[str, Any]] = loaded["event"]
    return events


def lineage_pairs() -> list[Pair]:
    """The pairs of ``lineage_set.toml``."""
    pairs = []
    for event in _events():
        agency = event["agency"].strip()
        edited = agency
        for old, new in event["edits"]:
            assert old in edited, (event["name"], old)
            edited = edited.replace(old, new)
        paragraphs = agency.split("\n\n")
        texts = {
            "copied": f"Our morning digest\n\n{agency}\n\nSubscribe to our newsletter for more.",
            "cut": "\n\n".join(paragraphs[n] for n in event["cut"]),
            "edited": edited,
            **{way: event[way].strip() for way in ("retold", "independent", "quotation")},
        }
        pairs.extend(
            Pair(event["name"], way, report(f"{event['name']}/agency", agency), report(f"{event['name']}/{way}", text))
            for way, text in texts.items()
        )
    return pairs


@pytest.fixture(scope="session")
def pairs() -> list[Pair]:
    """The pairs of ``lineage_set.toml``."""
    return lineage_pairs()
