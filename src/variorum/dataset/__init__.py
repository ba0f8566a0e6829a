"""A data set: the stories of many reports as Parquet tables, made by steps that any engine runs.

inputs ──survey──▶ units ──read──▶ readings with keys ──windows──▶ stories ──collate──▶ rows ──publish──▶ tables
"""

from variorum.dataset.loader import readings
from variorum.dataset.run import Progress, Summary, run

__all__ = ["Progress", "Summary", "readings", "run"]
