"""Rulings as pure functions: what they change, what they leave, which of them hold."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.collation.builder import Builder
from tests.library.conftest import ferry_readings
from variorum import collation, rulings
from variorum.errors import BadRuling
from variorum.library.recording import record_of
from variorum.model import Extent, Reading, Record, RuledDifference, Ruling, Words
from variorum.rulings.anchors import fold, hull


def ruling(kind: str, n: int = 1, **more: object) -> Ruling:
    """The n-th ruling of a day."""
    return Ruling(id=f"u{n}", kind=kind, who="Ana", when=f"2031-05-09T10:{n:02}:00+00:00", **more)  # type: ignore[arg-type]


def words_of(report: Reading, number: int = 0) -> Words:
    """The words of a statement of a report."""
    extent = hull(report.statements[number])
    return Words(report=report.id, start=extent.start, end=extent.end, text=extent.of(report.text))


def record(*ruled: Ruling, readings: tuple[Reading, ...] | None = None) -> Record:
    """The record of the ferry fire under some rulings; it holds."""
    made = record_of("s", readings or ferry_readings(), ruled)
    assert collation.verify(made) == ()
    return made


def bare(made: Record) -> Record:
    """A record without its list of rulings."""
    return replace(made, rulings=())


def actors_called(made: Record, name: str) -> list[str]:
    return [actor.name for actor in made.actors if any(n.text == name for n in actor.names)]


PLAIN = record()


def test_one_actor_joins_what_the_program_keeps_apart() -> None:
    names = ("Carmela Zahradnik", "Petros Kallidis")
    assert actors_called(PLAIN, names[0]) != actors_called(PLAIN, names[1])
    made = record(ruling("one-actor", names=names, story="s"))
    assert actors_called(made, names[0]) == actors_called(made, names[1])
    (applied,) = made.rulings
    assert (applied.found, applied.took) == ("two persons: Carmela Zahradnik, Petros Kallidis", True)
    assert [made_id for made_id in applied.entries if made_id in {a.id for a in made.actors}] == list(applied.entries)


def test_two_actors_parts_what_the_program_joins() -> None:
    names = ("Branko Velimirovac", "Branko Velimirovats")
    assert actors_called(PLAIN, names[0]) == actors_called(PLAIN, names[1])
    made = record(ruling("two-actors", names=names, story="s"))
    assert actors_called(made, names[0]) == [names[0]]
    assert actors_called(made, names[1]) == [names[1]]
    (applied,) = made.rulings
    assert applied.took
    assert applied.found.startswith("one: Branko Velimirovac")
    assert len(applied.entries) == 2


def test_two_actors_under_one_name_in_one_report_are_parted() -> None:
    text = "“We pay nothing,” Ana Reis said.\n\nReis left at noon. The mayor, Ana Ruiz, stayed; Ruiz said “we pay.”"
    one = Builder("a", text).actor("Ana Reis", "person", "Reis", "Ana Ruiz", "Ruiz")
    one.says("Ana Reis", "“We pay nothing,”", source="Ana Reis").says("Ana Reis", "“we pay.”", source="Ruiz said")
    made = record(ruling("two-actors", names=("Ana Reis", "Ana Ruiz"), story="s"), readings=(one.reading,))
    assert actors_called(made, "Ana Reis") == ["Ana Reis"]
    assert actors_called(made, "Ana Ruiz") == actors_called(made, "Ruiz") == ["Ana Ruiz"]
    names = {actor.id: actor.name for actor in made.actors}
    assert sorted(names[s.speaker or ""] for s in made.statements) == ["Ana Reis", "Ana Ruiz"]


def test_what_is_no_statement_leaves_the_record_wherever_it_stands() -> None:
    a = ferry_readings()[0]
    copy = replace(a, id="copy", outlet="Other")
    readings = (*ferry_readings(), copy)
    plain = record(readings=readings)
    made = record(ruling("not-a-statement", words=words_of(a)), readings=readings)
    assert {v.report for s in plain.statements for v in s.variants} >= {"a", "copy"}
    assert {v.report for s in made.statements for v in s.variants}.isdisjoint({"a", "copy"})
    (applied,) = made.rulings
    assert applied.found == "a direct statement of Branko Velimirovac"
    assert applied.took


def test_the_right_speaker_is_named() -> None:
    a = ferry_readings()[0]
    made = record(ruling("speaker", words=words_of(a), speaker="Carmela Zahradnik"))
    (applied,) = made.rulings
    assert applied.found == "said by Branko Velimirovac"
    (entry,) = [s for s in made.statements if s.id in applied.entries]
    names = {actor.id: actor.name for actor in made.actors}
    assert [names[v.speaker or ""] for v in entry.variants if v.report == "a"] == ["Carmela Zahradnik"]


def told_by_three() -> tuple[Reading, ...]:
    """One statement in three wordings, which all three give to the same man."""
    texts = (
        "“We owe the port nothing,” Ivo Lund said.",
        "The port is owed nothing, said Ivo Lund.",
        "“Nothing is owed,” Ivo Lund said.",
    )
    said = ("“We owe the port nothing,”", "The port is owed nothing", "“Nothing is owed,”")
    made = []
    for id, text, words in zip("abc", texts, said, strict=True):
        text = f"{text}\n\nMaja Holt, the mayor, stood by."
        built = Builder(id, text).actor("Ivo Lund", "person").actor("Maja Holt", "person")
        made.append(built.says("Ivo Lund", words, source="Ivo Lund").reading)
    return tuple(made)


def speakers(made: Record) -> dict[str, str]:
    """Who speaks in each report, by the variants of the record's statements."""
    names = {actor.id: actor.name for actor in made.actors}
    return {v.report: names[v.speaker or s.speaker or ""] for s in made.statements for v in s.variants}


