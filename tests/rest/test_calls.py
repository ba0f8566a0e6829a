"""What the calls answer."""

from __future__ import annotations

import csv
import io
import json

import pytest
from fastapi.testclient import TestClient
from lxml import etree

from tests.library.fake import FakeLibrary, golden_record
from tests.rest.served import ended
from variorum import api
from variorum.model import codec

TEXT = "Lisbon, 3 May (TPN): The harbour master, Ana Pires, said on Friday that nobody had been hurt in the fire."


def fault(response: object) -> dict[str, str | None]:
    """The error in an answer, which has the one shape and no more."""
    body = response.json()  # type: ignore[attr-defined]
    assert set(body) == {"error"} and set(body["error"]) == {"field", "reason"}
    assert body["error"]["reason"]
    error: dict[str, str | None] = body["error"]
    return error


def test_the_record_is_the_one_that_the_library_holds(asking: TestClient) -> None:
    answer = asking.get("/api/stories/s1/record")
    assert answer.headers["content-type"] == "application/json"
    ((_, record),) = api.records_from_json(answer.content, where="answer")
    assert record == golden_record()
    assert api.verify(record) == ()


@pytest.mark.parametrize(
    ("format", "kind", "begins"),
    [
        ("jsonld", "application/ld+json", "{"),
        ("geojson", "application/geo+json", "{"),
        ("markdown", "text/markdown; charset=utf-8", "# "),
        ("html", "text/html; charset=utf-8", "<!doctype html>"),
        ("text", "text/plain; charset=utf-8", "Adriatic"),
    ],
)
def test_the_other_formats_are_files_to_keep(asking: TestClient, format: str, kind: str, begins: str) -> None:
    answer = asking.get("/api/stories/s1/record", params={"format": format})
    assert answer.headers["content-type"] == kind
    assert answer.headers["content-disposition"].startswith("attachment; filename=")
    assert answer.text.lower().startswith(begins.lower())


def test_every_table_is_csv_with_its_evidence(asking: TestClient) -> None:
    for table in (
        "reports",
        "actors",
        "statements",
        "figures",
        "events",
        "journeys",
        "positions",
        "differences",
        "passages",
    ):
        answer = asking.get(f"/api/stories/s1/tables/{table}")
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert rows[0][0] == "story" and len(rows) > 1
        assert {len(row) for row in rows} == {len(rows[0])}
    assert asking.get("/api/stories/s1/tables/secrets").status_code == 422


def test_stories_are_listed_and_narrowed(asking: TestClient) -> None:
    page = asking.get("/api/stories").json()
    assert page["total"] == 1 and page["stories"][0]["id"] == "s1"
    assert asking.get("/api/stories", params={"outlet": "nowhere"}).json()["total"] == 0
    assert asking.get("/api/stories", params={"since": "2027-01-01"}).json()["total"] == 0
    assert asking.get("/api/stories/s1").json() == page["stories"][0]


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("/api/stories?limit=0", "limit"),
        ("/api/stories?since=yesterday", "since"),
        ("/api/stories?order=best", "order"),
        ("/api/search?kind=gossip", "kind.0"),
        ("/api/search?language=EN", "language"),
        ("/api/changes?after=-1", "after"),
        ("/api/changes?after=99999999999999999999", "after"),
        ("/api/evidence?report=x&start=1", "end"),
        ("/api/evidence?report=x&start=5&end=5", "end"),
        ("/api/evidence?report=x&start=0&end=2000000000", "end"),
        ("/api/stories?words=a%00b", "words"),
        ("/api/stories/s1/record?format=docx", "format"),
    ],
)
def test_a_wrong_parameter_is_named(asking: TestClient, address: str, field: str) -> None:
    answer = asking.get(address)
    assert answer.status_code == 422
    assert fault(answer)["field"] == field


@pytest.mark.parametrize(
    "address",
    [
        "/api/stories/none",
        "/api/stories/none/record",
        "/api/stories/none/entries",
        "/api/stories/s1/entries/none-1",
        "/api/stories/none/tables/figures",
        "/api/reports/none",
        "/api/reports/none/versions",
        "/api/reports/%2E%2E/%2E%2E/etc/passwd",
        "/api/evidence?report=none&start=0&end=4",
        "/api/jobs/none",
        "/api/nothing/here",
        "/api",
        "/api/",
    ],
)
def test_what_is_not_there_is_404_in_the_one_shape(asking: TestClient, address: str) -> None:
    answer = asking.get(address)
    assert answer.status_code == 404
    assert fault(answer)["reason"]


def test_a_method_that_an_address_does_not_take_is_405(asking: TestClient) -> None:
    answer = asking.request("TRACE", "/api/stories")
    assert answer.status_code == 405 and answer.headers["allow"] == "GET"
    assert fault(answer)["field"] is None
    assert asking.put("/api/feeds").headers["allow"] == "DELETE, GET, POST"


