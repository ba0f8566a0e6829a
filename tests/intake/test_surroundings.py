"""Captions that no credit announces, headlines under mastheads and rubrics, comments under an article."""

from __future__ import annotations

import pytest

from variorum.intake.plain import report_from_text
from variorum.model import Report

HEADLINE = "Ferry line to close after row over quay"
LEAD = (
    "The ferry operator said on Monday that the service between Rostock and Trelleborg would stop in May, after talks "
    "with both ports failed to settle who pays for the new quay."
)
QUOTE = (
    "“We have asked three times and three times we were told to wait,” Ana Reis, its chairwoman, told reporters in "
    "Rostock. The minister, Jan Novak, called the claim absurd."
)
COST = "The port of Trelleborg has spent 40 million euros on the quay since 2019, according to its annual report."


def taken_in(*paragraphs: str) -> Report:
    return report_from_text("\n\n".join(paragraphs), id="x")


def kinds_of(report: Report, line: str) -> set[str]:
    return {b.kind for b in report.blocks if report.text[b.start : b.end].startswith(line[:12])}


@pytest.mark.parametrize(
    "line",
    [
        "Ana Reis arriving at court in May",
        "Jan Novak and Ana Reis at the town hall of Rostock.",
        "Ana Reis: “We have asked three times”",
        "Workers clear debris from a quay in Rostock on Monday",
        "A worker checks a rope on the ferry Huldra in Rostock, Germany, March 14, 2025. (Norda/Liv Ek)",
        "Transport Minister Jan Novak with his Danish colleague, Liv Ek, in Rostock on Friday.",
        "Passengers wait at the terminal in Trelleborg on Sunday.",
        "Ana Reis, left, and Jan Novak at the ceremony on Tuesday",
        "President Lena Sund (centre) greets dockers during a visit to Rostock on Monday",
        "Jan Novak pictured outside parliament last week",
        "Smoke rises over the port of Trelleborg on Saturday.",
        "Prime Minister Olu Ade and King Hassan IV at the palace in Rabat. The treaty runs for ten years",
        "Liv Ek, the union's leader, speaking to dockers in Rostock",
        "A man walks past a closed ticket office in Rostock.",
    ],
)
def test_a_line_that_tells_what_a_picture_shows_is_a_caption(line: str) -> None:
    assert kinds_of(taken_in(HEADLINE, LEAD, QUOTE, line, COST, LEAD), line) == {"caption"}


@pytest.mark.parametrize(
    "line",
    [
        "Talks in Berlin",
        "What happens next",
        "He flies to Oslo on Friday.",
        "Novak meets the Danish minister on Thursday in Oslo.",
        "The court meets on Monday.",
        "No decision is expected before May.",
        "Police are searching for two men.",
        "China stands ready to help with the quay in Rostock.",
        "Sweden pays a third of the bill, Denmark the rest.",
        "The union wants a meeting in March.",
        "Ana Reis rejects that.",
        "Shares in the operator rose 4% in Frankfurt on Monday.",
        "Novak leaves for Tallinn on Tuesday.",
        "Both sides meet again in Oslo on Friday.",
        "That leaves the port of Sassnitz.",
        "Novak disagrees.",
        "Ferries still run from Travemünde.",
        "Protesters reject the plan.",
        "Among those attending in Rostock on Monday: four ministers.",
        "They’re using the quay in Rostock for now.",
        "A look at the books suggests that the line lost money in Trelleborg.",
        "Anybody else: “We have asked three times”",
    ],
)
def test_a_short_paragraph_is_no_caption(line: str) -> None:
    assert "caption" not in kinds_of(taken_in(HEADLINE, LEAD, QUOTE, line, COST, LEAD), line)


def test_a_line_beside_a_credit_needs_neither_day_nor_place() -> None:
    report = taken_in(
        HEADLINE, LEAD, QUOTE, "Ana Reis holds a copy of the report", "LIV EK FOR THE BALTIC DAILY", COST, LEAD
    )
    assert kinds_of(report, "Ana Reis holds") == {"caption"}
    assert kinds_of(report, "LIV EK FOR THE") == {"credit"}


def test_what_somebody_is_quoted_with_once_only_is_no_caption() -> None:
    line = "Jan Novak: “The quay was never promised to them”"
    assert "caption" not in kinds_of(taken_in(HEADLINE, LEAD, QUOTE, line, COST, LEAD), line)


@pytest.mark.parametrize(
    ("above", "which"),
    [
        (("Baltic Daily", HEADLINE, "Operator blames Trelleborg"), 1),
        (("The Rostock Tribune", 'Minister "takes note" of quay row, says ports must pay'), 1),
        (("Will The Ferry Stop? Operator's Big Warning In Rs 40-Crore Quay Row",), 0),
        (("Sea traffic", HEADLINE + ", port says"), 1),
        (("NordPost — Baltic News Agency", "March 3rd 2025 - 09:20 UTC", HEADLINE), 2),
        ((HEADLINE, "Baltic Daily"), 0),
        (("Business News", HEADLINE + ", port says"), 1),
        (("Quay row ends ferry", "Trelleborg and Rostock blame each other for the end of the line"), 0),
        (("Ferry to stop! Who pays for the quay now",), 0),
    ],
)
def test_the_headline_is_no_masthead_and_no_rubric(above: tuple[str, ...], which: int) -> None:
    report = taken_in(*above, "By Liv Ek", LEAD, QUOTE, COST)
    assert report.headline is not None
    assert report.headline.of(report.text) == above[which]


