"""Events as the reports tell them: who each telling is about, and which tellings are events of a record.

What a record takes in is told by ``data/en/event_families.toml``: for each mode what must be known of it. A party counts
where it is an actor of the cast or where its words are words for people.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

from variorum.collation.actors import Cast
from variorum.collation.actors.groups import without_article
from variorum.collation.places import place_name
from variorum.collation.states import state_named
from variorum.collation.witness import Witness
from variorum.collation.words import folded
from variorum.model import Actor, Event, Extent
from variorum.model.reading import EventType
from variorum.text.tables import load_toml, load_tsv
from variorum.text.world import lookup_state

GATHERINGS = ("meeting", "visit")
"""Families in which places cannot take part."""

VERBAL = ("REQUEST", "ACCUSE", "REJECT", "SUPPORT", "THREATEN")
"""Types of what is done in words."""

NOT_YET = ("REQUEST", "ACCUSE", "REJECT", "SUPPORT", "AID", "CONCEDE", "RETREAT")
"""Types that, still to come, are somebody's purpose or position and no event: a promise of one is an AGREE."""

BODILY = ("killing", "shooting", "abduction", "arrest", "detention", "violence", "release", "deportation")
"""Modes of what is done to people: where they are told, a place beside them is only where."""

NO_DOER = ("attack", "meeting", "killing")
"""Families whose words have often a deed or a thing for a subject ("the blast killed ten", "the talks were held")."""

_ASIDE = re.compile(r"(?<=\w) (?:in|from|at|near|on|to|with|against|across|outside|inside|between) ")
"""Where a noun phrase's core ends: what follows says where somebody is or comes from."""

_BACKED = re.compile(r"[\w.]-(?:\w+ed|led|born|run|held|built|owned)\b")
"""Who is "Chad-backed" is not Chad."""

LONGEST_WORDS = 80
"""Characters of the words for a party that is no entry; more is no noun phrase."""

MOST_PARTIES = 60
"""Participants of one telling that are looked at."""


@dataclass(slots=True)
class Telling:
    """One report's mention of an event."""

    witness: Witness
    event: Event
    family: str
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    place: str | None
    place_id: str | None
    actor_words: tuple[Extent, ...] = ()
    recipient_words: tuple[Extent, ...] = ()
    faceless: bool = False
    """One of its parties is only a word for people: "the rebels", "both sides"."""
    legislature: bool = False
    """A parliament or its members act."""
    legislature_of: str | None = None
    """Code of that parliament's state, where it is known."""
    nameless: bool = False
    """Which parliament it is, is understood from before: "lawmakers"."""

    @property
    def parties(self) -> tuple[str, ...]:
        """All who take part, each once."""
        return tuple(dict.fromkeys((*self.actors, *self.recipients)))

    @property
    def key(self) -> tuple[int, int, int]:
        """Place in the order of the reports."""
        return self.witness.number, self.event.trigger.start, self.event.trigger.end


@cache
def _families() -> tuple[dict[str, str], dict[str, float]]:
    data = load_toml("en/event_families.toml")
    return {mode: name for name, modes in data["families"].items() for mode in modes}, dict(data["weight"])


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(load_toml("en/event_families.toml")["words"][name])


def family_of(event: Event) -> str:
    """The family of an event: modes under which reports tell one thing."""
    if event.mode is None:
        return event.type.lower()
    return _families()[0].get(event.mode, event.mode)


def modes_of(family: str) -> frozenset[str]:
    """The modes under which reports tell events of a family."""
    return frozenset(mode for mode, name in _families()[0].items() if name == family)


def family_weight(family: str) -> float:
    """How much an event of a family matters in a brief, 0 to 1."""
    return _families()[1].get(family, 0.4)


@cache
def _types() -> dict[str, EventType]:
    return dict(load_toml("en/event_families.toml")["type"])


def record_type(mode: str | None) -> EventType | None:
    """The type of a record's events of a mode that reports tell under several; None where they tell one."""
    return _types().get(mode) if mode else None


