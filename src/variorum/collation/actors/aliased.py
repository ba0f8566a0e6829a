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
    for group in groups:
        if group.members and group.members[0][1].named:
            known[name_words(group.bearer().name)].append(group)
    for group in groups:
        for alias, text in sorted(set(_aliases(group))):
            others = [other for other in known[alias] if other.members and other is not group]
            if len(others) != 1 or others[0].reports & group.reports or decided.apart(group.members, others[0].members):
                continue
            other = others[0]
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
