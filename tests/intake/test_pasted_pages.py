"""Whole pages pasted as text: menus above, boxes between, appeals, other stories and readers' remarks behind."""

from __future__ import annotations

import pytest

from variorum.errors import IntakeError
from variorum.intake.house import is_house_voice
from variorum.intake.objects import LONGEST_REPORT, report_from_object
from variorum.intake.plain import report_from_text
from variorum.model import ARTICLE_KINDS, Report

HEADLINE = "Tram line to airport opens two years late"
BODY = (
    "The tram line from Gdynia to the airport opened on Saturday, two years late and with one of its nine stops still shut.",
    "“It is late, and it is here,” the mayor, Ewa Lisowska, told a crowd at the terminal.",
    "The line cost 410 million zlotys, a third more than planned, according to the city’s audit office.",
    "Nobody was at the stop in Rumia.",
    "The builder, Torex, blames the ground, which turned out to be wet to a depth of eleven metres.",
    "A court in Gdansk is to decide in May who pays for that.",
)
MENU = (
    "Skip to content", "Home", "News", "Pomerania", "Kashubia", "Weather", "Jobs", "Puzzles", "Obituaries", "Your area",
    "Subscribe", "Log in", "War in Ukraine", "Sea & Harbour", "Saturday, March 14", "9°C",
)  # fmt: skip
FOOT = (
    "Related topics",
    "Trams",
    "Airports",
    "Most read",
    "1",
    "Beach of Sopot wins prize",
    "2",
    "Two held over theft of amber",
    "About us",
    "Contact us",
    "© 2026 Gazeta Morska",
)


def pasted(*lines: str) -> Report:
    return report_from_text("\n".join(lines), id="p")


def article(report: Report) -> str:
    return "\n".join(report.text[b.start : b.end] for b in report.blocks if b.kind in ARTICLE_KINDS)


def assert_is_article(report: Report, inside: tuple[str, ...], outside: tuple[str, ...]) -> None:
    told = article(report)
    assert [line for line in inside if line not in told] == []
    assert [line for line in outside if line in told] == []


def test_the_headline_is_found_below_a_long_menu() -> None:
    report = pasted(*MENU, HEADLINE, "By Jan Halman", "14 March 2026", "Share", *BODY, *FOOT)
    assert report.headline is not None and report.headline.of(report.text) == HEADLINE
    assert_is_article(report, BODY, ("Kashubia", "Your area", "Beach of Sopot", "Two held over", "Puzzles"))


def test_a_standfirst_that_says_more_than_the_headline_does_not_take_its_place() -> None:
    headline = "‘It is late, and it is here’"
    standfirst = "The tram line from Gdynia to the airport has opened with one of its nine stops shut"
    report = pasted(*MENU, headline + ": a tram at last", standfirst, "Jan Halman", "14 March 2026", *BODY)
    assert report.headline is not None and report.headline.of(report.text).startswith(headline)
    assert "subheading" in {b.kind for b in report.blocks if report.text[b.start : b.end] == standfirst}


def test_the_headline_is_the_line_that_is_signed_below_a_rubric_and_an_appeal_above() -> None:
    appeal = "From the shipyard to the last lighthouse, our reporters are there when it matters, and your gift keeps them there."
    rubric = "Pomerania | Transport | Trams"
    report = pasted(
        *MENU,
        "Know the coast, read about its trams",
        appeal,
        rubric,
        HEADLINE,
        "Jan Halman in Gdansk",
        "14 March 2026",
        *BODY,
    )
    assert report.headline is not None and report.headline.of(report.text) == HEADLINE
    assert_is_article(report, BODY, (appeal, rubric, "Know the coast"))


APPEALS = [
    "Before you go: if you value our journalism, please consider supporting us with a monthly gift. It takes a minute.",
    "We believe that everybody has a right to trusted news, and that is why our stories are free. If you can, please donate.",
    "Thank you for reading. Our newsroom depends on readers like you, and it needs your help more than ever.",
    "You can change your mind at any time by clicking on the link in our newsletters. See our privacy policy.",
    "Please keep your remarks civil. Our community guidelines tell you what we remove and why.",
]


