"""The commands as their user types them: output, messages, exit status, bad input."""

from __future__ import annotations

import io
import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import jsonschema
import pytest

from variorum import cli
from variorum.model import codec

ROOT = Path(__file__).resolve().parents[1]
HARBOUR = sorted((ROOT / "examples" / "harbour").glob("*.txt"))
PLAIN = "TIRANA, May 13 (NordPress) - The harbour stays closed, Port Minister Ana Leka said on Tuesday.\n"


class Ran(NamedTuple):
    status: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """The entry point with its arguments and standard input, in this process."""

    def run(*arguments: str | Path, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "argv", ["variorum", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capfd.readouterr()
        status = 0
        try:
            cli.main()
        except SystemExit as leaving:
            status = int(leaving.code or 0)
        sys.stdout.flush()
        out, err = capfd.readouterr()
        return Ran(status, out, err)

    return run


def test_collate_in_the_terminal_fits_100_columns(run: Run) -> None:
    ran = run("collate", *HARBOUR)
    assert ran.status == 0
    assert "Valadares" in ran.out
    assert max(map(len, ran.out.splitlines())) <= 100
    assert "\x1b" not in ran.out, "no colour where there is no terminal"


def test_the_record_does_not_depend_on_the_order_of_the_files(run: Run) -> None:
    files = list(HARBOUR)
    first = run("collate", "--format", "json", *files).out
    random.Random(1).shuffle(files)
    assert run("collate", "--format", "json", *files).out == first
    jsonschema.validate(json.loads(first), codec.schemas()["record"])


def test_the_record_does_not_depend_on_the_hash_seed() -> None:
    made = {
        subprocess.run(
            [sys.executable, "-m", "variorum", "collate", "--format", "json", *map(str, HARBOUR[:2])],
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            stdout=subprocess.PIPE,
        ).stdout
        for seed in ("0", "1", "4711")
    }
    assert len(made) == 1


def test_a_record_verifies_and_a_forged_one_does_not(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "record.json"
    assert run("collate", *HARBOUR, "--format", "json", "-o", target).status == 0
    assert run("verify", target).status == 0
    record = json.loads(target.read_text("utf-8"))
    record["statements"][0]["variants"][0]["content"][0][1] = 10**6
    target.write_text(json.dumps(record), "utf-8")
    ran = run("verify", target)
    assert ran.status == 1
    assert "statement" in ran.err


def test_the_page_asks_for_nothing_outside(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "record.html"
    assert run("collate", *HARBOUR, "--format", "html", "-o", target).status == 0
    page = target.read_text("utf-8")
    assert page.lower().startswith("<!doctype html>")
    for outside in ('src="http', "src='http", "@import", "<link "):
        assert outside not in page


def test_read_speaks_the_contract_in_input_order(run: Run) -> None:
    rows = [{"id": f"n{i}", "text": PLAIN * (i + 1)} for i in range(5)]
    ran = run("read", "--format", "jsonl", "-", stdin="\n".join(map(json.dumps, rows)).encode())
    answers = [json.loads(line) for line in ran.out.splitlines()]
    assert [a["id"] for a in answers] == [r["id"] for r in rows]
    for answer, row in zip(answers, rows, strict=True):
        assert answer["text"] == row["text"]
        jsonschema.validate(answer, codec.schemas()["reading"])


def test_a_bad_line_is_named_and_the_rest_goes_on(run: Run) -> None:
    good = json.dumps({"id": "good", "text": PLAIN})
    lines = [good, "not json", json.dumps({"id": "empty"}), json.dumps(["a"]), good.replace("good", "better")]
    ran = run("read", "--format", "jsonl", "-", stdin="\n".join(lines).encode())
    assert ran.status == 0
    assert [json.loads(line)["id"] for line in ran.out.splitlines()] == ["good", "better"]
    for number in (2, 3, 4):
        assert f"line {number}" in ran.err


def test_gather_tells_story_and_origin(run: Run) -> None:
    rows = [{"id": p.stem, "text": p.read_text("utf-8")} for p in HARBOUR]
    other = "Bakers in Porto voted on Monday to end a strike of three weeks after the town raised flour subsidies. " * 4
    rows.append({"id": "bakers", "text": other})
    ran = run("gather", "--format", "jsonl", "-", stdin="\n".join(map(json.dumps, rows)).encode())
    placed = {row["id"]: row for row in map(json.loads, ran.out.splitlines())}
    assert list(placed) == [row["id"] for row in rows]
    assert len({placed[p.stem]["story"] for p in HARBOUR}) == 1
    assert placed["bakers"]["story"] != placed[HARBOUR[0].stem]["story"]
    assert placed["meridian-post"]["origin"] == placed["balkan-dispatch"]["origin"]
    assert placed["northern-courier"]["origin"] != placed["balkan-dispatch"]["origin"]


def test_reports_of_two_stories_become_two_records(run: Run, tmp_path: Path) -> None:
    other = tmp_path / "bakers.txt"
    other.write_text(
        "PORTO, May 3 (NordPress) - Bakers in Porto voted on Monday to end a strike of three weeks after the town hall"
        " raised its flour subsidy. “We bake again tomorrow,” union leader Rosa Figueira said.\n",
        "utf-8",
    )
    ran = run("collate", "--format", "json", *HARBOUR, other)
    assert ran.status == 0
    assert len(ran.out.splitlines()) == 2
    assert "do not tell one story" in ran.err
    assert len(run("collate", "--together", "--format", "json", *HARBOUR, other).out.splitlines()) == 1


BAD: dict[str, bytes] = {
    "empty": b"",
    "blank": b" \n\n\t ",
    "binary": bytes(range(256)) * 64,
    "png": b"\x89PNG\r\n\x1a\n" + b"\0" * 200,
}


@pytest.mark.parametrize("kind", BAD)
def test_bad_input_gets_one_line_and_the_rest_goes_on(run: Run, tmp_path: Path, kind: str) -> None:
    bad = tmp_path / f"{kind}.txt"
    bad.write_bytes(BAD[kind])
    ran = run("collate", bad, *HARBOUR[:2], "--format", "json", "--quiet")
    assert ran.status == 0
    assert len(json.loads(ran.out)["reports"]) == 2
    assert [line for line in ran.err.splitlines() if bad.name in line] == ran.err.splitlines()
    assert len(ran.err.splitlines()) == 1
    assert run("collate", bad).status == 1


def test_a_file_that_is_not_there(run: Run, tmp_path: Path) -> None:
    ran = run("read", tmp_path / "nowhere.txt")
    assert ran.status == 1
    assert "nowhere.txt" in ran.err
    assert "Traceback" not in ran.err


def test_an_empty_folder(run: Run, tmp_path: Path) -> None:
    ran = run("read", tmp_path)
    assert ran.status == 1
    assert tmp_path.name in ran.err


def test_latin_1_is_read_and_said(run: Run, tmp_path: Path) -> None:
    old = tmp_path / "old.txt"
    old.write_bytes(
        "Der Minister Jürgen Größe said in Köln that “nothing” was settled.".replace("“", '"')
        .replace("”", '"')
        .encode("latin-1")
    )
    ran = run("read", old, "--format", "jsonl")
    assert ran.status == 0
    answer = json.loads(ran.out)
    assert "Jürgen Größe" in answer["text"]
    assert answer["notes"]


def test_rejects_are_kept(run: Run, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(PLAIN, "utf-8")
    (tmp_path / "bad.txt").write_bytes(b"\0\1\2\3" * 100)
    kept = tmp_path / "rejects.jsonl"
    assert run("read", tmp_path / "good.txt", tmp_path / "bad.txt", "--rejects", kept).status == 0
    (row,) = map(json.loads, kept.read_text("utf-8").splitlines())
    assert row["where"].endswith("bad.txt")
    assert row["reason"]


@pytest.mark.parametrize("arguments", [[], ["collate"], ["read", "--format", "pdf", "x"], ["unknown"]])
def test_usage_errors_exit_with_2(run: Run, arguments: list[str]) -> None:
    assert run(*arguments).status == 2


def test_an_output_that_cannot_be_written_leaves_nothing(run: Run, tmp_path: Path) -> None:
    ran = run("collate", *HARBOUR[:1], "-o", tmp_path / "no" / "such" / "folder.html", "--format", "html")
    assert ran.status == 1
    assert "folder.html" in ran.err


def test_names_with_markup_are_shown_inert(run: Run, tmp_path: Path) -> None:
    hostile = tmp_path / "hostile.txt"
    hostile.write_text(
        "Minister <script>alert(1)</script> Ana [bold red]Leka[/] said on Tuesday that “the \x1b[31mport\x1b[0m is"
        " \u202eclosed\u202c”. [link=file:///x]Ana Leka[/link] later denied it.\n",
        "utf-8",
    )
    assert "\x1b" not in run("collate", hostile, "--evidence").out
    page = run("collate", hostile, "--format", "html").out
    assert "<script>alert(1)" not in page


def test_verify_refuses_what_is_no_record(run: Run, tmp_path: Path) -> None:
    for content in (b"", b"{}", b"\xff\xfe\0", b'{"format": "variorum.record/9"}'):
        target = tmp_path / "x.json"
        target.write_bytes(content)
        ran = run("verify", target)
        assert ran.status == 1
        assert "x.json" in ran.err


def test_schema_is_json(run: Run) -> None:
    assert set(json.loads(run("schema").out)) == {"reading", "record"}
    assert "properties" in json.loads(run("schema", "record").out)


def test_help_names_every_command(run: Run) -> None:
    shown = run("--help").out
    for command in ("read", "gather", "collate", "verify", "schema"):
        assert command in shown
