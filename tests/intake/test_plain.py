"""Plain text becomes a report: blocks, headline, credits, dates."""

from __future__ import annotations

import pytest

from variorum.intake import report_from_text
from variorum.intake.furniture import is_breadcrumb
from variorum.model import Report


def kinds(report: Report) -> dict[str, str]:
    """The kind of each block by the first words of its text."""
    return {report.text[b.start : b.end][:24]: b.kind for b in report.blocks}


def body(report: Report) -> list[str]:
    return [report.text[b.start : b.end] for b in report.blocks if b.kind == "body"]


def test_furniture_of_a_pasted_page_is_no_body(story: str) -> None:
    report = report_from_text(story, id="a")
    assert report.text == story
    assert kinds(report) == {
        "Category: Africa": "tags",
        "Harbour strike spreads a": "headline",
        "close Video": "media",
        "Dockers march through Be": "media",
        "Reporter Ines Tavares lo": "media",
        "Dock workers in three po": "body",
        "UNION CHIEF SAYS WORKERS": "related",
        "Dockers, left, shout at ": "caption",
        "Transport Minister Helen": "body",
        "ALSO READ:  Ferry servic": "related",
        "The union wants 11 perce": "body",
        "What happens next": "subheading",
        "A court is due to hear t": "body",
        "CLICK HERE TO GET THE PO": "promotion",
        "The Associated Press con": "credit",
        "Share": "share",
        "Recent Posts": "related",
        "Mayor questioned over ne": "related",
        "The mayor of the capital": "teaser",
        "20 minutes ago": "timestamp",
        "Floods cut off two villa": "related",
        "Rivers in the central pr": "teaser",
        "3 hours ago": "timestamp",
    }


def test_headline_date_and_credits_of_a_pasted_page(story: str) -> None:
    report = report_from_text(story, id="a")
    assert report.headline is not None
    assert report.headline.of(story) == "Harbour strike spreads as talks in Maputo break down"
    assert report.published is not None and (report.published.date, report.published.basis) == ("2025-03-04", "caption")
    assert [(c.agency, c.of) for c in report.credits] == [("Associated Press", "picture"), ("Associated Press", "text")]
    assert report.language == "en" and report.dateline is None


@pytest.mark.parametrize(
    "text",
    [
        "Kenya’s president met the Ugandan foreign minister in Nairobi on Monday.",
        "BREAKING: 14 DEAD IN FERRY ACCIDENT ON LAKE VICTORIA, POLICE SAY",
        "Share",
        "The ministry said that 14 people",
        "By Friday, the water had reached the second floor of the hospital, and 300 patients were moved…",
    ],
)
def test_a_single_paragraph_is_body(text: str) -> None:
    report = report_from_text(text, id="a")
    assert body(report) == [text] and report.headline is None


def test_a_text_that_opens_with_a_dateline_has_no_headline() -> None:
    text = "OSLO, May 5 (Reuters) - Norway will send two ships, its minister said on Monday.\n\nThe ships leave on Friday, he added."
    report = report_from_text(text, id="a", published="2024-05-05")
    assert report.headline is None and report.dateline is not None
    assert (report.dateline.place, report.dateline.date, report.dateline.agency) == ("Oslo", "2024-05-05", "Reuters")
    assert body(report)[0].startswith("Norway will send")
    assert [(c.agency, c.of) for c in report.credits] == [("Reuters", "text")]


def test_a_dateline_without_a_year_gets_none_from_air() -> None:
    text = "OSLO, May 5 (Reuters) - Norway will send two ships, its minister said on Monday.\n\nThe ships leave on Friday, he added."
    report = report_from_text(text, id="a")
    assert report.dateline is not None and report.dateline.date is None and report.published is None


def test_the_given_title_is_the_headline_also_where_it_closes_with_a_full_stop() -> None:
    text = "Norway sends two ships.\n\nNorway will send two ships to the gulf, its minister said on Monday.\n\nThey leave on Friday, he added."
    report = report_from_text(text, id="a", title="Norway sends two ships")
    assert report.headline is not None and report.headline.of(text) == "Norway sends two ships."


