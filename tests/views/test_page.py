"""The page: one file, nothing from outside, nothing hostile alive, every word in place."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from tests.views import fixture, hostile
from variorum.model import Block, Extent, Lineage, Reading, Record
from variorum.model.ruling import AppliedRuling, RuledDifference, Ruling, Words
from variorum.views.page import render_page
from variorum.views.page.decided import ruling_words
from variorum.views.page.segments import paragraphs


def test_nothing_is_fetched_and_the_policy_names_exactly_what_runs(record: Record) -> None:
    page = render_page(record)
    tree = html.fromstring(page)
    assert not tree.xpath("//*[@src] | //link | //iframe | //object | //embed | //base | //form[@action]")
    assert not tree.xpath("//@style") and "url(" not in page and "@import" not in page
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none';")
    for kind in ("style", "script"):
        (content,) = tree.xpath(f"//{kind}/text()")
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert not [name for name in tree.xpath("//@*") if getattr(name, "attrname", "").startswith("on")]


def test_every_entry_has_an_address_and_every_link_a_target(record: Record) -> None:
    tree = html.fromstring(render_page(record))
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    for entry in (*record.statements, *record.figures, *record.events, *record.differences, *record.actors):
        assert entry.id in ids
    assert not {link[1:] for link in tree.xpath("//a/@href") if link.startswith("#")} - set(ids)


def test_the_words_of_an_entry_are_marked_as_such(record: Record) -> None:
    tree = html.fromstring(render_page(record))
    for position in record.positions:
        number = tree.get_element_by_id(position.id).get("data-n")
        for span in position.evidence:
            letter = "ABCD"[list(fixture.TEXTS).index(span.report)]
            report = tree.get_element_by_id(f"report-{letter}")
            lit = [s.text for s in report.xpath(".//*[@data-e]") if number in s.get("data-e").split()]
            assert span.extent.of(fixture.reading(span.report).text) in "".join(lit)


def test_the_reports_stand_whole_in_the_page(record: Record) -> None:
    tree = html.fromstring(render_page(record))
    for reading, letter in zip(record.reports, "ABCD", strict=True):
        blocks = tree.xpath(f"//*[@id='report-{letter}']//*[contains(@class, 'script')]/p")
        assert "\n\n".join(block.text_content() for block in blocks) == reading.text


def test_the_ledger_has_a_row_for_every_account_that_says_something_else(record: Record) -> None:
    tree = html.fromstring(render_page(record))
    rows = tree.xpath("//*[@id='figure-1']//table//tbody/tr")
    told = [" ".join(cell.text_content().strip() for cell in row.xpath("td")) for row in rows]
    assert len(told) == 3
    assert told[1].startswith("34 Hungary’s disaster authority") and told[2].startswith("34 Hungarian officials")


def test_furniture_is_greyed_and_not_hidden(record: Record) -> None:
    tree = html.fromstring(render_page(record))
    grey = [block.text_content() for block in tree.xpath("//p[contains(@class, 'furniture')]")]
    assert "READ MORE: FERRY FARES TO RISE IN TRIESTE" in grey
    assert not [text for text in grey if "Five Danube states" in text]


def test_hostile_content_is_inert() -> None:
    page = render_page(hostile.record())
    tree = html.fromstring(page)
    assert len(tree.xpath("//script")) == 1
    assert not tree.xpath("//img") and "javascript:" not in "".join(tree.xpath("//@href"))
    assert not [bad for bad in hostile.HARMFUL if bad in page]
    assert not [name for name in tree.xpath("//@*") if getattr(name, "attrname", "").startswith("on")]
    assert "49" not in tree.xpath("//h1")[0].text_content()
    page.encode("utf-8")


def test_an_empty_record_makes_a_page() -> None:
    page = render_page(Record(title="", reports=(Reading(id="r1", text=""),), lineage=Lineage()))
    assert "Untitled story" in page and "nothing to compare" in page


def test_a_damaged_record_makes_a_page() -> None:
    tree = html.fromstring(render_page(hostile.dangling()))
    assert "Speaker not established" in tree.text_content()
    assert len(tree.xpath("//article[contains(@class, 'report')]")) == 4


def test_unsafe_ids_get_addresses_of_their_own(record: Record) -> None:
    from dataclasses import replace

    odd = replace(record.statements[1], id='x" onclick="alert(1)')
    tree = html.fromstring(render_page(replace(record, statements=(odd,), differences=())))
    assert "statement-1" in tree.xpath("//@id") and not tree.xpath("//@onclick")


def test_the_same_record_makes_the_same_page() -> None:
    assert render_page(fixture.record()) == render_page(fixture.record())


def test_fifty_reports_stay_usable() -> None:
    page = render_page(fixture.many(13))
    assert len(page) < 1_500_000
    tree = html.fromstring(page)
    assert len(tree.xpath("//article[contains(@class, 'report')]")) == 52
    assert not {link[1:] for link in tree.xpath("//a/@href") if link.startswith("#")} - set(tree.xpath("//@id"))
    open_list = tree.xpath("//section[@id='witnesses']//li[not(ancestor::details)]")
    assert len(open_list) == 6


@given(
    st.text(max_size=120),
    st.lists(st.tuples(st.integers(-5, 130), st.integers(-5, 130), st.integers(0, 9)), max_size=12),
    st.lists(st.tuples(st.integers(0, 120), st.integers(0, 120)), max_size=5),
)
@settings(max_examples=200, deadline=None)
def test_segments_lose_and_move_nothing(
    text: str, spans: list[tuple[int, int, int]], cuts: list[tuple[int, int]]
) -> None:
    blocks = tuple(Block(kind="body", start=a, end=min(b, len(text))) for a, b in cuts if a < min(b, len(text)))
    reading = Reading(id="r1", text=text, blocks=blocks)
    made = paragraphs(reading, [(Extent(a, b), n) for a, b, n in spans])
    covered = set()
    for paragraph in made:
        for segment in paragraph.segments:
            end = segment.start + len(segment.text)
            assert text[segment.start : end] == segment.text
            for at in range(segment.start, end):
                assert at not in covered
                covered.add(at)
                resting = {n for a, b, n in spans if 0 <= a <= at < b <= len(text)}
                assert set(segment.entries) == resting
    assert not [at for at in range(len(text)) if at not in covered and not text[at].isspace()]


@pytest.mark.parametrize("paragraph", ["x" * 3_000_000, "Nothing of note was said. " * 20])
def test_of_a_text_of_megabytes_what_entries_rest_on_is_shown(paragraph: str) -> None:
    lines = [paragraph] * (1 if len(paragraph) > 1_000_000 else 6_000)
    text = "\n".join([*lines, "Reis was told to go.", "The end of it. " * 400])
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    blocks = tuple(Block(kind="body", start=a, end=b - 1) for a, b in pairwise(starts))
    at = text.index("Reis")
    made = paragraphs(Reading(id="r1", text=text, blocks=blocks), [(Extent(at, at + 4), 7)])
    segments = [s for p in made for s in p.segments]
    assert [s.text for s in segments if s.entries] == ["Reis"]
    shown = sum(len(s.text) for s in segments)
    assert shown < 500_000
    assert shown + sum(s.omitted for s in segments) >= len(text) - len(lines) - 2
    assert all(text[s.start : s.start + len(s.text)] == s.text for s in segments)


def test_rulings_in_words() -> None:
    def said(**given: object) -> str:
        made = Ruling(id="u1", who="Ana Pires", when="2031-05-04T12:00:00+00:00", **given)  # type: ignore[arg-type]
        return ruling_words(made, lambda id: f"report {id}")

    words = Words(report="A", start=0, end=8, text="“No\u202e, no”")
    assert said(kind="one-actor", names=("Ana", "A. Pires")) == "“Ana” and “A. Pires” are one actor."
    assert said(kind="two-actors", names=("Ana", "Pires")) == "“Ana” and “Pires” are different actors."
    assert said(kind="not-a-statement", words=words) == "“No, no” (report A) is no statement."
    assert said(kind="speaker", words=words, speaker="Ana Pires") == "Ana Pires said “No, no” (report A)."
    assert said(kind="same-story", reports=("A", "B")) == "report A and report B tell one story."
    assert said(kind="other-story", reports=("A", "B", "C")).endswith("tells another story than report B and report C.")
    assert said(kind="one-origin", reports=tuple("ABCDEFG")).endswith(
        "report D and 3 further reports descend from one text."
    )
    difference = RuledDifference(kind="number", label="boats lost", values=("14", "15"))
    assert said(kind="immaterial", difference=difference) == "The difference does not matter: number, boats lost."


def test_rulings_stand_in_the_page(record: Record) -> None:
    ruling = Ruling(
        id="u1", kind="speaker", who="<b>Ana</b>", when="2031-05-04T12:00:00+00:00", why="I asked", speaker="Ana Pires"
    )
    first = record.statements[0].id
    applied = AppliedRuling(ruling=ruling, found="said by Boro", entries=(first,))
    aside = record.differences[:1]
    page = render_page(replace(record, rulings=(applied,), set_aside=aside, differences=record.differences[1:]))
    tree = html.fromstring(page)
    told = tree.xpath("//section[@id='rulings']")[0].text_content()
    assert "<b>Ana</b>" in told and "I asked" in told and "said by Boro" in told
    assert tree.xpath(f"//*[@id='{first}']//*[contains(@class, 'ruled')]")
    assert aside[0].about.label in tree.xpath("//details[@class='aside']")[0].text_content()
    assert not tree.xpath("//form[@class='undo'] | //a[@class='correct']"), "a file cannot be ruled on"
