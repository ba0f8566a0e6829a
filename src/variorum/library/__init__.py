"""The library: the store put together with the steps. Reports are added, stories and records follow, changes are told.

library     Library: what the commands, the application and the API call
adding      a batch of reports on its way in: worked out on a snapshot, written in one transaction
places      where a report comes from: known, changed or new
placing     a gatherer over as much of the library as new reports can touch
settling    what the order of arrival did to the stories, taken out again
recording   a story's record with the rulings on it; its line and what search finds of it
news        what changed in a story, in plain words
deciding    rulings on their way in
"""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

from variorum.library.library import Library

__all__ = ["Library"]


class _Door(ModuleType):
    """``variorum.library(where)`` opens a library: this package and the facade's function have one name, and the package
    takes the function's place as soon as it is imported."""

    def __call__(self, where: str | Path | None = None) -> Library:
        """Open a library; see ``Library.open``."""
        return Library.open(where)


sys.modules[__name__].__class__ = _Door
