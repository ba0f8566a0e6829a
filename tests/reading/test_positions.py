"""Positions: who is for and against what, by vote and by words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import variorum


def positions(text: str) -> list[tuple[str, str, str, str | None]]:
    reading = variorum.read(text)
    return [
        (p.actor.of(text), p.stance, p.basis, p.issue.of(text) if p.issue is not None else None)
        for p in reading.positions
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norway opposes the pipeline.", ("Norway", "against", "words", "the pipeline")),
        ("Norway does not support the pipeline.", ("Norway", "against", "words", "the pipeline")),
        ("Brazil condemned the attack on the embassy.", ("Brazil", "condemns", "words", "the attack on the embassy")),
        ("Brazil has called for a truce.", ("Brazil", "for", "words", "a truce")),
        ("Brazil called for an end to the blockade.", ("Brazil", "for", "words", "an end to the blockade")),
        ("Canada has resisted calls for sanctions.", ("Canada", "against", "words", "sanctions")),
        ("Kenya voiced support for the treaty.", ("Kenya", "for", "words", "the treaty")),
        ("Kenya is opposed to the treaty.", ("Kenya", "against", "words", "the treaty")),
        ("Kenya is in favour of the treaty.", ("Kenya", "for", "words", "the treaty")),
        ("Kenya rejected the treaty.", ("Kenya", "against", "words", "the treaty")),
        ("The treaty was rejected by Kenya.", ("Kenya", "against", "words", "The treaty")),
        ("Protesters demanded the release of the miners.", ("Protesters", "for", "words", "the release of the miners")),
        ("Norway voted against the resolution.", ("Norway", "against", "vote", "the resolution")),
        ("Norway abstained.", ("Norway", "abstained", "vote", None)),
    ],
)
def test_one_position(text: str, expected: tuple[str, str, str, str | None]) -> None:
    assert positions(text) == [expected]


def test_all_voters_and_the_issue_of_the_vote_before() -> None:
    text = (
        "Norway was the only member to vote in favour of a resolution on fishing rights. "
        "Canada voted no, while Kenya, Brazil and Peru all abstained."
    )
    found = positions(text)
    assert [(actor, stance) for actor, stance, _, _ in found] == [
        ("Norway", "for"),
        ("Canada", "against"),
        ("Kenya", "abstained"),
        ("Brazil", "abstained"),
        ("Peru", "abstained"),
    ]
    assert {issue for _, _, _, issue in found} == {"a resolution on fishing rights"}


def test_relative_clause() -> None:
    [(_, _, _, _), (actor, stance, _, issue)] = positions("Kenya has called for a truce, which Brazil opposes.")
    assert (actor, stance, issue) == ("Brazil", "against", "a truce")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "President Olena Kovalenko said the blockade would not be lifted.",
            ("against", "the blockade would not be lifted"),
        ),
        ("President Olena Kovalenko said her country would never cede the island.", ("against", "cede the island")),
        ("President Olena Kovalenko said there would be no ceasefire.", ("against", "ceasefire")),
        ("President Olena Kovalenko vowed never to recognise the treaty.", ("against", "recognise the treaty")),
        (
            "President Olena Kovalenko said the islanders have the right to vote.",
            ("for", "the islanders have the right to vote"),
        ),
    ],
)
def test_positions_taken_by_what_is_said(text: str, expected: tuple[str, str]) -> None:
    [(actor, stance, basis, issue)] = positions(text)
    assert "Olena Kovalenko" in actor
    assert (stance, issue) == expected
    assert basis == "words"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norway said it would not accept new conditions.", ("Norway", "against", "new conditions")),
        ("Norway said it could not endorse the count.", ("Norway", "against", "the count")),
        ("Kenya is ready for talks on the dam.", ("Kenya", "for", "talks on the dam")),
        ("The treaty has the backing of Kenya.", ("Kenya", "for", "The treaty")),
        ("Kenya described the sanctions as illegal.", ("Kenya", "against", "the sanctions")),
        ("Kenya has called for talks to begin.", ("Kenya", "for", "talks to begin")),
        ("Kenya rejected the claim as a fantasy.", ("Kenya", "against", "the claim")),
        ("Slovakia backs Budapest.", ("Slovakia", "for", "Budapest")),
        ("Kenya refused to accept the result.", ("Kenya", "against", "the result")),
    ],
)
def test_one_stance_by_other_words(text: str, expected: tuple[str, str, str]) -> None:
    [(actor, stance, _, issue)] = positions(text)
    assert (actor, stance, issue) == expected


def test_backing_that_looks_like_an_adverb() -> None:
    found = positions("Peru and Chile back Quito, while Brazil has called for calm.")
    assert [(actor, stance, issue) for actor, stance, _, issue in found] == [
        ("Peru", "for", "Quito"),
        ("Chile", "for", "Quito"),
        ("Brazil", "for", "calm"),
    ]


def test_who_speaks_of_his_own_side_takes_its_position() -> None:
    [(actor, stance, _, _)] = positions("President Olena Kovalenko said her government would not accept the treaty.")
    assert ("Olena Kovalenko" in actor, stance) == (True, "against")


def test_a_verb_in_the_past_is_not_part_of_the_demand_before_it() -> None:
    found = positions(
        "Prime Minister Olena Kovalenko demanded that Chile withdraw its forces and called on Peru to send observers."
    )
    assert ["Olena Kovalenko" in actor for actor, _, _, _ in found] == [True, True]
    assert [issue for _, _, _, issue in found] == ["Chile withdraw its forces", "Peru to send observers"]


def test_it_takes_up_the_state_of_the_sentence_before() -> None:
    found = positions("Norway was the only member that did not back the resolution. It abstained.")
    assert ("Norway", "abstained") in [(actor, stance) for actor, stance, _, _ in found]


def test_what_others_did_too_is_their_vote() -> None:
    found = positions("Norway voted against the resolution, as did Peru and Chile.")
    assert [(actor, stance) for actor, stance, _, _ in found] == [
        ("Norway", "against"),
        ("Peru", "against"),
        ("Chile", "against"),
    ]


def test_they_are_both_who_spoke() -> None:
    found = positions("Peru and Chile said they would not support further sanctions.")
    assert [(actor, stance) for actor, stance, _, _ in found] == [("Peru", "against"), ("Chile", "against")]


def test_a_request_is_for_what_is_asked() -> None:
    [(actor, stance, _, issue)] = positions("France urged Chile to lift the tariff.")
    assert (actor, stance, issue) == ("France", "for", "Chile to lift the tariff")


@pytest.mark.parametrize(
    "text",
    [
        "He supports his family.",
        "She called for a taxi home.",
        "Kenya said the team was ready to travel.",
        "Norway might not support the plan.",
        "The bridge supports the road.",
        "Norway may oppose the pipeline.",
        "Norway was asked whether it supports the pipeline.",
        "Norway has not yet endorsed the pipeline.",
        "A resolution calling for a truce was drafted.",
        "The match was called off.",
    ],
)
def test_no_position(text: str) -> None:
    assert positions(text) == []


VOCABULARY = (
    "Norway Kenya she who which not supports opposes voted against for calls a truce the war , . and “ ” said that to "
    "abstained no urged Chile stop is opposed never by condemned \n"
)
WORDS = st.sampled_from(VOCABULARY.split(" "))


@settings(max_examples=40, deadline=None)
@given(st.lists(WORDS, max_size=40).map(lambda words: " ".join(["Peru", *words])))
def test_every_extent_slices_back(text: str) -> None:
    reading = variorum.read({"id": "r", "text": text})
    for position in reading.positions:
        for extent in (position.extent, position.actor, position.issue):
            if extent is not None:
                assert 0 <= extent.start < extent.end <= len(text)
                assert extent.of(text).strip()
    assert variorum.read({"id": "r", "text": text}).positions == reading.positions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The vote was four in favour — Ghana, Kenya, Togo and Chad — and two against.",
            {"Ghana": "for", "Kenya": "for", "Togo": "for", "Chad": "for"},
        ),
        (
            "The motion was backed by three states, namely Ghana, Kenya and Togo.",
            {"Ghana": "for", "Kenya": "for", "Togo": "for"},
        ),
        ("Peru and Chile were among the nine that abstained.", {"Peru": "abstained", "Chile": "abstained"}),
        ("Peru and Chile were among those who voted against the bill.", {"Peru": "against", "Chile": "against"}),
        (
            "Three members — Peru, Chile and Ghana — voted against the text, with Togo abstaining.",
            {"Peru": "against", "Chile": "against", "Ghana": "against", "Togo": "abstained"},
        ),
        ("Voting in favour of the resolution were Ghana and Kenya.", {"Ghana": "for", "Kenya": "for"}),
        (
            "The resolution passed, with Peru and Chile against and Togo abstaining.",
            {"Peru": "against", "Chile": "against", "Togo": "abstained"},
        ),
        ("Norway used its veto to block the resolution.", {"Norway": "against"}),
        ("Norway cast the sole vote against it.", {"Norway": "against"}),
        ("Norway came out against the treaty.", {"Norway": "against"}),
        ("Norway stands by its opposition to the treaty.", {"Norway": "against"}),
        ("Norway threw its weight behind the treaty.", {"Norway": "for"}),
        ("No lawmakers of Norway voted for the bill.", {}),
    ],
)
def test_sides_told_by_lists(text: str, expected: dict[str, str]) -> None:
    assert {actor: stance for actor, stance, _, _ in positions(text)} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nigerian shopkeepers have criticised the levy on cement.", {("Nigerian shopkeepers", "against")}),
        ("The Renewal party voted against the budget.", {("Renewal party", "against")}),
        ("Renewal, the largest opposition party, voted against the budget.", {("Renewal", "against")}),
        (
            "All 22 deputies of Civic Union and all nine of Green Dawn voted for the bill.",
            {("Civic Union", "for"), ("Green Dawn", "for")},
        ),
        ("Brazil, India oppose carbon tariffs", {("Brazil", "against"), ("India", "against")}),
        (
            "Bolivia was joined by Cuba and Venezuela in opposing the resolution.",
            {("Bolivia", "against"), ("Cuba", "against"), ("Venezuela", "against")},
        ),
        ("The plan drew fire from Brussels.", {("Brussels", "against")}),
        ("The resolution found favour with Ghana and Togo.", {("Ghana", "for"), ("Togo", "for")}),
        ("Nordic ministers gave a cautious welcome to the offer.", {("Nordic ministers", "supports")}),
        ("Uganda is yet to take a position on the dispute.", {("Uganda", "undecided")}),
        ("The bill passed with the support of the National League.", {("National League", "for")}),
        ("A motion by the Centre Party to postpone the vote was rejected.", {("Centre Party", "for")}),
        ("Iran called the vote a provocation.", {("Iran", "against")}),
        ("The foreign minister of Norway, Jan Berg, called the ruling a historic step.", {("Jan Berg", "supports")}),
        ("Senator Diaz, an opponent of the pipeline, said it would leak.", {("Senator Diaz", "against")}),
        ("India reserved judgement on the proposal.", {("India", "undecided")}),
        ("Switzerland has yet to decide whether it will join the sanctions.", {("Switzerland", "undecided")}),
        ("Hungary lashed out at the sanctions.", {("Hungary", "against")}),
        ("A third of MPs refused to back the pact.", {("third of MPs", "against")}),
        ("The government wants a new airport. Villagers oppose one.", {("Villagers", "against")}),
        ("Union leader Pedro Costa said the reform should be put to a referendum.", {("Pedro Costa", "for")}),
        ("Four parties have said they will vote against the motion.", {("Four parties", "against")}),
        ("The Workers' Party said it would abstain.", {("Workers' Party", "abstained")}),
    ],
)
def test_who_stands_where(text: str, expected: set[tuple[str, str]]) -> None:
    reading = variorum.read(text)
    names = {m.extent: actor.name for actor in reading.actors for m in actor.mentions}
    found = {(p.actor.of(text), p.stance) for p in reading.positions}
    called = {(names[p.actor], p.stance) for p in reading.positions}
    assert expected <= found | called


def test_the_two_sides_are_the_pair_that_the_report_tells_of() -> None:
    text = "Foreign ministers of Peru and Chile met in Lima.\n\nBoth sides expressed support for a two-state solution."
    assert positions(text) == [
        ("Peru", "for", "words", "a two-state solution"),
        ("Chile", "for", "words", "a two-state solution"),
    ]


def test_what_a_joint_paper_says_is_the_position_of_those_who_signed() -> None:
    text = (
        "Prime Minister Anwar of Malaysia and his Thai counterpart Srettha signed a communiqué on Monday.\n\n"
        "The communiqué condemns attacks on fishing boats."
    )
    assert [(stance, issue) for _, stance, _, issue in positions(text)] == [
        ("condemns", "attacks on fishing boats"),
        ("condemns", "attacks on fishing boats"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "It is appropriate for a judge to criticise a candidate.",
        "It is critical to support the plan, the mayor said.",
        "Nobody expects Spain to reject the deal.",
        "Analysts expect Japan to condemn the launch.",
        "Algeria denied that it backs the rebels.",
        "Denmark did not rule out a ban.",
        "He asked Republicans to support the plan.",
    ],
)
def test_what_is_only_thought_of_is_no_position(text: str) -> None:
    assert positions(text) == []


def test_whoever_takes_a_position_is_an_actor_of_the_report() -> None:
    text = "The Renewal party voted against the budget.\n\nRenewal also opposed the tax. Three parties supported it."
    reading = variorum.read(text)
    renewal = next(actor for actor in reading.actors if actor.name == "Renewal party")
    assert [m.extent.of(text) for m in renewal.mentions] == ["Renewal party", "Renewal"]
    assert {p.actor for p in reading.positions} <= {m.extent for a in reading.actors for m in a.mentions}
