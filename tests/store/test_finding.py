"""Where searched words stand in a text, and in which stretches entries are asked for: without a store."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.store import index, index_lines
from variorum.store.finding import PASSAGE, Laid, Phrase, marked, passage
from variorum.store.words import placed, words

ODD = "aAbB é\u0301ßİ_-'’ ½ ,.\n\0中あंकिµÆœ٣ﬁ²ªΣς한ю\u200d<>ǅ"
"""Letters that fold into one, several or none, that are words by themselves, or that divide words."""


def cut_and_marked(text: str, phrases: Sequence[Phrase]) -> tuple[tuple[int, int], ...]:
    """What ``marked`` should give, by cutting the text into words."""
    body, at = placed(text)
    spans = sorted(
        (at[start][0], at[start + len(phrase) - 1][1])
        for phrase in phrases
        for start in range(len(body))
        if tuple(body[start : start + len(phrase)]) == phrase
    )
    made: list[tuple[int, int]] = []
    for start, end in spans:
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return tuple(made)


texts = st.one_of(st.text(st.sampled_from(ODD), max_size=60), st.text(max_size=60))


@given(texts, st.lists(st.tuples(st.integers(0, 20), st.integers(1, 3)), max_size=3))
def test_words_are_found_as_they_are_cut(text: str, chosen: list[tuple[int, int]]) -> None:
    body = words(text)
    phrases = [phrase for start, length in chosen if (phrase := tuple(body[start : start + length]))]
    assert marked(text, phrases) == cut_and_marked(text, phrases)
    assert Laid(text, phrases).plain.split() == body or max(map(len, body)) >= 40
    for phrase in phrases:
        assert Laid(text, phrases).times(phrase) >= 1


@given(texts, st.integers(0, 30))
def test_a_passage_begins_and_ends_with_a_word_and_shows_what_was_sought(text: str, which: int) -> None:
    long = "Hills and rivers. " * 30 + text + " fields, lakes" * 30
    body, at = placed(long)
    phrase = (body[which * len(body) // 31],)
    start, end = passage(long, 0, len(long), [phrase])
    assert start in {place[0] for place in at} and end in {place[1] for place in at}
    assert end - start <= PASSAGE + 2 * max(map(len, body)) + len(text)
    assert phrase[0] in words(long[start:end])


def test_a_text_without_a_word_is_shown_from_its_beginning() -> None:
    assert passage("... --- ...", 0, 11, [("word",)]) == (0, 11)
    assert passage("x" * 9 + "—" * 900, 9, 909, []) == (9, 9 + PASSAGE)


@pytest.mark.parametrize("last", [0, 1, 7_999, 8_001, 70_000, 1_000_000, 40_000_000])
@pytest.mark.parametrize("width", [8_000, 64_000, 3_000_000])
def test_stretches_cover_every_entry_once(last: int, width: int) -> None:
    blocks = {"a": 13, "b": 16, "c": 19}
    below = last + 1
    while below > 0:
        first, marks = index.stretch(below, width)
        assert first < below
        if marks is None:
            assert first == 0
        else:
            covered = sorted((int(mark[2:]) << blocks[mark[1]], 1 << blocks[mark[1]]) for mark in marks)
            assert covered[0][0] == first and below - first >= width
            assert all(one + length == two for (one, length), (two, _) in pairwise(covered))
            assert covered[-1][0] < below <= covered[-1][0] + covered[-1][1]
            assert len(marks) <= 8 + 7 + 7 + (width >> 19) + 1
        below = first


def test_making_the_index_anew_is_told_in_lines() -> None:
    said: list[str] = []
    tell = index_lines(said.append)
    for done in range(500, 10_001, 500):
        tell(done, 10_000)
    assert "10,000 entries" in said[0]
    assert said[1:] == [f"search index: {10 * tenth} % done" for tenth in range(11)]
