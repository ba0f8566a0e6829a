"""Write the golden records of the bundled stories anew: `make golden`. Read the diff before you commit it.

For each folder of examples/: tests/golden/NAME.json, the record, and NAME.txt, the terminal view with its evidence.
"""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from variorum import api
from variorum.errors import IntakeError
from variorum.model import Record, codec
from variorum.views import terminal

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = ROOT / "tests" / "golden"
WIDTH = 100


def stories() -> list[Path]:
    """The folders of the bundled stories."""
    return sorted(folder for folder in (ROOT / "examples").iterdir() if folder.is_dir())


def record_of(story: Path) -> Record:
    """The one record of a bundled story; locations are file names, so that no folder of a machine enters it."""
    rejected: list[IntakeError] = []
    reports = [*api.reports([str(story)], on_reject=rejected.append)]
    if rejected:
        raise SystemExit(str(rejected[0]))
    (record,) = api.collate([replace(r, location=Path(r.location or "").name) for r in reports])
    return record


def text_of(record: Record) -> str:
    """The terminal view of a record with its evidence, as a pipe gets it."""
    out = io.StringIO()
    terminal.render_record(record, console=Console(file=out, width=WIDTH, highlight=False, markup=False), evidence=True)
    return out.getvalue()


def main() -> None:
    """Write every golden record and its view."""
    GOLDEN.mkdir(exist_ok=True)
    for story in stories():
        record = record_of(story)
        (GOLDEN / f"{story.name}.json").write_text(codec.to_json(record, indent=1) + "\n", "utf-8")
        (GOLDEN / f"{story.name}.txt").write_text(text_of(record), "utf-8")
        print(f"{story.name}: {record.title}")


if __name__ == "__main__":
    main()
