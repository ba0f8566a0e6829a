"""The library: the store put together with the steps. Reports are added, stories and records follow, changes are told.

library     Library: what the commands, the application and the API call
adding      a batch of reports on its way in: worked out on a snapshot, written in one transaction
places      where a report comes from: known, changed or new
placing     a gatherer over as much of the library as new reports can touch
recording   a story's record with the rulings on it; its line and what search finds of it
news        what changed in a story, in plain words
deciding    rulings on their way in
"""

from variorum.library.library import Library

__all__ = ["Library"]
