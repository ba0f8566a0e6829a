"""Words that stand for an actor without naming it: offices, descriptions, bodies, pronouns.

Read left to right with what has been mentioned so far. Where it is not certain whom they point to, offices and
descriptions stay actors of their own, without a name, and pronouns stay unresolved.
"""

from __future__ import annotations

from functools import cache

from variorum.model import Extent
from variorum.reading.actors.bodies import read_body, read_document, read_paper
from variorum.reading.actors.named import Cast
from variorum.reading.actors.offices import read_description, read_office
from variorum.reading.actors.phrases import Reader
from variorum.reading.actors.pronouns import read_part_of_many, read_pronoun, read_relative, read_thing_pronoun
from variorum.reading.actors.sayers import read_sayer
from variorum.reading.actors.table import Sighting, person_words
from variorum.reading.names.tokens import Words
from variorum.text.world import body_nouns


def read_unnamed(reader: Reader) -> None:
    """All offices, descriptions and pronouns of one paragraph to their actors."""
    words = reader.words
    nouns, crowds = person_nouns(), person_words()["crowds"]
    pronouns: dict[str, str] = person_words()["pronouns"]
    documents: frozenset[str] = person_words()["documents"]
    done = -1
    for at in range(len(words)):
        if at < done or reader.named[at]:
            continue
        lower = words.texts[at].lower()
        if lower in pronouns:
            read_pronoun(reader, at, pronouns[lower])
            continue
        if lower == "who" and words.doc[at].dep_ in ("nsubj", "nsubjpass"):
            read_relative(reader, at)
            continue
        if lower == "them" and at > 1 and words.texts[at - 1].lower() == "of":
            read_part_of_many(reader, at)
            continue
        if lower in ("they", "it") and words.doc[at].dep_ == "nsubj":
            read_thing_pronoun(reader, at, lower)
            continue
        number = words.office_at[at]
        if number >= 0 and words.offices[number][0] == at and words.offices[number][2].rank != "title":
            done = read_office(reader, number)
        elif lower in nouns or lower in crowds or lower in person_words()["fighters"]:
            read_description(reader, at, nouns.get(lower, lower))
        elif lower in person_words()["papers"] or (lower in documents and _joint(words, at)):
            read_paper(reader, at)
        elif lower in documents:
            read_document(reader, at)
        elif lower in body_nouns() or lower in _bodies():
            done = read_body(reader, at)
            read_sayer(reader, at)
        elif not reader.quoted[at]:
            read_sayer(reader, at)


def _joint(words: Words, at: int) -> bool:
    """Whether several issued a document together ("the joint statement")."""
    return at > 0 and words.texts[at - 1].lower() == "joint"


@cache
def person_nouns() -> dict[str, str]:
    made = {}
    for noun in sorted(person_words()["persons"]):
        made[noun] = noun
        plural = {"man": "men", "woman": "women", "person": "persons", "spokesman": "spokesmen", "wife": "wives"}.get(
            noun
        )
        made[plural or (noun[:-1] + "ies" if noun.endswith("y") and noun[-2] not in "aeiou" else noun + "s")] = noun
        if noun.endswith("man"):
            made[noun[:-3] + "men"] = noun
        if noun.endswith("woman"):
            made[noun[:-5] + "women"] = noun
        if noun.endswith(("ch", "ss")):
            made[noun + "es"] = noun
    return made


def _bodies() -> frozenset[str]:
    bodies: frozenset[str] = person_words()["bodies"]
    return bodies


def adjectives_of_states(cast: Cast, words: Words, named: list[bool], sentences: list[int]) -> None:
    """ "Japanese" in "the Japanese delegation" stands for the state; as a mention it is a metonym."""
    for number, hit in enumerate(words.hits):
        entry = hit.entries[0]
        if entry.kind != "state" or entry.sense != "adjective" or number in words.released:
            continue
        first, last = words.hit_range(number)
        if any(named[first:last]):
            continue
        extent = Extent(words.paragraph.offset + hit.extent.start, words.paragraph.offset + hit.extent.end)
        cast.see(cast.state(entry.country or ""), Sighting(extent, "metonym", sentences[first], False, False))
