"""Actors over all reports: one entry for one person or body, homonyms apart, the unnamed each for itself.

Names of several words that are equal are one entry at once. What is left is compared in pairs that share a key (a
skeleton of consonants, a given name, initials, a kind of body), so that the cost grows with the names that look alike
and not with the square of all names. Two actors that one report keeps apart are never joined, but for two spellings
of one name.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import TypeVar

from variorum.collation.decided import Decided
from variorum.collation.naming import (
    BODIES,
    PERSONS,
    SAME,
    Bearer,
    Judgement,
    body_words,
    is_generic,
    judge,
    name_words,
    qualifiers,
    romanised,
    skeleton,
    sounds_alike,
)
from variorum.collation.states import capital_of, known_body, state_name, state_named
from variorum.collation.witness import Witness
from variorum.collation.words import concepts, fold, folded, is_light
from variorum.model import Actor, ActorName, Extent, Identities, Mention, ReportedActor, Span
from variorum.model.reading import NameKind

ActorKey = tuple[int, str]
"""An actor of one report: the report's number and the name that the report knows it by."""

LARGEST_BLOCK = 60
"""Names that share a key and are still compared each with each."""


@dataclass(slots=True)
class _Group:
    """Actors of the reports that are held to be one."""

    number: int
    members: list[tuple[Witness, ReportedActor]]
    person: bool
    why: list[str] = field(default_factory=list)

    @property
    def reports(self) -> set[int]:
        return {witness.number for witness, _ in self.members}

    def bearer(self) -> Bearer:
        """The group as the comparators see it: its most used name, and all that is known of it."""
        bearing = [m for m in self.members if m[1].named] or self.members
        names = Counter(called(witness, actor) for witness, actor in bearing)
        name = min(names, key=lambda n: (-len(name_words(n)), -names[n], n))
        countries = Counter(actor.country for _, actor in self.members if actor.country)
        country = min(countries, key=lambda c: (-countries[c], c)) if countries else None
        roles = frozenset().union(*(concepts(actor.role) for _, actor in self.members if actor.role))
        words = name_words(name) if self.person else _without_article(body_words(name))
        initials = "".join(part[0] for part in name.replace("-", " ").split() if part[:1].isupper()).lower()
        return Bearer(name, words, country, roles, initials=initials)


def called(witness: Witness, actor: ReportedActor) -> str:
    """What a report calls an actor: the name that it knows it by, or a fuller one where a mention of it is fuller."""
    if actor.kind != "person" or len(name_words(actor.name)) > 1:
        return actor.name
    family = name_words(actor.name)[-1:]
    texts = sorted({witness.words(m.extent) for m in actor.mentions if m.form == "name"})
    fuller = [text for text in texts if len(name_words(text)) > 1 and name_words(text)[-1:] == family]
    return fuller[0] if fuller else actor.name


def _widened(witnesses: tuple[Witness, ...]) -> dict[ActorKey, ReportedActor]:
    """Persons whom a report knows by one word, their mentions widened by the given name before them.

    A word before a family name is taken for a given name only where some report has a person of that given name and
    of that family name, or of one that sounds like it.
    """
    families: dict[str, set[str]] = defaultdict(set)
    for witness in witnesses:
        for actor in witness.reading.actors:
            words = name_words(actor.name) if actor.kind == "person" and actor.named else ()
            if len(words) > 1:
                families[words[0]].add(words[-1])
    made = {}
    for witness in witnesses:
        for actor in witness.reading.actors:
            words = name_words(actor.name) if actor.kind == "person" and actor.named else ()
            if len(words) == 1:
                mentions = tuple(_with_given(witness, mention, words[0], families) for mention in actor.mentions)
                if mentions != actor.mentions:
                    made[witness.number, actor.name] = replace(actor, mentions=mentions)
    return made