def test_one_ruling_names_the_speaker_of_every_variant() -> None:
    readings = told_by_three()
    places = [words_of(reading) for reading in readings]
    one = record(ruling("speaker", words=places[0], speaker="Maja Holt"), readings=readings)
    assert speakers(one) == {"a": "Maja Holt", "b": "Ivo Lund", "c": "Ivo Lund"}
    every = ruling("speaker", words=places[0], also=tuple(places[1:]), speaker="Maja Holt")
    made = record(every, readings=readings)
    assert set(speakers(made).values()) == {"Maja Holt"}
    (applied,) = made.rulings
    assert (applied.ruling, applied.found, applied.took) == (every, "said by Ivo Lund", True)
    gone = record(ruling("not-a-statement", words=places[0], also=tuple(places[1:])), readings=readings)
    assert gone.statements == ()


def test_a_later_ruling_on_one_variant_leaves_the_others() -> None:
    readings = told_by_three()
    places = [words_of(reading) for reading in readings]
    every = ruling("not-a-statement", 1, words=places[0], also=tuple(places[1:]))
    later = ruling("speaker", 2, words=places[1], speaker="Maja Holt")
    made = record(every, later, readings=readings)
    assert speakers(made) == {"b": "Maja Holt"}
    assert [applied.took for applied in made.rulings] == [True, True]
    last = ruling("speaker", 3, words=places[2], also=(places[0], places[1]), speaker="Ivo Lund")
    made = record(every, later, last, readings=readings)
    assert set(speakers(made).values()) == {"Ivo Lund"} and len(speakers(made)) == 3
    assert [applied.overruled_by for applied in made.rulings] == ["u3", "u3", None]


def test_a_speaker_whom_no_report_names_is_named_by_the_ruling() -> None:
    one = Builder("a", "The port stays closed.\n\n“We pay nothing,” it was heard.").says(None, "“We pay nothing,”")
    made = record(ruling("speaker", words=words_of(one.reading), speaker="Ana Reis"), readings=(one.reading,))
    (statement,) = made.statements
    (actor,) = [actor for actor in made.actors if actor.id == statement.speaker]
    assert (actor.name, actor.mentions) == ("Ana Reis", ())
    assert "named by Ana on 2031-05-09" in actor.why[0]


