"""The pages as a browser without script gets them: whole, linked, safe, and clear about what is wrong."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient
from lxml import html

from tests.library.fake import FakeLibrary
from tests.views import hostile
from tests.web.conftest import local
from variorum.model import Record, codec

START = (
    "/stories",
    "/add",
    "/jobs",
    "/search?q=the",
    "/changes",
    "/feeds",
    "/rulings",
    "/merge",
    "/merge?story=s1&story=s1",
)


def tree_of(client: TestClient, path: str) -> html.HtmlElement:
    """A page, which has to be there."""
    response = client.get(path)
    assert response.status_code == 200, (path, response.text[:400])
    return html.fromstring(response.text)


def _links(tree: html.HtmlElement, path: str) -> Iterator[str]:
    for link in tree.xpath("//a/@href | //link/@href | //script/@src"):
        parts = urlsplit(link)
        if not parts.scheme and not parts.netloc and parts.path:
            yield link.partition("#")[0]


def _one_of_a_kind(links: set[str], kinds: set[str]) -> Iterator[str]:
    """Links that differ from those seen in more than their numbers."""
    for link in sorted(links):
        kind = re.sub(r"\d+|(?<=report-)[A-Z]|r[0-9a-f]{10}", "#", link)
        if kind not in kinds:
            kinds.add(kind)
            yield link


def test_every_link_of_every_page_leads_somewhere(client: TestClient) -> None:
    to_see, seen, kinds = list(START), set(), set()
    while to_see:
        path = to_see.pop(0)
        if path in seen:
            continue
        seen.add(path)
        response = client.get(path)
        assert response.status_code == 200, (path, response.text[:300])
        if response.headers["content-type"].startswith("text/html") and "attachment" not in response.headers.get(
            "content-disposition", ""
        ):
            to_see += sorted(_one_of_a_kind(set(_links(html.fromstring(response.text), path)) - seen, kinds))
    assert any("/correct/" in path for path in seen) and any(path.startswith("/reports/") for path in seen)


def test_links_inside_the_story_have_their_places(client: TestClient) -> None:
    tree = tree_of(client, "/stories/s1")
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert not {link[1:] for link in tree.xpath("//a/@href") if link.startswith("#")} - set(ids)


@pytest.mark.parametrize(
    "path", [*START, "/stories/s1", "/stories/s1/split", "/stories/s1/correct/statement-1", "/nowhere"]
)
def test_nothing_inline_and_a_strict_policy(client: TestClient, path: str) -> None:
    response = client.get(path)
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "script-src 'self'" in policy and "unsafe" not in policy
    tree = html.fromstring(response.text)
    assert not tree.xpath("//@style") and not tree.xpath("//style")
    assert all(script.get("src", "").startswith("/static/") for script in tree.xpath("//script"))
    assert not [name for element in tree.iter() for name in element.attrib if name.lower().startswith("on")]
    outside = [a for a in tree.xpath("//@src | //link/@href | //form/@action") if not a.startswith("/")]
    assert not outside


def test_a_story_tells_what_it_holds(client: TestClient, harbour: FakeLibrary) -> None:
    tree = tree_of(client, "/stories/s1")
    record = harbour.record("s1")
    assert len(tree.xpath("//li[contains(@class, 'entry difference')]")) == len(record.differences)
    assert len(tree.xpath("//*[contains(@class, 'entry statement')]")) == len(record.statements)
    assert len(tree.xpath("//article[contains(@class, 'report')]")) == len(record.reports)
    quotes = tree.xpath("//*[@data-quote]/@data-quote")
    assert quotes and all(" — " in quote for quote in quotes)
    # the reporter's words around a part that is quoted stand in no quotation marks
    assert any(quote.startswith("“") for quote in quotes) and any(": described the tone" in quote for quote in quotes)


def test_filters_narrow_and_pages_turn(client: TestClient, harbour: FakeLibrary) -> None:
    record = harbour.record("s1")
    whole = FakeLibrary([record] * 60)
    with local(whole) as many:
        first = tree_of(many, "/stories")
        assert len(first.xpath("//li[contains(@class, 'story')]")) == 25
        further = first.xpath("//nav[@class='pager']//a/@href")
        assert further == ["/stories?page=2"]
        assert len(tree_of(many, "/stories?page=3").xpath("//li[contains(@class, 'story')]")) == 10
    assert tree_of(client, "/stories?words=ministers").xpath("//li[contains(@class, 'story')]")
    assert not tree_of(client, "/stories?words=cricket").xpath("//li[contains(@class, 'story')]")
    assert not tree_of(client, "/stories?since=2031-01-01").xpath("//li[contains(@class, 'story')]")


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/nowhere", 404, "nothing at this address"),
        ("/stories/none", 404, "No story"),
        ("/reports/none", 404, "No report"),
        ("/stories/s1/correct/statement-999", 404, "statement-999"),
        ("/stories/s1/record.exe", 404, "record"),
        ("/stories?since=tomorrow", 422, "YYYY-MM-DD"),
        ("/stories?order=best", 422, "changed"),
        ("/search?kind=poem", 422, "statement"),
        ("/stories?page=0", 422, "1 to"),
        ("/search?q=" + "a" * 500, 422, "onger than"),
        ("/static/../../pyproject.toml", 404, ""),
        ("/static/base.html.j2", 404, ""),
    ],
)
def test_what_is_wrong_is_said_in_plain_words(client: TestClient, path: str, status: int, words: str) -> None:
    response = client.get(path)
    assert response.status_code == status
    assert words in html.fromstring(response.text).text_content()


def test_a_fault_of_the_program_tells_nothing_of_the_inside(
    harbour: FakeLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret of the inside")

    monkeypatch.setattr(harbour, "stories", broken)
    with local(harbour) as client:
        response = client.get("/stories")
    assert response.status_code == 500
    assert "fault of the program" in response.text and "secret" not in response.text


def test_hostile_reports_stay_text() -> None:
    record = hostile.record()
    with local(FakeLibrary([record])) as client:
        paths = ["/stories", "/stories/s1", f"/reports/{record.reports[0].id}?start=10&end=40", "/search?q=script"]
        paths += ["/stories/s1/correct/actor-1", "/stories/s1/correct/report-A", "/stories/s1/split", "/changes"]
        for path in paths:
            response = client.get(path)
            assert response.status_code == 200, path
            assert not [sign for sign in hostile.HARMFUL if sign in response.text], path
            tree = html.fromstring(response.text)
            assert not tree.xpath("//img | //iframe | //object | //embed"), path
            assert all(script.get("src", "").startswith("/static/") for script in tree.xpath("//script")), path
            assert not [link for link in tree.xpath("//@href") if link.lower().startswith(("javascript", "data"))], path
            assert not [name for element in tree.iter() for name in element.attrib if name.startswith("on")], path


# ---- rulings -----------------------------------------------------------------------------------------


def _rule(client: TestClient, **fields: object) -> object:
    given = {"who": "Ana Pires", "why": "I asked them"} | fields
    return client.post("/stories/s1/rulings", data=given, follow_redirects=False)


def test_rulings_of_every_kind_from_their_forms(client: TestClient, harbour: FakeLibrary) -> None:
    record = harbour.record("s1")
    actors = [actor.name for actor in record.actors[:2]]
    several = next(a for a in record.actors if len({n.text for n in a.names}) > 1)
    names = sorted({n.text for n in several.names})[:2]
    others = [reading.id for reading in record.reports[1:3]]
    first = record.actors[0].id
    made = [
        {"kind": "one-actor", "entry": first, "name": actors[1]},
        {"kind": "two-actors", "entry": several.id, "name": names},
        {"kind": "speaker", "entry": "statement-1", "speaker": "Ana Pires", "variant": "1"},
        {"kind": "not-a-statement", "entry": "statement-2", "variant": "0"},
        {"kind": "immaterial", "entry": "difference-2"},
        {"kind": "one-origin", "entry": "report-A", "report": others},
        {"kind": "other-story", "entry": "report-B"},
    ]
    for fields in made:
        response = _rule(client, **fields)
        assert response.status_code == 303, (fields, response.text[:300])
    rulings = harbour.rulings()
    assert [ruling.kind for ruling in rulings] == [fields["kind"] for fields in made]
    assert all((ruling.who, ruling.why, ruling.story) == ("Ana Pires", "I asked them", "s1") for ruling in rulings)
    assert rulings[0].names == (record.actors[0].name, actors[1])
    words = rulings[2].words
    variant = record.statements[0].variants[1]
    assert words is not None and words.report == variant.report
    assert harbour.report(words.report).text[words.start : words.end] == words.text
    assert rulings[5].reports == (record.reports[0].id, *others)
    assert rulings[6].reports[0] == record.reports[1].id and len(rulings[6].reports) == 4


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kind": "one-actor", "entry": "actor-1"}, "another name"),
        ({"kind": "speaker", "entry": "statement-1"}, "right speaker"),
        ({"kind": "speaker", "entry": "statement-1", "speaker": "X", "variant": "99"}, "number"),
        ({"kind": "immaterial", "entry": "statement-1"}, "no such ruling"),
        ({"kind": "one-origin", "entry": "report-A"}, "hoose the reports"),
        ({"kind": "nonsense", "entry": "actor-1"}, "no such ruling"),
        ({"kind": "immaterial", "entry": "difference-1", "who": ""}, "name"),
    ],
)
def test_a_form_that_lacks_something_is_told_so(
    client: TestClient, harbour: FakeLibrary, fields: dict[str, str], words: str
) -> None:
    response = _rule(client, **fields)
    assert response.status_code == 422 and words in response.text
    assert not harbour.rulings()


def _meant(client: TestClient, entry: str) -> str:
    return str(tree_of(client, f"/stories/s1/correct/{entry}").xpath("//input[@name='meant']/@value")[0])


def test_a_form_rules_on_what_it_showed(client: TestClient, harbour: FakeLibrary) -> None:
    """Another tab has ruled since: the numbers of the entries are others."""
    first, second = harbour.record("s1").differences[:2]
    meant = _meant(client, "difference-2")
    assert _rule(client, kind="immaterial", entry="difference-1", meant=meant).status_code == 303
    ruled = harbour.rulings()[0].difference
    assert ruled is not None and (ruled.kind, ruled.label) == (second.kind, second.about.label)
    response = _rule(client, kind="immaterial", entry="difference-1", meant=meant)
    assert response.status_code == 409 and "nothing was decided" in response.text
    assert len(harbour.rulings()) == 1 and first in harbour.record("s1").differences


@pytest.mark.parametrize("entry", ["actor-1", "statement-1", "difference-1", "report-A"])
def test_every_kind_of_entry_is_found_again(client: TestClient, entry: str) -> None:
    meant = _meant(client, entry)
    response = client.post(
        "/stories/s1/rulings", data={"kind": "nonsense", "entry": "actor-9", "meant": meant, "who": "A"}
    )
    assert response.status_code == 422
    assert html.fromstring(response.text).xpath("//input[@name='entry']/@value")[0] == entry


def test_what_was_typed_is_there_again_when_a_form_lacks_something(client: TestClient, harbour: FakeLibrary) -> None:
    ruled = _rule(client, kind="speaker", entry="statement-1", speaker="", why="She told me so", variant="1")
    page = html.fromstring(ruled.text)
    assert page.xpath("//p[@class='fault']/@data-field") == ["speaker"]
    assert page.xpath("//form[.//input[@value='speaker']]//input[@name='why']/@value") == ["She told me so"]
    assert page.xpath("//form[.//input[@value='not-a-statement']]//input[@name='why']/@value") == [""]
    assert page.xpath("//form[.//input[@value='speaker']]//input[@checked]/@value") == ["1"]
    report = harbour.record("s1").reports[2].id
    split = client.post("/stories/s1/split", data={"report": report, "who": "", "why": "Another day"})
    page = html.fromstring(split.text)
    assert split.status_code == 422 and page.xpath("//p[@class='fault']/@data-field") == ["who"]
    assert page.xpath("//input[@checked]/@value") == [report] and "Another day" in split.text
    merged = client.post("/merge", data={"story": ["s1"], "who": "A", "why": "One day"})
    assert merged.status_code == 422 and "two stories" in merged.text
    assert len(harbour.record("s1").reports) == 4


def test_a_script_is_told_where_to_go(client: TestClient) -> None:
    given = {"kind": "immaterial", "entry": "difference-1", "who": "Ana Pires"}
    answer = client.post("/stories/s1/rulings", data=given, headers={"Accept": "application/json"})
    assert answer.json() == {"to": "/stories/s1?ruled=ruling-1#differences"}


def test_parts_of_a_record_that_has_changed_are_not_mixed_into_its_page(client: TestClient) -> None:
    parts = ("texts/A", "entries/statement-1", "entries/statement-1.txt", "correct/statement-1")
    mark = tree_of(client, "/stories/s1").xpath("//meta[@name='edition']/@content")[0]
    for part in parts:
        assert client.get(f"/stories/s1/{part}?bare=1&of={mark}").status_code == 200
    _rule(client, kind="immaterial", entry="difference-1")
    for part in parts:
        assert client.get(f"/stories/s1/{part}?bare=1&of={mark}").status_code == 409
        assert client.get(f"/stories/s1/{part}?bare=1").status_code == 200


def test_a_ruling_shows_and_can_be_undone(client: TestClient, harbour: FakeLibrary) -> None:
    label = harbour.record("s1").differences[0].about.label
    response = _rule(client, kind="immaterial", entry="difference-1")
    assert response.headers["location"] == "/stories/s1?ruled=ruling-1#differences"
    page = client.get("/stories/s1?ruled=ruling-1").text
    assert "What people decided" in page and "I asked them" in page and label in page
    assert "Ana Pires" in client.get("/rulings").text
    back = {"back": "/stories/s1#rulings", "who": "Ana Pires"}
    undone = client.post("/rulings/ruling-1/undo", data=back, follow_redirects=False)
    assert undone.headers["location"] == "/stories/s1?ruled=ruling-1#rulings"
    assert "What people decided" not in client.get("/stories/s1").text
    assert "undone by Ana Pires" in client.get("/rulings").text


def test_undoing_leads_nowhere_else(client: TestClient) -> None:
    _rule(client, kind="immaterial", entry="difference-1")
    there = client.post("/rulings/ruling-1/undo", data={"back": "//evil.example/x"}, follow_redirects=False)
    assert there.headers["location"] == "/rulings"


def test_the_name_is_remembered(client: TestClient) -> None:
    _rule(client, kind="immaterial", entry="difference-1", who="Šárka Ů.")
    assert 'value="Šárka Ů."' in client.get("/stories/s1/correct/difference-2").text


def test_rulings_go_out_and_come_in(client: TestClient, harbour: FakeLibrary) -> None:
    _rule(client, kind="immaterial", entry="difference-1")
    lines = client.get("/rulings.jsonl").text
    assert json.loads(lines.splitlines()[0])["who"] == "Ana Pires"
    with local(FakeLibrary.of_harbour()) as other:
        taken = other.post("/rulings/import", files={"file": ("rulings.jsonl", lines)})
        assert "1 ruling taken in" in taken.text
        assert other.post("/rulings/import", files={"file": ("x", b"\xff\xfe")}).status_code == 422
        assert other.post("/rulings/import", data={}).status_code == 422


def test_merging_and_splitting(harbour: FakeLibrary) -> None:
    with local(harbour) as client:
        assert client.post("/merge", data={"story": "s1", "who": "A"}).status_code == 422
        assert client.post("/stories/s1/split", data={"who": "A"}).status_code == 422
        report = harbour.record("s1").reports[3].id
        response = client.post(
            "/stories/s1/split", data={"report": report, "who": "A", "why": "another day"}, follow_redirects=False
        )
        new = response.headers["location"]
        assert [r.id for r in harbour.record(new.rpartition("/")[2]).reports] == [report]
        assert tree_of(client, f"/merge?story=s1&story={new.rpartition('/')[2]}").xpath("//input[@name='story']")
        merged = client.post(
            "/merge",
            data={"story": ["s1", new.rpartition("/")[2]], "who": "A", "why": "one day"},
            follow_redirects=False,
        )
        assert merged.headers["location"] == "/stories/s1" and len(harbour.record("s1").reports) == 4
        assert client.get(new, follow_redirects=False).headers["location"] == "/stories/s1"


# ---- copying out -------------------------------------------------------------------------------------


def test_the_record_in_every_form(client: TestClient, harbour: FakeLibrary) -> None:
    for form in ("json", "md", "html", "jsonld", "geojson"):
        response = client.get(f"/stories/s1/record.{form}")
        assert response.status_code == 200 and "attachment" in response.headers["content-disposition"]
    whole = codec.from_json(Record, client.get("/stories/s1/record.json").content)
    assert whole == harbour.record("s1")
    figures = client.get("/stories/s1/tables/figures.csv").content.decode("utf-8-sig")
    assert figures.startswith("story,figure") and len(figures.splitlines()) > len(whole.figures)
    with zipfile.ZipFile(io.BytesIO(client.get("/stories/s1/tables.zip").content)) as archive:
        assert "statements.csv" in archive.namelist()
    cited = client.get("/stories/s1/entries/statement-1.txt")
    assert cited.headers["content-type"].startswith("text/plain") and "report A" in cited.text
    assert tree_of(client, "/stories/s1/entries/statement-1").xpath("//q")
    assert client.get("/stories/s1/entries/statement-999").status_code == 404
    assert client.get("/stories/s1/entries/statement-999.txt").status_code == 404


# ---- adding ------------------------------------------------------------------------------------------

PIECE = (
    "Lisbon, 3 May 2031 (TPN): The harbour master, Ana Pires, said on Saturday that nobody was hurt. “The fire is out,” "
    "Pires told reporters. A spokesman counted 14 boats as lost."
)


def _finished(client: TestClient, path: str) -> str:
    job = client.app.state.jobs
    assert job.wait(path.rpartition("/")[2], 60)
    return client.get(path).text


def test_pasting_adds_and_says_what_became_of_it() -> None:
    library = FakeLibrary()
    with local(library) as client:
        assert "An empty desk" in client.get("/stories").text
        given = {
            "text": [PIECE, "", PIECE.replace("14 boats", "15 boats")],
            "outlet": ["The Port", "", "The Quay"],
            "published": ["", "", "2031-05-04"],
            "title": ["", "", ""],
            "url": ["", "", "https://quay.example/fire"],
        }
        response = client.post("/add", data=given, follow_redirects=False)
        assert response.status_code == 303
        page = _finished(client, response.headers["location"])
        assert "2 reports added" in page
        outlets = {
            r.outlet: r for id in ("s1", "s2") for r in (library._records[id].reports if id in library._records else ())
        }
        assert set(outlets) == {"The Port", "The Quay"}
        assert outlets["The Quay"].url == "https://quay.example/fire"


def test_refusals_are_shown_and_nothing_of_the_server_is_read(tmp_path: object) -> None:
    library = FakeLibrary()
    with local(library) as client:
        given = {"addresses": "/etc/passwd\nfile:///etc/passwd\nftp://x.example/\nhttp://127.0.0.1:9/x"}
        response = client.post(
            "/add", data=given, files={"file": ("../../picture.png", b"\x89PNG\r\n\x1a\n\0\0")}, follow_redirects=False
        )
        page = _finished(client, response.headers["location"])
        assert "5 refused" in page and "not a web address" in page and "picture.png" in page and "../" not in page
        assert library.counts().reports == 0


def test_nothing_given_is_said_and_nothing_typed_is_lost(client: TestClient) -> None:
    empty = client.post("/add", data={"text": " ", "outlet": "The Port"})
    assert empty.status_code == 422 and "Paste a text" in empty.text
    wrong = client.post("/add", data={"text": PIECE, "outlet": "The Port", "published": "Saturday"})
    assert wrong.status_code == 422
    assert "nobody was hurt" in wrong.text and 'value="The Port"' in wrong.text


def test_feeds(client: TestClient, harbour: FakeLibrary) -> None:
    wrong = client.post("/feeds", data={"address": "file:///etc/passwd"})
    assert wrong.status_code == 422 and "not an http or https address" in wrong.text
    client.post("/feeds", data={"address": "https://feeds.example/rss https://feeds.example/atom"})
    assert [feed.address for feed in harbour.feeds()] == ["https://feeds.example/rss", "https://feeds.example/atom"]
    client.post("/feeds/unfollow", data={"address": "https://feeds.example/rss"})
    assert len(harbour.feeds()) == 1
    assert client.post("/feeds/visit", follow_redirects=False).headers["location"] == "/feeds"
    visited = client.post("/api/feeds/visit")
    assert visited.status_code == 202 and len(visited.json()["feeds"]) == 1


def test_other_sites_cannot_post(client: TestClient, harbour: FakeLibrary) -> None:
    given = {"kind": "immaterial", "entry": "difference-1", "who": "M"}
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        assert client.post("/stories/s1/rulings", data=given, headers=headers).status_code == 403
    assert not harbour.rulings()


def test_changes_since(client: TestClient, harbour: FakeLibrary) -> None:
    _rule(client, kind="immaterial", entry="difference-1")
    first = client.get("/changes")
    assert "story opened" in first.text and "ruling" in first.text
    assert "Nothing new since then" in client.get("/changes?after=2").text
    assert client.get("/changes?topic=nonsense").status_code == 422
    assert "Only since your last visit" not in client.get("/changes").text
    harbour._tell("s1", "new-difference", "new difference: boats lost", entry="difference-2")
    later = client.get("/changes").text
    assert "Only since your last visit" in later and "/stories/s1#difference-2" in later
