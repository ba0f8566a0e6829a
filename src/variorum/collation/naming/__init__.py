"""Are these two names one actor's? A table of small named comparators for persons and one for bodies.

After the matching algorithms of nomenklatura: every comparator looks at one thing, has a weight and a reason, and the
judgement carries the sum and the reasons of those that spoke. Names themselves are never changed.
"""

from variorum.collation.naming.bearers import SAME, Bearer, Judgement, body_words, judge, name_words
from variorum.collation.naming.bodies import BODIES, is_generic, qualifiers
from variorum.collation.naming.persons import PERSONS
from variorum.collation.naming.spelling import given_alike, romanised, skeleton, sounds_alike

__all__ = [
    "BODIES",
    "PERSONS",
    "SAME",
    "Bearer",
    "Judgement",
    "body_words",
    "given_alike",
    "is_generic",
    "judge",
    "name_words",
    "qualifiers",
    "romanised",
    "skeleton",
    "sounds_alike",
]
