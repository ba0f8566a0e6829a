"""What every store does: each test runs over SQLite and over PostgreSQL."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, inspect, text

from tests.patience import PATIENCE
from tests.store.making import entry, harbour, line, put, reading
from variorum.errors import AccountConflict, NotInLibrary, StoreError
from variorum.model import Extent, Name, Statement
from variorum.model.ruling import RuledDifference, Ruling, Words
from variorum.model.shelf import Counts, Feed, LibraryChange, SearchQuery, StoryQuery
from variorum.store import Store, open_store, schema
from variorum.store.accounts import Accounts
from variorum.store.index import PART
from variorum.store.upgrading import head, version
from variorum.views import labels

ODD = [
    "",
    " ",
    "a/b?c=d&e#f",
    "x\x00y",
    "\x1a",
    "\x1a0000",
    "\ud800",
    "'; DROP TABLE reports; --",
    "é" * 300,
    "名前",
    "%_\\",
    "\n",
]


# reports


def test_a_reading_comes_back_as_it_was_put(store: Store) -> None:
    made = reading(
        "r1",
        "Headline\n\nAna Prifti said the ferry was late.",
        headline=Extent(0, 8),
        names=(Name(name="Ana Prifti", kind="person", country="AL", start=10, end=20),),
        statements=(
            Statement(kind="indirect", content=(Extent(26, 44),), source=Extent(10, 20), speaker="Ana Prifti"),
        ),
    )
    with store.write() as tx:
        put(tx, made)
        assert tx.reading("r1") == made
    assert store.readings(["r1", "r1"]) == (made, made)


@pytest.mark.parametrize(
    "odd", ["a\x00b", "\x00", "\ud800 alone \udfff", "𝄞 e\u0301 \u202e \ufeff", "\x1a0000\x1a", "", "\r\n\t"]
)
def test_texts_are_kept_exactly(store: Store, odd: str) -> None:
    made = reading("r1", f"before {odd} after")
    with store.write() as tx:
        put(tx, made)
        tx.put_story(line("s1"), b"{}", [entry(made, f"before {odd} after")])
    assert store.reading("r1").text == made.text
    (hit,) = store.search(SearchQuery(words="before after", kinds=("statement",))).hits
    assert hit.text == made.text[hit.start : hit.end] == made.text


def test_findings_with_odd_characters_are_kept_exactly(store: Store) -> None:
    made = reading(
        "r1",
        "x\x00y \x1a",
        outlet="Out\x00let",
        title="T\x00",
        names=(Name(name="x\x00y", kind="person", start=0, end=3),),
    )
    with store.write() as tx:
        put(tx, made)
    assert store.reading("r1") == made


@pytest.mark.parametrize("odd", ODD)
def test_ids_may_be_anything(store: Store, odd: str) -> None:
    made = reading(odd, "The ferry was late.")
    with store.write() as tx:
        put(tx, made, story=odd, address=odd, digest=odd)
        put(tx, reading(odd + "2", "Another."), story=odd + "2")
        tx.put_story(line(odd), b"{}", [entry(made, "The ferry", id=odd, speaker=odd, value=odd, also=odd)])
        tx.put_setting(odd, odd)
        tx.put_feed(Feed(address=odd, title=odd))
        tx.add_changes(
            [LibraryChange(number=0, when="2031", story=odd, topic="report-added", text=odd, details={odd: [odd]})]
        )
    assert store.reading(odd) == made
    assert store.story_line(odd).id == odd
    assert store.reports_of(odd) == (odd,)
    assert store.setting(odd) == odd
    assert store.feeds() == (Feed(address=odd, title=odd),)
    assert store.changes(story=odd)[0].details == {odd: [odd]}
    (hit,) = store.search(SearchQuery(words="ferry", kinds=("statement",), story=odd)).hits
    assert (hit.report, hit.story, hit.entry, hit.speaker, hit.value) == (odd, odd, odd, odd, odd)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(st.characters(codec=None), max_size=60), query=st.text(max_size=30))
def test_whatever_is_put_comes_back_and_whatever_is_asked_is_answered(store: Store, words: str, query: str) -> None:
    made = reading("r" + words, words)
    with store.write() as tx:
        put(tx, made)
        tx.put_story(line("s1"), b"{}", [])
    assert store.reading(made.id) == made
    for hit in store.search(SearchQuery(words=query)).hits:
        assert hit.text == store.reading(hit.report).text[hit.start : hit.end]


def test_five_million_characters_are_kept_and_found_by_their_parts(store: Store) -> None:
    filling = "x" * 200
    text = "".join(f"word{n} {filling} " for n in range(24_000)) + "the very last ferry"
    with store.write() as tx:
        put(tx, reading("r1", text))
        tx.put_story(line("s1"), b"{}", [])
    assert len(text) > 5_000_000
    assert store.reading("r1").text == text
    across = f'"{filling} word{PART // 2} {filling} word{PART // 2 + 1}"'
    for words in ('"very last ferry"', "word0", "word23999 last", across):
        hit, *_ = store.search(SearchQuery(words=words)).hits
        assert hit.text == text[hit.start : hit.end]
        assert hit.marks, words
        assert len(hit.text) < 1000


def test_a_new_reading_replaces_the_old_one_and_a_text_is_never_rewritten(store: Store) -> None:
    made = reading("r1", "The ferry was late.")
    with store.write() as tx:
        put(tx, made, bands=[1, 2])
    again = replace(made, outlet="The Heron", title="A heron's tale")
    with store.write() as tx:
        put(tx, again, bands=[2, 3], digest="new")
    assert store.reading("r1") == again
    assert [row.report for row in store.keys_with_bands([3])] == ["r1"]
    assert store.keys_with_bands([1]) == ()
    assert [hit.report for hit in store.search(SearchQuery(words="heron", outlet="The Heron")).hits] == ["r1"]
    assert store.search(SearchQuery(outlet="The Gull")).total == 0
    with pytest.raises(ValueError, match="another text"), store.write() as tx:
        put(tx, replace(made, text="The ferry was early."))
    assert store.reading("r1") == again


def test_reports_of_one_address_are_versions_oldest_first(store: Store) -> None:
    with store.write() as tx:
        for id, address in (("b", "http://x/1"), ("a", "http://x/1"), ("c", None), ("d", "http://x/2")):
            put(tx, reading(id, f"text {id}"), address=address)
    assert store.versions("a") == store.versions("b") == ("b", "a")
    assert store.versions("c") == ("c",)
    assert [held.report for held in store.by_address("http://x/1")] == ["b", "a"]
    assert store.by_address("http://x/3") == ()
    held = store.report_by_digest("d-d")
    assert held is not None
    assert (held.report, held.story, held.address) == ("d", "s1", "http://x/2")
    assert store.report_by_digest("none") is None


@pytest.mark.parametrize("ask", ["reading", "versions", "story_line", "record_json", "ruling"])
def test_what_is_not_there_is_said_to_be_missing(store: Store, ask: str) -> None:
    with pytest.raises(NotInLibrary, match="'nothing'"):
        getattr(store, ask)("nothing")


# stories


def test_stories_are_listed_by_filter_and_order(store: Store) -> None:
    harbour(store)

    def ids(**query: Any) -> list[str]:
        page = store.stories(StoryQuery(**query))
        assert page.total >= len(page.stories)
        return [story.id for story in page.stories]

    assert ids() == ["s1", "s2"]
    assert ids(words="ferry") == ids(words="FERRY hour") == ids(words="fer") == ["s1"]
    assert ids(words="late") == ["s1"], "a headline of one of its reports"
    assert ids(words="erry") == []
    assert ids(words="100%") == ids(words="' OR 1=1 --") == []
    assert ids(outlet="Adria Post") == ["s1"]
    assert ids(since="2031-03") == ids(since="2031-03-01") == ["s1"]
    assert ids(since="2031-03-02") == []
    assert ids(until="2031-02") == ids(until="2031-02-03") == ["s1"]
    assert ids(until="2031-01") == []
    assert ids(disputed=True) == ["s1"]
    assert ids(least_origins=3) == ["s2"]
    assert ids(order="newest") == ids(order="reports") == ids(order="differences") == ["s1", "s2"]
    assert ids(limit=1, offset=1) == ["s2"]
    assert store.stories(StoryQuery(limit=0)).total == 2


def test_a_story_that_was_put_again_is_as_it_was_put_last(store: Store) -> None:
    _, two, _ = harbour(store)
    with store.write() as tx:
        tx.put_story(
            line("s1", title="New"),
            b'{"new": true}',
            [entry(two, "The ferry was on time", id="t9", speaker="Ana Prifti")],
        )
    assert store.record_json("s1") == b'{"new": true}'
    assert store.story_line("s1").title == "New"
    found = store.search(SearchQuery(story="s1"))
    assert [(hit.kind, hit.report) for hit in found.hits] == [("report", "r2"), ("statement", "r2"), ("report", "r1")]
    assert store.search(SearchQuery(speaker="Leka")).total == 0
    assert store.search(SearchQuery(words="40", kinds=("figure",))).total == 0


def test_entries_name_reports_that_are_there(store: Store) -> None:
    with pytest.raises(NotInLibrary, match="'r9'"), store.write() as tx:
        tx.put_story(line("s1"), b"{}", [entry(reading("r9", "lost words"), "lost")])
    assert store.stories().total == 0


def test_reports_move_and_an_emptied_story_leads_on(store: Store) -> None:
    harbour(store)
    with pytest.raises(ValueError, match="still has reports"), store.write() as tx:
        tx.drop_story("s2")
    with store.write() as tx:
        tx.move_report("r3", "s1")
        tx.drop_story("s2", into="s1")
    assert store.reports_of("s1") == ("r1", "r2", "r3")
    assert store.story_now("s2") == "s1"
    with pytest.raises(NotInLibrary, match="in 's1'"):
        store.story_line("s2")
    assert store.search(SearchQuery(words="Skopje", kinds=("event",))).total == 0, "until the story is put anew"
    assert [hit.story for hit in store.search(SearchQuery(words="Skopje")).hits] == ["s1"]
    with store.write() as tx:
        tx.move_report("r3", "s2")
        tx.put_story(line("s2"), b"{}", [])
    assert store.story_line("s2").id == "s2"
    assert store.story_now("s2") == "s2"


def test_a_story_is_listed_once_it_is_told(store: Store) -> None:
    with store.write() as tx:
        put(tx, reading("r1", "text"))
    assert store.stories().total == 0
    with pytest.raises(NotInLibrary):
        store.story_line("s1")
    assert store.counts() == Counts(reports=1, stories=0, outlets=1, statements=0, differences=0, rulings=0)


# search


def found(store: Store, words: str = "", **query: Any) -> list[str]:
    """What a search finds: kind and report of each hit, in order of their names."""
    page = store.search(SearchQuery(words=words, **query))
    for hit in page.hits:
        text = store.reading(hit.report).text
        assert hit.text == text[hit.start : hit.end]
        assert text[: hit.start].endswith(hit.before)
        assert text[hit.end :].startswith(hit.after)
        assert all(0 <= start < end <= len(hit.text) for start, end in hit.marks)
    return sorted(f"{hit.kind} {hit.report}" for hit in page.hits)


def test_words_phrases_and_what_must_not_stand(store: Store) -> None:
    harbour(store)
    assert found(store, "ferry late") == ["report r1", "statement r1"]
    assert found(store, "ferry -late") == ["report r2", "statement r2"]
    assert found(store, '"was on time"') == ["report r2", "statement r2"]
    assert found(store, '"time on was"') == []
    assert found(store, 'ferry -"on time"') == ["report r1", "statement r1"]
    assert (
        found(store, "DURRES")
        == found(store, "durrës")
        == found(store, "Durre\u0308s")
        == ["report r1", "statement r1"]
    )
    assert found(store, "cease-fire") == found(store, '"cease fire"') == ["report r3"]
    assert found(store, "ceasefire") == []
    assert found(store, "-ferry") == ["event r3", "figure r1", "figure r2", "position r3", "report r3"]
    assert found(store, "“the ferry was”") == ["report r2", "statement r2"]
    assert found(store, "waiting") == ["figure r1"], "a word by which it is found and which is not in its text"
    assert len(found(store)) == 9


@pytest.mark.parametrize(
    "typed",
    [
        '"',
        '""',
        '-"',
        "-",
        "--",
        "AND",
        "NOT ferry",
        "a OR b",
        "NEAR(a b)",
        "fer*",
        "words:ferry",
        "ferry'",
        "(",
        ")",
        "{tags}: x",
        "=k0",
        "\x00",
        "a:b & c | !d <-> e",
        "'",
        "\\",
        "*",
        "^",
        "!!!",
        "🚢",
    ],
)
def test_whatever_is_typed_is_no_error(store: Store, typed: str) -> None:
    harbour(store)
    found(store, typed)
    found(store, typed, speaker=typed, kinds=("statement",))
    store.stories(StoryQuery(words=typed))


def test_what_has_no_word_in_it_finds_nothing(store: Store) -> None:
    harbour(store)
    assert found(store, "!!!") == found(store, "🚢") == found(store, speaker="!!!") == []


def test_tags_are_no_words(store: Store) -> None:
    harbour(store)
    assert found(store, "k1") == found(store, "=k1") == found(store, "y2031") == []


def test_scripts_without_spaces_are_found_by_their_characters(store: Store) -> None:
    with store.write() as tx:
        put(tx, reading("r1", "外務大臣は東京で会談した。"))
        put(tx, reading("r2", "Министр прибыл в Киев. Η Αθήνα. القُدس. हिन्दी में"))
        tx.put_story(line("s1"), b"{}", [])
    assert found(store, "東京") == found(store, "会談") == ["report r1"]
    assert found(store, "京東") == []
    for word in ("киев", "αθηνα", "القدس", "हिन्दी"):
        assert found(store, word) == ["report r2"], word


def test_facets_narrow(store: Store) -> None:
    harbour(store)
    assert found(store, kinds=("statement", "event")) == ["event r3", "statement r1", "statement r2"]
    assert (
        found(store, speaker="prifti")
        == found(store, speaker="Ana")
        == found(store, speaker="Ana Prif")
        == ["statement r1"]
    )
    assert found(store, speaker="ana leka") == []
    assert found(store, outlet="Adria Post") == ["figure r2", "report r2", "statement r2"]
    assert found(store, outlet="Adria") == []
    assert found(store, story="s2") == ["event r3", "position r3", "report r3"]
    assert found(store, story="s9") == []
    assert found(store, language="en", kinds=("position",)) == ["position r3"]
    assert found(store, language="de") == []
    assert found(store, "prifti", kinds=("statement",)) == ["statement r1"], "by its speaker's name"


def test_dates_narrow(store: Store) -> None:
    harbour(store)
    assert found(store, since="2031-02-04", until="2031-03-31") == ["figure r2", "report r2", "statement r2"]
    assert found(store, since="2031-03") == ["event r3", "figure r2", "report r2", "statement r2"]
    assert (
        found(store, until="2031-02") == found(store, until="2031-02-03") == ["figure r1", "report r1", "statement r1"]
    )
    assert found(store, since="2030", until="2030") == []
    assert found(store, since="2031", until="2031", kinds=("event",)) == ["event r3"]
    assert found(store, "ferry", since="2031-02-03", until="2031-02-03") == ["report r1", "statement r1"]
    assert found(store, since="nonsense") == []
    assert len(found(store, until="9999")) == 7


def test_facets_count_all_that_is_found(store: Store) -> None:
    harbour(store)
    page = store.search(SearchQuery(words="ferry", limit=1))
    assert page.total == 4
    assert not page.capped
    assert [(f.value, f.count) for f in page.kinds] == [("report", 2), ("statement", 2)]
    assert [(f.value, f.count) for f in page.outlets] == [("Adria Post", 2), ("The Gull", 2)]
    assert [(f.value, f.count) for f in page.speakers] == [("Ana Prifti", 1), ("Bora Leka", 1)]
    assert [(f.value, f.count) for f in page.months] == [("2031-02", 2), ("2031-03", 2)]


def test_a_hit_shows_its_place(store: Store) -> None:
    harbour(store)
    (hit,) = store.search(SearchQuery(words="durres ferry", kinds=("statement",))).hits
    assert (hit.story, hit.report, hit.entry, hit.speaker, hit.outlet) == ("s1", "r1", "t1", "Ana Prifti", "The Gull")
    assert (hit.date, hit.title, hit.value) == ("2031-02-03", "Ferry late", None)
    assert [hit.text[start:end] for start, end in hit.marks] == ["ferry", "Durrës"]
    assert (hit.before, hit.after[:6]) == ("Ferry late\n\n", ", Harb")


def test_the_best_comes_first_and_pages_follow_each_other(store: Store) -> None:
    with store.write() as tx:
        put(tx, reading("much", "Ferry, ferry, ferry. " + "Rain and wind. " * 20))
        put(tx, reading("little", "A ferry. " + "Rain and wind. " * 20, date="2031-09-09"))
        put(tx, reading("title", "Boats. " + "Rain and wind. " * 20, title="Ferry and ferry again: ferry, ferry"))
        for n in range(30):
            put(tx, reading(f"n{n}", f"Snow number {n}", date=f"2031-05-{n % 28 + 1:02}"))
        tx.put_story(line("s1"), b"{}", [])
    assert [hit.report for hit in store.search(SearchQuery(words="ferry")).hits] == ["title", "much", "little"]
    whole = [hit.report for hit in store.search(SearchQuery(words="snow", limit=100)).hits]
    pages = [
        hit.report for o in range(0, 30, 7) for hit in store.search(SearchQuery(words="snow", limit=7, offset=o)).hits
    ]
    assert pages == whole
    assert len(set(whole)) == 30
    assert whole[0] == "n27", "equally good: the newest first"


def test_more_hits_than_are_counted_are_said_to_be_more(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("variorum.store.searching.COUNTED", 5)
    with store.write() as tx:
        for n in range(9):
            put(tx, reading(f"r{n}", "Snow.", date=f"2031-05-0{n + 1}"))
        tx.put_story(line("s1"), b"{}", [])
    page = store.search(SearchQuery(words="snow"))
    assert labels.results(page).startswith("more than 5 results, newest first")
    assert page.capped
    assert page.total == 5
    assert [hit.report for hit in page.hits] == ["r8", "r7", "r6", "r5", "r4"]
    assert sum(facet.count for facet in page.kinds) == 5


def test_the_index_made_anew_finds_the_same(store: Store) -> None:
    harbour(store)
    with store.write() as tx:
        put(tx, reading("long", "word " * (PART * 2) + "end"), "s2")
    asked = ["ferry", "end", '"on time"', "word end"]
    before = [store.search(SearchQuery(words=words, limit=50)) for words in asked]
    with store.write() as tx:
        tx.index_anew()
    assert [store.search(SearchQuery(words=words, limit=50)) for words in asked] == before


# gathering


def test_keys_are_found_by_day_band_and_id(store: Store) -> None:
    with store.write() as tx:
        put(tx, reading("r3", "three"), day=12, bands=[7, 7, 2**32 - 1], key=b"k3")
        put(tx, reading("r1", "one"), "s2", day=10, bands=[8], key=b"\x00k1")
        put(tx, reading("r2", "two"), day=None, bands=[7], address="http://x/2")
    assert [row.report for row in store.keys_between(10, 12)] == ["r3", "r1"]
    assert [row.report for row in store.keys_between(11, None)] == ["r3"]
    assert [row.report for row in store.keys_between(None, 10, undated=True)] == ["r1", "r2"]
    assert [row.report for row in store.keys_with_bands([7, 8, 9])] == ["r3", "r1", "r2"]
    assert [row.report for row in store.keys_with_bands([2**32 - 1])] == ["r3"]
    (row,) = store.keys_of(["r1"])
    assert (row.story, row.day, row.key, row.address) == ("s2", 10, b"\x00k1", None)


def test_terms_are_counted_up(store: Store) -> None:
    with store.write() as tx:
        tx.count_terms({5: 1, 2**40: 3})
        tx.count_terms({5: 2})
        tx.count_terms({})
    assert store.term_counts() == {5: 3, 2**40: 3}
    assert store.term_counts([5, 6]) == {5: 3}


# rulings, changes, feeds


def test_rulings_are_kept_in_order_and_undone(store: Store) -> None:
    words = Words(report="r1", start=0, end=2, text="a\x00")
    difference = RuledDifference(kind="number", label="killed", values=("3", "4"))
    one = Ruling(id="u1", kind="not-a-statement", who="Ana", when="2031-01-01", words=words, story="s1")
    two = Ruling(id="a0", kind="immaterial", who="Bora", when="2031-01-02", difference=difference)
    with store.write() as tx:
        tx.put_ruling(one)
        tx.put_ruling(two)
    assert store.rulings() == (one, two)
    assert store.rulings("s1") == (one,)
    undone = replace(one, undone_by="Bora", undone_when="2031-01-03")
    with store.write() as tx:
        tx.put_ruling(undone)
    assert store.rulings() == (undone, two)
    assert store.rulings(holding=True) == (two,)
    assert store.ruling("u1") == undone
    assert store.counts().rulings == 1


def change(story: str, text: str = "added") -> LibraryChange:
    return LibraryChange(number=0, when="2031-01-01T00:00:00Z", story=story, topic="report-added", text=text)


def test_changes_are_numbered_without_gaps_whoever_writes(store: Store, address: str) -> None:
    def add(name: str) -> None:
        with open_store(address, patience=PATIENCE) as own:
            for n in range(10):
                try:
                    with own.write() as tx:
                        tx.add_changes([change(name, str(n)), change(name)])
                        if n % 3 == 2:
                            raise RuntimeError("given up")
                except RuntimeError:
                    continue

    threads = [threading.Thread(target=add, args=(f"s{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    changes = store.changes(limit=1000)
    assert [c.number for c in changes] == list(range(1, 57))
    assert store.last_change() == 56
    own = store.changes(story="s2", limit=1000)
    assert [c.text for c in own[::2]] == ["0", "1", "3", "4", "6", "7", "9"]
    assert store.changes(after=own[0].number, story="s2", limit=1) == (own[1],)


def test_feeds_are_followed_and_let_go(store: Store) -> None:
    feed = Feed(address="http://x/feed", title="X")
    with store.write() as tx:
        tx.put_feed(feed, {"etag": '"1"'})
        tx.put_feed(Feed(address="http://a/feed"))
        tx.put_feed(replace(feed, checked="2031-01-01T00:00:00Z", failures=2, reason="unreachable"))
    assert [f.address for f in store.feeds()] == ["http://x/feed", "http://a/feed"]
    assert store.feeds()[0].failures == 2
    assert store.feed_state("http://x/feed") == {"etag": '"1"'}
    assert store.feed_state("http://none") == {}
    with store.write() as tx:
        tx.drop_feed("http://x/feed")
    with pytest.raises(NotInLibrary), store.write() as tx:
        tx.drop_feed("http://x/feed")
    assert len(store.feeds()) == 1


def test_the_whole_is_counted(store: Store) -> None:
    harbour(store)
    assert store.counts() == Counts(reports=3, stories=2, outlets=2, statements=1, differences=2, rulings=0)
    assert store.size() > 0


# transactions


def test_a_transaction_that_raises_leaves_nothing(store: Store) -> None:
    one, *_ = harbour(store)
    before = (store.counts(), store.search(SearchQuery()), store.stories())
    with pytest.raises(RuntimeError), store.write() as tx:
        put(tx, reading("r9", "Ferry nine"), "s9")
        tx.put_story(line("s1"), b"[]", [])
        tx.add_changes([change("s1")])
        assert tx.search(SearchQuery(words="nine")).total == 1
        raise RuntimeError("given up")
    assert (store.counts(), store.search(SearchQuery()), store.stories()) == before
    assert store.changes() == ()
    with store.write() as tx:
        tx.put_story(line("s1"), b"[]", [entry(one, "The ferry", speaker="Zana Hoxha")])
    assert store.search(SearchQuery(speaker="hoxha")).total == 1


def test_readers_see_one_moment_beside_a_writer_and_are_not_held_up(store: Store) -> None:
    harbour(store)
    entered, leave = threading.Event(), threading.Event()

    def write() -> None:
        with store.write() as tx:
            put(tx, reading("r9", "Ferry nine"))
            entered.set()
            leave.wait(PATIENCE)

    thread = threading.Thread(target=write)
    with store.snapshot() as now:
        assert now.counts().reports == 3
        thread.start()
        assert entered.wait(PATIENCE)
        assert store.search(SearchQuery(words="nine")).total == 0
        leave.set()
        thread.join()
        assert store.counts().reports == 4
        assert now.counts().reports == 3
        assert now.search(SearchQuery(words="nine")).total == 0


def test_who_signs_in_waits_for_no_long_adding(store: Store) -> None:
    """SQLite has one writer: there the wait ends with the adding's transaction, or with the store's patience."""
    accounts = Accounts(store)
    accounts.add("ana", "seven long herons 7", "reader")
    entered, leave, signed_in = threading.Event(), threading.Event(), threading.Event()

    def write() -> None:
        with store.write() as tx:
            put(tx, reading("r9", "Ferry nine"))
            entered.set()
            leave.wait(PATIENCE)

    def sign_in() -> None:
        assert accounts.by_session(accounts.open_session("ana"))
        signed_in.set()

    threads = [threading.Thread(target=write), threading.Thread(target=sign_in)]
    threads[0].start()
    assert entered.wait(PATIENCE)
    threads[1].start()
    assert signed_in.wait(PATIENCE if store.kind == "postgresql" else 0.2) == (store.kind == "postgresql")
    leave.set()
    for thread in threads:
        thread.join()
    assert signed_in.is_set()
    assert store.counts().reports == 1


def test_two_admins_cannot_remove_each_other_at_once(store: Store, address: str) -> None:
    with open_store(address) as own:
        both = Accounts(store), Accounts(own)
        for name in ("ana", "bora"):
            both[0].add(name, "seven long herons 7", "admin")

        def demote(accounts: Accounts, name: str) -> str:
            try:
                accounts.set_role(name, "reader")
            except AccountConflict:
                return "refused"
            return "done"

        with ThreadPoolExecutor(2) as pool:
            assert sorted(pool.map(demote, both, ("ana", "bora"))) == ["done", "refused"]
        assert [account.role for account in both[0].all()].count("admin") == 1


def test_many_threads_read_while_one_writes(store: Store) -> None:
    harbour(store)
    problems: list[BaseException] = []
    stop = threading.Event()

    def read() -> None:
        try:
            while not stop.is_set():
                page = store.search(SearchQuery(words="ferry", limit=100))
                assert len(page.hits) == page.total
                assert store.story_line("s1").id == "s1"
        except BaseException as problem:  # noqa: BLE001 (told below)
            problems.append(problem)

    threads = [threading.Thread(target=read) for _ in range(20)]
    for thread in threads:
        thread.start()
    for n in range(10):
        with store.write() as tx:
            made = reading(f"x{n}", f"Ferry {n}")
            put(tx, made)
            tx.put_story(line("s1"), b"{}", [entry(made, "Ferry")])
    stop.set()
    for thread in threads:
        thread.join()
    assert problems == []


# opening


def test_an_empty_library_is_brought_to_the_newest_schema_and_again_changes_nothing(new_address: str) -> None:
    with open_store(new_address) as made:
        harbour(made)
        before = made.search(SearchQuery())
        assert before.total == 9
    with open_store(new_address) as again, again.snapshot() as now:
        assert version(now.connection) == head()
        assert now.search(SearchQuery()) == before


def test_the_steps_make_the_tables_that_the_program_knows(store: Store) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with store.snapshot() as now:
        known = set(schema.metadata.tables)
        options = {"include_name": lambda name, kind, _: kind != "table" or name in known}
        different = compare_metadata(MigrationContext.configure(now.connection, opts=options), schema.metadata)
    assert different == []


def test_two_programs_may_make_a_library_at_once(new_address: str) -> None:
    problems: list[BaseException] = []

    def make() -> None:
        try:
            with open_store(new_address, patience=PATIENCE) as made:
                assert made.counts().reports == 0
        except BaseException as problem:  # noqa: BLE001 (told below)
            problems.append(problem)

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []


def test_a_library_of_a_newer_program_is_left_alone(store: Store, address: str) -> None:
    with store.write() as tx:
        tx.connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="newer Variorum"):
        open_store(address)


@pytest.mark.parametrize("where", ["mysql://x/y", "sqlite://", "sqlite:///:memory:", "http://x"])
def test_what_is_no_library_is_said_to_be_none(where: str) -> None:
    with pytest.raises(StoreError):
        open_store(where)


def test_a_file_that_is_no_library_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear reader, " * 200)
    with pytest.raises(StoreError, match="is no library"):
        open_store(path)
    assert path.read_text() == "Dear reader, " * 200


def test_another_program_s_tables_are_left_alone(new_address: str, tmp_path: Path) -> None:
    """Also those of one that numbers its steps in the same way."""
    url = (
        new_address.replace("postgresql:", "postgresql+psycopg:")
        if "://" in new_address
        else f"sqlite:///{new_address}"
    )
    other = create_engine(url)
    with other.begin() as connection:
        connection.execute(text("CREATE TABLE reports (title TEXT)"))
        connection.execute(text("CREATE TABLE alembic_version (version_num TEXT)"))
        connection.execute(text("INSERT INTO alembic_version VALUES ('0001')"))
    file = tmp_path / "library.sqlite"
    before = file.read_bytes() if file.exists() else b""
    with pytest.raises(StoreError, match="another program's tables"):
        open_store(new_address)
    assert (file.read_bytes() if file.exists() else b"") == before
    assert sorted(inspect(other).get_table_names()) == ["alembic_version", "reports"]
    other.dispose()


def test_the_user_s_own_library_is_the_default(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    with open_store() as made:
        assert Path(made.name) == tmp_path / "variorum" / "library.sqlite"
