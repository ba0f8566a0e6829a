"""Events over all reports: tellings of one event are one entry with every mention of it.

Tellings are compared only with those of their family (meeting, visit, attack …) that share a participant. They are
one where participants, place and day go together; of a gathering of many, half of the fewer names is enough.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from variorum.collation.actors import Cast
from variorum.collation.places import same_place
from variorum.collation.tellings import Telling, family_of, family_weight, modes_of, record_type, tellings_of
from variorum.collation.witness import Witness
from variorum.collation.words import concepts
from variorum.model import Extent, RecordEvent, Span
from variorum.model.reading import EventStatus, EventType

__all__ = ["Happening", "Telling", "collate_events", "family_of", "family_weight", "modes_of", "same_day"]

NOBODY = ""
"""Stands for the parties of an event of which none is an entry."""


@dataclass(slots=True)
class Happening:
    """The tellings that are held to be of one event."""

    tellings: list[Telling] = field(default_factory=list)
    days: list[str] = field(default_factory=list)
    """The days that its tellings give, each once."""
    places: list[Telling] = field(default_factory=list)
    """For each place that its tellings give the first of them."""

    def add(self, telling: Telling) -> None:
        """Takes a telling for one of this event. Those with most participants come first."""
        self.tellings.append(telling)
        if telling.event.date and telling.event.date not in self.days:
            self.days.append(telling.event.date)
        if telling.place and all((telling.place, telling.place_id) != (t.place, t.place_id) for t in self.places):
            self.places.append(telling)

    @property
    def lead(self) -> Telling:
        """While it is put together: the first telling, which has most participants and says most of day and place."""
        return self.tellings[0]

    @property
    def parties(self) -> tuple[str, ...]:
        """All who take part in any telling, those first that most reports name."""
        counts = Counter(party for telling in self.tellings for party in telling.parties)
        order = list(dict.fromkeys(party for telling in self.tellings for party in telling.parties))
        return tuple(sorted(order, key=lambda party: (-counts[party], order.index(party))))

    @property
    def reports(self) -> set[int]:
        """Numbers of the reports that tell it."""
        return {telling.witness.number for telling in self.tellings}


def collate_events(witnesses: tuple[Witness, ...], cast: Cast) -> tuple[tuple[RecordEvent, ...], tuple[Happening, ...]]:
    """One entry an event, and beside each the tellings that it was made of; ``standing`` is left at ``single``."""
    happenings = _grouped(tellings_of(witnesses, cast))
    happenings.sort(key=lambda h: (-len(h.reports), -family_weight(h.tellings[0].family), h.tellings[0].key))
    return tuple(_entry(h, f"event-{n}") for n, h in enumerate(happenings, start=1)), tuple(happenings)


def _grouped(tellings: list[Telling]) -> list[Happening]:
    """Tellings with most participants first, so that each shorter one finds the fullest."""
    order = sorted(tellings, key=lambda t: (-len(t.parties), t.event.date is None, t.place is None, t.key))
    by_party: dict[tuple[str, str], list[Happening]] = defaultdict(list)
    happenings: list[Happening] = []
    for telling in order:
        candidates: list[Happening] = []
        open_ended = telling.family in ("protest", "vote") or not telling.parties or telling.recipient_words
        keys = (*telling.parties, NOBODY) if open_ended else telling.parties
        for party in keys:
            candidates += [h for h in by_party[telling.family, party] if not any(h is other for other in candidates)]
        scored = [(score, -n, h) for n, h in enumerate(candidates) if (score := _fits(telling, h)) > 0]
        if scored:
            happening = max(scored, key=lambda s: (s[0], s[1]))[2]
        else:
            happening = Happening()
            happenings.append(happening)
        happening.add(telling)
        for party in keys:
            known = by_party[telling.family, party]
            if not any(happening is other for other in known):
                known.append(happening)
    for happening in happenings:
        happening.tellings.sort(key=lambda t: t.key)
    return happenings


def _fits(telling: Telling, happening: Happening) -> float:
    """How well a telling fits an event: 0 where it cannot be of the same one."""
    lead = happening.lead
    score = _parties_agree(telling, lead)
    if score <= 0:
        return 0.0
    if {"denied", "called off"} & {telling.event.status} != {"denied", "called off"} & {lead.event.status}:
        return 0.0
    if telling.family == "meeting" and any(_is_other_pair(telling, other) for other in happening.tellings):
        return 0.0
    days = happening.days
    if telling.event.date and days and not any(same_day(telling.event.date, day) for day in days):
        return 0.0
    places = happening.places
    if telling.place and places and not any(_one_place(telling, other) for other in places):
        return 0.0
    if telling.family not in ("meeting", "visit", "attack", "vote") and not _about_agrees(telling, lead):
        return 0.0
    return score + (0.2 if telling.event.date and days else 0.0) + (0.2 if telling.place and places else 0.0)


def _is_other_pair(a: Telling, b: Telling) -> bool:
    """Whether two tellings are of two meetings: of two pairs, or of a pair on a day or in a place and of more elsewhere."""
    first, second = set(a.parties), set(b.parties)
    if len(first) == len(second) == 2:
        return len(first & second) == 1
    fewer, more = (a, b) if len(first) < len(second) else (b, a)
    pinned = fewer.event.date is not None and fewer.place is not None
    return len(fewer.parties) == 2 and len(more.parties) > 2 and pinned and not (more.event.date or more.place)


def _one_place(a: Telling, b: Telling) -> bool:
    return (a.place_id is not None and a.place_id == b.place_id) or same_place(a.place, b.place)


def _about_agrees(a: Telling, b: Telling) -> bool:
    """Whether what two tellings are about goes together; a telling that does not say is about anything."""
    if a.event.about is None or b.event.about is None:
        return True
    first = concepts(a.witness.words(a.event.about))
    second = concepts(b.witness.words(b.event.about))
    fewer = min(len(first), len(second))
    return fewer == 0 or len(first & second) / fewer >= 0.3


def _words_agree(a: Telling, b: Telling) -> bool:
    """Whether the words for nameless parties share half of the fewer concepts."""
    first, second = (
        {c for e in t.recipient_words or t.actor_words for c in concepts(t.witness.words(e))} for t in (a, b)
    )
    return bool(first & second) and len(first & second) / min(len(first), len(second)) >= 0.5


def _parties_agree(a: Telling, b: Telling) -> float:
    """How well the participants of two tellings go together, 0 to 1."""
    if a.family == "protest" and not (a.parties and b.parties):
        return 0.5 if a.witness is not b.witness else 0.0  # nameless crowds of one story are one
    if not a.parties and not b.parties:
        return 0.5 if a.witness is not b.witness and _words_agree(a, b) else 0.0
    if a.family == "vote" and a.legislature and b.legislature and a.event.type == b.event.type:
        return _one_vote(a, b)
    if a.recipient_words and b.recipient_words and not (a.actors and b.actors and not set(a.actors) & set(b.actors)):
        # "Rebels freed 14 hostages", "14 hostages were released": the same is done to the same.
        return 0.6 if _words_agree(a, b) else 0.0
    if a.family in ("meeting", "agreement"):
        first, second = set(a.parties), set(b.parties)
    else:
        # Who does it to whom: the doers must share one, and where both name those it is done to, they must too.
        if a.actors and b.actors and not set(a.actors) & set(b.actors):
            return 0.0
        if a.recipients and b.recipients and not set(a.recipients) & set(b.recipients):
            return 0.0
        if (
            bool(a.recipients) != bool(b.recipients)
            and a.family != "visit"
            and not (a.event.date and a.event.date == b.event.date)
        ):
            return 0.0
        first, second = set(a.parties), set(b.parties)
    shared = len(first & second)
    if not shared:
        return 0.0
    fewer = min(len(first), len(second))
    if fewer == 1:
        # One name says little of a gathering: place or day must be the same. A vote is cast once.
        if a.family == "vote" and first == second and a.witness is not b.witness and a.event.type == b.event.type:
            return 0.5
        pinned = (a.event.date and a.event.date == b.event.date) or (a.place and b.place and _one_place(a, b))
        return 0.5 if pinned else 0.0
    if a.family == "agreement" and (a.faceless or b.faceless) and a.witness is not b.witness:
        return 0.5 if _about_agrees(a, b) else 0.0  # "Chad and the rebels", "Chad and the Front for Unity"
    if a.witness is b.witness:
        if first == second:
            return 1.0
        spoken = any(t.event.place is None and t.event.date is None and t.event.mode == "talks" for t in (a, b))
        return 0.5 if a.family == "meeting" and shared == fewer and spoken else 0.0  # "met both", "told one of them"
    share = shared / fewer
    if a.family == "meeting" and shared < 2:
        return 0.0
    return share if share >= 0.5 and shared / len(first | second) >= 0.34 else 0.0


def _one_vote(a: Telling, b: Telling) -> float:
    """How well two parliaments' votes go together: "lawmakers voted for the treaty", "the Sejm ratified the pact"."""
    if a.actors == b.actors:
        return 1.0
    if a.legislature_of and b.legislature_of and a.legislature_of != b.legislature_of:
        return 0.0
    if a.witness is b.witness and not (a.legislature_of and b.legislature_of and (a.nameless or b.nameless)):
        return 0.0  # two votes, unless "lawmakers" tell the parliament's again
    return 0.6 if _about_agrees(a, b) else 0.0


