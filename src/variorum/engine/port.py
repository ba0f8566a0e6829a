"""The port: what every engine does. A step is a function of an Arrow table, and no step knows which engine runs it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

import pyarrow as pa

Step = Callable[[pa.Table], pa.Table]
"""A pure function of a module, or a ``functools.partial`` of one, so that it can be named to another process. What it loads
(a language model, a table), it loads once a process."""


TRIES = 3
"""How often the work on one table is begun whose worker dies each time, if it is not said: it may have been chance."""


class Engine(Protocol):
    """Runs steps over tables. Every engine gives the same rows.

    A fault of a step is raised where the results are drawn. What a worker that died was doing is done again, and no other
    table suffers by it; work that ends its worker each time is given up (``WorkerLost``), except by engines that never do so.
    """

    @property
    def apart(self) -> bool:
        """Whether steps run in processes of the engine's own, which may end without ending this one."""
        ...

    def map_batches(self, step: Step, tables: Iterable[pa.Table], *, tries: int = TRIES) -> Iterator[pa.Table]:
        """A step's result for each table, in the order of the tables; how rows are cut into tables is not promised.

        Args:
            step: called once for every table.
            tables: small (file names, ranges, keys); drawn as needed where the engine can.
            tries: how often the work on one table is begun whose worker dies each time.
        """
        ...

    def map_groups(
        self, step: Step, tables: Iterable[pa.Table], by: str, *, before: Step | None = None, tries: int = TRIES
    ) -> Iterator[pa.Table]:
        """A step's result for each group of rows with the same value in a column, in no particular order.

        Args:
            step: called once for every group, with all its rows, in no particular order.
            tables: all of one schema.
            by: the column; whole numbers or strings, no nulls.
            before: called on every table first, where the work is done, so that small tables (file names) go in and the
                rows that they stand for need not pass through this process.
            tries: as for ``map_batches``.
        """
        ...

    def close(self) -> None:
        """Ends what the engine started: processes, a cluster of its own. Work that is under way is given up."""
        ...
