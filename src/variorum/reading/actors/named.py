"""Actors with a name: names that stand for the same person, body or state, and the offices that the text gives them."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import defaultdict
from dataclasses import dataclass

from variorum.model import Extent, Name
from variorum.model.reading import MentionForm, NameKind
from variorum.reading.actors.table import (
    Cluster,
    Role,
    Sighting,
    fits_single,
    gender_of,
    name_keys,
    name_parts,
    office_keys,
    person_words,
    same_office,
    same_person,
)
from variorum.reading.actors.titles import Title, state_before, title_of
from variorum.reading.names.rules import acts
from variorum.reading.names.tokens import Words, name_words
from variorum.text.first_names import is_first_name
from variorum.text.places import lookup_place
from variorum.text.world import Entry, Group, group_seated_in, lookup, state_name

MOST_NAMESAKES = 200
"""Persons of one report with the same word in their names that are still compared."""
MOST_BACK = 40
"""Sentences that are looked back over at most, quoted ones included."""
MOST_IN_SENTENCE = 60
"""Mentions of one sentence that are looked back at."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A name with the paragraph and the tokens that it covers."""

    name: Name
    words: Words
    first: int
    last: int
    sentence: int
    quoted: bool


class Cast:
    """The actors of a report while it is read."""

    def __init__(self) -> None:
        self.clusters: list[Cluster] = []
        self._by_key: dict[tuple[str, ...], Cluster] = {}
        self.all_quoted: set[int] = set()
        """Sentences that stand wholly in quotation marks."""
        self.main_state: str | None = None
        """The state that the report is mostly about, once its names are cast."""
        self.told_states: set[str] = set()
        """States that the report names by more than their capitals."""
        self.apostrophe = "’"
        """As the report writes it."""
        self.used_titles: set[int] = set()
        """Where the last words of offices start that belong to a name beside them."""

        self._by_sentence: dict[int, list[tuple[int, int, int, Sighting, Cluster]]] = defaultdict(list)
        self.described: dict[tuple[str, bool], list[Cluster]] = {}
        """Actors without a name by their noun and whether they are many."""
        self._persons: dict[str, list[Cluster]] = defaultdict(list)
        self._bodies: dict[str, list[Cluster]] = defaultdict(list)
        self._opened: dict[str, list[Cluster]] = defaultdict(list)
        self._holders: dict[str, list[Cluster]] = defaultdict(list)

    def see(self, cluster: Cluster, sighting: Sighting) -> None:
        """Add a mention to an actor."""
        if cluster.seen(sighting):
            start, end = sighting.extent
            insort(self._by_sentence[sighting.sentence], (start, end, cluster.number, sighting, cluster))

    def seen_in(self, sentence: int, before: int) -> list[tuple[Sighting, Cluster]]:
        """The latest mentions of a sentence that start before a code point, in the order of the text.

        At most ``MOST_IN_SENTENCE``, so that a text without an end to its sentence costs no more than others.
        """
        found = self._by_sentence.get(sentence, [])
        stop = bisect_left(found, (before,))
        return [(entry[3], entry[4]) for entry in found[max(0, stop - MOST_IN_SENTENCE) : stop]]

    def back_from(self, sentence: int, reach: int) -> list[tuple[int, int]]:
        """Sentences from one back, with their distance: those that stand wholly in quotation marks do not count."""
        found, distance, number = [], 0, sentence
        while number >= 0 and distance <= reach and sentence - number <= MOST_BACK:
            found.append((number, distance))
            number -= 1
            distance += number not in self.all_quoted
        return found

    def persons_with(self, parts: tuple[str, ...]) -> list[Cluster]:
        """Named persons whose names share a word (not a given name of very many), by order of coming up."""
        lists = [self._persons.get(key, []) for key in sorted(name_keys(parts))]
        found = {c.number: c for listed in lists if len(listed) <= MOST_NAMESAKES for c in listed}
        return [found[number] for number in sorted(found)]

    def know_person(self, cluster: Cluster) -> None:
        """Make a person findable by the words of the name."""
        for key in name_keys(cluster.parts):
            if cluster not in self._persons[key]:
                self._persons[key].append(cluster)

    def bodies_ending(self, word: str) -> list[Cluster]:
        """Named bodies whose names end with a word."""
        return self._bodies.get(word.casefold(), [])

    def bodies_opening(self, word: str) -> list[Cluster]:
        """Organisations whose names are a word and words for their kind."""
        return [c for c in self._opened.get(word.casefold(), []) if c.kind == "organisation"]

    def know_body(self, cluster: Cluster) -> None:
        """Make a body findable by the last word of its name."""
        word = cluster.name.casefold().split()[-1]
        if cluster not in self._bodies[word]:
            self._bodies[word].append(cluster)
        own, *kind = cluster.name.split()
        opens = own not in name_words().common_openers and cluster not in self._opened[own.casefold()]
        if kind and opens and all(part in name_words().body_words for part in kind):
            self._opened[own.casefold()].append(cluster)

    def holders(self, office: str) -> list[Cluster]:
        """Persons, named or not, who hold an office that the words may mean, in the order in which they came up."""
        found = {c.number: c for word in office_keys(office) for c in self._holders.get(word, ())}
        return [found[number] for number in sorted(found)]

    def give(self, cluster: Cluster, role: Role) -> None:
        """Add an office to a person."""
        if role in cluster.roles:
            return
        cluster.roles.append(role)
        for word in office_keys(role.text):
            if cluster not in self._holders[word]:
                self._holders[word].append(cluster)

    def new(self, cluster: Cluster, key: tuple[str, ...] | None = None) -> Cluster:
        """Take in a new actor."""
        self.clusters.append(cluster)
        if key is not None:
            self._by_key[key] = cluster
        if cluster.kind == "person" and cluster.named:
            self.know_person(cluster)
        elif cluster.named and cluster.kind != "place":
            self.know_body(cluster)
        return cluster

    def under(self, key: tuple[str, ...]) -> Cluster | None:
        """The actor of a key, if there is one."""
        return self._by_key.get(key)

    def also(self, key: tuple[str, ...], cluster: Cluster) -> None:
        """Another key for an actor."""
        self._by_key.setdefault(key, cluster)

    def join(self, kept: Cluster, other: Cluster) -> None:
        """Make one actor of two: the mentions, offices and keys of the one go to the one that is kept. The other stays
        without a mention, so that the numbers hold."""
        for sighting in other.sightings:
            listed = self._by_sentence[sighting.sentence]
            start, end = sighting.extent
            listed.remove((start, end, other.number, sighting, other))
            self.see(kept, sighting)
        for keyed in (self._persons, self._bodies, self._opened, self._holders):
            for clusters in keyed.values():
                if other in clusters:
                    clusters[:] = [c for c in clusters if c is not kept and c is not other] + [kept]
        self._by_key = {key: kept if cluster is other else cluster for key, cluster in self._by_key.items()}
        for role in other.roles:
            self.give(kept, role)
        if kept.kind != other.kind and "person" in (kept.kind, other.kind):
            kept.kind = "person"
        kept.country, kept.gender = kept.country or other.country, kept.gender or other.gender
        if len(other.parts) > len(kept.parts):
            kept.name, kept.parts = other.name, other.parts
        other.forget()

    def number(self) -> int:
        """The number of the next cluster."""
        return len(self.clusters)

    def state(self, code: str) -> Cluster:
        """The actor of a state."""
        key = ("state", code)
        return self.under(key) or self.new(
            Cluster(self.number(), "place", state_name(code) or code, code, sort="state"), key
        )

    def group_of(self, group: Group) -> Cluster:
        """The actor of a group of states."""
        key = ("entry", "group", group.name)
        kind: NameKind = "group" if group.kind == "group" else "organisation"
        return self.under(key) or self.new(Cluster(self.number(), kind, group.name), key)


