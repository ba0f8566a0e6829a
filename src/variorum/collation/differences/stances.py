"""Positions: one actor on both sides of an issue, votes and critics that only some reports have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from variorum.collation.differences.draft import Collated, Draft, account, clipped, lacking
from variorum.collation.positions import Stand
from variorum.model.reading import PositionBasis, Stance

VOTED = "vote votes voted voting ballot"
"""Words of which a report that has one tells a vote itself, whatever it says of it."""

EntryOf = dict[tuple[str, str, Stance, PositionBasis], str]

FOR = frozenset({"for", "supports"})
AGAINST = frozenset({"against", "condemns"})


def find(found: Collated) -> Iterator[Draft]:
    """Stances that contradict each other, votes and named critics of one report only."""
    voters: dict[tuple[str, Stance], set[int]] = defaultdict(set)
    for issue in found.issues:
        for stand in issue.stands:
            if stand.position.basis == "vote":
                voters[stand.actor, stand.position.stance].add(stand.witness.number)
    critics: set[str] = set()
    entry_of = {(p.actor, p.issue, p.stance, p.basis): p.id for p in found.positions}
    for issue in found.issues:
        label = issue.label
        by_actor: dict[str, list[Stand]] = defaultdict(list)
        for stand in issue.stands:
            by_actor[stand.actor].append(stand)
        for actor, stands in by_actor.items():
            yield from _both_sides(actor, stands, label, entry_of, found)
        yield from _votes(issue.stands, label, entry_of, voters, found)
        for actor, stands in by_actor.items():
            drafts = list(_critic(actor, stands, issue.stands, label, entry_of, found)) if actor not in critics else []
            critics |= {actor} if drafts else set()
            yield from drafts


def _both_sides(actor: str, stands: list[Stand], label: str, entry_of: EntryOf, found: Collated) -> Iterator[Draft]:
    for side, other in ((FOR, AGAINST),):
        first = [s for s in stands if s.position.stance in side]
        second = [s for s in stands if s.position.stance in other]
        # Who is on both sides in one report has changed, or is on each of something else.
        both = {s.witness.number for s in first} & {s.witness.number for s in second}
        first, second = ([s for s in own if s.witness.number not in both] for own in (first, second))
        pair = next(((a, b) for a in first for b in second if a.witness is not b.witness), None)
        if pair is None:
            continue
        a, b = sorted(pair, key=lambda s: (s.witness.number, s.position.start))
        yield Draft(
            kind="label",
            entry=entry_of[actor, label, a.position.stance, a.position.basis],
            label=f"{found.cast[actor].name} on {clipped(label, 50)}",
            accounts=(account(a.witness, a.position.extent), account(b.witness, b.position.extent)),
            weight=0.6,
            why=f"{a.position.stance} in one report, {b.position.stance} in the other",
        )


def _votes(
    stands: list[Stand],
    label: str,
    entry_of: EntryOf,
    voters: Mapping[tuple[str, Stance], set[int]],
    found: Collated,
) -> Iterator[Draft]:
    """The votes on an issue that one report alone tells. A vote that another report tells as one on something else, or
    on nothing it names, may be the same."""
    votes = [s for s in stands if s.position.basis == "vote"]
    reports = {s.witness.number for s in votes}
    if not votes or len(reports) != 1 or len(found.witnesses) < 2:
        return
    if all(len(voters[s.actor, s.position.stance]) > 1 for s in votes):
        return
    one = votes[0]
    unnamed = one.witness.words(one.position.extent).strip() == label
    extents = list(dict.fromkeys(s.position.extent for s in votes))
    yield Draft(
        kind="only-in",
        entry=entry_of[one.actor, label, one.position.stance, one.position.basis],
        label=f"vote of {found.cast[one.actor].name}" if unnamed else f"vote on {clipped(label, 50)}",
        accounts=tuple(account(one.witness, extent) for extent in extents[:4]),
        lacking=lacking(w for w in found.witnesses if w is not one.witness),
        weight=0.36,
        told_by=one.position.extent,
        core=(VOTED,),
        why=f"a vote that only one of {len(found.witnesses)} reports tells",
    )


def _critic(
    actor: str, stands: list[Stand], issue_stands: list[Stand], label: str, entry_of: EntryOf, found: Collated
) -> Iterator[Draft]:
    """A named person or body against something, whom no other report names at all."""
    entry = found.cast[actor]
    against = [s for s in stands if s.position.stance in AGAINST and s.position.basis == "words"]
    reports = {span.report for span in entry.mentions}
    if (
        not against
        or len(reports) > 1
        or len(found.witnesses) < 3
        or not entry.named
        or entry.kind not in ("person", "organisation")
    ):
        return
    one = against[0]
    yield Draft(
        kind="only-in",
        entry=entry_of[actor, label, one.position.stance, one.position.basis],
        label=f"{entry.name} on {clipped(label, 50)}",
        accounts=(account(one.witness, one.position.extent),),
        lacking=lacking(w for w in found.witnesses if w is not one.witness),
        weight=0.4 if len({s.witness.number for s in issue_stands}) > 1 else 0.28,
        told_by=one.position.extent,
        why=f"a critic whom only one of {len(found.witnesses)} reports names",
    )
