"""Versions of one report in the views for people."""

from __future__ import annotations

from io import StringIO

from rich.console import Console

from tests.collation.test_told_apart import versions
from variorum.collation import collate
from variorum.views.markdown import render_markdown
from variorum.views.terminal import render_record


def test_the_terminal_shows_what_a_later_version_changed() -> None:
    out = StringIO()
    render_record(collate(versions()), console=Console(file=out, width=100, no_color=True))
    shown = " ".join(out.getvalue().split())
    assert "is a later version of A, 9 July 2025: 1 sentence with another figure" in shown
    assert "The flood killed 12 people → The flood killed 34 people" in shown


def test_markdown_shows_it_with_its_evidence() -> None:
    shown = render_markdown(collate(versions()))
    assert "## Versions" in shown
    assert "*figure*: The flood killed 12 people → The flood killed 34 people" in shown
