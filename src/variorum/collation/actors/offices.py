"""Offices without a name, and who holds them."""

from __future__ import annotations

import re
from collections import defaultdict

from variorum.collation.actors.groups import Group
from variorum.collation.decided import Decided
from variorum.collation.witness import Witness
from variorum.collation.words import concepts
from variorum.model import Extent, ReportedActor


def join_titles(groups: list[Group], decided: Decided) -> None:
    """Within a report, an office with the body that it is at, and the name right behind it, are one person ("ambassador
    to the EU Ana Reis")."""
    bearing: dict[tuple[int, int], Group] = {}
    for group in groups:
        for witness, actor in group.members:
            if group.person and actor.named and actor.kind == "person":
                bearing.update({(witness.number, m.start): group for m in actor.mentions if m.form == "name"})
    for group in groups:
        witness, actor = group.members[0]
        if actor.named or not group.person or not actor.role:
            continue
        for mention in actor.mentions:
            behind = _AT_BODY.match(witness.text, mention.end) if mention.form == "role" else None
            holders = [bearing.get((witness.number, at)) for at in _word_starts(behind)] if behind else []
            holder = next((h for h in holders if h is not None), None)
            if holder is None or decided.apart(holder.members, group.members):
                continue
            holder.members += group.members
            holder.why.append(f"{holder.members[0][1].name} = {actor.name}: the name stands right behind the office")
            group.members = []
            break


_AT_BODY = re.compile(r"\s(?:to|at|for|of|in)\s(?:the\s)?((?:[^\W\d_a-z][\w.'’-]*\s){2,7})")


def _word_starts(behind: re.Match[str]) -> list[int]:
    """Where the second and later words of a run of capitalised words start."""
    return [behind.start(1) + m.end() for m in re.finditer(r"\s", behind[1])]


def join_offices(groups: list[Group]) -> None:
    """Third step: an office without a name ("the Peruvian interior minister") is the one person whom another report
    names in that office of that state or body."""
    persons = [g for g in groups if g.person and g.members[0][1].named]
    offices: dict[frozenset[str], list[Group]] = defaultdict(list)
    for group in persons:
        for role in sorted({concepts(actor.role) for _, actor in group.members if actor.role}, key=sorted):
            offices[role].append(group)
    for group in groups:
        witness, actor = group.members[0]
        if actor.named or not group.person or not actor.role:
            continue
        holders = offices.get(concepts(actor.role), [])
        fitting = [g for g in holders if _holds(g, witness, actor)]
        if len(fitting) != 1 or witness.number in fitting[0].reports:
            fitting = _without_it_here(fitting or holders, witness, actor)
        if len(fitting) == 1:
            fitting[0].members += group.members
            fitting[0].why.append(f"{fitting[0].bearer().name} = {actor.name}: the only one named in that office")
            group.members = []


def _without_it_here(holders: list[Group], witness: Witness, office: ReportedActor) -> list[Group]:
    """The one person in an office whom this report names as well, without any office: it then calls him by it.

    "Jane Roe regrets … The Supreme Court justice said …": another report says whose the office is.
    """
    if len(holders) != 1 or office.name.split(" ")[0].lower() in _INDEFINITE or _OWNED.search(office.name):
        return []
    here = [actor for other, actor in holders[0].members if other.number == witness.number]
    country = next((actor.country for _, actor in holders[0].members if actor.country), None)
    apart = office.country is not None and country is not None and office.country != country
    same = all(actor.role is None or concepts(actor.role) == concepts(office.role or "") for actor in here)
    return holders if here and same and not apart else []


_OWNED = re.compile(r"['’]s?\s")
_INDEFINITE = frozenset({"a", "an", "one", "another", "some", "any", "every", "each", "no"})


def _holds(group: Group, witness: Witness, office: ReportedActor) -> bool:
    """Whether a named person's state is the office's, or the words around his name have the body that it names."""
    country = next((actor.country for _, actor in group.members if actor.country), None)
    if office.country is not None:
        return office.country == country
    body = concepts(office.name) - concepts(office.role or "")
    return bool(body) and any(body <= _around_names(other, actor) for other, actor in group.members)


def _around_names(witness: Witness, actor: ReportedActor) -> frozenset[str]:
    """The concepts of the words directly before an actor's names in a report."""
    found: frozenset[str] = frozenset()
    for mention in actor.mentions:
        if mention.form == "name":
            sentence = witness.sentence(mention.start)
            found |= concepts(witness.words(Extent(max(sentence.start, mention.start - 40), mention.start)))
    return found