def test_hard_wrapped_lines_are_joined() -> None:
    text = (
        "The river rose by two metres in the night and cut the road between the two\n"
        "towns, so that food has to be brought in by boat, the governor said on\n"
        "Monday in the provincial capital.\n"
        "\n"
        "Some 3,000 people spent the night in schools. The army has sent four boats\n"
        "and a field kitchen, and more help is to come by rail on Tuesday, according\n"
        "to the governor.\n"
    )
    for form in (text, text.replace("\n", "\r\n"), text.replace("\n\n", "\n   ")):
        report = report_from_text(form, id="a")
        assert [words[-9:] for words in body(report)] == [" capital.", "governor."]


def test_paragraphs_apart_by_one_line_break_stay_apart() -> None:
    text = "\n".join(
        f"The council met for the {n}th time this year, and its head said that no vote had been taken."
        for n in range(4, 9)
    )
    assert len(body(report_from_text(text, id="a"))) == 5


def test_headlines_and_names_of_other_stories_at_the_end_are_related() -> None:
    text = (
        "Norway Sends Two Ships to the Gulf\n\nNorway will send two ships to the gulf, its minister said on Monday.\n\nThey leave on Friday, he added,"
        " and will stay for three months.\n\nSweden Says No to a Second Mission in Mali\n\nKari Holm\n\nPolice Find Stolen Painting in Bergen Cellar"
    )
    report = report_from_text(text, id="a")
    assert [b.kind for b in report.blocks] == ["headline", "body", "body", "related", "related", "related"]


def test_bylines_and_timestamps_under_the_headline() -> None:
    text = (
        "Norway sends two ships to the gulf\n\nBy Kari Holm and Jan de Vries, Example News\n\nUpdated: 5 May 2024, 14:05 GMT\n\n"
        "Norway will send two ships to the gulf, its minister said on Monday.\n\nThey leave on Friday, he added, and will stay for three months."
    )
    report = report_from_text(text, id="a")
    assert [b.of(text) for b in report.bylines] == ["Kari Holm", "Jan de Vries"]
    assert report.published is not None and (report.published.date, report.published.basis) == (
        "2024-05-05",
        "timestamp",
    )
    assert [b.kind for b in report.blocks] == ["headline", "byline", "timestamp", "body", "body"]


def test_a_date_of_long_ago_is_no_estimate() -> None:
    text = (
        "The bridge is to be rebuilt, the city said.\n\nIt fell on 3 June 1998 and killed nine people in cars and lorries below.\n\n"
        "Work begins in 2026 and will take three years, the mayor told AFP."
    )
    report = report_from_text(text, id="a")
    assert report.published is None
    assert [c.agency for c in report.credits] == ["Agence France-Presse"]


def test_corrections_are_notices_and_a_wires_change_note_is_kept() -> None:
    text = (
        "Norway sends two ships\n\n(Updates number of ships in paragraph 2)\n\nNorway will send ships to the gulf, its minister said on Monday.\n\n"
        "Two leave on Friday, he added, and will stay for three months.\n\nCorrection: An earlier version of this story misspelt the minister’s name."
    )
    report = report_from_text(text, id="a")
    assert report.advisory == "(Updates number of ships in paragraph 2)"
    assert report.blocks[-1].kind == "notice"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "Der Minister sagte am Montag in Berlin, die Verhandlungen würden fortgesetzt, und dankte allen, die daran beteiligt waren.",
            "de",
        ),
        ("قال الوزير يوم الاثنين في القاهرة إن المحادثات ستستمر وشكر جميع المشاركين فيها على جهودهم الكبيرة", "ar"),
        ("Talks go on", "en"),
        ("12 345 …", "und"),
    ],
)
def test_language(text: str, language: str) -> None:
    report = report_from_text(text, id="a")
    assert report.language == language
    assert bool(report.notes) == (language not in ("en", "und"))


