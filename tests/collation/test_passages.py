"""Sentences of two reports that tell the same thing, and what is compared in them: numbers, days, places, lists of names."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import variorum
from tests.collation.builder import Builder, story
from variorum.collation import collate, verify
from variorum.collation.actors import collate_actors
from variorum.collation.passages import passages_of
from variorum.collation.witness import witnesses_of
from variorum.model import Difference, Record


def record(*texts: str) -> Record:
    (made,) = variorum.collate(
        [{"id": f"r{n}", "text": text, "published": "2025-05-15"} for n, text in enumerate(texts)], together=True
    )
    assert verify(made) == ()
    return made


def of_kind(made: Record, kind: str) -> list[Difference]:
    return [d for d in made.differences if d.kind == kind]


def shown(made: Record, kind: str) -> list[set[str]]:
    """The words of the accounts of each difference of a kind."""
    texts = {report.id: report.text for report in made.reports}
    return [{texts[a.report][a.start : a.end] for a in d.accounts} for d in of_kind(made, kind)]


TOLD = [
    (
        "number",
        "The tanker Corrida ran aground off Dakar. Its crew list named 23 sailors, the harbour master Awa Diop said.",
        "The tanker Corrida is stuck off Dakar. The crew list named 32 sailors, said Awa Diop, the harbour master.",
        "23 sailors",
        "32 sailors",
    ),
    (
        "number",
        "Two bridges over the Vrbas collapsed in the storm, mayor Goran Ilic said on Friday.",
        "Mayor Goran Ilic told reporters that three bridges across the Vrbas had collapsed in the storm.",
        "Two bridges",
        "three bridges",
    ),
    (
        "number",
        "The walkout at the Antofagasta mine lasted almost nine hours before police cleared the gate, the union said.",
        "The walkout at the Antofagasta mine lasted more than nine hours until police cleared the gate, the union said.",
        "almost nine hours",
        "more than nine hours",
    ),
    (
        "number",
        "Dozens of houses burned down in Evros after the fire crossed the road, the fire brigade said.",
        "Hundreds of houses burned down in Evros when the fire crossed the main road, the fire brigade said.",
        "Dozens of houses",
        "Hundreds of houses",
    ),
    (
        "number",
        "Zambia's central bank has frozen 31 accounts of the copper trader Lusenga, governor Chanda Mwila said.",
        "The copper trader Lusenga had 13 of its accounts frozen by Zambia's central bank, governor Chanda Mwila said.",
        "31 accounts",
        "13",
    ),
    (
        "number",
        "Nine senators backed the motion against Judge Ruiz in Asuncion, while five abstained.",
        "Eleven senators voted for the motion against Judge Ruiz, the Senate in Asuncion said.",
        "Nine senators",
        "Eleven senators",
    ),
    (
        "place",
        "The ministers of the Sahel states will meet in Niamey on 3 June to discuss the joint force.",
        "The joint force is to be discussed when ministers of the Sahel states meet in Bamako on 3 June.",
        "in Niamey",
        "in Bamako",
    ),
    (
        "place",
        "A drone hit a grain silo in Reni at night, wounding two dockers, the governor of Odesa said.",
        "Two dockers were hurt when a drone struck a grain silo in Izmail, according to the governor of Odesa.",
        "in Reni",
        "in Izmail",
    ),
    (
        "date",
        "Chile's lower house passed the mining tax on 4 June after an all-night debate.",
        "The tax on mining was approved by Chile's lower house on 5 June after a debate that lasted all night.",
        "4 June",
        "5 June",
    ),
    (
        "participants",
        "Boeing, Airbus and Embraer took part in the hearing in Brasilia about the tax on imports.",
        "Boeing and Airbus took part in the hearing about the import tax in Brasilia.",
        "Boeing, Airbus and Embraer",
        "Boeing and Airbus",
    ),
    (
        "label",
        "The lawmaker Nadia Brandt voted for the budget in Kiel, though her party had asked her to abstain.",
        "Nadia Brandt voted against the budget in Kiel against the wish of her party.",
        "voted for",
        "voted against",
    ),
    (
        "label",
        "The town of Lisk was flooded before dawn after a river wall gave way at Orsha following a week of rain.",
        "The town of Lisk was flooded before dawn after a dam gave way at Orsha following a week of rain.",
        "river wall",
        "dam",
    ),
    (
        "attribution",
        "Police said 2,000 people had marched through Porto against the rents.",
        "Some 9,000 people marched through Porto against high rents, the organisers said.",
        "Police",
        "the organisers",
    ),
    (
        "speaker",
        "“The grid will hold this winter,” Energy Minister Olha Kravets said in Kyiv.",
        "“The grid will hold this winter,” said Maksym Bondar, the head of the grid company, in Kyiv.",
        "Energy Minister Olha Kravets",
        "Maksym Bondar",
    ),
]


@pytest.mark.parametrize(("kind", "a", "b", "first", "second"), TOLD)
def test_what_stands_opposite_in_two_sentences_is_a_difference(
    kind: str, a: str, b: str, first: str, second: str
) -> None:
    found = shown(record(a, b), kind)
    assert any(
        any(first in words or words in first for words in told) and any(second in words for words in told)
        for told in found
    ), found


NOT_TOLD = [
    # two chambers, one bill
    (
        "number",
        "The Bundestag passed the bill on wolves with 380 votes.",
        "The Senate of Poland passed the bill on wolves with 58 votes.",
    ),
    # for and against
    (
        "number",
        "In Lome, 40 deputies supported the bill on salt.",
        "In Lome, 22 deputies opposed the bill on salt.",
    ),
    # a thing and a thing of another time
    (
        "number",
        "A quake with a magnitude of 5.1 shook Kerman on Tuesday.",
        "In February a quake with a magnitude of 6.4 shook Kerman.",
    ),
    # one person may be in two towns
    (
        "place",
        "Vice-President Ngozi Bello is expected in Yola on Thursday.",
        "Vice-President Ngozi Bello met traders in Abuja on Wednesday.",
    ),
    # where a ministry sits
    (
        "place",
        "The blast at the port of Durres killed 30 sailors on Friday, the ministry in Tirana said.",
        "The blast killed 30 sailors in Durres on Friday.",
    ),
    # a region and its state
    (
        "place",
        "Kenyan troops will stay in Cabo Delgado, the minister said.",
        "Kenyan troops will stay in Mozambique, the minister said.",
    ),
    # two persons' plans
    (
        "date",
        "President Omar Danladi will travel to Yola on Friday, his office said.",
        "Vice-President Ngozi Umeadi is expected in Yola on Thursday for a visit.",
    ),
    # the name that is missing in the list stands in another sentence
    (
        "participants",
        "Boeing, Airbus and Embraer took part in the hearing in Brasilia.",
        "Boeing and Airbus took part in the hearing in Brasilia. Embraer came late.",
    ),
    # one way in one report, both in the other
    (
        "label",
        "Nadia Brandt voted for the budget in Kiel. In 2019 Nadia Brandt voted against it.",
        "Nadia Brandt voted against the budget in Kiel.",
    ),
    # forms of one word and words near in sense
    (
        "label",
        "The town of Lisk was flooded after a dam burst at Orsha following a week of rain.",
        "The town of Lisk was flooded after the dams burst at Orsha following a week of rain.",
    ),
]


@pytest.mark.parametrize(("kind", "a", "b"), NOT_TOLD)
def test_what_only_looks_alike_is_no_difference(kind: str, a: str, b: str) -> None:
    assert of_kind(record(a, b), kind) == []


def test_what_is_done_to_some_in_one_clause_is_not_what_was_done_to_others_in_the_one_before() -> None:
    made = record(
        "Peru and Chile blamed each other on Tuesday for a shootout near Tacna in which scores were reported killed, and "
        "Lima expelled two Chilean envoys.",
        "Peru and Chile blamed each other on Tuesday for the shootout near Tacna in which scores were reported killed, and "
        "Lima expelled four Chilean envoys.",
    )
    assert any({"two Chilean envoys", "four Chilean envoys"} == told for told in shown(made, "number"))
    assert all("Chilean" not in f.what or "dead" not in f.what for f in made.figures)


def test_a_lower_end_beside_a_number_does_not_keep_it_from_the_others() -> None:
    made = record(
        "Fifteen civilians, among them a midwife, were killed by shells in Dorsk, said Mayor Ana Reis.\n\n"
        "A mission of observers said it had credible reports of at least 11 civilian deaths.",
        "Nineteen civilians, among them a midwife, were killed by shells in Dorsk, said the mayor, Ana Reis.\n\n"
        "The mission of observers said it had credible reports of at least 11 civilian deaths.",
    )
    assert any({"Fifteen civilians", "Nineteen civilians"} <= told for told in shown(made, "number"))


def test_a_number_of_ones_own_is_shown_with_whose_they_are() -> None:
    made = record(
        "The Karvan rebels' spokesman, Ivo Brandl, said that three of their men had died in the raid on Dorsk.",
        "The spokesman of the Karvan rebels, Ivo Brandl, said that six of their own men died in the raid on Dorsk.",
    )
    assert any({"three of their men", "six of their own men"} == told for told in shown(made, "number"))


def test_two_states_sums_in_their_own_money_are_two_things() -> None:
    a = "Norway will provide 300 million kroner over five years for sea cables of the island states, a minister said."
    b = "Japan will provide 9 billion yen over five years for sea cables of the island states, a minister said."
    assert not any("300 million kroner" in told for told in shown(record(a, b), "number"))
    same = b.replace("Japan", "Norway").replace("9 billion yen", "25 million euros")
    assert any({"300 million kroner", "25 million euros"} == told for told in shown(record(a, same), "number"))


@pytest.mark.parametrize(
    "recalled",
    [
        "An earthquake in March killed at least 40 people in the same province.",
        "Earlier this month, another quake killed 40 people in the province.",
        "The previous quake killed 40 people there.",
        "Last month a quake killed 40 people in Herat province.",
        "On March 7, a quake killed 40 people in Herat.",
    ],
)
def test_the_toll_of_an_earlier_event_is_no_rival_of_this_ones(recalled: str) -> None:
    shaken = "A powerful earthquake shook Herat on Wednesday."
    made = record(f"{shaken} At least 24 people were killed, the governor said.", f"{shaken} {recalled}")
    assert of_kind(made, "number") == []


def test_a_toll_since_an_earlier_month_goes_on() -> None:
    made = record(
        "The fighting in Herat province has killed 240 people since March, the governor said.",
        "The fighting in Herat province has killed 310 people since March, the hospital said.",
    )
    assert of_kind(made, "number")


def test_what_happened_to_ones_own_may_be_said_behind_another_number() -> None:
    made = record(
        "The army of Norland said five of its soldiers and 41 fighters from the hills around Dorsk were killed on Tuesday.",
        "Seven soldiers were killed near Dorsk on Tuesday, the army of Norland said.",
    )
    assert {"five of its soldiers", "Seven soldiers were killed"} in shown(made, "number")


def test_an_agency_that_passes_a_number_on_is_no_other_voucher() -> None:
    told = "At least 14 people were killed when a bridge fell in Dorsk"
    assert of_kind(record(f"{told}, according to Reuters.", f"{told} on Thursday."), "attribution") == []
    assert of_kind(record(f"{told}, according to the Interior Ministry.", f"{told} on Thursday."), "attribution")


def test_a_third_report_with_one_of_two_wordings_stands_beside_them() -> None:
    made = record(
        "“Do not be too afraid and do not be too proud,” Minister Lin Wei said in Suva. “The sea is ours to share.”",
        "Minister Lin Wei said in Suva: “My advice is, do not be too afraid and do not be too proud, because the growth of "
        "one is the growth of all nations.”",
        "“There is no need to be too afraid or too proud, for the growth of one is the growth of all countries,” Minister "
        "Lin Wei said in Suva.",
    )
    assert any(len({a.report for a in d.accounts}) == 3 for d in of_kind(made, "wording"))


def test_a_president_here_is_a_prime_minister_there() -> None:
    made = record(
        "Fiji's Prime Minister, Ratu Jone Vakalolo, chaired the talks on tuna in Suva.",
        "The talks on tuna in Suva were chaired by Fiji's President, Jone Vakalolo.",
        "Prime Minister Jone Vakalolo chaired the talks in Suva.",
    )
    (difference,) = [d for d in of_kind(made, "label") if d.about.label.startswith("office of")]
    assert [a.value for a in difference.accounts].count("Prime Minister") == 2
    assert {a.report for a in difference.accounts} == {"r0", "r1", "r2"}


def test_a_prime_minister_may_be_his_own_foreign_minister() -> None:
    made = record(
        "Prime Minister Jone Vakalolo opened the talks in Suva.",
        "Foreign Minister Jone Vakalolo opened the talks in Suva.",
    )
    assert [d for d in of_kind(made, "label") if d.about.label.startswith("office of")] == []


def test_the_noun_of_an_attribute_is_not_counted() -> None:
    made = record(
        "Ten nations refused to sign the pact on tuna in Suva. The envoy is on an eight-nation tour.",
        "Eight nations refused to sign the pact on tuna in Suva.",
    )
    assert shown(made, "number") == [{"Ten nations", "Eight nations"}]


def _built(id: str, text: str) -> Builder:
    builder = Builder(id, text, day="2025-05-15")
    for name in ("Ana Reis", "Bo Lund"):
        if name in text:
            builder.actor(name)
    return builder


def _reports(order: list[int]) -> tuple[Builder, ...]:
    texts = [
        "The silo at Reni held 40 tonnes of rye. Ana Reis met Bo Lund in Reni on Monday.",
        "Bo Lund met Ana Reis in Izmail on Tuesday. The silo at Reni held 70 tonnes of rye.",
        "The silo at Reni held much rye. Nobody met anybody.",
    ]
    return tuple(_built(f"r{n}", texts[n]) for n in order)


def test_passages_do_not_depend_on_the_order_of_the_reports() -> None:
    found = []
    for order in ([0, 1, 2], [2, 1, 0]):
        witnesses = witnesses_of(story(*_reports(order)))
        passages = passages_of(witnesses, collate_actors(witnesses, None))
        found.append([(p.a.witness.id, p.a.extent, p.b.witness.id, p.b.extent, p.likeness) for p in passages])
    assert found[0] == found[1]
    assert any({one[0], one[2]} == {"r0", "r1"} for one in found[0])


@settings(max_examples=30, deadline=None)
@given(st.integers(min_value=0, max_value=10_000))
def test_passages_and_what_is_made_of_them_lie_in_their_reports(seed: int) -> None:
    chance = random.Random(seed)
    words = [
        "silo",
        "rye",
        "Reni",
        "Ana Reis",
        "Bo Lund",
        "met",
        "in",
        "on Monday",
        "12",
        "40 tonnes",
        ",",
        "and",
        ".\n",
        "“",
        "”",
    ]
    builders = [_built(f"r{n}", " ".join(chance.choices(words, k=40))) for n in range(3)]
    told = story(*builders)
    witnesses = witnesses_of(told)
    for passage in passages_of(witnesses, collate_actors(witnesses, None)):
        for side in (passage.a, passage.b):
            assert 0 <= side.extent.start < side.extent.end <= len(side.witness.text)
        assert 0 < passage.share <= 1.0001
    assert verify(collate(told)) == ()
