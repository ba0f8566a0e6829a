"""Engines: run a step over many tables. No step knows which engine runs it; every engine gives the same rows."""

from __future__ import annotations

from typing import Literal, get_args

from variorum.engine.cluster import Ray
from variorum.engine.pool import Pool
from variorum.engine.port import Engine, Step
from variorum.engine.serial import Serial

__all__ = ["ENGINES", "Engine", "EngineName", "Pool", "Ray", "Serial", "Step", "engine_named"]

EngineName = Literal["serial", "pool", "ray"]
ENGINES: tuple[EngineName, ...] = get_args(EngineName)


def engine_named(name: EngineName, *, workers: int = 0, address: str | None = None) -> Engine:
    """An engine by its name.

    Args:
        name: ``serial`` (this process), ``pool`` (processes of this machine) or ``ray`` (Ray Data).
        workers: processes; 0 stands for one a processor. ``serial`` has one.
        address: a running Ray cluster.

    Raises:
        MissingEngine: ``ray`` where Ray is not installed.
    """
    if name == "ray":
        return Ray(workers, address)
    return Pool(workers) if name == "pool" else Serial()
