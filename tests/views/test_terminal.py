"""The terminal views: width, plainness, evidence, harmlessness."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from tests.views import fixture, hostile
from variorum.model import Lineage, Reading, Record, Story
from variorum.views.inert import inert, shown
from variorum.views.terminal import render_reading, render_record, render_stories


def printed(record: Record, *, width: int = 100, evidence: bool = False, colour: bool = False) -> str:
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=colour, highlight=False, markup=False, emoji=False)
    render_record(record, console=console, evidence=evidence)
    return out.getvalue()


@pytest.mark.parametrize("width", [100, 80, 60, 40])
def test_it_fits_the_width(record: Record, width: int) -> None:
    for evidence in (False, True):
        too_long = [
            line for line in printed(record, width=width, evidence=evidence).splitlines() if cell_len(line) > width
        ]
        assert not too_long


def test_a_wider_terminal_gets_no_more_than_100_columns(record: Record) -> None:
    assert max(cell_len(line) for line in printed(record, width=240).splitlines()) <= 100


def test_what_matters_comes_first(record: Record) -> None:
    text = printed(record)
    assert text.startswith("Danube states close river to barges after solvent spill")
    assert "4 reports · 3 origins · 3–5 March 2026" in text
    heads = ["Reports", "In brief", "Differences (7)", "Who said what", "Figures", "Positions", "Events", "Journey of"]
    places = [text.index(f"\n{head}") for head in heads]
    assert places == sorted(places)
    assert "┐ one origin" in text and "2 passages shared" in text


def test_variants_are_told_in_words(record: Record) -> None:
    text = " ".join(printed(record).split())
    assert "B adds “very”; “stand” for “act”; leaves out “a”" in text
    assert "D has only “a decisive moment”" in text
    assert "revised" in text and "differs" in text


def test_wording_differences_stand_in_step(record: Record) -> None:
    lines = printed(record).splitlines()
    first = next(n for n, line in enumerate(lines) if re.match(r"\s+A  act ", line))
    assert lines[first].index("together") == lines[first + 1].index("together")


def test_colour_carries_nothing_that_the_words_do_not(record: Record) -> None:
    coloured = printed(record, colour=True)
    assert "\x1b[" in coloured
    plain = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert [line.rstrip() for line in plain.splitlines()] == [line.rstrip() for line in printed(record).splitlines()]


def test_evidence_shows_letter_place_and_words(record: Record) -> None:
    text = printed(record, evidence=True)
    where = fixture.ext("glasnik", "Nearly 150 tonnes")
    assert f"C {where.start}–{where.end}  Nearly 150 tonnes" in text
    assert "Nearly 150 tonnes" not in "".join(re.findall(r"^ +C \d+–\d+ .*$", printed(record), re.M))


def test_hostile_names_are_shown_inert() -> None:
    for text in (printed(hostile.record(), evidence=True), printed(hostile.record(), width=50)):
        assert not [bad for bad in hostile.HARMFUL if bad in text]
        assert "<script>alert(1)</script>" in text
        assert "[bold red]markup[/bold red]" in " ".join(text.split())


def test_fifty_reports_leave_what_matters_in_sight() -> None:
    lines = printed(fixture.many(13)).splitlines()
    assert lines.index("Differences (7)") < 30
    assert any("and 24 more: C–Z" in line for line in lines)
    assert max(cell_len(line) for line in lines) <= 100
    assert "AZ" in printed(fixture.many(13), evidence=True)


def test_an_empty_record_is_shown() -> None:
    alone = Reading(id="r1", text="")
    empty = Record(title="", reports=(alone,), lineage=Lineage())
    assert "Untitled story" in printed(empty)
    assert "1 report · 1 origin" in printed(empty)


def test_a_damaged_record_is_shown() -> None:
    text = printed(hostile.dangling(), evidence=True)
    assert "speaker not established" in text and "Journey of a traveller" in text


def test_the_same_record_gives_the_same_text(record: Record) -> None:
    assert printed(record, evidence=True) == printed(replace(record), evidence=True)


def test_readings_and_stories_are_shown(record: Record) -> None:
    out = io.StringIO()
    console = Console(file=out, width=72, highlight=False, markup=False)
    for reading in (*record.reports, *hostile.record().reports):
        render_reading(reading, console=console, evidence=True)
    story = Story(id="s1", readings=record.reports, lineage=record.lineage)
    render_stories([story, story], console=console)
    text = out.getvalue()
    assert "Story 2" in text and "one origin (Reuters), 2 passages shared:" in text
    assert max(cell_len(line) for line in text.splitlines()) <= 72
    assert not [bad for bad in hostile.HARMFUL if bad in text]


@given(st.text(alphabet=st.characters(exclude_categories=[]), max_size=80))
@settings(max_examples=200, deadline=None)
def test_inert_text_has_no_control_or_direction_characters(text: str) -> None:
    for made in (inert(text), shown(text)):
        made.encode("utf-8")
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]", made)
    assert len(shown(text)) == len(text)
    assert inert(inert(text)) == inert(text)
