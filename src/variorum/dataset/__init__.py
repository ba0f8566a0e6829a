"""A data set: the stories of many reports as Parquet tables, made by steps that any engine runs.

inputs ──survey──▶ units ──read──▶ readings with keys ──windows──▶ stories ──collate──▶ rows ──publish──▶ tables
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from variorum.dataset.loader import readings
    from variorum.dataset.running import Progress, Summary, run

__all__ = ["Progress", "Summary", "readings", "run"]


def __getattr__(name: str) -> Any:
    # A worker imports the one module of its step; the language model's library alone takes two seconds.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from variorum.dataset import loader, running

    return loader.readings if name == "readings" else getattr(running, name)
