"""What kills the process that works on it is refused with its place and the reason, and the rest goes on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.dataset.corpus import english_rows, german_rows, page, warc_record, write_lines
from tests.dataset.deadly import HANGS, KILLS, KILLS_LATER, Deadly
from variorum import dataset
from variorum.dataset.attempts import begun, deaths
from variorum.dataset.inputs import Input, inputs_of
from variorum.dataset.survey import survey
from variorum.dataset.units import place_of, reports_of
from variorum.engine import Engine, Pool, Ray, Serial
from variorum.errors import IntakeError

ROOT = Path(__file__).resolve().parents[2]
GOOD = german_rows(12)[:20]


@pytest.fixture(autouse=True)
def steps_can_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ray's workers do not have the path of this process."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]))


def bad(word: str, number: int) -> dict[str, str]:
    return {
        **english_rows(1, 1)[0],
        "id": f"bad-{number}",
        "text": f"At {word} a bridge fell, said the mayor. {number}",
    }


def with_bad(rows: list[dict[str, str]], **words: int) -> list[dict[str, str]]:
    """Rows with bad ones put in at places."""
    rows = list(rows)
    for number, (word, place) in enumerate(sorted(words.items(), key=lambda one: one[1])):
        rows.insert(place, bad(word, number))
    return rows


def refused(out: Path) -> dict[str, str]:
    made = json.loads((out / "manifest.json").read_text("utf-8"))
    return {one["where"]: one["reason"] for one in made["rejected"]}


def kept(out: Path) -> list[str]:
    return sorted(one.id for one in dataset.readings(out))


def crawl(path: Path, rows: list[dict[str, str]]) -> Path:
    path.write_bytes(b"".join(warc_record(n, page(row)) for n, row in enumerate(rows)))
    return path


def test_a_report_that_kills_its_reader_is_refused_on_the_pool(tmp_path: Path) -> None:
    """Lines, packed lines and a crawl, each with one such report, and one that hangs."""
    rows = with_bad(GOOD, **{KILLS: 7})
    for name in ("a.jsonl", "b.jsonl.gz"):
        write_lines(tmp_path / name, [{**row, "id": f"{name[0]}{row['id']}"} for row in rows])
    crawl(tmp_path / "c.warc", with_bad(GOOD, **{HANGS: 19}))
    engine = Deadly(Pool(2))
    told: list[IntakeError] = []
    try:
        done = dataset.run([str(tmp_path)], tmp_path / "out", engine=engine, on_reject=told.append)
    finally:
        engine.close()
    reason = "not read: the process that read it ended, 2 times"
    places = [f"{tmp_path}/a.jsonl: line 8", f"{tmp_path}/b.jsonl.gz: line 8", f"{tmp_path}/c.warc: record 20"]
    assert refused(tmp_path / "out") == dict.fromkeys(places, reason)
    assert sorted(one.where for one in told) == places, "each is told once"
    assert (done.reports, done.rejected) == (3 * len(GOOD), 3)


def ray() -> Engine:
    pytest.importorskip("ray", reason="Ray is an extra")
    return Ray(2)


@pytest.mark.parametrize("engine", [lambda: Pool(2), pytest.param(ray, marks=pytest.mark.slow)], ids=["pool", "ray"])
def test_the_data_set_is_that_of_the_rest(tmp_path: Path, engine: Callable[[], Engine]) -> None:
    rows = with_bad(GOOD, **{KILLS: 3})
    given = write_lines(tmp_path / "a.jsonl", with_bad(rows, **{KILLS_LATER: 9}))
    made = Deadly(engine())
    try:
        dataset.run([str(given)], tmp_path / "out", engine=made)
    finally:
        made.close()
    found = refused(tmp_path / "out")
    assert found.pop(f"{given}: line 4") == "not read: the process that read it ended, 2 times"
    assert list(found.values()) == ["the process that collated it ended, 2 times"]
    assert kept(tmp_path / "out") == sorted([*(row["id"] for row in GOOD), "bad-0"]), "what kills later is kept"
    assert not (tmp_path / "out" / "_work").exists()


def test_a_run_that_does_its_work_itself_gets_past_it_when_started_again(tmp_path: Path) -> None:
    given = write_lines(tmp_path / "a.jsonl", with_bad(GOOD, **{KILLS: 3}))
    script = (
        "import sys; from pathlib import Path; from tests.dataset.deadly import Deadly; from variorum import dataset;"
        "from variorum.engine import Serial; dataset.run([sys.argv[1]], Path(sys.argv[2]), engine=Deadly(Serial()))"
    )
    ends = []
    for _ in range(8):
        ends.append(subprocess.run([sys.executable, "-c", script, str(given), str(tmp_path / "out")]).returncode)
        if not ends[-1]:
            break
    assert ends == [-9, -9, -9, -9, 0], "once as a whole, once in a piece of two, twice alone"
    assert list(refused(tmp_path / "out")) == [f"{given}: line 4"]
    assert kept(tmp_path / "out") == sorted(row["id"] for row in GOOD)


def test_whoever_ends_a_run_with_its_workers_costs_no_report(tmp_path: Path) -> None:
    given = write_lines(tmp_path / "a.jsonl", GOOD[:3])
    marks = tmp_path / "out" / "_work" / "begun"
    marks.mkdir(parents=True)
    (surveyed,) = (survey(one) for one in inputs_of([str(given)]) if isinstance(one, Input))
    (marks / f"{surveyed.hash[:16]}-000000").write_text("....")
    engine = Pool(1)
    dataset.run([str(given)], tmp_path / "out", engine=engine)
    engine.close()
    assert refused(tmp_path / "out") == {}


def test_an_input_whose_survey_kills_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from variorum.dataset import running

    monkeypatch.setattr(running, "_name", lambda given, stamp: Path(given.url).stem)
    good, deadly = write_lines(tmp_path / "a.jsonl", GOOD[:3]), write_lines(tmp_path / "b.jsonl", GOOD[3:])
    marks = tmp_path / "out" / "_work" / "begun"
    marks.mkdir(parents=True)
    (marks / "b").write_text("...")
    assert dataset.run([str(good), str(deadly)], tmp_path / "out", engine=Serial()).reports == 3
    assert refused(tmp_path / "out") == {str(deadly): "the process that looked through it ended, 3 times"}


def test_a_mark_stays_only_where_the_process_ends(tmp_path: Path) -> None:
    mark = tmp_path / "marks" / "one"
    with begun(mark):
        assert deaths(mark) == 1
    assert deaths(mark) == 0
    with pytest.raises(KeyboardInterrupt), begun(mark):
        raise KeyboardInterrupt
    assert deaths(mark) == 0


@pytest.mark.parametrize(("seconds", "left"), [("0.1", 1), ("None", 0)])
def test_what_takes_too_long_is_ended_where_it_is_bounded(seconds: str, left: int) -> None:
    hangs = f"with bounded({seconds}): time.sleep(3600 if {seconds} else 0.2)"
    script = f"import time; from variorum.dataset.attempts import bounded\n{hangs}"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (left, "")


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.warc"])
def test_pieces_of_a_unit_are_all_of_it(tmp_path: Path, name: str) -> None:
    write: Callable[[Path, list[dict[str, str]]], Path] = crawl if name == "a.warc" else write_lines
    write(tmp_path / name, GOOD)
    (given,) = inputs_of([str(tmp_path / name)])
    assert isinstance(given, Input)
    (unit,) = survey(given).units

    def pieces() -> Iterator[object]:
        for start in range(0, len(GOOD), 3):
            yield from reports_of(given, unit, range(start, min(start + 3, len(GOOD))))

    whole = list(reports_of(given, unit))
    assert len(whole) == len(GOOD)
    assert list(pieces()) == whole
    assert place_of(given, unit, 2).endswith(("line 3", "record 3"))
