"""Makes data/en/statement_cues.tsv: how often each word, in each frame, attributes its content to somebody.

    python bench/statements_counts.py TRAIN.jsonl.gz [--out src/variorum/data/en/statement_cues.tsv]
    python bench/statements_counts.py TRAIN.jsonl.gz --circumstances src/variorum/data/en/statement_words.toml

TRAIN is annotated text, one object a line: ``text`` and ``statements`` with ``content``, ``source`` and ``cue`` as
lists of extents (the PolNeAR corpus in the form of the accuracy benchmark). Only words, frames and shares are kept;
no sentence is. A candidate counts as attributing if an annotated statement has its cue word in the cue and at least
half of its characters (intersection over union) in the content. Candidates inside an annotated content are left out:
contents are never nested.

With ``--circumstances`` it counts instead what the circumstances of a cue do to its odds: a table is made of every second
text, and in the other texts hits are set against those that this table lets expect, circumstance by circumstance, in
``PASSES`` rounds, so that circumstances that go together are not counted twice. The section of the file is replaced.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from variorum.intake.plain import report_from_text
from variorum.model import Extent
from variorum.reading.parsed import parse_all
from variorum.reading.statements.circumstances import circumstances
from variorum.reading.statements.direct import utterances
from variorum.reading.statements.frames import Candidate, candidates
from variorum.reading.statements.lexicon import CueTable, cue_table
from variorum.reading.statements.quoted import quoted_tokens
from variorum.reading.statements.tree import Tree
from variorum.text.quotes import find_quotations

PASSES, STEP, SMOOTH, SEEN, LEAST_SHARE = 6, 0.5, 20, 30, 0.2
"""Rounds, the part of a change taken in each, cases without a change added to each, cases needed, and the share of a word
in a frame from which on its circumstances count."""
WEIGHT = 3.0
"""How many occurrences the share of a word's class, or of its frame alone, is worth beside the word's own."""
OUT = Path(__file__).parents[1] / "src" / "variorum" / "data" / "en" / "statement_cues.tsv"

Counts = dict[tuple[str, str], list[int]]


def letters(extents: Iterable[Extent | list[int]], text: str) -> set[int]:
    """The code points of extents, blanks left out."""
    return {i for start, end in extents for i in range(start, end) if not text[i].isspace()}


def seen(tree: Tree, row: dict[str, Any], start: int, end: int, table: CueTable) -> Iterator[tuple[Candidate, bool]]:
    """A paragraph's candidates, each with whether the annotation has it."""
    text = row["text"]
    gold = [s for s in row["statements"] if start <= s["content"][0][0] < end and s["cue"]]
    quoted = quoted_tokens(tree, find_quotations(text[start:end]), start)
    spoken, loose = utterances(tree, quoted, table)
    hidden = {i for q in [*loose, *(q for u in spoken for q in u.pieces)] for i in range(q.first, q.last + 1)}
    used = {u.cue for u in spoken}
    for candidate in candidates(tree):
        at = tree.start[candidate.cue]
        if candidate.cue in hidden or candidate.cue in used:
            continue
        own = [s for s in gold if s["cue"][0][0] <= at < s["cue"][-1][1]]
        if not own and any(a <= at < b for s in gold for a, b in s["content"]):
            continue
        found = letters([tree.extent(a, b) for a, b in tree.runs(candidate.content)], text)
        hit = any(
            2 * len(found & wanted) >= len(found | wanted) for s in own for wanted in [letters(s["content"], text)]
        )
        yield candidate, hit


def factors(texts: Iterable[tuple[dict[str, Any], list[Tree]]], table: CueTable) -> dict[str, float]:
    """What each circumstance multiplies the odds of a cue by, in steps of 0.05; those that change little are left out."""
    cases: list[tuple[float, bool, list[str]]] = []
    for row, trees in texts:
        opening = True
        for tree in trees:
            if not tree.size:
                continue
            best: dict[int, tuple[float, bool, list[str]]] = {}
            for candidate, hit in seen(tree, row, tree.start[0], tree.end[-1], table):
                share = table.share(table.lemmas.get(candidate.word, candidate.word), candidate.frame)
                if share >= LEAST_SHARE and (candidate.cue not in best or share > best[candidate.cue][0]):
                    best[candidate.cue] = share, hit, list(circumstances(tree, candidate, opening=opening))
            cases += best.values()
            opening = opening and not any(s["content"][0][0] < tree.end[-1] for s in row["statements"])
    weights: dict[str, float] = defaultdict(float)
    times: dict[str, int] = {}
    for _ in range(PASSES):
        sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
        for share, hit, names in cases:
            odds = share / max(1.0 - share, 0.02) * math.exp(sum(weights[name] for name in names))
            for name in names:
                entry = sums[name]
                entry[0] += 1
                entry[1] += hit
                entry[2] += odds / (1.0 + odds)
        for name, (n, hits, expected) in sums.items():
            rate = expected / n
            found = (hits + SMOOTH * rate) / (n + SMOOTH)
            weights[name] += STEP * math.log(found / (1 - found) / (rate / (1 - rate)))
            times[name] = round(n)
    kept = {name: w for name, w in weights.items() if abs(w) > 0.08 and times[name] >= SEEN}
    return {name: round(math.exp(w) * 20) / 20 for name, w in sorted(kept.items())}


