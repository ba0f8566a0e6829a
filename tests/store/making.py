"""Readings and lines for the store's tests, and a small library."""

from __future__ import annotations

from typing import Any

from variorum.model import Published, Reading
from variorum.model.shelf import StoryLine
from variorum.store import EntryRow, Store, Transaction


def reading(
    id: str, text: str, *, outlet: str | None = "The Gull", date: str | None = "2031-02-03", **more: Any
) -> Reading:
    """A reading of a text, with nothing found in it."""
    published = Published(date=date, basis="metadata") if date else None
    return Reading(id=id, text=text, outlet=outlet, published=published, **more)


def line(id: str, **more: Any) -> StoryLine:
    """A story's line."""
    given: dict[str, Any] = {
        "title": f"Story {id}",
        "first": "2031-02-03",
        "last": "2031-02-03",
        "reports": 1,
        "outlets": ("The Gull",),
        "origins": 1,
        "differences": 0,
        "disputed": (),
        "changed": "2031-02-04T00:00:00Z",
    }
    return StoryLine(id=id, **given | more)


def put(tx: Transaction, made: Reading, story: str = "s1", **more: Any) -> None:
    """Put a report down with keys that do not matter."""
    given: dict[str, Any] = {"key": b"key", "day": None, "bands": (), "address": None, "digest": f"d-{made.id}"}
    tx.put_report(made, story=story, **given | more)


def entry(made: Reading, words: str, *, kind: Any = "statement", id: str = "t1", **more: Any) -> EntryRow:
    """The place of some words of a report, as an entry."""
    start = made.text.index(words)
    return EntryRow(kind=kind, report=made.id, entry=id, start=start, end=start + len(words), **more)


def harbour(store: Store) -> tuple[Reading, Reading, Reading]:
    """Three reports in two stories, with entries of each kind."""
    one = reading(
        "r1",
        "Ferry late\n\nThe ferry to Durrës was late, Harbour Master Ana Prifti said. At least 40 passengers waited.",
        title="Ferry late",
    )
    two = reading(
        "r2",
        "The ferry was on time, said the owner, Bora Leka. Some 30 passengers waited.",
        outlet="Adria Post",
        date="2031-03-01",
    )
    three = reading(
        "r3", "Parliament in Skopje voted for the cease-fire; Petar Ilov was against it.", outlet=None, date=None
    )
    with store.write() as tx:
        for made, story in ((one, "s1"), (two, "s1"), (three, "s2")):
            put(tx, made, story)
        entries = [
            entry(one, "The ferry to Durrës was late", id="t1", speaker="Ana Prifti"),
            entry(two, "The ferry was on time", id="t1", speaker="Bora Leka"),
            entry(one, "At least 40 passengers", id="f1", kind="figure", value="at least 40", also="people waiting"),
            entry(two, "Some 30 passengers", id="f1", kind="figure", value="about 30"),
        ]
        tx.put_story(
            line("s1", title="A ferry and its hour", reports=2, differences=2, last="2031-03-01"), b"{}", entries
        )
        votes = [
            entry(three, "Parliament in Skopje voted", id="e1", kind="event", date="2031-04-05"),
            entry(three, "Petar Ilov was against it", id="p1", kind="position", value="against", speaker="Petar Ilov"),
        ]
        tx.put_story(line("s2", first=None, last=None, outlets=(), origins=3), b"{}", votes)
    return one, two, three