def test_reports_of_one_origin_corroborate_nothing() -> None:
    made = record(ruling("one-origin", reports=("a", "b")))
    assert made.lineage.independent == PLAIN.lineage.independent - 1
    (joined,) = [origin for origin in made.lineage.origins if {"a", "b"} <= set(origin.reports)]
    assert "ruled one origin by Ana on 2031-05-09" in joined.derivations[-1].ground
    again = record(ruling("one-origin", reports=("a", "b")), ruling("one-origin", 2, reports=("b", "a")))
    assert again.lineage.independent == made.lineage.independent


def test_a_difference_that_does_not_matter_is_kept_aside() -> None:
    difference = PLAIN.differences[0]
    made = record(ruling("immaterial", story="s", difference=rulings.named_difference(difference)))
    assert made.set_aside == (difference,)
    assert len(made.differences) == len(PLAIN.differences) - 1
    assert made.rulings[0].entries == (difference.id,)
    assert all(line.entry != difference.id for line in made.brief)


def test_a_new_account_of_a_difference_is_another_difference() -> None:
    difference = rulings.named_difference(PLAIN.differences[0])
    fewer = RuledDifference(kind=difference.kind, label=difference.label, values=difference.values[:-1])
    made = record(ruling("immaterial", story="s", difference=fewer))
    assert made.set_aside == ()
    assert not made.rulings[0].took
    assert "by now the reports have" in made.rulings[0].found


# ---- which of them hold --------------------------------------------------------------------------


def test_of_contradicting_rulings_the_later_holds() -> None:
    names = ("Branko Velimirovac", "Carmela Zahradnik")
    one, two = ruling("one-actor", 1, names=names, story="s"), ruling("two-actors", 2, names=names, story="s")
    made = record(one, two)
    assert bare(made) == bare(record(two))
    assert [(a.ruling.id, a.overruled_by) for a in made.rulings] == [("u1", "u2"), ("u2", None)]
    assert bare(record(one, replace(two, undone_by="Bo", undone_when="2031-05-10"))) == bare(record(one))


def test_contradictions_are_seen_through_other_names() -> None:
    chain = [ruling("one-actor", 1, names=("A", "B")), ruling("one-actor", 2, names=("B", "C"))]
    apart = ruling("two-actors", 3, names=("A", "C"))
    held = rulings.held([*chain, apart])
    assert [r.id for r in held.rulings] == ["u2", "u3"]
    assert [(r.id, by) for r, by in held.overruled] == [("u1", "u3")]
    later = rulings.held([replace(apart, when="2031-05-08", id="u0"), *chain])
    assert [r.id for r, _ in later.overruled] == ["u0"]


def test_rulings_on_the_same_words_overrule_each_other() -> None:
    a = ferry_readings()[0]
    gone, back = ruling("not-a-statement", 1, words=words_of(a)), ruling("speaker", 2, words=words_of(a), speaker="Bo")
    assert [r.id for r, _ in rulings.held([gone, back]).overruled] == ["u1"]
    assert record(gone, back).rulings[0].found == "a direct statement of Branko Velimirovac"


def test_where_reports_belong() -> None:
    same = ruling("same-story", 1, reports=("a", "b", "c"))
    other = ruling("other-story", 2, reports=("b", "d", "e"))
    assert rulings.placings([same, other]) == ({("a", "b"), ("b", "c")}, {("b", "d"), ("b", "e")})
    against = ruling("other-story", 3, reports=("c", "a"))
    assert rulings.placings([same, other, against]) == (set(), {("a", "c"), ("b", "d"), ("b", "e")})


# ---- properties ----------------------------------------------------------------------------------

A, B, C = ferry_readings()
UNRELATED = (
    ruling("one-actor", names=("Carmela Zahradnik", "Petros Kallidis"), story="s"),
    ruling("two-actors", names=("Branko Velimirovac", "Branko Velimirovats"), story="s"),
    ruling("not-a-statement", words=words_of(B)),
    ruling("speaker", words=words_of(A), speaker="coast guard"),
    ruling("one-origin", reports=("a", "c")),
    ruling("immaterial", story="s", difference=rulings.named_difference(PLAIN.differences[-1])),
)