def same_day(a: str, b: str) -> bool:
    """Whether two dates, each as precise as its text, may be one."""
    short = min(len(a), len(b))
    return a[:short] == b[:short]


def _entry(happening: Happening, id: str) -> RecordEvent:
    tellings = happening.tellings
    lead = max(
        tellings, key=lambda t: (len(t.parties), t.event.date is not None, -t.witness.number, -t.event.trigger.start)
    )
    actors = [party for t in tellings for party in t.actors]
    doers = tuple(dict.fromkeys(actors))
    others = tuple(dict.fromkeys(p for t in tellings for p in t.recipients if p not in doers))
    told_as: EventType = _commonest([t.event.type for t in tellings])
    dates = [t.event.date for t in tellings if t.event.date]
    places = [t.place for t in tellings if t.place]
    mentions = dict.fromkeys(t.witness.span(t.event.trigger) for t in tellings)
    about = next((t.witness.span(t.event.about) for t in tellings if t.event.about), None)
    return RecordEvent(
        id=id,
        type=record_type(lead.event.mode) or told_as,
        mode=_mode(lead, happening),
        participants=tuple(dict.fromkeys((*doers, *others))),
        actors=doers,
        recipients=others,
        place=_commonest(places) if places else None,
        date=_most_precise(dates),
        status=_status(tellings),
        standing="single",
        mentions=tuple(mentions),
        about=about,
        actor_words=() if doers else _spans(lead, lead.actor_words),
        recipient_words=() if others else _spans(lead, lead.recipient_words),
    )


