"""The cast: the actors of the record, and the way from any words of a report to one of them."""

from __future__ import annotations

from variorum.collation.actors.groups import ActorKey
from variorum.collation.witness import Witness
from variorum.model import Actor, Extent, Mention


class Cast:
    """The actors of the record and the way from any words of a report to one of them."""

    def __init__(self, actors: tuple[Actor, ...], ids: dict[ActorKey, str], witnesses: tuple[Witness, ...]) -> None:
        self.actors = actors
        self._ids = ids
        self._by_id = {actor.id: actor for actor in actors}
        self._witnesses = witnesses

    def id_of(self, witness: Witness, name: str | None) -> str | None:
        """The entry of an actor by the name that its report knows it by."""
        return self._ids.get((witness.number, name)) if name is not None else None

    def at(self, witness: Witness, extent: Extent | None) -> str | None:
        """The entry that words stand for."""
        actor = witness.index.at(extent) if extent is not None else None
        return self.id_of(witness, actor.name) if actor else None

    def all_at(self, witness: Witness, extent: Extent) -> list[str]:
        """The entries that are mentioned within words, each once, in the order of the text."""
        found = (self.id_of(witness, actor.name) for _, actor in witness.index.within(extent))
        return list(dict.fromkeys(actor for actor in found if actor))

    def mentions_of(self, witness: Witness, entry: str) -> list[Mention]:
        """The mentions of an entry in one report, in the order of the text."""
        return [m for m, actor in witness.mentions() if self.id_of(witness, actor.name) == entry]

    def __getitem__(self, entry: str) -> Actor:
        return self._by_id[entry]
