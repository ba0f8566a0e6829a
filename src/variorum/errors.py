"""All exceptions that Variorum raises on purpose, in one tree.

Each message is one clear line for the person at the keyboard: it names the input and the reason.
"""

from __future__ import annotations


class VariorumError(Exception):
    """The root: catch it to catch everything that Variorum raises on purpose."""


class IntakeError(VariorumError):
    """One input could not become a report; the rest of a batch goes on.

    Attributes:
        where: the input as the user named it (a path, an address, a line of a stream).
        reason: why it was refused, in plain words.
    """

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"{where}: {reason}")
        self.where = where
        self.reason = reason


class NothingToDo(VariorumError):
    """Every input of a run was refused, or there was none."""


class BadRecord(VariorumError):
    """A file is not a record of this format, or a part of it does not hold."""


class BadDataset(VariorumError):
    """A folder is no data set that can be read or gone on with."""


class MissingModel(VariorumError):
    """The language model that reading needs is not installed."""


class MissingEngine(VariorumError):
    """The engine asked for is not installed."""


class WorkerLost(VariorumError):
    """A process that did part of the work died."""


class StoreError(VariorumError):
    """The library cannot be reached, read or written: a lost server, a locked file, a full disk. What was committed stays."""


class NotInLibrary(VariorumError):
    """The library holds no such story, report, entry or ruling."""


class BadRuling(VariorumError):
    """A ruling lacks what its kind needs, or names what is not there.

    Attributes:
        field: the field of the ruling that is wrong.
    """

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


class BadAccount(VariorumError):
    """An account cannot be made or changed as asked.

    Attributes:
        field: what is wrong with it: ``name``, ``password``, ``role``, ``label``.
    """

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


class AccountConflict(BadAccount):
    """It stands against what is there: the name is taken, or no admin would be left."""
