"""Pages in the shapes of the modern press: live blog, wire story, opinion, paywall, right-to-left page, AMP."""

from __future__ import annotations

import pytest

from tests.intake import modern_pages as pages
from variorum.intake.page import report_from_html
from variorum.model import Report


def words_of(report: Report, kind: str) -> list[str]:
    return [report.text[b.start : b.end] for b in report.blocks if b.kind == kind]


def read(page: str) -> Report:
    report = report_from_html(page, id="a")
    assert all(report.text[b.start : b.end].strip() for b in report.blocks)
    return report


@pytest.mark.parametrize(
    ("page", "headline", "bylines", "day", "outlet", "first"),
    [
        (pages.LIVE_BLOG, "Ferry collision off Lagos: live updates", ["Ngozi Balogun", "Tom Ferris"], "2026-02-11", "Gulf Courier", "The harbour master"),
        (pages.WIRE_STORY, "Quake near Izmit kills four, officials say", ["SELIN ARAS", "JOHN PIKE"], "2026-01-09", "Bay Gazette", "A shallow earthquake"),
        (pages.OPINION, "The lake is not ours to sell", ["Dr Ruth Abebe"], "2026-03-02", "Highland Standard", "When the council"),
        (pages.PAYWALL, "Tram drivers accept pay deal", ["Marek Dvorak"], "2026-04-20", None, "Tram drivers in Brno"),
        (pages.RIGHT_TO_LEFT, "Border crossing reopens after talks", ["Layla Haddad"], None, "النهار الجديد", "The crossing at Al-Waleed"),
        (pages.AMP, "Dam gates opened as river rises", ["Anil Thapa"], "2026-05-03", None, "Engineers opened"),
    ],
    ids=["live blog", "wire story", "opinion", "paywall", "right to left", "AMP"],
)  # fmt: skip
def test_what_a_page_says_of_itself(
    page: str, headline: str, bylines: list[str], day: str | None, outlet: str | None, first: str
) -> None:
    report = read(page)
    assert report.headline is not None and report.headline.of(report.text) == headline
    assert [b.of(report.text) for b in report.bylines] == bylines
    assert (report.published.date[:10] if report.published else None) == day
    assert report.outlet == outlet and report.language == "en"
    assert words_of(report, "body")[0].startswith(first)


def test_a_live_blog_keeps_every_entry_and_its_time() -> None:
    report = read(pages.LIVE_BLOG)
    assert len(words_of(report, "body")) == 4 and len(words_of(report, "subheading")) == 2
    assert {"12:31 WAT", "10:05 WAT"} <= set(words_of(report, "timestamp"))
    assert not any("airport" in words for words in words_of(report, "body"))


def test_a_wire_story_has_its_advisory_dateline_and_credits() -> None:
    report = read(pages.WIRE_STORY)
    assert report.advisory == "(UPDATES death toll in paragraph 2, adds quotes from governor)"
    assert report.dateline is not None and report.dateline.place == "Izmit, Turkey" and report.dateline.agency == "AP"
    assert {(c.agency, c.of) for c in report.credits} == {("Associated Press", "text")}
    assert not any("rights reserved" in w or "UPDATES" in w or "___" in w for w in words_of(report, "body"))


def test_neither_consent_nor_paywall_nor_disclaimer_is_the_story() -> None:
    story = words_of(read(pages.PAYWALL), "body") + words_of(read(pages.OPINION), "body")
    assert len(story) == 6
    assert not any(word in " ".join(story) for word in ("cookies", "subscri", "unlimited", "views expressed"))


def test_a_locked_article_is_noted() -> None:
    data = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": "False"}</script>'
    report = read(pages.PAYWALL.replace("</head>", data + "</head>"))
    assert any("not free to read" in note for note in report.notes)
    assert not read(pages.PAYWALL).notes


def test_words_of_another_script_stay_as_they_are() -> None:
    report = read(pages.RIGHT_TO_LEFT)
    assert "(\u202bحاتم صالح\u202c)" in report.text
    assert not any("وزير" in words for words in words_of(report, "body"))