PASTED = """\
Home › World › Europe

Oslo and Riga agree to lay a second cable under the sea

12 May 2024

Baltic cables: what we know

Watch: Ships gather off Gotland

Photo: Ane Berg / Nordisk Bilde

OSLO, May 12 (NordWire) - Norway and Latvia agreed on Sunday to lay a second cable under the Baltic Sea by 2029, ministers of both states said.

“We have waited for this cable for ten years, and now it will be built,” the Norwegian energy minister told reporters in Oslo.

WORTH A LOOK: Seven lighthouses to see this summer

Riga had asked for a second link after the first one was damaged by an anchor in January.

Also on our site: Ferries return to Ventspils

Work on the sea bed is due to begin in spring, once both parliaments have voted.

The Gotland Wire Service contributed to this report
"""


def test_links_and_crumbs_of_a_page_are_no_article() -> None:
    report = report_from_text(PASTED, id="a")
    kinds = {report.text[b.start : b.end].split()[0]: b.kind for b in report.blocks if b.kind != "body"}
    assert kinds["Home"] == "tags" and kinds["12"] == "timestamp" and kinds["Photo:"] == "credit"
    assert {kinds[first] for first in ("Baltic", "Watch:", "WORTH", "Also")} == {"related"}
    assert report.headline is not None and report.headline.of(report.text).startswith("Oslo and Riga")
    body = [report.text[b.start : b.end].split()[0] for b in report.blocks if b.kind == "body"]
    assert body == ["Norway", "“We", "Riga", "Work"]


def test_agencies_that_no_table_knows_are_credited() -> None:
    report = report_from_text(PASTED, id="a")
    assert report.dateline is not None and report.dateline.agency == "NordWire"
    assert [(credit.agency, credit.of) for credit in report.credits] == [
        ("Nordisk Bilde", "picture"),
        ("NordWire", "text"),
        ("Gotland Wire Service", "text"),
    ]


@pytest.mark.parametrize(
    ("line", "is_crumb"),
    [
        ("News / Politics", True),
        ("Home - The Daily Example", False),
        ("World | Africa | Chad", True),
        ("Opinion | Why the talks in Oslo failed again", False),
        ("US - China", False),
    ],
)
def test_breadcrumbs(line: str, is_crumb: bool) -> None:
    assert is_breadcrumb(line) is is_crumb


def test_an_article_goes_on_with_a_quotation_after_links() -> None:
    text = (
        "The council of Tromsø banned snow camels on Friday.\n\nThe mayor said that they frightened the reindeer on the roads.\n\n"
        "Related Links\n\nReindeer counted from the air\n\nSnow statues melt early\n\n"
        "“They have stood in every garden for fifty winters and nobody was ever harmed by one of them,” a baker said.\n\n"
        "The ban holds until spring.\n\nA second reading of the rule is due in March, the council said in a statement."
    )
    report = report_from_text(text, id="a")
    assert {report.text[b.start : b.end][:4]: b.kind for b in report.blocks}["“The"] == "body"


STRIKE = (
    "Harbour strike enters third week as talks stall",
    "By Lena Osei",
    "The strike at the port of Tema entered its third week on Monday after talks between the two sides broke down.",
    "The union wants a rise of 12 percent, which the operator says it cannot pay before the new terminal opens.",
    "“We have waited long enough and we shall wait no longer,” said Kofi Mensah, who leads the union at the port.",
    "About 40 ships lay at anchor on Monday evening, according to the harbour master, twice as many as a week ago.",
    "Cocoa exporters said that they had lost several million dollars and feared for the contracts of the season.",
)
STORY_KINDS = {"headline", "subheading", "body", "list", "quotation"}


def kinds_with(lines: list[str], at: int) -> list[str]:
    """The kinds of some lines put into a report about a strike."""
    text = "\n\n".join((*STRIKE[:at], *lines, *STRIKE[at:]))
    report = report_from_text(text, id="strike")
    return [b.kind for line in lines for b in report.blocks if line in text[b.start : b.end]]


