"""The steps that find the stories of a window, and those that go on in the next.

    keys ──entries──▶ pairs, by share of keys ──links, by share of reports──▶ stories of a window ──▶ bridges to the next window

Each window's keys are one file, which every worker reads for itself: what passes between the steps is names of files, and the
entries on their way to the share of keys in which they are joined. What is large, pairs and their comparison, is spread over
workers; a window's stories are put together by one, out of the few links that are left.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from variorum.dataset.keyrows import KEYS, keys_of_file
from variorum.dataset.layout import UNDATED, Layout, put, put_table
from variorum.gathering import Settings
from variorum.gathering.shelf import Links, Shelf
from variorum.gathering.windows import bridges, entries, links_of, name_of, nearest, pairs, shelf_of, stories_of_window

REPORTS_AT_ONCE = 2048
"""Reports whose entries are made, and whose pairs are compared, in one go: a report has up to 2,000 pairs, of 60 bytes each while
the nearest are found."""
REPORTS_A_SHARE = 4_000
"""Reports of a window for every share that its keys are joined in. Where all of so many reports are alike, joining their share
takes some 400 MB."""

PAIRS_A_ROW_GROUP = 1 << 16

REGISTER = pa.schema([("report", pa.string()), ("window", pa.string()), ("unit", pa.string()), ("row", pa.int64())])
"""New reports: their ids in the data set, and where they were read."""
WINDOWS = pa.schema([("window", pa.string())])
SPANS = pa.schema([("window", pa.string()), ("later", pa.string()), ("start", pa.int64()), ("stop", pa.int64())])
"""Reports of a window, or of a window and the next one, that are entered or compared in one go."""
ENTRIES = pa.schema(
    [
        ("group", pa.string()),
        ("boundary", pa.int64()),
        ("key", pa.uint64()),
        ("number", pa.uint32()),
        ("worth", pa.float32()),
    ]
)
PAIRS = pa.schema([("earlier", pa.uint32()), ("later", pa.uint32()), ("shared", pa.float32())])
LINKS = pa.schema([("a", pa.uint32()), ("b", pa.uint32()), ("alike", pa.float32())])
COPIES = LINKS.remove(2)
JOINED = pa.schema([("group", pa.string()), ("pairs", pa.int64())])
PLACED = KEYS.append(pa.field("story", pa.string()))
"""A report of a window with the story of the window that it is in, named for the story's first report."""
BRIDGES = pa.schema([("window", pa.string()), ("earlier", pa.string()), ("later", pa.string())])
"""A story of a window that goes on in the next one, as that one's story."""


def next_window(window: str) -> str | None:
    """The name of the window that follows; null for reports without a day."""
    return None if window == UNDATED else f"{int(window) + 1:06d}"


def previous_window(window: str) -> str | None:
    """The name of the window before."""
    return None if window == UNDATED else f"{int(window) - 1:06d}"


def assemble(table: pa.Table, *, root: str) -> pa.Table:
    """A step: puts the keys of the old and the new reports of each window into one file, in the order of the reports."""
    layout = Layout(Path(root))
    for window in table["window"].to_pylist():
        parts = [KEYS.empty_table()]
        if layout.window(window).exists():
            parts.append(pq.read_table(layout.window(window), columns=KEYS.names))
        register = pq.read_table(layout.work / "register.parquet", filters=[("window", "=", window)])
        for unit in sorted(set(register["unit"].to_pylist())):
            own = register.filter(pc.equal(register["unit"], unit))
            rows = pq.read_table(layout.read(unit), columns=KEYS.names).take(own["row"])
            parts.append(rows.set_column(0, "report", own["report"]))
        keys = pa.concat_tables([part.cast(KEYS) for part in parts])
        order = [(name, "ascending") for name in ("ordered", "digest", "report")]
        put_table(_keys_file(layout, window), keys.take(pc.sort_indices(keys, order)))
    return table


def _keys_file(layout: Layout, window: str) -> Path:
    return layout.work / "keys" / f"{window}.parquet"


def _current(layout: Layout, window: str) -> Path:
    """The file of a window: of this run where it has new reports, else of the last."""
    new = _keys_file(layout, window)
    return new if new.exists() else layout.window(window)


def spans(layout: Layout, windows: Iterable[str]) -> Iterator[pa.Table]:
    """What is to be entered so that the stories of some windows, and their bridges on both sides, can be found."""
    windows = sorted(windows)
    both = {(window, next_window(window)) for window in windows} | {(previous_window(w), w) for w in windows}
    wanted: list[tuple[str, str | None]] = [(window, None) for window in windows]
    wanted += sorted(
        (a, b) for a, b in both if a and b and _current(layout, a).exists() and _current(layout, b).exists()
    )
    for window, later in wanted:
        count = sum(pq.read_metadata(_current(layout, w)).num_rows for w in (window, later) if w)
        for start in range(0, count, REPORTS_AT_ONCE):
            row = {"window": window, "later": later, "start": start, "stop": min(count, start + REPORTS_AT_ONCE)}
            yield pa.Table.from_pylist([row], schema=SPANS)


def _shelf(layout: Layout, window: str, later: str | None) -> tuple[Shelf, int]:
    """The keys of a window, or of two, and where the second begins."""
    files = [_current(layout, w) for w in (window, later) if w]
    return _shelf_of(tuple((file, file.stat().st_mtime_ns, file.stat().st_size) for file in files))


@lru_cache(maxsize=2)
def _shelf_of(files: tuple[tuple[Path, int, int], ...]) -> tuple[Shelf, int]:
    """Kept for the next step in the same process; a file that was written anew is read anew."""
    shelf = shelf_of(keys for file, _, _ in files for keys in keys_of_file(file))
    return shelf, pq.read_metadata(files[0][0]).num_rows


