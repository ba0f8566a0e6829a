"""Rulings: what people decided, applied to readings, stories and records when they are read. Nothing kept is rewritten.

    readings ──words──▶ readings ──▶ lineage ──▶ collation (with the identities) ──▶ record ──differences──▶ record

Each function here is pure: what it is given without a ruling is what comes out when that ruling is undone. Of two
rulings that contradict each other the later holds.
"""

from variorum.rulings.anchors import find_words, same_words
from variorum.rulings.checks import checked
from variorum.rulings.holding import Held, concerning, held, placings
from variorum.rulings.lineage import on_lineage
from variorum.rulings.readings import Effect, on_readings
from variorum.rulings.records import identities, named_difference, on_record

__all__ = [
    "Effect",
    "Held",
    "checked",
    "concerning",
    "find_words",
    "held",
    "identities",
    "named_difference",
    "on_lineage",
    "on_readings",
    "on_record",
    "placings",
    "same_words",
]
