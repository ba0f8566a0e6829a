"""Who copied whom, on reports of invented events."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from tests.gathering.conftest import Pair, lineage_pairs, report
from variorum.gathering import lineage
from variorum.model import Credit, Lineage, Report

PAIRS = lineage_pairs()


def test_the_set_is_large_enough() -> None:
    assert len(PAIRS) >= 30
    assert {pair.derived for pair in PAIRS} == {True, False}


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.event}-{pair.way}")
def test_a_pair_is_derived_or_not(pair: Pair) -> None:
    found = lineage([pair.a, pair.b])
    assert found.independent == (1 if pair.derived else 2)


@pytest.mark.parametrize("pair", [p for p in PAIRS if p.way in ("copied", "cut", "edited")], ids=lambda p: p.b.id)
def test_a_copy_is_derived_wholly(pair: Pair) -> None:
    (origin,) = lineage([pair.a, pair.b]).origins
    (derivation,) = origin.derivations
    assert derivation.degree == "wholly"


def slices_back(found: Lineage, reports: list[Report]) -> None:
    texts = {r.id: r.text for r in reports}
    for origin in found.origins:
        assert (len(origin.reports) > 1) == bool(origin.passages)
        for passage in origin.passages:
            for span in (passage.a, passage.b):
                assert span.report in origin.reports
                assert texts[span.report][span.start : span.end].strip()
            assert 0 < passage.similarity <= 1


def test_passages_slice_back() -> None:
    for pair in PAIRS:
        slices_back(lineage([pair.a, pair.b]), [pair.a, pair.b])


def test_a_copied_paragraph_is_one_passage() -> None:
    pair = next(p for p in PAIRS if p.way == "copied")
    (origin,) = lineage([pair.a, pair.b]).origins
    (passage,) = origin.passages
    assert pair.a.text[passage.a.start : passage.a.end] == pair.b.text[passage.b.start : passage.b.end]
    assert passage.similarity == 1


def test_all_copies_of_one_text_are_one_origin_and_the_others_are_not() -> None:
    event = [p for p in PAIRS if p.event == "recount"]
    reports = [event[0].a, *(p.b for p in event)]
    found = lineage(reports)
    origin = next(o for o in found.origins if event[0].a.id in o.reports)
    assert set(origin.reports) == {event[0].a.id, *(p.b.id for p in event if p.derived)}
    assert len(origin.derivations) == len(origin.reports) - 1
    slices_back(found, reports)


def test_every_report_is_in_one_origin() -> None:
    reports = list({r.id: r for p in PAIRS for r in (p.a, p.b)}.values())
    found = lineage(reports)
    placed = [id for origin in found.origins for id in origin.reports]
    assert sorted(placed) == sorted(r.id for r in reports)
    assert found.independent == len(found.origins)


def test_a_compilation_does_not_make_one_origin_of_two_texts() -> None:
    fire = next(p.a for p in PAIRS if p.event == "mill fire")
    pact = next(p.a for p in PAIRS if p.event == "trade pact")
    both = report("digest", "\n\n".join([*fire.text.split("\n\n")[:3], *pact.text.split("\n\n")[:3]]))
    found = lineage([fire, pact, both])
    assert not any({fire.id, pact.id} <= set(origin.reports) for origin in found.origins)


def test_the_report_published_first_is_held_to_be_the_earlier() -> None:
    pair = next(p for p in PAIRS if p.way == "edited")
    late = report("late", pair.a.text, "2031-05-03")
    early = report("early", pair.b.text, "2031-05-02")
    (origin,) = lineage([late, early]).origins
    (derivation,) = origin.derivations
    assert derivation.earlier == derivation.a == "early"
    assert "published first" in derivation.ground


def test_which_was_first_is_not_established_without_evidence() -> None:
    pair = next(p for p in PAIRS if p.way == "edited")
    (origin,) = lineage([pair.a, pair.b]).origins
    assert origin.derivations[0].earlier is None
    assert "not established" in origin.derivations[0].ground


def test_a_credited_agency_is_the_origin() -> None:
    pair = next(p for p in PAIRS if p.way == "cut")
    text = pair.b.text + "\n\nPan-Oceanic Press contributed to this report."
    start = text.index("Pan-Oceanic")
    credit = Credit(agency="Pan-Oceanic Press", start=start, end=start + len("Pan-Oceanic Press"))
    copy = report("copy", text, outlet="Harbour Gazette", credits=(credit,))
    agency = report("agency", pair.a.text, outlet="Pan-Oceanic Press")
    (origin,) = lineage([copy, agency]).origins
    assert origin.credit == "Pan-Oceanic Press"
    assert origin.derivations[0].earlier == "agency"


def test_prose_that_another_quotes_comes_from_its_writer() -> None:
    claim = (
        "Several neighbours swear that the lighthouse keeper carried a crate of lanterns down to the water shortly "
        "before midnight and rowed away without looking back, although the harbour master has not confirmed any of it."
    )
    rest = " The coast guard will search the bay again at first light, weather permitting, with two extra boats."
    first = report("first", claim + rest)
    second = report(
        "second",
        "It was all made up. A hoax site had claimed the keeper of the old tower was gone:\n"
        f'"{claim}"\nHe was in fact asleep in his bed, his sister told this newspaper after ringing the bell.',
    )
    (origin,) = lineage([first, second]).origins
    assert origin.derivations[0].earlier == "first"


def test_one_statement_set_in_full_by_two_is_no_derivation() -> None:
    statement = (
        "We are sorry for what our customers went through and we will pay back every coin that our machines took"
    )
    one = report("one", f"Shoppers were charged twice.\n{statement}\nThe grocer wrote this on its page late on Sunday.")
    other = report("other", f'Anger at tills goes on. "{statement}," the chain said, as lawyers smelled a case.')
    assert lineage([one, other]).independent == 2


def test_nothing_and_emptiness_have_a_lineage() -> None:
    assert lineage([]).origins == ()
    empty = [report("a", ""), report("b", " \n\n "), report("c", "?!")]
    assert lineage(empty).independent == 3


def test_a_text_that_repeats_itself_is_bounded() -> None:
    one = report("one", 'He said "no" again and again. ' * 30_000)
    other = report("other", '"' * 200_000 + " again and again he said no " * 1000)
    assert lineage([one, other]).independent in (1, 2)


def test_one_briefing_reported_by_two_is_no_derivation() -> None:
    words = "We have taken note of the vote and we will answer it in our own time and by our own means"
    frame = "foreign ministry spokeswoman Nadia Petrosyan told reporters at a regular briefing in Yerevan on Tuesday"
    one = report("one", f'Armenia kept its counsel after the ballot.\n"{words}," {frame}.\nMarkets in the region fell.')
    other = report("other", f'Few in the capital slept well.\n"{words}," {frame}.\nBuses ran late because of the snow.')
    assert lineage([one, other]).independent == 2


def test_a_large_story_is_not_split_though_not_every_pair_is_compared() -> None:
    agencies_ = [pair.a for pair in PAIRS if pair.way == "copied"][:3]
    reports = []
    for number in range(90):
        paragraphs = agencies_[number % 3].text.split("\n")
        kept = [p for n, p in enumerate(paragraphs) if (n + number // 3) % 5]
        reports.append(
            report(f"r{number:02}", "\n".join([*kept, f"Edition {number} of this report closed at midnight."]))
        )
    found = lineage(reports)
    assert sorted(len(origin.reports) for origin in found.origins) == [30, 30, 30]
    slices_back(found, reports)
    assert found == lineage(reports)


WIRE = """The governments of Ghana and Ivory Coast agreed on Tuesday to sell their cocoa through one exchange in Abidjan from October, a step that buyers in Europe have resisted for a decade.

