"""The command that shows the bundled story."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from variorum.commands.shared import Evidence, Quiet, RecordFormat, console, errors, write_record, writing
from variorum.errors import NothingToDo


def demo(
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="DIR", help="Write the reports, the record and its page into DIR, too."),
    ] = None,
    evidence: Evidence = False,
    quiet: Quiet = False,
) -> None:
    """Show what Variorum does: the record of a bundled story, four invented reports of an explosion in a harbour.

    "variorum add --example" puts the story into your library, and "variorum serve" opens that in the browser.

    Examples:

    variorum demo

    variorum demo --out .
    """
    from variorum import api
    from variorum.views import terminal

    (record,) = api.collate(api.example_reports())
    with writing(None) as shown:
        terminal.render_record(record, console=console(shown), evidence=evidence)
    if out is None:
        if not quiet:
            errors.print("variorum: --out DIR writes the reports, the record and its page into a folder")
        return
    try:
        (out / "harbour").mkdir(parents=True, exist_ok=True)
        for name, content in api.example():
            (out / "harbour" / name).write_bytes(content)
    except OSError as error:
        raise NothingToDo(f"{out}: {error.strerror}") from error
    for name, format in (("harbour.html", RecordFormat.html), ("harbour.json", RecordFormat.json)):
        with writing(out / name) as file:
            write_record(record, format, file, evidence=False)
    if not quiet:
        errors.print(f"variorum: the same record as a page: {out / 'harbour.html'}")
        errors.print(f"variorum: the same from the reports: variorum collate {out / 'harbour'}")
        errors.print("variorum: the same in the application: variorum add --example, then variorum serve")


COMMANDS: tuple[Callable[..., None], ...] = (demo,)
