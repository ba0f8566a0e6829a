"""Who wrote: names out of bylines' lines, and out of what metadata call the author."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.intake.bylines import authors_in, byline_names, is_role, names_alone


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Marta Silva", ["Marta Silva"]),
        ("BY MARTA SILVA AND JOHN ROE", ["MARTA SILVA", "JOHN ROE"]),
        ("By Marta Silva, John Roe and Li Wei", ["Marta Silva", "John Roe", "Li Wei"]),
        ("By Marta Silva, Staff Writer, and John Roe", ["Marta Silva", "John Roe"]),
        ("Marta Silva, Diplomatic Correspondent", ["Marta Silva"]),
        ("Marta B. Silva Senior Contributor", ["Marta B. Silva"]),
        ("Marta Silva and John Q. Roe Lake Falls Morning Leader", ["Marta Silva", "John Q. Roe"]),
        ("Marta Silva@martasilva", ["Marta Silva"]),
        ("Marta Silva marta.silva@paper.example (555) 010-0199", ["Marta Silva"]),
        ("Marta Silva - Nov 9, 2025, 10:31 pm CST", ["Marta Silva"]),
        ("Monday November 3, 2025 7:45 am PST by Marta Silva", ["Marta Silva"]),
        ("Written by Marta Silva, MD, PhD on November 4, 2025", ["Marta Silva"]),
        ("From John Roe in Cairo and Marta Silva in Amman", ["John Roe", "Marta Silva"]),
        ("By Willem van der Berg and Noor al-Masri", ["Willem van der Berg", "Noor al-Masri"]),
        ("By Tunde Okafor", ["Tunde Okafor"]),
        ("By April Jones", ["April Jones"]),
        ("by Dr. Marta Silva, Guest columnist", ["Dr. Marta Silva"]),
        ("By STAFF AND AGENCIES", []),
        ("By Agence France-Presse", []),
        ("By THE LAKE FALLS POST STAFF", []),
        ("Published 8:03 PM EST Nov 19, 2025", []),
        ("Key Points", []),
        ("View author archive", []),
        ("(Silva Foods Co.)", []),
        ("Photographs by John Roe", []),
        ("Step by Step Guide", []),
        ("The Problems of Small Harbours", []),
        ("", []),
        ("by", []),
    ],
)
def test_the_names_in_a_line(line: str, names: list[str]) -> None:
    assert [line[n.start : n.end] for n in byline_names(line)] == names


def test_an_author_of_the_metadata_is_sure_without_a_first_name_that_is_known() -> None:
    assert [n.is_sure for n in byline_names("Qwerta Zumbalo")] == [False]
    assert [n.is_sure for n in byline_names("Qwerta Zumbalo", known=["Qwerta Zumbalo"])] == [True]


@pytest.mark.parametrize(
    ("given_", "authors"),
    [
        ("Marta Silva", ["Marta Silva"]),
        ("By MARTA SILVA and JOHN ROE, Associated Press", ["MARTA SILVA", "JOHN ROE"]),
        ("Marta Silva - Science Contributor", ["Marta Silva"]),
        ("JOHN ROE, National Political Writer", ["JOHN ROE"]),
        ("Marta Silva (marta@paper.example)", ["Marta Silva"]),
        ("Staff writer", []),
        ("admin", []),
        ("@paper", []),
        ("https://social.example/marta", []),
        ("Reuters", ["Reuters"]),
        ("Coastal Valley News Desk", ["Coastal Valley News Desk"]),
        ("Silva, Marta", ["Silva, Marta"]),
        ("حاتم صالح", ["حاتم صالح"]),
        ("", []),
    ],
)
def test_the_authors_in_metadata(given_: str, authors: list[str]) -> None:
    assert authors_in(given_) == authors


def test_roles_and_names_alone() -> None:
    assert is_role("Senior Diplomatic Correspondent") and is_role("News reporter") and not is_role("Marta Silva")
    assert (
        names_alone("Marta Silva and John Roe") and names_alone("Marta Silva @marta") and not names_alone("Read Later")
    )


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=120), st.text(alphabet="ABCabc .,-–@|’'&19y", max_size=80)))
def test_names_slice_back_and_stand_in_order(line: str) -> None:
    last = 0
    for name in byline_names(line):
        assert last <= name.start < name.end <= len(line)
        assert line[name.start : name.end].strip() == line[name.start : name.end]
        last = name.end
    assert authors_in(line) == authors_in(line)
