"""The calls over a real library, in each kind of store: from adding the bundled story to carrying its rulings elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.library.fake import golden_record
from tests.rest.served import CHEAP, ended, local, outside, serve
from variorum import api
from variorum.library import Library
from variorum.rest.security import Security
from variorum.store.accounts import Accounts

EXAMPLE = Path(__file__).parents[2] / "examples" / "harbour"


@pytest.fixture
def library(address: str) -> Iterator[Library]:
    """An empty one."""
    with Library.open(address) as library:
        yield library


@pytest.fixture
def whole(library: Library) -> Iterator[FastAPI]:
    """The calls over it."""
    app = serve(library)
    yield app
    if getattr(app.state, "jobs", None) is not None:
        app.state.jobs.close()


def add_the_example(client: TestClient) -> str:
    """Add the bundled story as files; the story's id."""
    files = [("files", (file.name, file.read_bytes())) for file in sorted(EXAMPLE.glob("*.txt"))]
    job = ended(client, client.post("/api/files", files=files))
    assert (job["state"], job["added"], job["refused"]) == ("done", 4, 0), job
    (story,) = {addition["story"] for addition in job["additions"]}
    return str(story)


def test_from_adding_to_a_corrected_record(whole: FastAPI) -> None:
    client = local(whole)
    empty = client.get("/api/stories").json()
    assert empty == {"stories": [], "total": 0}
    assert client.get("/api/counts").json()["reports"] == 0
    story = add_the_example(client)

    answer = client.get(f"/api/stories/{story}/record")
    ((_, record),) = api.records_from_json(answer.content, where="answer")
    assert api.verify(record) == () and len(record.reports) == 4
    assert client.get("/api/counts").json()["reports"] == 4

    difference = record.differences[0]
    ruled = client.post(
        "/api/rulings", json={"kind": "immaterial", "story": story, "difference": difference.id, "who": "Pires"}
    )
    assert ruled.status_code == 201, ruled.text
    after = client.get(f"/api/stories/{story}/record").json()
    labels = [(d["kind"], d["about"]["label"]) for d in after["differences"]]
    assert (difference.kind, difference.about.label) not in labels
    assert after["rulings"][0]["ruling"]["who"] == "Pires"

    statement = record.statements[0]
    variant = statement.variants[0]
    place = {"report": variant.report, "start": variant.content[0].start, "end": variant.content[0].end}
    assert (
        client.post("/api/rulings", json={"kind": "not-a-statement", "words": place, "story": story}).status_code == 201
    )
    exported = client.get("/api/rulings/export").text
    assert len(exported.splitlines()) == 2
    taken = client.post("/api/rulings/import", content=exported, headers={"content-type": "application/x-ndjson"})
    assert taken.json() == {"imported": 0}

    topics = [change["topic"] for change in client.get("/api/changes").json()["changes"]]
    assert topics[0] == "story-opened" and "ruling" in topics
    assert client.get("/api/changes.atom").status_code == 200

    undone = client.post(f"/api/rulings/{ruled.json()['id']}/undo", json={"who": "Costa"})
    assert undone.json()["undone_by"] == "Costa"
    labels = [
        (d["kind"], d["about"]["label"]) for d in client.get(f"/api/stories/{story}/record").json()["differences"]
    ]
    assert (difference.kind, difference.about.label) in labels


def hold_the_example(library: Library) -> str:
    """Put the bundled story there as it was read before; the story's id."""
    return [addition.story for addition in library.add(golden_record().reports)][-1]


def test_what_is_found_is_where_it_is_said_to_be(whole: FastAPI, library: Library) -> None:
    client = local(whole)
    hold_the_example(library)
    page = client.get("/api/search", params={"words": "inquiry", "limit": 50}).json()
    assert page["total"] > 3
    for hit in page["hits"]:
        place = {"report": hit["report"], "start": hit["start"], "end": hit["end"]}
        assert client.get("/api/evidence", params=place).json()["text"] == hit["text"]
    figures = client.get("/api/search", params={"kind": "figure"}).json()
    assert {hit["kind"] for hit in figures["hits"]} == {"figure"}
    told = client.get("/api/search", params={"kind": "figure", "story": "none"}).json()
    assert told["total"] == 0


def test_no_search_is_a_fault(whole: FastAPI) -> None:
    client = local(whole)
    odd = [
        '"',
        '""',
        "-",
        '"a',
        "a\"b'c;--",
        "(((",
        "NEAR(a b)",
        "*",
        "a* OR b",
        "^x",
        "col:x",
        "\\",
        "é" * 400,
        "- - -",
        "%_",
    ]
    for words in odd:
        answer = client.get("/api/search", params={"words": words})
        assert answer.status_code == 200, (words, answer.text)


def test_a_story_is_split_and_merged(whole: FastAPI, library: Library) -> None:
    client = local(whole)
    story = hold_the_example(library)
    reports = [reading["id"] for reading in client.get(f"/api/stories/{story}/record").json()["reports"]]
    made = client.post(f"/api/stories/{story}/split", json={"reports": reports[:1], "why": "another event"})
    assert made.status_code == 200, made.text
    other = made.json()["id"]
    assert client.get("/api/stories").json()["total"] == 2
    merged = client.post("/api/merge", json={"stories": [story, other], "why": "one event"})
    assert merged.status_code == 200 and merged.json()["reports"] == 4
    gone = [id for id in (story, other) if id != merged.json()["id"]]
    assert [client.get(f"/api/stories/{id}").status_code for id in gone] == [404]
    wrong = client.post(f"/api/stories/{merged.json()['id']}/split", json={"reports": ["none"]})
    assert wrong.status_code == 422 and wrong.json()["error"]["field"] == "reports"
    alone = client.post("/api/merge", json={"stories": [merged.json()["id"], "none"]})
    assert alone.status_code == 404 and alone.json()["error"]["field"] == "stories.1"


def test_accounts_and_their_rulings_live_in_the_library(library: Library) -> None:
    accounts = Accounts(library.store, hasher=CHEAP)
    accounts.add("pires", "a long sea voyage", "editor")
    app = serve(library, Security(hosts=("desk.example",), accounts=accounts))
    client = outside(app)
    assert client.get("/api/stories").status_code == 401
    assert client.post("/api/session", json={"name": "pires", "password": "a long sea voyage"}).status_code == 200
    client.cookies.set("variorum", client.cookies["variorum"], domain="desk.example")
    made = client.post("/api/rulings", json={"kind": "one-actor", "names": ["A", "B"], "who": "somebody else"})
    assert made.status_code == 201 and made.json()["who"] == "pires"


def test_a_library_that_is_lost_is_503(library: Library) -> None:
    client = local(serve(library))
    library.store._readers.dispose()

    class Gone:
        def begin(self) -> None:
            import sqlite3

            raise sqlite3.OperationalError("disk I/O error")

        def dispose(self) -> None:
            pass

    library.store._readers = Gone()  # type: ignore[assignment]
    for path in ("/api/health", "/api/stories", "/api/search?words=x"):
        answer = client.get(path)
        assert answer.status_code == 503, path
        assert answer.headers["retry-after"] and answer.json()["error"]["reason"]
