"""Which names are one actor's, and which are not."""

from __future__ import annotations

import pytest

from tests.collation.builder import Builder, story
from variorum.collation import collate
from variorum.collation.naming import BODIES, PERSONS, Bearer, judge, name_words
from variorum.collation.words import concepts, folded
from variorum.model import Record


def person(name: str, country: str | None = None, role: str = "") -> Bearer:
    return Bearer(name, name_words(name), country, concepts(role))


def body(name: str, country: str | None = None) -> Bearer:
    initials = "".join(w[0] for w in name.split() if w[0].isupper()).lower()
    return Bearer(name, folded(name), country, initials=initials)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (person("Ingrid Vesterholm"), person("Ingrid M. Vesterholm")),
        (person("Salim bin Nasser al Harbi"), person("Salim bin Nasser al-Harby")),
        (person("Suhail Mohamed Al Mazrui"), person("Suhail Mohammed al-Mazrouei")),
        (person("Khalid bin Saud al-Otaibi"), person("Otaibi")),
        (person("Phạm Quốc Đạt"), person("Pham Quoc Dat")),
        (person("Katrín Þórsdóttir"), person("Katrin Thorsdottir")),
        (person("Işıl Ağaoğlu"), person("Isil Agaoglu")),
        (person("Yoon Dae-sik"), person("Yun Dae Sik")),
        (person("Ingrid Vesterholm", "DK", "minister"), person("Vesterholm", "DK")),
        (person("Oleksandr Drahomyretsky"), person("Alexander Dragomiretski")),
        (person("Joseph Abernathy"), person("Joe Abernathy")),
        (person("Kim Dae Sung", "KR"), person("Kim Dae-sung", "KR")),
        (person("Kenji Morohashi", "JP", "Prime Minister"), person("Kenji Morahashi", "JP", "Japanese Prime Minister")),
        (person("Mohammed Al-Rashedi"), person("Muhammad Al-Rashidi")),
        (person("Tang Li", "CN", "Foreign Minister"), person("Tang Lee", "CN", "Foreign Minister")),
        (person("Gennady Trebenya", "RU", "Ambassador"), person("Gennadi Trebenia", "RU")),
    ],
)
def test_one_person(a: Bearer, b: Bearer) -> None:
    assert judge(a, b, PERSONS).same
    assert judge(b, a, PERSONS).same


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (person("Ingrid Vesterholm"), person("Lars Vesterholm")),
        (person("George H. W. Pemberton"), person("George W. Pemberton")),
        (person("John Kelso", "US", "chief of staff"), person("John Kerby", "US", "secretary of state")),
        (person("Park Min-jun", "KR"), person("Park Seo-yeon", "KR")),
        (person("Marlow", "GB", "umpire"), person("Marlowe", "US", "senator")),
        (person("Ana Torres", "ES"), person("Ana Torras Vidal", "MX")),
        (person("Tang Li", "CN", "Foreign Minister"), person("Tang Lee", "CN", "actor")),
        (person("Tang Li", "CN", "Foreign Minister"), person("Tang Wu", "CN", "Foreign Minister")),
        (person("Tang Li", "CN"), person("Tang Lee", "CN")),
    ],
)
def test_two_persons(a: Bearer, b: Bearer) -> None:
    assert not judge(a, b, PERSONS).same


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (body("International Lighthouse Authority"), body("ILA")),
        (body("Ministry of Health", "KE"), body("Kenyan Health Ministry", "KE")),
        (body("the Red Lantern Society"), body("Red Lantern Society")),
        (body("Belgrano Dock Workers Union"), body("Belgrano Dock Worker Union")),
    ],
)
def test_one_body(a: Bearer, b: Bearer) -> None:
    assert judge(a, b, BODIES).same


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (body("Ministry of Health", "KE"), body("Ministry of Health", "UG")),
        (body("Health Ministry", "KE"), body("Interior Ministry", "KE")),
        (body("Texas Health Department", "US"), body("Ohio Health Department", "US")),
        (body("IAL"), body("International Lighthouse Authority")),
    ],
)
def test_two_bodies(a: Bearer, b: Bearer) -> None:
    assert not judge(a, b, BODIES).same


def names(record: Record) -> list[set[str]]:
    return sorted(({n.text for n in a.names} for a in record.actors if a.named), key=sorted)


def test_a_family_name_that_fits_two_people_is_joined_to_neither() -> None:
    a = Builder("a", "Nora Tasker spoke. Later Will Tasker left.").actor("Nora Tasker").actor("Will Tasker")
    b = Builder("b", "Tasker was heard in Ghent.").actor("Tasker")
    assert names(collate(story(a, b))) == [{"Nora Tasker"}, {"Tasker"}, {"Will Tasker"}]


def test_an_office_tells_which_of_two_people_is_meant() -> None:
    a = Builder("a", "Nora Tasker spoke. Later Will Tasker left.")
    a.actor("Nora Tasker", role="mayor of Ghent").actor("Will Tasker", role="harbour pilot")
    b = Builder("b", "Tasker was heard in Ghent.").actor("Tasker", role="mayor")
    assert names(collate(story(a, b))) == [{"Nora Tasker", "Tasker"}, {"Will Tasker"}]


def test_a_state_has_one_entry_under_all_its_names() -> None:
    a = Builder("a", "Britain agreed. The UK said so.").actor("Britain", "government", country="GB")
    b = Builder("b", "The United Kingdom agreed.").actor("United Kingdom", "place", country="GB")
    assert names(collate(story(a, b))) == [{"Britain", "United Kingdom"}]


def test_unnamed_sources_of_two_reports_stay_apart() -> None:
    a = Builder("a", "“No,” a senior official said.").actor("a senior official", named=False)
    b = Builder("b", "“Yes,” a senior official said.").actor("a senior official", named=False)
    for builder, words in ((a, "“No,”"), (b, "“Yes,”")):
        builder.says("a senior official", words, source="a senior official")
    assert len(collate(story(a, b)).actors) == 2


def test_a_place_that_one_report_takes_for_a_person_is_a_place() -> None:
    a = Builder("a", "Fires burn in Varnholt.").actor("Varnholt", "place")
    b = Builder("b", "In Varnholt all is calm.").actor("Varnholt", "place")
    c = Builder("c", "Varnholt was quiet.").actor("Varnholt", "person")
    (actor,) = collate(story(a, b, c)).actors
    assert actor.kind == "place" and {n.report for n in actor.names} == {"a", "b", "c"}
