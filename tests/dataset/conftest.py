"""One small data set, made once by the serial engine, which the tests look at and compare with."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.dataset.corpus import english_rows, german_rows, write_lines
from variorum import dataset
from variorum.engine import Serial


@pytest.fixture(scope="session")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """Two files of reports."""
    folder = tmp_path_factory.mktemp("inputs")
    rows = [*english_rows(), *german_rows()]
    return (
        str(write_lines(folder / "one.jsonl", rows[::2])),
        str(write_lines(folder / "two.jsonl.gz", rows[1::2])),
    )


@pytest.fixture(scope="session")
def made(inputs: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data set of both."""
    out = tmp_path_factory.mktemp("made") / "out"
    dataset.run(inputs, out, engine=Serial())
    return out


@pytest.fixture(scope="session")
def few(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """Two small files, for tests that need many runs."""
    folder = tmp_path_factory.mktemp("few")
    rows = [*english_rows(1, 2), *german_rows(5, days=8)]
    return (str(write_lines(folder / "one.jsonl", rows[::2])), str(write_lines(folder / "two.jsonl.gz", rows[1::2])))


@pytest.fixture(scope="session")
def made_of_few(few: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data set of those."""
    out = tmp_path_factory.mktemp("made-of-few") / "out"
    dataset.run(few, out, engine=Serial())
    return out