def place_names(
    seen: tuple[Words, ...], names: tuple[Name, ...], sentences: list[list[int]], quoted: list[list[bool]]
) -> list[Placed]:
    """Names with their tokens."""
    placed = []
    at = 0
    for number, words in enumerate(seen):
        offset, end = words.paragraph.offset, words.paragraph.offset + len(words.string)
        while at < len(names) and names[at].start < end:
            name = names[at]
            first = words.token_at(name.start - offset)
            last = words.token_at(name.end - offset - 1) + 1
            placed.append(Placed(name, words, first, last, sentences[number][first], quoted[number][first]))
            at += 1
    return placed


def cast_names(cast: Cast, placed: list[Placed]) -> None:
    """Every name to its actor. Full names of persons first, so that a headline's surname finds its bearer."""
    cast.told_states = _told_states(placed)
    titles = {id(p): title_of(p.words, p.first, p.last) for p in placed if p.name.kind == "person"}
    people = [p for p in placed if p.name.kind == "person"]
    for p in people:
        if not _surname_only(name_parts(p.name.name)):
            _cast_full(cast, p, titles[id(p)])
    for p in people:
        if _surname_only(name_parts(p.name.name)):
            _cast_single(cast, p, titles[id(p)])
    # Of the others, names of several words first, so that a headline's short form finds its bearer.
    for p in sorted(placed, key=lambda p: p.last - p.first == 1):
        if p.name.kind != "person":
            _cast_other(cast, p)


