"""Entries in the words that the reports lead to them with: indirect speech with its verb, a difference with its accounts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.views import fixture
from variorum.model import BriefLine, Extent, Reading, Record, RecordStatement, Span, StatementVariant
from variorum.model.reading import StatementKind
from variorum.views import labels
from variorum.views.differing import brief_words, without_parts
from variorum.views.edition import Edition
from variorum.views.markdown import render_markdown
from variorum.views.page.desk import Desk
from variorum.views.woven import weave


def variant(text: str, kind: StatementKind, cue: str, content: str, source: str = "") -> StatementVariant:
    """A statement of one report, made by looking its words up."""

    def found(words: str) -> Extent:
        return Extent(text.index(words), text.index(words) + len(words))

    return StatementVariant(
        report="r",
        kind=kind,
        content=(found(content),),
        cue=found(cue) if cue else None,
        source=found(source) if source else None,
    )


@pytest.mark.parametrize(
    ("text", "cue", "content", "shown"),
    [
        ("Minister Aho accused Oslo of stalling.", "accused", "Oslo of stalling", "accused"),
        ("Minister Aho called for an inquiry.", "called", "an inquiry", "called for"),
        ("Minister Aho told the Daily Fjord that it was late.", "told", "that it was late", "told the Daily Fjord"),
        ("Minister Aho said, that it was late.", "said", "that it was late", "said"),
        ("Aho called, in a speech to the chamber that lasted an hour, for calm.", "called", "calm", "called …"),
        ("It was late, Minister Aho said.", "said", "It was late", ""),
        ("According to Minister Aho it was late.", "According to", "it was late", ""),
        ("Minister Aho: it was late.", ":", "it was late", ""),
        ("Minister Aho said on\nit was late.", "said", "it was late", ""),
    ],
)
def test_the_verb_of_indirect_speech_is_told(text: str, cue: str, content: str, shown: str) -> None:
    assert (
        labels.lead(text, variant(text, "indirect", cue, content, "Minister Aho" if "Minister" in text else ""))
        == shown
    )


def test_a_quotation_stands_for_itself() -> None:
    text = "Minister Aho said “it is late” and left."
    assert labels.lead(text, variant(text, "direct", "said", "“it is late”")) == ""


def one_report(text: str, said: StatementVariant) -> Record:
    """A record of one statement in one report."""
    record = fixture.record()
    reading = replace(record.reports[0], id="r", text=text, blocks=(), headline=None, title=None)
    bare = Record(title="t", reports=(reading,), lineage=replace(record.lineage, origins=()))
    return replace(bare, statements=(RecordStatement(id="s", speaker=None, standing="single", variants=(said,)),))


def test_the_reporters_words_are_not_copied_as_a_quotation() -> None:
    text = "Aho called the delay “a quiet scandal” on Monday."
    record = one_report(text, variant(text, "mixed", "called", "the delay “a quiet scandal”"))
    copied = Desk(Edition(record)).quotation(record.statements[0])
    assert copied is not None
    assert copied.startswith("Speaker not established: called the delay “a quiet scandal” — ")
    whole = one_report(text, variant(text, "direct", "called", "“a quiet scandal”"))
    copied = Desk(Edition(whole)).quotation(whole.statements[0])
    assert copied is not None and copied.startswith("“a quiet scandal” — ")


def test_a_line_of_the_brief_tells_the_accounts_of_its_difference(record: Record) -> None:
    for difference in record.differences:
        spans = tuple(Span(report=a.report, start=a.start, end=a.end) for a in difference.accounts)
        line = BriefLine(
            entry=difference.about.entry,
            text=f"Differs ({difference.kind}): {difference.about.label}",
            evidence=spans,
            reports=tuple(a.report for a in difference.accounts),
            origins=2,
        )
        edition = Edition(record)
        told = brief_words(edition, line)
        letters = {edition.letter(a.report) for a in difference.accounts}
        assert told.startswith(f"Differs: {difference.about.label}: ")
        if difference.kind != "wording":
            assert all(letter in told.rpartition(difference.about.label)[2] for letter in letters)
        assert told in render_markdown(replace(record, brief=(line,))).replace("\\", "")


def test_other_lines_of_the_brief_stay_as_they_are(record: Record) -> None:
    edition = Edition(record)
    assert all(brief_words(edition, line) == line.text for line in record.brief if "Differs" not in line.text)


def test_what_quotes_a_part_is_not_told_twice(record: Record) -> None:
    for statement in record.statements:
        woven = weave(statement, Edition(record).texts)
        shown = without_parts(woven)
        held = {report for stretch in shown.stretches for own in stretch.own for report in own.reports}
        assert held.isdisjoint(woven.partial)
        assert all(len(stretch.own) != 1 for stretch in shown.stretches)


def test_counts_held_against_each_other_are_no_revisions(record: Record) -> None:
    edition = Edition(record)
    for figure in record.figures:
        for account in figure.accounts:
            if any(d.kind == "number" and not d.revision for d in edition.differences_about.get(figure.id, ())):
                later = replace(account, superseded_by=Span(report=account.report, start=0, end=1))
                assert not edition.is_revised(figure, later)


@pytest.mark.parametrize(
    ("unit", "shown"),
    [
        ("dollar per year", "3 dollars per year"),
        ("kenyan shilling", "3 Kenyan shillings"),
        ("euro per litre", "3 euros per litre"),
        ("polish people", "3 Polish people"),
    ],
)
def test_money_has_its_plural_and_its_nation(unit: str, shown: str) -> None:
    assert labels.measured("3", unit, 3) == shown


def test_a_report_without_headline_is_called_by_its_first_words() -> None:
    text = "Aho called the delay “a quiet scandal” on Monday."
    reading: Reading = one_report(text, variant(text, "direct", "called", "“a quiet scandal”")).reports[0]
    assert labels.heading(reading) == f"(no headline) {text}"
    assert labels.heading(replace(reading, text="")) == "(no headline)"


def test_a_statement_is_cited_in_one_piece_a_report(record: Record) -> None:
    desk = Desk(Edition(record))
    for statement in record.statements:
        entry = desk.entry(statement)
        first, *lines = desk.citation(entry).splitlines()
        assert first.endswith(":")
        assert len(lines) <= sum(len(v.content) for v in statement.variants)
        assert all("““" not in line and "””" not in line for line in lines)


def test_a_report_that_says_who_vouches_has_one_row(record: Record) -> None:
    edition = Edition(record)
    figure = next(f for f in record.figures if edition.voucher(f.accounts[0]))
    told = figure.accounts[0]
    again = replace(told, vouched_by=None, label=None)
    elsewhere = replace(again, report=next(r.id for r in record.reports if r.id != told.report))
    rows = edition.ledger(replace(figure, accounts=(again, told, elsewhere)))
    assert [(edition.voucher(account), [span.report for span in spans]) for account, spans in rows] == [
        ("", [elsewhere.report]),
        (edition.voucher(told), [told.report, told.report]),
    ]


def test_sides_and_their_letters_stand_in_the_order_of_the_reports(record: Record) -> None:
    edition = Edition(record)
    for difference in record.differences:
        turned = replace(difference, accounts=difference.accounts[::-1])
        sides = edition.sides(turned)
        order = [edition.letter(held[0].report) for _, held in sides]
        assert order == sorted(order)
        assert all([a.report for a in held] == list(edition.ordered(a.report for a in held)) for _, held in sides)


def test_a_denial_in_the_brief_keeps_its_verb() -> None:
    text = "Aho did not say that the bridge was safe."
    record = one_report(text, variant(text, "indirect", "did not say", "that the bridge was safe", "Aho"))
    actor = replace(fixture.record().actors[0], id="a", name="Aho")
    said = replace(record.statements[0], speaker="a")
    line = BriefLine(entry="s", text="Aho: that the bridge was safe", evidence=(), reports=("r",), origins=1)
    edition = Edition(replace(record, actors=(actor,), statements=(said,), brief=(line,)))
    assert brief_words(edition, line) == "Aho: did not say that the bridge was safe"
    assert edition.label(said) == "Aho: did not say that the bridge was safe"
    assert "Aho: did not say that the bridge was safe" in " ".join(Desk(edition).brief_citation(line).split())
