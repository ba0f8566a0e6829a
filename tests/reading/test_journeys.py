"""Journeys: one traveller's legs out of reports about invented travels."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from variorum import read

Legs = dict[str, str]


def journeys(text: str) -> dict[str, Legs]:
    """Country codes with their status, by the traveller's words."""
    reading = read({"id": "r", "text": text, "published": "2024-05-16"})
    return {
        j.traveller.of(text): {leg.country or leg.place.of(text): leg.status for leg in j.legs}
        for j in reading.journeys
    }


def order(text: str) -> list[str]:
    reading = read({"id": "r", "text": text, "published": "2024-05-16"})
    legs = [leg for j in reading.journeys for leg in j.legs if leg.order is not None]
    return [leg.country or "?" for leg in sorted(legs, key=lambda leg: (leg.order or 0, leg.place))]


def test_arrival_from_somewhere() -> None:
    text = "Envoy Carla Mendez arrived in Baku from Ankara on Monday."
    assert journeys(text) == {"Carla Mendez": {"AZ": "done", "TR": "done"}}
    assert order(text) == ["TR", "AZ"]


def test_a_list_of_places_visited() -> None:
    text = "Foreign Secretary Jane Whitlow flew to Nairobi. Whitlow also visited Chad, the West Bank, Mali and Togo."
    assert journeys(text)["Jane Whitlow"] == {"KE": "done", "TD": "done", "PS": "done", "ML": "done", "TG": "done"}


def test_a_tour_that_began_somewhere_and_goes_on() -> None:
    text = (
        "Foreign Secretary Jane Whitlow landed in Nairobi on a five-day tour of East Africa that began in Addis Ababa. "
        "She will fly to Kampala on Wednesday."
    )
    assert journeys(text) == {"Jane Whitlow": {"KE": "done", "ET": "done", "UG": "planned"}}


def test_from_one_planned_place_to_the_next() -> None:
    text = "President Paul Renault will leave Peru on Friday and will travel to Chile and then to Ghana."
    assert journeys(text) == {"Paul Renault": {"PE": "done", "CL": "planned", "GH": "planned"}}
    assert order(text) == ["PE", "CL", "GH"]


def test_a_stopover_and_a_guest() -> None:
    text = "President Paul Renault made a stopover in Reykjavik. Later Ana Laine hosted Renault in Helsinki."
    assert journeys(text)["Paul Renault"] == {"IS": "done", "FI": "done"}


def test_a_state_and_a_city_in_it_are_one_leg() -> None:
    text = "President Paul Renault arrived in Norway on Monday. Renault landed in Oslo."
    assert len(journeys(text)["Paul Renault"]) == 1


def test_a_traveller_who_speaks_somewhere_is_there() -> None:
    text = "Envoy Carla Mendez arrived in Baku on Monday. Mendez said in Tbilisi on Sunday that talks would go on."
    assert journeys(text)["Carla Mendez"] == {"AZ": "done", "GE": "done"}


def test_to_speak_of_a_place_is_no_leg() -> None:
    assert journeys("Envoy Carla Mendez said the war in Sudan must end and called on Chad to help.") == {}


def test_a_journey_not_made_has_no_leg() -> None:
    assert journeys("Envoy Carla Mendez did not visit Moscow.") == {}
    assert journeys("Envoy Carla Mendez cancelled a trip to Riga.") == {}
    assert journeys("Minister Rui Costa urged Carla Mendez to visit Caracas.") == {}
    assert journeys("If Carla Mendez visits Lima, the talks may start.") == {}


def test_coming_home_is_no_leg() -> None:
    text = "Brazilian Foreign Minister Rui Costa left Brasilia for Accra on Monday."
    assert journeys(text) == {"Rui Costa": {"GH": "done"}}