def _told_states(placed: list[Placed]) -> set[str]:
    """States that are named by name or by their people, or whose adjective stands somewhere."""
    told = {p.name.country for p in placed if (e := _entry_for(lookup(p.name.name), p.name)) and e.sense != "capital"}
    for words in {id(p.words): p.words for p in placed}.values():
        told |= {hit.entries[0].country for hit in words.hits if hit.entries[0].sense in ("adjective", "people")}
    return {state for state in told if state}


def _surname_only(parts: tuple[str, ...]) -> bool:
    """Whether a name is one word, or a surname with its particles ("De Gaulle", "van der Meer")."""
    if len(parts) == 2 and is_first_name(parts[0]):
        return False  # "Ben Roe" is no surname
    return all(part.lower() in name_words().particles for part in parts[:-1])


def sighting(p: Placed, extent: Extent | None = None, form: MentionForm = "name") -> Sighting:
    """A mention by a name."""
    subject, speaks, main = weight(p.words, p.last - 1)
    vouches = behind_according(p.words, p.last - 1)
    return Sighting(extent or p.name.extent, form, p.sentence, subject, speaks, main, p.quoted, vouches)


def behind_according(words: Words, at: int) -> bool:
    """Whether a token heads what stands behind "according to", or is set beside it ("the rights group Open Shore")."""
    token = words.doc[at]
    for _ in range(3):
        if token.dep_ not in ("compound", "appos", "flat") or token.head is token:
            break
        token = token.head
    before = token.head.i - 1
    return (
        token.dep_ == "pobj"
        and token.head.lower_ == "to"
        and before >= 0
        and words.texts[before].lower() == "according"
    )


def weight(words: Words, at: int) -> tuple[bool, bool, bool]:
    """Whether a token heads a subject, whether of a verb of saying, and whether of the sentence's main verb."""
    token = words.doc[at]
    dep, head = token.dep_, token.head
    for _ in range(4):
        if dep in ("compound", "appos", "flat", "conj") and head.head is not head:
            dep, head = head.dep_, head.head
        else:
            break
    subject = dep in ("nsubj", "nsubjpass", "ROOT")
    return (
        subject,
        dep == "nsubj" and head.lemma_ in person_words()["saying"],
        dep in ("nsubj", "nsubjpass") and head.dep_ == "ROOT",
    )


# ---- offices beside a name ----------------------------------------


# ---- persons ----------------------------------------


def _cast_full(cast: Cast, p: Placed, title: Title | None) -> None:
    parts = name_parts(p.name.name)
    fitting = [c for c in cast.persons_with(parts) if same_person(c.parts, parts)]
    exact = [c for c in fitting if c.parts == parts]
    cluster = next(iter([*exact, *fitting]), None)
    if cluster is None:
        cluster = cast.new(Cluster(cast.number(), "person", p.name.name, gender=gender_of(parts), parts=parts))
    elif _fuller(parts, cluster.parts):
        cluster.name, cluster.parts = p.name.name, parts
        cast.know_person(cluster)
    _entitle(cast, cluster, p, title)
    cast.see(cluster, sighting(p))
    courtesy = _courtesy_before(p)
    if courtesy is not None:  # "Sir John Roe" is a spelling of the name as well
        cast.see(cluster, sighting(p, Extent(courtesy, p.name.end)))