def _with_given(witness: Witness, mention: Mention, family: str, families: dict[str, set[str]]) -> Mention:
    before = _GIVEN_BEFORE.search(witness.text, max(0, mention.start - 40), mention.start)
    if mention.form != "name" or before is None:
        return mention
    known = families.get(fold(before.group(1)), ())
    if any(family == other or sounds_alike(family, other) for other in known):
        return replace(mention, start=before.start(1))
    return mention


_GIVEN_BEFORE = re.compile(r"(?<![\w-])([^\W\d_a-z][\w'’-]+) $")


def _without_article(words: tuple[str, ...]) -> tuple[str, ...]:
    return words[1:] if len(words) > 1 and words[0] == "the" else words


class Cast:
    """The actors of the record and the way from any words of a report to one of them."""

    def __init__(self, actors: tuple[Actor, ...], ids: dict[ActorKey, str], witnesses: tuple[Witness, ...]) -> None:
        self.actors = actors
        self._ids = ids
        self._by_id = {actor.id: actor for actor in actors}
        self._witnesses = witnesses

    def id_of(self, witness: Witness, name: str | None) -> str | None:
        """The entry of an actor by the name that its report knows it by."""
        return self._ids.get((witness.number, name)) if name is not None else None

    def at(self, witness: Witness, extent: Extent | None) -> str | None:
        """The entry that words stand for."""
        actor = witness.index.at(extent) if extent is not None else None
        return self.id_of(witness, actor.name) if actor else None

    def all_at(self, witness: Witness, extent: Extent) -> list[str]:
        """The entries that are mentioned within words, each once, in the order of the text."""
        found = (self.id_of(witness, actor.name) for _, actor in witness.index.within(extent))
        return list(dict.fromkeys(actor for actor in found if actor))

    def mentions_of(self, witness: Witness, entry: str) -> list[Mention]:
        """The mentions of an entry in one report, in the order of the text."""
        return [m for m, actor in witness.mentions() if self.id_of(witness, actor.name) == entry]

    def __getitem__(self, entry: str) -> Actor:
        return self._by_id[entry]


def collate_actors(witnesses: tuple[Witness, ...], identities: Identities | None = None) -> Cast:
    """All actors of all reports as entries with their names, mentions and the reasons for joining them.

    Args:
        witnesses: the reports.
        identities: what people decided about names; it holds whatever the names look like.
    """
    decided = Decided(identities or Identities())
    groups = _of_other_kinds(_equal(witnesses, decided), decided)
    _join_titles(groups, decided)
    groups = [replace(group, number=n) for n, group in enumerate(g for g in groups if g.members)]
    _join(groups, decided)
    _join_offices([group for group in groups if group.members])
    _join_decided(groups, decided)
    return _entries([group for group in groups if group.members], witnesses)


def _equal(witnesses: tuple[Witness, ...], decided: Decided) -> list[_Group]:
    """First step: names that are equal. One word alone is no full name of a person and waits for the second step.

    Names that people hold apart are not equal.
    """
    groups: dict[tuple[object, ...], _Group] = {}
    widened = _widened(tuple(witnesses))
    for witness in witnesses:
        needed = _who_does_something(witness)
        for reported in witness.reading.actors:
            actor = widened.get((witness.number, reported.name), reported)
            told = any(witness.in_article(mention.extent) for mention in actor.mentions)
            if actor.name not in needed and not (told and actor.named):
                continue
            key = (*_identity(witness, actor), *decided.marks(witness, actor))
            group = groups.get(key)
            if group is None:
                group = groups[key] = _Group(len(groups), [], actor.kind == "person")
            group.members.append((witness, actor))
    return list(groups.values())