@pytest.mark.parametrize("appeal", APPEALS)
def test_what_an_outlet_says_of_itself_is_no_part_of_the_article(appeal: str) -> None:
    assert_is_article(pasted(HEADLINE, "By Jan Halman", *BODY, appeal), BODY, (appeal,))
    assert_is_article(pasted(HEADLINE, "By Jan Halman", *BODY[:3], appeal, *BODY[3:]), BODY, (appeal,))


@pytest.mark.parametrize(
    "words",
    [
        "The editor said that our newsroom depends on readers like you.",
        "“You can support our journalism from two zlotys a week,” the advert promised.",
        "We drove along the line and saw nobody at the stops.",
        "The paper told its subscribers on Friday that the newsletter would end.",
        "You can take the tram from the station, and it runs every nine minutes.",
        "He lost his subscription and his temper.",
    ],
)
def test_what_is_told_or_quoted_is_not_the_outlets_own_voice(words: str) -> None:
    assert not is_house_voice(words)


def test_readers_remarks_are_none_of_the_article_though_there_are_more_of_them() -> None:
    remark = "I have waited for this tram since I was at school and now I have grey hair, thank you very much."
    thread = [
        line
        for n in range(12)
        for line in (f"rider_{n} says:", f"March {n + 1}, 2026 at 6:3{n % 10} pm", remark, "Reply")
    ]
    report = pasted(HEADLINE, "By Jan Halman", *BODY, f"12 thoughts on “{HEADLINE}”", *thread, "Leave a comment")
    assert_is_article(report, BODY, (remark, "rider_3"))


def test_other_stories_with_their_first_sentences_stand_behind_the_article() -> None:
    titles = ("Amber thieves caught in Sopot", "Ferry stuck off Hel", "School to get new roof", "Storm on its way")
    teasers = [
        line
        for title in titles
        for line in (title, "3 hours ago", "Police stopped a van near the pier before dawn and found it full.")
    ]
    report = pasted(*MENU, HEADLINE, "By Jan Halman", *BODY, "More from Pomerania", *teasers, *FOOT)
    assert_is_article(report, BODY, (*titles, "Police stopped a van"))


@pytest.mark.parametrize(
    "inside",
    [
        ("Why so late?", "The ground was wet.", "And who pays?", "That is for the court.", "When is that?", "In May."),
        (
            "The union asks for:",
            "a day off after each night",
            "heated cabins",
            "pay for waiting",
            "no more single shifts",
        ),
        (
            "The song they sang goes:",
            "The tram is like the sea",
            "it comes when it will",
            "and nobody asks it why",
            "or where it has been",
        ),
        (
            "12:40",
            "Doors open",
            "The first tram has left with 80 people on board.",
            "11:15",
            "Speeches",
            "The mayor speaks.",
        ),
        ("• The line has nine stops", "• One of them is shut", "• A ride costs four zlotys"),
        ("It was cold.", "It was late.", "They sang.", "“At last.”", "Then it came."),
        ("Dead: 0", "Hurt: 2", "Delays: 14", "Trams out of order: 3", "Stops shut: 1"),
    ],
    ids=["questions", "demands", "song", "live", "items", "short sentences", "counts"],
)
@pytest.mark.parametrize(
    "box",
    [
        ("Advertisement", "Skip advertisement"),
        ("RELATED STORIES", "Amber thieves caught in Sopot", "Ferry stuck off Hel with 40 aboard"),
        ("Read more: Ferry stuck off Hel with 40 aboard",),
        ("Newsletter", "The harbour in the morning", "Enter your email", "Sign up"),
    ],
    ids=["advert", "links", "link", "newsletter"],
)
def test_what_is_no_paragraph_of_prose_stays_in_the_article(inside: tuple[str, ...], box: tuple[str, ...]) -> None:
    page = (
        *MENU,
        HEADLINE,
        "By Jan Halman",
        "14 March 2026",
        *BODY[:3],
        *box,
        BODY[3],
        BODY[4],
        *inside,
        BODY[5],
        *FOOT,
    )
    clocks = ("12:40", "11:15")
    assert_is_article(pasted(*page), (*BODY, *(line for line in inside if line not in clocks)), box[1:])


