"""Offices that only another report ties to a name, and statements of several speakers, in a record."""

from __future__ import annotations

import variorum
from variorum.model import Record

_NAMED = (
    "Court news\n\nSupreme Court Justice Ruth Bellamy said on Monday that her remarks about the candidate were unwise. "
    "She spoke to reporters in Oslo.\n\nBellamy had called him a fraud in June."
)
_BOTH = (
    "Bellamy regrets\n\nRuth Bellamy regrets her remarks about the candidate.\n\n"
    "The Supreme Court justice said in a statement that her remarks about the candidate were unwise."
)


def _record(*texts: str) -> Record:
    given = [{"id": f"r{n}", "text": text} for n, text in enumerate(texts)]
    return variorum.collate(given, together=True)[0]


def _speakers(record: Record) -> list[str | None]:
    names = {actor.id: actor.name for actor in record.actors}
    return [names.get(statement.speaker or "") for statement in record.statements]


def test_an_office_is_the_person_whom_another_report_gives_it() -> None:
    assert set(_speakers(_record(_NAMED, _BOTH))) == {"Ruth Bellamy"}


def test_a_president_s_nominee_is_somebody_else() -> None:
    one = "Race news\n\nNominee Mark Hollis said that taxes would fall. Mark Hollis, the nominee, spoke in Oslo."
    other = "Senate news\n\nMark Hollis spoke in Oslo.\n\nPresident Jan Alba's nominee said that the court was full."
    assert not any("only one named in that office" in why for a in _record(one, other).actors for why in a.why)


def test_both_ministers_of_a_joint_statement_are_kept() -> None:
    text = "Pact news\n\nMinisters Anna Berg and Luis Prado said in a joint statement that the strike was over."
    record = _record(text)
    (statement,) = record.statements
    names = {actor.id: actor.name for actor in record.actors}
    assert names[statement.speaker or ""] == "Anna Berg"
    assert [names[other] for other in statement.co_speakers] == ["Luis Prado"]
