"""The page: one file, nothing from outside, nothing hostile alive, every word in place."""

from __future__ import annotations

import base64
import hashlib

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from tests.views import fixture, hostile
from variorum.model import Block, Extent, Lineage, Reading, Record
from variorum.views.page import render_page
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
