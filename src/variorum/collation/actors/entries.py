"""The record's entries of actors: the name, kind, state and office shown, all names and mentions."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TypeVar

from variorum.collation.actors.cast import Cast
from variorum.collation.actors.groups import ActorKey, Group
from variorum.collation.naming import name_words, qualifiers
from variorum.collation.states import state_name, state_named
from variorum.collation.witness import Witness
from variorum.collation.words import concepts, fold
from variorum.model import Actor, ActorName, ReportedActor, Span
from variorum.model.reading import NameKind


def entries_of(groups: list[Group], witnesses: tuple[Witness, ...]) -> Cast:
    made: list[tuple[tuple[object, ...], Group, Actor]] = []
    for group in groups:
        actor = _entry(group)
        first = min(group.members, key=lambda m: (m[0].number, m[1].mentions[0].start))
        rank = (
            not actor.named,
            -len(group.reports),
            -len(actor.mentions),
            actor.name,
            first[0].number,
            first[1].mentions[0].start,
        )
        made.append((rank, group, actor))
    made.sort(key=lambda m: m[0])
    ids: dict[ActorKey, str] = {}
    actors = []
    for n, (_, group, actor) in enumerate(made, start=1):
        for witness, reported in group.members:
            ids[witness.number, reported.name] = f"actor-{n}"
        actors.append(
            Actor(
                id=f"actor-{n}",
                name=actor.name,
                kind=actor.kind,
                country=actor.country,
                role=actor.role,
                named=actor.named,
                names=actor.names,
                mentions=actor.mentions,
                why=actor.why,
            )
        )
    return Cast(tuple(actors), ids, witnesses)


def _entry(group: Group) -> Actor:
    members = sorted(group.members, key=lambda m: m[0].number)
    mentions: dict[Span, None] = {}
    names: Counter[tuple[int, str, str]] = Counter()
    for witness, actor in members:
        for mention in actor.mentions:
            span = witness.span(mention.extent)
            if span in mentions or not witness.is_read(mention.extent):
                continue
            mentions[span] = None
            if mention.form == "name":
                names[witness.number, witness.id, witness.words(mention.extent)] += 1
    return Actor(
        id="",
        name=_shown_name(group, members),
        kind=_kind(group, members),
        country=_majority([actor.country for _, actor in members if actor.country])
        if any(actor.country for _, actor in members)
        else None,
        role=_shown_role(members),
        named=any(actor.named for _, actor in members),
        names=tuple(ActorName(text=text, report=report, count=n) for (_, report, text), n in sorted(names.items())),
        mentions=tuple(mentions),
        why=tuple(dict.fromkeys(group.why)),
    )


T = TypeVar("T")


def _majority(values: list[T]) -> T:
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], str(value)))


def _kind(group: Group, members: list[tuple[Witness, ReportedActor]]) -> NameKind:
    """The kind that most reports take it for, among those that it was judged by."""
    return _majority([a.kind for _, a in members if (a.kind == "person") == group.person] or [members[0][1].kind])


def _shown_name(group: Group, members: list[tuple[Witness, ReportedActor]]) -> str:
    """The fullest form of the spelling that most origins use; of a state its common name."""
    state = next(
        (s for _, actor in members if actor.kind in ("government", "place") and (s := state_named(actor.name))), None
    )
    if state and members[0][1].named:
        return state_name(state) or members[0][1].name
    origins: dict[str, set[int]] = defaultdict(set)
    mentions: Counter[str] = Counter()
    for witness, actor in [m for m in members if m[1].named] or members:
        origins[actor.name].add(witness.origin)
        mentions[actor.name] += len(actor.mentions)
    if not group.person:
        # Of a body the commonest name, rather without an outlet's qualifier ("state-run").
        return min(origins, key=lambda name: (_qualified(name), -len(origins[name]), -mentions[name], -len(name), name))
    full = max(min(len(name_words(name)), 2) for name in origins)
    fullest = [name for name in origins if min(len(name_words(name)), 2) == full]
    return min(fullest, key=lambda name: (-len(origins[name]), -mentions[name], -len(name), name))


def _qualified(name: str) -> bool:
    return any("-" in word and fold(word) in qualifiers() for word in name.split())


def _shown_role(members: list[tuple[Witness, ReportedActor]]) -> str | None:
    """The office that most reports give, in its shortest wording."""
    roles = [actor.role for _, actor in members if actor.role]
    if not roles:
        return None
    heads = Counter(concepts(role) for role in roles)
    most = min(heads, key=lambda h: (-heads[h], -len(h), sorted(h)))
    return min((role for role in roles if concepts(role) == most), key=lambda role: (len(role), role))
