"""The model round-trips through JSON, fits its own schema, and names the path of a bad field."""

from __future__ import annotations

import json

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from variorum.errors import BadRecord
from variorum.model import Reading, Record, Report, codec

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
st.register_type_strategy(str, TEXT)
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))
SOME = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))


@SOME
@given(st.from_type(Reading))
def test_a_reading_round_trips(reading: Reading) -> None:
    text = codec.to_json(reading)
    assert codec.from_json(Reading, text) == reading
    assert "\n" not in text, "a reading is one line of JSON Lines"


@SOME
@given(st.from_type(Record))
def test_a_record_round_trips_and_fits_its_schema(record: Record) -> None:
    text = codec.to_json(record)
    assert codec.from_json(Record, text) == record
    jsonschema.validate(json.loads(text), codec.schemas()["record"])


@SOME
@given(st.from_type(Report))
def test_data_and_text_agree(report: Report) -> None:
    assert codec.to_data(report) == json.loads(codec.to_json(report))


def test_a_bad_field_is_named_by_its_path() -> None:
    record = {
        "format": "variorum.record/1",
        "title": "t",
        "reports": [{"id": "a", "text": "x", "blocks": [{"kind": "banner", "start": 0, "end": 1}]}],
        "lineage": {"origins": [], "independent": 0},
    }
    with pytest.raises(BadRecord, match=r"^r\.json: reports\.0\.blocks\.0\.kind: "):
        codec.from_json(Record, json.dumps(record), where="r.json")


@pytest.mark.parametrize("text", ["", "[]", "{", '{"format": "other"}'])
def test_what_is_no_record_is_refused(text: str) -> None:
    with pytest.raises(BadRecord):
        codec.from_json(Record, text)


def test_the_schema_names_the_contract() -> None:
    reading = codec.schemas()["reading"]["properties"]
    for field in ("id", "text", "blocks", "headline", "bylines", "dateline", "published", "credits"):
        assert field in reading
    for field in ("names", "statements", "figures", "events", "journeys", "positions"):
        assert field in reading
