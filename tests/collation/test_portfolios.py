"""One person with two portfolios in two reports; a family name alone; a toll beside a part of it; names in full."""

from __future__ import annotations

import pytest

import variorum
from tests.collation.builder import Builder, story
from variorum.collation import collate, verify
from variorum.model import Difference, Record


def _record(*builders: Builder) -> Record:
    made = collate(story(*builders))
    assert verify(made) == ()
    return made


def _offices(*texts: str) -> list[Difference]:
    made = _record(*(Builder(f"r{n}", text).actor("Marit Solberg") for n, text in enumerate(texts)))
    return _labels(made)


def _labels(made: Record) -> list[Difference]:
    return [d for d in made.differences if d.kind == "label" and d.about.label.startswith("office of")]


FOREIGN = "Foreign Minister Marit Solberg opened the harbour."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Defence Minister Marit Solberg opened the harbour.", "Defence Minister"),
        ("The defense secretary, Marit Solberg, opened the harbour.", "defense secretary"),
        ("Minister of Justice Marit Solberg opened the harbour.", "Minister of Justice"),
        ("Home Affairs Cabinet Secretary Marit Solberg opened it.", "Home Affairs Cabinet Secretary"),
        ("Marit Solberg, Norway’s finance minister, opened the harbour.", "finance minister"),
        ("Marit Solberg, the Norwegian minister for health, opened the harbour.", "minister for health"),
        ("Union Home Minister Marit Solberg opened the harbour.", "Home Minister"),
        ("Interior Minister Dr Marit Solberg opened the harbour.", "Interior Minister"),
    ],
)
def test_a_person_with_two_portfolios_is_a_difference_of_label(text: str, words: str) -> None:
    (difference,) = _offices(FOREIGN, text)
    assert {one.value for one in difference.accounts} == {"Foreign Minister", words}


@pytest.mark.parametrize(
    "text",
    [
        "The minister of foreign affairs, Marit Solberg, opened the harbour.",
        "External Affairs Minister Marit Solberg opened the harbour.",
        "Former defence minister Marit Solberg opened the harbour.",
        "Deputy Defence Minister Marit Solberg opened the harbour.",
        "The foreign and defence minister, Marit Solberg, opened the harbour.",
        "Marit Solberg, Defence Minister Ola Berg and the mayor opened the harbour.",
        "Defence Minister Marit Solberg opened it. Foreign Minister Marit Solberg had built it.",
        "Marit Solberg opened the harbour with the defence minister.",
        "Trade Minister Marit Solberg opened the harbour.",
    ],
)
def test_another_title_is_no_other_portfolio(text: str) -> None:
    assert _offices(FOREIGN, text) == []


def _told(speaker: str, words: str, number: int) -> Builder:
    made = Builder(f"r{number}", f"“{words},” {speaker} said.").actor(speaker)
    return made.says(speaker, f"“{words},”", source=speaker)


def test_a_family_name_alone_speaks_the_words_of_who_bears_it() -> None:
    one = _told("Ibrahima Keita", "If the school shuts its doors, the road to the mine is the only one left", 0)
    other = _told("Keita", "When the school closes its gates, the road to the mine will be the one road left", 1)
    (statement,) = _record(one, other).statements
    assert len(statement.variants) == 2


def test_another_family_name_does_not() -> None:
    one = _told("Ibrahima Keita", "If the school shuts its doors, the road to the mine is the only one left", 0)
    other = _told("Sagna", "When the school closes its gates, the road to the mine will be the one road left", 1)
    assert len(_record(one, other).statements) == 2


def _dead(number: int, text: str, *counts: tuple[str, float, str]) -> Builder:
    made = Builder(f"r{number}", text, "2031-05-08")
    for words, value, unit in counts:
        made.figure(words, value, unit=unit, what=f"{unit} killed", kind="count")
    return made


@pytest.mark.parametrize(
    ("people", "part"), [("Danes", "two Danes"), ("Kenyans", "two Kenyans"), ("Turks", "two Turks")]
)
def test_of_which_people_some_dead_were_does_not_part_two_tolls(people: str, part: str) -> None:
    one = _dead(0, "The landslide killed 41 people, rescuers said.", ("41 people", 41, "people"))
    two = _dead(
        1,
        f"The landslide in Peru killed 48 people, police said. Among those killed were {part}.",
        ("48 people", 48, "people"),
        (part, 2, people),
    )
    two.figure("48 people", 48, unit="people", what="people killed", kind="count", place="Peru")
    numbers = [d for d in _record(one, two).differences if d.kind == "number"]
    assert [len(d.accounts) for d in numbers] == [2]
    assert not any(part in account.value for d in numbers for account in d.accounts)


def test_a_name_with_an_article_is_shown_in_full() -> None:
    texts = (
        "Port talks\n\nThe envoy Salem Al Marri said on Monday that the port was open. Al Marri left on Tuesday. "
        "Al Marri is to return.",
        "Port news\n\nThe envoy Salem al-Merri said on Monday that the port was open.",
    )
    (made,) = variorum.collate([{"id": f"r{n}", "text": text} for n, text in enumerate(texts)], together=True)
    names = [d for d in made.differences if d.kind == "name"]
    assert names and {"Salem Al Marri", "Salem al-Merri"} <= {a.value for a in names[0].accounts}


@pytest.mark.parametrize(
    ("short", "differs"),
    [("a friendship of harbours", True), ("a friendship for a harbour", False)],
)
def test_a_clause_of_a_longer_quotation_with_another_word(short: str, differs: bool) -> None:
    one = _told("Ibrahima Keita", "This is a friendship for a harbour, made of stone and salt and patience", 0)
    made = _record(one, _told("Ibrahima Keita", short, 1))
    assert ("wording" in [d.kind for d in made.differences]) is differs