PARTS = (
    "Carla Mendez",
    "arrived in",
    "Baku",
    "will visit",
    "and then",
    "Chad,",
    "from Peru",
    "her trip to",
    "Mali.",
    "in",
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=14))
def test_every_leg_lies_in_the_text_and_reading_twice_gives_the_same(parts: list[str]) -> None:
    text = " ".join(parts)
    first = read({"id": "r", "text": text})
    for journey in first.journeys:
        for extent in (journey.traveller, *(leg.place for leg in journey.legs)):
            assert 0 <= extent.start < extent.end <= len(text)
            assert extent.of(text).strip()
        assert journey.legs
    assert first.journeys == read({"id": "r", "text": text}).journeys


def test_a_cancelled_stop_is_no_leg() -> None:
    text = "Envoy Carla Mendez, who had been to Lima the day before, cancelled a stop in Quito and flew on to Bogota."
    assert journeys(text) == {"Carla Mendez": {"PE": "done", "CO": "done"}}


def test_before_going_on() -> None:
    text = "The NATO chief will visit Oslo next week before going on to Helsinki."
    assert journeys(text) == {"The NATO chief": {"NO": "planned", "FI": "planned"}}


def test_announced_in_the_present_tense() -> None:
    assert journeys("Envoy Carla Mendez travels to Lima on 18 May 2024.") == {"Carla Mendez": {"PE": "planned"}}


def test_due_and_expected() -> None:
    text = "Envoy Carla Mendez is due in Vienna on Friday. Minister Paul Renault is expected in Ottawa on Sunday."
    assert journeys(text) == {"Carla Mendez": {"AT": "planned"}, "Paul Renault": {"CA": "planned"}}


def test_a_capital_without_its_name() -> None:
    assert journeys("Envoy Carla Mendez arrived in the Peruvian capital on Monday.") == {"Carla Mendez": {"PE": "done"}}


def test_a_town_that_bears_the_name_of_a_state() -> None:
    reading = read({"id": "r", "text": "Envoy Carla Mendez flew to Port Sudan on Monday.", "published": "2024-05-16"})
    assert [leg.place.of(reading.text) for leg in reading.journeys[0].legs] == ["Port Sudan"]


def test_a_visit_between_other_stops_of_one_tour() -> None:
    text = (
        "Norway's Foreign Minister Jan Lund held talks in Jakarta on Tuesday. "
        "His visit follows stops in Bangkok and Manila and will be followed by a trip to Dili."
    )
    assert journeys(text)["Jan Lund"] == {"ID": "done", "TH": "done", "PH": "done", "TL": "planned"}


def test_a_tour_took_in_one_place_and_is_expected_to_include_another() -> None:
    text = "Foreign Minister Jan Lund's tour also took in Thailand and is expected to include Vietnam."
    assert list(journeys(text).values()) == [{"TH": "done", "VN": "planned"}]


def test_the_first_official_to_visit() -> None:
    made = "Brazilian Foreign Minister Carla Mendez became the most senior official from Brasilia to visit Hanoi."
    coming = "Turkish Foreign Minister Kemal Aydin will be the first Turkish minister to visit Cairo since 2013."
    assert journeys(made)["Carla Mendez"] == {"VN": "done"}
    assert journeys(coming)["Kemal Aydin"] == {"EG": "planned"}


def test_the_present_sends_somebody_on_his_way_but_tells_an_arrival() -> None:
    text = (
        "UN envoy Jan Lund has visited Riyadh and Muscat in recent days and travels to Tehran this week.\n\n"
        "Lund arrives in Muscat at a tense time."
    )
    assert journeys(text)["Jan Lund"] == {"SA": "done", "OM": "done", "IR": "planned"}


def test_the_next_stop_and_a_trip_that_is_called_off() -> None:
    text = "President Ana Silva's next stop is Gaborone. A trip by Silva to Lusaka was put off."
    assert journeys(text)["Ana Silva"] == {"BW": "planned"}


def test_on_a_visit() -> None:
    text = (
        "Foreign Minister Jan Lund, on a visit to Beirut, called for calm. During his stay in Amman, Lund met the king."
    )
    assert journeys(text)["Jan Lund"]["LB"] == "done"


