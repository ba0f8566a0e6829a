"""What people decided about names, as the joining of actors asks for it."""

from __future__ import annotations

from variorum.collation.witness import Witness
from variorum.collation.words import folded
from variorum.model import Identities, ReportedActor

Members = list[tuple[Witness, ReportedActor]]


class Decided:
    """What people decided about names, as a look-up."""

    def __init__(self, identities: Identities) -> None:
        self.one = [{folded(name) for name in names} for names in identities.one]
        """For each decision that names are one's, the names."""
        self._two = [{folded(name): n for n, name in enumerate(names)} for names in identities.two]
        self._known: dict[tuple[int, str], set[tuple[str, ...]]] = {}

    def names(self, witness: Witness, actor: ReportedActor) -> set[tuple[str, ...]]:
        """What a report calls an actor by name."""
        key = (witness.number, actor.name)
        if key not in self._known:
            written = {folded(witness.words(m.extent)) for m in actor.mentions if m.form == "name"}
            self._known[key] = {folded(actor.name), *written}
        return self._known[key]

    def bears(self, witness: Witness, actor: ReportedActor, names: set[tuple[str, ...]]) -> bool:
        """Whether a report calls an actor by one of some names."""
        return actor.named and not names.isdisjoint(self.names(witness, actor))

    def marks(self, witness: Witness, actor: ReportedActor) -> tuple[tuple[int, int], ...]:
        """For each decision that holds names apart, which of them this actor bears."""
        if not self._two:
            return ()
        own = self.names(witness, actor)
        found = (
            (n, [number for name, number in sorted(two.items()) if name in own]) for n, two in enumerate(self._two)
        )
        return tuple((n, numbers[0]) for n, numbers in found if numbers)

    def apart(self, one: Members, other: Members) -> bool:
        """Whether two groups of actors bear names that are held apart."""
        if not self._two:
            return False
        marks = [
            {mark for witness, actor in members for mark in self.marks(witness, actor)} for members in (one, other)
        ]
        return any(a[0] == b[0] and a[1] != b[1] for a in marks[0] for b in marks[1])
