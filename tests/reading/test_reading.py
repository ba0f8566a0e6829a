"""The whole of reading: what a fault in one kind of finding costs, and that the bundled stories have none."""

from __future__ import annotations

from pathlib import Path

import pytest

import variorum
from variorum import reading
from variorum.errors import IntakeError

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples").rglob("*.txt"))
TEXT = "Minister Ana Leka said on Tuesday that 30 ships were waiting outside Durrës."


def test_a_fault_costs_one_kind_of_finding_and_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> tuple[()]:
        raise LookupError("no such unit")

    monkeypatch.setattr(reading, "find_figures", broken)
    found = variorum.read(TEXT)
    assert found.figures == ()
    assert found.statements
    assert found.notes == ("its figures could not be read, by a fault of the program (LookupError: no such unit)",)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_bundled_reports_are_read_without_a_fault(path: Path) -> None:
    assert variorum.read(path.read_text("utf-8")).notes == ()


@pytest.mark.parametrize("text", ["a", ".", "“", "By", "(AP)", "TIRANA, May 3 (AP) -", "1", "\u202e", "😀" * 50])
def test_scraps_are_read_without_a_fault(text: str) -> None:
    notes = variorum.read({"id": "scrap", "text": text}).notes
    assert not [note for note in notes if "fault" in note]


@pytest.mark.parametrize("text", ["", " ", "\n\n"])
def test_a_text_without_words_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(IntakeError, match="text") as refused:
        variorum.read({"id": "scrap", "text": text})
    assert "\n" not in str(refused.value)