def _courtesy_before(p: Placed) -> int | None:
    """Where "Sir" or "Ratu" starts right before a name, or None."""
    words, at = p.words, p.first - 1
    if at < 0 or words.office_at[at] < 0 or not words.texts[at][0].isupper():
        return None
    first, last, office = words.offices[words.office_at[at]]
    return words.extent(first, p.last).start if office.rank == "title" and last == p.first else None


def _fuller(new: tuple[str, ...], old: tuple[str, ...]) -> bool:
    initials = sum(len(part.strip(".")) == 1 for part in new)
    return len(new) > len(old) and not initials


def _cast_single(cast: Cast, p: Placed, title: Title | None) -> None:
    parts = name_parts(p.name.name) or (p.name.name,)
    word = " ".join(parts)
    candidates = [(fits_single(c.parts, word), c) for c in cast.persons_with(parts) if len(c.parts) > 1]
    best = max((score for score, _ in candidates), default=0)
    fitting = [c for score, c in candidates if score == best and score > 0]
    if best == 1 and len(fitting) > 1:
        fitting = []
    cluster = _choose(fitting, p, title)
    if cluster is None:
        key = ("single", word.casefold())
        cluster = cast.under(key) or cast.new(Cluster(cast.number(), "person", p.name.name, parts=(word,)), key)
    _entitle(cast, cluster, p, title)
    cast.see(cluster, sighting(p))
    if title is not None and title.before and p.words.texts[title.end - 1][0].isupper():
        # "Secretary Roe" is a spelling of the name as well.
        start = p.words.extent(title.end - 1 if title.rank == "title" else _capital_start(p.words, title), p.last).start
        cast.see(cluster, sighting(p, Extent(start, p.name.end)))


def _capital_start(words: Words, title: Title) -> int:
    start = title.end - 1
    while start > title.start and (words.texts[start - 1][0].isupper() or words.texts[start - 1] in ("of", "-")):
        start -= 1
    while not words.texts[start][0].isupper():
        start += 1
    return start


def _choose(fitting: list[Cluster], p: Placed, title: Title | None) -> Cluster | None:
    """The bearer of a surname: by title, then the one named last before, then the first named after."""
    if len(fitting) > 1 and title is not None:
        held = [c for c in fitting if any(same_office(r.office, title.role.office) for r in c.roles)]
        if title.gender:
            held = [c for c in fitting if c.gender == title.gender] or [c for c in fitting if c.gender is None] or held
        fitting = held or fitting
    if not fitting:
        return None

    def recency(cluster: Cluster) -> tuple[bool, int]:
        before = cluster.last_before(p.name.start)
        return (before is not None, before.extent.end if before else -cluster.sightings[0].extent.start)

    return max(fitting, key=recency)


def _entitle(cast: Cast, cluster: Cluster, p: Placed, title: Title | None) -> None:
    if title is None:
        cluster.country = cluster.country or state_before(p.words, p.first)
        return
    for at in range(title.start, title.end):
        if p.words.office_at[at] >= 0:
            cast.used_titles.add(p.words.extent(at, at + 1).start)
    if title.end != p.first and not "".join(p.words.texts[title.end : title.end + 1]).startswith("."):
        # Beside a comma the office is a noun phrase of its own: "the governor, Jane Roe".
        subject, speaks, main = weight(p.words, title.end - 1)
        extent = p.words.extent(title.start, title.end)
        cast.see(cluster, Sighting(extent, "role", p.sentence, subject, speaks, main, p.quoted))
    cluster.gender = title.gender or cluster.gender
    if title.rank == "title":
        return
    cast.give(cluster, title.role)
    cluster.country = cluster.country or title.role.country


# ---- states, groups, bodies, places ----------------------------------------


