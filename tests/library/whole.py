"""Whether a library is whole: what its parts say of each other, asked of the store itself."""

from __future__ import annotations

from variorum import collation
from variorum.library import Library
from variorum.model import SearchQuery


def faults(library: Library) -> list[str]:
    """What does not hold; empty for a whole library."""
    found: list[str] = []
    reports: set[str] = set()
    for line in library.all_stories():
        record = library.record(line.id)
        held = library.store.reports_of(line.id)
        reports.update(held)
        latest = {library.versions(id)[-1] for id in held}
        if {r.id for r in record.reports} != latest:
            found.append(f"{line.id}: the record has other reports than the story")
        if (line.reports, line.origins, line.differences) != (
            len(record.reports),
            record.lineage.independent,
            len(record.differences),
        ):
            found.append(f"{line.id}: its line is not that of its record")
        found += [f"{line.id}: {problem}" for problem in collation.verify(record)]
        hits = library.search(SearchQuery(story=line.id, kinds=("report",), limit=1000))
        if {hit.report for hit in hits.hits} != set(held):
            found.append(f"{line.id}: the search does not find its reports")
    count = library.counts().reports
    if count != len(reports):
        found.append(f"{count} reports are counted, {len(reports)} are in stories")
    changes = [change.number for change in library.changes(limit=100_000)]
    if changes != list(range(1, len(changes) + 1)):
        found.append("the numbers of the changes have gaps")
    with library.store.snapshot() as now:
        rows = list(now.keys_between(None, None, undated=True))
        if len(rows) != count:
            found.append(f"{len(rows)} keys for {count} reports")
        counted: dict[int, int] = {}
        for row in rows:
            for term, n in _terms(row.key).items():
                counted[term] = counted.get(term, 0) + n
        if now.term_counts() != counted:
            found.append("the counts of terms are not those of the reports")
    return found


def _terms(key: bytes) -> dict[int, int]:
    import numpy as np

    from variorum.gathering.background import BUCKETS
    from variorum.gathering.keys import KEPT

    row = np.frombuffer(key, dtype=KEPT)[0]
    return dict.fromkeys(np.unique(row["terms"][row["counts"] > 0] % BUCKETS).tolist(), 1)
