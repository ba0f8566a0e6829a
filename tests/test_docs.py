"""The reference pages are those that the code gives, and what the pages say can be typed works."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))
import reference  # noqa: E402


@pytest.mark.parametrize("page", ["commands", "formats", "dataset"])
def test_the_reference_is_true(page: str) -> None:
    made = getattr(reference, page)()
    assert (ROOT / "docs" / f"{page}.md").read_text("utf-8") == made, "run: python tools/reference.py"


def test_every_option_is_explained() -> None:
    rows = re.findall(r"^\| `([^`]+)` \| (.*?) \| ", reference.commands(), re.MULTILINE)
    assert rows
    assert [name for name, meaning in rows if not meaning.strip()] == []


def test_links_of_the_pages_lead_somewhere() -> None:
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))):
        for target in re.findall(r"\]\(([^)#]+)", page.read_text("utf-8")):
            if not target.startswith("http"):
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_python_of_the_readme_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    blocks = re.findall(r"(?:^    .*\n|^\n)+", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    (code,) = [block for block in blocks if "import variorum" in block]
    exec(compile("\n".join(line[4:] for line in code.splitlines()), "README.md", "exec"), {})
