#!/usr/bin/env python3
"""Mutate real pages and texts, take them in, and check what must hold of every report; one JSON line at the end.

    bench/fuzz_intake.py --pages PAGES.jsonl.gz [--cases N] [--seed S] [--out FOLDER]

PAGES holds an object a line with ``html`` (see layout_train.py). Each case is a page with one to four mutations (cut,
spliced with another, repeated, tags unclosed, bytes flipped, nested, entities, attributes, an encoding lied about, marks
of right-to-left writing, null bytes) given to intake as the bytes of a file. A process of its own does the work, and an
alarm after 5 seconds of its own time interrupts a case. A case passes when it gives reports, or one refusal with a reason; when
blocks stand in order without overlap inside the text; and when every span slices back to something visible. Failed
cases are kept in FOLDER.
"""

from __future__ import annotations

import argparse
import gzip
import json
import multiprocessing
import queue
import random
import re
import signal
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from variorum.errors import IntakeError
from variorum.intake.inputs import reports_from_bytes
from variorum.model import Report

SECONDS = 5.0
LARGEST = 3_000_000
"""Bytes to which a case is cut, so that what is measured is the page and not its length."""
TAG = re.compile(rb"</?[a-zA-Z][^<>]{0,300}>")
Told = tuple[int, str | None, float, str]
"""A case, its outcome (None as it begins), seconds, and its mutations."""
Mutation = Callable[[random.Random, bytes, bytes], bytes]


def span(rng: random.Random, page: bytes, longest: int = 5_000) -> tuple[int, int]:
    start = rng.randrange(len(page) + 1)
    return start, min(len(page), start + rng.randint(0, longest))


