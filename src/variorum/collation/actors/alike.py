"""Names that look or sound alike: pairs that share a key are judged, the surest first, and joined."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from variorum.collation.actors.groups import Group
from variorum.collation.decided import Decided
from variorum.collation.naming import BODIES, PERSONS, SAME, Bearer, Judgement, judge, name_words, romanised, skeleton
from variorum.collation.words import is_light

LARGEST_BLOCK = 60
"""Names that share a key and are still compared each with each."""


def join_alike(groups: list[Group], decided: Decided) -> None:
    """Second step: pairs that share a key, the surest first."""
    bearers = _alone({group.number: group.bearer() for group in groups if group.members[0][1].named}, groups)
    judged: list[tuple[float, int, int, Judgement]] = []
    for a, b in _pairs(bearers, groups):
        person = groups[a].person
        if person != groups[b].person:
            continue
        judgement = judge(bearers[a], bearers[b], PERSONS if person else BODIES)
        if judgement.same:
            judged.append((judgement.score, a, b, judgement))
    judged.sort(key=lambda j: (-j[0], bearers[j[1]].name, bearers[j[2]].name, j[1], j[2]))
    ambiguous = _ambiguous(judged, bearers)
    at = {group.number: group.number for group in groups}
    for _, a, b, judgement in judged:
        first, second = groups[_root(at, a)], groups[_root(at, b)]
        if first is second or (a, b) in ambiguous or decided.apart(first.members, second.members):
            continue
        if first.reports & second.reports and not _respelt_in_one(first, second, judgement):
            continue
        first.members += second.members
        first.why += [*second.why, f"{bearers[a].name} = {bearers[b].name}: {', '.join(judgement.reasons)}"]
        second.members = []
        at[second.number] = first.number


def _root(at: dict[int, int], number: int) -> int:
    while at[number] != number:
        number = at[number]
    return number


def _respelt_in_one(first: Group, second: Group, judgement: Judgement) -> bool:
    """Whether one report may name an actor by both names: only a misspelling of a full name is believed of it."""
    return (
        judgement.respelt and judgement.score >= SAME + 0.15 and "sounds like the family name" not in judgement.reasons
    )


def _ambiguous(judged: list[tuple[float, int, int, Judgement]], bearers: dict[int, Bearer]) -> set[tuple[int, int]]:
    """Pairs in which a single word fits two different people about equally well: it is joined to neither."""
    best: dict[int, list[tuple[float, tuple[int, int], str]]] = defaultdict(list)
    for score, a, b, _ in judged:
        for short, long in ((a, b), (b, a)):
            if len(bearers[short].words) == 1 and len(bearers[long].words) > 1:
                best[short].append((score, (a, b), bearers[long].name))
    unclear: set[tuple[int, int]] = set()
    for options in best.values():
        options.sort(key=lambda o: (-o[0], o[2]))
        top = options[0][0]
        close = [o for o in options if o[0] > top - 0.1]
        if len({name_words(o[2]) for o in close}) > 1 and not _all_one(close):
            unclear |= {pair for _, pair, _ in options}
    return unclear


def _all_one(options: list[tuple[float, tuple[int, int], str]]) -> bool:
    """Whether names that compete for a single word are themselves one person's."""
    made = [Bearer(o[2], name_words(o[2])) for o in options]
    return all(judge(a, b, PERSONS).score >= SAME - 0.1 for a, b in combinations(made, 2))


def _alone(bearers: dict[int, Bearer], groups: list[Group]) -> dict[int, Bearer]:
    """Marks the names whose ending no third name shares."""
    endings: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for number, bearer in bearers.items():
        if not groups[number].person and len(bearer.words) > 1:
            endings[bearer.words[-2:]].add(number)
    marked = {}
    for number, bearer in bearers.items():
        shared = endings.get(bearer.words[-2:], set())
        alone = len(shared) <= 2
        marked[number] = Bearer(bearer.name, bearer.words, bearer.country, bearer.roles, alone, bearer.initials)
    return marked


def _pairs(bearers: dict[int, Bearer], groups: list[Group]) -> Iterator[tuple[int, int]]:
    blocks: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, bearer in sorted(bearers.items()):
        for key in sorted(_keys(bearer, groups[number].person)):
            blocks[key].append(number)
    seen = set()
    for key in sorted(blocks):
        for a, b in combinations(blocks[key][:LARGEST_BLOCK], 2):
            if (a, b) not in seen:
                seen.add((a, b))
                yield a, b


def _keys(bearer: Bearer, person: bool) -> set[tuple[str, ...]]:
    words = bearer.words
    if person:
        keys: set[tuple[str, ...]] = {("sound", skeleton(form)) for word in words for form in (word, romanised(word))}
        keys.add(("letters", "".join(sorted("".join(words)))))
        if len(words) > 1:
            keys |= {("given", words[0]), ("family", words[-1][:3])}
        return keys
    weighty = [word for word in words if not is_light(word)]
    if len(weighty) == 1:
        return {("sound", skeleton(weighty[0])), ("initials", weighty[0]), ("plural", weighty[0].removesuffix("s"))}
    keys = {("start", "".join(weighty)[:6]), ("plural", " ".join(weighty).removesuffix("s"))}
    keys |= {("end", *weighty[-2:]), ("kind", *sorted(weighty[-2:]))} if len(weighty) > 1 else set()
    keys |= {("initials", "".join(word[0] for word in weighty)), ("initials", "".join(word[0] for word in words))}
    keys.add(("initials", bearer.initials))
    if len(words) == 1:
        keys.add(("initials", words[0]))
    keys |= {("body", bearer.country, word) for word in weighty if bearer.country}
    return keys
