"""The serial engine: one table after the other, in this process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyarrow as pa

from variorum.engine.groups import groups
from variorum.engine.port import TRIES, Step


class Serial:
    """Runs steps here and now."""

    apart = False

    def map_batches(self, step: Step, tables: Iterable[pa.Table], *, tries: int = TRIES) -> Iterator[pa.Table]:
        """See ``Engine``."""
        return map(step, tables)

    def map_groups(
        self, step: Step, tables: Iterable[pa.Table], by: str, *, before: Step | None = None, tries: int = TRIES
    ) -> Iterator[pa.Table]:
        """See ``Engine``."""
        return map(step, groups(tables if before is None else map(before, tables), by))

    def close(self) -> None:
        """See ``Engine``."""