def tellings_of(witnesses: tuple[Witness, ...], cast: Cast) -> list[Telling]:
    """The tellings that are events of a record, in the order of the reports."""
    found = []
    bodies = _nameless_bodies(cast)
    states = _states_by_government(cast)
    for witness in witnesses:
        seen = set()
        for event in witness.reading.events:
            if event.trigger in seen or event.trigger.end <= event.trigger.start or not witness.is_read(event.trigger):
                continue
            actors = _under(states, _ids(witness, event.actors, cast, bodies))
            recipients = _under(states, _ids(witness, _touched(witness, event), cast, bodies))
            recipients = tuple(p for p in recipients if p not in actors)
            place = place_name(witness.words(event.place)) if event.place else None
            if family_of(event) in (*GATHERINGS, "agreement"):
                actors, recipients = (_without_places(ids, cast) for ids in (actors, recipients))
            else:
                actors = _without_places(actors, cast)
            if event.type == "PROTEST":
                recipients = _without_places(recipients, cast)  # a town is where they march
            telling = Telling(
                witness,
                event,
                family_of(event),
                actors,
                recipients,
                place,
                cast.at(witness, event.place),
                () if actors else _unlisted(witness, event.actors, cast),
                () if recipients else _unlisted(witness, _touched(witness, event), cast),
            )
            houses = [cast[i] for i in actors if is_legislature(cast[i].name)]
            telling.faceless = any(cast[i].kind == "group" and cast[i].name.islower() for i in telling.parties)
            telling.legislature = bool(houses)
            telling.legislature_of = next((house.country for house in houses if house.country), None)
            if _is_worth_telling(telling, cast):
                seen.add(event.trigger)
                found.append(telling)
    _say_which_house(found)
    return _without_echoes(found)


def _say_which_house(tellings: list[Telling]) -> None:
    """Of nameless "lawmakers" the parliament is the one that their report told of last before."""
    for own in _by_report(tellings):
        last = None
        for telling in own:
            if telling.legislature and telling.legislature_of is None:
                telling.legislature_of, telling.nameless = last, True
            last = telling.legislature_of or last


def _by_report(tellings: list[Telling]) -> Iterable[list[Telling]]:
    ordered = sorted(tellings, key=lambda t: t.key)
    return (list(own) for _, own in groupby(ordered, key=lambda t: t.witness.number))


def _is_no_place(witness: Witness, extent: Extent) -> bool:
    actor = witness.index.at(extent)
    return actor is not None and actor.kind not in ("place", "government")


def _touched(witness: Witness, event: Event) -> tuple[Extent, ...]:
    """Whom it was done to, without the place where it was done where others are named."""
    people = tuple(e for e in event.recipients if is_people(witness.words(e)))
    if event.mode in BODILY and people:
        return tuple(e for e in event.recipients if e in people or _is_no_place(witness, e))
    deed = event.type in ("COERCE", "SANCTION", "PROTEST", "CONCEDE", "RETREAT", "REQUEST")
    if event.place is None or not (deed or event.mode in ("agreement", "signature", "vote")):
        return event.recipients
    others = tuple(e for e in event.recipients if not (e.covers(event.place) or event.place.covers(e)))
    return others if others or event.mode == "vote" else event.recipients


def _unlisted(witness: Witness, extents: tuple[Extent, ...], cast: Cast) -> tuple[Extent, ...]:
    """The words for parties that no entry stands for; pronouns say nothing."""
    return tuple(
        extent
        for extent in extents[:MOST_PARTIES]
        if extent.end - extent.start <= LONGEST_WORDS
        and _entry_at(witness, extent, cast) is None
        and any(len(word) > 2 and word not in _words("pronouns") for word in witness.words(extent).lower().split())
    )


def _without_echoes(tellings: list[Telling]) -> list[Telling]:
    """Without what only says over in words what the same sentence tells of the same parties."""
    kept: list[Telling] = []
    told: dict[tuple[int, int, tuple[str, ...]], list[Telling]] = {}
    for telling in tellings:
        sentence = telling.witness.sentence(telling.event.trigger.start)
        before = told.setdefault((telling.witness.number, sentence.start, telling.actors), [])
        if telling.actors and any(_is_echo(telling, other) for other in before):
            continue
        before.append(telling)
        kept.append(telling)
    return kept


def _is_echo(telling: Telling, other: Telling) -> bool:
    """Whether a telling adds nothing to another of the same sentence and the same doers.

    "Pledged support and promised to help them" is one pledge, "passed a resolution demanding" one vote, "an attack
    that killed" one attack.
    """
    if not telling.recipients:
        return telling.family == other.family and telling.family not in GATHERINGS
    spoken = telling.event.type in (*VERBAL, "AID") and telling.family != "vote"
    return spoken and (telling.recipients == other.recipients or other.family in ("vote", "resolution"))


def _without_places(ids: tuple[str, ...], cast: Cast) -> tuple[str, ...]:
    """Those who can meet or travel: no cities and regions, but states, which the press lets meet and visit."""
    return tuple(i for i in ids if cast[i].kind != "place" or state_named(cast[i].name))


