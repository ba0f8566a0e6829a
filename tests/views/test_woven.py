"""Variants woven into one text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.views import fixture
from variorum.model import AlignedWords, Extent, RecordStatement, StatementVariant
from variorum.views.woven import Own, Stretch, align, weave, words_of


def statement(*texts: str, alignment: tuple[AlignedWords, ...] = ()) -> tuple[RecordStatement, dict[str, str]]:
    names = [f"r{n}" for n in range(len(texts))]
    variants = tuple(
        StatementVariant(report=name, kind="direct", content=(Extent(0, len(text)),), alignment=alignment if n else ())
        for n, (name, text) in enumerate(zip(names, texts, strict=True))
    )
    made = RecordStatement(id="statement-1", speaker=None, standing="differs", variants=variants)
    return made, dict(zip(names, texts, strict=True))


def test_common_words_stand_once_and_own_words_apart() -> None:
    woven = weave(*statement("we shall open the gate today", "we will open the old gate today"))
    assert woven.stretches == (
        Stretch(common="we"),
        Stretch(own=(Own(("r0",), "shall"), Own(("r1",), "will"))),
        Stretch(common="open the"),
        Stretch(own=(Own(("r0",), ""), Own(("r1",), "old"))),
        Stretch(common="gate today"),
    )


def test_reports_that_read_alike_share_a_reading() -> None:
    woven = weave(*statement("a hard day for us", "a long day for us", "a long day for us"))
    assert woven.stretches[1].own == (Own(("r0",), "hard"), Own(("r1", "r2"), "long"))


def test_a_part_of_the_words_is_silent_about_the_rest() -> None:
    woven = weave(*statement("we shall open the gate today", "open the gate"))
    assert woven.stretches == (Stretch(common="we shall open the gate today"),)
    assert woven.partial == ("r1",)


def test_other_words_stand_apart() -> None:
    woven = weave(*statement("we shall open the gate today", "nobody is going to leave this hall before dawn"))
    assert [variant.report for variant in woven.apart] == ["r1"]
    assert woven.reports == ("r0",)


def test_marks_and_case_are_no_variants() -> None:
    assert weave(*statement("“We go now,”", "we go now.")).stretches == (Stretch(common="“We go now,”"),)


def test_a_stored_alignment_is_followed() -> None:
    stored = (
        AlignedWords(base=Extent(0, 5), own=Extent(0, 4), same=False),
        AlignedWords(base=Extent(6, 11), own=Extent(5, 10), same=True),
    )
    woven = weave(*statement("early start", "late start", alignment=stored))
    assert woven.stretches == (Stretch(own=(Own(("r0",), "early"), Own(("r1",), "late"))), Stretch(common="start"))


def test_an_incomplete_alignment_loses_no_words() -> None:
    stored = (AlignedWords(base=Extent(0, 11), own=Extent(0, 11), same=True),)
    woven = weave(*statement("early start today then", "early start now too", alignment=stored))
    assert woven.stretches[-1].own == (Own(("r0",), "today then"), Own(("r1",), "now too"))


def test_the_fixture_is_woven() -> None:
    record = fixture.record()
    woven = weave(record.statements[0], {reading.id: reading.text for reading in record.reports})
    assert woven.partial == ("meridian",)
    assert Own(("ledger",), "stand") in [own for stretch in woven.stretches for own in stretch.own]


def test_a_very_long_statement_is_not_compared() -> None:
    woven = weave(*statement("word " * 5000, "word " * 4999))
    assert [variant.report for variant in woven.apart] == ["r1"]


@given(
    st.lists(
        st.lists(st.sampled_from(["alpha", "beta", "gamma", "delta"]), min_size=1, max_size=9), min_size=1, max_size=4
    )
)
@settings(max_examples=200, deadline=None)
def test_every_woven_variant_can_be_read_back(variants: list[list[str]]) -> None:
    texts = [" ".join(words) for words in variants]
    woven = weave(*statement(*texts))
    for report, text in zip([f"r{n}" for n in range(len(texts))], texts, strict=True):
        if report not in woven.reports or report in woven.partial:
            continue
        read = [
            stretch.common or next(own.text for own in stretch.own if report in own.reports)
            for stretch in woven.stretches
        ]
        assert " ".join(part for part in read if part) == text


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_alignment_covers_both_sides(a: str, b: str) -> None:
    base, own = words_of(a, [Extent(0, len(a))]), words_of(b, [Extent(0, len(b))])
    ranges = align(base, own)
    assert sum(j - i for i, j, *_ in ranges) == len(base)
    assert sum(m - k for _, _, k, m, _ in ranges) == len(own)
