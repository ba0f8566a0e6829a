"""Events: day, place, participants and status that do not match, and what only some reports tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import combinations
from typing import TypeVar

from variorum.collation.differences.draft import Collated, Draft, account, clipped, lacking
from variorum.collation.events import Happening, Telling, family_weight, modes_of, same_day
from variorum.collation.places import differ, is_wide, same_place
from variorum.collation.witness import Witness
from variorum.model import Extent, RecordEvent
from variorum.text.dates import find_dates

DONE = ("held", "under way")

REACH = 60
"""Characters around the words that tell an event within which its doer, place and day are shown with it."""


def find(found: Collated) -> Iterator[Draft]:
    """Differences within each event, and planned events that another report has seen happen."""
    told = _states_told(found)
    for entry, happening in found.events:
        yield from _days(entry, happening, found)
        yield from _places(entry, happening, found)
        yield from _parties(entry, happening, found)
        yield from _missing(entry, happening, told, found)
    yield from _days_apart(found)
    yield from _planned_and_done(found)
    yield from _called_off(found)


def label_of(entry: RecordEvent, found: Collated) -> str:
    """An event in a few words: its kind, who took part, where."""
    names = [found.cast[actor].name for actor in entry.participants[:3]]
    more = f" and {len(entry.participants) - 3} more" if len(entry.participants) > 3 else ""
    where = f", {entry.place}" if entry.place else ""
    who = f": {', '.join(names)}{more}" if names else ""
    return f"{entry.mode or entry.type.lower()}{who}{where}"


def _telling_extent(telling: Telling) -> Extent:
    """The words of a telling that show what it says: from whoever does it to the place and the day that follow."""
    witness, trigger, place = telling.witness, telling.event.trigger, telling.event.place
    sentence = witness.sentence(trigger.start)
    before = witness.text[max(sentence.start, trigger.start - REACH) : trigger.start]
    ends = [m.end for m, _ in witness.index.within(Extent(max(sentence.start, trigger.start - REACH), trigger.start))]
    cut = max((n + 1 for n, c in enumerate(before) if c in ',;:—–“”"'), default=0) + trigger.start - len(before)
    start = max(
        [e for e in ends if e <= trigger.start] + ([cut] if cut > trigger.start - len(before) else []), default=-1
    )
    end = place.end if place and trigger.end <= place.end <= trigger.end + REACH else trigger.end
    for found in find_dates(witness.text[end : min(sentence.end, end + REACH)], _anchor(witness))[:1]:
        if found.extent.start <= len(" on the "):
            end += found.extent.end
    if start < 0:
        start = trigger.start
    while start < trigger.start and not witness.text[start].isalnum():
        start += 1
    return Extent(start, end)


def _anchor(witness: Witness) -> date | None:
    try:
        return date.fromisoformat(witness.day or "")
    except ValueError:
        return None


T = TypeVar("T")


def _first(told: Iterable[T], key: Callable[[T], object]) -> list[T]:
    """The first two of each kind: to compare each with each, those that say the same need not all be there."""
    count: Counter[object] = Counter()
    kept = []
    for one in told:
        count[key(one)] += 1
        if count[key(one)] <= 2:
            kept.append(one)
    return kept[:MOST_KINDS]


MOST_KINDS = 60
"""Tellings of one event that are compared each with each."""


def _days(entry: RecordEvent, happening: Happening, found: Collated) -> Iterator[Draft]:
    dated = [t for t in happening.tellings if t.event.date]
    for a, b in combinations(_first(dated, lambda t: t.event.date), 2):
        if a.witness is not b.witness and not same_day(a.event.date or "", b.event.date or ""):
            yield _of_two_days(entry, a, b, found)
            return


DAYS_APART = 3
"""Days between two accounts of one event; what lies further apart may have happened twice."""
ONCE = ("meeting", "call", "visit", "vote", "agreement", "attack", "arrest", "protest", "resignation", "sentence")
"""Families of events that the same parties seldom repeat within a few days."""


def _days_apart(found: Collated) -> Iterator[Draft]:
    """Events that could not be held for one because their days differ, though all else is the same.

    Each of the two reports tells only one event of that kind between those parties, or it may have happened twice.
    """
    by_parties: dict[tuple[str, frozenset[str]], list[tuple[RecordEvent, Telling]]] = {}
    for entry, happening in found.events:
        for t in happening.tellings:
            if t.event.date and len(t.event.date) == 10 and t.family in ONCE and (len(t.parties) > 1 or t.place):
                by_parties.setdefault((t.family, frozenset(t.parties)), []).append((entry, t))
    for tellings in by_parties.values():
        entries: dict[int, set[str]] = {}
        for entry, t in tellings:
            entries.setdefault(t.witness.number, set()).add(entry.id)
        alone = [(entry, t) for entry, t in tellings if len(entries[t.witness.number]) == 1]
        for (entry, a), (other, b) in combinations(_first(alone, lambda told: (told[0].id, told[1].event.date)), 2):
            apart = abs((date.fromisoformat(a.event.date or "") - date.fromisoformat(b.event.date or "")).days)
            if a.witness is b.witness or entry.id == other.id or not 0 < apart <= DAYS_APART:
                continue
            if a.event.status != b.event.status or (a.place and b.place and not same_place(a.place, b.place)):
                continue
            yield _of_two_days(entry, a, b, found)
            break


def _of_two_days(entry: RecordEvent, a: Telling, b: Telling, found: Collated) -> Draft:
    return Draft(
        kind="date",
        entry=entry.id,
        label=label_of(entry, found),
        accounts=tuple(
            account(t.witness, _telling_extent(t), f"{t.witness.words(_telling_extent(t))} ({t.event.date})")
            for t in (a, b)
        ),
        weight=0.7 * (0.5 + family_weight(a.family) / 2),
        why=f"the same event is put on {a.event.date} and on {b.event.date}",
    )


def _places(entry: RecordEvent, happening: Happening, found: Collated) -> Iterator[Draft]:
    placed = [t for t in happening.tellings if t.place and t.event.place]
    for a, b in combinations(_first(placed, lambda t: (t.place, t.place_id)), 2):
        if a.witness is not b.witness and differ(a.place or "", b.place or "") and a.place_id != b.place_id:
            yield Draft(
                kind="place",
                entry=entry.id,
                label=label_of(entry, found),
                accounts=tuple(account(t.witness, t.event.place) for t in (a, b) if t.event.place),
                weight=0.65 * (0.5 + family_weight(a.family) / 2),
                why=f"the same event is put in {a.place} and in {b.place}",
            )
            return


def _parties(entry: RecordEvent, happening: Happening, found: Collated) -> Iterator[Draft]:
    """A gathering of which two reports list the participants, and not the same ones."""
    # The stops of a visit are a journey's, and told as such.
    listing = [t for t in happening.tellings if len(t.parties) >= 2 and t.family != "visit"]
    for a, b in combinations(_first(listing, lambda t: frozenset(t.parties)), 2):
        first, second = set(a.parties), set(b.parties)
        odd = [p for p in (*a.parties, *b.parties) if p not in first & second]
        if min(len(first), len(second)) < 3 and not _one_more(a, b, found):
            continue
        if a.witness is b.witness or not odd or len(first & second) < 2:
            continue
        if any(
            one in found.cast.all_at(t.witness, t.witness.sentence(t.event.trigger.start))
            for one in odd
            for t in (a, b)
            if one not in t.parties
        ):
            continue
        stand_ins = [one for one in odd if found.cast[one].kind != "person" or min(len(first), len(second)) >= 3]
        if any(_country_stands_for(found, one, first & second | {p for p in odd if p != one}) for one in stand_ins):
            continue
        names = ", ".join(found.cast[p].name for p in odd[:4])
        yield Draft(
            kind="participants",
            entry=entry.id,
            label=label_of(entry, found),
            accounts=tuple(account(t.witness, _listed(t)) for t in (a, b)),
            weight=0.5 * (0.5 + family_weight(a.family) / 2),
            why=f"the reports do not list the same participants: {names}",
        )
        return


def _one_more(a: Telling, b: Telling, found: Collated) -> bool:
    """Whether one report has the two sides of a meeting and the other them and further named persons, of whom the
    first says nothing at all."""
    few, many = sorted((a, b), key=lambda t: len(set(t.parties)))
    extra = set(many.parties) - set(few.parties)
    if not extra or not set(few.parties) <= set(many.parties):
        return False
    actors = [found.cast[p] for p in (*few.parties, *extra)]
    return all(actor.kind == "person" and actor.named for actor in actors) and not any(
        mention.report == few.witness.id for one in extra for mention in found.cast[one].mentions
    )


def _country_stands_for(found: Collated, party: str, others: set[str]) -> bool:
    """Whether a party is a state whose person, or a person whose state, the other list has instead."""
    country = found.cast[party].country
    return country is not None and any(found.cast[other].country == country for other in others)


def _listed(telling: Telling) -> Extent:
    extents = [*telling.event.actors, *telling.event.recipients]
    low, high = min(e.start for e in extents), max(e.end for e in extents)
    return Extent(low, high) if high - low <= 300 else telling.event.trigger


def _missing(entry: RecordEvent, happening: Happening, told: StatesTold, found: Collated) -> Iterator[Draft]:
    """An event that most reports tell and few leave out."""
    having = happening.reports
    weighty = family_weight(happening.tellings[0].family)
    if (
        len(found.witnesses) < 3
        or weighty < 0.6
        or len(entry.participants) < 2
        or 3 * len(having) < 2 * len(found.witnesses)
    ):
        return
    origins = {found.witnesses[n].origin for n in having}
    states = frozenset(state for party in happening.parties if (state := found.cast[party].country))
    key = happening.tellings[0].family
    without = [
        w
        for w in found.witnesses
        if w.number not in having
        and not (len(states) > 1 and any(own >= states for own in told.get((w.number, key), ())))
    ]
    if not without or len(origins) < 2 or len(having) < 2 * len(without) or _is_background(entry, found):
        return
    firsts = [next(t for t in happening.tellings if t.witness.number == n) for n in sorted(having)]
    yield Draft(
        kind="only-in",
        entry=entry.id,
        label=label_of(entry, found),
        accounts=tuple(account(t.witness, _telling_extent(t)) for t in firsts[:6]),
        lacking=lacking(without),
        weight=0.4 * weighty,
        told_by=firsts[0].witness.sentence(firsts[0].event.trigger.start),
        core=_core(entry, firsts, found),
        why=f"told by {len(having)} of {len(found.witnesses)} reports",
    )


def _core(entry: RecordEvent, tellings: list[Telling], found: Collated) -> tuple[str, ...]:
    """The family names of the first two who take part, and the words that tell it."""
    parties = [found.cast[party] for party in entry.participants[:2]]
    names = [actor.name.split()[-1] if actor.kind == "person" else actor.name for actor in parties]
    triggers = {t.witness.words(t.event.trigger) for t in tellings} | modes_of(tellings[0].family)
    return (*names, " ".join(sorted(triggers)))


StatesTold = dict[tuple[int, str], list[frozenset[str]]]
"""By report and family of events: the states that each telling brings together."""


def _states_told(found: Collated) -> StatesTold:
    """Where a report tells of states or bodies what another tells of their people, it lacks nothing."""
    told: StatesTold = {}
    for _, happening in found.events:
        for t in happening.tellings:
            states = frozenset(state for party in t.parties if (state := found.cast[party].country))
            if len(states) > 1:
                told.setdefault((t.witness.number, t.family), []).append(states)
    return told


def _is_background(entry: RecordEvent, found: Collated) -> bool:
    """Whether an event lies more than a week before every report that has a day: recalled, not reported."""
    days = [day for witness in found.witnesses if (day := _anchor(witness)) is not None]
    try:
        happened = date.fromisoformat(entry.date or "")
    except ValueError:
        return False
    return bool(days) and min(days) - happened > timedelta(days=7)


def _planned_and_done(found: Collated) -> Iterator[Draft]:
    """A visit that one report announces after the day on which another has seen it happen."""
    visits = [(entry, t) for entry, h in found.events for t in h.tellings if t.family == "visit" and t.actors]
    planned = [(entry, t) for entry, t in visits if t.event.status == "planned" and t.witness.day]
    told = set()
    for entry, plan in planned:
        done = [
            t
            for _, t in visits
            if t.event.status in DONE
            and t.witness is not plan.witness
            and set(t.actors) & set(plan.actors)
            and plan.place
            and t.place
            and _one_destination(plan, t)
            # "On a tour of Africa" is not yet in each of its states.
            and (t.event.date is not None or not is_wide(t.place))
            and (t.event.date or t.witness.day or "9999")[:10] <= (plan.witness.day or "")
        ]
        traveller = next(iter(a for a in plan.actors))
        if not done or (traveller, plan.witness.number) in told:
            continue
        told.add((traveller, plan.witness.number))
        best: dict[int, Telling] = {}
        for telling in sorted(done, key=lambda t: (t.event.date is None, t.key)):
            best.setdefault(telling.witness.number, telling)
        first = min(best.values(), key=lambda t: (t.event.date is None, t.event.date or "", t.key))
        day = first.event.date or first.witness.day
        yield Draft(
            kind="date",
            entry=entry.id,
            label=clipped(f"{found.cast[traveller].name}: {plan.event.mode or 'visit'}, {plan.place}"),
            accounts=(
                *(account(t.witness, _telling_extent(t)) for _, t in sorted(best.items())[:5]),
                account(plan.witness, _telling_extent(plan)),
            ),
            weight=0.65,
            why=f"done by {day} in one report, still to come in the other, which is of {plan.witness.day}",
        )


KEPT_OR_NOT = ("meeting", "visit", "vote", "agreement", "pledge", "call", "aid", "arrest")
"""Families of events of which a report may know that they did not come about."""


def _called_off(found: Collated) -> Iterator[Draft]:
    """What one report has planned or done and another denied or called off."""
    tellings = [(entry, t) for entry, h in found.events for t in h.tellings]
    off = [
        (entry, t)
        for entry, t in tellings
        # "Had not attacked" says little of the attack that another report means; a meeting is held or is not.
        if t.event.status in ("called off", "denied") and t.family in KEPT_OR_NOT
    ]
    by_party: dict[tuple[str, str], list[Telling]] = {}
    for _, telling in tellings:
        for party in telling.parties:
            by_party.setdefault((telling.family, party), []).append(telling)
    for entry, gone in off:
        rivals = [
            t
            for t in by_party[gone.family, gone.parties[0]]
            if t.event.status in ("planned", *DONE)
            and t.witness is not gone.witness
            and (set(gone.parties) <= set(t.parties) or set(t.parties) <= set(gone.parties))
            and (len(gone.parties) > 1 or (gone.place and t.place))
            and _one_destination(gone, t)
        ]
        if rivals:
            other = min(rivals, key=lambda t: t.key)
            yield Draft(
                kind="itinerary" if gone.family == "visit" else "date",
                entry=entry.id,
                label=label_of(entry, found),
                accounts=(account(other.witness, _telling_extent(other)), account(gone.witness, _telling_extent(gone))),
                weight=0.6,
                why=f"{other.event.status} in one report, {gone.event.status} in the other",
            )


def _one_destination(a: Telling, b: Telling) -> bool:
    return (a.place_id is not None and a.place_id == b.place_id) or same_place(a.place, b.place)
