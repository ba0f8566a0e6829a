"""What gathering keeps of a report: a few hundred bytes by which it is found and compared."""

from __future__ import annotations

import datetime
import hashlib
from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rensa import RMinHash

from variorum.gathering.background import Terms, general_weight
from variorum.gathering.words import term, tokens
from variorum.model import ARTICLE_KINDS, Extent, Report

TERMS = 96
"""Terms kept of a report: the most telling ones. A whole agency report has about that many that tell anything."""
_WORDS = 1500
"""Words looked at: an event is told in the first of them, and a live blog or a book must not cost more."""
_TITLE = 2
"""A word of the headline counts as if it stood this many times more in the text."""
_LEAD = 40
"""Words of the opening that count once more: it says what happened, to whom and where."""
_SHINGLE = 5
"""Words of a run by which wording is compared."""
SIGNATURE = 24
_ROWS = 3
NO_DAY = np.iinfo(np.int32).min


KEPT = np.dtype(
    [
        ("terms", "<u4", (TERMS,)),
        ("counts", "u1", (TERMS,)),
        ("signature", "<u2", (SIGNATURE,)),
        ("telling", "u1", (TERMS // 8,)),
        ("chain", "<u8"),
    ]
)
"""How a library keeps a report's keys: one row of fixed width. ``telling`` has a bit for each term under which the report
can be found, as it was weighed when it arrived; ``chain`` is the same for the versions of one report."""


@dataclass(frozen=True, slots=True)
class Keys:
    """One report as gathering sees it. Depends on the report alone, not on what was gathered before."""

    day: int | None
    """Day of publication as a proleptic ordinal; null where no date to the day is known."""
    terms: Terms
    """Sorted."""
    counts: NDArray[np.uint8]
    """How often each term stands in the report, headline words more."""
    signature: NDArray[np.uint16]
    """Minhash of the runs of five words: the share of equal places estimates how much wording two reports share."""

    @property
    def bands(self) -> NDArray[np.uint32]:
        """Keys that two reports with much wording in common are likely to share."""
        bands: NDArray[np.uint32] = bands_of(self.signature[None])[0]
        return bands


def bands_of(signatures: NDArray[np.uint16]) -> NDArray[np.uint32]:
    """The bands of many signatures, a row each."""
    rows = signatures.reshape(len(signatures), SIGNATURE // _ROWS, _ROWS).astype(np.uint32)
    bands = np.broadcast_to(np.arange(rows.shape[1], dtype=np.uint32), rows.shape[:2])
    for place in range(_ROWS):
        bands = bands * np.uint32(0x9E3779B1) ^ rows[:, :, place]
    return bands


def chain_of(report: str) -> int:
    """What stands in ``chain`` for the versions of a report, by the id of the first."""
    digest = hashlib.blake2b(report.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little")


def story_text(report: Report) -> tuple[str, str]:
    """A report's headline, and the words that tell its story without it (all of the text where it has no blocks)."""
    head = report.headline
    pieces = [
        report.text[b.start : b.end]
        for b in report.blocks
        if b.kind in ARTICLE_KINDS and not (head and head.covers(b.extent))
    ]
    title = report.title or (head.of(report.text) if head else "")
    body = "\n".join(pieces) if pieces else _without(report.text, head)
    return title, body


def _without(text: str, head: Extent | None) -> str:
    return text if head is None else text[: head.start] + "\n" + text[head.end :]


def day_of(report: Report) -> int | None:
    """Day of publication, or of the dateline, as an ordinal; null where neither states a whole date."""
    stated = report.published if report.published and report.published.basis != "estimate" else None
    for date in (stated and stated.date, report.dateline and report.dateline.date):
        if date and len(date) >= 10:
            try:
                return datetime.date.fromisoformat(date[:10]).toordinal()
            except ValueError:
                continue
    return None


def order_of(report: Report) -> tuple[str, bytes, str]:
    """What reports are sorted by: time, then content, then id."""
    date = report.published.date if report.published else "9999"
    digest = hashlib.blake2b(report.text.encode("utf-8", "surrogatepass"), digest_size=12).digest()
    return date, digest, report.id


def keys_of(report: Report) -> Keys:
    """The keys of one report."""
    title, body = story_text(report)
    words = tokens(body, _WORDS)
    head = tokens(title, 60)
    counts = Counter(map(term, words))
    for key in map(term, head):
        counts[key] += _TITLE
    counts.update(map(term, words[:_LEAD]))
    found = np.fromiter(sorted(counts), dtype=np.uint32, count=len(counts))
    times = np.fromiter((min(counts[int(t)], 255) for t in found), dtype=np.uint8, count=len(counts))
    telling = general_weight(found) * (1 + np.log(times.astype(np.float32)))
    best = np.lexsort((found, -telling))[:TERMS]
    best = np.sort(best[telling[best] > 0])
    return Keys(
        day=day_of(report),
        terms=found[best],
        counts=times[best],
        signature=_wording(words or head, report.id),
    )


def _wording(words: list[str], blank: str) -> NDArray[np.uint16]:
    folded = [w.lower() for w in words]
    runs = zip(*(folded[shift:] for shift in range(_SHINGLE)), strict=False)
    made = RMinHash(num_perm=SIGNATURE, seed=1)
    made.update([" ".join(run) for run in runs] or [" ".join(folded) or blank])
    return np.array(made.digest(), dtype=np.uint32).astype(np.uint16)
