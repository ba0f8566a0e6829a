"""Stories across windows: which ones a run changed, and where the readings of their reports lie.

A story of the data set is a chain of stories of windows that follow each other, and is named for the first of them. Only
chains that touch a window with new reports are looked at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from variorum.dataset.layout import Layout
from variorum.dataset.windows import BRIDGES, members_digest, placed, previous_window


@dataclass(frozen=True, slots=True)
class Chains:
    """Which story of a window goes on as which of the next."""

    onward: dict[str, str]
    back: dict[str, str]
    at: dict[str, str]
    """Window by story of a window, for those that are looked at."""
    members: dict[str, str]
    """Digest of the reports of a story of a window with new reports."""

    def root(self, story: str) -> str:
        """The first of the chain that a story of a window is in."""
        while story in self.back:
            story = self.back[story]
        return story

    def chain(self, root: str) -> tuple[tuple[str, str], ...]:
        """The stories of a chain from its first on, each with the digest of its reports where they may have changed."""
        found = [root]
        while found[-1] in self.onward:
            found.append(self.onward[found[-1]])
        return tuple((story, self.members.get(story, "")) for story in found)


@dataclass(frozen=True, slots=True)
class Relabelled:
    """What a run changes."""

    dropped: frozenset[str]
    """Stories of the data set whose rows no longer hold."""
    reports: pa.Table
    """The reports of the stories that are new or changed: ``report``, ``story``, ``window``, sorted by story and time."""


def merged_bridges(layout: Layout, windows: set[str], found: Iterable[pa.Table]) -> pa.Table:
    """The bridges of the last run with those of this one in the place of all that touch a window with new reports."""
    old = _old_bridges(layout)
    stale = windows | {before for window in windows if (before := previous_window(window))}
    kept = old.filter(pc.invert(pc.is_in(old["window"], pa.array(sorted(stale), pa.string()))))
    every = pa.concat_tables([kept, *found]).cast(BRIDGES)
    return every.take(pc.sort_indices(every, [(name, "ascending") for name in BRIDGES.names]))


def _old_bridges(layout: Layout) -> pa.Table:
    return pq.read_table(layout.bridges) if layout.bridges.exists() else BRIDGES.empty_table()


def relabel(layout: Layout, windows: set[str], bridges: pa.Table) -> Relabelled:
    """Which stories are new, changed or gone.

    Args:
        layout: the data set.
        windows: those with new reports.
        bridges: all of them, as this run leaves them.
    """
    before = _chains(layout, windows, _old_bridges(layout), new=False)
    after = _chains(layout, windows, bridges, new=True)
    looked_at = set(before.members) | set(after.members) | _differing(before, after)
    roots_before = {before.root(story) for story in looked_at if story in before.at}
    roots_after = {after.root(story) for story in looked_at if story in after.at}
    chains = {root: before.chain(root) for root in roots_before}
    dropped = {root for root in roots_before if root not in roots_after or after.chain(root) != chains[root]}
    changed = {root for root in roots_after if chains.get(root) != after.chain(root)}
    return Relabelled(frozenset(dropped), _reports(layout, after, changed))


def _differing(before: Chains, after: Chains) -> set[str]:
    """Stories of windows at an end of a bridge that is new or gone."""
    ends = set(before.onward.items()) ^ set(after.onward.items())
    return {story for pair in ends for story in pair}


def _chains(layout: Layout, windows: set[str], bridges: pa.Table, *, new: bool) -> Chains:
    rows = bridges.to_pylist()
    at: dict[str, str] = {}
    for row in rows:
        at[row["earlier"]] = row["window"]
        at[row["later"]] = f"{int(row['window']) + 1:06d}"
    members: dict[str, str] = {}
    for window in sorted(windows):
        if not new and not layout.window(window).exists():
            continue
        table = placed(layout, window, ["report", "story"]) if new else _last(layout, window)
        by_story: defaultdict[str, list[str]] = defaultdict(list)
        for report, story in zip(table["report"].to_pylist(), table["story"].to_pylist(), strict=True):
            by_story[story].append(report)
        for story, reports in by_story.items():
            at[story] = window
            members[story] = members_digest(reports)
    return Chains(
        onward={row["earlier"]: row["later"] for row in rows},
        back={row["later"]: row["earlier"] for row in rows},
        at=at,
        members=members,
    )


def _last(layout: Layout, window: str) -> pa.Table:
    return pq.read_table(layout.window(window), columns=["report", "story"])


def _reports(layout: Layout, chains: Chains, roots: set[str]) -> pa.Table:
    story_of: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for root in sorted(roots):
        for story, _ in chains.chain(root):
            story_of[chains.at[story]][story] = root
    found = list(_of_windows(layout, story_of))
    every = pa.concat_tables([_REPORTS.empty_table(), *found])
    order = [(name, "ascending") for name in ("story", "ordered", "digest", "report")]
    return every.take(pc.sort_indices(every, order))


_REPORTS = pa.schema(
    [
        ("report", pa.string()),
        ("ordered", pa.string()),
        ("digest", pa.binary(12)),
        ("date", pa.string()),
        ("language", pa.string()),
        ("story", pa.string()),
    ]
)


def _of_windows(layout: Layout, story_of: dict[str, dict[str, str]]) -> Iterator[pa.Table]:
    for window, roots in sorted(story_of.items()):
        table = placed(layout, window, _REPORTS.names)
        table = table.filter(pc.is_in(table["story"], pa.array(sorted(roots), pa.string())))
        named = pa.array([roots[story] for story in table["story"].to_pylist()], pa.string())
        yield table.set_column(table.schema.get_field_index("story"), "story", named)