@pytest.mark.parametrize(
    "line",
    [
        "Coast   Harbour   Letters   Puzzles   Trams",
        "Transport › Trams › Opening",
        "Nairobi: 14 Mar 2026, 11:40 AM",
        "Reuters · Posted: Mar 14, 2026 9:12 AM EDT | Last Updated: March 14",
        "You have 3 free articles left this month.",
        "This article is more than 6 months old",
        "facebook (opens in new window)",
        "Jan Halman reported from Gdynia, and Ola Reich from Rumia.",
    ],
)
def test_a_line_of_a_pages_furniture_is_told_by_itself(line: str) -> None:
    assert_is_article(pasted(HEADLINE, line, *BODY[:3], line, *BODY[3:]), BODY, (line,))


def test_a_text_that_is_no_report_is_refused_by_its_length() -> None:
    with pytest.raises(IntakeError, match="over the limit of 2 million"):
        report_from_object({"text": "The tram came late again. " * (LONGEST_REPORT // 26 + 1)})
    with pytest.raises(IntakeError, match="over the limit of 2 million"):
        report_from_object({"html": "<p>The tram came late again.</p>" * (LONGEST_REPORT // 24)})


def test_the_first_question_of_an_interview_is_no_headline() -> None:
    text = (
        "Ana Reis, the mayor of Oslo, met us on Monday.\n\nCourier: Why was the bridge closed?\n\n"
        "Reis: It was not safe. We had no choice.\n\nCourier: When will it open?\n\nReis: In spring, I hope."
    )
    assert {b.kind for b in report_from_text(text, id="r").blocks} == {"body"}


def test_a_headline_may_open_with_who_says_it() -> None:
    text = (
        "Mayor: bridge stays closed\n\nBy Tor Aune\n\nQ: Why was it closed?\n\nA: It was not safe. We had no choice.\n\n"
        "Q: When will it open?\n\nA: In spring, I hope."
    )
    blocks = report_from_text(text, id="r").blocks
    assert [b.kind for b in blocks] == ["headline", "byline", "body", "body", "body", "body"]


STORY = (
    "The port of Varna stayed shut on Friday after a tanker ran aground at its mouth, the harbour master said, and ships waited "
    "in the bay for a third day.\n\nTugs are to pull the tanker free on Saturday. Nobody was hurt, and no oil was seen."
)


@pytest.mark.parametrize(
    "menu",
    [
        "Varna / Burgas / Sofia / Plovdiv / Podcast",
        "Home :: Ports :: Ships :: Forum (1,204 online) :: Donate",
        "In brief    Latest ships    Port radio",
        "shipsofthesea.example — port news in English since 2011",
        "Ports    Varna",
    ],
)
def test_a_menu_above_is_no_headline(menu: str) -> None:
    title = "Tanker blocks a Black Sea port for third day"
    for head in (f"{menu}\n\n{title}\n\nBy Ana Petkova", f"The Daily Anchor\n{menu}\n{title}\n5 May 2031\nAna Petkova"):
        text = f"{head}\n\n{STORY}"
        found = [text[b.start : b.end] for b in report_from_text(text, id="r").blocks if b.kind == "headline"]
        assert found == [title]


def test_a_rubric_with_a_menu_below_is_no_headline() -> None:
    text = f"The Anchor\nVarna in English\nPolitics | Ships | Weather | Archive\nTanker shuts a Black Sea port\nOCT 1, 2031\nBy Ana Petkova\n\n{STORY}"
    found = [text[b.start : b.end] for b in report_from_text(text, id="r").blocks if b.kind == "headline"]
    assert found == ["Tanker shuts a Black Sea port"]


def test_a_dateline_of_two_towns_is_no_menu() -> None:
    text = f"Tanker shuts the port\n\nVARNA / BURGAS, May 5 (BTA) - {STORY}"
    assert [b.kind for b in report_from_text(text, id="r").blocks][:2] == ["headline", "body"]
