"""Inputs: what is named, what is read of it, what is refused and why."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.dataset.corpus import german_rows, page, warc_record, write_lines
from variorum import dataset
from variorum.dataset import crawl as crawls
from variorum.dataset import survey as surveys
from variorum.dataset.inputs import Input, inputs_of, kind_of
from variorum.dataset.survey import Surveyed, survey
from variorum.dataset.units import reports_of
from variorum.engine import Serial
from variorum.errors import IntakeError
from variorum.intake.formats.warc import reports_from_warc
from variorum.model import Report

ROWS = german_rows(4)[:7]
RECORDS = [warc_record(n, page(row)) for n, row in enumerate(ROWS)]
INTACT = [
    one.text for one in reports_from_warc(io.BytesIO(b"".join(RECORDS)), where="a.warc") if isinstance(one, Report)
]


@pytest.fixture(autouse=True)
def small_units(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("REPORTS_A_UNIT", "PACKED_REPORTS_A_UNIT"):
        monkeypatch.setattr(surveys, name, 3)


def zstd(content: bytes) -> bytes:
    packed: bytes = pa.Codec("zstd").compress(content, asbytes=True)
    return packed


def content(name: str) -> bytes:
    lines = "".join(json.dumps(row) + "\n" for row in ROWS).encode()
    table = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(ROWS), table, row_group_size=5)
    return {
        "a.warc": b"".join(RECORDS),
        "a.warc.gz": b"".join(map(gzip.compress, RECORDS)),
        "a.warc.zst": b"".join(map(zstd, RECORDS)),
        "one-piece.warc.gz": gzip.compress(b"".join(RECORDS)),
        "a.jsonl": lines,
        "a.ndjson": lines.rstrip(b"\n"),
        "a.jsonl.gz": gzip.compress(lines),
        "a.jsonl.zst": zstd(lines),
        "a.parquet": table.getvalue(),
    }[name]


NAMES = ["a.warc", "a.warc.gz", "a.warc.zst", "one-piece.warc.gz"]
NAMES += ["a.jsonl", "a.ndjson", "a.jsonl.gz", "a.jsonl.zst", "a.parquet"]


def looked_at(address: str) -> Surveyed:
    (one,) = inputs_of([address])
    assert isinstance(one, Input), one
    return survey(one)


def taken(surveyed: Surveyed) -> list[Report | IntakeError]:
    return [one for unit in surveyed.units for one in reports_of(surveyed.given, unit)]


@pytest.mark.parametrize("name", NAMES)
def test_the_units_of_an_input_are_all_of_it(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(content(name))
    found = looked_at(str(tmp_path / name))
    assert found.problem is None
    assert found.size == len(content(name))
    assert sum(unit.count for unit in found.units) == len(ROWS)
    assert (len(found.units) == 1) == name.startswith("one-piece")
    assert all(unit.count <= 3 for unit in found.units) or name.startswith("one-piece")
    reports = taken(found)
    assert all(isinstance(one, Report) for one in reports), reports
    for report, row in zip(reports, ROWS, strict=True):
        assert isinstance(report, Report)
        assert row["text"].split(". ")[1] in report.text
    one_by_one = [one for unit in reversed(found.units) for one in reversed(list(reports_of(found.given, unit)))]
    assert one_by_one[::-1] == reports, "each unit can be read by itself"


@pytest.mark.parametrize("protocol", ["file", "memory"])
def test_any_storage_is_read(tmp_path: Path, protocol: str) -> None:
    folder = f"{protocol}://{tmp_path}/store"
    for name in ("a.jsonl", "b.warc.gz"):
        with fsspec.open(f"{folder}/{name}", "wb", auto_mkdir=True) as file:
            file.write(content("a" + name[1:]))
    done = dataset.run([folder], tmp_path / "out", engine=Serial())
    assert (done.inputs, done.rejected, done.reports) == (2, 0, 2 * len(ROWS))
    assert dataset.run([f"{folder}/*.gz"], tmp_path / "out", engine=Serial()).known == 1


def test_a_list_of_addresses(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    write_lines(tmp_path / "deep" / "a.jsonl", ROWS[:2])
    write_lines(tmp_path / "b.jsonl", ROWS[2:4])
    listed = f"# two files\ndeep/a.jsonl\n\n{tmp_path}/b.jsonl\ndeep/missing.warc.gz\n"
    (tmp_path / "paths.txt").write_text(listed, "utf-8")
    (tmp_path / "paths.gz").write_bytes(gzip.compress(b"a.jsonl\n"))
    found = list(inputs_of([str(tmp_path / "paths.txt")]))
    assert [one.address for one in found if isinstance(one, Input)] == [
        f"{tmp_path}/deep/a.jsonl",
        f"{tmp_path}/b.jsonl",
    ]
    assert [str(one) for one in found if isinstance(one, IntakeError)] == [
        f"{tmp_path}/deep/missing.warc.gz: no such file"
    ]
    (tmp_path / "warc.paths.gz").write_bytes(gzip.compress(b"a.jsonl\n"))
    (packed,) = inputs_of([str(tmp_path / "warc.paths.gz")], base=str(tmp_path / "deep"))
    assert isinstance(packed, Input)
    assert packed.address == f"{tmp_path}/deep/a.jsonl"


def test_a_list_of_pages(tmp_path: Path) -> None:
    (tmp_path / "one.html").write_text(page(ROWS[0]), "utf-8")
    (tmp_path / "list.txt").write_text(f"one.html\nfile://{tmp_path}/one.html\nhttps://outlet.example/2\n", "utf-8")
    page_found, refused = inputs_of([str(tmp_path / "list.txt")])
    assert isinstance(page_found, Input) and page_found.kind == "whole"
    assert isinstance(refused, IntakeError) and "not in storage" in refused.reason


def test_a_text_that_is_no_list_is_a_report(tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text("The ferry to Omberg sank.\nNobody was hurt.\n", "utf-8")
    found = looked_at(str(tmp_path / "report.txt"))
    assert found.given.kind == "whole"
    assert [one.text for one in taken(found) if isinstance(one, Report)] == [
        "The ferry to Omberg sank.\nNobody was hurt.\n"
    ]


def test_a_folder_gives_its_files_once_and_in_order(tmp_path: Path) -> None:
    for name in ("c.jsonl", "a.jsonl", "b/d.jsonl", ".hidden/e.jsonl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        write_lines(tmp_path / name, ROWS[:1])
    found = [one.address for one in inputs_of([str(tmp_path), str(tmp_path / "a.jsonl")]) if isinstance(one, Input)]
    assert found == [f"{tmp_path}/a.jsonl", f"{tmp_path}/b/d.jsonl", f"{tmp_path}/c.jsonl"]


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("https://outlet.example/crawl.warc.gz", "not in storage"),
        ("nosuchprotocol://bucket/a.warc", "nosuchprotocol"),
        ("nowhere/a.warc", "no such file"),
        ("nowhere/*.warc", "no file fits"),
    ],
)
def test_what_cannot_be_reached_is_said(address: str, reason: str) -> None:
    (problem,) = inputs_of([address])
    assert isinstance(problem, IntakeError)
    assert problem.where == address
    assert reason in problem.reason


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "a.warc.zst"])
def test_a_crawl_that_was_cut_off_is_read_up_to_the_cut(tmp_path: Path, name: str) -> None:
    whole = content(name)
    last = len({"a.warc": RECORDS[-1], "a.warc.gz": gzip.compress(RECORDS[-1]), "a.warc.zst": zstd(RECORDS[-1])}[name])
    for cut in (8, last // 2, last - 20):
        (tmp_path / name).write_bytes(whole[:-cut])
        found = looked_at(str(tmp_path / name))
        assert len([one for one in taken(found) if isinstance(one, Report)]) == len(ROWS) - 1, cut
        assert f"{len(ROWS) - 1} responses" in str(found.problem)


def test_a_crawl_that_was_cut_off_does_not_stop_the_run(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(content("a.warc.gz")[:-20])
    write_lines(tmp_path / "b.jsonl", ROWS)
    told: list[str] = []
    done = dataset.run(
        [str(tmp_path)], tmp_path / "out", engine=Serial(), on_reject=lambda error: told.append(str(error))
    )
    assert (done.reports, done.rejected) == (2 * len(ROWS) - 1, 1)
    (rejected,) = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))["rejected"]
    assert rejected["where"] == str(tmp_path / "a.warc.gz")
    assert "cut off in the record at byte" in rejected["reason"] and rejected["reason"] in told[0]


@settings(max_examples=40, deadline=None)
@given(cut=st.integers(0, len(b"".join(map(gzip.compress, RECORDS)))), packed=st.booleans())
def test_no_cut_goes_unseen(tmp_path_factory: pytest.TempPathFactory, cut: int, packed: bool) -> None:
    """Wherever a crawl is cut: all records before the cut and no other, and a cut inside a record is told."""
    parts = list(map(gzip.compress, RECORDS)) if packed else RECORDS
    path = tmp_path_factory.mktemp("cut") / ("a.warc.gz" if packed else "a.warc")
    path.write_bytes(b"".join(parts)[:cut])
    found = looked_at(str(path))
    ends = [sum(map(len, parts[: n + 1])) for n in range(len(parts))]
    # Four bytes of line ends close a record of a plain file; without them nothing is lost.
    slack = 0 if packed else 4
    whole = sum(end - slack <= cut for end in ends)
    assert len([one for one in taken(found) if isinstance(one, Report)]) == whole
    between = cut in ends or (not packed and any(end - 4 <= cut <= end for end in ends))
    assert (found.problem is None) == between


def test_what_is_no_crawl_is_said(tmp_path: Path) -> None:
    for name, reason in (("a.warc", "not readable as WARC"), ("a.parquet", "arquet"), ("a.jsonl.gz", "gzip")):
        (tmp_path / name).write_bytes(b"Lorem ipsum " * 100)
        assert reason in str(looked_at(str(tmp_path / name)).problem)
        (tmp_path / name).write_bytes(b"")
        assert looked_at(str(tmp_path / name)).problem


def parquet(rows: list[dict[str, str]]) -> bytes:
    table = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), table)
    return table.getvalue()


def spoiled(content: bytes, place: int) -> bytes:
    return content[:place] + b"\xff\xfe\x00\x01" * 8 + content[place + 32 :]


def with_broken_header(pack: Callable[[bytes], bytes] = bytes) -> bytes:
    records = [*RECORDS[:4], RECORDS[4].replace(b"WARC/1.0", b"WXRC/1.0", 1), *RECORDS[5:]]
    return b"".join(map(pack, records))


DAMAGED = {
    "cut.warc.zst": (content("a.warc.zst")[:-20], len(ROWS) - 1, "damaged after the record at byte"),
    "middle.warc.zst": (
        b"".join([*map(zstd, RECORDS[:2]), spoiled(zstd(RECORDS[2]), 60), *map(zstd, RECORDS[3:])]),
        len(ROWS) - 1,
        f"damaged after the record at byte {len(zstd(RECORDS[0]))}, read on from byte {sum(map(len, map(zstd, RECORDS[:3])))}",
    ),
    "header.warc": (with_broken_header(), len(ROWS) - 1, "damaged after the record at byte"),
    "header.warc.gz": (with_broken_header(gzip.compress), len(ROWS) - 1, "the other 6 responses were read"),
    "first.warc.gz": (
        b"\0" * 700 + b"".join(map(gzip.compress, RECORDS)),
        len(ROWS),
        "damaged at the start, read on from byte 700",
    ),
    "one-piece.warc.gz": (gzip.compress(b"".join(RECORDS))[:-300], 2, "cut off in the record at byte"),
    "cut.jsonl.gz": (
        gzip.compress("".join(json.dumps(r) + "\n" for r in ROWS).encode())[:-200],
        3,
        "cut off or damaged",
    ),
    "column.parquet": (
        parquet([{"id": row["id"]} for row in ROWS]),
        0,
        "has no column with texts or pages (it has id)",
    ),
    "middle.parquet": (spoiled(content("a.parquet"), 200), 0, "row"),
    "binary.html": (b"\x00\x01\x02\xff" * 50, 0, "not text"),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_what_is_damaged_is_told_once_and_with_its_place(tmp_path: Path, name: str) -> None:
    """On the error stream and in the manifest; what lies before the damage is read, and so is the input beside it."""
    damaged, reports, reason = DAMAGED[name]
    (tmp_path / name).write_bytes(damaged)
    write_lines(tmp_path / "good.jsonl", [{**row, "id": f"good-{row['id']}"} for row in ROWS])
    told: list[str] = []
    done = dataset.run(
        [str(tmp_path)], tmp_path / "out", engine=Serial(), on_reject=lambda error: told.append(str(error))
    )
    rejected = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))["rejected"]
    assert sorted(f"{one['where']}: {one['reason']}" for one in rejected) == sorted(told)
    if name != "middle.parquet":  # of a table, each stretch may be damaged for itself
        assert len(told) == 1
        assert done.reports == reports + len(ROWS)
    assert any(one.startswith(f"{tmp_path}/{name}: ") and reason in one for one in told)


def damaged(content: bytes, how: str, place: int, size: int) -> bytes:
    """Bytes with some zeroed, lost, or others put in between."""
    after = {"zeroed": b"\0" * size + content[place + size :], "lost": content[place + size :]}
    return content[:place] + after.get(how, b"garbage " * size + content[place:])


@settings(max_examples=60, deadline=None)
@given(
    pack=st.sampled_from([bytes, gzip.compress, zstd]),
    how=st.sampled_from(["zeroed", "lost", "put in"]),
    share=st.floats(0, 1),
    size=st.integers(1, 60),
)
def test_damage_costs_only_what_it_strikes(
    tmp_path_factory: pytest.TempPathFactory, pack: Callable[[bytes], bytes], how: str, share: float, size: int
) -> None:
    parts = [pack(record) for record in RECORDS]
    content = b"".join(parts)
    place = int(share * len(content))
    path = tmp_path_factory.mktemp("damaged") / ("a.warc" + {bytes: "", gzip.compress: ".gz"}.get(pack, ".zst"))
    path.write_bytes(damaged(content, how, place, size))
    ends = [sum(map(len, parts[: n + 1])) for n in range(len(parts))]
    struck = range(place, place + (1 if how == "put in" else size))
    safe = {n for n, end in enumerate(ends) if end <= struck.start or end - len(parts[n]) >= struck.stop}
    found = looked_at(str(path))
    texts = [one.text for one in taken(found) if isinstance(one, Report)]
    assert {INTACT[n] for n in safe} <= set(texts)
    assert len(texts) == len(set(texts))
    if pack is not bytes:
        assert set(texts) <= set(INTACT), "a packed record is whole or refused"
    assert not any("WARC" in text for text in texts), "no record runs into the next one"


def test_a_crawl_damaged_many_times_is_told_in_one_line(tmp_path: Path) -> None:
    parts = [gzip.compress(RECORDS[n % len(RECORDS)]) for n in range(30)]
    for n in range(1, 30, 3):
        parts[n] = spoiled(parts[n], 40)
    (tmp_path / "a.warc.gz").write_bytes(b"".join(parts))
    found = looked_at(str(tmp_path / "a.warc.gz"))
    assert sum(isinstance(one, Report) for one in taken(found)) == 20
    assert str(found.problem).count("read on from") == 3
    assert "; and 7 times more (" in str(found.problem)
    assert all(unit.count <= 3 for unit in found.units)


def test_a_crawl_of_false_starts_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crawls, "MOST_TRIED", 20)
    false = b"WARC/1.0\r\nno header\r\n\r\n"
    (tmp_path / "a.warc").write_bytes(RECORDS[0] + b"garbage " + false * 50 + RECORDS[1])
    found = looked_at(str(tmp_path / "a.warc"))
    assert len(taken(found)) == 1
    assert "what follows was not read" in str(found.problem)
    monkeypatch.undo()
    assert len(taken(looked_at(str(tmp_path / "a.warc")))) == 2


def test_a_bad_line_costs_that_line(tmp_path: Path) -> None:
    good = [json.dumps(row) for row in ROWS[:2]]
    (tmp_path / "a.jsonl").write_text("\n".join([good[0], "{", '{"id": 7}', "", good[1]]), "utf-8")
    told: list[str] = []
    done = dataset.run(
        [str(tmp_path / "a.jsonl")], tmp_path / "out", engine=Serial(), on_reject=lambda error: told.append(str(error))
    )
    assert done.reports == 2
    assert [line.partition("a.jsonl: ")[2].partition(":")[0] for line in told] == ["line 2", "line 3"]


def test_the_kind_of_a_file_is_told_by_its_name() -> None:
    kinds = {
        "a.WARC.GZ": "warc",
        "a.warc": "warc",
        "x/b.jsonl": "lines",
        "b.ndjson.zst": "lines",
        "c.parquet": "parquet",
    }
    assert {name: kind_of(name) for name in kinds} == kinds
    assert {kind_of(name) for name in ("a.html", "b.gz", "c.pdf", "d", "e.parquet.gz")} == {"whole"}