def test_an_entry_quotes_its_words_exactly(asking: TestClient) -> None:
    entries = asking.get("/api/stories/s1/entries").json()["entries"]
    assert {entry["kind"] for entry in entries} >= {"statement", "figure", "event", "difference", "actor"}
    texts = {reading.id: reading.text for reading in golden_record().reports}
    for line in entries:
        cited = asking.get(f"/api/stories/s1/entries/{line['id']}").json()
        assert cited["label"] == line["label"] and cited["entry"]["id"] == line["id"]
        assert cited["evidence"], line["id"]
        for quotation in cited["evidence"]:
            text, start, end = texts[quotation["report"]], quotation["start"], quotation["end"]
            assert quotation["text"] == text[start:end] != ""
            assert text[:start].endswith(quotation["before"]) and text[end:].startswith(quotation["after"])
            assert f"characters {start}–{end} of report {quotation['report']}" in quotation["citation"]
    only = asking.get("/api/stories/s1/entries", params={"kind": "figure"}).json()["entries"]
    assert only == [entry for entry in entries if entry["kind"] == "figure"]


def test_evidence_gives_the_words_of_any_place(asking: TestClient) -> None:
    reading = golden_record().reports[0]
    asked = {"report": reading.id, "start": 10, "end": 40, "around": 5}
    told = asking.get("/api/evidence", params=asked).json()
    assert (told["before"], told["text"], told["after"]) == (
        reading.text[5:10],
        reading.text[10:40],
        reading.text[40:45],
    )
    beyond = asking.get("/api/evidence", params={"report": reading.id, "start": 10, "end": len(reading.text) + 1})
    assert beyond.status_code == 404
    assert asking.get(f"/api/reports/{reading.id}").json() == codec.to_data(reading)


def test_search_finds_in_context(asking: TestClient) -> None:
    page = asking.get("/api/search", params={"words": "inquiry", "kind": ["statement", "figure"]}).json()
    assert page["total"] == sum(facet["count"] for facet in page["kinds"]) > 0
    assert all("inquiry" in hit["text"].casefold() for hit in page["hits"])


def test_adding_waits_if_asked_and_tells_refusals(client: TestClient) -> None:
    given = {"reports": [{"text": TEXT, "outlet": "The Port News"}, {"text": " "}, {"html": ""}]}
    answer = client.post("/api/reports", params={"wait": 60}, json=given)
    assert answer.status_code in (200, 202)
    job = ended(client, answer)
    assert (job["state"], job["inputs"], job["added"], job["refused"]) == ("done", 3, 1, 2)
    assert [refusal["where"] for refusal in job["refusals"]] == ["report 2", "report 3"]
    report = job["additions"][0]["report"]
    assert client.get(f"/api/reports/{report}").json()["text"] == TEXT
    again = client.post("/api/reports", json={"reports": [{"text": TEXT, "outlet": "The Port News"}]})
    assert ended(client, again)["known"] == 1


def test_adding_goes_on_when_the_client_leaves(client: TestClient) -> None:
    answer = client.post("/api/reports", json={"reports": [{"text": TEXT}]})
    assert answer.status_code in (200, 202)
    job = ended(client, answer)
    assert job["state"] == "done" and job["added"] == 1
    assert client.get("/api/jobs").json()["jobs"][0]["id"] == job["id"]


def test_files_are_added_by_what_they_hold(client: TestClient) -> None:
    files = [
        (
            "files",
            (
                "../../etc/../page.html",
                f"<html><body><article><h1>Fire</h1><p>{TEXT}</p></article></body></html>".encode(),
            ),
        ),
        ("files", ("lines.jsonl", (json.dumps({"text": TEXT + " It rained."}) + "\n{}\n").encode())),
        ("files", ("picture.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")),
    ]
    job = ended(client, client.post("/api/files", files=files))
    assert job["state"] == "done" and job["added"] == 2, job
    assert job["refused"] == 2
    assert all("/" not in refusal["where"] for refusal in job["refusals"])


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "body"),
        ({"reports": [{"outlet": "x"}]}, "reports.0"),
        ({"reports": [{"text": 5}]}, "reports.0.text"),
        ({"addresses": ["/etc/passwd"]}, "addresses.0"),
        ({"addresses": ["file:///etc/passwd"]}, "addresses.0"),
        ({"addresses": ["https://example.org/ /x"]}, "addresses.0"),
        ({"reports": "x"}, "reports"),
    ],
)
def test_a_wrong_field_of_an_adding_is_named(asking: TestClient, body: object, field: str) -> None:
    answer = asking.post("/api/reports", json=body)
    assert answer.status_code == 422
    assert fault(answer)["field"] == field


def test_a_body_that_is_not_json_is_400(asking: TestClient) -> None:
    for body in (b"{", b"\xff\xfe", b"[" * 100_000):
        answer = asking.post("/api/reports", content=body, headers={"content-type": "application/json"})
        assert answer.status_code == 400, body[:10]
        assert fault(answer)["reason"]
    assert asking.post("/api/reports", content=b"x=1").status_code == 422