def enter(table: pa.Table, *, root: str) -> pa.Table:
    """A step: the entries of some reports, each with the share of keys that it is joined in."""
    made = []
    for row in table.to_pylist():
        shelf, boundary = _shelf(Layout(Path(root)), row["window"], row["later"])
        keys, numbers, worth = entries(shelf, range(row["start"], row["stop"]))
        shares = 1 + len(shelf) // REPORTS_A_SHARE
        name = _of(row["window"], row["later"])
        names = pa.array([f"{name}.{share}" for share in range(shares)])
        group = names.take(pa.array((keys * _MIXED >> np.uint64(40)) % np.uint64(shares)))
        edge = pa.array(np.full(len(keys), boundary if row["later"] else -1))
        made.append(pa.table([group, edge, keys, numbers, worth], schema=ENTRIES))
    return pa.concat_tables(made)


_MIXED = np.uint64(0x9E3779B97F4A7C15)
"""Spreads keys that lie close together over the shares (Knuth's multiplicative hashing)."""


def join(table: pa.Table, *, root: str) -> pa.Table:
    """A step over the entries of one share: the pairs of reports that share keys, as a file."""
    group, boundary = table["group"][0].as_py(), table["boundary"][0].as_py()
    columns = [table[name].to_numpy() for name in ("key", "number", "worth")]
    a, b, shared = nearest(*pairs(*columns, boundary=None if boundary < 0 else boundary))
    table = pa.table([a, b, shared], schema=PAIRS)
    # Small row groups, since each step that compares wants the pairs of some later reports only.
    put(
        Layout(Path(root)).work / "pairs" / f"{group}.parquet",
        lambda path: pq.write_table(table, path, compression="zstd", row_group_size=PAIRS_A_ROW_GROUP),
    )
    return pa.table([[group], [len(a)]], schema=JOINED)


def compare(table: pa.Table, *, root: str) -> pa.Table:
    """A step: how much some reports resemble the earlier ones that share most keys with them, as files."""
    layout = Layout(Path(root))
    for row in table.to_pylist():
        name = _of(row["window"], row["later"])
        shelf, _ = _shelf(layout, row["window"], row["later"])
        wanted = (pc.field("later") >= row["start"]) & (pc.field("later") < row["stop"])
        files = sorted((layout.work / "pairs").glob(f"{name}.*.parquet"))
        own = pa.concat_tables([PAIRS.empty_table(), *(pq.read_table(file, filters=wanted) for file in files)])
        a, b, _ = nearest(*(own[column].to_numpy() for column in PAIRS.names))
        links = links_of(shelf, a, b, Settings())
        folder, share = layout.work / "links", f"{name}.{row['start']:012d}"
        put_table(folder / f"{share}.copies", pa.table([*links.copies.T], schema=COPIES))
        put_table(folder / f"{share}.links", pa.table([links.a, links.b, links.alike], schema=LINKS))
    return table


def _links(layout: Layout, window: str, later: str | None) -> Links:
    """The links of a window, or across two, in the order of the later report."""
    found = {}
    for kind, schema in (("links", LINKS), ("copies", COPIES)):
        files = sorted((layout.work / "links").glob(f"{_of(window, later)}.*.{kind}"))
        found[kind] = pa.concat_tables([schema.empty_table(), *map(pq.read_table, files)])
    a, b, alike = (column.to_numpy() for column in found["links"].columns)
    copies = np.stack([column.to_numpy() for column in found["copies"].columns], axis=1)
    return Links(a, b, alike, copies)


def _of(window: str, later: str | None) -> str:
    return f"{window}-{later or ''}"


def place(table: pa.Table, *, root: str) -> pa.Table:
    """A step: the stories of each window, in one file with the keys of their reports."""
    layout = Layout(Path(root))
    for window in table["window"].to_pylist():
        keys = pq.read_table(_keys_file(layout, window))
        shelf, _ = _shelf(layout, window, None)
        links = _links(layout, window, None)
        found = stories_of_window(shelf, links, Settings(), addresses=keys["address"].to_pylist())
        reports = keys["report"].to_pylist()
        story = [""] * len(reports)
        for members in found:
            name = name_of([reports[n] for n in members])
            for n in members:
                story[n] = name
        put_table(layout.new_window(window), keys.append_column(PLACED.field("story"), pa.array(story, pa.string())))
    return table


def bridge(table: pa.Table, *, root: str) -> pa.Table:
    """A step: which stories of a window go on in the next, for each pair of windows."""
    layout = Layout(Path(root))
    found: list[dict[str, str]] = []
    for row in table.to_pylist():
        window, later = row["window"], row["later"]
        shelf, _ = _shelf(layout, window, later)
        names = [name for w in (window, later) for name in placed(layout, w, ["story"])["story"].to_pylist()]
        members: defaultdict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(names):
            members[name].append(number)
        stories = sorted(members.values())
        found += [
            {"window": window, "earlier": names[stories[one][0]], "later": names[stories[other][0]]}
            for one, other in bridges(shelf, _links(layout, window, later), stories, Settings())
        ]
    return pa.Table.from_pylist(found, schema=BRIDGES)


def placed(layout: Layout, window: str, columns: list[str]) -> pa.Table:
    """Columns of the reports of a window with their stories: of this run where it has new reports, else of the last."""
    new = layout.new_window(window)
    return pq.read_table(new if new.exists() else layout.window(window), columns=columns)


def members_digest(reports: Iterable[str]) -> str:
    """What tells two sets of reports apart."""
    return hashlib.blake2b("\n".join(sorted(reports)).encode(), digest_size=12).hexdigest()