def _spans(telling: Telling, words: tuple[Extent, ...]) -> tuple[Span, ...]:
    return tuple(telling.witness.span(extent) for extent in words)


def _mode(lead: Telling, happening: Happening) -> str | None:
    """The mode of the fullest telling; talks of several parties, or in a place, are a meeting."""
    several = len(lead.parties) >= 3 or any(t.place for t in happening.tellings)
    if lead.family == "meeting" and lead.event.mode != "call" and several:
        return "meeting"
    return lead.event.mode


T = TypeVar("T")


def _commonest(values: Sequence[T]) -> T:
    """The value that stands most often, the first of equals."""
    counts = Counter(values)
    return max(values, key=lambda value: (counts[value], -values.index(value)))


def _most_precise(dates: list[str]) -> str | None:
    """The date that most tellings give, a more precise one before a less precise one that it agrees with."""
    if not dates:
        return None
    counts = Counter(dates)
    return min(counts, key=lambda d: (-len(d), -counts[d], d))


def _status(tellings: list[Telling]) -> EventStatus:
    """What most tellings say; of equals, what is further on its way."""
    order: list[EventStatus] = ["held", "under way", "planned", "called off", "denied"]
    counts = Counter(t.event.status for t in tellings)
    if counts["planned"] and (counts["held"] or counts["under way"]):
        del counts["planned"]  # what one report still expects another has seen
    return min(counts, key=lambda status: (-counts[status], order.index(status)))
