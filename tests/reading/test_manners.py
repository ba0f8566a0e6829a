"""Who speaks, in the manners of other desks: counts, agencies that quote, papers of several parties, lists of speakers."""

from __future__ import annotations

import pytest

from variorum.intake import report_from_text
from variorum.model import Statement
from variorum.reading import read


def _told(text: str) -> list[tuple[Statement, str]]:
    reading = read(report_from_text(f"Harbour news\n\n{text}", id="r"))
    return [
        (s, " … ".join(reading.text[e.start : e.end] for e in s.content)) for s in reading.statements if s.act == "said"
    ]


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("Anna Berg told the assembly the bridge was closed.", "Anna Berg", "the bridge was closed"),
        ("She told a local station the road was closed.", "She", "the road was closed"),
        ("The harbour police put the missing at 74.", "The harbour police", "the missing at 74"),
        (
            "The Harbour Institute was still counting 52 dead and 83 missing.",
            "Harbour Institute",
            "52 dead and 83 missing",
        ),
        ("Officials estimated losses at $3 million.", "officials", "losses at $3 million"),
        ("As per officials, 12 people were injured in the blast.", "officials", "12 people were injured in the blast"),
        ("The talks have failed, per Mr Hollis.", "Hollis", "The talks have failed"),
        ("In the words of Mark Hollis, the deal is “a sham”.", "Mark Hollis", "the deal is “a sham”"),
        ("Kyodo News quoted Jun Mori as saying the talks had failed.", "Jun Mori", "the talks had failed"),
        ("The pact, which Moscow has called a provocation, will pass.", "Russia", "a provocation"),
        (
            "Lashing out, Hollis said the 83-year-old judge’s “mind is shot.”",
            "Hollis",
            "the 83-year-old judge’s “mind is shot.”",
        ),
        ("Foreign Minister Anna Berg said on Monday the talks had failed.", "Anna Berg", "the talks had failed"),
        (
            "Kenyan growers have criticised the deal, saying that jobs were at risk.",
            "Kenyan growers",
            "that jobs were at risk",
        ),
        (
            "The mayor of Carhuamayo, Teofilo Rojas, said residents had complained.",
            "Teofilo Rojas",
            "residents had complained",
        ),
    ],
)
def test_one_statement(text: str, speaker: str, content: str) -> None:
    assert [(s.speaker, words) for s, words in _told(text)] == [(speaker, content)]


@pytest.mark.parametrize("text", ["The pay is $40 per hour.", "Three people per room slept there, per night."])
def test_rates_quote_nobody(text: str) -> None:
    assert _told(text) == []


def test_a_list_of_speakers() -> None:
    ((statement, _),) = _told("Ministers Anna Berg and Luis Prado said in a joint statement that the strike was over.")
    assert (statement.speaker, statement.co_speakers) == ("Anna Berg", ("Luis Prado",))


def test_one_speaker_has_no_fellows() -> None:
    ((statement, _),) = _told("Anna Berg said the deal and the plan were done.")
    assert (statement.speaker, statement.co_speakers) == ("Anna Berg", ())


def test_a_communique_speaks_for_itself() -> None:
    told = _told("Anna Berg said the sea was calm.\n\nThe communiqué said tariffs would fall “step by step”.")
    assert [s.speaker for s, _ in told] == ["Anna Berg", "the communiqué"]


def test_who_went_on_after_a_long_quotation() -> None:
    told = _told(
        "Mark Hollis said: “It is dead. It was never alive. It was a corpse. It cannot walk. It cannot talk. It is "
        "gone.”\n\nHe added: “There is no way back.”"
    )
    assert [s.speaker for s, _ in told] == ["Mark Hollis", "Mark Hollis"]


def test_the_one_just_named_goes_on_as_the_nominee() -> None:
    told = _told("Mark Hollis thanked his supporters.\n\n“We will fight on,” the presumptive nominee wrote.")
    assert [s.speaker for s, _ in told] == ["Mark Hollis"]


def test_of_two_named_neither_is_the_candidate() -> None:
    told = _told("Mark Hollis met the press. Anna Berg met the press.\n\nThe candidate said the vote was fair.")
    assert [s.speaker for s, _ in told] == ["the candidate"]


def test_a_short_form_is_the_body() -> None:
    told = _told("The pit is run by Halden Resources.\n\nHalden said in a statement that work had stopped.")
    assert [s.speaker for s, _ in told] == ["Halden Resources"]


def test_his_party_is_the_party_that_he_heads() -> None:
    told = _told(
        "The head of the opposition Dialogue party, Aleksandr Voronin, left early. His party denied that it takes money."
    )
    assert [s.speaker for s, _ in told] == ["Dialogue"]
