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


VOTED = "The Assembly of Ruritania approved the harbour treaty with Norway on Monday by 41 votes to 30.\n\n"


def held(sentence: str, before: str = VOTED) -> dict[str, tuple[str, str | None]]:
    """Stance and issue by the holder's words, of what stands behind ``before``."""
    text = before + sentence
    found = variorum.read({"id": "x", "text": text}).positions
    told = [p for p in found if p.start >= len(before)]
    return {p.actor.of(text): (p.stance, p.issue.of(text) if p.issue is not None else None) for p in told}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The treaty needs the consent of the states. Malta is opposed.", {"Malta": "against"}),
        ("The treaty needs the consent of the states. Chile and Peru are in favour.", {"Chile": "for", "Peru": "for"}),
        ("The treaty needs the consent of the states. Ghana has not made up its mind.", {"Ghana": "undecided"}),
        ("Italy, whose fleet stands to gain, is a strong backer.", {"Italy": "for"}),
        ("Kenya and Togo led the resistance.", {"Kenya": "against", "Togo": "against"}),
        ("The Reform Party has not taken a side.", {"Reform Party": "undecided"}),
        ("President Luis Cano has yet to take a position.", {"Luis Cano": "undecided"}),
        ("Prime Minister Ana Berg said she would sign.", {"she": "for"}),
    ],
)
def test_a_stance_without_its_issue_is_on_the_one_spoken_of(sentence: str, expected: dict[str, str]) -> None:
    found = held(sentence)
    assert {who: stance for who, (stance, _) in found.items()} == expected
    assert all(issue is not None and "treaty" in issue for _, issue in found.values())


def test_without_anything_spoken_of_there_is_no_issue_and_no_position() -> None:
    assert held("Malta is opposed.", "") == {}
    assert held("She is a Rovers supporter.") == {}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The Greens demanded that Canada suspend its mining programme.",
            ("Greens", "against", "its mining programme"),
        ),
        ("Dockers’ unions urged the cabinet to scrap the levy.", ("unions", "against", "the levy")),
        ("Senator Ruth Wafula wants the commissioner gone.", ("Ruth Wafula", "against", "the commissioner")),
        ("Opposition leader Omar Bah wants the troops home by June.", ("Omar Bah", "for", "the troops home")),
        ("Norway has no plans to recognise the junta.", ("Norway", "against", "recognise the junta")),
        ("The king expressed confidence in the army chief.", ("king", "supports", "the army chief")),
        ("France has led the opposition to the levy.", ("France", "against", "the levy")),
    ],
)
def test_what_is_to_go_and_who_is_trusted(sentence: str, expected: tuple[str, str, str]) -> None:
    found = variorum.read({"id": "x", "text": sentence}).positions
    assert len(found) == 1
    who, stance, issue = expected
    assert found[0].actor.of(sentence).endswith(who)
    assert (found[0].stance, found[0].issue and found[0].issue.of(sentence)) == (stance, issue)


def test_a_vote_told_beside_another_is_on_what_that_one_was_on() -> None:
    text = (
        "The council voted 13-0 on Monday to renew the mission in Ruritania for six months, with Peru and Chile abstaining, "
        "after a day of talks."
    )
    found = variorum.read({"id": "x", "text": text}).positions
    abstained = {p.actor.of(text): p.issue.of(text) for p in found if p.stance == "abstained" and p.issue is not None}
    assert abstained == dict.fromkeys(("Peru", "Chile"), "renew the mission in Ruritania for six months")


def test_a_side_behind_a_comma_is_no_end_of_the_list_before() -> None:
    text = "Kenya and Uganda voted in favour, Rwanda against, while Burundi abstained."
    found = variorum.read({"id": "x", "text": text}).positions
    assert {p.actor.of(text): p.stance for p in found} == {
        "Kenya": "for",
        "Uganda": "for",
        "Rwanda": "against",
        "Burundi": "abstained",
    }


def test_a_position_is_told_once() -> None:
    text = "Moscow is ready to support a truce, the Kremlin said."
    found = variorum.read({"id": "x", "text": text}).positions
    assert [(p.stance, p.issue and p.issue.of(text)) for p in found] == [("for", "a truce")]
