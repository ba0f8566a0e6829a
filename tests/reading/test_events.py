"""Events: type, parties, status, day and place out of sentences about invented happenings."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from variorum import read
from variorum.model import Event, Extent


@dataclass(frozen=True)
class Told:
    """An event with its words."""

    event: Event
    actors: tuple[str, ...]
    recipients: tuple[str, ...]


def told(text: str, published: str = "2024-05-16") -> list[Told]:
    reading = read({"id": "r", "text": text, "published": published})

    def words(extents: tuple[Extent, ...]) -> tuple[str, ...]:
        return tuple(e.of(text) for e in extents)

    return [Told(e, words(e.actors), words(e.recipients)) for e in reading.events]


def one(text: str, type_: str) -> Told:
    found = [t for t in told(text) if t.event.type == type_]
    assert len(found) == 1, [(t.event.type, t.actors, t.recipients) for t in told(text)]
    return found[0]


@pytest.mark.parametrize(
    ("text", "type_", "actor", "recipient"),
    [
        ("Chad imposed sanctions on Mali.", "SANCTION", "Chad", "Mali"),
        ("Chad lifted its sanctions on Mali.", "CONCEDE", "Chad", "Mali"),
        ("Chad agreed to send tents to Mali.", "AGREE", "Chad", "Mali"),
        ("Chad refused to send tents to Mali.", "REJECT", "Chad", "Mali"),
        ("Chad threatened to expel envoys from Mali.", "THREATEN", "Chad", "Mali"),
        ("Chad sent food to Mali.", "AID", "Chad", "Mali"),
        ("Chad withdrew its troops from Mali.", "RETREAT", "Chad", "Mali"),
        ("Chad suspended aid to Mali.", "SANCTION", "Chad", "Mali"),
        ("Chad called for sanctions against Mali.", "REQUEST", "Chad", "Mali"),
        ("Chad urged Mali to free the miners.", "REQUEST", "Chad", "Mali"),
        ("Chad accused Mali of shelling a village.", "ACCUSE", "Chad", "Mali"),
        ("Peru shared intelligence with Mali.", "COOPERATE", "Peru", "Mali"),
        ("Chad signed a treaty with Mali.", "SUPPORT", "Chad", "Mali"),
        ("Police in Lima arrested Ana Quispe.", "COERCE", "Police in Lima", "Ana Quispe"),
        ("Ana Quispe was arrested by police in Lima.", "COERCE", "police in Lima", "Ana Quispe"),
        ("Miners held a rally against Chad in Oslo.", "PROTEST", "Miners", "Chad"),
        ("Mali was attacked by Chad.", "ASSAULT", "Chad", "Mali"),
        ("Chad received aid from Mali.", "AID", "Mali", "Chad"),
        ("Chad's minister said Mali must pay.", "REQUEST", "Chad's minister", "Mali"),
    ],
)
def test_type_and_both_parties(text: str, type_: str, actor: str, recipient: str) -> None:
    found = [t for t in told(text) if t.event.type == type_]
    assert found, [(t.event.type, t.actors, t.recipients) for t in told(text)]
    assert any(actor in t.actors and recipient in t.recipients for t in found)


def test_a_condemned_deed_points_to_its_doer() -> None:
    found = one("Norway condemned Chad's attack on Mali.", "ACCUSE")
    assert "Chad" in found.recipients
    assert "Mali" not in found.recipients


def test_what_an_attack_did_is_done_by_those_behind_it() -> None:
    killing = [t for t in told("Rebels launched an attack in Mali that killed 40 people.") if t.event.mode == "killing"]
    assert [t.actors for t in killing] == [("Rebels",)]


def test_joint_subjects_are_both_parties() -> None:
    found = one("President Aino Laine and Chancellor Anna Vogt met in Riga on Tuesday.", "CONSULT")
    assert found.event.mode == "meeting"
    assert {"President Aino Laine", "Chancellor Anna Vogt"} <= {*found.actors, *found.recipients}
    assert found.event.date == "2024-05-14"
    assert found.event.place is not None


def test_ministers_from_several_states_are_those_states() -> None:
    found = one("Foreign ministers from Chad, Mali and Togo held talks in Accra.", "CONSULT")
    assert {"Chad", "Mali", "Togo"} <= set(found.actors)
    assert found.event.mode == "meeting"  # talks that have a place


def test_talks_told_by_the_way_keep_their_parties() -> None:
    text = "Laine praised the plan shortly after talks with Chancellor Anna Vogt."
    found = one(text, "CONSULT")
    assert found.actors == ("Laine",)
    assert found.recipients == ("Chancellor Anna Vogt",)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Laine met Chancellor Anna Vogt in Riga.", "held"),
        ("Laine did not meet Chancellor Anna Vogt in Riga.", "denied"),
        ("Laine is meeting Chancellor Anna Vogt in Riga.", "under way"),
        ("Laine plans to meet Chancellor Anna Vogt in Riga.", "planned"),
        ("Laine will meet Chancellor Anna Vogt in Riga.", "planned"),
        ("Laine cancelled a meeting with Chancellor Anna Vogt.", "called off"),
    ],
)
def test_status(text: str, status: str) -> None:
    assert status in {t.event.status for t in told(text) if t.event.mode == "meeting" or t.event.type == "SANCTION"}


@pytest.mark.parametrize(
    "text",
    [
        "Laine would have met Chancellor Anna Vogt in Riga.",
        "If Laine meets Chancellor Anna Vogt in Riga, the deal is done.",
    ],
)
def test_what_is_only_imagined_is_no_event(text: str) -> None:
    assert not [t for t in told(text) if t.event.mode == "meeting"]


def test_a_denied_attack_is_denied() -> None:
    attacks = [t for t in told("Oman's envoy denied that Iran had attacked the ship.") if t.event.type == "ASSAULT"]
    assert [t.event.status for t in attacks] == ["denied"]


def test_a_pledge_is_held_when_it_is_made() -> None:
    text = "Peru pledged to send tents to Haiti."
    found = one(text, "AGREE")
    assert (found.event.mode, found.event.status) == ("pledge", "held")
    assert found.event.about is not None
    assert found.event.about.of(text) == "send tents to Haiti"


def test_pleading_guilty_asks_for_nothing_and_march_is_a_month() -> None:
    assert not told("The driver pleaded guilty in March.")


def test_nothing_to_read() -> None:
    assert told("“ “ “ ” ” …") == []


NAMES = (
    "Chad",
    "Mali",
    "President Aino Laine",
    "rebels",
    "the police of Peru",
    "they",
    "Ana Quispe",
    "the attack on Togo",
)
VERBS = (
    "met",
    "will send troops to",
    "accused",
    "denied that it struck",
    "agreed with",
    "fled from",
    "was said by",
    "and",
)
TAILS = ("on Monday", "in Oslo, Riga and", "until the war ends", "?!", "who left", "— he said", "last month", "“no”")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(NAMES + VERBS + TAILS), min_size=1, max_size=14))
def test_every_extent_lies_in_the_text_and_reading_twice_gives_the_same(parts: list[str]) -> None:
    text = " ".join(parts)
    first = read({"id": "r", "text": text, "published": "2024-05-16"})
    for event in first.events:
        extents = [event.trigger, *event.actors, *event.recipients, event.place, event.about]
        for extent in filter(None, extents):
            assert 0 <= extent.start < extent.end <= len(text)
            assert extent.of(text).strip()
    assert first.events == read({"id": "r", "text": text, "published": "2024-05-16"}).events


@pytest.mark.parametrize(
    ("text", "type_", "actor"),
    [
        ("Albania and Togo voted no.", "REJECT", "Albania"),
        ("The Senate rejected the bill by 51 votes to 49.", "REJECT", "The Senate"),
        ("Lawmakers approved the motion on Tuesday.", "SUPPORT", "Lawmakers"),
        ("Parliament voted 90 to 12 on Tuesday to approve the budget.", "SUPPORT", "Parliament"),
    ],
)
def test_votes_of_bodies_and_states(text: str, type_: str, actor: str) -> None:
    vote = one(text, type_)
    assert vote.event.mode == "vote"
    assert vote.actors[0] == actor


def test_a_crowd_of_which_police_speak() -> None:
    protest = one("Some 800 farmers protested outside the ministry in Quito on Monday, police said.", "PROTEST")
    assert protest.actors == ("Some 800 farmers",)


def test_a_pledge_to_do_something_is_one_event() -> None:
    text = "Ana Laine thanked the prime minister for Peru's pledge to send tents to Mali."
    assert [(t.event.type, t.event.mode) for t in told(text) if t.event.type in ("AGREE", "AID")] == [
        ("AGREE", "pledge")
    ]


def test_who_averts_a_war_does_not_wage_it() -> None:
    assert [t for t in told("Envoys from Chad worked to prevent a war.") if t.event.type == "ASSAULT"] == []


def test_a_place_in_a_relative_clause() -> None:
    text = "Ana Laine arrived from Tirana, where she held talks with Prime Minister Juan Ortega on Monday."
    meeting = next(t for t in told(text) if t.recipients == ("Prime Minister Juan Ortega",))
    assert meeting.event.place is not None
    assert meeting.event.place.of(text) == "Tirana"


def test_the_present_puts_off_to_a_later_day() -> None:
    assert one("President Ana Laine travels to Lima on 18 May 2024.", "CONSULT").event.status == "planned"


def test_a_name_beside_an_office_is_one_party() -> None:
    meeting = one("Mette Holm met her Latvian counterpart Janis Ozols in Riga.", "CONSULT")
    assert meeting.recipients == ("her Latvian counterpart Janis Ozols",)


def test_asking_not_to_do_something_is_no_denial() -> None:
    found = one("The envoy urged Peru not to let the traders leave.", "REQUEST")
    assert found.event.status == "held"
    assert one("The envoy did not urge Peru to leave.", "REQUEST").event.status == "denied"


@pytest.mark.parametrize(
    "text",
    [
        "Ana Quispe avoids discussing the war with Peru.",
        "The minister wants to impose sanctions on Mali.",
        "Peru often accuses Mali of smuggling.",
        "Rules permit members to expel Mali.",
        "It would be wrong for Chad to attack Mali.",
        "Chad may sign a treaty with Mali.",
        "Did Chad attack Mali?",
        "Nobody believed the rumour that Chad had attacked Mali.",
        "Neither Chad nor Peru has accused Mali of anything.",
    ],
)
def test_what_is_only_wished_thought_or_usual_is_not_asserted(text: str) -> None:
    assert not any(t.event.asserted for t in told(text)), told(text)


@pytest.mark.parametrize(
    "text",
    [
        "Chad attacked Mali on Monday.",
        "Chad accused Mali of smuggling.",
        "Chad said it would send tents to Mali.",
        "The envoy left after signing a treaty with Mali.",
        "Chad plans to expel envoys from Mali.",
        "Ana Quispe was the first envoy to visit Mali.",
        "Police are searching Oslo after the attack on Peru's embassy on Monday.",
    ],
)
def test_what_is_done_or_fixed_is_asserted(text: str) -> None:
    assert any(t.event.asserted for t in told(text)), told(text)


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("Ana Quispe attacked Tom Berger for his remarks.", "ACCUSE"),
        ("Rebels shot down a Peruvian helicopter near Lima.", "ASSAULT"),
        ("The parliament rejected the treaty by 30 votes to 12.", "REJECT"),
        ("Chad called on Mali to free the miners.", "REQUEST"),
        ("President Ana Quispe received Foreign Minister Tom Berger in Lima.", "CONSULT"),
    ],
)
def test_senses_of_a_verb(text: str, type_: str) -> None:
    assert type_ in {t.event.type for t in told(text)}, told(text)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Ana Quispe opened up on television about her illness.", "ASSAULT"),
        ("Tom Berger battled through illness.", "ASSAULT"),
        ("Ana Quispe launched her campaign in Lima.", "ASSAULT"),
        ("Ana Quispe called Tom Berger a champion.", "CONSULT"),
        ("The minister gave Chad an interview.", "COERCE"),
        ("Tom Berger declined to comment on Mali.", "REJECT"),
        ("Hundreds of questions surrounded the minister.", "ASSAULT"),
    ],
)
def test_a_verb_in_another_sense_tells_no_such_event(text: str, wrong: str) -> None:
    assert wrong not in {t.event.type for t in told(text) if t.event.asserted}, told(text)


def test_who_made_the_offer_that_is_rejected() -> None:
    text = "Borland Mining has offered each family 900 dollars. Mayor Ana Quispe rejected the offer."
    rejected = next(t for t in told(text) if t.event.type == "REJECT")
    assert any("Borland" in words for words in rejected.recipients)


def test_a_pledge_of_aid_is_a_pledge() -> None:
    found = one("Foreign Minister Tom Berger said Austria would send 20 tents to Mali.", "AGREE")
    assert found.event.mode == "pledge"


def test_an_accepted_invitation_is_a_planned_visit() -> None:
    found = one("President Ana Quispe accepted an invitation to visit Oslo in September.", "AGREE")
    assert (found.event.mode, found.event.status) == ("visit", "planned")


def test_what_is_talked_about_is_no_place() -> None:
    assert all(t.event.place is None for t in told("Ana Quispe and Tom Berger discussed the war in Chad."))