def test_a_visit_followed_by_stops() -> None:
    text = "Indian Prime Minister Ravi Kapoor is to make a visit to Brazil from Sunday, followed by stops in Peru and Chile."
    assert journeys(text) == {"Ravi Kapoor": {"BR": "planned", "PE": "planned", "CL": "planned"}}


def test_those_who_held_talks_were_there() -> None:
    text = (
        "Peru signed a pact after talks between Ghanaian President Kofi Mensa and his Peruvian counterpart Ana Quispe in"
        " Lima. Mensa will travel on to Chile and Brazil."
    )
    assert journeys(text)["Kofi Mensa"] == {"PE": "done", "CL": "planned", "BR": "planned"}


def test_a_tour_that_has_taken_somebody_somewhere() -> None:
    text = (
        "The pact was signed in Lima, the third stop on a tour that has taken President Kofi Mensa to Chile and Brazil."
    )
    assert {"CL": "done", "BR": "done"}.items() <= journeys(text)["Kofi Mensa"].items()


def test_the_last_leg_of_a_tour() -> None:
    text = "Foreign Minister Li Meng is due in Harare on Friday, the last leg of a tour that included Kenya and Zambia."
    assert journeys(text)["Li Meng"] == {"ZW": "planned", "KE": "done", "ZM": "done"}


def test_left_by_way_of_a_third_place() -> None:
    text = "Envoy Carla Mendez left for Baku via Ankara on Monday."
    assert journeys(text)["Carla Mendez"] == {"AZ": "done", "TR": "done"}


def test_the_way_home_is_a_leg_where_it_is_told() -> None:
    text = "President Kofi Mensa of Ghana will visit Chile before he returns to Accra."
    assert journeys(text)["Kofi Mensa"] == {"CL": "planned", "GH": "planned"}


HOLM = "Lena Holm, the foreign minister of Sweden, was praised on Monday for her part in the talks on fish.\n\n"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Holm came to Geneva by way of Cairo and Nairobi.", {"CH": "done", "EG": "done", "KE": "done"}),
        ("Holm was to fly on to Lima before she returned to Stockholm.", {"PE": "planned", "SE": "planned"}),
        ("Holm, who flew in from Tokyo, will brief the union in Addis Ababa.", {"JP": "done", "ET": "planned"}),
        ("Holm is back from Ankara, where she met the president.", {"TR": "done"}),
        ("Holm is due to land in Hanoi on Thursday.", {"VN": "planned"}),
        ("Holm's plane landed in Accra at dawn.", {"GH": "done"}),
        ("Holm took a train to Kyiv overnight.", {"UA": "done"}),
        ("Holm boarded a flight to Lagos on Tuesday.", {"NG": "done"}),
        ("The president of Chad had received Lena Holm in N'Djamena on Sunday.", {"TD": "done"}),
    ],
)
def test_stops_told_in_passing(sentence: str, expected: Legs) -> None:
    assert journeys(HOLM + sentence)["Lena Holm"] == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Trader Omar Bey was extradited from Spain to Morocco on Friday.", {"ES": "done", "MA": "done"}),
        ("Trader Omar Bey fled to Dubai in 2019 and later moved to London.", {"AE": "done", "GB": "done"}),
        ("Trader Omar Bey settled in Lisbon after escaping to Dubai.", {"PT": "done", "AE": "done"}),
    ],
)
def test_those_who_flee_and_those_who_are_brought(sentence: str, expected: Legs) -> None:
    assert journeys(sentence)["Omar Bey"] == expected


@pytest.mark.parametrize(
    "sentence",
    ["Holm moved the money to Oslo.", "Holm returned the letter to Rome.", "Holm flew aid to the camp in Chad."],
)
def test_what_is_moved_is_no_journey_of_whoever_moves_it(sentence: str) -> None:
    assert journeys(HOLM + sentence) == {}
