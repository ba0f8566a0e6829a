"""Ids: every report of a data set has its own, and the same report twice counts once."""

from __future__ import annotations

from collections import defaultdict

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from variorum.dataset.layout import Layout
from variorum.dataset.windows import REGISTER

_COLUMNS = ["given", "content", "window"]


def register(layout: Layout, units: list[str]) -> pa.Table:
    """The reports of some units that the data set does not have yet, with the ids that they get.

    A report keeps the id that came with it unless another one, with another text or outlet, came with the same; then its id is
    told apart by its content. Of reports with one id, text and outlet, one is kept.
    """
    found: defaultdict[str, dict[bytes, tuple[str, str, int]]] = defaultdict(dict)
    for unit in units:
        table = pq.read_table(layout.read(unit), columns=_COLUMNS)
        columns = (table[name].to_pylist() for name in _COLUMNS)
        for row, (given, content, window) in enumerate(zip(*columns, strict=True)):
            found[given].setdefault(content, (window, unit, row))
    known = _known(layout, found)
    rows = []
    for given, contents in sorted(found.items()):
        alone = given not in known and len(contents) == 1
        for content, (window, unit, row) in sorted(contents.items()):
            if content not in known.get(given, ()):
                id = given if alone else f"{given}-{content.hex()[:8]}"
                rows.append({"report": id, "window": window, "unit": unit, "row": row})
    return pa.Table.from_pylist(rows, schema=REGISTER)


def _known(layout: Layout, found: dict[str, dict[bytes, tuple[str, str, int]]]) -> dict[str, set[bytes]]:
    """The contents that the data set has under ids of new reports."""
    known: defaultdict[str, set[bytes]] = defaultdict(set)
    ids = pa.array(list(found), pa.string())
    for file in sorted(layout.bridges.parent.glob("windows/*.parquet")):
        table = pq.read_table(file, columns=["given", "content"])
        table = table.filter(pc.is_in(table["given"], ids))
        for given, content in zip(table["given"].to_pylist(), table["content"].to_pylist(), strict=True):
            known[given].add(content)
    return dict(known)
