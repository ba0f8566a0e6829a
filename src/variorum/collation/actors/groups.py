"""Groups of actors of the reports that are held to be one; the first step puts together names that are equal."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace

from variorum.collation.decided import Decided
from variorum.collation.naming import Bearer, body_words, is_generic, name_words, sounds_alike
from variorum.collation.states import capital_of, is_state_word, known_body, state_named
from variorum.collation.witness import Witness
from variorum.collation.words import concepts, fold, folded, is_light
from variorum.model import Mention, ReportedActor

ActorKey = tuple[int, str]
"""An actor of one report: the report's number and the name that the report knows it by."""


@dataclass(slots=True)
class Group:
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
        words = name_words(name) if self.person else without_article(body_words(name))
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


def without_article(words: tuple[str, ...]) -> tuple[str, ...]:
    return words[1:] if len(words) > 1 and words[0] == "the" else words


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


def equal_names(witnesses: tuple[Witness, ...], decided: Decided) -> list[Group]:
    """First step: names that are equal. One word alone is no full name of a person and waits for the second step.

    Names that people hold apart are not equal.
    """
    groups: dict[tuple[object, ...], Group] = {}
    pictured: list[tuple[tuple[object, ...], Witness, ReportedActor]] = []
    widened = _widened(tuple(witnesses))
    for witness in witnesses:
        needed = _who_does_something(witness)
        for reported in witness.reading.actors:
            actor = widened.get((witness.number, reported.name), reported)
            told = any(witness.in_article(mention.extent) for mention in actor.mentions)
            key = (*_identity(witness, actor), *decided.marks(witness, actor))
            if actor.name not in needed and not (told and actor.named):
                if actor.named and actor.kind == "person":
                    pictured.append((key, witness, actor))
                continue
            group = groups.get(key)
            if group is None:
                group = groups[key] = Group(len(groups), [], actor.kind == "person")
            group.members.append((witness, actor))
    for key, witness, actor in pictured:  # in a caption only: somebody of whom another report tells
        if key in groups and key[0] == "person":
            groups[key].members.append((witness, actor))
    return list(groups.values())


def _who_does_something(witness: Witness) -> set[str]:
    """Names of the actors that a finding of the story rests on: these alone need neither a name nor a mention in it."""
    reading = witness.reading
    extents = [s.source for s in reading.statements] + [s.addressee for s in reading.statements]
    extents += [f.vouched_by for f in reading.figures] + [p.actor for p in reading.positions]
    extents += [j.traveller for j in reading.journeys]
    extents += [e for event in reading.events for e in (*event.actors, *event.recipients)]
    found = {actor.name for e in extents if e is not None and witness.in_article(e) and (actor := witness.index.at(e))}
    found |= {name for s in reading.statements for name in (s.speaker, *s.co_speakers) if name}
    return found | {f.voucher for f in reading.figures if f.voucher}


def _identity(witness: Witness, actor: ReportedActor) -> tuple[object, ...]:
    if not actor.named:
        if actor.kind in ("organisation", "government") and not _of_state(actor):
            # "The civil defence agency" of one story is one body, whoever reports; a nameless person is not.
            return ("nameless body", actor.country, *without_article(folded(actor.name)))
        if not _of_state(actor):
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


def _of_state(actor: ReportedActor) -> bool:
    """Whether a body without a name of its own is told apart by its state ("Kenyan government")."""
    first = actor.name.split(" ")[0]
    return actor.kind in ("organisation", "government") and actor.country is not None and is_state_word(fold(first))


def of_other_kinds(groups: list[Group], decided: Decided) -> list[Group]:
    """Joins groups of one name that reports take for a person here and for a place or body there.

    A single word that is a known person's family name stays a person's.
    """
    families = {name_words(actor.name)[-1] for g in groups if g.person for _, actor in g.members}
    families &= {words[-1] for g in groups if g.person for _, a in g.members if len(words := name_words(a.name)) > 1}
    bodies: dict[tuple[str, ...], Group] = {}
    for group in groups:
        if not group.person and group.members[0][1].named:
            bodies.setdefault(without_article(folded(group.members[0][1].name)), group)
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
