"""Made-up news reports for measuring speed and growth: the sizes and the vocabulary of real news, no real text.

    python bench/generate_reports.py [--reports 1000] [--per-day 1000] [--seed 1] > reports.jsonl

The same seed gives the same reports. Each line is ``{"id", "title", "text", "published", "outlet", "story"}``;
``story`` is the event that the report was made for, so that accuracy can be measured too.

What was measured on 840 articles of seven US outlets and is kept here: length (log-normal, median 570 words), the ranks
of common words (those of ``article_counts.tsv``), a distinct-word share of about one half at that length, one word in
five capitalised, one figure in seventy words, twenty words a sentence. Words beyond the 7,500 commonest and all names
are invented out of syllables. An event has its own actors (some recur from event to event), place, figures and forty
words of its own; each report uses some of them. A third of the reports after the first copy an agency's text, whole or
edited.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

import numpy as np

LOG_WORDS, SPREAD = 6.35, 0.76
SHORTEST, LONGEST = 40, 3000
SENTENCE = 20
TAIL = 60_000
ACTORS = 3000
EVENT_WORDS = 40
COPIED = 0.33
FIRST_DAY = date(2031, 1, 1)
OUTLETS = [f"Outlet {n}" for n in range(40)]


@dataclass(frozen=True)
class Event:
    """What the reports of one event have in common."""

    id: str
    names: list[str]
    figures: list[str]
    words: list[str]
    start: int
    lasts: int
    reports: int


@cache
def vocabulary() -> tuple[list[str], np.ndarray]:
    """Words by rank, the common ones real and the rest invented, with the share of the running text up to each."""
    lines = files("variorum").joinpath("data", "en", "article_counts.tsv").read_text("utf-8").splitlines()
    counted = [line.split("\t") for line in lines if not line.startswith("#")]
    counted.sort(key=lambda row: (-int(row[1]), row[0]))
    words = [word for word, _ in counted]
    rng = np.random.default_rng(7)
    words += [invented(rng, 3) for _ in range(TAIL)]
    shares = 1 / (np.arange(len(words)) + 2.7) ** 1.05
    return words, np.cumsum(shares / shares.sum())


@cache
def actors() -> list[str]:
    """People and bodies that come up again and again."""
    rng = np.random.default_rng(11)
    return [f"{invented(rng, 2).title()} {invented(rng, 3).title()}" for _ in range(ACTORS)]


def invented(rng: np.random.Generator, syllables: int) -> str:
    """A word that no dictionary has."""
    parts = [
        "bcdfghjklmnprstvwz"[rng.integers(18)]
        + "aeiou"[rng.integers(5)]
        + ("", "", "n", "r", "l", "s")[rng.integers(6)]
        for _ in range(syllables)
    ]
    return "".join(parts)


def make_event(rng: np.random.Generator, number: int, day: int) -> Event:
    """An event that breaks on a day."""
    words, _ = vocabulary()
    known = actors()
    recurring = [known[min(int(rng.zipf(1.3)), ACTORS) - 1] for _ in range(2)]
    own = [f"{invented(rng, 2).title()} {invented(rng, 2).title()}" for _ in range(3)]
    lasts = 1 + int(rng.integers(2)) if rng.random() > 0.05 else int(rng.integers(5, 25))
    return Event(
        id=f"e{number}",
        names=[*recurring, *own, invented(rng, 3).title()],
        figures=[str(int(rng.integers(2, 5000))) for _ in range(6)],
        words=[words[i] for i in rng.integers(500, 12_000, EVENT_WORDS)],
        start=day,
        lasts=lasts,
        reports=min(int(rng.zipf(1.7)), 60),
    )


def make_text(rng: np.random.Generator, event: Event) -> str:
    """One reporter's text on an event."""
    words, shares = vocabulary()
    length = int(np.clip(rng.lognormal(LOG_WORDS, SPREAD), SHORTEST, LONGEST))
    used = [event.words[i] for i in rng.permutation(EVENT_WORDS)[: EVENT_WORDS * 3 // 5]]
    ranks = np.searchsorted(shares, rng.random(length))
    kinds = rng.random(length)
    picks = rng.integers(1 << 30, size=length).tolist()
    out = []
    for place, (rank, kind, pick) in enumerate(zip(ranks.tolist(), kinds.tolist(), picks, strict=True)):
        if kind < 0.06:
            word = event.names[pick % len(event.names)]
        elif kind < 0.14:
            word = used[pick % len(used)]
        elif kind < 0.155:
            word = event.figures[pick % 6] if pick % 3 else str(pick % 3000)
        else:
            word = words[min(rank, len(words) - 1)]
        if place % SENTENCE == 0:
            word = word.capitalize()
        elif place % SENTENCE == SENTENCE - 1:
            word += ".\n" if pick % 3 == 0 else "."
        out.append(word)
    return " ".join(out).replace("\n ", "\n").rstrip(" .") + "."


def edited(rng: np.random.Generator, text: str) -> str:
    """A copy of a text: whole, cut short, or with a sentence here and there put otherwise."""
    sentences = text.split(". ")
    way = rng.random()
    if way < 0.3 or len(sentences) < 4:
        return text
    if way < 0.6:
        return ". ".join(sentences[: max(3, len(sentences) * 2 // 3)])
    words, shares = vocabulary()
    for place in rng.integers(len(sentences), size=max(1, len(sentences) // 8)).tolist():
        ranks = np.searchsorted(shares, rng.random(SENTENCE)).tolist()
        sentences[place] = " ".join(words[min(rank, len(words) - 1)] for rank in ranks).capitalize()
    return ". ".join(sentences)


def generate(count: int, *, per_day: int = 1000, seed: int = 1) -> Iterator[dict[str, str]]:
    """Reports in the order of their days, about ``per_day`` of them a day."""
    rng = np.random.default_rng(seed)
    waiting: dict[int, list[tuple[Event, int]]] = {}
    agency: dict[str, str] = {}
    made = events = day = 0
    while made < count:
        planned = len(waiting.get(day, ()))
        while planned < per_day:
            event = make_event(rng, events, day)
            events += 1
            for n in range(event.reports):
                on = day + int(rng.integers(event.lasts)) if n else day
                waiting.setdefault(on, []).append((event, n))
                planned += on == day
        for event, n in waiting.pop(day)[: count - made]:
            if n and event.id in agency and rng.random() < COPIED:
                text = edited(rng, agency[event.id])
            else:
                text = make_text(rng, event)
                agency.setdefault(event.id, text)
            title = [event.names[int(rng.integers(5))], *(event.words[i] for i in rng.integers(EVENT_WORDS, size=6))]
            yield {
                "id": f"r{made}",
                "title": " ".join(title),
                "text": text,
                "published": (FIRST_DAY + timedelta(day)).isoformat(),
                "outlet": OUTLETS[int(rng.integers(len(OUTLETS)))],
                "story": event.id,
            }
            made += 1
        if day % 30 == 0:
            agency = {id: text for id, text in agency.items() if int(id[1:]) > events - 40 * per_day}
        day += 1


def main() -> None:
    """Print reports as JSON Lines."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=1000)
    parser.add_argument("--per-day", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    for report in generate(given.reports, per_day=given.per_day, seed=given.seed):
        sys.stdout.write(json.dumps(report, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