def test_rulings_are_made_undone_and_carried_over(client: TestClient) -> None:
    difference = client.get("/api/stories/s1/record").json()["differences"][0]
    made = client.post(
        "/api/rulings",
        json={"kind": "immaterial", "story": "s1", "difference": difference["id"], "who": "Pires", "why": "a slip"},
    )
    assert made.status_code == 201
    assert (made.json()["who"], made.json()["why"]) == ("Pires", "a slip")
    record = client.get("/api/stories/s1/record").json()
    assert difference["id"] not in [d["id"] for d in record["differences"]]
    exported = client.get("/api/rulings/export")
    assert exported.headers["content-type"] == "application/x-ndjson"
    undone = client.post(f"/api/rulings/{made.json()['id']}/undo", json={"why": "it matters", "who": "Costa"})
    assert (undone.json()["undone_by"], undone.json()["undone_why"]) == ("Costa", "it matters")
    assert client.get("/api/rulings", params={"holding": True}).json() == {"rulings": []}
    assert len(client.get("/api/rulings", params={"story": "s1"}).json()["rulings"]) == 1
    taken = client.post(
        "/api/rulings/import", content=exported.content, headers={"content-type": "application/x-ndjson"}
    )
    assert taken.json() == {"imported": 0}


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"kind": "hearsay"}, "kind"),
        ({"kind": "one-actor", "names": ["A"]}, "names"),
        ({"kind": "speaker", "words": {"report": "none", "start": 0, "end": 3}, "speaker": "X"}, "words.report"),
        ({"kind": "not-a-statement", "words": {"report": "rc63103b101", "start": 9, "end": 9}}, "words.end"),
        (
            {"kind": "not-a-statement", "words": {"report": "rc63103b101", "start": 0, "end": 3, "text": "zzz"}},
            "words.text",
        ),
        ({"kind": "immaterial", "story": "s1"}, "difference"),
    ],
)
def test_a_wrong_field_of_a_ruling_is_named(asking: TestClient, body: object, field: str) -> None:
    answer = asking.post("/api/rulings", json=body)
    assert answer.status_code == 422
    assert fault(answer)["field"] == field


def test_a_ruling_keeps_the_words_that_it_is_on(client: TestClient) -> None:
    reading = golden_record().reports[0]
    place = {"report": reading.id, "start": 20, "end": 60}
    made = client.post("/api/rulings", json={"kind": "not-a-statement", "words": place, "story": "s1"}).json()
    assert made["words"] == {**place, "text": reading.text[20:60]}


def test_stories_are_split_and_merged(client: TestClient) -> None:
    report = golden_record().reports[-1].id
    made = client.post("/api/stories/s1/split", json={"reports": [report], "why": "another event"}).json()
    assert made["reports"] == 1 and made["id"] != "s1"
    merged = client.post("/api/merge", json={"stories": ["s1", made["id"]], "why": "one event after all"}).json()
    assert merged["reports"] == 4
    assert fault(client.post("/api/merge", json={"stories": ["s1"]}))["field"] == "stories"


def test_feeds_are_followed_and_left(client: TestClient) -> None:
    address = "https://example.org/rss.xml"
    assert client.post("/api/feeds", json={"address": address}).status_code == 201
    assert [feed["address"] for feed in client.get("/api/feeds").json()["feeds"]] == [address]
    assert client.delete("/api/feeds", params={"address": address}).json() == {"address": address}
    assert client.delete("/api/feeds", params={"address": address}).status_code == 404
    assert fault(client.post("/api/feeds", json={"address": "file:///etc/passwd"}))["field"] == "address"


def test_changes_are_told_from_a_number_on_and_as_a_feed(client: TestClient) -> None:
    told = client.get("/api/changes").json()
    assert told["last"] == told["changes"][-1]["number"]
    assert client.get("/api/changes", params={"after": told["last"]}).json() == {"changes": [], "last": told["last"]}
    feed = etree.fromstring(client.get("/api/changes.atom").content)
    space = {"a": "http://www.w3.org/2005/Atom"}
    assert feed.xpath("count(a:entry)", namespaces=space) == len(told["changes"])
    assert feed.xpath("string(a:entry/a:title)", namespaces=space) == told["changes"][-1]["text"]


def test_me_is_the_machines_user_in_local_mode(client: TestClient) -> None:
    told = client.get("/api/me").json()
    assert (told["role"], told["way"], told["team"]) == ("admin", "machine", False)
    assert told["name"]
    assert client.get("/api/accounts").status_code == 404


def test_a_fault_of_the_program_is_told_without_its_inside(monkeypatch: pytest.MonkeyPatch, client: TestClient) -> None:
    def broken(self: object, id: str) -> None:
        raise RuntimeError("secret /path")

    monkeypatch.setattr(FakeLibrary, "story", broken)
    answer = client.get("/api/stories/s1")
    assert answer.status_code == 500
    assert "secret" not in answer.text and fault(answer)["reason"]
    assert answer.headers["x-content-type-options"] == "nosniff"
