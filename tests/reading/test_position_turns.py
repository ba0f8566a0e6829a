"""Positions told by turns of phrase, by what something is called, by a demand, or without their verb."""

from __future__ import annotations

import pytest

import variorum

ABOVE = (
    "Denmark and Sweden signed a fishing treaty on Monday in Malmo, after a year of talks on the quota and the licences. "
    "The treaty runs for ten years, officials said."
)


def stances(sentence: str) -> dict[str, str]:
    """Stance by the holder's words, of the second paragraph."""
    text = f"Two states sign treaty on fish\n\n{ABOVE}\n\n{sentence}\n\nThe treaty was published on Tuesday in both capitals."
    first = text.index(sentence)
    found = variorum.read({"id": "x", "text": text}).positions
    return {p.actor.of(text): p.stance for p in found if first <= p.start < first + len(sentence)}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Kenya and Uganda also welcomed the understanding.", {"Kenya": "supports", "Uganda": "supports"}),
        ("The European Union welcomed the news.", {"European Union": "supports"}),
        ("Germany threw cold water on the plan for joint debt.", {"Germany": "against"}),
        ("Turkey threw its weight behind the proposal.", {"Turkey": "for"}),
        ("Egypt gave the plan a cautious welcome.", {"Egypt": "supports"}),
        ("The African Union gave its blessing to the accord.", {"African Union": "for"}),
        ("Spain gave short shrift to the idea of a tax.", {"Spain": "against"}),
        ("Ghana took issue with the wording of the resolution.", {"Ghana": "against"}),
        ("India expressed reservations about the treaty.", {"India": "against"}),
        ("Mexico said no to the pipeline.", {"Mexico": "against"}),
        ("Ottawa gave the green light to the sale.", {"Ottawa": "for"}),
        ("The bloc closed ranks behind the proposal.", {"bloc": "for"}),
    ],
)
def test_verb_noun_and_preposition_together(sentence: str, expected: dict[str, str]) -> None:
    found = stances(sentence)
    assert {who.removeprefix("The "): stance for who, stance in found.items()} == expected


@pytest.mark.parametrize(
    ("sentence", "who", "stance"),
    [
        ("Prime Minister Ana Berg dismissed what she described as “a campaign of lies”.", "Ana Berg", "against"),
        ("Iran condemned what it termed an act of piracy.", "Iran", "condemns"),
        ("Greenpeace welcomed what it called a first step.", "Greenpeace", "supports"),
        ("Senator Rosa Diaz called the deal a gift to foreign fleets.", "Rosa Diaz", "against"),
        ("Former minister Bo Krag branded the plan daylight robbery.", "Bo Krag", "against"),
        ("The party leader, Eva Lind, described the contract as a sell-out.", "Eva Lind", "against"),
    ],
)
def test_what_something_is_called(sentence: str, who: str, stance: str) -> None:
    assert stances(sentence) == {who: stance}


@pytest.mark.parametrize(
    ("sentence", "who", "stance"),
    [
        ("Opposition leader Jan Voss asked that the licences be published.", "Jan Voss", "for"),
        ("Opposition MP Lena Holm demanded that Lund step aside.", "Lena Holm", "for"),
        ("Solidarity, a union, wants the law scrapped.", "Solidarity", "against"),
        ("Serbia will not recognise the referendum.", "Serbia", "against"),
    ],
)
def test_what_is_to_be_done(sentence: str, who: str, stance: str) -> None:
    assert stances(sentence) == {who: stance}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Moscow accepted the proposal; Kyiv did not.", {"Moscow": "for", "Kyiv": "against"}),
        ("France backs the tariff, but Germany doesn't.", {"France": "for", "Germany": "against"}),
        ("Brazil supports the reform, and so does Argentina.", {"Brazil": "for", "Argentina": "for"}),
        ("Malta was against the levy, Cyprus for it.", {"Malta": "against", "Cyprus": "for"}),
        ("Chile would never accept the toll. Nor would Peru.", {"Chile": "against", "Peru": "against"}),
    ],
)
def test_a_stance_taken_up_without_its_verb(sentence: str, expected: dict[str, str]) -> None:
    assert stances(sentence) == expected


def test_an_it_whose_noun_stands_in_the_paragraph_before() -> None:
    text = f"Two states sign treaty on fish\n\n{ABOVE}\n\nIceland opposes it.\n\nThe treaty was published on Tuesday."
    [position] = variorum.read({"id": "x", "text": text}).positions
    assert position.actor.of(text) == "Iceland"
    assert position.stance == "against"
    assert position.issue is not None
    assert position.issue.of(text) == "The treaty"


def test_a_body_is_held_by_the_name_that_stands_beside_it() -> None:
    assert stances("The small boats' association, Kystlag, backs the treaty.") == {"Kystlag": "for"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Vietnam voiced concern over the dam.",
        "He called the treaty a document of forty pages.",
        "Hackers took the treaty from a server, and so did a newspaper.",
        "Lund flew home; his wife did not.",
    ],
)
def test_none_of_these_is_one(sentence: str) -> None:
    assert stances(sentence) == {}