def _is_worth_telling(telling: Telling, cast: Cast) -> bool:
    """Whether a telling is an event for a record: told as a fact, of a mode that desks list, with the parties it needs."""
    event = telling.event
    if not event.asserted or event.mode is None or _is_quoted(telling):
        return False
    if event.status == "planned" and event.type in NOT_YET and telling.family not in ("vote", "agreement"):
        return False
    if event.status == "denied" and event.type not in ("CONSULT", "ASSAULT"):
        return False  # what somebody did not do is no event, but to deny an attack or a meeting is one
    if telling.family == "meeting" and any(
        cast[i].kind == "organisation" and is_outlet(cast[i].name) for i in telling.parties
    ):
        return False
    known = _known(telling, cast)
    if event.status == "planned" and event.mode in _record_words("done_only"):
        return False
    if event.mode == "vote" and event.status == "planned" and not {"body", "crowd"} & known:
        return False  # what one voter means to do
    if event.actors and "doer" not in known and telling.family not in NO_DOER:
        return False  # "pneumonia", "the address": what acts is nobody
    return any(known.issuperset(need.split()) for need in _record()["needs"].get(event.mode, ()))


def _known(telling: Telling, cast: Cast) -> set[str]:
    """What a telling says, in the words of the table ``record.needs``."""
    event, witness = telling.event, telling.witness
    doers = [i for i in telling.actors if _is_actor(cast[i])]
    others = [i for i in telling.recipients if _is_actor(cast[i])]
    crowd = any(is_people(telling.witness.words(e)) for e in telling.actor_words)
    crowd_other = any(is_people(telling.witness.words(e)) for e in telling.recipient_words)
    things = [telling.witness.words(e) for e in telling.recipient_words]
    known = {
        "doer": bool(doers) or crowd,
        "named": bool(doers),
        "nameless": crowd,
        "crowd": crowd or any(cast[i].kind in ("group", "organisation") or is_people(cast[i].name) for i in doers),
        "body": any(cast[i].kind not in ("person", "group") for i in doers),
        "person": any(cast[i].kind == "person" for i in doers),
        "whom": bool(others),
        "faceless": not any(cast[i].kind == "person" for i in doers),
        "other": bool(others) or crowd_other,
        "somebody": crowd_other
        or any(is_people(witness.words(e)) for e in _touched(witness, event))
        or any(cast[i].kind == "person" or is_people(cast[i].name) for i in others),
        "two": len(doers) + len(others) + (crowd and not doers) + (crowd_other and not others) >= 2,
        "pair": len(doers) + len(others) >= 2,
        "target": bool(telling.recipients) or crowd_other or any(_head(w) in _record_words("targets") for w in things),
        "thing": bool(things),
        "place": bool(telling.place) and telling.place_id not in telling.actors,
        "day": event.date is not None,
        "about": event.about is not None,
        "foreign": _foreign(doers, others, cast),
    }
    known["pinned"] = known["place"] or known["day"]
    return {name for name, told in known.items() if told}


@cache
def is_legislature(name: str) -> bool:
    """Whether a name is a parliament's or its members' in a body."""
    return any(_singular(word) in _record_words("legislatures") for word in name.lower().split())


def _is_actor(actor: Actor) -> bool:
    return actor.kind != "place" or state_named(actor.name) is not None


def _foreign(doers: list[str], others: list[str], cast: Cast) -> bool:
    """Whether the parties are known to be of different states."""
    first = {cast[i].country for i in doers} - {None}
    second = {cast[i].country for i in others} - {None}
    return bool(first and second) and not first & second


@cache
def is_people(words: str) -> bool:
    """Whether the words for a nameless party say who, and not what: "three soldiers", "dozens", "the court"."""
    core = _ASIDE.split(f" {words.strip()}", maxsplit=1)[0].strip()
    if not core:
        return False
    counted, _, rest = core.partition(" of ")
    bare = counted.lower().split()
    many = bool(bare) and (any(w in _record_words("many") for w in bare[:3]) or _is_number(bare[-1]))
    if many and rest:  # "hundreds of letters" are nobody
        return _head(rest) in _people() or rest.lower() in _record_words("counted")
    return many or _head(core) in _people()


def _is_number(word: str) -> bool:
    return word.replace(",", "").isdigit() or word in _record_words("numbers")


