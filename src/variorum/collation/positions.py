"""Positions over all reports: actor by issue by stance, with the words and the vote behind each.

Issues in other words are one where they share what they are about; the label shown is one report's own words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from variorum.collation.actors import Cast
from variorum.collation.witness import Witness
from variorum.collation.words import concepts, folded, head_of
from variorum.model import Position, RecordPosition

LONGEST_LABEL = 90
"""Characters of an issue's label that are preferred: a longer one is shown only where no report gives a shorter."""


@dataclass(slots=True)
class Stand:
    """One report's telling of a position."""

    witness: Witness
    position: Position
    actor: str
    issue: str
    sense: frozenset[str]
    """Concepts of the issue's words."""
    head: str | None
    """Concept of the noun that the issue is about."""


@dataclass(slots=True)
class Issue:
    """Tellings that are on one issue."""

    stands: list[Stand] = field(default_factory=list)

    @property
    def label(self) -> str:
        """The issue in the words of a report: those that most reports share, short before long."""
        words = Counter(word for stand in self.stands for word in stand.sense)
        labels = sorted({stand.issue for stand in self.stands})
        uses = Counter(stand.issue for stand in self.stands)

        def rank(label: str) -> tuple[bool, float, int, int, str]:
            sense = concepts(label)
            shared = sum(words[word] for word in sense) / max(len(sense), 1)
            return len(label) > LONGEST_LABEL, -shared, -uses[label], len(label), label

        return min(labels, key=rank)


def collate_positions(
    witnesses: tuple[Witness, ...], cast: Cast
) -> tuple[tuple[RecordPosition, ...], tuple[Issue, ...]]:
    """One entry an actor, issue and stance; beside them the issues. ``standing`` is left at ``single``."""
    issues = _issues(_stands(witnesses, cast))
    issues.sort(key=lambda i: (-len(i.stands), i.stands[0].witness.number, i.stands[0].position.start))
    entries: list[RecordPosition] = []
    taken: set[str] = set()
    for issue in issues:
        label = issue.label
        taken.add(label)
        grouped: dict[tuple[str, str, str], list[Stand]] = defaultdict(list)
        for stand in issue.stands:
            grouped[stand.actor, stand.position.stance, stand.position.basis].append(stand)
        for (actor, _, _), stands in grouped.items():
            entries.append(
                RecordPosition(
                    id=f"position-{len(entries) + 1}",
                    actor=actor,
                    issue=label,
                    stance=stands[0].position.stance,
                    basis=stands[0].position.basis,
                    standing="single",
                    evidence=tuple(dict.fromkeys(s.witness.span(s.position.extent) for s in stands)),
                )
            )
    return tuple(entries), tuple(issues)


def _stands(witnesses: tuple[Witness, ...], cast: Cast) -> list[Stand]:
    found = []
    for witness in witnesses:
        for position in witness.reading.positions:
            actor = cast.at(witness, position.actor)
            if actor is None or position.end <= position.start or not witness.in_article(position.extent):
                continue
            issue = " ".join(witness.words(position.issue or position.extent).split())
            sense = concepts(issue)
            if sense:
                found.append(Stand(witness, position, actor, issue, sense, head_of(issue)))
    return found


def _issues(stands: list[Stand]) -> list[Issue]:
    """Issues: each telling joins the issue whose words are most like its own, compared over words that they share."""
    postings: dict[str, list[Issue]] = defaultdict(list)
    issues: list[Issue] = []
    order = sorted(stands, key=lambda s: (s.position.issue is None, -len(s.sense), s.witness.number, s.position.start))
    for stand in order:
        candidates: list[Issue] = []
        for word in sorted(stand.sense):
            candidates += [issue for issue in postings[word] if not any(issue is other for other in candidates)]
        scored = [(score, -n, issue) for n, issue in enumerate(candidates) if (score := _alike(stand, issue)) >= 0.5]
        if scored:
            issue = max(scored, key=lambda s: (s[0], s[1]))[2]
        else:
            issue = Issue()
            issues.append(issue)
        issue.stands.append(stand)
        for word in sorted(stand.sense):
            if not any(issue is other for other in postings[word]):
                postings[word].append(issue)
    for issue in issues:
        issue.stands.sort(key=lambda s: (s.witness.number, s.position.start, s.actor))
    return issues


def _alike(stand: Stand, issue: Issue) -> float:
    """How alike an issue's words are to a telling's: its best pair. The same head noun counts for itself."""
    return max(_pair(stand, other) for other in _distinct(issue.stands))


def _distinct(stands: list[Stand]) -> list[Stand]:
    return list({stand.issue: stand for stand in stands}.values())[:20]


def _pair(a: Stand, b: Stand) -> float:
    if a.issue == b.issue:
        return 1.0
    shared, fewer = len(a.sense & b.sense), min(len(a.sense), len(b.sense))
    if a.position.issue is None or b.position.issue is None:
        return 0.0
    if a.head is not None and a.head == b.head:
        return 0.25 + shared / fewer * (0.6 + 0.4 * shared / max(len(a.sense), len(b.sense)))
    # One common word out of one is enough only where both are short: "pauses" and "humanitarian pauses".
    more = max(len(a.sense), len(b.sense))
    if fewer == 1 and more > 3:
        return 0.4 * shared
    return shared / fewer * (0.6 + 0.4 * shared / more) if folded(a.issue) else 0.0
