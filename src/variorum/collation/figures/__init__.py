"""Figures over all reports: one entry a quantity, with every report's account of it in the order of time.

Two accounts are of one quantity where the same is counted (dead, wounded, votes …), of the same class of people, in
places and times that go together. A larger count of a later day is a revision: the earlier account stands and is
marked as superseded.
"""

from variorum.collation.figures.accounts import Account, later_than, of_another_year, updating, words_of_figure
from variorum.collation.figures.entries import collate_figures
from variorum.collation.figures.ledgers import Ledger

__all__ = ["Account", "Ledger", "collate_figures", "later_than", "of_another_year", "updating", "words_of_figure"]
