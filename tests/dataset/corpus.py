"""Reports of invented events over three weeks: the events of the last days of a week go on in the next."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

MONDAY = date(2031, 3, 3)
PLACES = ["Valdora", "Kestrin", "Omberg", "Tirello", "Sandvig", "Norrhalt", "Beledin", "Quorra"]
PEOPLE = [
    "Ines Marout",
    "Tomas Veld",
    "Ada Kirsch",
    "Jon Brekke",
    "Lea Somtag",
    "Pavel Orlin",
    "Rut Hagen",
    "Milo Dray",
]
THINGS = ["ferry", "quarry", "orchard", "tram depot", "lighthouse", "granary", "aqueduct", "observatory"]
GERMAN = ["Fähre", "Steinbruch", "Obstgarten", "Depot", "Leuchtturm", "Kornspeicher", "Aquädukt", "Sternwarte"]


def english(event: int, teller: int, day: date) -> dict[str, str]:
    """One outlet's report of an event, in words of its own."""
    place, who, thing = PLACES[event % 8], PEOPLE[event % 8], THINGS[event % 8]
    dead = 10 + event + teller % 2
    leads = [
        f"{dead} people died when the old {thing} at {place} collapsed, Mayor {who} said.",
        f"At least {dead} dead in {place}: the {thing} gave way in the night, according to Mayor {who}.",
        f"The {thing} of {place} has fallen and killed {dead}. Mayor {who} spoke of a black day.",
    ]
    text = (
        f"{leads[teller % 3]}\n\n“We warned of the {thing} for years,” {who} told reporters in {place}. "
        f"Rescuers number {teller + 20} searched the {thing} at {place}.\n\n"
        f"Outlet {teller} learned that the {thing} near {place} was last inspected in 20{teller + 10}."
    )
    return {"id": f"e{event}-{teller}", "text": text, "outlet": f"Outlet {teller}", "published": day.isoformat()}


def german(event: int, teller: int, day: date, source: random.Random) -> dict[str, str]:
    """The same in German, which is gathered and not read: fast."""
    place, who, thing = PLACES[event % 8] + str(event), PEOPLE[event % 8], GERMAN[event % 8]
    own = " ".join("".join(source.choices("bdfgklmnrst", k=3)) + "ung" for _ in range(12))
    text = (
        f"In {place} ist am Morgen der alte {thing} eingestürzt, sagte die Bürgermeisterin {who} vor Journalisten. "
        f"Nummer {teller} der Zeitungen schrieb dazu über {own}. Die Rettung bei {place} dauert noch an, hieß es, und der "
        f"{thing} von {place} wird von {who} nicht wieder aufgebaut. Es gab nach dem Unglück {event + 3} Verletzte in {place}."
    )
    return {"id": f"g{event}-{teller}", "text": text, "outlet": f"Blatt {teller}", "published": day.isoformat()}


def english_rows(events: int = 4, tellers: int = 3) -> list[dict[str, str]]:
    """Events five days apart, each told over two days."""
    return [english(e, t, MONDAY + timedelta(5 * e + t % 2)) for e in range(events) for t in range(tellers)]


def german_rows(events: int = 60, tellers: int = 5, *, days: int = 21, seed: int = 1) -> list[dict[str, str]]:
    """Events at any time of three weeks, each told over three days; a few reports have no date."""
    source = random.Random(seed)
    rows = []
    for event in range(events):
        start = source.randrange(days)
        for teller in range(source.randrange(1, tellers + 1)):
            row = german(event, teller, MONDAY + timedelta(start + source.randrange(3)), source)
            rows.append(row if source.random() < 0.95 else {k: v for k, v in row.items() if k != "published"})
    return rows


def write_lines(path: Path, rows: Iterable[dict[str, str]]) -> Path:
    """JSON Lines, packed if the name says so."""
    content = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path


def warc_record(number: int, body: str, *, kind: str = "text/html") -> bytes:
    """One response of a crawl."""
    http = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}; charset=utf-8\r\n\r\n".encode() + body.encode()
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number:032x}>\r\n"
        f"WARC-Target-URI: https://outlet.example/{number}\r\nWARC-Date: 2031-03-05T10:00:00Z\r\n"
        f"Content-Type: application/http;msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def page(row: dict[str, str]) -> str:
    """A report as a page of the web."""
    body = "".join(f"<p>{part}</p>" for part in row["text"].split("\n\n"))
    when = f'<meta property="article:published_time" content="{row["published"]}">' if "published" in row else ""
    return (
        f"<!doctype html><html><head><title>{row['id']}</title>{when}</head><body><article><h1>Report {row['id']}</h1>"
        f"{body}</article></body></html>"
    )
