"""Names of which the text says that they are one's. All people and events here are invented."""

from __future__ import annotations

import pytest

from tests.reading.test_actors import actors, who


@pytest.mark.parametrize(
    ("text", "known", "alias"),
    [
        ("Rebel commander Esteban Quiroga, alias 'Centella', accused the army. Centella gave no proof.", "Quiroga", "Centella"),
        ("“They broke it,” said Centella, whose real name is Esteban Quiroga. Quiroga spoke on film.", "Quiroga", "Centella"),
        ("Karim Benslimane, better known as Abu Yassin, spoke in Tripoli on Monday.", "Benslimane", "Abu Yassin"),
        ("Karim Benslimane (aka Abu Yassin) was arrested in Tripoli on Monday.", "Benslimane", "Abu Yassin"),
        ("The leader, Jean-Pierre Mbala, who goes by the name of General Tembo, fled.", "Mbala", "Tembo"),
        ("Karim Benslimane, who uses the nom de guerre Abu Yassin, denied it.", "Benslimane", "Abu Yassin"),
        ("Karim Benslimane, also known by his alias “Baker Street”, denied it in court.", "Benslimane", "Baker Street"),
        ("Marta Quispe, born Marta Huanca, said the road was open.", "Quispe", "Marta Huanca"),
        ("Iván Rojas, whose nom de guerre is Rodrigo Luna, denied it. Luna is 40.", "Rojas", "Luna"),
    ],
)  # fmt: skip
def test_two_names_of_one_person(text: str, known: str, alias: str) -> None:
    (one,) = [a for a in actors(text) if any(known in text[m.start : m.end] for m in a.mentions)]
    assert any(alias in text[m.start : m.end] for m in one.mentions if m.form == "name")
    assert not [a.name for a in actors(text) if a is not one and alias in a.name]


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("Karim Benslimane, a friend of Nadia Ferhat, denied it.", "Karim Benslimane", "Nadia Ferhat"),
        ("Karim Benslimane met Nadia Ferhat, known for her books.", "Karim Benslimane", "Nadia Ferhat"),
        ("Marta Quispe, born in Lima, said the road was open.", "Marta Quispe", "Lima"),
        ("Marta Quispe, formerly of Nordal Mining, said the road was open.", "Marta Quispe", "Nordal Mining"),
        ("Chad, also known as the dead heart of Africa, met Niger in Rome.", "Chad", "Niger"),
    ],
)
def test_what_is_no_alias(text: str, one: str, other: str) -> None:
    assert who(text, one) != who(text, other)


def test_what_is_said_under_the_alias_is_said_by_the_bearer() -> None:
    text = "Esteban Quiroga, known as Centella, left the camp at dawn. “We keep our word,” Centella said in a video."
    assert who(text, "Centella", 1) == who(text, "Esteban Quiroga")