def _of_other_kinds(groups: list[_Group], decided: Decided) -> list[_Group]:
    """Joins groups of one name that reports take for a person here and for a place or body there.

    A single word that is a known person's family name stays a person's.
    """
    families = {name_words(actor.name)[-1] for g in groups if g.person for _, actor in g.members}
    families &= {words[-1] for g in groups if g.person for _, a in g.members if len(words := name_words(a.name)) > 1}
    bodies: dict[tuple[str, ...], _Group] = {}
    for group in groups:
        if not group.person and group.members[0][1].named:
            bodies.setdefault(_without_article(folded(group.members[0][1].name)), group)
    kept = []
    for group in groups:
        words = folded(group.members[0][1].name)
        body = bodies.get(words) if group.person and group.members[0][1].named else None
        if body is None or (len(words) == 1 and words[0] in families) or body.reports & group.reports:
            kept.append(group)
            continue
        if decided.apart(group.members, body.members):
            kept.append(group)
            continue
        persons = len(group.reports) > len(body.reports) or (len(words) > 1 and len(group.reports) == len(body.reports))
        body.members += group.members
        body.person = persons
    return [replace(group, number=n) for n, group in enumerate(kept)]


def _who_does_something(witness: Witness) -> set[str]:
    """Names of the actors that a finding of the story rests on: these alone need neither a name nor a mention in it."""
    reading = witness.reading
    extents = [s.source for s in reading.statements] + [s.addressee for s in reading.statements]
    extents += [f.vouched_by for f in reading.figures] + [p.actor for p in reading.positions]
    extents += [j.traveller for j in reading.journeys]
    extents += [e for event in reading.events for e in (*event.actors, *event.recipients)]
    found = {actor.name for e in extents if e is not None and witness.in_article(e) and (actor := witness.index.at(e))}
    found |= {s.speaker for s in reading.statements if s.speaker}
    return found | {f.voucher for f in reading.figures if f.voucher}


def _identity(witness: Witness, actor: ReportedActor) -> tuple[object, ...]:
    if not actor.named:
        if actor.kind in ("organisation", "government"):
            # "The civil defence agency" of one story is one body, whoever reports; a nameless person is not.
            return ("nameless body", actor.country, *_without_article(folded(actor.name)))
        return ("unnamed", witness.number, actor.name)
    if actor.kind == "person":
        words = name_words(called(witness, actor))
        return ("person", *words) if len(words) > 1 else ("word", witness.number, actor.name)
    if actor.kind in ("government", "place"):
        # A capital that a report uses for its government is the state.
        state = state_named(actor.name) or (capital_of(actor.name) if actor.kind == "government" else None)
        if state:
            return ("state", state)
    known = known_body(actor.name)
    if known:
        return ("known", known, actor.country)
    weighty = tuple(word for word in body_words(actor.name) if not is_light(word))
    state = actor.country if is_generic(body_words(actor.name)) else None
    return ("body", state, *(weighty or (actor.name,)))


def _join(groups: list[_Group], decided: Decided) -> None:
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


def _join_decided(groups: list[_Group], decided: Decided) -> None:
    """Last step: names that people hold to be one's."""
    for names in decided.one:
        bearing = [group for group in groups if any(decided.bears(w, a, names) for w, a in group.members)]
        for other in bearing[1:]:
            why = f"{bearing[0].bearer().name} = {other.bearer().name}: decided by a person"
            bearing[0].why += [*other.why, why]
            bearing[0].members += other.members
            other.members = []


def _join_titles(groups: list[_Group], decided: Decided) -> None:
    """Within a report, an office with the body that it is at, and the name right behind it, are one person ("ambassador
    to the EU Ana Reis")."""
    bearing: dict[tuple[int, int], _Group] = {}
    for group in groups:
        for witness, actor in group.members:
            if group.person and actor.named and actor.kind == "person":
                bearing.update({(witness.number, m.start): group for m in actor.mentions if m.form == "name"})
    for group in groups:
        witness, actor = group.members[0]
        if actor.named or not group.person or not actor.role:
            continue
        for mention in actor.mentions:
            behind = _AT_BODY.match(witness.text, mention.end) if mention.form == "role" else None
            holders = [bearing.get((witness.number, at)) for at in _word_starts(behind)] if behind else []
            holder = next((h for h in holders if h is not None), None)
            if holder is None or decided.apart(holder.members, group.members):
                continue
            holder.members += group.members
            holder.why.append(f"{holder.members[0][1].name} = {actor.name}: the name stands right behind the office")
            group.members = []
            break


