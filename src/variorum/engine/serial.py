"""The serial engine: one batch after the other, in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")
U = TypeVar("U")


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Items in lists of ``size``, the last one shorter; drawn as needed."""
    drawn = iter(items)
    while batch := list(islice(drawn, size)):
        yield batch


def map_serially(step: Callable[[list[T]], Iterable[U]], items: Iterable[T], *, batch: int = 16) -> Iterator[U]:
    """The results of a step over batches of items, in order, with one batch in memory."""
    for some in batches(items, batch):
        yield from step(some)
