"""What the reading of statements costs on top of the bare spaCy pipeline, on the same texts in the same run.

    python bench/statements_speed.py TEXTS.jsonl.gz [--limit 40] [--rounds 3]

TEXTS holds one object a line with ``text``. The best of the rounds counts for either; the last line is one JSON object.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from pathlib import Path

from variorum.intake import report_from_text
from variorum.reading.parsed import language_model, parse_all
from variorum.reading.statements import find_statements


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--limit", type=int, default=40)
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    with gzip.open(args.texts, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line, _ in zip(lines, range(args.limit), strict=False)]
    reports = [report_from_text(text, id=str(n)) for n, text in enumerate(texts)]
    language_model()("A first text, so that loading is not counted.")
    parsing, finding, found = [], [], 0
    for _ in range(args.rounds):
        start = time.perf_counter()
        parsed = list(parse_all(reports))
        parsing.append(time.perf_counter() - start)
        start = time.perf_counter()
        found = sum(len(find_statements(one, ())) for one in parsed)
        finding.append(time.perf_counter() - start)
    words = sum(len(text.split()) for text in texts)
    print(
        json.dumps(
            {
                "texts": len(texts),
                "words": words,
                "statements": found,
                "spacy_words_per_s": round(words / min(parsing)),
                "statements_words_per_s": round(words / min(finding)),
                "cost_over_spacy": round(min(finding) / min(parsing), 4),
            }
        )
    )


if __name__ == "__main__":
    main()
