"""Journeys: stops of one traveller's tour that some reports list and others do not."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache

from variorum.collation.differences.draft import Collated, Draft, account, lacking
from variorum.collation.journeys import Place, Stop, Travel
from variorum.collation.places import same_place
from variorum.collation.states import state_name
from variorum.collation.witness import Witness
from variorum.model import Extent
from variorum.text.tables import load_toml

FEWEST = 3
"""Stops that a report must list of a tour before a stop that it lacks says something."""


WHOLE_TOUR = 4
"""Stops, done and planned, of which a report that gives them gives the tour in full."""


def find(found: Collated) -> Iterator[Draft]:
    """One difference for all stops of a tour that the same reports list and the same reports leave out."""
    giving_up = [witness for witness in found.witnesses if _called_off_verbs().search(witness.text)]
    for entry, travel in found.journeys:
        yield from _stops(entry.id, travel, found)
        yield from _called_off(entry.id, travel, giving_up, found)
        yield from _rest_of_tour(entry.id, travel, found)


def _rest_of_tour(entry: str, travel: Travel, found: Collated) -> Iterator[Draft]:
    """A stop still to come of a tour that one report gives with its stops so far, where another that has these stops too
    is silent about it."""
    if len(found.witnesses) > FEW:
        return
    states: dict[int, set[str]] = defaultdict(set)
    for place in travel.places:
        for number in place.reports if place.country else ():
            states[number].add(place.country or "")
    planned = [place for place in travel.places if place.status == "planned" and place.country]
    gaps: dict[tuple[tuple[int, ...], tuple[int, ...]], list[Place]] = defaultdict(list)
    for place in planned:
        having = tuple(n for n in place.reports if len(states[n]) >= FEWEST)
        shared = set[str]().union(*(states[n] for n in having))
        without = tuple(
            n
            for n in sorted(set(states) - set(place.reports))
            if len(states[n] & shared) >= FEWEST - 1
            and not any(n in other.reports for other in planned)
            and not _has(n, place, travel, found)
        )
        if having and without:
            gaps[having, without].append(place)
    for (having, without), places in sorted(gaps.items(), key=lambda gap: gap[0]):
        stops = [next(stop for stop in place.stops if stop.witness.number in having) for place in places]
        names = ", ".join(stop.name for stop in stops)
        told = stops if len(stops) > 1 else [stop for stop in places[0].stops if stop.witness.number in having][:2]
        yield Draft(
            kind="itinerary",
            entry=entry,
            label=f"stops of {found.cast[travel.traveller].name}: {names}",
            accounts=tuple(account(stop.witness, stop.leg.place) for stop in told),
            lacking=lacking(found.witnesses[n] for n in without),
            weight=0.5,
            why=f"{names} still to come on the tour in {_reports(len(having))}, not told in {_reports(len(without))} "
            "that has the stops so far",
        )


FEW = 6
"""Up to this many reports a stop that one leaves out is worth telling."""


def _called_off(entry: str, travel: Travel, giving_up: list[Witness], found: Collated) -> Iterator[Draft]:
    """A planned stop of which another report says that the traveller will not make it ("dropped a stop in Oslo")."""
    for place in travel.places:
        planned = next((stop for stop in place.stops if stop.leg.status == "planned"), None)
        if planned is None:
            continue
        for witness in giving_up:
            gone = None if witness.number in place.reports else _dropped(planned, witness, travel.traveller, found)
            if gone is not None:
                yield Draft(
                    kind="itinerary",
                    entry=entry,
                    label=f"stops of {found.cast[travel.traveller].name}: {planned.name}",
                    accounts=(account(planned.witness, planned.leg.place), account(witness, gone)),
                    weight=0.65,
                    why=f"{planned.name} still to come in one report, called off in the other",
                )
                break


def _dropped(stop: Stop, witness: Witness, traveller: str, found: Collated) -> Extent | None:
    """The words of a report by which a traveller gives up a stop, from the verb to the place."""
    for match in re.finditer(rf"\b{re.escape(stop.name)}\b", witness.text):
        sentence = witness.sentence(match.start())
        if not witness.in_article(Extent(match.start(), match.end())):
            continue
        if traveller not in found.cast.all_at(witness, sentence):
            continue
        before = witness.text[max(sentence.start, match.start() - CALLED_OFF_REACH) : match.start()]
        verbs = list(_called_off_verbs().finditer(before))
        if verbs and not _NEXT_VERB.search(before, verbs[-1].end()):
            return Extent(match.start() - len(before) + verbs[-1].start(), match.end())
    return None


_NEXT_VERB = re.compile(r"(?:\b(?:and|but|then|before|after|while)|[,;:—–])\s+[a-z]")

CALLED_OFF_REACH = 60
"""Characters before a place within which the verb stands that gives it up."""


@cache
def _called_off_verbs() -> re.Pattern[str]:
    verbs = load_toml("en/collation_words.toml")["called_off"]
    return re.compile(r"\b(?:" + "|".join(re.escape(verb) for verb in sorted(verbs)) + r")\b", re.IGNORECASE)


def _stops(entry: str, travel: Travel, found: Collated) -> Iterator[Draft]:
    gaps: dict[tuple[tuple[int, ...], tuple[int, ...]], list[Place]] = defaultdict(list)
    whole = Counter(number for place in travel.places if place.country for number in place.reports)
    for status, fewest in (("done", FEWEST), ("planned", 2)):
        # That a traveller goes home is no stop that another report leaves out.
        home = found.cast[travel.traveller].country
        places = [p for p in travel.places if p.status == status and p.country and p.country != home]
        listing = Counter(number for place in places for number in place.reports)
        # Who tells most of a tour, stops to come included, would have told the others too.
        full = {n for n, stops in listing.items() if stops >= fewest or (stops > 1 and whole[n] >= WHOLE_TOUR)}
        for place in places:
            having = tuple(n for n in place.reports if n in full)
            # What is still to come is listed in full even where it is one stop only, if that is one of the same tour.
            lists = (
                full if status == "done" else full | set(listing) if having and _share_a_stop(places, having) else full
            )
            without = tuple(n for n in sorted(lists - set(place.reports)) if not _has(n, place, travel, found))
            if having and without:
                gaps[having, without].append(place)
    traveller = found.cast[travel.traveller].name
    for (having, without), places in sorted(gaps.items()):
        names = [place.stops[0].name for place in places]
        told = _anywhere(places[0], travel, without) if len(places) == 1 else [place.stops[0] for place in places]
        each = {(stop.witness.number, stop.name): stop for stop in reversed(told)}
        accounts = [account(stop.witness, stop.leg.place) for _, stop in sorted(each.items())]
        yield Draft(
            kind="itinerary",
            entry=entry,
            label=f"stops of {traveller}: {', '.join(names)}",
            accounts=tuple(accounts),
            lacking=lacking(found.witnesses[n] for n in without),
            weight=0.65 if len(having) <= len(without) else 0.55,
            why=f"{', '.join(names)} among the stops in {_reports(len(having))}, "
            f"not in the list of the same tour in {_reports(len(without))}",
        )


def _anywhere(place: Place, travel: Travel, without: tuple[int, ...]) -> list[Stop]:
    """The stops of one state in all reports that have one, made or to come, this place's first: one report has the state,
    another its capital, one sees the traveller arrive where another expects him."""
    own = {stop.witness.number for stop in place.stops}
    others = [
        stop
        for other in travel.places
        if other.country == place.country
        for stop in other.stops
        if stop.witness.number not in own and stop.witness.number not in without
    ]
    return [*place.stops, *others]


def _share_a_stop(places: list[Place], having: tuple[int, ...]) -> bool:
    """Whether another report lists one of the stops that these list: then both speak of the same tour."""
    return any(set(place.reports) & set(having) and set(place.reports) - set(having) for place in places)


def _reports(n: int) -> str:
    return "one report" if n == 1 else f"{n} reports"


def _has(number: int, place: Place, travel: Travel, found: Collated) -> bool:
    """Whether a report has a place in another form: another place of the state, or something that happens there."""
    if any(p.country and p.country == place.country and number in p.reports for p in travel.places):
        return True
    if place.status == "done" and _is_scene(number, place, travel, found):
        return True
    return any(
        telling.witness.number == number
        and travel.traveller in telling.parties
        and telling.place is not None
        and any(same_place(telling.place, stop.name) for stop in place.stops)
        for _, happening in found.events
        for telling in happening.tellings
    )


def _is_scene(number: int, place: Place, travel: Travel, found: Collated) -> bool:
    """Whether a report is written from a place or tells of the traveller and it in one sentence: that he was there goes
    without a place in a list."""
    witness = found.witnesses[number]
    dateline = witness.reading.dateline
    names = {stop.name for stop in place.stops} | ({state_name(place.country) or ""} if place.country else set())
    if dateline is not None and dateline.place and any(same_place(dateline.place, name) for name in names):
        return True
    pattern = "|".join(re.escape(name) for name in sorted(names) if name)
    return any(
        travel.traveller in found.cast.all_at(witness, witness.sentence(match.start()))
        for match in re.finditer(rf"\b(?:{pattern})\b", witness.text)
        if witness.in_article(Extent(match.start(), match.end()))
    )
