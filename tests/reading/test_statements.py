"""Who said what: sources, cues and contents in the forms that the press gives them; all people are invented."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.model import Block, Extent, Mention, Published, Report, ReportedActor, Statement
from variorum.reading.parsed import LONGEST_PIECE, parse_all
from variorum.reading.statements import find_statements


def report(text: str, published: str | None = None) -> Report:
    blocks = []
    start = 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            begin = start + line.index(stripped)
            blocks.append(Block(kind="body", start=begin, end=begin + len(stripped)))
        start += len(line) + 1
    when = Published(date=published, basis="metadata") if published else None
    return Report(id="r", text=text, blocks=tuple(blocks), published=when)


def statements(text: str, actors: Sequence[ReportedActor] = (), published: str | None = None) -> tuple[Statement, ...]:
    return find_statements(next(parse_all([report(text, published)])), tuple(actors))


def words(text: str, extent: Extent | None) -> str | None:
    return extent.of(text) if extent else None


def contents(text: str) -> list[str]:
    return [" … ".join(e.of(text) for e in s.content) for s in statements(text)]


def only(text: str) -> Statement:
    found = statements(text)
    assert len(found) == 1, contents(text)
    return found[0]


@pytest.mark.parametrize(
    ("text", "source", "content", "kind"),
    [
        ("“The bridge is safe,” Maria Holt said.", "Maria Holt", "“The bridge is safe,”", "direct"),
        (
            "“The bridge is safe,” said Maria Holt, the mayor.",
            "Maria Holt, the mayor",
            "“The bridge is safe,”",
            "direct",
        ),
        ('Maria Holt said: "The bridge is safe."', "Maria Holt", '"The bridge is safe."', "direct"),
        ("Maria Holt said that the bridge was safe.", "Maria Holt", "that the bridge was safe", "indirect"),
        ("The bridge, Maria Holt said, is safe.", "Maria Holt", "The bridge … is safe", "indirect"),
        ("The bridge is safe, according to the ministry.", "the ministry", "The bridge is safe", "indirect"),
        ("Maria Holt said the bridge was “very safe”.", "Maria Holt", "the bridge was “very safe”", "mixed"),
        ("‘The bridge is safe,’ Maria Holt said.", "Maria Holt", "‘The bridge is safe,’", "direct"),
        ("Holt: ‘The bridge is safe’", "Holt", "‘The bridge is safe’", "direct"),
        ("“Is the bridge safe?” a reporter asked.", "a reporter", "“Is the bridge safe?”", "direct"),
        ("The statement read: “The bridge is safe.”", "The statement", "“The bridge is safe.”", "direct"),
    ],
)
def test_one_statement(text: str, source: str, content: str, kind: str) -> None:
    one = only(text)
    assert " … ".join(e.of(text) for e in one.content) == content
    assert words(text, one.source) == source
    assert one.kind == kind
    assert one.act == "said"


def test_an_interrupted_quotation_is_one_statement() -> None:
    text = "“The bridge,” she said, “is safe. Nobody needs to worry.”"
    assert contents(text) == ["“The bridge,” … “is safe. Nobody needs to worry.”"]


def test_a_quotation_without_a_cue_goes_on_from_the_one_before() -> None:
    text = "“The bridge is safe,” Maria Holt said. “We have checked every bolt.”"
    assert contents(text) == ["“The bridge is safe,” … “We have checked every bolt.”"]


def test_a_quotation_over_several_paragraphs() -> None:
    text = "“The bridge is safe,” Maria Holt said. “We checked it.\n\n“Then we checked it again.\n\n“And once more.”"
    one = only(text)
    assert one.content[-1].of(text) == "“And once more.”"
    assert words(text, one.source) == "Maria Holt"


def test_a_colon_announces_the_next_paragraph() -> None:
    text = "The ministry wrote to the company:\n\n“The bridge must be closed.”"
    one = only(text)
    assert words(text, one.source) == "The ministry"
    assert one.content[0].of(text) == "“The bridge must be closed.”"


def test_a_signed_quotation() -> None:
    text = "“The bridge must be closed.” ― Maria Holt, mayor"
    one = only(text)
    assert one.speaker is not None
    assert "Maria Holt" in one.speaker


def test_an_unbalanced_mark_costs_at_most_its_paragraph() -> None:
    text = "“The bridge is safe, the engineer said.\n\n“The road is closed,” Maria Holt said."
    assert "“The road is closed,”" in contents(text)


@pytest.mark.parametrize(
    "text",
    [
        "The “safe” bridge fell into the river.",
        "They watched “The Last Bridge” at the cinema.",
        "Maria “Mo” Holt crossed the bridge.",
        "The workers’ bridge was built in the ’90s.",
        "The bridge was built in 1931.",
    ],
)
def test_marks_that_quote_nobody(text: str) -> None:
    assert contents(text) == []


def test_contents_are_never_nested() -> None:
    text = "Holt said the company had told her that the bridge was safe. “He said ‘go’ and I believe him,” she added."
    found = statements(text)
    extents = [e for s in found for e in s.content]
    assert all(not a.overlaps(b) for i, a in enumerate(extents) for b in extents[i + 1 :])


def test_the_speaker_is_the_actor_of_the_source() -> None:
    text = "Maria Holt spoke. “The bridge is safe,” she said. A senior official said it was not."
    pronoun = text.index("she")
    holt = ReportedActor(
        name="Maria Holt",
        kind="person",
        mentions=(Mention(start=0, end=10, form="name"), Mention(start=pronoun, end=pronoun + 3, form="pronoun")),
    )
    assert [s.speaker for s in statements(text, [holt])] == ["Maria Holt", "A senior official"]


def test_verbs_that_go_on_have_the_speaker_of_the_sentence() -> None:
    text = "Holt said it was too early to open the bridge but added, “We are close.”"
    assert [words(text, s.source) for s in statements(text)] == ["Holt", "Holt"]


@pytest.mark.parametrize("dash", [" - ", " — "])
def test_a_quotation_between_dashes_is_one_by_itself(dash: str) -> None:
    text = (
        f"Neither engineer liked the bridge{dash}“It will fall before the winter,” Holt said{dash}but both crossed it."
    )
    assert "“It will fall before the winter,”" in contents(text)


def test_a_message_speaks_for_who_sent_it() -> None:
    text = "The union sent a letter to members saying: “The bridge must be closed.”"
    assert [words(text, s.source) for s in statements(text)] == ["The union"]


def test_a_verb_goes_with_the_verb_of_its_tense() -> None:
    text = "The ministry denied on Friday that the company had sold the bridge and said it would sue."
    assert [words(text, s.source) for s in statements(text)] == ["The ministry", "The ministry"]


def test_addressee_date_and_place() -> None:
    text = "Maria Holt told reporters in Oslo on Monday that the bridge was safe."
    oslo = text.index("Oslo")
    place = ReportedActor(name="Oslo", kind="place", mentions=(Mention(start=oslo, end=oslo + 4, form="name"),))
    one = statements(text, [place], published="2024-05-08")[0]
    assert words(text, one.addressee) == "reporters"
    assert one.place == "Oslo"
    assert one.date == "2024-05-06"


def test_what_was_not_said_is_marked() -> None:
    assert only("Maria Holt did not say that the bridge was safe.").negated
    assert not only("Maria Holt said that the bridge was not safe.").negated


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("The mayor supports the new bridge.", ["named"]),
        ("About 40 people crossed it, according to the police.", ["said"]),
        (
            "The army shelled the town after an attack in which 40 people died, according to the police.",
            ["vouched"],
        ),
        ("Maria Holt urged the company on Friday to close the bridge.", ["said"]),
        ("Maria Holt called on the minister to resign.", ["said"]),
        ("Maria Holt accused the company of hiding the report.", ["said"]),
        ("Maria Holt has called for a new bridge.", ["named"]),
        ("Maria Holt wants to close the bridge.", ["held"]),
    ],
)
def test_acts(text: str, acts: list[str]) -> None:
    assert [s.act for s in statements(text)] == acts


def test_the_words_of_saying_that_close_a_sentence() -> None:
    text = "Some 300 workers marched outside the company’s office on Thursday evening, police said on Friday."
    one = only(text)
    assert words(text, one.source) == "police"
    assert one.content[0].of(text).startswith("Some 300 workers marched")


def test_a_source_is_not_whom_it_speaks_to() -> None:
    text = "The bridge is safe, according to the ministry."
    assert only(text).addressee is None


def test_what_stands_before_a_headlines_semicolon_is_another_statement() -> None:
    text = "The bridge collapses; workers are missing, minister says"
    headline = Report(id="r", text=text, blocks=(Block(kind="headline", start=0, end=len(text)),))
    found = find_statements(next(parse_all([headline])), ())
    assert [e.of(text) for s in found for e in s.content] == ["workers are missing"]
    assert [words(text, s.source) for s in found] == ["minister"]


@pytest.mark.parametrize(
    "text", ["", "“", "”", "“”", '"' * 3000, "“a” " * 800, "‏“שלום” אמר", "said. " * 50, "\x00“a\x00” said b"]
)
def test_odd_texts_are_read(text: str) -> None:
    for one in statements(text):
        assert all(0 <= e.start < e.end <= len(text) for e in one.content)


def test_a_block_without_end_is_read_to_its_limit() -> None:
    text = "“Go,” she said. " * (LONGEST_PIECE // 400)
    assert statements(text)


_PIECES = st.sampled_from(
    [
        "“",
        "”",
        '"',
        "‘",
        "’",
        " said ",
        "Holt ",
        "the mayor ",
        "that ",
        "he ",
        ", ",
        ". ",
        ": ",
        "\n",
        "told ",
        "bridge ",
        "is ",
    ]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(_PIECES, max_size=30).map("".join))
def test_every_extent_slices_back_and_reading_is_repeatable(text: str) -> None:
    found = statements(text)
    assert found == statements(text)
    for one in found:
        for extent in (*one.content, one.source, one.cue, one.addressee, one.occasion):
            if extent is not None:
                assert 0 <= extent.start < extent.end <= len(text)
                assert extent.of(text).strip()