_AT_BODY = re.compile(r"\s(?:to|at|for|of|in)\s(?:the\s)?((?:[^\W\d_a-z][\w.'’-]*\s){2,7})")


def _word_starts(behind: re.Match[str]) -> list[int]:
    """Where the second and later words of a run of capitalised words start."""
    return [behind.start(1) + m.end() for m in re.finditer(r"\s", behind[1])]


def _join_offices(groups: list[_Group]) -> None:
    """Third step: an office without a name ("the Peruvian interior minister") is the one person whom another report
    names in that office of that state or body."""
    persons = [g for g in groups if g.person and g.members[0][1].named]
    offices: dict[frozenset[str], list[_Group]] = defaultdict(list)
    for group in persons:
        for role in sorted({concepts(actor.role) for _, actor in group.members if actor.role}, key=sorted):
            offices[role].append(group)
    for group in groups:
        witness, actor = group.members[0]
        if actor.named or not group.person or not actor.role:
            continue
        fitting = [g for g in offices.get(concepts(actor.role), ()) if _holds(g, witness, actor)]
        if len(fitting) == 1 and witness.number not in fitting[0].reports:
            fitting[0].members += group.members
            fitting[0].why.append(f"{fitting[0].bearer().name} = {actor.name}: the only one named in that office")
            group.members = []


def _holds(group: _Group, witness: Witness, office: ReportedActor) -> bool:
    """Whether a named person's state is the office's, or the words around his name have the body that it names."""
    country = next((actor.country for _, actor in group.members if actor.country), None)
    if office.country is not None:
        return office.country == country
    body = concepts(office.name) - concepts(office.role or "")
    return bool(body) and any(body <= _around_names(other, actor) for other, actor in group.members)


def _around_names(witness: Witness, actor: ReportedActor) -> frozenset[str]:
    """The concepts of the words directly before an actor's names in a report."""
    found: frozenset[str] = frozenset()
    for mention in actor.mentions:
        if mention.form == "name":
            sentence = witness.sentence(mention.start)
            found |= concepts(witness.words(Extent(max(sentence.start, mention.start - 40), mention.start)))
    return found


def _root(at: dict[int, int], number: int) -> int:
    while at[number] != number:
        number = at[number]
    return number


def _respelt_in_one(first: _Group, second: _Group, judgement: Judgement) -> bool:
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
        if len({_full(o[2]) for o in close}) > 1 and not _all_one(close):
            unclear |= {pair for _, pair, _ in options}
    return unclear


def _full(name: str) -> tuple[str, ...]:
    return name_words(name)


def _all_one(options: list[tuple[float, tuple[int, int], str]]) -> bool:
    """Whether names that compete for a single word are themselves one person's."""
    made = [Bearer(o[2], name_words(o[2])) for o in options]
    return all(judge(a, b, PERSONS).score >= SAME - 0.1 for a, b in combinations(made, 2))


def _alone(bearers: dict[int, Bearer], groups: list[_Group]) -> dict[int, Bearer]:
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


def _pairs(bearers: dict[int, Bearer], groups: list[_Group]) -> Iterator[tuple[int, int]]:
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


def _entries(groups: list[_Group], witnesses: tuple[Witness, ...]) -> Cast:
    made: list[tuple[tuple[object, ...], _Group, Actor]] = []
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


def _entry(group: _Group) -> Actor:
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


def _kind(group: _Group, members: list[tuple[Witness, ReportedActor]]) -> NameKind:
    """The kind that most reports take it for, among those that it was judged by."""
    return _majority([a.kind for _, a in members if (a.kind == "person") == group.person] or [members[0][1].kind])


def _shown_name(group: _Group, members: list[tuple[Witness, ReportedActor]]) -> str:
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