The accord was initialled by the two agriculture ministers after eleven hours of talks in a hotel on the Ebrie lagoon.

"Nobody in this room will be poorer for it except the speculators," Ghana's minister, Kwabena Ansah-Boateng, said.

Farmers are to be paid at least 2,400 dollars a tonne under the plan, and a reserve of 90,000 tonnes will be kept in silos at San Pedro.

The Amsterdam trader Velthoven said that it would study the text before it signed any contract for the coming season.

Two earlier attempts at a common price collapsed in 2019 and 2023 when smugglers carried beans over the border at night.

The World Bank has lent 310 million dollars for roads in the cocoa belt, which both presidents will tour next month."""

RETOLD = """So it is done. Cocoa from Ghana and from Ivory Coast will from October change hands on a single exchange in Abidjan, their governments agreed on Tuesday{source}. The big buyers of Europe have fought this for ten years, and my inbox tells me that some still do.

After eleven hours in a lagoon hotel the agriculture ministers of both initialled the accord. I was not there, and by the look of the pictures neither was breakfast.

Kwabena Ansah-Boateng of Ghana put it like this: "Except for the speculators, no one in this room will be the poorer."

The plan has farmers paid 2,400 dollars for a tonne or more. Silos at San Pedro will hold a reserve: 90,000 tonnes. Ask anybody who has stored beans in that climate what he thinks of that second sentence; my uncle lost a whole shed to weevils in one wet summer and never spoke of it again.

Velthoven, which trades from Amsterdam, will sign no contract for the season before it has done its study of the text, and that is a trader's language for waiting until somebody else blinks.

Twice a common price was tried; in 2019 and again in 2023 smugglers took their beans across at night and the attempts collapsed. Nothing in the new paper says who would stop them this time. The customs post at Noe has one working lamp. I have photographed it often enough to know.

Chocolate in the shops here will cost what it costs. Write to me if you see it otherwise, and bring a friend to the reading on Friday."""


def test_a_column_that_retells_a_wire_sentence_by_sentence_descends_from_it() -> None:
    column = report("column", RETOLD.format(source=""), outlet="Bean Diary")
    (origin,) = lineage([report("wire", WIRE), column]).origins
    assert "told again in the same order" in origin.derivations[0].ground


def test_who_names_the_agency_that_another_credits_has_its_text() -> None:
    start = len(WIRE) + 2
    wire = report(
        "wire", WIRE + "\n\nLaguna News", credits=(Credit(agency="Laguna News", start=start, end=start + 11),)
    )
    column = report("column", RETOLD.format(source=", reports Laguna News"), outlet="Bean Diary")
    (origin,) = lineage([wire, column]).origins
    assert origin.derivations[0].earlier == "wire"
    assert "names Laguna News as its source" in origin.derivations[0].ground