def test_an_outlet_that_the_report_names_as_its_own_is_no_headline() -> None:
    asked = "Novak told Voice of the Coast on Sunday that it was late."
    report = taken_in("Voice of the Coast", "Operator of ferry to stop in May", LEAD, QUOTE, asked, COST)
    assert report.headline is not None
    assert report.headline.of(report.text) == "Operator of ferry to stop in May"


@pytest.mark.parametrize(
    "opener",
    [
        "Readers' comments",
        "Top Comments",
        "Comments (14)",
        "3 Comments",
        "Your comments",
        "Comment rules",
        "View 12 comments",
        "Disclaimer & comment rules",
        "Reader responses",
        "LATEST COMMENTS",
        "Comments are closed",
        "Most liked comments",
    ],
)
def test_nothing_of_the_comments_under_an_article_is_in_it(opener: str) -> None:
    comments = (
        opener,
        "Skipper_7",
        "So we pay for the quay and they get the ferry?",
        "Commenting for this story is now closed.",
    )
    report = taken_in(HEADLINE, LEAD, QUOTE, COST, LEAD, *comments)
    for line in comments:
        assert not {"body", "subheading", "list"} & kinds_of(report, line), line


@pytest.mark.parametrize("line", ["The Rostock Tribune Online", "Baltic Sea Herald", "NordPost News Agency"])
def test_an_outlet_below_the_headline_is_no_part_of_the_article(line: str) -> None:
    assert kinds_of(taken_in(HEADLINE, line, "By Liv Ek", LEAD, QUOTE, COST), line) == {"tags"}


def test_a_picture_above_the_body_and_a_standfirst_are_told_apart() -> None:
    shown, standfirst = "Lena Holm at the ministry in Stockholm on Friday", "Union calls for talks in Rostock on Monday"
    report = taken_in(HEADLINE, standfirst, "By Liv Ek", "3 March 2025", shown, LEAD, QUOTE, COST)
    assert kinds_of(report, shown) == {"caption"}
    assert kinds_of(report, standfirst) == {"subheading"}


IN_THE_ARTICLE = {"body", "subheading", "list", "headline"}


@pytest.mark.parametrize(
    "line",
    [
        "Log in | Register",
        "3 min read    Share    Save to the reading desk",
        "45 shares\t12 comments",
        "Listen to this story · 6 min read · Share",
        "Published on May 4, 2025, at 9:15 am (Oslo), updated at 11:40 am · 2 min read",
        "Leer en español",
        "Republish this story",
        "Request reprints",
        "Add us on Google News",
        "SKIP AD",
        "Seen an error? Tell the desk",
        "Report a broken link",
        "The comments have not been moderated.",
        "We are no longer accepting comments on this article",
        "los-mk/bt",
        "A version of this article appeared in print on May 5, 2025, on page 4.",
        "Translation of an article originally published in Norwegian; only that version binds the publisher.",
        "This text was translated from the Portuguese original version by the desk.",
        "The agency feed is posted automatically and nobody at this paper has read it.",
        "The Baltic Wire site carries only a selection of its stories.",
        "A tug tows the ferry into Rostock in this undated handout photo.",
        "The quay at Rostock before the strike. (Tribune photo / L. Ek)",
        "Comments (8) | Share | Print",
        "Download PDF",
        "Available in Portuguese",
        "Sort by: Oldest",
        "Follow this topic",
        "Purchase licensing rights",
        "See all stories by Maja Lund",
        "Be civil. All comments are moderated before they appear.",
        "The article was first published in the Saturday edition.",
    ],
)
def test_lines_of_a_page_between_paragraphs_are_no_part_of_the_article(line: str) -> None:
    report = taken_in(HEADLINE, LEAD, QUOTE, line, COST, LEAD)
    assert not IN_THE_ARTICLE & kinds_of(report, line)


@pytest.mark.parametrize(
    "line",
    [
        "The minister said in this photo nobody could see the damage, and called for a second look.",
        "A version of this treaty was rejected by the senate in 2019.",
        "The site contains a large part of the port's old cranes.",
    ],
)
def test_sentences_that_only_sound_like_a_page_stay(line: str) -> None:
    assert kinds_of(taken_in(HEADLINE, LEAD, QUOTE, line, COST, LEAD), line) == {"body"}


def test_a_box_for_signing_up_is_no_part_of_the_article() -> None:
    box = ("Newsletter", "Harbour Letter", "The coast in five minutes, each Friday", "Subscribe")
    report = taken_in(HEADLINE, LEAD, QUOTE, *box, COST, LEAD)
    for line in box:
        assert not IN_THE_ARTICLE & kinds_of(report, line), line
    assert kinds_of(report, COST) == {"body"}


def test_a_heading_of_a_box_without_a_button_takes_nothing_away() -> None:
    report = taken_in(HEADLINE, LEAD, "Newsletter", QUOTE, COST, LEAD)
    assert kinds_of(report, QUOTE) == kinds_of(report, COST) == {"body"}


def test_an_article_goes_on_behind_links_with_a_short_sentence() -> None:
    again = "The quay has been closed for six weeks. It will open again in May, the harbour board says."
    short = "Shippers called the date “a joke”."
    report = taken_in(HEADLINE, LEAD, QUOTE, "Related articles", "Cranes of the Baltic ‘to go’", again, short, COST)
    assert kinds_of(report, again) == kinds_of(report, short) == {"body"}


def test_what_the_writer_covers_closes_no_article() -> None:
    line = "Maja Lund covers shipping and the Baltic. More about Maja Lund"
    assert not IN_THE_ARTICLE & kinds_of(taken_in(HEADLINE, LEAD, QUOTE, COST, LEAD, line), line)
