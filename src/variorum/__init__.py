"""Variorum: many news reports of one event in, one record out.

>>> import variorum
>>> reading = variorum.read("Paris (AFP) — France will vote in favour, its foreign minister said on Monday.")
>>> record = variorum.collate([reading, another_reading])  # doctest: +SKIP

The words used here are fixed in ``docs/words.md``; the steps and their order in ``variorum.api``.
"""

from variorum.api import collate, gather, read, read_many
from variorum.errors import VariorumError

__all__ = ["VariorumError", "collate", "gather", "read", "read_many"]
__version__ = "0.1.0"