@settings(max_examples=12, deadline=None)
@given(st.permutations(range(len(UNRELATED))), st.integers(1, len(UNRELATED)))
def test_the_order_of_unrelated_rulings_does_not_matter(order: list[int], count: int) -> None:
    chosen = sorted(order[:count])
    straight = [replace(UNRELATED[n], id=f"u{n}") for n in chosen]
    shuffled = [
        replace(UNRELATED[n], id=f"u{n}", when=f"2031-05-09T11:{place:02}:00+00:00")
        for place, n in enumerate(n for n in order if n in chosen)
    ]
    one, other = record(*straight), record(*shuffled)
    assert bare(one) == bare(other)
    told = [sorted((a.ruling.id, a.found, a.took, a.entries) for a in made.rulings) for made in (one, other)]
    assert told[0] == told[1]


@pytest.mark.parametrize("one", UNRELATED, ids=lambda one: one.kind)
def test_an_undone_ruling_leaves_no_trace(one: Ruling) -> None:
    undone = replace(one, undone_by="Bo", undone_when="2031-05-10T00:00:00+00:00")
    assert record(undone) == PLAIN
    assert bare(record(one)) != PLAIN


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.text(max_size=60), st.text(min_size=1, max_size=30))
def test_words_are_found_wherever_they_have_gone(before: str, after: str, words: str) -> None:
    text = f"{before}{words}{after}"
    anchor = Words(report="r", start=0, end=len(words), text=words)
    found = rulings.find_words(Reading(id="r", text=text), anchor)
    assert found is not None
    assert found.of(text) == words


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.text(max_size=20))
def test_what_is_found_has_the_words(text: str, words: str) -> None:
    found = rulings.find_words(Reading(id="r", text=text), Words(report="other", start=3, end=9, text=words))
    assert found is None or (found.of(text) == words or fold(found.of(text)) == fold(words))
    assert found is None or 0 <= found.start < found.end <= len(text)


def test_words_are_found_whatever_marks_stand_between() -> None:
    text = "He said: 'We  owe\nthe families — a full account.' Then he left."
    found = rulings.find_words(
        Reading(id="r", text=text), Words(report="x", start=0, end=9, text="“We owe the families a full account”")
    )
    assert found == Extent(text.index("We"), text.index("account") + len("account"))


def test_further_places_go_with_words_only() -> None:
    place = Words(report="a", start=0, end=4, text="some")
    for kind, more in (("one-actor", {"names": ("Bo", "Jo")}), ("speaker", {"speaker": "Bo"})):
        with pytest.raises(BadRuling) as caught:
            rulings.checked(ruling(kind, also=(place,), **more))
        assert caught.value.field == "also"
    with pytest.raises(BadRuling):
        rulings.checked(ruling("not-a-statement", words=place, also=(replace(place, end=0),)))


@pytest.mark.parametrize(
    ("field", "given_"),
    [
        ("names", {"kind": "one-actor", "names": ("Bo", "BO ")}),
        ("words", {"kind": "not-a-statement"}),
        ("words", {"kind": "speaker", "words": Words(report="a", start=4, end=2, text="x"), "speaker": "Bo"}),
        ("speaker", {"kind": "speaker", "words": Words(report="a", start=0, end=2, text="xy")}),
        ("reports", {"kind": "same-story", "reports": ("a", "a")}),
        ("difference", {"kind": "immaterial"}),
        ("who", {"kind": "one-actor", "names": ("A", "B"), "who": " "}),
        ("kind", {"kind": "nonsense"}),
        ("why", {"kind": "one-actor", "names": ("A", "B"), "why": "x" * 3000}),
    ],
)
def test_a_ruling_that_lacks_something_names_the_field(field: str, given_: dict[str, object]) -> None:
    with pytest.raises(BadRuling) as caught:
        rulings.checked(Ruling(**{"id": "", "who": "Ana", "when": "2031", **given_}))  # type: ignore[arg-type]
    assert caught.value.field == field


def test_every_order_of_three_rulings_on_names_is_settled_alike() -> None:
    three = [
        ruling("one-actor", 1, names=("A", "B")),
        ruling("two-actors", 2, names=("A", "B", "C")),
        ruling("one-actor", 3, names=("B", "C")),
    ]
    assert len({rulings.held(order) for order in permutations(three)}) == 1