def shares(counts: Counts, table: CueTable) -> list[tuple[str, str, float]]:
    """Rows of the table: frames alone, classes by frame, words by frame."""
    by_class: Counts = defaultdict(lambda: [0, 0])
    by_frame: Counts = defaultdict(lambda: [0, 0])
    every: Counts = defaultdict(lambda: [0, 0])
    for (word, frame), (n, hits) in counts.items():
        kind = table.kind(word)
        target = by_frame["*", frame] if kind is None else by_class["*" + kind, frame]
        for group in (target, every["*", frame]):
            group[0] += n
            group[1] += hits
    rows = []
    for (_, frame), (n, hits) in every.items():
        alone, with_hit = by_frame.get(("*", frame), [0, 0])
        rows.append(("*", frame, (with_hit + WEIGHT * hits / n) / (alone + WEIGHT)))
    prior = {frame: share for _, frame, share in rows}
    kinds = {
        (kind, frame): (hits + WEIGHT * prior[frame]) / (n + WEIGHT)
        for (kind, frame), (n, hits) in by_class.items()
        if n > 4
    }
    rows += [(kind, frame, share) for (kind, frame), share in kinds.items()]
    for (word, frame), (n, hits) in counts.items():
        kind = table.kind(word)
        expected = kinds.get((f"*{kind}", frame), prior[frame])
        share = (hits + WEIGHT * expected) / (n + WEIGHT)
        if n > 1 and max(share, expected) >= 0.25:
            rows.append((word, frame, share))
    return sorted(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("train", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--circumstances", type=Path, help="count circumstances, into this file")
    args = parser.parse_args()
    with gzip.open(args.train, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    if args.circumstances:
        texts = [(row, [Tree(p) for p in parsed.paragraphs]) for row, parsed in parsed_rows(rows)]
        write_circumstances(args.circumstances, factors(texts[1::2], table_of(count(texts[::2]))))
        return
    write(args.out, count((row, [Tree(p) for p in parsed.paragraphs]) for row, parsed in parsed_rows(rows)))


def parsed_rows(rows: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], Any]]:
    """Rows with their parses."""
    reports = (report_from_text(row["text"], id=row["id"]) for row in rows)
    yield from zip(rows, parse_all(reports), strict=True)


def count(texts: Iterable[tuple[dict[str, Any], list[Tree]]]) -> Counts:
    """Occurrences and hits of each word in each frame."""
    table = cue_table()
    counts: Counts = defaultdict(lambda: [0, 0])
    for row, trees in texts:
        for tree in trees:
            if not tree.size:
                continue
            for candidate, hit in seen(tree, row, tree.start[0], tree.end[-1], table):
                entry = counts[table.lemmas.get(candidate.word, candidate.word), candidate.frame]
                entry[0] += 1
                entry[1] += hit
    return counts


def table_of(counts: Counts) -> CueTable:
    """A cue table of counts, not yet written."""
    known = cue_table()
    rows = shares(counts, known)
    return replace(
        known,
        shares={(word, frame): share for word, frame, share in rows if not word.startswith("*")},
        class_shares={(w[1:], frame): share for w, frame, share in rows if w.startswith("*") and w != "*"},
        frame_shares={frame: share for word, frame, share in rows if word == "*"},
        circumstances={},
    )


def write_circumstances(path: Path, found: dict[str, float]) -> None:
    """Replaces the factors in a table of words, its comments kept."""
    text = path.read_text(encoding="utf-8")
    head, rest = text.split("[circumstances]\n", 1)
    section, tail = rest.split("\n[", 1)
    comments = [line for line in section.splitlines() if line.startswith("#")]
    lines = [f'"{name}" = {value:.2f}'.rstrip("0") for name, value in found.items()]
    whole = "\n".join(line + "0" if line.endswith(".") else line for line in [*comments, *lines])
    path.write_text(f"{head}[circumstances]\n{whole}\n\n[{tail}", encoding="utf-8")


def write(out: Path, counts: Counts) -> None:
    """The table as a file."""
    head = [
        "# How surely a word attributes its content to somebody, by frame: share of its occurrences, in steps of 0.05.",
        "# Counted by bench/statements_counts.py over the training texts of PolNeAR 1.0 (Newell, Margolin and",
        "# Ruths 2018); words alone are kept, no text. '*' is any word, '*say' any word of that class in",
        "# statement_words.toml.",
    ]
    rows = [f"{word}\t{frame}\t{round(share * 20) / 20:.2f}" for word, frame, share in shares(counts, cue_table())]
    out.write_text("\n".join(head + rows) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