def _head(words: str) -> str:
    """The last word of a noun phrase's core, singular."""
    core = re.split(r",| of | who | that | which ", _ASIDE.split(f" {words.strip()}", maxsplit=1)[0])[0]
    found = re.findall(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*", core.lower())
    return _singular(found[-1]) if found else ""


def _singular(word: str) -> str:
    if word.endswith("men"):
        return word[:-3] + "man"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


@cache
def _people() -> frozenset[str]:
    persons = load_toml("en/persons.toml")
    return frozenset(
        _singular(word)
        for words in (persons["persons"], persons["crowds"], persons["bodies"], _record()["people"])
        for word in words
        if word not in _record_words("things")
    )


@cache
def _private() -> frozenset[str]:
    """Nouns of whom or what is of a state and does not act for it."""
    own = _record_words("for_state")
    persons = (word for word in load_toml("en/persons.toml")["persons"] if word not in own)
    return frozenset((*persons, *_record_words("private"), *_record_words("things")))


@cache
def is_outlet(name: str) -> bool:
    """Whether a name is an outlet's: who speaks to it gives an interview."""
    words = name.lower().removeprefix("the ").split()
    return " ".join(words) in _outlets() or (bool(words) and words[-1] in _record_words("outlet_words"))


@cache
def _outlets() -> frozenset[str]:
    return frozenset(row["name"].lower().removeprefix("the ") for row in load_tsv("world/outlets.tsv") if row["name"])


@cache
def _record() -> dict[str, Any]:
    data: dict[str, Any] = load_toml("en/event_families.toml")["record"]
    return data


@cache
def _record_words(name: str) -> frozenset[str]:
    return frozenset(_record()[name])


def _nameless_bodies(cast: Cast) -> dict[tuple[str, ...], str]:
    """The entries of groups and bodies by their words: "police" is one party in all reports of a story."""
    return {without_article(folded(a.name)): a.id for a in reversed(cast.actors) if a.kind in ("group", "organisation")}


def _states_by_government(cast: Cast) -> dict[str, str]:
    """For each entry of a state's government the entry of the state itself, where there is one: what one does both do."""
    states = {a.country: a.id for a in reversed(cast.actors) if a.kind != "person" and state_named(a.name) == a.country}
    return {
        a.id: states[a.country]
        for a in cast.actors
        if a.kind == "government" and a.country in states and set(a.name.lower().split()) & _record_words("governments")
    }


def _under(states: dict[str, str], ids: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(states.get(i, i) for i in ids))


def _ids(
    witness: Witness, extents: tuple[Extent, ...], cast: Cast, bodies: dict[tuple[str, ...], str]
) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for extent in extents[:MOST_PARTIES]:
        state = lookup_state(witness.words(extent)) if len(extents) > 1 else None
        if state is not None and "adjective" in state.sense:
            continue  # of "two *Peruvian* nurses" the nurses are the party
        entry = _entry_at(witness, extent, cast) or bodies.get(without_article(folded(witness.words(extent))))
        if entry and cast[entry].kind in ("place", "government") and _is_title(witness, extent, extents, cast):
            continue  # of "the Peruvian president, Ana Lima" she is the party
        if entry:
            found[entry] = None
    return tuple(found)


def _acts_for(witness: Witness, extent: Extent) -> bool:
    """Whether the words with a state's name in them stand for the state: not its people, its firms or a name beside it."""
    words = witness.words(extent)
    core = _ASIDE.split(f" {words.strip()}", maxsplit=1)[0].strip()
    if _BACKED.search(core) or _head(words) in _private():
        return False
    last = core.split()[-1] if core else ""
    beside = last[:1].isupper() and lookup_state(core) is None and len(core.split()) > 1
    if not beside:
        return True
    # "her Peruvian counterpart Ana Lima" is a person; the entry's own name reaches the end of the words
    end = extent.start + len(words.rstrip())
    return any(mention.end >= end for mention, _ in witness.index.within(extent)) or len(core) < len(words.strip())


def _is_title(witness: Witness, extent: Extent, extents: tuple[Extent, ...], cast: Cast) -> bool:
    """Whether the words for a party are the office of the person that comes right after them."""
    following = next((e for e in extents if 0 < e.start - extent.end <= 2), None)
    person = cast.at(witness, following) if following is not None else None
    return person is not None and cast[person].kind == "person" and _head(witness.words(extent)) in _people()


def _entry_at(witness: Witness, extent: Extent, cast: Cast) -> str | None:
    """The entry that a party's words stand for: "rebels in Chad" are not Chad, but "the envoy of Chad, Ana Lima" is she."""
    entry = cast.at(witness, extent)
    if entry is not None and cast[entry].kind in ("place", "government") and not _acts_for(witness, extent):
        return None
    aside = _ASIDE.search(witness.words(extent))
    if entry is None or aside is None or cast[entry].kind == "person":
        return entry
    core = Extent(extent.start, extent.start + aside.start())
    return cast.at(witness, core) if witness.index.at(extent, core) is not None else None


def _is_quoted(telling: Telling) -> bool:
    """Whether an event is told in somebody's own words."""
    block = telling.witness.block_at(telling.event.trigger.start)
    marks = telling.witness.quotations(block) if block is not None else ()
    return any(mark.covers(telling.event.trigger) for mark in marks)