def cut(rng: random.Random, page: bytes, _: bytes) -> bytes:
    start, end = span(rng, page, max(1, len(page) // 2))
    return rng.choice((page[:start] + page[end:], page[:start], page[start:], page[start:end]))


def splice(rng: random.Random, page: bytes, other: bytes) -> bytes:
    start, _ = span(rng, page)
    a, b = span(rng, other, 50_000)
    return page[:start] + other[a:b] + page[start:]


def repeat(rng: random.Random, page: bytes, _: bytes) -> bytes:
    start, end = span(rng, page, 2_000)
    return page[:start] + page[start:end] * rng.choice((2, 10, 300)) + page[end:]


def unclose(rng: random.Random, page: bytes, _: bytes) -> bytes:
    share = rng.choice((0.02, 0.2, 1.0))
    closing = rng.random() < 0.7
    return TAG.sub(lambda m: b"" if m[0].startswith(b"</") == closing and rng.random() < share else m[0], page)


def flip(rng: random.Random, page: bytes, _: bytes) -> bytes:
    made = bytearray(page)
    for _n in range(min(len(made), rng.choice((1, 20, 500)))):
        made[rng.randrange(len(made))] = rng.randrange(256)
    return bytes(made)


def nest(rng: random.Random, page: bytes, _: bytes) -> bytes:
    start, _end = span(rng, page)
    tag = rng.choice((b"div", b"b", b"span", b"table", b"ul", b"blockquote", b"svg", b"form", b"a", b"object", b"q"))
    depth = rng.choice((3, 100, 300, 5_000))
    closing = b"</" + tag + b">" if rng.random() < 0.5 else b""
    return page[:start] + (b"<" + tag + b">") * depth + page[start:] + closing * depth


def entities(rng: random.Random, page: bytes, _: bytes) -> bytes:
    odd = (b"&#0;", b"&#x110000;", b"&#xD800;", b"&amp", b"&;", b"&#8238;", b"&nbsp;" * 50, b"&#x1F;", b"&notanentity;")
    return strewn(rng, page, odd)


def attributes(rng: random.Random, page: bytes, _: bytes) -> bytes:
    start, _end = span(rng, page)
    many = b" ".join(b"a%d=%d" % (n, n) for n in range(rng.choice((1, 200, 30_000))))
    odd = rng.choice(
        (many, b'class="' + b"related " * 2_000 + b'"', b"style='display:none", b'title="x>y" ' * 20, b"hidden")
    )
    return page[:start] + b"<p " + odd + b">" + page[start:]


def lie(rng: random.Random, page: bytes, _: bytes) -> bytes:
    text = page.decode("utf-8", "replace")
    encoding = rng.choice(("utf-16", "utf-16-le", "cp1252", "koi8-r", "shift_jis", "utf-7", "cp037", "utf-8-sig"))
    said = rng.choice((b"utf-8", b"iso-8859-1", b"shift_jis", b"nonsense", b"utf-16", b"utf-7"))
    return b'<!doctype html><html><meta charset="' + said + b'">' + text.encode(encoding, "replace")


def marks(rng: random.Random, page: bytes, _: bytes) -> bytes:
    odd = ["\u202e", "\u200f", "\u2066", "\u2028", "\ufeff", "\u200b", "\x85", "\u061c", "🧑\u200d🔬"]
    return strewn(rng, page, tuple(mark.encode() for mark in odd))


def nulls(rng: random.Random, page: bytes, _: bytes) -> bytes:
    return strewn(rng, page, (b"\0", b"\0\0", b"\x1b", b"\x08"))


def strewn(rng: random.Random, page: bytes, odd: tuple[bytes, ...]) -> bytes:
    places = sorted(rng.randrange(len(page) + 1) for _ in range(rng.choice((1, 20, 500))))
    parts = [page[a:b] + rng.choice(odd) for a, b in zip([0, *places], places, strict=False)]
    return b"".join(parts) + page[places[-1] :]


def as_text(_: random.Random, page: bytes, __: bytes) -> bytes:
    return TAG.sub(b"\n", page)


MUTATIONS: tuple[Mutation, ...] = (
    cut, splice, repeat, unclose, flip, nest, entities, attributes, lie, marks, nulls, as_text,
)  # fmt: skip


def check(report: Report) -> None:
    """Raises AssertionError where a report breaks what must hold of every one."""
    text, last = report.text, 0
    assert text, "an empty report"
    assert report.blocks or not text.strip("\0 \n\r\t\ufeff\u200b\u200e\u200f\u2028\x85\u00ad"), "a text without blocks"
    for block in report.blocks:
        assert last <= block.start < block.end <= len(text), f"{block} behind {last}"
        assert text[block.start : block.end].strip(), f"{block} shows nothing"
        last = block.end
    spans = [(e.start, e.end) for e in (report.headline, *report.bylines) if e is not None]
    spans += [(c.start, c.end) for c in report.credits]
    spans += [(d.start, d.end) for d in (report.dateline, report.published) if d and d.start is not None and d.end]
    for start, end in spans:
        assert 0 <= start < end <= len(text) and text[start:end].strip(), f"span {start}:{end}"
    json.dumps(text).encode("utf-8")


def on_alarm(_: int, __: FrameType | None) -> None:
    raise TimeoutError


def run(
    pages: list[bytes], first: int, cases: int, seed: int, out: Path | None, results: multiprocessing.Queue[Told]
) -> None:
    """Cases ``first`` to ``cases``; puts (case, outcome, seconds, mutations) for each, and before it (case, None, …)."""
    signal.signal(signal.SIGVTALRM, on_alarm)
    for case in range(first, cases):
        rng = random.Random(f"{seed}/{case}")
        page, other = rng.choice(pages), rng.choice(pages)
        chosen = [rng.choice(MUTATIONS) for _ in range(rng.randint(1, 4))]
        for mutation in chosen:
            page = mutation(rng, page, other)[:LARGEST]
        names = "+".join(mutation.__name__ for mutation in chosen)
        results.put((case, None, 0.0, names))
        named = rng.choice(("page.html", "page.html", "page.txt", "page"))
        start = time.process_time()
        signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
        try:
            outcome = "refused"
            for taken in reports_from_bytes(page, where=named):
                if isinstance(taken, IntakeError):
                    assert taken.reason, "a refusal without a reason"
                else:
                    check(taken)
                    outcome = "reports"
        except TimeoutError:
            outcome = "over time"
        except Exception:  # noqa: BLE001 (every kind of fault is what is looked for here)
            outcome = traceback.format_exc(limit=-3)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        if outcome not in ("refused", "reports") and out:
            (out / f"case-{seed}-{case}-{named}").write_bytes(page)
        results.put((case, outcome, time.process_time() - start, names))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--pages", required=True, type=Path)
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=1e9, help="stop after so many")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    with gzip.open(options.pages, "rt", encoding="utf-8") as lines:
        pages = [json.loads(line)["html"].encode("utf-8", "replace") for line in lines]
    if options.out:
        options.out.mkdir(parents=True, exist_ok=True)
    counts: Counter[str] = Counter()
    slowest, done, began = (0.0, ""), 0, time.monotonic()
    results: multiprocessing.Queue[Told] = multiprocessing.Queue()
    while done < options.cases and time.monotonic() - began < 60 * options.minutes:
        worker = multiprocessing.Process(
            target=run, args=(pages, done, options.cases, options.seed, options.out, results), daemon=True
        )
        worker.start()
        while done < options.cases and time.monotonic() - began < 60 * options.minutes:
            try:
                case, outcome, seconds, names = results.get(timeout=20 * SECONDS)
            except queue.Empty:  # code outside Python did not return, or the process died
                counts["hung or died"] += 1
                print(f"case {done}: hung or died", flush=True)
                done += 1
                break
            if outcome is None:
                continue
            done = case + 1
            slowest = max(slowest, (seconds, f"case {case}: {names}"))
            counts[outcome if outcome in ("refused", "reports", "over time") else "failed"] += 1
            if outcome not in ("refused", "reports"):
                print(f"case {case} ({names}): {outcome}", flush=True)
        worker.kill()
        worker.join()
    print(json.dumps({"cases": done, **dict(sorted(counts.items())), "slowest_s": round(slowest[0], 2),
        "slowest": slowest[1], "minutes": round((time.monotonic() - began) / 60, 1)}))  # fmt: skip


if __name__ == "__main__":
    main()
