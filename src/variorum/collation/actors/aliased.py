"""Names that a report gives one actor beside the one that it knows it by: another report may know it by that one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from variorum.collation.actors.groups import Group
from variorum.collation.decided import Decided
from variorum.collation.naming import name_words


def join_aliased(groups: list[Group], decided: Decided) -> None:
    """Third step: who is named in one report as what another report says that somebody is also called.

    Only names that one actor alone is called by are joined, and none that a report keeps apart.
    """
    known: defaultdict[tuple[str, ...], list[Group]] = defaultdict(list)
    also: defaultdict[tuple[str, ...], list[tuple[Group, str]]] = defaultdict(list)
    for group in groups:
        if group.members and group.members[0][1].named:
            known[name_words(group.bearer().name)].append(group)
            for alias, text in dict(_aliases(group)).items():
                also[alias].append((group, text))
    for alias in sorted(also):
        if len(also[alias]) != 1 or len(known[alias]) != 1:
            continue
        (group, text), other = also[alias][0], known[alias][0]
        if not (group.members and other.members) or group.reports & other.reports:
            continue
        if not decided.apart(group.members, other.members):
            group.why += [*other.why, f"{group.bearer().name} = {text}: a report gives both names to one"]
            group.members += other.members
            other.members = []


def _aliases(group: Group) -> Iterator[tuple[tuple[str, ...], str]]:
    """Names of an actor, as words and as written, that share no word with the one that the report knows it by."""
    for witness, actor in group.members:
        if not actor.named:
            continue
        usual = set(name_words(actor.name))
        for mention in actor.mentions:
            text = witness.words(mention.extent)
            words = name_words(text)
            if mention.form == "name" and words and usual.isdisjoint(words):
                yield words, text
