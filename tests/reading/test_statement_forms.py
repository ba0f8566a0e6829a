"""Who said what in the forms of different kinds of press, read whole: names, actors, statements. All is invented."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from variorum.intake.plain import report_from_text
from variorum.model import Block, Reading, Report
from variorum.reading import read


class Said(NamedTuple):
    speaker: str | None
    kind: str
    content: str


def told(text: str, *, acts: tuple[str, ...] = ("said",)) -> list[Said]:
    """The statements of a text, with a headline before it."""
    return _said(read(report_from_text(f"Harbour news\n\n{text}", id="r")), acts)


def headline(line: str) -> list[Said]:
    """The statements of a headline over a story that names those who speak in it."""
    body = "Ana Reis met Marta Olsen in Oslo on Monday. The talks took two hours."
    text = f"{line}\n\n{body}"
    blocks = (
        Block(kind="headline", start=0, end=len(line)),
        Block(kind="body", start=len(line) + 2, end=len(text)),
    )
    return [one for one in _said(read(Report(id="r", text=text, blocks=blocks)), ("said",)) if one.content in line]


def _said(reading: Reading, acts: tuple[str, ...]) -> list[Said]:
    assert not reading.notes, reading.notes
    return [
        Said(s.speaker, s.kind, " … ".join(e.of(reading.text) for e in s.content))
        for s in reading.statements
        if s.act in acts
    ]


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("As the broker put it in a note to clients, “the party is over.”", "the broker", "“the party is over.”"),
        ("The minister shot back, “I have never seen that bank.”", "the minister", "“I have never seen that bank.”"),
        ("The union's message was clear: “No pay, no work.”", "The union", "“No pay, no work.”"),
        ("“The bridge is safe,” said Skelby, wiping her glasses.", "Skelby", "“The bridge is safe,”"),
        ("“The bridge is safe” — Ana Reis", "Ana Reis", "“The bridge is safe”"),
        (
            "Ana Reis (L-Ohio) said “the bridge is safe and will stay so.”",
            "Ana Reis",
            "“the bridge is safe and will stay so.”",
        ),
        ("Ana Reis said,“The bridge is safe.”", "Ana Reis", "“The bridge is safe.”"),
        ("Mayor Ana Reis:“The bridge is safe.”", "Ana Reis", "“The bridge is safe.”"),
        ("Ana Reis told reporters, “we have no choice.”", "Ana Reis", "“we have no choice.”"),
        ("Marchers, holding torches and chanting “Resign now!”, filled the square.", "marchers", "“Resign now!”"),
        ("Ana Reis tweeted: “We go on.’ She was at the harbour on Monday.", "Ana Reis", "“We go on.’"),
        (
            "“We were never told,” the mother of two, who asked not to be named, told the paper.",
            "the mother of two",
            "“We were never told,”",
        ),
    ],
)
def test_one_quotation(text: str, speaker: str, content: str) -> None:
    found = told(text)
    assert [(s.speaker, s.content) for s in found] == [(speaker, content)]


@pytest.mark.parametrize(
    "text",
    [
        "The film, called “Harbour”, opened in May.",
        "A ship named “The Old Lady” sank in May.",
        "Ana Reis was born in ’74 and left in ’96.",
        "The bridge was announced to be safe, it was said.",
    ],
)
def test_nobody_is_quoted(text: str) -> None:
    assert told(text) == []


def test_after_a_city_a_quotation_opens_a_sentence() -> None:
    text = (
        "“That is our weak point,” said Juan Mora, who runs a centre in Mexico City. “Nothing matters more than trade.”"
    )
    (one,) = told(text)
    assert one.content == "“That is our weak point,” … “Nothing matters more than trade.”"


def test_a_smile_after_a_quotation_does_not_say_it() -> None:
    (one,) = told("“We go on,” Ana Reis said. “We shall win.” She nodded.")
    assert one == Said("Ana Reis", "direct", "“We go on,” … “We shall win.”")


def test_a_sentence_that_goes_on_in_part() -> None:
    (one,) = told("“It is a huge moment,” Ana Reis said. Unless others quit, “it is hard to see who could stop him.”")
    assert one.speaker == "Ana Reis"
    assert one.content.endswith("“it is hard to see who could stop him.”")


# ---- transcripts and headlines ----------------------------------------


def test_questions_and_answers() -> None:
    text = "Ana Reis met us in Oslo on Monday.\n\nQ: Why was it closed?\n\nA: It was not safe. We had no choice.\n\nQ: When will it open?\n\nA: In spring, I hope."
    assert told(text) == [
        Said("Q", "direct", "Why was it closed?"),
        Said("A", "direct", "It was not safe. We had no choice."),
        Said("Q", "direct", "When will it open?"),
        Said("A", "direct", "In spring, I hope."),
    ]


def test_a_transcript_finds_its_speakers_and_goes_on_over_paragraphs() -> None:
    text = (
        "Ana Reis, the mayor, spoke to the Courier on Monday.\n\nCOURIER: Why was it closed?\n\n"
        "REIS (sighs): It was not safe.\n\nIt was the hardest day of my life.\n\nCOURIER: And now?\n\nREIS: Now we build."
    )
    assert told(text)[1:] == [
        Said("Ana Reis", "direct", "It was not safe. … It was the hardest day of my life."),
        Said("COURIER", "direct", "And now?"),
        Said("Ana Reis", "direct", "Now we build."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Kick-off: 8 p.m.\n\nReferee: J. Bell.\n\nVenue: Oslo.",
        "Ana Reis: 1,769.\n\nMarta Olsen: 1,501.\n\nAna Reis: 12.",
        "OSLO: The ship left on Friday.",
    ],
)
def test_lists_are_no_transcripts(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("line", "speaker", "content"),
    [
        ("Reis: ‘We will not close the bridge’", "Ana Reis", "‘We will not close the bridge’"),
        ("Reis: We will not close the bridge", "Ana Reis", "We will not close the bridge"),
        ("Reis: Olsen ‘must leave’ before ‘any talks’", "Ana Reis", "Olsen ‘must leave’ before ‘any talks’"),
        ("‘We will not close the bridge’: Reis", "Ana Reis", "‘We will not close the bridge’"),
        ("Bridge to close for a year: officials", "officials", "Bridge to close for a year"),
        ("Bridge deal near, says Reis", "Ana Reis", "Bridge deal near"),
        ("Bridge falls, killing 30, officials say", "officials", "Bridge falls, killing 30"),
        ("Reis’s warning to Olsen: Keep out", "Ana Reis", "Keep out"),
        ("Study: Coffee may help the liver", "Study", "Coffee may help the liver"),
    ],
)
def test_headlines(line: str, speaker: str, content: str) -> None:
    assert [(s.speaker, s.content) for s in headline(line)] == [(speaker, content)]


@pytest.mark.parametrize(
    "line",
    ["Ukraine: Missiles hit Odesa", "Live updates: Quake hits Chile", "‘No way back’: How a village lost its river"],
)
def test_a_topic_before_a_colon_says_nothing(line: str) -> None:
    assert headline(line) == []


# ---- who it is ----------------------------------------

OLSEN = "Prime Minister Marta Olsen met her Danish counterpart Lars Holm in Oslo. "
REIS = "Ana Reis, the mayor of Porto Novo, opened the bridge on Monday. "
MINISTRY = "The Norwegian foreign ministry said the ship was safe. "


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        # pronouns
        (REIS + "“It is safe,” she said.", ["Ana Reis"]),
        (REIS + "Her deputy, Tom Hale, disagreed. “It is not,” he said.", ["Tom Hale"]),
        (OLSEN + "“We agreed,” she said. “Not on everything,” he told reporters.", ["Marta Olsen", "Lars Holm"]),
        ("Tom Hale met Lars Holm. He said the talks were short.", ["Tom Hale"]),
        (MINISTRY + "“It will sail,” it added.", ["Norwegian foreign ministry", "Norwegian foreign ministry"]),
        (
            "At least 90 people were held, according to the Interior Ministry. More would follow, it said.",
            [
                "Interior Ministry",
                "Interior Ministry",
            ],
        ),
        ("Britain and France met in May. “We agree,” it said.", ["it"]),
        # offices and descriptions
        (OLSEN + "The prime minister said she was glad.", ["Marta Olsen"]),
        (OLSEN + "The Norwegian leader said it had gone well.", ["Marta Olsen"]),
        (OLSEN + "The Danish leader said it had gone well.", ["Lars Holm"]),
        (REIS + "The mayor said it was safe.", ["Ana Reis"]),
        ("Foreign Ministry spokeswoman Irina Belova came late. “We are ready,” the diplomat said.", ["Irina Belova"]),
        (
            "Former president Ana Reis and President Tom Hale spoke. The former president said it was over. "
            "The president said it was not.",
            ["Ana Reis", "Tom Hale"],
        ),
        ("According to the mayor, Ana Reis, the bridge is safe.", ["Ana Reis"]),
        ("The mayor, Ana Reis, said the bridge was safe.", ["Ana Reis"]),
        ("German counterpart Lena Roth said the bridge was safe.", ["Lena Roth"]),
        ("A spokesman for the rebels, Tom Hale, said they had won.", ["Tom Hale"]),
        # surnames
        (REIS + "Reis said it was safe.", ["Ana Reis"]),
        ("Ana Reis and Tom Hale spoke. Hale said it was safe. Reis said it was not.", ["Tom Hale", "Ana Reis"]),
        # seats and capitals
        ("The White House said it would answer.", ["White House"]),
        ("The Kremlin said it was ready.", ["Kremlin"]),
        ("Tokyo said the test was a threat.", ["Japan"]),
        # what somebody issued
        ("A statement from the Interior Ministry said the ship was safe.", ["Interior Ministry"]),
        ("The Interior Ministry's statement said the ship was safe.", ["Interior Ministry"]),
        ("A White House statement said the ship was safe.", ["White House"]),
        ("“We condemn it,” said a joint statement by Norway and Denmark.", ["Norway"]),
        (MINISTRY + "“It will sail,” the statement read.", ["Norwegian foreign ministry"] * 2),
        (
            "Defense Department spokesman Tom Hale said aid would come.\n\n“The secretary gave thanks,” the statement read.",
            ["Tom Hale", "Defense Department"],
        ),
        ("“Nobody may enter,” the statement read.", ["the statement"]),
        # nobody that has a name
        (
            "A senior official said it was close. Another official said it was not.",
            ["a senior official", "another official"],
        ),
        ("Tom Hale spoke. A source familiar with the talks said it was close.", ["a source familiar with the talks"]),
        ("Ana Reis, an official, left. A senior official said it was close.", ["a senior official"]),
        (
            "Police chief Ana Reis left. “We go on,” a senior officer said. The officer said it was over.",
            ["a senior officer"] * 2,
        ),
        ("Officials in both capitals said it was close.", ["officials in both capitals"]),
        ("Reis's spokesman said she was ill.", ["Reis's spokesman"]),
        (REIS + "Her office said she was ill.", ["Ana Reis’s office"]),
        ("Holm denied that he had met the general. “I never did,” he said.", ["Holm", "Holm"]),
        # speakers whose words others carry
        ("Tom Hale, who led the bank, was quoted by the Courier as saying that he would go.", ["Tom Hale"]),
        ("Tom Hale took the floor. He went on to say that the bank was sound.", ["Tom Hale"]),
        ("The court heard that Tom Hale had told officers: “I was asleep.”", ["Tom Hale"]),
        ("Protesters met Tom Hale in Oslo, shouting “Shame on you!”", ["protesters"]),
    ],
)
def test_speakers(text: str, speakers: list[str]) -> None:
    assert [s.speaker for s in told(text)] == speakers


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        # denials without a clause
        ("Tom Hale denies bribery and bending the rules.", "Tom Hale", "bribery and bending the rules"),
        ("Tom Hale has repeatedly denied backing the strike.", "Tom Hale", "backing the strike"),
        ("Tom Hale denied having met the lobbyist.", "Tom Hale", "having met the lobbyist"),
        ("Lisbon denied any raid on the village.", "Portugal", "any raid on the village"),
        # an office and a name between commas before the verb; a semicolon behind it
        (
            "The port will reopen in May, the Minister of Transport, Mr. Kofi Adjei, announced on Friday.",
            "Kofi Adjei",
            "The port will reopen in May",
        ),
        # a scene that is told with somebody else's words
        (
            "The two sides made peace, mediators said, a day after a raid that farmers said had killed five.",
            "mediators",
            "The two sides made peace",
        ),
        # forecasts, papers, some of many, letters behind a name
        ("Tom Hale expects the mine to yield 40 tonnes a year.", "Tom Hale", "the mine to yield 40 tonnes a year"),
        ("The clerk admitted having taken the money.", "the clerk", "having taken the money"),
        ("Drivers said the bridge shook; the firm says it was sound.", "drivers", "the bridge shook"),
        ("Asked about the leak, Tom Hale said that nothing was found.", "Tom Hale", "that nothing was found"),
        ("The lawsuit claims the company hid the leak.", "the lawsuit", "the company hid the leak"),
        ("The lawyer Tom Hale KC said the case was weak.", "Tom Hale", "the case was weak"),
        (
            "The claim that the bank had paid a minister was made on Monday by Tom Hale.",
            "Tom Hale",
            "that the bank had paid a minister",
        ),
        (
            "The union of port workers opposes the sale, saying that it will cost jobs.",
            "the union of port workers",
            "that it will cost jobs",
        ),
    ],
)
def test_forms_without_a_clause_or_a_plain_source(text: str, speaker: str, content: str) -> None:
    first = told(text)[0]
    assert (first.speaker, first.content) == (speaker, content)


def test_who_goes_on_behind_a_semicolon_and_who_of_several_speaks() -> None:
    assert told("No rise is planned, Tom Hale affirmed; the rice will last until June.")[0].speaker == "Tom Hale"
    assert [s.speaker for s in told("Two aides said it was late. Nobody had slept, one of them added.")] == [
        "Two aides",
        "Two aides",
    ]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (
            "Government “takes note” of ruling, says port will stay shut",
            [("Government", "“takes note” of ruling"), ("Government", "port will stay shut")],
        ),
        ("Kenya “deeply concerned” over closure, urges calm", [("Kenya", "“deeply concerned” over closure")]),
        # a deed in doubt is nobody's statement
        ("Police “beat” boy in market", []),
    ],
)
def test_headlines_that_quote_a_stand(line: str, found: list[tuple[str, str]]) -> None:
    assert [(s.speaker, s.content) for s in headline(line)] == found


# ---- what is no statement of the record ----------------------------------------


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("The death toll in the port has passed 40, according to the health ministry.", "vouched"),
        ("It was announced that the bridge would close.", "named"),
        ("Tom Hale declined to say whether he would resign.", "held"),
        ("The judge denied the request for bail.", "named"),
        ("Reporters were denied access to the site.", "named"),
        ("Tom Hale may deny the charges.", "named"),
        ("Norway voted in favour of a plan for a “quiet sea”.", "named"),
    ],
)
def test_acts_that_a_record_does_not_list(text: str, act: str) -> None:
    reading = read(report_from_text(f"Harbour news\n\n{text}", id="r"))
    assert {s.act for s in reading.statements} <= {act}
    assert told(text) == []


def test_what_was_not_said() -> None:
    reading = read(report_from_text("Harbour news\n\nTom Hale did not say when the bridge would open.", id="r"))
    assert [s.negated for s in reading.statements] == [True]


@pytest.mark.parametrize(
    ("text", "addressee", "place", "occasion"),
    [
        ("Tom Hale told reporters in Oslo that it was safe.", "reporters", "Oslo", None),
        ("Tom Hale told a news briefing in Oslo that it was safe.", None, "Oslo", "a news briefing"),
        (
            "Tom Hale said in an interview with the Courier that it was safe.",
            None,
            None,
            "an interview with the Courier",
        ),
        ("In a televised address, Tom Hale said it was safe.", None, None, "a televised address"),
        ("President Ana Reis, who came on Thursday, told survivors that help was on its way.", "survivors", None, None),
        ("Speaking at a ceremony in Oslo, Tom Hale said it was safe.", None, "Oslo", "a ceremony"),
    ],
)
def test_to_whom_where_and_on_what_occasion(
    text: str, addressee: str | None, place: str | None, occasion: str | None
) -> None:
    reading = read(report_from_text(f"Harbour news\n\n{text}", id="r"))
    (one,) = [s for s in reading.statements if s.act == "said"]
    assert (one.addressee.of(reading.text) if one.addressee else None) == addressee
    assert one.place == place
    assert (one.occasion.of(reading.text) if one.occasion else None) == occasion
