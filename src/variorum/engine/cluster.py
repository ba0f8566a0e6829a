"""The Ray engine: Ray Data over the processors of one machine or of a cluster.

All work is done by Ray *tasks*, none by actors: a task whose worker or node is lost is done again from what it was given, as
often as it takes (Ray Data has no limit that one could set), and there are no actors that could hold every processor while a
reader waits for one.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from variorum.engine.port import TRIES, Step
from variorum.errors import MissingEngine, WorkerLost

OBJECTS = 512 * 2**20
"""Bytes of shared memory for tables between tasks, where this process starts Ray itself; more than that goes to disk."""
LOOPBACK = "127.0.0.2" if sys.platform == "linux" else "127.0.0.1"
"""What a Ray of this process's own listens on. Ray puts the host's outer address in the place of ``127.0.0.1``, and then serves
the network; it leaves the other addresses of the loopback as they are, which Linux has."""
SHARES_A_PROCESSOR = 2
"""Shares that groups are spread over for every processor of the cluster, so that one large share does not hold up the rest. Ray
itself would make 200, whatever the number of rows."""


@dataclass
class Ray:
    """Runs steps as tasks of Ray, in a cluster that is there or in one that this process starts and stops.

    Raises:
        MissingEngine: Ray is not installed.
    """

    workers: int = 0
    """Processors to use where this process starts Ray itself; 0 stands for all."""
    address: str | None = None
    """A running cluster (``10.0.0.5:6379``); null for the one that ``RAY_ADDRESS`` names, or one of this process's own."""

    apart = True
    _own: bool = field(default=False, init=False, repr=False)

    def __post_init__(self) -> None:
        _ray()

    def map_batches(self, step: Step, tables: Iterable[pa.Table], *, tries: int = TRIES) -> Iterator[pa.Table]:
        """See ``Engine``."""
        given = list(tables)
        if given:
            data = self._connected()
            yield from _drawn(data.from_arrow(given).map_batches(step, batch_size=None, batch_format="pyarrow"))

    def map_groups(
        self, step: Step, tables: Iterable[pa.Table], by: str, *, before: Step | None = None, tries: int = TRIES
    ) -> Iterator[pa.Table]:
        """See ``Engine``."""
        given = list(tables)
        if given:
            rows = self._connected().from_arrow(given)
            if before is not None:
                rows = rows.map_batches(before, batch_size=None, batch_format="pyarrow")
            shares = max(2, SHARES_A_PROCESSOR * int(_ray().cluster_resources().get("CPU", 1)))
            yield from _drawn(rows.groupby(by, num_partitions=shares).map_groups(step, batch_format="pyarrow"))

    def close(self) -> None:
        """See ``Engine``."""
        if self._own:
            _ray().shutdown()
            self._own = False

    def _connected(self) -> Any:
        """Ray Data, connected. A Ray that this process starts listens on the loopback only and ends with it."""
        ray = _ray()
        logging.getLogger("ray.data").setLevel(logging.CRITICAL)
        address = self.address or os.environ.get("RAY_ADDRESS")
        if not ray.is_initialized():
            os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # else Ray tells its makers what it is used for
            quiet = {"log_to_driver": False, "logging_level": logging.ERROR}
            self._own = True  # also where this is interrupted half-way, so that it can be closed
            try:
                ray.init(**({"address": address} if address else self._alone()), **quiet)
            except Exception as error:
                # Ray raises anything here, a bare Exception where its processes do not answer within half a minute.
                self.close()
                raise WorkerLost(
                    f"Ray did not start ({(str(error).splitlines() or [type(error).__name__])[0]})"
                ) from error
        context = ray.data.DataContext.get_current()
        context.enable_progress_bars = False
        context.raise_original_map_exception = True
        context.execution_options.preserve_order = True
        # Of Ray's shuffles the one that needs no more processes than there are processors; each costs four seconds to start.
        context.shuffle_strategy = "sort_shuffle_pull_based"
        return ray.data

    def _alone(self) -> dict[str, Any]:
        """How Ray is started where there is no cluster."""
        return {
            "address": "local",
            "num_cpus": self.workers or None,
            "object_store_memory": OBJECTS,
            "include_dashboard": False,
            "_node_ip_address": LOOPBACK,
            # Left to itself, Ray ends a worker that has nothing to do for a second, and with it what it loaded, runs workers at
            # the lowest priority, so that any other program starves them, and keeps figures of itself that nobody will look at.
            "_system_config": {
                "idle_worker_killing_time_threshold_ms": 3_600_000,
                "worker_niceness": 0,
                "enable_metrics_collection": False,
                "task_events_report_interval_ms": 0,
                "event_stats": False,
            },
        }


def _ray() -> Any:
    try:
        import ray.data
    except ImportError as error:
        raise MissingEngine("Ray is not installed; it comes with: pip install 'variorum[ray]'") from error
    return ray


def _drawn(rows: Any) -> Iterator[pa.Table]:
    """The blocks of a data set as they come; a step's own fault comes out as it was raised."""
    from ray.exceptions import RayError, RayTaskError

    try:
        yield from rows.iter_batches(batch_size=None, batch_format="pyarrow")
    except RayTaskError as error:
        raise error.cause from error
    except RayError as error:
        raise WorkerLost(f"Ray gave up on a task ({str(error).splitlines()[0]})") from error
