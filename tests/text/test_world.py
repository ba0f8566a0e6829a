"""States, groups, offices, bodies and places: what the tables know, and how names are found in a text."""

from __future__ import annotations

import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.text.first_names import gender_of_first_name, is_first_name
from variorum.text.gazetteer import Gazetteer
from variorum.text.places import lookup_place, place_of_state
from variorum.text.tables import load_tsv
from variorum.text.world import (
    find_offices,
    find_world,
    lookup_group,
    lookup_office,
    lookup_state,
    members,
    state_name,
    state_senses,
)


@pytest.mark.parametrize(
    ("words", "code", "sense"),
    [
        ("Japan", "JP", "name"),
        ("U.S.", "US", "name"),
        ("US’", "US", "name"),
        ("the United States’", "US", "name"),
        ("America", "US", "name"),
        ("UK", "GB", "name"),
        ("Türkiye", "TR", "name"),
        ("Ivory Coast", "CI", "name"),
        ("Kosovo", "XK", "name"),
        ("Israeli", "IL", "adjective"),
        ("Dutch", "NL", "adjective"),
        ("Filipinos", "PH", "people"),
        ("Swedes", "SE", "people"),
        ("Kyiv", "UA", "capital"),
        ("Kiev", "UA", "capital"),
        ("the Kremlin", "RU", "seat"),
        ("Downing Street", "GB", "seat"),
        ("Gaza", "PS", "region"),
        ("Scottish", "GB", "region_adjective"),
        ("FRANCE", "FR", "name"),
    ],
)
def test_states_by_the_words_of_the_press(words: str, code: str, sense: str) -> None:
    hit = lookup_state(words)
    assert hit is not None
    assert (hit.code, hit.sense) == (code, sense)


@pytest.mark.parametrize("words", ["", "Atlantis", "us", "turkey", "the", "Middle East"])
def test_what_names_no_state(words: str) -> None:
    assert lookup_state(words) is None


def test_an_adjective_may_be_its_people_too() -> None:
    assert {hit.sense for hit in state_senses("French")} >= {"adjective", "people"}


def test_the_table_has_every_state_of_the_standard_and_each_finds_itself() -> None:
    rows = load_tsv("world/states.tsv")
    assert {country.alpha_2 for country in pycountry.countries} <= {row["code"] for row in rows}
    for row in rows:
        hit = lookup_state(row["name"])
        assert hit is not None and hit.code == row["code"], row["name"]
        assert state_name(row["code"]) == row["name"]


def test_groups_have_their_members_by_date() -> None:
    assert set(members("G7")) == {"US", "GB", "CA", "FR", "DE", "IT", "JP"}
    assert "RU" in members("G8", "2010") and "RU" not in members("G8", "2015")
    assert "GB" in members("EU", "2019-12-31") and "GB" not in members("European Union", "2021")
    assert len(members("EU")) == 27
    assert "SE" not in members("NATO", "2024-03-06") and "SE" in members("Nato", "2024-03-08")
    assert "JP" in members("U.N. Security Council", "2023-05-01") and "JP" not in members("UN Security Council", "2026")
    assert len(members("UN Security Council", "2023-05-01")) == 15
    assert members("no such group") == ()
    group = lookup_group("Group of 7")
    assert group is not None and group.name == "Group of Seven"


def test_members_are_codes_of_states() -> None:
    codes = {row["code"] for row in load_tsv("world/states.tsv")}
    for name in (
        "G20",
        "ASEAN",
        "Arab League",
        "BRICS",
        "OPEC",
        "ECOWAS",
        "Mercosur",
        "Quad",
        "AUKUS",
        "Five Eyes",
        "GCC",
    ):
        found = members(name)
        assert found and set(found) <= codes, name


def test_offices() -> None:
    minister = lookup_office("Prime  Minister")
    assert minister is not None and minister.rank == "head_of_government"
    secretary = lookup_office("Secretary of State")
    assert secretary is not None and secretary.country == "US"
    mrs = lookup_office("Mrs.")
    assert mrs is not None and mrs.gender == "f"
    assert lookup_office("table") is None
    text = "PRIME MINISTER Jane Roe and the vice president of Peru"
    assert [extent.of(text) for extent, _ in find_offices(text)] == ["PRIME MINISTER", "vice president"]


def test_names_are_found_by_whole_words_longest_first() -> None:
    text = "The US-led force left South Sudan's north, not Sudan; Georgians and the West Bank; the EU’s envoy to Chad."
    assert [hit.extent.of(text) for hit in find_world(text)] == [
        "US",
        "South Sudan",
        "Sudan",
        "Georgians",
        "West Bank",
        "EU",
        "Chad",
    ]


def test_gazetteer_is_linear_and_finds_nothing_twice() -> None:
    table = Gazetteer({"a": 1, "a a": 2})
    assert [(extent.start, value) for extent, value in table.find("a a a")] == [(0, 2), (4, 1)]
    assert sum(1 for _ in table.find("a " * 50_000)) == 25_000


@given(st.text(max_size=400))
def test_every_name_found_slices_back(text: str) -> None:
    found = find_world(text)
    for hit in found:
        assert hit.extent.of(text).strip()
        assert hit.entries
    assert found == find_world(text)
    for extent, _ in find_offices(text):
        assert extent.of(text)


def test_places() -> None:
    kyiv = lookup_place("Kiev")
    assert kyiv is not None and kyiv.country == "UA" and abs(kyiv.latitude - 50.45) < 0.1
    paris = lookup_place("Paris", "US")
    assert paris is None or paris.country == "US"
    japan = lookup_place("Japan")
    assert japan is not None and (japan.name, japan.country) == ("Japan", "JP")
    texas = lookup_place("Texas")
    assert texas is not None and texas.country == "US" and 25 < texas.latitude < 37
    assert lookup_place("Nowhere-on-Sea") is None
    assert lookup_place("") is None
    israel = place_of_state("IL")
    assert israel is not None and 29 < israel.latitude < 34


def test_first_names() -> None:
    assert is_first_name("Yoko") and not is_first_name("yoko") and not is_first_name("Ministry")
    assert gender_of_first_name("Angela") == "f"
    assert gender_of_first_name("Matthew") == "m"
    assert gender_of_first_name("Qqq") is None
