"""Variorum: many news reports of one event in, one record out.

>>> import variorum
>>> reading = variorum.read("Paris (AFP) — France will vote in favour, its foreign minister said on Monday.")
>>> record = variorum.collate([reading, another_reading])  # doctest: +SKIP

The words used here are fixed in ``docs/words.md``; the steps and their order in ``variorum.api``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from variorum.api import collate, gather, library, read, read_many
    from variorum.errors import VariorumError

__all__ = ["VariorumError", "collate", "gather", "library", "read", "read_many"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """The facade, imported when it is first used: the language library alone takes a second, and ``--help`` needs none of it."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from variorum import api, errors

    return getattr(errors if name == "VariorumError" else api, name)
