"""Actors over all reports: one entry for one person or body, homonyms apart, the unnamed each for itself.

Names of several words that are equal are one entry at once. What is left is compared in pairs that share a key (a
skeleton of consonants, a given name, initials, a kind of body), so that the cost grows with the names that look alike
and not with the square of all names. Two actors that one report keeps apart are never joined, but for two spellings
of one name.
"""

from variorum.collation.actors.cast import Cast
from variorum.collation.actors.collating import collate_actors

__all__ = ["Cast", "collate_actors"]
