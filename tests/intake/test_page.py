"""Pages become reports: visible text, typed blocks with paths, metadata."""

from __future__ import annotations

import pytest

from variorum.errors import IntakeError
from variorum.intake import report_from_object
from variorum.intake.page import report_from_html
from variorum.model import Report


def kind_of(report: Report, words: str) -> str:
    return next(b.kind for b in report.blocks if words in report.text[b.start : b.end])


def test_the_article_is_told_from_the_page(page: str) -> None:
    report = report_from_html(page, id="a")
    body = [report.text[b.start : b.end].split()[0] for b in report.blocks if b.kind == "body"]
    assert body == ["Dock", "Transport", "The", "A"]
    assert kind_of(report, "What happens next") == "subheading"
    assert kind_of(report, "until Christmas") == "quotation"
    assert kind_of(report, "gate of the port") == "caption"
    assert kind_of(report, "Ferry service") == "related"
    assert kind_of(report, "newsletter") == "promotion"
    assert kind_of(report, "All rights reserved") == "credit"
    assert "never shown" not in report.text and "nobody sees" not in report.text and "color: red" not in report.text


def test_metadata(page: str) -> None:
    report = report_from_html(page, id="a", url="https://post.example/world/harbour-strike?ref=x")
    assert (
        report.headline is not None and report.headline.of(report.text) == "Harbour strike spreads as talks break down"
    )
    assert report.title == "Harbour strike spreads as talks break down"
    assert report.outlet == "The Example Post" and report.section == "World" and report.language == "en"
    assert report.authors == ("Ines Tavares", "Rui Nunes")
    assert report.published is not None and report.published.basis == "metadata"
    assert report.published.date == "2025-03-04T18:20:00+02:00" and report.modified == "2025-03-05T08:00:00+02:00"
    assert report.url == "https://post.example/world/harbour-strike"
    assert report.dateline is not None and (report.dateline.place, report.dateline.agency) == ("Maputo", "Reuters")


def test_without_linked_data_the_page_itself_is_asked(page: str) -> None:
    report = report_from_html(page, id="a", linked_data=False)
    assert report.outlet == "The Example Post" and report.authors == ("Ines Tavares",)
    assert report.published is not None and report.published.date[:10] == "2025-03-04" and report.modified is None


def test_every_block_keeps_its_path(page: str) -> None:
    report = report_from_html(page, id="a")
    assert all(block.path and block.path.startswith("/html/body") for block in report.blocks)
    assert "article" in next(b.path or "" for b in report.blocks if b.kind == "headline")


@pytest.mark.parametrize(
    "html",
    [
        "",
        " ",
        "<html>",
        "<p></p>",
        "\0\0",
        "<!-- only a comment -->",
        "<script>x</script>",
        "<p hidden>gone</p>",
        "<?xml version='1.0'?>",
    ],
)
def test_a_page_that_shows_nothing_is_refused(html: str) -> None:
    with pytest.raises(IntakeError, match="has no text"):
        report_from_html(html, id="a")


def test_a_refused_page_is_named_as_its_reader_knows_it() -> None:
    with pytest.raises(IntakeError, match=r"^page 7: has no text$"):
        report_from_object({"html": "<p></p>"}, where="page 7")


@pytest.mark.parametrize(
    "html",
    [
        "<",
        "]]>",
        "<html><body><div>" * 2_000 + "<p>spoken</p>" * 500,
        "<b><div>" * 3_000 + "deep" + "</div></b>" * 3_000 + "<p>behind</p>",
        "<svg><p>unclosed</p><p>and more</p>",
        "<script>x</script>" + "<ul><li>" * 400 + "item",
    ],
)
def test_no_depth_or_damage_loses_the_words(html: str) -> None:
    report = report_from_html(html, id="a")
    assert report.notes or any(b.kind == "body" for b in report.blocks)
    for word in ("spoken", "deep", "behind", "unclosed", "more", "item"):
        assert report.text.count(word) == html.count(word)


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 20_000 + "deep" + "</div>" * 20_000,
        "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">attributes</p>",
        "<p>" + "“" * 300_000 + "</p>",
        "<table>" + "<tr><td>cell</td></tr>" * 4_000 + "</table>",
        "<p>" + "word " * 300_000 + "</p>",
        '<script type="application/ld+json">' + "[" * 50_000 + "</script><p>nested</p>",
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": 5, "author": {"name": [[]]}, "datePublished": {}}</script><p>odd</p>',
    ],
)
def test_hostile_pages_are_read(html: str) -> None:
    report = report_from_html(html, id="a")
    assert report.text
    assert all(report.text[b.start : b.end].strip() for b in report.blocks)
