#!/usr/bin/env python3
"""Make ``src/variorum/data/world/page_body.npz``: the trees that tell a page's article from what stands around it.

    bench/layout_train.py PAGES.jsonl.gz [--folds 6] [--out FILE]

PAGES holds an object a line, ``{"id", "url", "html", "body"}``: Zyte's article extraction benchmark
(https://github.com/scrapinghub/article-extraction-benchmark,
MIT) or a part of it. With ``--folds`` it first measures by
cross-validation over pages,
    so that the figure is one for pages that the trees have not seen; then it trains on all of them.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from pathlib import Path

import numpy as np
from sklearn.ensemble import ExtraTreesClassifier
from sklearn.model_selection import GroupKFold

from variorum.intake.page import page_rows
from variorum.intake.page_blocks import page_blocks, parse_page
from variorum.intake.page_body import BODY
from variorum.intake.page_features import FEATURES, look_at, words_in
from variorum.intake.page_marks import Marks
from variorum.intake.page_meta import page_meta

OUT = Path(__file__).parents[1] / "src/variorum/data/world/page_body.npz"


def shingles(text: str, n: int = 4) -> Counter[tuple[str, ...]]:
    words = words_in(text)
    return Counter(tuple(words[i : i + n]) for i in range(max(1, len(words) - n + 1))) if words else Counter()


def labels(texts: list[str], rows: np.ndarray, body: str) -> np.ndarray:
    """Which blocks are in the annotated body; a passage that stands on the page twice counts once, where likelier."""
    left, lines = shingles(body), Counter(tuple(words_in(line)) for line in body.split("\n"))
    told, container = rows[:, FEATURES.index("told")], rows[:, FEATURES.index("container")]
    made = np.zeros(len(texts), dtype=bool)
    for k in sorted(range(len(texts)), key=lambda k: (told[k] <= 0.6, -container[k], -len(texts[k]), k)):
        words = words_in(texts[k])
        if not words:
            continue
        if len(words) < 4:
            made[k] = lines[tuple(words)] > 0
            lines[tuple(words)] -= 1
            continue
        grams = [tuple(words[i : i + 4]) for i in range(len(words) - 3)]
        made[k] = sum(left[g] > 0 for g in grams) > len(grams) / 2
        if made[k]:
            left.subtract(grams)
    return made


def scored(pages: list[dict], chosen: list[np.ndarray]) -> dict[str, float]:
    """Precision, recall, F1 of 4-word shingles, averaged over pages, and the share of pages exactly right."""
    ps, rs, exact = [], [], 0
    for page, choice in zip(pages, chosen, strict=True):
        got, gold = shingles("\n\n".join(t for t, c in zip(page["texts"], choice, strict=True) if c)), page["gold"]
        both = sum((got & gold).values())
        ps.append(both / sum(got.values()) if got else float(not gold))
        rs.append(both / sum(gold.values()) if gold else 1.0)
        exact += got == gold
    p, r = sum(ps) / len(ps), sum(rs) / len(rs)
    return {
        k: round(float(v), 4)
        for k, v in (("p", p), ("r", r), ("f1", 2 * p * r / (p + r)), ("exact", exact / len(pages)))
    }


def trees() -> ExtraTreesClassifier:
    return ExtraTreesClassifier(70, min_samples_leaf=3, max_features=0.35, max_depth=14, n_jobs=1, random_state=0)


def taken_in(path: Path) -> list[dict]:
    pages = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            tree = parse_page(row["html"])
            shown = page_blocks(tree)
            seen = look_at(shown)
            words = [words_in(block.text) for block in shown]
            likely, rows = page_rows(tree, shown, seen, words, page_meta(tree, row.get("url")), Marks())
            texts = [shown[n].text for n in likely]
            pages.append(
                {
                    "texts": texts,
                    "rows": rows,
                    "gold": shingles(row["body"]),
                    "labels": labels(texts, rows, row["body"]),
                }
            )
    return pages


def split(pages: list[dict], votes: np.ndarray, least: float) -> list[np.ndarray]:
    ends = np.cumsum([len(page["texts"]) for page in pages])[:-1]
    return [part > least for part in np.split(votes, ends)]


def export(model: ExtraTreesClassifier, path: Path) -> None:
    roots, parts, start = [], [], 0
    for estimator in model.estimators_:
        tree = estimator.tree_
        value = tree.value[:, 0, 1] / tree.value[:, 0, :].sum(axis=1)
        leaf, own = tree.children_left < 0, np.arange(start, start + tree.node_count)  # a leaf leads to itself
        left = np.where(leaf, own, tree.children_left + start)
        right = np.where(leaf, own, tree.children_right + start)
        parts.append((np.where(leaf, 0, tree.feature), tree.threshold, left, right, value))
        roots.append(start)
        start += tree.node_count
    feature, threshold, left, right, value = (np.concatenate(column) for column in zip(*parts, strict=True))
    np.savez_compressed(
        path,
        features=np.array(FEATURES),
        roots=np.array(roots, dtype=np.int32),
        depth=np.array(max(e.tree_.max_depth for e in model.estimators_), dtype=np.int32),
        split_by=feature.astype(np.int16),
        threshold=threshold.astype(np.float32),
        left=left.astype(np.int32),
        right=right.astype(np.int32),
        value=value.astype(np.float32),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args()
    pages = taken_in(given.pages)
    rows, wanted = np.vstack([p["rows"] for p in pages]), np.concatenate([p["labels"] for p in pages])
    weight = np.concatenate([np.clip(np.sqrt([len(t) for t in p["texts"]]) / 10, 0.3, 3) for p in pages])
    group = np.repeat(np.arange(len(pages)), [len(p["texts"]) for p in pages])
    print("perfect choice of blocks:", scored(pages, [p["labels"] for p in pages]))
    if given.folds:
        votes = np.zeros(len(wanted))
        for train, test in GroupKFold(given.folds).split(rows, wanted, group):
            votes[test] = (
                trees().fit(rows[train], wanted[train], sample_weight=weight[train]).predict_proba(rows[test])[:, 1]
            )
        for least in sorted({0.45, 0.5, BODY, 0.6}):
            print(f"unseen pages, votes over {least}:", scored(pages, split(pages, votes, least)))
    model = trees().fit(rows, wanted, sample_weight=weight)
    export(model, given.out)
    print(f"{given.out}: {len(model.estimators_)} trees, {given.out.stat().st_size / 2**10:.0f} KB")


if __name__ == "__main__":
    main()
