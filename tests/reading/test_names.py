"""Names as they stand in the text: their ends, kinds and states. All people and events here are invented."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.model import Block, Name, Report
from variorum.reading.names import find_names
from variorum.reading.parsed import parse_all


def report(text: str) -> Report:
    """A report with a body block for each line that is not empty."""
    lines = re.finditer(r"\S(?:[^\n]*\S)?", text)
    return Report(id="r", text=text, blocks=tuple(Block(kind="body", start=m.start(), end=m.end()) for m in lines))


def names(text: str) -> tuple[Name, ...]:
    return find_names(next(parse_all([report(text)])))


def kinds(text: str) -> dict[str, str]:
    return {name.name: name.kind for name in names(text)}


def countries(text: str) -> dict[str, str | None]:
    return {name.name: name.country for name in names(text)}


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Norway’s Prime Minister Ingrid Solheim arrived in Lima on Monday.", "Ingrid Solheim"),
        ("The Peruvian foreign minister, Carlos Quispe Mamani, welcomed the vote.", "Carlos Quispe Mamani"),
        ("Secretary Hollis said the talks would go on.", "Hollis"),
        ("“We are ready,” said Ahmed al-Rashidi, who leads the council.", "Ahmed al-Rashidi"),
        ("Defence Minister Pieter van der Meer resigned on Friday.", "Pieter van der Meer"),
        ("Sen. Thomas J. Whitcombe opposed the bill.", "Thomas J. Whitcombe"),
        ("Hollis’s visit ended after Mary-Anne Hollis fell ill.", "Mary-Anne Hollis"),
        ("The mayor, Sinéad O’Farrell, opened the bridge.", "Sinéad O’Farrell"),
    ],
)
def test_a_personal_name_is_found_without_its_title_or_possessive(text: str, person: str) -> None:
    assert kinds(text).get(person) == "person"


def test_places_and_bodies_inside_personal_names_are_let_go() -> None:
    found = kinds("Minister Jordan Whitcombe met Chad Hollis in Jordan. Mr. Whitcombe then left for Chad.")
    assert found["Jordan Whitcombe"] == "person"
    assert found["Chad Hollis"] == "person"
    assert found["Jordan"] == "place"
    assert found["Chad"] == "place"


def test_groups_are_groups_wherever_they_stand() -> None:
    text = "The G7 met in Bari. G7 ministers urged calm. The Group of Seven said so, and the G20 and BRICS agreed."
    assert {kinds(text)[name] for name in ("G7", "Group of Seven", "G20", "BRICS")} == {"group"}


def test_states_are_places_or_those_who_act_for_them() -> None:
    by_place = {
        (n.name, n.kind, n.country) for n in names("France condemned the attack in Mali. The envoy flew to Kenya.")
    }
    assert ("France", "government", "FR") in by_place
    assert ("Mali", "place", "ML") in by_place
    assert ("Kenya", "place", "KE") in by_place


def test_a_capital_that_acts_is_a_government_and_one_that_is_visited_a_place() -> None:
    found = [(n.name, n.kind) for n in names("Ottawa rejected the offer. The delegation landed in Ottawa on Sunday.")]
    assert found == [("Ottawa", "government"), ("Ottawa", "place")]


@pytest.mark.parametrize(
    ("text", "body", "kind", "country"),
    [
        ("The Kenyan military shelled the camp.", "Kenyan military", "organisation", "KE"),
        ("Peruvian authorities closed the port.", "Peruvian authorities", "government", "PE"),
        ("The Houthi-run health ministry gave a toll of nine.", "Houthi-run health ministry", "government", "YE"),
        ("According to the Gaza Health Ministry, six people died.", "Gaza Health Ministry", "government", "PS"),
        ("A spokeswoman for the U.S. State Department declined.", "U.S. State Department", "government", "US"),
        (
            "Researchers at the Institute for Arctic Studies disagreed.",
            "Institute for Arctic Studies",
            "organisation",
            None,
        ),
        ("The government of Ghana has agreed.", "government of Ghana", "government", "GH"),
    ],
)
def test_bodies_with_their_state(text: str, body: str, kind: str, country: str | None) -> None:
    found = {name.name: name for name in names(text)}
    assert body in found
    assert (found[body].kind, found[body].country) == (kind, country)


def test_headlines_are_read_with_the_names_of_the_body() -> None:
    text = (
        "Solheim Urges Lima To Open Ports\n\nNorway’s Prime Minister Ingrid Solheim urged Peru to open its ports.\n\n"
        "SOLHEIM SAYS NORWAY IS READY TO HELP FISHERMEN"
    )
    found = [(n.name, n.kind) for n in names(text)]
    assert found[0] == ("Solheim", "person")
    assert ("SOLHEIM", "person") in found
    assert any(name == "NORWAY" for name, _ in found)


def test_an_acronym_in_brackets_is_the_body_before_it() -> None:
    found = countries("The Norwegian Fisheries Institute (NFI) warned of losses. The NFI said so twice.")
    assert "Norwegian Fisheries Institute" in found


def test_names_do_not_overlap_and_slice_back() -> None:
    text = (
        "U.S. Secretary of State Robert Hollis met Norway’s Ingrid Solheim and E.U. officials in Brussels on Monday, "
        "the "
        "State Department said; Israel-Egypt talks and the Russia-Ukraine war were discussed."
    )
    found = names(text)
    assert found
    for name in found:
        assert text[name.start : name.end] == name.name
    for one, other in pairwise(found):
        assert one.end <= other.start


pieces = st.lists(
    st.sampled_from(
        [
            "Norway",
            "’s",
            "Prime Minister",
            "Ingrid",
            "Solheim",
            "said",
            "the",
            "Israeli",
            "military",
            ",",
            ".",
            "“",
            "”",
            "al",
            "-",
            "U.S.",
            "he",
            "G7",
            "(",
            ")",
            "AP",
            "of",
            "van",
            "\n\n",
            "مرحبا",
            "WHO",
            "\x00",
            "Jr.",
        ]
    ),
    max_size=30,
)


@settings(max_examples=60, deadline=None)
@given(pieces)
def test_any_text_gives_names_that_slice_back(parts: list[str]) -> None:
    text = " ".join(parts)
    found = names(text)
    assert found == names(text)
    for name in found:
        assert name.name.strip() and text[name.start : name.end] == name.name
    for one, other in pairwise(found):
        assert one.end <= other.start


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Sorotkin, Norway's fisheries minister, arrived in Lima on Tuesday.", "Sorotkin", "person"),
        ("Peru's ambassador to the UN Vasco Trebenya stressed that the port was shut.", "Vasco Trebenya", "person"),
        ("“The port is shut,” said its country director, Ferro Pugh.", "Ferro Pugh", "person"),
        ("The raid hit the port of Al Qarwah, an agency correspondent reported.", "Al Qarwah", "place"),
    ],
)
def test_what_stands_around_a_name_tells_its_kind(text: str, name: str, kind: str) -> None:
    assert kinds(text).get(name) == kind


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Freja Nørgaard-Dahl, Denmark’s ambassador, said the road was open.", "Freja Nørgaard-Dahl"),
        ("“It is late,” Thandiwe Nkosi-Dube said.", "Thandiwe Nkosi-Dube"),
        ("Bukola Adewale-Smith told reporters that the bank had failed.", "Bukola Adewale-Smith"),
        ("Ilir Hoxhaj, 41, resigned on Monday.", "Ilir Hoxhaj"),
        ("Jean-Pierre Mabiala of the University of Lille said so.", "Jean-Pierre Mabiala"),
        ("Prime Minister Ratu Sitiveni Nawaqa returned to Suva.", "Sitiveni Nawaqa"),
        ("Opposition MP Barrister Joseph Mbarga asked for an inquiry.", "Joseph Mbarga"),
        ("The rapporteur, Spanish Socialist Iker Zubiri, delivered the votes.", "Iker Zubiri"),
        (
            "Minister of State for International Trade Hessa bint Salem Al Rumaihi arrived.",
            "Hessa bint Salem Al Rumaihi",
        ),
    ],
)
def test_persons_of_the_world(text: str, person: str) -> None:
    assert kinds(text).get(person) == "person"


@pytest.mark.parametrize(
    "text", ["The minister told Le Courrier that rain was near.", "He spoke to Il Corriere Nuovo."]
)
def test_what_one_speaks_to_with_a_foreign_article_is_a_newspaper(text: str) -> None:
    assert [name.kind for name in names(text)] == ["organisation"]


def test_a_party_of_the_tables_may_be_the_end_of_another() -> None:
    text = "On Monday the Peoples Democratic Party lambasted the governor."
    assert kinds(text) == {"Peoples Democratic Party": "organisation"}


def test_two_bodies_are_no_body_of_two_things() -> None:
    text = "The Union of Nurses of Ghana and the Accra Medical League called for an inquiry."
    assert "Accra Medical League" in kinds(text)


def test_a_sentence_full_of_names_is_no_title() -> None:
    text = (
        "Norwegian State Secretary and Foreign Minister Jo Berg and Ruritanian Prime Minister Ela Mock co-chaired the Third "
        "Northern Islands Foreign Ministers’ Meeting here on Thursday."
    )
    assert {name for name, kind in kinds(text).items() if kind == "person"} == {"Jo Berg", "Ela Mock"}


def test_labour_before_minister_is_no_party() -> None:
    assert kinds("Labour Minister Rita Valadares spoke.") == {"Rita Valadares": "person"}
