"""What a user names (files, folders, patterns, standard input) to reports; a bad one is told and the rest goes on."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from variorum.errors import IntakeError
from variorum.intake.objects import report_from_object
from variorum.model import Report


def reports_from(given: str, *, on_reject: Callable[[IntakeError], None]) -> Iterator[Report]:
    """Reports out of one input, in order; ``on_reject`` is told of what could not become a report."""
    if given == "-":
        for number, line in enumerate(sys.stdin, 1):
            if line.strip():
                try:
                    yield report_from_object(json.loads(line))
                except json.JSONDecodeError:
                    on_reject(IntakeError(f"-: line {number}", "not JSON"))
                except IntakeError as error:
                    on_reject(IntakeError(f"-: line {number}", error.reason))
        return
    path = Path(given)
    for file in sorted(path.iterdir()) if path.is_dir() else [path]:
        try:
            yield report_from_object({"text": file.read_text("utf-8"), "location": str(file)})
        except (OSError, UnicodeDecodeError, IntakeError) as error:
            on_reject(IntakeError(str(file), str(error)))
