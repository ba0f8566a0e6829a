"""The commands."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path

import typer

from variorum import api
from variorum.model import codec

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.command()
def read(paths: list[str], format: str = "jsonl") -> None:
    """What each report says, found where."""
    for r in api.read_many(_inputs(paths)):
        print(codec.to_json(r))


@app.command()
def gather(paths: list[str], format: str = "jsonl") -> None:
    """Which reports tell the same story, and which descend from the same text."""
    for s in api.gather(_inputs(paths)):
        for n, o in enumerate(s.lineage.origins):
            for r in o.reports:
                print(json.dumps({"id": r, "story": s.id, "origin": f"{s.id}.{n}"}))


@app.command()
def collate(paths: list[str], format: str = "json") -> None:
    """One record of many reports of one event."""
    for r in api.collate(_inputs(paths)):
        print(codec.to_json(r))


def _inputs(paths: list[str]) -> Iterable[api.ReportLike]:
    if paths == ["-"]:
        return (json.loads(line) for line in sys.stdin)
    return [Path(p).read_text("utf-8") for p in paths]


def main() -> None:
    """Entry point."""
    app()
