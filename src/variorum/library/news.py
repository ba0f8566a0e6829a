"""What changed in a story, in words that a desk would use: the old record compared with the new one.

Entries have no lasting ids. One of the old record is the same as one of the new where they rest on the same words of a
report, or, where the report is a new version, where they tell the same thing of the same actor.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from variorum.model import (
    Change,
    Difference,
    FigureAccount,
    Reading,
    Record,
    RecordEvent,
    RecordFigure,
    RecordPosition,
    RecordStatement,
)
from variorum.model.shelf import ChangeTopic
from variorum.views import labels

MOST = 4
"""New entries of one kind that are told at once; a first look at a story is no list of all it holds."""
_WIDTH = 110
_ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_LIGHT = 0.3
"""Weight of a difference below which it is not told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One thing that changed, before it has its number and its story."""

    topic: ChangeTopic
    text: str
    entry: str | None = None
    report: str | None = None
    details: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """A story that a report came from, or went to."""

    story: str
    title: str
    whole: bool
    """Whether all of it came; or, of one that a report went to, whether it is new."""


def opened(record: Record) -> Iterator[News]:
    """What is told of a new story: that it is there, and what its first reports already disagree on."""
    first = record.reports[0]
    count = len(record.reports)
    more = f" with {labels.plural(count, 'report')} of {labels.plural(record.lineage.independent, 'origin')}"
    yield News(topic="story-opened", text=f"story opened{more if count > 1 else ''}: {named(first)}", report=first.id)
    for difference in _weighty(record.differences)[:MOST]:
        yield _new_difference(difference)


def compared(
    old: Record, new: Record, *, versions: Mapping[str, str] | None = None, moved_from: Mapping[str, Home] | None = None
) -> Iterator[News]:
    """What changed from one record of a story to the next, the weightiest first.

    Args:
        old: the record before.
        new: the record now.
        versions: for reports that are later versions, the id of the version before.
        moved_from: for reports that came from another story that one.
    """
    before = {reading.id for reading in old.reports}
    follows = dict(versions or {})
    yield from _reports(new, before | follows.keys(), moved_from or {})
    yield from _origins(old, new, before | follows.keys())
    yield from _figures(old, new, follows)
    yield from _differences(old, new)
    brief = {line.entry for line in new.brief}
    yield from _statements(old, new, brief)
    yield from _positions(old, new)
    yield from _events(old, new, brief)


def named(reading: Reading) -> str:
    """A report as a line of news names it: its headline and who published it."""
    source = labels.source(reading)
    heading = labels.shortened(labels.heading(reading), _WIDTH)
    return f"{heading} ({source})" if source else heading


def _who(reading: Reading | None) -> str:
    return (labels.source(reading) or labels.shortened(labels.heading(reading), 40)) if reading else "a report"


# ---- reports and origins -------------------------------------------------------------------------


def revised(earlier: Reading, later: Reading, changes: Sequence[Change]) -> News:
    """What is told of a new version of a report."""
    counted: Counter[str] = Counter(change.kind for change in changes)
    told = [
        labels.plural(counted[kind], f"sentence {words}", f"sentences {words}")
        for kind, words in _CHANGED.items()
        if counted[kind]
    ]
    what = labels.listed(told) if told else "nothing in the words of the story"
    text = f"{_who(later)} has changed its report: {what}: {labels.shortened(labels.heading(later), _WIDTH)}"
    return News(topic="report-revised", text=text, report=later.id, details={"earlier": earlier.id} | dict(counted))


_CHANGED = {"figure": "with another figure", "reworded": "reworded", "added": "added", "removed": "taken out"}


def _reports(new: Record, before: set[str], moved_from: Mapping[str, Home]) -> Iterator[News]:
    came: dict[Home, list[Reading]] = {}
    for reading in new.reports:
        if reading.id in before:
            continue
        if reading.id in moved_from:
            came.setdefault(moved_from[reading.id], []).append(reading)
        else:
            yield News(topic="report-added", text=f"new report: {named(reading)}", report=reading.id)
    for home, readings in came.items():
        title = f"“{labels.shortened(home.title, 70)}”"
        count = len(readings)
        what = f": {named(readings[0])}" if count == 1 else f" with {labels.plural(count, 'report')}"
        details = {"from": home.story, "reports": [reading.id for reading in readings]}
        if home.whole:
            yield News(topic="story-merged", text=f"{title} became part of this story{what}", details=details)
        elif count == 1:
            yield News(
                topic="report-moved", text=f"moved here from {title}{what}", report=readings[0].id, details=details
            )
        else:
            yield News(topic="report-moved", text=f"{count} reports moved here from {title}", details=details)


def parted(left: Mapping[str, Home]) -> Iterator[News]:
    """What is told of a story that reports have left.

    Args:
        left: for each of them the story that it is in now.
    """
    went: dict[Home, list[str]] = {}
    for report, home in left.items():
        went.setdefault(home, []).append(report)
    for home, reports in went.items():
        title, count = f"“{labels.shortened(home.title, 70)}”", labels.plural(len(reports), "report")
        details = {"to": home.story, "reports": sorted(reports)}
        if home.whole:
            yield News(topic="story-split", text=f"{count} parted from this story: {title}", details=details)
        else:
            yield News(topic="report-moved", text=f"{count} moved to {title}", details=details)


def _origins(old: Record, new: Record, before: set[str]) -> Iterator[News]:
    count = new.lineage.independent
    if count <= old.lineage.independent:
        return
    by_id = {reading.id: reading for reading in new.reports}
    fresh = [origin for origin in new.lineage.origins if before.isdisjoint(origin.reports)]
    for n, origin in enumerate(fresh[: count - old.lineage.independent], old.lineage.independent + 1):
        reading = by_id.get(origin.reports[0])
        ordinal = _ORDINALS[n] if n < len(_ORDINALS) else f"{n}th"
        credit = f", after {origin.credit}" if origin.credit and origin.credit != _who(reading) else ""
        yield News(
            topic="new-origin",
            text=f"{ordinal} independent origin: {_who(reading)}{credit}",
            report=origin.reports[0],
            details={"origins": n},
        )


# ---- figures -------------------------------------------------------------------------------------


def _figures(old: Record, new: Record, follows: Mapping[str, str]) -> Iterator[News]:
    """Numbers that a later count takes the place of, in another report or in a new version of the same."""
    before = _by_words((f, ((a.report, a.start, a.end) for a in f.accounts)) for f in old.figures)
    by_id = {reading.id: reading for reading in new.reports}
    for figure in new.figures:
        known = next((before[w] for a in figure.accounts if (w := (a.report, a.start, a.end)) in before), None)
        if known is not None:
            yield from _superseded(known, figure, by_id)
            continue
        for account in figure.accounts:
            earlier = _account_before(account, figure, old, follows)
            if earlier is not None and _differs(earlier, account):
                yield _revised(figure, earlier, account, by_id)
                break


def _superseded(old: RecordFigure, new: RecordFigure, by_id: dict[str, Reading]) -> Iterator[News]:
    """A figure whose standing account is now a later one that was not there before."""
    had = {(a.report, a.start, a.end) for a in old.accounts}
    standing = [a for a in old.accounts if a.superseded_by is None]
    for account in new.accounts:
        if (account.report, account.start, account.end) in had:
            continue
        place = (account.report, account.start, account.end)
        gone = [a for a in new.accounts if a.superseded_by and _place_of(a.superseded_by) == place]
        fallen = [a for a in gone if any(_same(a, s) for s in standing) and _differs(a, account)]
        if fallen:
            yield _revised(new, max(fallen, key=lambda a: (a.as_of or "", a.report, a.start)), account, by_id)
            return


def _place_of(span: Any) -> tuple[str, int, int]:
    return span.report, span.start, span.end


def _same(one: FigureAccount, other: FigureAccount) -> bool:
    return (one.report, one.start, one.end) == (other.report, other.start, other.end)


def _differs(one: FigureAccount, other: FigureAccount) -> bool:
    return (one.value, one.low, one.high, one.bound) != (other.value, other.low, other.high, other.bound)


def _account_before(
    account: FigureAccount, figure: RecordFigure, old: Record, follows: Mapping[str, str]
) -> FigureAccount | None:
    """What the version before said in the place of an account of the version after."""
    earlier = follows.get(account.report)
    if earlier is None:
        return None
    fitting = (a for f in old.figures if f.what == figure.what for a in f.accounts if a.report == earlier)
    return next(fitting, None)


def _revised(figure: RecordFigure, old: FigureAccount, new: FigureAccount, by_id: dict[str, Reading]) -> News:
    numbers = f"{labels.amount(old)} → {labels.amount(new)}"
    return News(
        topic="figure-revised",
        text=f"{'toll' if _is_toll(figure) else 'figure'} revised: {numbers} ({figure.what}), {_who(by_id.get(new.report))}",
        entry=figure.id,
        report=new.report,
        details={"what": figure.what, "before": old.value, "after": new.value},
    )


def _is_toll(figure: RecordFigure) -> bool:
    words = set(figure.what.lower().split())
    return not words.isdisjoint(_TOLL)


_TOLL = frozenset({"killed", "dead", "died", "deaths", "toll", "fatalities", "injured", "wounded", "hurt", "missing"})


# ---- differences ---------------------------------------------------------------------------------


def _weighty(differences: Iterable[Difference]) -> list[Difference]:
    kept = [d for d in differences if d.kind != "only-in" and not d.revision and d.weight >= _LIGHT]
    return sorted(kept, key=lambda d: (-d.weight, d.id))


def _differences(old: Record, new: Record) -> Iterator[News]:
    """Differences that were not there, those that have another side now, and those that went."""
    matched: set[str] = set()
    told = 0
    known = (*old.differences, *old.set_aside)
    for difference in sorted(new.differences, key=lambda d: (-d.weight, d.id)):
        before = next((d for d in known if _one_difference(d, difference)), None)
        if before is not None:
            matched.add(before.id)
        if difference not in _weighty((difference,)) or told == MOST:
            continue
        if before is None:
            told += 1
            yield _new_difference(difference)
        elif fresh := _values(difference) - _values(before):
            told += 1
            values = " / ".join(labels.shortened(value, 60) for value in sorted(fresh))
            text = f"another side to a difference ({difference.kind}), {difference.about.label}: now also {values}"
            yield News(topic="new-difference", text=text, entry=difference.id)
    aside = {d.id for d in old.set_aside} | {
        o.id for o in old.differences for d in new.set_aside if _one_difference(o, d)
    }
    for gone in _weighty(old.differences):
        if gone.id not in matched and gone.id not in aside:
            yield News(topic="difference-gone", text=f"no longer a difference ({gone.kind}): {gone.about.label}")


def _values(difference: Difference) -> set[str]:
    return {account.value for account in difference.accounts}


def _one_difference(one: Difference, other: Difference) -> bool:
    if one.kind != other.kind:
        return False
    places = [{(a.report, a.start, a.end) for a in d.accounts} for d in (one, other)]
    return bool(places[0] & places[1]) or (one.about.label == other.about.label and bool(_values(one) & _values(other)))


def _new_difference(difference: Difference) -> News:
    values = list(dict.fromkeys(labels.shortened(account.value, 60) for account in difference.accounts))
    sides = f": {' / '.join(values)}" if len(values) > 1 else ""
    text = f"new difference ({difference.kind}), {difference.about.label}{sides}"
    return News(topic="new-difference", text=text, entry=difference.id, details={"kind": difference.kind})


# ---- statements, positions, events ---------------------------------------------------------------


def _by_words(entries: Iterable[tuple[Any, Iterable[tuple[str, int, int]]]]) -> dict[tuple[str, int, int], Any]:
    return {place: entry for entry, places in entries for place in places}


def _statements(old: Record, new: Record, brief: set[str]) -> Iterator[News]:
    """Quotations that no report had, of speakers who count: those of the brief, and those who hold an office."""
    before = _by_words((s, ((v.report, *v.content[0]) for v in s.variants)) for s in old.statements)
    said = {_folded(v, old) for s in old.statements for v in s.variants}
    actors = {actor.id: actor for actor in new.actors}

    def counts(statement: RecordStatement) -> bool:
        speaker = actors.get(statement.speaker or "")
        quoted = statement.variants[0].kind != "indirect"
        return quoted and speaker is not None and speaker.named and (statement.id in brief or speaker.role is not None)

    by_id = {reading.id: reading for reading in new.reports}
    yield from _first(
        (s for s in new.statements if counts(s)),
        lambda s: any((v.report, *v.content[0]) in before or _folded(v, new) in said for v in s.variants),
        lambda s: News(
            topic="new-statement",
            text=(
                f"new statement of {actors[s.speaker or ''].name}: {_quoted(s, by_id)} "
                f"({_who(by_id.get(s.variants[0].report))})"
            ),
            entry=s.id,
            report=s.variants[0].report,
        ),
    )


def _folded(variant: Any, record: Record) -> str:
    text = next((r.text for r in record.reports if r.id == variant.report), "")
    return " ".join("".join(c for c in text[e[0] : e[1]].lower() if c.isalnum() or c == " ") for e in variant.content)


def _quoted(statement: RecordStatement, by_id: dict[str, Reading]) -> str:
    variant = statement.variants[0]
    return labels.quoted(labels.pieces(by_id[variant.report].text, variant.content, width=_WIDTH))


def _positions(old: Record, new: Record) -> Iterator[News]:
    names = [{actor.id: actor.name for actor in record.actors} for record in (old, new)]
    before = {(names[0].get(p.actor), p.issue, p.stance) for p in old.positions}
    places = _by_words((p, (_place_of(s) for s in p.evidence)) for p in old.positions)

    def known(position: RecordPosition) -> bool:
        told = (names[1].get(position.actor), position.issue, position.stance) in before
        return told or any(_place_of(s) in places for s in position.evidence)

    yield from _first(
        new.positions,
        known,
        lambda p: News(
            topic="new-position",
            text=f"new position: {names[1].get(p.actor, 'somebody')} {_STANCES[p.stance]} {p.issue}",
            entry=p.id,
            report=p.evidence[0].report if p.evidence else None,
        ),
    )


_STANCES = {
    "for": "is for",
    "against": "is against",
    "abstained": "abstained on",
    "undecided": "is undecided on",
    "condemns": "condemns",
    "supports": "supports",
}


def _events(old: Record, new: Record, brief: set[str]) -> Iterator[News]:
    places = _by_words((e, (_place_of(s) for s in e.mentions)) for e in old.events)
    kinds = {(e.type, e.mode, e.date) for e in old.events}
    lines = {line.entry: line.text for line in new.brief}

    def known(event: RecordEvent) -> bool:
        return any(_place_of(s) in places for s in event.mentions) or (event.type, event.mode, event.date) in kinds

    yield from _first(
        (event for event in new.events if event.id in brief),
        known,
        lambda e: News(
            topic="new-event",
            text=f"new event: {labels.shortened(lines[e.id], _WIDTH)}",
            entry=e.id,
            report=e.mentions[0].report if e.mentions else None,
        ),
    )


def _first(entries: Iterable[Any], known: Callable[[Any], bool], tell: Callable[[Any], News]) -> Iterator[News]:
    """What is told of the first entries that were not known."""
    told = 0
    for entry in entries:
        if told < MOST and not known(entry):
            told += 1
            yield tell(entry)
