"""Datelines in the forms of the world's agencies."""

from __future__ import annotations

import pytest

from variorum.intake.datelines import find_dateline


@pytest.mark.parametrize(
    ("text", "place", "date", "agency"),
    [
        ("Nairobi, 8 May 2024 (KNA): The minister", "Nairobi", "8 May 2024", "KNA"),
        ("DALLAS (AP) — The mayor said", "Dallas", None, "AP"),
        ("OSLO, March 3 (Reuters) - Norway will", "Oslo", "March 3", "Reuters"),
        ("BEIJING, March 3 (Xinhua) -- China said", "Beijing", "March 3", "Xinhua"),
        ("(CNN) -- The president said", None, None, "CNN"),
        ("NEW DELHI, Nov 7 (PTI) The minister said", "New Delhi", "Nov 7", "PTI"),
        ("New Delhi: The Supreme Court said on Tuesday that it would hear the case.", "New Delhi", None, None),
        ("GENEVA, 7 May 2024 – The agency said", "Geneva", "7 May 2024", None),
        ("Nov 7 (Reuters) - Oil rose", None, "Nov 7", "Reuters"),
        ("MOSCOW, November 7. /TASS/. Russia said", "Moscow", "November 7", "TASS"),
        ("NAIROBI/ADDIS ABABA, Nov 7 (Reuters) - Ethiopia", "Nairobi/Addis Ababa", "Nov 7", "Reuters"),
        ("Paris (AFP) – France will", "Paris", None, "AFP"),
        ("BOCA RATON, Fla. -- The owners of the club said so.", "Boca Raton, Fla.", None, None),
        ("LA PAZ, Bolivia (AP) — The government", "La Paz, Bolivia", None, "AP"),
        ("TOKYO — The minister met his guests on Tuesday.", "Tokyo", None, None),
    ],
)
def test_forms(text: str, place: str | None, date: str | None, agency: str | None) -> None:
    found = find_dateline(text)
    assert found is not None
    assert (found.place, found.date.rstrip(".") if found.date else None, found.agency) == (place, date, agency)
    assert text[found.body :].split()[0] in {"The", "Norway", "China", "Oil", "Russia", "Ethiopia", "France"}


@pytest.mark.parametrize(
    "text",
    [
        "EXCLUSIVE — The minister told us that he would go.",
        "Minister: The wall will be built, and soon.",
        "Sen. John Example (R) — The senator from Ohio said so.",
        "Apple — The company said that it will not comment.",
        "On October 1 - 2 the city hosts a fair for books.",
        "The ministry said (Reuters) that it would.",
        "A FIRE - BOMB ATTACK ON A BANK IN THE CITY",
        "",
    ],
)
def test_no_dateline(text: str) -> None:
    assert find_dateline(text) is None