@pytest.mark.parametrize("at", [5, len(STRIKE)])
@pytest.mark.parametrize(
    "lines",
    [
        ["Read more", "Lagos rice prices: 50kg bag slips by a tenth", "Weather: dust alert for Thursday"],
        ["MOST READ IN AFRICA NEWS", "COLD SHOWER Tourist stranded at lake lodge", "LONG WALK Herder finds lost goats"],
        ["Ministers quarrel over rail line"],
        ["The Evening Wrap newsletter brings you the biggest stories. Subscribe to get it every weekday."],
        ["Do you work at the port? Email our reporters at tips@lantern.example"],
        ["Do you have information about this story? Contact our reporters in confidence."],
        ["(With PTI inputs)"],
        ["(This story has not been edited by our staff and is auto-generated from a syndicated feed.)"],
        ["(Only the headline and picture of this report may have been reworked by our staff.)"],
        ["You can share this story on social media:"],
        ["What’s your reaction?   Tap to tell us"],
        ["Listen to this article 4 min"],
        ["ADVERTISEMENT - CONTINUE READING BELOW"],
        ["Authors: Web.Lantern (Lantern Online), News Agency"],
        ["PHOTO: Kofi Mensah and Ama Boateng at the harbour on Sunday (Lantern)"],
        ["News  World News  GHANA"],
        ["Be the first to comment"],
        ["Your support makes our work possible. Please consider a contribution."],
    ],
)
def test_what_stands_around_an_article_is_none_of_it(lines: list[str], at: int) -> None:
    assert not STORY_KINDS & set(kinds_with(lines, at))


@pytest.mark.parametrize("at", [5, len(STRIKE)])
@pytest.mark.parametrize(
    "line",
    [
        "“We will not go back to the old rules,” she told the crowd.",
        "The newsletter was published by the exiled opposition for thirty years.",
        '"Sign up or leave," the general told his officers.',
        "Photographs of the site showed a collapsed roof and two burnt trucks.",
        "Police asked the public for help: anyone with information should contact the station at Ndola.",
        "All rights reserved for the crown were returned to parliament in 1998.",
        "The writer was released in 2019 after two years in prison.",
        "No one was hurt.",
        "Talks resume on Friday.",
    ],
)
def test_what_only_sounds_like_furniture_is_body(line: str, at: int) -> None:
    assert kinds_with([line], at) == ["body"]


def test_who_wrote_is_told_at_the_end() -> None:
    bio = "Zanele Dube is a freelance journalist based in Harare."
    assert kinds_with([bio], len(STRIKE)) == ["other"]
    assert kinds_with(["Kofi Mensah is a former journalist who turned to the union in 2001."], len(STRIKE)) == ["body"]


@pytest.mark.parametrize(
    ("head", "kinds"),
    [
        (
            ["Strike spreads to second port | The Daily Lantern", "By Our Maritime Correspondent"],
            ["headline", "tags", "byline"],
        ),
        (["Strike spreads to second port", "Kofi Mensah, Port Reporter"], ["headline", "byline"]),
        (["Strike spreads to second port", "Lena Osei", "Industrial editor"], ["headline", "byline", "byline"]),
        (["Strike spreads to second port", "Agencies"], ["headline", "byline"]),
        (["Strike spreads to second port", "PTI"], ["headline", "credit"]),
        (["Strike spreads to second port", "Accra: 12 Mar 2025, 11:40 PM"], ["headline", "timestamp"]),
        (
            [
                "Strike spreads to second port",
                "The union says that it will not return to work until the operator pays.",
                "By Lena Osei in Accra",
            ],
            ["headline", "subheading", "byline"],
        ),
    ],
)
def test_the_lines_above_an_article(head: list[str], kinds: list[str]) -> None:
    report = report_from_text("\n\n".join((*head, *STRIKE[2:])), id="strike")
    assert [b.kind for b in report.blocks][: len(kinds)] == kinds


def test_a_small_agency_with_place_and_date_is_a_dateline() -> None:
    text = "\n\n".join((STRIKE[0], "Accra, May 4, 2024 (NAG) " + STRIKE[2], *STRIKE[3:]))
    found = report_from_text(text, id="strike").dateline
    assert found is not None
    assert (found.place, found.date, found.agency) == ("Accra", "2024-05-04", "NAG")