def _cast_other(cast: Cast, p: Placed) -> None:
    name = p.name
    entries = lookup(name.name)
    entry = _entry_for(entries, name)
    if name.kind in ("place", "government") and entry is not None and entry.kind == "state":
        if entry.sense == "name":
            cluster = cast.state(entry.country or "")
            if name.kind == "government":
                cluster.kind = "government"
            cast.see(cluster, sighting(p))
            return
        if entry.sense == "capital" and name.kind == "government" and acts(p.words, p.first, p.last):
            group = group_seated_in(name.name) if entry.country not in cast.told_states else None
            if group is not None:
                cast.see(cast.group_of(group), sighting(p, form="metonym"))
                return
            cluster = cast.state(entry.country or "")
            cluster.kind = "government"
            cast.see(cluster, sighting(p, form="metonym"))
            return
    key = _key(name, entry)
    cluster_or_none = cast.under(key) or _short_for(cast, key, name.kind)
    if cluster_or_none is None:
        sort = entry.sort if entry else _sort_by_word(name.name)
        sort = "seat" if entry is not None and entry.sense == "seat" else sort
        cluster_or_none = cast.new(Cluster(cast.number(), name.kind, _shown(name.name), name.country, sort=sort), key)
        cluster_or_none.plural = name.kind == "group"
        if (entry and entry.kind == "body") or name.kind in ("organisation", "government"):
            _learn_acronym(cast, cluster_or_none, p)
    elif len(_shown(name.name)) > len(cluster_or_none.name):
        cluster_or_none.name = _shown(name.name)
        cast.know_body(cluster_or_none)
    cluster_or_none.country = cluster_or_none.country or name.country
    cast.see(cluster_or_none, sighting(p))


def _sort_by_word(name: str) -> str:
    return "press" if any(word in person_words()["press_words"] for word in name.split()[-2:]) else ""


def _entry_for(entries: tuple[Entry, ...], name: Name) -> Entry | None:
    for entry in entries:
        if entry.country == name.country or name.country is None or entry.country is None:
            return entry
    return None


def _shown(name: str) -> str:
    return re.sub(r"^(?:the|The) ", "", name)


def _key(name: Name, entry: Entry | None) -> tuple[str, ...]:
    if entry is not None and entry.sense not in (
        "name",
        "adjective",
        "people",
        "capital",
        "region_people",
        "region_adjective",
    ):
        return ("entry", entry.kind, entry.sort if entry.sense == "seat" else entry.name)
    plain = re.sub(r"['’]s\b|['’](?=\s|$)", "", _shown(name.name)).casefold()
    return ("name", plain)


def _short_for(cast: Cast, key: tuple[str, ...], kind: NameKind) -> Cluster | None:
    """A body whose longer name ends with all the words of this one, or is this one word and its kind ("Ardent", "Ardent
    Mining"), if there is just one."""
    if key[0] != "name":
        return None
    if " " not in key[1]:
        word = key[1].title()
        if word in name_words().body_words or word in person_words()["press_words"]:
            # "the Post" of a report on the Harbour Post; but "the House" is no White House
            found = [c for c in cast.bodies_ending(word) if " " in c.name and c.sort != "seat"]
        else:
            found = cast.bodies_opening(key[1])
        return found[0] if kind == "organisation" and len(found) == 1 else None
    longer = [c for c in cast.bodies_ending(key[1].split()[-1]) if f" {c.name.casefold()} ".endswith(f" {key[1]} ")]
    return longer[0] if len(longer) == 1 else None


def _learn_acronym(cast: Cast, cluster: Cluster, p: Placed) -> None:
    """ "Foundation for Strategic Research (FRS)": what stands in the brackets is another name."""
    words, at = p.words, p.last
    if at + 2 < len(words) and words.texts[at] == "(" and words.texts[at + 2] == ")":
        short = words.texts[at + 1]
        if (short.isupper() and 2 <= len(short) <= 8 and short[0] == _shown(p.name.name)[0].upper()) or (
            short[0].isupper() and len(short) > 2 and short.isalpha() and lookup_place(short) is None
        ):
            cast.also(("name", short.casefold()), cluster)
            extent = words.extent(at + 1, at + 2)
            cast.see(cluster, Sighting(extent, "name", p.sentence, False, False, quoted=p.quoted))
