"""The golden records of the bundled stories: `make golden` writes them anew."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from variorum import api
from variorum.model import Record, codec

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tools"))
import golden


@pytest.fixture(scope="module", params=golden.stories(), ids=lambda story: story.name)
def story(request: pytest.FixtureRequest) -> tuple[str, Record]:
    return request.param.name, golden.record_of(request.param)


def test_the_record_is_the_golden_one(story: tuple[str, Record]) -> None:
    name, record = story
    wanted = codec.from_json(Record, (golden.GOLDEN / f"{name}.json").read_bytes())
    for field in (
        "title",
        "actors",
        "statements",
        "figures",
        "events",
        "journeys",
        "positions",
        "differences",
        "brief",
    ):
        assert getattr(record, field) == getattr(wanted, field), f"{field} of {name}: see `make golden`"
    assert record == wanted


def test_the_terminal_view_is_the_golden_one(story: tuple[str, Record]) -> None:
    name, record = story
    assert golden.text_of(record) == (golden.GOLDEN / f"{name}.txt").read_text("utf-8")


def test_the_record_verifies(story: tuple[str, Record]) -> None:
    assert api.verify(story[1]) == ()
