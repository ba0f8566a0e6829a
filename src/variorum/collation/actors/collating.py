"""The steps from the actors of each report to the actors of the record."""

from __future__ import annotations

from dataclasses import replace

from variorum.collation.actors.aliased import join_aliased
from variorum.collation.actors.alike import join_alike
from variorum.collation.actors.cast import Cast
from variorum.collation.actors.entries import entries_of
from variorum.collation.actors.groups import Group, equal_names, of_other_kinds
from variorum.collation.actors.offices import join_offices, join_titles
from variorum.collation.decided import Decided
from variorum.collation.witness import Witness
from variorum.model import Identities


def collate_actors(witnesses: tuple[Witness, ...], identities: Identities | None = None) -> Cast:
    """All actors of all reports as entries with their names, mentions and the reasons for joining them.

    Args:
        witnesses: the reports.
        identities: what people decided about names; it holds whatever the names look like.
    """
    decided = Decided(identities or Identities())
    groups = of_other_kinds(equal_names(witnesses, decided), decided)
    join_titles(groups, decided)
    groups = [replace(group, number=n) for n, group in enumerate(g for g in groups if g.members)]
    join_alike(groups, decided)
    join_aliased(groups, decided)
    join_offices([group for group in groups if group.members])
    join_decided(groups, decided)
    return entries_of([group for group in groups if group.members], witnesses)


def join_decided(groups: list[Group], decided: Decided) -> None:
    """Last step: names that people hold to be one's."""
    for names in decided.one:
        bearing = [group for group in groups if any(decided.bears(w, a, names) for w, a in group.members)]
        for other in bearing[1:]:
            why = f"{bearing[0].bearer().name} = {other.bearer().name}: decided by a person"
            bearing[0].why += [*other.why, why]
            bearing[0].members += other.members
            other.members = []