def test_neighbouring_elements_are_words_apart() -> None:
    page = pages.PAYWALL.replace(
        "By Marek Dvorak, transport correspondent", "By <a>Marek Dvorak</a><span>Transport Correspondent</span>"
    )
    report = read(page)
    assert words_of(report, "byline") == ["By Marek Dvorak Transport Correspondent"]
    assert [b.of(report.text) for b in report.bylines] == ["Marek Dvorak"]
    assert "McDonald" in read("<p>Old <span>Mc</span><b>Donald</b> had a farm, and on that farm he had a cow.</p>").text


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("Updated 1:39 am EST, Wednesday, January 7, 2026", "2026-01-07"),
        ("PUBLISHED: 10:48, Tue, Jan 6, 2026 | UPDATED: 11:05, Wed, Jan 7, 2026", "2026-01-06"),
        ("01.27.2026 09:00 AM", "2026-01-27"),
        ("27/01/26", "2026-01-27"),
        ("Wednesday 7 January 2026 11:42, UK", "2026-01-07"),
        ("3/4/2026", None),
    ],
)
def test_the_day_in_the_line_under_the_headline(stamp: str, day: str | None) -> None:
    report = read(pages.PAYWALL.replace('<time datetime="2026-04-20">20 April 2026</time>', f"<div>{stamp}</div>"))
    assert (report.published.date if report.published else None) == day


def test_the_dates_of_other_stories_are_not_the_reports_own() -> None:
    others = "".join(
        f"<li><a>A storm closes the pass, again and again</a> <div>November {n}, 2016</div></li>" for n in range(1, 9)
    )
    bare = pages.PAYWALL.replace('<time datetime="2026-04-20">20 April 2026</time>', "")
    report = read(bare.replace("<main>", f"<nav><ul>{others}</ul></nav><main>"))
    assert report.published is None


def test_a_heading_that_metadata_call_otherwise_is_the_headline() -> None:
    page = pages.PAYWALL.replace(
        "<title>Tram drivers accept pay deal</title>", "<title>Five months of strikes: it is over</title>"
    )
    report = read(page)
    assert report.headline is not None and report.headline.of(report.text) == "Tram drivers accept pay deal"


def test_the_captions_of_other_stories_are_not_this_ones() -> None:
    others = "".join(
        f'<figure><img src="{n}.jpg"><figcaption><a href="/{n}">Storm number {n} closes the high pass for days</a></figcaption></figure>'
        for n in range(12)
    )
    own = "<figure><img src='a.jpg'><figcaption>File photo: Trams wait in front of the old depot in Brno. Photo: Valley Press</figcaption></figure>"
    page = pages.PAYWALL.replace("</main>", f"</main><section class='more'>{others}</section>")
    report = read(page.replace('<div class="story-body">', f'{own}<div class="story-body">'))
    assert words_of(report, "caption") == [
        "File photo: Trams wait in front of the old depot in Brno. Photo: Valley Press"
    ]


def test_a_heading_between_paragraphs_that_announces_links_is_none_of_the_story() -> None:
    page = pages.PAYWALL.replace("</p>\n<p>Under the deal", "</p>\n<p>DON'T MISS</p><p>Under the deal")
    assert "DON'T MISS" in words_of(read(page), "related")


NAMELESS = """\
<!doctype html><html><head><title>Tram line opens</title></head><body><div id="root"><div class="q1"><h1>Tram line opens</h1>
<div class="q2">14 March 2026, 11:40 CET</div><div class="q3">
<p>The tram line from the port to the airport opened on Saturday, two years late, the city’s transport office said.</p>
<h2>Why so late?</h2>
<p>The ground turned out to be wet to a depth of eleven metres, according to the builder, which wants to be paid for that.</p>
<div class="q4">Advertisement</div><h2>Who pays?</h2>
<p>A court is to decide in May. The mayor said on Saturday that the city would pay nothing beyond the price it had agreed to.</p>
<p>Nobody spoke for the builder.</p>
<p>The line has nine stops, of which one is still shut, and trams run every twelve minutes until midnight, the office said.</p>
</div></div></div></body></html>
"""


def test_subheadings_and_short_sentences_of_a_page_without_names_are_in_the_article() -> None:
    report = read(NAMELESS)
    assert {"Why so late?", "Who pays?"} <= {*words_of(report, "subheading")}
    assert "Nobody spoke for the builder." in words_of(report, "body")
    told = words_of(report, "body") + words_of(report, "subheading")
    assert "14 March 2026, 11:40 CET" not in told and "Advertisement" not in told
