"""One ruling on a statement that several reports have: in all of them, unless one is chosen."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html

from tests.library.fake import FakeLibrary
from tests.web.conftest import local
from variorum import api
from variorum.model import Record

EXAMPLE = Path(__file__).parents[2] / "examples" / "harbour"


def many(record: Record) -> str:
    """The id of a statement that most reports have."""
    return max(record.statements, key=lambda s: len({v.report for v in s.variants})).id


@pytest.mark.parametrize("chosen", [{}, {"variant": "all"}])
@pytest.mark.parametrize("kind", ["speaker", "not-a-statement"])
def test_a_ruling_holds_in_every_report_that_has_the_statement(
    harbour: FakeLibrary, kind: str, chosen: dict[str, str]
) -> None:
    record = harbour.record("s1")
    statement = next(s for s in record.statements if s.id == many(record))
    assert len(statement.variants) > 1
    given = {"kind": kind, "entry": statement.id, "speaker": "Ana Pires", "who": "Ana", "why": "x"} | chosen
    with local(harbour) as client:
        assert client.post("/stories/s1/rulings", data=given, follow_redirects=False).status_code == 303
        shown = " ".join(client.get("/rulings").text.split())
    (ruling,) = harbour.rulings()
    assert [place.report for place in ruling.places] == [variant.report for variant in statement.variants]
    for place in ruling.places:
        assert harbour.report(place.report).text[place.start : place.end] == place.text
    assert "Undo" in shown


def test_the_form_offers_all_reports_first(harbour: FakeLibrary) -> None:
    record = harbour.record("s1")
    with local(harbour) as client:
        tree = html.fromstring(client.get(f"/stories/s1/correct/{many(record)}").text)
        one = next(s.id for s in record.statements if len(s.variants) == 1)
        alone = html.fromstring(client.get(f"/stories/s1/correct/{one}").text)
    assert tree.xpath("//form[1]//input[@name='variant'][@checked]/@value")[:1] == ["all"]
    # what is typed comes before what is seldom chosen
    first = tree.xpath("//form[.//input[@value='speaker']]//*[self::input or self::summary][not(@type='hidden')]")[0]
    assert first.get("name") == "speaker"
    assert not alone.xpath("//input[@name='variant']")


def test_a_wrong_speaker_in_three_reports_takes_one_ruling(tmp_path: Path) -> None:
    with api.library(str(tmp_path / "library.sqlite")) as library:
        list(library.add([path.read_text("utf-8") for path in sorted(EXAMPLE.glob("*.txt"))]))
        (line,) = library.stories().stories
        record = library.record(line.id)
        statement = next(s for s in record.statements if s.id == many(record))
        places = {(v.report, v.content) for v in statement.variants}
        given = {"kind": "speaker", "entry": statement.id, "speaker": "Rui Amorelo", "who": "Ana"}
        with local(library) as client:
            assert client.post(f"/stories/{line.id}/rulings", data=given, follow_redirects=False).status_code == 303
        corrected = library.record(line.id)
        names = {actor.id: actor.name for actor in corrected.actors}
        holding = [s for s in corrected.statements if places & {(v.report, v.content) for v in s.variants}]
        assert {names.get(s.speaker or "") for s in holding} == {"Rui Amorelo"}
        assert sum(len(s.variants) for s in holding) == len(places)
        (ruling,) = library.rulings()
        library.undo(ruling.id, who="Ana")
        assert library.record(line.id).statements == record.statements
