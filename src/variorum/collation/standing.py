"""Standing: what an entry rests on. Origins count, not outlets: three copies of one text corroborate nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from variorum.collation.witness import Witness
from variorum.model import Difference
from variorum.model.record import Standing


class Origins:
    """The origins behind reports."""

    def __init__(self, witnesses: tuple[Witness, ...]) -> None:
        self._of = {witness.id: witness.origin for witness in witnesses}

    def count(self, reports: Iterable[str]) -> int:
        """How many origins stand behind reports, by their ids."""
        return len({self._of[report] for report in reports})

    def standing(self, reports: Iterable[str], *, differs: bool) -> Standing:
        """The standing of an entry that these reports carry."""
        if differs:
            return "differs"
        return "corroborated" if self.count(reports) > 1 else "single"


def entries_that_differ(differences: Iterable[Difference]) -> Mapping[str, list[Difference]]:
    """The entries that reports give different accounts of.

    What only some reports have, a revised number and another label for the same voucher leave an entry's standing as
    it is.
    """
    found: dict[str, list[Difference]] = {}
    for difference in differences:
        if difference.kind not in ("only-in", "attribution", "label", "name") and not difference.revision:
            found.setdefault(difference.about.entry, []).append(difference)
    return found
