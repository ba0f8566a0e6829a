#!/usr/bin/env python3
"""Measure how pages become reports: speed beside trafilatura, metadata against JSON-LD, plain text against the page.

    bench/layout.py PAGES.jsonl.gz [--limit N]

PAGES holds an object a line, ``{"id", "url", "html", "body"}`` (see layout_train.py). Three measurements:

speed       pages a second (processor time) of ``report_from_html`` and of ``trafilatura.extract``, turn about on the
            same pages: the median of some passes, and the first pass, which meets every line for the first time
metadata    headline, day and authors found with JSON-LD hidden, against what JSON-LD says
plain text  the page's visible text pasted as plain text: characters of the page's body that are body there too, and
            characters of body there that are none on the page
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import statistics
import time
from pathlib import Path
from typing import Any

import trafilatura

from variorum.intake.bylines import byline_names
from variorum.intake.language import find_language
from variorum.intake.page import report_from_html
from variorum.intake.page_blocks import parse_page
from variorum.intake.page_meta import json_article, page_meta
from variorum.intake.plain import report_from_text
from variorum.model import Report

STORY = {"body", "subheading", "quotation", "list", "dateline"}


def words(text: str | None) -> list[str]:
    return re.findall(r"\w+", (text or "").lower())


def speed(pages: list[dict[str, Any]], repeats: int) -> dict[str, Any]:
    """Processor time of both, page by page in turn; the first pass fills the caches, and is told apart."""
    passes: list[tuple[float, float]] = []
    for _ in range(1 + repeats):
        ours = theirs = 0.0
        for page in pages:
            start = time.process_time()
            report_from_html(page["html"], id=page["id"], url=page["url"])
            middle = time.process_time()
            trafilatura.extract(page["html"], url=page["url"])
            theirs += time.process_time() - middle
            ours += middle - start
        passes.append((len(pages) / ours, len(pages) / theirs))
    first, later = passes[0], passes[1:] or passes
    ratios = sorted(a / b for a, b in later)
    return {
        "pages_per_s": round(statistics.median(a for a, _ in later), 1),
        "trafilatura_pages_per_s": round(statistics.median(b for _, b in later), 1),
        "ratio": round(statistics.median(ratios), 3),
        "ratios": [round(ratio, 3) for ratio in ratios],
        "ratio_of_first_pass": round(first[0] / first[1], 3),
    }


def same_name(a: str, b: str) -> bool:
    """Whether two names are one person's or body's: the same words, but for middle names and initials."""
    x, y = words(a), words(b)
    return bool(x and y) and x[-1] == y[-1] and x[0] == y[0]


def metadata(pages: list[dict[str, Any]], show: int) -> dict[str, Any]:
    """Precision: of what is found, how much JSON-LD says too; recall: of what JSON-LD says, how much is found.

    Authors are those of the report and its bylines, each once. ``persons`` leaves out whom JSON-LD names that is no person:
    an agency, the outlet itself, a desk, a job title. ``bodies`` is the share of pages where it names nobody else, and
    ``bodies_known`` that of these where the report has the body as its outlet or in a credit.
    """
    kinds = ("headline", "day", "authors", "persons")
    counts = {what: {"said": 0, "found": 0, "right": 0, "hit": 0} for what in kinds}
    with_authors = bodies = bodies_known = 0
    for page in pages:
        tree = parse_page(page["html"])
        said, bare = page_meta(tree, page["url"]), page_meta(tree, page["url"], linked_data=False)
        if said == bare:
            continue  # without JSON-LD there is nothing to measure against
        full = {
            "headline": _linked(tree, "headline"),
            "day": _linked(tree, "datePublished"),
        }
        report = report_from_html(page["html"], id=page["id"], url=page["url"], linked_data=False)
        shown = report.headline.of(report.text) if report.headline else None
        day = report.published.date[:10] if report.published else None
        for what, gold, got in (
            ("headline", said.headlines[0] if said.headlines else None, shown),
            ("day", (said.published or "")[:10] or None, day),
        ):
            if not full[what] or not gold:
                continue
            right = got is not None and (got == gold if what == "day" else _near(gold, got))
            counts[what]["said"] += 1
            counts[what]["found"] += got is not None
            counts[what]["right"] += right
            counts[what]["hit"] += right
            if not right and show:
                print("metadata", what, page["url"][:80], "|", gold, "|", got)
        gold = _authors(tree)
        if not gold:
            continue
        names = _one_each([*report.authors, *(b.of(report.text) for b in report.bylines)])
        people = [name for name in gold if byline_names(f"By {name}")]
        with_authors, bodies = with_authors + 1, bodies + (not people)
        if not people:
            known = [report.outlet or "", *report.authors, *(credit.agency for credit in report.credits)]
            bodies_known += any(_within(a, b) for a in gold for b in known)
        for what, wanted in (("authors", gold), ("persons", people)):
            if wanted:
                hits = [any(same_name(name, other) for other in names) for name in wanted]
                rights = [any(same_name(name, other) for other in wanted) for name in names]
                for key, value in zip(
                    ("said", "hit", "found", "right"), (len(hits), sum(hits), len(rights), sum(rights)), strict=True
                ):
                    counts[what][key] += value
                if show and what == "persons" and not (all(hits) and all(rights)):
                    print("metadata persons", page["url"][:80], "|", gold, "|", names)
    made: dict[str, Any] = {
        what: {"said": c["said"], "precision": round(c["right"] / max(1, c["found"]), 3),
            "recall": round(c["hit"] / max(1, c["said"]), 3)}
        for what, c in counts.items()
    }  # fmt: skip
    return {
        **made,
        "bodies": round(bodies / max(1, with_authors), 3),
        "bodies_known": round(bodies_known / max(1, bodies), 3),
    }


def _authors(tree: Any) -> list[str]:
    """The authors as JSON-LD names them, several in one field apart."""
    article = json_article(tree)
    given = article.get("author") or article.get("creator") or []
    names = [
        part.get("name") if isinstance(part, dict) else part for part in (given if isinstance(given, list) else [given])
    ]
    parts = [part.strip() for name in names if isinstance(name, str) for part in re.split(r",| and |&|;|\|", name)]
    parts = [re.sub(r"(?i)^by ", "", part) for part in parts]
    return [part for part in parts if part and not part.startswith("http")]


def _one_each(names: list[str]) -> list[str]:
    """The names, a person who stands there in two forms once."""
    made: list[str] = []
    for name in names:
        if not any(same_name(name, other) for other in made):
            made.append(name)
    return made


def _linked(tree: Any, field: str) -> bool:
    return any(
        f'"{field}"' in (script.text or "") for script in tree.iter("script") if "ld+json" in (script.get("type") or "")
    )


def _near(a: str, b: str) -> bool:
    x, y = set(words(a)), set(words(b))
    return len(x & y) >= 0.7 * len(x | y)


def _within(a: str, b: str) -> bool:
    """Whether one name of a body holds all words of the other: "BBC", "BBC News"."""
    x, y = set(words(a)) - {"the"}, set(words(b)) - {"the"}
    return bool(x and y) and (x <= y or y <= x)


def body_characters(report: Report) -> set[int]:
    return {i for b in report.blocks if b.kind in STORY for i in range(b.start, b.end) if not report.text[i].isspace()}


def plain(pages: list[dict[str, Any]], show: int) -> dict[str, float]:
    kept, of_page, of_text = 0, 0, 0
    for page in pages:
        report = report_from_html(page["html"], id=page["id"], url=page["url"])
        pasted = report_from_text(report.text, id=page["id"], title=report.title)
        a, b = body_characters(report), body_characters(pasted)
        kept, of_page, of_text = kept + len(a & b), of_page + len(a), of_text + len(b)
        if a and len(a & b) < 0.9 * len(a) and show:
            print("plain", page["url"][:80], f"{len(a & b) / len(a):.2f}")
            for block in report.blocks:
                lost = [i for i in range(block.start, block.end) if i in a and i not in b]
                if len(lost) > 20:
                    kind = next(p.kind for p in pasted.blocks if p.start <= lost[0] < p.end)
                    print("     ", kind, repr(report.text[block.start : block.end][:110]))
    return {"body_kept": round(kept / max(1, of_page), 4), "body_precision": round(kept / max(1, of_text), 4)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--errors", action="store_true")
    given = parser.parse_args()
    with gzip.open(given.pages, "rt", encoding="utf-8") as lines:
        pages = [json.loads(line) for line in lines][: given.limit or None]
    report_from_html(pages[0]["html"], id="warm")  # loads the tables
    find_language("Das Parlament hat am Dienstag über den Haushalt des kommenden Jahres beraten. " * 4)  # loads a model
    print(
        json.dumps(
            {
                "pages": len(pages),
                "speed": speed(pages, given.repeats),
                "metadata": metadata(pages, given.errors),
                "plain_text": plain(pages, given.errors),
            }
        )
    )


if __name__ == "__main__":
    main()
